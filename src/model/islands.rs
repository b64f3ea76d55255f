//! Parts of a network that nothing leads away from, and who hangs on them.

/// Whether points hang on *islands*: components of a few vertices, which mostly are faults in the
/// drawing. Who hangs on one reaches nobody but those who hang there too.
///
/// ```
/// use walkshed::model::Islands;
/// assert_eq!(Islands::named("keep"), Some(Islands::Keep));
/// assert_eq!(Islands::default().word(), "avoid");
/// ```
#[doc(alias = "孤立路网")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Islands {
    /// A point whose nearest street lies on an island hangs on the nearest street of a component of
    /// at least [`Islands::SMALL`] vertices, if that lies at most [`Islands::FARTHER_M`] farther off;
    /// else where it would hang. Whether it is stranded depends on its nearest street alone.
    #[default]
    Avoid,
    /// Every point hangs on the nearest street, wherever that leads.
    Keep,
}

impl Islands {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Avoid, Self::Keep];
    /// A component of fewer vertices than this is an island.
    pub const SMALL: u32 = 50;
    /// So many metres farther off than the island a larger component is still preferred.
    pub const FARTHER_M: f64 = 100.0;

    /// As study files write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Avoid => "avoid",
            Self::Keep => "keep",
        }
    }

    /// The one that study files write so; none for any other word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|islands| islands.word() == word)
    }

    /// Whether a component of so many vertices is an island.
    #[must_use]
    pub const fn is_small(vertices: u32) -> bool {
        vertices < Self::SMALL
    }
}

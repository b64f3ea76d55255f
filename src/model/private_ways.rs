//! Who walks the private ways of a map.

/// Who walks ways that are private, or for those alone who go there (`access=private`, `destination`).
///
/// ```
/// use walkshed::model::PrivateWays;
/// assert_eq!(PrivateWays::named("nobody"), Some(PrivateWays::Nobody));
/// assert_eq!(PrivateWays::default().word(), "residents");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[doc(alias = "小区内部道路")]
pub enum PrivateWays {
    /// Those who live there: whose nearest way it is, from the door to the first street of all.
    #[default]
    Residents,
    /// Nobody: they are no streets, and who lives there goes in a straight line to the next one.
    Nobody,
}

impl PrivateWays {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::Residents, Self::Nobody];

    /// As study files write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::Nobody => "nobody",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.word() == word)
    }
}

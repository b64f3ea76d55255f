//! Which sites are the best.

/// Which sites are the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// The fewest, or cheapest, that cover all who can be covered.
    Lscp,
    /// Those that cover most people.
    Mclp,
    /// Those from which people live nearest on average.
    PMedian,
    /// Those from which the farthest live nearest.
    PCenter,
}

impl Wanted {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lscp, Self::Mclp, Self::PMedian, Self::PCenter];

    /// What files call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lscp => "lscp",
            Self::Mclp => "mclp",
            Self::PMedian => "p-median",
            Self::PCenter => "p-center",
        }
    }
}

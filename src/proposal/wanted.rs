//! Which plan is the best.

/// Which plan is the best.
///
/// ```
/// use walkshed::proposal::Wanted;
/// assert_eq!(Wanted::SITING.map(Wanted::word), ["lscp", "mclp", "p-median", "p-center", "fair"]);
/// ```
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
    /// Those with which the worst-off unit is as well off as can be.
    Fair,
    /// Those that cover most people in all phases together, when what opened stays.
    Phases,
    /// Those that can close with the least loss.
    Close,
    /// The missing links that bring most people.
    Link,
    /// The outlets that a centre takes in with the most people covered, and the place for all of them.
    Merge,
    /// The pushes that bring most people × items.
    Pushes,
}

impl Wanted {
    /// Those that say where to open.
    pub const SITING: [Self; 5] = [
        Self::Lscp,
        Self::Mclp,
        Self::PMedian,
        Self::PCenter,
        Self::Fair,
    ];

    /// What files call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lscp => "lscp",
            Self::Mclp => "mclp",
            Self::PMedian => "p-median",
            Self::PCenter => "p-center",
            Self::Fair => "fair",
            Self::Phases => "phases",
            Self::Close => "close",
            Self::Link => "link",
            Self::Merge => "merge",
            Self::Pushes => "delegate",
        }
    }
}

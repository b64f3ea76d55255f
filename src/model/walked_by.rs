//! Who walks a piece of street: everybody, or those alone who live on it.

/// Who walks a piece of street.
///
/// The ways of a compound are walked by those whose homes hang on them, from the door to its gates and
/// out onto the streets of all. Nobody comes in: neither to a site nor on the way through.
///
/// ```
/// use walkshed::model::{StreetRules, Traits, WalkedBy};
/// // No door opens in a gate; homes hang on the ways of the compound.
/// let hangs = |walked_by| StreetRules::default().may_hang(&Traits { walked_by, ..Traits::default() });
/// assert_eq!([WalkedBy::Everybody, WalkedBy::Residents, WalkedBy::Gate].map(hangs), [true, true, false]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum WalkedBy {
    /// Everybody.
    #[default]
    Everybody,
    /// Those whose homes hang on it, or on the ways of the same compound.
    #[doc(alias = "小区")]
    Residents,
    /// Residents where they come out: a piece without length, open from the compound to the street.
    /// Homeward it is open the other way. [`super::Network::with_traits`] makes these.
    Gate,
}

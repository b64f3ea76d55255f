//! Ways of moving (*modes*): on foot, by bicycle, by e-bike, by wheelchair.
//!
//! A way of moving is more than a speed:
//!
//! | mode | its usual speed | what is different |
//! |---|---|---|
//! | `walk` | the study's | nothing |
//! | `bicycle` | 12 km/h | rides; where one may not, dismounts and pushes at walking speed |
//! | `e-bike` | 15 km/h, the speed at which GB 17761-2018 has the machine warn; its limit is 25 | as `bicycle` |
//! | `wheelchair` | the study's | no stairs, and no street that is closed to wheelchairs |
//!
//! Riders dismount on stairs, where bicycles may not be ridden, and against a street that is one-way
//! for bicycles. They are nowhere faster than their stated speed: who rides no faster than one walks
//! is a walker. Tobler's slopes are for walking: riders mind them only where they push.
//!
//! Footways, pedestrian streets and paths are ridden unless they say `bicycle=no`: in Chinese counties
//! they are hardly ever tagged, and are ridden.

use crate::units::Speed;

/// How somebody goes.
///
/// ```
/// use walkshed::model::Mode;
/// assert_eq!(
///     Mode::ALL.map(|mode| (mode.word(), mode.rides())),
///     [("walk", false), ("bicycle", true), ("e-bike", true), ("wheelchair", false)]
/// );
/// ```
#[doc(alias = "出行方式")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Mode {
    /// On foot.
    #[default]
    #[doc(alias = "步行")]
    Walk,
    /// By bicycle.
    #[doc(alias = "自行车")]
    Bicycle,
    /// By e-bike.
    #[doc(alias = "电动自行车")]
    EBike,
    /// By wheelchair.
    #[doc(alias = "轮椅")]
    Wheelchair,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Walk, Self::Bicycle, Self::EBike, Self::Wheelchair];

    /// The words that mean it, the one that files are written with first.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Walk => &["walk", "foot", "on foot", "步行", "走路"],
            Self::Bicycle => &["bicycle", "bike", "自行车", "单车", "脚踏车"],
            Self::EBike => &[
                "e-bike",
                "ebike",
                "电动自行车",
                "电动车",
                "电瓶车",
                "电单车",
            ],
            Self::Wheelchair => &["wheelchair", "轮椅"],
        }
    }

    /// The word that files are written with.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.words()[0]
    }

    /// The mode that a word means, whatever its case; none for one that means none.
    ///
    /// ```
    /// use walkshed::model::Mode;
    /// assert_eq!(Mode::named("电动车"), Some(Mode::EBike));
    /// assert_eq!(Mode::named(" E-Bike "), Some(Mode::EBike));
    /// assert_eq!(Mode::named("bus"), None);
    /// ```
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let mut modes = Self::ALL.into_iter();
        modes.find(|mode| mode.words().contains(&word.as_str()))
    }

    /// Whether one rides, and has to dismount in places.
    #[must_use]
    pub const fn rides(self) -> bool {
        match self {
            Self::Bicycle | Self::EBike => true,
            Self::Walk | Self::Wheelchair => false,
        }
    }

    /// The speed of a rider where none is stated; none for those who go as fast as people walk.
    ///
    /// ```
    /// use walkshed::{Speed, model::Mode};
    /// assert_eq!(Mode::EBike.usual_speed().map(Speed::kmh), Some(15.0));
    /// assert_eq!(Mode::Walk.usual_speed(), None);
    /// ```
    #[must_use]
    pub fn usual_speed(self) -> Option<Speed> {
        match self {
            Self::Bicycle => Speed::from_kmh(12.0),
            Self::EBike => Speed::from_kmh(15.0),
            Self::Walk | Self::Wheelchair => None,
        }
    }
}

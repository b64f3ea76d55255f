//! How people walk.

use super::group::Group;
use super::islands::Islands;
use super::mode::Mode;
use super::private_ways::PrivateWays;
use super::street::{Profile, StreetRules};
use super::zone::Zone;
use crate::units::Speed;

/// By which rule lines of a map are taken for walkable; its name is printed in every manifest.
///
/// ```
/// use walkshed::model::WalkRule;
/// assert_eq!(WalkRule::named("W2"), Some(WalkRule::W2));
/// assert_eq!(WalkRule::ALL.map(WalkRule::word), ["W3", "W2"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WalkRule {
    /// Only what is known to be walked is walked: lists of classes and permissions, gates, areas.
    #[default]
    W3,
    /// The rule before: whatever is not known to be closed is walked, and gates stand open.
    W2,
}

impl WalkRule {
    /// All rules, the default first.
    pub const ALL: [Self; 2] = [Self::W3, Self::W2];

    /// Its name in study files and manifests.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::W3 => "W3",
            Self::W2 => "W2",
        }
    }

    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == name)
    }
}

/// How people walk.
///
/// ```
/// use walkshed::Speed;
/// use walkshed::model::{Mode, Walk};
/// // Who rides pushes at 4 km/h where riding is not allowed.
/// let riding = Walk { by: Mode::Bicycle, speed: Speed::from_kmh(12.0).unwrap(), ..Walk::default() };
/// assert_eq!((riding.usual_speed(Mode::Bicycle).kmh(), riding.foot_speed().kmh()), (12.0, 4.0));
/// assert_eq!(riding.profile().rules.pushes_at, Some(Speed::DEFAULT));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// Which lines of a map are walked.
    pub rule: WalkRule,
    /// How people go who say nothing else.
    pub by: Mode,
    /// Their speed, on the street and off it.
    pub speed: Speed,
    /// How fast riders push where they dismount, and walkers walk among riders; none for [`Walk::speed`]
    /// where people walk, else for [`Speed::DEFAULT`].
    pub on_foot: Option<Speed>,
    /// Farther than this from a street in a straight line, in metres: stranded.
    pub max_snap_m: f64,
    /// Streets in components with fewer vertices are not snapped to; 0 keeps all.
    pub min_component: u32,
    /// Who walks the private ways of the map.
    pub private: PrivateWays,
    /// Whether points hang on islands.
    pub islands: Islands,
    /// Which traits of streets count: none by default.
    pub rules: StreetRules,
}

impl Walk {
    /// The speed and the rules of this walking: what one search walks by.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile_of(None, None)
    }

    /// How fast one is on foot.
    #[must_use]
    pub fn foot_speed(&self) -> Speed {
        let own = (!self.by.rides()).then_some(self.speed);
        self.on_foot.or(own).unwrap_or(Speed::DEFAULT)
    }

    /// How fast one goes where nothing else is stated.
    #[must_use]
    pub fn usual_speed(&self, mode: Mode) -> Speed {
        if mode == self.by {
            return self.speed;
        }
        mode.usual_speed().unwrap_or_else(|| self.foot_speed())
    }

    /// How fast people go in a zone who have no speed of their own.
    #[must_use]
    pub fn speed_in(&self, zone: &Zone) -> Speed {
        zone.speed.unwrap_or_else(|| self.usual_speed(zone.mode))
    }

    /// How a group goes in a zone: its own way and speed hold everywhere, else the zone's, else these.
    pub(super) fn profile_of(&self, group: Option<&Group>, zone: Option<&Zone>) -> Profile {
        let there = zone.map_or(self.by, |zone| zone.mode);
        let own = group.and_then(Group::own_mode);
        let mode = own.unwrap_or(there);
        // The speed of a zone is that of its own way of moving.
        let of_zone = zone.filter(|_| mode == there).and_then(|zone| zone.speed);
        let own_speed = group.and_then(|group| group.speed);
        let speed = own_speed.or(of_zone);
        let speed = speed.unwrap_or_else(|| self.usual_speed(mode));
        // What a group cannot do is added to the study's own rules; no rule is ever lifted.
        let mut rules = self.rules;
        rules.stairs_closed |= group.is_some_and(|group| group.no_stairs);
        rules.wheelchair |= group.is_some_and(Group::is_wheeled) || mode == Mode::Wheelchair;
        let push = self.foot_speed();
        // Who rides no faster than one walks is a walker, and shares the walkers' search.
        if mode.rides() && !rules.wheelchair && push < speed {
            rules.pushes_at = Some(push);
        }
        Profile { speed, rules }
    }
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            rule: WalkRule::default(),
            by: Mode::Walk,
            speed: Speed::DEFAULT,
            on_foot: None,
            max_snap_m: 500.0,
            min_component: 0,
            private: PrivateWays::default(),
            islands: Islands::Avoid,
            rules: StreetRules::default(),
        }
    }
}

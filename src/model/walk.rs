//! How people walk.

use super::street::{Profile, StreetRules};
use crate::units::Speed;

/// The name of the rule by which lines of a map are taken for walkable, printed in every manifest.
pub const WALK_RULE: &str = "W2";

/// How people walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// The walking speed, on the street and off it.
    pub speed: Speed,
    /// Farther than this from a street in a straight line, in metres: stranded.
    pub max_snap_m: f64,
    /// Streets in components with fewer vertices are not snapped to; 0 keeps all.
    pub min_component: u32,
    /// Which traits of streets count: none by default.
    pub rules: StreetRules,
}

impl Walk {
    /// The speed and the rules of this walking: what one search walks by.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        Profile {
            speed: self.speed,
            rules: self.rules,
        }
    }
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            speed: Speed::DEFAULT,
            max_snap_m: 500.0,
            min_component: 0,
            rules: StreetRules::default(),
        }
    }
}

//! `[walk]`: how people walk, and which traits of streets they mind.

use serde::Deserialize;

use super::mode;
use super::wrong::Wrong;
use crate::ids::EdgeId;
use crate::model::{
    Group, Islands, Mode, Network, OneWay, PrivateWays, Severity, StreetKind, StreetRules, Traits,
    Walk, WalkRule, WalkedBy,
};
use crate::read::error::{BadInput, Place, ReadError, bad, plain};
use crate::read::row_policy::Door;
use crate::read::streets::compounds::Doors;
use crate::read::streets::walk_rule::HowWalked;
use crate::units::{Speed, TravelTime};
use crate::words::{Text, text};

pub(super) const KEYS: &[&str] = &[
    "rule",
    "by",
    "speed_kmh",
    "on_foot_kmh",
    "max_snap_m",
    "min_component",
    "private",
    "islands",
    "squares",
    "join_m",
    "no_stairs",
    "one_way",
    "slope",
    "crossing_seconds",
    "stairs_seconds",
];

/// The speed where none is written.
const KMH: f64 = 4.0;
/// How squares are walked: along their outlines, or straight across too.
const SQUARES: [&str; 2] = ["outline", ACROSS];
const ACROSS: &str = "across";
/// Ends of streets farther apart than this are two places, in metres.
const MOST_JOIN_M: f64 = 10.0;

/// How people walk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct WalkTable {
    pub rule: Option<String>,
    pub by: Option<String>,
    pub speed_kmh: Option<f64>,
    pub on_foot_kmh: Option<f64>,
    pub max_snap_m: f64,
    pub min_component: u32,
    pub private: Option<String>,
    pub islands: Option<String>,
    pub squares: Option<String>,
    pub join_m: f64,
    pub no_stairs: bool,
    pub one_way: bool,
    pub slope: bool,
    pub crossing_seconds: f64,
    pub stairs_seconds: f64,
}

impl Default for WalkTable {
    fn default() -> Self {
        Self {
            rule: None,
            by: None,
            speed_kmh: None,
            on_foot_kmh: None,
            max_snap_m: 500.0,
            min_component: 0,
            private: None,
            islands: None,
            squares: None,
            join_m: 0.0,
            no_stairs: false,
            one_way: false,
            slope: false,
            crossing_seconds: 0.0,
            stairs_seconds: 0.0,
        }
    }
}

impl WalkTable {
    /// The numbers that have a range: key, value, least, most.
    pub(crate) fn ranges(&self) -> [(&'static str, f64, f64, f64); 6] {
        [
            ("walk.speed_kmh", self.speed_kmh.unwrap_or(KMH), 0.1, 50.0),
            (
                "walk.on_foot_kmh",
                self.on_foot_kmh.unwrap_or(KMH),
                0.1,
                50.0,
            ),
            ("walk.max_snap_m", self.max_snap_m, 0.0, 10_000.0),
            ("walk.join_m", self.join_m, 0.0, MOST_JOIN_M),
            ("walk.crossing_seconds", self.crossing_seconds, 0.0, 3600.0),
            ("walk.stairs_seconds", self.stairs_seconds, 0.0, 3600.0),
        ]
    }

    /// The walking that the table asks for; its numbers are in range.
    pub(crate) fn walk(&self) -> Walk {
        let delay = |seconds: f64| TravelTime::from_seconds(seconds).unwrap_or(TravelTime::ZERO);
        let by = self.mode();
        let usual = || by.usual_speed().unwrap_or(Speed::DEFAULT);
        Walk {
            rule: self.rule(),
            by,
            speed: self
                .speed_kmh
                .and_then(Speed::from_kmh)
                .unwrap_or_else(usual),
            on_foot: self.on_foot_kmh.and_then(Speed::from_kmh),
            max_snap_m: self.max_snap_m,
            min_component: self.min_component,
            private: self.private(),
            islands: self.islands(),
            rules: StreetRules {
                stairs_closed: self.no_stairs,
                wheelchair: false,
                one_way: self.one_way,
                slope: self.slope,
                crossing_delay: delay(self.crossing_seconds),
                stairs_delay: delay(self.stairs_seconds),
                pushes_at: None,
            },
        }
    }

    /// Which lines of a map are walked; [`Self::check_mode`] says whether the rule is known.
    pub(crate) fn rule(&self) -> WalkRule {
        let named = self.rule.as_deref().and_then(WalkRule::named);
        named.unwrap_or_default()
    }

    /// How the file of streets is read.
    pub(crate) fn how_walked(&self) -> HowWalked {
        HowWalked {
            rule: self.rule(),
            crossings: self.crossing_seconds > 0.0,
            across: self.squares.as_deref() == Some(ACROSS),
        }
    }

    /// How people go who say nothing else; [`Self::check_mode`] says whether it is known.
    pub(crate) fn mode(&self) -> Mode {
        self.by.as_deref().and_then(Mode::named).unwrap_or_default()
    }

    /// Who walks private ways; [`Self::check_private`] says whether it is known.
    fn private(&self) -> PrivateWays {
        let named = self.private.as_deref().and_then(PrivateWays::named);
        named.unwrap_or_default()
    }

    /// What is asked of private ways, bridges and tunnels.
    pub(crate) fn doors(&self) -> Doors {
        Doors {
            private: self.private(),
            on_bridges: self.rule() == WalkRule::W2,
        }
    }

    /// Whether it is known who walks private ways.
    ///
    /// # Errors
    /// When it is not.
    pub(crate) fn check_private(&self, file: &str) -> Result<(), ReadError> {
        let written = self.private.as_deref();
        match written.filter(|word| PrivateWays::named(word).is_none()) {
            Some(word) => {
                let known = PrivateWays::ALL.map(PrivateWays::word);
                let wrong = Wrong::one("walk", file);
                Err(wrong.unknown(("private", word), text!(PrivateWord), &known))
            }
            None => Ok(()),
        }
    }

    /// Whether somebody may walk the streets of compounds.
    ///
    /// # Errors
    /// When private ways are nobody's: all who live behind a wall would be cut off.
    pub(crate) fn check_compounds(&self, file: &str) -> Result<(), ReadError> {
        match self.private() {
            PrivateWays::Residents => Ok(()),
            PrivateWays::Nobody => {
                let private = ("private", PrivateWays::Nobody.word());
                let wrong = Wrong::one("walk", file);
                Err(wrong.value(
                    private,
                    text!(CompoundsOfNobody),
                    text!(CompoundsNeedResidents),
                ))
            }
        }
    }

    /// Whether points hang on islands; [`Self::check_mode`] says whether the word is known.
    pub(crate) fn islands(&self) -> Islands {
        let named = self.islands.as_deref().and_then(Islands::named);
        named.unwrap_or_default()
    }

    /// Whether the walk rule and the way of moving are known ones, and what is said of islands and squares.
    ///
    /// # Errors
    /// When one is not, or rule W2 is asked to cross squares.
    pub(crate) fn check_mode(&self, file: &str) -> Result<(), ReadError> {
        let wrong = Wrong::one("walk", file);
        let rule = self.rule.as_deref();
        if let Some(rule) = rule.filter(|rule| WalkRule::named(rule).is_none()) {
            let known = WalkRule::ALL.map(WalkRule::word);
            return Err(wrong.unknown(("rule", rule), text!(WalkRuleWord), &known));
        }
        mode::mode(self.by.as_deref(), &wrong)?;
        let islands = self.islands.as_deref();
        if let Some(word) = islands.filter(|word| Islands::named(word).is_none()) {
            let known = Islands::ALL.map(Islands::word);
            return Err(wrong.unknown(("islands", word), text!(IslandsWord), &known));
        }
        match self.squares.as_deref() {
            Some(ACROSS) if self.rule() == WalkRule::W2 => Err(wrong.value(
                ("squares", ACROSS),
                text!(SquaresOfW2),
                text!(SquaresNeedW3),
            )),
            Some(word) if !SQUARES.contains(&word) => {
                Err(wrong.unknown(("squares", word), text!(SquaresWord), &SQUARES))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Whether the streets' heights fit what is asked: a slope needs heights.
    ///
    /// # Errors
    /// When a slope is asked and no vertex has a height: in the study `file`, which may name an
    /// elevation model.
    pub(crate) fn check_heights(
        &self,
        network: &Network,
        (file, model): (&str, Option<&str>),
        door: &mut Door<'_>,
    ) -> Result<(), ReadError> {
        match (self.slope, network.has_heights()) {
            // All slopes would be flat, and the results as if nobody had asked.
            (true, false) => Err(no_heights(file, model).into()),
            (false, true) => {
                door.note("slope-off", "", text!(SlopeOff));
                Ok(())
            }
            (true, true) | (false, false) => Ok(()),
        }
    }
}

/// The error about a slope without heights: the elevation model is in the wrong place, or there is none.
fn no_heights(file: &str, model: Option<&str>) -> BadInput {
    let remedy = match model {
        Some(model) => text!(ModelKnowsNoHeight, model = plain(model)),
        None => text!(NameGeotiff),
    };
    let (key, found) = ("walk.slope".to_owned(), "true".to_owned());
    bad(
        file,
        Some(key),
        Some(found),
        text!(HeightAtSomeVertex),
        remedy,
    )
}

/// Notes how much of each trait the streets have that somebody minds; `rules` push where anybody rides.
pub(crate) fn notes(network: &Network, rules: &StreetRules, groups: &[Group], door: &mut Door<'_>) {
    let wheelchair = rules.wheelchair || groups.iter().any(Group::is_wheeled);
    // A group may mind what people in general do not.
    let no_stairs = rules.stairs_closed || wheelchair || groups.iter().any(|group| group.no_stairs);
    // Most maps of counties tag little for bicycles, and all is ridden: that is no doubt.
    let rides = |minded: &Minded| rules.pushes_at.is_some() && minded.is_in(network);
    let asked = [
        (
            no_stairs || rules.stairs_delay > TravelTime::ZERO || rides(&Minded::STAIRS),
            Minded::STAIRS,
        ),
        (rules.crossing_delay > TravelTime::ZERO, Minded::CROSSINGS),
        (wheelchair, Minded::WHEELCHAIR),
        (rules.one_way, Minded::ONE_WAY),
        (rides(&Minded::NO_RIDING), Minded::NO_RIDING),
        (rides(&Minded::RIDE_WAY), Minded::RIDE_WAY),
    ];
    for (_, minded) in asked.iter().filter(|(asked, _)| *asked) {
        minded.note(network, door);
    }
}

/// A trait that a rule minds.
struct Minded {
    code: &'static str,
    name: fn() -> Text,
    tag: &'static str,
    has: fn(&Traits) -> bool,
}

impl Minded {
    const STAIRS: Self = Self {
        code: "stairs",
        name: || text!(TraitStairs),
        tag: "highway=steps",
        has: |street| street.kind == StreetKind::Stairs,
    };
    const CROSSINGS: Self = Self {
        code: "crossings",
        name: || text!(TraitCrossings),
        tag: "footway=crossing",
        has: |street| street.kind == StreetKind::Crossing,
    };
    const WHEELCHAIR: Self = Self {
        code: "no-wheelchair",
        name: || text!(TraitNoWheelchair),
        tag: "wheelchair=no",
        has: |street| street.no_wheelchair,
    };
    const ONE_WAY: Self = Self {
        code: "one-way",
        name: || text!(TraitOneWay),
        tag: "oneway:foot=yes",
        has: |street| street.one_way != OneWay::No && street.walked_by != WalkedBy::Gate,
    };
    const NO_RIDING: Self = Self {
        code: "no-riding",
        name: || text!(TraitNoRiding),
        tag: "bicycle=no",
        has: |street| street.no_riding,
    };
    const RIDE_WAY: Self = Self {
        code: "one-way-riding",
        name: || text!(TraitRideWay),
        tag: "oneway=yes",
        has: |street| street.ride_way != OneWay::No,
    };

    /// Whether any street has it.
    fn is_in(&self, network: &Network) -> bool {
        let mut traits = network.traits().iter();
        traits.any(|(_, street)| (self.has)(street))
    }

    fn note(&self, network: &Network, door: &mut Door<'_>) {
        let traits = network.traits().iter();
        // Each piece of street is one edge, whatever its direction.
        let minded = traits.filter(|(_, street)| (self.has)(street));
        let edges: Vec<EdgeId> = minded.map(|(edge, _)| *edge).collect();
        let name = (self.name)();
        // Then the rule changes nothing: the tags were lost, or the land is flat and open.
        if edges.is_empty() {
            let message = text!(TraitMissing, name = name, tag = self.tag);
            return door.say(Severity::Suspicious, self.code, Place::File, "", message);
        }
        let metres: f64 = edges.iter().map(|&edge| network.edge(edge).metres).sum();
        let km = format!("{:.3}", metres / 1000.0);
        let message = text!(TraitLength, name = name, km = km, pieces = edges.len());
        door.note(self.code, "", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rules_are_off_by_default_and_seconds_become_delays() {
        assert_eq!(WalkTable::default().walk(), Walk::default());
        let table = WalkTable {
            crossing_seconds: 12.5,
            no_stairs: true,
            ..WalkTable::default()
        };
        let rules = table.walk().rules;
        assert_eq!(
            (rules.crossing_delay.ticks(), rules.stairs_delay.ticks()),
            (125_000, 0)
        );
        assert!(rules.stairs_closed && !rules.wheelchair);
    }
}

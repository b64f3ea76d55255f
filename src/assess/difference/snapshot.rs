//! What of a run a later one is compared with.

use std::fmt;

use crate::ids::CellId;
use crate::score::{Coverage, Tally, VerdictKind};
use crate::units::{People, Share, TravelTime};

/// What two runs must ask alike to be compared: the names that files use.
pub const PARAMETERS: [&str; 11] = [
    "speed_kmh",
    "max_snap_m",
    "min_component",
    "minutes",
    "search_minutes",
    "items",
    "date",
    "week_of",
    "leaving",
    "street_rules",
    "zones",
];

/// What of a run a later one is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// What was asked, one text for each of [`PARAMETERS`]; empty where it was not asked. Items,
    /// rules and zones are joined by semicolons.
    pub parameters: [String; PARAMETERS.len()],
    /// The cells, in the order of the input; their ids are unique.
    pub cells: Vec<CellState>,
    /// The units in the order of the tree, then the cells without a unit if there are any.
    pub units: Vec<UnitState>,
    /// All cells together.
    pub total: Sums,
}

/// What a cell came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellState {
    /// Its id.
    pub id: String,
    /// The id of the innermost unit it belongs to; empty for none.
    pub unit: String,
    /// How many people live there.
    pub people: People,
    /// Covered, or the gravest reason why not.
    pub verdict: VerdictKind,
    /// How many items are done there within the limit.
    pub items_done: u32,
    /// The share of items done, by weight; none for unknown cells.
    pub score: Option<Part>,
}

/// What a unit came to, sub-units included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitState {
    /// Its id; empty for the cells that belong to no unit.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of the unit that it lies in; none at the top.
    pub parent: Option<String>,
    /// Its sums.
    pub sums: Sums,
}

/// The sums over a set of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// All people.
    pub people: People,
    /// The people who are covered.
    pub covered: People,
    /// The share of people who are covered; none where there are none.
    pub share: Option<Part>,
    /// The share of asked items, by weight, that people get done; none where there are none.
    pub score: Option<Part>,
}

/// A part of one in millionths; one only when it is all, nought only when it is nothing.
///
/// ```
/// use walkshed::assess::difference::Part;
/// let millionths = |part| Part::of(part).map(Part::millionths);
/// assert_eq!(millionths(0.25), Some(250_000));
/// assert_eq!([millionths(1.0 - 1e-9), millionths(1e-9)], [Some(999_999), Some(1)]);
/// assert_eq!([millionths(-0.1), millionths(1.1), millionths(f64::NAN)], [None; 3]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part(u32);

impl Part {
    /// This part of one, to the nearest millionth; none unless it lies between 0 and 1.
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        let millionths = |value: f64| (value * 1e6).round() as u32;
        let inside = value > 0.0 && value < 1.0;
        let part = || {
            if inside {
                millionths(value).clamp(1, 999_999)
            } else {
                millionths(value)
            }
        };
        (0.0..=1.0).contains(&value).then(|| Self(part()))
    }

    /// The millionths.
    #[must_use]
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// The part as a number from 0 to 1.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.value().to_string())
    }
}

impl Snapshot {
    /// What a coverage is compared by. O(cells + units).
    #[must_use]
    pub fn of(now: &Coverage) -> Self {
        let study = now.study();
        let written =
            |unit: Option<crate::ids::UnitId>| unit.map(|unit| study.units()[unit].id.clone());
        let unit = |row: crate::score::UnitRow| UnitState {
            id: row.id.to_owned(),
            name: row.name.to_owned(),
            parent: written(row.unit.and_then(|unit| study.units()[unit].parent)),
            sums: Sums::of(&row.tally),
        };
        let cell = |(id, cell): (CellId, &crate::model::Cell)| CellState {
            id: cell.id.clone(),
            unit: written(cell.unit).unwrap_or_default(),
            people: now.people(id),
            verdict: now.cell(id).verdict,
            items_done: now.cell(id).items_done,
            score: now.score(id).and_then(Part::of),
        };
        Self {
            parameters: parameters(now),
            cells: study.cells().iter().map(cell).collect(),
            units: now.by_unit().into_iter().map(unit).collect(),
            total: Sums::of(now.total()),
        }
    }
}

impl Sums {
    fn of(tally: &Tally) -> Self {
        let part = |share: Share| share.value().and_then(Part::of);
        Self {
            people: tally.people(),
            covered: tally.covered(),
            share: part(tally.share()),
            score: part(tally.score()),
        }
    }
}

fn parameters(now: &Coverage) -> [String; PARAMETERS.len()] {
    let (study, target) = (now.study(), now.target());
    let minutes = |time: TravelTime| shown_number(time.seconds() / 60.0);
    let zones = study.zones().iter().map(|(_, zone)| {
        let kmh = shown_number(zone.speed.unwrap_or(study.walk().speed).kmh());
        shown_zone(
            [&zone.name, &zone.by],
            &minutes(zone.limit.unwrap_or(target.limit)),
            &kmh,
        )
    });
    let items: Vec<&str> = target
        .items
        .iter()
        .map(|&item| study.catalogue()[item].id.as_str())
        .collect();
    [
        shown_number(study.walk().speed.kmh()),
        shown_number(study.walk().max_snap_m),
        study.walk().min_component.to_string(),
        minutes(target.limit),
        minutes(now.times().budget()),
        items.join(";"),
        target.date.map(|date| date.to_string()).unwrap_or_default(),
        study
            .time()
            .map(|time| time.week_start().to_string())
            .unwrap_or_default(),
        now.setting()
            .leaving
            .map(|minute| minute.to_string())
            .unwrap_or_default(),
        study.walk().rules.words().join(";"),
        zones.collect::<Vec<_>>().join(";"),
    ]
}

/// A zone as a parameter is told.
#[must_use]
pub fn shown_zone([name, by]: [&str; 2], minutes: &str, speed_kmh: &str) -> String {
    format!("{name}: {minutes} minutes at {speed_kmh} km/h ({by})")
}

/// A number as a parameter is told: with at most six decimals.
#[must_use]
pub fn shown_number(value: f64) -> String {
    ((value * 1e6).round() / 1e6).to_string()
}

//! What of a run a later one is compared with.

use super::part::Part;
use crate::ids::{CellId, UnitId};
use crate::model::{Study, Zone};
use crate::score::{Coverage, Tally, UnitSums, VerdictKind, group_total};
use crate::search::Walks;
use crate::units::{People, TravelTime};

/// What two runs must ask alike to be compared: the names that files use.
pub const PARAMETERS: [&str; 14] = [
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
    "islands",
    "private",
    "walk_rule",
];

/// Those of [`PARAMETERS`] that say when: this year's day is no other rule than last year's.
const DAYS: [&str; 2] = ["date", "week_of"];

/// Whether a parameter says when a run was judged, not by what.
pub(super) fn is_day(what: &str) -> bool {
    DAYS.contains(&what)
}

/// What of a run a later one is compared with.
///
/// ```
/// use walkshed::assess::difference::Snapshot;
/// use walkshed::{People, draw, score, search, Silent};
/// let town = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&town, town.target().search, &Silent);
/// let now = Snapshot::of(&walks, &score::coverage(&walks), None);
/// assert_eq!((now.total.covered, now.cells.len()), (People::whole(1), 2));
/// assert_eq!(now.date(), "", "no day was asked for");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// What was asked, one text for each of [`PARAMETERS`]; empty where it was not asked. Items,
    /// rules and zones are joined by semicolons.
    pub parameters: [String; PARAMETERS.len()],
    /// The cells, in the order of the input; their ids are unique. Of firms, those that have any.
    pub cells: Vec<CellState>,
    /// The units in the order of the tree, then the cells without a unit if there are any.
    pub units: Vec<UnitState>,
    /// All cells together.
    pub total: Sums,
    /// The groups of people, in the order of the study.
    pub groups: Vec<GroupState>,
    /// The same of the firms, whose `people` are firms; none where the run says of no firms.
    pub firms: Option<Box<Snapshot>>,
}

/// What a group came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupState {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its sums over all cells.
    pub sums: Sums,
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
    /// Those of them who are covered.
    pub covered: People,
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

impl Snapshot {
    /// What a run is compared by: the coverage of its people, that of its firms where there are any,
    /// and what each group comes to. O(cells + units), and a coverage of each group that is no party of
    /// either.
    #[must_use]
    pub fn of(walks: &Walks, people: &Coverage, firms: Option<&Coverage>) -> Self {
        let judged: Vec<&Coverage> = std::iter::once(people).chain(firms).collect();
        let groups = people.study().groups();
        Self {
            groups: groups
                .map(|(id, group)| GroupState {
                    id: group.id.clone(),
                    name: group.name.clone(),
                    sums: Sums::of(&group_total(walks, &judged, id)),
                })
                .collect(),
            firms: firms.map(|firms| Box::new(Self::of_firms(firms))),
            ..Self::of_one(people)
        }
    }

    /// What the coverage of firms is compared by: the cells that have any.
    fn of_firms(firms: &Coverage) -> Self {
        let mut all = Self::of_one(firms);
        all.cells.retain(|cell| cell.people > People::ZERO);
        all
    }

    /// What one coverage is compared by.
    fn of_one(now: &Coverage) -> Self {
        let cells = now.study().cells().iter();
        Self {
            parameters: parameters(now),
            cells: cells.map(|(id, _)| CellState::of(now, id)).collect(),
            units: now
                .by_unit()
                .iter()
                .map(|row| UnitState::of(now.study(), row))
                .collect(),
            total: Sums::of(now.total()),
            groups: Vec::new(),
            firms: None,
        }
    }
}

impl Snapshot {
    /// The day that it was judged for; empty when none was asked.
    #[must_use]
    pub fn date(&self) -> &str {
        let place = PARAMETERS.iter().position(|&what| what == "date");
        place.map_or("", |place| &self.parameters[place])
    }
}

impl CellState {
    fn of(now: &Coverage, id: CellId) -> Self {
        let cell = &now.study().cells()[id];
        // Kept as files keep it, so that a run compares equal with itself read back.
        let result = now.cell(id);
        Self {
            id: cell.id.clone(),
            unit: written_id(now.study(), cell.unit).unwrap_or_default(),
            people: now.people(id),
            covered: result.covered,
            // Who is asked nothing has no verdict, whatever is known of the cell.
            verdict: if result.items_asked == 0 {
                VerdictKind::Covered
            } else {
                result.verdict
            },
            items_done: result.items_done,
            score: now.score(id).and_then(Part::of),
        }
    }
}

impl UnitState {
    fn of(study: &Study, row: &UnitSums) -> Self {
        let parent = row.unit.and_then(|unit| study.units()[unit].parent);
        Self {
            id: row.id.to_owned(),
            name: row.name.to_owned(),
            parent: written_id(study, parent),
            sums: Sums::of(&row.tally),
        }
    }
}

impl Sums {
    fn of(tally: &Tally) -> Self {
        Self {
            people: tally.inhabitants(),
            covered: tally.covered(),
            share: tally.share().value().and_then(Part::of),
            score: tally.score().value().and_then(Part::of),
        }
    }
}

fn written_id(study: &Study, unit: Option<UnitId>) -> Option<String> {
    let unit = &study.units()[unit?];
    Some(unit.id.clone())
}

/// What was asked, in the order of [`PARAMETERS`].
fn parameters(now: &Coverage) -> [String; PARAMETERS.len()] {
    let study = now.study();
    let target = now.target();
    let walk = study.walk();
    let week_of = study.time().map(|time| time.week_start().to_string());
    let leaving = now.setting().leaving.map(|minute| minute.to_string());
    let date = target.date.map(|date| date.to_string());
    [
        shown_number(walk.speed.kmh()),
        shown_number(walk.max_snap_m),
        walk.min_component.to_string(),
        minutes(target.limit),
        minutes(now.times().budget()),
        asked_items(now),
        date.unwrap_or_default(),
        week_of.unwrap_or_default(),
        leaving.unwrap_or_default(),
        walk.profile().rules.words().join(";"),
        zones(now),
        walk.islands.word().to_owned(),
        walk.private.word().to_owned(),
        walk.rule.word().to_owned(),
    ]
}

fn minutes(time: TravelTime) -> String {
    shown_number(time.seconds() / 60.0)
}

fn asked_items(now: &Coverage) -> String {
    let catalogue = now.study().catalogue();
    let mut ids = Vec::new();
    for &item in &now.target().items {
        ids.push(catalogue[item].id.as_str());
    }
    ids.join(";")
}

fn zones(now: &Coverage) -> String {
    let mut shown = Vec::new();
    for (_, zone) in now.study().zones().iter() {
        shown.push(zone_of(now, zone));
    }
    shown.join(";")
}

/// A zone with what it leaves to the study filled in.
fn zone_of(now: &Coverage, zone: &Zone) -> String {
    // What a zone leaves open is the study's, and told as it holds in this run.
    let limit = zone.limit.unwrap_or(now.target().limit);
    let speed = now.study().walk().speed_in(zone);
    let kmh = shown_number(speed.kmh());
    shown_zone([&zone.name, &zone.by], &minutes(limit), &kmh)
}

/// A zone as a parameter is told.
///
/// ```
/// use walkshed::assess::difference::shown_zone;
/// assert_eq!(shown_zone(["villages", "电动车"], "20", "15"), "villages: 20 minutes at 15 km/h (电动车)");
/// ```
#[must_use]
pub fn shown_zone([name, by]: [&str; 2], minutes: &str, speed_kmh: &str) -> String {
    format!("{name}: {minutes} minutes at {speed_kmh} km/h ({by})")
}

/// A number as a parameter is told: with at most six decimals.
///
/// ```
/// use walkshed::assess::difference::shown_number;
/// assert_eq!([4.0, 1.0 / 3.0].map(shown_number), ["4", "0.333333"]);
/// ```
#[must_use]
pub fn shown_number(value: f64) -> String {
    ((value * 1e6).round() / 1e6).to_string()
}

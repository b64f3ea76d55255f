//! Two runs beside each other.

use std::collections::{HashMap, HashSet};

use super::part::Part;
use super::snapshot::{CellState, PARAMETERS, Snapshot, Sums, UnitState, is_day};
use crate::score::VerdictKind;
use crate::units::People;

/// How a later run differs from an earlier one.
///
/// ```
/// use walkshed::model::{Change, changed};
/// use walkshed::{Options, People, draw};
/// // What if t closed? Then b, with 2 people, is covered no longer.
/// let town = draw::town("A-a--s---------------t-b-B", 100.0, "st");
/// let closing = vec![Change::CloseSite { site: "t".to_owned() }];
/// let planned = town.clone().with(|parts| parts.changes = closing).unwrap();
/// let options = Options { changed: Some(changed(&planned).unwrap()), ..Options::default() };
/// let change = walkshed::run(&town, &options).unwrap().change.unwrap();
/// assert_eq!((change.total.no_longer_covered, change.total.newly_covered), (People::whole(2), People::ZERO));
/// assert_eq!(change.cells.iter().map(|cell| cell.after.verdict.word()).collect::<Vec<_>>(), ["too-far"]);
/// ```
#[doc(alias = "对比")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// All cells together.
    pub total: UnitDifference,
    /// The units in the later run's order, those that only the earlier one has at the end. Sums
    /// include sub-units.
    pub units: Vec<UnitDifference>,
    /// The cells of both runs whose verdict, number of items done or covered people changed, in the later run's order.
    pub cells: Vec<CellDifference>,
    /// The ids of cells that only the earlier run has, in its order. They count in its sums, but
    /// among nobody newly or no longer covered.
    pub only_before: Vec<String>,
    /// The ids of cells that only the later run has.
    pub only_after: Vec<String>,
    /// The days that the earlier and the later run were judged for; empty when none was asked.
    pub dates: [String; 2],
    /// What was asked otherwise: where there is any, the runs do not measure the same. Another day is
    /// no other rule; a day in one of them alone is.
    pub unlike: Vec<Unlike>,
    /// The groups in the later run's order, those that only the earlier one has at the end.
    pub groups: Vec<GroupDifference>,
    /// How the firms differ, whose `people` are firms; none where neither run says of firms.
    pub firms: Option<Box<Difference>>,
}

/// How a group differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupDifference {
    /// Its id.
    pub id: String,
    /// Its name, in the later run where it is there.
    pub name: String,
    /// Its sums in the earlier run; none when it was not there.
    pub before: Option<Sums>,
    /// Its sums in the later run; none when it is not there.
    pub after: Option<Sums>,
}

/// How a unit differs.
///
/// ```
/// use walkshed::model::{Change, changed};
/// use walkshed::{Options, draw};
/// let town = draw::town("A-a--s---------------t-b-B", 100.0, "st");
/// let closing = vec![Change::CloseSite { site: "t".to_owned() }];
/// let planned = town.clone().with(|parts| parts.changes = closing).unwrap();
/// let options = Options { changed: Some(changed(&planned).unwrap()), ..Options::default() };
/// let total = walkshed::run(&town, &options).unwrap().change.unwrap().total;
/// // From all of 3 people to 1: two thirds less, in millionths.
/// assert_eq!(total.share_change(), Some(-666_667));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDifference {
    /// Its id; empty for the total, and for the cells that belong to no unit.
    pub id: String,
    /// Its name, in the later run where it is there.
    pub name: String,
    /// Its sums in the earlier run; none when it was not there.
    pub before: Option<Sums>,
    /// Its sums in the later run; none when it is not there.
    pub after: Option<Sums>,
    /// The people of cells of both runs that were not covered and are; as many as live there in
    /// the later run, in the unit that the cell then belongs to.
    pub newly_covered: People,
    /// The people of cells of both runs that were covered and are no longer; as many as lived there
    /// in the earlier run, in the unit that the cell then belonged to.
    pub no_longer_covered: People,
}

/// A cell whose verdict or number of items done changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// In the earlier run.
    pub before: CellState,
    /// In the later run.
    pub after: CellState,
}

/// Something that was asked otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// What: one of [`PARAMETERS`].
    pub what: &'static str,
    /// In the earlier run; empty when it did not ask for it.
    pub before: String,
    /// In the later run.
    pub after: String,
}

impl Difference {
    /// Whether nothing differs: neither cells nor sums nor what was asked.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        // A cell without people changes no sum, so the ids are compared too.
        let all_in_both = self.only_before.is_empty() && self.only_after.is_empty();
        let units_alike =
            self.total.is_nothing() && self.units.iter().all(UnitDifference::is_nothing);
        let groups_alike = self.groups.iter().all(|group| group.before == group.after);
        let firms_alike = self.firms.as_ref().is_none_or(|firms| firms.is_nothing());
        all_in_both
            && units_alike
            && groups_alike
            && firms_alike
            && self.cells.is_empty()
            && self.unlike.is_empty()
    }
}

impl UnitDifference {
    /// How much the covered share changed, in millionths; none where a run has no share.
    #[must_use]
    pub fn share_change(&self) -> Option<i64> {
        self.change(|sums| sums.share)
    }

    /// How much the score changed, in millionths; none where a run has no score.
    #[must_use]
    pub fn score_change(&self) -> Option<i64> {
        self.change(|sums| sums.score)
    }

    fn change(&self, part_of: impl Fn(&Sums) -> Option<Part>) -> Option<i64> {
        change(self.before.as_ref(), self.after.as_ref(), part_of)
    }

    /// Whether its sums are the same.
    fn is_nothing(&self) -> bool {
        self.before == self.after
    }
}

impl GroupDifference {
    /// How much the covered share changed, in millionths; none where a run has no share.
    #[must_use]
    pub fn share_change(&self) -> Option<i64> {
        change(self.before.as_ref(), self.after.as_ref(), |sums| sums.share)
    }
}

/// How much a part changed, in millionths.
fn change(
    before: Option<&Sums>,
    after: Option<&Sums>,
    part_of: impl Fn(&Sums) -> Option<Part>,
) -> Option<i64> {
    let then = part_of(before?)?;
    let now = part_of(after?)?;
    Some(i64::from(now.millionths()) - i64::from(then.millionths()))
}

/// How a later run differs from an earlier one. O(n) in cells and units.
///
/// People newly covered in the units at the top, and in no unit, add up to those in total, exactly;
/// so do those no longer covered.
///
/// ```
/// use walkshed::assess::difference::{Snapshot, difference};
/// use walkshed::{draw, score, search, Silent};
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let walks = search::walks(&town, town.target().search, &Silent);
/// let now = Snapshot::of(&walks, &score::coverage(&walks), None);
/// assert!(difference(&now, &now).is_nothing());
/// ```
#[must_use]
pub fn difference(before: &Snapshot, after: &Snapshot) -> Difference {
    let mut lost = PeopleOf::nobody(before);
    let mut gained = PeopleOf::nobody(after);
    let mut cells = Vec::new();
    for (old, new) in in_both(before, after) {
        // Who gains is counted as the later run counts people, who loses as the earlier
        // one did.
        let now_covered = newly_covered(old, new);
        let once_covered = newly_covered(new, old);
        gained.add(new, now_covered);
        lost.add(old, once_covered);
        let some_changed = now_covered + once_covered > People::ZERO;
        if some_changed || old.verdict != new.verdict || old.items_done != new.items_done {
            cells.push(CellDifference::of(old, new));
        }
    }
    Difference {
        total: UnitDifference {
            id: String::new(),
            name: "total".to_owned(),
            before: Some(before.total),
            after: Some(after.total),
            newly_covered: gained.total,
            no_longer_covered: lost.total,
        },
        units: units(&lost, &gained),
        cells,
        only_before: only_in(before, after),
        only_after: only_in(after, before),
        dates: [before, after].map(|run| run.date().to_owned()),
        unlike: unlike(before, after),
        groups: groups(before, after),
        firms: firms(before, after).map(Box::new),
    }
}

/// The people of a cell in one run who are covered in it and were not in another: as many as its share
/// of covered people is greater.
fn newly_covered(then: &CellState, now: &CellState) -> People {
    let [people_then, covered_then] = [then.people, then.covered].map(of_millionths);
    let [people_now, covered_now] = [now.people, now.covered].map(of_millionths);
    // Where nobody lived the verdict on the cell says whether they would have been covered.
    if people_then == 0 {
        return if is_covered(then) {
            People::ZERO
        } else {
            now.covered
        };
    }
    if covered_now * people_then <= covered_then * people_now {
        return People::ZERO;
    }
    let as_then = covered_then * people_now / people_then;
    People::from_millionths(u64::try_from(covered_now - as_then).unwrap_or(u64::MAX))
}

fn of_millionths(people: People) -> u128 {
    people.millionths().into()
}

/// The groups of the later run, then those that only the earlier one has.
fn groups(before: &Snapshot, after: &Snapshot) -> Vec<GroupDifference> {
    let only_before = before
        .groups
        .iter()
        .filter(|group| sums_of(after, &group.id).is_none());
    after
        .groups
        .iter()
        .chain(only_before)
        .map(|group| GroupDifference {
            id: group.id.clone(),
            name: group.name.clone(),
            before: sums_of(before, &group.id),
            after: sums_of(after, &group.id),
        })
        .collect()
}

fn sums_of(run: &Snapshot, group: &str) -> Option<Sums> {
    let known = run.groups.iter().find(|known| known.id == group)?;
    Some(known.sums)
}

/// How the firms differ; a run that says of none has nobody there.
fn firms(before: &Snapshot, after: &Snapshot) -> Option<Difference> {
    if before.firms.is_none() && after.firms.is_none() {
        return None;
    }
    let nobody = Snapshot::default();
    let then = before.firms.as_deref().unwrap_or(&nobody);
    let now = after.firms.as_deref().unwrap_or(&nobody);
    Some(Difference {
        // What is asked otherwise is told once, beside the people.
        unlike: Vec::new(),
        ..difference(then, now)
    })
}

impl CellDifference {
    fn of(before: &CellState, after: &CellState) -> Self {
        Self {
            before: before.clone(),
            after: after.clone(),
        }
    }

    /// Its people who were not covered and are.
    #[must_use]
    pub fn newly_covered(&self) -> People {
        newly_covered(&self.before, &self.after)
    }

    /// Its people who were covered and are no longer.
    #[must_use]
    pub fn no_longer_covered(&self) -> People {
        newly_covered(&self.after, &self.before)
    }
}

fn is_covered(cell: &CellState) -> bool {
    cell.verdict == VerdictKind::Covered
}

/// The cells of both runs, in the later one's order.
fn in_both<'a>(
    before: &'a Snapshot,
    after: &'a Snapshot,
) -> impl Iterator<Item = (&'a CellState, &'a CellState)> {
    // By written id: rows may have changed their order between the runs.
    let mut known: HashMap<&str, &CellState> = HashMap::with_capacity(before.cells.len());
    for cell in &before.cells {
        known.insert(&cell.id, cell);
    }
    after
        .cells
        .iter()
        .filter_map(move |new| Some((*known.get(new.id.as_str())?, new)))
}

/// The ids of the cells that only the first of two runs has, in its order.
fn only_in(first: &Snapshot, other: &Snapshot) -> Vec<String> {
    let known: HashSet<&str> = other.cells.iter().map(|cell| cell.id.as_str()).collect();
    first
        .cells
        .iter()
        .filter(|cell| !known.contains(cell.id.as_str()))
        .map(|cell| cell.id.clone())
        .collect()
}

/// People summed up over a run's tree of units.
struct PeopleOf<'a> {
    run: &'a Snapshot,
    /// The place of each unit in the run, by id.
    places: HashMap<&'a str, usize>,
    /// The people of each unit with all within it.
    people: Vec<People>,
    total: People,
}

impl<'a> PeopleOf<'a> {
    /// The units of a run, with nobody in them yet.
    fn nobody(run: &'a Snapshot) -> Self {
        let mut places = HashMap::with_capacity(run.units.len());
        for (place, unit) in run.units.iter().enumerate() {
            places.insert(unit.id.as_str(), place);
        }
        Self {
            run,
            places,
            people: vec![People::ZERO; run.units.len()],
            total: People::ZERO,
        }
    }

    /// Adds people of a cell to its unit and all units above it.
    fn add(&mut self, cell: &CellState, people: People) {
        self.total += people;
        let mut unit = self.place(&cell.unit);
        // A run that was read from files may have a circle of units: no way up is longer
        // than this.
        for _ in 0..self.run.units.len() {
            let Some(place) = unit else { break };
            self.people[place] += people;
            let parent = self.run.units[place].parent.as_deref();
            unit = parent.and_then(|parent| self.place(parent));
        }
    }

    fn place(&self, unit: &str) -> Option<usize> {
        self.places.get(unit).copied()
    }

    fn people(&self, unit: &str) -> People {
        match self.place(unit) {
            Some(place) => self.people[place],
            None => People::ZERO,
        }
    }

    /// The sums of a unit in the run itself.
    fn sums(&self, unit: &str) -> Option<Sums> {
        let place = self.place(unit)?;
        Some(self.run.units[place].sums)
    }
}

/// The units of the later run, then those that only the earlier one has.
fn units(lost: &PeopleOf<'_>, gained: &PeopleOf<'_>) -> Vec<UnitDifference> {
    // Units that are gone come last: the later run's order is the reader's.
    let only_before = lost
        .run
        .units
        .iter()
        .filter(|unit| gained.place(&unit.id).is_none());
    gained
        .run
        .units
        .iter()
        .chain(only_before)
        .map(|unit| unit_difference(unit, lost, gained))
        .collect()
}

fn unit_difference(unit: &UnitState, lost: &PeopleOf<'_>, gained: &PeopleOf<'_>) -> UnitDifference {
    UnitDifference {
        id: unit.id.clone(),
        name: unit.name.clone(),
        before: lost.sums(&unit.id),
        after: gained.sums(&unit.id),
        newly_covered: gained.people(&unit.id),
        no_longer_covered: lost.people(&unit.id),
    }
}

/// What was asked otherwise in one of two runs; another day is no other rule.
///
/// ```
/// use walkshed::assess::difference::{Snapshot, unlike};
/// use walkshed::model::Target;
/// use walkshed::{Silent, draw, score, search};
/// let snapshot = |minutes| {
///     let town = draw::town("A-a--s-B", 100.0, "s");
///     let town = town
///         .with(|parts| {
///             parts.target = Target { search: parts.target.search, ..Target::minutes(minutes) }
///         })
///         .unwrap();
///     let walks = search::walks(&town, town.target().search, &Silent);
///     Snapshot::of(&walks, &score::coverage(&walks), None)
/// };
/// let asked = unlike(&snapshot(15), &snapshot(20));
/// assert_eq!(
///     asked.iter().map(|other| (other.what, &*other.before, &*other.after)).collect::<Vec<_>>(),
///     [("minutes", "15", "20")]
/// );
/// ```
#[must_use]
pub fn unlike(before: &Snapshot, after: &Snapshot) -> Vec<Unlike> {
    let mut unlike = Vec::new();
    for (place, what) in PARAMETERS.into_iter().enumerate() {
        let then = &before.parameters[place];
        let now = &after.parameters[place];
        // A plan is judged by the same rules year after year.
        let both_say_when = is_day(what) && !then.is_empty() && !now.is_empty();
        // Texts are compared as files show them, for one of the runs may have been read
        // from files.
        if then != now && !both_say_when {
            unlike.push(Unlike {
                what,
                before: then.clone(),
                after: now.clone(),
            });
        }
    }
    unlike
}

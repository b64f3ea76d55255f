//! Several earlier runs and this one, in the order of their dates: a trend line.

use std::collections::HashMap;

use super::difference::{Part, Snapshot, Sums, UnitState, unlike};

/// An earlier run, with what its folder tells beside what runs are compared by.
///
/// ```
/// use walkshed::assess::{EarlierRun, difference::Snapshot};
/// use walkshed::{Options, draw, score, search, Silent};
/// // Last year there was no t, and b was not covered.
/// let snapshot = |drawing: &str, sites: &str| {
///     let town = draw::town(drawing, 100.0, sites);
///     let walks = search::walks(&town, town.target().search, &Silent);
///     Snapshot::of(&walks, &score::coverage(&walks), None)
/// };
/// let last_year = EarlierRun { name: "2023".to_owned(), ..snapshot("A-a--s-----------------b-B", "s").into() };
/// let now = draw::town("A-a--s---------------t-b-B", 100.0, "st");
/// let results = walkshed::run(&now, &Options { earlier: &[last_year], ..Options::default() }).unwrap();
/// let shares = results.trend_line.iter().filter(|point| point.unit.is_none());
/// assert_eq!(shares.map(|point| point.sums.covered.to_string()).collect::<Vec<_>>(), ["1", "3"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EarlierRun {
    /// What it is called: the name of its folder.
    pub name: String,
    /// What it is compared by.
    pub snapshot: Snapshot,
    /// Its departments; none when it was not assessed.
    pub departments: Vec<DepartmentState>,
}

/// What a department came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentState {
    /// Its name.
    pub name: String,
    /// The share of its person-items that is done.
    pub share: Option<Part>,
    /// The share of its firm-items that is done.
    pub firms_share: Option<Part>,
}

impl From<Snapshot> for EarlierRun {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            snapshot,
            ..Self::default()
        }
    }
}

impl EarlierRun {
    /// The share of each unit that has one, by its id.
    pub(super) fn shares_of_units(&self) -> HashMap<&str, Part> {
        let units = self.snapshot.units.iter();
        units
            .filter_map(|unit| Some((unit.id.as_str(), unit.sums.share?)))
            .collect()
    }

    /// The same for firm-items.
    pub(super) fn firms_shares_of_departments(&self) -> HashMap<&str, Part> {
        let rows = self.departments.iter();
        rows.filter_map(|row| Some((row.name.as_str(), row.firms_share?)))
            .collect()
    }

    /// The share of each department that has one, by its name.
    pub(super) fn shares_of_departments(&self) -> HashMap<&str, Part> {
        let rows = self.departments.iter();
        rows.filter_map(|row| Some((row.name.as_str(), row.share?)))
            .collect()
    }
}

/// The earlier runs, oldest first: by the dates that they were judged for where each has one, else in
/// the order given. Runs of one date keep the order given. O(n log n).
///
/// ```
/// use walkshed::assess::{EarlierRun, oldest_first};
/// // Runs without a date stay in the order given.
/// let runs = ["b", "a"].map(|name| EarlierRun { name: name.to_owned(), ..EarlierRun::default() });
/// assert_eq!(oldest_first(&runs).iter().map(|run| run.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
/// ```
#[must_use]
pub fn oldest_first(runs: &[EarlierRun]) -> Vec<&EarlierRun> {
    let mut in_order: Vec<&EarlierRun> = runs.iter().collect();
    // A run without a date counts every site, open or not: it stands at no place in time.
    if runs.iter().all(|run| !run.snapshot.date().is_empty()) {
        in_order.sort_by_key(|run| run.snapshot.date());
    }
    in_order
}

/// One unit in one run.
///
/// ```
/// use walkshed::assess::{difference::Snapshot, trend_line};
/// // This run alone is one point: the whole, without units.
/// let points = trend_line(&[], &Snapshot::default());
/// assert_eq!((points.len(), points[0].run.as_str(), points[0].unit.as_deref()), (1, "", None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendPoint {
    /// The run; empty for this one.
    pub run: String,
    /// The day that it was judged for; empty when none was asked.
    pub date: String,
    /// The unit's id; empty for the cells that belong to no unit; none for the whole.
    pub unit: Option<String>,
    /// The unit's name.
    pub name: String,
    /// What it came to, all within it included.
    pub sums: Sums,
    /// What its firms came to; none where that run says of no firms there.
    pub firms: Option<Sums>,
    /// What that run was asked otherwise than this one, by the names that files use: where there is
    /// any, its point stands on another line.
    pub unlike: Vec<&'static str>,
}

/// Every unit and the whole in each of these runs, then in this one.
///
/// ```
/// use walkshed::assess::{EarlierRun, difference::Snapshot, trend_line};
/// let last_year = EarlierRun { name: "2023".to_owned(), ..EarlierRun::default() };
/// let points = trend_line(&[&last_year], &Snapshot::default());
/// assert_eq!(points.iter().map(|point| point.run.as_str()).collect::<Vec<_>>(), ["2023", ""]);
/// ```
#[must_use]
pub fn trend_line(oldest_first: &[&EarlierRun], now: &Snapshot) -> Vec<TrendPoint> {
    let mut points = Vec::new();
    for run in oldest_first {
        points.extend(points_of(&run.name, &run.snapshot, now));
    }
    points.extend(points_of("", now, now));
    points
}

/// The points of one run: its units, then the whole. O(units).
fn points_of(run: &str, snapshot: &Snapshot, now: &Snapshot) -> Vec<TrendPoint> {
    let unlike: Vec<&'static str> = unlike(snapshot, now).iter().map(|what| what.what).collect();
    let firms = snapshot.firms.as_deref();
    // By id: a run may say of firms in some of the units only.
    let firms_of: HashMap<&str, Sums> = firms
        .iter()
        .flat_map(|firms| &firms.units)
        .map(|unit| (unit.id.as_str(), unit.sums))
        .collect();
    let point = |unit: Option<&UnitState>, sums| TrendPoint {
        run: run.to_owned(),
        date: snapshot.date().to_owned(),
        unit: unit.map(|unit| unit.id.clone()),
        name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        sums,
        firms: match unit {
            Some(unit) => firms_of.get(unit.id.as_str()).copied(),
            None => firms.map(|firms| firms.total),
        },
        unlike: unlike.clone(),
    };
    let units = snapshot.units.iter();
    let of_units = units.map(|unit| point(Some(unit), unit.sums));
    of_units.chain([point(None, snapshot.total)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::difference::PARAMETERS;
    use crate::units::People;

    fn run(name: &str, date: &str, covered: u32) -> EarlierRun {
        let place = PARAMETERS.iter().position(|&what| what == "date");
        let mut snapshot = Snapshot::default();
        snapshot.parameters[place.expect("it is asked")] = date.to_owned();
        snapshot.total.covered = People::whole(covered);
        EarlierRun {
            name: name.to_owned(),
            ..snapshot.into()
        }
    }

    fn names<'r>(runs: &[&'r EarlierRun]) -> Vec<&'r str> {
        runs.iter().map(|run| run.name.as_str()).collect()
    }

    #[test]
    fn runs_stand_in_the_order_of_their_dates() {
        let runs = [
            run("c", "2024-12-31", 3),
            run("a", "2022-12-31", 1),
            run("b", "2023-12-31", 2),
            run("b again", "2023-12-31", 2),
        ];
        assert_eq!(names(&oldest_first(&runs)), ["a", "b", "b again", "c"]);
        let undated = [run("c", "2024-12-31", 3), run("a", "", 1)];
        assert_eq!(names(&oldest_first(&undated)), ["c", "a"]);
    }

    #[test]
    fn a_run_by_other_rules_says_so() {
        let mut slower = run("a", "2022-12-31", 1);
        slower.snapshot.parameters[0] = "3.6".to_owned();
        let like = run("b", "2023-12-31", 1);
        let now = run("", "2024-12-31", 3).snapshot;
        let runs = [slower, like];
        let points = trend_line(&oldest_first(&runs), &now);
        let unlike: Vec<_> = points.iter().map(|point| point.unlike.clone()).collect();
        assert_eq!(unlike, [vec!["speed_kmh"], vec![], vec![]]);
    }

    #[test]
    fn the_line_ends_with_this_run() {
        let runs = [run("a", "2022-12-31", 1), run("b", "2023-12-31", 2)];
        let now = run("", "2024-12-31", 3).snapshot;
        let told: Vec<_> = trend_line(&oldest_first(&runs), &now)
            .into_iter()
            .map(|point| (point.run, point.date, point.unit, point.sums.covered))
            .collect();
        let point = |run: &str, date: &str, covered| {
            (
                run.to_owned(),
                date.to_owned(),
                None,
                People::whole(covered),
            )
        };
        assert_eq!(
            told,
            [
                point("a", "2022-12-31", 1),
                point("b", "2023-12-31", 2),
                point("", "2024-12-31", 3)
            ]
        );
    }
}

//! Several earlier runs and this one, in the order of their dates: a trend line.

use super::difference::{Part, Snapshot, Sums, UnitState};

/// An earlier run, with what its folder tells beside what runs are compared by.
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
    pub(super) fn share_of_unit(&self, id: &str) -> Option<Part> {
        let mut units = self.snapshot.units.iter();
        units.find(|unit| unit.id == id)?.sums.share
    }

    pub(super) fn share_of_department(&self, name: &str) -> Option<Part> {
        let mut rows = self.departments.iter();
        rows.find(|row| row.name == name)?.share
    }
}

/// The earlier runs, oldest first: by the dates that they were judged for where each has one, else in
/// the order given. Runs of one date keep the order given. O(n log n).
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
}

/// Every unit and the whole in each of these runs, then in this one.
#[must_use]
pub fn trend_line(oldest_first: &[&EarlierRun], now: &Snapshot) -> Vec<TrendPoint> {
    let mut points = Vec::new();
    for run in oldest_first {
        points.extend(points_of(&run.name, &run.snapshot));
    }
    points.extend(points_of("", now));
    points
}

fn points_of(run: &str, snapshot: &Snapshot) -> Vec<TrendPoint> {
    let point = |unit: Option<&UnitState>, sums| TrendPoint {
        run: run.to_owned(),
        date: snapshot.date().to_owned(),
        unit: unit.map(|unit| unit.id.clone()),
        name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        sums,
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

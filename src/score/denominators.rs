//! Coverage told by people, and beside that by households, buildings, residential area and firms.
//!
//! A cell is covered or not; what differs is how much it counts. "90 % of residents" and "70 % of
//! firms" are both true when the firms stand where few people live. So a plan for people *and* firms
//! is told by each, side by side, wherever the cells have the numbers
//! ([`Cells::DENOMINATORS`]).
//!
//! Worked example: a village of 90 people and 1 firm is covered, a park of 10 people and 3 firms is
//! not. By people 90 % are covered, by firms 25 %.

use super::coverage::Coverage;
use super::sums::{CellShare, Tally};
use crate::ids::CellId;
use crate::model::Cells;
use crate::units::{People, Share};

/// Coverage told by one denominator. Unknown cells count as not covered, as they do for people.
#[doc(alias = "口径")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Denominator {
    /// `people`, `households`, `buildings`, `area` or `enterprises`.
    pub name: &'static str,
    /// The sum over all cells: people, households, buildings, m², firms.
    pub total: People,
    /// The sum over the covered cells.
    pub covered: People,
    /// Covered out of all; none of nothing.
    pub share: Share,
    /// The share of asked items, by weight, that are done within the limit.
    pub score: Share,
}

/// Coverage by people (the group's, when the coverage is a group's), and then by each denominator
/// that the cells have a column for.
///
/// O(cells × denominators).
///
/// ```
/// use walkshed::{People, Silent, draw, score, search};
/// let study = draw::town("
///     A--a--s------b-----C
/// ", 100.0, "s");
/// let study = study.with(|parts| {
///     let firms = vec![People::whole(1), People::whole(3)];
///     let cells = std::mem::take(&mut parts.cells);
///     parts.cells = cells.with_counts(vec![("enterprises".to_owned(), firms)]);
///     parts.target.limit = walkshed::TravelTime::from_minutes(5);
/// }).unwrap();
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let rows = score::denominators(&score::coverage(&walks));
/// let shown: Vec<_> = rows.iter().map(|row| format!("{} {}", row.name, row.share)).collect();
/// assert_eq!(shown, ["people 33.3 %", "enterprises 25.0 %"]);
/// ```
#[must_use]
pub fn denominators(coverage: &Coverage) -> Vec<Denominator> {
    let people = tally(coverage, |cell| coverage.people(cell));
    let mut rows = vec![Denominator::of("people", &people)];
    let cells = coverage.study().cells();
    for counted in cells.count_names() {
        // Other columns count groups of people, and are told as groups.
        let mut known = Cells::DENOMINATORS.into_iter();
        let Some(name) = known.find(|known| known == counted) else {
            continue;
        };
        if let Some(counts) = cells.counts(name) {
            let counted = tally(coverage, |cell| counts[cell.index()]);
            rows.push(Denominator::of(name, &counted));
        }
    }
    rows
}

/// The sums over all cells, where each counts as much as it is told to.
fn tally(coverage: &Coverage, count: impl Fn(CellId) -> People) -> Tally {
    let mut tally = Tally::default();
    for (id, _) in coverage.study().cells().iter() {
        // The cell is covered or not as before; only how much it counts is another number.
        let share = CellShare {
            people: count(id),
            ..coverage.question.share(id, coverage.cell(id))
        };
        tally.add(&share);
    }
    tally
}

impl Denominator {
    fn of(name: &'static str, tally: &Tally) -> Self {
        Self {
            name,
            total: tally.people(),
            covered: tally.covered(),
            share: tally.share(),
            score: tally.score(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Study;
    use crate::score::coverage_without_rules;
    use crate::{draw, search, snap};

    /// A street with a site at its end and ten cells along it, some within the limit.
    fn street(people: &[u32], counts: Vec<(String, Vec<People>)>) -> Study {
        let study = draw::town("A-s-a-b-c-d-e-f-g-h-i-j-K", 150.0, "s");
        study
            .with(|parts| {
                let mut cells = parts.cells.as_slice().to_vec();
                cells
                    .iter_mut()
                    .zip(people)
                    .for_each(|(cell, &people)| cell.people = People::whole(people));
                parts.cells = crate::model::Cells::new(cells).with_counts(counts);
            })
            .expect("still a study")
    }

    fn rows(study: &Study) -> Vec<(String, People, People, Share, Share)> {
        let links = snap::link(study);
        let times = search::travel_times(&links, study.target().search);
        let now = coverage_without_rules(&times, study.target());
        let all = denominators(&now);
        assert_eq!(
            (all[0].total, all[0].covered),
            (now.total().people(), now.total().covered())
        );
        assert_eq!(
            (all[0].share, all[0].score),
            (now.share(), now.total().score())
        );
        all.into_iter()
            .map(|row| {
                (
                    row.name.to_owned(),
                    row.total,
                    row.covered,
                    row.share,
                    row.score,
                )
            })
            .collect()
    }

    fn whole(counts: &[u32]) -> Vec<People> {
        counts.iter().map(|&count| People::whole(count)).collect()
    }

    #[test]
    fn only_known_denominators_are_told() {
        let counts = vec![
            ("elderly".to_owned(), whole(&[1; 10])),
            ("area".to_owned(), whole(&[2; 10])),
        ];
        let names: Vec<_> = rows(&street(&[1; 10], counts))
            .into_iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(names, ["people", "area"]);
        assert_eq!(rows(&street(&[1; 10], vec![])).len(), 1);
    }

    #[test]
    fn a_denominator_of_nothing_has_no_share() {
        let none = rows(&street(
            &[1; 10],
            vec![("enterprises".to_owned(), whole(&[0; 10]))],
        ));
        assert_eq!((none[1].1, none[1].3.value()), (People::ZERO, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sums_are_of_cells_and_equal_counts_give_equal_shares(
            people in prop::collection::vec(0_u32..900, 10),
            firms in prop::collection::vec(0_u32..900, 10),
        ) {
            let twice: Vec<u32> = people.iter().map(|count| count * 2).collect();
            let counts = vec![("households".to_owned(), whole(&twice)), ("enterprises".to_owned(), whole(&firms))];
            let rows = rows(&street(&people, counts));
            // Cells a, b and c are 300, 600 and 900 m from the site; d is 1,200 m away.
            for (row, of_cell) in rows.iter().zip([&people, &twice, &firms]) {
                prop_assert_eq!(row.1, People::whole(of_cell.iter().sum()));
                prop_assert_eq!(row.2, People::whole(of_cell[..3].iter().sum()));
            }
            prop_assert_eq!((rows[0].3, rows[0].4), (rows[1].3, rows[1].4));
        }
    }
}

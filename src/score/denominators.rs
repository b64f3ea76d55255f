//! Coverage told by people, and beside that by households, buildings, residential area and firms.
//!
//! People are judged by what is asked of people, firms by what is asked of firms. "90 % of residents"
//! and "70 % of firms" are both true when the firms stand where few people live. So a plan for people
//! *and* firms is told by each, side by side, wherever the cells have the numbers
//! ([`Cells::DENOMINATORS`]). Households, buildings and residential area go with the people who live
//! there: where a part of a cell's people is covered, so is that part of them.
//!
//! Worked example: a village of 90 people and 1 firm is covered, a park of 10 people and 3 firms is
//! not. By people 90 % are covered, by firms 25 %.

use super::coverage::Coverage;
use super::sums::{CellShare, Tally};
use crate::ids::CellId;
use crate::model::{Cells, FIRMS};
use crate::units::{People, Share};

/// Coverage told by one denominator. Unknown cells count as not covered, as they do for people.
///
/// ```
/// use walkshed::{Options, People, draw};
/// // b, 1,300 m off, has 3 of 4 households.
/// let town = draw::town("A-a--s------------b-B", 100.0, "s");
/// let study = town.with(|parts| {
///     let households = vec![People::whole(1), People::whole(3)];
///     let cells = std::mem::take(&mut parts.cells);
///     parts.cells = cells.with_counts(vec![("households".to_owned(), households)]);
/// })?;
/// let told = walkshed::run(&study, &Options::default()).unwrap().breakdown.denominators;
/// let shown: Vec<_> = told.iter().map(|row| format!("{} of {} {}", row.covered, row.total, row.name)).collect();
/// assert_eq!(shown, ["1 of 3 people", "1 of 4 households"]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
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

/// Coverage by people (the group's, when the coverage is a group's), by each denominator that the
/// cells have a column for, and by firms, where a study has any of whom something is asked.
///
/// O(cells × denominators × parties).
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
/// let now = score::coverage(&walks);
/// let rows = score::denominators(&now, score::coverage_of_firms(&walks, &now).as_ref());
/// let shown: Vec<_> = rows.iter().map(|row| format!("{} {}", row.name, row.share)).collect();
/// assert_eq!(shown, ["people 33.3 %", "enterprises 25.0 %"]);
/// ```
#[must_use]
pub fn denominators(people: &Coverage, firms: Option<&Coverage>) -> Vec<Denominator> {
    let mut rows = vec![Denominator::of("people", people.total())];
    let cells = people.study().cells();
    for counted in cells.count_names() {
        // Other columns count groups of people, and are told as groups.
        let mut known = Cells::DENOMINATORS.into_iter();
        let Some(name) = known.find(|known| known == counted) else {
            continue;
        };
        if name != FIRMS
            && let Some(counts) = cells.counts(name)
        {
            rows.push(Denominator::of(name, &with_people(people, counts)));
        }
    }
    // Firms have verdicts of their own.
    if let Some(firms) = firms {
        rows.push(Denominator::of(FIRMS, firms.total()));
    }
    rows
}

/// The sums over all cells, where what is counted goes with the people who live there.
fn with_people(coverage: &Coverage, counts: &[People]) -> Tally {
    let mut tally = Tally::default();
    for (id, _) in coverage.study().cells().iter() {
        tally.add_cell(coverage.cell(id).verdict, true);
        // Each party keeps its outcome; only how many it stands for is counted otherwise.
        for (share, count) in split(coverage, id, counts[id.index()]) {
            tally.add_people(&CellShare {
                people: count,
                ..share
            });
        }
    }
    tally
}

/// What is counted in a cell, split among its parties as its people are; where nobody lives it goes
/// with the last party. The parts add up to the whole, exactly.
fn split(coverage: &Coverage, cell: CellId, count: People) -> Vec<(CellShare, People)> {
    let questions = coverage.parties.all();
    let all = u128::from(coverage.people(cell).millionths());
    let mut rest = count;
    let mut parts = Vec::with_capacity(questions.len());
    for (place, question) in questions.iter().enumerate() {
        let share = question.share(cell, coverage.results(cell)[place]);
        let number = u128::from(share.people.millionths());
        let part = u128::from(count.millionths()) * number;
        let part = part.checked_div(all).unwrap_or_default();
        let part = People::from_millionths(u64::try_from(part).unwrap_or(u64::MAX));
        rest = rest - part;
        parts.push((share, part));
    }
    // What rounding left over goes to the last who live there.
    let last = parts
        .iter()
        .rposition(|(share, _)| share.people > People::ZERO)
        .unwrap_or(parts.len() - 1);
    parts[last].1 += rest;
    parts
}

impl Denominator {
    fn of(name: &'static str, tally: &Tally) -> Self {
        Self {
            name,
            total: tally.inhabitants(),
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
    use crate::score::{coverage_of_firms, coverage_without_rules};
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
        let walks = search::walks(study, study.target().search, &crate::Silent);
        let firms = coverage_of_firms(&walks, &now);
        let all = denominators(&now, firms.as_ref());
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
        // Without any firm there is nothing to tell of firms.
        assert_eq!(none.len(), 1);
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

//! A whole week: in which hours people get everything done, and how many do in each hour.
//!
//! Coverage at one moment flatters or blames a county by the choice of the moment. The week profile
//! asks 168 times: somebody who leaves home at the full hour, at which of the hours of the week does
//! everything that is asked get done within the limit? A step is done in an hour when some site that
//! handles it lies within the limit and is open on arrival ([`crate::model::hours`]); everything is
//! done in an hour when every step is. Several steps may be done at several sites: each walk is
//! judged by itself, as if it began at that hour.
//!
//! # Worked example
//!
//! A village reaches a station open from Monday to Friday, 09:00 to 17:00, in 14 minutes, and a bank
//! with a terminal that is always open in 12. Leaving at 09:00 … 16:00 the station is open on
//! arrival: 8 hours on 5 days. An application (station or terminal) is done in all 168 hours; an
//! issue (station only) in 40; both together in the 40 hours that they share.
//!
//! ```
//! use walkshed::TravelTime;
//! use walkshed::ids::SiteId;
//! use walkshed::model::OpenWeek;
//! use walkshed::score::week::done_hours;
//! use walkshed::search::Reach;
//!
//! let station = OpenWeek::new((0..5).map(|day| day * 1440 + 9 * 60..day * 1440 + 17 * 60));
//! let hours = [station, OpenWeek::always()];
//! let reach = |site, minutes| Reach { site: SiteId::new(site), time: TravelTime::from_minutes(minutes) };
//! let (station, bank) = (reach(0, 14), reach(1, 12));
//! let steps = [vec![bank, station], vec![station]];
//! assert_eq!(done_hours(steps, |site| &hours[site.index()]).count(), 40);
//! ```

use rayon::prelude::*;

use super::tree_sums::TreeSums;
use crate::ids::{CellId, SiteId, UnitId};
use crate::model::{HOURS, HourSet, OpenWeek, Study, Who};
use crate::search::Reach;
use crate::units::{People, Share, TravelTime};

/// The hours in which every step is done: for each step the hours in which one of these sites is
/// open on arrival, and of those the hours that all steps share.
///
/// The reaches of a step are the sites within the limit that handle it; a step without any is never
/// done. No step at all is done in every hour. O(reaches), fewer where the answer is sooner known.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::ids::SiteId;
/// use walkshed::model::{HourSet, OpenWeek};
/// use walkshed::score::week::done_hours;
/// use walkshed::search::Reach;
/// let mornings = OpenWeek::new([9 * 60..12 * 60]);
/// let near = Reach { site: SiteId::new(0), time: TravelTime::from_minutes(5) };
/// assert_eq!(done_hours([[near]], |_| &mornings).iter().collect::<Vec<_>>(), [9, 10, 11]);
/// // What no site within the limit does is never done; nothing at all always is.
/// assert_eq!(done_hours([vec![near], vec![]], |_| &mornings), HourSet::EMPTY);
/// assert_eq!(done_hours::<[Reach; 0]>([], |_| &mornings), HourSet::ALL);
/// ```
pub fn done_hours<'w, R>(
    steps: impl IntoIterator<Item = R>,
    week: impl Fn(SiteId) -> &'w OpenWeek,
) -> HourSet
where
    R: IntoIterator<Item = Reach>,
{
    let mut done = HourSet::ALL;
    for step in steps {
        let mut hours = HourSet::EMPTY;
        for reach in step {
            hours |= week(reach.site).hours_reached(reach.time);
            // A further site could only add hours that an earlier step has ruled out.
            if done & hours == done {
                break;
            }
        }
        // Each step is judged by itself, as if its walk began at that hour.
        done &= hours;
        if done.is_empty() {
            break;
        }
    }
    done
}

/// The full hours at which any of these sites is open to somebody at its door.
///
/// ```
/// use walkshed::model::OpenWeek;
/// use walkshed::score::week::hours_open;
/// let [morning, evening] = [9 * 60..11 * 60, 18 * 60..19 * 60].map(|range| OpenWeek::new([range]));
/// assert_eq!(hours_open([&morning, &evening]).iter().collect::<Vec<_>>(), [9, 10, 18]);
/// ```
#[must_use]
pub fn hours_open<'w>(weeks: impl IntoIterator<Item = &'w OpenWeek>) -> HourSet {
    let mut open = HourSet::EMPTY;
    for week in weeks {
        open |= week.hours_reached(TravelTime::ZERO);
    }
    open
}

/// Covered people for each hour of the week.
///
/// ```
/// use std::sync::Arc;
/// use walkshed::model::{HourSet, OpenWeek, TimeRule};
/// use walkshed::{Options, People, draw};
///
/// // The site is open on Mondays from 9 to 11; a holds 1 person near it, b 2 far off.
/// let week = Arc::new(OpenWeek::new([9 * 60..11 * 60]));
/// let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).unwrap();
/// let town = draw::town("A-a-s----------------b-B", 100.0, "s");
/// let study = town.with(|parts| parts.time = Some(TimeRule::week_of(day, week)))?;
/// let hourly = walkshed::run(&study, &Options::default()).unwrap().breakdown.week.unwrap();
/// let total = hourly.total();
/// assert_eq!((total.people(), total.covered()[9]), (People::whole(3), People::whole(1)));
/// assert_eq!([9, 12].map(|hour| total.share(hour).to_string()), ["33.3 %", "0.0 %"]);
/// assert_eq!((total.best(HourSet::ALL), total.worst(HourSet::ALL)), (Some(9), Some(0)));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourlyPeople {
    people: People,
    covered: [People; HOURS],
}

impl HourlyPeople {
    const NOBODY: Self = Self {
        people: People::ZERO,
        covered: [People::ZERO; HOURS],
    };

    fn add(&mut self, people: People, hours: HourSet) {
        self.people += people;
        for hour in hours.iter() {
            self.covered[hour] += people;
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.people += other.people;
        for (sum, &part) in self.covered.iter_mut().zip(&other.covered) {
            *sum += part;
        }
    }

    /// All people, covered or not.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::EMPTY);
    /// assert_eq!(week.total().people(), People::whole(1 + 2));
    /// ```
    #[must_use]
    pub const fn people(&self) -> People {
        self.people
    }

    /// The people covered at each hour, from Monday 00:00 on.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// // Everybody in b, which holds 2, gets everything done in the first two hours.
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let done = |cell: walkshed::ids::CellId| HourSet::of((0..2).filter(|_| cell.index() == 1));
    /// let week = WeekProfile::new(&study, &[Who::People], |_, cell| done(cell));
    /// assert_eq!(week.total().covered()[..3], [2, 2, 0].map(People::whole));
    /// ```
    #[must_use]
    pub const fn covered(&self) -> &[People; HOURS] {
        &self.covered
    }

    /// The share of people covered at an hour.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, cell| {
    ///     HourSet::of((10..12).filter(|_| cell.index() == 0))
    /// });
    /// assert_eq!([9, 10].map(|hour| week.total().share(hour).to_string()), ["0.0 %", "33.3 %"]);
    /// ```
    ///
    /// # Panics
    /// When the hour is 168 or more.
    #[must_use]
    pub fn share(&self, hour: usize) -> Share {
        self.covered[hour].share_of(self.people)
    }

    /// The hour among these with the fewest covered people, the earliest of equal ones; none where
    /// there is no hour to choose from.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// // Of the office hours asked, nobody is covered from noon on.
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::of(9..12));
    /// assert_eq!(week.total().worst(HourSet::of(9..17)), Some(12));
    /// assert_eq!(week.total().worst(HourSet::EMPTY), None);
    /// ```
    #[must_use]
    pub fn worst(&self, among: HourSet) -> Option<usize> {
        among.iter().min_by_key(|&hour| self.covered[hour])
    }

    /// The hour among these with the most covered people, the earliest of equal ones.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::of(9..12));
    /// assert_eq!(week.total().best(HourSet::ALL), Some(9), "the earliest of three equal hours");
    /// ```
    #[must_use]
    pub fn best(&self, among: HourSet) -> Option<usize> {
        among
            .iter()
            .min_by_key(|&hour| std::cmp::Reverse(self.covered[hour]))
    }
}

/// In which hours of the week each cell gets everything done, summed up by unit.
///
/// ```
/// use walkshed::ids::CellId;
/// use walkshed::model::{HourSet, Who};
/// use walkshed::{People, draw, score::WeekProfile};
/// // The hours of each cell are given; here a is done in the mornings, and b never.
/// let study = draw::town("A-a-s-b-B", 100.0, "s");
/// let mornings = HourSet::of(9..12);
/// let week = WeekProfile::new(&study, &[Who::People], |_, cell| {
///     if cell.index() == 0 { mornings } else { HourSet::EMPTY }
/// });
/// assert_eq!([0, 1].map(|cell| week.cell(CellId::new(cell)).count()), [3, 0]);
/// // No unit is named, so all of them belong to none.
/// assert_eq!((week.total().covered()[9], week.unassigned()), (People::whole(1), week.total()));
/// ```
#[doc(alias = "一周覆盖")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekProfile {
    cells: Vec<HourSet>,
    sums: TreeSums<HourlyPeople>,
}

impl WeekProfile {
    /// The profile of these parties of a study, where `covered` tells the hours in which the party of
    /// that place gets everything done in a cell.
    ///
    /// The cells are asked in parallel and summed up as integers: neither threads nor the order of
    /// rows change the sums. O(parties × cells × hours) after `covered`; 1.3 KB a unit and 24 bytes a
    /// cell and party.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::ALL);
    /// assert_eq!(week.total().covered()[167], People::whole(3));
    /// ```
    #[must_use]
    pub fn new(
        study: &Study,
        parties: &[Who],
        covered: impl Fn(usize, CellId) -> HourSet + Sync,
    ) -> Self {
        let count = parties.len().max(1);
        let mut of_parties = vec![HourSet::EMPTY; study.cells().len() * count];
        // Collected in the order of cells, whatever the number of threads.
        let cells: Vec<HourSet> = of_parties
            .par_chunks_mut(count)
            .enumerate()
            .map(|(place, of_cell)| {
                let cell = CellId::new(place);
                for (party, hours) in of_cell.iter_mut().enumerate() {
                    *hours = covered(party, cell);
                }
                shared(study, parties, cell, of_cell)
            })
            .collect();
        let sums = summed_up(study, parties, &of_parties);
        Self { cells, sums }
    }

    /// The hours in which everybody in a cell gets everything done; their count is its covered hours
    /// per week.
    ///
    /// ```
    /// use walkshed::ids::CellId;
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::of(9..17));
    /// assert_eq!(week.cell(CellId::new(0)).count(), 8, "covered hours a week");
    /// ```
    #[must_use]
    pub fn cell(&self, cell: CellId) -> HourSet {
        self.cells[cell.index()]
    }

    /// The sums over all cells.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::of(9..17));
    /// assert_eq!(week.total().covered().iter().filter(|&&covered| covered == People::whole(3)).count(), 8);
    /// ```
    #[must_use]
    pub const fn total(&self) -> &HourlyPeople {
        &self.sums.total
    }

    /// The sums over a unit and everything within it.
    ///
    /// ```
    /// use walkshed::model::{Cells, HourSet, UnitRow, Units, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// let town = draw::town("A-a-s-b-B", 100.0, "s");
    /// // a lies in the village, b in no unit.
    /// let study = town.with(|parts| {
    ///     let village = UnitRow { id: "village".to_owned(), name: String::new(), parent: None };
    ///     parts.units = Units::new(vec![village]).unwrap();
    ///     let mut cells = parts.cells.as_slice().to_vec();
    ///     cells[0].unit = parts.units.find("village");
    ///     parts.cells = Cells::new(cells);
    /// })?;
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::ALL);
    /// let village = study.units().find("village");
    /// assert_eq!([village, None].map(|unit| week.of(unit).people()), [1, 2].map(People::whole));
    /// assert_eq!(village.map(|village| week.unit(village)), Some(week.of(village)));
    /// # Ok::<(), walkshed::model::StudyError>(())
    /// ```
    #[must_use]
    pub fn unit(&self, unit: UnitId) -> &HourlyPeople {
        self.sums.of(Some(unit))
    }

    /// The sums over a unit, or over the cells without a unit.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::ALL);
    /// assert_eq!(week.of(None), week.unassigned());
    /// ```
    #[must_use]
    pub fn of(&self, unit: Option<UnitId>) -> &HourlyPeople {
        self.sums.of(unit)
    }

    /// The sums over the cells without a unit.
    ///
    /// ```
    /// use walkshed::model::{HourSet, Who};
    /// use walkshed::{People, draw, score::WeekProfile};
    /// let study = draw::town("A-a-s-b-B", 100.0, "s");
    /// let week = WeekProfile::new(&study, &[Who::People], |_, _| HourSet::ALL);
    /// assert_eq!(week.unassigned().people(), People::whole(3), "a drawn town has no units");
    /// ```
    #[must_use]
    pub fn unassigned(&self) -> &HourlyPeople {
        self.sums.of(None)
    }
}

/// The hours that all who live in a cell share, of these of each party; where nobody lives there, those
/// of the last party.
fn shared(study: &Study, parties: &[Who], cell: CellId, of_cell: &[HourSet]) -> HourSet {
    let mut shared = HourSet::ALL;
    let mut anybody = false;
    for (&who, &hours) in parties.iter().zip(of_cell) {
        // Hours of a party of nobody must not shorten those of the others.
        if study.number_of(who, cell) > People::ZERO {
            shared &= hours;
            anybody = true;
        }
    }
    if anybody {
        shared
    } else {
        of_cell.last().copied().unwrap_or(HourSet::EMPTY)
    }
}

/// The sums of these hours by unit: one set a party of each cell, those of a cell together.
///
/// Cells go into the sums of their own unit first, and these into all above: a county has many cells
/// and few units, and each sum is 168 numbers long. O(parties × cells × hours + units × depth × 168).
fn summed_up(study: &Study, parties: &[Who], of_parties: &[HourSet]) -> TreeSums<HourlyPeople> {
    let units = study.units();
    let mut own = vec![HourlyPeople::NOBODY; units.len()];
    let mut unassigned = HourlyPeople::NOBODY;
    // Without parties there is nothing to cut, but a piece has a length all the same.
    let by_cell = of_parties.chunks(parties.len().max(1));
    for ((id, cell), of_cell) in study.cells().iter().zip(by_cell) {
        let sum = match cell.unit {
            Some(unit) => &mut own[unit.index()],
            None => &mut unassigned,
        };
        for (&who, &hours) in parties.iter().zip(of_cell) {
            sum.add(study.number_of(who, id), hours);
        }
    }
    // Then once a unit up the tree, not once a cell.
    let mut sums = TreeSums::new(units, HourlyPeople::NOBODY);
    sums.change(units, None, |sum| sum.add_all(&unassigned));
    for ((unit, _), own) in units.iter().zip(&own) {
        sums.change(units, Some(unit), |sum| sum.add_all(own));
    }
    sums
}

#[cfg(test)]
#[path = "week_tests.rs"]
mod tests;

//! Why: the whole reasoning behind one verdict.
//!
//! A verdict is a word; whoever is asked to spend money on it asks for the reasons. An
//! [`Explanation`] holds them for one cell and item: every site within the search and what each rule
//! says of it, for each step the site that does it first, the walk piece by piece, what would cure
//! it, and what there is otherwise.
//!
//! The rules are read afresh from the study, site by site, and not from what the verdict was made
//! of. A law in the tests holds the two together: for any town the verdict that follows from the
//! sites as explained is the verdict that the coverage gives, and a cure that is followed cures.
//!
//! # Worked example
//!
//! ```
//! use walkshed::{assess, draw, score, search, snap};
//!
//! // One character is 100 m: s lies 300 m off, t 1,400 m off, and the limit of 15 minutes is 1,000 m.
//! let study = draw::town("A-a--s----------t-B", 100.0, "st");
//! let links = snap::link(&study);
//! let times = search::travel_times(&study, &links, study.target().search);
//! let now = score::coverage(&study, &times, study.target());
//! let (cell, _) = study.cells().iter().next().unwrap();
//! let why = assess::explain(&now, cell, study.target().items[0]);
//!
//! let seen: Vec<_> = why.sites.iter().map(|seen| (seen.time.to_string(), seen.within)).collect();
//! assert_eq!(seen, [("4 min 30 s".to_owned(), true), ("21 min 00 s".to_owned(), false)]);
//! assert_eq!(why.cures, [assess::Cure::Nothing]);
//! // Were s closed, t would do, but not within the limit.
//! let [assess::Alternative::Without { then: Some(then), within: false, .. }] = why.alternatives[..] else { panic!() };
//! assert_eq!(then.site, why.sites[1].site);
//! assert_eq!(why.walk.unwrap().path.metres().round(), 300.0);
//! ```

mod alternative;
mod considered;
mod cure;
mod steps;
mod walk;

use chrono::NaiveDate;

use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Profile, Steps, Study, Zone};
use crate::score::{Coverage, Setting, Verdict};
use crate::snap::Snap;
use crate::units::{People, TravelTime};

pub use alternative::{Alternative, Elsewhere};
pub use considered::{Considered, Rule, Standing, Usable};
pub use cure::Cure;
pub use steps::StepDone;
pub use walk::WalkTo;

/// The whole reasoning behind the verdict on one cell and item.
#[doc(alias = "判定说明")]
#[derive(Debug, Clone)]
pub struct Explanation<'a> {
    /// The study.
    pub study: &'a Study,
    /// The cell.
    pub cell: CellId,
    /// The item.
    pub item: ItemId,
    /// Whose verdict it is, and by which channels.
    pub setting: Setting,
    /// The day it is asked for; none when every site and offer counts.
    pub day: Option<NaiveDate>,
    /// Whether the item is one of those asked, for these people.
    pub asked: bool,
    /// The limit that holds for the cell, inclusive.
    pub limit: TravelTime,
    /// How far the search looked.
    pub budget: TravelTime,
    /// The cell's zone.
    pub zone: Option<&'a Zone>,
    /// How these people go.
    pub profile: Profile,
    /// How many they are.
    pub people: People,
    /// The units that the cell lies in, from the inside out.
    pub units: Vec<UnitId>,
    /// Where the cell hangs on the streets; none when its row was rejected.
    pub snap: Option<Snap>,
    /// The steps of the item that need a visit.
    pub visits: Steps,
    /// The verdict.
    pub verdict: Verdict,
    /// The sites within the search, nearest first, and what each rule says of them.
    pub sites: Vec<Considered>,
    /// Sites beyond the search that would do a step that none within it does: the three nearest in
    /// a straight line.
    pub elsewhere: Vec<Elsewhere>,
    /// For each step that needs a visit the sites that do it first.
    pub steps: Vec<StepDone>,
    /// The walk to the site that decides: the farthest of those that do the steps first.
    pub walk: Option<WalkTo>,
    /// The walk to the nearest site of any kind that stands on the day, where that is another one.
    pub nearest_walk: Option<WalkTo>,
    /// What would cure it; what must be done together, or nothing.
    pub cures: Vec<Cure>,
    /// What there is otherwise: without the deciding site, or with one rule less.
    pub alternatives: Vec<Alternative>,
}

impl Explanation<'_> {
    /// How many of the sites that exist on the day are within the limit.
    #[must_use]
    pub fn within(&self) -> usize {
        self.sites
            .iter()
            .filter(|seen| seen.within && seen.standing == Standing::Stands)
            .count()
    }

    /// What is known of a site; none beyond the search.
    #[must_use]
    pub fn considered(&self, site: SiteId) -> Option<&Considered> {
        self.sites.iter().find(|seen| seen.site == site)
    }
}

/// Explains the verdict of a coverage on one cell and item, asked for or not.
///
/// The walks are those of the coverage's own travel times: hand the group's own to a group's
/// coverage. O(sites within the search × offers of the item), and up to five single walks over the
/// whole network ([`crate::search::path`]): for one cell, not for all.
///
/// # Panics
/// When the study has no such cell or item.
#[must_use]
pub fn explain<'a>(now: &Coverage<'a>, cell: CellId, item: ItemId) -> Explanation<'a> {
    let study = now.study();
    let zone = study.zones().of(cell);
    let place = zone.map_or(0, |(zone, _)| zone.index() + 1);
    let unit = study.cells()[cell].unit;
    let mut why = Explanation {
        study,
        cell,
        item,
        setting: now.setting(),
        day: now.target().date,
        asked: now.items().contains(&item),
        limit: now.limit(cell),
        budget: now.times().budget(),
        zone: zone.map(|(_, zone)| zone),
        profile: study.profiles(now.setting().group)[place],
        people: now.people(cell),
        units: unit.map_or_else(Vec::new, |unit| study.units().upward(unit).collect()),
        snap: now.times().links().cell(cell),
        visits: study.catalogue()[item].visits,
        verdict: now.verdict(cell, item),
        sites: Vec::new(),
        elsewhere: Vec::new(),
        steps: Vec::new(),
        walk: None,
        nearest_walk: None,
        cures: Vec::new(),
        alternatives: Vec::new(),
    };
    why.sites = now
        .times()
        .of(cell)
        .iter()
        .map(|&reach| considered::consider(&why, reach))
        .collect();
    why.steps = steps::steps(&why);
    why.elsewhere = alternative::elsewhere(&why, now.times().links());
    (why.walk, why.nearest_walk) = walk::walks(&why, now.times().links());
    why.cures = cure::cures(&why);
    why.alternatives = alternative::alternatives(&why);
    why
}

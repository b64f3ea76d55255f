//! All reasons together.

use chrono::NaiveDate;

use super::alternative::{Alternative, Elsewhere, alternatives, elsewhere};
use super::case::Case;
use super::considered::{Considered, Standing, considered, of_site};
use super::cure::{Cure, cures, other_cures};
use super::island::{Island, island};
use super::others::{OtherVerdict, others};
use super::steps::{StepDone, steps};
use super::walk::{WalkTo, deciding_walk, nearest_walk};
use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Profile, Steps, Study, Zone};
use crate::score::{Coverage, Setting, Verdict};
use crate::snap::Snap;
use crate::units::{People, TravelTime};

/// The whole reasoning behind the verdict on one cell and item.
///
/// ```
/// use walkshed::assess::{Cure, explain};
/// use walkshed::{Options, draw, ids::CellId};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(1), study.catalogue().find("service").unwrap());
/// assert_eq!((why.verdict.kind().word(), why.sites.len(), why.within()), ("too-far", 1, 0));
/// // A site must stand 300 m nearer.
/// match &why.cures[..] {
///     [Cure::Nearer { over_m, .. }] => assert_eq!(over_m.round(), 300.0),
///     other => panic!("not {other:?}"),
/// }
/// ```
#[doc(alias = "判定说明")]
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The study.
    pub study: Study,
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
    pub zone: Option<Zone>,
    /// How these people go.
    pub profile: Profile,
    /// How many they are.
    pub people: People,
    /// The units that the cell lies in, from the inside out.
    pub units: Vec<UnitId>,
    /// Where the cell hangs on the streets; none when its row was rejected.
    pub snap: Option<Snap>,
    /// The island that these streets are, if they are one.
    pub island: Option<Island>,
    /// The steps of the item that need a visit.
    pub visits: Steps,
    /// The verdict.
    pub verdict: Verdict,
    /// The verdicts on the others there of whom the item is asked: other groups, and firms or people.
    pub others: Vec<OtherVerdict>,
    /// The sites within the search, nearest first, and what each rule says of them.
    pub sites: Vec<Considered>,
    /// Sites beyond the search that would do a step that none within it does: the three nearest on
    /// foot, of those that are nearest in a straight line.
    pub elsewhere: Vec<Elsewhere>,
    /// For each step that needs a visit the sites that do it first.
    pub steps: Vec<StepDone>,
    /// The walk to the site that decides: the farthest of those that do the steps first.
    pub walk: Option<WalkTo>,
    /// The walk to the nearest site of any kind that stands on the day, where that is another one.
    pub nearest_walk: Option<WalkTo>,
    /// What would cure it; what must be done together, or nothing.
    pub cures: Vec<Cure>,
    /// What would cure it as well, each by itself, where the cure is at a site: at most three, those
    /// that bring the most first.
    pub other_cures: Vec<Cure>,
    /// What there is otherwise: without the deciding site, or with one rule less.
    pub alternatives: Vec<Alternative>,
}

impl Explanation {
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
        of_site(&self.sites, site)
    }
}

/// Explains the verdict of a coverage on one cell and item, asked for or not.
///
/// Where several groups make up the coverage, that of the group with the gravest verdict there
/// ([`Coverage::gravest`]). O(sites within the search × offers of the item), for the
/// gain of a cure O(cells × sites within the limit), and up to ten single walks over the
/// whole network ([`crate::search::path`]): for one cell, not for all.
///
/// ```
/// use walkshed::{Options, assess, draw, ids::CellId};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = assess::explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// assert_eq!(why.walk.map(|walk| walk.path.time.to_string()).as_deref(), Some("4 min 30 s"));
/// ```
///
/// # Panics
/// When the study has no such cell or item.
#[must_use]
pub fn explain(now: &Coverage, cell: CellId, item: ItemId) -> Explanation {
    explain_beside(now, None, cell, item)
}

/// The same, and the verdicts of those of another coverage beside it: that of firms beside people, or
/// of people beside firms.
///
/// ```
/// use walkshed::{Options, assess, draw, ids::CellId};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&study, &Options::default()).unwrap();
/// let item = study.catalogue().find("service").unwrap();
/// let why = assess::explain_beside(&results.coverage, results.firms.as_ref(), CellId::new(0), item);
/// assert!(why.others.is_empty(), "there are no firms and no groups");
/// ```
///
/// # Panics
/// When the study has no such cell or item.
#[must_use]
pub fn explain_beside(
    now: &Coverage,
    beside: Option<&Coverage>,
    cell: CellId,
    item: ItemId,
) -> Explanation {
    // First what each site is, then what follows from all of them.
    let case = Case::of(now, cell, item);
    let sites = considered(&case, case.party.times().of(cell));
    let steps = steps(&case, &sites);
    Explanation {
        study: case.study.clone(),
        cell,
        item,
        setting: case.setting,
        day: case.day,
        asked: case.party.items().contains(&item),
        limit: case.limit,
        budget: case.party.times().budget(),
        zone: case.zone.cloned(),
        profile: case.profile,
        people: case.party.number(cell),
        snap: case.links.cell(cell),
        island: island(case.links, cell),
        visits: case.visits,
        verdict: case.verdict,
        others: others(&case, now, beside),
        elsewhere: elsewhere(&case, &sites, &steps),
        walk: deciding_walk(&case),
        nearest_walk: nearest_walk(&case, &sites),
        cures: cures(&case, now),
        other_cures: other_cures(&case, now),
        alternatives: alternatives(&case, &sites),
        units: case.units,
        sites,
        steps,
    }
}

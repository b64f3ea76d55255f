//! The walks of everybody: one search for each distinct walking profile, not for each group.

use std::sync::Arc;

use super::TravelTimes;
use super::engine::Engine;
use crate::ids::{CellId, GroupId};
use crate::model::{Memory, Profile, Study};
use crate::progress::Progress;
use crate::snap::{Linkage, link_as};
use crate::units::TravelTime;

/// The travel times of all people alike and of each group of a study.
#[derive(Debug, Clone)]
pub struct Walks {
    times: Vec<Arc<TravelTimes<'static>>>,
    everybody: usize,
    groups: Vec<usize>,
    searches: usize,
}

impl Walks {
    /// The travel times of a group, or of all people alike.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn of(&self, group: Option<GroupId>) -> &TravelTimes<'static> {
        &self.times[group.map_or(self.everybody, |group| self.groups[group.index()])]
    }

    /// How many searches it took.
    #[must_use]
    pub const fn searches(&self) -> usize {
        self.searches
    }
}

/// Snaps and walks for all people alike and for each group, once for each distinct profile. A group
/// that walks as another does shares its times; zones give their cells their own speed.
///
/// It takes as much memory as it takes: [`try_walks`] stops at a ceiling.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "nothing is more than all")]
pub fn walks(study: &Study, budget: TravelTime, progress: &dyn Progress) -> Walks {
    Searched::new(study, budget, progress)
        .walks(u64::MAX)
        .expect("nothing is more than all")
}

/// [`walks`], unless more cells and sites lie within the budget of each other than the memory of the
/// study holds ([`Study::memory`]).
///
/// A pair takes 16 bytes while it is searched and 8 when it is found, for each distinct profile.
/// It is counted while the search runs, so that one in a dense town ends after seconds.
///
/// ```
/// use walkshed::model::{Memory, Study};
/// use walkshed::{Silent, draw, search};
/// let study = draw::town("A-s-a-B", 100.0, "s");
/// assert!(search::try_walks(&study, study.target.search, &Silent).is_ok());
///
/// let (walk, target) = (study.walk, study.target.clone());
/// let mut parts = study.into_parts();
/// parts.memory = Memory::of_mb(0);
/// let none = Study::new(parts, walk, target);
/// let wrong = search::try_walks(&none, none.target.search, &Silent).unwrap_err();
/// assert!(wrong.to_string().contains("fewer search_minutes"));
/// ```
///
/// # Errors
/// [`TooManyPairs`]: then nothing is kept.
pub fn try_walks(
    study: &Study,
    budget: TravelTime,
    progress: &dyn Progress,
) -> Result<Walks, TooManyPairs> {
    let walks = Searched::new(study, budget, progress).walks(study.memory().bytes());
    walks.ok_or_else(|| TooManyPairs {
        sites: study.sites().len(),
        cells: study.cells().len(),
        budget,
        memory: study.memory(),
    })
}

/// More cells and sites lie within the budget of each other than the memory holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "of {sites} sites and {cells} cells more lie within {budget} of each other than {} MB of memory hold – ask for fewer search_minutes under [target], or raise memory_mb under [limits]",
    memory.mb()
)]
pub struct TooManyPairs {
    /// How many sites there are.
    pub sites: usize,
    /// How many cells there are.
    pub cells: usize,
    /// How far was searched.
    pub budget: TravelTime,
    /// The ceiling.
    pub memory: Memory,
}

/// Who walks alike.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// The distinct profiles, in the order in which they come up.
    pub profiles: Vec<Profile>,
    /// By kind, the numbers of its profiles: where no zone is, then by zone.
    pub by_zone: Vec<Vec<usize>>,
    everybody: usize,
    groups: Vec<usize>,
}

impl Kinds {
    pub(super) fn new(study: &Study) -> Self {
        let (mut profiles, mut by_zone) = (Vec::new(), Vec::new());
        let mut kind_of = |group| {
            let of_zones = study.profiles(group);
            let kind = of_zones
                .into_iter()
                .map(|profile| place_of(&mut profiles, profile))
                .collect();
            place_of(&mut by_zone, kind)
        };
        let everybody = kind_of(None);
        let groups = study
            .groups()
            .map(|(group, _)| kind_of(Some(group)))
            .collect();
        Self {
            profiles,
            by_zone,
            everybody,
            groups,
        }
    }

    /// The profile of a kind's people in a cell.
    pub(super) fn profile(&self, study: &Study, kind: usize, cell: CellId) -> usize {
        self.by_zone[kind][study
            .zones()
            .of(cell)
            .map_or(0, |(zone, _)| zone.index() + 1)]
    }

    /// The kind of a group, or of all people alike.
    pub(super) fn of(&self, group: Option<GroupId>) -> usize {
        group.map_or(self.everybody, |group| self.groups[group.index()])
    }

    /// The walks of each kind put together.
    pub(super) fn walks(&self, times: Vec<Arc<TravelTimes<'static>>>) -> Walks {
        let (everybody, groups) = (self.everybody, self.groups.clone());
        Walks {
            times,
            everybody,
            groups,
            searches: self.profiles.len(),
        }
    }
}

/// The place of a thing in a list, at the end if it was not there.
fn place_of<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter()
        .position(|other| *other == thing)
        .unwrap_or_else(|| {
            list.push(thing);
            list.len() - 1
        })
}

/// The distinct numbers of a list, ascending.
pub(super) fn distinct(list: &[usize]) -> Vec<usize> {
    let mut distinct = list.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// What was searched so far, by profile.
struct Searched<'a> {
    study: &'a Study,
    budget: TravelTime,
    progress: &'a dyn Progress,
    links: Vec<(Profile, Linkage)>,
    times: Vec<Arc<TravelTimes<'static>>>,
    /// How many more bytes may be taken.
    room: u64,
}

/// The bytes of a pair while it is searched: as what its site found, and in the row of its cell.
const SEARCHED: u64 = 16;
/// The bytes of a pair in the row of its cell.
const FOUND: u64 = 8;

impl<'a> Searched<'a> {
    fn new(study: &'a Study, budget: TravelTime, progress: &'a dyn Progress) -> Self {
        Self {
            study,
            budget,
            progress,
            links: Vec::new(),
            times: Vec::new(),
            room: 0,
        }
    }

    /// The walks of everybody in so many bytes; none when they take more.
    fn walks(mut self, room: u64) -> Option<Walks> {
        self.room = room;
        let kinds = Kinds::new(self.study);
        for profile in &kinds.profiles {
            self.walk(*profile)?;
        }
        let mut times = Vec::new();
        for kind in &kinds.by_zone {
            times.push(self.by_zone(kind)?);
        }
        Some(kinds.walks(times))
    }

    fn walk(&mut self, profile: Profile) -> Option<()> {
        let known = self
            .links
            .iter()
            .position(|(other, _)| other.rules == profile.rules);
        let place = known.unwrap_or_else(|| {
            self.links
                .push((profile, link_as(self.study, &profile.rules, self.progress)));
            self.links.len() - 1
        });
        let links = &self.links[place].1;
        let engine = Engine::new(self.study, links, &profile);
        let (rows, work) = engine.rows_within(self.room / SEARCHED, self.budget, self.progress)?;
        self.room -= rows.pairs() as u64 * FOUND;
        let times = TravelTimes::new(links, self.budget, rows, work);
        self.times.push(Arc::new(times.into_owned()));
        Some(())
    }

    /// The times of those who walk by these profiles: the first where no zone is, then by zone.
    fn by_zone(&mut self, kind: &[usize]) -> Option<Arc<TravelTimes<'static>>> {
        let distinct = distinct(kind);
        if let [only] = distinct[..] {
            return Some(Arc::clone(&self.times[only]));
        }
        let parts: Vec<&TravelTimes<'_>> = distinct
            .iter()
            .map(|&search| &*self.times[search])
            .collect();
        // Each cell takes its row of one part, so that all parts together are more than enough.
        let copied: u64 = parts.iter().map(|part| part.len() as u64 * FOUND).sum();
        self.room = self.room.checked_sub(copied)?;
        let zone = |cell: CellId| {
            self.study
                .zones()
                .of(cell)
                .map_or(0, |(zone, _)| zone.index() + 1)
        };
        let of = |cell: CellId| distinct.partition_point(|&search| search < kind[zone(cell)]);
        Some(Arc::new(TravelTimes::chosen(&parts, of)))
    }
}

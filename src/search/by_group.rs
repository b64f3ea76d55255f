//! The walks of everybody: one search for each distinct walking profile, not for each group.

use std::fmt;
use std::sync::Arc;

use super::engine::Engine;
use super::kinds::WalkerKinds;
use super::matrix::TravelTimes;
use crate::ids::GroupId;
use crate::model::{Memory, Profile, StreetRules, Study};
use crate::progress::Progress;
use crate::snap::{Linkage, link_as};
use crate::units::TravelTime;
use crate::words::{Text, text};

/// The travel times of all people alike and of each group of a study. A copy is O(1).
///
/// ```
/// use walkshed::model::Group;
/// use walkshed::{People, Silent, Speed, draw, search};
/// let town = draw::town("A-a---s-B", 100.0, "s");
/// let elderly = Group { speed: Speed::from_kmh(2.0), ..Group::plain("elderly", vec![People::whole(1)]) };
/// let others = Group::plain("others", vec![People::ZERO]);
/// let study = town.with(|parts| parts.groups = vec![elderly, others])?;
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let (cell, _) = study.cells().iter().next().unwrap();
/// let time = |group| walks.of(group).nearest(cell).unwrap().time.to_string();
/// // The elderly take twice as long; all others walk as everybody does.
/// let (first, _) = study.groups().next().unwrap();
/// assert_eq!([time(None), time(Some(first))], ["6 min 00 s", "12 min 00 s"]);
/// assert_eq!(walks.searches(), 2);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Walks {
    study: Study,
    kinds: Arc<WalkerKinds>,
    /// By kind.
    times: Arc<Vec<TravelTimes>>,
}

impl Walks {
    /// From the travel times of each profile. O(kinds · (cells + pairs)) where zones differ, else O(kinds).
    pub(super) fn by_profile(
        study: &Study,
        kinds: &Arc<WalkerKinds>,
        by_profile: &[TravelTimes],
    ) -> Self {
        let times = (0..kinds.by_zone.len())
            .map(|kind| times_of_kind(study, kinds, kind, by_profile))
            .collect();
        Self::new(study, kinds, times)
    }

    /// From the travel times of each kind.
    pub(super) fn new(study: &Study, kinds: &Arc<WalkerKinds>, times: Vec<TravelTimes>) -> Self {
        Self {
            study: study.clone(),
            kinds: Arc::clone(kinds),
            times: Arc::new(times),
        }
    }

    /// The travel times by kind.
    pub(super) fn by_kind(&self) -> &[TravelTimes] {
        &self.times
    }

    /// The study that was walked.
    #[must_use]
    pub const fn study(&self) -> &Study {
        &self.study
    }

    /// The travel times of a group, or of all people alike.
    ///
    /// # Panics
    /// When the study has no such group.
    #[must_use]
    pub fn of(&self, group: Option<GroupId>) -> &TravelTimes {
        &self.times[self.kinds.of(group)]
    }

    /// How many searches it took.
    #[must_use]
    pub fn searches(&self) -> usize {
        self.kinds.profiles.len()
    }
}

/// Snaps and walks for all people alike and for each group, once for each distinct profile. A group
/// that walks as another does shares its times; zones give their cells their own speed.
///
/// It takes as much memory as it takes: [`try_walks`] stops at a ceiling.
///
/// ```
/// use walkshed::{Silent, draw, search};
/// let study = draw::town("A-s-a-t-B", 100.0, "st");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// assert_eq!(walks.of(None).len(), 2, "both sites are within the budget of a");
/// ```
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "nothing is more than all")]
pub fn walks(study: &Study, budget: TravelTime, progress: &dyn Progress) -> Walks {
    walks_within(Room(u64::MAX), study, budget, progress).expect("nothing is more than all")
}

/// [`walks`], unless more cells and sites lie within the budget of each other than the memory of the
/// study holds ([`Study::memory`]).
///
/// A pair takes 16 bytes while it is searched and 8 when it is found, for each distinct profile.
/// It is counted while the search runs, so that one in a dense town ends after seconds.
///
/// ```
/// use walkshed::model::Memory;
/// use walkshed::{Silent, draw, search};
/// let study = draw::town("A-s-a-B", 100.0, "s");
/// assert!(search::try_walks(&study, study.target().search, &Silent).is_ok());
///
/// let none = study.with(|parts| parts.memory = Memory::of_mb(0)).unwrap();
/// let wrong = search::try_walks(&none, none.target().search, &Silent).unwrap_err();
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
    let walks = walks_within(Room::of(study), study, budget, progress);
    walks.ok_or_else(|| TooManyPairs::of(study, budget))
}

/// More cells and sites lie within the budget of each other than the memory holds.
///
/// ```
/// use walkshed::model::Memory;
/// use walkshed::{Silent, draw, search};
/// let study = draw::town("A-s-a-B", 100.0, "s");
/// let poor = study.with(|parts| parts.memory = Memory::of_mb(0)).unwrap();
/// let wrong = search::try_walks(&poor, poor.target().search, &Silent).unwrap_err();
/// assert_eq!((wrong.sites, wrong.cells, wrong.memory), (1, 1, Memory::of_mb(0)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl TooManyPairs {
    pub(super) fn of(study: &Study, budget: TravelTime) -> Self {
        Self {
            sites: study.sites().len(),
            cells: study.cells().len(),
            budget,
            memory: study.memory(),
        }
    }

    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        text!(
            TooManyWalks,
            sites = self.sites,
            cells = self.cells,
            budget = self.budget,
            memory = self.memory.mb(),
        )
    }
}

impl fmt::Display for TooManyPairs {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for TooManyPairs {}

/// The bytes of a pair while it is searched: as what its site found, and in the row of its cell.
const SEARCHED: u64 = 16;
/// The bytes of a pair in the row of its cell.
const FOUND: u64 = 8;

/// How much memory walks may still take.
pub(super) struct Room(u64);

impl Room {
    /// All that a study has.
    pub(super) fn of(study: &Study) -> Self {
        Self(study.memory().bytes())
    }

    /// How many pairs a search may find in it.
    pub(super) const fn pairs(&self) -> u64 {
        self.0 / SEARCHED
    }

    /// So many pairs were found, and stay.
    pub(super) const fn keep(&mut self, pairs: u64) {
        self.0 = self.0.saturating_sub(pairs.saturating_mul(FOUND));
    }

    /// Where zones differ, each cell's row is copied from one of its kind's parts. None when that takes
    /// too much.
    pub(super) fn keep_kinds(
        &mut self,
        kinds: &WalkerKinds,
        by_profile: &[TravelTimes],
    ) -> Option<()> {
        for kind in 0..kinds.by_zone.len() {
            let own = kinds.profiles_of(kind);
            if own.len() > 1 {
                let parts = own.iter().map(|&profile| by_profile[profile].len() as u64);
                self.0 = self.0.checked_sub(parts.sum::<u64>() * FOUND)?;
            }
        }
        Some(())
    }
}

/// Where the points of a study hang, by the rules of whoever walks.
#[derive(Default)]
pub(super) struct Linkages {
    by_rules: Vec<(StreetRules, Linkage)>,
}

impl Linkages {
    /// Where they hang for those who walk by this profile; the same for all who go by the same rules.
    pub(super) fn of(
        &mut self,
        study: &Study,
        profile: &Profile,
        progress: &dyn Progress,
    ) -> &Linkage {
        // Where points hang depends on the rules alone, not on the speed.
        let rules = profile.rules.on_foot();
        let known = self.by_rules.iter().position(|(other, _)| *other == rules);
        let place = known.unwrap_or_else(|| {
            let links = link_as(study, &profile.rules, progress);
            self.by_rules.push((rules, links));
            self.by_rules.len() - 1
        });
        &self.by_rules[place].1
    }
}

/// The walks of everybody in so much memory; none when they take more.
fn walks_within(
    mut room: Room,
    study: &Study,
    budget: TravelTime,
    progress: &dyn Progress,
) -> Option<Walks> {
    let kinds = Arc::new(WalkerKinds::new(study));
    let mut linkages = Linkages::default();
    let mut by_profile = Vec::new();
    for profile in &kinds.profiles {
        // One profile after the other: contracted streets are let go before the next are made, and
        // only the times stay.
        let engine = Engine::new(linkages.of(study, profile, progress), profile);
        let times = engine.travel_times_within(room.pairs(), budget, progress)?;
        // What stays is taken off the room: a later profile may find fewer pairs.
        room.keep(times.len() as u64);
        by_profile.push(times);
    }
    // Asked before any row is copied.
    room.keep_kinds(&kinds, &by_profile)?;
    Some(Walks::by_profile(study, &kinds, &by_profile))
}

/// The times of a kind's people: in each cell those of the profile that they have there.
fn times_of_kind(
    study: &Study,
    kinds: &WalkerKinds,
    kind: usize,
    by_profile: &[TravelTimes],
) -> TravelTimes {
    let own = kinds.profiles_of(kind);
    if let [only] = own[..] {
        return by_profile[only].clone();
    }
    // Zones differ: the rows are put together cell by cell.
    let parts: Vec<&TravelTimes> = own.iter().map(|&profile| &by_profile[profile]).collect();
    TravelTimes::chosen(&parts, |cell| {
        let profile = kinds.profile(study, kind, cell);
        own.partition_point(|&other| other < profile)
    })
}

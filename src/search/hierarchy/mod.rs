//! Many searches at once: a bounded hierarchy over the core of the streets, and sweeps over it.
//!
//! ```text
//!   Network + Profile ── chains ──► core (a quarter of the vertices) ── contract ──► hierarchy
//!                          │                                                            │
//!   sites, cells, nodes ── hang ──► perches: two core vertices, two times          climb, descend
//!                                        └──────────────── nearest · balls ◄────────────┘
//! ```
//!
//! A 15-minute walk is a small ball, of about 620 vertices or 145 core vertices in a town. Searching
//! each with a queue is bound by mispredicted branches and cache misses; a sweep has neither.

mod balls;
mod chains;
mod contract;
mod hang;
mod lanes;
mod links;
mod nearest;
mod order;
mod queue;
mod region;
#[cfg(test)]
mod tests;
mod ticks;

use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;

use super::pace::Pacer;
use crate::ids::CellId;
use crate::model::{Profile, SiteSet, Study};
use crate::snap::Linkage;
use crate::units::TravelTime;
use chains::Chains;
use contract::Hierarchy;
use hang::{Hook, Hung, Perch};
use lanes::Eight;
use queue::Core;
use ticks::FAR;

pub use balls::{Weights, balls};
pub use nearest::{Nearest, NearestAtNodes, nearest, nearest_at_nodes};

/// How the times spread over the core. The choice changes no result.
enum Engine {
    Sweep(Hierarchy),
    Queue(Core),
}

impl Engine {
    /// By core number: the row of each vertex.
    fn rank(&self) -> &[u32] {
        match self {
            Self::Sweep(hierarchy) => &hierarchy.rank,
            Self::Queue(core) => &core.rank,
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Sweep(hierarchy) => hierarchy.bytes(),
            Self::Queue(core) => core.bytes(),
        }
    }
}

/// How large a hierarchy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Vertices of the core.
    pub core: usize,
    /// Upward arcs, one direction.
    pub arcs: usize,
    /// Those of them that no chain of streets stands behind.
    pub shortcuts: usize,
}

/// A study's streets made ready for many questions about one profile and one budget.
pub struct Sweeps<'a> {
    study: &'a Study,
    links: &'a Linkage,
    profile: Profile,
    budget: i32,
    chains: Chains,
    engine: Engine,
    site_hooks: Vec<Option<Hook>>,
    /// From the ends of its chain to each site.
    sites: Vec<Perch>,
    /// From each node to the ends of its chain, once somebody asks.
    nodes: OnceLock<Vec<Perch>>,
    /// The same for the cells.
    cells: OnceLock<Hung>,
    /// Rows that no question needs now.
    idle: Mutex<Vec<Vec<Eight>>>,
}

impl<'a> Sweeps<'a> {
    /// The longest budget: 29 hours and 49 minutes. A longer one counts as this.
    pub const LONGEST: TravelTime = TravelTime::from_ticks((FAR - 1).cast_unsigned());

    /// Makes the streets ready: contracts them for walks within this budget (inclusive).
    ///
    /// Time and memory grow with the network only, whatever the number of sites: at 15 minutes about
    /// 120 ms of one core and 66 bytes a node on a network of a million nodes.
    #[must_use]
    pub fn new(study: &'a Study, links: &'a Linkage, profile: &Profile, budget: TravelTime) -> Self {
        Self::with(study, links, profile, budget, |chains, bound| Engine::Sweep(Hierarchy::new(chains, bound)))
    }

    /// For one question only: contracts where that is less work than to search at once.
    fn once(
        study: &'a Study,
        links: &'a Linkage,
        profile: &Profile,
        budget: TravelTime,
        categories: &[SiteSet],
    ) -> Self {
        Self::with(study, links, profile, budget, |chains, bound| {
            if worth_contracting(chains.core.len(), categories) {
                Engine::Sweep(Hierarchy::new(chains, bound))
            } else {
                Engine::Queue(Core::new(chains))
            }
        })
    }

    fn with(
        study: &'a Study,
        links: &'a Linkage,
        profile: &Profile,
        budget: TravelTime,
        engine: impl FnOnce(&Chains, i32) -> Engine,
    ) -> Self {
        let pacer = Pacer::new(study.network(), *profile);
        let chains = Chains::new(study.network(), pacer);
        let budget = ticks::ticks(Some(budget.min(Self::LONGEST).ticks()));
        let engine = engine(&chains, budget);
        let hook = |id| Hook::new(&chains, pacer, *profile, links.site(id));
        let site_hooks: Vec<Option<Hook>> = study.sites().iter().map(|(id, _)| hook(id)).collect();
        let arriving = |hook: &Option<Hook>| Perch::of(hook.as_ref(), |hook| hook.arriving(&chains, engine.rank()));
        let sites = site_hooks.iter().map(arriving).collect();
        let (nodes, cells, idle) = (OnceLock::new(), OnceLock::new(), Mutex::default());
        Self { study, links, profile: *profile, budget, engine, site_hooks, sites, nodes, cells, idle, chains }
    }

    fn nodes(&self) -> &[Perch] {
        self.nodes.get_or_init(|| hang::nodes(self.study.network(), &self.chains, self.engine.rank()))
    }

    fn cells(&self) -> &Hung {
        self.cells.get_or_init(|| {
            let pacer = Pacer::new(self.study.network(), self.profile);
            let hook = |snap| Hook::new(&self.chains, pacer, self.profile, snap);
            let cells = (0..self.study.cells().len()).into_par_iter();
            let hooks = cells.map(|cell| self.links.cell(CellId::new(cell)).and_then(hook)).collect();
            Hung::new(&self.chains, self.engine.rank(), hooks)
        })
    }

    /// Bytes held, without the study's own and without rows of past questions that are kept for new ones.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.chains.bytes()
            + self.engine.bytes()
            + size_of::<Perch>() * (self.nodes.get().map_or(0, Vec::len) + self.sites.len())
            + size_of_val(&self.site_hooks[..])
            + self.cells.get().map_or(0, Hung::bytes)
    }

    /// How large the hierarchy is; the same on every machine.
    #[must_use]
    pub fn size(&self) -> Size {
        let core = self.chains.core.len();
        match &self.engine {
            Engine::Sweep(hierarchy) => Size { core, arcs: hierarchy.up().len(), shortcuts: hierarchy.shortcuts },
            Engine::Queue(_) => Size { core, arcs: 2 * self.chains.len(), shortcuts: 0 },
        }
    }
}

/// Vertices of the core within 15 minutes of a site in a town.
const BALL: usize = 145;

/// Whether one question with these sets of sites is answered sooner by contracting first.
///
/// Measured on a million nodes, 231,212 of them in the core, with 1,000 sites a category: a queue
/// takes 260 ns for a vertex that it settles, contracting takes 240 ns for a vertex of the core. So
/// contracting pays as soon as the searches would settle more vertices than there are.
fn worth_contracting(core: usize, categories: &[SiteSet]) -> bool {
    let settled = |sites: &SiteSet| core.min(BALL.saturating_mul(sites.iter().count()));
    categories.iter().map(settled).sum::<usize>() > core
}

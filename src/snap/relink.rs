//! Where points hang after a change: only those are snapped again whose answer can be another one.
//!
//! ```text
//!   site opened    A---c---B      s only; c hangs where it did
//!                       s
//!
//!   street cut     A---c-x-B      c, as its piece is gone; d keeps its own, the nearest still
//!                        d---D
//!
//!   street added   A---c---B      d, as the new piece is as near to it as its own or nearer;
//!                     d +---C     whoever was stranded; those on a piece that was split
//! ```

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::barrier::Barriers;
use super::tree::Tree;
use super::{Linkage, Snap, StreetIndex, link_on};
use crate::ids::{CellId, EdgeId, SiteId};
use crate::model::{Network, StreetRules, Study, TouchedSites, TouchedStreets};
use crate::plane::{Position, nearest_on_segment, squared_distance};
use crate::progress::Progress;

/// With more new pieces than this every point is snapped again.
const MANY: usize = 64;

/// The index of the streets that some rules leave open, kept from question to question.
///
/// Made when it is first asked.
pub(crate) struct Kept {
    rules: StreetRules,
    network: Arc<Network>,
    made: OnceLock<(Arc<Tree>, Arc<Barriers>)>,
}

/// Where points hang after a change to streets, and whose answer is another one.
pub(crate) struct Relinked {
    pub links: Linkage,
    pub sites: Vec<SiteId>,
    pub cells: Vec<CellId>,
}

impl Kept {
    pub(crate) fn new(study: &Study, rules: StreetRules) -> Self {
        Self {
            rules,
            network: study.shared_network(),
            made: OnceLock::new(),
        }
    }

    pub(crate) const fn rules(&self) -> &StreetRules {
        &self.rules
    }

    fn index(&self, study: &Study) -> StreetIndex<'_> {
        let (tree, barriers) = self.made.get().unwrap_or_else(|| {
            // Made outside the lock: a thread that waits for others takes up their work, and could come back here.
            let min_component = study.walk().min_component;
            let index =
                StreetIndex::open_to(&self.rules, &self.network, study.barriers(), min_component);
            self.made.get_or_init(|| (index.tree, index.barriers))
        });
        StreetIndex {
            network: &self.network,
            tree: Arc::clone(tree),
            barriers: Arc::clone(barriers),
        }
    }

    /// [`super::link_as`] by the rules.
    pub(crate) fn link(&self, study: &Study, progress: &dyn Progress) -> Linkage {
        link_on(&self.index(study), study, progress)
    }

    /// Where the points of a study with other sites hang: the new sites are snapped, all else hangs
    /// where it did. O(S + n log E) for n new sites.
    pub(crate) fn with_sites(
        &self,
        before: &Linkage,
        study: &Study,
        touched: &TouchedSites,
    ) -> Linkage {
        let mut sites = vec![Snap::Stranded { nearest: None }; study.sites().len()];
        for (now, &snap) in touched.standing().iter().zip(&before.sites) {
            if let Some(now) = now {
                sites[now.index()] = snap;
            }
        }
        for &site in touched.placed() {
            let at = study.sites()[site].at;
            sites[site.index()] = self.index(study).snap(at, study.walk().max_snap_m);
        }
        Linkage {
            sites,
            cells: Arc::clone(&before.cells),
        }
    }

    /// Where the points of a study with other streets hang. This is the index of the streets now.
    ///
    /// O(E + P (n + 1)) for n new pieces, and O(log E) for each point that is snapped again.
    pub(crate) fn with_streets(
        &self,
        before: (&Study, &Linkage),
        after: &Study,
        touched: &TouchedStreets,
    ) -> Relinked {
        let changed = Changed::new(&self.rules, before.0, after, touched);
        let links = before.1;
        let places = |cell: usize| after.cells().as_slice()[cell].at.zip(links.cells[cell]);
        let kept = |(at, snap): (Position, Snap)| (at, snap, changed.kept(at, snap));
        let sites: Vec<_> = after
            .sites()
            .iter()
            .map(|(site, it)| kept((it.at, links.site(site))))
            .collect();
        let cells = (0..links.cells.len())
            .into_par_iter()
            .map(|cell| places(cell).map(kept));
        let cells: Vec<_> = cells.collect();
        // The index is made only if somebody asks, and once.
        let asked = sites
            .iter()
            .chain(cells.iter().flatten())
            .any(|(.., kept)| kept.is_none());
        let index = asked.then(|| self.index(after));
        let hang = |(at, snap, kept): (Position, Snap, Option<Snap>)| {
            let snapped = || {
                index
                    .as_ref()
                    .map_or(snap, |index| index.snap(at, after.walk().max_snap_m))
            };
            let now = kept.unwrap_or_else(snapped);
            (now, moved(touched, snap) != Some(now))
        };
        let sites: Vec<_> = sites.into_iter().map(hang).collect();
        let cells = cells.into_par_iter().map(|cell| cell.map(hang));
        let cells: Vec<_> = cells
            .map(|hung| (hung.map(|hung| hung.0), hung.is_some_and(|hung| hung.1)))
            .collect();
        let numbers = |others: Vec<bool>| {
            others
                .into_iter()
                .enumerate()
                .filter(|other| other.1)
                .map(|other| other.0)
        };
        let (sites, other_sites): (Vec<Snap>, Vec<bool>) = sites.into_iter().unzip();
        let (cells, other_cells): (Vec<Option<Snap>>, Vec<bool>) = cells.into_iter().unzip();
        Relinked {
            links: Linkage {
                sites,
                cells: Arc::new(cells),
            },
            sites: numbers(other_sites).map(SiteId::new).collect(),
            cells: numbers(other_cells).map(CellId::new).collect(),
        }
    }
}

/// The same place under the numbers of now; none when its piece is gone.
fn moved(touched: &TouchedStreets, snap: Snap) -> Option<Snap> {
    match snap {
        Snap::Snapped { edge, offset, gap } => Some(Snap::Snapped {
            edge: touched.now(edge)?,
            offset,
            gap,
        }),
        Snap::Stranded { .. } => Some(snap),
    }
}

/// What points could be snapped to before and no longer can, and what they now can.
struct Changed<'a> {
    touched: &'a TouchedStreets,
    before: &'a Network,
    lost: BTreeSet<EdgeId>,
    gained: Vec<[[f64; 2]; 2]>,
}

impl<'a> Changed<'a> {
    /// O(E): a piece far off opens or closes when the component that it lies in grows or shrinks.
    fn new(
        rules: &StreetRules,
        before: &'a Study,
        after: &Study,
        touched: &'a TouchedStreets,
    ) -> Self {
        let old = before.network();
        let new = after.network();
        let min = before.walk().min_component;
        let mut lost = BTreeSet::new();
        let mut met = vec![false; new.edges().len()];
        for edge in (0..old.edges().len()).map(EdgeId::new) {
            if !is_open(old, edge, rules, min) {
                continue;
            }
            let same = touched
                .now(edge)
                .filter(|&now| old.edge(edge) == new.edge(now) && is_open(new, now, rules, min));
            if let Some(now) = same {
                met[now.index()] = true;
            } else {
                lost.insert(edge);
            }
        }
        let gained = (0..new.edges().len())
            .filter(|&edge| !met[edge])
            .map(EdgeId::new)
            .filter(|&edge| is_open(new, edge, rules, min))
            .map(|edge| line(new, edge))
            .collect();
        Self {
            touched,
            before: old,
            lost,
            gained,
        }
    }

    /// Where a point hangs that certainly need not be snapped again.
    fn kept(&self, at: Position, snap: Snap) -> Option<Snap> {
        if self.lost.is_empty() && self.gained.is_empty() {
            return moved(self.touched, snap);
        }
        let Snap::Snapped { edge, .. } = snap else {
            return None;
        };
        if self.lost.contains(&edge) || self.gained.len() > MANY {
            return None;
        }
        let point = at.on_plane();
        let off = |[from, to]: [[f64; 2]; 2]| {
            squared_distance(point, nearest_on_segment(point, from, to).1)
        };
        let own = off(line(self.before, edge));
        moved(self.touched, snap).filter(|_| self.gained.iter().all(|&piece| off(piece) > own))
    }
}

fn is_open(network: &Network, edge: EdgeId, rules: &StreetRules, min_component: u32) -> bool {
    network.component_size(edge) >= min_component && !rules.closes(&network.traits_of(edge))
}

fn line(network: &Network, edge: EdgeId) -> [[f64; 2]; 2] {
    let ends = network.edge(edge);
    [ends.from, ends.to].map(|node| network.node(node).on_plane())
}

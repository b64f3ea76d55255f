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
use super::link::link_on;
use super::linkage::Linkage;
use super::snapped::Snap;
use super::street_index::{CLEARLY_M, Stands, StreetIndex};
use super::tree::Tree;
use crate::ids::{CellId, EdgeId, SiteId};
use crate::model::{Islands, Network, StreetRules, Study, TouchedSites, TouchedStreets};
use crate::plane::{Position, nearest_on_segment, squared_distance};
use crate::progress::Progress;

/// With more new pieces than this every point is snapped again.
const MANY: usize = 64;

/// The index of the streets that some rules leave open, kept from question to question.
///
/// Made when it is first asked.
pub(crate) struct SnapIndex {
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

impl SnapIndex {
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
            // Made outside the lock: a thread that waits for others takes up their work, and could
            // come back here (rayon steals work).
            let index = StreetIndex::open_to(
                &self.rules,
                &self.network,
                study.barriers(),
                study.walk().min_component,
            );
            self.made.get_or_init(|| (index.tree, index.barriers))
        });
        StreetIndex {
            network: &self.network,
            tree: Arc::clone(tree),
            barriers: Arc::clone(barriers),
            leaves_islands: false,
        }
        .with_islands(study.walk().islands)
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
        // Every place is written below: by a site that stayed, or by a new one.
        let nowhere = Snap::Stranded { nearest: None };
        let mut snaps = vec![nowhere; study.sites().len()];
        // Sites that stayed, under their numbers of now.
        for (now, &snap) in touched.standing().iter().zip(before.sites()) {
            if let Some(now) = now {
                snaps[now.index()] = snap;
            }
        }
        for &site in touched.placed() {
            let at = study.sites()[site].at;
            snaps[site.index()] = self.index(study).snap(at, study.walk().max_snap_m);
        }
        before.with_sites(study, snaps)
    }

    /// Where the points of a study with other streets hang. This is the index of the streets now.
    ///
    /// O(E + P (n + 1)) for n new pieces, and O(log E) for each point that is snapped again.
    pub(crate) fn with_streets(
        &self,
        before: &Linkage,
        after: &Study,
        touched: &TouchedStreets,
    ) -> Relinked {
        let changed = Changed::new(&self.rules, before.study(), after, touched);
        let points = changed.points(before, after);
        // The index is made only if somebody has to be snapped again, and once.
        let again = points.any_uncertain().then(|| Again {
            index: self.index(after),
            max_m: after.walk().max_snap_m,
        });
        let links = points.links(after, again.as_ref());
        Relinked {
            sites: points.other_sites(touched, &links),
            cells: points.other_cells(touched, &links),
            links,
        }
    }
}

/// All points of a study as they hung before streets changed.
struct Points {
    sites: Vec<Hung>,
    cells: Vec<Option<Hung>>,
}

impl Points {
    /// Whether any has to be snapped again.
    fn any_uncertain(&self) -> bool {
        let mut all = self.sites.iter().chain(self.cells.iter().flatten());
        all.any(|hung| hung.kept.is_none())
    }

    /// Where all hang now. In parallel over the cells.
    fn links(&self, study: &Study, again: Option<&Again<'_>>) -> Linkage {
        let sites = self.sites.iter().map(|hung| hung.now(again)).collect();
        let cells: Vec<Option<Snap>> = self
            .cells
            .par_iter()
            .map(|hung| hung.as_ref().map(|hung| hung.now(again)))
            .collect();
        Linkage::new(study, sites, Arc::new(cells))
    }

    /// The sites that hang elsewhere now.
    fn other_sites(&self, touched: &TouchedStreets, links: &Linkage) -> Vec<SiteId> {
        (0..self.sites.len())
            .map(SiteId::new)
            .filter(|&site| self.sites[site.index()].is_other(touched, links.site(site)))
            .collect()
    }

    /// The cells that hang elsewhere now.
    fn other_cells(&self, touched: &TouchedStreets, links: &Linkage) -> Vec<CellId> {
        (0..self.cells.len())
            .map(CellId::new)
            .filter(|&cell| {
                let hung = self.cells[cell.index()].as_ref();
                let both = hung.zip(links.cell(cell));
                both.is_some_and(|(hung, now)| hung.is_other(touched, now))
            })
            .collect()
    }
}

/// A point that hung somewhere before streets changed.
struct Hung {
    at: Position,
    stands: Stands,
    before: Snap,
    /// Where it hangs now, if that is certain without snapping it again.
    kept: Option<Snap>,
}

impl Hung {
    /// Whether it hangs elsewhere now: at another place, or on a piece that is not the same one.
    fn is_other(&self, touched: &TouchedStreets, now: Snap) -> bool {
        moved(touched, self.before) != Some(now)
    }

    /// Where it hangs now. There is an index wherever anything is not kept.
    fn now(&self, again: Option<&Again<'_>>) -> Snap {
        match (self.kept, again) {
            (Some(kept), _) => kept,
            (None, Some(again)) => again.index.snap_as(self.stands, self.at, again.max_m),
            (None, None) => self.before,
        }
    }
}

/// What points are snapped by that are snapped again.
struct Again<'a> {
    index: StreetIndex<'a>,
    max_m: f64,
}

/// A street piece on the conformal plane.
type Line = [[f64; 2]; 2];

/// What points could be snapped to before and no longer can, and what they now can.
struct Changed<'a> {
    touched: &'a TouchedStreets,
    before: &'a Network,
    lost: BTreeSet<EdgeId>,
    gained: Vec<Line>,
    leaves_islands: bool,
    /// How far off its nearest street a point may stand.
    max_m: f64,
}

/// The pieces of a network that points may hang on.
struct OpenPieces<'a> {
    network: &'a Network,
    rules: &'a StreetRules,
    min_component: u32,
    leaves_islands: bool,
}

impl OpenPieces<'_> {
    fn contain(&self, edge: EdgeId) -> bool {
        let traits = self.network.traits_of(edge);
        let is_large = self.network.component_size(edge) >= self.min_component;
        is_large && self.rules.may_hang(&traits)
    }

    /// Whether points leave this piece for a larger component.
    fn is_left(&self, edge: EdgeId) -> bool {
        self.leaves_islands && Islands::is_small(self.network.component_size(edge))
    }

    fn edges(&self) -> impl Iterator<Item = EdgeId> {
        (0..self.network.edges().len())
            .map(EdgeId::new)
            .filter(|&edge| self.contain(edge))
    }
}

impl<'a> Changed<'a> {
    /// Compares all pieces of before and now. O(E log E) at worst.
    fn new(
        rules: &StreetRules,
        before: &'a Study,
        after: &Study,
        touched: &'a TouchedStreets,
    ) -> Self {
        // A piece may also open or close because its component grew or fell apart.
        let old = open_pieces(before, rules);
        let new = open_pieces(after, rules);
        let mut lost = BTreeSet::new();
        let mut was_there = vec![false; new.network.edges().len()];
        for edge in old.edges() {
            // The same piece, as open as before, and an island's or not.
            let same = touched
                .now(edge)
                .filter(|&now| old.network.edge(edge) == new.network.edge(now))
                .filter(|&now| new.contain(now))
                .filter(|&now| old.is_left(edge) == new.is_left(now));
            if let Some(now) = same {
                was_there[now.index()] = true;
            } else {
                lost.insert(edge);
            }
        }
        let gained = new
            .edges()
            .filter(|edge| !was_there[edge.index()])
            .map(|edge| line(new.network, edge))
            .collect();
        Self {
            touched,
            before: before.network(),
            lost,
            gained,
            leaves_islands: old.leaves_islands || new.leaves_islands,
            max_m: before.walk().max_snap_m,
        }
    }

    /// All points, each with where it certainly hangs still. In parallel over the cells.
    fn points(&self, links: &Linkage, after: &Study) -> Points {
        // A change to streets leaves sites and cells their numbers.
        let sites = after
            .sites()
            .iter()
            .map(|(id, site)| self.hung(site.at, links.site(id), Stands::Site))
            .collect();
        let cells = links
            .cells()
            .par_iter()
            .zip(after.cells().as_slice())
            .map(|(&snap, cell)| Some(self.hung(cell.at?, snap?, Stands::Home)))
            .collect();
        Points { sites, cells }
    }

    fn hung(&self, at: Position, before: Snap, stands: Stands) -> Hung {
        Hung {
            at,
            stands,
            before,
            kept: self.kept(at, before),
        }
    }

    /// The squared distance within which a new piece may take a point from its own, which is so near:
    /// from an island, one that is a little farther off.
    fn as_near(&self, at: Position, edge: EdgeId, own: f64) -> f64 {
        let is_island = Islands::is_small(self.before.component_size(edge));
        if !(self.leaves_islands && is_island) {
            return own;
        }
        // A little more than the rule says, as the scale of the plane changes on the way.
        let farther = Islands::FARTHER_M * at.scale() * 1.01 + 1.0;
        (own.sqrt() + farther).powi(2)
    }

    /// Where a point hangs that certainly need not be snapped again. O(new pieces).
    fn kept(&self, at: Position, snap: Snap) -> Option<Snap> {
        // Traits alone changed, and none of them closes or opens a piece: all hang where they did.
        if self.lost.is_empty() && self.gained.is_empty() {
            return moved(self.touched, snap);
        }
        // Any new piece may be near enough to one that was stranded.
        let Snap::Snapped { edge, gap, .. } = snap else {
            return None;
        };
        // Farther off than any point may stand: it has left an island, which may be gone now.
        let is_far = gap > self.max_m;
        if is_far || self.lost.contains(&edge) || self.gained.len() > MANY {
            return None;
        }
        // Ties go by id, or by who walks there, and neither is looked at here: as near is too near.
        let point = at.on_plane();
        let own = squared_distance_to(point, line(self.before, edge));
        let own = (own.sqrt() + 2.0 * CLEARLY_M * at.scale()).powi(2);
        let own = self.as_near(at, edge, own);
        let nearer = self
            .gained
            .iter()
            .any(|&piece| squared_distance_to(point, piece) <= own);
        if nearer {
            return None;
        }
        moved(self.touched, snap)
    }
}

fn open_pieces<'a>(study: &'a Study, rules: &'a StreetRules) -> OpenPieces<'a> {
    OpenPieces {
        network: study.network(),
        rules,
        min_component: study.walk().min_component,
        leaves_islands: study.walk().islands == Islands::Avoid,
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

fn squared_distance_to(point: [f64; 2], [from, to]: Line) -> f64 {
    let (_, foot) = nearest_on_segment(point, from, to);
    squared_distance(point, foot)
}

fn line(network: &Network, edge: EdgeId) -> Line {
    let ends = network.edge(edge);
    let from = network.node(ends.from);
    let to = network.node(ends.to);
    [from.on_plane(), to.on_plane()]
}

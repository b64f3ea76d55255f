//! The shortest walk itself, from one cell to one site: piece by piece.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::cost_model::CostModel;
use super::csr::Csr;
use super::snapped_point::SnappedPoint;
use crate::ids::{CellId, EdgeId, NodeId, SiteId};
use crate::model::{Edge, Network, Profile};
use crate::plane::Position;
use crate::snap::Linkage;
use crate::units::TravelTime;

/// A piece of street as it is walked.
///
/// ```
/// use walkshed::{draw, ids::{CellId, SiteId}, search, snap};
/// let study = draw::town("A--a--B--s--C", 100.0, "s");
/// let links = snap::link(&study);
/// let walk = search::path(&links, &study.walk().profile(), CellId::new(0), SiteId::new(0)).unwrap();
/// let pieces: Vec<_> = walk.pieces.iter().map(|piece| (piece.edge.index(), piece.metres.round())).collect();
/// assert_eq!(pieces, [(0, 300.0), (1, 300.0)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// The piece of street; [`Network::street_name`] may know its name.
    pub edge: EdgeId,
    /// How far it is walked, in metres.
    pub metres: f64,
    /// How long that takes.
    pub time: TravelTime,
    /// Where the walk along it begins.
    pub from: Position,
    /// Where it ends.
    pub to: Position,
}

/// A walk off the streets: the straight gap between a point and its street.
///
/// ```
/// use walkshed::{draw, ids::{CellId, SiteId}, search, snap};
/// // a stands 100 m off its street, s on it.
/// let study = draw::town("A----s--B\n  a", 100.0, "s");
/// let links = snap::link(&study);
/// let walk = search::path(&links, &study.walk().profile(), CellId::new(0), SiteId::new(0)).unwrap();
/// assert_eq!(walk.gaps.map(|gap| gap.metres.round()), [100.0, 0.0]);
/// assert_eq!(walk.gaps[0].time.to_string(), "1 min 30 s");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Its length in metres.
    pub metres: f64,
    /// How long it takes.
    pub time: TravelTime,
}

/// The shortest walk from a cell to a site.
///
/// ```
/// use walkshed::{draw, ids::{CellId, SiteId}, search, snap};
/// let study = draw::town("A--a-----s--B", 100.0, "s");
/// let links = snap::link(&study);
/// let walk = search::path(&links, &study.walk().profile(), CellId::new(0), SiteId::new(0)).unwrap();
/// assert_eq!((walk.metres().round(), walk.crow_m.round()), (600.0, 600.0));
/// assert_eq!(walk.time.to_string(), "9 min 00 s");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// From the cell to its street, and from the site's street to the site.
    pub gaps: [Gap; 2],
    /// The pieces of street between them, in the order of the walk.
    pub pieces: Vec<Piece>,
    /// The whole walk: the sum of its gaps and pieces, and the time that the search found.
    pub time: TravelTime,
    /// The straight line from the cell to the site, geodesic, in metres.
    pub crow_m: f64,
}

impl Path {
    /// The length of the whole walk in metres, both gaps included.
    #[must_use]
    pub fn metres(&self) -> f64 {
        let gaps: f64 = self.gaps.iter().map(|gap| gap.metres).sum();
        let pieces: f64 = self.pieces.iter().map(|piece| piece.metres).sum();
        gaps + pieces
    }

    /// How many times longer the walk is than the straight line; none where cell and site are one place.
    #[must_use]
    #[doc(alias = "绕行系数")]
    pub fn detour(&self) -> Option<f64> {
        (self.crow_m > 0.0).then(|| self.metres() / self.crow_m)
    }
}

/// The shortest walk from a cell to a site, for those who walk by this profile.
///
/// Its time is what [`super::Search::travel_times`] finds, to the tick, and the sum of its parts. None
/// when either is stranded, no way leads from one to the other, or it takes more than 119 hours.
/// Of several shortest walks it is always the same one. O(E log E) at worst: for one walk, not for
/// all of a study.
///
/// ```
/// use walkshed::{draw, search, snap};
/// let study = draw::town("
///     A--c--B
///           |
///           s
///           |
///           C
/// ", 100.0, "s");
/// let links = snap::link(&study);
/// let (cell, _) = study.cells().iter().next().unwrap();
/// let (site, _) = study.sites().iter().next().unwrap();
/// let walk = search::path(&links, &study.walk().profile(), cell, site).unwrap();
/// let metres: Vec<f64> = walk.pieces.iter().map(|piece| piece.metres.round()).collect();
/// assert_eq!(metres, [300.0, 200.0]);
/// assert_eq!(walk.time.to_string(), "7 min 30 s");
/// assert_eq!(walk.detour().map(|times| (times * 100.0).round()), Some(139.0));
/// ```
#[must_use]
pub fn path(links: &Linkage, profile: &Profile, cell: CellId, site: SiteId) -> Option<Path> {
    let study = links.study();
    let network = study.network();
    let cost_model = CostModel::new(network, *profile);
    let from = SnappedPoint::new(network, cost_model, *profile, links.cell(cell)?)?;
    let to = SnappedPoint::new(network, cost_model, *profile, links.site(site))?;
    let query = Query {
        network,
        cost_model,
        from,
        to,
    };
    let (ticks, way) = query.shortest()?;
    // Sums are of 64 bits while it is searched: a walk of more than 119 hours is none.
    let ticks = u32::try_from(ticks).ok()?;
    Some(Path {
        gaps: [gap_of(from), gap_of(to)],
        pieces: query.pieces(ticks, &way),
        time: TravelTime::from_ticks(ticks),
        crow_m: study.cells()[cell].at?.distance(study.sites()[site].at),
    })
}

const fn gap_of(point: SnappedPoint) -> Gap {
    Gap {
        metres: point.gap_m,
        time: TravelTime::from_ticks(point.gap),
    }
}

/// A walk to be found, from the cell to the site.
struct Query<'a> {
    network: &'a Network,
    cost_model: CostModel<'a>,
    from: SnappedPoint,
    to: SnappedPoint,
}

/// How a walk gets to its end.
enum Way {
    /// Along the one street on which both points hang.
    Direct,
    Through(Through),
}

/// A walk that passes a vertex.
struct Through {
    /// The end of the first street by which it leaves.
    leave: usize,
    /// Edges, each with the node where it is entered.
    edges: Vec<(NodeId, EdgeId)>,
    /// The end of the last street by which it arrives.
    arrive: usize,
}

/// What is known of a node: the walk from it to the site, and the first step of that.
#[derive(Clone, Copy)]
struct Best {
    ticks: u64,
    step: Step,
}

#[derive(Clone, Copy)]
enum Step {
    /// From this end of the site's street to the site.
    Arrive(usize),
    /// Along this edge to this node.
    Along(EdgeId, NodeId),
}

impl Query<'_> {
    /// The shortest walk and its ticks; along the street where that takes no longer than by a vertex.
    fn shortest(&self) -> Option<(u64, Way)> {
        // As in the search of all sites: walks are followed back, from the site to the cell.
        let best = self.to_the_site();
        let around = [0, 1]
            .into_iter()
            .filter_map(|end| self.through(&best, end))
            .min();
        // A tie goes to the way along the street: it needs no turn.
        match (self.from.direct(self.to), around) {
            (Some(direct), Some((ticks, leave))) if ticks < direct => {
                Some((ticks, self.unrolled(&best, leave)))
            }
            (Some(direct), _) => Some((direct, Way::Direct)),
            (None, Some((ticks, leave))) => Some((ticks, self.unrolled(&best, leave))),
            (None, None) => None,
        }
    }

    /// The ticks of the shortest walk that leaves the cell's street at this end, and the end.
    fn through(&self, best: &HashMap<NodeId, Best>, end: usize) -> Option<(u64, usize)> {
        let onwards = best.get(&self.from.ends[end])?.ticks;
        let leg = self.from.legs.leave[end]?;
        Some((onwards + u64::from(leg) + u64::from(self.from.gap), end))
    }

    /// The walk to the site from every node, nearest first (Dijkstra 1959), until both ends of the
    /// cell's street are known. O(E log E).
    fn to_the_site(&self) -> HashMap<NodeId, Best> {
        // Made anew for each walk: nobody asks for many of them.
        let edges_at = self.edges_by_node();
        let mut search = Search::default();
        for end in [0, 1] {
            if let Some(leg) = self.to.legs.arrive[end] {
                let ticks = u64::from(leg) + u64::from(self.to.gap);
                search.offer(self.to.ends[end], ticks, Step::Arrive(end));
            }
        }
        let mut wanted = self.from.ends.to_vec();
        while let Some(Reverse((ticks, node))) = search.queue.pop() {
            // A shorter way from this node was found since: its own entry counts.
            if search.best[&node].ticks < ticks {
                continue;
            }
            // Nodes leave the queue nearest first: once both ends have left, no shorter walk can
            // follow.
            wanted.retain(|&end| end != node);
            if wanted.is_empty() {
                break;
            }
            for &edge in edges_at.row(index(node)) {
                let edge = EdgeId::new(edge);
                // The search runs backwards: whoever comes from the other end walks towards this one.
                let (other, leg) = self.backwards(edge, node);
                if let Some(leg) = leg {
                    search.offer(other, ticks + u64::from(leg), Step::Along(edge, node));
                }
            }
        }
        search.best
    }

    /// The edges that meet each node. O(V + E).
    fn edges_by_node(&self) -> Csr<usize> {
        let pairs = self
            .network
            .edges()
            .iter()
            .enumerate()
            .flat_map(|(number, edge)| [edge.from, edge.to].map(|end| (index(end), number)));
        Csr::new(self.network.nodes().len(), pairs)
    }

    /// The other end of an edge, and the ticks from there to this node.
    fn backwards(&self, edge: EdgeId, node: NodeId) -> (NodeId, Option<u32>) {
        let Edge { from, to, .. } = self.network.edge(edge);
        let [forward, backward] = self.cost_model.on(edge).whole();
        if to == node {
            (from, forward)
        } else {
            (to, backward)
        }
    }

    /// The way from one end of the cell's street, step by step.
    fn unrolled(&self, best: &HashMap<NodeId, Best>, leave: usize) -> Way {
        // Every step leads to a node that is nearer to the site, so this ends.
        let mut node = self.from.ends[leave];
        let mut edges = Vec::new();
        loop {
            match best[&node].step {
                Step::Along(edge, next) => {
                    edges.push((node, edge));
                    node = next;
                }
                Step::Arrive(arrive) => {
                    return Way::Through(Through {
                        leave,
                        edges,
                        arrive,
                    });
                }
            }
        }
    }

    /// The pieces of the walk; one of no length and no time is left out.
    fn pieces(&self, ticks: u32, way: &Way) -> Vec<Piece> {
        let mut pieces = match way {
            Way::Direct => vec![self.direct_piece(ticks)],
            Way::Through(through) => self.pieces_through(through),
        };
        pieces.retain(|piece| piece.metres > 0.0 || piece.time > TravelTime::ZERO);
        pieces
    }

    fn direct_piece(&self, ticks: u32) -> Piece {
        let along = ticks - self.from.gap - self.to.gap;
        self.piece(
            self.from.edge,
            [self.from.offset, self.to.offset],
            Some(along),
        )
    }

    fn pieces_through(&self, through: &Through) -> Vec<Piece> {
        let Through {
            leave,
            edges,
            arrive,
        } = through;
        let first = self.from.edge;
        let last = self.to.edge;
        let leg_out = self.from.legs.leave[*leave];
        let leg_in = self.to.legs.arrive[*arrive];
        // From the foot to the end of its street, edge by edge, and from an end to the other foot.
        let out = [self.from.offset, self.offset_of_end(first, *leave)];
        let into = [self.offset_of_end(last, *arrive), self.to.offset];
        // In the order of the walk, edges as they were unrolled.
        let mut pieces = vec![self.piece(first, out, leg_out)];
        for &(start, edge) in edges {
            // Forward where it is entered at its first end.
            let way = usize::from(self.network.edge(edge).from != start);
            let offsets = [way, 1 - way].map(|end| self.offset_of_end(edge, end));
            let ticks = self.cost_model.on(edge).whole()[way];
            pieces.push(self.piece(edge, offsets, ticks));
        }
        pieces.push(self.piece(last, into, leg_in));
        pieces
    }

    /// What is walked of an edge, from one offset to another.
    fn piece(&self, edge: EdgeId, offsets: [f64; 2], ticks: Option<u32>) -> Piece {
        let [begin, end] = offsets;
        Piece {
            edge,
            metres: (end - begin).abs(),
            time: TravelTime::from_ticks(ticks.unwrap_or_default()),
            from: self.network.along(edge, begin),
            to: self.network.along(edge, end),
        }
    }

    /// Metres along an edge to one of its ends.
    fn offset_of_end(&self, edge: EdgeId, end: usize) -> f64 {
        if end == 0 {
            0.0
        } else {
            self.network.edge(edge).metres
        }
    }
}

/// A search under way.
#[derive(Default)]
struct Search {
    best: HashMap<NodeId, Best>,
    queue: BinaryHeap<Reverse<(u64, NodeId)>>,
}

impl Search {
    /// Takes a way from a node if it is shorter than any before.
    fn offer(&mut self, node: NodeId, ticks: u64, step: Step) {
        let known = self.best.get(&node);
        if known.is_none_or(|best| ticks < best.ticks) {
            self.best.insert(node, Best { ticks, step });
            self.queue.push(Reverse((ticks, node)));
        }
    }
}

fn index(node: NodeId) -> u32 {
    u32::try_from(node.index()).expect("node ids are 32-bit")
}

//! The shortest walk itself, from one cell to one site: piece by piece.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::grouped::Grouped;
use super::pace::Pacer;
use super::walk::{Hook, hook, index};
use crate::ids::{CellId, EdgeId, NodeId, SiteId};
use crate::model::{Edge, Network, Profile, Study};
use crate::plane::Position;
use crate::snap::{Linkage, Snap};
use crate::units::TravelTime;

/// A piece of street as it is walked.
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Its length in metres.
    pub metres: f64,
    /// How long it takes.
    pub time: TravelTime,
}

/// The shortest walk from a cell to a site.
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
        gaps + self.pieces.iter().map(|piece| piece.metres).sum::<f64>()
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
/// Its time is what [`super::travel_times_as`] finds, to the tick, and the sum of its parts. None
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
/// let walk = search::path(&study, &links, &study.walk().profile(), cell, site).unwrap();
/// let metres: Vec<f64> = walk.pieces.iter().map(|piece| piece.metres.round()).collect();
/// assert_eq!(metres, [300.0, 200.0]);
/// assert_eq!(walk.time.to_string(), "7 min 30 s");
/// assert_eq!(walk.detour().map(|times| (times * 100.0).round()), Some(139.0));
/// ```
#[must_use]
pub fn path(
    study: &Study,
    links: &Linkage,
    profile: &Profile,
    cell: CellId,
    site: SiteId,
) -> Option<Path> {
    let pacer = Pacer::new(study.network(), *profile);
    let (start, end) = (links.cell(cell)?, links.site(site));
    let hooks = [
        hook(study, pacer, *profile, start)?,
        hook(study, pacer, *profile, end)?,
    ];
    let walk = Walk {
        network: study.network(),
        pacer,
        hooks,
        feet: [foot(start)?, foot(end)?],
    };
    let (ticks, way) = walk.shortest()?;
    let gap = |at: usize| Gap {
        metres: walk.feet[at].gap,
        time: TravelTime::from_ticks(walk.hooks[at].gap),
    };
    let crow_m = study.cells()[cell].at?.distance(study.sites()[site].at);
    let time = TravelTime::from_ticks(u32::try_from(ticks).ok()?);
    Some(Path {
        gaps: [gap(0), gap(1)],
        pieces: walk.pieces(ticks, &way),
        time,
        crow_m,
    })
}

/// Where a point's gap meets its street.
#[derive(Debug, Clone, Copy)]
struct Foot {
    offset: f64,
    gap: f64,
}

const fn foot(snap: Snap) -> Option<Foot> {
    match snap {
        Snap::Snapped { offset, gap, .. } => Some(Foot { offset, gap }),
        Snap::Stranded { .. } => None,
    }
}

/// A walk to be found: from the first hook to the second.
struct Walk<'a> {
    network: &'a Network,
    pacer: Pacer<'a>,
    hooks: [Hook; 2],
    feet: [Foot; 2],
}

/// How a walk gets to its end.
enum Way {
    /// Along the one street on which both points hang.
    Direct,
    /// Through this end of the first street, then along these edges from these nodes, then from
    /// this end of the last street.
    Through {
        leave: usize,
        edges: Vec<(NodeId, EdgeId)>,
        arrive: usize,
    },
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

impl Walk<'_> {
    fn shortest(&self) -> Option<(u64, Way)> {
        let [from, to] = self.hooks;
        let best = self.to_the_site();
        let through = |end: usize| {
            let on = best.get(&index(from.ends[end]))?.ticks;
            Some((
                on + u64::from(from.legs.leave[end]?) + u64::from(from.gap),
                end,
            ))
        };
        let around = [through(0), through(1)].into_iter().flatten().min();
        match (from.direct(to), around) {
            (Some(direct), around) if around.is_none_or(|(ticks, _)| direct <= ticks) => {
                Some((direct, Way::Direct))
            }
            (_, Some((ticks, leave))) => Some((ticks, self.unrolled(&best, leave))),
            _ => None,
        }
    }

    /// The walk to the site from every node, nearest first (Dijkstra 1959), until both ends of the
    /// cell's street are known.
    fn to_the_site(&self) -> HashMap<u32, Best> {
        let [from, to] = self.hooks;
        let edges = self.network.edges().iter().enumerate();
        let at =
            edges.flat_map(|(place, edge)| [edge.from, edge.to].map(|end| (index(end), place)));
        let edges_at = Grouped::new(self.network.nodes().len(), at);
        let mut search = Search::default();
        for end in 0..2 {
            let leg = to.legs.arrive[end].map(|leg| u64::from(leg) + u64::from(to.gap));
            search.offer(to.ends[end], leg, Step::Arrive(end));
        }
        let mut wanted = from.ends.to_vec();
        while let Some(Reverse((ticks, node))) = search.queue.pop() {
            if search.best[&index(node)].ticks < ticks {
                continue;
            }
            wanted.retain(|&end| end != node);
            if wanted.is_empty() {
                break;
            }
            for id in edges_at.at(index(node)).iter().copied().map(EdgeId::new) {
                let (edge, [forward, backward]) =
                    (self.network.edge(id), self.pacer.on(id).whole());
                let (other, leg) = if edge.to == node {
                    (edge.from, forward)
                } else {
                    (edge.to, backward)
                };
                search.offer(
                    other,
                    leg.map(|leg| ticks + u64::from(leg)),
                    Step::Along(id, node),
                );
            }
        }
        search.best
    }

    fn unrolled(&self, best: &HashMap<u32, Best>, leave: usize) -> Way {
        let (mut node, mut edges) = (self.hooks[0].ends[leave], Vec::new());
        loop {
            match best[&index(node)].step {
                Step::Arrive(arrive) => {
                    return Way::Through {
                        leave,
                        edges,
                        arrive,
                    };
                }
                Step::Along(edge, next) => {
                    edges.push((node, edge));
                    node = next;
                }
            }
        }
    }

    /// The pieces of the walk; one of no length and no time is left out.
    fn pieces(&self, ticks: u64, way: &Way) -> Vec<Piece> {
        let [from, to] = self.hooks;
        let [first, last] = self.feet.map(|foot| foot.offset);
        let mut pieces = Vec::new();
        match way {
            Way::Direct => {
                let along = ticks - u64::from(from.gap) - u64::from(to.gap);
                pieces.push(self.piece(self.edge(0), [first, last], u32::try_from(along).ok()));
            }
            Way::Through {
                leave,
                edges,
                arrive,
            } => {
                let stop = self.end(self.edge(0), *leave);
                pieces.push(self.piece(self.edge(0), [first, stop], from.legs.leave[*leave]));
                pieces.extend(edges.iter().map(|&(start, edge)| {
                    let turned = usize::from(self.network.edge(edge).from != start);
                    let offsets = [turned, 1 - turned].map(|end| self.end(edge, end));
                    self.piece(edge, offsets, self.pacer.on(edge).whole()[turned])
                }));
                let start = self.end(self.edge(1), *arrive);
                pieces.push(self.piece(self.edge(1), [start, last], to.legs.arrive[*arrive]));
            }
        }
        pieces.retain(|piece| piece.metres > 0.0 || piece.time > TravelTime::ZERO);
        pieces
    }

    fn piece(&self, edge: EdgeId, offsets: [f64; 2], ticks: Option<u32>) -> Piece {
        let [from, to] = offsets.map(|offset| self.position(edge, offset));
        let time = TravelTime::from_ticks(ticks.unwrap_or_default());
        Piece {
            edge,
            metres: (offsets[1] - offsets[0]).abs(),
            time,
            from,
            to,
        }
    }

    fn position(&self, edge: EdgeId, offset: f64) -> Position {
        let Edge { from, to, metres } = self.network.edge(edge);
        let (start, stop) = (self.network.node(from), self.network.node(to));
        if offset <= 0.0 {
            return start;
        }
        if offset >= metres {
            return stop;
        }
        let ([x, y], [u, v], part) = (start.on_plane(), stop.on_plane(), offset / metres);
        Position::from_plane([x + (u - x) * part, y + (v - y) * part])
    }

    fn edge(&self, point: usize) -> EdgeId {
        EdgeId::new(self.hooks[point].edge as usize)
    }

    /// Metres along an edge to one of its ends.
    fn end(&self, edge: EdgeId, end: usize) -> f64 {
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
    best: HashMap<u32, Best>,
    queue: BinaryHeap<Reverse<(u64, NodeId)>>,
}

impl Search {
    fn offer(&mut self, node: NodeId, ticks: Option<u64>, step: Step) {
        let Some(ticks) = ticks else { return };
        if self
            .best
            .get(&index(node))
            .is_none_or(|best| ticks < best.ticks)
        {
            self.best.insert(index(node), Best { ticks, step });
            self.queue.push(Reverse((ticks, node)));
        }
    }
}

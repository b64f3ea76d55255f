//! Which footbridges, gates or paths are missing most.
//!
//! A link helps where two vertices of streets lie near each other, and one of them is much farther from the sites by
//! the streets that there are:
//!
//! ```text
//!   s ── a ─ ─ b ── cells      T(a) + link < T(b): whoever lives behind b may gain
//!        │     │
//!        └─ … ─┘
//! ```
//!
//! Each vertex b is joined to the near one from which it is best reached. How many of those who are not covered would
//! come within the limit through it tells which links are tried; what a link brings is then found by building it.

use std::collections::HashMap;

use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::answer::{Answer, FrontierPoint, Proposal, ProposalError, Step};
use super::asked::Asked;
use super::course::{Course, base};
use crate::ids::{CellId, EdgeId, NodeId};
use crate::model::{Change, ChangeError, Study};
use crate::plan::Limits;
use crate::plane::Position;
use crate::progress::{Progress, Stage};
use crate::score::{Coverage, covered_with_any_streets};
use crate::search::{Direction, StreetSearch};
use crate::snap::{self, Linkage, Snap};
use crate::units::{People, TravelTime};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkingRequest {
    /// So many links may be built.
    pub links: u64,
    /// No link is longer, in metres.
    pub longest_m: f64,
    /// So many are tried.
    pub tried: usize,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
}

/// A link that saves less is none.
const LEAST_SECONDS: f64 = 60.0;

/// The links between two vertices of streets that bring most people, each time the one that brings most of those that
/// are tried.
///
/// Every link is built in the study, so a total is what [`coverage`](crate::score::coverage) finds then. Which ones are
/// tried is a guess: the walks of all people alike, to the nearest site of any kind. The bound is that of any streets
/// whatever: who is farther from every site in a straight line than one walks within the limit is not covered. No
/// nearer bound is known.
///
/// O(sites + vertices) searches, then O(tried) what-if changes a link, in parallel. When the search is stopped the
/// links so far stand.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{LinkingRequest, linking};
/// use walkshed::{People, Silent, draw};
/// // The river between the two banks has a bridge far off, at the end of the streets.
/// let town = draw::town("
///     A-s-----------------B
///                         |
///     C-a-----------------D
/// ", 100.0, "s");
/// let request = LinkingRequest { links: 1, longest_m: 300.0, tried: 4, phase: None };
/// let plan = linking(&town, &request, &Limits::NONE, &Silent).unwrap();
/// assert_eq!((plan.had, plan.steps[0].total), (People::ZERO, People::whole(1)));
/// ```
///
/// # Errors
/// When the walks are more than the memory of the study holds.
pub fn linking(
    study: &Study,
    request: &LinkingRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let base = base(study, progress)?;
    let asked = Asked::of(base.study(), request.phase);
    let before = asked.coverage(&base);
    let had = asked.covered(&before);
    let people = asked.people(&before);
    let bound = covered_with_any_streets(&before, |cell| asked.concerns(base.study(), cell));
    let mut left = missing(base.study(), (&before, asked), request);
    let mut course = Course::new(&base, std::slice::from_ref(&before));
    let mut total = had;
    let mut steps: Vec<Step> = Vec::new();
    let mut frontier = Vec::new();
    while (steps.len() as u64) < request.links && !limits.watch.stop() {
        // From here on the steps so far stand when the search is stopped.
        progress.start(Stage::Solve, left.len() as u64);
        let tried = (&left[..], asked);
        let Some(totals) = totals(&course, tried, (limits, progress))? else {
            break;
        };
        let best = totals
            .iter()
            .enumerate()
            .max_by_key(|(place, total)| (**total, std::cmp::Reverse(*place)));
        let Some((place, _)) = best.filter(|(_, best)| **best > total) else {
            break;
        };
        let change = left.remove(place);
        course.make(&change)?;
        let after = asked.covered(course.coverage());
        let number = steps.len() + 1;
        steps.push(Step {
            site: format!("link-{number}"),
            ..Step::of(change, [total, after], number as u64)
        });
        frontier.push(FrontierPoint {
            sites: number as u64,
            answer: Answer::of_links([after, bound]),
        });
        total = after;
    }
    Ok(Proposal {
        had,
        people,
        answer: Answer::of_links([total, bound]),
        phase: request.phase,
        steps,
        frontier,
        ..Proposal::of(before, course.coverage().clone())
    })
}

/// How many are covered after each of these by itself; none when the search was stopped on the way.
fn totals(
    course: &Course,
    (links, asked): (&[Change], Asked<'_>),
    (limits, progress): (&Limits<'_>, &dyn Progress),
) -> Result<Option<Vec<People>>, ChangeError> {
    let each = links.par_iter().map(|link| {
        if limits.watch.stop() {
            return Ok(None);
        }
        let then = course.now.after(link)?;
        progress.advance(1);
        Ok(Some(asked.covered(&course.coverage().after(&then))))
    });
    let each: Vec<Option<People>> = each.collect::<Result<_, ChangeError>>()?;
    Ok(each.into_iter().collect())
}

/// A link that may be missing.
struct Link {
    ends: [NodeId; 2],
    /// How many would come within the limit through it.
    people: People,
}

/// The links that are tried, the most promising first.
fn missing(
    study: &Study,
    (before, asked): (&Coverage, Asked<'_>),
    request: &LinkingRequest,
) -> Vec<Change> {
    let links = snap::link(study);
    let profile = study.walk().profile();
    let search = StreetSearch::new(study.network(), &profile, Direction::ToPlace);
    let times = times_of_nodes(study, &links, &search);
    let behind = Behind::of(study, (before, asked), &links);
    let pairs = pairs(study, &times, request.longest_m);
    let mut all: Vec<Link> = pairs
        .into_par_iter()
        .map(|(ends, spent)| Link {
            people: behind.reached(&search, ends[1], before.target().limit.seconds() - spent),
            ends,
        })
        .filter(|link| link.people > People::ZERO)
        .collect();
    all.sort_by(|one, other| {
        other
            .people
            .cmp(&one.people)
            .then(one.ends.cmp(&other.ends))
    });
    let mut taken: Vec<[Position; 2]> = Vec::new();
    for link in all {
        let ends = link.ends.map(|end| study.network().node(end));
        // Two links beside each other do the same.
        let is_near = |other: &[Position; 2]| {
            let near =
                |one: usize, two: usize| ends[one].distance(other[two]) < request.longest_m / 2.0;
            near(0, 0) && near(1, 1) || near(0, 1) && near(1, 0)
        };
        if taken.len() < request.tried && !taken.iter().any(is_near) {
            taken.push(ends);
        }
    }
    let built = taken.into_iter().map(|ends| Change::AddStreet {
        line: ends.to_vec(),
    });
    built.collect()
}

/// By vertex how far the nearest site is, in seconds; none beyond the search budget.
fn times_of_nodes(
    study: &Study,
    links: &Linkage,
    search: &StreetSearch<'_>,
) -> HashMap<NodeId, f64> {
    let sites: Vec<Snap> = study
        .sites()
        .iter()
        .map(|(site, _)| links.site(site))
        .collect();
    let reached = sites
        .into_par_iter()
        .map(|snap| search.reached(snap, study.target().search).nodes);
    let all: Vec<Vec<(NodeId, TravelTime)>> = reached.collect();
    let mut times: HashMap<NodeId, f64> = HashMap::new();
    for (node, time) in all.into_iter().flatten() {
        let best = times.entry(node).or_insert(f64::INFINITY);
        *best = best.min(time.seconds());
    }
    times
}

/// For each vertex the near one through which it is best reached, with the seconds spent then; where a link saves
/// anything worth while.
fn pairs(study: &Study, times: &HashMap<NodeId, f64>, longest_m: f64) -> Vec<([NodeId; 2], f64)> {
    let network = study.network();
    let mut reached: Vec<NodeId> = times.keys().copied().collect();
    reached.sort_unstable();
    let points = reached
        .iter()
        .map(|&node| GeomWithData::new(network.node(node).on_plane(), node));
    let tree: RTree<GeomWithData<[f64; 2], NodeId>> = RTree::bulk_load(points.collect());
    let speed = study.walk().speed;
    let nodes: Vec<NodeId> = (0..network.nodes().len()).map(NodeId::new).collect();
    let best = nodes.into_par_iter().filter_map(|node| {
        let at = network.node(node);
        let own = times.get(&node).copied().unwrap_or(f64::INFINITY);
        // Metres on the plane are stretched by the place's scale.
        let reach = longest_m * at.scale();
        let near = tree.locate_within_distance(at.on_plane(), reach * reach);
        let through = near.filter_map(|other| {
            let far = at.distance(network.node(other.data));
            let spent = times[&other.data] + speed.time(far).seconds();
            let is_link = far > 0.0 && far <= longest_m && spent + LEAST_SECONDS <= own;
            is_link.then_some((spent, other.data))
        });
        let (spent, other) =
            through.min_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)))?;
        Some(([other, node], spent))
    });
    best.collect()
}

/// Who lives near which vertex, and is not covered.
struct Behind {
    /// By vertex its cells, with the seconds from there to each.
    cells: HashMap<NodeId, Vec<(CellId, f64)>>,
    /// By vertex where it lies on a street.
    snaps: HashMap<NodeId, Snap>,
    /// By cell those who are not covered, of all for whom it is asked.
    people: Vec<People>,
}

impl Behind {
    fn of(study: &Study, (before, asked): (&Coverage, Asked<'_>), links: &Linkage) -> Self {
        let network = study.network();
        let speed = study.walk().speed;
        let mut cells: HashMap<NodeId, Vec<(CellId, f64)>> = HashMap::new();
        let mut people = Vec::with_capacity(study.cells().len());
        for (cell, _) in study.cells().iter() {
            people.push(if asked.concerns(study, cell) {
                before.people(cell) - before.cell(cell).covered
            } else {
                People::ZERO
            });
            let Some(Snap::Snapped { edge, offset, gap }) = links.cell(cell) else {
                continue;
            };
            let piece = network.edge(edge);
            for (end, metres) in [(piece.from, offset), (piece.to, piece.metres - offset)] {
                let seconds = speed.time(metres + gap).seconds();
                cells.entry(end).or_default().push((cell, seconds));
            }
        }
        let mut snaps = HashMap::new();
        for (number, piece) in network.edges().iter().enumerate() {
            for (end, offset) in [(piece.from, 0.0), (piece.to, piece.metres)] {
                let edge = EdgeId::new(number);
                let gap = 0.0;
                snaps
                    .entry(end)
                    .or_insert(Snap::Snapped { edge, offset, gap });
            }
        }
        Self {
            cells,
            snaps,
            people,
        }
    }

    /// How many of them live within so many seconds of a vertex.
    fn reached(&self, search: &StreetSearch<'_>, node: NodeId, seconds: f64) -> People {
        let budget = TravelTime::from_seconds(seconds.max(0.0));
        let Some((budget, &snap)) = budget.zip(self.snaps.get(&node)) else {
            return People::ZERO;
        };
        let mut found: Vec<CellId> = Vec::new();
        for (near, time) in search.reached(snap, budget).nodes {
            let cells = self.cells.get(&near).into_iter().flatten();
            let within = cells.filter(|(_, beyond)| time.seconds() + beyond <= seconds);
            found.extend(within.map(|(cell, _)| *cell));
        }
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .map(|cell| self.people[cell.index()])
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proposal::closing::tests::Rounds;
    use crate::{Silent, draw};

    /// a is 200 m by air from the street of s, and 2,200 m by foot.
    const TOWN: &str = "
        A-s---------B
                    |
        C-a---------D---b--E
        ";

    fn links(town: &Study, longest_m: f64) -> Proposal {
        let request = LinkingRequest {
            links: 2,
            longest_m,
            tried: 10,
            phase: None,
        };
        linking(town, &request, &Limits::NONE, &Silent).expect("a plan")
    }

    #[test]
    fn the_bridge_that_is_missing_is_found() {
        let town = draw::town(TOWN, 100.0, "s");
        let found = links(&town, 250.0);
        let [step] = &found.steps[..] else {
            panic!("{:?}", found.steps);
        };
        // The cells a and b hold 1 and 2 people; b is out of reach of any one link.
        assert_eq!(
            (step.gain, step.total),
            (People::whole(1), People::whole(1))
        );
        let Change::AddStreet { line } = &step.change else {
            panic!("{}", step.change);
        };
        let metres = line[0].distance(line[1]);
        assert!((metres - 200.0).abs() < 1.0, "{metres}");
        // b is more than 1,400 m from s by air, too.
        assert!(found.answer.proved());
    }

    #[test]
    fn whoever_lives_near_a_site_by_air_is_within_the_bound() {
        // The cell a is 800 m from s by air, b 1,400 m, c 922 m; none has a way to s.
        let town = draw::town(
            "
            s-A  B--a-----b

            C--------c-D
            ",
            100.0,
            "s",
        );
        let found = links(&town, 100.0);
        assert!(found.steps.is_empty());
        let people = |name: &str| {
            let cells = town.cells().iter();
            let those = cells.filter(|(_, cell)| name.contains(&cell.id));
            those.map(|(_, cell)| cell.people).sum::<People>()
        };
        let at_best = people("ac").as_f64();
        assert!(
            (found.answer.bound - at_best).abs() < 1e-9,
            "{:?}",
            found.answer
        );
    }

    #[test]
    fn the_links_so_far_stand_when_the_search_is_stopped() {
        let town = draw::town(TOWN, 100.0, "s");
        let request = LinkingRequest {
            links: 2,
            longest_m: 250.0,
            tried: 10,
            phase: None,
        };
        // Ctrl-C ends the run in any other stage.
        let rounds = Rounds::ending_after(1);
        let limits = Limits {
            watch: &rounds,
            ..Limits::NONE
        };
        let found = linking(&town, &request, &limits, &rounds).expect("a plan");
        assert_eq!((rounds.begun(), found.steps.len()), (2, 1));
    }

    #[test]
    fn no_link_is_longer_than_asked() {
        let town = draw::town(TOWN, 100.0, "s");
        assert!(links(&town, 150.0).steps.is_empty());
    }
}

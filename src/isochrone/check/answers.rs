//! What the rule says of points: each is judged as a cell that stands there.

use crate::ids::CellId;
use crate::isochrone::catchments::Catchment;
use crate::isochrone::inside::{Inside, Walk};
use crate::isochrone::request::{Join, Request};
use crate::isochrone::sources::Sources;
use crate::isochrone::walkers::Walkers;
use crate::model::{Cell, Sites, Study, StudyParts};
use crate::plane::Position;
use crate::progress::Silent;
use crate::search::Engine;
use crate::snap::{Linkage, Snap, StreetIndex, link_as};
use crate::units::People;

/// Who asks.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub study: &'a Study,
    pub request: &'a Request,
    pub sources: &'a Sources,
    pub walkers: &'a Walkers,
}

/// The walks from some points, and which of them stand near enough to their street to be drawn.
pub(super) struct Answers<'a> {
    asking: Asking<'a>,
    near: Vec<bool>,
    by_source: Vec<Vec<Walk>>,
}

impl<'a> Answers<'a> {
    /// Snaps the points and walks to all places. O(P log E), and a walk for each place.
    pub(super) fn of(asking: Asking<'a>, at: &[Position]) -> Self {
        let standing = standing(asking.study, at);
        let links = link_as(&standing, &asking.walkers.profile.rules, &Silent);
        let mut by_source = vec![Vec::new(); asking.sources.list.len()];
        for walk in walks(asking, &links) {
            by_source[walk.source].push(walk);
        }
        // Land is drawn only so far from a street, though people may stand farther off.
        let reach_m = asking.request.reach_m;
        let near = (0..at.len()).map(|point| {
            let gap = links.cell(CellId::new(point)).and_then(Snap::gap);
            gap.is_some_and(|gap| gap <= reach_m)
        });
        Self {
            asking,
            near: near.collect(),
            by_source,
        }
    }

    /// Whether a point stands no farther from its street than land is drawn.
    pub(super) fn is_near(&self, point: usize) -> bool {
        self.near[point]
    }

    /// By point whether it is within the limit of what is drawn, and near enough to be drawn.
    pub(super) fn inside(&self, drawn: &Catchment) -> Vec<bool> {
        let mut inside = vec![false; self.near.len()];
        let sources = self.asking.sources.list.iter().zip(&self.by_source);
        for (source, walks) in sources {
            // Where places are merged any of them will do.
            if source.site != drawn.site && self.asking.request.join != Join::Merged {
                continue;
            }
            for walk in walks.iter().filter(|walk| walk.time <= drawn.limit) {
                let point = walk.cell.index();
                inside[point] = self.near[point];
            }
        }
        inside
    }
}

fn walks(asking: Asking<'_>, links: &Linkage) -> Vec<Walk> {
    let Asking {
        request,
        sources,
        walkers,
        ..
    } = asking;
    let study = links.study();
    let walk = study.walk();
    let rules = &walkers.profile.rules;
    let index = StreetIndex::open_to(rules, study.network(), study.barriers(), walk.min_component)
        .with_islands(walk.islands);
    let places = sources.list.iter();
    let places: Vec<Snap> = places
        .map(|source| index.snap(source.at, walk.max_snap_m))
        .collect();
    let inside = Inside {
        engine: &Engine::directed(links, &walkers.profile, request.direction),
        places: &places,
        sources,
        join: request.join,
        budget: request.longest(),
        counts: &|_| true,
        // Which units a site serves is left aside, as no land shows it.
        serves: &|_, _, _| true,
    };
    inside.walks(study.cells().len())
}

/// A study of the same streets with a cell at each of some places.
fn standing(study: &Study, at: &[Position]) -> Study {
    let cells = at.iter().enumerate().map(|(number, at)| Cell {
        id: number.to_string(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(*at),
    });
    // No groups, zones and units: those who walk alike are asked by their profile.
    let network = study.network().clone();
    let mut parts = StudyParts::new(network, Sites::default(), cells.collect());
    parts.walk = *study.walk();
    parts.barriers = study.barriers().to_vec();
    Study::new(parts).expect("valid streets, and places on the globe with ids that differ")
}

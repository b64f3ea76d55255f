//! What land shows wrongly, in people: ours, and as other tools draw it from the same search.

use std::collections::BTreeSet;

use walkshed::geo_types::MultiPolygon;
use walkshed::ids::{CellId, SiteId};
use walkshed::isochrone::{Catchments, Drawing, Isochrone, Isochrones, Shape};
use walkshed::model::{Language, Profile, Study};
use walkshed::search::{Engine, ReachedStreets};
use walkshed::snap::link_as;
use walkshed::{People, Silent, TravelTime};

use crate::common::said::Said;
use crate::rivals::{buffers, concave_hull, grid_contour};

/// So many sites are drawn in all ways.
const MOST_SITES: usize = 100;
/// The width of a grid's cell, in metres: what Valhalla takes for walks.
const CELL_M: f64 = 100.0;
/// Half the width of a buffer, in metres.
const WIDTH_M: f64 = 50.0;
/// How much farther is searched for a grid, as Valhalla does.
const FARTHER: TravelTime = TravelTime::from_minutes(10);

/// Whom land shows wrongly.
#[derive(Default)]
struct Wrong {
    /// Inside, though they do not get there in time.
    shown: People,
    /// Outside, though they do.
    left_out: People,
}

/// The ways to draw.
#[derive(Clone, Copy)]
enum Way {
    Ours,
    Grid,
    Hull,
    Buffers,
}

impl Way {
    const ALL: [Self; 4] = [Self::Ours, Self::Grid, Self::Hull, Self::Buffers];

    fn said(self) -> Said {
        match self {
            Self::Ours => Said::new("this land", "本范围"),
            Self::Grid => Said::new("contours of a grid of 100 m", "100 米网格的等值线"),
            Self::Hull => Said::new("concave hulls", "凹包"),
            Self::Buffers => Said::new("buffers of 50 m around streets", "道路 50 米缓冲区"),
        }
    }
}

/// The walks and the shapes of one study's sites, as all people alike walk outside of zones.
struct Compared<'a> {
    study: &'a Study,
    isochrones: Isochrones<'a>,
    limit: TravelTime,
}

/// What is drawn in every way for the sites of some isochrones, within the longest limit, in people whom
/// each way shows wrongly; every site counts them by itself. Empty where no site was drawn.
pub(crate) fn text(drawn: &Catchments, language: Language) -> String {
    let sites: BTreeSet<SiteId> = drawn.drawn.iter().filter_map(|one| one.site).collect();
    let sites: Vec<SiteId> = sites.into_iter().take(MOST_SITES).collect();
    if sites.is_empty() {
        return String::new();
    }
    let study = &drawn.study;
    let profile = study.profiles(drawn.request.group)[0];
    let drawing = Drawing {
        profile,
        direction: drawn.request.direction,
        reach_m: drawn.request.reach_m,
        tolerance_m: drawn.request.tolerance_m,
    };
    let compared = Compared {
        study,
        isochrones: Isochrones::new(study, &drawing),
        limit: drawn.request.longest(),
    };
    let wrong = compared.wrong(&sites, &profile, &drawing);
    let mut lines = vec![
        head(sites.len(), compared.limit)
            .in_language(language)
            .to_owned(),
    ];
    for (way, wrong) in Way::ALL.iter().zip(&wrong) {
        let [shown, left_out] = [wrong.shown, wrong.left_out].map(People::as_f64);
        let name = way.said();
        let said = Said::new(
            format!(
                "  {}: {shown} people shown too many, {left_out} too few",
                name.in_language(Language::English)
            ),
            format!(
                "  {}：多画 {shown} 人，少画 {left_out} 人",
                name.in_language(Language::Chinese)
            ),
        );
        lines.push(said.in_language(language).to_owned());
    }
    lines.join("\n") + "\n"
}

fn head(sites: usize, limit: TravelTime) -> Said {
    Said::new(
        format!(
            "drawn from the same walks to {sites} sites within {limit}, by whether land holds the cells:"
        ),
        format!("按同样的步行结果绘制 {sites} 个服务点 {limit} 的范围，看范围内的居民点："),
    )
}

impl Compared<'_> {
    /// By way whom it shows wrongly.
    fn wrong(&self, sites: &[SiteId], profile: &Profile, drawing: &Drawing) -> [Wrong; 4] {
        let links = link_as(self.study, &profile.rules, &Silent);
        let engine = Engine::directed(&links, profile, drawing.direction);
        let mut wrong: [Wrong; 4] = Default::default();
        for &site in sites {
            let place = self.isochrones.snap(self.study.sites()[site].at);
            let within: BTreeSet<CellId> = engine
                .catchment(place, self.limit)
                .into_iter()
                .map(|(cell, _)| cell)
                .collect();
            let farther = self.limit.saturating_add(FARTHER);
            let reached = self.isochrones.reached(place, farther);
            for (way, wrong) in Way::ALL.iter().zip(&mut wrong) {
                let shape = Shape::new(&self.drawn(*way, &reached));
                for (id, cell) in self.study.cells().iter() {
                    let Some(at) = cell.at else { continue };
                    match (shape.holds(at), within.contains(&id)) {
                        (true, false) => wrong.shown = [wrong.shown, cell.people].into_iter().sum(),
                        (false, true) => {
                            wrong.left_out = [wrong.left_out, cell.people].into_iter().sum();
                        }
                        (true, true) | (false, false) => {}
                    }
                }
            }
        }
        wrong
    }

    fn drawn(&self, way: Way, reached: &ReachedStreets) -> MultiPolygon {
        let network = self.study.network();
        match way {
            Way::Ours => {
                let within = reached.within(self.limit);
                let bands = self.isochrones.bands(&within, &[self.limit]);
                bands.iter().flat_map(Isochrone::polygons).collect()
            }
            Way::Grid => grid_contour(reached, network, self.limit, CELL_M),
            Way::Hull => concave_hull(reached, network, self.limit),
            Way::Buffers => buffers(reached, network, self.limit, WIDTH_M),
        }
    }
}

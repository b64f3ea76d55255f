//! Towns in metres, near the equator at Greenwich, where a metre of the plane is one on the ground.

use walkshed::geo_types::MultiPolygon;
use walkshed::isochrone::{Catchments, Isochrone, Places, Request, Shape, isochrones};
use walkshed::model::{Cell, Cells, Network, NetworkParts, Site, Sites, Study, StudyParts, Traits};
use walkshed::plane::Position;
use walkshed::{People, Silent, TravelTime};

/// A place in metres east and north.
pub fn at(x: f64, y: f64) -> Position {
    Position::from_plane([x, y])
}

/// Metres that are walked in a time at the usual 4 km/h.
pub fn time_of(metres: f64) -> TravelTime {
    TravelTime::from_seconds(metres * 0.9).expect("a short walk")
}

/// Streets between corners; those that share a corner join there.
#[derive(Default)]
pub struct Town {
    nodes: Vec<[f64; 2]>,
    edges: Vec<(usize, usize, f64)>,
    traits: Vec<(usize, Traits)>,
    sites: Vec<[f64; 2]>,
    cells: Vec<[f64; 2]>,
    barriers: Vec<[[f64; 2]; 2]>,
}

impl Town {
    /// One more street along these corners.
    pub fn street(mut self, corners: &[[f64; 2]]) -> Self {
        for pair in corners.windows(2) {
            self.add(pair[0], pair[1], None);
        }
        self
    }

    /// A straight street of one piece that is not a plain one.
    pub fn special(mut self, from: [f64; 2], to: [f64; 2], traits: Traits) -> Self {
        self.add(from, to, Some(traits));
        self
    }

    fn add(&mut self, from: [f64; 2], to: [f64; 2], traits: Option<Traits>) {
        let ends = [from, to].map(|corner| self.node(corner));
        let metres = (from[0] - to[0]).hypot(from[1] - to[1]);
        if let Some(traits) = traits {
            self.traits.push((self.edges.len(), traits));
        }
        self.edges.push((ends[0], ends[1], metres));
    }

    fn node(&mut self, corner: [f64; 2]) -> usize {
        let known = self.nodes.iter().position(|node| is_at(*node, corner));
        known.unwrap_or_else(|| {
            self.nodes.push(corner);
            self.nodes.len() - 1
        })
    }

    pub fn site(mut self, x: f64, y: f64) -> Self {
        self.sites.push([x, y]);
        self
    }

    pub fn cell(mut self, x: f64, y: f64) -> Self {
        self.cells.push([x, y]);
        self
    }

    pub fn wall(mut self, corners: &[[f64; 2]]) -> Self {
        let pairs = corners.windows(2).map(|pair| [pair[0], pair[1]]);
        self.barriers.extend(pairs);
        self
    }

    pub fn built(&self) -> Study {
        self.built_with(|_| {})
    }

    /// A study of the town, otherwise in something.
    pub fn built_with(&self, change: impl FnOnce(&mut StudyParts)) -> Study {
        let place = |[x, y]: [f64; 2]| at(x, y);
        let nodes: Vec<Position> = self.nodes.iter().copied().map(place).collect();
        let network = NetworkParts {
            nodes,
            edges: self.edges.clone(),
            traits: self.traits.clone(),
            ..NetworkParts::default()
        };
        let sites = self.sites.iter().enumerate();
        let sites = sites.map(|(number, &site)| Site::at(&format!("s{number}"), place(site)));
        let cells = self.cells.iter().enumerate().map(|(number, &cell)| Cell {
            id: format!("c{number}"),
            name: String::new(),
            unit: None,
            people: People::whole(1 << number.min(20)),
            at: Some(place(cell)),
        });
        let network = Network::with_traits(network).expect("valid streets");
        let mut parts = StudyParts::new(
            network,
            Sites::new(sites.collect()),
            Cells::new(cells.collect()),
        );
        parts.barriers = self.barriers.iter().map(|line| line.map(place)).collect();
        parts.walk.min_component = 1;
        change(&mut parts);
        Study::new(parts).expect("a study")
    }
}

/// The land of the first site within so many metres of walking.
pub fn land(study: &Study, metres: f64) -> Isochrone {
    let site = study.sites().iter().next().expect("a site").0;
    let request = Request {
        places: Places::Sites(vec![site]),
        limits: vec![time_of(metres)],
        ..Request::of(study)
    };
    let drawn = isochrones(study, &request, &Silent);
    drawn.drawn[0].isochrone.clone()
}

/// Which of some places lie in the land.
pub fn held(land: &Isochrone, places: &[[f64; 2]]) -> Vec<bool> {
    let shape = Shape::new(&land.polygons());
    places.iter().map(|&[x, y]| shape.holds(at(x, y))).collect()
}

/// The polygons of all that was drawn.
pub fn polygons(drawn: &Catchments) -> Vec<MultiPolygon> {
    let all = drawn.drawn.iter();
    all.map(|one| one.isochrone.polygons()).collect()
}

/// Whether two corners are one.
fn is_at(one: [f64; 2], other: [f64; 2]) -> bool {
    let off = [one[0] - other[0], one[1] - other[1]];
    off[0].hypot(off[1]) < 1e-9
}

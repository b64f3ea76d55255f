//! Published street graphs, with distances that others computed. Runs when `WALKSHED_DATA` names the data
//! folder, and then fails if a file is missing.
//!
//! The graphs of Porto Alegre and São Paulo (`oracle/poa`, `oracle/spo`) have edges in whole millimetres.
//! At 4 km/h a millimetre is exactly nine ticks, so an edge loses nothing when it becomes time, sums of
//! edges lose nothing either, and every published distance, sum and count is met to the millimetre: by
//! searches from the sites, by sweeps over the hierarchy, and by sums over balls. The checksum of all
//! nearest distances is met too, so each single one is.
//!
//! The cost matrix between 1,113 places of Porto Alegre is in whole metres; see its test for how near the
//! engine comes.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};
use walkshed::ids::{CellId, NodeId, SiteId};
use walkshed::model::{
    Catalogue, Cell, Cells, Islands, Network, Site, SiteSet, Sites, Study, StudyParts, Walk,
};
use walkshed::plane::Position;
use walkshed::search::{Engine, Weights, travel_times};
use walkshed::snap::{Linkage, Snap, link};
use walkshed::{People, Speed, TravelTime};

const TICKS_PER_MM: u32 = 9;
/// The published nearest distances end at 5,315 m and 4,676 m.
const FARTHEST: TravelTime = TravelTime::from_minutes(80);
/// Of the published isochrones.
const ISOCHRONE_MM: u32 = 1_125_000;

fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("WALKSHED_DATA")
        .map(|data| PathBuf::from(data).join("data/oracle").join(name));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder
}

fn gunzipped(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).expect("the file is there");
    flate2::read::GzDecoder::new(file)
        .read_to_end(&mut bytes)
        .expect("whole");
    bytes
}

/// The rows of a packed table, without its head.
fn rows(path: &Path) -> Vec<Vec<f64>> {
    let text = String::from_utf8(gunzipped(path)).expect("text");
    text.lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .map(|field| field.parse().expect("a number"))
                .collect()
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the files hold small whole numbers"
)]
fn network(folder: &Path) -> Network {
    let nodes = rows(&folder.join("nodes.csv.gz"))
        .iter()
        .map(|row| Position::new(row[2], row[3]))
        .collect::<Option<_>>();
    let edges: Vec<_> = rows(&folder.join("edges.csv.gz"))
        .iter()
        .map(|row| (row[0] as usize, row[1] as usize, row[2] / 1000.0))
        .collect();
    Network::new(nodes.expect("on the globe"), &edges).expect("valid")
}

/// A study of sites and cells at these places, everybody walking at 4 km/h.
fn study(
    network: Network,
    (sites, cells): (&[Position], &[Position]),
    min_component: u32,
) -> Study {
    let site = |(place, &at): (usize, &Position)| Site::at(&format!("{place:06}"), at);
    let cell = |(place, &at): (usize, &Position)| Cell {
        id: place.to_string(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at),
    };
    let parts = StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites: Sites::new(sites.iter().enumerate().map(site).collect()),
        cells: Cells::new(cells.iter().enumerate().map(cell).collect()),
        network,
        ..StudyParts::default()
    };
    // What is published was worked out with each place on its nearest street.
    let walk = Walk {
        min_component,
        islands: Islands::Keep,
        ..Walk::default()
    };
    Study::new(StudyParts { walk, ..parts }).expect("a study")
}

/// A published graph with what is known about it: a site at each service vertex, a cell at each vertex.
struct Published {
    expected: Value,
    services: Vec<usize>,
    study: Study,
    links: Linkage,
}

impl Published {
    fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("expected.json")).expect("the file is there");
        let expected: Value = serde_json::from_str(&text).expect("JSON");
        let services = expected["services"].as_array().expect("a list");
        let services: Vec<usize> = services
            .iter()
            .map(|n| usize::try_from(n.as_u64().expect("a number")).expect("small"))
            .collect();
        let network = network(folder);
        let nodes = network.nodes().to_vec();
        let sites: Vec<Position> = services.iter().map(|&node| nodes[node]).collect();
        let study = study(network, (&sites, &nodes), 0);
        let links = link(&study);
        Self {
            expected,
            services,
            study,
            links,
        }
    }

    fn number(&self, name: &str) -> u64 {
        self.expected[name].as_u64().expect("a number")
    }

    /// For each service the published number of vertices within 1,125 m, and the sum of their distances.
    fn isochrones(&self) -> Vec<(SiteId, [u64; 2])> {
        let published = self.expected["isochrone_1125m_nodes_sumdist"]
            .as_object()
            .expect("by service");
        let isochrone = |(site, node): (usize, &usize)| {
            let known = published.get(&node.to_string())?;
            Some((
                SiteId::new(site),
                [0, 1].map(|place| known[place].as_u64().expect("a number")),
            ))
        };
        let all: Vec<_> = self
            .services
            .iter()
            .enumerate()
            .filter_map(isochrone)
            .collect();
        assert_eq!((all.len(), all.is_empty()), (published.len(), false));
        all
    }

    fn has_the_published_shape(&self) {
        let (network, count) = (self.study.network(), |count: usize| count as u64);
        assert_eq!(count(network.nodes().len()), self.number("nodes"));
        assert_eq!(count(network.edges().len()), self.number("edges"));
        assert_eq!(
            count(network.component_sizes().len()),
            self.number("components")
        );
        assert_eq!(
            network
                .component_sizes()
                .iter()
                .max()
                .map(|&size| u64::from(size)),
            Some(self.number("lcc"))
        );
        let mm: Vec<u32> = network
            .edges()
            .iter()
            .map(|edge| millimetres(Speed::DEFAULT.time(edge.metres)))
            .collect();
        assert_eq!(
            mm.iter().map(|&mm| u64::from(mm)).sum::<u64>(),
            self.number("total_len_mm")
        );
        assert_eq!(
            count(mm.iter().filter(|&&mm| mm == 0).count()),
            self.number("zero_len_edges")
        );
    }

    /// One distance for each vertex, nothing where no service can be reached.
    fn nearest_is(&self, nearest: &[Option<TravelTime>]) {
        let mm: Vec<Option<u32>> = nearest.iter().map(|time| time.map(millimetres)).collect();
        let reached = || mm.iter().flatten().map(|&mm| u64::from(mm));
        assert_eq!(
            mm.iter().filter(|mm| mm.is_none()).count() as u64,
            self.number("unreachable")
        );
        assert_eq!(reached().sum::<u64>(), self.number("sum_dist_mm"));
        assert_eq!(reached().max(), Some(self.number("max_dist_mm")));
        for metres in [300, 500, 1000, 1125, 1200] {
            let within = reached().filter(|&mm| mm <= metres * 1000).count() as u64;
            assert_eq!(
                within,
                self.number(&format!("nodes_within_{metres}m")),
                "{metres} m"
            );
        }
        // The published checksum is that of a list of numbers, one a line, -1 for the unreachable.
        let lines: Vec<String> = mm
            .iter()
            .map(|mm| mm.map_or_else(|| "-1".to_owned(), |mm| mm.to_string()))
            .collect();
        let sum = Sha256::digest(lines.join("\n"));
        let known = self.expected["sha256_nearest"]
            .as_str()
            .expect("a checksum");
        let pairs = (0..known.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&known[at..at + 2], 16));
        assert_eq!(
            sum.to_vec(),
            pairs.collect::<Result<Vec<u8>, _>>().expect("hexadecimal")
        );
    }

    fn searches_agree(&self) {
        let times = travel_times(&self.links, FARTHEST);
        let cells = self.study.cells().iter();
        let nearest: Vec<_> = cells
            .map(|(cell, _)| times.nearest(cell).map(|reach| reach.time))
            .collect();
        self.nearest_is(&nearest);
    }

    fn sweeps_agree(&self) {
        let engine = Engine::new(&self.links, &self.study.walk().profile());
        engine.contract(FARTHEST);
        let all = [SiteSet::of((0..self.services.len()).map(SiteId::new))];
        let (at_cells, at_nodes) = (
            engine.nearest(FARTHEST, &all),
            engine.nearest_at_nodes(FARTHEST, &all),
        );
        let vertices = 0..self.study.network().nodes().len();
        self.nearest_is(
            &vertices
                .clone()
                .map(|cell| at_cells.time(CellId::new(cell), 0))
                .collect::<Vec<_>>(),
        );
        self.nearest_is(
            &vertices
                .map(|node| at_nodes.time(NodeId::new(node), 0))
                .collect::<Vec<_>>(),
        );
    }

    fn isochrones_agree(&self) {
        let budget = TravelTime::from_ticks(ISOCHRONE_MM * TICKS_PER_MM);
        let profile = self.study.walk().profile();
        let engine = Engine::new(&self.links, &profile);
        let ones = vec![1; self.study.cells().len()];
        let balls = engine.cumulative_opportunities(budget, Weights::Cells(&ones));
        for (site, known) in self.isochrones() {
            let near = engine.catchment(self.links.site(site), budget);
            let sum: u64 = near
                .iter()
                .map(|&(_, time)| u64::from(millimetres(time)))
                .sum();
            assert_eq!([near.len() as u64, sum], known, "{site:?}");
            assert_eq!(balls[self.services[site.index()]], known[0], "{site:?}");
        }
    }
}

fn millimetres(time: TravelTime) -> u32 {
    assert_eq!(
        time.ticks() % TICKS_PER_MM,
        0,
        "no whole number of millimetres"
    );
    time.ticks() / TICKS_PER_MM
}

/// Everything that is published of a city, by every way to find it.
fn is_met(city: &str) {
    let Some(folder) = folder(city) else { return };
    let published = Published::read(&folder);
    published.has_the_published_shape();
    published.searches_agree();
    published.sweeps_agree();
    published.isochrones_agree();
}

#[test]
fn porto_alegre_is_met_to_the_millimetre() {
    is_met("poa");
}

#[test]
fn sao_paulo_is_met_to_the_millimetre() {
    is_met("spo");
}

/// Whole metres between 1,113 places, along the streets only: from the point of the nearest street to the
/// other's, without the gaps. Its makers took that point on another plane than ours, so that it lies up to
/// half a metre away along the street, at both ends; then they rounded. So a pair may be off by 0.5 m + twice
/// that, and no pair is off by 2 m; that the middle is at zero shows that nothing is counted twice or left out.
/// One place lies between two streets, 94.7 m and 95.0 m away, and hangs on the other one.
#[test]
fn the_cost_matrix_of_porto_alegre_is_met_within_its_rounding() {
    let Some(folder) = folder("poa") else { return };
    let text = fs::read_to_string(folder.join("facloc_sites.csv")).expect("the file is there");
    let place = |line: &str| {
        let number = |place: usize| {
            line.split(',')
                .nth(place)
                .and_then(|field| field.parse().ok())
                .expect("degrees")
        };
        Position::new(number(1), number(2)).expect("on the globe")
    };
    let places: Vec<Position> = text.lines().skip(1).map(place).collect();
    // The matrix knows the largest part only; others have at most 65 vertices.
    let study = study(network(&folder), (&places, &places), 1_000);
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(600));
    let costs = gunzipped(&folder.join("facloc_cost_m_i32le.bin.gz"));
    let costs: Vec<i32> = costs
        .as_chunks()
        .0
        .iter()
        .map(|bytes| i32::from_le_bytes(*bytes))
        .collect();
    assert_eq!(costs.len(), places.len() * places.len());
    let between_two_streets = 664;
    let mut off = Vec::new();
    for (cell, row) in costs.chunks(places.len()).enumerate() {
        let from = CellId::new(cell);
        assert_eq!(
            times.of(from).len(),
            places.len(),
            "everybody reaches everybody"
        );
        for reach in times.of(from) {
            let gaps = links
                .cell(from)
                .and_then(Snap::gap)
                .zip(links.site(reach.site).gap())
                .expect("all hang");
            let metres = Speed::DEFAULT.metres(reach.time) - gaps.0 - gaps.1;
            if ![cell, reach.site.index()].contains(&between_two_streets)
                && cell != reach.site.index()
            {
                off.push((metres - f64::from(row[reach.site.index()])).abs());
            }
        }
    }
    off.sort_by(f64::total_cmp);
    assert_eq!(off.len(), 1_112 * 1_111);
    assert!(off[off.len() - 1] < 2.0, "{} m", off[off.len() - 1]);
    assert!(
        off.partition_point(|&metres| metres <= 1.0) * 1_000 >= off.len() * 998,
        "998 of 1,000 are within 1 m"
    );
}

//! Honest edges: the part of a town within a boundary brackets the whole town.

use proptest::prelude::*;
use walkshed::model::{Boundary, Catalogue, Cell, Cells, Network, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;
use walkshed::score::{BorderBounds, Coverage, border_bounds};
use walkshed::{Options, People};

/// A town whose western part alone may be known: streets, sites and cells in millionths of a degree.
#[derive(Debug, Clone)]
struct Town {
    nodes: Vec<[f64; 2]>,
    edges: Vec<(usize, usize, f64)>,
    sites: Vec<[f64; 2]>,
    cells: Vec<[f64; 2]>,
}

fn spot([x, y]: [f64; 2]) -> Position {
    Position::new(116.2 + x * 1e-6, 29.7 + y * 1e-6).expect("near Hukou")
}

impl Town {
    fn study(&self, boundary: Option<Boundary>) -> Study {
        let nodes: Vec<Position> = self.nodes.iter().map(|&node| spot(node)).collect();
        let site = |(i, &at): (usize, &[f64; 2])| Site::at(&format!("{i:03}"), spot(at));
        let cell = |(i, &at): (usize, &[f64; 2])| Cell {
            id: i.to_string(),
            name: String::new(),
            unit: None,
            people: People::whole(1 << i),
            at: Some(spot(at)),
        };
        let parts = StudyParts {
            network: Network::new(nodes, &self.edges).expect("valid"),
            sites: Sites::new(self.sites.iter().enumerate().map(site).collect()),
            cells: Cells::new(self.cells.iter().enumerate().map(cell).collect()),
            catalogue: Catalogue::implicit(self.sites.len()),
            boundary,
            ..StudyParts::default()
        };
        Study::new(parts).expect("a study")
    }

    /// What lies west of a line from south to north; streets end at the line.
    fn west_of(&self, x: f64) -> Self {
        let mut west = Self {
            edges: Vec::new(),
            sites: Vec::new(),
            ..self.clone()
        };
        west.sites
            .extend(self.sites.iter().filter(|site| site[0] <= x));
        for &(a, b, metres) in &self.edges {
            let (inside, outside) = if self.nodes[a][0] <= x {
                (a, b)
            } else {
                (b, a)
            };
            if self.nodes[inside][0] > x {
                continue;
            }
            if self.nodes[outside][0] <= x {
                west.edges.push((a, b, metres));
                continue;
            }
            let (from, to) = (
                spot(self.nodes[inside]).on_plane(),
                spot(self.nodes[outside]).on_plane(),
            );
            let part =
                (x - self.nodes[inside][0]) / (self.nodes[outside][0] - self.nodes[inside][0]);
            let end = Position::from_plane([
                from[0] + part * (to[0] - from[0]),
                from[1] + part * (to[1] - from[1]),
            ]);
            west.nodes.push([x, (end.lat() - 29.7) * 1e6]);
            west.edges
                .push((inside, west.nodes.len() - 1, metres * part));
        }
        west
    }
}

/// An area west of a line, a hundred kilometres to all other sides.
fn area_west_of(x: f64) -> Boundary {
    let far = 1e6;
    let ring = [[-far, -far], [x, -far], [x, far], [-far, far]].map(spot);
    Boundary::new(vec![vec![ring.to_vec()]]).expect("an area")
}

fn judged(study: &Study) -> Coverage {
    let results = walkshed::run(study, &Options::default());
    results.expect("it has the memory").coverage
}

fn covered(study: &Study) -> Vec<bool> {
    let now = judged(study);
    study
        .cells()
        .iter()
        .map(|(id, _)| now.cell(id).verdict.word() == "covered")
        .collect()
}

fn with_bounds<T>(study: &Study, look: impl FnOnce(BorderBounds, People) -> T) -> T {
    let now = judged(study);
    let covered = now.total().covered();
    look(border_bounds(&now).expect("it has a boundary"), covered)
}

fn people(covered: &[bool]) -> People {
    covered
        .iter()
        .enumerate()
        .filter(|&(_, &covered)| covered)
        .map(|(i, _)| People::whole(1 << i))
        .sum()
}

/// The west alone gives bounds that the whole town keeps, and is certain of all cells that it does not flag.
fn brackets(town: &Town, x: f64) -> Result<(), TestCaseError> {
    let truth = covered(&town.study(None));
    let west = town.west_of(x).study(Some(area_west_of(x)));
    let part = covered(&west);
    with_bounds(&west, |bounds, now| {
        let total = bounds.total;
        prop_assert_eq!(total.covered, now);
        prop_assert_eq!(total.people, west.cells().people());
        prop_assert!(total.lower <= total.covered && total.covered <= total.upper);
        prop_assert!(
            total.lower <= people(&truth) && people(&truth) <= total.upper,
            "{:?} {:?}",
            total,
            truth
        );
        for (place, (id, _)) in west.cells().iter().enumerate() {
            if !bounds.flagged.contains(&id) {
                prop_assert_eq!(truth[place], part[place], "cell {} was not flagged", place);
            }
        }
        Ok(())
    })
}

/// A grid of blocks about 190 × 220 m, some streets missing; everything stands on a junction.
fn grids() -> impl Strategy<Value = Town> {
    let size = 8_usize;
    let junction = move || (0..size * size).prop_map(move |i| place(i, size));
    let kept = prop::collection::vec(prop::bool::weighted(0.9), 2 * size * size);
    (
        kept,
        prop::collection::vec(junction(), 1..4),
        prop::collection::vec(junction(), 1..20),
    )
        .prop_map(move |(kept, sites, cells)| {
            let nodes: Vec<[f64; 2]> = (0..size * size).map(|i| place(i, size)).collect();
            let across = (0..size * size)
                .filter(|i| i % size + 1 < size)
                .map(|i| (i, i + 1));
            let down = (0..size * (size - 1)).map(|i| (i, i + size));
            let all = across.chain(down).zip(kept).filter(|&(_, kept)| kept);
            let edges = all
                .map(|((a, b), _)| (a, b, spot(nodes[a]).distance(spot(nodes[b]))))
                .collect();
            Town {
                nodes,
                edges,
                sites,
                cells,
            }
        })
}

fn place(i: usize, size: usize) -> [f64; 2] {
    [i % size, i / size].map(|n| f64::from(u32::try_from(n).expect("small")) * 2_000.0)
}

/// Any streets, some longer than they look, and points anywhere near.
fn towns() -> impl Strategy<Value = Town> {
    let point =
        || (0_u16..20_000, 0_u16..20_000).prop_map(|(x, y)| [f64::from(x) + 0.5, f64::from(y)]);
    prop::collection::vec(point(), 2..20).prop_flat_map(move |nodes| {
        let end = 0..nodes.len();
        let street = (end.clone(), end, prop::option::weighted(0.2, 0_u16..3_000));
        (
            Just(nodes),
            prop::collection::vec(street, 0..40),
            prop::collection::vec(point(), 1..6),
            prop::collection::vec(point(), 1..20),
        )
            .prop_map(|(nodes, edges, sites, cells)| {
                let length = |(a, b, extra): (usize, usize, Option<u16>)| {
                    (
                        a,
                        b,
                        spot(nodes[a]).distance(spot(nodes[b])) + extra.map_or(0.0, f64::from),
                    )
                };
                let edges = edges.into_iter().map(length).collect();
                Town {
                    nodes,
                    edges,
                    sites,
                    cells,
                }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_west_of_a_grid_town_brackets_the_whole(town in grids(), before in 1_u16..2_000) {
        // The boundary runs just before a site: the hardest case.
        brackets(&town, town.sites[0][0] - f64::from(before) - 0.25)?;
    }

    #[test]
    fn the_west_of_any_town_brackets_the_whole(town in towns(), x in 0_u16..20_000, before in 0_u16..2_000) {
        brackets(&town, f64::from(x))?;
        brackets(&town, town.sites[0][0] - f64::from(before) - 0.25)?;
    }
}

/// Along a street of 4 km a site stands at the western end, and another beyond the boundary.
fn street() -> Town {
    let at = |metres: f64| [metres / 0.096_68, 0.0];
    let length = spot(at(0.0)).distance(spot(at(4_000.0)));
    let cells = [500.0, 1_500.0, 1_990.0, 2_010.0, 2_900.0, 3_500.0]
        .map(at)
        .to_vec();
    Town {
        nodes: vec![at(0.0), at(4_000.0)],
        edges: vec![(0, 1, length)],
        sites: vec![at(0.0), at(3_200.0)],
        cells,
    }
}

#[test]
fn cells_within_a_walk_of_the_boundary_are_flagged() {
    let x = 3_000.0 / 0.096_68;
    let study = street().west_of(x).study(Some(area_west_of(x)));
    with_bounds(&study, |bounds, _| {
        // 1,990 m is 1,010 m from the boundary, 2,010 m is 990 m from it; 3,500 m is outside.
        let flagged: Vec<usize> = bounds.flagged.iter().map(|cell| cell.index()).collect();
        assert_eq!(flagged, [3, 4, 5]);
        let total = bounds.total;
        assert_eq!(
            (total.cells_flagged, total.flagged),
            (3, People::whole(8 + 16 + 32))
        );
        assert_eq!(
            (total.lower, total.covered),
            (People::whole(1), People::whole(1))
        );
        assert_eq!(total.upper, People::whole(1 + 8 + 16 + 32));
        assert_eq!(bounds.units.len(), 1, "the cells without a unit");
        assert_eq!(bounds.units[0].bounds, total);
    });
}

#[test]
fn a_cell_nearer_to_the_boundary_than_to_its_street_is_not_certain() {
    // 50 m off the street, 30 m from the boundary: a street beyond may be nearer and lead nowhere.
    let mut town = street();
    town.sites = vec![[0.0, 0.0]];
    town.cells = vec![[300.0 / 0.096_68, 450.0], [300.0 / 0.096_68, 0.0]];
    let x = 330.0 / 0.096_68;
    let study = town.west_of(x).study(Some(area_west_of(x)));
    with_bounds(&study, |bounds, now| {
        assert_eq!(
            (bounds.total.lower, now),
            (People::whole(2), People::whole(1 + 2))
        );
    });
    // Nor is who walks to such a site.
    town.sites = vec![[300.0 / 0.096_68, 450.0]];
    town.cells = vec![[0.0, 0.0]];
    let study = town.west_of(x).study(Some(area_west_of(x)));
    with_bounds(&study, |bounds, now| {
        assert_eq!((bounds.total.lower, now), (People::ZERO, People::whole(1)));
    });
}

#[test]
fn without_a_boundary_there_are_no_bounds() {
    let study = street().study(None);
    assert!(border_bounds(&judged(&study)).is_none());
}

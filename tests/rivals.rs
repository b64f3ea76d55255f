//! The isochrones that other tools draw, as `examples/isochrones` shows them beside ours: that they are
//! drawn as their tools would, so that what is said of them is fair.

#[path = "../examples/isochrones/rivals/mod.rs"]
mod rivals;

use geo::{Area, Validation};
use geo_types::{Coord, MultiPolygon};
use rivals::{buffers, concave_hull, grid_contour};
use walkshed::isochrone::Shape;
use walkshed::model::{Network, Study};
use walkshed::plane::Position;
use walkshed::search::{Direction, ReachedStreets, StreetSearch, Stretch};
use walkshed::{TravelTime, draw, snap};

/// Blocks of 300 m; the site stands in the middle.
const BLOCKS: &str = "
    A--B--C--D--E
    |  |  |  |  |
    |  |  |  |  |
    F--G--H--I--J
    |  |  |  |  |
    |  |  |  |  |
    K--L--M-sN--O
    |  |  |  |  |
    |  |  |  |  |
    P--Q--R--S--T
    |  |  |  |  |
    |  |  |  |  |
    U--V--W--X--Y
";

fn reached(study: &Study, budget: TravelTime) -> ReachedStreets {
    let links = snap::link(study);
    let profile = study.walk().profile();
    let streets = StreetSearch::new(study.network(), &profile, Direction::ToPlace);
    let site = study.sites().find("s").expect("the site is drawn");
    streets.reached(links.site(site), budget)
}

fn all(reached: &ReachedStreets, network: &Network, limit: TravelTime) -> [MultiPolygon; 3] {
    [
        grid_contour(reached, network, limit, 100.0),
        concave_hull(reached, network, limit),
        buffers(reached, network, limit, 50.0),
    ]
}

/// The middle of a stretch of a drawn street, which is straight and at the equator.
fn middle(network: &Network, stretch: &Stretch) -> Position {
    let edge = network.edge(stretch.edge);
    let [from, to] = [edge.from, edge.to].map(|node| Coord::from(network.node(node)));
    let offset = stretch.offsets[0].midpoint(stretch.offsets[1]);
    let at = from + (to - from) * (offset / edge.metres);
    Position::try_from(at).expect("on the globe")
}

#[test]
fn each_holds_what_is_reached_well_within_the_limit() {
    let study = draw::town(BLOCKS, 100.0, "s");
    let network = study.network();
    let limit = TravelTime::from_minutes(15);
    let streets = reached(&study, limit);
    let near = streets.within(TravelTime::from_minutes(5)).stretches;
    assert!(near.len() >= 8, "{}", near.len());
    for polygons in all(&streets, network, limit) {
        let shape = Shape::new(&polygons);
        for stretch in &near {
            let at = middle(network, stretch);
            assert!(shape.holds(at), "{at}");
        }
        // 15 minutes are 1,000 m: nobody comes from there.
        let far = Position::new(0.02, 0.0).expect("on the globe");
        assert!(!shape.holds(far));
    }
}

#[test]
fn each_draws_valid_polygons() {
    let study = draw::town(BLOCKS, 100.0, "s");
    for minutes in [1, 3, 5, 8, 11, 15, 25] {
        let limit = TravelTime::from_minutes(minutes);
        let streets = reached(&study, TravelTime::from_minutes(25));
        for polygons in all(&streets, study.network(), limit) {
            assert!(polygons.is_valid(), "{minutes}: {polygons:?}");
            for polygon in &polygons {
                // Outer rings run counter-clockwise, holes clockwise.
                let area = polygon.signed_area();
                assert!(area > 0.0, "{minutes}: {polygon:?}");
                for ring in polygon.interiors() {
                    let hole = geo_types::Polygon::new(ring.clone(), Vec::new());
                    assert!(hole.signed_area() < 0.0, "{minutes}: {ring:?}");
                }
                let mut rings = polygon.interiors().iter().chain([polygon.exterior()]);
                assert!(rings.all(|ring| ring.is_closed() && ring.0.len() >= 4));
            }
        }
    }
}

#[test]
fn a_grid_shows_a_hole_where_no_street_is() {
    let drawing = "
        A-----s----B
        |          |
        |          |
        |          |
        |          |
        |          |
        |          |
        |          |
        C----------D
    ";
    let study = draw::town(drawing, 100.0, "s");
    let limit = TravelTime::from_minutes(45);
    let polygons = grid_contour(&reached(&study, limit), study.network(), limit, 100.0);
    assert_eq!(polygons.0.len(), 1);
    assert_eq!(polygons.0[0].interiors().len(), 1);
}

#[test]
fn a_grid_puts_the_border_between_cells_that_streets_cross_and_others() {
    // Cells of 100 m around the site. The last one that the street crosses is 15 minutes less 3 · 90 s
    // early, that past it counts as a minute late: the border lies at 10.5 / 11.5 of the way between.
    let study = draw::town("A---s--B", 100.0, "s");
    let limit = TravelTime::from_minutes(15);
    let polygons = grid_contour(&reached(&study, limit), study.network(), limit, 100.0);
    let [_, high] = Shape::new(&polygons).bounds();
    let site = study.sites().find("s").expect("the site is drawn");
    let east = high[0] - study.sites()[site].at.on_plane()[0];
    let expected = 300.0 + 100.0 * 10.5 / 11.5;
    assert!((east - expected).abs() < 1.0, "{east} and {expected}");
}

#[test]
fn a_buffer_is_as_wide_as_it_is_said() {
    let study = draw::town("A---------s--------B", 100.0, "s");
    let limit = TravelTime::from_minutes(3);
    let polygons = buffers(&reached(&study, limit), study.network(), limit, 50.0);
    // 200 m to either side, and round ends.
    let metres: f64 = 400.0 * 100.0 + 50.0 * 50.0 * std::f64::consts::PI;
    let scale = 111_319.49 * 110_574.28;
    let drawn = polygons.unsigned_area() * scale;
    assert!((drawn / metres - 1.0).abs() < 0.01, "{drawn} and {metres}");
}

#[test]
fn where_nothing_is_reached_nothing_is_drawn() {
    let study = draw::town("A---s--B", 100.0, "s");
    let limit = TravelTime::from_minutes(15);
    let nothing = ReachedStreets::default();
    for polygons in all(&nothing, study.network(), limit) {
        assert!(polygons.0.is_empty());
    }
    // A straight street has no hull.
    let streets = reached(&study, limit);
    assert!(concave_hull(&streets, study.network(), limit).0.is_empty());
}

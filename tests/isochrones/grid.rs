//! A grid town: land by formula.

use walkshed::Silent;
use walkshed::isochrone::{Request, isochrones};
use walkshed::model::Study;

use super::towns::{Town, time_of};

/// Blocks of 100 m, so many to each side of a site on the middle corner.
fn grid(blocks: i32) -> Study {
    let mut town = Town::default().site(0.0, 0.0);
    let line: Vec<f64> = (-blocks..=blocks)
        .map(|block| f64::from(block) * 100.0)
        .collect();
    for &across in &line {
        let west_east: Vec<[f64; 2]> = line.iter().map(|&x| [x, across]).collect();
        let south_north: Vec<[f64; 2]> = line.iter().map(|&y| [across, y]).collect();
        town = town.street(&west_east).street(&south_north);
    }
    town.built()
}

fn square_metres(study: &Study, metres: f64, tolerance_m: f64) -> f64 {
    let request = Request {
        limits: vec![time_of(metres)],
        tolerance_m,
        ..Request::of(study)
    };
    isochrones(study, &request, &Silent).drawn[0]
        .isochrone
        .area_km2()
        * 1e6
}

/// Within k blocks lie 4 k² streets whole, and none in part; each has half a block of land, a quarter to
/// either side. So the land is 2 (k · 100 m)², as large as the diamond within k blocks.
#[test]
fn the_land_of_a_grid_is_as_large_as_its_diamond() {
    let study = grid(6);
    for blocks in [1, 2, 4] {
        let metres = f64::from(blocks) * 100.0;
        let diamond = 2.0 * metres * metres;
        let land = square_metres(&study, metres, 1.0);
        // A border of 8 √2 · metres in saw teeth, half a metre off at most.
        let border = 16.0 * metres;
        assert!(
            (land - diamond).abs() < 0.5 * border,
            "{blocks}: {land} m², not {diamond}"
        );
    }
}

/// Around a street of 200 m lie two strips of 100 m and two half circles: 40,000 m² + π · 10,000 m².
#[test]
fn the_area_comes_nearer_to_the_formula_as_the_tolerance_shrinks() {
    let study = Town::default()
        .street(&[[0.0, 0.0], [200.0, 0.0]])
        .site(100.0, 0.0)
        .built();
    let exact = 40_000.0 + std::f64::consts::PI * 10_000.0;
    let off = |tolerance| (square_metres(&study, 1000.0, tolerance) - exact).abs();
    let offs = [8.0, 4.0, 2.0, 1.0, 0.5, 0.25].map(off);
    assert!(offs.is_sorted_by(|more, less| more >= less), "{offs:?}");
    assert!(offs[5] < offs[0] / 16.0, "{offs:?}");
    // A border of 1,028 m, a quarter of a metre off at most.
    assert!(offs[5] < 0.25 * 1028.0, "{offs:?}");
}

//! A study from your own vectors: streets, sites and homes in, who is left out on the way.
//!
//! `cargo run --example 01_from_vectors`

use walkshed::geo_types::{LineString, Point};
use walkshed::model::{Cell, Cells, Network, Site, Study, StudyParts};
use walkshed::{Options, People};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Longitude first. Streets join where they have a vertex in common.
    let high_street = vec![(116.240, 29.730), (116.250, 29.730), (116.270, 29.730)];
    let lane = vec![(116.250, 29.730), (116.250, 29.745)];
    let streets: Vec<LineString> = vec![high_street.into(), lane.into()];
    let hall = Site::at("hall", Point::new(116.249, 29.7301).try_into()?);

    let mut homes = Cells::default();
    for (lon, lat, people) in [
        (116.242, 29.7302, 120),
        (116.2502, 29.740, 80),
        (116.268, 29.7301, 45),
    ] {
        let at = Point::new(lon, lat).try_into()?;
        homes.extend([Cell::at(at, People::whole(people))]);
    }
    let network = Network::from_lines(&streets)?;
    let parts = StudyParts::new(network, [hall].into_iter().collect(), homes);
    let study = Study::new(parts)?;

    let now = walkshed::run(&study, &Options::default())?.coverage;
    println!("{study}: {} of the people are within reach", now.share());
    for (id, home) in study.cells() {
        println!("home {}: {}", home.id, now.cell(id).verdict);
    }
    Ok(())
}

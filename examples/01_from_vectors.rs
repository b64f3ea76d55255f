//! A study from your own vectors: streets, sites and cells in, who is left out on the way.
//!
//! `cargo run --example 01_from_vectors`

use walkshed::geo_types::{LineString, Point};
use walkshed::model::{Cell, Cells, Network, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;
use walkshed::{Options, People};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Longitude first. Streets join where they have a vertex in common.
    let high_street = vec![(116.240, 29.730), (116.250, 29.730), (116.270, 29.730)];
    let lane = vec![(116.250, 29.730), (116.250, 29.745)];
    let homes = [
        ((116.242, 29.7302), 120),
        ((116.2502, 29.740), 80),
        ((116.268, 29.7301), 45),
    ];
    let hall = Point::new(116.249, 29.7301);

    let streets: Vec<LineString> = vec![high_street.into(), lane.into()];
    let sites: Sites = [Site::at("hall", Position::try_from(hall)?)]
        .into_iter()
        .collect();
    let mut cells = Cells::default();
    for (home, people) in homes {
        let at = Position::try_from(Point::from(home))?;
        cells.extend([Cell::at(at, People::whole(people))]);
    }
    let study = Study::new(StudyParts::new(
        Network::from_lines(&streets)?,
        sites,
        cells,
    ))?;

    let now = walkshed::run(&study, &Options::default())?.coverage;
    println!("{study}: {} of the people are within reach", now.share());
    for (id, cell) in study.cells() {
        println!("home {}: {}", cell.id, now.cell(id).verdict.word());
    }
    Ok(())
}

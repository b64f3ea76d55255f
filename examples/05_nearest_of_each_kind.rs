//! How far is it to the nearest site of each kind? Many kinds in one sweep over the streets.
//!
//! `cargo run --example 05_nearest_of_each_kind`

use walkshed::model::SiteSet;
use walkshed::search::Engine;
use walkshed::{TravelTime, read, snap};

const KINDS: [&str; 3] = ["village-station", "post-office", "bank-terminal"];

fn main() -> Result<(), walkshed::Error> {
    let (study, _) = read::study("fixtures/hukou/study.toml")?;
    let of_kind = |kind: &str| {
        let sites = study.sites().iter().filter(|(_, site)| site.kind == kind);
        SiteSet::of(sites.map(|(id, _)| id))
    };
    let links = snap::link(&study);
    let engine = Engine::new(&links, &study.walk().profile());
    let nearest = engine.nearest(TravelTime::from_minutes(15), &KINDS.map(of_kind));

    for (place, kind) in KINDS.iter().enumerate() {
        let within = study
            .cells()
            .iter()
            .filter(|&(cell, _)| nearest.time(cell, place).is_some());
        println!(
            "{kind}: {} of {} cells",
            within.count(),
            study.cells().len()
        );
    }
    let (home, cell) = study.cells().iter().next().expect("the county has cells");
    for (time, kind) in nearest.times(home).zip(KINDS) {
        let shown = time.map_or("more than 15 minutes".to_owned(), |time| time.to_string());
        println!("{} to a {kind}: {shown}", cell.id);
    }
    Ok(())
}

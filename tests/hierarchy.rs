//! The hierarchy of the fixture county: the same answers as single walks, and a size that is known.

use std::path::Path;

use walkshed::ids::SiteId;
use walkshed::model::{SiteSet, Study};
use walkshed::search::{Engine, Size, Weights};
use walkshed::snap::link;
use walkshed::{Silent, TravelTime};

fn county() -> Study {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
    walkshed::read::study(&file)
        .expect("the fixture is sound")
        .0
}

#[test]
fn the_whole_county_agrees_with_walks_from_every_site() {
    let county = county();
    let (links, profile, budget) = (
        link(&county),
        county.profiles(None)[0],
        TravelTime::from_minutes(15),
    );
    let engine = Engine::new(&links, &profile);
    let times = engine.travel_times(budget, &Silent);
    let sites = county.sites().len();
    let categories: Vec<SiteSet> = (0..40)
        .map(|k| SiteSet::of((0..sites).filter(|site| site % 40 == k).map(SiteId::new)))
        .collect();
    let found = engine.nearest(budget, &categories);
    let weights: Vec<u64> = (1..=sites as u64).collect();
    let sums = engine.cumulative_opportunities(budget, Weights::Sites(&weights));
    for (cell, _) in county.cells().iter() {
        for (category, sites) in categories.iter().enumerate() {
            let first = times
                .of(cell)
                .iter()
                .find(|reach| sites.contains(reach.site));
            assert_eq!(
                found.time(cell, category),
                first.map(|reach| reach.time),
                "cell {cell:?}"
            );
        }
        let known: u64 = times
            .of(cell)
            .iter()
            .map(|reach| weights[reach.site.index()])
            .sum();
        assert_eq!(sums[cell.index()], known, "cell {cell:?}");
    }
    // With everything that an answer at cells and nodes needs. The county has slopes, so that every
    // arc has two weights.
    let _ = engine.nearest_at_nodes(budget, &categories);
    let nodes = county.network().nodes().len();
    let size = engine.hierarchy().expect("so many categories are swept");
    assert_eq!(
        (nodes, size),
        (
            21_702,
            Size {
                junctions: 2_817,
                arcs: 9_024,
                shortcuts: 4_629,
                bytes: 604_804
            }
        )
    );
}

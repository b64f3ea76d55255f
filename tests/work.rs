//! How much work the engine does on fixed networks, exactly: more of it fails on any machine.

use std::path::Path;

use walkshed::search::{Engine, Work};
use walkshed::snap::link;
use walkshed::{Silent, TravelTime, draw, read};

/// Four blocks with a dead end, a bend and a lone street.
const BLOCKS: &str = "
    A----+--a-+----B
    |    |    |    |
    |    c    |    b--+--C
    +--s-+----+----+  d
    |    |    |    |  D
    |    t    |    |
    E----+----+----F   G-e-H
";

fn work(settled: u64, relaxed: u64, pushed: u64) -> Work {
    Work { settled, relaxed, pushed }
}

#[test]
fn of_a_drawn_town() {
    let study = draw::town(BLOCKS, 100.0, "st");
    let links = link(&study);
    let engine = Engine::new(&study, &links, &study.walk.profile());
    let done = |minutes| engine.travel_times(TravelTime::from_minutes(minutes), &Silent).work();
    assert_eq!(engine.size().0, 8, "the corners and the dead end are no junctions");
    assert_eq!([1, 9, 60].map(done), [work(0, 0, 0), work(8, 26, 8), work(16, 52, 18)]);
}

#[test]
fn of_the_fixture() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
    let (study, _) = read::study(&file).expect("the study is valid");
    let links = link(&study);
    let engine = Engine::new(&study, &links, &study.walk.profile());
    let (nodes, (junctions, bytes)) = (study.network().nodes().len(), engine.size());
    assert_eq!((nodes, junctions, bytes / nodes), (21_179, 2_562, 40));
    let done = |minutes| engine.travel_times(TravelTime::from_minutes(minutes), &Silent).work();
    assert_eq!([15, 30].map(done), [work(13_848, 49_239, 17_510), work(29_240, 103_589, 37_976)]);
}

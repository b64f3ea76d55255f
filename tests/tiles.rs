//! Walks in tiles are the walks of one search, to the last bit; bytes that are not as they were made are
//! refused.

#[path = "common/multigraph.rs"]
mod multigraph;

use multigraph::{LONG, Town, rules, towns};
use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use walkshed::model::{Memory, StreetRules, Study};
use walkshed::scale::{MergeError, TileError, TilePlan, plan_tiles, score_tile};
use walkshed::search::Walks;
use walkshed::{Options, Silent, TravelTime, draw, run, run_on, search};

/// The study of a town whose people walk by these rules, and look so far.
fn study(town: &Town, rules: StreetRules, budget: TravelTime) -> Study {
    let changed = town.study().with(|parts| {
        parts.walk.rules = rules;
        parts.target.search = budget;
        parts.target.limit = parts.target.limit.min(budget);
    });
    changed.expect("as sound as before")
}

fn scored(plan: &TilePlan) -> Vec<Vec<u8>> {
    let rows = (0..plan.len()).map(|number| score_tile(&plan.tile(number)));
    rows.collect::<Result<_, _>>()
        .expect("tiles as they were made")
}

fn are_equal(whole: &Walks, merged: &Walks) -> Result<(), TestCaseError> {
    let study = whole.study();
    let (whole, merged) = (whole.of(None), merged.of(None));
    prop_assert_eq!(whole.budget(), merged.budget());
    for (cell, _) in study.cells().iter() {
        prop_assert_eq!(whole.of(cell), merged.of(cell));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tiles_find_what_one_search_finds(
        town in towns(),
        rules in rules(),
        tiles in 1_usize..6,
        pick in any::<prop::sample::Index>(),
    ) {
        let far = study(&town, rules, LONG);
        let whole = search::walks(&far, LONG, &Silent);
        // A budget that is one of the walks to the tick: what lies just within it must not be cut off.
        let found: Vec<TravelTime> = far
            .cells()
            .iter()
            .flat_map(|(cell, _)| whole.of(None).of(cell))
            .map(|reach| reach.time)
            .collect();
        let exactly = if found.is_empty() { TravelTime::ZERO } else { found[pick.index(found.len())] };
        for budget in [LONG, exactly] {
            let study = study(&town, rules, budget);
            let plan = plan_tiles(&study, tiles, &Silent);
            let merged = plan.merge(&scored(&plan)).expect("all tiles");
            are_equal(&search::walks(&study, budget, &Silent), &merged)?;
        }
    }

    #[test]
    fn any_order_and_any_number_of_threads_give_the_same_bytes(town in towns(), rules in rules()) {
        let study = study(&town, rules, LONG);
        let on = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| scored(&plan_tiles(&study, 3, &Silent)))
        };
        let mut rows = on(1);
        prop_assert_eq!(&rows, &on(2));
        rows.reverse();
        // A tile that was scored by two machines counts once.
        rows.push(rows[0].clone());
        let merged = plan_tiles(&study, 3, &Silent).merge(&rows).expect("all tiles");
        are_equal(&search::walks(&study, LONG, &Silent), &merged)?;
    }

    #[test]
    fn no_bytes_make_it_panic(town in towns(), rules in rules(), hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let study = study(&town, rules, LONG);
        let plan = plan_tiles(&study, 2, &Silent);
        let whole = plan.tile(0);
        let mut bytes = whole.clone();
        for (place, byte) in &hits {
            let place = place.index(bytes.len());
            bytes[place] = *byte;
        }
        // What was changed is refused for its checksum …
        let changed = bytes != whole;
        prop_assert_eq!(score_tile(&bytes).is_err(), changed);
        // … and with a checksum made anew its numbers are looked at one by one.
        let _ = score_tile(&resealed(&bytes));
        // Rows that were changed and sealed anew are the same walks, or are refused.
        let rows = scored(&plan);
        let mut other = rows.clone();
        for (place, byte) in &hits {
            let place = place.index(other[0].len());
            other[0][place] = *byte;
        }
        other[0] = resealed(&other[0]);
        if let Ok(merged) = plan.merge(&other) {
            let search = study.target().search;
            for (cell, _) in study.cells().iter() {
                let mut sites: Vec<_> = merged.of(None).of(cell).iter().map(|reach| reach.site).collect();
                prop_assert!(merged.of(None).of(cell).iter().all(|reach| reach.time <= search));
                let all = sites.len();
                sites.sort_unstable();
                sites.dedup();
                prop_assert_eq!(sites.len(), all, "no site twice in a row");
            }
        }
    }
}

/// The bytes with the checksum that they should have.
fn resealed(bytes: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut content = bytes[..bytes.len() - 32].to_vec();
    content.extend(Sha256::digest(&content));
    content
}

fn town() -> Study {
    draw::town("A-a--s--b--t----c-B", 100.0, "st")
}

#[test]
fn missing_damaged_and_foreign_rows_are_told_apart() {
    let study = town();
    let plan = plan_tiles(&study, 2, &Silent);
    let rows = scored(&plan);
    assert_eq!(
        plan.merge(&rows[..1]).err(),
        Some(MergeError::Missing { tiles: vec![1] })
    );
    let mut cut = rows.clone();
    cut[1].pop();
    let damaged = MergeError::Tile {
        place: 1,
        error: TileError::Damaged,
    };
    assert_eq!(plan.merge(&cut).err(), Some(damaged));
    let tile = MergeError::Tile {
        place: 0,
        error: TileError::NotATile,
    };
    assert_eq!(plan.merge(&[plan.tile(0)]).err(), Some(tile));

    // The same streets with a site elsewhere, and the same study in three tiles.
    let moved = draw::town("A-a---s-b--t----c-B", 100.0, "st");
    for other in [
        plan_tiles(&moved, 2, &Silent),
        plan_tiles(&study, 3, &Silent),
    ] {
        let foreign = other.merge(&rows).err();
        assert_eq!(foreign, Some(MergeError::OtherPlan { place: 0 }));
    }
}

#[test]
fn another_version_is_told_by_its_number() {
    let mut tile = plan_tiles(&town(), 1, &Silent).tile(0);
    tile[8] = 9;
    let other = TileError::OtherVersion {
        found: 9,
        expected: 1,
    };
    assert_eq!(score_tile(&tile), Err(other.clone()));
    assert!(other.to_string().contains("format 9"));
}

#[test]
fn a_tile_keeps_to_the_memory_of_its_study() {
    let none = town().with(|parts| parts.memory = Memory::of_mb(0));
    let plan = plan_tiles(&none.expect("sound"), 1, &Silent);
    assert_eq!(
        score_tile(&plan.tile(0)),
        Err(TileError::TooManyPairs { most: 0 })
    );
}

#[test]
fn rows_that_no_search_finds_are_refused() {
    let study = town();
    let plan = plan_tiles(&study, 2, &Silent);
    let rows = scored(&plan);
    // After the head, the plan's hash, the tile's number and that of lists: how many pairs, then cell,
    // ticks and site of each.
    let first = 10 + 32 + 2;
    assert_eq!(rows[0][first], 3, "a, b and c reach s");
    for (place, byte, what) in [
        (first + 1, 100, "a cell that is not there"),
        (
            first + rows[0].len() - first - 33,
            1,
            "a site of the other tile",
        ),
        (first + 5, 0x7f, "a walk that is too long"),
    ] {
        let mut other = rows.clone();
        other[0][place] = byte;
        other[0] = resealed(&other[0]);
        assert!(plan.merge(&other).is_err(), "{what}");
    }
    assert!(plan.merge(&rows).is_ok());
}

#[test]
fn more_tiles_than_sites_are_empty_ones() {
    let study = town();
    let plan = plan_tiles(&study, 7, &Silent);
    let merged = run_on(
        plan.merge(&scored(&plan)).expect("all"),
        &Options::default(),
    );
    let whole = run(&study, &Options::default()).expect("room");
    assert_eq!(
        merged.expect("room").coverage.total(),
        whole.coverage.total()
    );
}

//! Who is left out, and why: the verdict on each cell and item says what would mend it.
//!
//! `cargo run --example 03_who_is_left_out`

use walkshed::search::TooManyPairs;
use walkshed::{Options, draw};

fn main() -> Result<(), TooManyPairs> {
    // One character is 100 m; `s` is a site; the cells a, b, c, d, e hold 1, 2, 4, 8, 16 people.
    let town = "
        A--a--B-----b------c-----------------d---C
              |
              s
              |
              D     .
                    .
                    .   e
    ";
    let study = draw::town(town, 100.0, "s");
    let now = walkshed::run(&study, &Options::default())?.coverage;

    for (id, cell) in study.cells() {
        for &item in now.items() {
            let verdict = now.verdict(id, item);
            let remedy = verdict.remedy().map_or("nothing", |remedy| remedy.word());
            println!(
                "{} ({} people): {}; to do: {remedy}",
                cell.id,
                cell.people,
                verdict.kind()
            );
        }
    }
    println!("{} of the people are covered", now.share());
    Ok(())
}

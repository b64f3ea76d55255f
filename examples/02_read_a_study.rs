//! A study from its files: how many are covered, unit by unit, and what is doubtful about the data.
//!
//! `cargo run --example 02_read_a_study`

use walkshed::{Options, read};

fn main() -> Result<(), walkshed::Error> {
    let (study, findings) = read::study("fixtures/hukou/study.toml")?;
    let now = walkshed::run(&study, &Options::default())?.coverage;
    println!("{}: {} are covered", study.name(), now.share());

    // The tree of units: the county, below it the townships, below these the villages.
    for row in now.by_unit().iter().filter(|row| row.depth == 1) {
        println!("{}: {}, {} left out", row.name, row.share, row.left_out);
    }
    println!("{} findings about the data", findings.total());
    Ok(())
}

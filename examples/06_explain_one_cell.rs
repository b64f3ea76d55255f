//! Why is one cell left out? The whole reasoning about one item: each site, each rule, what would cure it.
//!
//! `cargo run --example 06_explain_one_cell`

use walkshed::model::Language;
use walkshed::score::VerdictKind;
use walkshed::{Options, assess, read, report};

fn main() -> Result<(), walkshed::Error> {
    let (study, _) = read::study("fixtures/hukou/study.toml")?;
    let study = study.with(|parts| parts.language = Language::English)?;
    let now = walkshed::run(&study, &Options::default())?.coverage;

    // The cell that is too far from all sites in which most people live, and the gravest of its items.
    let cells = study.cells().iter().map(|(id, _)| id);
    let far = cells.filter(|&id| now.cell(id).verdict == VerdictKind::OutOfReach);
    let cell = far
        .max_by_key(|&id| now.people(id))
        .expect("some are left out");
    let gravest = now
        .items()
        .iter()
        .max_by_key(|&&item| now.verdict(cell, item).kind());
    let item = *gravest.expect("an item is asked");

    let why = assess::explain(&now, cell, item);
    print!("{}", report::explanation(&why));
    Ok(())
}

//! Where would one more site help most? Each place costs one search, not a run of its own.
//!
//! `cargo run --example 04_what_if_a_site_opens`

use walkshed::model::{Change, NewOffer, NewSite, Site};
use walkshed::search::WhatIf;
use walkshed::{Silent, draw, score};

fn main() -> Result<(), walkshed::Error> {
    // One character is 100 m; `s` is a site; the cells a, b, c, d hold 1, 2, 4, 8 people.
    let town = "
        A--a--s-----b------------c--------B
                    |
                    |
                    |
                    D------d------E
    ";
    let study = draw::town(town, 100.0, "s");
    let everything: Vec<_> = study.catalogue().iter().map(|(item, _)| item).collect();
    let now = WhatIf::new(study.clone(), study.target().search, &Silent);
    let before = score::coverage(now.walks());
    println!("now {} of the people are covered", before.share());

    for (_, cell) in study.cells() {
        let Some(place) = cell.at else { continue };
        let opened = NewSite {
            site: Site::at("new", place),
            offers: everything.iter().copied().map(NewOffer::whole).collect(),
        };
        let then = now.after(&Change::OpenSite(Box::new(opened)))?;
        println!(
            "with a site at {}: {}",
            cell.id,
            before.after(&then).share()
        );
    }
    Ok(())
}

//! What one change costs, beside everything anew: counties of 10,000 and 100,000 street vertices, with one
//! item and with 200.
//!
//! `cargo bench --bench whatif` measures; with `-- --test` everything runs once.

mod common;

use std::hint::black_box;

use common::{BUDGET, county_file, study, with_few_sites};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use walkshed::Silent;
use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{Catalogue, Change, Item, NewOffer, NewSite, Offer, Site, Study, apply};
use walkshed::score::{Coverage, Setting, coverage_for};
use walkshed::search::{WhatIf, walks};

fn all(criterion: &mut Criterion) {
    for nodes in [10_000, 100_000] {
        let county = study(&county_file(nodes));
        for items in [1, 200] {
            measure(criterion, nodes, &with_items(&county, items), items);
        }
    }
}

fn measure(criterion: &mut Criterion, nodes: usize, county: &Study, items: usize) {
    let setting = Setting::default();
    let now = WhatIf::new(county.clone(), BUDGET, &Silent);
    let before = coverage_for(now.walks().of(None), county.target(), setting);
    // Where most sites are near; and amid the others by id, so that half of the sites have other numbers then.
    let busiest = county
        .cells()
        .iter()
        .max_by_key(|(cell, _)| now.walks().of(None).of(*cell).len());
    let at = busiest
        .and_then(|(_, cell)| cell.at)
        .expect("a cell that walks has a place");
    let middle = SiteId::new(county.sites().len() / 2);
    let id = format!("{}-new", county.sites()[middle].id);
    let offers = (0..items)
        .map(|item| NewOffer::whole(ItemId::new(item)))
        .collect();
    let open = Change::OpenSite(Box::new(NewSite {
        site: Site::at(&id, at),
        offers,
    }));
    let cut = Change::CutStreet { at };

    let mut group = criterion.benchmark_group(format!("whatif/{items}-items"));
    for (what, change) in [("open", &open), ("cut", &cut)] {
        agree(
            &before,
            &now.after(change).expect("a change that can be applied"),
            &apply(county, change)
                .expect("a change that can be applied")
                .0,
        );
        group.bench_function(BenchmarkId::new(what, nodes), |b| {
            b.iter(|| {
                let then = now.after(change).expect("a change that can be applied");
                black_box(before.after(&then).share())
            });
        });
    }
    group.bench_function(BenchmarkId::new("anew", nodes), |b| {
        b.iter(|| {
            let (study, _) = apply(county, &open).expect("a new site");
            let walks = walks(&study, BUDGET, &Silent);
            black_box(coverage_for(walks.of(None), study.target(), setting).share())
        });
    });
    group.finish();
}

/// Both give the same sums.
fn agree(before: &Coverage, then: &WhatIf, anew: &Study) {
    let walks = walks(anew, BUDGET, &Silent);
    let known = coverage_for(walks.of(None), anew.target(), Setting::default());
    assert_eq!(before.after(then).total(), known.total());
}

/// The county with so many items, each handled by another third of its sites: hardly two are of one class.
fn with_items(county: &Study, items: usize) -> Study {
    let sites = county.sites().len();
    let county = with_few_sites(county, sites);
    let handled = |item: usize| {
        county
            .sites()
            .iter()
            .map(|(site, _)| site)
            .filter(move |site| items == 1 || mixed(site.index() * 1_000 + item).is_multiple_of(3))
    };
    let item = |number: usize| {
        (
            Item::plain(&format!("i{number}")),
            handled(number).map(Offer::whole).collect::<Vec<Offer>>(),
        )
    };
    let catalogue = Catalogue::new((0..items).map(item).collect());
    assert!(
        catalogue.classes().len() * 10 > items * 9,
        "hardly two items are handled alike"
    );
    let with_items = county.with(|parts| {
        parts.catalogue = catalogue;
        parts.target.items = (0..items).map(ItemId::new).collect();
    });
    with_items.expect("still a study")
}

/// A number that looks like chance and is the same everywhere.
fn mixed(number: usize) -> u64 {
    (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40
}

criterion_group! { name = benches; config = common::short(); targets = all }
criterion_main!(benches);

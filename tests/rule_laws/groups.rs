//! Groups as read from files: they add up to the cell, and their coverage to everybody's.

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;
use walkshed::model::{Study, Who};
use walkshed::score::Setting;
use walkshed::{People, Silent, read};

use crate::{cases, cells, judged};

/// Along a street of 3 km with a site in the middle: cells of so many people, counted and shared out.
fn study(people: &[(f64, f64)], shares: &[f64], apart: f64) -> Study {
    let folder = TempDir::new().expect("a folder");
    let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    file(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.23,29.7]]}"#,
    );
    file("sites.csv", "id,lon,lat\ns,116.215,29.7\n");
    let mut rows = "id,lon,lat,population,elderly\n".to_owned();
    for (place, (people, part)) in (0_u32..).zip(people) {
        // A third of the people at most is elderly.
        writeln!(
            rows,
            "{place},{},29.7,{people},{}",
            116.2 + 0.002 * f64::from(place),
            people * part / 3.0
        )
        .expect("text");
    }
    file("cells.csv", &rows);
    let mut text =
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n"
            .to_owned();
    text += "[[group]]\nid = 'elderly'\ncount = 'elderly'\n";
    for (place, share) in shares.iter().enumerate() {
        writeln!(text, "[[group]]\nid = 'group {place}'\nshare = {share:?}").expect("text");
    }
    writeln!(
        text,
        "[[group]]\nid = 'apart'\nshare = {apart:?}\napart = true"
    )
    .expect("text");
    file("study.toml", &text);
    read::study_with(
        &folder.path().join("study.toml"),
        &read::Options::default(),
        &Silent,
    )
    .expect("a study")
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn groups_add_up_to_the_cell_and_to_the_total(
        people in prop::collection::vec((0.0..900.0_f64, 0.0..1.0_f64), 1..15),
        shares in prop::collection::vec(0.0..0.3_f64, 0..3), apart in 0.0..1.0_f64,
    ) {
        let study = study(&people, &shares, apart);
        let inside = || study.groups().filter(|(_, group)| !group.apart);
        prop_assert_eq!(inside().count(), shares.len() + 2);
        for cell in cells(&study) {
            let sum: People = inside().map(|(_, group)| group.in_cell(cell)).sum();
            prop_assert_eq!(sum, study.cells()[cell].people);
        }
        let of = |group| judged(&study, Setting { who: Who::from(group), ..Setting::default() }, |now| {
            (now.total().covered(), now.total().people(), now.by_unit().len())
        });
        let all = of(None);
        prop_assert_eq!(all.1, study.cells().people());
        let parts: Vec<_> = inside().map(|(group, _)| of(Some(group))).collect();
        prop_assert_eq!(parts.iter().map(|part| part.0).sum::<People>(), all.0);
        prop_assert_eq!(parts.iter().map(|part| part.1).sum::<People>(), all.1);
    }
}

//! The town of these tests, and the page that is written of it.

use std::fs;
use std::path::Path;

use walkshed::model::{Cells, Language, Sites, Study, UnitRow, Units};
use walkshed::report::{self, ReportOptions};
use walkshed::{Options, draw};

/// A street of 3.3 km: `a` and `b` live near the hall `s`, `d` near the kiosk `t`, `c` too far from both,
/// and `e` off every street. One character is 100 m; 1,000 m are walked in 15 minutes.
const DRAWN: &str = "A-a-s-b--B-------c----------t-d--C\n.\n.\n.\n.\n.\n.......e";

/// What the data call a thing, by the plain name that it has.
pub type Naming = fn(&str) -> String;

/// Plain names.
pub fn plainly(name: &str) -> String {
    name.to_owned()
}

/// The town with these names, in a language.
pub fn town(naming: Naming, language: Language) -> Study {
    let study = draw::town(DRAWN, 100.0, "st");
    let row = |id: &str, parent: Option<&str>| UnitRow {
        id: id.to_owned(),
        name: naming(&format!("unit {id}")),
        parent: parent.map(str::to_owned),
    };
    let changed = study.with(|parts| {
        parts.name = naming("the town");
        parts.language = language;
        parts.units = Units::new(vec![
            row("1", None),
            row("11", Some("1")),
            row("12", Some("1")),
        ])
        .expect("a tree");
        let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        for site in &mut sites {
            site.name = naming(&format!("site {}", site.id));
            site.kind = naming(if site.id == "s" { "hall" } else { "kiosk" });
        }
        parts.sites = Sites::new(sites);
        let mut cells = parts.cells.as_slice().to_vec();
        for cell in &mut cells {
            let unit = if "ab".contains(cell.id.as_str()) {
                "11"
            } else {
                "12"
            };
            cell.unit = parts.units.find(unit);
            cell.name = naming(&format!("cell {}", cell.id));
            cell.id = naming(&cell.id);
        }
        parts.cells = Cells::new(cells);
    });
    changed.expect("a study")
}

/// Assesses a study, and writes what was found to a folder.
pub fn write(study: &Study, folder: &Path) {
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    let results = walkshed::run(study, &options).expect("it has the memory");
    report::write(&results, folder).expect("written");
}

/// The page of a study.
pub fn page(study: &Study) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    write(study, folder.path());
    fs::read_to_string(folder.path().join("report.html")).expect("it is there")
}

/// Whether the page is written when it is asked for and not otherwise.
#[test]
fn the_page_is_left_out_when_it_is_not_asked_for() {
    let study = town(plainly, Language::English);
    let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
    let folder = tempfile::tempdir().expect("a folder");
    let written = report::write(&results, folder.path()).expect("written");
    assert!(written.files.iter().any(|file| file.name == "report.html"));
    let without = ReportOptions {
        page: false,
        ..ReportOptions::default()
    };
    let written = report::write_with(&results, folder.path(), &without).expect("written");
    assert!(written.files.iter().all(|file| file.name != "report.html"));
    assert_eq!(written.removed, ["report.html"]);
}

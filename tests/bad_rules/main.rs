//! Wrong tables of rules: each is an error that names the file, the row or key, what was found, what was
//! expected, and a cure. The whole message is what a planner reads, so the whole message is what is tested.

mod chinese;
mod doubts;
mod people;
mod tables;
mod targets;

use std::fs;

use tempfile::TempDir;
use walkshed::model::Study;
use walkshed::{Silent, read};

const FILES: [(&str, &str); 6] = [
    (
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.22,29.7]]}"#,
    ),
    (
        "units.csv",
        "id,name,parent\nc,湖口县,\ne,东镇,c\nw,西镇,c\n",
    ),
    (
        "sites.csv",
        "id,kind,unit,lon,lat\ns1,centre,e,116.2,29.7\ns2,terminal,w,116.22,29.7\n",
    ),
    (
        "cells.csv",
        "id,unit,lon,lat,population,elderly\na,e,116.201,29.7,10,3\nb,w,116.219,29.7,30,8\n",
    ),
    ("items.csv", "id,name,steps\ncert,证明,\npass,通行,accept\n"),
    (
        "offers.csv",
        "site,kind,item,depth\n,centre,cert,whole\ns2,,pass,\n",
    ),
];

/// What reading says when the good study has this file instead, and these lines more in study.toml.
fn said(file: &str, content: &str, more: &str) -> Result<(), String> {
    study(file, content, more).map(drop)
}

/// The findings of this code.
fn findings(file: &str, content: &str, more: &str, code: &str) -> Vec<String> {
    let study = study(file, content, more).expect("a study");
    study
        .findings()
        .iter()
        .filter(|f| f.code == code)
        .map(|f| format!("{}: {}", f.subject, f.message))
        .collect()
}

fn study(file: &str, content: &str, more: &str) -> Result<Study, String> {
    read_with(file, content, more).map_err(|wrong| wrong.to_string())
}

fn read_with(file: &str, content: &str, more: &str) -> Result<Study, read::ReadError> {
    let folder = TempDir::new().expect("a folder");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let mut study = "[inputs]\n".to_owned();
    for (name, text) in FILES {
        write(name, if name == file { content } else { text });
        let role = name.split('.').next().unwrap_or_default();
        study.extend([role, " = '", name, "'\n"]);
    }
    assert!(
        file.is_empty() || FILES.iter().any(|(name, _)| *name == file),
        "{file} is one of the files"
    );
    write("study.toml", &format!("{study}{more}"));
    read::study_with(
        &folder.path().join("study.toml"),
        &read::Options::default(),
        &Silent,
    )
}

/// A wrong file, and the end that every message about a row has.
fn row(file: &str, content: &str) -> String {
    let message = said(file, content, "").expect_err(content);
    let skip = [
        ", or run with --on-bad skip to leave such rows out",
        " Or run with --on-bad skip to leave such rows out",
    ];
    let short = skip.iter().find_map(|end| message.strip_suffix(end));
    short
        .unwrap_or_else(|| panic!("{message}: it does not say how to go on"))
        .to_owned()
}

/// Wrong lines of study.toml.
fn key(lines: &str) -> String {
    said("", "", lines).expect_err(lines)
}

#[test]
fn the_study_that_is_spoilt_is_good() {
    assert_eq!(said("", "", ""), Ok(()));
}

//! Candidates that a map has, as a user asks for them.

use std::fs;
use std::path::Path;

use crate::{Tested, json, planned, rows, siting};

/// A street of 5 km, drawn as a map, with a bank, a post office with its entrance, and a closed bank.
const MAP: &str = r#"<osm version="0.6">
<node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="0.045"/>
<way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
<node id="3" lat="0" lon="0.012"><tag k="amenity" v="bank"/></node>
<node id="4" lat="0" lon="0.040"><tag k="amenity" v="bank"/><tag k="disused" v="yes"/></node>
<node id="11" lat="0.0001" lon="0.0300"/><node id="12" lat="0.0001" lon="0.0302"/>
<node id="13" lat="0.0003" lon="0.0302"/><node id="14" lat="0.0003" lon="0.0300"><tag k="entrance" v="main"/></node>
<way id="5"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/><tag k="amenity" v="post_office"/></way>
<node id="6" lat="0" lon="0.020"><tag k="shop" v="kiosk"/></node>
</osm>"#;

fn mapped_county(dir: &Path) -> Tested {
    let files = [
        ("town.osm", MAP),
        ("sites.csv", "id,lon,lat\nhall,0.0,0\n"),
        (
            "cells.csv",
            "id,lon,lat,population\na,0.011,0,10\nb,0.013,0,20\nd,0.029,0,40\nf,0.042,0,80\n",
        ),
        (
            "study.toml",
            "name = \"Mapped\"\nlanguage = \"en\"\n[inputs]\nstreets = \"town.osm\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\n",
        ),
    ];
    for (name, text) in files {
        fs::write(dir.join(name), text)?;
    }
    Ok(())
}

#[test]
fn sites_open_where_the_map_has_banks_and_post_offices() -> Tested {
    let dir = tempfile::tempdir()?;
    mapped_county(dir.path())?;
    let asked = |candidates: &'static str, p: &'static str| {
        ["study.toml", "--candidates", candidates, "--p", p]
    };
    let text = planned(dir.path(), &asked("map:amenity=bank,post_office", "2"))?;
    assert!(text.contains("70 of 150 people are covered then"), "{text}");
    let out = dir.path().join("out/siting");
    let steps = rows(&out.join("plan.csv"))?;
    let told: Vec<[&str; 4]> = steps
        .iter()
        .map(|row| [&*row[2], &row[3], &row[4], &row[5]])
        .collect();
    // The post office at its entrance; the closed bank by f is none.
    assert_eq!(
        told,
        [
            ["new-w5", "0.03", "0.0003", "40"],
            ["new-n3", "0.012", "0", "30"]
        ]
    );
    assert_eq!(json(&out.join("plan.json"))?["candidates"], 2);
    // Another key, and what sites usually are.
    planned(dir.path(), &asked("map:shop=kiosk", "1"))?;
    assert_eq!(json(&out.join("plan.json"))?["candidates"], 1);
    planned(dir.path(), &asked("map:", "1"))?;
    assert_eq!(json(&out.join("plan.json"))?["candidates"], 2);
    Ok(())
}

#[test]
fn another_map_may_be_named() -> Tested {
    let dir = tempfile::tempdir()?;
    mapped_county(dir.path())?;
    let other = MAP.replace("lon=\"0.012\"", "lon=\"0.042\"");
    fs::write(dir.path().join("other.osm"), other)?;
    let asked = [
        "study.toml",
        "--candidates",
        "map:amenity=bank",
        "--map",
        "other.osm",
    ];
    let text = planned(dir.path(), &asked)?;
    assert!(text.contains("80 of 150 people are covered then"), "{text}");
    let wrong = [
        (&["--candidates", "map:bank"][..], "expected tags of a map"),
        (&["--candidates", "map:amenity="], "expected tags of a map"),
        (
            &["--candidates", "map:amenity=zoo"],
            "no object of the map has one of the tags amenity=zoo",
        ),
        (
            &["--candidates", "map:", "--map", "cells.csv"],
            "a map of OpenStreetMap",
        ),
        (&["--candidates", "cells", "--map", "other.osm"], "--map"),
    ];
    for (more, said) in wrong {
        let (code, _, err) = siting(dir.path(), &[&["study.toml"], more].concat())?;
        assert!(matches!(code, Some(2 | 3)), "{more:?}: {err}");
        assert!(err.contains(said), "{err}");
    }
    Ok(())
}

//! The example as a program: what it prints, what it writes, and how it ends.

#[path = "../common/built.rs"]
mod built;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use walkshed::geojson::FeatureCollection;

/// One street of 1,000 m with a hall at its west end and a post office at its east end; the post office does
/// not hand out cards. 1e-5° are 1.11 m.
fn town() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let street = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"residential"},
        "geometry":{"type":"LineString","coordinates":[[0,0],[0.009,0]]}}]}"#;
    put("streets.geojson", street);
    put(
        "sites.csv",
        "id,name,kind,lon,lat,opening_hours\nhall,=1+1<b>,township-centre,0,0,Mo-Fr 09:00-12:00\n\
         post,Post,post-office,0.009,0,24/7\n",
    );
    put(
        "cells.csv",
        "id,lon,lat,population\nwest,0.001,0.0001,10\neast,0.008,0.0001,100\n",
    );
    put("items.csv", "id,name\ncard,Card\nletter,Letter\n");
    put(
        "offers.csv",
        "site,item\nhall,card\nhall,letter\npost,letter\n",
    );
    put(
        "study.toml",
        "name = \"Town\"\n[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\n\
         cells = \"cells.csv\"\nitems = \"items.csv\"\noffers = \"offers.csv\"\ncrs = \"WGS84\"\n\
         [walk]\nmin_component = 1\n[time]\nweek = 2024-03-04\n",
    );
    folder
}

/// The exit code, and what is printed on either side.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(built::example("isochrones"))
        .current_dir(folder)
        .arg("study.toml")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn features(folder: &Path, file: &str) -> FeatureCollection {
    let text = fs::read_to_string(folder.join(file)).expect("written");
    text.parse::<walkshed::geojson::GeoJson>()
        .expect("GeoJSON")
        .try_into()
        .expect("a collection")
}

fn property<'f>(feature: &'f walkshed::geojson::Feature, name: &str) -> &'f Value {
    feature.property(name).expect("it has the property")
}

#[test]
fn each_site_and_band_is_a_feature_with_those_who_live_there() {
    let town = town();
    let (code, out, err) = run(
        town.path(),
        &["--bands", "5,15", "--any-time", "--check", "300"],
    );
    assert_eq!((code, err.contains("error")), (Some(0), false), "{err}");
    assert!(
        out.contains("isochrones of 2 places, within 5 / 15 minutes"),
        "{out}"
    );
    assert!(out.contains("; 0 beyond 1 m;"), "{out}");
    let results = town.path().join("out/isochrones");
    let lands = features(&results, "isochrones.geojson");
    let told: Vec<_> = lands
        .features
        .iter()
        .map(|land| ["site", "minutes", "people"].map(|name| property(land, name).to_string()))
        .collect();
    // The longest limits first, so that viewers draw shorter ones on top.
    assert_eq!(
        told,
        [
            ["\"hall\"", "15", "110"],
            ["\"post\"", "15", "110"],
            ["\"hall\"", "5", "10"],
            ["\"post\"", "5", "100"],
        ]
    );
    for land in &lands.features {
        let area = property(land, "area_km2").as_f64().expect("a number");
        assert!(area > 0.04 && area < 0.25, "{area}");
        let bounds = land.bbox.as_ref().expect("a box");
        assert!(bounds[0] < bounds[2] && bounds[1] < bounds[3]);
        assert!(property(land, "firms").is_null());
    }
    let csv = fs::read_to_string(results.join("isochrones.csv")).expect("written");
    assert!(
        csv.starts_with("site,name,kind,zone,minutes,area_km2,people,firms\nhall,'=1+1<b>,"),
        "{csv}"
    );
    let svg = fs::read_to_string(results.join("isochrones.svg")).expect("written");
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
}

#[test]
fn streets_are_cut_at_every_band_with_the_seconds_at_both_ends() {
    let town = town();
    let (code, ..) = run(
        town.path(),
        &[
            "--sites",
            "hall",
            "--bands",
            "5,10",
            "--any-time",
            "--quiet",
        ],
    );
    assert_eq!(code, Some(0));
    let streets = features(
        &town.path().join("out/isochrones"),
        "isochrone_streets.geojson",
    );
    let told: Vec<_> = streets
        .features
        .iter()
        .map(|street| ["minutes", "from_s", "to_s"].map(|name| property(street, name).to_string()))
        .collect();
    assert_eq!(told, [["5", "0", "300"], ["10", "300", "600"]]);
}

#[test]
fn an_item_is_done_where_it_is_offered_and_when_it_is_open() {
    let town = town();
    let people = |arguments: &[&str]| {
        let mut all = vec!["--json", "--quiet", "--merged", "--bands", "5,15"];
        all.extend(arguments);
        let (code, out, err) = run(town.path(), &all);
        assert_eq!(code, Some(0), "{err}");
        let json: Value = serde_json::from_str(&out).expect("JSON");
        let rows = json["isochrones"].as_array().expect("rows").clone();
        rows.iter()
            .map(|row| row["people"].as_u64().expect("people"))
            .collect::<Vec<_>>()
    };
    assert_eq!(people(&["--item", "card"]), [10, 110]);
    assert_eq!(people(&["--item", "letter"]), [110, 110]);
    assert_eq!(
        people(&["--item", "card", "--leaving", "2024-03-04T10:00"]),
        [10, 110]
    );
    // Who leaves at ten to twelve arrives before the hall closes if the walk is shorter than that.
    assert_eq!(
        people(&["--item", "card", "--leaving", "2024-03-04T11:50"]),
        [10, 10]
    );
    assert_eq!(people(&["--kind", "post-office"]), [100, 110]);
}

/// Who leaves at ten to nine finds the hall open after ten minutes, gap included: also one who reaches the
/// street sooner and stands off it.
#[test]
fn land_begins_where_a_site_has_opened_when_they_arrive() {
    let town = town();
    for join in [&[][..], &["--merged"]] {
        let mut arguments = vec!["--item", "card", "--leaving", "2024-03-04T08:50"];
        arguments.extend(["--bands", "5,15", "--check", "3000", "--quiet"]);
        arguments.extend(join);
        let (code, out, _) = run(town.path(), &arguments);
        assert_eq!(code, Some(0), "{join:?}: {out}");
    }
}

#[test]
fn what_is_asked_wrongly_is_told_with_what_to_do() {
    let town = town();
    let cases: [(&[&str], &str); 10] = [
        (&["--sites", "hal"], "near to it are hall"),
        (&["--kind", "post"], "post-office"),
        (&["--item", "passport"], "card"),
        (&["--bands", "0"], "expected minutes above 0"),
        (&["--bands", "five"], "expected minutes above 0"),
        (&["--at", "29.7,116.2"], "is the latitude first?"),
        (&["--at", "116.2"], "expected a longitude and a latitude"),
        (&["--leaving", "2024-03-12T10:00"], "begins on 2024-03-04"),
        (
            &["--item", "card", "--leaving", "2024-03-09T10:00"],
            "nothing to draw",
        ),
        (&["--tolerance", "0"], "expected metres from 0.1 to 20"),
    ];
    for (arguments, says) in cases {
        let (code, _, err) = run(town.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        assert!(err.contains(says), "{arguments:?}: {err}");
        assert!(
            !town.path().join("out/isochrones/isochrones.csv").exists(),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_place_without_streets_is_drawn_as_nothing_and_told() {
    let town = town();
    let (code, out, _) = run(town.path(), &["--at", "1,1", "--quiet"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("1 place hangs on no street"), "{out}");
    let lands = features(&town.path().join("out/isochrones"), "isochrones.geojson");
    assert!(lands.features.iter().all(|land| land.geometry.is_none()));
}

/// What another command wrote into `out` stays.
#[test]
fn results_go_to_a_folder_of_their_own() {
    let town = town();
    let out = town.path().join("out");
    fs::create_dir(&out).expect("made");
    fs::write(out.join("cells.csv"), "cell\n").expect("written");
    let (code, ..) = run(town.path(), &["--quiet"]);
    assert_eq!(code, Some(0));
    assert!(out.join("cells.csv").exists() && out.join("isochrones/manifest.json").exists());
}

/// Every flag that the manual names is one of the command's.
#[test]
fn the_manual_names_flags_that_there_are() {
    let manual = include_str!("../../src/manual.md");
    let section = manual.split("\n## Isochrones\n").nth(1).expect("a section");
    let section = section.split("\n## ").next().expect("its text");
    let (_, help, _) = run(Path::new("."), &["--help"]);
    let mut flags = 0;
    for word in section
        .split(['`', ' ', '\n'])
        .filter(|word| word.starts_with("--"))
    {
        if !["--release", "--example", "--features", "--"].contains(&word) {
            assert!(
                help.contains(&format!("{word} ")) || help.contains(&format!("{word}\n")),
                "{word}"
            );
            flags += 1;
        }
    }
    assert!(flags > 20, "{flags}");
}

#[test]
fn sites_of_two_continents_are_not_merged() {
    let town = town();
    let sites = "id,name,kind,lon,lat\nhall,Hall,hall,0,0\npost,Post,post-office,60,0\n";
    fs::write(town.path().join("sites.csv"), sites).expect("written");
    let (code, _, err) = run(town.path(), &["--merged"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("more than 5 degrees apart"), "{err}");
    let (code, out, _) = run(town.path(), &["--quiet"]);
    assert_eq!(
        (code, out.contains("1 place hangs on no street")),
        (Some(0), true),
        "{out}"
    );
}

#[test]
fn in_chinese_all_is_said_in_chinese() {
    let town = town();
    let (code, out, _) = run(
        town.path(),
        &["--language", "zh", "--quiet", "--any-time", "--check", "10"],
    );
    assert_eq!(code, Some(0));
    for line in ["个地点的等时圈", "各地点分别绘制", "核对：问了"] {
        assert!(out.contains(line), "{out}");
    }
}

//! Outlets that a pilot centre takes in, as a user asks for them.

use std::fs;
use std::path::Path;

use walkshed::model::changed;
use walkshed::{Options, People, read};

use crate::{Tested, json, planned, rows, siting};

/// A street with a centre and two desks near it, each of which does one item of three; four villages.
///
/// 0.001 are 111 m, and 15 minutes 1,000 m: all villages but the first are within 15 minutes of the pass desk.
fn town_of_desks(dir: &Path) -> Tested {
    let files = [
        (
            "streets.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.045,0]]}}]}"#,
        ),
        (
            "sites.csv",
            "id,kind,items,lon,lat\ncentre,hall,heat,0.02,0\ncard-desk,desk,card,0.0125,0\npass-desk,desk,pass,0.027,0\nfar,desk,card,0.044,0\n",
        ),
        (
            "cells.csv",
            "id,lon,lat,population\na,0.005,0,10\nb,0.020,0,20\nd,0.034,0,40\nf,0.035,0,80\n",
        ),
        ("items.csv", "id\ncard\nheat\npass\n"),
        (
            "study.toml",
            "name = \"Town\"\nlanguage = \"en\"\n[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\nitems = \"items.csv\"\n",
        ),
    ];
    for (name, text) in files {
        fs::write(dir.join(name), text)?;
    }
    Ok(())
}

const ASKED: [&str; 5] = ["study.toml", "--problem", "merge", "--at", "centre"];

#[test]
fn a_centre_takes_in_what_is_near_at_the_best_place() -> Tested {
    let dir = tempfile::tempdir()?;
    town_of_desks(dir.path())?;
    let text = planned(dir.path(), &[&ASKED[..], &["--p", "9"]].concat())?;
    assert!(
        text.contains("2 outlets go into centre, best at the place of pass-desk: 140 of 150 people are covered then, 20 before"),
        "{text}"
    );
    let out = dir.path().join("out/siting");
    let steps = rows(&out.join("plan.csv"))?;
    assert_eq!(steps.len(), 1);
    let [step, lon] = [&steps[0], &steps[0]].map(Vec::as_slice);
    assert_eq!(
        [&*step[1], &step[2], &step[5], &step[6]],
        ["merge-sites", "centre", "120", "140"]
    );
    assert_eq!((&*lon[3], &*step[12]), ("0.027", "card-desk pass-desk"));
    let plan = json(&out.join("plan.json"))?;
    assert_eq!(
        (&plan["objective"], &plan["proved"]),
        (&140.into(), &true.into())
    );
    // With one outlet still only b has all three items.
    let points = rows(&out.join("frontier.csv"))?;
    let points: Vec<[&str; 3]> = points
        .iter()
        .map(|row| [&*row[0], &row[1], &row[4]])
        .collect();
    assert_eq!(points, [["1", "20", "yes"], ["2", "140", "yes"]]);
    // As a change of the study it comes to the same.
    let study = dir.path().join("study.toml");
    let text = fs::read_to_string(&study)? + &fs::read_to_string(out.join("plan.toml"))?;
    fs::write(&study, text)?;
    let (with_plan, _) = read::study(&study)?;
    let results = walkshed::run(&changed(&with_plan)?, &Options::default())?;
    assert_eq!(results.coverage.total().covered(), People::whole(140));
    Ok(())
}

#[test]
fn only_what_is_near_and_of_the_kind_goes_in() -> Tested {
    let dir = tempfile::tempdir()?;
    town_of_desks(dir.path())?;
    for more in [["--within", "500"], ["--kind", "kiosk"]] {
        let text = planned(dir.path(), &[&ASKED[..], &more].concat())?;
        assert!(
            text.contains("no outlet is near enough to go into it"),
            "{text}"
        );
    }
    // A place of its own between the desks serves nobody but b.
    fs::write(dir.path().join("places.csv"), "id,lon,lat\nhere,0.0285,0\n")?;
    let asked = [&ASKED[..], &["--p", "2", "--candidates", "places.csv"]].concat();
    let text = planned(dir.path(), &asked)?;
    assert!(text.contains("best at the place of pass-desk"), "{text}");
    let (code, _, err) = siting(dir.path(), &["study.toml", "--problem", "merge"])?;
    assert_eq!(code, Some(2));
    assert!(err.contains("say into which centre"), "{err}");
    for (flag, value) in [
        ("--budget", "5"),
        ("--like", "centre"),
        ("--min-share", "0.5"),
    ] {
        let (code, _, err) = siting(dir.path(), &[&ASKED[..], &[flag, value]].concat())?;
        assert_eq!(code, Some(2), "{flag}");
        assert!(err.contains("takes no notice of it"), "{err}");
    }
    let (code, _, err) = siting(dir.path(), &["study.toml", "--within", "500"])?;
    assert_eq!(code, Some(2));
    assert!(err.contains("--within"), "{err}");
    Ok(())
}

//! Shares, capacities, phases, closings and links, as a user asks for them.

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::model::changed;
use walkshed::{Options, read};

use crate::{Tested, asked, json, planned, rows, siting, small_matrix};

/// The matrix of three villages in two units, all of whose places may open and serve so many.
fn villages_in_units(dir: &Path) -> Tested {
    small_matrix(dir)?;
    fs::write(
        dir.join("people.csv"),
        "id,population,unit\nu,50,east\nv,30,east\nw,40,west\n",
    )?;
    Ok(fs::write(
        dir.join("places.csv"),
        "id,capacity\na,\nb,60\nc,25\n",
    )?)
}

#[test]
fn conditions_besides_are_asked_of_a_matrix() -> Tested {
    let dir = tempfile::tempdir()?;
    villages_in_units(dir.path())?;
    // b has 80 within the limit, and serves 60.
    let text = planned(dir.path(), &asked(&["--p", "1"]))?;
    assert!(text.contains("60 of 120 people are covered then"), "{text}");
    let (_, text, _) = siting(dir.path(), &asked(&["--p", "2"]))?;
    assert!(text.contains("85 of 120 people are covered then"), "{text}");
    let rows = rows(&dir.path().join("out/siting/plan.csv"))?;
    let totals: Vec<&str> = rows.iter().map(|row| row[6].as_str()).collect();
    assert_eq!(totals, ["60", "85"]);
    // A share for each unit, or the proof that no plan has it, or who cannot.
    let share =
        |p: &str, share: &str| siting(dir.path(), &asked(&["--p", p, "--min-share", share]));
    let (code, text, _) = share("2", "0.5")?;
    assert_eq!(code, Some(0), "{text}");
    let (code, _, err) = share("1", "0.5")?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("no plan of 1 meets what every unit needs: this is proved"),
        "{err}"
    );
    let (code, _, err) = share("3", "0.9")?;
    assert_eq!(code, Some(2));
    assert!(err.contains("cover 62.5 % of the people of west"), "{err}");
    let asked_lscp = asked(&["--problem", "lscp", "--min-share", "0.6"]);
    let (_, text, _) = siting(dir.path(), &asked_lscp)?;
    assert!(
        text.contains("every unit has the share that is asked: at a cost of 2"),
        "{text}"
    );
    Ok(())
}

#[test]
fn the_fairest_plan_tells_what_it_costs_in_all() -> Tested {
    let dir = tempfile::tempdir()?;
    villages_in_units(dir.path())?;
    fs::write(dir.path().join("places.csv"), "id\na\nb\nc\n")?;
    let text = planned(dir.path(), &asked(&["--problem", "fair", "--p", "2"]))?;
    assert!(
        text.contains(
            "the worst-off unit has 100.0 % covered; 120 of 120 people are covered in all"
        ),
        "{text}"
    );
    let table = fs::read_to_string(dir.path().join("out/siting/fairness.csv"))?;
    assert!(
        table.starts_with("share,objective,bound,gap,proved\n"),
        "{table}"
    );
    // Covered by two sites: u alone, by a and b.
    let (_, text, _) = siting(dir.path(), &asked(&["--times", "2", "--p", "2"]))?;
    assert!(text.contains("50 of 120 people are covered then"), "{text}");
    // Without units nobody is worst off.
    small_matrix(dir.path())?;
    let (code, _, err) = siting(dir.path(), &asked(&["--problem", "fair"]))?;
    assert_eq!(code, Some(2));
    assert!(err.contains("give clients units"), "{err}");
    let (code, _, err) = siting(
        dir.path(),
        &asked(&["--problem", "p-median", "--times", "2"]),
    )?;
    assert_eq!(code, Some(2));
    assert!(err.contains("ask lscp or mclp"), "{err}");
    Ok(())
}

/// A street of 5 km with a county hall at its west end, four villages in two townships, and three places.
fn street_county(dir: &Path) -> Tested {
    let files = [
        (
            "streets.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.045,0]]}}]}"#,
        ),
        (
            "sites.csv",
            "id,kind,unit,lon,lat\nhall,county-centre,c,0.0,0\n",
        ),
        (
            "cells.csv",
            "id,unit,lon,lat,population\na,w,0.011,0,10\nb,w,0.013,0,20\nd,e,0.029,0,40\nf,e,0.042,0,80\n",
        ),
        (
            "units.csv",
            "id,name,parent\nc,County,\ne,East,c\nw,West,c\n",
        ),
        (
            "study.toml",
            "name = \"County\"\nlanguage = \"en\"\n[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\nunits = \"units.csv\"\n[[phase]]\nname = \"first\"\ndate = 2024-12-31\nunits = [\"e\"]\nshare = 0.5\n",
        ),
        (
            "places.csv",
            "id,lon,lat,status\np,0.012,0,\nq,0.029,0,\nr,0.042,0,\n",
        ),
    ];
    for (name, text) in files {
        fs::write(dir.join(name), text)?;
    }
    Ok(())
}

#[test]
fn a_phase_is_met_by_the_cheapest_places() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    let ask = |more: &[&str]| {
        let mut all = vec!["study.toml", "--candidates", "places.csv"];
        all.extend(more);
        siting(dir.path(), &all)
    };
    let (code, text, err) = ask(&["--problem", "lscp", "--phase", "first"])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        text.contains("every unit has the share that is asked: at a cost of 1"),
        "{text}"
    );
    let opened = || -> Result<Vec<String>, Box<dyn Error>> {
        let rows = rows(&dir.path().join("out/siting/plan.csv"))?;
        Ok(rows
            .iter()
            .map(|row| format!("{} {}", row[2], row[6]))
            .collect())
    };
    assert_eq!(opened()?, ["r 80"]);
    ask(&["--problem", "fair", "--p", "2"])?;
    assert_eq!(opened()?, ["r 80", "p 110"]);
    let (code, _, err) = ask(&["--phase", "second"])?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("no phase is called \"second\" – there are: first"),
        "{err}"
    );
    // What must open does, and what must not does not.
    let forced = "id,lon,lat,status\np,0.012,0,must\nq,0.029,0,\nr,0.042,0,never\n";
    fs::write(dir.path().join("places.csv"), forced)?;
    ask(&["--p", "2"])?;
    assert_eq!(opened()?, ["q 40", "p 70"]);
    fs::write(
        dir.path().join("places.csv"),
        "id,lon,lat,status\np,0.012,0,kept\n",
    )?;
    let (code, _, err) = ask(&[])?;
    assert_eq!(code, Some(3));
    assert!(err.contains("stands among the sites of the study"), "{err}");
    Ok(())
}

#[test]
fn phases_are_planned_for_together() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    let study = dir.path().join("study.toml");
    let more = "[[phase]]\nname = \"last\"\ndate = 2025-12-31\nshare = 1.0\n[[phase]]\nname = \"works\"\ndate = 2025-12-31\nof = \"firms\"\nshare = 1.0\n";
    fs::write(&study, fs::read_to_string(&study)? + more)?;
    let asked = ["study.toml", "--candidates", "places.csv", "--phases", "1"];
    let text = planned(dir.path(), &asked)?;
    assert!(
        text.contains("in all phases together 200 times somebody is covered"),
        "{text}"
    );
    assert!(
        text.contains("last: 120 of 150 people covered, 0 before; 0 fewer than by a free choice"),
        "{text}"
    );
    let out = dir.path().join("out/siting");
    let steps = rows(&out.join("plan.csv"))?;
    let steps: Vec<String> = steps
        .iter()
        .map(|row| [&*row[2], &row[5], &row[6], &row[10]].join(" "))
        .collect();
    assert_eq!(steps, ["r 80 80 first", "q 40 120 last"]);
    // One plan, whose steps and costs go on from phase to phase.
    let numbers: Vec<String> = rows(&out.join("plan.csv"))?
        .iter()
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(numbers, ["1", "2"]);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(out.join("plan.json"))?)?;
    assert_eq!(json["cost"], 2);
    let phases = rows(&out.join("plan_phases.csv"))?;
    assert_eq!(
        phases[0],
        [
            "first",
            "2024-12-31",
            "1",
            "120",
            "0",
            "80",
            "80",
            "80",
            "0",
            "0.666667",
            "0.5"
        ]
    );
    assert_eq!(phases.len(), 2);
    // In costs, of which each place takes one.
    let (code, text, _) = siting(dir.path(), &[&asked[..4], &["0,3", "--in-costs"]].concat())?;
    assert_eq!(code, Some(0));
    assert!(text.contains("in all phases together 150 times"), "{text}");
    street_county(dir.path())?;
    let text = fs::read_to_string(&study)?;
    fs::write(&study, text.split("[[phase]]").next().ok_or("a head")?)?;
    let (code, _, err) = siting(dir.path(), &asked)?;
    assert_eq!(code, Some(2));
    assert!(err.contains("add [[phase]] tables to its file"), "{err}");
    Ok(())
}

#[test]
fn what_can_close_is_told_with_who_needs_what() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    let sites = "id,kind,unit,lon,lat\nhall,county-centre,c,0.0,0\nwest,station,w,0.012,0\neast,station,e,0.029,0\n";
    fs::write(dir.path().join("sites.csv"), sites)?;
    let (code, text, err) = siting(
        dir.path(),
        &["study.toml", "--problem", "close", "--p", "2"],
    )?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        text.contains("2 sites close: 40 of 150 people are covered then, 70 before"),
        "{text}"
    );
    assert!(text.contains("most without east, 40 people"), "{text}");
    let out = dir.path().join("out/siting");
    assert_eq!(
        fs::read_to_string(out.join("pivotal.csv"))?,
        "site,name,left_without,cells\neast,east,40,d\nwest,west,30,a b\n"
    );
    let steps = rows(&out.join("plan.csv"))?;
    let steps: Vec<String> = steps
        .iter()
        .map(|row| [&*row[1], &row[2], &row[5], &row[6]].join(" "))
        .collect();
    assert_eq!(steps, ["close-site hall 0 70", "close-site west -30 40"]);
    // As a change of the study it comes to the same.
    let study = dir.path().join("study.toml");
    let text = fs::read_to_string(&study)? + &fs::read_to_string(out.join("plan.toml"))?;
    fs::write(&study, text)?;
    let (with_plan, _) = read::study(&study)?;
    let results = walkshed::run(&changed(&with_plan)?, &Options::default())?;
    assert_eq!(
        results.coverage.total().covered(),
        walkshed::People::whole(40)
    );
    let (code, _, err) = siting(
        dir.path(),
        &["study.toml", "--problem", "close", "--kind", "shop"],
    )?;
    assert_eq!(code, Some(2));
    assert!(err.contains("leave out --kind"), "{err}");
    Ok(())
}

#[test]
fn the_missing_bridge_is_built_as_the_study_reads_it() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    // A second street, a hundred metres beside the first and joined to it 4 km away, with a village on it.
    let streets = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.005,0],[0.045,0],[0.045,0.001],[0.005,0.001]]}}]}"#;
    fs::write(dir.path().join("streets.geojson"), streets)?;
    fs::write(
        dir.path().join("cells.csv"),
        "id,unit,lon,lat,population\na,w,0.006,0.001,10\n",
    )?;
    let asked = ["study.toml", "--problem", "link", "--longest", "150"];
    let text = planned(dir.path(), &asked)?;
    assert!(
        text.contains("1 link: 10 of 10 people are covered then, 0 before"),
        "{text}"
    );
    let out = dir.path().join("out/siting");
    let map = json(&out.join("plan.geojson"))?;
    let lines = map["features"].as_array().ok_or("features")?.iter();
    assert_eq!(
        lines
            .filter(|one| one["geometry"]["type"] == "LineString")
            .count(),
        1
    );
    let study = dir.path().join("study.toml");
    let text = fs::read_to_string(&study)? + &fs::read_to_string(out.join("plan.toml"))?;
    fs::write(&study, text)?;
    let (with_plan, _) = read::study(&study)?;
    let results = walkshed::run(&changed(&with_plan)?, &Options::default())?;
    assert_eq!(
        results.coverage.total().covered(),
        walkshed::People::whole(10)
    );
    Ok(())
}

/// Three streets beside each other that meet 4 km away, a village on each but the middle one: z is the larger one.
fn three_streets(dir: &Path) -> Tested {
    street_county(dir)?;
    let streets = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.005,0],[0.045,0],[0.045,0.001],[0.005,0.001]]}},{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0.045,0],[0.045,-0.001],[0.005,-0.001]]}}]}"#;
    fs::write(dir.join("streets.geojson"), streets)?;
    fs::write(
        dir.join("cells.csv"),
        "id,unit,lon,lat,population\na,e,0.006,0.001,10\nz,w,0.006,-0.001,1000\n",
    )?;
    Ok(())
}

#[test]
fn links_are_tried_for_those_whom_the_phase_is_for() -> Tested {
    let dir = tempfile::tempdir()?;
    three_streets(dir.path())?;
    let asked = [
        "study.toml",
        "--problem",
        "link",
        "--longest",
        "150",
        "--tried",
        "1",
        "--phase",
        "first",
    ];
    let text = planned(dir.path(), &asked)?;
    assert!(
        text.contains("1 link: 10 of 10 people are covered then, 0 before"),
        "{text}"
    );
    Ok(())
}

#[test]
fn the_total_of_all_phases_is_that_of_the_last() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    fs::write(
        dir.path().join("sites.csv"),
        "id,kind,unit,lon,lat\nhall,county-centre,c,0.0,0\nwest,station,w,0.012,0\n",
    )?;
    let study = dir.path().join("study.toml");
    let more = "[[phase]]\nname = \"last\"\ndate = 2025-12-31\nshare = 1.0\n";
    fs::write(&study, fs::read_to_string(&study)? + more)?;
    let asked = ["study.toml", "--candidates", "places.csv", "--phases"];
    planned(dir.path(), &[&asked[..], &["1,0"]].concat())?;
    let plan = json(&dir.path().join("out/siting/plan.json"))?;
    // Nothing opens for the last phase: the step counts the 80 of the first, which is for the east.
    assert_eq!(
        (&plan["total_before"], &plan["total_after"]),
        (&30.into(), &110.into())
    );
    let (code, _, err) = siting(dir.path(), &[&asked[..], &["1,0,2"]].concat())?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("3 numbers for 2 phases of people – give one each, or fewer"),
        "{err}"
    );
    Ok(())
}

#[test]
fn one_item_is_asked_of_phases_too() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    fs::write(
        dir.path().join("items.csv"),
        "id,name\ncard,Card\npass,Pass\n",
    )?;
    fs::write(
        dir.path().join("offers.csv"),
        "item,site,depth\ncard,hall,whole\npass,hall,whole\n",
    )?;
    let study = dir.path().join("study.toml");
    let text = fs::read_to_string(&study)?
        .replace(
            "[[phase]]",
            "items = \"items.csv\"\noffers = \"offers.csv\"\n[[phase]]",
        )
        .replace("share = 0.5", "share = 0.5\nitems = [\"pass\"]");
    fs::write(&study, text)?;
    for which in [["--phase", "first"], ["--phases", "1"]] {
        let asked = [
            &["study.toml", "--candidates", "places.csv", "--item", "card"][..],
            &which,
        ]
        .concat();
        planned(dir.path(), &asked)?;
        let out = dir.path().join("out/siting");
        let opened = fs::read_to_string(out.join("plan.toml"))?;
        assert!(
            opened.contains("card") && !opened.contains("pass"),
            "{opened}"
        );
        assert_eq!(rows(&out.join("plan.csv"))?[0][6], "80");
    }
    Ok(())
}

#[test]
fn units_without_others_above_count_each() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    let units = "id,name,parent\nc,County,\ne,East,\nw,West,\n";
    fs::write(dir.path().join("units.csv"), units)?;
    let asked = [
        "study.toml",
        "--candidates",
        "places.csv",
        "--problem",
        "lscp",
        "--min-share",
        "0.5",
    ];
    let text = planned(dir.path(), &asked)?;
    assert!(
        text.contains("every unit has the share that is asked: at a cost of 2"),
        "{text}"
    );
    Ok(())
}

#[test]
fn what_would_change_nothing_is_refused() -> Tested {
    let dir = tempfile::tempdir()?;
    street_county(dir.path())?;
    let refused = [
        ("fair", "--min-share", "0.5"),
        ("lscp", "--p", "2"),
        ("lscp", "--budget", "5"),
        ("close", "--budget", "5"),
        ("close", "--candidates", "cells"),
        ("close", "--like", "hall"),
        ("close", "--min-share", "0.5"),
        ("close", "--tried", "5"),
        ("link", "--budget", "5"),
        ("link", "--candidates", "cells"),
        ("link", "--like", "hall"),
        ("link", "--min-share", "0.5"),
        ("link", "--kind", "county-centre"),
        ("mclp", "--longest", "50"),
        ("p-median", "--tried", "5"),
    ];
    for (problem, flag, value) in refused {
        let ask = |more: &[&str]| {
            let asked = ["study.toml", "--problem", problem, "--language", "zh"];
            siting(dir.path(), &[&asked[..], more].concat())
        };
        let (code, _, err) = ask(&[flag, value])?;
        assert_eq!(code, Some(2), "{problem} {flag}: {err}");
        assert!(err.contains(flag) && err.contains("请去掉"), "{err}");
        // Without it there is an answer.
        if problem == "close" || problem == "mclp" {
            let (code, _, err) = ask(&[])?;
            assert_eq!(code, Some(0), "{err}");
        }
    }
    let places = "id,lon,lat,capacity\np,0.012,0,\nq,0.029,0,30\n";
    fs::write(dir.path().join("places.csv"), places)?;
    let (code, _, err) = siting(dir.path(), &["study.toml", "--candidates", "places.csv"])?;
    assert_eq!(code, Some(3));
    assert!(
        err.contains("leave the column out, or ask a matrix"),
        "{err}"
    );
    villages_in_units(dir.path())?;
    for problem in ["p-median", "p-center"] {
        let (code, _, err) = siting(dir.path(), &asked(&["--problem", problem]))?;
        assert_eq!(code, Some(2));
        assert!(err.contains("leave it out, or ask one of these"), "{err}");
    }
    // The farthest are as far as they are.
    let (code, _, err) = siting(
        dir.path(),
        &asked(&["--problem", "p-center", "--limit", "9"]),
    )?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("--limit: --problem p-center takes no notice of it"),
        "{err}"
    );
    Ok(())
}

//! The siting example as a user runs it, and what becomes of its plan in a study.

#[path = "../common/built.rs"]
mod built;
mod merging;
mod of_a_map;
mod sides;
#[path = "../common/told.rs"]
mod told;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use told::{Told, told};
use walkshed::model::changed;
use walkshed::{Options, read};

type Tested = Result<(), Box<dyn Error>>;

fn siting(dir: &Path, arguments: &[&str]) -> Result<Told, Box<dyn Error>> {
    told("siting", dir, arguments)
}

/// What is printed of a plan that is made.
fn planned(dir: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let (code, text, err) = siting(dir, arguments)?;
    assert_eq!(code, Some(0), "{err}");
    Ok(text)
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// The rows of a table, without its head.
fn rows(path: &Path) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().skip(1);
    Ok(rows
        .map(|row| row.split(',').map(str::to_owned).collect())
        .collect())
}

/// The fixture's folder in another place, its study without changes of its own.
fn fixture(dir: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou");
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_file() {
            fs::copy(&path, dir.join(path.file_name().ok_or("a name")?))?;
        }
    }
    let study = dir.join("study.toml");
    let text = fs::read_to_string(&study)?;
    let mut tables: Vec<&str> = text.split("\n[").collect();
    tables.retain(|table| !table.starts_with("[change]]"));
    fs::write(&study, tables.join("\n["))?;
    Ok(study)
}

/// Every hundredth cell of the fixture, as places where a site could open.
fn some_places(dir: &Path) -> Tested {
    let cells = rows(&dir.join("cells.csv"))?;
    let mut text = "编号,经度,纬度,费用\n".to_owned();
    for (number, cell) in cells.iter().enumerate().step_by(100) {
        writeln!(text, "p{number},{},{},2", cell[LON], cell[LAT])?;
    }
    Ok(fs::write(dir.join("places.csv"), text)?)
}

const LON: usize = 3;
const LAT: usize = 4;

#[test]
fn a_plan_for_the_fixture_brings_what_it_promises() -> Tested {
    let dir = tempfile::tempdir()?;
    let study = fixture(dir.path())?;
    some_places(dir.path())?;
    let asked = [
        "study.toml",
        "--problem",
        "mclp",
        "--p",
        "3",
        "--candidates",
        "places.csv",
        "--kind",
        "township-centre",
        "--language",
        "en",
    ];
    let (code, out, err) = siting(dir.path(), &asked)?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.contains("proved: no choice among these places is better"),
        "{out}"
    );
    let out = dir.path().join("out/siting");
    let plan = json(&out.join("plan.json"))?;
    assert_eq!(
        (&plan["proved"], &plan["steps"], &plan["cost"]),
        (&true.into(), &3.into(), &6.into())
    );
    assert_eq!(plan["objective"], plan["total_after"]);

    // Each step, made in the study as the file says, is judged by a run of its own.
    let text = fs::read_to_string(&study)?;
    let changes = fs::read_to_string(out.join("plan.toml"))?;
    let tables: Vec<&str> = changes.split("\n[[change]]").collect();
    for (done, step) in rows(&out.join("plan.csv"))?.iter().enumerate() {
        let so_far = tables[..done + 2].join("\n[[change]]");
        fs::write(&study, format!("{text}\n{so_far}"))?;
        let (with_plan, _) = read::study(&study)?;
        let results = walkshed::run(&changed(&with_plan)?, &Options::default())?;
        let covered = results.coverage.total().covered().as_f64();
        assert_eq!(
            step[6].parse::<f64>()?.to_bits(),
            covered.to_bits(),
            "{step:?}"
        );
        assert!(step[5].parse::<f64>()? > 0.0);
    }
    assert_eq!(rows(&out.join("frontier.csv"))?.len(), 4);
    let map: Value = json(&out.join("plan.geojson"))?;
    let features = map["features"].as_array().ok_or("features")?;
    let of = |role: &str| {
        features
            .iter()
            .filter(|one| one["properties"]["role"] == role)
            .count()
    };
    assert_eq!((of("chosen"), of("considered")), (3, 30));
    assert!(of("newly-covered") > 3);
    Ok(())
}

/// Three villages, and three places: b has two of them.
fn small_matrix(dir: &Path) -> Tested {
    fs::write(dir.join("people.csv"), "id,population\nu,50\nv,30\nw,40\n")?;
    fs::write(
        dir.join("places.csv"),
        "id,cost,status\na,1,\nb,1,\nc,1,forbidden\n",
    )?;
    let costs = "from,to,minutes\nu,a,3\nu,b,15\nv,b,15.0\nv,a,15.001\nw,c,2\n";
    Ok(fs::write(dir.join("costs.csv"), costs)?)
}

const SMALL: [&str; 8] = [
    "--matrix",
    "costs.csv",
    "--from",
    "people.csv",
    "--to",
    "places.csv",
    "--language",
    "en",
];

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut all: Vec<&str> = SMALL.to_vec();
    all.extend(more);
    all
}

#[test]
fn a_matrix_needs_no_streets() -> Tested {
    let dir = tempfile::tempdir()?;
    small_matrix(dir.path())?;
    let text = planned(dir.path(), &asked(&["--problem", "mclp"]))?;
    assert_eq!(
        text.lines().take(5).collect::<Vec<_>>(),
        [
            "costs.csv",
            "80 of 120 people are covered then",
            "proved: no choice among these places is better",
            "     #  site                                    gain         total      cost",
            "     1  b                                         80            80         1",
        ]
    );
    let out = dir.path().join("out/siting");
    assert_eq!(
        fs::read_to_string(out.join("plan.csv"))?,
        "step,do,site,lon,lat,gain,total,cost,item,steps,group,bound,folded\n1,open-site,b,,,80,80,1,,,,80,\n"
    );
    assert_eq!(
        fs::read_to_string(out.join("frontier.csv"))?,
        "sites,objective,bound,gap,proved\n0,0,0,0.0,yes\n1,80,80,0.0,yes\n"
    );
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&out)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    assert_eq!(
        names,
        ["frontier.csv", "manifest.json", "plan.csv", "plan.json"]
    );
    Ok(())
}

#[test]
fn who_cannot_be_covered_is_named() -> Tested {
    let dir = tempfile::tempdir()?;
    small_matrix(dir.path())?;
    let (code, text, _) = siting(dir.path(), &asked(&["--problem", "lscp"]))?;
    assert_eq!(code, Some(0));
    assert!(
        text.contains("1 cannot be served from any of these places: w"),
        "{text}"
    );
    let plan = json(&dir.path().join("out/siting/plan.json"))?;
    assert_eq!(plan["unserved"], serde_json::json!(["w"]));
    assert_eq!(
        (&plan["objective"], &plan["proved"]),
        (&1.into(), &true.into())
    );
    Ok(())
}

#[test]
fn what_is_wrong_is_told_with_what_to_do() -> Tested {
    let dir = tempfile::tempdir()?;
    let wrong: [(&str, &str, &str); 6] = [
        (
            "costs.csv",
            "from,to,minutes\nx,a,3\n",
            "column \"from\" is \"x\", expected an id of the other table",
        ),
        (
            "costs.csv",
            "from,to,minutes\nu,a,-3\n",
            "is \"-3\", expected a number from 0 to 7,158 minutes",
        ),
        (
            "costs.csv",
            "from,minutes\nu,3\n",
            "there is no column for to; the columns are: from, minutes",
        ),
        (
            "places.csv",
            "id,status\na,perhaps\n",
            "expected candidate, kept, forced or forbidden",
        ),
        (
            "places.csv",
            "id,cost\na,1.5\n",
            "expected a whole number from 0",
        ),
        (
            "people.csv",
            "id,population\nu,-1\n",
            "expected a number from 0 to 1,000,000,000",
        ),
    ];
    for (file, text, told) in wrong {
        small_matrix(dir.path())?;
        fs::write(dir.path().join(file), text)?;
        let (code, _, err) = siting(dir.path(), &asked(&[]))?;
        assert_eq!(code, Some(3), "{file}: {err}");
        assert!(err.contains(told), "{err}");
        assert!(!dir.path().join("out/siting/plan.csv").exists());
    }
    // A matrix of metres does not say what near is.
    small_matrix(dir.path())?;
    fs::write(dir.path().join("costs.csv"), "from,to,metres\nu,a,3\n")?;
    let (code, _, err) = siting(dir.path(), &asked(&[]))?;
    assert_eq!(code, Some(2));
    assert!(err.contains("--limit: the matrix is in metres"), "{err}");
    planned(dir.path(), &asked(&["--limit", "1000"]))?;
    Ok(())
}

#[test]
fn too_few_sites_for_all_are_told_with_how_many_it_takes() -> Tested {
    let dir = tempfile::tempdir()?;
    small_matrix(dir.path())?;
    fs::write(dir.path().join("places.csv"), "id\na\nb\nc\n")?;
    let (code, _, err) = siting(dir.path(), &asked(&["--problem", "p-center", "--p", "1"]))?;
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("it takes 2 at least"), "{err}");
    let (code, text, _) = siting(dir.path(), &asked(&["--problem", "p-center", "--p", "2"]))?;
    assert_eq!(code, Some(0));
    assert!(text.contains("the farthest are 15 away"), "{text}");
    Ok(())
}

#[test]
fn a_time_of_nothing_leaves_a_plan_that_is_not_called_proved() -> Tested {
    let dir = tempfile::tempdir()?;
    let id = |number: u32| format!("n{number}");
    let mut people = "id,weight\n".to_owned();
    let mut places = "id\n".to_owned();
    let mut costs = "from,to,minutes\n".to_owned();
    for from in 0..60_u32 {
        writeln!(people, "{},{}", id(from), 1 + from * 7 % 13)?;
        writeln!(places, "{}", id(from))?;
        for to in 0..60_u32 {
            let far =
                (from * 37 % 61).abs_diff(to * 37 % 61) + (from * 17 % 59).abs_diff(to * 17 % 59);
            writeln!(costs, "{},{},{far}", id(from), id(to))?;
        }
    }
    for (name, text) in [
        ("people.csv", people),
        ("places.csv", places),
        ("costs.csv", costs),
    ] {
        fs::write(dir.path().join(name), text)?;
    }
    let (code, text, _) = siting(dir.path(), &asked(&["--p", "5", "--seconds", "0"]))?;
    assert_eq!(code, Some(0));
    assert!(
        text.contains("not proved: no choice among these places is better than"),
        "{text}"
    );
    let (_, text, _) = siting(dir.path(), &asked(&["--p", "5"]))?;
    assert!(
        text.contains("proved: no choice among these places is better\n"),
        "{text}"
    );
    Ok(())
}

//! The delegate example as a user runs it, and what becomes of its list in a study.

#[path = "common/built.rs"]
mod built;
#[path = "common/told.rs"]
mod told;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use told::{Told, told};
use walkshed::model::{Study, Takers, changed};
use walkshed::{Options, People, read};

type Tested = Result<(), Box<dyn Error>>;

fn delegate(dir: &Path, arguments: &[&str]) -> Result<Told, Box<dyn Error>> {
    told("delegate", dir, arguments)
}

/// A row by the names of its columns.
type Row = Vec<(String, String)>;

fn rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().ok_or("a head")?.split(',').collect();
    let row = |line: &str| {
        let named = head.iter().zip(line.split(','));
        named
            .map(|(name, value)| ((*name).to_owned(), value.to_owned()))
            .collect()
    };
    Ok(lines.map(row).collect())
}

fn of<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    let found = row.iter().find(|(name, _)| name == column);
    &found.expect("a column").1
}

/// A street of 5 km with a county hall at its west end, two stations, a kiosk, and four villages.
///
/// One degree of longitude at the equator is 111 km: 0.001 are 111 m, and 15 minutes 1,000 m.
fn county(dir: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let files = [
        (
            "streets.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.045,0]]}}]}"#,
        ),
        (
            "sites.csv",
            "id,name,kind,unit,lon,lat\nhall,Hall,county-centre,c,0.0,0\neast,East,village-station,e,0.03,0\nwest,West,village-station,w,0.012,0\nkiosk,Kiosk,mall-kiosk,e,0.031,0\n",
        ),
        (
            "cells.csv",
            "id,unit,lon,lat,population\na,w,0.011,0,10\nb,w,0.013,0,20\nd,e,0.029,0,40\nf,e,0.032,0,80\n",
        ),
        (
            "units.csv",
            "id,name,parent\nc,County,\ne,East,c\nw,West,c\n",
        ),
        (
            "items.csv",
            "id,name,department\ncard,Card,Labour\npass,Pass,Police\nheat,Heating,Labour\n",
        ),
        (
            "offers.csv",
            "item,site,depth\ncard,hall,whole\npass,hall,whole\nheat,hall,whole\ncard,east,accept\nheat,west,whole\n",
        ),
        (
            "study.toml",
            "name = \"County\"\nlanguage = \"en\"\n[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\nunits = \"units.csv\"\nitems = \"items.csv\"\noffers = \"offers.csv\"\n[[phase]]\nname = \"west\"\ndate = 2024-12-31\nunits = [\"w\"]\nitems = [\"card\", \"pass\"]\nshare = 1.0\n",
        ),
    ];
    for (name, text) in files {
        fs::write(dir.join(name), text)?;
    }
    Ok(dir.join("study.toml"))
}

fn person_items(study: &Study) -> Result<People, Box<dyn Error>> {
    let results = walkshed::run(study, &Options::default())?;
    let cells = study.cells().iter();
    Ok(cells
        .map(|(cell, _)| results.coverage.person_items(cell))
        .sum())
}

#[test]
fn the_list_is_in_the_order_of_doing_it() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let (code, text, err) = delegate(dir.path(), &["study.toml", "--pushes", "4"])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        text.contains("4 pushes: 420 times somebody gets an item done then, 30 times before"),
        "{text}"
    );
    let out = dir.path().join("out/delegate");
    let shown: Vec<[String; 5]> = rows(&out.join("plan.csv"))?
        .iter()
        .map(|row| {
            ["site", "item", "steps", "gain", "total"].map(|column| of(row, column).to_owned())
        })
        .collect();
    // East serves d and f, 120 people; of the card it takes in the papers already. The kiosk takes nothing.
    assert_eq!(
        shown,
        [
            ["east", "card", "issue", "120", "150"],
            ["east", "heat", "accept+issue", "120", "270"],
            ["east", "pass", "accept+issue", "120", "390"],
            ["west", "card", "accept+issue", "30", "420"],
        ]
    );
    let plan: Value = serde_json::from_str(&fs::read_to_string(out.join("plan.json"))?)?;
    assert_eq!(
        (&plan["objective"], &plan["bound"], &plan["proved"]),
        (&420.into(), &420.into(), &true.into())
    );
    Ok(())
}

#[test]
fn every_beginning_of_a_list_brings_what_it_promises() -> Tested {
    let dir = tempfile::tempdir()?;
    let study = county(dir.path())?;
    let text = fs::read_to_string(&study)?;
    delegate(dir.path(), &["study.toml", "--pushes", "5"])?;
    let out = dir.path().join("out/delegate");
    let changes = fs::read_to_string(out.join("plan.toml"))?;
    let tables: Vec<&str> = changes.split("\n[[change]]").collect();
    let steps = rows(&out.join("plan.csv"))?;
    assert_eq!(steps.len(), 5);
    for (done, step) in steps.iter().enumerate() {
        let so_far = tables[..done + 2].join("\n[[change]]");
        fs::write(&study, format!("{text}\n{so_far}"))?;
        let (with_plan, _) = read::study(&study)?;
        let after = person_items(&changed(&with_plan)?)?;
        assert_eq!(
            of(step, "total").parse::<f64>()?.to_bits(),
            after.as_f64().to_bits()
        );
        assert!(of(step, "bound").parse::<f64>()? >= after.as_f64());
    }
    Ok(())
}

#[test]
fn departments_and_units_get_lists_of_their_own() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let lists = |by: &str| -> Result<Vec<[String; 5]>, Box<dyn Error>> {
        let asked = ["study.toml", "--pushes", "2", "--by", by];
        let (code, _, err) = delegate(dir.path(), &asked)?;
        assert_eq!(code, Some(0), "{err}");
        let rows = rows(&dir.path().join("out/delegate/plan.csv"))?;
        let shown = rows.iter().map(|row| {
            ["group", "step", "site", "item", "gain"].map(|column| of(row, column).to_owned())
        });
        Ok(shown.collect())
    };
    assert_eq!(
        lists("department")?,
        [
            ["Labour", "1", "east", "card", "120"],
            ["Labour", "2", "east", "heat", "120"],
            ["Police", "1", "east", "pass", "120"],
            ["Police", "2", "west", "pass", "30"],
        ]
    );
    let path = dir.path().join("out/delegate/plan.json");
    let plan: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    assert_eq!(
        (&plan["objective"], &plan["proved"]),
        (&420.into(), &true.into())
    );
    assert_eq!(
        lists("unit")?,
        [
            ["e", "1", "east", "card", "120"],
            ["e", "2", "east", "heat", "120"],
            ["w", "1", "west", "card", "30"],
            ["w", "2", "west", "pass", "30"],
        ]
    );
    Ok(())
}

#[test]
fn sites_and_departments_take_no_more_than_they_can() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let list = |more: &[&str]| -> Result<Vec<[String; 2]>, Box<dyn Error>> {
        let mut asked = vec!["study.toml", "--pushes", "4"];
        asked.extend(more);
        let (code, _, err) = delegate(dir.path(), &asked)?;
        assert_eq!(code, Some(0), "{err}");
        let rows = rows(&dir.path().join("out/delegate/plan.csv"))?;
        let shown = rows
            .iter()
            .map(|row| ["site", "gain"].map(|column| of(row, column).to_owned()));
        Ok(shown.collect())
    };
    assert_eq!(
        list(&["--per-site", "1"])?,
        [["east", "120"], ["west", "30"]]
    );
    // The police may write one paper, and labour two.
    assert_eq!(
        list(&["--per-department", "1"])?,
        [["east", "120"], ["east", "120"]]
    );
    assert!(list(&["--per-site", "0"])?.is_empty());
    Ok(())
}

#[test]
fn shorter_lists_keep_to_the_limits_too() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let asked = ["study.toml", "--pushes", "4", "--per-site", "2"];
    let (code, _, err) = delegate(dir.path(), &asked)?;
    assert_eq!(code, Some(0), "{err}");
    let points = rows(&dir.path().join("out/delegate/frontier.csv"))?;
    let points: Vec<[String; 4]> = points
        .iter()
        .map(|row| ["sites", "objective", "bound", "proved"].map(|column| of(row, column).into()))
        .collect();
    // The third push goes to the other site and brings 30, not the 120 of a third to the first.
    let expected = [("1", "150"), ("2", "270"), ("3", "300"), ("4", "330")];
    assert_eq!(
        points,
        expected.map(|(sites, done)| [sites, done, done, "yes"])
    );
    Ok(())
}

#[test]
fn a_phase_asks_its_own_items_in_its_own_units() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let asked = ["study.toml", "--pushes", "9", "--phase", "west"];
    let (code, text, err) = delegate(dir.path(), &asked)?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        text.contains("2 pushes: 60 times somebody gets an item done then, 0 times before"),
        "{text}"
    );
    let (code, _, err) = delegate(dir.path(), &["study.toml", "--phase", "east"])?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("no phase is called \"east\" – there are: west"),
        "{err}"
    );
    Ok(())
}

/// The county at a moment when east is closed, with a paper of west for the pass that has run out.
fn closed_county(dir: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let study = county(dir)?;
    let moment = "[time]\nat = 2024-06-05T10:00:00\nunstated_hours = \"24/7\"\n[target]\ndate = 2024-06-05\n[[phase]]";
    let text = fs::read_to_string(&study)?.replacen("[[phase]]", moment, 1);
    fs::write(&study, text)?;
    let sites = fs::read_to_string(dir.join("sites.csv"))?;
    let mut lines = sites.lines();
    let mut with_hours = format!("{},opening_hours\n", lines.next().ok_or("a head")?);
    for line in lines {
        let hours = if line.starts_with("east") {
            "Mo-Su 14:00-18:00"
        } else {
            ""
        };
        with_hours += &[line, ",", hours, "\n"].concat();
    }
    fs::write(dir.join("sites.csv"), with_hours)?;
    let offers = "item,site,depth,until\ncard,hall,whole,\npass,hall,whole,\nheat,hall,whole,\ncard,east,whole,\nheat,west,whole,\npass,west,whole,2024-03-31\n";
    fs::write(dir.join("offers.csv"), offers)?;
    Ok(study)
}

#[test]
fn hours_and_renewals_compete_with_pushes() -> Tested {
    let dir = tempfile::tempdir()?;
    let study = closed_county(dir.path())?;
    let asked = [
        "study.toml",
        "--pushes",
        "5",
        "--also",
        "hours,renew,helper,reach",
    ];
    let (code, shown, err) = delegate(dir.path(), &asked)?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        shown.contains("5 measures, each counted as one: 450 times somebody gets an item done then, 30 times before"),
        "{shown}"
    );
    assert!(
        shown.contains("pushed down 3, longer hours 1, renewed 1, helpers 0, cross-area windows 0"),
        "{shown}"
    );
    let out = dir.path().join("out/delegate");
    let steps = rows(&out.join("plan.csv"))?;
    let told: Vec<[String; 4]> = steps
        .iter()
        .map(|row| ["do", "site", "item", "gain"].map(|column| of(row, column).to_owned()))
        .collect();
    // East does the card already: once its doors open in the morning, what it is handed helps, too. West serves 30.
    assert_eq!(
        told,
        [
            ["hours", "east", "", "120"],
            ["offer", "east", "heat", "120"],
            ["offer", "east", "pass", "120"],
            ["offer", "west", "card", "30"],
            ["renew", "west", "pass", "30"],
        ]
    );
    // Without it, nothing that goes to east helps anybody.
    let (code, _, err) = delegate(dir.path(), &["study.toml", "--pushes", "4"])?;
    assert_eq!(code, Some(0), "{err}");
    let alone = rows(&dir.path().join("out/delegate/plan.csv"))?;
    assert!(
        alone.iter().all(|row| of(row, "site") == "west"),
        "{alone:?}"
    );

    // Each beginning, read back by the study file.
    delegate(dir.path(), &asked)?;
    let text = fs::read_to_string(&study)?;
    let changes = fs::read_to_string(out.join("plan.toml"))?;
    let tables: Vec<&str> = changes.split("\n[[change]]").collect();
    for (done, step) in steps.iter().enumerate() {
        let so_far = tables[..done + 2].join("\n[[change]]");
        fs::write(&study, format!("{text}\n{so_far}"))?;
        let (with_plan, _) = read::study(&study)?;
        let after = person_items(&changed(&with_plan)?)?;
        assert_eq!(
            of(step, "total").parse::<f64>()?.to_bits(),
            after.as_f64().to_bits()
        );
        assert!(of(step, "bound").parse::<f64>()? >= after.as_f64());
    }
    Ok(())
}

#[test]
fn a_budget_pays_for_what_brings_most_for_its_cost() -> Tested {
    let dir = tempfile::tempdir()?;
    closed_county(dir.path())?;
    let list = |budget: &str, more: &[&str]| -> Result<Vec<[String; 4]>, Box<dyn Error>> {
        let mut asked = vec!["study.toml", "--budget", budget, "--also", "hours,renew"];
        asked.extend(more);
        let (code, _, err) = delegate(dir.path(), &asked)?;
        assert_eq!(code, Some(0), "{err}");
        let steps = rows(&dir.path().join("out/delegate/plan.csv"))?;
        let told = steps
            .iter()
            .map(|row| ["do", "site", "gain", "cost"].map(|column| of(row, column).to_owned()));
        Ok(told.collect())
    };
    let dear = ["--costs", "hours=5,push=2"];
    // The doors of east bring 120 for 5, what is handed down behind them 120 for 2 each.
    assert_eq!(
        list("9", &dear)?,
        [
            ["hours", "east", "120", "5"],
            ["offer", "east", "120", "7"],
            ["offer", "east", "120", "9"],
        ]
    );
    // With less the doors stay shut.
    assert_eq!(
        list("4", &dear)?,
        [["renew", "west", "30", "1"], ["offer", "west", "30", "3"],]
    );
    let plan = fs::read_to_string(dir.path().join("out/delegate/plan.json"))?;
    let plan: Value = serde_json::from_str(&plan)?;
    assert_eq!(
        (&plan["cost"], &plan["budget"], &plan["proved"]),
        (&3.into(), &4.into(), &true.into())
    );
    // Each list by itself.
    assert_eq!(
        list("3", &["--costs", "push=2", "--by", "department"])?,
        [["offer", "west", "30", "2"], ["renew", "west", "30", "1"],]
    );
    // At 1 each it is so many measures.
    let (_, text, _) = delegate(
        dir.path(),
        &["study.toml", "--budget", "2", "--also", "hours"],
    )?;
    assert!(
        text.contains("2 measures at a cost of 2, of 2 that may be spent: 270 times"),
        "{text}"
    );
    Ok(())
}

#[test]
fn costs_that_make_no_sense_are_refused() -> Tested {
    let dir = tempfile::tempdir()?;
    county(dir.path())?;
    let refused = |more: &[&str]| -> Result<String, Box<dyn Error>> {
        let mut asked = vec!["study.toml"];
        asked.extend(more);
        let (code, _, err) = delegate(dir.path(), &asked)?;
        assert_eq!(code, Some(2), "{err}");
        Ok(err)
    };
    let err = refused(&["--budget", "5", "--pushes", "5"])?;
    assert!(err.contains("cannot be used with"), "{err}");
    let err = refused(&["--costs", "push=2"])?;
    assert!(err.contains("--budget"), "{err}");
    let err = refused(&["--budget", "5", "--costs", "hours=2"])?;
    assert!(
        err.contains("names a measure that --also does not"),
        "{err}"
    );
    let err = refused(&["--budget", "5", "--costs", "push=2,push=3"])?;
    assert!(err.contains("a measure has two costs"), "{err}");
    for (costs, expected) in [
        ("push", "such as hours=5"),
        ("walk=2", "expected push, hours, renew, helper or reach"),
        ("push=0", "a whole number from 1"),
        ("push=1.5", "a whole number from 1"),
        ("push=1000000001", "a whole number from 1 to 1000000000"),
    ] {
        let err = refused(&["--budget", "5", "--costs", costs])?;
        assert!(err.contains(expected), "{err}");
    }
    Ok(())
}

#[test]
fn doors_are_no_departments() -> Tested {
    let dir = tempfile::tempdir()?;
    closed_county(dir.path())?;
    let doing = |by: &str| -> Result<Vec<[String; 4]>, Box<dyn Error>> {
        let asked = [
            "study.toml",
            "--pushes",
            "1",
            "--also",
            "hours,renew",
            "--by",
            by,
        ];
        let (code, _, err) = delegate(dir.path(), &asked)?;
        assert_eq!(code, Some(0), "{err}");
        let steps = rows(&dir.path().join("out/delegate/plan.csv"))?;
        let told = steps
            .iter()
            .map(|row| ["group", "step", "do", "site"].map(|column| of(row, column).to_owned()));
        Ok(told.collect())
    };
    assert_eq!(
        doing("department")?,
        [
            ["Labour", "1", "offer", "west"],
            ["Police", "1", "renew", "west"]
        ]
    );
    assert_eq!(
        doing("unit")?,
        [["e", "1", "hours", "east"], ["w", "1", "offer", "west"]]
    );
    Ok(())
}

#[test]
fn the_fixtures_list_brings_what_it_promises() -> Tested {
    let dir = tempfile::tempdir()?;
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou");
    for entry in fs::read_dir(&from)? {
        let path = entry?.path();
        if path.is_file() {
            fs::copy(&path, dir.path().join(path.file_name().ok_or("a name")?))?;
        }
    }
    let (code, _, err) = delegate(dir.path(), &["study.toml", "--pushes", "10"])?;
    assert_eq!(code, Some(0), "{err}");
    let out = dir.path().join("out/delegate");
    let study = dir.path().join("study.toml");
    let text = fs::read_to_string(&study)? + "\n" + &fs::read_to_string(out.join("plan.toml"))?;
    fs::write(&study, text)?;
    let (with_plan, _) = read::study(&study)?;
    let steps = rows(&out.join("plan.csv"))?;
    assert_eq!(steps.len(), 10);
    let takers = Takers::of(&with_plan);
    for step in &steps {
        let site = with_plan.sites().find(of(step, "site")).ok_or("a site")?;
        let item = with_plan
            .catalogue()
            .find(of(step, "item"))
            .ok_or("an item")?;
        assert!(takers.can_take(site, item), "{step:?}");
    }
    let after = person_items(&changed(&with_plan)?)?;
    let last = steps.last().ok_or("steps")?;
    assert_eq!(
        of(last, "total").parse::<f64>()?.to_bits(),
        after.as_f64().to_bits()
    );
    Ok(())
}

//! The assess example as a user runs it: what it tells, what it writes, and how it ends.

#[path = "common/built.rs"]
mod built;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

type Tested = Result<(), Box<dyn Error>>;

fn example() -> &'static Path {
    built::example("assess")
}

/// A street of 2 km: a site at its begin, 10 people near it, 30 people at its end.
fn study(more: &str) -> Result<tempfile::TempDir, std::io::Error> {
    let dir = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text);
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.22,29.7]]}"#,
    )?;
    write("sites.csv", "id,kind,unit,lon,lat\ns,centre,e,116.2,29.7\n")?;
    write(
        "cells.csv",
        "id,unit,lon,lat,population\na,e,116.201,29.7,10\nb,w,116.219,29.7,30\n",
    )?;
    write("units.csv", "id,name,parent\nc,县,\ne,东镇,c\nw,西镇,c\n")?;
    let inputs = ["streets.geojson", "sites.csv", "cells.csv", "units.csv"].map(|file| {
        format!(
            "{} = '{file}'\n",
            file.split('.').next().unwrap_or_default()
        )
    });
    write(
        "study.toml",
        &format!("[inputs]\n{}{more}", inputs.concat()),
    )?;
    Ok(dir)
}

const PHASE: &str = "[[phase]]\nname = 'all'\ndate = 2024-12-31\nshare = 0.9\n";
const CHANGE: &str = "[[change]]\ndo = 'open-site'\nsite = 't'\nkind = 'centre'\nunit = 'w'\nlon = 116.219\nlat = 29.7\n";

fn run(dir: &Path, arguments: &[&str]) -> Result<Output, std::io::Error> {
    Command::new(example())
        .current_dir(dir)
        .arg("study.toml")
        .args(arguments)
        .output()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_missed_phase_is_told_and_may_set_the_exit_code() -> Tested {
    let dir = study(PHASE)?;
    let told = run(dir.path(), &["--quiet"])?;
    assert_eq!(told.status.code(), Some(0));
    let text = stdout(&told);
    assert!(
        text.contains("  all (2024-12-31): missed, share 25.0 % of 90.0 % asked, short by 26 people; units: 1 met it, 2 missed\n    – build a site, for example at b: 30 people\n"),
        "{text}"
    );
    assert!(
        text.contains("leading units:\n  东镇") && text.contains("100.0 %  score 100.0 %  1 of 2"),
        "{text}"
    );
    let failed = run(dir.path(), &["--quiet", "--fail-on-missed"])?;
    assert_eq!(failed.status.code(), Some(1));
    let met = study(&PHASE.replace("0.9", "0.25"))?;
    assert_eq!(
        run(met.path(), &["--quiet", "--fail-on-missed"])?
            .status
            .code(),
        Some(0)
    );
    Ok(())
}

#[test]
fn changes_and_an_earlier_run_are_compared() -> Tested {
    let dir = study(CHANGE)?;
    let before = run(dir.path(), &["--quiet", "--out", "before"])?;
    let text = stdout(&before);
    assert!(
        text.contains("with the what-if changes: share 25.0 % → 100.0 %, 30 people newly covered"),
        "{text}"
    );
    let after = run(
        dir.path(),
        &[
            "--quiet",
            "--changed",
            "--out",
            "after",
            "--against",
            "before",
        ],
    )?;
    let text = stdout(&after);
    assert!(
        text.contains("since the earlier run: share 25.0 % → 100.0 %, 30 people newly covered"),
        "{text}"
    );
    let read = |file: &str| fs::read_to_string(dir.path().join(file));
    assert_eq!(
        read("before/change_units.csv")?,
        read("after/trend_units.csv")?
    );
    assert_eq!(
        read("before/change_cells.csv")?,
        read("after/trend_cells.csv")?
    );
    assert!(!dir.path().join("after/change_units.csv").exists());
    Ok(())
}

#[test]
fn several_earlier_runs_are_told_run_by_run() -> Tested {
    let dir = study("")?;
    let at = |year: i32, out: &str, against: &[&str]| -> Result<String, Box<dyn Error>> {
        let text = fs::read_to_string(dir.path().join("study.toml"))?;
        let inputs = text.split("[target]").next().unwrap_or_default();
        let text = format!("{inputs}[target]\ndate = {year}-12-31\n");
        fs::write(dir.path().join("study.toml"), text)?;
        let against = against.iter().flat_map(|earlier| ["--against", earlier]);
        let arguments: Vec<&str> = ["--quiet", "--out", out]
            .into_iter()
            .chain(against)
            .collect();
        Ok(stdout(&run(dir.path(), &arguments)?))
    };
    at(2022, "first", &[])?;
    at(2023, "second", &[])?;
    let text = at(2024, "third", &["second", "first"])?;
    let expected = "run by run:\n    first (2022-12-31): share 25.0 %, score 25.0 %\n    \
                    second (2023-12-31): share 25.0 %, score 25.0 %\n    \
                    now (2024-12-31): share 25.0 %, score 25.0 %\n";
    let without_indent = |text: &str| text.replace("    ", "").replace("\n  ", "\n");
    assert!(
        without_indent(&text).contains(&without_indent(expected)),
        "{text}"
    );
    assert!(
        text.contains("judged for 2023-12-31 then, for 2024-12-31 now"),
        "{text}"
    );
    assert!(!text.contains("not alike"), "{text}");
    assert!(dir.path().join("third/trend_line.csv").exists());
    Ok(())
}

#[test]
fn each_stage_is_timed_once_however_often_it_comes_up() -> Tested {
    let dir = study(&format!("{CHANGE}[time]\nweek = 2024-03-04\n"))?;
    let told = run(dir.path(), &[])?;
    let stderr = String::from_utf8_lossy(&told.stderr).into_owned();
    let timings = stderr.lines().last().unwrap_or_default();
    let stages: Vec<&str> = timings
        .split(" · ")
        .filter_map(|part| part.split_once(' '))
        .map(|(stage, _)| stage)
        .filter(|&stage| stage != "peak")
        .collect();
    assert_eq!(stages, ["read", "snap", "search", "score", "write"]);
    Ok(())
}

#[test]
fn wrong_ways_to_ask_end_with_their_code_and_a_cure() -> Tested {
    let dir = study("")?;
    let ends = |arguments: &[&str], code: i32, message: &str| -> Tested {
        let output = run(dir.path(), arguments)?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(message), "{told}");
        Ok(())
    };
    ends(
        &["--changed"],
        2,
        "the study has no [[change]] – add one, or leave --changed out",
    )?;
    ends(&["--against", "nowhere"], 4, "nowhere")?;
    run(dir.path(), &["--quiet", "--out", "x"])?;
    ends(
        &["--out", "x", "--against", "x"],
        2,
        "the earlier run would be lost – give --out another folder",
    )?;
    let cells = dir.path().join("x/cells.csv");
    fs::write(
        &cells,
        fs::read_to_string(&cells)?.replace("too-far", "covered"),
    )?;
    ends(
        &["--out", "y", "--against", "x"],
        3,
        "x/cells.csv: the file was changed since the run wrote it",
    )?;
    Ok(())
}

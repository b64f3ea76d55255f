//! The coverage example as a user runs it: what it prints where, and how it ends.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

type Tested = Result<(), Box<dyn Error>>;

/// The example that cargo built beside this test.
fn example() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test
        .ancestors()
        .nth(2)
        .expect("tests lie in target/<profile>/deps");
    let example = profile
        .join("examples")
        .join(format!("coverage{}", std::env::consts::EXE_SUFFIX));
    assert!(
        example.exists(),
        "build it first: cargo build --example coverage"
    );
    example
}

/// A directory with a small study in it: a street of about 3 km, a site, a cell near it, and one too far from it.
fn study() -> Result<tempfile::TempDir, std::io::Error> {
    let dir = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text);
    let inputs = "streets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\n";
    write(
        "study.toml",
        &format!("name = \"a street\"\nlanguage = \"en\"\n\n[inputs]\n{inputs}"),
    )?;
    write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
        {"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.23,29.7]]}}]}"#,
    )?;
    write("sites.csv", "id,name,lon,lat\ns,Centre,116.201,29.7\n")?;
    write(
        "cells.csv",
        "id,population,lon,lat\na,1,116.203,29.7\nb,2,116.229,29.7\n",
    )?;
    Ok(dir)
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(example());
    command
        .current_dir(dir)
        .arg("study.toml")
        .args(arguments)
        .stdin(Stdio::null());
    command
}

fn run(dir: &Path, arguments: &[&str]) -> Result<(Option<i32>, String, String), Box<dyn Error>> {
    let Output {
        status,
        stdout,
        stderr,
    } = command(dir, arguments).output()?;
    Ok((
        status.code(),
        String::from_utf8(stdout)?,
        String::from_utf8(stderr)?,
    ))
}

#[test]
fn a_plain_run_prints_the_summary_and_writes_the_files() -> Tested {
    let dir = study()?;
    let (code, out, err) = run(dir.path(), &[])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.contains("3 people in 2 cells: 1 covered, share 33.3 %")
            && out.contains("files in out: "),
        "{out}"
    );
    assert!(out.lines().count() <= 30, "{out}");
    assert!(
        err.contains("read ") && err.contains(" · write ") && err.lines().count() == 1,
        "{err}"
    );
    assert!(
        !out.contains('\u{1b}') && !err.contains('\u{1b}'),
        "no escape codes where there is no terminal"
    );
    for file in [
        "cells.csv",
        "item_times.csv",
        "units.csv",
        "cells.geojson",
        "sites.geojson",
        "findings.csv",
    ] {
        assert!(dir.path().join("out").join(file).is_file(), "{file}");
    }
    assert_eq!(
        fs::read_to_string(dir.path().join("out/cells.csv"))?
            .lines()
            .count(),
        3
    );
    Ok(())
}

#[test]
fn quiet_is_quiet_and_json_is_the_summary_file() -> Tested {
    let dir = study()?;
    let (code, out, err) = run(
        dir.path(),
        &["--quiet", "--json", "--out", "results", "--minutes", "20"],
    )?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        fs::read_to_string(dir.path().join("results/summary.json"))?
    );
    let json: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(json["parameters"]["minutes"], 20);
    assert_eq!(json["parameters"]["search_minutes"], 40);
    Ok(())
}

#[test]
fn another_limit_is_told() -> Tested {
    let dir = study()?;
    let (code, out, err) = run(dir.path(), &["--minutes", "60"])?;
    assert_eq!(code, Some(0));
    assert!(
        err.contains(
            "limit 60 min 00 s instead of the study's 15 min 00 s; searching up to 120 min 00 s"
        ),
        "{err}"
    );
    assert!(
        out.contains("covered within 60 minutes (inclusive), searched up to 120 minutes"),
        "{out}"
    );
    assert!(out.contains("share 100.0 %"), "{out}");
    Ok(())
}

#[test]
fn c26_the_bytes_are_the_same_for_one_and_two_threads() -> Tested {
    let dir = study()?;
    for (threads, out) in [("1", "one"), ("2", "two")] {
        assert_eq!(
            run(dir.path(), &["--quiet", "--threads", threads, "--out", out])?.0,
            Some(0)
        );
    }
    let manifest = |out: &str| fs::read(dir.path().join(out).join("manifest.json"));
    assert_eq!(manifest("one")?, manifest("two")?);
    Ok(())
}

#[test]
fn exit_1_the_target_is_missed() -> Tested {
    let dir = study()?;
    let (code, _, err) = run(dir.path(), &["--fail-under", "33.4"])?;
    assert_eq!(code, Some(1));
    assert!(
        err.contains("the target is missed: 33.3 % of the people are covered, asked are 33.4 %"),
        "{err}"
    );
    assert!(
        dir.path().join("out/manifest.json").is_file(),
        "the results are written all the same"
    );
    assert_eq!(run(dir.path(), &["--fail-under", "33.3"])?.0, Some(0));
    Ok(())
}

#[test]
fn exit_2_wrong_usage() -> Tested {
    let dir = study()?;
    let wrong: [&[&str]; 9] = [
        &["--minutes", "0"],
        &["--minutes", "1441"],
        &["--minutes", "7.5"],
        &["--threads", "0"],
        &["--fail-under", "101"],
        &["--fail-under", "NaN"],
        &["--on-bad", "guess"],
        &["--no-such-flag"],
        &["--out", ""],
    ];
    for arguments in wrong {
        let (code, out, err) = run(dir.path(), arguments)?;
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert!(err.contains("error: "), "{err}");
    }
    assert!(!dir.path().join("out").exists());
    Ok(())
}

#[test]
fn exit_4_the_file_system_refuses() -> Tested {
    let dir = study()?;
    let missing = Command::new(example())
        .current_dir(dir.path())
        .arg("no-such-study.toml")
        .output()?;
    assert_eq!(missing.status.code(), Some(4));
    assert!(String::from_utf8(missing.stderr)?.contains("no-such-study.toml: "));
    let (code, out, err) = run(dir.path(), &["--out", "cells.csv"])?;
    assert_eq!((code, out.as_str()), (Some(4), ""));
    assert!(
        err.contains("cells.csv: this is a file, and a directory belongs here"),
        "{err}"
    );
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn exit_4_the_summary_cannot_be_printed() -> Tested {
    let dir = study()?;
    let full = fs::File::options().write(true).open("/dev/full")?;
    let output = command(dir.path(), &["--quiet"]).stdout(full).output()?;
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8(output.stderr)?.contains("the results are written, but"));
    Ok(())
}

#[test]
fn exit_7_another_run_is_writing() -> Tested {
    let dir = study()?;
    fs::create_dir(dir.path().join("out"))?;
    let lock = fs::File::create(dir.path().join("out/.walkshed.lock"))?;
    lock.lock()?;
    let (code, out, err) = run(dir.path(), &[])?;
    assert_eq!((code, out.as_str()), (Some(7), ""));
    assert!(
        err.contains("error: out: another run is writing here"),
        "{err}"
    );
    Ok(())
}

#[test]
fn a_reader_that_goes_away_is_no_failure() -> Tested {
    let dir = study()?;
    let mut child = command(dir.path(), &["--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    drop(child.stdout.take());
    let output = child.wait_with_output()?;
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    Ok(())
}

#[test]
fn exit_3_bad_data_and_skip_goes_on() -> Tested {
    let dir = study()?;
    let cells = "id,population,lon,lat\na,1,116.203,29.7\nb,about 300,116.229,29.7\nc,4,,29.7\n";
    fs::write(dir.path().join("cells.csv"), cells)?;
    let (code, out, err) = run(dir.path(), &["--quiet"])?;
    assert_eq!((code, out.as_str()), (Some(3), ""));
    assert!(
        err.starts_with(
            "error: cells.csv, row 3: column \"population\" is \"about 300\", expected a number – "
        ),
        "{err}"
    );
    assert!(
        !dir.path().join("out").exists(),
        "nothing is written of a study that cannot be read"
    );
    let (code, _, err) = run(dir.path(), &["--quiet", "--on-bad", "skip"])?;
    assert_eq!(code, Some(3), "two of three rows are more than a tenth");
    assert!(err.contains("2 of 3 rows cannot be used"), "{err}");
    let study = fs::read_to_string(dir.path().join("study.toml"))?;
    let study = study.replace("[inputs]", "[inputs]\nmax_rejects = 67");
    fs::write(dir.path().join("study.toml"), study)?;
    let (code, out, err) = run(dir.path(), &["--quiet", "--on-bad", "skip", "--json"])?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let summary: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(summary["cells"], 3);
    assert_eq!(
        (
            &summary["population"],
            &summary["people_by_verdict"]["unknown"]
        ),
        (&5.into(), &4.into())
    );
    assert_eq!(summary["cells_by_verdict"]["unknown"], 2);
    Ok(())
}

#[test]
fn exit_2_results_would_replace_an_input() -> Tested {
    let dir = study()?;
    let before = fs::read(dir.path().join("cells.csv"))?;
    for (arguments, told) in [
        (&["--out", "."][..], ".: files are in the way: cells.csv"),
        (
            &["--out", ".", "--overwrite"],
            "cells.csv: this is an input of the study",
        ),
    ] {
        let (code, _, err) = run(dir.path(), arguments)?;
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(told), "{err}");
        assert_eq!(fs::read(dir.path().join("cells.csv"))?, before);
    }
    Ok(())
}

//! The coverage example as a user runs it: what it prints where, and how it ends.

#[path = "common/built.rs"]
mod built;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

type Tested = Result<(), Box<dyn Error>>;

fn example() -> &'static Path {
    built::example("coverage")
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
fn another_language_is_spoken() -> Tested {
    let dir = study()?;
    let (code, out, err) = run(dir.path(), &["--language", "zh"])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.contains("已覆盖 1 人，覆盖率 33.3 %") && out.contains("结果文件在 out："),
        "{out}"
    );
    let (_, again, _) = run(dir.path(), &["--language", "en"])?;
    assert!(again.contains("1 covered, share 33.3 %"), "{again}");
    let (code, _, err) = run(dir.path(), &["--language", "fr"])?;
    assert_eq!(code, Some(2));
    assert!(err.contains("invalid value 'fr'"), "{err}");
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
    let (_, _, err) = run(dir.path(), &["--fail-under", "33.4", "--language", "zh"])?;
    assert!(
        err.contains("未达到目标：覆盖人口占 33.3 %，要求 33.4 %"),
        "{err}"
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
fn exit_3_a_file_at_which_a_crate_breaks_off_is_no_bug_of_ours() -> Tested {
    let dir = study()?;
    // An old workbook whose sheet begins far beyond its end.
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_corpus/seeds/xls/nowhere");
    let mut book = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new()))?;
    std::io::Write::write_all(&mut book.create_stream("/Workbook")?, &fs::read(seed)?)?;
    book.flush()?;
    fs::write(dir.path().join("cells.csv"), book.into_inner().into_inner())?;
    let (code, out, err) = run(dir.path(), &["--quiet"])?;
    assert_eq!((code, out.as_str()), (Some(3), ""));
    assert!(err.starts_with("error: cells.csv: "), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
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

#[test]
fn exit_2_a_number_of_threads_that_no_machine_has() -> Tested {
    let dir = study()?;
    let with =
        |threads: &str, arguments: &[&str]| -> Result<(Option<i32>, String), Box<dyn Error>> {
            let output = command(dir.path(), &[&["--quiet"], arguments].concat())
                .env("RAYON_NUM_THREADS", threads)
                .output()?;
            Ok((output.status.code(), String::from_utf8(output.stderr)?))
        };
    for wrong in ["100000", "1025", "-1", "many", "2 "] {
        let (code, err) = with(wrong, &[])?;
        assert_eq!(code, Some(2), "{wrong}: {err}");
        let begin = format!("error: RAYON_NUM_THREADS is \"{wrong}\" in the environment: expected");
        assert!(err.starts_with(&begin), "{err}");
    }
    for good in ["", "0", "1", "3"] {
        assert_eq!(with(good, &[])?, (Some(0), String::new()), "{good:?}");
    }
    assert_eq!(
        with("100000", &["--threads", "2"])?,
        (Some(0), String::new())
    );
    Ok(())
}

/// Runs a study whose table of cells or sites was replaced, with a ceiling of memory.
fn exit_5(file: &str, content: &[u8], remedy: &str) -> Tested {
    let dir = study()?;
    fs::write(dir.path().join(file), content)?;
    let study = fs::read_to_string(dir.path().join("study.toml"))?;
    let study = study + "\n[limits]\nmemory_mb = 64\n";
    fs::write(dir.path().join("study.toml"), study)?;
    let (code, out, err) = run(dir.path(), &["--quiet"])?;
    assert_eq!((code, out.as_str()), (Some(5), ""), "{err}");
    assert!(err.contains(remedy), "{err}");
    assert!(!dir.path().join("out/manifest.json").exists());
    Ok(())
}

fn rows(head: &str, count: u32) -> String {
    let mut text = format!("{head}\n");
    for number in 0..count {
        writeln!(text, "{number},116.20{},29.7", number % 10).expect("text grows");
    }
    text
}

#[test]
fn exit_5_more_walks_than_the_memory_holds() -> Tested {
    let dir = study()?;
    fs::write(dir.path().join("sites.csv"), rows("id,lon,lat", 2_100))?;
    fs::write(dir.path().join("cells.csv"), rows("id,lon,lat", 2_100))?;
    let study = fs::read_to_string(dir.path().join("study.toml"))?;
    // 4.4 million pairs of 16 bytes each.
    fs::write(
        dir.path().join("study.toml"),
        format!("{study}\n[limits]\nmemory_mb = 64\n"),
    )?;
    let (code, out, err) = run(dir.path(), &["--quiet"])?;
    assert_eq!((code, out.as_str()), (Some(5), ""), "{err}");
    assert_eq!(
        err,
        "error: of 2100 sites and 2100 cells more lie within 30 min 00 s of each other than 64 MB of memory hold – ask for fewer search_minutes under [target], or raise memory_mb under [limits]\n"
    );
    fs::write(dir.path().join("sites.csv"), rows("id,lon,lat", 1_000))?;
    assert_eq!(run(dir.path(), &["--quiet"])?.0, Some(0));
    Ok(())
}

#[test]
fn exit_5_a_gzip_file_of_nothing_but_zeros() -> Tested {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..65 {
        std::io::Write::write_all(&mut gz, &zeros)?;
    }
    let packed = gz.finish()?;
    assert!(packed.len() < 100_000);
    exit_5("cells.csv", &packed, "unpacks to more than 64 MB")
}

#[test]
fn exit_5_a_file_larger_than_the_memory() -> Tested {
    let mut cells = rows("id,lon,lat", 1).into_bytes();
    cells.resize((65 << 20) + 1, b'\n');
    exit_5(
        "cells.csv",
        &cells,
        "cells.csv: the file has 65 MB, more than 64 MB – cut it",
    )
}

#[test]
fn of_many_bad_rows_a_hundred_are_listed_and_all_are_counted() -> Tested {
    for (code, field) in [("not-a-number", ",x\n"), ("wrong-field-count", ",1,2\n")] {
        let dir = study()?;
        let all = rows("id,lon,lat,population", 2_000).replace('\n', field);
        let all = all.replacen(field, "\n", 1);
        let bad: String = all.split_inclusive('\n').take(151).collect();
        let good = all[bad.len()..].replace(field, ",1\n");
        fs::write(dir.path().join("cells.csv"), bad + &good)?;
        let arguments = ["--quiet", "--on-bad", "skip", "--json"];
        let (exit, out, err) = run(dir.path(), &arguments)?;
        assert_eq!(exit, Some(0), "{err}");
        let findings = fs::read_to_string(dir.path().join("out/findings.csv"))?;
        let told: Vec<&str> = findings
            .lines()
            .filter(|line| line.starts_with(&format!("rejected,{code},")))
            .collect();
        assert_eq!(told.len(), 101, "{findings}");
        assert!(told[99].contains(",row 101,"), "{}", told[99]);
        assert_eq!(
            told[100],
            format!("rejected,{code},,,,and 50 more: the first 100 of 150 are listed")
        );
        let summary: serde_json::Value = serde_json::from_str(&out)?;
        assert_eq!(summary["findings"]["rejected"], 150);
        assert_eq!(summary["cells_by_verdict"]["unknown"], 150);
    }
    Ok(())
}

//! The output folder: only files of ours are replaced, a set is whole or has no manifest, and what would
//! spoil a run at its end is told at its beginning.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sha2::Digest;
use tempfile::TempDir;
use walkshed::report::{OutDir, ReportError, ReportOptions};

type Tested = Result<(), Box<dyn Error>>;

/// The example that cargo built beside this test.
fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test
        .ancestors()
        .nth(2)
        .expect("tests lie in target/<profile>/deps");
    profile
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A folder with a small study in it, whose cells are `people.csv`.
fn study() -> Result<TempDir, std::io::Error> {
    let dir = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text);
    write(
        "study.toml",
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'people.csv'\n",
    )?;
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.23,29.7]]}"#,
    )?;
    write("sites.csv", "id,lon,lat\ns,116.201,29.7\n")?;
    write("people.csv", "id,population,lon,lat\na,1,116.203,29.7\n")?;
    Ok(dir)
}

fn command(name: &str, dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(example(name));
    command
        .current_dir(dir)
        .arg("study.toml")
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Runs an example: its exit code and what it says on stderr.
fn run(
    name: &str,
    dir: &Path,
    arguments: &[&str],
) -> Result<(Option<i32>, String), Box<dyn Error>> {
    let output = command(name, dir, arguments).output()?;
    Ok((output.status.code(), String::from_utf8(output.stderr)?))
}

fn content(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, std::io::Error> {
    let mut content = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            content.insert(name.into_owned(), fs::read(&path)?);
        }
    }
    Ok(content)
}

/// The names that the manifest lists, each of which must stand there with that hash.
fn told(dir: &Path) -> Result<Option<Vec<String>>, Box<dyn Error>> {
    let Ok(manifest) = fs::read(dir.join("manifest.json")) else {
        return Ok(None);
    };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let mut names = Vec::new();
    for output in manifest["outputs"].as_array().ok_or("no outputs")? {
        let name = output["file"].as_str().ok_or("no name")?;
        let mut hex = String::new();
        for byte in sha2::Sha256::digest(fs::read(dir.join(name))?) {
            write!(hex, "{byte:02x}")?;
        }
        assert_eq!(output["sha256"], *hex, "{name}");
        names.push(name.to_owned());
    }
    Ok(Some(names))
}

#[test]
fn files_of_the_user_are_in_the_way_and_stay() -> Tested {
    let dir = study()?;
    for name in [
        "groups.csv",
        "phases.csv",
        "week.csv",
        "lacking.csv",
        "units.csv",
        "cells.csv",
        "manifest.json",
    ] {
        fs::write(dir.path().join(name), format!("my {name}"))?;
    }
    let before = content(dir.path())?;
    let (code, err) = run("coverage", dir.path(), &["--out", "."])?;
    assert_eq!(code, Some(2), "{err}");
    assert_eq!(
        err,
        "error: .: files are in the way: manifest.json (no manifest of walkshed, or a damaged one); \
         cells.csv, units.csv, groups.csv, week.csv, phases.csv, lacking.csv (not listed by a manifest of walkshed) \
         – choose another directory; with --overwrite they are replaced or removed\n"
    );
    assert_eq!(content(dir.path())?, before);
    let (code, err) = run("coverage", dir.path(), &["--out", ".", "--overwrite"])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains("taken away from ., as this run does not write them: groups.csv, week.csv, phases.csv, lacking.csv"),
        "{err}"
    );
    assert!(told(dir.path())?.is_some());
    let (code, err) = run("coverage", dir.path(), &["--out", ".", "--quiet"])?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    Ok(())
}

#[test]
fn an_input_is_never_overwritten() -> Tested {
    let dir = study()?;
    fs::rename(dir.path().join("people.csv"), dir.path().join("cells.csv"))?;
    let text = fs::read_to_string(dir.path().join("study.toml"))?;
    fs::write(
        dir.path().join("study.toml"),
        text.replace("people", "cells"),
    )?;
    let before = content(dir.path())?;
    for (flag, wanted) in [
        ("--quiet", "files are in the way: cells.csv ("),
        ("--overwrite", "cells.csv: this is an input of the study"),
    ] {
        let (code, err) = run("coverage", dir.path(), &["--out", ".", flag])?;
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(wanted), "{err}");
        assert_eq!(content(dir.path())?, before);
    }
    Ok(())
}

#[test]
fn results_that_were_edited_or_lost_their_manifest_are_in_the_way() -> Tested {
    let dir = study()?;
    let out = dir.path().join("out");
    run("coverage", dir.path(), &["--quiet"])?;
    let whole = content(&out)?;
    let refused = |wanted: &str| -> Tested {
        let before = content(&out)?;
        let (code, err) = run("coverage", dir.path(), &[])?;
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(wanted), "{err}");
        assert_eq!(content(&out)?, before);
        Ok(())
    };
    fs::write(out.join("cells.csv"), "with a remark of mine")?;
    refused("out: files are in the way: cells.csv (changed since walkshed wrote them) – ")?;
    fs::write(out.join("cells.csv"), &whole["cells.csv"])?;
    let manifest = String::from_utf8(whole["manifest.json"].clone())?;
    fs::write(out.join("manifest.json"), manifest.replace("units.csv", ""))?;
    refused("out: files are in the way: units.csv (not listed by a manifest of walkshed) – ")?;
    fs::write(out.join("manifest.json"), &manifest[..100])?;
    refused(
        "manifest.json (no manifest of walkshed, or a damaged one); cells.csv, item_times.csv",
    )?;
    fs::remove_file(out.join("manifest.json"))?;
    refused("out: files are in the way: cells.csv, item_times.csv, units.csv, ")?;
    let (code, err) = run("coverage", dir.path(), &["--overwrite", "--quiet"])?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(content(&out)?, whole);
    Ok(())
}

#[test]
fn tables_of_an_assessment_go_with_a_word_and_files_of_other_names_stay() -> Tested {
    let dir = study()?;
    let out = dir.path().join("out");
    run("assess", dir.path(), &["--quiet"])?;
    fs::write(out.join("remarks.txt"), "mine")?;
    let (code, err) = run("coverage", dir.path(), &[])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains(
            "taken away from out, as this run does not write them: lacking.csv, score_cards.csv, "
        ),
        "{err}"
    );
    let names = told(&out)?.ok_or("no manifest")?;
    assert_eq!(content(&out)?.len(), names.len() + 2, "{names:?}");
    assert_eq!(fs::read_to_string(out.join("remarks.txt"))?, "mine");
    Ok(())
}

/// None of these runs has a study: what is wrong with the output folder is told before it is missed.
#[test]
fn what_would_spoil_the_end_is_told_at_the_beginning() -> Tested {
    let dir = study()?;
    fs::remove_file(dir.path().join("study.toml"))?;
    let ends = |out: &str, code: i32, wanted: &str| -> Tested {
        let (ended, err) = run("coverage", dir.path(), &["--out", out])?;
        assert_eq!(ended, Some(code), "{err}");
        assert!(err.contains(wanted), "{err}");
        Ok(())
    };
    fs::create_dir(dir.path().join("taken"))?;
    fs::write(dir.path().join("taken/week.csv"), "mine")?;
    ends("taken", 2, "taken: files are in the way: week.csv")?;
    ends("people.csv", 4, "people.csv: this is a file")?;
    ends("people.csv/out", 4, "people.csv/out: ")?;
    #[cfg(target_os = "linux")]
    ends("/proc/self", 4, "/proc/self/.walkshed.lock: ")?;
    let held = OutDir::open(dir.path().join("held"), &ReportOptions::default())?;
    ends("held", 7, "held: another run is writing here")?;
    drop(held);
    ends("held", 4, "study.toml: ")?;
    ends("made/for/nothing", 4, "study.toml: ")?;
    for gone in ["held", "made"] {
        assert!(
            !dir.path().join(gone).exists(),
            "{gone} was made for nothing"
        );
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn files_and_folders_follow_the_umask() -> Tested {
    use std::os::unix::fs::PermissionsExt;
    let dir = study()?;
    for (umask, file, folder) in [("027", 0o640, 0o750), ("002", 0o664, 0o775)] {
        let status = Command::new("sh")
            .current_dir(dir.path())
            .args(["-c", "umask $1 && exec \"$2\" study.toml --quiet --out $1"])
            .args(["sh", umask])
            .arg(example("coverage"))
            .stdout(Stdio::null())
            .status()?;
        assert!(status.success());
        let out = dir.path().join(umask);
        let mode = |path: &Path| fs::metadata(path).map(|data| data.permissions().mode() & 0o777);
        assert_eq!(mode(&out)?, folder);
        for name in content(&out)?.into_keys() {
            assert_eq!(mode(&out.join(&name))?, file, "{name}");
        }
    }
    Ok(())
}

/// Two runs at a time, over and over: the lock file of the one that ends is taken away under the feet of the
/// one that begins.
#[test]
fn a_folder_is_held_by_one_run_however_often_the_lock_file_goes() -> Tested {
    let dir = tempfile::tempdir()?;
    let out = dir.path().join("deep/out");
    let [inside, held] = [AtomicU32::new(0), AtomicU32::new(0)];
    let hold = || {
        for _ in 0..400 {
            match OutDir::open(&out, &ReportOptions::default()) {
                Ok(out) => {
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two runs inside");
                    held.fetch_add(1, Ordering::SeqCst);
                    inside.fetch_sub(1, Ordering::SeqCst);
                    drop(out);
                }
                Err(ReportError::Locked { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(hold);
        }
    });
    assert!(held.into_inner() > 20);
    assert!(!out.join(".walkshed.lock").exists());
    Ok(())
}

/// Waits until a switch is under way or the run has ended, and a moment longer; the waiting is busy, for
/// a switch takes a few milliseconds.
fn await_switch(out: &Path, ended: &mut dyn FnMut() -> bool, longer: Duration) {
    while !out.join(".walkshed-switch.json").exists() {
        if ended() {
            return;
        }
    }
    let begin = Instant::now();
    while begin.elapsed() < longer {}
}

/// Kills runs of two examples, which write different files, at moments that spread over the switch.
#[test]
fn a_run_killed_at_any_moment_leaves_no_manifest_beside_other_files() -> Tested {
    let dir = study()?;
    let out = dir.path().join("out");
    let mut broken = 0;
    for round in 0..60 {
        let name = ["coverage", "assess"][round % 2];
        // One limit after the other, so that no run finds its own files.
        let minutes = (15 + round).to_string();
        let mut child = command(name, dir.path(), &["--quiet", "--minutes", &minutes])
            .stdout(Stdio::null())
            .spawn()?;
        let mut ended = || !matches!(child.try_wait(), Ok(None));
        await_switch(
            &out,
            &mut ended,
            Duration::from_micros(150 * (round as u64)),
        );
        child.kill()?;
        child.wait()?;
        let whole = told(&out)?.is_some();
        broken += u32::from(!whole && round > 0);
        if round % 3 == 2 {
            let (code, err) = run(name, dir.path(), &["--quiet"])?;
            assert_eq!((code, err.as_str()), (Some(0), ""), "round {round}");
            let names = told(&out)?.ok_or("no manifest")?;
            assert_eq!(content(&out)?.len(), names.len() + 1, "{names:?}");
        }
    }
    assert!(broken > 0, "no run was killed within its switch");
    Ok(())
}

/// Sends a running example the signal of Ctrl-C.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) -> Tested {
    let pid = child.id().to_string();
    // It may have ended meanwhile.
    Command::new("kill")
        .args(["-INT", &pid])
        .stderr(Stdio::null())
        .status()?;
    Ok(())
}

/// A run of the fixture study into a folder, which takes long enough to be interrupted.
#[cfg(unix)]
fn long_run(out: &Path, minutes: u32) -> Result<std::process::Child, std::io::Error> {
    let study = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
    Command::new(example("coverage"))
        .arg(study)
        .args([
            "--quiet",
            "--language",
            "en",
            "--minutes",
            &minutes.to_string(),
            "--out",
        ])
        .arg(out)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
}

/// Waits until a file whose name ends so stands in a folder, or the run has ended.
#[cfg(unix)]
fn await_file(out: &Path, ending: &str, child: &mut std::process::Child) {
    let is_there = || {
        let mut entries = fs::read_dir(out).into_iter().flatten().flatten();
        entries.any(|entry| entry.file_name().to_string_lossy().ends_with(ending))
    };
    while !is_there() && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(Duration::from_micros(200));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_a_run_works_changes_nothing() -> Tested {
    let dir = study()?;
    let out = dir.path().join("out");
    assert_eq!(run("coverage", dir.path(), &["--quiet"])?.0, Some(0));
    let before = content(&out)?;
    for delay in [0, 20, 60] {
        let mut child = long_run(&out, 20)?;
        await_file(&out, ".lock", &mut child);
        thread::sleep(Duration::from_millis(delay));
        interrupt(&child)?;
        let output = child.wait_with_output()?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(6), "{said}");
        assert!(said.contains("cancelled: nothing was written"), "{said}");
        let mut after = content(&out)?;
        // The lock ends with the process; its empty file may stay.
        after.remove(".walkshed.lock");
        assert_eq!(after, before);
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn ctrl_c_while_a_run_writes_lets_it_end_and_a_second_ends_it_at_once() -> Tested {
    let dir = tempfile::tempdir()?;
    let [mut told_to_wait, mut cancelled] = [0, 0];
    // Until both were seen: now and then a signal comes too early or too late.
    for round in 0..40 {
        if told_to_wait > 0 && cancelled > 0 {
            break;
        }
        let is_twice = round % 2 == 1;
        // None holds what another run left unfinished.
        let out = dir.path().join(round.to_string());
        let mut child = long_run(&out, 15)?;
        // The first of its files is under way.
        await_file(&out, ".tmp", &mut child);
        interrupt(&child)?;
        if is_twice {
            // Two signals at once count as one.
            thread::sleep(Duration::from_millis(5));
            interrupt(&child)?;
        }
        let output = child.wait_with_output()?;
        let said = String::from_utf8(output.stderr)?;
        told_to_wait += u32::from(said.contains("the results are being written"));
        let names = told(&out)?;
        match output.status.code() {
            // A run that was told once ends well.
            Some(0) => {
                let names = names.ok_or("no manifest")?;
                assert_eq!(content(&out)?.len(), names.len() + 1, "{names:?}");
            }
            Some(6) if is_twice => {
                cancelled += 1;
                assert!(said.contains("cancelled while writing"), "{said}");
                // What was cut off is ours, and cleared.
                assert!(long_run(&out, 15)?.wait()?.success());
                let names = told(&out)?.ok_or("no manifest")?;
                assert_eq!(content(&out)?.len(), names.len() + 1, "{names:?}");
            }
            other => panic!("round {round}: {other:?}: {said}"),
        }
    }
    assert!(told_to_wait > 0, "no signal came while a run wrote");
    assert!(cancelled > 0, "no second signal came while a run wrote");
    Ok(())
}

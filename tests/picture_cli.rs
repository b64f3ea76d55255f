//! The picture's example as a user runs it: what it draws, and how it ends.

#[path = "common/built.rs"]
mod built;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

type Tested = Result<(), Box<dyn Error>>;

/// The exit code, and what is said on stderr.
fn run(dir: &Path, arguments: &[&str]) -> Result<(Option<i32>, String), Box<dyn Error>> {
    let run = Command::new(built::example("coverage_picture"))
        .current_dir(dir)
        .args(arguments)
        .output()?;
    Ok((run.status.code(), String::from_utf8(run.stderr)?))
}

fn fixture() -> String {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou");
    fixture.join("study.toml").to_string_lossy().into_owned()
}

#[test]
fn any_study_is_drawn_where_it_is_asked() -> Tested {
    let dir = tempfile::tempdir()?;
    let (code, err) = run(dir.path(), &[&fixture(), "map.svg", "--quiet"])?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let drawn = fs::read(dir.path().join("map.svg"))?;
    let kept = Path::new(&fixture()).with_file_name("coverage.svg");
    assert!(drawn == fs::read(kept)?, "the picture in the README");
    Ok(())
}

#[test]
fn exit_2_wrong_usage() -> Tested {
    let dir = tempfile::tempdir()?;
    for (arguments, message) in [
        (&[&*fixture()][..], "请在项目文件之后写上 SVG 文件名"),
        (&[&*fixture(), "map.svg", "--json"], "请去掉 --json"),
        (&["a", "b", "c"], "unexpected argument 'c'"),
    ] {
        let (code, err) = run(dir.path(), arguments)?;
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(message), "{err}");
    }
    assert_eq!(fs::read_dir(dir.path())?.count(), 0);
    Ok(())
}

#[test]
fn exit_4_a_file_that_is_missing_or_cannot_be_written() -> Tested {
    let dir = tempfile::tempdir()?;
    let (code, err) = run(dir.path(), &["no.toml", "map.svg"])?;
    assert_eq!(code, Some(4), "{err}");
    assert!(err.contains("no.toml: "), "{err}");
    let (code, err) = run(dir.path(), &[&fixture(), "no/map.svg", "--quiet"])?;
    assert_eq!(code, Some(4), "{err}");
    assert!(
        err.starts_with("错误：no/map.svg：") && err.contains("核对路径"),
        "{err}"
    );
    let (_, err) = run(dir.path(), &[&fixture(), "no/map.svg", "--language", "en"])?;
    assert!(
        err.starts_with("error: no/map.svg: ") && err.contains(" – check the path"),
        "{err}"
    );
    Ok(())
}

#[test]
fn exit_3_bad_data() -> Tested {
    let dir = tempfile::tempdir()?;
    fs::write(dir.path().join("study.toml"), "[inputs]\nstreets = 1\n")?;
    let (code, err) = run(dir.path(), &["study.toml", "map.svg"])?;
    assert_eq!(code, Some(3), "{err}");
    Ok(())
}

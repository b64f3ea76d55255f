//! The folder `cases` beside the data; each of its studies runs when `WALKSHED_DATA` is set.

use std::path::PathBuf;

use walkshed::model::{Findings, Study};
use walkshed::read;

use super::town::{answer, walks};

fn case(file: &str) -> Option<(Study, Findings)> {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return None;
    };
    let path = data.join("cases").join(file);
    Some(read::study(&path).unwrap_or_else(|wrong| panic!("{file}: {wrong}")))
}

/// Holds a case against its right answer: the verdict, and the seconds to a tenth where it names some.
fn hold(file: &str, verdict: &str, seconds: Option<f64>) {
    let Some((study, _)) = case(file) else { return };
    let (got, after) = answer(&study);
    assert_eq!(got, verdict, "{file}: {after:?}");
    if let Some(seconds) = seconds {
        let after = after.expect("a walk");
        assert!(
            (after - seconds).abs() <= 1.0,
            "{file}: {after}, not {seconds}"
        );
    }
}

#[test]
fn case_01_private_gates() {
    hold("01/study.toml", "out-of-reach", None);
    hold("01/study_expected.toml", "out-of-reach", None);
    hold("01/study_shortcut.toml", "too-far", Some(1642.7));
    hold("01/study_shortcut_expected.toml", "too-far", Some(1642.7));
}

#[test]
fn case_02_a_square_that_is_a_relation() {
    let Some((study, _)) = case("02/study.toml") else {
        return;
    };
    let (right, _) = case("02/study_closed_way.toml").expect("both are there");
    assert_eq!(walks(&study), walks(&right));
    for (walk, right) in walks(&study).into_iter().zip([522.0, 266.0]) {
        assert!(
            walk.is_some_and(|walk| (walk - right).abs() < 1.0),
            "{walk:?}, not {right}"
        );
    }
}

#[test]
fn case_08_lists() {
    let detour = |file: &str| {
        let Some((study, _)) = case(file) else { return };
        assert!(
            answer(&study).1.is_none_or(|walk| walk > 1500.0),
            "{file}: {:?}",
            answer(&study)
        );
    };
    for file in [
        "study",
        "study_list",
        "study_access",
        "study_access_list",
        "study_steps",
        "study_steps_list",
    ] {
        detour(&format!("08/{file}.toml"));
    }
}

#[test]
fn case_09_bridges_that_are_none() {
    let Some((hill, _)) = case("09/study_hill.toml") else {
        return;
    };
    assert_eq!(answer(&hill).0, "too-far");
    hold("09/study_hill.toml", "too-far", Some(1208.0));
    for none in [
        "hillF", "hb_false", "hb_zero", "hb_num0", "hb_bool", "hb_nan", "hb_none", "hb_fou",
    ] {
        hold(&format!("09/study_{none}.toml"), "too-far", Some(1208.0));
    }
    for bridge in ["hb_T", "hb_num1", "hb_booltrue"] {
        hold(&format!("09/study_{bridge}.toml"), "covered", Some(823.0));
    }
}

#[test]
fn case_09_classes_in_other_columns() {
    let Some((study, findings)) = case("09/study_fclass.toml") else {
        return;
    };
    assert!(answer(&study).1.is_none_or(|walk| walk > 1500.0));
    assert_eq!(findings.count("geofabrik-classes"), 1);
    for file in [
        "09/study.toml",
        "09/study_fsteps.toml",
        "09/study_foot.toml",
        "09/study_columns.toml",
    ] {
        let (study, _) = case(file).expect("all are there");
        assert!(
            answer(&study).1.is_none_or(|walk| walk > 1500.0),
            "{file}: {:?}",
            answer(&study)
        );
    }
    let data = std::env::var_os("WALKSHED_DATA")
        .map(PathBuf::from)
        .expect("it is set");
    let wrong = read::study(data.join("cases/09/study_columns_bad.toml")).expect_err("nonsense");
    assert!(wrong.to_string().contains("\"nonsense\""), "{wrong}");
}

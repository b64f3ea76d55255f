//! The explain example as a user runs it: what it says, in which words, and how it ends.

#[path = "../common/built.rs"]
mod built;
mod site;
mod street;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use street::{east, study};

pub(crate) type Tested = Result<(), Box<dyn Error>>;

fn example() -> &'static Path {
    built::example("explain")
}

fn ran(command: &mut Command) -> Result<(Option<i32>, String, String), Box<dyn Error>> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.stdin(Stdio::null()).output()?;
    Ok((
        status.code(),
        String::from_utf8(stdout)?,
        String::from_utf8(stderr)?,
    ))
}

pub(crate) fn run(
    dir: &Path,
    arguments: &[&str],
) -> Result<(Option<i32>, String, String), Box<dyn Error>> {
    ran(Command::new(example())
        .current_dir(dir)
        .arg("study.toml")
        .args(arguments))
}

const CARD: &str = "\
why: h Home × card Card
verdict: nearby, but only for its own unit, nobody within the limit does issue for these people; the nearest site is b Bank

cell: 10 people (the elderly 4, others 6); East < County; 0.000000 E 0.000000 N; 0.0 m off its street
item: for persons and firms; theme Work; department Labour; not online; steps that need a visit: accept+issue; handled by one's own unit or one above it
asked: others; 6 people; within 15 min 00 s, inclusive; 4.0 km/h; on the day 2024-03-04; leaving Mo 10:00

sites: 3 in all, 3 within the search of 30 min 00 s, 2 within the limit of 15 min 00 s
   1   4 min 30 s  b Bank (bank): does not count: it serves only West
   2   9 min 00 s  v Village (station): counts for accept
   3  24 min 00 s  c Centre (centre): does accept+issue, but beyond the limit

step by step:
  accept: v Village after 9 min 00 s, within the limit; next c Centre after 24 min 00 s
  issue: c Centre after 24 min 00 s, beyond the limit

the walk to the site that decides, c Centre: 1600 m, 24 min 00 s; 1600 m in a straight line, detour ratio 1.00
  to the street 0 m, 0 min 00 s
  North Street 800 m, 12 min 00 s
  Long Road 800 m, 12 min 00 s
  to the site 0 m, 0 min 00 s

the walk to the nearest site of any kind, b Bank: 300 m, 4 min 30 s; 300 m in a straight line, detour ratio 1.00
  to the street 0 m, 0 min 00 s
  North Street 300 m, 4 min 30 s
  to the site 0 m, 0 min 00 s

what would cure it: at b Bank, for issue: a cross-area window; that alone gets it done for 6 people
or: hand issue down to v Village; that alone gets it done for 6 people
otherwise: if it were handled anywhere, b Bank after 4 min 30 s, within the limit
";

/// The card for those who need no helper.
const OTHERS: [&str; 7] = [
    "--cell", "h", "--item", "card", "--group", "others", "--quiet",
];

#[test]
fn the_whole_reasoning_is_told() -> Tested {
    let dir = study("en")?;
    let (code, out, err) = run(dir.path(), &OTHERS)?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, CARD);
    Ok(())
}

#[test]
fn names_do_as_well_as_ids_and_the_timings_are_told_apart() -> Tested {
    let dir = study("en")?;
    let named = ["--cell", "Home", "--item", "Card", "--group", "others"];
    let (code, out, err) = run(dir.path(), &named)?;
    assert_eq!((code, out.as_str()), (Some(0), CARD));
    assert!(
        err.starts_with("read ") && err.lines().count() == 1,
        "{err}"
    );
    Ok(())
}

#[test]
fn without_a_group_the_gravest_verdict_is_told_and_whose_it_is() -> Tested {
    let dir = study("en")?;
    let (_, out, _) = run(
        dir.path(),
        &[
            "--cell",
            "h",
            "--item",
            "pass",
            "--minutes",
            "10",
            "--quiet",
        ],
    )?;
    let head = "verdict: not offered nearby, nobody within the limit does accept+issue for these people; \
                the nearest site is b Bank\n\
                whose verdict: that of the elderly, the gravest of those there\n  \
                others, 6 people: covered, by v Village after 9 min 00 s\n";
    assert!(out.contains(head), "{out}");
    // A helper stands beside a clerk, and at a bank there is none of an office.
    let cure = "what would cure it: build or move a site that does it to within 500 m of walking\n";
    assert!(out.contains(cure), "{out}");
    let json = [
        "--cell",
        "h",
        "--item",
        "pass",
        "--minutes",
        "10",
        "--quiet",
        "--json",
    ];
    let told: serde_json::Value = serde_json::from_str(&run(dir.path(), &json)?.1)?;
    assert_eq!(told["asked"]["who"], "elderly");
    assert_eq!(told["others"][0]["who"], "others");
    assert_eq!(told["others"][0]["verdict"]["kind"], "covered");
    assert_eq!(told["cures"][0]["within_m"], 500.0);
    Ok(())
}

#[test]
fn streets_that_lead_nowhere_are_told_as_an_island() -> Tested {
    let dir = study("en")?;
    // k hangs on a street of its own, which ends some 300 m off North Street.
    let path = dir.path().join("streets.geojson");
    let own = format!(
        r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[[0,{}],[0,{}]]}}}},"#,
        east(300.0),
        east(3000.0)
    );
    let text = fs::read_to_string(&path)?;
    fs::write(
        &path,
        text.replacen("\"features\":[", &format!("\"features\":[{own}"), 1),
    )?;
    let asked = ["--cell", "k", "--item", "pass", "--quiet"];
    let (_, out, _) = run(dir.path(), &asked)?;
    let told = "note: its streets are an island of 2 vertices and 2682 m, with 0 sites on it; \
                no way leads to other streets, of which the nearest is 298 m off\n";
    assert!(out.contains(told), "{out}");
    let (_, out, _) = run(dir.path(), &[&asked[..], &["--language", "zh"]].concat())?;
    let told = "注意：所在路网是孤立的一片，2 个节点，2682 米，其上有 0 个服务点，与其他道路不通，相距最近处 298 米\n";
    assert!(out.contains(told), "{out}");
    let (_, out, _) = run(dir.path(), &[&asked[..], &["--json"]].concat())?;
    let told: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(
        (&told["island"]["vertices"], &told["island"]["sites"]),
        (&2.into(), &0.into())
    );
    let (_, out, _) = run(dir.path(), &[&OTHERS[..], &["--json"]].concat())?;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&out)?["island"],
        serde_json::Value::Null
    );
    Ok(())
}

#[test]
fn each_rule_says_why_a_site_does_not_count() -> Tested {
    let dir = study("en")?;
    let told = |arguments: &[&str]| -> Result<String, Box<dyn Error>> {
        let (code, out, err) = run(
            dir.path(),
            &[&["--quiet", "--cell", "h", "--group"], arguments].concat(),
        )?;
        assert_eq!(code, Some(0), "{err}");
        Ok(out)
    };
    let pass = told(&["others", "--item", "pass"])?;
    assert!(
        pass.contains("b Bank (bank): does not count: it does accept+issue from … to 2023-12-31\n"),
        "{pass}"
    );
    assert!(
        pass.contains("verdict: covered, by v Village after 9 min 00 s\n"),
        "{pass}"
    );
    assert!(
        pass.contains("otherwise: if v Village closed, nobody within the search would do it\n"),
        "{pass}"
    );
    let night = told(&["others", "--item", "pass", "--at", "2024-03-04T20:00"])?;
    assert!(
        night.contains("does not count: closed on arrival at Mo 20:09 (09:00-17:00)\n"),
        "{night}"
    );
    assert!(
        night.contains(
            "what would cure it: at v Village, for accept+issue: longer hours (Mo 20:09); that alone gets it done for 6 people\n"
        ),
        "{night}"
    );
    let elderly = told(&["elderly", "--item", "card"])?;
    assert!(
        elderly.contains("b Bank (bank): does not count: it serves only West; it has no helper\n"),
        "{elderly}"
    );
    assert!(
        elderly.contains("asked: the elderly; 4 people; within 15 min 00 s, inclusive; 3.0 km/h;"),
        "{elderly}"
    );
    assert!(
        elderly.contains("issue: nobody within the search does it for these people\n"),
        "{elderly}"
    );
    let far = "farther off: c Centre does issue, a walk of 1600 m, 32 min 00 s (1600 m in a straight line)\n";
    assert!(elderly.contains(far), "{elderly}");
    let near = told(&["others", "--item", "pass", "--minutes", "5"])?;
    assert!(
        near.contains("what would cure it: renew what has run out at b Bank, for accept+issue; that alone gets it done for 6 people\n"),
        "{near}"
    );
    let nearer = told(&["others", "--item", "pass", "--minutes", "4"])?;
    assert!(
        nearer.contains("to within 267 m of walking; it is 5 min 00 s, 333 m, too far\n"),
        "{nearer}"
    );
    let stranded = ran(Command::new(example()).current_dir(dir.path()).args([
        "study.toml",
        "--quiet",
        "--cell",
        "k",
    ]))?
    .1;
    assert!(
        stranded.contains("verdict: stranded, no street is near\n"),
        "{stranded}"
    );
    assert!(
        stranded.contains(", at most 500 m are walked\n"),
        "{stranded}"
    );
    Ok(())
}

#[test]
fn a_chinese_study_is_explained_in_chinese() -> Tested {
    let dir = study("zh")?;
    let (_, out, _) = run(dir.path(), &OTHERS)?;
    for line in [
        "判定：附近有但只办本辖区，时限内无人为其办理 发证；最近的服务点是 b Bank\n",
        "  受理：v Village，9 分 00 秒，时限内；其次 c Centre，24 分 00 秒\n",
        "  North Street 800 米，12 分 00 秒\n",
        "如何改进：b Bank 的 发证：设跨区通办窗口；仅此一项可使 6 人办成\n",
    ] {
        assert!(out.contains(line), "{line}{out}");
    }
    Ok(())
}

#[test]
fn json_holds_all_of_it() -> Tested {
    let dir = study("en")?;
    let (code, out, _) = run(dir.path(), &[&OTHERS[..], &["--json"]].concat())?;
    assert_eq!(code, Some(0));
    let told: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(told["verdict"]["kind"], "not-offered");
    assert_eq!(
        (&told["verdict"]["missing"], &told["verdict"]["lack"]),
        (&"issue".into(), &"other-unit".into())
    );
    assert_eq!(
        (&told["sites_in_all"], &told["sites_within_limit"]),
        (&3.into(), &2.into())
    );
    assert_eq!(told["sites"][0]["serves_unit"], false);
    assert_eq!(told["walk"]["streets"][0]["name"], "North Street");
    assert_eq!(told["cures"][0]["lift"][0], "own-unit");
    Ok(())
}

#[test]
fn without_a_cell_some_are_listed() -> Tested {
    let dir = study("en")?;
    let (code, out, err) = run(dir.path(), &[])?;
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.starts_with("2 cells are not covered; most people live in\n"),
        "{out}"
    );
    assert!(
        out.contains(
            "  --cell h --item card   10 people, nearby, but only for its own unit, Home\n"
        ),
        "{out}"
    );
    // With an item, those that lack it; as JSON, for programs.
    let (code, out, err) = run(dir.path(), &["--item", "pass", "--json", "--quiet"])?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let told: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{out}");
    assert_eq!(
        (&told[0]["cell"], &told[0]["item"], &told[0]["verdict"]),
        (&"k".into(), &"pass".into(), &"stranded".into())
    );
    let (_, out, _) = run(dir.path(), &["--language", "zh"])?;
    assert!(out.starts_with("2 个居民点未覆盖；"), "{out}");
    assert!(out.contains(" 人，未接路网"), "{out}");
    Ok(())
}

#[test]
fn what_is_not_known_is_said_in_chinese_too() -> Tested {
    let dir = study("zh")?;
    let wrong: [(&[&str], &str); 4] = [
        (
            &["--cell", "Hom"],
            "错误：没有名为“Hom”的居民点——相近的有 Home",
        ),
        (
            &["--cell", "h", "--item", "crad"],
            "错误：没有名为“crad”的事项——相近的有 card、Card",
        ),
        (
            &["--cell", "h", "--group", "young"],
            "错误：没有名为“young”的人群——现有 elderly、others",
        ),
        (
            &["--cell", "h", "--at", "2024-03-11T10:00"],
            "错误：--at：应为本项目所用一周内的时刻，这一周从 2024-03-04 开始",
        ),
    ];
    for (arguments, said) in wrong {
        let (code, out, err) = run(dir.path(), arguments)?;
        assert_eq!((code, out.as_str(), err.trim_end()), (Some(2), "", said));
    }
    Ok(())
}

#[test]
fn exit_2_what_is_not_known_and_what_is_near_to_it() -> Tested {
    let dir = study("en")?;
    let wrong: [(&[&str], &str); 6] = [
        (
            &["--cell", "Hom"],
            "no cell is called \"Hom\" – near to it are Home",
        ),
        (
            &["--cell", "h", "--item", "crad"],
            "no item is called \"crad\" – near to it are card",
        ),
        (
            &["--cell", "h", "--group", "young"],
            "no group is called \"young\" – there are elderly, others",
        ),
        (
            &["--cell", "h", "--at", "2024-03-11T10:00"],
            "a moment of the study's week, which begins on 2024-03-04",
        ),
        (
            &["--cell", "h", "--at", "noon"],
            "expected a day and a time like 2024-03-04T10:00",
        ),
        (&["--cell", "h", "--minutes", "0"], "invalid value '0'"),
    ];
    for (arguments, message) in wrong {
        let (code, out, err) = run(dir.path(), arguments)?;
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(message), "{err}");
    }
    Ok(())
}

#[test]
fn hostile_names_never_reach_the_terminal() -> Tested {
    let dir = study("en")?;
    for name in [
        "cells.csv",
        "sites.csv",
        "items.csv",
        "units.csv",
        "streets.geojson",
    ] {
        let path = dir.path().join(name);
        let hidden = if name.contains("json") {
            "\\u001b[2J\\u202e"
        } else {
            "\u{1b}[2J\u{202e}"
        };
        let mut text = fs::read_to_string(&path)?;
        for known in [
            "Home", "Far", "Bank", "Centre", "Village", "Card", "Labour", "East", "West", "North",
            "Long",
        ] {
            text = text.replace(known, &format!("{known}{hidden}"));
        }
        fs::write(path, text)?;
    }
    for more in [
        &["--cell", "h", "--item", "card"][..],
        &["--cell", "h", "--item", "card", "--json"],
        &["--cell", "Home"],
        &[],
    ] {
        let (_, out, err) = run(dir.path(), more)?;
        assert!(
            !out.is_empty() || err.contains("Home") || err.contains("--cell h"),
            "{out}{err}"
        );
        assert!(!(out + &err).contains(['\u{1b}', '\u{202e}']), "{more:?}");
    }
    Ok(())
}

#[test]
fn the_fixture_is_explained() -> Tested {
    let (code, listed, err) = ran(&mut Command::new(example()))?;
    assert_eq!(code, Some(0), "{err}");
    let line = listed
        .lines()
        .find(|line| line.starts_with("  --cell "))
        .expect("some cell is not covered");
    let arguments: Vec<&str> = line.split_whitespace().take(4).collect();
    let (code, out, err) = ran(Command::new(example()).args(&arguments).arg("--quiet"))?;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with("为什么：") && !out.contains("判定：已覆盖"),
        "{out}"
    );
    assert!(
        out.lines().count() <= 60 && out.contains("如何改进："),
        "{out}"
    );
    Ok(())
}

#[test]
fn firms_answer_where_nobody_lives_and_are_called_firms() -> Tested {
    let asked = |arguments: &[&str]| {
        let mut command = Command::new(example());
        ran(command
            .args(arguments)
            .args(["--quiet", "--language", "en"]))
    };
    // C00057 has one firm and no people; I32 is for firms alone, I01 for persons alone.
    let (_, out, _) = asked(&["--cell", "C00057"])?;
    assert!(out.contains("\nasked: 企业; 1 firm;"), "{out}");
    let (_, out, _) = asked(&["--cell", "C00057", "--item", "I01"])?;
    assert!(!out.contains("asked: 企业"), "{out}");
    let (_, out, _) = asked(&["--item", "I32"])?;
    assert!(
        out.contains(" cells are not covered; most firms are in\n"),
        "{out}"
    );
    assert!(
        out.contains(" firms, ") && !out.contains(" people, "),
        "{out}"
    );
    let (_, out, _) = asked(&["--item", "I32", "--json"])?;
    let told: serde_json::Value = serde_json::from_str(&out)?;
    assert!(
        told[0]["firms"].is_number() && told[0]["people"].is_null(),
        "{out}"
    );
    Ok(())
}

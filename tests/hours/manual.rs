//! The examples of both manuals are read as the manuals say.

use std::fs;

use crate::town::{Town, week};

const TIME: &str = "[time]\nweek = '2024-10-01'\ndays_off = ['2024-10-01..2024-10-07']\n";

/// What stands in backticks.
fn quoted(text: &str) -> Vec<String> {
    let parts = text.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// The rows below a head, as what is said and how it is read.
fn examples(file: &str, head: &str) -> Vec<(String, String)> {
    let path = format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).expect("readable");
    let (_, table) = text.split_once(head).expect("the manual has this table");
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut examples = Vec::new();
    for row in rows {
        let (said, read) = row.trim_matches('|').split_once('|').expect("two columns");
        let read = quoted(read).remove(0);
        examples.extend(quoted(said).into_iter().map(|said| (said, read.clone())));
    }
    examples
}

#[test]
fn what_the_manuals_say_is_understood_is() {
    let english = examples("manual.md", "| said | read as |");
    let chinese = examples("manual.zh-CN.md", "| 写法 | 理解为 |");
    assert_eq!(english, chinese);
    assert!(english.len() > 10);
    for (said, read) in english {
        let study = Town::open_at(&[&said], TIME).good();
        let findings = study.findings().iter();
        let told: Vec<String> = findings
            .filter(|finding| finding.code == "hours-understood")
            .map(|finding| finding.message.to_string())
            .collect();
        let right = format!("is understood as {read}: 1 of 1 sites");
        assert!(
            told.len() == 1 && told[0].ends_with(&right),
            "{said}: {told:?}"
        );
        assert_eq!(week(&said, TIME), week(&read, TIME), "{said}");
    }
}

#[test]
fn what_the_manuals_say_is_refused_is() {
    for said in [
        "周一至周五",
        "9:00-12:00 周一 13:00-17:00",
        "8:30-12:00 2:00-5:30",
        "9:00-5:00",
        "Mo-Fr 9:00-5:00",
        "晚上8:00-凌晨2:00",
        "每天9:00-17:00，周日10:00-12:00",
        "每天8:00-12:00，周日14:00-17:00",
        "周六9:00-12:00，周末休息",
        "夏季8:00-12:00，冬季8:30-12:00",
        "夏季（5月-9月）8:00-12:00，冬季（9月-4月）8:30-12:00",
        "逢集日 8:00-12:00",
        "赶集 8:00-12:00",
        "农历初一 8:00-12:00",
        "8:00-12:00（预约）",
        "8:00-12:00（春节除外）",
        "8:00-17:00，午休12:00-14:00",
        "单周周六 8:00-12:00",
        "sunrise-sunset",
        "17:00+",
    ] {
        assert!(week(said, TIME).is_err(), "{said}");
    }
}

#[test]
fn days_of_helpers_may_be_days_alone() {
    let sites = |days: &str| {
        format!("id,lon,lat,helps_at_home,helps_days\ns0,116.2,29.73,20 min,\"{days}\"\n")
    };
    let help = |days: &str| {
        let study = Town::new(&sites(days), TIME).good();
        let (_, site) = study.sites().iter().next().expect("a site");
        let help = site.home_help.as_ref().expect("it helps");
        help.week.as_ref().map(ToString::to_string)
    };
    let days = Some("We 00:00-24:00, Fr 00:00-24:00".to_owned());
    assert_eq!(help("We,Fr"), days);
    assert_eq!(help("周三、周五"), days);
    assert_eq!(help("每周三和周五"), days);
    let hours = help("周三 9:00-12:00");
    assert_eq!(hours.as_deref(), Some("We 09:00-12:00"));
    let error = Town::new(&sites("逢集日"), TIME).error();
    assert!(error.contains("not understood: 逢集日"), "{error}");
}

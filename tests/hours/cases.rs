//! Cases 23, 24 and 25: hours that were answered wrongly, and hours that are right today.

use std::path::PathBuf;

use walkshed::model::Language;
use walkshed::model::Study;
use walkshed::read::{self, OnBad};

use crate::town::{Town, site, week};

const DAYS_OFF: &str = "days_off = ['2024-05-01..2024-05-05', '2024-10-01..2024-10-07']\n";

/// `[time]` at a moment, with the days off of the cases.
fn at(moment: &str) -> String {
    format!("[time]\nat = '{moment}'\n{DAYS_OFF}")
}

/// Which of the sites are open at the moment that a study asks.
fn open(study: &Study) -> Vec<bool> {
    let rule = study.time().expect("time is asked about");
    let moment = rule.at().expect("a moment is asked");
    let sites = study.sites().iter();
    sites
        .map(|(_, site)| rule.hours_of(site).is_open(moment))
        .collect()
}

/// A study of the folder `cases` beside the data, when `WALKSHED_DATA` is set.
fn case(file: &str) -> Option<Study> {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return None;
    };
    let path = data.join("cases").join(file);
    let (study, _) = read::study(&path).unwrap_or_else(|wrong| panic!("{file}: {wrong}"));
    Some(study)
}

/// Holds the open sites of own hours at a moment, and those of a case, against what is right.
fn hold(hours: &[&str], moment: &str, file: &str, right: &[bool]) {
    let own = Town::open_at(hours, &at(moment)).good();
    assert_eq!(open(&own), right, "{moment}");
    if let Some(study) = case(file) {
        assert_eq!(open(&study), right, "{file}");
    }
}

#[test]
fn case_23_blanks_round_a_comma() {
    let hours = [
        "Mo-Fr 09:00-12:00,13:00-17:00",
        "Mo-Fr 09:00-12:00, 13:00-17:00",
        "Mo-Fr 09:00-12:00,  13:00-17:00",
        "Mo-Fr 09:00-12:00 , 13:00-17:00",
        // No comma: in OSM a rule of its own, of all days.
        "Mo-Fr 09:00-12:00; 13:00-17:00",
    ];
    let saturday = [false, false, false, false, true];
    hold(&hours, "2024-03-09T14:00", "23/study.toml", &saturday);
    let monday = saturday.map(|open| !open);
    hold(&hours, "2024-03-04T10:00", "23/study_mon.toml", &monday);
}

/// The sentences of case 24, with what they mean.
const SAID: [(&str, &str, &str); 4] = [
    ("days_last", "8:30-17:00（周一至周五）", "Mo-Fr 08:30-17:00"),
    (
        "ph_first",
        "节假日除外 8:30-17:30",
        "Mo-Su 08:30-17:30; PH off",
    ),
    (
        "ph_middle",
        "周一至周五（法定节假日除外）上午8:30-12:00，下午13:30-17:00",
        "Mo-Fr 08:30-12:00,13:30-17:00; PH off",
    ),
    (
        "two_day_groups",
        "周一至周六上午8:30-12:00、周一至周五下午14:30-17:30",
        "Mo-Fr 08:30-12:00,14:30-17:30; Sa 08:30-12:00",
    ),
];

#[test]
fn case_24_sentences_mean_what_they_say() {
    for (name, said, meant) in SAID {
        for moment in ["2024-03-09T23:00", "2024-05-01T10:00", "2024-10-08T10:00"] {
            let right = week(meant, &at(moment)).expect(meant);
            assert_eq!(week(said, &at(moment)), Ok(right), "{said} in {moment}");
        }
        let Some(study) = case(&format!("24/study_{name}_as_written.toml")) else {
            continue;
        };
        let rule = study.time().expect("time is asked about");
        let right = week(meant, &at("2024-03-09T23:00")).expect(meant);
        let got = rule.hours_of(site(&study, "S0")).to_string();
        assert_eq!(got, right, "{name}");
    }
}

#[test]
fn case_24_it_is_told_how_a_sentence_was_understood() {
    for (_, said, meant) in SAID {
        let study = Town::open_at(&[said, said, "24/7"], &at("2024-03-09T23:00")).good();
        let findings = study.findings().iter();
        let told: Vec<String> = findings
            .filter(|finding| finding.code == "hours-understood")
            .map(|finding| finding.message.to_string())
            .collect();
        let right = format!("\"{said}\" is understood as {meant}: 2 of 3 sites");
        assert_eq!(told, [right]);
        let mut findings = study.findings().iter();
        let finding = findings.find(|finding| finding.code == "hours-understood");
        let finding = finding.expect("it is told");
        let right = format!("“{said}”理解为 {meant}：3 个服务点中有 2 个");
        assert_eq!(finding.message.in_language(Language::Chinese), right);
    }
}

/// What was proposed once is OSM, and means something else: it is read as OSM has it, and told.
#[test]
fn case_24_what_was_obeyed_is_told_as_doubtful() {
    let obeyed = [
        ("08:30-17:00; Mo-Fr", "days-without-times"),
        ("Mo-Fr PH off; 08:30-12:00,13:30-17:00", "holidays-lost"),
        ("Mo-Sa 08:30-12:00; Mo-Fr 14:30-17:30", "times-lost"),
        ("PH off; 08:30-17:30", "holidays-lost"),
    ];
    for (hours, code) in obeyed {
        let study = Town::open_at(&[hours], &at("2024-03-04T10:00"))
            .read(OnBad::Stop)
            .expect(hours);
        let codes: Vec<&str> = study.findings().iter().map(|found| found.code).collect();
        assert!(codes.contains(&code), "{hours}: {codes:?}");
    }
    for (name, right) in [
        ("mon10", [true, true, false, true]),
        ("mon22", [true, false, false, false]),
        ("sat14", [true, true, false, true]),
        ("mayday10", [true, true, false, true]),
    ] {
        // As OSM has them; only their findings tell that more was meant.
        if let Some(study) = case(&format!("24/study_obeyed_{name}.toml")) {
            let got = open(&study);
            assert_eq!(got.len(), right.len(), "{name}");
            let codes: Vec<&str> = study.findings().iter().map(|found| found.code).collect();
            for code in ["days-without-times", "holidays-lost", "times-lost"] {
                assert!(codes.contains(&code), "{name}: {codes:?}");
            }
            assert_eq!(got, right, "{name}");
        }
    }
}

#[test]
fn case_25_seasons_and_holidays() {
    let hours = [
        "May-Sep: Mo-Fr 08:00-12:00,15:00-18:00; Oct-Apr: Mo-Fr 08:30-12:00,14:30-17:30",
        "Mo-Fr 08:30-12:00,14:00-17:30; PH off",
        "Oct 01-Apr 30: Mo-Fr 08:30-12:00,14:30-17:30; May 01-Sep 30: Mo-Fr 08:00-12:00,15:00-18:00",
    ];
    let said = [
        "周一至周五 夏季（5月1日-9月30日）8:00-12:00，15:00-18:00；冬季（10月1日-4月30日）8:30-12:00，14:30-17:30",
        "周一至周五上午8:30-12:00，下午2:00-5:30，法定节假日除外",
        "冬季（10月-4月）周一至周五8:30-12:00，下午2:30-5:30；夏季（5月-9月）周一至周五8:00-12:00，下午3:00-6:00",
    ];
    for (file, moment, right) in [
        ("summer_1445", "2024-06-12T14:45", [false, true, false]),
        ("summer_1500", "2024-06-12T15:00", [true, true, true]),
        ("winter_1445", "2024-12-31T14:45", [true, true, true]),
        ("mayday", "2024-05-01T10:00", [true, false, true]),
        ("apr30_0815", "2024-04-30T08:15", [false, false, false]),
    ] {
        hold(&hours, moment, &format!("25/study_{file}.toml"), &right);
        assert_eq!(open(&Town::open_at(&said, &at(moment)).good()), right);
    }
}

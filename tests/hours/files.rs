//! Time of day from the files on: `[time]`, opening hours, dates of opening and closing.

use std::fs;

use chrono::NaiveDate;
use walkshed::model::Study;
use walkshed::read::OnBad;
use walkshed::score::week::{WeekProfile, done_hours};
use walkshed::{search, snap};

use crate::town::{Town, site};

fn study(sites: &str, rules: &str) -> Study {
    Town::new(sites, rules)
        .read(OnBad::Stop)
        .expect("a good study")
}

fn error(sites: &str, rules: &str) -> String {
    Town::new(sites, rules)
        .read(OnBad::Stop)
        .expect_err("an error")
        .to_string()
}

fn codes(study: &Study) -> Vec<&str> {
    study
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect()
}

const TIMED: &str = "编号,lon,lat,营业时间\n\
    s,116.2,29.73,\"Mo-Fr 09:00-12:00,13:30-17:00; PH off\"\nt,116.21,29.73,24/7\nu,116.205,29.73,\n";

#[test]
fn without_a_time_table_every_site_counts_as_open() {
    let plain = study(&TIMED.replace("24/7", "no hours at all"), "");
    assert_eq!((plain.time(), plain.target().date), (None, None));
    assert!(plain.sites().iter().all(|(_, site)| site.hours.is_none()));
    let unused = plain
        .findings()
        .iter()
        .filter(|finding| finding.code == "not-used");
    let told: Vec<_> = unused.map(|finding| finding.message.to_string()).collect();
    assert_eq!(
        told,
        [
            "column \"营业时间\" is not used, for the study asks for no time of day: every site counts as open at any hour – write [time] with week = 2024-03-04"
        ]
    );
}

#[test]
fn hours_hold_in_the_reference_week() {
    let study = study(TIMED, "[time]\nat = 2024-03-06T10:00:00\n");
    let rule = study.time().expect("time is asked about");
    assert_eq!(rule.week_start().to_string(), "2024-03-04");
    assert_eq!(
        rule.at().map(|at| at.to_string()).as_deref(),
        Some("We 10:00")
    );
    assert_eq!(rule.hours_of(site(&study, "t")).to_string(), "24/7");
    let half_days = "Mo 09:00-12:00, Mo 13:30-17:00, Tu 09:00-12:00";
    assert!(
        rule.hours_of(site(&study, "s"))
            .to_string()
            .starts_with(half_days)
    );
    assert!(site(&study, "u").hours.is_none());
    assert_eq!(rule.hours_of(site(&study, "u")), rule.unstated());
    assert!(rule.unstated().to_string().ends_with("Fr 09:00-17:00"));
    let told = study
        .findings()
        .iter()
        .find(|finding| finding.code == "hours-assumed")
        .expect("it is told");
    assert!(
        told.message
            .to_string()
            .starts_with("1 of 3 sites state no hours: taken as open Mo-Fr 09:00-17:00"),
        "{told:?}"
    );
    assert!(!codes(&study).contains(&"not-used"));
}

#[test]
fn the_week_profile_follows_from_the_files() {
    let study = study(
        TIMED,
        "[target]\nminutes = 5\n[time]\nweek = '2024-03-04'\nunstated_hours = 'off'\n",
    );
    let links = snap::link(&study);
    let times = search::travel_times(&links, study.target().limit);
    let rule = study.time().expect("time is asked about");
    let profile = WeekProfile::new(&study, &[walkshed::model::Who::People], |_, cell| {
        done_hours([times.of(cell).iter().copied()], |site| {
            rule.hours_of(&study.sites()[site])
        })
    });
    let hours: Vec<u32> = times_of_cells(&study)
        .map(|cell| profile.cell(cell).count())
        .collect();
    // a is 97 m from s: full hours 9, 10, 11, 14, 15, 16 on five days; b is as far from t.
    assert_eq!(hours, [30, 168]);
}

fn times_of_cells(study: &Study) -> impl Iterator<Item = walkshed::ids::CellId> {
    study.cells().iter().map(|(id, _)| id)
}

#[test]
fn bad_hours_stop_or_count_as_not_stated() {
    let sites = TIMED.replace("24/7", "周一至周五 九点上班");
    let time = "[time]\nweek = '2024-03-04'\n";
    assert_eq!(
        error(&sites, time),
        "sites.csv, row 3: column \"营业时间\" is \"周一至周五 九点上班\", expected hours in words that are known (not understood: 九点) – \
         write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\", or run with --on-bad skip: then its hours count as not stated"
    );
    let skipped = Town::new(&sites, time)
        .read(OnBad::Skip)
        .expect("it is skipped");
    assert_eq!(
        (skipped.sites().len(), &site(&skipped, "t").hours),
        (3, &None)
    );
    let told: Vec<_> = skipped
        .findings()
        .iter()
        .map(|finding| (finding.code, finding.place.as_str()))
        .collect();
    assert!(told.contains(&("bad-opening-hours", "row 3")), "{told:?}");
    let assumed = skipped
        .findings()
        .iter()
        .find(|finding| finding.code == "hours-assumed")
        .expect("told");
    assert!(
        assumed.message.to_string().starts_with("2 of 3"),
        "{assumed:?}"
    );
}

#[test]
fn wrong_keys_and_values_of_time_say_what_to_write() {
    let cases = [
        (
            "[time]\nholiday = 'CN'",
            "\"holiday\": unknown key in [time] – did you mean holidays?",
        ),
        ("[time]\nday_off = []", "did you mean days_off?"),
        (
            "[time]\nholidays = 'CN'",
            "key \"time.week\": no week is asked",
        ),
        (
            "[time]\nweek = '4.3.2024'",
            "key \"time.week\" is \"4.3.2024\", expected a date",
        ),
        (
            "[time]\nweek = 20240304",
            "key \"time.week\": expected a date, not a TOML integer; write \"2024-12-31\"",
        ),
        (
            "[time]\nat = '2024-03-04'",
            "key \"time.at\" is \"2024-03-04\", expected a day and a time",
        ),
        (
            "[time]\nweek = '2024-03-04'\nholidays = 'XX'",
            "key \"time.holidays\" is \"XX\"",
        ),
        (
            "[target]\ndate = '2024-12'",
            "key \"target.date\" is \"2024-12\", expected a date",
        ),
        ("[target]\ndates = '2024-12-31'", "did you mean date?"),
    ];
    for (rules, part) in cases {
        let error = error(TIMED, rules);
        assert!(
            error.starts_with("study.toml") && error.contains(part),
            "{rules}: {error}"
        );
    }
}

const DATED: &str =
    "id,lon,lat,启用日期,closed\ns,116.2,29.73,2023年1月1日,2024-06-30\nt,116.21,29.73,20240701,\n";

#[test]
fn dates_of_opening_and_closing_are_read_when_a_date_is_asked() {
    let study = study(DATED, "[target]\ndate = '2024-06-30'\n");
    let day = study.target().date.expect("a date is asked");
    assert_eq!(day, NaiveDate::from_ymd_opt(2024, 6, 30).expect("a date"));
    let exists = |id, day: NaiveDate| site(&study, id).exists_on(day);
    let (before, after) = (
        day.pred_opt().expect("a day"),
        day.succ_opt().expect("a day"),
    );
    assert_eq!(
        [before, day, after].map(|day| exists("s", day)),
        [true, false, false]
    );
    assert_eq!(
        [before, day, after].map(|day| exists("t", day)),
        [false, false, true]
    );
    assert!(!codes(&study).contains(&"not-used"));
    let toml_date = self::study(DATED, "[target]\ndate = 2024-06-30\n");
    assert_eq!(toml_date.target().date, Some(day));
}

#[test]
fn without_a_date_they_are_not_read() {
    let study = study(&DATED.replace("20240701", "soon"), "");
    assert_eq!(
        codes(&study)
            .iter()
            .filter(|code| **code == "not-used")
            .count(),
        2
    );
    assert!(
        study
            .sites()
            .iter()
            .all(|(_, site)| site.opened.is_none() && site.closed.is_none())
    );
}

#[test]
fn bad_dates_of_sites_are_errors() {
    let rules = "[target]\ndate = '2024-06-30'\n";
    assert_eq!(
        error(&DATED.replace("20240701", "1.7.2024"), rules),
        "sites.csv, row 3: column \"启用日期\" is \"1.7.2024\", expected a date – write it as 2024-12-31 \
         (year-month-day), a day that exists, or run with --on-bad skip to leave such rows out"
    );
    for closed in ["2022-12-31", "2023-01-01"] {
        let error = error(&DATED.replace("2024-06-30", closed), rules);
        assert!(
            error.contains("expected a day after the day of opening, 2023-01-01"),
            "{error}"
        );
    }
}

#[test]
fn dates_of_a_workbook_are_dates() {
    let town = Town::new(DATED, "[target]\ndate = '2024-06-30'\n");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "lon", "lat", "opened"]) {
        sheet.write(0, column, name).expect("written");
    }
    sheet.write(1, 0, "s").expect("written");
    sheet.write(1, 1, 116.2).expect("written");
    sheet.write(1, 2, 29.73).expect("written");
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 7, 1).expect("a date");
    sheet
        .write_with_format(1, 3, &day, &format)
        .expect("written");
    book.save(town.0.path().join("sites.xlsx"))
        .expect("written");
    let text = fs::read_to_string(town.0.path().join("study.toml")).expect("readable");
    town.file("study.toml", &text.replace("sites.csv", "sites.xlsx"));
    let study = town.read(OnBad::Stop).expect("a good study");
    assert_eq!(
        site(&study, "s").opened,
        NaiveDate::from_ymd_opt(2024, 7, 1)
    );
}

//! 200 strings, half of them Chinese, over five weeks, as `opening_hours.js` answers.
//!
//! The answers were made once, by `make_differential.js` beside this file. A Chinese string was given
//! to `opening_hours.js` as the same in OSM syntax, written by hand and not by this library.

use std::fmt::Write as _;
use std::ops::Range;

use walkshed::model::Study;

use crate::town::{Town, site};

const TABLE: &str = include_str!("differential.tsv");

/// A string and its weeks.
struct Row {
    string: &'static str,
    /// Why this library answers otherwise; empty where it does not.
    why: &'static str,
    weeks: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let first = columns[3];
        let weeks = columns[3..].iter();
        Row {
            string: columns[0],
            why: columns[2],
            weeks: weeks
                .map(|week| if *week == "=" { first } else { *week })
                .collect(),
        }
    };
    lines.map(row).collect()
}

/// The words of a line at the head.
fn head(name: &str) -> Vec<&'static str> {
    let mut lines = TABLE.lines().filter_map(|line| line.strip_prefix("# "));
    let words = lines.find_map(|line| line.strip_prefix(name));
    words.expect("it is there").split_whitespace().collect()
}

/// A week such as `0-4:540-720,780-1020;5:540-720`, in minutes since Monday.
fn ranges(week: &str) -> Vec<Range<u32>> {
    let mut open = vec![false; 10_080];
    for group in week.split(';').filter(|group| *group != "-") {
        let (days, times) = group.split_once(':').expect("days and times");
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let number = |text: &str| text.parse::<usize>().expect("a number");
        for day in number(first)..=number(last) {
            for time in times.split(',') {
                let (from, until) = time.split_once('-').expect("from and until");
                open[day * 1440 + number(from)..day * 1440 + number(until)].fill(true);
            }
        }
    }
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for minute in (0..10_080).filter(|minute| open[*minute as usize]) {
        match ranges.last_mut() {
            Some(last) if last.end == minute => last.end += 1,
            _ => ranges.push(minute..minute + 1),
        }
    }
    ranges
}

/// The study of one week, with the holidays of `opening_hours.js` and no others.
fn study(rows: &[Row], monday: &str) -> Study {
    let strings: Vec<&str> = rows.iter().map(|row| row.string).collect();
    let off = head("holidays").join("', '");
    let time = format!("[time]\nweek = '{monday}'\nholidays = 'none'\ndays_off = ['{off}']\n");
    Town::open_at(&strings, &time).good()
}

#[test]
fn two_hundred_strings_over_five_weeks() {
    let rows = rows();
    let mondays = head("weeks");
    assert!(rows.len() >= 200 && mondays.len() == 5);
    let mut differing = vec![false; rows.len()];
    let mut wrong = String::new();
    for (number, monday) in mondays.iter().enumerate() {
        let study = study(&rows, monday);
        let rule = study.time().expect("time is asked about");
        for (place, row) in rows.iter().enumerate() {
            let got = rule.hours_of(site(&study, &format!("s{place}"))).ranges();
            let right = ranges(row.weeks[number]);
            if got == right {
                continue;
            }
            differing[place] = true;
            if row.why.is_empty() {
                let string = row.string;
                let _ = writeln!(wrong, "{string} in {monday}: {got:?}, not {right:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    for (row, differs) in rows.iter().zip(differing) {
        assert_eq!(!row.why.is_empty(), differs, "{}: {}", row.string, row.why);
    }
}

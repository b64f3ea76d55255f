//! Every cure that is printed for hours is applied, accepted, and means what the words say.

use walkshed::read::OnBad;

use crate::town::{Town, week};

/// A week with National Day in it.
const TIME: &str = "[time]\nweek = '2024-10-01'\ndays_off = ['2024-10-01..2024-10-07']\n";
/// A week without holidays.
const PLAIN: &str = "[time]\nweek = '2024-03-04'\n";

/// What an error says to do.
fn remedy(hours: &str) -> String {
    let error = Town::open_at(&[hours], TIME).error();
    let (_, remedy) = error.rsplit_once(" – ").expect("a remedy");
    let end = remedy.find(", or run with").expect("a way out");
    remedy[..end].to_owned()
}

/// The message of the finding of this code.
fn told(hours: &str, code: &str, time: &str) -> String {
    let study = Town::open_at(&[hours], time).good();
    let mut findings = study.findings().iter();
    let finding = findings.find(|finding| finding.code == code);
    finding
        .unwrap_or_else(|| panic!("{hours}: no {code}"))
        .message
        .to_string()
}

/// Holds hours against others, in weeks with and without holidays.
fn same(cured: &str, meant: &str) {
    for time in [TIME, PLAIN] {
        let right = week(meant, time).expect(meant);
        assert_eq!(week(cured, time), Ok(right), "{cured}, not {meant}");
    }
}

#[test]
fn the_afternoon_is_written_on_the_clock_of_24_hours() {
    for (hours, meant) in [
        ("8:30-12:00 2:00-5:30", "08:30-12:00,14:00-17:30"),
        ("8:30-12:00,2:00-5:30", "08:30-12:00,14:00-17:30"),
        ("08:30-12:00,02:00-05:30", "08:30-12:00,14:00-17:30"),
        (
            "Mo-Fr 8:30-12:00,2:00-5:30",
            "Mo-Fr 08:30-12:00,14:00-17:30",
        ),
        ("Mo-Fr 9:00-5:00; PH off", "Mo-Fr 09:00-17:00; PH off"),
        ("周一至周五上午8:30-5:30", "Mo-Fr 08:30-17:30"),
        (
            "周一至周五 8:30-12:00；2:00-5:30",
            "Mo-Fr 08:30-12:00,14:00-17:30",
        ),
        (
            "上午8:30-12:00，2:00-5:30（周一至周五）",
            "Mo-Fr 08:30-12:00,14:00-17:30",
        ),
        ("上午8:30-12:00，14:00-5:30", "08:30-12:00,14:00-17:30"),
        ("周一至周五 2:00-5:30", "Mo-Fr 14:00-17:30"),
        ("每天九点到五点", "09:00-17:00"),
        ("下午2:00-5:00，8:00-11:00", "14:00-17:00,20:00-23:00"),
    ] {
        let remedy = remedy(hours);
        let words = remedy
            .strip_prefix("write ")
            .expect("it says what to write");
        let words = words.strip_suffix(" if the afternoon is meant");
        let (instead, written) = words
            .and_then(|words| words.split_once(" in place of "))
            .unwrap_or_else(|| panic!("{hours}: {remedy}"));
        assert!(hours.contains(written), "{hours}: {remedy}");
        same(&hours.replace(written, instead), meant);
    }
}

#[test]
fn the_examples_are_read() {
    for hours in [
        "逢集日 8:00-12:00",
        "周一至周五 9:00-17:00，需预约",
        "晚上10:00-凌晨2:00",
        "周一至周五",
        "每天9:00-17:00，周日10:00-12:00",
        "Mo-Fr 9am-5pm",
        "week 20-10 Mo",
    ] {
        let remedy = remedy(hours);
        let examples: Vec<&str> = remedy.split('"').skip(1).step_by(2).collect();
        assert_eq!(examples.len(), 2, "{remedy}");
        for example in examples {
            assert!(week(example, PLAIN).is_ok(), "{example}");
        }
    }
}

#[test]
fn both_times_are_written() {
    for hours in ["sunrise-sunset", "Mo 17:00+", "Mo 10:00-16:00/01:30"] {
        let remedy = remedy(hours);
        let example = remedy.strip_prefix("write both times, such as ");
        same(example.expect("an example"), "09:00-17:00");
    }
}

#[test]
fn seasons_are_written_with_their_dates() {
    for hours in [
        "夏季8:00-12:00，冬季8:30-12:00",
        "夏令时：周一至周五 8:00-18:00",
    ] {
        let remedy = remedy(hours);
        let example = remedy.strip_prefix("write them in brackets, such as ");
        same(
            example.expect("an example"),
            "May-Sep: 08:00-12:00; Oct-Apr: 08:30-12:00",
        );
    }
}

#[test]
fn days_are_written_before_their_times() {
    for hours in ["9:00-12:00 周一 13:00-17:00", "周一9:00-12:00，周二"] {
        let remedy = remedy(hours);
        let (_, example) = remedy.split_once(", such as ").expect("an example");
        same(example, "Mo-Fr 09:00-17:00; Sa 09:00-12:00");
    }
}

#[test]
fn holidays_are_added_where_a_site_closes() {
    for (hours, meant) in [
        ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
        ("周一至周五 9:00-17:00", "Mo-Fr 09:00-17:00; PH off"),
        ("9:00-17:00（周一至周五）", "Mo-Fr 09:00-17:00; PH off"),
        (
            "夏季（5月-9月）8:00-12:00，冬季（10月-4月）9:00-12:00",
            "May-Sep: 08:00-12:00; Oct-Apr: 09:00-12:00; PH off",
        ),
    ] {
        let message = told(hours, "no-holiday-rule", TIME);
        let added = message.split('"').nth(1).expect("what to add");
        same(&format!("{hours}{added}"), meant);
    }
}

#[test]
fn what_is_told_as_doubtful_is_mended_as_it_says() {
    let message = told("Mo-Fr", "days-without-times", TIME);
    assert!(message.contains("add the times, such as Mo-Fr 09:00-17:00"));
    same("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00");
    for (hours, meant) in [
        (
            "Mo-Sa 08:30-12:00; Mo-Fr 14:30-17:30",
            "Mo-Fr 08:30-12:00,14:30-17:30; Sa 08:30-12:00",
        ),
        (
            "Mo-Fr 09:00-12:00; 13:00-17:00",
            "Mo-Fr 09:00-12:00,13:00-17:00",
        ),
    ] {
        let message = told(hours, "times-lost", PLAIN);
        assert!(message.contains("write \",\" in place of that \";\""));
        same(&hours.replace(';', ","), meant);
    }
    for (hours, rest) in [
        ("PH off; 08:30-17:30", "08:30-17:30"),
        ("PH off; Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"),
    ] {
        let message = told(hours, "holidays-lost", TIME);
        assert!(message.contains("write \"; PH off\" at the end"));
        same(&format!("{rest}; PH off"), &format!("{rest}; PH off"));
        assert_eq!(
            week(&format!("{rest}; PH off"), TIME).map(|week| week.contains("Tu")),
            Ok(false)
        );
    }
    let night = "Mo-Fr 09:00-05:00";
    assert!(told(night, "long-night", PLAIN).contains("as 17:00, not 05:00"));
    same(&night.replace("05:00", "17:00"), "Mo-Fr 09:00-17:00");
    let message = told(
        "Mo-Fr 09:00-17:00 \"by appointment\"",
        "hours-conditional",
        TIME,
    );
    assert!(message.contains("leave the comment out"));
    assert_eq!(
        week("Mo \"by appointment\"", PLAIN),
        Ok("closed".to_owned())
    );
    assert_eq!(
        week("Mo 09:00-12:00", PLAIN),
        Ok("Mo 09:00-12:00".to_owned())
    );
}

#[test]
fn a_refused_sentence_can_be_skipped_as_the_error_says() {
    let town = Town::open_at(&["逢集日 8:00-12:00", "24/7"], TIME);
    assert!(
        town.error()
            .ends_with("run with --on-bad skip: then its hours count as not stated")
    );
    let study = town.read(OnBad::Skip).expect("it is skipped");
    let codes: Vec<&str> = study.findings().iter().map(|found| found.code).collect();
    assert!(codes.contains(&"bad-opening-hours"), "{codes:?}");
    assert!(codes.contains(&"hours-assumed"), "{codes:?}");
}

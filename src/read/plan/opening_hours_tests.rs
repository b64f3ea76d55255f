use crate::read::row_policy::Stopped;
use proptest::prelude::*;

use super::*;

fn clock(time: &str) -> Clock {
    let table = toml::from_str(time).expect("the table is well formed");
    Clock::new(&table, "study.toml").expect("a good table")
}

fn week(time: &str, hours: &str) -> String {
    let week = clock(time).hours(&Value::Text(hours.into())).expect(hours);
    week.expect("not empty").to_string()
}

const EXAMPLES: &str = "write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\"";
const PLAIN: &str = "week = '2024-03-04'";
const NATIONAL: &str = "week = '2024-10-01'\ndays_off = ['2024-10-01..2024-10-07']";
const MAKE_UP: &str = "week = '2024-09-23'\ndays_off = ['2024-10-01..2024-10-07']\nworkdays = ['2024-09-29', '2024-10-12']";

#[test]
fn hours_known_by_hand() {
    let working = "Mo 09:00-17:00, Tu 09:00-17:00, We 09:00-17:00, Th 09:00-17:00, Fr 09:00-17:00";
    let saturday = format!("{working}, Sa 09:00-12:00");
    let sunday = format!("{working}, Su 09:00-17:00");
    let cases = [
        (PLAIN, "Mo-Fr 09:00-17:00", working),
        (PLAIN, "Mo-Fr 09:00-17:00; Sa 09:00-12:00", &saturday),
        (PLAIN, "24/7", "24/7"),
        (PLAIN, "00:00-24:00", "24/7"),
        (PLAIN, "off", "closed"),
        (
            PLAIN,
            "Mo 09:00-12:00,13:30-17:00",
            "Mo 09:00-12:00, Mo 13:30-17:00",
        ),
        (
            PLAIN,
            "Mo 09:00-12:00, 13:30-17:00",
            "Mo 09:00-12:00, Mo 13:30-17:00",
        ),
        (PLAIN, "Mo 10:00-20:00,12:00-14:00", "Mo 10:00-20:00"),
        (PLAIN, "Fr 22:00-02:00", "Fr 22:00-Sa 02:00"),
        // The night from the Sunday before the week, and the one after it.
        (PLAIN, "Su 22:00-02:00", "Mo 00:00-02:00, Su 22:00-24:00"),
        (
            PLAIN,
            "Mo-Fr 9:00-17:00; We off",
            "Mo 09:00-17:00, Tu 09:00-17:00, Th 09:00-17:00, Fr 09:00-17:00",
        ),
        (
            PLAIN,
            "Apr-Sep Mo 08:00-18:00; Oct-Mar Mo 09:00-17:00",
            "Mo 09:00-17:00",
        ),
        (PLAIN, "week 10 Tu 09:00-10:00", "Tu 09:00-10:00"),
        (PLAIN, "week 11-20 Tu 09:00-10:00", "closed"),
        (PLAIN, "Mo[1] 09:00-12:00", "Mo 09:00-12:00"),
        (PLAIN, "2025 Mo-Su", "closed"),
        (
            PLAIN,
            "Mo 09:00-12:00 \"by appointment\"; Tu 09:00-12:00",
            "Tu 09:00-12:00",
        ),
        (
            PLAIN,
            "Mo 09:00-12:00 unknown; Tu 09:00-12:00",
            "Tu 09:00-12:00",
        ),
        (
            PLAIN,
            "Mo 09:00-12:00 || Tu 10:00-11:00",
            "Mo 09:00-12:00, Tu 10:00-11:00",
        ),
        // The National Day week of 2024: Monday 30 September is worked, Tuesday on is off.
        (NATIONAL, "Mo-Fr 09:00-17:00; PH off", "Mo 09:00-17:00"),
        (NATIONAL, "Mo-Fr 09:00-17:00", working),
        (
            NATIONAL,
            "Mo-Fr 09:00-17:00; PH 10:00-12:00",
            "Mo 09:00-17:00, Tu 10:00-12:00, We 10:00-12:00, Th 10:00-12:00, Fr 10:00-12:00, Sa 10:00-12:00, Su 10:00-12:00",
        ),
        (NATIONAL, "24/7; PH off", "Mo 00:00-24:00"),
        (
            "week = '2024-10-01'",
            "Mo-Fr 09:00-17:00; PH off",
            "Mo 09:00-17:00, We 09:00-17:00, Th 09:00-17:00, Fr 09:00-17:00",
        ),
        (
            "week = '2024-10-01'\nholidays = 'none'",
            "Mo-Fr 09:00-17:00; PH off",
            working,
        ),
        // Sunday 2024-09-29 was worked.
        (MAKE_UP, "Mo-Fr 09:00-17:00; PH off", &sunday),
        (MAKE_UP, "Mo-Fr 09:00-17:00; Su off; PH off", &sunday),
        (
            MAKE_UP,
            "Mo-Sa 09:00-17:00",
            &format!("{working}, Sa 09:00-17:00, Su 09:00-17:00"),
        ),
        (MAKE_UP, "Su 10:00-12:00", "closed"),
    ];
    for (time, written, open) in cases {
        assert_eq!(week(time, written), open, "{written} in {time}");
    }
}

#[test]
fn bad_hours_say_what_to_write() {
    let clock_times = "hours with a clock time at both ends";
    let cases = [
        (
            "逢集日 9:00-12:00",
            "hours in words that are known (not understood: 逢集日)",
            EXAMPLES,
        ),
        (
            "8:30-12:00，2:00-5:30",
            "hours of which the half of the day is certain: 2:00-5:30 may be in the morning or after noon",
            "write 14:00-17:30 in place of 2:00-5:30 if the afternoon is meant",
        ),
        (
            "Mo-Fr 9am-5pm",
            "opening hours in OSM syntax (not read from character 7 on)",
            EXAMPLES,
        ),
        (
            "Mo-Fr 09:00-25:00x",
            "opening hours in OSM syntax (not read from character 18 on)",
            EXAMPLES,
        ),
        (
            "week 20-10 Mo",
            "opening hours in OSM syntax (Inverted week ranges are ambiguous, do you mean '10-20'?)",
            EXAMPLES,
        ),
        (
            "sunrise-sunset",
            clock_times,
            "write both times, such as 09:00-17:00",
        ),
        (
            "Mo (sunset+10:00)-28:00",
            clock_times,
            "write both times, such as 09:00-17:00",
        ),
        (
            "Mo 17:00+",
            clock_times,
            "write both times, such as 09:00-17:00",
        ),
        (
            "Mo 10:00-16:00/01:30",
            clock_times,
            "write both times, such as 09:00-17:00",
        ),
    ];
    let mut clock = clock(PLAIN);
    for (written, expected, remedy) in cases {
        let wrong = clock
            .hours(&Value::Text(written.into()))
            .expect_err(written);
        assert_eq!(
            [wrong.expected.to_string(), wrong.remedy.to_string()],
            [expected, remedy],
            "{written}"
        );
    }
    assert!(clock.hours(&Value::Text("Mo ".repeat(400).into())).is_err());
    assert!(clock.hours(&Value::Number(9.0)).is_err());
    assert_eq!(clock.hours(&Value::Empty), Ok(None));
    let table = toml::from_str("week = '2024-03-04'\nunstated_hours = '9-5'").expect("well formed");
    let error = Clock::new(&table, "study.toml")
        .map(|_| ())
        .expect_err("no hours");
    assert!(
        error
            .to_string()
            .starts_with("study.toml: key \"time.unstated_hours\" is \"9-5\""),
        "{error}"
    );
}

#[test]
fn equal_texts_share_one_week() {
    let mut clock = clock(PLAIN);
    let mut read = || {
        clock
            .hours(&Value::Text("Mo 09:00-12:00".into()))
            .expect("good")
            .expect("not empty")
    };
    assert!(Arc::ptr_eq(&read(), &read()));
}

#[test]
fn findings_count_what_was_assumed() {
    let mut clock = clock(NATIONAL);
    let values = [
        "Mo-Fr 09:00-17:00; PH off",
        "24/7",
        "Mo-Fr 09:00-17:00",
        "Mo \"by appointment\"",
    ]
    .map(|hours| {
        let value = Value::Text(hours.into());
        clock.hours(&value).expect("good");
        value
    });
    for value in &values {
        clock.count(Some(value));
    }
    clock.count(None);
    let [mut first, mut second] = [clock, self::clock("week = '2024-03-04'")];
    let mut findings = crate::model::Findings::default();
    let on_bad = crate::read::row_policy::OnBad::Stop;
    let mut door = Door {
        file: "sites.csv".into(),
        on_bad,
        findings: &mut findings,
        stopped: &mut Stopped::default(),
    };
    first.tell(&mut door);
    second.tell(&mut door);
    let told: Vec<_> = findings
        .iter()
        .map(|finding| (finding.code, finding.message.to_string()))
        .collect();
    assert_eq!(
        (told.len(), told[4..].iter().map(|told| told.0).collect()),
        (5, vec!["festivals-alone"]),
        "{told:?}"
    );
    assert!(
        told[0].0 == "hours-assumed" && told[0].1.starts_with("1 of 5 sites state no hours"),
        "{told:?}"
    );
    assert!(
        told[1].0 == "hours-conditional" && told[1].1.starts_with("1 of 5"),
        "{told:?}"
    );
    assert!(
        told[2].0 == "never-open" && told[2].1.starts_with("1 of 5"),
        "{told:?}"
    );
    assert!(
        told[3].0 == "no-holiday-rule" && told[3].1.contains("3 of 5"),
        "{told:?}"
    );
}

/// Hours in which blanks may stand round every sign.
const SPACED: [&str; 8] = [
    "Mo-Fr 09:00-12:00,13:00-17:00",
    "Mo-Fr 09:00-12:00, We 13:00-15:00",
    "Mo-Fr 09:00-12:00; We 13:00-15:00",
    "Mo,We 09:00-12:00; PH off",
    "Mo-Sa 08:30-12:00, Mo-Fr 14:30-17:30; PH,Su off",
    "May-Sep: Mo-Fr 08:00-12:00; Oct-Apr: Mo-Fr 08:30-12:00",
    "Oct 01-Apr 30: Mo-Fr 08:30-12:00,14:30-17:30",
    "Mo[1],Tu[-1] 09:00-12:00",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blanks_and_wide_signs_change_nothing(
        hours in prop::sample::select(SPACED.to_vec()),
        blanks in prop::collection::vec((0..3_usize, 0..3_usize, any::<bool>()), 64),
    ) {
        let mut written = String::new();
        let mut blanks = blanks.into_iter();
        for sign in hours.chars() {
            let is_sign = ",-;:".contains(sign);
            let (before, after, is_wide) = blanks.next().filter(|_| is_sign).unwrap_or_default();
            let wide = char::from_u32(u32::from(sign) + 0xfee0).filter(|_| is_wide);
            written += &" ".repeat(before);
            written.push(wide.unwrap_or(sign));
            written += &"\u{3000}".repeat(after);
        }
        for time in [PLAIN, NATIONAL] {
            prop_assert_eq!(week(time, &written), week(time, hours), "{}", written);
        }
    }

    #[test]
    fn no_text_makes_it_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "Mo", "Fr", "Su", "PH", "SH", "-", ",", ", ", "; ", " ", " || ", "09:00", "24:00", "48:00", "02:00", "28:59",
        "off", "unknown", "\"x\"", "week ", "53", "01", "/2", "Feb ", "29", "30", "Dec", "2024", "9999", "[1]", "[-5]",
        " +9 days", " -9999 days", "easter", "+", "sunset", "(sunset+10:00)", "24/7", "周一", "：",
    ]), 0..12)) {
        let written = parts.concat();
        for time in [PLAIN, NATIONAL, MAKE_UP] {
            let _ = clock(time).hours(&Value::Text(written.as_str().into()));
        }
    }
}

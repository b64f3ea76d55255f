//! Laws of sentences: those that are drawn are understood as they were drawn, and none is taken for
//! more than it says.

use chrono::NaiveDate;
use opening_hours::{Context, OpeningHours};
use proptest::prelude::*;

use super::*;

/// Whether an OSM form and a sentence's meaning agree.
fn agrees(meaning: &Meaning, osm: &str) -> bool {
    let hours: OpeningHours = osm.parse().unwrap_or_else(|_| panic!("{osm}"));
    let day = NaiveDate::from_ymd_opt(2024, 3, 4).expect("a date");
    means_the_same(meaning, &hours, (&[day], &Context::default()))
}

const CHINESE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const OSM: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Days as a range, with a word for the week and a dash.
fn days() -> impl Strategy<Value = (String, String)> {
    let week = prop::sample::select(vec!["周", "星期", "礼拜"]);
    let dash = prop::sample::select(vec!["至", "到", "-", "—", "～"]);
    (0..7_usize, 0..7_usize, week, dash).prop_map(|(first, last, week, dash)| {
        if first == last {
            return (format!("{week}{}", CHINESE[first]), OSM[first].to_owned());
        }
        let said = format!("{week}{}{dash}{week}{}", CHINESE[first], CHINESE[last]);
        (said, format!("{}-{}", OSM[first], OSM[last]))
    })
}

/// A morning and an afternoon, in one of four ways of saying times.
fn times() -> impl Strategy<Value = (String, String)> {
    let between = prop::sample::select(vec!["，", "、", "；", " ", "，\u{3000}"]);
    let halves = (7..10_u32, 0..2_u32, 13..16_u32, 0..2_u32);
    (halves, 0..4_u8, between).prop_map(|((am, am_half, pm, pm_half), style, between)| {
        let [from, again] = [am_half * 30, pm_half * 30];
        let osm = format!("{am:02}:{from:02}-12:00,{pm:02}:{again:02}-18:00");
        let late = pm - 12;
        let said = match style {
            0 => format!("{am}:{from:02}-12:00{between}{pm}:{again:02}-18:00"),
            1 => format!("上午{am}:{from:02}—12:00{between}下午{late}:{again:02}—6:00"),
            2 => format!("{am}时{from:02}分至12时{between}{pm}时{again:02}分至18时"),
            _ => {
                let half = |half| if half == 0 { "" } else { "半" };
                let [am_half, pm_half] = [half(am_half), half(pm_half)];
                format!("早上{am}点{am_half}到12点{between}下午{late}点{pm_half}到晚上6点")
            }
        };
        (said, osm)
    })
}

/// A sentence with the same in OSM syntax.
fn sentence() -> impl Strategy<Value = (String, String)> {
    let closed = prop::sample::select(vec!["节假日除外", "法定节假日休息", "国家法定节假日不办公"]);
    (days(), times(), 0..3_u8, 0..4_u8, closed).prop_map(
        |(days, times, order, holidays, closed)| {
            let body = match order {
                0 => format!("{} {}", days.0, times.0),
                1 => format!("{}（{}）", times.0, days.0),
                _ => format!("{}：{}", days.0, times.0),
            };
            let said = match holidays {
                0 => return (body, format!("{} {}", days.1, times.1)),
                1 => format!("{closed}，{body}"),
                2 => format!("{body}，{closed}"),
                _ => format!("{body}（{closed}）"),
            };
            (said, format!("{} {}; PH off", days.1, times.1))
        },
    )
}

/// Words of all kinds, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words: Vec<&str> = vec![
        "周一",
        "至",
        "周五",
        "周末",
        "工作日",
        "每天",
        "节假日",
        "除外",
        "休息",
        "上午",
        "下午",
        "晚上",
        "中午",
        "早",
        "8:30",
        "-",
        "12:00",
        "2:00",
        "5:30",
        "9点",
        "17点半",
        "，",
        "、",
        "；",
        "（",
        "）",
        " ",
        "夏季",
        "（5月1日-9月30日）",
        "冬季",
        "10月-4月",
        "全天",
        "照常",
        "全年无休",
        "除",
        "外",
        "2:00-5:30",
        "8:30-12:00",
        "14:00-17:30",
        "22:00-2:00",
    ];
    prop::collection::vec(prop::sample::select(words), 1..9).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sentence_means_what_was_drawn((said, osm) in sentence()) {
        let meaning = read(&said).expect("it is Chinese");
        let meaning = meaning.map_err(|why| TestCaseError::fail(format!("{said}: {why:?}")))?;
        prop_assert!(agrees(&meaning, &osm), "{}: {}, not {}", said, meaning.osm(), osm);
        prop_assert!(agrees(&meaning, &meaning.osm()), "{}: {}", said, meaning.osm());
    }

    #[test]
    fn nothing_is_taken_for_more_than_it_says(said in soup()) {
        let Some(Ok(meaning)) = read(&said) else { return Ok(()) };
        let osm = meaning.osm();
        prop_assert!(agrees(&meaning, &osm), "{}: {}", said, osm);
        for rule in osm.split("; ") {
            // Days never stand without times.
            let is_timed = rule.contains(':') && rule.ends_with(|c: char| c.is_ascii_digit());
            prop_assert!(is_timed || ["24/7", "PH off"].contains(&rule), "{}: {}", said, osm);
        }
        for span in meaning.rules.iter().flat_map(|rule| &rule.spans) {
            prop_assert!(span.from < span.until && span.until <= 1440, "{}: {}", said, osm);
            // No word of the soup is of the small hours; 早5:30 is early.
            let is_early = span.from >= 240 && said.contains('早');
            let is_day = span.from == 0 && span.until == 1440 && said.contains("全天");
            prop_assert!(span.from >= 480 || is_day || is_early, "{}: {}", said, osm);
        }
    }
}

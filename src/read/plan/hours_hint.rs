//! What to write instead of opening hours that are not in OSM syntax.
//!
//! Offices in China write `周一至周五 上午9:00—12:00，下午2:00-5:30`. That is not read as it
//! stands: a form that one program guesses is a form that the next guesses otherwise. But the error
//! says what to write: `Mo-Fr 09:00-12:00,14:00-17:30`.

use crate::text::formula::half_width;

/// Words for days and times, with what stands for them; the longer first.
const WORDS: [(&str, &str); 33] = [
    ("法定节假日除外", " PH off "),
    ("法定节假日休息", " PH off "),
    ("节假日除外", " PH off "),
    ("节假日休息", " PH off "),
    ("24小时服务", " 24/7 "),
    ("24小时", " 24/7 "),
    ("全天候", " 24/7 "),
    ("全天", " 24/7 "),
    ("工作日", " Mo-Fr "),
    ("双休日", " Sa-Su "),
    ("周末", " Sa-Su "),
    ("每天", " Mo-Su "),
    ("每日", " Mo-Su "),
    ("星期", ""),
    ("礼拜", ""),
    ("周", ""),
    ("至", "-"),
    ("到", "-"),
    ("~", "-"),
    ("—", "-"),
    ("–", "-"),
    ("、", ","),
    ("。", ""),
    ("上午", " am "),
    ("下午", " pm "),
    ("一", " Mo "),
    ("二", " Tu "),
    ("三", " We "),
    ("四", " Th "),
    ("五", " Fr "),
    ("六", " Sa "),
    ("日", " Su "),
    ("天", " Su "),
];

/// The same hours in OSM syntax, where they can be told; not yet known to be valid.
pub(crate) fn osm_form(text: &str) -> Option<String> {
    let mut plain: String = text.chars().map(half_width).collect();
    for (word, stands) in WORDS {
        plain = plain.replace(word, stands);
    }
    joined(&plain.replace('-', " - "))
}

/// What a part of opening hours is.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Day,
    Time,
    /// `24/7` or `PH off`: stands alone.
    Whole,
}

/// Puts the parts together again with the signs that OSM wants between them.
fn joined(plain: &str) -> Option<String> {
    let spaced = plain
        .replace("PH off", "PH_off")
        .replace([',', ';', '(', ')', '.'], " ");
    let mut written = String::new();
    let (mut last, mut dash, mut afternoon) = (None, false, false);
    for word in spaced.split_whitespace() {
        let word = word.trim_start_matches(':').trim_end_matches(':');
        match word {
            "-" => dash = true,
            "am" | "pm" => afternoon = word == "pm",
            "" => (),
            _ => {
                let (part, text) = part(word, afternoon)?;
                afternoon &= part == Part::Time;
                written.push_str(sign(last, dash, part));
                written.push_str(&text);
                (last, dash) = (Some(part), false);
            }
        }
    }
    (!written.is_empty() && !dash).then_some(written)
}

fn sign(last: Option<Part>, dash: bool, next: Part) -> &'static str {
    match (last, next) {
        (None, _) => "",
        (Some(last), next) if dash && last == next => "-",
        (Some(Part::Day), Part::Day) | (Some(Part::Time), Part::Time) => ",",
        (Some(Part::Day), _) => " ",
        _ => "; ",
    }
}

fn part(word: &str, afternoon: bool) -> Option<(Part, String)> {
    if matches!(word, "24/7" | "PH_off") {
        return Some((Part::Whole, word.replace('_', " ")));
    }
    if matches!(word, "Mo" | "Tu" | "We" | "Th" | "Fr" | "Sa" | "Su") {
        return Some((Part::Day, word.to_owned()));
    }
    let (hour, minute) = word.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = if afternoon && hour < 12 {
        hour + 12
    } else {
        hour
    };
    Some((Part::Time, format!("{hour:02}:{minute:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_hours_have_an_osm_form() {
        let cases = [
            ("周一至周五 9:00-17:00", "Mo-Fr 09:00-17:00"),
            ("9:00—17:00", "09:00-17:00"),
            (
                "周一到周五：9：00～12：00，13：30～17：00",
                "Mo-Fr 09:00-12:00,13:30-17:00",
            ),
            (
                "星期一至星期五上午8:30-12:00，下午2:00-5:30",
                "Mo-Fr 08:30-12:00,14:00-17:30",
            ),
            (
                "工作日 上午9:00-12:00 下午13:30-17:00（法定节假日除外）",
                "Mo-Fr 09:00-12:00,13:30-17:00; PH off",
            ),
            ("周一、周三、周五 9:00-12:00", "Mo,We,Fr 09:00-12:00"),
            (
                "周一至五 9:00-17:00，周六、周日 10:00-16:00",
                "Mo-Fr 09:00-17:00; Sa,Su 10:00-16:00",
            ),
            ("周日 9:00-12:00", "Su 09:00-12:00"),
            ("周天 9:00-12:00", "Su 09:00-12:00"),
            ("每天 8:00-20:00", "Mo-Su 08:00-20:00"),
            ("24小时", "24/7"),
            ("全天", "24/7"),
        ];
        for (written, osm) in cases {
            assert_eq!(osm_form(written).as_deref(), Some(osm), "{written}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for written in [
            "",
            "另行通知",
            "九点到五点",
            "Mon-Fri 9am-5pm",
            "9-17",
            "周一至",
            "春夏 9:00-18:00",
        ] {
            assert_eq!(osm_form(written), None, "{written}");
        }
    }
}

//! Times in OSM syntax that were surely written on the 12-hour clock, or may have been.
//!
//! OSM writes hours with two digits. Where somebody writes one, `8:30-12:00,2:00-5:30` is more likely
//! a day's work than a night, and so are small hours after a morning however they are written: such
//! times are refused, and what to write is said. A night in two digits (`22:00-02:00`), or one that no
//! afternoon makes a day (`22:00-2:00`), is a night.

use super::spoken_hours::Refusal;

const NOON: u32 = 720;

/// A range of times as it is written.
struct Span<'a> {
    text: &'a str,
    from: u32,
    until: u32,
    /// Whether its hours have one digit.
    is_bare: [bool; 2],
}

/// The first range of a text that may be meant otherwise. O(length).
pub(super) fn doubtful(osm: &str) -> Option<Refusal> {
    // Comments may hold anything.
    let outside = osm.split('"').step_by(2);
    outside.flat_map(|text| text.split(';')).find_map(in_a_rule)
}

/// The first range of a rule that is doubtful after those before it. O(length).
fn in_a_rule(rule: &str) -> Option<Refusal> {
    let mut last: Option<u32> = None;
    for piece in rule.split(',') {
        let span = piece.split_whitespace().find_map(span);
        // Days and dates begin anew: what is before them is of other times.
        let is_times_alone = piece.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let before = last.filter(|_| is_times_alone);
        if let Some(span) = &span
            && let Some([from, until]) = likely(span, before)
        {
            return Some(Refusal::Clock {
                written: span.text.to_owned(),
                instead: format!("{}-{}", shown(from), shown(until)),
            });
        }
        last = span.map(|span| span.until);
    }
    None
}

/// What is likely meant, where the range as it stands is doubtful.
fn likely(span: &Span<'_>, before: Option<u32>) -> Option<[u32; 2]> {
    let [from_bare, until_bare] = span.is_bare;
    let both = [span.from + NOON, span.until + NOON];
    let runs_back = span.until <= span.from;
    // 2:00-5:30 after a morning, or alone.
    let is_before = before.is_some_and(|before| span.from < before && before <= both[0]);
    let is_early = (60..360).contains(&span.from) && span.until <= NOON;
    let is_small = from_bare && before.is_none() && is_early;
    let is_late = is_before && (from_bare || is_early);
    if !runs_back && (is_late || is_small) && both[1] <= 1440 {
        return Some(both);
    }
    // 9:00-5:00, 14:00-5:30.
    let late = [span.from, span.until + NOON];
    // 8:00-0:00 ends at midnight.
    let is_late = span.until >= 60 && late[0] < late[1];
    (until_bare && runs_back && is_late).then_some(late)
}

/// The range in a word of a rule: `Mo` is none.
fn span(word: &str) -> Option<Span<'_>> {
    let (from, until) = word.split_once('-')?;
    let (from, until) = (time(from)?, time(until)?);
    Some(Span {
        text: word,
        from: from.0,
        until: until.0,
        is_bare: [from.1, until.1],
    })
}

/// Minutes since midnight, and whether the hour has one digit.
fn time(text: &str) -> Option<(u32, bool)> {
    let (hour, minute) = text.split_once(':')?;
    let minutes: u32 = minute.parse().ok()?;
    let hours: u32 = hour.parse().ok()?;
    Some((
        hours.checked_mul(60)?.checked_add(minutes)?,
        hour.len() == 1,
    ))
}

fn shown(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_and_no_sense_is_the_afternoon() {
        for (osm, written, instead) in [
            ("8:30-12:00,2:00-5:30", "2:00-5:30", "14:00-17:30"),
            ("Mo-Fr 9:00-5:00", "9:00-5:00", "09:00-17:00"),
            ("08:30-12:00,02:00-05:30", "02:00-05:30", "14:00-17:30"),
            (
                "Mo-Fr 08:30-12:00,14:00-5:30; PH off",
                "14:00-5:30",
                "14:00-17:30",
            ),
            (
                "Sa 10:00-12:00; Mo-Fr 2:00-5:30",
                "2:00-5:30",
                "14:00-17:30",
            ),
        ] {
            let refusal = Refusal::Clock {
                written: written.to_owned(),
                instead: instead.to_owned(),
            };
            assert_eq!(doubtful(osm), Some(refusal), "{osm}");
        }
    }

    #[test]
    fn nights_and_days_are_left_alone() {
        for osm in [
            "Fr 22:00-2:00",
            "Mo-Su 18:00-06:00",
            "Fr 20:00-23:00,02:00-05:00",
            "18:00-24:00,00:00-03:00",
            "8:00-0:00",
            "Mo-Fr 9:00-17:00",
            "Mo-Fr 8:30-12:00,13:30-17:00; PH off",
            "Mo 9:00-12:00, Tu 8:00-10:00",
            "Mo 9:00-12:00 \"8:30-5:30\"",
            "week 10 Tu 09:00-10:00",
            "24/7",
        ] {
            assert_eq!(doubtful(osm), None, "{osm}");
        }
    }
}

//! Dates of a season: `5月1日-9月30日`, `10月1日至次年4月30日`, `5月-9月`, `5-9月`.

use super::lexer::Word;
use super::lexicon::Sense;
use super::meaning::{MonthDay, Season};

/// The days of each month, February with its 29th.
pub(super) const MONTH_DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The season with which these words begin, and how many of them it takes.
pub(super) fn season(words: &[Word]) -> Option<(Season, usize)> {
    let (first, taken) = first(words)?;
    let dashes = dashes(&words[taken..])?;
    let (last, more) = date(&words[taken + dashes..], true)?;
    Some((Season { first, last }, taken + dashes + more))
}

/// How many words a dash takes: it may be written twice.
pub(super) fn dashes(words: &[Word]) -> Option<usize> {
    let many = words
        .iter()
        .take_while(|word| word.sense == Sense::Dash)
        .count();
    (1..=2).contains(&many).then_some(many)
}

/// The first day: `5月1日`, `5月`, or the `5` of `5-9月`.
fn first(words: &[Word]) -> Option<(MonthDay, usize)> {
    if let Some(date) = date(words, false) {
        return Some(date);
    }
    let month = words.first().and_then(number)?;
    let after = 1 + dashes(&words[1..])?;
    // Only a month can follow.
    let is_months = matches!(words.get(after..), Some([last, unit, ..])
        if number(last).is_some() && unit.sense == Sense::Month)
        && words.get(after + 2).and_then(number).is_none();
    let first = checked(month, 1).filter(|_| is_months)?;
    Some((first, 1))
}

/// A date; a month alone is its first or its last day.
fn date(words: &[Word], is_last: bool) -> Option<(MonthDay, usize)> {
    // Words of the year, such as 次年, say nothing that the months do not.
    let years = words
        .iter()
        .take_while(|word| word.sense == Sense::Year)
        .count();
    let rest = words.get(years..)?;
    let [month, unit, day @ ..] = rest else {
        return None;
    };
    let month = number(month).filter(|_| unit.sense == Sense::Month)?;
    if let [day, unit, ..] = day
        && unit.sense == Sense::DayOfMonth
        && let Some(day) = number(day)
    {
        return Some((checked(month, day)?, years + 4));
    }
    let days = *MONTH_DAYS.get(usize::from(month).checked_sub(1)?)?;
    let day = if is_last { u16::from(days) } else { 1 };
    Some((checked(month, day)?, years + 2))
}

fn number(word: &Word) -> Option<u16> {
    match word.sense {
        Sense::Number(value, _) => Some(value),
        _ => None,
    }
}

/// A day of the year, if there is such a one.
fn checked(month: u16, day: u16) -> Option<MonthDay> {
    let days = *MONTH_DAYS.get(usize::from(month).checked_sub(1)?)?;
    let exists = (1..=u16::from(days)).contains(&day);
    let [month, day] = [month, day].map(|part| u8::try_from(part).ok());
    let date = MonthDay {
        month: month?,
        day: day?,
    };
    exists.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::super::lexer::words;
    use super::*;

    fn read(text: &str) -> Option<[u8; 4]> {
        let words = words(text).expect(text);
        let (season, taken) = season(&words)?;
        assert_eq!(taken, words.len(), "{text}");
        let Season { first, last } = season;
        Some([first.month, first.day, last.month, last.day])
    }

    #[test]
    fn dates_and_months() {
        for (text, dates) in [
            ("5月1日-9月30日", Some([5, 1, 9, 30])),
            ("10月1日至次年4月30日", Some([10, 1, 4, 30])),
            ("每年5月1号到9月30号", Some([5, 1, 9, 30])),
            ("5月-9月", Some([5, 1, 9, 30])),
            ("5-9月", Some([5, 1, 9, 30])),
            ("11月——2月", Some([11, 1, 2, 29])),
            ("13月1日-14月1日", None),
            ("2月30日-3月1日", None),
            ("5月1日", None),
        ] {
            assert_eq!(read(text), dates, "{text}");
        }
    }
}

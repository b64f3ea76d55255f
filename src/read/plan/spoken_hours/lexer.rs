//! From characters to words: the longest word of the list that fits, and numbers.

use std::ops::Range;

use super::lexicon::{Sense, WEEK_PREFIXES, WEEKDAYS, WORDS};
use super::refusal::Refusal;
use crate::text::formula::{half_width, is_hidden};

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) sense: Sense,
    /// As it is written, wide signs narrowed.
    pub(super) written: String,
}

/// Whether a character is one of Chinese writing.
pub(super) const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// The words of a sentence, blanks left out.
///
/// # Errors
/// [`Refusal::Words`] names all runs of characters that no word of the list fits.
pub(super) fn words(sentence: &str) -> Result<Vec<Word>, Refusal> {
    let plain: Vec<char> = sentence
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(half_width)
        .collect();
    let mut words: Vec<Word> = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    let mut run = String::new();
    let mut at = 0;
    while at < plain.len() {
        let rest = &plain[at..];
        let found = word(rest, &words).filter(|(_, length)| is_whole(&plain, at..at + length));
        let is_blank = plain[at].is_whitespace() && plain[at] != '\n';
        // 日 is no word of its own in 逢集日.
        let goes_on = !run.is_empty() && is_unit(plain[at]);
        let found = found.filter(|_| !goes_on);
        // A run of unknown characters ends where a word or a blank begins.
        if (found.is_some() || is_blank) && !run.is_empty() {
            unknown.push(std::mem::take(&mut run));
        }
        match found {
            Some((sense, length)) => {
                let written = rest[..length].iter().collect();
                words.push(Word { sense, written });
                at += length;
            }
            None => {
                run.extend(Some(plain[at]).filter(|_| !is_blank));
                at += 1;
            }
        }
    }
    unknown.extend(Some(run).filter(|run| !run.is_empty()));
    if unknown.is_empty() {
        Ok(words)
    } else {
        Err(Refusal::Words(unknown))
    }
}

/// Whether a character goes on with a word before it that is not known: 逢集日, 午休, 取号.
fn is_unit(c: char) -> bool {
    "日号月休时点分半外".contains(c)
}

/// Whether a word does not begin or end within a word in Latin letters: `Mo` is none in `Mon`.
fn is_whole(plain: &[char], place: Range<usize>) -> bool {
    let is_letter = |at: usize| plain.get(at).is_some_and(char::is_ascii_alphabetic);
    let splits = |at: usize| at > 0 && is_letter(at - 1) && is_letter(at);
    !splits(place.start) && !splits(place.end)
}

/// The word with which this begins, and its length in characters.
fn word(rest: &[char], before: &[Word]) -> Option<(Sense, usize)> {
    let listed = WORDS
        .iter()
        .filter(|(word, _)| starts_with(rest, word))
        .map(|(word, sense)| (*sense, word.chars().count()))
        .max_by_key(|(_, length)| *length);
    // 周末 and 24小时 are longer than what they begin with.
    let others = [weekday(rest, before), number(rest)];
    others
        .into_iter()
        .flatten()
        .chain(listed)
        .max_by_key(|(_, length)| *length)
}

fn starts_with(rest: &[char], word: &str) -> bool {
    let mut rest = rest.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

/// A day of the week: `周一`, or `一` after another one as in `周一、三` and `周一至五`.
fn weekday(rest: &[char], before: &[Word]) -> Option<(Sense, usize)> {
    let prefix = WEEK_PREFIXES
        .iter()
        .filter(|prefix| starts_with(rest, prefix))
        .map(|prefix| prefix.chars().count())
        .max();
    let skipped = match prefix {
        Some(length) => length,
        None if follows_a_weekday(before) => 0,
        None => return None,
    };
    let day = *rest.get(skipped)?;
    let (_, number) = WEEKDAYS.iter().find(|(c, _)| *c == day)?;
    // In 周一三点 the 三 is an hour; 周五 五点 likewise.
    let counts = prefix.is_none() && is_counted(&rest[skipped..]);
    (!counts).then_some((Sense::Weekday(*number), skipped + 1))
}

/// Whether the last word is a day of the week, or a sign that joins such a one to the next.
fn follows_a_weekday(before: &[Word]) -> bool {
    let joins = |sense: Sense| matches!(sense, Sense::Dash | Sense::And | Sense::Comma);
    let mut last = before.iter().rev().map(|word| word.sense);
    let word = last.next();
    let word = if word.is_some_and(joins) {
        last.next()
    } else {
        word
    };
    matches!(word, Some(Sense::Weekday(_)))
}

/// Whether a number in Chinese words is an hour, a minute, a month or a day here.
fn is_counted(rest: &[char]) -> bool {
    let digits = rest.iter().take_while(|c| digit(**c).is_some()).count();
    let unit = rest.get(digits);
    digits > 0 && unit.is_some_and(|unit| "点时分月号刻".contains(*unit))
}

/// A whole number, in digits or, before a unit, in Chinese words.
fn number(rest: &[char]) -> Option<(Sense, usize)> {
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    if let Ok(value) = digits.parse() {
        let length = u8::try_from(digits.len()).ok()?;
        return Some((Sense::Number(value, length), digits.len()));
    }
    if !is_counted(rest) {
        return None;
    }
    let length = rest.iter().take_while(|c| digit(**c).is_some()).count();
    // One digit less than two keeps 点三刻 a quarter.
    let value = spoken_number(&rest[..length])?;
    Some((Sense::Number(value, 2), length))
}

/// The value of a character of a number; 十 is ten.
fn digit(c: char) -> Option<u16> {
    let place = "零一二三四五六七八九十"
        .chars()
        .position(|digit| digit == c);
    match c {
        '两' => Some(2),
        '〇' => Some(0),
        _ => place.and_then(|value| u16::try_from(value).ok()),
    }
}

/// A number up to 99: `八`, `十二`, `二十`, `三十五`, `零五`.
fn spoken_number(digits: &[char]) -> Option<u16> {
    let values: Option<Vec<u16>> = digits.iter().map(|c| digit(*c)).collect();
    match values?[..] {
        [ones] => Some(ones),
        [10 | 0, ones] if ones < 10 => Some(if digits[0] == '十' { 10 + ones } else { ones }),
        [tens @ 1..10, 10] => Some(tens * 10),
        [tens @ 1..10, 10, ones] if ones < 10 => Some(tens * 10 + ones),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn senses(sentence: &str) -> Vec<Sense> {
        let words = words(sentence).expect(sentence);
        words.iter().map(|word| word.sense).collect()
    }

    #[test]
    fn days_of_the_week_go_on_without_their_prefix() {
        use Sense::{And, Dash, Weekday};
        assert_eq!(senses("周一至五"), [Weekday(0), Dash, Weekday(4)]);
        assert_eq!(
            senses("星期一、三和礼拜天"),
            [Weekday(0), And, Weekday(2), And, Weekday(6)]
        );
        assert_eq!(senses("周一三五"), [Weekday(0), Weekday(2), Weekday(4)]);
        assert_eq!(
            senses("周一 三点"),
            [Weekday(0), Sense::Number(3, 2), Sense::Hour]
        );
    }

    #[test]
    fn numbers_in_words_are_numbers_before_a_unit() {
        let number = |text: &str| senses(text)[0];
        for (text, value) in [
            ("八点", 8),
            ("十二点", 12),
            ("二十点", 20),
            ("十点", 10),
            ("两点", 2),
        ] {
            assert_eq!(number(text), Sense::Number(value, 2), "{text}");
        }
        assert_eq!(senses("八点三十五分")[2], Sense::Number(35, 2));
        assert_eq!(senses("八点半")[2], Sense::Past(30));
        assert_eq!(senses("八点三刻")[2], Sense::Past(45));
    }

    #[test]
    fn what_no_word_fits_is_named() {
        for (sentence, unknown) in [
            ("逢集日9:00-12:00", vec!["逢集日"]),
            ("农历初一 9:00-12:00", vec!["农历初一"]),
            ("周一至周五9:00-17:00（需预约）", vec!["需预约"]),
            ("Mon-Fri 9am", vec!["Mon", "Fri", "am"]),
            ("每月第二个周三", vec!["每月第二个"]),
        ] {
            let unknown = unknown.into_iter().map(str::to_owned).collect();
            assert_eq!(words(sentence), Err(Refusal::Words(unknown)), "{sentence}");
        }
    }
}

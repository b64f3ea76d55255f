//! From words to times, days and seasons.

use super::lexer::Word;
use super::lexicon::{Half, Sense};
use super::meaning::{DaySet, Season, Span};
use super::refusal::Refusal;
use super::seasons::{dashes, season};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Days(DaySet),
    /// Monday to Friday, and holidays are off.
    WorkingDays,
    /// A range of times, and whether it says of which part of the day it is.
    Times(Span, bool),
    /// 24小时: the whole day, on whatever days.
    DayAndNight,
    /// 全天: the whole day, or a day's work where days are named.
    WholeDay,
    /// A season, and whether its name goes before its dates.
    Season(Season, bool),
    Off,
    Except,
    Outside,
    AsUsual,
    NeverClosed,
    And,
    Comma,
    Stop,
    Open,
    Close,
    SelfService,
}

/// The parts of a sentence, in order.
///
/// # Errors
/// Words that stand where they say nothing, times that are not certain, seasons without dates.
pub(super) fn parts(words: &[Word]) -> Result<Vec<Part>, Refusal> {
    let mut parser = Parser {
        words,
        at: 0,
        half: None,
        last: None,
        parts: Vec::new(),
    };
    while let Some(word) = words.get(parser.at) {
        parser.step(word)?;
    }
    Ok(parser.parts)
}

/// Where in the sentence, and what holds there.
pub(super) struct Parser<'a> {
    pub(super) words: &'a [Word],
    pub(super) at: usize,
    /// The part of the day that the next time is of.
    pub(super) half: Option<Half>,
    /// Where the last range of the same days ended.
    pub(super) last: Option<u16>,
    pub(super) parts: Vec<Part>,
}

impl Parser<'_> {
    /// The sense of a word ahead.
    pub(super) fn sense(&self, ahead: usize) -> Option<Sense> {
        self.words.get(self.at + ahead).map(|word| word.sense)
    }

    fn put(&mut self, part: Part, words: usize) {
        self.parts.push(part);
        self.at += words;
    }

    fn step(&mut self, word: &Word) -> Result<(), Refusal> {
        match word.sense {
            Sense::Weekday(first) => self.weekdays(first),
            Sense::Days(days) => self.days(Part::Days(days), 1),
            Sense::WorkingDays => self.days(Part::WorkingDays, 1),
            Sense::Half(_) if self.precedes_a_time() => self.times()?,
            Sense::Half(half) => self.half_ahead(half, word)?,
            Sense::Number(..) | Sense::Year => match season(&self.words[self.at..]) {
                Some((season, words)) => self.season(season, words),
                None => self.times()?,
            },
            Sense::Season => self.named_season(word)?,
            // 周一：, 上午：; it says nothing of its own.
            Sense::Colon | Sense::Filler => self.at += 1,
            _ => self.put(plain(word)?, 1),
        }
        Ok(())
    }

    /// Days begin anew: neither their part of the day nor their last time is known.
    fn days(&mut self, part: Part, words: usize) {
        self.half = None;
        self.last = None;
        self.put(part, words);
    }

    /// `周一` or `周一至周五`.
    fn weekdays(&mut self, first: u8) {
        let dashes = dashes(&self.words[self.at + 1..]);
        let last = dashes.and_then(|dashes| self.sense(1 + dashes));
        match (dashes, last) {
            (Some(dashes), Some(Sense::Weekday(last))) => {
                self.days(Part::Days(DaySet::range(first, last)), 2 + dashes);
            }
            _ => self.days(Part::Days(DaySet::day(first)), 1),
        }
    }

    fn precedes_a_time(&self) -> bool {
        matches!(self.sense(1), Some(Sense::Number(..)))
            && season(&self.words[self.at + 1..]).is_none()
    }

    /// A part of the day with something between it and its time: `上午：8:30`, `下午 夏季（…）3:00`.
    fn half_ahead(&mut self, half: Half, word: &Word) -> Result<(), Refusal> {
        let goes_on = matches!(
            self.sense(1),
            Some(Sense::Colon | Sense::Open | Sense::Season | Sense::Number(..) | Sense::Filler)
        );
        if !goes_on {
            return Err(unread(word));
        }
        self.half = Some(half);
        self.at += 1;
        Ok(())
    }

    /// `夏季（5月1日-9月30日）`.
    fn named_season(&mut self, word: &Word) -> Result<(), Refusal> {
        let is_sign = |sense| matches!(sense, Some(Sense::Open | Sense::Colon));
        let signs = usize::from(is_sign(self.sense(1)));
        let is_open = self.sense(1) == Some(Sense::Open);
        let rest = self.words.get(self.at + 1 + signs..).unwrap_or_default();
        let (season, words) = season(rest).ok_or_else(|| Refusal::Season(word.written.clone()))?;
        let words = 1 + signs + words;
        if is_open && self.sense(words) != Some(Sense::Close) {
            return Err(Refusal::Order);
        }
        self.last = None;
        self.put(Part::Season(season, true), words + usize::from(is_open));
        Ok(())
    }

    /// `5月1日-9月30日（夏季）`; the name may be missing.
    fn season(&mut self, season: Season, words: usize) {
        self.last = None;
        self.put(Part::Season(season, false), words);
        match [self.sense(0), self.sense(1), self.sense(2)] {
            [Some(Sense::Open), Some(Sense::Season), Some(Sense::Close)] => self.at += 3,
            [Some(Sense::Season), ..] => self.at += 1,
            _ => {}
        }
    }

    /// The words since a place, as they are written.
    pub(super) fn written_since(&self, begin: usize) -> String {
        let words = self.words[begin..self.at].iter();
        words.map(|word| word.written.as_str()).collect()
    }

    /// The refusal of the words since a place.
    pub(super) fn unread_since(&self, begin: usize) -> Refusal {
        let end = self.at.max(begin + 1).min(self.words.len());
        let words = self.words[begin..end].iter();
        Refusal::Words(vec![words.map(|word| word.written.as_str()).collect()])
    }
}

/// Words that are a part of their own wherever they stand.
fn plain(word: &Word) -> Result<Part, Refusal> {
    Ok(match word.sense {
        Sense::And => Part::And,
        Sense::Comma => Part::Comma,
        Sense::Stop => Part::Stop,
        Sense::Open => Part::Open,
        Sense::Close => Part::Close,
        Sense::Off => Part::Off,
        Sense::Except => Part::Except,
        Sense::Outside => Part::Outside,
        Sense::AsUsual => Part::AsUsual,
        Sense::NeverClosed => Part::NeverClosed,
        Sense::DayAndNight => Part::DayAndNight,
        Sense::WholeDay => Part::WholeDay,
        Sense::SelfService => Part::SelfService,
        _ => return Err(unread(word)),
    })
}

fn unread(word: &Word) -> Refusal {
    Refusal::Words(vec![word.written.clone()])
}

#[cfg(test)]
mod tests {
    use super::super::lexer;
    use super::*;

    fn read(sentence: &str) -> Result<Vec<Part>, Refusal> {
        parts(&lexer::words(sentence)?)
    }

    fn times(hours: [u16; 2], says_part: bool) -> Part {
        let [from, until] = hours.map(|hour| hour * 60);
        Part::Times(Span { from, until }, says_part)
    }

    #[test]
    fn words_become_parts() {
        let mornings = [Part::Days(DaySet::WORKING), times([9, 12], false)];
        for sentence in [
            "周一至周五9:00-12:00",
            "周一——周五：9点-12点",
            "办公时间：周一到五 9-12点",
        ] {
            assert_eq!(read(sentence), Ok(mornings.to_vec()), "{sentence}");
        }
        let afternoon = [times([9, 12], true), Part::Comma, times([14, 17], true)];
        for sentence in ["上午9:00-12:00，下午2:00-5:00", "上午：9-12点，下午：2-5点"]
        {
            assert_eq!(read(sentence), Ok(afternoon.to_vec()), "{sentence}");
        }
    }

    #[test]
    fn what_stands_alone_is_not_dropped() {
        for (sentence, left) in [
            ("周一上午", "上午"),
            ("9:00", "9:00"),
            ("9:00-", "9:00-"),
            ("周一 5月", "5"),
            ("次年", "次年"),
            ("9:00-12:00半", "半"),
        ] {
            let left = Refusal::Words(vec![left.to_owned()]);
            assert_eq!(read(sentence), Err(left), "{sentence}");
        }
    }
}

//! Ranges of times in a sentence: `8:30-12:00`, `上午9-12点`, `9时30分至12时`, `早9点晚5点`.

use super::clock::{Written, span};
use super::lexicon::{Half, Sense};
use super::parser::{Parser, Part};
use super::refusal::Refusal;
use super::seasons::dashes;

impl Parser<'_> {
    /// A range of times.
    pub(super) fn times(&mut self) -> Result<(), Refusal> {
        let begin = self.at;
        let start = self.time(true)?;
        let dashes = dashes(&self.words[self.at..]);
        // 早9点晚5点 needs no dash.
        let from_early_to_late = start.half == Some(Half::Early)
            && matches!(
                self.sense(0),
                Some(Sense::Half(Half::Evening | Half::Afternoon))
            );
        match dashes {
            Some(dashes) => self.at += dashes,
            None if from_early_to_late => {}
            None => return Err(self.unread_since(begin)),
        }
        let end = self.time(false);
        let end = end.map_err(|_| self.unread_since(begin))?;
        let written = self.written_since(begin);
        let span = span([start, end], self.last, &written)?;
        self.last = Some(span.until);
        let says_part = start.half.is_some();
        self.parts.push(Part::Times(span, says_part));
        Ok(())
    }

    /// One time: `8:30`, `8点`, `8点半`, `8时30分`, each with its part of the day; the first of
    /// `9-12点` too.
    fn time(&mut self, is_first: bool) -> Result<Written, Refusal> {
        let begin = self.at;
        let own = match self.sense(0) {
            Some(Sense::Half(half)) => Some(half),
            _ => None,
        };
        self.at += usize::from(own.is_some());
        // A part of the day holds for the times after it, until another is named.
        self.half = own.or(self.half);
        let Some(Sense::Number(hour, digits)) = self.sense(0) else {
            return Err(self.unread_since(begin));
        };
        self.at += 1;
        let minute = self.minute(is_first);
        let minute = minute.ok_or_else(|| self.unread_since(begin))?;
        Ok(Written {
            hour: hour.min(99),
            minute,
            half: self.half,
            half_is_own: own.is_some(),
            is_padded: digits >= 2,
        })
    }

    /// The minutes after an hour, and the words that hold them; `None` where it is no hour.
    fn minute(&mut self, is_first: bool) -> Option<u16> {
        match (self.sense(0), self.sense(1)) {
            (Some(Sense::Colon), Some(Sense::Number(minute, 2))) => {
                self.at += 2;
                self.at += usize::from(self.sense(0) == Some(Sense::Minute));
                Some(minute)
            }
            (Some(Sense::Hour), next) => {
                self.at += 1;
                Some(self.after_hour(next))
            }
            // 9-12点.
            (Some(Sense::Dash), _) if is_first => {
                let after = dashes(&self.words[self.at..])?;
                let last = self.words.get(self.at + after..)?;
                let last: Vec<Sense> = last.iter().take(2).map(|word| word.sense).collect();
                matches!(last[..], [Sense::Number(..), Sense::Hour]).then_some(0)
            }
            _ => None,
        }
    }

    /// The minutes after `点`, if any are told.
    fn after_hour(&mut self, next: Option<Sense>) -> u16 {
        match next {
            Some(Sense::Past(minutes)) => {
                self.at += 1;
                minutes
            }
            Some(Sense::Number(minute, digits)) => {
                let is_named = self.sense(1) == Some(Sense::Minute);
                // Two digits alone are minutes, unless they begin a time of their own: `8点30`, but
                // `8点 10点`.
                let is_bare =
                    digits == 2 && !matches!(self.sense(1), Some(Sense::Hour | Sense::Colon));
                if !is_named && !is_bare {
                    return 0;
                }
                self.at += 1 + usize::from(is_named);
                minute
            }
            _ => 0,
        }
    }
}

//! Why a sentence about opening hours is not taken, and what to do about it.

use crate::words::{Text, text};

/// Why a sentence is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// These words are not understood.
    Words(Vec<String>),
    /// A time whose half of the day is not certain, and how to write the likely one.
    Clock {
        /// As it stands in the sentence.
        written: String,
        /// The same on the 24-hour clock, if the afternoon is meant.
        instead: String,
    },
    /// A range that is no time of one day: as it stands in the sentence.
    Range(String),
    /// A season without its months: as it stands in the sentence.
    Season(String),
    /// Days without times.
    NoTimes,
    /// Which times go with which days is not certain.
    Order,
    /// Two statements of the same time, or one that takes back another.
    Clash,
}

impl Refusal {
    /// What was expected.
    pub(crate) fn expected(&self) -> Text {
        match self {
            Self::Words(words) => {
                let word = |word: &String| text!(Verbatim, text = word);
                let words: Vec<Text> = words.iter().map(word).collect();
                text!(HoursUnknownWords, words = words)
            }
            Self::Clock { written, .. } => text!(HoursHalfOfDay, time = written),
            Self::Range(written) => text!(HoursWithinDay, time = written),
            Self::Season(word) => text!(HoursSeason, word = word),
            Self::NoTimes => text!(HoursNoTimes),
            Self::Order => text!(HoursOrder),
            Self::Clash => text!(HoursClash),
        }
    }

    /// What to do.
    pub(crate) fn remedy(&self) -> Text {
        match self {
            Self::Clock { written, instead } => {
                text!(WriteAfternoon, written = written, instead = instead)
            }
            Self::Season(_) => text!(WriteSeason),
            Self::Order => text!(WriteDaysFirst),
            Self::Words(_) | Self::Range(_) | Self::NoTimes | Self::Clash => text!(HoursExamples),
        }
    }
}

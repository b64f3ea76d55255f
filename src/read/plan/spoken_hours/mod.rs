//! Opening hours as people say them in Chinese: `周一至周五上午8:30-12:00，下午2:00-5:30`.
//!
//! The sentence goes through four steps, a file each:
//!
//! 1. `lexer`: characters to words of a fixed list (`lexicon`); what is not in it is named.
//! 2. `parser` with `times` and `seasons`: words to times, days and dates; `clock` gives each time its
//!    half of the day.
//! 3. `grammar`: which times belong to which days (`pairs`) of which season, and what is closed
//!    (`exclusions`); the result is a [`Meaning`].
//! 4. `osm_form`: the same meaning in the syntax of OpenStreetMap, the `year` cut where it changes.
//!
//! Every word must be used: a sentence of which anything is left over is refused, with the reason.
//! So is one whose times may be of the morning or of the afternoon. The OSM form counts only after
//! `read_back` has compared it with the meaning, day by day.

mod clock;
mod exclusions;
mod grammar;
mod lexer;
mod lexicon;
mod meaning;
mod osm_form;
mod pairs;
mod parser;
mod read_back;
mod refusal;
mod seasons;
mod times;
mod year;

pub(crate) use meaning::Meaning;
pub(crate) use read_back::means_the_same;
pub(crate) use refusal::Refusal;

use meaning::DaySet;

/// The longest sentence that is read, in characters.
const LONGEST: usize = 300;

/// What a sentence says of opening hours; `None` where it is no sentence in Chinese at all.
///
/// # Errors
/// Why it is not taken: words that are not known, times or days that could mean two things. O(n²)
/// in its words, of which there are at most [`LONGEST`].
pub(crate) fn read(sentence: &str) -> Option<Result<Meaning, Refusal>> {
    if sentence.chars().count() > LONGEST {
        return None;
    }
    let read = lexer::words(sentence)
        .and_then(|words| parser::parts(&words))
        .and_then(grammar::meaning)
        .and_then(|meaning| {
            if excepts_an_exception(sentence) {
                Err(Refusal::Order)
            } else {
                Ok(meaning)
            }
        });
    // Without Chinese the sentence is wrong OSM, unless it is plainly a matter of the clock.
    let is_chinese = sentence.chars().any(lexer::is_chinese);
    let is_ours = is_chinese || matches!(read, Ok(_) | Err(Refusal::Clock { .. }));
    is_ours.then_some(read)
}

/// Whether a sentence has an exception right behind a day of rest, `周一闭馆，节假日除外`: to most it means
/// that this day is open on holidays, and to others that holidays are closed as well.
fn excepts_an_exception(sentence: &str) -> bool {
    const REST: [&str; 6] = ["休息", "闭馆", "关门", "不营业", "不开放", "不上班"];
    let Some(at) = sentence.find("节假日除外") else {
        return false;
    };
    let before = sentence[..at].trim_end_matches("法定");
    let before = before.trim_end_matches(['，', ',', '（', '(', ' ', '、']);
    REST.iter().any(|word| before.ends_with(word))
}

/// The days that a sentence names and nothing else, in OSM form: `周一、周三` is `Mo,We`.
pub(crate) fn days_alone(sentence: &str) -> Option<String> {
    let words = lexer::words(sentence).ok()?;
    let parts = parser::parts(&words).ok()?;
    let days: Option<DaySet> = grammar::days_alone(&parts);
    days.map(osm_form::days)
}

#[cfg(test)]
#[path = "spoken_hours_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "spoken_laws_tests.rs"]
mod laws_tests;

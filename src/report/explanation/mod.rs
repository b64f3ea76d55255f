//! An explanation, for a terminal and as JSON: about a page, in the study's language.
//!
//! Names from the data are shown without control and direction characters ([`crate::read::plain`]).

mod cures;
mod head;
mod json;
mod site_lines;
mod walk_lines;
mod words;

use crate::assess::Explanation;
use words::Words;

pub use json::explanation_json;

/// An explanation for people: a line break after each line.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let links = walkshed::snap::link(&study);
/// # let times = walkshed::search::travel_times(&study, &links, study.target().search);
/// # let now = walkshed::score::coverage(&study, &times, study.target());
/// # let (cell, _) = study.cells().iter().next().unwrap();
/// let why = walkshed::assess::explain(&now, cell, study.target().items[0]);
/// let text = walkshed::report::explanation(&why);
/// assert!(text.contains("verdict: covered, by s after 4 min 30 s"));
/// ```
#[must_use]
pub fn explanation(why: &Explanation<'_>) -> String {
    let words = Words::of(why);
    let mut lines = head::lines(why, words);
    lines.extend(site_lines::lines(why, words));
    lines.extend(walk_lines::lines(why, words));
    lines.extend(cures::lines(why, words));
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

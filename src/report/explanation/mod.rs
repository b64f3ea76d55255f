//! An explanation, for a terminal and as JSON: about a page, in the study's language.
//!
//! Names from the data are shown without control and direction characters ([`crate::text::plain`]).

mod cures;
mod head;
mod hours;
mod json;
mod names;
mod site_lines;
mod site_view;
mod site_view_json;
mod walk_lines;

use crate::assess::Explanation;
use crate::words::Text;

pub use json::explanation_json;
pub use site_view::site_view;
pub use site_view_json::site_view_json;

/// An explanation for people: a line break after each line.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let now = walkshed::run(&study, &walkshed::Options::default()).unwrap().coverage;
/// # let (cell, _) = study.cells().iter().next().unwrap();
/// let why = walkshed::assess::explain(&now, cell, study.target().items[0]);
/// let text = walkshed::report::explanation(&why);
/// assert!(text.contains("verdict: covered, by s after 4 min 30 s"));
/// ```
#[must_use]
pub fn explanation(why: &Explanation) -> String {
    let language = why.study.language();
    let shown = |lines: Vec<Text>| {
        lines
            .into_iter()
            .map(move |line| line.in_language(language))
    };
    let mut lines: Vec<String> = shown(head::lines(why)).collect();
    lines.extend(site_lines::lines(why, language));
    lines.extend(shown(walk_lines::lines(why)));
    lines.extend(shown(cures::lines(why)));
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

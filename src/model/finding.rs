//! What is doubtful about the data: counted, reported, never silent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::words::Text;

/// How grave a finding is.
///
/// ```
/// use walkshed::model::Severity;
/// assert!(Severity::ALL.is_sorted() && Severity::Note < Severity::Rejected);
/// assert_eq!(Severity::Suspicious.to_string(), "suspicious");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know: a default was used, something was left out on purpose.
    Note,
    /// Doubtful: used as it stands, but look at it.
    Suspicious,
    /// A value was mended, for example a repeated vertex dropped.
    Repaired,
    /// A row or feature could not be used; its people stay in the denominator.
    Rejected,
}

impl Severity {
    /// All of them, from the mildest to the gravest.
    pub const ALL: [Self; 4] = [Self::Note, Self::Suspicious, Self::Repaired, Self::Rejected];
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Suspicious => "suspicious",
            Self::Repaired => "repaired",
            Self::Rejected => "rejected",
        })
    }
}

/// One doubtful thing in the data, with what to do about it.
///
/// ```
/// use walkshed::model::{Finding, Severity};
/// use walkshed::words::Text;
/// let far = Finding {
///     severity: Severity::Suspicious,
///     code: "far-from-streets",
///     file: "cells.csv".to_owned(),
///     place: "row 12".to_owned(),
///     subject: "7".to_owned(),
///     message: Text::verbatim("700 m from any street"),
/// };
/// assert_eq!(format!("{} ({}): {}", far.file, far.place, far.message), "cells.csv (row 12): 700 m from any street");
/// ```
#[doc(alias = "数据问题")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// A short fixed word for machines, such as `looks-like-gcj02`.
    pub code: &'static str,
    /// The input file's name, empty when it is no single file's.
    pub file: String,
    /// Where in the file: `row 12`, `feature 7`; empty for the whole file.
    pub place: String,
    /// The id of the site, cell or item, or the column; empty when there is none.
    pub subject: String,
    /// What was found and what to do, in a sentence.
    pub message: Text,
}

/// So many findings of each code are kept; of the others only their number.
pub const MOST_EXAMPLES: u64 = 100;

/// All findings of a study, in the order of reading.
///
/// A table may be wrong in every row. So the first [`MOST_EXAMPLES`] findings of a code are kept as
/// examples, and the others are counted: a million bad rows take no more memory than a hundred.
///
/// ```
/// use walkshed::model::{Finding, Findings, Severity};
/// use walkshed::words::Text;
/// let bad = |row: u64| Finding {
///     severity: Severity::Rejected,
///     code: "not-a-number",
///     file: "cells.csv".to_owned(),
///     place: format!("row {row}"),
///     subject: String::new(),
///     message: Text::default(),
/// };
/// let mut findings = Findings::default();
/// findings.extend((1..=250).map(bad));
/// // All are counted, a hundred are kept.
/// assert_eq!((findings.count("not-a-number"), findings.iter().count()), (250, 100));
/// assert_eq!(
///     (findings.gravest("not-a-number"), findings.rejected_rows("cells.csv")),
///     (Some(Severity::Rejected), 250)
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    examples: Vec<Finding>,
    /// How many there are of each code and severity, the examples among them.
    counts: BTreeMap<(&'static str, Severity), u64>,
    /// Where the rejected rows of each file stand, by the hash of the place: a row with several bad
    /// values is one row, and a number takes a tenth of the words.
    rejected: BTreeMap<String, BTreeSet<u64>>,
}

impl Findings {
    /// Takes in one more. O(log codes).
    pub fn push(&mut self, finding: Finding) {
        if finding.severity == Severity::Rejected {
            self.count_rejected(&finding.file, &finding.place);
        }
        if self.count(finding.code) < MOST_EXAMPLES {
            self.count_more(finding.severity, finding.code, 1);
            self.examples.push(finding);
        } else {
            self.count_more(finding.severity, finding.code, 1);
        }
    }

    /// Counts so many more of a code, of which nothing else is known.
    pub fn count_more(&mut self, severity: Severity, code: &'static str, more: u64) {
        if more > 0 {
            *self.counts.entry((code, severity)).or_default() += more;
        }
    }

    /// Counts a row of a file as rejected, once however often it is told.
    pub fn count_rejected(&mut self, file: &str, place: &str) {
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        if let Some(places) = self.rejected.get_mut(file) {
            places.insert(hasher.finish());
        } else {
            let places = BTreeSet::from([hasher.finish()]);
            self.rejected.insert(file.to_owned(), places);
        }
    }

    /// How many rows of a file were rejected, a row with several bad values counted once.
    #[must_use]
    pub fn rejected_rows(&self, file: &str) -> usize {
        self.rejected.get(file).map_or(0, BTreeSet::len)
    }

    /// Takes in some more.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Finding>) {
        others.into_iter().for_each(|finding| self.push(finding));
    }

    /// Takes in all of another list, its mere counts too.
    pub fn append(&mut self, other: Self) {
        let mut only_counted = other.counts;
        for example in other.examples {
            // An example counts itself when it is put in: what is left was only counted.
            if let Some(count) = only_counted.get_mut(&(example.code, example.severity)) {
                *count -= 1;
            }
            self.push(example);
        }
        for ((code, severity), more) in only_counted {
            self.count_more(severity, code, more);
        }
        for (file, places) in other.rejected {
            self.rejected.entry(file).or_default().extend(places);
        }
    }

    /// The same without those of one severity, the others counted as they are. O(examples).
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "asked by readers"))]
    pub(crate) fn without(mut self, severity: Severity) -> Self {
        self.examples.retain(|finding| finding.severity != severity);
        self.counts.retain(|(_, of), _| *of != severity);
        if severity == Severity::Rejected {
            self.rejected.clear();
        }
        self
    }

    /// The examples, in order: of each code at most [`MOST_EXAMPLES`].
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.examples.iter()
    }

    /// How many there are in all, counted or kept.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many there are of a code.
    #[must_use]
    pub fn count(&self, code: &str) -> u64 {
        self.of_code(code).map(|(_, count)| count).sum()
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count_of(&self, severity: Severity) -> u64 {
        let of_it = self.counts.iter().filter(|((_, of), _)| *of == severity);
        of_it.map(|(_, count)| count).sum()
    }

    /// The gravest severity that findings of a code have; none when there is no such finding.
    #[must_use]
    pub fn gravest(&self, code: &str) -> Option<Severity> {
        self.of_code(code).map(|(severity, _)| severity).max()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn of_code(&self, code: &str) -> impl Iterator<Item = (Severity, u64)> {
        self.counts
            .iter()
            .filter(move |((of, _), _)| *of == code)
            .map(|((_, severity), count)| (*severity, *count))
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: &'static str, severity: Severity, place: u64) -> Finding {
        Finding {
            severity,
            code,
            file: "cells.csv".to_owned(),
            place: format!("row {place}"),
            subject: String::new(),
            message: "a value is wrong".into(),
        }
    }

    fn many(code: &'static str, count: u64) -> Findings {
        let mut findings = Findings::default();
        findings.extend((0..count).map(|place| finding(code, Severity::Rejected, place)));
        findings
    }

    #[test]
    fn of_a_code_a_hundred_are_kept_and_all_are_counted() {
        for count in [0, 1, 99, 100, 101, 5000] {
            let findings = many("bad-row", count);
            let kept: Vec<&Finding> = findings.iter().collect();
            let first: Vec<Finding> = (0..count.min(100))
                .map(|place| finding("bad-row", Severity::Rejected, place))
                .collect();
            assert_eq!(kept, first.iter().collect::<Vec<_>>());
            assert_eq!(findings.total(), count);
            assert_eq!(findings.count("bad-row"), count);
            assert_eq!(findings.is_empty(), count == 0);
        }
    }

    #[test]
    fn codes_do_not_push_each_other_out() {
        let mut findings = many("bad-row", 300);
        findings.push(finding("bad-row", Severity::Suspicious, 300));
        findings.push(finding("another", Severity::Note, 301));
        assert_eq!(
            findings.iter().last().map(|last| last.code),
            Some("another")
        );
        assert_eq!(findings.count("bad-row"), 301);
        assert_eq!(findings.count_of(Severity::Rejected), 300);
        assert_eq!(findings.count_of(Severity::Suspicious), 1);
        assert_eq!(findings.gravest("bad-row"), Some(Severity::Rejected));
        assert_eq!(findings.gravest("nothing"), None);
    }

    #[test]
    fn without_one_severity_the_others_are_counted_as_they_are() {
        let mut findings = many("bad-row", 300);
        let doubts = (0..250).map(|place| finding("odd-row", Severity::Suspicious, place));
        findings.extend(doubts);
        findings.push(finding("bad-row", Severity::Note, 1));
        let kept = findings.without(Severity::Rejected);
        assert_eq!(kept.count("odd-row"), 250);
        assert_eq!((kept.count("bad-row"), kept.total()), (1, 251));
        assert_eq!(kept.rejected_rows("cells.csv"), 0);
        assert!(kept.iter().all(|one| one.severity != Severity::Rejected));
    }

    #[test]
    fn two_lists_are_one_list_of_all() {
        for (first, second) in [(0, 0), (40, 50), (60, 70), (300, 5), (5, 300)] {
            let mut joined = many("bad-row", first);
            joined.append(many("bad-row", second));
            let mut whole = many("bad-row", first);
            whole.extend((0..second).map(|place| finding("bad-row", Severity::Rejected, place)));
            assert_eq!(joined, whole, "{first} and {second}");
        }
    }
}

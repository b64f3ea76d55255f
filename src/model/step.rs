//! The steps of an item that need a visit, and sets of them.
//!
//! A county hands an item down wholly, or only some of its steps: the village *accepts* the papers,
//! the county *reviews*, the village *issues* the certificate. A person must visit a site for each
//! step that needs a visit, and an item is done when each of these is done somewhere within the
//! limit, at one site or at several.

use std::fmt;

/// One step in handling an item.
///
/// ```
/// use walkshed::model::Step;
/// assert_eq!(Step::named("受理"), Step::named("accept"));
/// assert_eq!(Step::ALL.map(|step| step.words()[0]), ["accept", "first-review", "review", "decide", "issue"]);
/// ```
#[doc(alias = "环节")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Taking in the papers.
    Accept,
    /// Looking them over.
    FirstReview,
    /// Checking them.
    Review,
    /// Deciding.
    Decide,
    /// Handing out the certificate.
    Issue,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 5] = [
        Self::Accept,
        Self::FirstReview,
        Self::Review,
        Self::Decide,
        Self::Issue,
    ];

    /// The words that files may use: the first is the one that files written by this crate use.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Accept => &["accept", "acceptance", "受理", "收件", "接件", "委托受理"],
            Self::FirstReview => &["first-review", "初审"],
            Self::Review => &["review", "审核", "审查", "复审"],
            Self::Decide => &["decide", "decision", "决定", "审批", "核准"],
            Self::Issue => &[
                "issue", "发证", "办结", "出证", "颁证", "出件", "送达", "制证",
            ],
        }
    }

    /// The step with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|step| step.words().contains(&word))
    }
}

/// A set of steps. Shown as `accept+issue`.
///
/// ```
/// use walkshed::model::{Step, Steps};
/// // The village takes in and hands out; the county does the rest.
/// let village: Steps = [Step::Issue, Step::Accept].into_iter().collect();
/// assert_eq!(village, Steps::USUAL);
/// assert_eq!(Steps::WHOLE.without(village).to_string(), "first-review+review+decide");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Steps(u8);

impl Steps {
    /// No step.
    pub const NONE: Self = Self(0);
    /// Every step: an item handed down wholly.
    pub const WHOLE: Self = Self(0b1_1111);
    /// Accept and issue: what needs a visit unless the catalogue says otherwise.
    pub const USUAL: Self = Self(1 << Step::Accept as u8 | 1 << Step::Issue as u8);

    /// The set of one step.
    #[must_use]
    pub const fn only(step: Step) -> Self {
        Self(1 << step as u8)
    }

    /// Whether there is no step in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the step is in it.
    #[must_use]
    pub const fn contains(self, step: Step) -> bool {
        self.0 >> step as u8 & 1 == 1
    }

    /// The steps of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The steps that are in both.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The steps of the first that are not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The steps in their order.
    pub fn iter(self) -> impl Iterator<Item = Step> {
        Step::ALL
            .into_iter()
            .filter(move |&step| self.contains(step))
    }
}

impl FromIterator<Step> for Steps {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        steps
            .into_iter()
            .fold(Self::NONE, |set, step| set.and(Self::only(step)))
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(|step| step.words()[0]).collect();
        f.pad(&words.join("+"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_sets() {
        let review: Steps = [Step::FirstReview, Step::Accept].into_iter().collect();
        assert_eq!(review.to_string(), "accept+first-review");
        assert_eq!(Steps::USUAL.without(review).to_string(), "issue");
        assert_eq!(Steps::USUAL.common(review), Steps::only(Step::Accept));
        assert_eq!(Step::ALL.into_iter().collect::<Steps>(), Steps::WHOLE);
    }

    #[test]
    fn no_word_means_two_steps() {
        for step in Step::ALL {
            assert!(
                step.words()
                    .iter()
                    .all(|word| Step::named(word) == Some(step)),
                "{step:?}"
            );
        }
        assert_eq!(Step::named("whole"), None);
    }
}

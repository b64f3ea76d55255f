//! The steps of an item, in words.

use super::word::{find, parts};
use crate::model::{Step, Steps};
use crate::read::formats::plain_word::plain_word;
use crate::read::listed::listed;
use crate::read::tables::columns::proposal;
use crate::words::{Text, text};

/// Words for several steps at once.
const SEVERAL_STEPS: [(Steps, &[&str]); 2] = [
    (
        Steps::WHOLE,
        &[
            "whole",
            "全程",
            "全部",
            "整件",
            "全环节",
            "全部环节",
            "全部下放",
            "全流程",
            "下放",
        ],
    ),
    (
        Steps::only(Step::Review).and(Steps::only(Step::Decide)),
        &["审查核准", "审核审批"],
    ),
];

/// Words for steps that nobody can tell.
const VAGUE: [&str; 5] = ["part", "部分", "部分环节", "部分下放", "部分办理"];

const ACCEPT: Steps = Steps::only(Step::Accept);

/// The steps that a word names.
///
/// # Errors
/// The word that is no step, and what to do.
fn step(word: &str) -> Result<Steps, (String, Text)> {
    let plain = plain_word(word);
    let several = find(&plain, &SEVERAL_STEPS);
    let one = Step::named(&plain).map(Steps::only);
    // What is vague is told by `is_vague`; the least that it can mean is that papers are taken in.
    let vague = VAGUE.contains(&plain.as_str()).then_some(ACCEPT);
    one.or(several).or(vague).ok_or_else(|| {
        let words = Step::ALL.iter().flat_map(|step| step.words());
        let all: Vec<&str> = words.copied().collect();
        (word.to_owned(), proposal(word, &all, text!(NameSteps)))
    })
}

/// The steps that these words name, `accept+issue` and 受理和发证 too; else the wrong word, and what
/// to do.
pub(crate) fn steps(words: &[String]) -> Result<Steps, (String, Text)> {
    let mut all = Steps::NONE;
    for word in words.iter().flat_map(|word| parts(word)) {
        all = all.and(step(word)?);
    }
    Ok(all)
}

/// Whether the words say that some steps are meant, and not which.
pub(crate) fn is_vague(words: &[String]) -> bool {
    let mut all = words.iter().flat_map(|word| parts(word));
    all.any(|word| VAGUE.contains(&plain_word(word).as_str()))
}

/// Whether the word means an item handed down wholly.
pub(crate) fn is_whole(depth: &str) -> bool {
    find(depth, &SEVERAL_STEPS) == Some(Steps::WHOLE)
}

/// The steps there are, for messages.
pub(crate) fn known_steps() -> Text {
    let words = Step::ALL.iter().map(|step| step.words()[0]);
    text!(StepsOutOf, steps = listed(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(steps: &[Step]) -> Steps {
        steps.iter().copied().collect()
    }

    #[test]
    fn every_word_of_the_plan_for_steps_is_read() {
        use Step::{Accept, Decide, FirstReview, Issue, Review};
        for (words, named) in [
            ("受理 接件 收件 委托受理", &[Accept][..]),
            ("初审", &[FirstReview]),
            ("审查 审核", &[Review]),
            ("审查核准", &[Review, Decide]),
            ("核准 审批 决定", &[Decide]),
            ("发证 颁证 出件 送达 制证", &[Issue]),
            ("全程 全环节 全部下放 whole", &Step::ALL),
            (
                "受理、发证 受理，发证 受理；发证 受理/发证 受理和发证 受理及发证 受理+发证",
                &[Accept, Issue],
            ),
            ("受理、初审、发证", &[Accept, FirstReview, Issue]),
        ] {
            for word in words.split(' ') {
                let read = steps(&[word.to_owned()]).map_err(|(found, _)| found);
                assert_eq!(read, Ok(set(named)), "{word}");
                assert!(!is_vague(&[word.to_owned()]), "{word}");
            }
        }
        let vague = ["部分环节".to_owned()];
        assert!(is_vague(&vague));
        assert_eq!(steps(&vague).ok(), Some(ACCEPT));
    }
}

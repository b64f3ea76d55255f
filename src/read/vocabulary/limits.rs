//! Where an item may be handed down to, in words.

use super::word::find;

/// How far an item may be handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limits {
    /// To any site, or it does not say.
    Nothing,
    /// To none.
    All,
    /// To the kinds and levels that are named.
    ToThese,
}

const LIMITS: [(Limits, &[&str]); 2] = [
    (
        Limits::Nothing,
        &[
            "all",
            "any",
            "yes",
            "是",
            "有",
            "√",
            "全部",
            "不限",
            "可下沉",
        ],
    ),
    (
        Limits::All,
        &[
            "none",
            "no",
            "否",
            "无",
            "×",
            "不可下沉",
            "不可下放",
            "不下沉",
            "不下放",
            "暂不下沉",
        ],
    ),
];

/// How far the words of a cell let an item be handed down.
pub(crate) fn limits(words: &[String]) -> Limits {
    match words {
        [] => Limits::Nothing,
        [word] => find(word, &LIMITS).unwrap_or(Limits::ToThese),
        [_, _, ..] => Limits::ToThese,
    }
}

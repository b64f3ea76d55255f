//! How far something is done online, and what is sent by post.

use super::word::{Choices, Unknown, choice, find, parts};
use crate::model::{Online, Step, Steps};
use crate::read::formats::plain_word::plain_word;

/// How far online, and the steps that this saves where no column names them.
type Depth = (Online, Steps);

const ACCEPT: Steps = Steps::only(Step::Accept);

const ONLINES: [(Depth, &[&str]); 4] = [
    (
        (Online::None, Steps::NONE),
        &[
            "none",
            "no",
            "n",
            "false",
            "否",
            "无",
            "×",
            "不可网办",
            "不可掌办",
            "不可",
            "不支持",
            "线下",
            "线下办理",
            "一级",
        ],
    ),
    (
        (Online::Part, Steps::NONE),
        &[
            "part",
            "部分",
            "部分网办",
            "部分掌办",
            "网上预约",
            "掌上预约",
            "预约",
            "二级",
        ],
    ),
    (
        (Online::Part, ACCEPT),
        &[
            "begun",
            "可",
            "可网办",
            "可掌办",
            "网上可办",
            "掌上可办",
            "网上申请",
            "网上申报",
            "网上预审",
            "网上受理",
            "三级",
        ],
    ),
    (
        (Online::Whole, Steps::WHOLE),
        &[
            "whole",
            "yes",
            "y",
            "true",
            "是",
            "有",
            "√",
            "全程",
            "全程网办",
            "全程掌办",
            "全流程网办",
            "全环节",
            "四级",
        ],
    ),
];

const POSTED: [(bool, &[&str]); 2] = [
    (
        true,
        &[
            "yes",
            "y",
            "true",
            "1",
            "是",
            "有",
            "√",
            "post",
            "邮寄",
            "寄递",
            "快递",
            "支持",
            "支持邮寄",
            "可邮寄",
            "邮寄送达",
            "寄递送达",
            "快递送达",
        ],
    ),
    (
        false,
        &[
            "no",
            "n",
            "false",
            "0",
            "否",
            "无",
            "×",
            "不支持",
            "不可邮寄",
            "窗口领取",
            "现场领取",
            "自取",
            "自行领取",
        ],
    ),
];

/// How far online, and the steps that this saves: a level of the net too, such as 网办深度三级.
///
/// A number alone is a level under a head that speaks of depth (深度), and else yes or no.
///
/// # Errors
/// When the word is not known.
pub(crate) fn online(word: &str, head: &str) -> Result<(Online, Steps), Unknown> {
    let bare = plain_word(word);
    let is_level = head.contains("深度") || bare.contains('级') || bare.contains("深度");
    let known = if is_level {
        level(&bare).unwrap_or(word)
    } else {
        match bare.as_str() {
            "1" => "yes",
            "0" => "no",
            _ => word,
        }
    };
    find(known, &ONLINES).map_or_else(|| deepest(known, &ONLINES), Ok)
}

/// The deepest of several ways; none at all goes with no other.
fn deepest(cell: &str, ways: &Choices<Depth>) -> Result<Depth, Unknown> {
    let mut deepest: Option<Depth> = None;
    for part in parts(cell) {
        let way = choice(part, ways)?;
        let contradicts =
            deepest.is_some_and(|(how, _)| (how == Online::None) != (way.0 == Online::None));
        if contradicts {
            return Err(Unknown::of(cell, ways));
        }
        deepest = deepest.max(Some(way));
    }
    deepest.map_or_else(|| choice(cell, ways), Ok)
}

/// The level of the net that a plain word means.
fn level(word: &str) -> Option<&'static str> {
    let number = word
        .replace("网办", "")
        .replace("深度", "")
        .replace('级', "");
    match number.as_str() {
        "一" | "1" | "ⅰ" | "i" => Some("一级"),
        "二" | "2" | "ⅱ" | "ii" => Some("二级"),
        "三" | "3" | "ⅲ" | "iii" => Some("三级"),
        "四" | "4" | "ⅳ" | "iv" => Some("四级"),
        _ => None,
    }
}

/// Whether a cell says that the certificate can be sent by post; collecting it at the window as well
/// takes nothing away.
///
/// # Errors
/// When a word in it is not known.
pub(crate) fn delivery(cell: &str) -> Result<bool, Unknown> {
    let mut posted = false;
    for part in parts(cell) {
        posted |= choice(part, &POSTED)?;
    }
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_plan_for_the_net_is_read() {
        for (words, how) in [
            (
                "不可网办 一级 深度一级 否 × 无",
                (Online::None, Steps::NONE),
            ),
            ("网上预约 二级 部分网办", (Online::Part, Steps::NONE)),
            (
                "网上可办 可网办 三级 三级深度 网办深度三级",
                (Online::Part, ACCEPT),
            ),
            (
                "全程网办 四级 四级深度 是 √ ✓",
                (Online::Whole, Steps::WHOLE),
            ),
        ] {
            for word in words.split(' ') {
                assert_eq!(online(word, "online").ok(), Some(how), "{word}");
            }
        }
    }

    #[test]
    fn a_number_is_a_level_where_the_head_speaks_of_depth() {
        let read = |word, head| online(word, head).ok().map(|(how, _)| how);
        assert_eq!(read("1", "网办深度"), Some(Online::None));
        assert_eq!(read("4", "网办深度"), Some(Online::Whole));
        assert_eq!(read("1", "online"), Some(Online::Whole));
        assert_eq!(read("4", "online"), None);
    }

    #[test]
    fn of_several_words_the_deepest_holds() {
        let read = |cell| online(cell, "online").ok();
        assert_eq!(read("网上预约、网上可办"), Some((Online::Part, ACCEPT)));
        assert_eq!(read("可网办/全程网办"), Some((Online::Whole, Steps::WHOLE)));
        assert_eq!(read("不可网办、全程网办"), None, "a contradiction");
    }

    #[test]
    fn what_is_posted_is_posted() {
        for (cell, posted) in [
            ("是", true),
            ("窗口领取、邮寄", true),
            ("自取", false),
            ("×", false),
        ] {
            assert_eq!(delivery(cell).ok(), Some(posted), "{cell}");
        }
        assert!(delivery("maybe").is_err());
    }
}

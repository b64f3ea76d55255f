//! The words of offices: how a cell of a table says whom, where, how deep and how far online.
//!
//! Offices write one thing in many ways: with full-width signs, blanks, brackets, several words in one
//! cell. All tables and the study file read words here.

use super::formats::plain_word::plain_word;
use super::tables::columns::proposal;
use crate::model::{Audience, ItemReach, Online, Step, Steps};
use crate::read::listed::listed;
use crate::words::{Text, text};

/// What may be chosen, each with the words for it; the first word is the one that is proposed.
pub(crate) type Choices<T> = [(T, &'static [&'static str])];

const AUDIENCES: [(Audience, &[&str]); 3] = [
    (
        Audience::Both,
        &["both", "all", "全部", "两者", "不限", "全体"],
    ),
    (
        Audience::Person,
        &[
            "person",
            "persons",
            "个人",
            "自然人",
            "群众",
            "居民",
            "公民",
            "市民",
            "村民",
        ],
    ),
    (
        Audience::Firm,
        &[
            "firm",
            "firms",
            "企业",
            "法人",
            "法人及其他组织",
            "法人和其他组织",
            "其他组织",
            "非法人组织",
            "单位",
            "企事业单位",
            "市场主体",
            "经营主体",
            "个体工商户",
        ],
    ),
];

pub(crate) const REACHES: [(ItemReach, &[&str]); 2] = [
    (
        ItemReach::Anywhere,
        &[
            "anywhere",
            "any",
            "通办",
            "跨区通办",
            "跨域通办",
            "跨区域通办",
            "跨省通办",
            "省内通办",
            "全省通办",
            "市内通办",
            "全市通办",
            "县内通办",
            "全县通办",
            "全域通办",
            "全国通办",
            "异地通办",
        ],
    ),
    (
        ItemReach::OwnUnit,
        &[
            "own-unit",
            "own",
            "属地",
            "属地办理",
            "属地管理",
            "本辖区",
            "辖区",
            "辖区内",
            "本辖区内",
            "本地",
        ],
    ),
];

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

/// Words for steps that nobody can tell.
const VAGUE: [&str; 5] = ["part", "部分", "部分环节", "部分下放", "部分办理"];

/// The parts of a cell that holds several words.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let signs = [
        ';', '；', '|', '｜', '、', ',', '，', '/', '／', '+', '＋', '\n', '和', '及', '与',
    ];
    cell.split(signs)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A word that is none of the known ones, and what to do.
pub(crate) struct Unknown {
    pub found: String,
    pub expected: Text,
    pub remedy: Text,
}

impl Unknown {
    fn of<T>(found: &str, choices: &Choices<T>) -> Self {
        let words = choices.iter().flat_map(|(_, words)| words.iter().copied());
        let all: Vec<&str> = words.collect();
        let first = listed(choices.iter().map(|(_, words)| words[0]));
        Self {
            found: found.to_lowercase(),
            expected: text!(TheseWords, words = first),
            remedy: proposal(found, &all, text!(ChooseOne)),
        }
    }
}

fn find<T: Copy>(word: &str, choices: &Choices<T>) -> Option<T> {
    let word = plain_word(word);
    let found = choices
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))?;
    Some(found.0)
}

/// One of a few words.
///
/// # Errors
/// When it is none of them.
pub(crate) fn choice<T: Copy>(word: &str, choices: &Choices<T>) -> Result<T, Unknown> {
    find(word, choices).ok_or_else(|| Unknown::of(word, choices))
}

/// Whom a cell names: persons, firms, or both in one cell; both where it is empty.
///
/// # Errors
/// When a word in it is not known.
pub(crate) fn audience(cell: &str) -> Result<Audience, Unknown> {
    // 法人及其他组织 is one word, though it holds a sign that parts others.
    if let Some(whole) = find(cell, &AUDIENCES) {
        return Ok(whole);
    }
    let mut named = None;
    for part in parts(cell) {
        let one = choice(part, &AUDIENCES).map_err(|unknown| Unknown {
            found: part.to_lowercase(),
            ..unknown
        })?;
        named = Some(named.map_or(one, |before| both(before, one)));
    }
    Ok(named.unwrap_or_default())
}

fn both(one: Audience, other: Audience) -> Audience {
    if one == other { one } else { Audience::Both }
}

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
    choice(known, &ONLINES)
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

/// How the names of offices end.
const OFFICES: [char; 16] = [
    '局', '委', '办', '部', '院', '厅', '所', '站', '会', '府', '署', '处', '队', '行', '社', '心',
];

/// The departments of a cell, in its order, each once.
///
/// 、 ， , ; ； / + and line ends part any names. 和, 及 and 与 stand in names too (发展和改革委员会), and
/// part only what ends like an office.
pub(crate) fn departments(cell: &str) -> Vec<String> {
    let signs = [
        ';', '；', '|', '｜', '、', ',', '，', '/', '／', '+', '＋', '\n',
    ];
    let mut all: Vec<String> = Vec::new();
    for name in cell.split(signs).flat_map(offices) {
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The offices of a part of a cell, parted at 和, 及 and 与 where an office ends there.
fn offices(part: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut start = 0;
    for (place, sign) in part.match_indices(['和', '及', '与']) {
        let before = part[start..place].trim();
        if before.ends_with(OFFICES) {
            names.push(before.to_owned());
            start = place + sign.len();
        }
    }
    names.push(part[start..].trim().to_owned());
    names
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

    #[test]
    fn every_word_of_the_plan_for_people_is_read() {
        for (words, who) in [
            ("个人 自然人 群众 居民 自然人、居民", Audience::Person),
            (
                "企业 法人 法人及其他组织 单位 市场主体 法人/企业",
                Audience::Firm,
            ),
            (
                "自然人,法人 个人和企业 个人、企业 自然人、法人及其他组织 both",
                Audience::Both,
            ),
        ] {
            for word in words.split(' ') {
                assert_eq!(audience(word).ok(), Some(who), "{word}");
            }
        }
        assert_eq!(audience("").ok(), Some(Audience::Both));
        let wrong = audience("自然人,法仁").err().map(|unknown| unknown.found);
        assert_eq!(wrong.as_deref(), Some("法仁"));
    }

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
    fn every_word_of_the_plan_for_reach_is_read() {
        for word in "跨区通办 市内通办 全市通办 跨省通办 省内通办 全县通办 全域通办 通办".split(' ')
        {
            assert_eq!(
                choice(word, &REACHES).ok(),
                Some(ItemReach::Anywhere),
                "{word}"
            );
        }
        for word in ["本辖区", "属地"] {
            assert_eq!(
                choice(word, &REACHES).ok(),
                Some(ItemReach::OwnUnit),
                "{word}"
            );
        }
    }

    #[test]
    fn departments_are_parted_where_names_end() {
        for (cell, names) in [
            ("医保局、人社局", &["医保局", "人社局"][..]),
            ("医保局和人社局", &["医保局", "人社局"]),
            ("公安局及发展和改革委员会", &["公安局", "发展和改革委员会"]),
            ("住房和城乡建设局", &["住房和城乡建设局"]),
            ("police; tax+court / police", &["police", "tax", "court"]),
            (" ", &[]),
        ] {
            assert_eq!(departments(cell), names, "{cell}");
        }
    }
}

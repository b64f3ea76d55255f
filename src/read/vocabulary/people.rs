//! Whom something concerns, and whom it is done for.

use super::word::{Unknown, choice, find, parts};
use crate::model::{Audience, ItemReach};

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

const REACHES: [(ItemReach, &[&str]); 2] = [
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

/// Whom a cell says something is done for: of several words, the widest.
///
/// # Errors
/// When a word in it is not known.
pub(crate) fn reach(cell: &str) -> Result<ItemReach, Unknown> {
    let mut widest = None;
    for part in parts(cell) {
        widest = widest.max(Some(choice(part, &REACHES)?));
    }
    // A cell of separators alone is no word.
    widest.map_or_else(|| choice(cell, &REACHES), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_word_of_the_plan_for_reach_is_read() {
        for word in "跨区通办 市内通办 全市通办 跨省通办 省内通办 全县通办 全域通办 通办".split(' ')
        {
            assert_eq!(reach(word).ok(), Some(ItemReach::Anywhere), "{word}");
        }
        for word in ["本辖区", "属地"] {
            assert_eq!(reach(word).ok(), Some(ItemReach::OwnUnit), "{word}");
        }
    }

    #[test]
    fn of_several_words_the_widest_reach_holds() {
        for (cell, wide) in [
            ("省内通办、跨省通办", true),
            ("本辖区/全市通办", true),
            ("本辖区", false),
        ] {
            let expected = if wide {
                ItemReach::Anywhere
            } else {
                ItemReach::OwnUnit
            };
            assert_eq!(reach(cell).ok(), Some(expected), "{cell}");
        }
        assert!(reach("本辖区、到处").is_err());
    }
}

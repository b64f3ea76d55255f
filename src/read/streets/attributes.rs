//! Attributes of streets, however a file writes them, in the words of OSM (*normalisation*).
//!
//! | written | read |
//! |---|---|
//! | ` No`, `NO` | `no` |
//! | `T`, `true`, `1`, `是`, `有`, `√` where a permission or a yes is due | `yes` |
//! | `F`, `false`, `0`, `否`, `无`, `×` there | `no` |
//! | nothing, `nan`, `None`, `null`, `<NA>` | not there |
//! | `a;b`, `["a", "b"]`, `"['a', 'b']"`, `{a,b}` | the strictest of them |
//! | `other_tags` of GDAL, `"foot"=>"no","layer"=>"1"`, or the same as JSON | each as its own |
//! | `fclass` of Geofabrik, with `oneway` B, F, T | `highway`, `oneway` no, yes, -1 |

use std::borrow::Cow;

use super::permission::permission;
use super::street_class::strictness;
use crate::read::formats::plain_word::{plain_word, yes_or_no};

/// An attribute: its key and its value, both in OSM's words.
pub(crate) type Attribute<'a> = (Cow<'a, str>, Cow<'a, str>);

/// The value of a key; of one that comes twice the first.
pub(crate) fn value_of<'b>(attributes: &'b [Attribute<'_>], key: &str) -> Option<&'b str> {
    let (_, value) = attributes.iter().find(|(name, _)| name == key)?;
    Some(value)
}

/// What sort of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A class of street.
    Class,
    /// Who may go there.
    Permission,
    /// Yes, no, or something that is more than yes.
    Flag,
    /// Whether a wheelchair gets through.
    Fitness,
    /// A word of a list of its own.
    Word,
    /// Anything: a name, a number, a time.
    Free,
}

fn sort(key: &str) -> Sort {
    match key {
        "highway" => Sort::Class,
        "access" | "foot" | "bicycle" | "vehicle" | "foot:forward" | "foot:backward" => {
            Sort::Permission
        }
        "bridge" | "tunnel" | "motorroad" | "area" | "locked" | "crossing" | "oneway"
        | "oneway:foot" | "oneway:bicycle" | "covered" | "indoor" | "abandoned" | "disused"
        | "demolished" | "razed" | "removed" | "proposed" | "construction" => Sort::Flag,
        "wheelchair" => Sort::Fitness,
        "railway" | "public_transport" | "barrier" | "route" | "kerb" | "footway" | "path"
        | "bridleway" | "cycleway" | "cycleway:left" | "cycleway:right" | "cycleway:both"
        | "junction" | "conveying" | "place" | "area:highway" | "type" => Sort::Word,
        _ => Sort::Free,
    }
}

/// A value in OSM's words; none where it says that nothing is known.
pub(crate) fn plain_value<'a>(key: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let sort = sort(key);
    // Nearly all values are in OSM's words, and need no copy.
    if is_plain(value) && (sort == Sort::Free || is_word(value)) {
        return Some(Cow::Borrowed(value));
    }
    let trimmed = value.trim();
    if is_missing(trimmed) {
        return None;
    }
    match parts(trimmed, sort) {
        Some(parts) => strictest(sort, parts.iter().filter_map(|part| one(sort, part))),
        None => one(sort, trimmed),
    }
}

/// The strictest of several values, as a JSON list has them.
pub(crate) fn of_list(key: &str, values: &[String]) -> Option<Cow<'static, str>> {
    let sort = sort(key);
    let plain = values.iter().filter_map(|value| plain_value(key, value));
    strictest(sort, plain).map(|value| Cow::Owned(value.into_owned()))
}

/// Whether a value is as most are: something, without blanks around it, and no list.
fn is_plain(value: &str) -> bool {
    let first_and_last = [value.bytes().next(), value.bytes().next_back()];
    let no_blank = first_and_last
        .iter()
        .all(|byte| byte.is_some_and(|byte| byte > b' '));
    no_blank && !value.starts_with('[') && !is_missing(value)
}

/// Two letters at least, as `1`, `t` and `f` are short for others.
fn is_word(value: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b':');
    value.len() > 1 && value.bytes().all(is_letter) && !matches!(value, "true" | "false")
}

/// What programs write where nothing is.
fn is_missing(value: &str) -> bool {
    let length = value.len();
    length == 0
        || (length <= 6
            && ["nan", "none", "null", "<na>", "<null>", "n/a", "-"]
                .iter()
                .any(|missing| value.eq_ignore_ascii_case(missing)))
}

/// One value of a sort.
fn one(sort: Sort, value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    if is_missing(value) {
        return None;
    }
    if sort == Sort::Free {
        return Some(Cow::Borrowed(value));
    }
    // Full-width letters and ticks are as good as others.
    let word = plain_word(value);
    let takes_yes = match sort {
        Sort::Permission | Sort::Flag | Sort::Fitness | Sort::Word => true,
        Sort::Class | Sort::Free => false,
    };
    let said = match word.as_str() {
        "t" => Some(true),
        "f" => Some(false),
        other => yes_or_no(other),
    };
    Some(Cow::Owned(match said.filter(|_| takes_yes) {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => word,
    }))
}

/// The parts of a list in a text; none where it is no list.
fn parts(value: &str, sort: Sort) -> Option<Vec<&str>> {
    let brackets: &[_] = match sort {
        // A name may stand in other brackets by itself.
        Sort::Free => &[('[', ']')],
        Sort::Class | Sort::Permission | Sort::Flag | Sort::Fitness | Sort::Word => {
            &[('[', ']'), ('{', '}'), ('(', ')')]
        }
    };
    let inner = brackets
        .iter()
        .find_map(|&(open, close)| value.strip_prefix(open)?.strip_suffix(close));
    let is_split = |c: char| match sort {
        // A name or a time may have any sign in it, so that only a list in brackets is one.
        Sort::Free => c == ',',
        Sort::Class | Sort::Permission | Sort::Flag | Sort::Fitness | Sort::Word => {
            matches!(c, ';' | ',' | '|' | '/' | '；' | '，' | '、')
        }
    };
    if inner.is_none() && (sort == Sort::Free || !value.contains(is_split)) {
        return None;
    }
    let quotes = |c: char| matches!(c, '\'' | '"') || c.is_whitespace();
    let parts = inner.unwrap_or(value).split(is_split);
    Some(parts.map(|part| part.trim_matches(quotes)).collect())
}

/// Of several values the one that lets the fewest walk.
fn strictest<'a>(sort: Sort, values: impl Iterator<Item = Cow<'a, str>>) -> Option<Cow<'a, str>> {
    // Of equals the first counts, and max_by_key would take the last.
    let values: Vec<_> = values.collect();
    let first = values.iter().rev();
    let worst = match sort {
        Sort::Class => first.max_by_key(|value| strictness(value)),
        Sort::Permission => first.max_by_key(|value| permission(value)),
        Sort::Fitness => first.max_by_key(|value| *value == "no"),
        // A bridge on a part of a line is one: no counts least, and yes less than a word that says more.
        Sort::Flag | Sort::Word => first.max_by_key(|value| match &***value {
            "no" => 0,
            "yes" => 1,
            _ => 2,
        }),
        Sort::Free => values.first(),
    };
    worst.cloned()
}

/// The tags in a text of GDAL's `other_tags`; none where it is not written so.
pub(crate) fn hstore(text: &str) -> Option<Vec<(String, String)>> {
    let text = text.trim();
    if text.starts_with('{') {
        return in_json(text);
    }
    let mut rest = text;
    let mut tags = Vec::new();
    while !rest.is_empty() {
        let (key, after) = quoted(rest)?;
        let (value, after) = quoted(after.trim_start().strip_prefix("=>")?.trim_start())?;
        tags.push((key, value));
        rest = after.trim_start();
        // A comma goes on and nothing ends. After anything else it is not GDAL's, and none of it is
        // taken.
        if let Some(next) = rest.strip_prefix(',') {
            rest = next.trim_start();
        } else if !rest.is_empty() {
            return None;
        }
    }
    Some(tags)
}

fn in_json(text: &str) -> Option<Vec<(String, String)>> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let tags = object.into_iter().map(|(key, value)| match value {
        serde_json::Value::String(value) => (key, value),
        other => (key, other.to_string()),
    });
    Some(tags.collect())
}

/// A text in quotes, or the bare NULL, and what comes after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix("NULL") {
        return Some((String::new(), rest));
    }
    let text = text.strip_prefix('"')?;
    let mut said = String::new();
    let mut signs = text.char_indices();
    while let Some((place, sign)) = signs.next() {
        match sign {
            '"' => return Some((said, &text[place + 1..])),
            '\\' => said.push(signs.next()?.1),
            other => said.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(key: &str, value: &str) -> String {
        plain_value(key, value).map_or_else(|| "nothing".to_owned(), Cow::into_owned)
    }

    #[test]
    fn yes_and_no_are_one_whatever_program_wrote_them() {
        for no in [
            "no", "NO", " No ", "F", "f", "false", "FALSE", "0", "否", "无", "×", "０",
        ] {
            assert_eq!(plain("bridge", no), "no", "{no}");
            assert_eq!(plain("foot", no), "no", "{no}");
        }
        for yes in ["yes", "Yes", "T", "true", "1", "是", "有", "√"] {
            assert_eq!(plain("tunnel", yes), "yes", "{yes}");
        }
        for nothing in [
            "", "  ", "nan", "NaN", "None", "null", "<NA>", "<Null>", "-", "['']", "[None]",
        ] {
            assert_eq!(plain("bridge", nothing), "nothing", "{nothing}");
        }
        // A number is one where a number is due, and a class is none of yes and no.
        assert_eq!(
            (plain("layer", "1"), plain("layer", "0")),
            ("1".to_owned(), "0".to_owned())
        );
        assert_eq!(plain("highway", "1"), "1");
        assert_eq!(plain("oneway", "-1"), "-1");
    }

    #[test]
    fn of_a_list_the_strictest_counts() {
        for (key, list, strictest) in [
            ("highway", "['motorway', 'motorway_link']", "motorway"),
            ("highway", "['residential', 'motorway']", "motorway"),
            ("highway", r#"["footway", "steps"]"#, "steps"),
            ("highway", "residential;construction", "construction"),
            ("highway", "footway; path", "footway"),
            ("highway", "{footway,xyz}", "xyz"),
            ("access", "['private', 'no']", "no"),
            ("access", "yes;private", "private"),
            ("foot", "yes | no", "no"),
            ("bridge", "['no', 'viaduct']", "viaduct"),
            ("bridge", "[False, True]", "yes"),
            ("oneway", "[False, True]", "yes"),
            ("name", "['秀江路', '江边路']", "秀江路"),
            ("name", "A; B / C, D", "A; B / C, D"),
        ] {
            assert_eq!(plain(key, list), strictest, "{key}={list}");
        }
        let list = ["yes".to_owned(), "No".to_owned()];
        assert_eq!(of_list("foot", &list).as_deref(), Some("no"));
        assert_eq!(of_list("foot", &[]), None);
    }

    #[test]
    fn other_tags_of_gdal_are_tags() {
        let tags = hstore(r#""foot"=>"no", "name:zh"=>"a \"b\", c=>d","x"=>NULL"#).expect("tags");
        let own = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            tags,
            [
                own("foot", "no"),
                own("name:zh", "a \"b\", c=>d"),
                own("x", "")
            ]
        );
        assert_eq!(
            hstore(r#"{"foot": "no", "layer": 1}"#).map(|tags| tags.len()),
            Some(2)
        );
        assert_eq!(hstore(""), Some(Vec::new()));
        for none in [
            "foot=no",
            r#""foot"=>"no"#,
            r#""foot"=>"no" "x"=>"y""#,
            "{x",
            r#""a\"#,
        ] {
            assert_eq!(hstore(none), None, "{none}");
        }
    }
}

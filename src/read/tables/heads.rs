//! What a column's head says: its name, and beside it a unit in brackets or a year.
//!
//! Offices head the same column `人口`, `人口（人）`, `2024年末常住人口` or `人口数（万人）`. The last one
//! must not be read as the first: a unit is understood, and its factor told, or the head is not.

use crate::text::formula::{half_width, is_hidden};

/// How a head reads as a known column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// Which of the names it is, counted from 0.
    pub name: usize,
    /// What the column's numbers are to be multiplied with: 10,000 for 万人.
    pub factor: f64,
}

/// What one counts by, and the units in which a head may say so.
const UNITS: &[(&[&str], &[&str])] = &[
    (
        &["population", "elderly"],
        &[
            "人", "口", "名", "位", "人口", "person", "persons", "people",
        ],
    ),
    (&["households"], &["户", "家", "households"]),
    (&["enterprises"], &["家", "户", "个", "firms"]),
    (&["buildings"], &["栋", "幢", "座", "个"]),
    (&["area"], &["平方米", "平米", "m2", "sqm"]),
    (&["weight"], &["件", "次"]),
    (&["steps_before", "steps_now"], &["个", "项", "步"]),
    (&["papers_before", "papers_now"], &["份", "个", "件", "项"]),
    (
        &["days_before", "days_now"],
        &["天", "日", "工作日", "个工作日", "days"],
    ),
    (
        &["helps_at_home"],
        &[
            "分钟", "分", "min", "minutes", "小时", "公里", "千米", "km", "米", "m",
        ],
    ),
    (
        &["minutes", "wait"],
        &["分钟", "分", "min", "minute", "minutes"],
    ),
];

/// The columns whose unit is a degree.
const DEGREES: (&[&str], &[&str]) = (
    &["lon", "lat", "from_lon", "from_lat", "to_lon", "to_lat"],
    &["度", "°", "deg", "degree", "degrees"],
);

/// Units of area, in square metres.
const AREAS: [(&str, f64); 7] = [
    ("亩", 2000.0 / 3.0),
    ("公顷", 1e4),
    ("ha", 1e4),
    ("平方公里", 1e6),
    ("平方千米", 1e6),
    ("km2", 1e6),
    ("万亩", 2e7 / 3.0),
];

/// Words before a unit that make it larger.
const MAGNITUDES: [(&str, f64); 7] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("百万", 1e6),
    ("百", 1e2),
    ("千", 1e3),
    ("万", 1e4),
    ("亿", 1e8),
];

/// A name without case, blanks, underscores, hidden characters and full-width forms.
pub(crate) fn folded(name: &str) -> String {
    name.replace('㎡', "m2")
        .chars()
        .map(plain_form)
        .filter(|&c| !is_hidden(c) && !c.is_whitespace() && c != '_')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The plainest character of the same meaning.
fn plain_form(c: char) -> char {
    match half_width(c) {
        '²' => '2',
        '【' | '〔' | '[' | '{' => '(',
        '】' | '〕' | ']' | '}' => ')',
        narrow => narrow,
    }
}

/// How a head reads as this column, which is called by any of these (folded) names.
///
/// The name itself, or the name with a unit after it and, for what is counted, a year before or
/// after it. None when anything else stands there: `人口密度` is no `人口`.
pub(crate) fn reading(head: &str, canonical: &str, names: &[String]) -> Option<Reading> {
    let mut rest = folded(head);
    let mut factor = 1.0;
    loop {
        if let Some(name) = names.iter().position(|name| *name == rest) {
            return Some(Reading { name, factor });
        }
        let (before, more) = peeled(&rest, canonical)?;
        factor *= more;
        rest = before;
    }
}

/// The factor that a head's units ask for, whatever its name is.
pub(crate) fn factor(head: &str, canonical: &str) -> f64 {
    let mut rest = folded(head);
    let mut factor = 1.0;
    while let Some((before, more)) = peeled(&rest, canonical) {
        factor *= more;
        rest = before;
    }
    factor
}

/// A folded head without its last unit or year, and the factor of that unit.
fn peeled(head: &str, canonical: &str) -> Option<(String, f64)> {
    if let Some((before, note)) = last_note(head) {
        if counted(canonical) && without_year(note).is_some_and(str::is_empty) {
            return Some((before.to_owned(), 1.0));
        }
        return Some((before.to_owned(), unit_factor(note, canonical)?));
    }
    without_year(head)
        .filter(|rest| counted(canonical) && !rest.is_empty())
        .map(|rest| (rest.to_owned(), 1.0))
}

/// What stands in brackets, or after a stroke, at the end of a head, and the head before it.
fn last_note(head: &str) -> Option<(&str, &str)> {
    let (before, note) = match head.strip_suffix(')') {
        Some(open) => open.rsplit_once('(')?,
        None => head.rsplit_once(['/', ':'])?,
    };
    (!before.is_empty()).then_some((before, note))
}

fn counted(canonical: &str) -> bool {
    units_of(canonical).is_some()
}

pub(crate) fn units_of(canonical: &str) -> Option<&'static [&'static str]> {
    let mut rows = UNITS.iter();
    rows.find(|(columns, _)| columns.contains(&canonical))
        .map(|&(_, units)| units)
}

/// What the numbers of a column in this unit are to be multiplied with; none for a strange unit.
fn unit_factor(unit: &str, canonical: &str) -> Option<f64> {
    let unit = ["单位:", "unit:"]
        .iter()
        .find_map(|word| unit.strip_prefix(word))
        .unwrap_or(unit);
    let (columns, degrees) = DEGREES;
    if columns.contains(&canonical) {
        return degrees.contains(&unit).then_some(1.0);
    }
    let known = units_of(canonical)?;
    if known.contains(&unit) {
        return Some(1.0);
    }
    if let Some((_, times)) = AREAS
        .iter()
        .find(|(area, _)| canonical == "area" && *area == unit)
    {
        return Some(*times);
    }
    // The unit may be left out after a magnitude: 人口（万）.
    MAGNITUDES.iter().find_map(|&(word, times)| {
        let rest = unit.strip_prefix(word)?;
        (rest.is_empty() || known.contains(&rest)).then_some(times)
    })
}

/// What numbers of a column in this unit are to be multiplied with; none where it does not count in it.
pub(crate) fn counts_in(canonical: &str, unit: &str) -> Option<f64> {
    units_of(canonical)?;
    unit_factor(&folded(unit), canonical)
}

/// A number's digits before a Chinese word that makes it larger, and its factor: 万 is 10,000.
pub(crate) fn magnitude(number: &str) -> Option<(&str, f64)> {
    let chinese = MAGNITUDES.iter().filter(|(word, _)| !word.is_ascii());
    let mut fitting =
        chinese.filter_map(|&(word, factor)| Some((number.strip_suffix(word)?, factor)));
    fitting.next()
}

/// A head without the year that it begins or ends with.
fn without_year(head: &str) -> Option<&str> {
    let starts = |text: &str| {
        let century = text.starts_with("19") || text.starts_with("20");
        century && text.len() >= 4 && text.bytes().take(4).all(|byte| byte.is_ascii_digit())
    };
    if starts(head) {
        let rest = &head[4..];
        let words = ["年末", "年底", "年初", "年度", "年"];
        return Some(
            words
                .iter()
                .find_map(|word| rest.strip_prefix(word))
                .unwrap_or(rest),
        );
    }
    let bare = head.trim_end_matches('年');
    let start = bare.len().checked_sub(4)?;
    let year = bare.get(start..)?;
    // A longer number that ends with these digits is no year.
    let more_digits = bare[..start].ends_with(|c: char| c.is_ascii_digit());
    (starts(year) && !more_digits).then(|| &bare[..start])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor_as(head: &str, canonical: &str, names: &[&str]) -> Option<f64> {
        let names: Vec<String> = names.iter().map(|name| folded(name)).collect();
        reading(head, canonical, &names).map(|reading| reading.factor)
    }

    #[test]
    fn heads_are_read_through_units_years_and_hidden_characters() {
        for head in [
            "人口",
            "人口（人）",
            "人口(人)",
            "人口【人】",
            "人口（单位：人）",
            "人口/人",
            "2024年人口",
            "２０２４年末人口（人）",
            "人口（2024年）",
            "人口2020",
            "人 口",
            "人\u{200b}口\u{feff}",
        ] {
            assert_eq!(
                factor_as(head, "population", &["人口"]),
                Some(1.0),
                "{head}"
            );
        }
        let ten_thousands = ["人口（万人）", "人口(万)", "2024年人口（万人）"];
        for head in ten_thousands {
            assert_eq!(
                factor_as(head, "population", &["人口"]),
                Some(1e4),
                "{head}"
            );
        }
        assert_eq!(factor_as("面积（㎡）", "area", &["面积"]), Some(1.0));
        assert_eq!(factor_as("面积（万平方米）", "area", &["面积"]), Some(1e4));
        assert_eq!(factor_as("面积（公顷）", "area", &["面积"]), Some(1e4));
        let acres = factor_as("面积（亩）", "area", &["面积"]);
        assert!(acres.is_some_and(|factor| (factor * 15.0 - 10_000.0).abs() < 1e-9));
        assert_eq!(factor_as("经度（°）", "lon", &["经度"]), Some(1.0));
    }

    #[test]
    fn what_changes_the_meaning_is_not_peeled_off() {
        for head in [
            "人口密度",
            "人口（亩）",
            "人口（预测）",
            "流动人口",
            "人口12024",
            "人口（万户）",
            "2024年",
        ] {
            assert_eq!(factor_as(head, "population", &["人口"]), None, "{head}");
        }
        assert_eq!(factor_as("面积（亩产）", "area", &["面积"]), None);
        assert_eq!(factor_as("经度（GCJ-02）", "lon", &["经度"]), None);
        assert_eq!(
            factor_as("x2024", "lon", &["x"]),
            None,
            "no year of a coordinate"
        );
    }

    #[test]
    fn any_head_is_read_without_a_panic() {
        for head in [
            "",
            "(",
            ")",
            "()",
            "年",
            "2024",
            "年2024年",
            "：",
            "/",
            "20年年",
            "人)人(",
        ] {
            assert_eq!(factor_as(head, "population", &["人口"]), None, "{head}");
            assert!(factor(head, "population") >= 1.0);
        }
    }
}

//! What columns are called, in English and in Chinese.

use crate::read::formats::values::{Problem, half_width};

/// Each canonical name with the other names it is known by. Names are compared without regard to
/// case, spaces, underscores and full-width forms.
const ALIASES: &[(&str, &[&str])] = &[
    ("id", &["fid", "code", "编号", "编码", "代码", "序号"]),
    ("name", &["名称"]),
    ("lon", &["lng", "long", "longitude", "x", "经度"]),
    ("lat", &["latitude", "y", "纬度"]),
    ("kind", &["type", "category", "类型", "类别"]),
    (
        "unit",
        &["单位", "所属", "所属单位", "行政区", "乡镇", "村", "辖区"],
    ),
    ("population", &["pop", "人口", "人口数", "常住人口", "人数"]),
    ("items", &["service items", "事项", "可办事项"]),
    (
        "opening_hours",
        &["hours", "营业时间", "办公时间", "服务时间", "开放时间"],
    ),
    ("opened", &["启用日期", "开办日期"]),
    ("closed", &["停用日期", "撤销日期"]),
    ("windows", &["窗口", "窗口数"]),
    ("parent", &["上级", "上级单位"]),
    ("item", &["item id", "事项", "事项编号", "事项编码"]),
    ("site", &["site id", "服务点", "服务点编号", "站点"]),
    ("weight", &["权重", "办件量", "年办件量"]),
    ("high_frequency", &["frequent", "高频", "高频事项"]),
    ("depth", &["深度", "办理深度"]),
    ("audience", &["服务对象", "办理对象"]),
    ("theme", &["stage", "主题", "阶段"]),
    ("department", &["部门", "责任部门", "主管部门"]),
    ("online", &["网办", "网上办理", "网办深度"]),
    ("steps", &["visit steps", "环节", "到场环节"]),
    ("reach", &["通办范围", "办理范围"]),
    ("from", &["since", "起始日期", "开始日期"]),
    ("until", &["截止日期", "结束日期"]),
    ("elderly", &["老年人", "老年人口"]),
    ("households", &["户数", "家庭户数"]),
    ("buildings", &["楼栋数", "建筑", "建筑数"]),
    ("area", &["面积", "居住面积"]),
    ("enterprises", &["firms", "企业", "企业数"]),
];

/// The names that columns are known by.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ALIASES.iter().map(|(name, _)| *name)
}

/// Whether a name, or another one for the same, is that of a known column.
pub(crate) fn is_known(name: &str) -> bool {
    names().any(|known| known == canonical(name))
}

/// The other names that a column may have.
pub(crate) fn aliases(canonical: &str) -> &'static [&'static str] {
    ALIASES
        .iter()
        .find(|(name, _)| *name == canonical)
        .map_or(&[], |(_, aliases)| aliases)
}

/// The place of a column that the study calls by any of its names.
///
/// # Errors
///
/// As [`find`].
pub(crate) fn find_called(columns: &[String], name: &str) -> Result<Option<usize>, Problem> {
    match find(columns, name)? {
        Some(place) => Ok(Some(place)),
        None => find(columns, canonical(name)),
    }
}

/// The canonical name of any name; the name itself where no other is known.
fn canonical(name: &str) -> &str {
    let wanted = folded(name);
    let means = |(own, others): &&(&str, &[&str])| {
        others
            .iter()
            .chain([own])
            .any(|known| folded(known) == wanted)
    };
    ALIASES
        .iter()
        .find(means)
        .map_or(name, |(canonical, _)| canonical)
}

/// A name without case, spaces, underscores and full-width forms.
fn folded(name: &str) -> String {
    let narrow = name
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && *c != '_');
    narrow.flat_map(char::to_lowercase).collect()
}

/// The place of a column: the canonical name itself first, then any of its aliases.
///
/// # Errors
///
/// Two columns that fit equally well; the problem names both.
pub(crate) fn find(columns: &[String], canonical: &str) -> Result<Option<usize>, Problem> {
    if let Some(exact) = columns.iter().position(|column| column == canonical) {
        return Ok(Some(exact));
    }
    match only(columns, canonical, &[folded(canonical)])? {
        Some(own) => Ok(Some(own)),
        None => only(
            columns,
            canonical,
            &aliases(canonical)
                .iter()
                .map(|a| folded(a))
                .collect::<Vec<_>>(),
        ),
    }
}

fn only(columns: &[String], canonical: &str, names: &[String]) -> Result<Option<usize>, Problem> {
    let mut fitting = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| names.contains(&folded(column)));
    match (fitting.next(), fitting.next()) {
        (Some((_, first)), Some((_, second))) => Err(ambiguous(canonical, first, second)),
        (first, _) => Ok(first.map(|(place, _)| place)),
    }
}

fn ambiguous(canonical: &str, first: &str, second: &str) -> Problem {
    Problem {
        code: "ambiguous-column",
        expected: format!("the columns \"{first}\" and \"{second}\" both mean {canonical}"),
        remedy: format!("rename the right one to \"{canonical}\""),
        ..Problem::default()
    }
}

/// The known names that are near to a wrong one, nearest first: at most three.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let wrong: Vec<char> = folded(name).chars().take(64).collect();
    let most = (wrong.len() / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|&k| (distance(&wrong, &folded(k)), k))
        .filter(|(d, _)| *d <= most)
        .collect();
    near.sort_by_key(|(d, _)| *d);
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in near {
        if names.len() < 3 && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A question with the near words, or what to do where none is near.
pub(crate) fn near_or(found: &str, known: &[&str], otherwise: &str) -> String {
    let near = nearest(found, known);
    if near.is_empty() {
        otherwise.to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}

/// The edit distance, where two neighbouring letters swapped count once (optimal string alignment).
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

/// The alias table, for the documentation.
#[must_use]
pub fn markdown() -> String {
    let row = |(name, aliases): &(&str, &[&str])| {
        let quoted: Vec<String> = aliases.iter().map(|alias| format!("`{alias}`")).collect();
        format!("| `{name}` | {} |\n", quoted.join(", "))
    };
    let rows: String = ALIASES.iter().map(row).collect();
    format!("| column | also read as |\n|---|---|\n{rows}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn place(columns: &[&str], canonical: &str) -> Result<Option<usize>, String> {
        let columns: Vec<String> = columns.iter().map(|&c| c.into()).collect();
        find(&columns, canonical).map_err(|problem| problem.expected)
    }

    #[test]
    fn columns_are_found_by_any_of_their_names() {
        assert_eq!(place(&["编号", "经度", "纬度"], "lat"), Ok(Some(2)));
        assert_eq!(place(&[" Longitude"], "lon"), Ok(Some(0)));
        assert_eq!(place(&["Ｌｎｇ"], "lon"), Ok(Some(0)));
        assert_eq!(place(&["Opening Hours"], "opening_hours"), Ok(Some(0)));
        assert_eq!(place(&["Service_Items"], "items"), Ok(Some(0)));
        assert_eq!(place(&["姓名"], "name"), Ok(None));
        assert_eq!(place(&["weight"], "population"), Ok(None));
        assert_eq!(place(&["weight"], "weight"), Ok(Some(0)));
    }

    #[test]
    fn any_name_leads_to_the_canonical_one() {
        assert_eq!(canonical("户数"), "households");
        assert_eq!(canonical("Elderly"), "elderly");
        assert_eq!(canonical("residents over 80"), "residents over 80");
        let columns = ["老年人口".to_owned()];
        assert_eq!(find_called(&columns, "老年人"), Ok(Some(0)));
        assert_eq!(find_called(&columns, "children"), Ok(None));
    }

    #[test]
    fn the_canonical_name_wins_and_two_aliases_are_an_error() {
        assert_eq!(place(&["x", "lng", "lon"], "lon"), Ok(Some(2)));
        assert_eq!(place(&["fid", "ID"], "id"), Ok(Some(1)));
        assert_eq!(
            place(&["x", "lng"], "lon"),
            Err("the columns \"x\" and \"lng\" both mean lon".into())
        );
        assert_eq!(
            place(&["Name", "NAME"], "name"),
            Err("the columns \"Name\" and \"NAME\" both mean name".into())
        );
    }

    #[test]
    fn no_name_means_two_things_in_one_table() {
        for (canonical, names) in ALIASES {
            let own: HashSet<String> = names.iter().chain([canonical]).map(|n| folded(n)).collect();
            assert_eq!(own.len(), names.len() + 1, "{canonical}");
            for (other, others) in ALIASES.iter().filter(|(other, _)| other != canonical) {
                let shared: Vec<_> = others
                    .iter()
                    .chain([other])
                    .filter(|n| own.contains(&folded(n)))
                    .collect();
                let offers = ["item", "items"];
                assert!(
                    shared.is_empty() || offers.contains(canonical),
                    "{canonical}, {other}: {shared:?}"
                );
            }
        }
    }

    #[test]
    fn near_names_are_offered() {
        let known = ["population", "opening_hours", "lon", "lat"];
        assert_eq!(nearest("popluation", &known), ["population"]);
        assert_eq!(nearest("opening hour", &known), ["opening_hours"]);
        assert_eq!(nearest("lan", &known), ["lon", "lat"]);
        assert!(nearest("屋顶", &known).is_empty());
        assert!(nearest(&"x".repeat(1_000_000), &known).is_empty());
    }

    #[test]
    fn the_documented_table_holds_every_alias() {
        let table = markdown();
        assert_eq!(table.lines().count(), ALIASES.len() + 2);
        assert!(
            table.contains("| `lon` | `lng`, `long`, `longitude`, `x`, `经度` |\n"),
            "{table}"
        );
    }
}

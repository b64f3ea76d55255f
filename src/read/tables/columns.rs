//! What columns are called, in English and in Chinese.

use std::sync::LazyLock;

use super::aliases::ALIASES;
use super::heads::{factor, folded, reading};
use crate::read::error::plain;
use crate::read::formats::table::Table;
use crate::read::formats::values::Problem;
use crate::read::listed::{alternatives, quoted};
use crate::words::{Key, Part, Text, text};

/// The names that columns are known by.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ALIASES.iter().map(|(name, _)| *name)
}

/// Whether a name, or another one for the same, is that of a known column.
pub(crate) fn is_known(name: &str) -> bool {
    names().any(|known| known == canonical(name))
}

/// The known columns with all their names, folded, the likeliest name first.
static OWN_NAMES: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    let own = |&(canonical, _): &(&'static str, _)| (canonical, own_names(canonical));
    ALIASES.iter().map(own).collect()
});

/// The known column that a head names: by any of its names, through a unit or a year.
pub(crate) fn meaning(head: &str) -> Option<&'static str> {
    let mut known = OWN_NAMES.iter();
    let meant = known.find(|(canonical, names)| reading(head, canonical, names).is_some());
    meant.map(|&(canonical, _)| canonical)
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
pub(crate) fn find_called(table: &Table, name: &str) -> Result<Option<usize>, Problem> {
    let chosen = chosen_as(table, &[folded(name)]);
    if let Some(place) = only(table, name, chosen)? {
        return Ok(Some(place));
    }
    // A study that writes a column's very name has said which it means.
    let exact = (0..table.columns.len())
        .find(|&place| table.columns[place] == name && !is_chosen(table, place));
    if exact.is_some() && !names().any(|known| known == name) {
        return Ok(exact);
    }
    // The name as a head of the table, then as another name for a known column.
    match find(table, name)? {
        Some(place) => Ok(Some(place)),
        None => find(table, canonical(name)),
    }
}

/// The canonical name of any name; the name itself where no other is known.
pub(crate) fn canonical(name: &str) -> &str {
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

/// The place of the column of this name: the one that the study names, else the only one whose
/// head reads so. Neither the order of the columns nor that of the study's names matters.
///
/// # Errors
///
/// Two columns that mean the same; the problem names both, and how to say which is meant.
pub(crate) fn find(table: &Table, canonical: &str) -> Result<Option<usize>, Problem> {
    let known = own_names(canonical);
    let chosen = chosen_as(table, &known);
    if let Some(place) = only(table, canonical, chosen)? {
        return Ok(Some(place));
    }
    let fitting = (0..table.columns.len()).filter(|&place| {
        !is_chosen(table, place) && reading(&table.columns[place], canonical, &known).is_some()
    });
    let mut fitting: Vec<usize> = fitting.collect();
    // 序号 beside 编号 numbers the rows, and is no id.
    if canonical == "id" && fitting.len() > 1 {
        fitting.retain(|&place| !numbers_rows(&table.columns[place]));
    }
    only(table, canonical, fitting)
}

/// Whether a head says that its column numbers the rows, from one on in every sheet: an id only where no
/// other column is one.
pub(crate) fn numbers_rows(head: &str) -> bool {
    folded(head) == "序号"
}

/// The places that the study names for any of these (folded) names.
fn chosen_as(table: &Table, names: &[String]) -> Vec<usize> {
    let chosen = table.chosen.iter();
    chosen
        .filter(|(name, _)| names.contains(&folded(name)))
        .map(|&(_, place)| place)
        .collect()
}

/// Whether the study says what this column means.
fn is_chosen(table: &Table, place: usize) -> bool {
    table.chosen.iter().any(|&(_, chosen)| chosen == place)
}

/// The canonical name and all others for the same, folded, the likeliest first.
fn own_names(canonical: &str) -> Vec<String> {
    [canonical]
        .iter()
        .chain(aliases(canonical))
        .map(|name| folded(name))
        .collect()
}

/// The one place of these, which may be named several times.
fn only(table: &Table, canonical: &str, mut places: Vec<usize>) -> Result<Option<usize>, Problem> {
    places.sort_unstable();
    places.dedup();
    match places[..] {
        [] => Ok(None),
        [place] => Ok(Some(place)),
        [..] => Err(ambiguous(table, canonical, places)),
    }
}

/// The likeliest of several columns is proposed, whatever their order: the one whose name stands
/// first among the known ones.
fn ambiguous(table: &Table, canonical: &str, mut places: Vec<usize>) -> Problem {
    let known = own_names(canonical);
    let rank = |place: &usize| {
        let head = &table.columns[*place];
        let name = reading(head, canonical, &known).map_or(known.len(), |read| read.name);
        (name, head.clone())
    };
    places.sort_by_key(rank);
    let heads = places
        .iter()
        .map(|&place| quoted(&plain(&table.columns[place])));
    let heads = Part::Joined(heads.collect(), Key::AndSeparator);
    let expected = if places.len() == 2 {
        text!(ColumnsBothMean, heads = heads, column = canonical)
    } else {
        text!(ColumnsAllMean, heads = heads, column = canonical)
    };
    Problem {
        code: "ambiguous-column",
        expected,
        remedy: naming(canonical, &table.columns[places[0]]),
        ..Problem::default()
    }
}

/// How a study says which column is meant.
pub(crate) fn naming(canonical: &str, head: &str) -> Text {
    let columns = format!("columns = {{ {canonical} = \"{}\" }}", plain(head));
    text!(WriteColumns, columns = columns)
}

/// What the numbers of a column are to be multiplied with, as its head says: 10,000 for 万人.
pub(crate) fn factor_of(table: &Table, canonical: &str, place: usize) -> f64 {
    factor(&table.columns[place], canonical)
}

/// The known names that are near to a wrong one, nearest first: at most three.
///
/// A name that differs in digits alone is never near: the next code is another village.
///
/// ```
/// use walkshed::read::near_names;
/// assert_eq!(near_names("popluation", &["population", "name"]), ["population"]);
/// // The next code is another village, and no slip of the pen.
/// assert!(near_names("360429101", &["360429102"]).is_empty());
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    // A cell may hold a whole page: so many letters of it are compared.
    let wrong: Vec<char> = folded(name).chars().take(64).collect();
    // One slip of the pen in three letters.
    let most = (wrong.len() / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|&k| (distance(&wrong, &folded(k)), k))
        .filter(|(d, k)| *d <= most && !differs_in_digits_alone(&wrong, k))
        .collect();
    // Stable, so that of names equally near the first known comes first.
    near.sort_by_key(|(d, _)| *d);
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in near {
        if names.len() < 3 && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether two names are the same but for their digits.
fn differs_in_digits_alone(wrong: &[char], known: &str) -> bool {
    let known = folded(known);
    let no_digit = |c: &char| !c.is_ascii_digit();
    let bare = wrong.iter().copied().filter(no_digit);
    known.contains(|c: char| c.is_ascii_digit()) && bare.eq(known.chars().filter(no_digit))
}

/// A question with the near words, or what to do where none is near.
pub(crate) fn proposal(found: &str, known: &[&str], otherwise: Text) -> Text {
    let near = nearest(found, known);
    if near.is_empty() {
        return otherwise;
    }
    text!(DidYouMean, names = alternatives(near))
}

/// The edit distance, where two neighbouring letters swapped count once (optimal string alignment).
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    // Two rows before are kept, as a swap looks back over both. O(length of a · length of b).
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
///
/// ```
/// let table = walkshed::read::column_names();
/// assert!(table.starts_with("| column | also read as |") && table.contains("`population`"));
/// ```
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
        let table = Table::of_texts("a.csv", columns, &[]);
        find(&table, canonical).map_err(|problem| problem.expected.to_string())
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
    fn numbers_of_rows_are_ids_only_where_nothing_else_is() {
        assert_eq!(place(&["序号", "网点编码", "网点名称"], "id"), Ok(Some(1)));
        assert_eq!(place(&["序号", "网点名称"], "id"), Ok(Some(0)));
        assert_eq!(place(&["序号", "网点名称"], "name"), Ok(Some(1)));
        // In the table of offers the same head names the site.
        assert_eq!(place(&["网点名称", "事项"], "site"), Ok(Some(0)));
        assert!(place(&["编号", "网点编码"], "id").is_err());
    }

    #[test]
    fn any_name_leads_to_the_canonical_one() {
        assert_eq!(canonical("户数"), "households");
        assert_eq!(canonical("Elderly"), "elderly");
        assert_eq!(canonical("residents over 80"), "residents over 80");
        let table = Table::of_texts("a.csv", &["老年人口"], &[]);
        assert_eq!(find_called(&table, "老年人"), Ok(Some(0)));
        assert_eq!(find_called(&table, "children"), Ok(None));
    }

    #[test]
    fn two_columns_that_mean_the_same_are_an_error_that_says_how_to_choose() {
        for (columns, canonical, said) in [
            (
                ["x", "lng"],
                "lon",
                "the columns \"lng\" and \"x\" both mean lon",
            ),
            (
                ["x", "lon"],
                "lon",
                "the columns \"lon\" and \"x\" both mean lon",
            ),
            (
                ["population", "人口"],
                "population",
                "the columns \"population\" and \"人口\" both mean population",
            ),
            (
                ["Name", "NAME"],
                "name",
                "the columns \"NAME\" and \"Name\" both mean name",
            ),
        ] {
            assert_eq!(place(&columns, canonical), Err(said.to_owned()));
            let [one, other] = columns;
            assert_eq!(place(&[other, one], canonical), Err(said.to_owned()));
        }
        let table = Table::of_texts("a.csv", &["户籍人口", "常住人口（人）", "总人口"], &[]);
        let problem = find(&table, "population").expect_err("which one?");
        assert!(
            problem
                .expected
                .to_string()
                .ends_with("all mean population"),
            "{problem:?}"
        );
        assert_eq!(
            problem.remedy.to_string(),
            "write columns = { population = \"常住人口（人）\" } for this file in the study file"
        );
    }

    #[test]
    fn what_the_study_names_means_that_and_nothing_else() {
        let mut table = Table::of_texts("a.csv", &["population", "人口", "households"], &[]);
        table.chosen = vec![("households".into(), 0), ("population".into(), 2)];
        assert_eq!(find(&table, "population"), Ok(Some(2)));
        assert_eq!(find(&table, "households"), Ok(Some(0)));
        table.chosen = vec![("人口".into(), 0)];
        assert_eq!(find(&table, "population"), Ok(Some(0)));
        assert_eq!(find(&table, "households"), Ok(Some(2)));
        table.chosen = vec![("人口".into(), 0), ("population".into(), 1)];
        assert!(
            find(&table, "population").is_err(),
            "two columns are named for it"
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
                // Of the table of offers alone, which has neither ids nor names.
                let offers = ["item", "items", "site"];
                assert!(
                    shared.is_empty() || offers.contains(canonical) || offers.contains(other),
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

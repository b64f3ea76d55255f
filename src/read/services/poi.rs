//! A table of points of interest: its categories become kinds of sites.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::categories::{Publisher, code, each, kind_by_code, kind_by_name, publisher};
use super::map_sites::counted;
use crate::model::Severity;
use crate::read::crs::Crs;
use crate::read::error::{BadInput, Place, ReadError, bad, plain};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::text;
use crate::read::listed::listed;
use crate::read::row_policy::Door;
use crate::read::tables::columns::canonical;
use crate::read::tables::heads::folded;
use crate::words::{Text, text as words};

/// The heads under which publishers give categories, folded.
const HEADS: [&str; 9] = [
    "type",
    "类型",
    "分类",
    "类别",
    "tag",
    "kind",
    "category",
    "typecode",
    "类型编码",
];
/// So many of the unknown categories are named.
const NAMED: usize = 6;

/// The column of categories, and how they are written.
struct Column {
    place: usize,
    form: Form,
}

/// By name or by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Names(Publisher),
    Codes,
}

/// Gives a table of sites whose rows have the categories of Amap or Baidu a column `kind`; rows of
/// categories that mean no kind are left out and told. `named` are the study's own, which then count
/// alone: a category, or the beginning of one, and its kind. Whether the table has categories that
/// count; any other stays as it is, and so does one with a column of kinds beside them. O(rows).
///
/// # Errors
/// When all rows are of categories that mean no kind.
pub(crate) fn with_kinds(
    table: &mut Table,
    named: &[(String, Option<String>)],
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<bool, ReadError> {
    let Some(Column { place, form }) = column(table) else {
        return Ok(false);
    };
    if named.is_empty()
        && let Some(own) = kinds_beside(table, place)
    {
        // The heads of both may mean the kind.
        table.chosen.retain(|(known, _)| canonical(known) != "kind");
        table.chosen.push(("kind".to_owned(), own));
        return Ok(false);
    }
    let mut told = Told::default();
    let kind = |record: &Record| {
        let written = text(&record.values[place]).unwrap_or_default();
        kind_of(&written, form, named)
    };
    let kinds: Vec<Option<String>> = table.records.iter().map(kind).collect();
    for (record, kind) in table.records.iter().zip(&kinds) {
        told.take(text(&record.values[place]), kind.as_deref());
    }
    let head = table.columns[place].clone();
    if told.kinds.is_empty() {
        return Err(told.nothing(&door.file).into());
    }
    table.columns.push("kind".to_owned());
    // It wins over the column that it is made of, whose head may say the same.
    table.chosen.retain(|(known, _)| canonical(known) != "kind");
    table
        .chosen
        .push(("kind".to_owned(), table.columns.len() - 1));
    for (record, kind) in table.records.iter_mut().zip(&kinds) {
        record
            .values
            .push(kind.as_deref().map_or(Value::Empty, Value::of_text));
    }
    // Rows of categories that mean no kind, such as restaurants, are no sites.
    let mut kinds = kinds.into_iter();
    table.records.retain(|_| kinds.next().flatten().is_some());
    told.say(&head, door);
    tell_datum(form, crs, door);
    Ok(true)
}

/// Why a study's `tags` are of no use.
pub(crate) fn no_categories(study: &str) -> BadInput {
    let key = Some("inputs.sites.tags".to_owned());
    bad(study, key, None, words!(TagsOfNoMap), words!(LeaveKeyOut))
}

/// The first column in which most rows have a category.
fn column(table: &Table) -> Option<Column> {
    HEADS.iter().find_map(|head| {
        let mut columns = table.columns.iter();
        let place = columns.position(|column| folded(column) == *head)?;
        let form = form(table, place)?;
        Some(Column { place, form })
    })
}

/// The column in which a table says the kinds of its sites itself, beside that of the categories: the
/// one that the study names, else one with this very head.
fn kinds_beside(table: &Table, categories: usize) -> Option<usize> {
    let mut chosen = table.chosen.iter();
    let chosen = chosen.find(|(known, _)| canonical(known) == "kind");
    let mut heads = table.columns.iter();
    let own = match chosen {
        Some((_, place)) => Some(*place),
        None => heads.position(|head| folded(head) == "kind"),
    };
    own.filter(|place| *place != categories)
}

/// How the categories of a column are written; none where most of its rows have none.
fn form(table: &Table, place: usize) -> Option<Form> {
    let head = folded(&table.columns[place]);
    let is_codes = head.contains("code") || head.contains("编码");
    let mut forms: BTreeMap<Form, usize> = BTreeMap::new();
    let mut rows = 0_usize;
    for record in &table.records {
        let Some(value) = text(&record.values[place]) else {
            continue;
        };
        rows += 1;
        let first = each(&value).next().unwrap_or_default();
        let by_name = publisher(first).filter(|_| first.contains([';', '；']));
        let by_code = || (is_codes && code(first).is_some()).then_some(Form::Codes);
        if let Some(form) = by_name.map(Form::Names).or_else(by_code) {
            *forms.entry(form).or_default() += 1;
        }
    }
    // A word of one table may be a category of another: a few rows prove nothing.
    if forms.values().sum::<usize>() * 2 <= rows {
        return None;
    }
    let most = forms.into_iter().max_by_key(|&(_, count)| count);
    most.map(|(form, _)| form)
}

/// The kind of a row: the first of its categories that has one.
fn kind_of(written: &str, form: Form, named: &[(String, Option<String>)]) -> Option<String> {
    each(written).find_map(|category| {
        let code = code(category).filter(|_| form == Form::Codes);
        let category = code.as_deref().unwrap_or(category);
        if !named.is_empty() {
            return kind_named(category, named);
        }
        let kind = match form {
            Form::Names(_) => kind_by_name(category),
            Form::Codes => kind_by_code(category),
        };
        kind.map(str::to_owned)
    })
}

/// The kind of a category among those that the study names: of the longest that fits; its last word
/// where the study gives it no kind.
fn kind_named(category: &str, named: &[(String, Option<String>)]) -> Option<String> {
    let fitting = named.iter().filter(|(known, _)| begins(category, known));
    let (known, kind) = fitting.max_by_key(|(known, _)| known.len())?;
    let last = known.rsplit([';', '；']).next().unwrap_or(known);
    Some(kind.clone().unwrap_or_else(|| last.trim().to_owned()))
}

/// Whether a category is this one, or within it.
fn begins(category: &str, known: &str) -> bool {
    let known = known.trim().trim_end_matches([';', '；']);
    let rest = category.trim().strip_prefix(known);
    let is_code = known.bytes().all(|byte| byte.is_ascii_digit());
    rest.is_some_and(|rest| is_code || rest.is_empty() || rest.starts_with([';', '；']))
}

/// What is told of the categories.
#[derive(Default)]
struct Told {
    kinds: BTreeMap<String, usize>,
    unknown: BTreeMap<String, usize>,
}

impl Told {
    fn take(&mut self, written: Option<String>, kind: Option<&str>) {
        let sum = match kind {
            Some(kind) => self.kinds.entry(kind.to_owned()).or_default(),
            None => self.unknown.entry(written.unwrap_or_default()).or_default(),
        };
        *sum += 1;
    }

    fn say(&self, head: &str, door: &mut Door<'_>) {
        let count: usize = self.kinds.values().sum();
        let kinds = counted(&self.kinds);
        let message = words!(PoiKinds, count = count, head = plain(head), kinds = kinds);
        door.note("poi-kinds", "kind", message);
        if self.unknown.is_empty() {
            return;
        }
        let count: usize = self.unknown.values().sum();
        let message = words!(
            PoiUnknown,
            count = count,
            categories = self.unknown.len(),
            list = self.most_frequent(),
        );
        let severity = Severity::Suspicious;
        door.say(severity, "poi-unknown", Place::File, "kind", message);
    }

    /// The unknown categories that most rows have, with their counts.
    fn most_frequent(&self) -> Vec<Text> {
        let mut most: Vec<(&String, &usize)> = self.unknown.iter().collect();
        most.sort_by_key(|(category, count)| (Reverse(**count), (*category).clone()));
        let named: Vec<String> = most
            .iter()
            .take(NAMED)
            .map(|(category, count)| format!("{} {count}", plain(category)))
            .collect();
        listed(named.iter().map(String::as_str))
    }

    /// Why there is no site at all.
    fn nothing(&self, file: &str) -> BadInput {
        BadInput {
            code: "no-poi-sites",
            file: file.to_owned(),
            expected: words!(PoiNothing, list = self.most_frequent()),
            remedy: words!(NameCategories),
            ..BadInput::default()
        }
    }
}

/// Says that the publishers' places are on datums of their own, where the study takes another.
fn tell_datum(form: Form, crs: Crs, door: &mut Door<'_>) {
    let (own, publisher) = match form {
        Form::Names(Publisher::Baidu) => ("BD-09", words!(PublisherBaidu)),
        Form::Names(Publisher::Amap) | Form::Codes => ("GCJ-02", words!(PublisherAmap)),
    };
    if crs.name() == "WGS84" {
        let message = words!(PoiDatum, publisher = publisher, crs = own);
        door.doubt("poi-datum", message);
    }
}

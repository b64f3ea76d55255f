//! The items of a study: what each one needs, whom it concerns, where it may be handled.

use super::columns::proposal;
use super::properties::{Asked, properties};
use super::rows::{Columns, Ids, Row};
use crate::model::{Audience, Item, ItemReach, Online, Properties, Step, Steps};
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::Table;
use crate::read::formats::values::{Problem, flag, list, number, shown};
use crate::read::listed::listed;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

const KNOWN: [&str; 10] = [
    "id",
    "name",
    "weight",
    "high_frequency",
    "audience",
    "theme",
    "department",
    "online",
    "steps",
    "reach",
];

const ONE: f64 = 1e6;

const AUDIENCES: [(Audience, &[&str]); 3] = [
    (
        Audience::Both,
        &[
            "both",
            "all",
            "个人和企业",
            "个人、企业",
            "个人/企业",
            "自然人和法人",
            "全部",
            "两者",
        ],
    ),
    (Audience::Person, &["person", "persons", "个人", "自然人"]),
    (Audience::Firm, &["firm", "firms", "企业", "法人"]),
];
const ONLINES: [(Online, &[&str]); 3] = [
    (
        Online::None,
        &["none", "no", "否", "不可网办", "不可", "线下"],
    ),
    (Online::Part, &["part", "部分", "部分网办"]),
    (Online::Whole, &["whole", "yes", "是", "全程", "全程网办"]),
];
const REACHES: [(ItemReach, &[&str]); 2] = [
    (
        ItemReach::Anywhere,
        &["anywhere", "any", "通办", "全域通办", "跨域通办"],
    ),
    (ItemReach::OwnUnit, &["own-unit", "own", "属地", "属地办理"]),
];

/// The items of a table, with the yes/no properties `asked` for and any other it has.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn items(
    mut table: Table,
    asked: &[Asked],
    door: &mut Door<'_>,
) -> Result<Vec<Item>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    if !columns.has("weight") {
        door.note("no-weight-column", "weight", text!(NoWeights));
    }
    let properties = properties(&table, &KNOWN, asked, door)?;
    let mut ids = Ids::new(&columns, door);
    let mut items = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        match item(row, &mut ids, door) {
            Ok(item) => items.push(Item { properties, ..item }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(items)
}

fn item(row: Row<'_>, ids: &mut Ids, door: &Door<'_>) -> Result<Item, BadInput> {
    let id = ids.take(row, door)?;
    Ok(Item {
        name: row.text("name"),
        weight: weight(row, door)?,
        high_frequency: row.read("high_frequency", flag, door)?.unwrap_or(false),
        audience: choice(row, "audience", &AUDIENCES, door)?,
        theme: row.text("theme"),
        department: row.text("department"),
        online: choice(row, "online", &ONLINES, door)?,
        visits: visits(row, door)?,
        reach: choice(row, "reach", &REACHES, door)?,
        properties: Properties::default(),
        id,
    })
}

/// The weight in millionths, so that sums of weights are exact; 1 where there is none.
fn weight(row: Row<'_>, door: &Door<'_>) -> Result<u64, BadInput> {
    let weight = row.read("weight", number, door)?.unwrap_or(1.0);
    if !(1e-6..=1e9).contains(&weight) {
        let wrong = Problem::of(
            "bad-weight",
            &shown(weight),
            text!(WeightInRange),
            text!(CorrectWeight),
        );
        return Err(row.wrong("weight", wrong, door));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie in range"
    )]
    Ok((weight * ONE).round() as u64)
}

/// What may be chosen, each with the words for it; the first where nothing is said.
type Choices<T> = [(T, &'static [&'static str])];

/// One of a few words; empty for the first choice.
fn choice<T: Copy>(
    row: Row<'_>,
    column: &'static str,
    choices: &Choices<T>,
    door: &Door<'_>,
) -> Result<T, BadInput> {
    let found = row.text(column).to_lowercase();
    for (choice, words) in choices {
        if found.is_empty() || words.contains(&found.as_str()) {
            return Ok(*choice);
        }
    }
    let words = choices.iter().flat_map(|(_, words)| words.iter().copied());
    let all: Vec<&str> = words.collect();
    let first = listed(choices.iter().map(|(_, words)| words[0]));
    let wrong = Problem::of(
        "unknown-word",
        &found,
        text!(TheseWords, words = first),
        proposal(&found, &all, text!(ChooseOne)),
    );
    Err(row.wrong(column, wrong, door))
}

fn visits(row: Row<'_>, door: &Door<'_>) -> Result<Steps, BadInput> {
    let words = row.read("steps", list, door)?;
    if words.is_empty() {
        return Ok(Steps::USUAL);
    }
    steps(&words).map_err(|(found, remedy)| {
        let wrong = Problem::of("unknown-step", &found, known_steps(), remedy);
        row.wrong("steps", wrong, door)
    })
}

/// The steps that these words name, `accept+issue` too; else the wrong word, and what to do.
pub(crate) fn steps(words: &[String]) -> Result<Steps, (String, Text)> {
    words
        .iter()
        .flat_map(|word| word.split('+'))
        .map(|word| step(word.trim()))
        .collect()
}

fn step(word: &str) -> Result<Step, (String, Text)> {
    Step::named(&word.to_lowercase()).ok_or_else(|| {
        let words = Step::ALL.iter().flat_map(|step| step.words());
        let all: Vec<&str> = words.copied().collect();
        (word.to_owned(), proposal(word, &all, text!(NameSteps)))
    })
}

/// The steps there are, for messages.
pub(crate) fn known_steps() -> Text {
    let words = Step::ALL.iter().map(|step| step.words()[0]);
    text!(StepsOutOf, steps = listed(words))
}

//! The items of a study: what each one needs, whom it concerns, where it may be handled.

use super::columns::proposal;
use super::properties::properties;
use super::rows::{Columns, Ids};
use crate::model::{Audience, Item, ItemReach, Online, Properties, Step, Steps};
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::{flag, list, number, shown};
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
    asked: &[String],
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
        match (Row {
            record,
            table: &table,
            columns: &columns,
            door,
        })
        .item(&mut ids)
        {
            Ok(item) => items.push(Item { properties, ..item }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(items)
}

struct Row<'a, 'd> {
    record: &'a Record,
    table: &'a Table,
    columns: &'a Columns,
    door: &'a Door<'d>,
}

impl Row<'_, '_> {
    fn item(&self, ids: &mut Ids) -> Result<Item, BadInput> {
        let id = ids.take(self.columns, self.record, self.table, self.door)?;
        Ok(Item {
            name: self.columns.text(self.record, "name"),
            weight: self.weight()?,
            high_frequency: self.high_frequency()?,
            audience: self.choice("audience", &AUDIENCES)?,
            theme: self.columns.text(self.record, "theme"),
            department: self.columns.text(self.record, "department"),
            online: self.choice("online", &ONLINES)?,
            visits: self.visits()?,
            reach: self.choice("reach", &REACHES)?,
            properties: Properties::default(),
            id,
        })
    }

    fn bad(
        &self,
        code: &'static str,
        column: &'static str,
        found: &str,
        expected: Text,
        remedy: Text,
    ) -> BadInput {
        self.door.bad(
            code,
            self.record.place,
            self.columns.written(self.table, column),
            found,
            expected,
            remedy,
        )
    }

    fn weight(&self) -> Result<u64, BadInput> {
        let weight = number(self.columns.value(self.record, "weight"))
            .map_err(|wrong| {
                self.door.wrong(
                    wrong,
                    self.record.place,
                    self.columns.written(self.table, "weight"),
                )
            })?
            .unwrap_or(1.0);
        if !(1e-6..=1e9).contains(&weight) {
            return Err(self.bad(
                "bad-weight",
                "weight",
                &shown(weight),
                text!(WeightInRange),
                text!(CorrectWeight),
            ));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        Ok((weight * ONE).round() as u64)
    }

    fn high_frequency(&self) -> Result<bool, BadInput> {
        let column = "high_frequency";
        let value = flag(self.columns.value(self.record, column));
        value.map(|flag| flag.unwrap_or(false)).map_err(|wrong| {
            self.door.wrong(
                wrong,
                self.record.place,
                self.columns.written(self.table, column),
            )
        })
    }

    /// One of a few words; empty for the first choice.
    fn choice<T: Copy>(
        &self,
        column: &'static str,
        choices: &[(T, &[&str])],
    ) -> Result<T, BadInput> {
        let found = self.columns.text(self.record, column).to_lowercase();
        let fits = |(_, words): &&(T, &[&str])| found.is_empty() || words.contains(&found.as_str());
        choices
            .iter()
            .find(fits)
            .map(|(choice, _)| *choice)
            .ok_or_else(|| {
                let first = listed(choices.iter().map(|(_, words)| words[0]));
                let all: Vec<&str> = choices
                    .iter()
                    .flat_map(|(_, words)| words.iter().copied())
                    .collect();
                let remedy = proposal(&found, &all, text!(ChooseOne));
                let expected = text!(Verbatim, text = first);
                self.bad("unknown-word", column, &found, expected, remedy)
            })
    }

    fn visits(&self) -> Result<Steps, BadInput> {
        let words = list(self.columns.value(self.record, "steps")).map_err(|wrong| {
            self.door.wrong(
                wrong,
                self.record.place,
                self.columns.written(self.table, "steps"),
            )
        })?;
        if words.is_empty() {
            return Ok(Steps::USUAL);
        }
        steps(&words).map_err(|(found, remedy)| {
            self.bad("unknown-step", "steps", &found, known_steps(), remedy)
        })
    }
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

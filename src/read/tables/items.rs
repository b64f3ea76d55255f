//! The items of a study: what each one needs, whom it concerns, where it may be handled.

use std::collections::BTreeSet;

use super::columns::{nearest, proposal};
use super::further::Further;
use super::properties::{Asked, properties};
use super::rows::{Columns, Ids, Row};
use crate::model::{
    Attribute, Attributes, Item, Online, Properties, Saving, Severity, SiteLevel, Steps,
};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{Problem, flag, list, number, shown};
use crate::read::row_policy::Door;
use crate::read::vocabulary::{
    Limits, Unknown, audience, delivery, departments, is_vague, known_steps, limits, online, parts,
    reach, steps,
};
use crate::words::text;

const KNOWN: [&str; 21] = [
    "id",
    "name",
    "weight",
    "high_frequency",
    "audience",
    "theme",
    "department",
    "online",
    "online_steps",
    "mobile",
    "mobile_steps",
    "delivery",
    "steps",
    "reach",
    "may_go_to",
    "steps_before",
    "steps_now",
    "papers_before",
    "papers_now",
    "days_before",
    "days_now",
];

const ONE: f64 = 1e6;

/// What is needed to read items.
pub(crate) struct ItemReader<'a> {
    /// The properties that are asked for.
    pub asked: &'a [Asked],
    /// The kinds that sites have.
    pub kinds: &'a [&'a str],
}

/// The items of a table, with the yes/no properties asked for and all else that it has.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn items(
    mut table: Table,
    reader: &ItemReader<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Item>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    if !columns.has("weight") {
        door.note("no-weight-column", "weight", text!(NoWeights));
    }
    let properties = properties(&table, &KNOWN, reader.asked, door)?;
    let further = Further::beside(&table, &KNOWN);
    let numbers: Vec<&str> = numbers().filter(|name| columns.has(name)).collect();
    let mut levels = Levels {
        kinds: reader.kinds,
        nowhere: BTreeSet::new(),
    };
    let mut ids = Ids::new(&columns, door);
    let mut items = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        note_vague(row, "steps", door);
        note_vague(row, "online_steps", door);
        note_vague(row, "mobile_steps", door);
        let read = item(row, &mut ids, door).and_then(|item| {
            Ok(Item {
                may_go_to: levels.read(row, door)?,
                attributes: attributes(row, &numbers, &further, door)?,
                ..item
            })
        });
        match read {
            Ok(item) => items.push(Item { properties, ..item }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(items)
}

fn item(row: Row<'_>, ids: &mut Ids, door: &Door<'_>) -> Result<Item, BadInput> {
    let id = ids.take(row, door)?;
    let named = Some(row.text("name")).filter(|name| !name.is_empty());
    let online = how_far(row, ["online", "online_steps"], door)?;
    let mobile = how_far(row, ["mobile", "mobile_steps"], door)?;
    Ok(Item {
        name: named.unwrap_or_else(|| id.clone()),
        weight: weight(row, door)?,
        high_frequency: row.read("high_frequency", flag, door)?.unwrap_or(false),
        audience: worded(row, "audience", audience, door)?.unwrap_or_default(),
        theme: row.text("theme"),
        departments: departments(&row.text("department")),
        online: online.0,
        online_steps: online.1,
        mobile: mobile.0,
        mobile_steps: mobile.1,
        delivery: worded(row, "delivery", delivery, door)?.unwrap_or(false),
        visits: visits(row, door)?,
        reach: worded(row, "reach", reach, door)?.unwrap_or_default(),
        may_go_to: None,
        properties: Properties::default(),
        attributes: Attributes::default(),
        id,
    })
}

/// The steps that need a visit. Where some are meant and not named, the usual ones do: fewer would
/// make more done than is.
fn visits(row: Row<'_>, door: &Door<'_>) -> Result<Steps, BadInput> {
    let stated = stated_steps(row, "steps", door)?;
    let words = row.read("steps", list, door)?;
    Ok(match stated {
        Some(named) if is_vague(&words) => named.and(Steps::USUAL),
        Some(named) => named,
        None => Steps::USUAL,
    })
}

/// How far an item is done online, or on a phone: the steps that a column names, else those that the
/// word for it means.
fn how_far(
    row: Row<'_>,
    [how, which]: [&'static str; 2],
    door: &Door<'_>,
) -> Result<(Online, Steps), BadInput> {
    let said = worded(row, how, |word| online(word, row.head(how)), door)?;
    let Some(named) = stated_steps(row, which, door)? else {
        return Ok(said.unwrap_or_default());
    };
    match said {
        // Steps that are named are done, where no word says how far.
        None | Some((Online::Part, _)) => Ok((Online::Part, named)),
        Some((Online::Whole, all)) => Ok((Online::Whole, all)),
        // Steps are named where nothing is done at all: one of the two is wrong.
        Some((Online::None, _)) => {
            let found = row.text(which);
            let expected = text!(NoStepsAtAll, column = row.head(how));
            let wrong = Problem::of("contradiction", &found, expected, text!(CorrectOneOfThem));
            Err(row.wrong(which, wrong, door))
        }
    }
}

/// The columns of numbers before and now.
fn numbers() -> impl Iterator<Item = &'static str> {
    let all = [Saving::Steps, Saving::Papers, Saving::Days];
    all.into_iter().flat_map(Saving::columns)
}

/// What else a row holds: its numbers before and now by their known names, and the further columns.
fn attributes(
    row: Row<'_>,
    numbers: &[&str],
    further: &Further,
    door: &Door<'_>,
) -> Result<Attributes, BadInput> {
    let mut values = Vec::with_capacity(numbers.len());
    for name in numbers {
        let number = row.read(name, at_least_zero, door)?;
        values.push(number.map_or(Attribute::Empty, Attribute::Number));
    }
    Ok(further.take_with(row.record, numbers, values))
}

fn at_least_zero(value: &Value) -> Result<Option<f64>, Problem> {
    let number = number(value)?;
    match number.filter(|number| !(0.0..=1e6).contains(number)) {
        None => Ok(number),
        Some(wrong) => {
            let expected = text!(NumberBetween, least = 0.0, most = 1e6);
            Err(Problem::of(
                "bad-number",
                &shown(wrong),
                expected,
                text!(CorrectNumber),
            ))
        }
    }
}

/// Reads where items may go to.
struct Levels<'a> {
    /// The kinds that sites have.
    kinds: &'a [&'a str],
    /// Kinds that items name and no site has, said once each.
    nowhere: BTreeSet<String>,
}

impl Levels<'_> {
    /// The kinds and levels that a row names; none where it does not say, or sets no limit.
    fn read(&mut self, row: Row<'_>, door: &mut Door<'_>) -> Result<Option<Vec<String>>, BadInput> {
        let named = row.read("may_go_to", list, door)?;
        match limits(&named) {
            Limits::Nothing => Ok(None),
            Limits::All => Ok(Some(Vec::new())),
            Limits::ToThese => self.listed(named, row, door).map(Some),
        }
    }

    fn listed(
        &mut self,
        named: Vec<String>,
        row: Row<'_>,
        door: &mut Door<'_>,
    ) -> Result<Vec<String>, BadInput> {
        let mut all = Vec::new();
        for named in named {
            // A kind may hold a sign that parts words.
            if self.kinds.contains(&named.as_str()) {
                all.push(named);
                continue;
            }
            for word in parts(&named) {
                self.check(word, row, door)?;
                all.push(word.to_owned());
            }
        }
        Ok(all)
    }

    /// A word that is neither a level nor a kind is a slip of the pen when it is near to a kind, and
    /// else a kind that this place does without.
    fn check(&mut self, word: &str, row: Row<'_>, door: &mut Door<'_>) -> Result<(), BadInput> {
        if SiteLevel::named(word).is_some() || self.kinds.contains(&word) {
            return Ok(());
        }
        if !nearest(word, self.kinds).is_empty() {
            let remedy = proposal(word, self.kinds, text!(CheckSpelling));
            let wrong = Problem::of("unknown-name", word, text!(KindOrLevel), remedy);
            return Err(row.wrong("may_go_to", wrong, door));
        }
        if self.nowhere.insert(word.to_owned()) {
            let message = text!(MayGoNowhere, kind = plain(word));
            door.say(
                Severity::Suspicious,
                "kind-nowhere",
                Place::File,
                word,
                message,
            );
        }
        Ok(())
    }
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

/// What a reader of words makes of a cell; none where it is empty.
pub(super) fn worded<T>(
    row: Row<'_>,
    column: &'static str,
    read: impl Fn(&str) -> Result<T, Unknown>,
    door: &Door<'_>,
) -> Result<Option<T>, BadInput> {
    let found = row.text(column);
    if found.trim().is_empty() {
        return Ok(None);
    }
    read(&found).map(Some).map_err(|unknown| {
        let wrong = Problem::of(
            "unknown-word",
            &unknown.found,
            unknown.expected,
            unknown.remedy,
        );
        row.wrong(column, wrong, door)
    })
}

/// The steps that a cell names; none where it is empty.
fn stated_steps(
    row: Row<'_>,
    column: &'static str,
    door: &Door<'_>,
) -> Result<Option<Steps>, BadInput> {
    let words = row.read(column, list, door)?;
    if words.is_empty() {
        return Ok(None);
    }
    steps(&words).map(Some).map_err(|(found, remedy)| {
        let wrong = Problem::of("unknown-step", &found, known_steps(), remedy);
        row.wrong(column, wrong, door)
    })
}

/// Says that a cell speaks of some steps without naming them, so that it counts as little as it can
/// mean.
pub(super) fn note_vague(row: Row<'_>, column: &'static str, door: &mut Door<'_>) {
    let words = list(row.value(column)).unwrap_or_default();
    if is_vague(&words) {
        let message = text!(
            StepsNotNamed,
            column = row.head(column),
            found = plain(&words.join(";"))
        );
        door.say(
            Severity::Suspicious,
            "steps-not-named",
            row.record.place,
            column,
            message,
        );
    }
}

//! Offers: which site, or which kind of site, handles which item, how deep, from when, until when.

use chrono::NaiveDate;

use super::items::{note_vague, worded};
use super::rows::{Columns, Row};
use crate::model::{ItemReach, Steps};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::plain_word::yes_or_no;
use crate::read::formats::table::Table;
use crate::read::formats::values::{self, Problem, date, list};
use crate::read::listed::{alternatives, listed, quoted};
use crate::read::row_policy::Door;
use crate::read::vocabulary::{is_whole, known_steps, reach, steps};
use crate::words::text;

const KNOWN: [&str; 8] = [
    "site", "kind", "item", "depth", "reach", "from", "until", "paper",
];

/// The depth of an item that is taken in for somebody else.
const ENTRUSTED: &str = "委托受理";

/// One item of one row of the offers table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OfferRow {
    pub who: Who,
    pub item: String,
    pub terms: Terms,
    /// The paper that entrusts it, when it is entrusted at all or runs out; empty where none is
    /// named.
    pub paper: Option<String>,
    /// Whether a paper entrusts it: it names one, or its depth says so.
    pub is_entrusted: bool,
    pub place: Place,
}

/// Who makes an offer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Who {
    Site(String),
    Kind(String),
}

/// How deep, for whom, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Terms {
    pub steps: Steps,
    pub reach: Option<ItemReach>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// The offers of a table.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn offers(mut table: Table, door: &mut Door<'_>) -> Result<Vec<OfferRow>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    check_columns(&table, &columns, door)?;
    tell_unused_flags(&table, &columns, door);
    let mut offers = Vec::new();
    for record in &table.records {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        note_vague(row, "depth", door);
        match offers_of(row, door) {
            Ok(list) => offers.extend(list),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(offers)
}

/// Says when a column that nobody asks for says no: whoever filled it in meant that these rows do not
/// count.
fn tell_unused_flags(table: &Table, columns: &Columns, door: &mut Door<'_>) {
    for (place, head) in table.columns.iter().enumerate() {
        let is_known = KNOWN
            .iter()
            .any(|name| columns.has(name) && columns.written(table, name) == head);
        if is_known {
            continue;
        }
        let said = table
            .records
            .iter()
            .filter_map(|record| values::text(&record.values[place]));
        // One value that is neither yes nor no, and the column is none of flags.
        let flags: Option<Vec<bool>> = said.map(|said| yes_or_no(&said)).collect();
        let no = flags.iter().flatten().filter(|&&is_yes| !is_yes).count();
        if no > 0 {
            let message = text!(UnusedFlag, column = quoted(&plain(head)), count = no);
            door.doubt("unused-flag", message);
        }
    }
}

fn check_columns(table: &Table, columns: &Columns, door: &Door<'_>) -> Result<(), ReadError> {
    for needed in [&["item"][..], &["site", "kind"]] {
        if !needed.iter().any(|name| columns.has(name)) {
            let expected = text!(
                NoColumnNamedSo,
                names = alternatives(needed.iter().copied()),
                columns = listed(table.columns.iter().map(String::as_str)),
            );
            return Err(BadInput {
                code: "no-such-column",
                file: door.file.clone(),
                expected,
                remedy: text!(OffersNeed),
                ..BadInput::default()
            }
            .into());
        }
    }
    Ok(())
}

/// The offers of a row: one for each item that it names.
fn offers_of(row: Row<'_>, door: &Door<'_>) -> Result<Vec<OfferRow>, BadInput> {
    let items = row.read("item", list, door)?;
    if items.is_empty() {
        let wrong = Problem::of("no-item", "", text!(ItIsEmpty), text!(NameOfferedItem));
        return Err(row.wrong("item", wrong, door));
    }
    let who = who(row, door)?;
    let terms = terms(row, door)?;
    let paper = row.text("paper");
    let is_entrusted = !paper.is_empty() || is_entrusted(row, door)?;
    // What runs out may have a paper that the table does not name.
    let paper = (is_entrusted || terms.until.is_some()).then_some(paper);
    let offer = |item| OfferRow {
        who: who.clone(),
        item,
        terms,
        paper: paper.clone(),
        is_entrusted,
        place: row.record.place,
    };
    Ok(items.into_iter().map(offer).collect())
}

fn who(row: Row<'_>, door: &Door<'_>) -> Result<Who, BadInput> {
    let site = row.text("site");
    let kind = row.text("kind");
    // A site that is named by its kind too: nobody knows which of them is meant.
    let wrong = match (site.is_empty(), kind.is_empty()) {
        (false, true) => return Ok(Who::Site(site)),
        (true, false) => return Ok(Who::Kind(kind)),
        (true, true) => Problem::of("nobody-offers", "", text!(NobodyOffers), text!(NameOne)),
        (false, false) => Problem::of("two-offer", &site, text!(SiteOrKind), text!(EmptyOne)),
    };
    Err(row.wrong("site", wrong, door))
}

fn terms(row: Row<'_>, door: &Door<'_>) -> Result<Terms, BadInput> {
    let from = row.read("from", date, door)?;
    let until = row.read("until", date, door)?;
    if let Some((first, last)) = from.zip(until)
        && last < first
    {
        let wrong = Problem::of(
            "ends-before-it-begins",
            &last.to_string(),
            text!(DayFromOn, first = first.to_string()),
            text!(CorrectDates),
        );
        return Err(row.wrong("until", wrong, door));
    }
    Ok(Terms {
        steps: depth(row, door)?,
        reach: worded(row, "reach", reach, door)?,
        from,
        until,
    })
}

/// Whether its depth says that an item is taken in for somebody else.
fn is_entrusted(row: Row<'_>, door: &Door<'_>) -> Result<bool, BadInput> {
    let words = row.read("depth", list, door)?;
    let mut parts = words.iter().flat_map(|word| word.split('+'));
    Ok(parts.any(|word| word.trim() == ENTRUSTED))
}

/// The steps that are handed down; all of them where the row does not say.
fn depth(row: Row<'_>, door: &Door<'_>) -> Result<Steps, BadInput> {
    let words = row.read("depth", list, door)?;
    if words.iter().all(|word| is_whole(word)) {
        return Ok(Steps::WHOLE);
    }
    steps(&words).map_err(|(found, remedy)| {
        let expected = text!(DepthOrSteps, steps = known_steps());
        let wrong = Problem::of("unknown-step", &found, expected, remedy);
        row.wrong("depth", wrong, door)
    })
}

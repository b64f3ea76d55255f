//! Offers: which site, or which kind of site, handles which item, how deep, from when, until when.

use chrono::NaiveDate;

use super::items::{known_steps, steps};
use super::rows::Columns;
use crate::model::Steps;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{Problem, date, list};
use crate::read::listed::{alternatives, listed};
use crate::read::row_policy::Door;
use crate::words::{Text, text};

const KNOWN: [&str; 6] = ["site", "kind", "item", "depth", "from", "until"];

/// One item of one row of the offers table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OfferRow {
    pub who: Who,
    pub item: String,
    pub terms: Terms,
    pub place: Place,
}

/// Who makes an offer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Who {
    Site(String),
    Kind(String),
}

/// How deep, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Terms {
    pub steps: Steps,
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
    let mut offers = Vec::new();
    for record in &table.records {
        match (Row {
            record,
            table: &table,
            columns: &columns,
            door,
        })
        .offers()
        {
            Ok(list) => offers.extend(list),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(offers)
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

struct Row<'a, 'd> {
    record: &'a Record,
    table: &'a Table,
    columns: &'a Columns,
    door: &'a Door<'d>,
}

impl Row<'_, '_> {
    fn offers(&self) -> Result<Vec<OfferRow>, BadInput> {
        let items = self.read("item", list)?;
        if items.is_empty() {
            return Err(self.bad(
                "no-item",
                "item",
                "",
                text!(ItIsEmpty),
                text!(NameOfferedItem),
            ));
        }
        let (who, terms, place) = (self.who()?, self.terms()?, self.record.place);
        Ok(items
            .into_iter()
            .map(|item| OfferRow {
                who: who.clone(),
                item,
                terms,
                place,
            })
            .collect())
    }

    fn who(&self) -> Result<Who, BadInput> {
        let text = |name| self.columns.text(self.record, name);
        match (text("site"), text("kind")) {
            (site, kind) if kind.is_empty() && !site.is_empty() => Ok(Who::Site(site)),
            (site, kind) if site.is_empty() && !kind.is_empty() => Ok(Who::Kind(kind)),
            (site, _) if site.is_empty() => Err(self.bad(
                "nobody-offers",
                "site",
                "",
                text!(NobodyOffers),
                text!(NameOne),
            )),
            (site, _) => Err(self.bad(
                "two-offer",
                "site",
                &site,
                text!(SiteOrKind),
                text!(EmptyOne),
            )),
        }
    }

    fn terms(&self) -> Result<Terms, BadInput> {
        let (from, until) = (self.read("from", date)?, self.read("until", date)?);
        if let (Some(first), Some(last)) = (from, until)
            && last < first
        {
            let expected = text!(DayFromOn, first = first.to_string());
            return Err(self.bad(
                "ends-before-it-begins",
                "until",
                &last.to_string(),
                expected,
                text!(CorrectDates),
            ));
        }
        Ok(Terms {
            steps: self.depth()?,
            from,
            until,
        })
    }

    fn depth(&self) -> Result<Steps, BadInput> {
        let words = self.read("depth", list)?;
        if words.is_empty() || words.iter().all(|word| is_whole(word)) {
            return Ok(Steps::WHOLE);
        }
        let expected = text!(DepthOrSteps, steps = known_steps());
        steps(&words)
            .map_err(|(found, remedy)| self.bad("unknown-step", "depth", &found, expected, remedy))
    }

    fn read<T>(
        &self,
        column: &'static str,
        parse: impl Fn(&Value) -> Result<T, Problem>,
    ) -> Result<T, BadInput> {
        let written = self.columns.written(self.table, column);
        parse(self.columns.value(self.record, column))
            .map_err(|wrong| self.door.wrong(wrong, self.record.place, written))
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
}

/// Whether the word means an item handed down wholly.
pub(crate) fn is_whole(depth: &str) -> bool {
    matches!(
        depth.to_lowercase().as_str(),
        "whole" | "全程" | "全部" | "整件"
    )
}

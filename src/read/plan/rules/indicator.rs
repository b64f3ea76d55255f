//! `[[indicator]]`: which share of sites, items, departments or units should have a property, or what
//! a number should come to.
//!
//! ```toml
//! [[indicator]]
//! name = "township centres on the network"
//! of = "sites"                  # or "items", "departments", "units"
//! kinds = ["township-centre"]   # of these kinds; without it, of any
//! units = ["360429"]            # in these units (id or name) and all within them; without it, anywhere
//! property = "network"          # a column that holds yes, no or the day since when
//! target = 0.9                  # 90 %; without it, the share is only told
//! by = 2023-12-31
//! lead = "行政审批局"            # who leads (牵头单位), and who is responsible with it (责任单位)
//! responsible = ["各乡镇"]
//!
//! [[indicator]]
//! name = "a helper in every centre"
//! of = "sites"
//! property = "helpers"          # a column of numbers
//! at_least = 1                  # counts when it is 1 or more; at_most = 3: when it is 3 or less
//! target = 1.0
//!
//! [[indicator]]
//! name = "days"
//! of = "items"
//! items = "high-frequency"      # or "all" (as without it), or a list of ids
//! property = "days"
//! measure = "mean"              # "share" (as without it), "mean" or "sum"
//! at_most = 3                   # the mean should be 3 or less
//!
//! [[indicator]]
//! name = "bad ratings settled"
//! of = "sites"
//! property = "settled"
//! out_of = "bad_reviews"        # the sum of the one over the sum of the other
//! target = 0.95                 # at least that; or at_least, at_most
//!
//! [[indicator]]
//! name = "townships with a leading group"
//! of = "units"
//! depth = 1                     # of this level alone, 0 at the top; without it, of any
//! property = "leading_group"
//! ```

use chrono::NaiveDate;
use serde::Deserialize;

use super::charge::charge;
use super::indicator_doubts::{check_dates, kinds_nowhere, missing_departments, not_counted};
use super::measure::{MeasureKeys, SHARE, measure};
use super::wrong::{Wrong, kinds_of};
use crate::ids::UnitId;
use crate::model::{Indicator, IndicatorOf, Measure, Population, Properties, PropertyKind};
use crate::read::error::ReadError;
use crate::read::listed::listed;
use crate::read::plan::item_choice::ItemChoice;
use crate::read::plan::study_dates::Written;
use crate::read::row_policy::Door;
use crate::read::tables::columns::nearest;
use crate::read::tables::properties::{Asked, Form, each_once};
use crate::words::text;

/// The keys of the table.
pub(super) const KEYS: &[&str] = &[
    "name",
    "of",
    "kinds",
    "units",
    "depth",
    "items",
    "property",
    "measure",
    "out_of",
    "at_least",
    "at_most",
    "target",
    "by",
    "lead",
    "responsible",
];

/// One such table, as written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct IndicatorTable {
    name: String,
    of: String,
    kinds: Option<Vec<String>>,
    units: Option<Vec<String>>,
    depth: Option<usize>,
    items: Option<ItemChoice>,
    property: String,
    measure: Option<String>,
    out_of: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
    target: Option<f64>,
    by: Option<Written>,
    lead: Option<String>,
    responsible: Option<Vec<String>>,
}

/// What an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Sites,
    Items,
    Departments,
    Units,
}

impl Of {
    pub(crate) const ALL: [Self; 4] = [Self::Sites, Self::Items, Self::Departments, Self::Units];

    const fn word(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Items => "items",
            Self::Departments => "departments",
            Self::Units => "units",
        }
    }
}

/// Whether an indicator has a date, so that days of opening and closing count.
pub(crate) fn dated(tables: &[IndicatorTable]) -> bool {
    tables.iter().any(|table| table.by.is_some())
}

/// The properties of sites, items, departments or units that indicators name, and what they must hold.
pub(crate) fn properties(tables: &[IndicatorTable], of: Of) -> Vec<Asked> {
    let mut asked = Vec::new();
    for table in tables.iter().filter(|table| table.of == of.word()) {
        asked.push(Asked {
            name: table.property.clone(),
            form: table.form(),
        });
        asked.extend(table.out_of.iter().map(|name| Asked {
            name: name.clone(),
            form: Form::Amount,
        }));
    }
    each_once(asked)
}

impl IndicatorTable {
    fn measure_keys(&self) -> MeasureKeys<'_> {
        MeasureKeys {
            measure: self.measure.as_deref(),
            out_of: self.out_of.as_deref(),
            at_least: self.at_least,
            at_most: self.at_most,
            target: self.target,
        }
    }

    /// What its property must hold.
    fn form(&self) -> Form {
        let is_of_numbers = self.measure.as_deref().is_some_and(|word| word != SHARE);
        let has_limit = self.at_least.is_some() || self.at_most.is_some();
        if self.out_of.is_some() {
            Form::Amount
        } else if is_of_numbers || has_limit {
            Form::Number
        } else {
            Form::FlagOrDate
        }
    }
}

/// The study's indicators. Says in a finding where one counts nothing, where it names a kind that no
/// site is of, and where it is not known whether something has the property.
///
/// # Errors
/// When a name stands twice, a property, unit or item is unknown, a kind is nearly one that some site
/// is of, the target is no share, a limit is missing or none, or the date is none.
pub(crate) fn indicators(
    tables: &[IndicatorTable],
    known: &Population<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Indicator>, ReadError> {
    let mut indicators: Vec<Indicator> = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("indicator", place + 1, &door.file);
        let taken = indicators.iter().any(|other| other.name == table.name);
        if taken || table.name.trim().is_empty() {
            let found = ("name", table.name.as_str());
            return Err(wrong.value(found, text!(NameOfOneIndicator), text!(GiveItOne)));
        }
        let indicator = indicator(table, known, &wrong)?;
        let counted = known.counted(&indicator);
        check_dates(&indicator, &counted, known, &wrong)?;
        // A share of nothing, or of what nobody knows, is no error; but it should not surprise.
        kinds_nowhere(&indicator, known, door);
        not_counted(&indicator, &counted, door);
        indicators.push(indicator);
    }
    missing_departments(&indicators, known, door);
    Ok(indicators)
}

fn indicator(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<Indicator, ReadError> {
    let whom = whom(table, wrong)?;
    check_keys(table, whom, wrong)?;
    let measure = measure(&table.measure_keys(), wrong)?;
    let of = match whom {
        Of::Sites => sites(table, known, wrong)?,
        Of::Items => items(table, known, wrong)?,
        Of::Departments => IndicatorOf::Departments,
        Of::Units => IndicatorOf::Units {
            units: units(table, known, wrong)?,
            depth: table.depth,
        },
    };
    check_columns(table, &measure, first_of(whom, known, wrong)?, wrong)?;
    // The target of what is no share stands in its limits.
    let share = table.target.filter(|_| measure.is_share());
    let target = share.map(|target| wrong.between("target", target, [0.0, 1.0]));
    Ok(Indicator {
        name: table.name.clone(),
        of,
        property: table.property.clone(),
        measure,
        target: target.transpose()?,
        by: by(table, wrong)?,
        charge: charge(table.lead.as_ref(), table.responsible.as_ref(), wrong)?,
    })
}

/// What it counts.
fn whom(table: &IndicatorTable, wrong: &Wrong) -> Result<Of, ReadError> {
    let known = Of::ALL.map(Of::word);
    let mut all = Of::ALL.into_iter();
    all.find(|of| of.word() == table.of).ok_or_else(|| {
        let expected = text!(TheseWords, words = listed(known));
        wrong.unknown_of(("of", &table.of), expected, &known)
    })
}

/// Whether each key goes with what is counted.
fn check_keys(table: &IndicatorTable, of: Of, wrong: &Wrong) -> Result<(), ReadError> {
    let misplaced = [
        ("kinds", table.kinds.is_some() && of != Of::Sites, "sites"),
        (
            "units",
            table.units.is_some() && !matches!(of, Of::Sites | Of::Units),
            "sites",
        ),
        ("depth", table.depth.is_some() && of != Of::Units, "units"),
        ("items", table.items.is_some() && of != Of::Items, "items"),
    ];
    match misplaced
        .into_iter()
        .find(|(_, is_misplaced, _)| *is_misplaced)
    {
        Some((key, _, instead)) => {
            let expected = text!(NoSuchKeyWithOf, of = of.word());
            Err(wrong.key(key, expected, text!(RemoveOrWriteOf, of = instead)))
        }
        None => Ok(()),
    }
}

fn sites(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
    // A kind that is nearly one that some site is of is a slip of the pen; another may come later.
    let kinds = kinds_of(known.sites);
    for kind in table.kinds.iter().flatten() {
        if !kinds.contains(&kind.as_str()) && !nearest(kind, &kinds).is_empty() {
            return Err(wrong.unknown(("kinds", kind), text!(KindOfSites), &kinds));
        }
    }
    Ok(IndicatorOf::Sites {
        kinds: table.kinds.clone().unwrap_or_default(),
        units: units(table, known, wrong)?,
    })
}

fn units(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<Vec<UnitId>, ReadError> {
    let named = table.units.iter().flatten();
    named
        .map(|name| wrong.unit("units", name, known.units))
        .collect()
}

fn items(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
    let choice = table.items.clone().unwrap_or_default();
    Ok(IndicatorOf::Items(wrong.items(&choice, known.catalogue)?))
}

/// The day by which the target is to be met.
fn by(table: &IndicatorTable, wrong: &Wrong) -> Result<Option<NaiveDate>, ReadError> {
    let Some(written) = &table.by else {
        return Ok(None);
    };
    let key = format!("{}.by", wrong.table);
    Ok(Some(written.day(&key, &wrong.file)?))
}

/// The properties of the first of those that may count: all rows have the same columns.
fn first_of<'p>(
    of: Of,
    known: &Population<'p>,
    wrong: &Wrong,
) -> Result<Option<&'p Properties>, ReadError> {
    Ok(match of {
        Of::Sites => known.sites.iter().next().map(|(_, site)| &site.properties),
        Of::Items => known
            .catalogue
            .iter()
            .next()
            .map(|(_, item)| &item.properties),
        Of::Units => known.units.iter().next().map(|(_, unit)| &unit.properties),
        Of::Departments => {
            let first = known.departments.iter().next();
            if first.is_none() {
                let found = ("of", "departments");
                return Err(wrong.value(found, text!(DepartmentsTable), text!(AddDepartments)));
            }
            first.map(|entry| &entry.properties)
        }
    })
}

/// The columns must be some of the table's, if the table has any row.
fn check_columns(
    table: &IndicatorTable,
    measure: &Measure,
    first: Option<&Properties>,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    let Some(first) = first else {
        return Ok(());
    };
    check_column(("property", &table.property), measure.kind(), first, wrong)?;
    match &table.out_of {
        Some(out_of) => check_column(("out_of", out_of), PropertyKind::Number, first, wrong),
        None => Ok(()),
    }
}

fn check_column(
    found: (&str, &str),
    kind: PropertyKind,
    first: &Properties,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    if first.knows_as(found.1, kind) {
        return Ok(());
    }
    let known: Vec<&str> = first.names(kind).collect();
    let expected = match kind {
        PropertyKind::YesNo => text!(YesNoColumn),
        PropertyKind::Number => text!(NumberColumn),
    };
    if known.is_empty() {
        let remedy = match kind {
            PropertyKind::YesNo => text!(AddYesNoColumn),
            PropertyKind::Number => text!(AddNumberColumn),
        };
        return Err(wrong.value(found, expected, remedy));
    }
    Err(wrong.unknown(found, expected, &known))
}

#[cfg(test)]
#[path = "indicator_tests.rs"]
mod tests;

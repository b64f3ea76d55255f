//! `[[phase]]`: what the plan asks by a date, in some units, of some items.
//!
//! ```toml
//! [[phase]]
//! name = "2022 pilot"
//! date = 2022-12-31            # each phase later than the one before it
//! units = ["360429"]           # id or name, each with all within it; without it: everywhere
//! items = "high-frequency"     # "all", "high-frequency" or a list of ids; without it: the target's
//! minutes = 15                 # without it: the target's
//! share = 0.9                  # of the people are covered; share, score, or both
//! score = 0.95
//! ```

use serde::Deserialize;

use super::Wrong;
use crate::ids::{ItemId, UnitId};
use crate::model::{Catalogue, Phase, Severity, Target, Units};
use crate::read::error::{Place, ReadError};
use crate::read::plan::study_dates::Written;
use crate::read::plan::study_file::ItemChoice;
use crate::read::row_policy::Door;
use crate::units::TravelTime;

pub(super) const KEYS: &[&str] = &[
    "name", "date", "units", "items", "minutes", "share", "score",
];

/// One `[[phase]]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct PhaseTable {
    name: Option<String>,
    date: Option<Written>,
    units: Option<Vec<String>>,
    items: Option<ItemChoice>,
    minutes: Option<f64>,
    share: Option<f64>,
    score: Option<f64>,
}

/// What phases may name.
pub(crate) struct Known<'a> {
    pub units: &'a Units,
    pub catalogue: &'a Catalogue,
    pub target: &'a Target,
}

/// The study's phases, in the order of their dates. Says in a finding where one asks less than the
/// one before it.
///
/// # Errors
/// When a name is missing or stands twice, a date is missing or no later than the one before, a
/// unit or item is unknown, a number is out of range, or neither share nor score is asked.
pub(crate) fn phases(
    tables: &[PhaseTable],
    known: &Known<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Phase>, ReadError> {
    let mut phases: Vec<Phase> = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        let phase = phase(
            table,
            &phases,
            known,
            &Wrong::of("phase", place + 1, &door.file),
        )?;
        if let Some(before) = phases.last() {
            doubt(before, &phase, known, door);
        }
        phases.push(phase);
    }
    Ok(phases)
}

fn phase(
    table: &PhaseTable,
    before: &[Phase],
    known: &Known<'_>,
    wrong: &Wrong,
) -> Result<Phase, ReadError> {
    let name = name(table, before, wrong)?;
    let date = date(table, before.last(), wrong)?;
    let share = table
        .share
        .map(|share| wrong.between("share", share, 0.0, 1.0))
        .transpose()?;
    let score = table
        .score
        .map(|score| wrong.between("score", score, 0.0, 1.0))
        .transpose()?;
    if share.is_none() && score.is_none() {
        let remedy = "write share = 0.9 for 90 % of the people covered, or score = 0.9";
        return Err(wrong.key(
            "share",
            "",
            "a share or a score that the phase asks for",
            remedy,
        ));
    }
    let (units, items) = (
        units(table, known.units, wrong)?,
        items(table, known.catalogue, wrong)?,
    );
    Ok(Phase {
        name,
        date,
        units,
        items,
        limit: limit(table, known.target, wrong)?,
        share,
        score,
    })
}

fn name(table: &PhaseTable, before: &[Phase], wrong: &Wrong) -> Result<String, ReadError> {
    let name = table.name.as_deref().unwrap_or_default().trim();
    if name.is_empty() || before.iter().any(|other| other.name == name) {
        return Err(wrong.key(
            "name",
            name,
            "a name that no other phase has",
            "give every phase a name of its own",
        ));
    }
    Ok(name.to_owned())
}

fn date(
    table: &PhaseTable,
    before: Option<&Phase>,
    wrong: &Wrong,
) -> Result<chrono::NaiveDate, ReadError> {
    let Some(written) = &table.date else {
        return Err(wrong.key(
            "date",
            "",
            "the day the phase is judged on",
            "write date = 2024-12-31",
        ));
    };
    let date = written.day(&format!("{}.date", wrong.table), &wrong.file)?;
    match before.filter(|before| before.date >= date) {
        None => Ok(date),
        Some(before) => {
            let earlier = crate::read::error::plain(&before.name);
            let expected = format!("a day after {}, the date of phase {earlier}", before.date);
            let remedy =
                "phase dates are out of order: write the phases from the first to the last";
            Err(wrong.key("date", &date.to_string(), &expected, remedy))
        }
    }
}

fn units(table: &PhaseTable, units: &Units, wrong: &Wrong) -> Result<Vec<UnitId>, ReadError> {
    if table.units.as_ref().is_some_and(Vec::is_empty) {
        return Err(wrong.key(
            "units",
            "[]",
            "one unit or more",
            "name some, or remove the key for everywhere",
        ));
    }
    let mut named = Vec::new();
    for name in table.units.iter().flatten() {
        let unit = wrong.unit("units", name, units)?;
        if !named.contains(&unit) {
            named.push(unit);
        }
    }
    Ok(named)
}

fn items(
    table: &PhaseTable,
    catalogue: &Catalogue,
    wrong: &Wrong,
) -> Result<Vec<ItemId>, ReadError> {
    table
        .items
        .as_ref()
        .map_or(Ok(Vec::new()), |choice| wrong.some_items(choice, catalogue))
}

fn limit(
    table: &PhaseTable,
    target: &Target,
    wrong: &Wrong,
) -> Result<Option<TravelTime>, ReadError> {
    let Some(minutes) = table.minutes else {
        return Ok(None);
    };
    let most = target.search.seconds() / 60.0;
    if minutes > most && minutes.is_finite() {
        let expected = format!("at most the {most} minutes that are searched");
        return Err(wrong.key(
            "minutes",
            &minutes.to_string(),
            &expected,
            "raise target.search_minutes",
        ));
    }
    Ok(TravelTime::from_seconds(
        wrong.between("minutes", minutes, 0.01, most)? * 60.0,
    ))
}

/// Says where a phase asks less than the one before it, so that they do not nest.
fn doubt(before: &Phase, phase: &Phase, known: &Known<'_>, door: &mut Door<'_>) {
    let less = less(before, phase, known);
    if !less.is_empty() {
        let message = format!(
            "it asks less than \"{}\" before it: {} – phases nest when each asks at least what the one before asked",
            before.name,
            less.join("; ")
        );
        door.say(
            Severity::Suspicious,
            "phase-narrower",
            Place::File,
            &phase.name,
            message,
        );
    }
}

fn less(before: &Phase, phase: &Phase, known: &Known<'_>) -> Vec<String> {
    let mut less = Vec::new();
    less.extend(units_left(before, phase, known.units));
    let (first, second) = (before.target(known.target), phase.target(known.target));
    let left = first
        .items
        .iter()
        .filter(|item| !second.items.contains(item));
    less.extend(listed(
        "items",
        left.map(|&item| known.catalogue[item].id.as_str()),
    ));
    if second.limit > first.limit {
        less.push(format!("{} after {}", second.limit, first.limit));
    }
    for (what, first, second) in [
        ("share", before.share, phase.share),
        ("score", before.score, phase.score),
    ] {
        match (first, second) {
            (Some(first), Some(second)) if second < first => {
                less.push(format!("{what} {second} after {first}"))
            }
            (Some(first), None) => less.push(format!("no {what} after {what} {first}")),
            _ => {}
        }
    }
    less
}

/// The units of the phase before that are not in this one.
fn units_left(before: &Phase, phase: &Phase, units: &Units) -> Option<String> {
    let tops = || {
        units
            .iter()
            .filter(|(_, unit)| unit.parent.is_none())
            .map(|(id, _)| id)
            .collect()
    };
    let wanted: Vec<UnitId> = if before.units.is_empty() {
        tops()
    } else {
        before.units.clone()
    };
    listed(
        "units",
        wanted
            .iter()
            .filter(|&&unit| !phase.concerns(Some(unit), units))
            .map(|&unit| units[unit].name.as_str()),
    )
}

/// "items a, b and 3 more are left out"; none when nothing is.
fn listed<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let more = if names.len() > 3 {
        format!(" and {} more", names.len() - 3)
    } else {
        String::new()
    };
    (!names.is_empty()).then(|| format!("{what} {shown}{more} are left out"))
}

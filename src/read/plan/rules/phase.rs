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
//! of = "firms"                 # or "people", or the id of a group; without it: the people, or the
//!                              # firms where its units have firms and nobody lives there
//! online = true                # what is done online counts for those who go online; default false
//! lead = "行政审批局"           # who leads (牵头单位), and who is responsible with it (责任单位)
//! responsible = ["各乡镇"]
//! ```

use chrono::NaiveDate;
use serde::Deserialize;

use super::charge::charge;
use super::wrong::Wrong;
use crate::ids::{GroupId, ItemId, UnitId};
use crate::model::{Audience, Catalogue, Group, Phase, Severity, Target, Units, Who};
use crate::read::error::{Place, ReadError, plain};
use crate::read::listed::listed;
use crate::read::plan::item_choice::ItemChoice;
use crate::read::plan::study_dates::Written;
use crate::read::row_policy::Door;
use crate::units::TravelTime;
use crate::words::{Key, Part, Text, text};

pub(super) const KEYS: &[&str] = &[
    "name",
    "date",
    "units",
    "items",
    "minutes",
    "share",
    "score",
    "of",
    "online",
    "lead",
    "responsible",
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
    of: Option<String>,
    #[serde(default)]
    online: bool,
    lead: Option<String>,
    responsible: Option<Vec<String>>,
}

/// What phases may name.
pub(crate) struct Known<'a> {
    pub units: &'a Units,
    pub catalogue: &'a Catalogue,
    pub target: &'a Target,
    pub groups: &'a [Group],
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
        let wrong = Wrong::of("phase", place + 1, &door.file);
        let phase = phase(table, &phases, known, &wrong)?;
        // Phases are stages of one plan: none should ask less than the one before it.
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
    let share = between_none_and_all("share", table.share, wrong)?;
    let score = between_none_and_all("score", table.score, wrong)?;
    // A phase that asks nothing would always be met.
    if share.is_none() && score.is_none() {
        return Err(wrong.key("share", text!(ShareOrScore), text!(WriteShareOrScore)));
    }
    Ok(Phase {
        name,
        date,
        units: units(table, known.units, wrong)?,
        items: items(table, known.catalogue, wrong)?,
        limit: limit(table, known.target, wrong)?,
        share,
        score,
        of: of_whom(table, known.groups, wrong)?,
        online: table.online,
        charge: charge(table.lead.as_ref(), table.responsible.as_ref(), wrong)?,
    })
}

/// Of whom the phase asks; none where it does not say.
fn of_whom(table: &PhaseTable, groups: &[Group], wrong: &Wrong) -> Result<Option<Who>, ReadError> {
    let Some(written) = table.of.as_deref() else {
        return Ok(None);
    };
    let group = groups.iter().position(|group| group.id == written);
    match (written, group) {
        ("people", _) => Ok(Some(Who::People)),
        // A group of that name is those firms.
        ("firms", group) if group.is_none_or(|group| groups[group].audience == Audience::Firm) => {
            Ok(Some(Who::Firms))
        }
        (_, Some(group)) => Ok(Some(Who::Group(GroupId::new(group)))),
        (other, None) => {
            let ids = groups.iter().map(|group| group.id.as_str());
            let known: Vec<&str> = ["people", "firms"].into_iter().chain(ids).collect();
            Err(wrong.unknown(("of", other), text!(PhaseOf), &known))
        }
    }
}

/// A share or a score, if the table states it.
fn between_none_and_all(
    key: &str,
    stated: Option<f64>,
    wrong: &Wrong,
) -> Result<Option<f64>, ReadError> {
    stated
        .map(|value| wrong.between(key, value, [0.0, 1.0]))
        .transpose()
}

fn name(table: &PhaseTable, before: &[Phase], wrong: &Wrong) -> Result<String, ReadError> {
    let name = table.name.as_deref().unwrap_or_default().trim();
    if name.is_empty() || before.iter().any(|other| other.name == name) {
        let found = ("name", name);
        return Err(wrong.value(found, text!(NameOfOnePhase), text!(NameEveryPhase)));
    }
    Ok(name.to_owned())
}

/// The day the phase is judged on: after that of the phase before it.
fn date(table: &PhaseTable, before: Option<&Phase>, wrong: &Wrong) -> Result<NaiveDate, ReadError> {
    let Some(written) = &table.date else {
        return Err(wrong.key("date", text!(DayOfJudgement), text!(WriteDayOfJudgement)));
    };
    let date = written.day(&format!("{}.date", wrong.table), &wrong.file)?;
    // In order of dates, so that a phase is compared with the one before it.
    match before.filter(|before| before.date >= date) {
        None => Ok(date),
        Some(before) => {
            let expected = text!(
                DayAfterPhase,
                day = before.date.to_string(),
                phase = plain(&before.name),
            );
            let found = date.to_string();
            Err(wrong.value(("date", &found), expected, text!(PhasesInOrder)))
        }
    }
}

fn units(table: &PhaseTable, units: &Units, wrong: &Wrong) -> Result<Vec<UnitId>, ReadError> {
    // An empty list reads as nowhere, a missing one as everywhere.
    if table.units.as_ref().is_some_and(Vec::is_empty) {
        let found = ("units", "[]");
        return Err(wrong.value(found, text!(OneUnitOrMore), text!(NameUnitsOrRemove)));
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
        let found = minutes.to_string();
        let expected = text!(MinutesSearched, most = most);
        return Err(wrong.value(("minutes", &found), expected, text!(RaiseSearch)));
    }
    let minutes = wrong.between("minutes", minutes, [0.01, most])?;
    Ok(TravelTime::from_seconds(minutes * 60.0))
}

/// Says where a phase asks less than the one before it, so that they do not nest.
fn doubt(before: &Phase, phase: &Phase, known: &Known<'_>, door: &mut Door<'_>) {
    let less = less(before, phase, known);
    if less.is_empty() {
        return;
    }
    let less = Part::Joined(less, Key::ClauseSeparator);
    let message = text!(PhaseNarrower, before = &before.name, less = less);
    let code = "phase-narrower";
    door.say(
        Severity::Suspicious,
        code,
        Place::File,
        &phase.name,
        message,
    );
}

/// All that a phase asks less than the one before it.
fn less(before: &Phase, phase: &Phase, known: &Known<'_>) -> Vec<Text> {
    let mut less = Vec::new();
    less.extend(units_left(before, phase, known.units));
    let first = before.target(known.target);
    let second = phase.target(known.target);
    less.extend(items_left(&first.items, &second.items, known.catalogue));
    // A longer walk is easier to meet.
    if second.limit > first.limit {
        less.push(text!(LimitAfter, now = second.limit, before = first.limit));
    }
    less.extend(lowered(text!(WordShare), before.share, phase.share));
    less.extend(lowered(text!(WordScore), before.score, phase.score));
    less
}

/// What to say of a share or a score that is lower than before, or no longer asked.
fn lowered(what: Text, before: Option<f64>, now: Option<f64>) -> Option<Text> {
    match (before, now) {
        (Some(before), Some(now)) if now < before => {
            Some(text!(LoweredAfter, what = what, now = now, before = before))
        }
        (Some(before), None) => Some(text!(NoneAfter, what = what, before = before)),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// The units of the phase before that are not in this one.
fn units_left(before: &Phase, phase: &Phase, units: &Units) -> Option<Text> {
    // Everywhere is all units at the top.
    let tops = units
        .iter()
        .filter(|(_, unit)| unit.parent.is_none())
        .map(|(id, _)| id);
    let wanted: Vec<UnitId> = if before.units.is_empty() {
        tops.collect()
    } else {
        before.units.clone()
    };
    let left = wanted
        .iter()
        .filter(|&&unit| !phase.concerns(Some(unit), units))
        .map(|&unit| units[unit].name.as_str());
    left_out(text!(WordUnits), &left.collect::<Vec<_>>())
}

/// The items of the phase before that are not in this one.
fn items_left(before: &[ItemId], now: &[ItemId], catalogue: &Catalogue) -> Option<Text> {
    let left = before
        .iter()
        .filter(|item| !now.contains(item))
        .map(|&item| catalogue[item].id.as_str());
    left_out(text!(WordItems), &left.collect::<Vec<_>>())
}

/// "items a, b and 3 more are left out"; none when nothing is.
fn left_out(what: Text, left: &[&str]) -> Option<Text> {
    let shown = listed(left.iter().take(3).copied());
    let more = left.len().saturating_sub(3);
    match left.len() {
        0 => None,
        1..=3 => Some(text!(AreLeftOut, what = what, names = shown)),
        _ => Some(text!(
            AreLeftOutMore,
            what = what,
            names = shown,
            more = more
        )),
    }
}

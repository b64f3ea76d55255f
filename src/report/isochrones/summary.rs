//! Isochrones in words, and as JSON: what was drawn, and a table of it.

use serde::Serialize;

use super::parameters::Parameters;
use super::row::Row;
use crate::isochrone::{Catchment, Catchments, Join};
use crate::report::layout::{counted, left, right};
use crate::report::number::Number;
use crate::report::words;
use crate::search::Direction;
use crate::text::plain;
use crate::words::{Language, Text, text};

/// So many rows are shown; all stand in the table.
const MOST_ROWS: usize = 24;

/// What was drawn, as lines for a terminal, in the study's language.
///
/// ```
/// use walkshed::{Silent, draw, isochrone::{Request, isochrones}, report};
/// let town = draw::town("A-a--s---B", 100.0, "s");
/// let told = report::isochrones_text(&isochrones(&town, &Request::of(&town), &Silent));
/// assert!(told.starts_with(town.name()));
/// ```
#[must_use]
pub fn isochrones_text(catchments: &Catchments) -> String {
    let language = catchments.study.language();
    let mut lines = vec![plain(catchments.study.name())];
    lines.extend(
        head(catchments)
            .iter()
            .map(|line| line.in_language(language)),
    );
    lines.push(columns(catchments, language));
    let drawn = &catchments.drawn;
    lines.extend(
        drawn
            .iter()
            .take(MOST_ROWS)
            .map(|one| line(catchments, one)),
    );
    // A screen holds so many; the table has all.
    if drawn.len() > MOST_ROWS {
        let more = text!(IsochroneMore, more = drawn.len() - MOST_ROWS);
        lines.push(more.in_language(language));
    }
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

/// What was asked and what stands aside.
fn head(catchments: &Catchments) -> Vec<Text> {
    let request = &catchments.request;
    let study = &catchments.study;
    let profile = study.profiles(request.group)[0];
    // A group moves as it says, or else as everybody does.
    let mode = request.group.map_or(study.walk().by, |group| {
        study.group(group).by.unwrap_or(study.walk().by)
    });
    let minutes: Vec<String> = request
        .limits
        .iter()
        .map(|limit| Number::minutes(*limit).to_string())
        .collect();
    let mut lines = vec![text!(
        IsochroneHead,
        places = catchments.places,
        minutes = minutes.join(" / "),
        by = words::way_of_moving(mode),
        kmh = profile.speed.kmh().to_string(),
    )];
    lines.push(match request.join {
        Join::Each => text!(IsochroneEach),
        Join::Merged => text!(IsochroneMerged),
        Join::Nearest => text!(IsochroneNearest),
    });
    if request.direction == Direction::FromPlace {
        lines.push(text!(IsochroneFrom));
    }
    lines.push(text!(
        IsochroneDrawn,
        reach = Number::of(request.reach_m).to_string(),
        tolerance = Number::of(request.tolerance_m).to_string(),
    ));
    if let Some(group) = request.group {
        lines.push(text!(
            IsochroneGroup,
            name = plain(&study.group(group).name)
        ));
    }
    if let Some(item) = request.item {
        let item = &study.catalogue()[item];
        lines.push(text!(IsochroneItem, name = plain(&item.name)));
    }
    if let Some(leaving) = request.leaving {
        lines.push(text!(IsochroneLeaving, leaving = leaving.to_string()));
    }
    if catchments.stranded > 0 {
        lines.push(text!(IsochroneStranded, count = catchments.stranded));
    }
    if catchments.own_unit {
        lines.push(text!(IsochroneOwnUnit));
    }
    lines
}

/// The heads of the columns.
fn columns(catchments: &Catchments, language: Language) -> String {
    let [site, minutes, area, people, firms] = [
        text!(IsochroneSite),
        text!(IsochroneMinutes),
        text!(IsochroneArea),
        text!(IsochronePeople),
        text!(IsochroneFirms),
    ]
    .map(|head| head.in_language(language));
    let firms = if has_firms(catchments) {
        right(&firms, 10)
    } else {
        String::new()
    };
    format!(
        "  {}{}{}{}{firms}",
        left(&site, 32),
        right(&minutes, 8),
        right(&area, 10),
        right(&people, 12)
    )
}

fn line(catchments: &Catchments, catchment: &Catchment) -> String {
    let row = Row::of(catchments, catchment);
    let name = row.site.map_or("", |site| {
        if site.name.is_empty() {
            &site.id
        } else {
            &site.name
        }
    });
    let name = if row.zone.is_empty() {
        plain(name)
    } else {
        format!("{} ({})", plain(name), plain(&row.zone))
    };
    let firms = catchment.firms.map_or_else(String::new, |firms| {
        right(&counted(Number::people(firms)), 10)
    });
    format!(
        "  {}{}{}{}{firms}",
        left(&name, 32),
        right(&Number::minutes(catchment.limit).to_string(), 8),
        right(&format!("{:.3}", catchment.isochrone.area_km2()), 10),
        right(&counted(Number::people(catchment.people)), 12),
    )
}

fn has_firms(catchments: &Catchments) -> bool {
    catchments.drawn.iter().any(|drawn| drawn.firms.is_some())
}

/// What was asked and drawn, for a program.
#[derive(Serialize)]
struct Json<'c> {
    study: &'c str,
    parameters: Parameters,
    places: usize,
    stranded: usize,
    isochrones: Vec<JsonRow<'c>>,
}

/// One isochrone.
#[derive(Serialize)]
struct JsonRow<'c> {
    site: Option<&'c str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    zone: String,
    minutes: Number,
    area_km2: Number,
    people: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    firms: Option<Number>,
}

/// What was asked and drawn, as JSON, without the shapes.
///
/// ```
/// use walkshed::{Silent, draw, isochrone::{Request, isochrones}, report};
/// let town = draw::town("A-a--s---B", 100.0, "s");
/// let told = report::isochrones_json(&isochrones(&town, &Request::of(&town), &Silent));
/// assert!(told.contains("\"minutes\": 15") && told.contains("\"area_km2\""));
/// ```
#[must_use]
pub fn isochrones_json(catchments: &Catchments) -> String {
    let rows = catchments.drawn.iter().map(|catchment| {
        let row = Row::of(catchments, catchment);
        JsonRow {
            site: row.site.map(|site| site.id.as_str()),
            zone: row.zone,
            minutes: Number::minutes(catchment.limit),
            area_km2: Number::of(catchment.isochrone.area_km2()),
            people: Number::people(catchment.people),
            firms: catchment.firms.map(Number::people),
        }
    });
    let json = Json {
        study: catchments.study.name(),
        parameters: Parameters::of(catchments),
        places: catchments.places,
        stranded: catchments.stranded,
        isochrones: rows.collect(),
    };
    // Texts and finite numbers: nothing that JSON cannot say.
    serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
}

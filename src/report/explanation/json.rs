//! An explanation as JSON: all of it, for programs. Times in minutes, lengths in metres.

use serde::Serialize;
use serde_json::{Value, json};

use super::walk_lines::streets;
use super::{cures, site_lines};
use crate::assess::{
    Alternative, Considered, Cure, Explanation, Island, OtherVerdict, Rule, Standing, Usable,
    WalkTo,
};
use crate::ids::SiteId;
use crate::report::number::Number;
use crate::score::Verdict;
use crate::search::Reach;
use crate::text::steers;

/// An explanation as JSON, with a line break at its end.
///
/// Names are as in the data: JSON escapes what a terminal should not see. Sites go by their ids.
///
/// ```
/// use walkshed::{Options, assess, draw, ids::CellId, report};
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let now = walkshed::run(&town, &Options::default()).unwrap().coverage;
/// let why = assess::explain(&now, CellId::new(0), town.catalogue().find("service").unwrap());
/// assert!(report::explanation_json(&why).contains("\"covered\""));
/// ```
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "it cannot")]
pub fn explanation_json(why: &Explanation) -> String {
    let text = serde_json::to_string_pretty(&Told::of(why))
        .expect("the told parts have text keys and finite numbers");
    escaped(&text) + "\n"
}

/// The same JSON without anything that a terminal should not see.
pub(super) fn escaped(text: &str) -> String {
    // JSON escapes control characters below space itself; these it leaves alone.
    let steady = |c: char| {
        if c != '\n' && steers(c) {
            format!("\\u{:04x}", u32::from(c))
        } else {
            c.to_string()
        }
    };
    text.chars().map(steady).collect()
}

#[derive(Serialize)]
struct Told {
    study: String,
    cell: Value,
    island: Option<Value>,
    item: Value,
    asked: Value,
    verdict: Value,
    others: Vec<Value>,
    sites_in_all: usize,
    sites_within_limit: usize,
    sites: Vec<Value>,
    steps: Vec<Value>,
    walk: Option<Value>,
    nearest_walk: Option<Value>,
    cures: Vec<Value>,
    other_cures: Vec<Value>,
    alternatives: Vec<Value>,
    farther_off: Vec<Value>,
}

impl Told {
    /// All that an explanation says, with ids in place of names where there are some.
    fn of(why: &Explanation) -> Self {
        Self {
            study: why.study.name().to_owned(),
            cell: cell(why),
            island: why.island.as_ref().map(island),
            item: item(why),
            asked: asked(why),
            verdict: verdict(why, why.verdict),
            others: why.others.iter().map(|known| other(why, known)).collect(),
            sites_in_all: why.study.sites().len(),
            sites_within_limit: why.within(),
            sites: why.sites.iter().map(|seen| site(why, seen)).collect(),
            steps: why
                .steps
                .iter()
                .map(|done| {
                    let mut told = json!({
                        "step": done.step.words()[0],
                        "first": reach(why, done.first),
                        "next": reach(why, done.next),
                        "within_limit": done.within,
                    });
                    if done.at_home.is_some() {
                        told["at_home"] = json!(reach(why, done.at_home));
                    }
                    told
                })
                .collect(),
            walk: why.walk.as_ref().map(|to| walk(why, to)),
            nearest_walk: why.nearest_walk.as_ref().map(|to| walk(why, to)),
            cures: why.cures.iter().map(|known| cure(why, known)).collect(),
            other_cures: why
                .other_cures
                .iter()
                .map(|known| cure(why, known))
                .collect(),
            alternatives: why
                .alternatives
                .iter()
                .map(|known| alternative(why, *known))
                .collect(),
            farther_off: why
                .elsewhere
                .iter()
                .map(|there| {
                    json!({
                        "site": id(why, there.site),
                        "does": there.does.to_string(),
                        "crow_m": there.crow_m.map(Number::of),
                        "walk": there.walk.as_ref().map(|to| walk(why, to)),
                    })
                })
                .collect(),
        }
    }
}

fn id(why: &Explanation, site: SiteId) -> &str {
    &why.study.sites()[site].id
}

fn reach(why: &Explanation, reach: Option<Reach>) -> Option<Value> {
    reach
        .map(|reach| json!({ "site": id(why, reach.site), "minutes": Number::minutes(reach.time) }))
}

fn cell(why: &Explanation) -> Value {
    let cell = &why.study.cells()[why.cell];
    let units: Vec<&str> = why
        .units
        .iter()
        .map(|&unit| why.study.units()[unit].id.as_str())
        .collect();
    let groups = why.study.groups().map(|(_, group)| {
        json!({ "id": group.id, "name": group.name, "people": Number::people(group.in_cell(why.cell)) })
    });
    json!({
        "id": cell.id,
        "name": cell.name,
        "population": Number::people(cell.people),
        "groups": groups.collect::<Vec<_>>(),
        "units": units,
        "lon": cell.at.map(crate::plane::Position::lon),
        "lat": cell.at.map(crate::plane::Position::lat),
        "off_street_m": why.snap.and_then(crate::snap::Snap::gap).map(Number::of),
    })
}

fn item(why: &Explanation) -> Value {
    let item = &why.study.catalogue()[why.item];
    json!({
        "id": item.id,
        "name": item.name,
        "theme": item.theme,
        "department": item.department(),
        "departments": item.departments,
        "online_steps": item.steps_online().to_string(),
        "delivery": item.delivery,
        "steps": why.visits.to_string(),
        "asked": why.asked,
    })
}

fn asked(why: &Explanation) -> Value {
    json!({
        "who": why.study.word_of(why.setting.who),
        "group": why.setting.who.group().map(|group| &why.study.group(group).id),
        "online": why.setting.online,
        "leaving": why.setting.leaving.map(|at| at.to_string()),
        "date": why.day.map(|day| day.to_string()),
        "zone": why.zone.as_ref().map(|zone| &zone.name),
        "limit_minutes": Number::minutes(why.limit),
        "search_minutes": Number::minutes(why.budget),
        "speed_kmh": Number::of(why.profile.speed.kmh()),
        "people": Number::people(why.people),
    })
}

pub(super) fn island(island: &Island) -> Value {
    json!({
        "vertices": island.vertices,
        "metres": Number::of(island.metres),
        "sites": island.sites,
        "rest_vertices": island.rest_vertices,
        "nearest_m": island.nearest_m.map(Number::of),
        "left": island.left,
    })
}

fn other(why: &Explanation, other: &OtherVerdict) -> Value {
    json!({
        "who": why.study.word_of(other.who),
        "people": Number::people(other.people),
        "verdict": verdict(why, other.verdict),
    })
}

/// A verdict by its kind, the site and the walk, and what sets it apart.
fn verdict(why: &Explanation, verdict: Verdict) -> Value {
    let mut told = json!({
        "kind": verdict.kind().word(),
        "site": verdict.site().map(|reach| id(why, reach.site)),
        "minutes": verdict.site().map(|reach| Number::minutes(reach.time)),
    });
    match verdict {
        Verdict::NotOffered {
            missing,
            at,
            why: lack,
            ..
        } => {
            told["missing"] = json!(missing.to_string());
            told["at"] = json!(at.map(|at| id(why, at)));
            told["lack"] = json!(lack.word());
        }
        Verdict::AtHome { .. } => told["at_home"] = json!(true),
        Verdict::TooFar { over, .. } => told["over_minutes"] = json!(Number::minutes(over)),
        Verdict::Covered { .. }
        | Verdict::Online
        | Verdict::OutOfReach
        | Verdict::Stranded { .. }
        | Verdict::Unknown => {}
    }
    told
}

fn site(why: &Explanation, seen: &Considered) -> Value {
    let site = &why.study.sites()[seen.site];
    json!({
        "site": site.id,
        "name": site.name,
        "kind": site.kind,
        "minutes": Number::minutes(seen.time),
        "within_limit": seen.within,
        "does": seen.does.to_string(),
        "does_on_other_days": seen.does_some_day().without(seen.does).to_string(),
        "stands": match seen.standing {
            Standing::Stands => "yes".to_owned(),
            Standing::NotYet(day) => format!("from {day}"),
            Standing::NoLonger(day) => format!("until {day}"),
        },
        "serves_unit": seen.serves(),
        "usable": match seen.usable {
            Usable::Yes => "yes",
            Usable::KindBarred => "kind-barred",
            Usable::NoHelper => "no-helper",
        },
        "arrival": seen.arrival.map(|at| at.to_string()),
        "open": seen.open,
        "counts_for": seen.counts().to_string(),
        "decision": site_lines::decision(why, seen).in_language(why.study.language()),
    })
}

fn walk(why: &Explanation, to: &WalkTo) -> Value {
    let path = &to.path;
    let streets = streets(&why.study, path);
    json!({
        "site": id(why, to.site),
        "metres": Number::of(path.metres()),
        "minutes": Number::minutes(path.time),
        "crow_m": Number::of(path.crow_m),
        "detour": path.detour().map(Number::of),
        "off_street_m": path.gaps.map(|gap| Number::of(gap.metres)),
        "streets": streets.iter().map(|street| json!({
            "name": street.name.in_language(why.study.language()),
            "metres": Number::of(street.metres),
            "minutes": Number::minutes(street.time),
        })).collect::<Vec<_>>(),
    })
}

fn cure(why: &Explanation, cure: &Cure) -> Value {
    let mut told = json!({ "text": cures::cure(why, cure).in_language(why.study.language()) });
    if let Cure::AtSite {
        site,
        steps,
        hand_down,
        renew,
        lift,
        gain,
    } = cure
    {
        told["site"] = json!(id(why, *site));
        told["steps"] = json!(steps.to_string());
        told["hand_down"] = json!(hand_down.to_string());
        told["renew"] = json!(renew);
        told["gain"] = json!(Number::people(*gain));
        told["lift"] = json!(lift.iter().map(|rule| rule.word()).collect::<Vec<_>>());
    }
    if let Cure::Nearer {
        over_m, within_m, ..
    } = cure
    {
        told["over_m"] = json!(Number::of(*over_m));
        told["within_m"] = json!(Number::of(*within_m));
    }
    told
}

fn alternative(why: &Explanation, alternative: Alternative) -> Value {
    let told = |case: String, then, within: bool| json!({ "if": case, "then": reach(why, then), "within_limit": within });
    match alternative {
        Alternative::Without { site, then, within } => {
            told(format!("without {}", id(why, site)), then, within)
        }
        Alternative::Lifting { rule, then, within } => told(lifting(rule), Some(then), within),
        Alternative::AtSite { then, within } => told("at-site".to_owned(), Some(then), within),
    }
}

fn lifting(rule: Rule) -> String {
    format!("lifting {}", rule.word())
}

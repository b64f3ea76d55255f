//! `plan.toml`: the plan as `[[change]]` tables, which a study file takes as they are.

use std::fmt::Write as _;

use crate::ids::ItemId;
use crate::model::{Change, Merger, NewSite, Study};
use crate::plane::Position;
use crate::proposal::{Opens, Proposal};
use crate::words::text;

/// The tables, one a step, under a comment that says what to do with them.
pub(super) fn changes(proposal: &Proposal) -> String {
    let study = proposal.before.study();
    let head = text!(PlanTomlHead, study = crate::text::plain(study.name()));
    let mut text = format!("# {}\n", head.in_language(study.language()));
    for step in &proposal.steps {
        text += "\n[[change]]\n";
        match &step.change {
            Change::OpenSite(new) => open_site(&mut text, new, proposal),
            Change::Offer {
                sites,
                items,
                steps,
            } => {
                of_items(&mut text, "offer", (sites, items), study);
                let words: Vec<String> = steps.iter().map(|step| quoted(step.words()[0])).collect();
                put(&mut text, "depth", &format!("[{}]", words.join(", ")));
            }
            Change::Renew { sites, items, .. } => {
                of_items(&mut text, "renew", (sites, items), study);
            }
            Change::SetReach { sites, items, .. } => {
                of_items(&mut text, "reach", (sites, items), study);
                put(&mut text, "reach", &quoted("anywhere"));
            }
            Change::SetHelper { sites, .. } => of_sites(&mut text, "helper", sites),
            Change::AddHours { sites, hours } => {
                of_sites(&mut text, "hours", sites);
                put(&mut text, "opening_hours", &quoted(&hours.to_string()));
                put(&mut text, "add", "true");
            }
            Change::CloseSite { site } => {
                put(&mut text, "do", &quoted("close-site"));
                put(&mut text, "site", &quoted(site));
            }
            Change::MergeSites(merger) => merge(&mut text, merger),
            Change::AddStreet { line } => {
                let points = line
                    .iter()
                    .map(|at| format!("[{}, {}]", decimal(at.lon()), decimal(at.lat())));
                let points: Vec<String> = points.collect();
                put(&mut text, "do", &quoted("add-street"));
                put(&mut text, "line", &format!("[{}]", points.join(", ")));
                put(&mut text, "crs", &quoted("WGS84"));
            }
            // No proposal holds another one.
            other => put(&mut text, "do", &quoted(&other.to_string())),
        }
    }
    text
}

fn merge(text: &mut String, merger: &Merger) {
    let list: Vec<String> = merger.sites.iter().map(|site| quoted(site)).collect();
    put(text, "do", &quoted("merge-sites"));
    put(text, "sites", &format!("[{}]", list.join(", ")));
    put(text, "site", &quoted(&merger.into));
    if let Some(at) = merger.at {
        stands(text, at);
    }
}

/// Where a site then stands.
fn stands(text: &mut String, at: Position) {
    put(text, "lon", &decimal(at.lon()));
    put(text, "lat", &decimal(at.lat()));
    put(text, "crs", &quoted("WGS84"));
}

/// What is done at sites.
fn of_sites(text: &mut String, what: &str, sites: &[String]) {
    put(text, "do", &quoted(what));
    put(text, "site", &quoted(&sites.join(",")));
}

/// What is done at sites about items.
fn of_items(text: &mut String, what: &str, (sites, items): (&[String], &[ItemId]), study: &Study) {
    let ids = items
        .iter()
        .map(|&item| study.catalogue()[item].id.as_str());
    let list: Vec<String> = ids.map(quoted).collect();
    of_sites(text, what, sites);
    put(text, "items", &format!("[{}]", list.join(", ")));
}

fn open_site(text: &mut String, new: &NewSite, proposal: &Proposal) {
    let study = proposal.before.study();
    let site = &new.site;
    put(text, "do", &quoted("open-site"));
    put(text, "site", &quoted(&site.id));
    match &proposal.opens {
        Some(Opens::Like(model)) => put(text, "like", &quoted(&study.sites()[*model].id)),
        Some(Opens::Handling { kind, items }) => {
            if !kind.is_empty() {
                put(text, "kind", &quoted(kind));
            }
            // The one implicit item of a study without items has no id that a table could name.
            if !study.catalogue().is_implicit() {
                let ids = items
                    .iter()
                    .map(|&item| study.catalogue()[item].id.as_str());
                let list: Vec<String> = ids.map(quoted).collect();
                put(text, "items", &format!("[{}]", list.join(", ")));
            }
        }
        None => {}
    }
    if let Some(unit) = site.unit {
        put(text, "unit", &quoted(&study.units()[unit].id));
    }
    stands(text, site.at);
}

fn put(text: &mut String, key: &str, value: &str) {
    // Writing to a string never fails.
    let _ = writeln!(text, "{key} = {value}");
}

/// A text as TOML quotes it: JSON's quotes and escapes are among TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A number with a point, so that it reads as a float.
fn decimal(number: f64) -> String {
    let shown = number.to_string();
    if shown.contains('.') {
        shown
    } else {
        shown + ".0"
    }
}

//! Findings about streets that do not hang together, by the people concerned.

use crate::model::{Finding, Severity};
use crate::plane::Position;
use crate::report::words;
use crate::score::Coverage;
use crate::snap::{Beside, TornIsland, TornJoint};
use crate::words::{Key, Part, Text, text};

use super::doubt::{file, finding};

/// How many sites are named on the screen.
const MOST_NAMED: usize = 5;

/// The islands in one sentence, for the screen; none where nobody stands beside any.
pub(crate) fn islands_beside(now: &Coverage) -> Option<Finding> {
    let islands = &now.times().links().torn().islands;
    if islands.is_empty() {
        return None;
    }
    let all = sums(
        islands
            .iter()
            .flat_map(|island| [&island.hung, &island.left]),
    );
    // Who has left an island reaches the rest; who stays on it reaches nobody else.
    let left = sums(islands.iter().map(|island| &island.left));
    let stay = sums(islands.iter().map(|island| &island.hung));
    let mut parts = Vec::new();
    if left.sites + left.cells > 0 {
        parts.push(text!(IslandsLeft, count = left.sites + left.cells));
    }
    if stay.sites + stay.cells > 0 {
        parts.push(text!(IslandsStay, count = stay.sites + stay.cells));
    }
    let message = text!(
        IslandsBeside,
        sites = all.sites,
        cells = all.cells,
        people = all.people.to_string(),
        parts = Part::Joined(parts, Key::ClauseSeparator),
        names = names(now, islands),
    );
    Some(finding("islands", &file(now, "streets"), "", message))
}

/// The sites and cells beside islands, then the islands and the joints with their places.
pub(crate) fn findings(now: &Coverage) -> Vec<Finding> {
    let torn = now.times().links().torn();
    let mut all: Vec<Finding> = islands_beside(now).into_iter().collect();
    // A code at a time, and in each the islands as they stand: most people first.
    for island in &torn.islands {
        all.extend(of_sites(now, island));
    }
    for island in &torn.islands {
        all.extend(of_cells(now, island));
    }
    let streets = file(now, "streets");
    all.extend(
        torn.islands
            .iter()
            .map(|island| of_island(island, &streets)),
    );
    all.extend(torn.joints.iter().map(|joint| of_joint(joint, &streets)));
    all
}

struct Sums {
    sites: usize,
    cells: usize,
    people: crate::units::People,
}

fn sums<'a>(rows: impl Iterator<Item = &'a Beside>) -> Sums {
    let none = Sums {
        sites: 0,
        cells: 0,
        people: crate::units::People::ZERO,
    };
    rows.fold(none, |sums, row| Sums {
        sites: sums.sites + row.sites.len(),
        cells: sums.cells + row.cells.len(),
        people: sums.people + row.people,
    })
}

/// The first sites, by their ids; nothing where there is none.
fn names(now: &Coverage, islands: &[TornIsland]) -> Option<Text> {
    let sites = islands
        .iter()
        .flat_map(|island| island.hung.sites.iter().chain(&island.left.sites));
    let ids = sites.map(|&site| now.study().sites()[site].id.as_str());
    let mut named: Vec<Text> = ids
        .take(MOST_NAMED + 1)
        .map(|id| text!(Verbatim, text = crate::text::plain(id)))
        .collect();
    if named.len() > MOST_NAMED {
        named[MOST_NAMED] = text!(Verbatim, text = "…");
    }
    (!named.is_empty()).then(|| text!(IslandsSites, names = named))
}

/// The sites that hang on an island, or have left it.
fn of_sites(now: &Coverage, island: &TornIsland) -> Vec<Finding> {
    let file = file(now, "sites");
    let links = now.times().links();
    let vertices = island.vertices;
    let about = |site, message| {
        let id = &now.study().sites()[site].id;
        finding("site-on-island", &file, id, message)
    };
    let hung = island.hung.sites.iter();
    let mut all: Vec<Finding> = hung
        .map(|&site| about(site, text!(SiteOnIsland, vertices = vertices)))
        .collect();
    for &site in &island.left.sites {
        let gap = shown(links.site(site).gap());
        let message = text!(SiteLeftIsland, vertices = vertices, gap = gap);
        all.push(about(site, message));
    }
    all
}

/// The cells that hang on an island, or have left it.
fn of_cells(now: &Coverage, island: &TornIsland) -> Vec<Finding> {
    let file = file(now, "cells");
    let links = now.times().links();
    let vertices = island.vertices;
    let about = |cell, message| {
        let id = &now.study().cells()[cell].id;
        finding("cell-on-island", &file, id, message)
    };
    let hung = island.hung.cells.iter();
    let mut all: Vec<Finding> = hung
        .map(|&cell| about(cell, text!(CellOnIsland, vertices = vertices)))
        .collect();
    for &cell in &island.left.cells {
        let gap = shown(links.cell(cell).and_then(crate::snap::Snap::gap));
        let message = text!(CellLeftIsland, vertices = vertices, gap = gap);
        all.push(about(cell, message));
    }
    all
}

fn shown(gap: Option<f64>) -> String {
    format!("{:.1}", gap.unwrap_or_default())
}

/// One island, at the place where it comes nearest to the rest.
fn of_island(island: &TornIsland, file: &str) -> Finding {
    let all = sums([&island.hung, &island.left].into_iter());
    let apart = island.apart.map(|apart| {
        let metres = words::metres(apart.metres);
        text!(IslandRowApart, metres = metres)
    });
    let message = text!(
        IslandRow,
        vertices = island.vertices,
        metres = words::metres(island.metres),
        sites = all.sites,
        cells = all.cells,
        people = all.people.to_string(),
        left = island.left.sites.len() + island.left.cells.len(),
        apart = apart,
    );
    let place = island.apart.map(|apart| apart.from);
    at("island", file, place, message)
}

/// One joint, with whom it cuts off where it does.
fn of_joint(torn: &TornJoint, file: &str) -> Finding {
    let cuts = text!(
        JointCuts,
        people = torn.people.to_string(),
        cells = torn.cells,
        sites = torn.sites,
    );
    let is_cut = torn.cells + torn.sites > 0;
    let message = text!(
        JointRow,
        what = torn.joint.kind.name(),
        metres = format!("{:.2}", torn.joint.metres),
        cut = is_cut.then_some(cuts),
    );
    at(torn.joint.kind.word(), file, Some(torn.joint.at), message)
}

/// A finding with its place in degrees.
fn at(code: &'static str, file: &str, place: Option<Position>, message: Text) -> Finding {
    Finding {
        severity: Severity::Suspicious,
        code,
        file: file.to_owned(),
        place: place.map(|place| place.to_string()).unwrap_or_default(),
        subject: String::new(),
        message,
    }
}

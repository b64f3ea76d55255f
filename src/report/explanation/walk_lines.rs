//! Step by step where it is done, and the walks, street by street.

use super::names::{limit, site};
use crate::assess::{Explanation, StepDone};
use crate::ids::EdgeId;
use crate::model::{StreetKind, Study};
use crate::report::words;
use crate::search::Path;
use crate::text::plain;
use crate::units::TravelTime;
use crate::words::{Text, text};

/// How many streets of a walk are shown.
const MOST: usize = 16;

pub(super) fn lines(why: &Explanation) -> Vec<Text> {
    let mut lines = Vec::new();
    if !why.steps.is_empty() {
        lines.push(Text::default());
        lines.push(text!(ExplainSteps));
        // Steps that the same sites do first and next share a line.
        let done = |step: &StepDone| (step.first, step.next, step.at_home);
        let alike = |a: &StepDone, b: &StepDone| done(a) == done(b);
        lines.extend(
            why.steps
                .chunk_by(alike)
                .map(|steps| step(&why.study, steps)),
        );
    }
    if let Some(walk) = &why.walk {
        let head = text!(
            WalkDeciding,
            site = site(&why.study, walk.site),
            measures = measures(&walk.path),
        );
        lines.extend(street_by_street(&why.study, head, &walk.path));
    }
    if let Some(walk) = &why.nearest_walk {
        let head = text!(
            WalkNearest,
            site = site(&why.study, walk.site),
            measures = measures(&walk.path),
        );
        lines.extend(street_by_street(&why.study, head, &walk.path));
    }
    lines
}

/// Steps that the same sites do first and next.
fn step(study: &Study, steps: &[StepDone]) -> Text {
    let named = words::steps(steps.iter().map(|done| done.step).collect());
    let done = steps[0];
    // Who is helped at home goes nowhere for these steps.
    if let Some(helper) = done.at_home {
        let (site, time) = (site(study, helper.site), words::time(helper.time));
        return text!(StepAtHome, steps = named, site = site, time = time);
    }
    let Some(first) = done.first else {
        return text!(StepNobody, steps = named, nobody = text!(NobodyInSearch));
    };
    let next = done.next.map(|next| {
        text!(
            StepNext,
            site = site(study, next.site),
            time = words::time(next.time)
        )
    });
    text!(
        StepDoneAt,
        steps = named,
        site = site(study, first.site),
        time = words::time(first.time),
        limit = limit(done.within),
        next = next,
    )
}

/// How long a walk is, and how much longer than the straight line (the detour ratio).
fn measures(path: &Path) -> Text {
    let detour = path.detour().map(|times| format!("{times:.2}"));
    text!(
        WalkMeasures,
        metres = words::metres(path.metres()),
        time = words::time(path.time),
        crow = words::metres(path.crow_m),
        detour = detour.unwrap_or_else(|| "–".to_owned()),
    )
}

/// A walk street by street, the gaps at both ends included; a long one is cut.
fn street_by_street(study: &Study, head: Text, path: &Path) -> Vec<Text> {
    let [leave, arrive] = path.gaps;
    let streets = streets(study, path);
    let mut lines = vec![Text::default(), head];
    lines.push(part(text!(WalkToStreet), leave.metres, leave.time));
    for street in streets.iter().take(MOST) {
        lines.push(part(street.name.clone(), street.metres, street.time));
    }
    if streets.len() > MOST {
        lines.push(text!(MoreStreets, more = streets.len() - MOST));
    }
    lines.push(part(text!(WalkToSite), arrive.metres, arrive.time));
    lines
}

fn part(name: Text, metres: f64, time: TravelTime) -> Text {
    text!(
        WalkPart,
        name = name,
        metres = words::metres(metres),
        time = words::time(time),
    )
}

/// A street as far as it is walked without leaving it.
pub(super) struct Street {
    pub(super) name: Text,
    pub(super) metres: f64,
    pub(super) time: TravelTime,
}

/// The pieces of a walk; those of one street that follow each other are one.
pub(super) fn streets(study: &Study, path: &Path) -> Vec<Street> {
    let mut streets: Vec<Street> = Vec::new();
    for piece in &path.pieces {
        let name = name(study, piece.edge);
        match streets.last_mut() {
            // Stairs and crossings of a street have names of their own, and stay apart.
            Some(last) if last.name == name => {
                last.metres += piece.metres;
                last.time = last.time.saturating_add(piece.time);
            }
            _ => streets.push(Street {
                name,
                metres: piece.metres,
                time: piece.time,
            }),
        }
    }
    streets
}

/// What a piece of street is called, and what it is where it is no plain one.
fn name(study: &Study, edge: EdgeId) -> Text {
    let name = match study.network().street_name(edge) {
        Some(name) => text!(Verbatim, text = plain(name)),
        None => text!(UnnamedStreet),
    };
    let street = study.network().traits_of(edge);
    if street.link.is_some() {
        return text!(LinkOf, name = name);
    }
    match street.kind {
        StreetKind::Plain => name,
        StreetKind::Stairs => text!(StairsOf, name = name),
        StreetKind::Crossing => text!(CrossingOf, name = name),
        StreetKind::Elevator => text!(ElevatorOf, name = name),
    }
}

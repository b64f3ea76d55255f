//! The verdict, and whom and what it is about.

use super::names::{named, number, site, unit, who};
use crate::assess::{Cure, Explanation, Island, OtherVerdict};
use crate::model::{Audience, ItemReach, Online, Study};
use crate::report::words;
use crate::score::{Verdict, VerdictKind};
use crate::snap::Snap;
use crate::text::plain;
use crate::words::{Key, Part, Text, text};

/// The first lines of an explanation.
pub(super) fn lines(why: &Explanation) -> Vec<Text> {
    let cell = &why.study.cells()[why.cell];
    let item = &why.study.catalogue()[why.item];
    let mut lines = vec![
        text!(
            ExplainWhy,
            cell = named(&cell.id, &cell.name),
            item = named(&item.id, &item.name),
        ),
        text!(
            ExplainVerdict,
            verdict = name(why),
            more = verdict(&why.study, why.verdict),
        ),
    ];
    lines.extend(whose(why));
    lines.extend([
        Text::default(),
        text!(ExplainCell, parts = clauses(of_cell(why))),
    ]);
    lines.extend(why.island.as_ref().map(island));
    lines.extend([
        text!(ExplainItem, parts = clauses(of_item(why))),
        text!(ExplainAsked, parts = clauses(of_setting(why))),
    ]);
    // Somebody may ask about any item; this one is no part of the target.
    if !why.asked {
        lines.push(text!(ExplainNotAsked));
    }
    lines
}

/// The clauses of one sentence.
pub(super) const fn clauses(clauses: Vec<Text>) -> Part {
    Part::Joined(clauses, Key::ClauseSeparator)
}

/// What the verdict is called: never by a reason that the cure would not mend.
fn name(why: &Explanation) -> Text {
    let is_renewed = |cure: &Cure| matches!(cure, Cure::AtSite { renew: true, .. });
    if why.cures.iter().any(is_renewed) {
        return text!(LackIsRunOut);
    }
    why.verdict.name()
}

/// Whose verdict it is, and what it is for the others there; nothing where there are none.
fn whose(why: &Explanation) -> Vec<Text> {
    if why.others.is_empty() {
        return Vec::new();
    }
    let kind: VerdictKind = why.verdict.kind();
    let is_gravest = why.others.iter().all(|other| other.verdict.kind() <= kind);
    let mut lines = vec![text!(
        ExplainWhose,
        who = who(&why.study, why.setting.who),
        gravest = is_gravest.then(|| text!(ExplainGravest)),
    )];
    lines.extend(why.others.iter().map(|known| other(&why.study, known)));
    lines
}

fn other(study: &Study, known: &OtherVerdict) -> Text {
    text!(
        ExplainOther,
        who = who(study, known.who),
        number = number(study, known.who, known.people),
        verdict = known.verdict.name(),
        more = verdict(study, known.verdict),
    )
}

pub(super) fn island(island: &Island) -> Text {
    if island.left {
        return text!(
            ExplainIslandLeft,
            vertices = island.vertices,
            metres = words::metres(island.metres),
        );
    }
    text!(
        ExplainIsland,
        vertices = island.vertices,
        metres = words::metres(island.metres),
        sites = island.sites,
        rest = island
            .nearest_m
            .map(|metres| text!(IslandApart, metres = words::metres(metres))),
    )
}

/// What stands behind a verdict: which site, how far, what is missing.
fn verdict(study: &Study, verdict: Verdict) -> Text {
    match verdict {
        Verdict::Covered { by, after } => {
            text!(VerdictBy, site = site(study, by), time = words::time(after))
        }
        Verdict::AtHome { by, after } => text!(
            VerdictAtHome,
            site = site(study, by),
            time = words::time(after)
        ),
        Verdict::TooFar {
            nearest,
            after,
            over,
        } => text!(
            VerdictFar,
            site = site(study, nearest),
            time = words::time(after),
            over = words::time(over),
        ),
        Verdict::NotOffered {
            missing,
            nearest_any,
            ..
        } => text!(
            VerdictMissing,
            steps = words::steps(missing),
            site = site(study, nearest_any),
        ),
        Verdict::Online => text!(VerdictOnline),
        Verdict::OutOfReach => text!(NobodyInSearch),
        Verdict::Stranded { .. } => text!(VerdictNoStreet),
        Verdict::Unknown => text!(VerdictRowRejected),
    }
}

/// Who lives in the cell, where it lies and how far off its street it stands.
fn of_cell(why: &Explanation) -> Vec<Text> {
    let cell = &why.study.cells()[why.cell];
    let mut said = vec![people(why)];
    if !why.units.is_empty() {
        let units: Vec<String> = why.units.iter().map(|&id| unit(&why.study, id)).collect();
        said.push(text!(Verbatim, text = units.join(" < ")));
    }
    if let Some(at) = cell.at {
        said.push(words::place(at));
    }
    match why.snap {
        Some(Snap::Snapped { gap, .. }) => {
            said.push(text!(OffStreet, metres = format!("{gap:.1}")));
        }
        Some(Snap::Stranded {
            nearest: Some(metres),
        }) => {
            said.push(text!(OffNearestStreet, metres = format!("{metres:.0}")));
        }
        Some(Snap::Stranded { nearest: None }) | None => {}
    }
    said
}

/// How many people live in the cell, and of which groups.
fn people(why: &Explanation) -> Text {
    let people = why.study.cells()[why.cell].people.to_string();
    let mut groups = Vec::new();
    for (_, group) in why.study.groups() {
        let of_group = group.in_cell(why.cell);
        groups.push(text!(
            Verbatim,
            text = format!("{} {of_group}", plain(&group.name))
        ));
    }
    if groups.is_empty() {
        text!(People, people = people)
    } else {
        text!(PeopleByGroup, people = people, groups = groups)
    }
}

/// What an item is and asks, in the order in which one would explain it.
fn of_item(why: &Explanation) -> Vec<Text> {
    let item = &why.study.catalogue()[why.item];
    let mut said = vec![match item.audience {
        Audience::Person => text!(ForPersons),
        Audience::Firm => text!(ForFirms),
        Audience::Both => text!(ForBoth),
    }];
    if !item.theme.is_empty() {
        said.push(text!(ItemTheme, name = plain(&item.theme)));
    }
    if !item.departments.is_empty() {
        said.push(text!(ItemDepartment, name = plain(&item.department())));
    }
    said.push(match item.online {
        Online::None => text!(OnlineNone),
        Online::Part => text!(OnlinePart),
        Online::Whole => text!(OnlineWhole),
    });
    let online = item.steps_online();
    // All of its steps online have been said already.
    if !online.is_empty() && item.online != Online::Whole {
        said.push(text!(StepsOnline, steps = words::steps(online)));
    }
    if item.delivery {
        said.push(text!(IsPosted));
    }
    said.push(if why.visits.is_empty() {
        text!(NoVisit)
    } else {
        text!(VisitSteps, steps = words::steps(why.visits))
    });
    said.push(match item.reach {
        ItemReach::OwnUnit => text!(ReachOwnUnit),
        ItemReach::Anywhere => text!(ReachAnywhere),
    });
    said
}

/// Who is asked, within which limit, walking how, and when.
fn of_setting(why: &Explanation) -> Vec<Text> {
    let group = why.setting.who.group();
    let mut asked = who(&why.study, why.setting.who);
    if why.setting.online {
        asked = text!(WhoWithOnline, who = asked);
    }
    let mut said = vec![asked];
    // How many live in the cell is said there; of a group it is said here.
    if group.is_some() {
        said.push(number(&why.study, why.setting.who, why.people));
    }
    said.push(text!(WithinLimit, limit = words::time(why.limit)));
    if let Some(zone) = &why.zone {
        said.push(text!(
            InZone,
            name = plain(&zone.name),
            by = words::zone_by(&zone.by)
        ));
    }
    said.push(text!(
        SpeedKmh,
        kmh = format!("{:.1}", why.profile.speed.kmh())
    ));
    let rules = why.profile.rules.in_words().into_iter();
    said.extend(rules.map(|rule| rule.full));
    if let Some(day) = why.day {
        said.push(text!(OnTheDay, date = day.to_string()));
    }
    if let Some(minute) = why.setting.leaving {
        said.push(text!(LeavingAt, moment = words::moment(minute)));
    }
    said
}

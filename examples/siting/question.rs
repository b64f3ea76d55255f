//! What is asked, from the command line and the study.

use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{Study, Who};
use walkshed::plan::Room;
use walkshed::proposal::{ClosingRequest, LinkingRequest, MergingRequest, Opens, SitingRequest};

use crate::args::{Args, Which};
use crate::candidates::candidates;
use crate::common::failure::Failure;
use crate::common::find;
use crate::common::said::Said;

/// The study, asking only for the item that is named, if one is.
pub(crate) fn asked_study(args: &Args, study: Study) -> Result<Study, Failure> {
    let Some(named) = &args.item else {
        return Ok(study);
    };
    let item = find::item(&study, named)?;
    Ok(study.with(|parts| {
        parts.target.items = vec![item];
        // A phase without items of its own asks what the target asks.
        for phase in &mut parts.phases {
            phase.items.clear();
        }
    })?)
}

pub(crate) fn request(args: &Args, study: &Study) -> Result<SitingRequest, Failure> {
    let named = args.phase.as_ref();
    let phase = named.map(|named| find::phase(study, named)).transpose()?;
    Ok(SitingRequest {
        wanted: args.problem.wanted(),
        room: room(args),
        places: candidates(args, study)?,
        opens: opens(args, (study, phase))?,
        frontier: true,
        phase,
        min_share: min_share(args, (study, phase)),
    })
}

/// How much may be opened.
pub(crate) fn room(args: &Args) -> Room {
    match (args.problem, args.sites, args.budget) {
        (_, _, Some(budget)) => Room::Budget(budget),
        (_, Some(sites), None) => Room::Sites(sites),
        (Which::Lscp, None, None) => Room::Unlimited,
        (_, None, None) => Room::Sites(1),
    }
}

/// The share that each unit is to have; the cheapest plan for a phase brings what that asks.
fn min_share(args: &Args, (study, phase): (&Study, Option<usize>)) -> Option<f64> {
    let asked = phase.and_then(|place| study.phases()[place].share);
    match args.problem {
        Which::Lscp => args.min_share.or(asked),
        _ => args.min_share,
    }
}

/// What may close: the sites of a kind, or all.
pub(crate) fn closing(args: &Args, study: &Study) -> Result<ClosingRequest, Failure> {
    let named = args.phase.as_ref();
    let sites = study.sites().iter();
    let of_kind =
        sites.filter(|(_, site)| args.kind.as_ref().is_none_or(|kind| site.kind == *kind));
    let among: Vec<SiteId> = of_kind.map(|(site, _)| site).collect();
    if among.is_empty() {
        return Err(Failure::Usage(Said::new(
            "--problem close: there is no such site – leave out --kind, or name one that sites have",
            "--problem close：没有这样的服务点——请去掉 --kind，或写一个已有的类型",
        )));
    }
    Ok(ClosingRequest {
        sites: args.sites.unwrap_or(1),
        among,
        phase: named.map(|named| find::phase(study, named)).transpose()?,
    })
}

/// No link is longer in metres, and so many are tried, where nothing else is said.
const LONGEST_M: f64 = 100.0;
const TRIED: usize = 100;

/// Which links may be built.
pub(crate) fn linking(args: &Args, study: &Study) -> Result<LinkingRequest, Failure> {
    let named = args.phase.as_ref();
    Ok(LinkingRequest {
        links: args.sites.unwrap_or(1),
        longest_m: args.longest.unwrap_or(LONGEST_M),
        tried: args.tried.unwrap_or(TRIED),
        phase: named.map(|named| find::phase(study, named)).transpose()?,
    })
}

/// Outlets no farther off are folded in, in metres, where nothing else is said.
const WITHIN_M: f64 = 1000.0;

/// What may be folded into which centre.
pub(crate) fn merging(args: &Args, study: &Study) -> Result<MergingRequest, Failure> {
    let Some(centre) = &args.at else {
        return Err(Failure::Usage(Said::new(
            "--problem merge: say into which centre, like --at c0101",
            "--problem merge：请说明并入哪个中心，例如 --at c0101",
        )));
    };
    let centre = find::site(study, centre)?;
    let within_m = args.within.unwrap_or(WITHIN_M);
    let named = args.phase.as_ref();
    let at = study.sites()[centre].at;
    let mut places = Vec::new();
    // Without any, only the places of those that are merged are tried.
    if args.candidates.is_some() {
        places = candidates(args, study)?;
        places.retain(|place| place.at.distance(at) <= within_m);
    }
    Ok(MergingRequest {
        centre,
        outlets: args
            .sites
            .map_or(1, |sites| usize::try_from(sites).unwrap_or(usize::MAX)),
        within_m,
        kind: args.kind.clone(),
        places,
        phase: named.map(|named| find::phase(study, named)).transpose()?,
    })
}

/// How much may be opened for each phase.
pub(crate) fn rooms(args: &Args) -> Vec<Room> {
    let rooms = args.phases.iter().map(|&room| {
        if args.in_costs {
            Room::Budget(room)
        } else {
            Room::Sites(room)
        }
    });
    rooms.collect()
}

/// The items that are asked: by the phase, or by any phase of people where all are planned for, or by the target.
fn items(args: &Args, (study, phase): (&Study, Option<usize>)) -> Vec<ItemId> {
    let target = study.target();
    let of_people = study
        .phases()
        .iter()
        .filter(|phase| phase.of != Some(Who::Firms));
    let mut asked = match phase.map(|place| &study.phases()[place]) {
        Some(phase) => phase.target(target).items,
        None if args.phases.is_empty() => target.items.clone(),
        None => of_people
            .flat_map(|phase| phase.target(target).items)
            .collect(),
    };
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// What opens: as a site that is named, or of a kind that is; else a site that handles all that is asked.
fn opens(args: &Args, (study, phase): (&Study, Option<usize>)) -> Result<Opens, Failure> {
    let asked = items(args, (study, phase));
    let like = match (&args.like, &args.kind) {
        (Some(named), _) => Some(find::site(study, named)?),
        (None, Some(kind)) => first_of(kind, study),
        (None, None) => None,
    };
    match (like, &args.kind) {
        (Some(site), _) => Ok(Opens::Like(site)),
        // The first of its kind: it handles what is asked.
        (None, kind) => Ok(Opens::Handling {
            kind: kind.clone().unwrap_or_default(),
            items: asked,
        }),
    }
}

fn first_of(kind: &str, study: &Study) -> Option<SiteId> {
    let mut sites = study.sites().iter();
    sites
        .find(|(_, site)| site.kind == kind)
        .map(|(site, _)| site)
}

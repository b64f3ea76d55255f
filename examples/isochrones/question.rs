//! What the command line asks, in the terms of the study.

use walkshed::ids::SiteId;
use walkshed::isochrone::{Join, Outline, Places, Request};
use walkshed::model::Study;
use walkshed::read::near_names;
use walkshed::search::Direction;
use walkshed::text::plain;

use crate::args::{Args, Drawn};
use crate::common::failure::Failure;
use crate::common::said::Said;
use crate::common::{find, moment};

/// The request.
///
/// # Errors
/// When the study has nothing of a name, or no such moment.
pub(crate) fn request(args: &Args, study: &Study) -> Result<Request, Failure> {
    let usual = Request::of(study);
    let leaving = match args.leaving {
        Some(moment) => Some(moment::in_week("--leaving", moment, study)?),
        None if args.any_time => None,
        None => usual.leaving,
    };
    let places = places(args, study)?;
    if args.merged {
        near_each_other(&places, study)?;
    }
    let group = args.group.as_ref().map(|named| find::group(study, named));
    let item = args.item.as_ref().map(|named| find::item(study, named));
    Ok(Request {
        places,
        limits: bands(args),
        join: match (args.merged, args.nearest) {
            (true, _) => Join::Merged,
            (_, true) => Join::Nearest,
            _ => Join::Each,
        },
        group: group.transpose()?,
        item: item.transpose()?,
        leaving,
        direction: if args.outward {
            Direction::FromPlace
        } else {
            Direction::ToPlace
        },
        outline: match args.outline {
            Drawn::Exact => Outline::Exact,
            Drawn::Streets => Outline::Streets {
                width_m: args.width,
            },
        },
        reach_m: args.reach.unwrap_or(usual.reach_m),
        tolerance_m: args.tolerance,
    })
}

/// The limits, each once, ascending.
fn bands(args: &Args) -> Vec<walkshed::TravelTime> {
    let mut bands = args.bands.clone();
    bands.sort_unstable();
    bands.dedup();
    bands
}

fn places(args: &Args, study: &Study) -> Result<Places, Failure> {
    if let Some(place) = args.place {
        return Ok(Places::At(place));
    }
    if args.sites.is_empty() && args.kind.is_empty() {
        return Ok(Places::AllSites);
    }
    let mut sites: Vec<SiteId> = if args.sites.is_empty() {
        study.sites().iter().map(|(site, _)| site).collect()
    } else {
        let named = args.sites.iter();
        let found: Result<Vec<SiteId>, Failure> =
            named.map(|named| find::site(study, named)).collect();
        found?
    };
    for kind in &args.kind {
        known_kind(kind, study)?;
    }
    if !args.kind.is_empty() {
        sites.retain(|&site| args.kind.contains(&study.sites()[site].kind));
    }
    sites.sort_unstable();
    sites.dedup();
    Ok(Places::Sites(sites))
}

/// Degrees that merged sites may lie apart.
const MOST_DEGREES: f64 = 5.0;

/// That sites lie near enough to each other for one land.
fn near_each_other(places: &Places, study: &Study) -> Result<(), Failure> {
    let sites: Vec<SiteId> = match places {
        Places::AllSites => study.sites().iter().map(|(site, _)| site).collect(),
        Places::Sites(sites) => sites.clone(),
        Places::At(_) => Vec::new(),
    };
    let at = sites.iter().map(|&site| study.sites()[site].at);
    let at: Vec<[f64; 2]> = at.map(|at| [at.lon(), at.lat()]).collect();
    let wide = (0..2).any(|axis| {
        let least = at
            .iter()
            .map(|place| place[axis])
            .fold(f64::INFINITY, f64::min);
        at.iter().any(|place| place[axis] - least > MOST_DEGREES)
    });
    if wide {
        return Err(Failure::Usage(Said::new(
            format!(
                "--merged: some of the sites lie more than {MOST_DEGREES} degrees apart – \
                 name those of one region with --sites, or leave --merged out"
            ),
            format!(
                "--merged：有的服务点相距超过 {MOST_DEGREES} 度——请用 --sites 指定一个地区的服务点，或去掉 --merged"
            ),
        )));
    }
    Ok(())
}

/// That some site is of a kind.
fn known_kind(kind: &str, study: &Study) -> Result<(), Failure> {
    let mut kinds: Vec<&str> = study
        .sites()
        .iter()
        .map(|(_, site)| site.kind.as_str())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.contains(&kind) {
        return Ok(());
    }
    let near = near_names(kind, &kinds);
    let kind = plain(kind);
    Err(Failure::Usage(Said::new(
        format!(
            "--kind: no site is of the kind \"{kind}\" – there are: {}",
            listed(&near, &kinds, ", ")
        ),
        format!(
            "--kind：没有“{kind}”这一类服务点——现有：{}",
            listed(&near, &kinds, "、")
        ),
    )))
}

/// The near names, or else all.
fn listed(near: &[&str], all: &[&str], between: &str) -> String {
    let shown = if near.is_empty() { all } else { near };
    let shown: Vec<String> = shown.iter().map(|kind| plain(kind)).collect();
    shown.join(between)
}

//! Several sites become one: what it is, and what it handles.
//!
//! The one is opened, with all that they do between them, and the others are closed; so numbers,
//! groups and what is touched follow as they do for any site.

use std::sync::Arc;

use chrono::NaiveDate;

use super::error::ChangeError;
use super::site::{Changed, close, find_all, open};
use crate::ids::{ItemId, SiteId, UnitId};
use crate::model::catalogue::Offer;
use crate::model::change::{Merger, NewOffer, NewSite};
use crate::model::delegation::Delegation;
use crate::model::home_help::HomeHelp;
use crate::model::hours::OpenWeek;
use crate::model::properties::Properties;
use crate::model::sites::Site;
use crate::model::study::Study;

/// Opens the station with all that the sites do between them, and closes those that become it.
pub(super) fn merge(study: &Study, merger: &Merger) -> Changed {
    let mut folded = find_all(study, &merger.sites)?;
    folded.sort_unstable();
    folded.dedup();
    let station = NewSite {
        site: station(study, merger, &folded)?,
        offers: offers(study, &folded),
    };
    // Taken before any site goes: papers go with their sites.
    let papers = papers(study, &folded);
    let (mut after, mut touched) = open(study, &station)?;
    for &site in &folded {
        let id = &study.sites()[site].id;
        // The station may bear the id of one of them: that one made way when it was opened.
        if *id != merger.into {
            let (next, then) = close(&after, id)?;
            touched = touched.then(&then);
            after = next;
        }
    }
    Ok((handed_over(&after, papers, &merger.into), touched))
}

/// The site that the others become.
fn station(study: &Study, merger: &Merger, folded: &[SiteId]) -> Result<Site, ChangeError> {
    let sites: Vec<&Site> = folded.iter().map(|&site| &study.sites()[site]).collect();
    let like = model(merger, &sites)?;
    Ok(Site {
        name: merger.name.clone().unwrap_or(like.name),
        kind: merger.kind.clone().unwrap_or(like.kind),
        unit: merger.unit.or_else(|| common_unit(study, &sites)),
        properties: any_of(&sites),
        // What was to open or to close does so no more: the station is there.
        opened: None,
        closed: None,
        hours: merger.hours.clone().or_else(|| open_hours(study, &sites)),
        // Whose helpers came before come from the station.
        home_help: like.home_help.or_else(|| first_help(&sites)),
        ..like
    })
}

/// What the station is like where the merger says nothing: the one of its id, or else a new one of
/// the kind of the first; at its place.
fn model(merger: &Merger, sites: &[&Site]) -> Result<Site, ChangeError> {
    if let Some(kept) = sites.iter().find(|site| site.id == merger.into) {
        let at = merger.at.unwrap_or(kept.at);
        return Ok(Site {
            at,
            ..(*kept).clone()
        });
    }
    let Some(at) = merger.at else {
        // Neither a place of its own nor that of one of them.
        let site = merger.into.clone();
        return Err(ChangeError::NoSuchSite { site });
    };
    let kind = sites.first().map(|first| first.kind.clone());
    Ok(Site {
        kind: kind.unwrap_or_default(),
        ..Site::at(&merger.into, at)
    })
}

/// The help at home of the first of these that sends any.
fn first_help(sites: &[&Site]) -> Option<HomeHelp> {
    sites.iter().find_map(|site| site.home_help.clone())
}

/// The innermost unit that all of these lie in; none where one of them has none or there is none.
fn common_unit(study: &Study, sites: &[&Site]) -> Option<UnitId> {
    let units = study.units();
    let mut upward = units.upward(sites.first()?.unit?);
    upward.find(|&unit| {
        let lies_in = |site: &&Site| {
            let own = site.unit;
            own.is_some_and(|own| units.upward(own).any(|above| above == unit))
        };
        sites.iter().all(lies_in)
    })
}

/// Every yes/no property that any of these knows: yes if one of them has it.
fn any_of(sites: &[&Site]) -> Properties {
    let mut all = Properties::default();
    for (name, value) in sites.iter().flat_map(|site| site.properties.iter()) {
        // Yes is more than no, and no more than nothing known.
        let so_far = all.get(name);
        all = all.with(name, so_far.max(value));
    }
    all
}

/// When any of these is open; none where none of them states it.
fn open_hours(study: &Study, sites: &[&Site]) -> Option<Arc<OpenWeek>> {
    if sites.iter().all(|site| site.hours.is_none()) {
        return None;
    }
    let mut weeks: Vec<&OpenWeek> = Vec::new();
    for site in sites {
        // Beside one that states its hours the others are open as the study takes it.
        let unstated = study.time().map(|time| time.hours_of(site));
        weeks.extend(site.hours.as_deref().or(unstated));
    }
    let (first, rest) = weeks.split_first()?;
    let all = rest
        .iter()
        .fold((*first).clone(), |all, week| all.with(week));
    Some(Arc::new(all))
}

/// What these sites handle between them, each as deep and for whom it does, and while it is there.
fn offers(study: &Study, folded: &[SiteId]) -> Vec<NewOffer> {
    let catalogue = study.catalogue();
    let mut all = Vec::new();
    for (item, _) in catalogue.iter() {
        for offer in catalogue.offers(item) {
            if folded.contains(&offer.site) {
                all.extend(while_there(item, offer, &study.sites()[offer.site]));
            }
        }
    }
    all
}

/// An offer of a site for as long as the site is there; none when it never holds then.
fn while_there(item: ItemId, offer: &Offer, site: &Site) -> Option<NewOffer> {
    // The day on which a site is closed is the first on which it is not there.
    let last = site.closed.map(|closed| closed.pred_opt());
    let offer = NewOffer {
        from: offer.from.max(site.opened),
        until: sooner(offer.until, last.flatten()),
        ..NewOffer::like(item, offer)
    };
    let ends_before = offer
        .from
        .zip(offer.until)
        .is_some_and(|(from, until)| until < from);
    (!ends_before).then_some(offer)
}

/// The sooner of two last days; none for ever.
fn sooner(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.into_iter().chain(other).min()
}

/// The papers of these sites.
fn papers(study: &Study, folded: &[SiteId]) -> Vec<Delegation> {
    let all = study.delegations().iter();
    all.filter(|paper| folded.contains(&paper.site))
        .cloned()
        .collect()
}

/// The study where the papers are the station's.
fn handed_over(study: &Study, papers: Vec<Delegation>, station: &str) -> Study {
    let Some(site) = study.sites().find(station) else {
        return study.clone();
    };
    let mut services = study.services().clone();
    let theirs = papers.into_iter().map(|paper| Delegation { site, ..paper });
    services.delegations.extend(theirs);
    study.with_services(services)
}

//! Changes to sites: who there is, where, when, and what they handle.
//!
//! A site that opens or closes numbers others anew. All that names sites by number, offers and the
//! sites that groups can use, follows here.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::error::ChangeError;
use super::touched::Touched;
use crate::ids::{ItemId, SiteId};
use crate::model::catalogue::{Catalogue, Offer};
use crate::model::change::{NewOffer, NewSite};
use crate::model::delegation::Delegation;
use crate::model::group::Group;
use crate::model::hours::OpenWeek;
use crate::model::item::ItemReach;
use crate::model::site_set::SiteSet;
use crate::model::sites::Site;
use crate::model::step::Steps;
use crate::model::study::{Services, Study};
use crate::plane::Position;

pub(super) type Changed = Result<(Study, Touched), ChangeError>;

pub(super) fn open(study: &Study, new: &NewSite) -> Changed {
    let site = &new.site;
    check_unit(study, site)?;
    check_place(site.at)?;
    check_items(study, new.offers.iter().map(|offer| offer.item))?;
    let mut touched = Touched::nothing(study.sites(), study.network());
    // Only the services are copied: streets and cells stay shared.
    let mut services = study.services().clone();
    let before = services.sites.find(&site.id);
    let stays = before.is_some_and(|id| services.sites[id].at == site.at);
    if let Some(id) = before {
        services = without(services, id);
        touched.sites.close(id);
    }
    let place = SiteId::new(services.sites.place_of(&site.id));
    services = inserted(services, site, place);
    touched.sites.open(place, before);
    // To those who walked to the one that made way it is the same place.
    if stays {
        touched.sites.stay();
    }
    services.catalogue = offered(services.catalogue, place, &new.offers);
    allow(&mut services.groups, site, place);
    Ok((study.with_services(services), touched))
}

/// The catalogue where a new site handles what it offers.
fn offered(catalogue: Catalogue, site: SiteId, new: &[NewOffer]) -> Catalogue {
    catalogue.map_offers(|item, mut offers| {
        let of_item = new.iter().filter(|offer| offer.item == item);
        offers.extend(of_item.map(|offer| offer.by(site)));
        offers
    })
}

/// Lets all groups use a new site that can.
fn allow(groups: &mut [Group], site: &Site, place: SiteId) {
    for group in groups {
        let can = can_use(group, site);
        // A group that names no sites can use all of them.
        if let Some(usable) = group.usable.as_mut().filter(|_| can) {
            usable.insert(place);
        }
    }
}

pub(super) fn close(study: &Study, site: &str) -> Changed {
    let id = find(study, site)?;
    let mut touched = Touched::nothing(study.sites(), study.network());
    touched.sites.close(id);
    let services = without(study.services().clone(), id);
    Ok((study.with_services(services), touched))
}

pub(super) fn relocate(study: &Study, site: &str, to: Position) -> Changed {
    check_place(to)?;
    let id = find(study, site)?;
    let moves = study.sites()[id].at != to;
    let (after, mut touched) = alter(study, &[site.to_owned()], |site| site.at = to)?;
    if moves {
        touched.sites.relocate(id);
    }
    Ok((after, touched))
}

/// Something about some sites is otherwise, but not their ids.
pub(super) fn alter(study: &Study, ids: &[String], change: impl Fn(&mut Site)) -> Changed {
    let named = find_all(study, ids)?;
    // Ids stay as they are, so sites stay in order and keep their numbers.
    let sites = study.sites().clone().changed(|list| {
        for &id in &named {
            change(&mut list[id.index()]);
        }
    });
    let services = Services {
        sites,
        ..study.services().clone()
    };
    Ok((study.with_services(services), altered(study, named)))
}

pub(super) fn offer(study: &Study, ids: &[String], items: &[ItemId], steps: Steps) -> Changed {
    let named = find_all(study, ids)?;
    with_offers(study, named, items, |sites, offers| {
        offers.extend(sites.iter().map(|&site| Offer {
            steps,
            ..Offer::whole(site)
        }));
    })
}

pub(super) fn withdraw(study: &Study, ids: &[String], items: &[ItemId]) -> Changed {
    let named = find_all(study, ids)?;
    let withdrawn = with_offers(study, named, items, |sites, offers| {
        offers.retain(|offer| !sites.contains(&offer.site));
    })?;
    Ok(without_papers(withdrawn, ids, items))
}

/// Sites do these steps of the items and no others.
pub(super) fn replace(study: &Study, ids: &[String], items: &[ItemId], steps: Steps) -> Changed {
    let withdrawn = withdraw(study, ids, items)?;
    let (after, then) = offer(&withdrawn.0, ids, items, steps)?;
    Ok((after, withdrawn.1.then(&then)))
}

/// What sites do for a time lasts until this day, or for ever.
pub(super) fn renew(
    study: &Study,
    ids: &[String],
    items: &[ItemId],
    until: Option<NaiveDate>,
) -> Changed {
    let named = find_all(study, ids)?;
    let (after, touched) = with_offers(study, named.clone(), items, |sites, offers| {
        // Of several terms in a row only the last one lasts longer: gaps between them stay.
        let last = last_days(
            offers
                .iter()
                .map(|offer| ((offer.site, offer.steps), offer.until)),
        );
        for offer in offers.iter_mut().filter(|it| sites.contains(&it.site)) {
            if last.get(&(offer.site, offer.steps)) == Some(&offer.until) {
                offer.until = later(offer.until, until);
            }
        }
    })?;
    let mut services = after.services().clone();
    renew_papers(&mut services.delegations, (&named, items), until);
    Ok((after.with_services(services), touched))
}

/// The last ones of the papers of these sites for these items run until this day, or for ever.
fn renew_papers(
    papers: &mut [Delegation],
    (sites, items): (&[SiteId], &[ItemId]),
    until: Option<NaiveDate>,
) {
    let of = |paper: &Delegation| (paper.site, paper.item, paper.steps);
    let last = last_days(papers.iter().map(|paper| (of(paper), paper.until)));
    for paper in papers {
        let named = sites.contains(&paper.site) && items.contains(&paper.item);
        // One that another has followed stays as it was: only the last one runs on.
        if named && last.get(&of(paper)) == Some(&paper.until) {
            paper.until = later(paper.until, until);
        }
    }
}

/// The last day of all that has one key; none for ever.
fn last_days<K: Ord>(
    all: impl Iterator<Item = (K, Option<NaiveDate>)>,
) -> BTreeMap<K, Option<NaiveDate>> {
    let mut last = BTreeMap::new();
    for (key, until) in all {
        let latest = last.entry(key).or_insert(until);
        *latest = later(*latest, until);
    }
    last
}

/// The later of two last days; none for ever.
fn later(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.zip(other).map(|(one, other)| one.max(other))
}

pub(super) fn set_reach(
    study: &Study,
    ids: &[String],
    items: &[ItemId],
    reach: ItemReach,
) -> Changed {
    let named = find_all(study, ids)?;
    with_offers(study, named, items, |sites, offers| {
        let theirs = offers.iter_mut();
        theirs
            .filter(|offer| sites.contains(&offer.site))
            .for_each(|offer| offer.reach = Some(reach));
    })
}

/// Sites are open beside the hours that they have, those of sites that state none included.
pub(super) fn add_hours(study: &Study, ids: &[String], more: &OpenWeek) -> Changed {
    alter(study, ids, |site: &mut Site| {
        let before = study.time().map(|time| time.hours_of(site));
        // Where nobody asks for the time, sites that state no hours count as open at all.
        let hours = before.or(site.hours.as_deref());
        site.hours = hours.map(|hours| Arc::new(hours.with(more)));
    })
}

/// Sites have a helper or none; groups that need one can use them or not.
pub(super) fn set_helper(study: &Study, ids: &[String], has_helper: bool) -> Changed {
    let (after, touched) = alter(study, ids, |site: &mut Site| {
        site.properties = site.properties.with("helper", Some(has_helper));
    })?;
    let mut services = after.services().clone();
    for place in find_all(study, ids)? {
        admit(&mut services.groups, &services.sites[place], place);
    }
    Ok((after.with_services(services), touched))
}

/// Lets each group use a site if it can, and else no longer.
fn admit(groups: &mut [Group], site: &Site, place: SiteId) {
    for group in groups.iter_mut() {
        let can = can_use(group, site);
        if let Some(usable) = group.usable.as_mut().filter(|_| !can) {
            *usable = SiteSet::of(usable.iter().filter(|&other| other != place));
        }
    }
    allow(groups, site, place);
}

/// Sites have no papers any longer for what they no longer do.
fn without_papers(
    (after, touched): (Study, Touched),
    ids: &[String],
    items: &[ItemId],
) -> (Study, Touched) {
    let mut services = after.services().clone();
    let sites = &services.sites;
    services.delegations.retain(|paper| {
        let named = ids.contains(&sites[paper.site].id);
        !(named && items.contains(&paper.item))
    });
    (after.with_services(services), touched)
}

/// The study where sites offer some items otherwise.
fn with_offers(
    study: &Study,
    sites: Vec<SiteId>,
    items: &[ItemId],
    change: impl Fn(&[SiteId], &mut Vec<Offer>),
) -> Changed {
    check_items(study, items.iter().copied())?;
    // The classes of items are found anew: an offer less or more may part two that were alike.
    let catalogue = study.catalogue().clone().map_offers(|item, mut offers| {
        if items.contains(&item) {
            change(&sites, &mut offers);
        }
        offers
    });
    let services = Services {
        catalogue,
        ..study.services().clone()
    };
    Ok((study.with_services(services), altered(study, sites)))
}

fn altered(study: &Study, sites: Vec<SiteId>) -> Touched {
    let mut touched = Touched::nothing(study.sites(), study.network());
    touched.sites.alter(sites);
    touched
}

fn find(study: &Study, id: &str) -> Result<SiteId, ChangeError> {
    let missing = || ChangeError::NoSuchSite {
        site: id.to_owned(),
    };
    study.sites().find(id).ok_or_else(missing)
}

pub(super) fn find_all(study: &Study, ids: &[String]) -> Result<Vec<SiteId>, ChangeError> {
    ids.iter().map(|id| find(study, id)).collect()
}

fn check_items(study: &Study, mut named: impl Iterator<Item = ItemId>) -> Result<(), ChangeError> {
    let items = study.catalogue().len();
    match named.find(|item| item.index() >= items) {
        Some(item) => Err(ChangeError::NoSuchItem {
            item: item.index(),
            items,
        }),
        None => Ok(()),
    }
}

fn check_unit(study: &Study, site: &Site) -> Result<(), ChangeError> {
    let units = study.units().len();
    match site.unit.filter(|unit| unit.index() >= units) {
        Some(unit) => Err(ChangeError::NoSuchUnit {
            site: site.id.clone(),
            unit: unit.index(),
            units,
        }),
        None => Ok(()),
    }
}

fn check_place(at: Position) -> Result<(), ChangeError> {
    if at.is_on_globe() {
        Ok(())
    } else {
        Err(ChangeError::NoPlace { at })
    }
}

fn can_use(group: &Group, site: &Site) -> bool {
    let helped = !group.needs_helper || site.properties.get("helper") == Some(true);
    helped && !group.may_not_use.contains(&site.kind)
}

/// The services without this site.
fn without(services: Services, gone: SiteId) -> Services {
    let number = |site: SiteId| match site.cmp(&gone) {
        std::cmp::Ordering::Less => Some(site),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(SiteId::new(site.index() - 1)),
    };
    Services {
        sites: services.sites.changed(|list| {
            list.remove(gone.index());
        }),
        catalogue: renumbered_offers(services.catalogue, number),
        groups: renumbered_groups(services.groups, number),
        delegations: renumbered_papers(services.delegations, number),
    }
}

/// The services with one more site at this place, which offers nothing yet.
fn inserted(services: Services, site: &Site, place: SiteId) -> Services {
    let number = |other: SiteId| {
        // Who stands at the place or after it moves up by one.
        let shift = usize::from(other >= place);
        Some(SiteId::new(other.index() + shift))
    };
    Services {
        sites: services.sites.changed(|list| {
            list.insert(place.index(), site.clone());
        }),
        catalogue: renumbered_offers(services.catalogue, number),
        groups: renumbered_groups(services.groups, number),
        delegations: renumbered_papers(services.delegations, number),
    }
}

/// Papers follow the sites that are still there.
fn renumbered_papers(
    papers: Vec<Delegation>,
    number: impl Fn(SiteId) -> Option<SiteId>,
) -> Vec<Delegation> {
    let follow = |paper: Delegation| {
        let site = number(paper.site)?;
        Some(Delegation { site, ..paper })
    };
    papers.into_iter().filter_map(follow).collect()
}

/// Offers follow the sites that are still there.
fn renumbered_offers(catalogue: Catalogue, number: impl Fn(SiteId) -> Option<SiteId>) -> Catalogue {
    catalogue.map_offers(|_, mut offers| {
        offers.retain_mut(|offer| match number(offer.site) {
            Some(site) => {
                offer.site = site;
                true
            }
            None => false,
        });
        offers
    })
}

/// The sites that groups can use follow those that are still there.
fn renumbered_groups(
    mut groups: Vec<Group>,
    number: impl Fn(SiteId) -> Option<SiteId>,
) -> Vec<Group> {
    for usable in groups.iter_mut().filter_map(|group| group.usable.as_mut()) {
        *usable = SiteSet::of(usable.iter().filter_map(&number));
    }
    groups
}

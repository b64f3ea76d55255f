//! Changes to sites: who there is, where, when, and what they handle.
//!
//! A site that opens or closes numbers others anew. All that names sites by number, offers and the
//! sites that groups can use, follows here.

use super::error::ChangeError;
use super::touched::Touched;
use crate::ids::{ItemId, SiteId};
use crate::model::catalogue::{Catalogue, Offer};
use crate::model::change::{NewOffer, NewSite};
use crate::model::group::Group;
use crate::model::site_set::SiteSet;
use crate::model::sites::Site;
use crate::model::step::Steps;
use crate::model::study::{Services, Study};
use crate::plane::Position;

type Changed = Result<(Study, Touched), ChangeError>;

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
        offers.extend(of_item.map(|offer| offer_of(site, offer)));
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
    with_offers(study, named, items, |sites, offers| {
        offers.retain(|offer| !sites.contains(&offer.site));
    })
}

/// The study where sites offer some items otherwise.
fn with_offers(
    study: &Study,
    sites: Vec<SiteId>,
    items: &[ItemId],
    change: impl Fn(&[SiteId], &mut Vec<Offer>),
) -> Changed {
    check_items(study, items.iter().copied())?;
    let catalogue = study.catalogue().clone().map_offers(|item, mut offers| {
        if items.contains(&item) {
            change(&sites, &mut offers);
        }
        offers
    });
    let services = Services {
        sites: study.sites().clone(),
        groups: study.services().groups.clone(),
        catalogue,
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

fn find_all(study: &Study, ids: &[String]) -> Result<Vec<SiteId>, ChangeError> {
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

const fn offer_of(site: SiteId, offer: &NewOffer) -> Offer {
    Offer {
        site,
        steps: offer.steps,
        reach: offer.reach,
        from: offer.from,
        until: offer.until,
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
    }
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

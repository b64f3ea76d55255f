//! Changes to sites: who there is, where, when, and what they handle.
//!
//! Sites are numbered in the order of their written ids, so one more or one less numbers others
//! anew. All that names sites by number, offers and the sites that groups can use, follows here.

use super::super::study::Services;
use super::super::{Catalogue, Group, Offer, Site, SiteSet, Sites, Steps};
use super::{NewOffer, NewSite};
use crate::ids::{ItemId, SiteId};

pub(super) fn opened(services: Services, new: &NewSite) -> Services {
    let services = closed(services, &new.site.id);
    let mut sites: Vec<Site> = services
        .sites
        .iter()
        .map(|(_, site)| site.clone())
        .collect();
    sites.push(new.site.clone());
    let mut services = renumbered(services, Sites::new(sites));
    let Some(id) = services.sites.find(&new.site.id) else {
        return services;
    };
    let of = |item| {
        new.offers
            .iter()
            .filter(move |offer| offer.item == item)
            .map(move |offer| offer_of(id, offer))
    };
    services.catalogue = with_offers(services.catalogue, |item, offers| offers.extend(of(item)));
    let usable = services
        .groups
        .iter_mut()
        .filter(|group| can_use(group, &new.site));
    usable
        .filter_map(|group| group.usable.as_mut())
        .for_each(|usable| usable.insert(id));
    services
}

pub(super) fn closed(services: Services, id: &str) -> Services {
    if services.sites.find(id).is_none() {
        return services;
    }
    let others = services.sites.iter().filter(|(_, site)| site.id != id);
    let sites = Sites::new(others.map(|(_, site)| site.clone()).collect());
    renumbered(services, sites)
}

/// The study with something changed about some of its sites, but not their ids.
pub(super) fn each(services: Services, ids: &[String], change: impl Fn(&mut Site)) -> Services {
    let mut sites: Vec<Site> = services
        .sites
        .iter()
        .map(|(_, site)| site.clone())
        .collect();
    sites
        .iter_mut()
        .filter(|site| ids.contains(&site.id))
        .for_each(change);
    Services {
        sites: Sites::new(sites),
        ..services
    }
}

pub(super) fn offering(
    services: Services,
    ids: &[String],
    items: &[ItemId],
    steps: Steps,
) -> Services {
    let sites: Vec<SiteId> = ids
        .iter()
        .filter_map(|id| services.sites.find(id))
        .collect();
    let more = |&site: &SiteId| Offer {
        steps,
        ..Offer::whole(site)
    };
    let catalogue = with_offers(services.catalogue, |item, offers| {
        offers.extend(sites.iter().filter(|_| items.contains(&item)).map(more));
    });
    Services {
        catalogue,
        ..services
    }
}

pub(super) fn withdrawn(services: Services, ids: &[String], items: &[ItemId]) -> Services {
    let sites: Vec<SiteId> = ids
        .iter()
        .filter_map(|id| services.sites.find(id))
        .collect();
    let catalogue = with_offers(services.catalogue, |item, offers| {
        offers.retain(|offer| !(items.contains(&item) && sites.contains(&offer.site)));
    });
    Services {
        catalogue,
        ..services
    }
}

fn offer_of(site: SiteId, offer: &NewOffer) -> Offer {
    Offer {
        site,
        steps: offer.steps,
        from: offer.from,
        until: offer.until,
    }
}

fn can_use(group: &Group, site: &Site) -> bool {
    let helped = !group.needs_helper || site.properties.get("helper") == Some(true);
    helped && !group.may_not_use.contains(&site.kind)
}

/// The catalogue with other offers; items keep their ids.
fn with_offers(catalogue: Catalogue, mut change: impl FnMut(ItemId, &mut Vec<Offer>)) -> Catalogue {
    catalogue.map_offers(|item, mut offers| {
        change(item, &mut offers);
        offers
    })
}

/// The study with other sites: offers and groups follow the sites that are still there.
fn renumbered(services: Services, sites: Sites) -> Services {
    let new: Vec<Option<SiteId>> = services
        .sites
        .iter()
        .map(|(_, site)| sites.find(&site.id))
        .collect();
    let moved = |offer: Offer| {
        Some(Offer {
            site: new[offer.site.index()]?,
            ..offer
        })
    };
    let catalogue = services
        .catalogue
        .map_offers(|_, offers| offers.into_iter().filter_map(moved).collect());
    let mut groups = services.groups;
    for usable in groups.iter_mut().filter_map(|group| group.usable.as_mut()) {
        *usable = SiteSet::of(
            usable
                .iter()
                .filter_map(|site| new.get(site.index()).copied().flatten()),
        );
    }
    Services {
        sites,
        catalogue,
        groups,
    }
}

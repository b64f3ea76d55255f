//! Changes to sites: who there is, where, when, and what they handle.
//!
//! Sites are numbered in the order of their written ids, so one more or one less numbers others
//! anew. All that names sites by number, offers and the sites that groups can use, follows here.

use super::super::{Catalogue, Group, Offer, Site, SiteSet, Sites, Steps, StudyParts};
use super::{NewOffer, NewSite};
use crate::ids::{ItemId, SiteId};

pub(super) fn opened(parts: StudyParts, new: &NewSite) -> StudyParts {
    let parts = closed(parts, &new.site.id);
    let mut sites: Vec<Site> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
    sites.push(new.site.clone());
    let mut parts = renumbered(parts, Sites::new(sites));
    let Some(id) = parts.sites.find(&new.site.id) else { return parts };
    let of = |item| new.offers.iter().filter(move |offer| offer.item == item).map(move |offer| offer_of(id, offer));
    parts.catalogue = with_offers(parts.catalogue, |item, offers| offers.extend(of(item)));
    let usable = parts.groups.iter_mut().filter(|group| can_use(group, &new.site));
    usable.filter_map(|group| group.usable.as_mut()).for_each(|usable| usable.insert(id));
    parts
}

pub(super) fn closed(parts: StudyParts, id: &str) -> StudyParts {
    if parts.sites.find(id).is_none() {
        return parts;
    }
    let others = parts.sites.iter().filter(|(_, site)| site.id != id);
    let sites = Sites::new(others.map(|(_, site)| site.clone()).collect());
    renumbered(parts, sites)
}

/// The study with something changed about some of its sites, but not their ids.
pub(super) fn each(parts: StudyParts, ids: &[String], change: impl Fn(&mut Site)) -> StudyParts {
    let mut sites: Vec<Site> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
    sites.iter_mut().filter(|site| ids.contains(&site.id)).for_each(change);
    StudyParts { sites: Sites::new(sites), ..parts }
}

pub(super) fn offering(parts: StudyParts, ids: &[String], items: &[ItemId], steps: Steps) -> StudyParts {
    let sites: Vec<SiteId> = ids.iter().filter_map(|id| parts.sites.find(id)).collect();
    let more = |&site: &SiteId| Offer { steps, ..Offer::whole(site) };
    let catalogue = with_offers(parts.catalogue, |item, offers| {
        offers.extend(sites.iter().filter(|_| items.contains(&item)).map(more));
    });
    StudyParts { catalogue, ..parts }
}

pub(super) fn withdrawn(parts: StudyParts, ids: &[String], items: &[ItemId]) -> StudyParts {
    let sites: Vec<SiteId> = ids.iter().filter_map(|id| parts.sites.find(id)).collect();
    let catalogue = with_offers(parts.catalogue, |item, offers| {
        offers.retain(|offer| !(items.contains(&item) && sites.contains(&offer.site)));
    });
    StudyParts { catalogue, ..parts }
}

fn offer_of(site: SiteId, offer: &NewOffer) -> Offer {
    Offer { site, steps: offer.steps, from: offer.from, until: offer.until }
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
fn renumbered(parts: StudyParts, sites: Sites) -> StudyParts {
    let new: Vec<Option<SiteId>> = parts.sites.iter().map(|(_, site)| sites.find(&site.id)).collect();
    let moved = |offer: Offer| Some(Offer { site: new[offer.site.index()]?, ..offer });
    let catalogue = parts.catalogue.map_offers(|_, offers| offers.into_iter().filter_map(moved).collect());
    let mut groups = parts.groups;
    for usable in groups.iter_mut().filter_map(|group| group.usable.as_mut()) {
        *usable = SiteSet::of(usable.iter().filter_map(|site| new.get(site.index()).copied().flatten()));
    }
    StudyParts { sites, catalogue, groups, ..parts }
}

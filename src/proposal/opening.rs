//! What opens at a place.

use super::place::Place;
use crate::ids::{ItemId, SiteId};
use crate::model::{Change, NewOffer, NewSite, Properties, Site, Study};

/// What a new site is and handles; the same at every place.
///
/// ```
/// use walkshed::draw;
/// use walkshed::proposal::Opens;
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// // Another like s, or a kiosk that does the one service.
/// let alike = Opens::Like(town.sites().find("s").unwrap());
/// let kiosk = Opens::Handling {
///     kind: "kiosk".to_owned(),
///     items: town.catalogue().find("service").into_iter().collect(),
/// };
/// assert_ne!(alike, kiosk);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// As this site: its kind, its hours, its yes/no properties, and what it handles.
    Like(SiteId),
    /// A site of this kind that handles these items wholly, with no stated hours.
    Handling {
        /// Its kind; may be empty.
        kind: String,
        /// The items.
        items: Vec<ItemId>,
    },
}

/// The change that opens a site at a place: what reading the [`[[change]]`](crate::model::Change) table of
/// `plan.toml` makes, too.
pub(crate) fn opening(study: &Study, opens: &Opens, place: &Place) -> Change {
    let bare = Site {
        unit: place.unit,
        ..Site::at(&place.id, place.at)
    };
    let (site, offers) = match opens {
        Opens::Like(model) => {
            let of = &study.sites()[*model];
            let site = Site {
                kind: of.kind.clone(),
                hours: of.hours.clone(),
                properties: of.properties.clone(),
                ..bare
            };
            (site, offers_at(study, *model))
        }
        Opens::Handling { kind, items } => {
            let site = Site {
                kind: kind.clone(),
                properties: unknown(study),
                ..bare
            };
            (site, items.iter().copied().map(NewOffer::whole).collect())
        }
    };
    Change::OpenSite(Box::new(NewSite { site, offers }))
}

/// The columns of yes/no properties that sites have, of which nothing is known.
fn unknown(study: &Study) -> Properties {
    let any = study.sites().iter().next();
    any.map_or_else(Properties::default, |(_, site)| site.properties.unknown())
}

/// All that a site offers.
fn offers_at(study: &Study, site: SiteId) -> Vec<NewOffer> {
    let catalogue = study.catalogue();
    let mut offers = Vec::new();
    for (item, _) in catalogue.iter() {
        let here = catalogue.offers(item).iter();
        let of_site = here.filter(|offer| offer.site == site);
        offers.extend(of_site.map(|offer| NewOffer::like(item, offer)));
    }
    offers
}

//! What each site handles: the list that it publishes.

use chrono::NaiveDate;

use super::way::{Way, way_of};
use crate::ids::{ItemId, SiteId};
use crate::model::{Offer, Sites, Study};

/// A site handles an item, or steps of it: one row of the list that it publishes.
#[doc(alias = "服务事项清单")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteItem {
    /// The item.
    pub item: ItemId,
    /// The site, with the steps that it does, from when until when and for whom.
    pub offer: Offer,
    /// By which way the site serves.
    pub way: Way,
    /// Whether it holds on the target's day; none where it has a first or a last day and the target
    /// none.
    pub valid: Option<bool>,
}

/// What each site handles that is there on the target's day, terminals and helpers too; without a
/// day, what all of them handle. By site, then by item, each in the order of the study. Items that
/// nobody asks for are in it.
///
/// O(offers · log offers).
///
/// ```
/// use walkshed::assess::register::{Way, site_items};
/// use walkshed::draw;
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let rows = site_items(&study);
/// assert_eq!(
///     (rows[0].way, rows[0].offer.steps.to_string().as_str()),
///     (Way::Window { helped: false }, "accept+first-review+review+decide+issue")
/// );
/// ```
#[must_use]
pub fn site_items(study: &Study) -> Vec<SiteItem> {
    let catalogue = study.catalogue();
    let day = study.target().date;
    let mut rows = Vec::new();
    for (item, _) in catalogue.iter() {
        for &offer in catalogue.offers(item) {
            if is_there(study.sites(), offer.site, day) {
                rows.push(SiteItem {
                    item,
                    offer,
                    way: way_of(study, &study.sites()[offer.site]),
                    valid: valid(&offer, day),
                });
            }
        }
    }
    // Offers stand by item; the list is read by site.
    rows.sort_by_key(|row| (row.offer.site, row.item, row.offer));
    rows
}

/// Whether a site is there on a day; without one, it is.
pub(super) fn is_there(sites: &Sites, site: SiteId, day: Option<NaiveDate>) -> bool {
    day.is_none_or(|day| sites[site].exists_on(day))
}

fn valid(offer: &Offer, day: Option<NaiveDate>) -> Option<bool> {
    let always = offer.from.is_none() && offer.until.is_none();
    (always || day.is_some()).then(|| offer.holds_on(day))
}

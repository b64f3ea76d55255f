//! Puts together items, offers, and what the sites say of themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{nearest, proposal};
use super::offers::{OfferRow, Terms, Who};
use super::sites::SiteRow;
use crate::ids::SiteId;
use crate::model::{Catalogue, Item, Memory, Offer, Severity, Sites};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// What the catalogue is put together from.
pub(crate) struct Sources<'a> {
    /// The items table, when there is one.
    pub items: Option<Vec<Item>>,
    pub offers: &'a [OfferRow],
    pub site_rows: &'a [SiteRow],
    pub sites: &'a Sites,
}

/// Puts together items, offers and what the sites say of themselves.
///
/// A site whose own row lists items handles those, and what offers name it for; any other handles
/// what offers name it or its kind for. Without items anywhere, every site handles the one
/// implicit item.
///
/// # Errors
/// When an offer or a site names an item, a site or a kind that does not exist, or the offers of
/// kinds stand for more offers of sites than the memory holds.
pub(crate) fn catalogue(
    sources: &Sources<'_>,
    sites_door: &mut Door<'_>,
    offers_file: &str,
    memory: Memory,
) -> Result<Catalogue, ReadError> {
    let known: Option<BTreeSet<&str>> = sources
        .items
        .as_ref()
        .map(|items| items.iter().map(|item| item.id.as_str()).collect());
    let mut handlers = Handlers {
        by_item: BTreeMap::new(),
        by_kind: by_kind(sources),
        kinds_nowhere: BTreeSet::new(),
        known,
        room: memory.room_for(BYTES_AN_OFFER),
    };
    handlers.add_sites(sources, sites_door)?;
    sites_door.stopped.check()?;
    // What is wrong with an offer is wrong in the offers' file, not in the sites'.
    let mut door = Door {
        file: offers_file.to_owned(),
        on_bad: sites_door.on_bad,
        findings: sites_door.findings,
        stopped: sites_door.stopped,
    };
    for offer in sources.offers {
        handlers.make_room(offer, memory, &door)?;
        if let Err(bad) = handlers.add_offer(offer, sources, &mut door) {
            door.reject(bad)?;
        }
    }
    handlers.catalogue(sources, &mut door)
}

/// For each kind its sites that list no items of their own. A kind all of whose sites do is known
/// all the same, with none. O(sites log sites).
pub(super) fn by_kind<'a>(sources: &Sources<'a>) -> BTreeMap<&'a str, Vec<SiteId>> {
    let mut by_kind: BTreeMap<&str, Vec<SiteId>> = BTreeMap::new();
    for row in sources.site_rows {
        let sites = by_kind.entry(row.site.kind.as_str()).or_default();
        sites.extend(
            sources
                .sites
                .find(&row.site.id)
                .filter(|_| row.items.is_none()),
        );
    }
    by_kind
}

/// What an offer of one site takes while the catalogue is put together.
const BYTES_AN_OFFER: u64 = 64;

struct Handlers<'a> {
    by_item: BTreeMap<String, Vec<Offer>>,
    /// For each kind, its sites that do not list items of their own.
    by_kind: BTreeMap<&'a str, Vec<SiteId>>,
    /// Kinds that offers name and no site has, said once each.
    kinds_nowhere: BTreeSet<String>,
    known: Option<BTreeSet<&'a str>>,
    /// How many more offers of one site there is room for.
    room: u64,
}

impl Handlers<'_> {
    /// Takes in what the sites' own rows list: each of these items is handled wholly.
    fn add_sites(&mut self, sources: &Sources<'_>, door: &mut Door<'_>) -> Result<(), ReadError> {
        for row in sources.site_rows {
            let site = sources.sites.find(&row.site.id);
            for item in row.items.iter().flatten() {
                let whole = site.map(Offer::whole);
                if let Err(bad) = self.add(item, whole, (row.place, "items"), door) {
                    door.reject(bad)?;
                }
            }
        }
        Ok(())
    }

    /// Whether there is room for a row: one that names a kind is an offer of each of its sites.
    fn make_room(
        &mut self,
        offer: &OfferRow,
        memory: Memory,
        door: &Door<'_>,
    ) -> Result<(), ReadError> {
        // A kind of a thousand sites makes a thousand offers of one short row.
        let sites = match &offer.who {
            Who::Site(_) => 1,
            Who::Kind(kind) => self.by_kind.get(kind.as_str()).map_or(0, Vec::len) as u64,
        };
        if let Some(room) = self.room.checked_sub(sites) {
            self.room = room;
            return Ok(());
        }
        Err(ReadError::TooLarge(Box::new(BadInput {
            code: "too-large",
            file: door.file.clone(),
            place: offer.place,
            expected: text!(
                TooManyOffers,
                most = memory.room_for(BYTES_AN_OFFER),
                mb = memory.mb(),
            ),
            remedy: text!(LeaveOutItems),
            ..BadInput::default()
        })))
    }

    fn add(
        &mut self,
        item: &str,
        offers: impl IntoIterator<Item = Offer>,
        (place, column): (Place, &str),
        door: &Door<'_>,
    ) -> Result<(), BadInput> {
        self.check_item(item, (place, column), door)?;
        self.by_item
            .entry(item.to_owned())
            .or_default()
            .extend(offers);
        Ok(())
    }

    fn check_item(
        &self,
        item: &str,
        (place, column): (Place, &str),
        door: &Door<'_>,
    ) -> Result<(), BadInput> {
        let Some(known) = self.known.as_ref().filter(|known| !known.contains(item)) else {
            return Ok(());
        };
        let ids: Vec<&str> = known.iter().copied().collect();
        Err(unknown(door, place, column, item, text!(ItemOfTable), &ids))
    }

    /// Takes in a row of offers: one offer of its site, or one of each site of its kind.
    fn add_offer(
        &mut self,
        offer: &OfferRow,
        sources: &Sources<'_>,
        door: &mut Door<'_>,
    ) -> Result<(), BadInput> {
        self.check_item(&offer.item, (offer.place, "item"), door)?;
        let sites: Vec<SiteId> = match &offer.who {
            Who::Site(id) => {
                let Some(site) = sources.sites.find(id) else {
                    let ids: Vec<&str> = sources
                        .sites
                        .iter()
                        .map(|(_, site)| site.id.as_str())
                        .collect();
                    return Err(unknown(
                        door,
                        offer.place,
                        "site",
                        id,
                        text!(SiteOfFile),
                        &ids,
                    ));
                };
                vec![site]
            }
            // A kind whose sites all list their own items is there, and gets nothing.
            Who::Kind(kind) => match self.by_kind.get(kind.as_str()) {
                Some(sites) => sites.clone(),
                None => return self.kind_nowhere(kind, offer.place, door),
            },
        };
        let Terms {
            steps,
            reach,
            from,
            until,
        } = offer.terms;
        let offers = sites.into_iter().map(|site| Offer {
            site,
            steps,
            reach,
            from,
            until,
        });
        self.add(&offer.item, offers, (offer.place, "item"), door)
    }

    /// A kind that no site has is a slip of the pen when it is near to one that some site has, and
    /// else a kind that this place does without.
    fn kind_nowhere(
        &mut self,
        kind: &str,
        place: Place,
        door: &mut Door<'_>,
    ) -> Result<(), BadInput> {
        let kinds: Vec<&str> = self.by_kind.keys().copied().collect();
        if !nearest(kind, &kinds).is_empty() {
            return Err(unknown(
                door,
                place,
                "kind",
                kind,
                text!(KindOfSites),
                &kinds,
            ));
        }
        if self.kinds_nowhere.insert(kind.to_owned()) {
            let message = text!(KindNowhere, kind = plain(kind));
            door.say(Severity::Suspicious, "kind-nowhere", place, kind, message);
        }
        Ok(())
    }

    fn catalogue(
        mut self,
        sources: &Sources<'_>,
        door: &mut Door<'_>,
    ) -> Result<Catalogue, ReadError> {
        // Without a table the items are those that somebody names; where nobody names any, the
        // implicit one.
        let Some(items) = &sources.items else {
            if self.by_item.is_empty() {
                return Ok(Catalogue::implicit(sources.sites.len()));
            }
            let named = self
                .by_item
                .into_iter()
                .map(|(id, offers)| (Item::plain(&id), offers));
            return Ok(Catalogue::sorted(named.collect()));
        };
        // Items that nobody handles would make every cell uncovered, for want of a file.
        if self.by_item.is_empty() {
            let remedy = if sources.offers.is_empty() {
                text!(AddOffers)
            } else {
                text!(NameOfferers)
            };
            return Err(BadInput {
                code: "no-offers",
                file: door.file.clone(),
                expected: text!(ItemsWithoutOffers, items = items.len()),
                remedy,
                ..BadInput::default()
            }
            .into());
        }
        let with_handlers = items.iter().map(|item| {
            let offers = self.by_item.remove(&item.id).unwrap_or_default();
            (item.clone(), offers)
        });
        Ok(Catalogue::sorted(with_handlers.collect()))
    }
}

fn unknown(
    door: &Door<'_>,
    place: Place,
    column: &str,
    found: &str,
    expected: Text,
    known: &[&str],
) -> BadInput {
    let remedy = proposal(found, known, text!(CheckSpelling));
    door.bad("unknown-name", place, column, found, expected, remedy)
}

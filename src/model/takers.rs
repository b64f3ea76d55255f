//! Which site can take which item, as the plan has it: 可放、能放、能接.

use std::collections::HashSet;

use super::item::ItemReach;
use super::kinds::is_meant;
use super::study::Study;
use crate::ids::{ItemId, SiteId};

/// Which site can take which item over.
///
/// The item must be one that may go there, and the site one that can take it:
///
/// * Where the item says to which kinds or levels it may go ([`Item::may_go_to`](super::Item::may_go_to)),
///   the site's kind must be among them.
/// * Where the study says what the kind takes ([`Kind::takes`](super::Kind::takes)), the item must be
///   among it.
/// * Where neither says anything, kinds can take it that do a step of some item of own-unit reach with
///   a clerk already: never terminals and kiosks, nor banks, post or telecom outlets. Where no such
///   kind does an item of own-unit reach, a step of any item will do.
///
/// ```
/// use walkshed::{draw, ids::ItemId, model::{Kind, Kinds, Site, Takers, Takes}};
/// let study = draw::town("A-s-t-u-B", 100.0, "stu");
/// let study = study.with(|parts| {
///     let kinds = ["village-station", "bank", "police"];
///     let sites = std::mem::take(&mut parts.sites);
///     let named = sites.iter().zip(kinds).map(|((_, site), kind)| Site { kind: kind.to_owned(), ..site.clone() });
///     parts.sites = named.collect();
///     let police = Kind { name: "police".to_owned(), takes: Some(Takes::None), ..Kind::default() };
///     parts.kinds = Kinds::new(vec![police]);
/// }).unwrap();
/// let takers = Takers::of(&study);
/// let can: Vec<bool> = study.sites().iter().map(|(site, _)| takers.can_take(site, ItemId::new(0))).collect();
/// assert_eq!(can, [true, false, false]);
/// ```
#[doc(alias = "可放能放能接")]
#[derive(Debug, Clone)]
pub struct Takers<'s> {
    study: &'s Study,
    /// The kinds that can take what nobody says anything of.
    with_clerk: HashSet<&'s str>,
}

impl<'s> Takers<'s> {
    /// O(offers).
    #[must_use]
    pub fn of(study: &'s Study) -> Self {
        let mut with_clerk = clerks(study, |reach| reach == ItemReach::OwnUnit);
        // Where nobody does an item of own-unit reach, whoever does any is a clerk.
        if with_clerk.is_empty() {
            with_clerk = clerks(study, |_| true);
        }
        Self { study, with_clerk }
    }

    /// Whether a site can take an item. O(kinds + items that its kind takes).
    #[must_use]
    pub fn can_take(&self, site: SiteId, item: ItemId) -> bool {
        self.kind_can_take(&self.study.sites()[site].kind, item)
    }

    /// Whether nothing is said against a site going on with an item that it has done.
    #[must_use]
    pub fn may_keep(&self, site: SiteId, item: ItemId) -> bool {
        self.kind_may_keep(&self.study.sites()[site].kind, item)
    }

    /// Whether sites of a kind can take an item. O(kinds + items that the kind takes).
    #[must_use]
    pub fn kind_can_take(&self, kind: &str, item: ItemId) -> bool {
        let may_go_to = self.study.catalogue()[item].may_go_to.as_ref();
        let is_stated = may_go_to.is_some() || self.study.kinds().takes(kind).is_some();
        self.kind_may_keep(kind, item) && (is_stated || self.with_clerk.contains(kind))
    }

    /// Whether nothing is said against sites of a kind doing an item that they have done before.
    /// O(kinds + items that the kind takes).
    #[must_use]
    pub fn kind_may_keep(&self, kind: &str, item: ItemId) -> bool {
        let may_go_to = self.study.catalogue()[item].may_go_to.as_ref();
        let takes = self.study.kinds().takes(kind);
        let may_go = |words: &Vec<String>| words.iter().any(|word| is_meant(kind, word));
        may_go_to.is_none_or(may_go) && takes.is_none_or(|takes| takes.includes(item))
    }
}

/// The kinds that do a step of some item of such a reach, but for those without a clerk of an office.
fn clerks(study: &Study, asked: impl Fn(ItemReach) -> bool) -> HashSet<&str> {
    let classes = study.catalogue().classes().iter();
    // Items that are handled alike share their offers, which are looked at once.
    let of_reach = classes.filter(|class| asked(class.reach));
    let offers = of_reach.flat_map(|class| &class.offers);
    let mut kinds: HashSet<&str> = offers
        .filter(|offer| !offer.steps.is_empty())
        .map(|offer| study.sites()[offer.site].kind.as_str())
        .collect();
    kinds.retain(|kind| study.kinds().has_clerk(kind));
    kinds
}

impl Study {
    /// Whether a site can take an item over: see [`Takers`], which answers for many in less time.
    /// O(offers).
    #[must_use]
    pub fn can_take(&self, site: SiteId, item: ItemId) -> bool {
        Takers::of(self).can_take(site, item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::model::{Catalogue, Item, Kind, Kinds, Offer, Site, Takes};

    const KINDS: [&str; 5] = ["village-station", "county-hall", "bank", "kiosk", "library"];

    /// Sites of these kinds; `cert` is of own-unit reach and done at station, bank and kiosk, `pass`
    /// at the library.
    fn study(cert: Item, kinds: Vec<Kind>) -> Study {
        let town = draw::town("A-a-b-c-d-e-B", 100.0, "abcde");
        town.with(|parts| {
            let sites = std::mem::take(&mut parts.sites);
            let named = sites.iter().zip(KINDS).map(|((_, site), kind)| Site {
                kind: kind.to_owned(),
                ..site.clone()
            });
            parts.sites = named.collect();
            let at = |sites: &[usize]| {
                let ids = sites.iter().copied().map(SiteId::new);
                ids.map(Offer::whole).collect()
            };
            parts.catalogue = Catalogue::new(vec![
                (cert, at(&[0, 2, 3])),
                (Item::plain("pass"), at(&[4])),
            ]);
            parts.kinds = Kinds::new(kinds);
        })
        .expect("a study")
    }

    fn cert() -> Item {
        Item {
            reach: ItemReach::OwnUnit,
            ..Item::plain("cert")
        }
    }

    fn takers(study: &Study, item: usize) -> Vec<&str> {
        let can = |site: &usize| study.can_take(SiteId::new(*site), ItemId::new(item));
        (0..KINDS.len())
            .filter(can)
            .map(|site| KINDS[site])
            .collect()
    }

    #[test]
    fn without_a_word_kinds_with_a_clerk_take_more() {
        let study = study(cert(), Vec::new());
        assert_eq!(takers(&study, 0), ["village-station"]);
        assert_eq!(takers(&study, 1), ["village-station"]);
    }

    #[test]
    fn without_items_of_own_unit_reach_any_clerk_will_do() {
        let study = study(Item::plain("cert"), Vec::new());
        assert_eq!(takers(&study, 0), ["village-station", "library"]);
    }

    #[test]
    fn an_item_goes_where_it_may() {
        let item = Item {
            may_go_to: Some(["村", "bank"].map(str::to_owned).to_vec()),
            ..cert()
        };
        let study = study(item, Vec::new());
        assert_eq!(takers(&study, 0), ["village-station", "bank"]);
        assert_eq!(takers(&study, 1), ["village-station"]);
    }

    #[test]
    fn an_item_that_may_go_nowhere_stays() {
        let item = Item {
            may_go_to: Some(Vec::new()),
            ..cert()
        };
        assert!(takers(&study(item, Vec::new()), 0).is_empty());
    }

    #[test]
    fn a_kind_takes_what_the_study_says() {
        let kind = |name: &str, takes| Kind {
            name: name.to_owned(),
            takes: Some(takes),
            ..Kind::default()
        };
        let said = vec![
            kind("village-station", Takes::Items(vec![ItemId::new(1)])),
            kind("county-hall", Takes::All),
            kind("library", Takes::None),
        ];
        let study = study(cert(), said);
        assert_eq!(takers(&study, 0), ["county-hall"]);
        assert_eq!(takers(&study, 1), ["village-station", "county-hall"]);
    }

    #[test]
    fn an_item_and_a_kind_must_both_agree() {
        let item = Item {
            may_go_to: Some(vec!["village".to_owned(), "县".to_owned()]),
            ..cert()
        };
        let none = Kind {
            name: "county-hall".to_owned(),
            takes: Some(Takes::None),
            ..Kind::default()
        };
        assert_eq!(takers(&study(item, vec![none]), 0), ["village-station"]);
    }

    #[test]
    fn a_kiosk_with_a_clerk_is_no_kiosk() {
        let manned = Kind {
            name: "kiosk".to_owned(),
            self_service: Some(false),
            ..Kind::default()
        };
        assert_eq!(
            takers(&study(cert(), vec![manned]), 0),
            ["village-station", "kiosk"]
        );
    }
}

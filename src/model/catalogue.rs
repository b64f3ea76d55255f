//! The catalogue: which service items there are, and which sites handle them, how deep and since when.

use chrono::NaiveDate;

use super::item::{Audience, Item, ItemReach};
use super::order::Order;
use super::step::Steps;
use crate::ids::{ItemId, SiteId};

/// A site handles an item, or some steps of it.
///
/// ```
/// use chrono::NaiveDate;
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Offer, Steps};
/// // The station takes in papers in 2024 alone.
/// let [first, last] = [(1, 1), (12, 31)].map(|(month, day)| NaiveDate::from_ymd_opt(2024, month, day));
/// let offer = Offer { steps: Steps::USUAL, from: first, until: last, ..Offer::whole(SiteId::new(0)) };
/// let next_year = last.and_then(|day| day.succ_opt());
/// assert_eq!([first, last, next_year].map(|day| offer.holds_on(day)), [true, true, false]);
/// ```
#[doc(alias = "进驻")]
#[doc(alias = "下沉")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offer {
    /// The site.
    pub site: SiteId,
    /// The steps that it does.
    pub steps: Steps,
    /// Whom it does them for; none for whom the item is done for. A cross-area window serves
    /// everybody though the item is for one's own unit.
    pub reach: Option<ItemReach>,
    /// The first day; none for always.
    pub from: Option<NaiveDate>,
    /// The last day; none for ever.
    pub until: Option<NaiveDate>,
}

impl Offer {
    /// The site handles the whole item, always.
    #[must_use]
    pub const fn whole(site: SiteId) -> Self {
        Self {
            site,
            steps: Steps::WHOLE,
            reach: None,
            from: None,
            until: None,
        }
    }

    /// Whether it holds on a day; without a day, whenever it holds at all.
    #[must_use]
    pub fn holds_on(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| {
            self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
        })
    }
}

impl Offer {
    /// Whether it has run out by a day, and would hold then once it is renewed, among all offers of the
    /// item in their order. Only the last of several terms for the same steps is renewed: where a later
    /// one is to come, the gap before it stays. O(log n + terms).
    ///
    /// ```
    /// use walkshed::ids::SiteId;
    /// use walkshed::model::Offer;
    /// let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1);
    /// let term = |from, until| Offer { from: day(from), until: day(until), ..Offer::whole(SiteId::new(0)) };
    /// let [first, second] = [term(2021, 2022), term(2025, 2026)];
    /// assert!(first.is_renewable(day(2024), &[first]));
    /// assert!(!first.is_renewable(day(2022), &[first]), "it still holds");
    /// assert!(!first.is_renewable(day(2024), &[first, second]), "another is to come");
    /// assert!(second.is_renewable(day(2027), &[first, second]));
    /// ```
    #[must_use]
    pub fn is_renewable(&self, day: Option<NaiveDate>, offers: &[Self]) -> bool {
        let Some((day, until)) = day.zip(self.until) else {
            return false;
        };
        let key = (self.site, self.steps);
        let first = offers.partition_point(|other| (other.site, other.steps) < key);
        // Offers are sorted by site, then by steps: terms of the same steps stand together.
        let mut terms = offers[first..]
            .iter()
            .take_while(|other| (other.site, other.steps) == key);
        let has_begun = self.from.is_none_or(|from| from <= day);
        let is_last = |other: &Self| other.until.is_some_and(|other| other <= until);
        until < day && has_begun && terms.all(is_last)
    }
}

/// How items are handled; items that are handled alike are of one class and share their verdicts.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Catalogue, Item, Offer};
/// let hall = Offer::whole(SiteId::new(0));
/// let items = ["birth", "marriage"].map(|id| (Item::plain(id), vec![hall]));
/// let catalogue = Catalogue::new(items.into());
/// // The hall handles both alike, so they are one class.
/// assert_eq!(catalogue.classes().len(), 1);
/// assert_eq!(catalogue.classes()[0].offers, [hall]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handling {
    /// Whom it concerns: items of one class are asked of the same people.
    pub audience: Audience,
    /// The steps that need a visit from whoever does not go online.
    pub visits: Steps,
    /// Those of them that need none from whoever goes online, on a computer.
    pub online: Steps,
    /// Those that need none on a mobile phone.
    pub mobile: Steps,
    /// Where a person may have it handled, where an offer does not say.
    pub reach: ItemReach,
    /// Who handles it, by site.
    pub offers: Vec<Offer>,
}

/// All items in the order in which they were given, and who handles what; `read` gives the items in
/// the order of their ids.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Catalogue, Item, Offer};
/// let [hall, station] = [0, 1].map(|site| Offer::whole(SiteId::new(site)));
/// let catalogue = Catalogue::new(vec![
///     (Item::plain("permit"), vec![hall]),
///     (Item::plain("birth"), vec![hall, station]),
/// ]);
/// let birth = catalogue.find("birth").unwrap();
/// assert_eq!((birth.index(), catalogue.offers(birth)), (1, &[hall, station][..]));
/// ```
#[doc(alias = "事项目录")]
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    items: Vec<Item>,
    by_id: Order,
    implicit: bool,
    classes: Vec<Handling>,
    class_of: Vec<u32>,
}

impl Catalogue {
    /// The catalogue of these items, in this order, each with its offers. O(n log n) in the offers.
    #[must_use]
    pub fn new(items: Vec<(Item, Vec<Offer>)>) -> Self {
        let (items, handled): (Vec<Item>, Vec<Handling>) = items
            .into_iter()
            .map(|(item, offers)| handling(item, offers))
            .unzip();
        // In order, so that a class has the same number whatever the order of the items.
        let mut classes = handled.clone();
        classes.sort();
        classes.dedup();
        let class_of = handled
            .iter()
            .map(|class| number(class, &classes))
            .collect();
        Self {
            by_id: Order::new(items.len(), |place| &items[place].id),
            items,
            implicit: false,
            classes,
            class_of,
        }
    }

    /// These items in the order of their ids, whatever order they are given in.
    #[must_use]
    pub fn sorted(mut items: Vec<(Item, Vec<Offer>)>) -> Self {
        items.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        Self::new(items)
    }

    /// The catalogue of a study without items: one implicit item, `service`, that every one of
    /// the sites handles.
    #[must_use]
    pub fn implicit(sites: usize) -> Self {
        let item = Item {
            name: "any service".to_owned(),
            high_frequency: true,
            ..Item::plain("service")
        };
        let everyone = (0..sites)
            .map(|site| Offer::whole(SiteId::new(site)))
            .collect();
        Self {
            implicit: true,
            ..Self::new(vec![(item, everyone)])
        }
    }

    /// Whether the study named no items, so that the one item is the implicit one.
    #[must_use]
    pub const fn is_implicit(&self) -> bool {
        self.implicit
    }

    /// All items with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items
            .iter()
            .enumerate()
            .map(|(place, item)| (ItemId::new(place), item))
    }

    /// The item with this written id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ItemId> {
        let place = self.by_id.find(id, |place| &self.items[place].id)?;
        Some(ItemId::new(place))
    }

    /// The first two items of one id.
    pub(super) fn twice(&self) -> Option<(ItemId, ItemId)> {
        let (first, second) = self.by_id.twice(|place| &self.items[place].id)?;
        Some((ItemId::new(first), ItemId::new(second)))
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The distinct ways in which items are handled.
    #[must_use]
    pub fn classes(&self) -> &[Handling] {
        &self.classes
    }

    /// The place of an item's class in [`Catalogue::classes`].
    #[must_use]
    pub fn class(&self, item: ItemId) -> usize {
        self.class_of[item.index()] as usize
    }

    /// Who handles an item, by site.
    #[must_use]
    pub fn offers(&self, item: ItemId) -> &[Offer] {
        &self.classes[self.class(item)].offers
    }

    /// The items again, each with its offers, to make a changed catalogue from.
    #[must_use]
    pub fn into_items(self) -> Vec<(Item, Vec<Offer>)> {
        let offers = |&class: &u32| self.classes[class as usize].offers.clone();
        self.items
            .into_iter()
            .zip(self.class_of.iter().map(offers))
            .collect()
    }

    /// The same items, each with other offers; an implicit catalogue stays one. O(n log n) in the offers.
    #[must_use]
    pub fn map_offers(self, mut change: impl FnMut(ItemId, Vec<Offer>) -> Vec<Offer>) -> Self {
        let implicit = self.implicit;
        let mut items = self.into_items();
        for (place, (_, offers)) in items.iter_mut().enumerate() {
            *offers = change(ItemId::new(place), std::mem::take(offers));
        }
        Self {
            implicit,
            ..Self::new(items)
        }
    }
}

/// The place of a class among all of them, which are in order.
fn number(class: &Handling, classes: &[Handling]) -> u32 {
    let place = classes.partition_point(|other| other < class);
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// How an item is handled: items for which that is equal are one class.
fn handling(item: Item, mut offers: Vec<Offer>) -> (Item, Handling) {
    // Said twice is said once, and in another order it is the same class.
    offers.sort_unstable();
    offers.dedup();
    let handling = Handling {
        audience: item.audience,
        visits: item.steps_at_sites(),
        online: item.steps_on_computer(),
        mobile: item.steps_on_phone(),
        reach: item.reach,
        offers,
    };
    (item, handling)
}

impl std::ops::Index<ItemId> for Catalogue {
    type Output = Item;
    fn index(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Step;
    use super::*;

    #[test]
    fn items_that_are_handled_alike_are_of_one_class() {
        let [near, far] = [3, 70].map(|site| Offer::whole(SiteId::new(site)));
        let catalogue = Catalogue::new(vec![
            (Item::plain("c"), vec![near, far]),
            (Item::plain("a"), vec![far]),
            (Item::plain("b"), vec![far, near, far]),
            (
                Item {
                    visits: Steps::only(Step::Issue),
                    ..Item::plain("d")
                },
                vec![near, far],
            ),
        ]);
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|id| catalogue.find(id).expect("it is there"));
        assert_eq!(catalogue.classes().len(), 3);
        assert_eq!(catalogue.class(b), catalogue.class(c));
        assert_ne!(catalogue.class(c), catalogue.class(d));
        assert_eq!(
            (catalogue.offers(a), catalogue.offers(b)),
            (&[far][..], &[near, far][..])
        );
        let again = Catalogue::new(catalogue.clone().into_items());
        assert_eq!(again.classes(), catalogue.classes());
    }

    #[test]
    fn an_offer_holds_from_its_first_day_to_its_last() {
        let day = |d| NaiveDate::from_ymd_opt(2024, 1, d);
        let offer = Offer {
            from: day(2),
            until: day(3),
            ..Offer::whole(SiteId::new(0))
        };
        assert_eq!(
            [1, 2, 3, 4].map(|d| offer.holds_on(day(d))),
            [false, true, true, false]
        );
        assert!(offer.holds_on(None));
    }
}

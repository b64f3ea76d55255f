//! The catalogue: which service items there are, and which sites handle them.

use super::Properties;
use crate::ids::{ItemId, SiteId};

/// One service item.
#[doc(alias = "事项")]
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id, unique.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How much it counts in the score, for example its yearly volume, in millionths.
    pub weight: u64,
    /// Whether it is one of the high-frequency items.
    pub high_frequency: bool,
    /// Its yes/no properties.
    pub properties: Properties,
}

/// All items in the order of their ids, and who handles what.
///
/// Items that are handled by exactly the same sites share one *handler set*, so that their
/// verdicts are worked out once.
#[doc(alias = "事项目录")]
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    items: Vec<Item>,
    implicit: bool,
    handlers: Vec<HandlerSet>,
    handled_by: Vec<u32>,
}

/// A set of sites, as a bit a site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct HandlerSet(Vec<u64>);

impl HandlerSet {
    /// The set of these sites.
    #[must_use]
    pub fn of(sites: impl IntoIterator<Item = SiteId>) -> Self {
        let mut bits = Vec::new();
        for site in sites {
            let word = site.index() / 64;
            if bits.len() <= word {
                bits.resize(word + 1, 0);
            }
            bits[word] |= 1 << (site.index() % 64);
        }
        Self(bits)
    }

    /// Whether the site is in the set.
    #[must_use]
    pub fn contains(&self, site: SiteId) -> bool {
        self.0.get(site.index() / 64).is_some_and(|word| word >> (site.index() % 64) & 1 == 1)
    }

    /// Whether no site is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
}

impl Catalogue {
    /// The catalogue of these items, each with the sites that handle it. The items are put in the
    /// order of their ids, which the caller has made unique.
    #[must_use]
    pub fn new(mut items: Vec<(Item, HandlerSet)>) -> Self {
        items.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let mut handlers: Vec<HandlerSet> = items.iter().map(|(_, set)| set.clone()).collect();
        handlers.sort();
        handlers.dedup();
        let number = |set: &HandlerSet| handlers.partition_point(|other| other < set);
        let handled_by = items.iter().map(|(_, set)| u32::try_from(number(set)).unwrap_or(u32::MAX)).collect();
        Self { items: items.into_iter().map(|(item, _)| item).collect(), implicit: false, handlers, handled_by }
    }

    /// The catalogue of a study without items: one implicit item, `service`, that every one of
    /// the sites handles.
    #[must_use]
    pub fn implicit(sites: usize) -> Self {
        let item = Item {
            id: "service".to_owned(),
            name: "any service".to_owned(),
            weight: 1_000_000,
            high_frequency: true,
            properties: Properties::default(),
        };
        let everyone = HandlerSet::of((0..sites).map(SiteId::new));
        Self { implicit: true, ..Self::new(vec![(item, everyone)]) }
    }

    /// Whether the study named no items, so that the one item is the implicit one.
    #[must_use]
    pub const fn is_implicit(&self) -> bool {
        self.implicit
    }

    /// All items with their ids, in the order of the written ids.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        self.items.iter().enumerate().map(|(place, item)| (ItemId::new(place), item))
    }

    /// The item with this written id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ItemId> {
        self.items.binary_search_by(|item| item.id.as_str().cmp(id)).ok().map(ItemId::new)
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

    /// All distinct handler sets.
    #[must_use]
    pub fn handler_sets(&self) -> &[HandlerSet] {
        &self.handlers
    }

    /// The place of this item's handler set in [`Catalogue::handler_sets`].
    #[must_use]
    pub fn handler_set(&self, item: ItemId) -> usize {
        self.handled_by[item.index()] as usize
    }

    /// Whether the site handles the item.
    #[must_use]
    pub fn handles(&self, site: SiteId, item: ItemId) -> bool {
        self.handlers[self.handler_set(item)].contains(site)
    }
}

impl std::ops::Index<ItemId> for Catalogue {
    type Output = Item;
    fn index(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str) -> Item {
        let properties = Properties::default();
        Item { id: id.to_owned(), name: String::new(), weight: 1, high_frequency: false, properties }
    }

    #[test]
    fn items_with_the_same_sites_share_a_handler_set() {
        let (near, far) = (SiteId::new(3), SiteId::new(70));
        let catalogue = Catalogue::new(vec![
            (item("c"), HandlerSet::of([near, far])),
            (item("a"), HandlerSet::of([far])),
            (item("b"), HandlerSet::of([far, near])),
        ]);
        assert_eq!(catalogue.handler_sets().len(), 2);
        let b = catalogue.find("b").expect("it is there");
        assert!(catalogue.handles(near, b) && catalogue.handles(far, b));
        let a = catalogue.find("a").expect("it is there");
        assert!(!catalogue.handles(near, a) && catalogue.handles(far, a));
        assert!(HandlerSet::of([]).is_empty());
    }
}

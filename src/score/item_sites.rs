//! Where an item is done: by group of its steps the sites that do them, and for whom.

use super::own_unit::OwnUnit;
use super::providers::Providers;
use super::setting::Setting;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{SiteSet, Steps, Study, Target};

/// Where an item is done for the people of a setting on a target's day: whoever gets to one site of each
/// group of steps gets it done.
///
/// ```
/// use walkshed::{draw, score::{ItemSites, Setting}};
/// let study = draw::town("A-s-a-t-B", 100.0, "st");
/// let service = study.catalogue().find("service").unwrap();
/// let sites = ItemSites::of(&study, study.target(), Setting::of(&study), service);
/// // Both do every step of it, so that one visit is enough.
/// assert_eq!((sites.steps().len(), sites.sites(0).iter().count()), (1, 2));
/// ```
#[derive(Debug, Clone)]
pub struct ItemSites {
    study: Study,
    providers: Providers,
    usable: Option<SiteSet>,
    own: Option<OwnUnit>,
}

impl ItemSites {
    /// The sites of an item. O(steps × offers), and O(units × sites) where sites serve their own unit
    /// alone.
    ///
    /// # Panics
    /// When the setting or the item is of another study.
    #[must_use]
    pub fn of(study: &Study, target: &Target, setting: Setting, item: ItemId) -> Self {
        let catalogue = study.catalogue();
        let class = &catalogue.classes()[catalogue.class(item)];
        let providers = Providers::of(class, study, target.date, setting);
        let group = setting.who.group().map(|group| study.group(group));
        let own = || OwnUnit::new(study.units(), study.sites());
        Self {
            own: providers.ask_own_unit().then(own),
            usable: group.and_then(|group| group.usable.clone()),
            study: study.clone(),
            providers,
        }
    }

    /// The groups of steps that need a visit; none when nobody has to go anywhere.
    #[must_use]
    pub fn steps(&self) -> impl ExactSizeIterator<Item = Steps> {
        self.providers
            .provided
            .iter()
            .map(|provided| provided.steps)
    }

    /// The sites that do a group of steps and that these people may use, whomever they serve.
    ///
    /// # Panics
    /// When there are not so many groups.
    #[must_use]
    pub fn sites(&self, group: usize) -> SiteSet {
        let sites = &self.providers.provided[group].sites;
        match &self.usable {
            Some(usable) => sites.common(usable),
            None => sites.clone(),
        }
    }

    /// Whether some of the sites serve the people of their own unit alone.
    #[must_use]
    pub const fn asks_own_unit(&self) -> bool {
        self.own.is_some()
    }

    /// Whether a site of a group of steps serves the people of a cell.
    ///
    /// # Panics
    /// When there are not so many groups.
    #[must_use]
    pub fn serves(&self, group: usize, site: SiteId, cell: CellId) -> bool {
        let unit = self.study.cells()[cell].unit;
        let own = self.own.as_ref().map(|own| own.of(unit));
        self.providers.provided[group].serving.includes(site, own)
    }
}

//! What is handled at each level of units: the lists of county, townships and villages.

use std::collections::BTreeMap;

use super::site_items::is_there;
use crate::ids::{ItemId, SiteId};
use crate::model::{Steps, Study};

/// A level of units, the top one first; last the sites that belong to no unit.
///
/// ```
/// use walkshed::assess::register::Level;
/// let levels = [Level::Depth(0), Level::Depth(2), Level::NoUnit];
/// assert_eq!(levels.map(Level::word), ["county", "village", "no-unit"]);
/// assert_eq!(levels.map(Level::number), [Some(1), Some(3), None]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Units with so many others around them: 0 for the top.
    Depth(usize),
    /// Sites without a unit.
    NoUnit,
}

impl Level {
    /// The level of a site.
    fn of(study: &Study, site: SiteId) -> Self {
        let unit = study.sites()[site].unit;
        unit.map_or(Self::NoUnit, |unit| {
            Self::Depth(study.units().upward(unit).count() - 1)
        })
    }

    /// The number of the level from 1, the top; none for sites without a unit.
    #[must_use]
    pub const fn number(self) -> Option<usize> {
        match self {
            Self::Depth(depth) => Some(depth + 1),
            Self::NoUnit => None,
        }
    }

    /// What the level is in a county's tree of units: `county`, `township`, `village`,
    /// `below-village`, or `no-unit`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Depth(0) => "county",
            Self::Depth(1) => "township",
            Self::Depth(2) => "village",
            Self::Depth(_) => "below-village",
            Self::NoUnit => "no-unit",
        }
    }
}

/// At how many sites of a level an item is handled.
#[doc(alias = "分级事项清单")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelItem {
    /// The level.
    pub level: Level,
    /// The item.
    pub item: ItemId,
    /// How many sites of the level do a step of it.
    pub sites: usize,
    /// How many of them do every step that needs a visit.
    pub sites_whole: usize,
    /// How many sites of the level there are.
    pub sites_all: usize,
    /// The steps that some site of the level does.
    pub steps: Steps,
}

/// Which items are handled at the sites of each level, at how many of them, and which steps; on the
/// target's day, where it names one. By level from the top, then by item; an item that no site of a
/// level handles has no row there.
///
/// O(sites · depth + offers · log).
///
/// ```
/// use walkshed::assess::register::{Level, level_items};
/// use walkshed::draw;
/// let study = draw::town("A-a--s---t-B", 100.0, "st");
/// let rows = level_items(&study);
/// // The sites of a drawn town belong to no unit.
/// assert_eq!((rows[0].level, rows[0].item), (Level::NoUnit, study.catalogue().find("service").unwrap()));
/// ```
#[must_use]
pub fn level_items(study: &Study) -> Vec<LevelItem> {
    let day = study.target().date;
    let levels: Vec<Level> = study
        .sites()
        .iter()
        .map(|(site, _)| Level::of(study, site))
        .collect();
    // All that are there, those as well that handle nothing: what the rows are measured by.
    let mut sites_of: BTreeMap<Level, usize> = BTreeMap::new();
    for (site, _) in study.sites() {
        if is_there(study.sites(), site, day) {
            *sites_of.entry(levels[site.index()]).or_default() += 1;
        }
    }
    let mut rows = Vec::new();
    for (item, _) in study.catalogue().iter() {
        rows.extend(
            by_level(study, item, &levels)
                .into_iter()
                .map(|row| LevelItem {
                    sites_all: sites_of.get(&row.level).copied().unwrap_or_default(),
                    ..row
                }),
        );
    }
    rows.sort_by_key(|row| (row.level, row.item));
    rows
}

/// One row for each level where the item is handled; how many sites there are is not counted yet.
fn by_level(study: &Study, item: ItemId, levels: &[Level]) -> Vec<LevelItem> {
    let visits = study.catalogue()[item].visits;
    let mut rows: BTreeMap<Level, LevelItem> = BTreeMap::new();
    for (site, steps) in steps_by_site(study, item) {
        let level = levels[site.index()];
        let row = rows.entry(level).or_insert(LevelItem {
            level,
            item,
            sites: 0,
            sites_whole: 0,
            sites_all: 0,
            steps: Steps::NONE,
        });
        row.sites += 1;
        // Whole counts at each site by itself: two sites that do a half each make none.
        row.sites_whole += usize::from(visits.without(steps).is_empty());
        row.steps = row.steps.and(steps);
    }
    rows.into_values().collect()
}

/// The steps that each site does of an item on the target's day, by all its offers together.
fn steps_by_site(study: &Study, item: ItemId) -> BTreeMap<SiteId, Steps> {
    let day = study.target().date;
    let mut steps: BTreeMap<SiteId, Steps> = BTreeMap::new();
    for offer in study.catalogue().offers(item) {
        if offer.holds_on(day) && is_there(study.sites(), offer.site, day) {
            let all = steps.entry(offer.site).or_default();
            *all = all.and(offer.steps);
        }
    }
    steps
}

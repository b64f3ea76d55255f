//! Drawn towns with units and items, for the tests of this room.

use crate::ids::UnitId;
use crate::model::{
    Catalogue, Cells, Item, Offer, Site, Sites, Steps, Study, StudyParts, UnitRow, Units,
};
use crate::score::Coverage;
use crate::{Silent, draw, score, search};

/// A town with units (id and parent), the unit of each letter, and items with who does which steps.
pub(super) struct Town<'t> {
    pub drawing: &'t str,
    pub sites: &'t str,
    pub units: &'t [(&'t str, &'t str)],
    pub homes: &'t [(char, &'t str)],
    pub items: Vec<(Item, Vec<(char, Steps)>)>,
}

impl Town<'_> {
    pub(super) fn study(&self) -> Study {
        let drawn = draw::town(self.drawing, 100.0, self.sites);
        let mut parts = drawn.into_parts();
        let units = self.units();
        let mut cells = parts.cells.as_slice().to_vec();
        for cell in &mut cells {
            cell.unit = self.home(&units, &cell.id);
        }
        let mut sites: Vec<Site> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        for site in &mut sites {
            site.unit = self.home(&units, &site.id);
        }
        let sites = Sites::new(sites);
        let catalogue = self.catalogue(&sites);
        parts.target.items = catalogue.iter().map(|(id, _)| id).collect();
        let parts = StudyParts {
            sites,
            catalogue,
            units,
            cells: Cells::new(cells),
            ..parts
        };
        Study::new(parts).expect("a drawn town is a study")
    }

    fn units(&self) -> Units {
        let mut rows = Vec::new();
        for &(id, parent) in self.units {
            rows.push(UnitRow {
                id: id.to_owned(),
                name: String::new(),
                parent: (!parent.is_empty()).then(|| parent.to_owned()),
            });
        }
        Units::new(rows).expect("a tree")
    }

    /// The unit of the cell or site with this letter; none when none is given.
    fn home(&self, units: &Units, letter: &str) -> Option<UnitId> {
        let mut homes = self.homes.iter();
        let (_, unit) = homes.find(|(home, _)| letter == home.to_string())?;
        Some(units.find(unit).expect("the unit is there"))
    }

    fn catalogue(&self, sites: &Sites) -> Catalogue {
        let mut items = Vec::new();
        for (item, offers) in &self.items {
            let offers = offers.iter().map(|&(letter, steps)| {
                let site = sites.find(&letter.to_string());
                Offer {
                    steps,
                    ..Offer::whole(site.expect("the site is there"))
                }
            });
            items.push((item.clone(), offers.collect()));
        }
        Catalogue::new(items)
    }
}

/// Judges a study and looks at its coverage.
pub(super) fn judged<T>(study: &Study, look: impl FnOnce(&Coverage) -> T) -> T {
    let walks = search::walks(study, study.target().search, &Silent);
    look(&score::coverage(&walks))
}

/// An item of a department with a weight.
pub(super) fn item(id: &str, department: &str, weight: u64) -> Item {
    Item {
        departments: vec![department.to_owned()],
        weight: weight * 1_000_000,
        ..Item::plain(id)
    }
}

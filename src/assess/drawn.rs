//! Drawn towns with units and items, for the tests of this room.

use crate::model::{
    Catalogue, Cells, Item, Offer, Sites, Steps, Study, StudyParts, UnitRow, Units,
};
use crate::score::Coverage;
use crate::{draw, score, search, snap};

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
        let parts = drawn.into_parts();
        let row = |&(id, parent): &(&str, &str)| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
        };
        let units = Units::new(self.units.iter().map(row).collect()).expect("a tree");
        let home = |id: &str| {
            let named = self
                .homes
                .iter()
                .find(|(letter, _)| id == letter.to_string());
            named.map(|(_, unit)| units.find(unit).expect("the unit is there"))
        };
        let mut cells = parts.cells.as_slice().to_vec();
        for cell in &mut cells {
            cell.unit = home(&cell.id);
        }
        let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        for site in &mut sites {
            site.unit = home(&site.id);
        }
        let sites = Sites::new(sites);
        let offer = |&(letter, steps): &(char, Steps)| Offer {
            steps,
            ..Offer::whole(sites.find(&letter.to_string()).expect("the site is there"))
        };
        let items = self
            .items
            .iter()
            .map(|(item, offers)| (item.clone(), offers.iter().map(offer).collect()));
        let catalogue = Catalogue::new(items.collect());
        let items = catalogue.iter().map(|(id, _)| id);
        let drawn = StudyParts {
            target: parts.target.asking(items),
            sites,
            catalogue,
            units,
            cells: Cells::new(cells),
            ..parts
        };
        Study::new(drawn).expect("a drawn town with units and items")
    }
}

/// Judges a study and looks at its coverage.
pub(super) fn judged<T>(study: &Study, look: impl FnOnce(&Coverage<'_>) -> T) -> T {
    let links = snap::link(study);
    let times = search::travel_times(study, &links, study.target().search);
    look(&score::coverage(study, &times, study.target()))
}

/// An item of a department with a weight.
pub(super) fn item(id: &str, department: &str, weight: u64) -> Item {
    Item {
        department: department.to_owned(),
        weight: weight * 1_000_000,
        ..Item::plain(id)
    }
}

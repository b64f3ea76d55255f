//! The other tables of a study: units, items and offers, barriers, the boundary.

use std::path::Path;
use std::sync::Arc;

use super::files::PlacedTable;
use super::reading::Reading;
use crate::model::{Boundary, Catalogue, Cells, Departments, Item, Sites, Units};
use crate::plane::Position;
use crate::read::error::ReadError;
use crate::read::formats::table::Table;
use crate::read::input::file_name;
use crate::read::plan::rules::indicator::{self, Of};
use crate::read::plan::rules::wrong::kinds_of;
use crate::read::tables::catalogue::{Sources, catalogue};
use crate::read::tables::delegations::delegations;
use crate::read::tables::departments::departments;
use crate::read::tables::items::{ItemReader, items};
use crate::read::tables::offers::offers;
use crate::read::tables::sites::SiteRow;
use crate::read::tables::{barriers, boundary, units};
use crate::words::text;

impl Reading<'_> {
    /// The table of units; without one, the units that sites and cells name.
    pub(super) fn units(
        &mut self,
        sites: &PlacedTable,
        cells: &PlacedTable,
    ) -> Result<Units, ReadError> {
        let asked = Arc::clone(&self.asked);
        match self.optional("units", asked.inputs.units.as_ref())? {
            Some(table) => {
                let asked = indicator::properties(&asked.indicator, Of::Units);
                let mut door = self.door(&table.file.clone());
                units::units(table, &asked, &mut door)
            }
            None => units::named_units(&[&sites.table, &cells.table]),
        }
    }

    /// What is handled where: by the items, the offers, and what the sites' own rows say.
    pub(super) fn catalogue(
        &mut self,
        site_rows: &[SiteRow],
        sites: &Sites,
    ) -> Result<Catalogue, ReadError> {
        let asked = Arc::clone(&self.asked);
        let inputs = &asked.inputs;
        let item_table = self.optional("items", inputs.items.as_ref())?;
        let offer_table = self.optional("offers", inputs.offers.as_ref())?;
        let items = match item_table {
            Some(table) => Some(self.items(table, sites)?),
            None => None,
        };
        // Without offers, what is wrong with them is told of the items.
        let items_file = inputs.items.as_ref().map(|entry| name_of(&entry.path));
        let mut offers_file = items_file.unwrap_or_default();
        let mut offer_rows = Vec::new();
        if let Some(table) = offer_table {
            offers_file.clone_from(&table.file);
            offer_rows = offers(table, &mut self.door(&offers_file))?;
        }
        let sources = Sources {
            items,
            offers: &offer_rows,
            site_rows,
            sites,
        };
        let memory = asked.limits.memory();
        let mut door = self.door(&name_of(&inputs.sites.path));
        let catalogue = catalogue(&sources, &mut door, &offers_file, memory)?;
        let is_dated = asked.target.date.is_some();
        let mut door = self.door(&offers_file);
        self.delegations = delegations(&sources, &catalogue, is_dated, &mut door);
        // Only changes look at the rows again: a site may open that is of a kind with offers.
        if !asked.change.is_empty() {
            self.offers = offer_rows;
        }
        Ok(catalogue)
    }

    /// What is known of departments; nothing where the study has no table of them.
    pub(super) fn departments(&mut self) -> Result<Departments, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(table) = self.optional("departments", asked.inputs.departments.as_ref())? else {
            return Ok(Departments::default());
        };
        let properties = indicator::properties(&asked.indicator, Of::Departments);
        let mut door = self.door(&table.file.clone());
        departments(table, &properties, &mut door)
    }

    fn items(&mut self, table: Table, sites: &Sites) -> Result<Vec<Item>, ReadError> {
        let reader = ItemReader {
            asked: &indicator::properties(&self.asked.indicator, Of::Items),
            kinds: &kinds_of(sites),
        };
        let mut door = self.door(&table.file.clone());
        items(table, &reader, &mut door)
    }

    pub(super) fn barriers(&mut self) -> Result<Vec<[Position; 2]>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.barriers else {
            return Ok(Vec::new());
        };
        let placed = self.placed("barriers", entry)?;
        let mut door = self.door(&placed.table.file.clone());
        barriers::barriers(placed.table, placed.crs, &mut door)
    }

    pub(super) fn boundary(&mut self, cells: &Cells) -> Result<Option<Boundary>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.boundary else {
            return Ok(None);
        };
        let placed = self.placed("boundary", entry)?;
        let mut door = self.door(&placed.table.file.clone());
        let boundary = boundary::boundary(placed.table, placed.crs, &mut door)?;
        boundary::notes(&boundary, cells, &mut door);
        let least = asked.walk.min_component;
        if least > 0 {
            let message = text!(BoundsNeedAll, least = least);
            self.own_door().doubt("bounds-need-all", message);
        }
        Ok(Some(boundary))
    }
}

/// The name of the file at a path, for messages.
fn name_of(path: &str) -> String {
    file_name(Path::new(path))
}

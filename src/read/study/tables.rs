//! The other tables of a study: units, items and offers, barriers and compounds, the boundary.

use std::path::Path;
use std::sync::Arc;

use super::reading::Reading;
use crate::model::{Boundary, Catalogue, Cells, Departments, Item, Sites};
use crate::plane::Position;
use crate::read::error::ReadError;
use crate::read::formats::table::Table;
use crate::read::input::file_name;
use crate::read::plan::rules::indicator::{self, Of};
use crate::read::plan::rules::wrong::kinds_of;
use crate::read::row_policy::Door;
use crate::read::streets::walled::Compounds;
use crate::read::tables::catalogue::{Sources, catalogue};
use crate::read::tables::delegations::delegations;
use crate::read::tables::departments::departments;
use crate::read::tables::items::{ItemReader, items};
use crate::read::tables::joins::{Known, MatrixNames, resolve_each, unfolded};
use crate::read::tables::offers::offers;
use crate::read::tables::sites::SiteRow;
use crate::read::tables::{barriers, boundary, sites};
use crate::words::text;

impl Reading<'_> {
    /// What is handled where: by the items, the offers, and what the sites' own rows say.
    pub(super) fn catalogue(
        &mut self,
        site_rows: &mut [SiteRow],
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
        self.stop_if_bad()?;
        let known_items = items.iter().flatten();
        let known_items = Known::of(known_items.map(|item| (item.id.as_str(), item.name.as_str())));
        sites::name_items(site_rows, &known_items);
        // Without offers, what is wrong with them is told of the items.
        let items_file = inputs.items.as_ref().map(|entry| name_of(&entry.path));
        let mut offers_file = items_file.unwrap_or_default();
        let mut offer_rows = Vec::new();
        if let Some(table) = offer_table {
            offers_file.clone_from(&table.file);
            let mut door = self.door(&offers_file);
            let table = offer_list(table, (sites, &known_items), &mut door)?;
            offer_rows = offers(table, &mut door)?;
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
        // A wall stands around each compound.
        let mut walls = std::mem::take(&mut self.walls);
        let Some(entry) = &asked.inputs.barriers else {
            return Ok(walls);
        };
        let placed = self.placed("barriers", entry)?;
        let mut door = self.door(&placed.table.file.clone());
        walls.extend(barriers::barriers(placed.table, placed.crs, &mut door)?);
        Ok(walls)
    }

    /// The compounds that the study draws as areas; none where it draws none.
    ///
    /// # Errors
    /// When one is no area, or nobody may walk their streets.
    pub(super) fn compounds(&mut self) -> Result<Option<Compounds>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.compounds else {
            return Ok(None);
        };
        asked.walk.check_compounds(&self.file)?;
        let placed = self.placed("compounds", entry)?;
        let mut door = self.door(&placed.table.file.clone());
        let areas = boundary::areas(placed.table, placed.crs, &mut door)?;
        for ring in areas.iter().flatten() {
            self.walls.extend(walls_of(ring));
        }
        Ok(Compounds::new(&areas))
    }

    /// The boundary, before it is known what lies beyond.
    pub(super) fn boundary(&mut self) -> Result<Option<Boundary>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.boundary else {
            return Ok(None);
        };
        let placed = self.placed("boundary", entry)?;
        let mut door = self.door(&placed.table.file.clone());
        boundary::boundary(placed.table, placed.crs, &mut door).map(Some)
    }

    /// What the boundary is for, and which of these cells lie beyond.
    pub(super) fn boundary_notes(&mut self, boundary: &Boundary, cells: Option<&Cells>) {
        let asked = Arc::clone(&self.asked);
        let path = asked.inputs.boundary.as_ref().map(|entry| &*entry.path);
        let file = name_of(path.unwrap_or_default());
        boundary::notes(boundary, cells, &mut self.door(&file));
        let least = asked.walk.min_component;
        if least > 0 {
            let message = text!(BoundsNeedAll, least = least);
            self.own_door().doubt("bounds-need-all", message);
        }
    }
}

/// The walls along a ring, which may be closed or not.
fn walls_of(ring: &[Position]) -> impl Iterator<Item = [Position; 2]> {
    let nexts = ring.iter().skip(1).chain(ring.first());
    let pairs = ring.iter().zip(nexts);
    pairs
        .map(|(from, to)| [*from, *to])
        .filter(|[from, to]| from != to)
}

/// The offers of a table as a list, which names sites and items by their ids wherever it is sure which
/// are meant.
fn offer_list(
    table: Table,
    (sites, items): (&Sites, &Known<'_>),
    door: &mut Door<'_>,
) -> Result<Table, ReadError> {
    let kinds = kinds_of(sites);
    let sites = sites.iter();
    let names = MatrixNames {
        sites: &Known::of(sites.map(|(_, site)| (site.id.as_str(), site.name.as_str()))),
        kinds: &Known::of(kinds.into_iter().map(|kind| (kind, ""))),
        items,
    };
    let mut list = unfolded(table, &names, door)?;
    resolve_each(&mut list, "site", names.sites, door)?;
    resolve_each(&mut list, "item", items, door)?;
    Ok(list)
}

/// The name of the file at a path, for messages.
fn name_of(path: &str) -> String {
    file_name(Path::new(path))
}

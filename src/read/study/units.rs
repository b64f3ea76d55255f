//! The units of a study: their tree, their areas, and how many people they officially have.

use std::sync::Arc;

use super::files::PlacedTable;
use super::reading::Reading;
use crate::model::{Cells, Units};
use crate::read::error::ReadError;
use crate::read::formats::table::Table;
use crate::read::people::assign;
use crate::read::people::totals::{self, Total};
use crate::read::people::unit_areas::UnitAreas;
use crate::read::people::unit_counts::{self, UnitCount};
use crate::read::people::unit_table::{
    GivenAreas, given_areas, given_totals, has_areas, totals_of,
};
use crate::read::plan::rules::indicator::{self, Of};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::read::tables::joins::{Known, resolve};
use crate::read::tables::sites::SiteRow;
use crate::read::tables::{areas, units};

/// The units, and what their table tells beside their tree.
#[derive(Default)]
pub(super) struct UnitsRead {
    pub units: Units,
    /// Their areas; none where no unit has one.
    areas: Option<UnitAreas>,
    /// Their totals, in their order; nothing at all where cells are not to be scaled to them.
    totals: Vec<Option<Total>>,
    /// What else their table counts.
    counts: Vec<UnitCount>,
}

impl UnitsRead {
    fn ground(&self) -> Option<assign::Ground<'_>> {
        let areas = self.areas.as_ref()?;
        Some(assign::Ground {
            areas,
            units: &self.units,
        })
    }

    /// Gives each site without a unit the one that it lies in.
    pub(super) fn assign_sites(&self, rows: &mut [SiteRow], door: &mut Door<'_>) {
        if let Some(ground) = self.ground() {
            assign::sites(rows, ground, door);
        }
    }

    /// Gives each cell without a unit the one that it lies in.
    pub(super) fn assign_cells(&self, cells: &mut Cells, door: &mut Door<'_>) {
        if let Some(ground) = self.ground() {
            assign::cells(cells, ground, door);
        }
    }

    /// Scales the cells to the units' totals.
    pub(super) fn scale_cells(&self, cells: &mut Cells, door: &mut Door<'_>) {
        if self.totals.iter().any(Option::is_some) {
            totals::scale(cells, &self.units, &self.totals, door);
        }
    }

    /// Shares out among the cells what else the units' table counts.
    pub(super) fn count_cells(&self, cells: Cells, door: &mut Door<'_>) -> Cells {
        unit_counts::share_out(cells, &self.units, &self.counts, door)
    }
}

impl Reading<'_> {
    /// The table of units; without one, the units that sites and cells name. These then name units by
    /// their ids, wherever it is sure which they mean. `is_estimate`: the cells are, so that the
    /// totals of units win over them.
    pub(super) fn units(
        &mut self,
        placed: Vec<&mut PlacedTable>,
        is_estimate: bool,
    ) -> Result<UnitsRead, ReadError> {
        let asked = Arc::clone(&self.asked);
        let read = match &asked.inputs.units {
            Some(entry) => self.unit_table(entry, is_estimate)?,
            None => {
                let tables: Vec<&Table> = placed.iter().map(|placed| &placed.table).collect();
                UnitsRead {
                    units: units::named_units(&tables)?,
                    ..UnitsRead::default()
                }
            }
        };
        // Rows may name a unit by its id, its name or its path. From here on they name ids alone.
        let called = units::called(&read.units);
        let known = Known::of(called.iter().map(|(id, name)| (id.as_str(), name.as_str())));
        for placed in placed {
            let mut door = self.door(&placed.table.file.clone());
            resolve(&mut placed.table, "unit", &known, &mut door)?;
        }
        Ok(read)
    }

    /// The table of units. Areas, totals and counts are taken from it before it becomes a tree.
    fn unit_table(&mut self, entry: &InputFile, is_estimate: bool) -> Result<UnitsRead, ReadError> {
        let asked = Arc::clone(&self.asked);
        let names = self.counts_of_units();
        let Some(mut table) = self.optional("units", Some(entry))? else {
            return Ok(UnitsRead::default());
        };
        let areas = self.unit_areas(entry, &mut table)?;
        let mut door = self.door(&table.file.clone());
        // Whoever counts people cell by cell knows better than a total, unless the study says so.
        let is_official = entry.scale_cells.unwrap_or(is_estimate);
        let mut totals = Vec::new();
        let mut counts = Vec::new();
        if is_official {
            totals = given_totals(&table, "population", &mut door)?;
            for name in names {
                let given = given_totals(&table, &name, &mut door)?;
                counts.push((name, given));
            }
        }
        // A count that no unit gives must not become a column of zeros.
        counts.retain(|(_, given)| !given.is_empty());
        let asked = indicator::properties(&asked.indicator, Of::Units);
        let mut units = units::units(table, &asked, &mut door)?;
        if let Some(given) = &areas {
            units = units.with_outlines(given.outlines());
        }
        Ok(UnitsRead {
            areas: areas.and_then(|given| given.of(&units)),
            totals: totals_of(totals, &units),
            counts: counts
                .into_iter()
                .map(|(name, given)| UnitCount {
                    of_units: totals_of(given, &units),
                    name,
                })
                .collect(),
            units,
        })
    }

    /// The counts that a table of units may have: those of groups, and those that coverage is told by
    /// and that cannot mean the unit itself, as its area would.
    fn counts_of_units(&self) -> Vec<String> {
        let groups = self.asked.group.iter();
        let mut names: Vec<String> = groups.filter_map(|group| group.count.clone()).collect();
        for name in ["households", "enterprises"] {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The areas of a table of units, if it has some.
    fn unit_areas(
        &mut self,
        entry: &InputFile,
        table: &mut Table,
    ) -> Result<Option<GivenAreas>, ReadError> {
        if !has_areas(table) {
            return Ok(None);
        }
        let file = table.file.clone();
        let crs = self.crs(("units", entry), table.declared_crs.as_deref(), &file)?;
        let mut door = self.door(&file);
        areas::check(table, crs, &mut door);
        given_areas(table, crs, &mut door).map(Some)
    }
}

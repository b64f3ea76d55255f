//! The points of a study: its sites and its cells, each where the streets are.

use std::sync::Arc;

use super::files::{PlacedTable, Read};
use super::reading::Reading;
use crate::model::{Cells, Units};
use crate::plane::Position;
use crate::read::datum_check::StreetCheck;
use crate::read::error::ReadError;
use crate::read::plan::opening_hours::Clock;
use crate::read::plan::rules::indicator;
use crate::read::tables::cells::cells;
use crate::read::tables::coordinates::Placer;
use crate::read::tables::sites::{SiteReader, SiteRow, sites};
use crate::read::{plausibility, rejects};

impl Reading<'_> {
    /// The table of sites.
    pub(super) fn site_table(&mut self) -> Result<PlacedTable, ReadError> {
        let asked = Arc::clone(&self.asked);
        self.placed("sites", &asked.inputs.sites)
    }

    /// The table of cells, in a file that is read already.
    pub(super) fn cell_table(&mut self, read: Read) -> Result<PlacedTable, ReadError> {
        let asked = Arc::clone(&self.asked);
        self.placed_from("cells", &asked.inputs.cells, read)
    }

    /// The sites, each with the items that its own row names.
    pub(super) fn site_rows(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        clock: Option<&mut Clock>,
        check: &StreetCheck<'_>,
    ) -> Result<Vec<SiteRow>, ReadError> {
        let asked = self.site_properties();
        let dated = self.is_dated();
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let mut reader = SiteReader {
            placer: &placer,
            units,
            clock,
            dated,
        };
        let rows = sites(placed.table, &asked, &mut reader, &mut door)?;
        let spots = rows.iter().map(|row| (row.site.id.as_str(), row.site.at));
        plausibility::same_spot("sites", spots, &mut door);
        let points: Vec<Position> = rows.iter().map(|row| row.site.at).collect();
        check.check("sites", &points, placed.crs, &mut door)?;
        let file = door.file;
        self.enough_left()?;
        // A place without any site makes sense when a change opens one.
        if rows.is_empty() && self.asked.change.is_empty() {
            return Err(rejects::none_left("site", &file).into());
        }
        Ok(rows)
    }

    /// The yes/no properties of sites that the rules of the plan name.
    fn site_properties(&self) -> Vec<String> {
        let mut asked = indicator::of_sites(&self.asked.indicator);
        if self.asked.group.iter().any(|group| group.needs_helper) {
            asked.push("helper".to_owned());
        }
        asked
    }

    /// The cells, with the columns that groups count.
    pub(super) fn cells(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        check: &StreetCheck<'_>,
    ) -> Result<Cells, ReadError> {
        let groups = self.asked.group.iter();
        let counts: Vec<String> = groups.filter_map(|group| group.count.clone()).collect();
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let cells = cells(placed.table, &placer, units, &counts, &mut door)?;
        let spots = cells
            .iter()
            .filter_map(|(_, cell)| Some((cell.id.as_str(), cell.at?)));
        plausibility::same_spot("cells", spots, &mut door);
        let points: Vec<Position> = cells.iter().filter_map(|(_, cell)| cell.at).collect();
        check.check("cells", &points, placed.crs, &mut door)?;
        let file = door.file;
        self.enough_left()?;
        if cells.is_empty() {
            return Err(rejects::none_left("cell", &file).into());
        }
        Ok(cells)
    }
}

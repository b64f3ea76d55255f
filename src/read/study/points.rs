//! The points of a study: its sites and its cells, each where the streets are.

use std::sync::Arc;

use super::files::{PlacedTable, Read, refuse_table_keys};
use super::reading::Reading;
use super::units::UnitsRead;
use crate::model::{Cells, Network};
use crate::plane::Position;
use crate::read::datum_check::StreetCheck;
use crate::read::error::ReadError;
use crate::read::input::{Input, load};
use crate::read::people::buildings;
use crate::read::plan::opening_hours::Clock;
use crate::read::plan::rules::CellRows;
use crate::read::plan::rules::indicator::{self, Of};
use crate::read::plan::study_file::InputFile;
use crate::read::plausibility::Placed;
use crate::read::services::{map_sites, poi};
use crate::read::streets::source;
use crate::read::tables::cells::cells;
use crate::read::tables::coordinates::Placer;
use crate::read::tables::properties::{Asked, Form, each_once};
use crate::read::tables::sites::{SiteReader, SiteRow, sites};
use crate::read::{plausibility, rejects};
use crate::units::People;

/// What points are read against.
pub(super) struct Ground<'a> {
    pub units: &'a UnitsRead,
    /// The streets, before fixed links.
    pub network: &'a Network,
    /// Whether they stand where the streets are.
    pub check: StreetCheck<'a>,
}

impl Reading<'_> {
    /// The table of sites: as it is written, or made of a map or of points of interest.
    pub(super) fn site_table(&mut self) -> Result<PlacedTable, ReadError> {
        let asked = Arc::clone(&self.asked);
        let entry = &asked.inputs.sites;
        let loaded = load(&self.folder, "sites", entry, asked.limits.memory());
        let loaded = match loaded {
            Ok(input) if source::is_map(&input.bytes) => return self.sites_of_map(&input, entry),
            loaded => loaded,
        };
        let read = Read::of_loaded(loaded, entry);
        let mut placed = self.placed_from("sites", entry, read)?;
        // A table of points of interest tells categories instead of kinds. Keys that explain
        // categories are an error where it tells none, as nothing would come of them.
        let mut door = self.door(&placed.table.file.clone());
        let has_categories =
            poi::with_kinds(&mut placed.table, &entry.tags, placed.crs, &mut door)?;
        if !has_categories && !entry.tags.is_empty() {
            return Err(poi::no_categories(&self.file).into());
        }
        Ok(placed)
    }

    /// The sites of a map, as a table.
    fn sites_of_map(&mut self, input: &Input, entry: &InputFile) -> Result<PlacedTable, ReadError> {
        self.loaded(&input.source, &input.beside);
        refuse_table_keys("sites", entry, &self.file)?;
        let asked = self.site_properties();
        let asked: Vec<String> = asked.into_iter().map(|asked| asked.name).collect();
        let bytes = source::map_bytes(input)?;
        let study = self.file.clone();
        let mut door = self.door(&input.file);
        let table = map_sites::table((input, entry), &bytes, &asked, (&study, &mut door))?;
        self.rows.add(&input.file, table.records.len());
        let crs = self.crs(("sites", entry), table.declared_crs.as_deref(), &input.file)?;
        Ok(PlacedTable {
            table,
            crs,
            is_map: true,
        })
    }

    /// The sites, each with the items that its own row names.
    pub(super) fn site_rows(
        &mut self,
        placed: PlacedTable,
        ground: &Ground<'_>,
        clock: Option<&mut Clock>,
    ) -> Result<Vec<SiteRow>, ReadError> {
        let asked = self.site_properties();
        let dated = self.is_dated();
        let crs = placed.crs;
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, crs, &door)?;
        let mut reader = SiteReader {
            placer: &placer,
            units: &ground.units.units,
            clock,
            forgives_hours: placed.is_map,
            dated,
        };
        let mut rows = sites(placed.table, &asked, &mut reader, &mut door)?;
        ground.units.assign_sites(&mut rows, &mut door);
        // What is doubtful about where they stand: on one another, or not where the streets are.
        let spots = rows.iter().map(|row| (row.site.id.as_str(), row.site.at));
        plausibility::same_spot(Placed::Sites, spots, &mut door);
        let points: Vec<Position> = rows.iter().map(|row| row.site.at).collect();
        let check = &ground.check;
        check.check(Placed::Sites, &points, crs, &mut door)?;
        let file = door.file;
        self.enough_left()?;
        // A place without any site makes sense when a change opens one.
        if rows.is_empty() && self.asked.change.is_empty() {
            return Err(rejects::none_left(Placed::Sites, &file).into());
        }
        self.sites_crs = crs;
        Ok(rows)
    }

    /// The properties of sites that the rules of the plan name.
    fn site_properties(&self) -> Vec<Asked> {
        let mut asked = indicator::properties(&self.asked.indicator, Of::Sites);
        // Whether people serve themselves is asked of every site that says so.
        asked.push(Asked {
            name: "self_service".to_owned(),
            form: Form::Flag,
        });
        if self.asked.group.iter().any(|group| group.needs_helper) {
            asked.push(Asked {
                name: "helper".to_owned(),
                form: Form::Flag,
            });
        }
        each_once(asked)
    }

    /// The cells of a table, with the columns that groups count.
    pub(super) fn table_cells(
        &mut self,
        placed: PlacedTable,
        ground: &Ground<'_>,
    ) -> Result<Cells, ReadError> {
        let groups = self.asked.group.iter();
        let counts: Vec<String> = groups.filter_map(|group| group.count.clone()).collect();
        let is_buildings = self.asked.inputs.cells.buildings;
        let most_people = self.asked.inputs.cells.most_people.and_then(People::new);
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let units = &ground.units.units;
        let (cells, places) = if is_buildings {
            // A cell of several houses stands in no row.
            let cells = buildings::cells(placed.table, &placer, most_people, &mut door)?;
            (cells, Vec::new())
        } else {
            cells(placed.table, &placer, units, &counts, &mut door)?
        };
        let spots = cells
            .iter()
            .filter_map(|(_, cell)| Some((cell.id.as_str(), cell.at?)));
        plausibility::same_spot(Placed::Cells, spots, &mut door);
        let points: Vec<Position> = cells.iter().filter_map(|(_, cell)| cell.at).collect();
        let check = &ground.check;
        check.check(Placed::Cells, &points, placed.crs, &mut door)?;
        let file = door.file;
        // Groups are counted later, and what is wrong with them is told at these rows.
        self.cell_rows = CellRows {
            file: file.clone(),
            places,
        };
        self.enough_left()?;
        if cells.is_empty() {
            return Err(rejects::none_left(Placed::Cells, &file).into());
        }
        Ok(cells)
    }
}

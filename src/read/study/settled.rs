//! The settled land of a study: a file of areas, or what the map of its streets tells.

use std::sync::Arc;

use super::reading::Reading;
use crate::model::Cells;
use crate::read::crs::Crs;
use crate::read::error::ReadError;
use crate::read::formats::layer;
use crate::read::formats::table::Table;
use crate::read::input::{Input, load};
use crate::read::people::settle::settle;
use crate::read::people::settled::SettledLand;
use crate::read::people::split::{Over, split};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::read::streets::source;
use crate::read::study::files::{PlacedTable, Read, refuse_table_keys};
use crate::read::tables::coordinates::{Placer, converter};
use crate::read::tables::heads::folded;
use crate::words::text;

use super::points::Ground;

impl Reading<'_> {
    /// Takes the settled land of the streets' file, where areas are to be spread over it: of a map its
    /// land and its streets with houses, of any other file these alone, if it tells their classes.
    pub(super) fn settled_of_streets(&mut self, input: &Input, crs: Crs) -> Result<(), ReadError> {
        let asked = Arc::clone(&self.asked);
        let inputs = &asked.inputs;
        // Settlements of their own outweigh the streets. Without `split_m` nobody asks for the land
        // along streets.
        if inputs.cells.split_m.is_none() || inputs.settlements.is_some() {
            return Ok(());
        }
        if source::is_map(&input.bytes) {
            let bytes = source::map_bytes(input)?;
            self.settled = SettledLand::of_map(&bytes, &input.file, input.memory)?;
            tell_flawed(self.settled.flawed, &mut self.door(&input.file));
        } else if let Some(layer) = input.layer()? {
            let table = layer::table(layer, &input.file)?;
            let entry = &inputs.streets;
            if let Some(column) = class_column(&table, entry) {
                let converter = converter(crs, &self.door(&input.file))?;
                let values = &entry.values;
                self.settled = SettledLand::of_lines(&table, column, values, &converter);
            }
        }
        Ok(())
    }

    /// The cells, large ones spread over their land, or standing on it.
    pub(super) fn on_settled_land(
        &mut self,
        cells: Cells,
        ground: &Ground<'_>,
        file: &str,
    ) -> Result<Cells, ReadError> {
        let asked = Arc::clone(&self.asked);
        let given = match &asked.inputs.settlements {
            Some(entry) => Some(self.settlements(entry)?),
            None => None,
        };
        let split_m = asked.inputs.cells.split_m;
        let of_map = std::mem::take(&mut self.settled);
        let mut door = self.door(file);
        // A file of settlements moves people of large cells alone, or of those that are split.
        if given.is_some() && split_m.is_none() && cells.large().next().is_none() {
            door.doubt("settlements-unused", text!(SettlementsUnused));
        }
        Ok(match (split_m, given) {
            (Some(metres), given) => {
                let over = Over {
                    network: ground.network,
                    settled: given.as_ref().unwrap_or(&of_map),
                    metres,
                };
                let (cells, parts_of) = split(cells, over, &mut door);
                // What is wrong with a part is wrong in the row of its cell.
                let places = &mut self.cell_rows.places;
                if !places.is_empty() {
                    *places = parts_of.iter().map(|id| places[id.index()]).collect();
                }
                cells
            }
            (None, Some(settled)) => settle(cells, &settled, &mut door),
            (None, None) => cells,
        })
    }

    /// The settled land of a file of areas, or of a map.
    fn settlements(&mut self, entry: &InputFile) -> Result<SettledLand, ReadError> {
        let loaded = load(
            &self.folder,
            "settlements",
            entry,
            self.asked.limits.memory(),
        );
        let loaded = match loaded {
            Ok(input) if source::is_map(&input.bytes) => {
                self.loaded(&input.source, &input.beside);
                refuse_table_keys("settlements", entry, &self.file)?;
                let bytes = source::map_bytes(&input)?;
                let land = SettledLand::of_map(&bytes, &input.file, input.memory)?;
                tell_flawed(land.flawed, &mut self.door(&input.file));
                // Settlements are land alone, whatever their file is.
                return Ok(land.without_streets());
            }
            loaded => loaded,
        };
        let read = Read::of_loaded(loaded, entry);
        let placed = self.placed_from("settlements", entry, read)?;
        let mut door = self.door(&placed.table.file.clone());
        areas(placed, &mut door)
    }
}

/// Says how many areas of a map were left out.
fn tell_flawed(count: usize, door: &mut Door<'_>) {
    if count > 0 {
        door.doubt("map-outlines", text!(MapOutlines, count = count));
    }
}

/// The column of a table of streets that tells their classes, as OpenStreetMap has them.
fn class_column(table: &Table, entry: &InputFile) -> Option<usize> {
    let mut chosen = entry.columns.iter();
    let chosen = chosen.find(|(known, _)| known == "highway");
    let theirs = chosen.map(|(_, theirs)| theirs.as_str());
    let mut names = theirs.into_iter().chain(["highway", "fclass"]);
    names.find_map(|name| {
        let mut heads = table.columns.iter();
        heads.position(|head| folded(head) == folded(name))
    })
}

/// The land of a table of areas.
fn areas(mut placed: PlacedTable, door: &mut Door<'_>) -> Result<SettledLand, ReadError> {
    door.reject_unreadable(&mut placed.table)?;
    let placer = Placer::new(&placed.table, placed.crs, door)?;
    let mut areas = Vec::new();
    for record in &placed.table.records {
        match (placer.outline(record), &record.flaw) {
            (Some(outline), _) => areas.extend(outline.to_multi_polygon()),
            (None, Some(flaw)) => door.reject((**flaw).clone())?,
            (None, None) => {
                let expected = text!(SettlementNoArea);
                door.reject(door.feature("no-settlement", record.place, expected))?;
            }
        }
    }
    Ok(SettledLand::new(areas, Vec::new()))
}

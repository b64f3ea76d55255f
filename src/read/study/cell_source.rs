//! What the cells of a study are made of: the rows of a table, or the pixels of a raster.

use std::path::Path;
use std::sync::Arc;

use super::files::{PlacedTable, Read, refuse_table_keys};
use super::points::Ground;
use super::reading::Reading;
use crate::model::{Boundary, Cells, Memory};
use crate::plane::Position;
use crate::read::crs::Crs;
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::geotiff::is_tiff;
use crate::read::input::{Input, file_name, load};
use crate::read::people::raster::{self, RasterAsked};
use crate::read::people::{buildings, map_buildings};
use crate::read::plan::study_file::InputFile;
use crate::read::plausibility::{self, Placed};
use crate::read::streets::source;

/// The file of cells, read already; to be told when it is its turn.
pub(super) enum CellFile {
    Table(Read),
    Raster(Input),
}

impl CellFile {
    /// Reads the file, whatever comes of it.
    pub(super) fn of((folder, memory): (&Path, Memory), entry: &InputFile) -> Self {
        match load(folder, "cells", entry, memory) {
            Ok(input) if is_tiff(&input.bytes) => Self::Raster(input),
            Ok(input) if entry.buildings && source::is_map(&input.bytes) => {
                let table = source::map_bytes(&input)
                    .and_then(|bytes| map_buildings::table(&bytes, &input.file, input.memory));
                Self::Table(Read::of_map(input, table))
            }
            loaded => Self::Table(Read::of_loaded(loaded, entry)),
        }
    }
}

/// What the cells are made of, once its coordinate system is known.
pub(super) enum CellSource {
    Table(PlacedTable),
    Raster(PlacedRaster),
}

/// A raster whose pixels lie somewhere.
pub(super) struct PlacedRaster {
    input: Input,
    crs: Crs,
    /// Further rasters, by the names of their counts.
    counts: Vec<(String, Input)>,
}

impl CellSource {
    /// The table, where it is one.
    pub(super) const fn table(&mut self) -> Option<&mut PlacedTable> {
        match self {
            Self::Table(placed) => Some(placed),
            Self::Raster(_) => None,
        }
    }

    /// Whether it is a raster, of which no more is looked at than lies within the boundary.
    pub(super) const fn is_raster(&self) -> bool {
        matches!(self, Self::Raster(_))
    }
}

impl Reading<'_> {
    /// What the cells are made of, of a file that is read already.
    pub(super) fn cell_source(&mut self, file: CellFile) -> Result<CellSource, ReadError> {
        let asked = Arc::clone(&self.asked);
        let entry = &asked.inputs.cells;
        match file {
            CellFile::Table(read) => {
                let placed = self.placed_from("cells", entry, read)?;
                if placed.is_map {
                    refuse_table_keys("cells", entry, &self.file)?;
                }
                // What is meant for another kind of file is refused: passed over in silence, the
                // study would not get what it asks for.
                let most = entry.most_people.is_some();
                if most && !entry.buildings {
                    let key = "inputs.cells.most_people";
                    return Err(buildings::only_of_buildings(key, &self.file).into());
                }
                let keys = [
                    ("inputs.cells.resample_m", entry.resample_m.is_some()),
                    ("inputs.cells.counts", !entry.counts.is_empty()),
                ];
                if let Some((key, _)) = keys.into_iter().find(|(_, is_set)| *is_set) {
                    return Err(raster::only_of_rasters(key, &self.file).into());
                }
                Ok(CellSource::Table(placed))
            }
            CellFile::Raster(input) => self.placed_raster(input, entry).map(CellSource::Raster),
        }
    }

    /// The raster, its system, and the bytes of its further rasters. No pixel is read.
    fn placed_raster(
        &mut self,
        input: Input,
        entry: &InputFile,
    ) -> Result<PlacedRaster, ReadError> {
        self.loaded(&input.source, &input.beside);
        if let Some(bad) = strange_key(entry, &self.file) {
            return Err(bad.into());
        }
        // Opened for the system that it names. Its pixels are read when the boundary is known.
        let opened = raster::open(&input.bytes, &input.file, input.memory)?;
        let declared = opened.declared_crs(entry.crs.is_some())?;
        let crs = self.crs(("cells", entry), declared.as_deref(), &input.file)?;
        let mut counts = Vec::new();
        for (name, path) in &entry.counts {
            let further = InputFile {
                path: path.clone(),
                ..InputFile::default()
            };
            counts.push((name.clone(), self.load("cells", &further)?));
        }
        Ok(PlacedRaster { input, crs, counts })
    }

    /// The key of the first group that asks for a column that the cells do not have, and the column.
    fn count_unknown(&self, cells: &Cells) -> Option<(String, String)> {
        let is_unknown = |column: &&String| cells.counts(column).is_none();
        let mut groups = self.asked.group.iter().enumerate();
        groups.find_map(|(place, group)| {
            let column = group.count.as_ref().filter(is_unknown)?;
            Some((format!("group[{}].count", place + 1), column.clone()))
        })
    }

    /// The cells, with the columns that groups count; of a raster those within the boundary.
    pub(super) fn cells(
        &mut self,
        source: CellSource,
        ground: &Ground<'_>,
        boundary: Option<&Boundary>,
    ) -> Result<Cells, ReadError> {
        let is_raster = source.is_raster();
        let mut cells = match source {
            CellSource::Table(placed) => self.table_cells(placed, ground)?,
            CellSource::Raster(placed) => self.raster_cells(&placed, ground, boundary)?,
        };
        let asked = Arc::clone(&self.asked);
        // Large cells first become several, so that each part can lie in a unit of its own. Totals
        // and counts are shared out within units, so every cell has its unit before.
        let file = file_name(Path::new(&asked.inputs.cells.path));
        cells = self.on_settled_land(cells, ground, &file)?;
        ground.units.assign_cells(&mut cells, &mut self.door(&file));
        if let Some(entry) = &asked.inputs.units {
            let file = file_name(Path::new(&entry.path));
            ground.units.scale_cells(&mut cells, &mut self.door(&file));
            cells = ground.units.count_cells(cells, &mut self.door(&file));
        }
        // Only now is it known what the units tell of groups.
        if let Some((key, column)) = self.count_unknown(&cells) {
            let bad = if is_raster {
                raster::counts_people_alone(&key, &column, &self.file)
            } else {
                buildings::count_people_alone(&key, &column, &self.file)
            };
            return Err(bad.into());
        }
        plausibility::large_cells(&cells, &mut self.door(&file));
        Ok(cells)
    }

    /// The cells of a raster within the boundary, with the counts of its further rasters.
    fn raster_cells(
        &mut self,
        placed: &PlacedRaster,
        ground: &Ground<'_>,
        boundary: Option<&Boundary>,
    ) -> Result<Cells, ReadError> {
        let PlacedRaster { input, crs, counts } = placed;
        let asked = RasterAsked {
            crs: *crs,
            boundary,
            resample_m: self.asked.inputs.cells.resample_m,
            memory: input.memory,
        };
        let mut door = self.door(&input.file);
        let opened = raster::open(&input.bytes, &input.file, input.memory)?;
        let made = opened.cells(&asked, &mut door)?;
        let points: Vec<Position> = made.cells.iter().filter_map(|(_, cell)| cell.at).collect();
        ground
            .check
            .check(Placed::Cells, &points, *crs, &mut door)?;
        let mut counted = Vec::new();
        // A further raster is summed over the cells that the first one made.
        for (name, input) in counts {
            let opened = raster::open(&input.bytes, &input.file, input.memory)?;
            let mut door = self.door(&input.file);
            let of_cells = opened.counts(&made, input.memory, (name, &mut door))?;
            counted.push((name.clone(), of_cells));
        }
        Ok(made.cells.with_counts(counted))
    }
}

/// What the study says of a raster as if it were a table, if it does.
fn strange_key(entry: &InputFile, file: &str) -> Option<BadInput> {
    let keys = [
        ("columns", !entry.columns.is_empty()),
        ("buildings", entry.buildings),
        ("most_people", entry.most_people.is_some()),
        ("sheet", entry.sheet.is_some()),
        ("header_row", entry.header_row.is_some()),
        ("sheet_as", entry.sheet_as.is_some()),
    ];
    let (key, _) = keys.into_iter().find(|(_, is_set)| *is_set)?;
    Some(raster::no_such_key(&format!("inputs.cells.{key}"), file))
}

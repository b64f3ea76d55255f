//! Cells of a grid of people: each inhabited pixel within the boundary, or several together.

use std::collections::HashMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use rayon::prelude::*;

use super::blocks::{Block, blocks};
use super::clip::{PlacedGrid, inside};
use super::pixels::{Odd, Sorted, most_people, sorted};
use crate::model::{Boundary, Cell, Cells, LARGE_M, Memory, Outline};
use crate::plane::Position;
use crate::read::crs::Converter;
use crate::read::crs::Crs;
use crate::read::error::{BadInput, ReadError, bad, plain};
use crate::read::formats::geotiff::{Fault, GeoTiff, Grid, Window};
use crate::read::formats::values::shown;
use crate::read::row_policy::Door;
use crate::read::tables::coordinates::converter;
use crate::units::People;
use crate::words::{Text, text};

/// The largest part of a raster that is unpacked, in pixels: a province at 100 m a pixel.
const MOST_PIXELS: u64 = 50_000_000;
/// What a cell takes while its study is read, in bytes.
const CELL_BYTES: u64 = 256;

/// A grid of people whose pixels are not yet read.
pub(crate) struct PeopleRaster<'a> {
    tiff: GeoTiff<'a>,
    file: &'a str,
    /// How long the file is.
    length: u64,
}

/// What is asked of a raster.
#[derive(Clone, Copy)]
pub(crate) struct RasterAsked<'a> {
    pub crs: Crs,
    /// Up to where cells are made; none: everywhere.
    pub boundary: Option<&'a Boundary>,
    /// About how large a cell is to be, in metres; none: a pixel each.
    pub resample_m: Option<f64>,
    pub memory: Memory,
}

/// The part of a raster of which cells are made.
struct Part {
    placed: PlacedGrid,
    window: Window,
    /// The width and height of a pixel, in metres.
    pixel_m: [f64; 2],
    /// Which pixels lie within the boundary; none: all.
    mask: Option<Vec<bool>>,
}

impl Part {
    /// Sorts the values of its pixels.
    fn sorted(&self, values: &[f64]) -> Sorted {
        let most = most_people(self.pixel_m[0] * self.pixel_m[1]);
        let is_inside = |place: usize| self.mask.as_ref().is_none_or(|mask| mask[place]);
        sorted(values, is_inside, most)
    }
}

/// The cells of a raster, and what a raster of further counts is read by.
pub(crate) struct RasterCells {
    pub cells: Cells,
    part: Part,
    /// The pixels of each cell, and how many columns and rows of them are together.
    made: Vec<Block>,
    by: [u32; 2],
}

/// Opens a grid of people, and looks at no pixel.
///
/// # Errors
/// When it is no `GeoTIFF`, or one of a kind that cannot be used.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    file: &'a str,
    memory: Memory,
) -> Result<PeopleRaster<'a>, ReadError> {
    let length = bytes.len() as u64;
    let tiff = GeoTiff::open(bytes, memory.unpacked(length));
    let tiff = tiff.map_err(|fault| fault.in_file(file))?;
    Ok(PeopleRaster { tiff, file, length })
}

impl PeopleRaster<'_> {
    /// The coordinate system that the file names; not asked where the study names one (`is_named`).
    ///
    /// # Errors
    /// When it names one that cannot be used.
    pub(crate) fn declared_crs(&self, is_named: bool) -> Result<Option<String>, ReadError> {
        if is_named {
            return Ok(None);
        }
        let declared = self.tiff.declared_crs();
        declared.map_err(|fault| fault.in_file(self.file))
    }

    /// The cells of the inhabited pixels, by rows and columns, with findings of how many people they
    /// are and what was left out. O(pixels around the boundary).
    ///
    /// # Errors
    /// When the file is cut or damaged, the part within the boundary is too large, empty or beside
    /// the raster, or the system cannot be used.
    pub(crate) fn cells(
        mut self,
        asked: &RasterAsked<'_>,
        door: &mut Door<'_>,
    ) -> Result<RasterCells, ReadError> {
        let part = self.part(asked, door)?;
        let sorted = part.sorted(&self.values(part.window, asked.memory)?);
        if sorted.inhabited.is_empty() {
            return Err(self.wrong(text!(RasterEmpty), text!(RasterEmptyCure)));
        }
        let by = pixels_together(asked.resample_m, part.pixel_m);
        let made = blocks(&sorted.inhabited, part.window, by);
        // Before any cell is made: a block takes far less.
        self.check_count(made.len(), asked.memory)?;
        let list = placed_cells(&made, part.placed).ok_or_else(|| self.nowhere())?;
        let mut cells = Cells::new(list);
        let size_m = [0, 1].map(|axis| part.pixel_m[axis] * f64::from(by[axis]));
        tell(&sorted, (made.len(), size_m), door);
        tell_odd(&sorted, part.pixel_m, door);
        // Smaller ones are judged by one walk, and drawn as points.
        if size_m[0].max(size_m[1]) > LARGE_M {
            cells = cells.with_outlines(outlines(&made, part.placed, by));
        }
        Ok(RasterCells {
            cells,
            part,
            made,
            by,
        })
    }

    /// Which part of it is looked at.
    fn part(&self, asked: &RasterAsked<'_>, door: &Door<'_>) -> Result<Part, ReadError> {
        let grid = self.tiff.grid;
        let converter = converter(asked.crs, door)?;
        let window = window(grid, &converter, asked.boundary)
            .ok_or_else(|| self.wrong(text!(RasterBeside), text!(RasterBesideCure)))?;
        // Before the mask is made, which has an entry for each pixel.
        self.check_pixels(window, asked.memory)?;
        let placed = PlacedGrid {
            grid,
            crs: asked.crs,
        };
        let pixel_m = pixel_metres(grid, window, &converter).ok_or_else(|| self.nowhere())?;
        let boundary = asked.boundary;
        Ok(Part {
            mask: boundary.map(|boundary| inside(placed, window, boundary)),
            placed,
            window,
            pixel_m,
        })
    }

    /// How many of somebody else than all people live in each of the cells, by their pixels in this
    /// raster; a finding says how many live where no cell is.
    ///
    /// # Errors
    /// When its pixels are not those of the cells' raster, or the file is cut or damaged.
    pub(crate) fn counts(
        mut self,
        of: &RasterCells,
        memory: Memory,
        (name, door): (&str, &mut Door<'_>),
    ) -> Result<Vec<People>, ReadError> {
        if !self.tiff.grid.is_same(&of.part.placed.grid) {
            return Err(self.wrong(text!(RasterOtherGrid), text!(RasterOtherGridCure)));
        }
        let sorted = of.part.sorted(&self.values(of.part.window, memory)?);
        let counted = blocks(&sorted.inhabited, of.part.window, of.by);
        let all: People = counted.iter().map(|block| block.people).sum();
        let counted: HashMap<[u32; 2], People> = counted
            .iter()
            .map(|block| (block.number, block.people))
            .collect();
        let of_cell = |block: &Block| counted.get(&block.number).copied().unwrap_or_default();
        let counts: Vec<People> = of.made.iter().map(of_cell).collect();
        // What this raster counts in blocks of which no cell was made.
        let lost = all - counts.iter().copied().sum();
        let message = text!(RasterCount, name = plain(name), count = all.to_string());
        door.note("raster-count", name, message);
        if lost > People::ZERO {
            let message = text!(
                RasterCountLost,
                name = plain(name),
                count = lost.to_string()
            );
            door.doubt("raster-count-lost", message);
        }
        tell_odd(&sorted, of.part.pixel_m, door);
        Ok(counts)
    }

    /// Whether a part is not too large to be unpacked: before anything of its size is made.
    fn check_pixels(&self, window: Window, memory: Memory) -> Result<(), ReadError> {
        let most = memory.unpacked(self.length) / size_of::<f64>() as u64;
        let most = most.min(MOST_PIXELS);
        if window.pixels() <= most {
            return Ok(());
        }
        let what = text!(RasterManyPixels, pixels = window.pixels(), most = most);
        Err(Fault::too_large(what, text!(RasterCoarser)).in_file(self.file))
    }

    /// The values of a window, NaN where there is none.
    fn values(&mut self, window: Window, memory: Memory) -> Result<Vec<f64>, ReadError> {
        self.check_pixels(window, memory)?;
        let values = self.tiff.pixels(window, f64::NAN, |value| value);
        values.map_err(|fault| fault.in_file(self.file))
    }

    fn check_count(&self, cells: usize, memory: Memory) -> Result<(), ReadError> {
        let most = memory.room_for(CELL_BYTES);
        if cells as u64 <= most {
            return Ok(());
        }
        let what = text!(RasterManyCells, cells = cells, most = most);
        Err(Fault::too_large(what, text!(RasterCoarser)).in_file(self.file))
    }

    fn nowhere(&self) -> ReadError {
        self.wrong(text!(RasterNoPlace), text!(CheckCoordinates))
    }

    fn wrong(&self, what: Text, remedy: Text) -> ReadError {
        Fault::new("no-people", what, remedy).in_file(self.file)
    }
}

/// Why a raster cannot have a key of the study that is about tables.
pub(crate) fn no_such_key(key: &str, file: &str) -> BadInput {
    bad(
        file,
        Some(key.to_owned()),
        None,
        text!(RasterWithoutColumns),
        text!(LeaveKeyOut),
    )
}

/// Why a table cannot have a key of the study that is about rasters.
pub(crate) fn only_of_rasters(key: &str, file: &str) -> BadInput {
    bad(
        file,
        Some(key.to_owned()),
        None,
        text!(OnlyRastersSum),
        text!(LeaveKeyOut),
    )
}

/// Why a group cannot be counted in a raster.
pub(crate) fn counts_people_alone(key: &str, column: &str, file: &str) -> BadInput {
    let (key, found) = (Some(key.to_owned()), Some(column.to_owned()));
    bad(
        file,
        key,
        found,
        text!(RasterCountsPeople),
        text!(ShareInPlace),
    )
}

/// The pixels within a boundary's outermost vertices; all where there is no boundary; none where it
/// lies beside the grid.
fn window(grid: Grid, converter: &Converter, boundary: Option<&Boundary>) -> Option<Window> {
    let Some(boundary) = boundary else {
        return Some(grid.whole());
    };
    let places = boundary
        .vertices()
        .filter_map(|at| converter.numbers_of([at.lon(), at.lat()]));
    grid.window_over(places)
}

/// The width and height of a pixel in the middle of a window, in metres on the ground.
fn pixel_metres(grid: Grid, window: Window, converter: &Converter) -> Option<[f64; 2]> {
    let position = |[column, row]: [f64; 2]| {
        let [x, y] = grid.place(column, row);
        let [lon, lat] = converter.to_wgs84(x, y)?;
        Position::new(lon, lat)
    };
    // Pixels of degrees are narrower in the north: those in the middle stand for all.
    let middle = [0, 1].map(|axis| f64::from(window.first[axis].midpoint(window.end[axis])));
    let [column, row] = middle;
    let here = position([column, row])?;
    let east = position([column + 1.0, row])?;
    let south = position([column, row + 1.0])?;
    Some([here.distance(east), here.distance(south)])
}

/// How many columns and rows of pixels come nearest to cells of so many metres.
fn pixels_together(metres: Option<f64>, pixel_m: [f64; 2]) -> [u32; 2] {
    pixel_m.map(|pixel| {
        let count = metres.map_or(1.0, |metres| (metres / pixel).round());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cut off at a million"
        )]
        let count = count.clamp(1.0, 1e6) as u32;
        count
    })
}

/// The cells of blocks, each named by its row and column from 1; none where one lies nowhere.
fn placed_cells(made: &[Block], placed: PlacedGrid) -> Option<Vec<Cell>> {
    made.par_iter()
        .map_init(
            || placed.crs.converter().ok(),
            |converter, block| {
                let [x, y] = placed.grid.place(block.at[0], block.at[1]);
                let [lon, lat] = converter.as_ref()?.to_wgs84(x, y)?;
                let [column, row] = block.number;
                Some(Cell {
                    id: format!("r{}c{}", u64::from(row) + 1, u64::from(column) + 1),
                    ..Cell::at(Position::new(lon, lat)?, block.people)
                })
            },
        )
        .collect()
}

/// The area of each block of so many columns and rows of pixels.
fn outlines(made: &[Block], placed: PlacedGrid, by: [u32; 2]) -> Vec<Option<Outline>> {
    made.par_iter()
        .map_init(
            || placed.crs.converter().ok(),
            |converter, block| {
                let first = [0, 1].map(|axis| f64::from(block.number[axis]) * f64::from(by[axis]));
                let end = [0, 1].map(|axis| first[axis] + f64::from(by[axis]));
                let corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(|[east, south]| {
                    let column = [first[0], end[0]][east];
                    let row = [first[1], end[1]][south];
                    let [x, y] = placed.grid.place(column, row);
                    converter.as_ref()?.to_wgs84(x, y).map(Coord::from)
                });
                let ring: Option<Vec<Coord>> = corners.into_iter().collect();
                let area = Polygon::new(LineString(ring?), Vec::new());
                Outline::new(&MultiPolygon(vec![area]))
            },
        )
        .collect()
}

fn tell(sorted: &Sorted, (cells, size_m): (usize, [f64; 2]), door: &mut Door<'_>) {
    let [wide, high] = size_m.map(|metres| format!("{metres:.0}"));
    let message = text!(
        RasterPeople,
        cells = cells,
        wide = wide,
        high = high,
        pixels = sorted.inhabited.len(),
        people = sorted.people().to_string(),
    );
    door.note("raster-people", "cells", message);
    if sorted.clipped > 0 {
        let people = sorted.clipped_people.to_string();
        let message = text!(RasterClipped, pixels = sorted.clipped, people = people);
        door.note("raster-clipped", "cells", message);
    }
    if sorted.none > 0 {
        let message = text!(RasterNone, pixels = sorted.none);
        door.note("raster-no-value", "cells", message);
    }
}

/// Says which pixels were taken for none.
fn tell_odd(sorted: &Sorted, pixel_m: [f64; 2], door: &mut Door<'_>) {
    let Odd { pixels, example } = sorted.negative;
    if pixels > 0 {
        let value = short(example);
        let message = text!(RasterNegative, pixels = pixels, value = value);
        door.doubt("raster-negative", message);
    }
    let Odd { pixels, example } = sorted.impossible;
    if pixels > 0 {
        let hectares = format!("{:.2}", pixel_m[0] * pixel_m[1] / 1e4);
        let value = short(example);
        let message = text!(
            RasterImpossible,
            pixels = pixels,
            value = value,
            hectares = hectares
        );
        door.doubt("raster-impossible", message);
    }
}

/// A number with the digits of a short float, as most rasters hold.
fn short(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "to be read by a person")]
    let value = value as f32;
    // By way of its text, for a short float has other digits as a long one.
    value
        .to_string()
        .parse()
        .map_or_else(|_| value.to_string(), shown)
}

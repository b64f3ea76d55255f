//! A `GeoTIFF`'s tags and pixels.

use std::io::Cursor;

use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::fault::Fault;
use super::geokeys::{self, GeoKeys};
use super::raster::{Grid, Raster, Window};
use crate::words::{Text, text};

/// The largest strip or tile that is unpacked, in bytes.
const MOST_BYTES: usize = 512 << 20;

const NORTH_UP: Text = text!(TurnNorthUp);
const PLAIN: Text = text!(ConvertToOneBand);
const AGAIN: Text = text!(ExportOrDownloadAgain);

/// An open `GeoTIFF`.
pub(super) struct GeoTiff<'a> {
    decoder: Decoder<Cursor<&'a [u8]>>,
    pub grid: Grid,
    pub declared_crs: Option<String>,
    /// The value that stands for no height.
    nodata: Option<f64>,
    /// Metres in a unit of height.
    metres: f64,
}

impl<'a> GeoTiff<'a> {
    /// Opens a file and looks at its tags, at no pixel. A strip or tile may unpack to so many bytes.
    pub(super) fn open(bytes: &'a [u8], most: u64) -> Result<Self, Fault> {
        if !matches!(
            bytes.get(..4),
            Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+")
        ) {
            return Err(Fault::new("not-tiff", text!(NotTiff), text!(NameGeoTiff)));
        }
        let mut limits = Limits::default();
        let most = usize::try_from(most).map_or(MOST_BYTES, |most| most.min(MOST_BYTES));
        limits.decoding_buffer_size = most;
        limits.intermediate_buffer_size = most;
        let mut decoder = Decoder::new(Cursor::new(bytes))
            .map_err(|e| fault(&e))?
            .with_limits(limits);
        one_band(&mut decoder)?;
        let keys = keys(&mut decoder)?;
        let grid = grid(&mut decoder, keys.point)?;
        let nodata = string(&mut decoder, Tag::GdalNodata)?
            .map(|text| nodata(&text))
            .transpose()?;
        refuse_scaled(&mut decoder)?;
        Ok(Self {
            decoder,
            grid,
            declared_crs: keys.crs,
            nodata,
            metres: keys.metres,
        })
    }

    /// The heights in a window of the grid. O(pixels of the strips or tiles that it meets).
    pub(super) fn raster(&mut self, window: Window) -> Result<Raster, Fault> {
        let mut raster = Raster::empty(window);
        let (width, height) = self.decoder.chunk_dimensions();
        let chunk = [width, height];
        if chunk.contains(&0) {
            return Err(Fault::bad_tiff(text!(TilesWithoutPixels), AGAIN));
        }
        let across = self.grid.size[0].div_ceil(width);
        for down in window.first[1] / height..window.end[1].div_ceil(height) {
            for right in window.first[0] / width..window.end[0].div_ceil(width) {
                let number = down
                    .checked_mul(across)
                    .and_then(|number| number.checked_add(right));
                let number = number
                    .ok_or_else(|| Fault::too_large(text!(ManyTiles), text!(CutTiffToArea)))?;
                let size = self.decoder.chunk_data_dimensions(number);
                let values = self
                    .decoder
                    .read_chunk(number)
                    .map_err(|error| fault(&error))?;
                let part = Chunk {
                    first: [right * chunk[0], down * chunk[1]],
                    size: [size.0, size.1],
                    values,
                };
                self.copy(&part, &mut raster)?;
            }
        }
        Ok(raster)
    }

    /// Copies the pixels of a strip or tile that lie in the raster's window.
    fn copy(&self, chunk: &Chunk, raster: &mut Raster) -> Result<(), Fault> {
        let window = raster.window;
        let first = |axis: usize| chunk.first[axis].max(window.first[axis]);
        let end = |axis: usize| {
            chunk.first[axis]
                .saturating_add(chunk.size[axis])
                .min(window.end[axis])
        };
        for row in first(1)..end(1) {
            for column in first(0)..end(0) {
                let from = (row - chunk.first[1]) as usize * chunk.size[0] as usize
                    + (column - chunk.first[0]) as usize;
                let to = (row - window.first[1]) as usize * window.width()
                    + (column - window.first[0]) as usize;
                let value = value(&chunk.values, from)
                    .ok_or_else(|| Fault::bad_tiff(text!(TileCut), AGAIN))?;
                raster.heights[to] = self.height(value);
            }
        }
        Ok(())
    }

    /// A pixel's height in metres; NaN where it has none.
    fn height(&self, value: f64) -> f32 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "heights are good to a millimetre"
        )]
        let narrow = |value: f64| value as f32;
        // The value is written as a text, and the pixels may be floats of half the length.
        let same = |none: f64| narrow(value).total_cmp(&narrow(none)).is_eq();
        let none = self.nodata.is_some_and(same);
        if none {
            f32::NAN
        } else {
            narrow(value * self.metres)
        }
    }
}

/// A strip or tile.
struct Chunk {
    first: [u32; 2],
    size: [u32; 2],
    values: DecodingResult,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no height has more than 53 bits"
)]
fn value(values: &DecodingResult, at: usize) -> Option<f64> {
    match values {
        DecodingResult::U8(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::U16(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::U32(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::U64(all) => all.get(at).map(|&value| value as f64),
        DecodingResult::I8(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::I16(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::I32(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::I64(all) => all.get(at).map(|&value| value as f64),
        DecodingResult::F16(all) => all.get(at).map(|&value| value.to_f64()),
        DecodingResult::F32(all) => all.get(at).map(|&value| value.into()),
        DecodingResult::F64(all) => all.get(at).copied(),
    }
}

type Tags<'a> = Decoder<Cursor<&'a [u8]>>;

fn one_band(decoder: &mut Tags<'_>) -> Result<(), Fault> {
    match decoder.colortype().map_err(|error| fault(&error))? {
        ColorType::Gray(_) => Ok(()),
        ColorType::Multiband { num_samples, .. } => {
            let what = text!(TiffBands, count = num_samples.to_string());
            Err(Fault::bad_tiff(what, PLAIN))
        }
        other => {
            let what = text!(TiffPicture, kind = format!("{other:?}"));
            Err(Fault::bad_tiff(what, PLAIN))
        }
    }
}

fn keys(decoder: &mut Tags<'_>) -> Result<GeoKeys, Fault> {
    let directory = decoder
        .find_tag(Tag::GeoKeyDirectoryTag)
        .map_err(|error| fault(&error))?;
    let directory = directory
        .map(tiff::decoder::ifd::Value::into_u16_vec)
        .transpose()
        .map_err(|error| fault(&error))?;
    geokeys::read(&directory.unwrap_or_default())
}

fn grid(decoder: &mut Tags<'_>, point: bool) -> Result<Grid, Fault> {
    let (columns, rows) = decoder.dimensions().map_err(|error| fault(&error))?;
    let (corner, step) = place(decoder)?;
    let usable = step.iter().all(|step| step.is_finite() && *step != 0.0)
        && corner.iter().all(|at| at.is_finite());
    if !usable || columns == 0 || rows == 0 {
        return Err(Fault::bad_tiff(text!(PixelsWithoutPlace), AGAIN));
    }
    let half = if point { 0.5 } else { 0.0 };
    let corner = [corner[0] - half * step[0], corner[1] - half * step[1]];
    Ok(Grid {
        size: [columns, rows],
        corner,
        step,
    })
}

/// Where the first pixel lies, and the step from each to the next.
fn place(decoder: &mut Tags<'_>) -> Result<([f64; 2], [f64; 2]), Fault> {
    let matrix = numbers(decoder, Tag::ModelTransformationTag)?;
    if let [a, b, _, x, c, d, _, y, ..] = matrix[..] {
        if b != 0.0 || c != 0.0 {
            return Err(Fault::bad_tiff(text!(TiffRotated), NORTH_UP));
        }
        return Ok(([x, y], [a, d]));
    }
    let scale = numbers(decoder, Tag::ModelPixelScaleTag)?;
    let tie = numbers(decoder, Tag::ModelTiepointTag)?;
    match (&scale[..], &tie[..]) {
        (&[wide, high, ..], &[column, row, _, x, y, _, ..]) => {
            Ok(([x - column * wide, y + row * high], [wide, -high]))
        }
        (_, [_, _, _, _, _, _, _, ..]) => Err(Fault::bad_tiff(text!(TiffTiedAtPoints), NORTH_UP)),
        _ => Err(Fault::new(
            "not-geotiff",
            text!(NotGeoTiff),
            text!(ExportAsGeoTiff),
        )),
    }
}

fn numbers(decoder: &mut Tags<'_>, tag: Tag) -> Result<Vec<f64>, Fault> {
    let found = decoder.find_tag(tag).map_err(|error| fault(&error))?;
    found.map_or_else(
        || Ok(Vec::new()),
        |value| value.into_f64_vec().map_err(|error| fault(&error)),
    )
}

fn string(decoder: &mut Tags<'_>, tag: Tag) -> Result<Option<String>, Fault> {
    let found = decoder.find_tag(tag).map_err(|error| fault(&error))?;
    found
        .map(|value| value.into_string().map_err(|error| fault(&error)))
        .transpose()
}

fn nodata(text: &str) -> Result<f64, Fault> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    text.parse().map_err(|_| {
        let what = text!(OddNodata, value = crate::read::plain(text));
        Fault::bad_tiff(what, text!(SetNodata))
    })
}

/// Heights that are to be multiplied or shifted first are refused.
fn refuse_scaled(decoder: &mut Tags<'_>) -> Result<(), Fault> {
    let metadata = string(decoder, Tag::Unknown(GDAL_METADATA))?.unwrap_or_default();
    if ["role=\"scale\"", "role=\"offset\""]
        .iter()
        .any(|role| metadata.contains(role))
    {
        return Err(Fault::bad_tiff(text!(HeightsScaled), text!(UnscaleHeights)));
    }
    Ok(())
}

const GDAL_METADATA: u16 = 42112;

fn fault(error: &TiffError) -> Fault {
    let why = crate::read::plain(&error.to_string());
    match error {
        TiffError::UnsupportedError(_) => Fault::bad_tiff(text!(TiffStorage, error = why), PLAIN),
        TiffError::LimitsExceeded => Fault::too_large(text!(LargeTiles), text!(StoreInTiles)),
        _ => Fault::bad_tiff(text!(TiffDamaged, error = why), AGAIN),
    }
}

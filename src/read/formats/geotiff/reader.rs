//! A `GeoTIFF`'s tags and pixels.
//!
//! The crate `tiff` decodes them. Ours is what `GeoTIFF` adds, and which strips are unpacked: whole
//! images would be as large as a file claims (`a_small_file_that_claims_to_be_huge_unpacks_nothing`).

use std::io::Cursor;
use std::ops::Range;

use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::fault::Fault;
use super::geokeys::{self, GeoKeys};
use super::grid::{Grid, Window};
use crate::words::{Text, text};

/// The largest strip or tile that is unpacked, in bytes.
const MOST_BYTES: usize = 512 << 20;

const NORTH_UP: Text = text!(TurnNorthUp);
const PLAIN: Text = text!(ConvertToOneBand);
const AGAIN: Text = text!(ExportOrDownloadAgain);

/// An open `GeoTIFF`.
pub(crate) struct GeoTiff<'a> {
    decoder: Decoder<Cursor<&'a [u8]>>,
    pub grid: Grid,
    keys: GeoKeys,
    /// The value that stands for none.
    nodata: Option<f64>,
    /// How many bytes each strip or tile has.
    lengths: Vec<u64>,
}

/// Whether a file begins as a TIFF does, be it one of places or a picture.
pub(crate) fn is_tiff(bytes: &[u8]) -> bool {
    matches!(
        bytes.get(..4),
        Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+")
    )
}

impl<'a> GeoTiff<'a> {
    /// Opens a file and looks at its tags, at no pixel. A strip or tile may unpack to so many bytes.
    pub(crate) fn open(bytes: &'a [u8], most: u64) -> Result<Self, Fault> {
        if !is_tiff(bytes) {
            return Err(Fault::new(
                "not-tiff",
                text!(NotTiff),
                text!(NameElevationModel),
            ));
        }
        let mut limits = Limits::default();
        let most = usize::try_from(most).map_or(MOST_BYTES, |most| most.min(MOST_BYTES));
        limits.decoding_buffer_size = most;
        limits.intermediate_buffer_size = most;
        let mut decoder = Decoder::new(Cursor::new(bytes))
            .map_err(|e| fault(&e))?
            .with_limits(limits);
        // What cannot be read is refused by its tags, before any pixel is unpacked.
        one_band(&mut decoder)?;
        let keys = keys(&mut decoder)?;
        // The keys say whether a value is that of a pixel or of a point.
        let grid = grid(&mut decoder, keys.point)?;
        let nodata = string(&mut decoder, Tag::GdalNodata)?
            .map(|text| nodata(&text))
            .transpose()?;
        refuse_scaled(&mut decoder)?;
        let lengths = lengths(&mut decoder)?;
        Ok(Self {
            decoder,
            grid,
            keys,
            nodata,
            lengths,
        })
    }

    /// The coordinate system that it names, if it does.
    ///
    /// # Errors
    /// When it names one that cannot be used.
    pub(crate) fn declared_crs(&self) -> Result<Option<String>, Fault> {
        self.keys.crs.clone()
    }

    /// Metres in the unit of its values, where these are heights.
    ///
    /// # Errors
    /// When it is none that is known.
    pub(crate) fn metres(&self) -> Result<f64, Fault> {
        self.keys.metres()
    }

    /// What `of` makes of the pixels in a window of the grid, row by row, and `none` where a pixel
    /// has no value. O(pixels of the strips or tiles that it meets).
    ///
    /// # Errors
    /// When the file is cut or damaged.
    pub(crate) fn pixels<T: Copy>(
        &mut self,
        window: Window,
        none: T,
        of: impl Fn(f64) -> T,
    ) -> Result<Vec<T>, Fault> {
        let mut pixels = vec![none; window.width() * window.height()];
        let (width, height) = self.decoder.chunk_dimensions();
        if width == 0 || height == 0 {
            return Err(Fault::bad_tiff(text!(TilesWithoutPixels), AGAIN));
        }
        for down in window.first[1] / height..window.end[1].div_ceil(height) {
            for right in window.first[0] / width..window.end[0].div_ceil(width) {
                if let Some(chunk) = self.chunk(right, down)? {
                    self.copy(&chunk, window, |place, value| pixels[place] = of(value))?;
                }
            }
        }
        Ok(pixels)
    }

    /// Unpacks a strip or tile, by its place among the columns and rows of them; none where the file
    /// leaves it out, as sparse files do with those that hold no value at all.
    fn chunk(&mut self, right: u32, down: u32) -> Result<Option<Chunk>, Fault> {
        let (width, height) = self.decoder.chunk_dimensions();
        let across = self.grid.size[0].div_ceil(width);
        let number = down
            .checked_mul(across)
            .and_then(|number| number.checked_add(right))
            .ok_or_else(|| Fault::too_large(text!(ManyTiles), text!(CutTiffToArea)))?;
        if self.lengths.get(number as usize) == Some(&0) {
            return Ok(None);
        }
        // Those at the right and lower edge may be smaller than the others.
        let size = self.decoder.chunk_data_dimensions(number);
        let values = self.decoder.read_chunk(number);
        Ok(Some(Chunk {
            first: [right * width, down * height],
            size: size.into(),
            values: values.map_err(|error| fault(&error))?,
        }))
    }

    /// Hands on the pixels of a strip or tile that lie in a window and have a value, each with its
    /// place among those of the window.
    fn copy(
        &self,
        chunk: &Chunk,
        window: Window,
        mut take: impl FnMut(usize, f64),
    ) -> Result<(), Fault> {
        for row in chunk.shared_with(window, 1) {
            for column in chunk.shared_with(window, 0) {
                let from = (row - chunk.first[1]) as usize * chunk.size[0] as usize
                    + (column - chunk.first[0]) as usize;
                let to = (row - window.first[1]) as usize * window.width()
                    + (column - window.first[0]) as usize;
                let value = value(&chunk.values, from)
                    .ok_or_else(|| Fault::bad_tiff(text!(TileCut), AGAIN))?;
                if !self.is_none(value) {
                    take(to, value);
                }
            }
        }
        Ok(())
    }

    /// Whether a value stands for none.
    fn is_none(&self, value: f64) -> bool {
        // The text of it may hold more digits than the pixels, which may be short floats.
        self.nodata
            .is_some_and(|none| narrow(value).total_cmp(&narrow(none)).is_eq())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a value that stands for none is no other to a ten-millionth"
)]
const fn narrow(value: f64) -> f32 {
    value as f32
}

/// A strip or tile.
struct Chunk {
    first: [u32; 2],
    size: [u32; 2],
    values: DecodingResult,
}

impl Chunk {
    /// Its columns (axis 0) or rows (axis 1) that lie in the window.
    fn shared_with(&self, window: Window, axis: usize) -> Range<u32> {
        let first = self.first[axis].max(window.first[axis]);
        let end = self.first[axis].saturating_add(self.size[axis]);
        first..end.min(window.end[axis])
    }
}

/// A pixel's value as it stands; none where the strip or tile is too short.
#[expect(
    clippy::cast_precision_loss,
    reason = "no height has more than 53 bits"
)]
fn value(values: &DecodingResult, at: usize) -> Option<f64> {
    match values {
        DecodingResult::U8(all) => float(all, at),
        DecodingResult::U16(all) => float(all, at),
        DecodingResult::U32(all) => float(all, at),
        DecodingResult::U64(all) => Some(*all.get(at)? as f64),
        DecodingResult::I8(all) => float(all, at),
        DecodingResult::I16(all) => float(all, at),
        DecodingResult::I32(all) => float(all, at),
        DecodingResult::I64(all) => Some(*all.get(at)? as f64),
        DecodingResult::F16(all) => float(all, at),
        DecodingResult::F32(all) => float(all, at),
        DecodingResult::F64(all) => float(all, at),
    }
}

fn float<T: Copy + Into<f64>>(all: &[T], at: usize) -> Option<f64> {
    Some((*all.get(at)?).into())
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
    let texts = string(decoder, Tag::GeoAsciiParamsTag)?.unwrap_or_default();
    geokeys::read(&directory.unwrap_or_default(), &texts)
}

fn grid(decoder: &mut Tags<'_>, point: bool) -> Result<Grid, Fault> {
    let (columns, rows) = decoder.dimensions().map_err(|error| fault(&error))?;
    let (corner, step) = place(decoder)?;
    let usable = step.iter().all(|step| step.is_finite() && *step != 0.0)
        && corner.iter().all(|at| at.is_finite());
    if !usable || columns == 0 || rows == 0 {
        return Err(Fault::bad_tiff(text!(PixelsWithoutPlace), AGAIN));
    }
    // A height of a point is that of the pixel's centre, from which the corner is half a pixel off.
    let half = if point { 0.5 } else { 0.0 };
    let corner = [corner[0] - half * step[0], corner[1] - half * step[1]];
    Ok(Grid {
        size: [columns, rows],
        corner,
        step,
    })
}

/// Where the first pixel lies, and the step from each to the next: by a matrix that takes pixels
/// to places, else by the place of one pixel and the size of all.
fn place(decoder: &mut Tags<'_>) -> Result<([f64; 2], [f64; 2]), Fault> {
    let matrix = numbers(decoder, Tag::ModelTransformationTag)?;
    if let [wide, turned, _, x, tilted, high, _, y, ..] = matrix[..] {
        if turned != 0.0 || tilted != 0.0 {
            return Err(Fault::bad_tiff(text!(TiffRotated), NORTH_UP));
        }
        return Ok(([x, y], [wide, high]));
    }
    let scale = numbers(decoder, Tag::ModelPixelScaleTag)?;
    let tie = numbers(decoder, Tag::ModelTiepointTag)?;
    match (&scale[..], &tie[..]) {
        (&[wide, high, ..], &[column, row, _, x, y, _, ..]) => {
            // Rows run south, while the size of a pixel is above 0.
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

/// How many bytes each strip or tile has; nothing where the file does not say.
fn lengths(decoder: &mut Tags<'_>) -> Result<Vec<u64>, Fault> {
    for tag in [Tag::TileByteCounts, Tag::StripByteCounts] {
        let found = decoder.find_tag(tag).map_err(|error| fault(&error))?;
        if let Some(value) = found {
            return value.into_u64_vec().map_err(|error| fault(&error));
        }
    }
    Ok(Vec::new())
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

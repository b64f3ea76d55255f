//! Heights of streets from a `GeoTIFF` elevation model.
//!
//! Read are files of one band, north up, in degrees on WGS 84 or CGCS2000 or in any projection that
//! street files may have, whole numbers or floats, stored plainly or packed with deflate or LZW, in
//! strips or tiles, also as `BigTIFF`. Only the part under the streets is unpacked. Heights lie
//! between the centres of pixels by bilinear interpolation, at the vertices of streets and, where a
//! piece of street is longer than a pixel, pixel by pixel along it.

mod climbs;
mod raster;
mod voids;

use rayon::prelude::*;

use crate::model::Memory;
use crate::read::crs::Crs;
use crate::read::error::ReadError;
use crate::read::formats::geotiff::{Fault, GeoTiff, Grid, Window};
use crate::read::row_policy::Door;
use crate::words::text;
use climbs::{Climb, Under};
use raster::Raster;
use voids::Voids;

/// The largest part of an elevation model that is unpacked, in pixels: 10 km by 10 km at a metre a pixel.
const MOST_PIXELS: u64 = 100_000_000;

/// An elevation model whose heights are not yet read.
pub(crate) struct Elevation<'a> {
    tiff: GeoTiff<'a>,
    /// The coordinate system that the file names.
    pub declared_crs: Option<String>,
    file: &'a str,
    /// The most bytes that the part under the streets may unpack to.
    most: u64,
}

/// Opens an elevation model.
///
/// # Errors
/// When it is no `GeoTIFF`, or one of a kind that cannot be used.
pub(crate) fn open<'a>(
    bytes: &'a [u8],
    file: &'a str,
    memory: Memory,
) -> Result<Elevation<'a>, ReadError> {
    let most = memory.unpacked(bytes.len() as u64);
    let tiff = GeoTiff::open(bytes, most).map_err(|fault| fault.in_file(file))?;
    let declared_crs = tiff.declared_crs();
    Ok(Elevation {
        declared_crs: declared_crs.map_err(|fault| fault.in_file(file))?,
        tiff,
        file,
        most,
    })
}

/// The model under some vertices.
pub(crate) struct Ground {
    /// The pixels that bear on them; none where no vertex lies on the model.
    raster: Option<Raster>,
    /// Where each vertex lies on the grid; none off it.
    pixels: Vec<Option<[f64; 2]>>,
}

impl Elevation<'_> {
    /// The pixels under these places (longitude and latitude on WGS 84), without those that hold what
    /// is no height. O(places + pixels under them).
    ///
    /// # Errors
    /// When the file is cut or damaged, or the part under the places is too large.
    pub(crate) fn under(
        mut self,
        crs: Crs,
        places: &[[f64; 2]],
        door: &mut Door<'_>,
    ) -> Result<Ground, ReadError> {
        let grid = self.tiff.grid;
        let pixels = pixels(grid, crs, places);
        // No place lies on the model, so nothing of it is unpacked.
        let Some(window) = Window::around(pixels.iter().flatten(), grid.size) else {
            let raster = None;
            return Ok(Ground { raster, pixels });
        };
        let heights = self.heights(window);
        let heights = heights.map_err(|fault| fault.in_file(self.file))?;
        let mut raster = Raster { window, heights };
        tell_voids(voids::cleared(&mut raster), door);
        let raster = Some(raster);
        Ok(Ground { raster, pixels })
    }

    /// The heights in a window of the grid, in metres.
    fn heights(&mut self, window: Window) -> Result<Vec<f32>, Fault> {
        let window = small(window, self.most)?;
        let metres = self.tiff.metres()?;
        self.tiff
            .pixels(window, f32::NAN, |height| narrow(height * metres))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "heights are good to a millimetre"
)]
const fn narrow(height: f64) -> f32 {
    height as f32
}

impl Ground {
    /// The height of each place; none off the model, and where the model knows none. Nothing at all
    /// where it knows none of any. O(places).
    pub(crate) fn heights(&self, door: &mut Door<'_>) -> Vec<Option<f32>> {
        let raster = self.raster.as_ref();
        let heights = self.pixels.par_iter().map(|at| raster?.at((*at)?));
        told(heights.collect(), door)
    }

    /// What each piece between these places climbs on its way: [`climbs`].
    pub(crate) fn climbs(&self, places: &[[f64; 2]], pieces: &[[u32; 2]]) -> Vec<Option<Climb>> {
        let Some(raster) = &self.raster else {
            return Vec::new();
        };
        let under = Under {
            raster,
            pixels: &self.pixels,
            places,
        };
        under.climbs(pieces)
    }
}

/// Says which pixels were taken for none.
fn tell_voids(voids: Voids, door: &mut Door<'_>) {
    if voids.impossible > 0 {
        let value = voids.example.to_string();
        let message = text!(HeightsImpossible, count = voids.impossible, value = value);
        door.doubt("impossible-heights", message);
    }
    if voids.zeros > 0 {
        let message = text!(HeightsZero, count = voids.zeros);
        door.doubt("zero-heights", message);
    }
}

/// Where each place lies on the grid; none off it. O(places).
fn pixels(grid: Grid, crs: Crs, places: &[[f64; 2]]) -> Vec<Option<[f64; 2]>> {
    places
        .par_iter()
        // A converter cannot be shared between threads, but each may have its own.
        .map_init(
            || crs.converter().ok(),
            |converter, &at| {
                let [x, y] = converter.as_ref()?.numbers_of(at)?;
                grid.pixel(x, y)
            },
        )
        .collect()
}

/// The window, if its heights are neither too many to unpack nor more than this many bytes.
fn small(window: Window, most: u64) -> Result<Window, Fault> {
    let most = MOST_PIXELS.min(most / size_of::<f32>() as u64);
    if window.pixels() <= most {
        return Ok(window);
    }
    let what = text!(ManyPixels, pixels = window.pixels(), most = most);
    Err(Fault::too_large(what, text!(MakeCoarser)))
}

/// The heights, or nothing at all where none is known; says how many there are.
fn told(heights: Vec<Option<f32>>, door: &mut Door<'_>) -> Vec<Option<f32>> {
    let known = heights.iter().flatten().count();
    let all = heights.len();
    if known > 0 {
        let numbers = || heights.iter().flatten().copied();
        let low = numbers().fold(f32::INFINITY, f32::min);
        let high = numbers().fold(f32::NEG_INFINITY, f32::max);
        let message = text!(
            HeightsKnown,
            known = known,
            all = all,
            low = format!("{low:.0}"),
            high = format!("{high:.0}"),
        );
        door.note("heights", "", message);
    }
    if known < all {
        let message = text!(HeightsMissing, missing = all - known, all = all);
        door.doubt("no-height", message);
    }
    if known > 0 { heights } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::row_policy::Stopped;

    #[test]
    fn a_window_is_measured_before_it_is_unpacked() {
        let window = |columns: u32, rows: u32| Window {
            first: [7, 7],
            end: [7 + columns, 7 + rows],
        };
        assert!(small(window(10_000, 10_000), u64::MAX).is_ok());
        assert!(small(window(10_000, 10_000), 400_000_000).is_ok());
        assert!(small(window(10_000, 10_000), 399_999_999).is_err());
        let error =
            small(window(10_000, 10_001), u64::MAX).map_err(|fault| fault.in_file("dem.tif"));
        assert!(
            matches!(error, Err(ReadError::TooLarge(bad)) if bad.expected.to_string().contains("100010000 pixels"))
        );
    }

    #[test]
    fn a_small_file_that_claims_to_be_huge_unpacks_nothing() {
        use std::io::Cursor;
        use tiff::{
            encoder::{TiffEncoder, colortype::Gray8},
            tags::Tag,
        };
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).expect("memory");
        let mut image = encoder.new_image::<Gray8>(1_001, 1_002).expect("an image");
        image.rows_per_strip(1_002).expect("one strip");
        image
            .encoder()
            .write_tag(Tag::ModelPixelScaleTag, &[1e-5, 1e-5, 0.0][..])
            .expect("memory");
        image
            .encoder()
            .write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, 10.0, 0.5, 0.0][..])
            .expect("memory");
        image.write_data(&vec![0; 1_001 * 1_002]).expect("memory");
        let mut bytes = file.into_inner();
        for (claimed, known) in [(90_001_u32, 1_001_u32), (90_002, 1_002)] {
            let places: Vec<usize> = (0..bytes.len() - 4)
                .filter(|&at| bytes[at..at + 4] == known.to_le_bytes())
                .collect();
            for at in places {
                bytes[at..at + 4].copy_from_slice(&claimed.to_le_bytes());
            }
        }
        let mut findings = crate::model::Findings::default();
        let mut door = Door {
            file: "dem.tif".into(),
            on_bad: crate::read::OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let read = open(&bytes, "dem.tif", Memory::default())
            .and_then(|model| model.under(Crs::Wgs84, &[[10.1, 0.4]], &mut door));
        let error = read.err().expect("no such pixels").to_string();
        assert!(
            error.contains("too large") || error.contains("cut or damaged"),
            "{error}"
        );
    }
}

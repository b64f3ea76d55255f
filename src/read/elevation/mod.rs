//! Heights of streets from a `GeoTIFF` elevation model.
//!
//! Read are files of one band, north up, in degrees on WGS 84 or CGCS2000 or in any projection that
//! street files may have, whole numbers or floats, stored plainly or packed with deflate or LZW, in
//! strips or tiles, also as `BigTIFF`. Only the part under the streets is unpacked. Heights lie
//! between the centres of pixels by bilinear interpolation.

mod geokeys;
mod geotiff;
mod raster;

use rayon::prelude::*;

use super::crs::{Converter, Crs};
use super::door::Door;
use super::error::{BadInput, Place, ReadError};
use super::plain_streets::ON_EARTH;
use crate::model::Severity;
use geotiff::GeoTiff;
use raster::{Raster, Window};

/// The largest part of an elevation model that is unpacked, in pixels: 10 km by 10 km at a metre a pixel.
const MOST_PIXELS: u64 = 100_000_000;

/// What is wrong with an elevation model, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    code: &'static str,
    what: String,
    remedy: &'static str,
}

impl Fault {
    fn new(code: &'static str, what: impl Into<String>, remedy: &'static str) -> Self {
        Self { code, what: what.into(), remedy }
    }

    fn in_file(self, file: &str) -> ReadError {
        let bad = BadInput {
            code: self.code,
            file: file.to_owned(),
            expected: self.what,
            remedy: self.remedy.to_owned(),
            ..BadInput::default()
        };
        if self.code == "too-large" { ReadError::TooLarge(Box::new(bad)) } else { bad.into() }
    }
}

/// An elevation model whose heights are not yet read.
pub(crate) struct Elevation<'a> {
    tiff: GeoTiff<'a>,
    /// The coordinate system that the file names.
    pub declared_crs: Option<String>,
    file: &'a str,
}

/// Opens an elevation model.
///
/// # Errors
/// When it is no `GeoTIFF`, or one of a kind that cannot be used.
pub(crate) fn open<'a>(bytes: &'a [u8], file: &'a str) -> Result<Elevation<'a>, ReadError> {
    let tiff = GeoTiff::open(bytes).map_err(|fault| fault.in_file(file))?;
    Ok(Elevation { declared_crs: tiff.declared_crs.clone(), tiff, file })
}

impl Elevation<'_> {
    /// The height of each of these places (longitude and latitude on WGS 84); none off the model,
    /// and where the model knows none. O(places + pixels under them).
    ///
    /// # Errors
    /// When the file is cut or damaged, or the part under the places is too large.
    pub(crate) fn heights(
        mut self,
        crs: Crs,
        places: &[[f64; 2]],
        door: &mut Door<'_>,
    ) -> Result<Vec<Option<f32>>, ReadError> {
        let grid = self.tiff.grid;
        // A converter cannot be shared between threads, but each may have its own.
        let convert = |converter: &mut Option<Converter>, &at: &[f64; 2]| {
            let [x, y] = converter.as_ref()?.numbers_of(at)?;
            grid.pixel(x, y)
        };
        let pixels: Vec<Option<[f64; 2]>> = places.par_iter().map_init(|| crs.converter().ok(), convert).collect();
        let Some(window) = Window::around(pixels.iter().flatten(), grid.size) else {
            return Ok(told(vec![None; places.len()], door));
        };
        let raster = self.raster(window).map_err(|fault| fault.in_file(self.file))?;
        let height = |at: &Option<[f64; 2]>| at.and_then(|at| raster.at(at)).filter(|height| ON_EARTH.contains(height));
        Ok(told(pixels.par_iter().map(height).collect(), door))
    }

    fn raster(&mut self, window: Window) -> Result<Raster, Fault> {
        if window.pixels() > MOST_PIXELS {
            let what =
                format!("the part under the streets has {} pixels, expected at most {MOST_PIXELS}", window.pixels());
            return Err(Fault::new(
                "too-large",
                what,
                "make it coarser with gdalwarp -tr, or cut the streets to the study area",
            ));
        }
        self.tiff.raster(window)
    }
}

/// The heights, or nothing at all where none is known; says how many there are.
fn told(heights: Vec<Option<f32>>, door: &mut Door<'_>) -> Vec<Option<f32>> {
    let known = heights.iter().flatten().count();
    let (low, high) = heights
        .iter()
        .flatten()
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &height| (low.min(height), high.max(height)));
    if known > 0 {
        door.note(
            "heights",
            "",
            format!("heights of {known} of {} vertices of streets, from {low:.0} to {high:.0} m", heights.len()),
        );
    }
    let missing = heights.len() - known;
    if missing > 0 {
        let message = format!(
            "{missing} of {} vertices of streets lie outside of the elevation model or where it knows no height: streets count as flat there",
            heights.len()
        );
        door.say(Severity::Suspicious, "no-height", Place::File, "", message);
    }
    if known > 0 { heights } else { Vec::new() }
}

//! SVG pictures as PNG, by `resvg`.

use std::io;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels for each unit of a picture.
const SHARPNESS: f32 = 2.0;
/// No picture is wider or taller, in pixels.
const MOST_PIXELS: f32 = 16_384.0;

/// Makes pictures with the fonts of the machine.
pub(super) struct Raster {
    options: Options<'static>,
}

impl Raster {
    /// With the fonts of the machine; none where it has none, as letters would be missing without a word.
    pub(super) fn new() -> Option<Self> {
        let mut options = Options::default();
        options.fontdb_mut().load_system_fonts();
        // The families that stand for "sans-serif" elsewhere may not be there: any other will do.
        let family = options.fontdb.faces().next()?.families.first()?.0.clone();
        options.font_family = family;
        Some(Self { options })
    }

    /// A picture as PNG, two pixels for each of its units. O(pixels).
    ///
    /// # Errors
    /// When it is no SVG, or larger than 16,384 pixels either way.
    pub(super) fn png(&self, svg: &str) -> io::Result<Vec<u8>> {
        let tree = Tree::from_str(svg, &self.options).map_err(io::Error::other)?;
        let size = tree.size();
        let [width, height] = [size.width(), size.height()].map(pixels);
        let mut picture = Pixmap::new(width, height)
            .ok_or_else(|| io::Error::other("the picture is too large"))?;
        let scale = Transform::from_scale(SHARPNESS, SHARPNESS);
        resvg::render(&tree, scale, &mut picture.as_mut());
        picture.encode_png().map_err(io::Error::other)
    }
}

/// How many pixels a length of a picture takes; 0, which no picture has, where it takes too many.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and 16,384"
)]
fn pixels(units: f32) -> u32 {
    let pixels = (units * SHARPNESS).ceil();
    if (1.0..=MOST_PIXELS).contains(&pixels) {
        pixels as u32
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"5\">\
         <rect width=\"5\" height=\"5\" fill=\"#ff0000\"/></svg>";

    #[test]
    fn a_picture_has_two_pixels_for_each_unit_and_its_colours() {
        let raster = Raster {
            options: Options::default(),
        };
        let png = raster.png(SQUARE).expect("a picture");
        let read = Pixmap::decode_png(&png).expect("a PNG");
        assert_eq!([read.width(), read.height()], [20, 10]);
        let red = read.pixel(4, 4).expect("within");
        assert_eq!([red.red(), red.green(), red.alpha()], [255, 0, 255]);
        assert_eq!(read.pixel(15, 4).expect("within").alpha(), 0);
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_an_error() {
        let raster = Raster {
            options: Options::default(),
        };
        assert!(raster.png("no picture").is_err());
        assert!(raster.png(&SQUARE.replace("\"10\"", "\"10000\"")).is_err());
    }
}

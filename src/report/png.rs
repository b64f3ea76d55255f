//! SVG pictures as PNG, by `resvg`.

use std::io;

use super::LeftOut;
use super::atomic::Batch;
use super::error::ReportError;
use crate::words::text;

/// Adds a picture as PNG, where the crate is built with it; left out where the machine has no fonts.
///
/// # Errors
/// When it cannot be drawn or written.
pub(super) fn add(
    name: &'static str,
    svg: &str,
    files: &mut Batch<'_>,
) -> Result<LeftOut, ReportError> {
    if !cfg!(feature = "png") {
        return Ok(Vec::new());
    }
    let Some(picture) = png(svg) else {
        return Ok(vec![(name, text!(NoFonts))]);
    };
    files.add(name, |out| out.write_all(&picture?))?;
    Ok(Vec::new())
}

/// A picture as PNG, two pixels for each of its units; none where the machine has no fonts, as its words
/// would be missing, or where the crate is built without the feature `png`. O(pixels).
///
/// # Errors
/// When it is no SVG, or larger than 16,384 pixels either way.
fn png(svg: &str) -> Option<io::Result<Vec<u8>>> {
    #[cfg(feature = "png")]
    return raster::options().map(|options| raster::png(svg, &options));
    #[cfg(not(feature = "png"))]
    {
        let _ = svg;
        None
    }
}

#[cfg(feature = "png")]
mod raster {
    use std::io;

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::fontdb::{Family, Query};
    use resvg::usvg::{Options, Tree};

    /// Pixels for each unit of a picture.
    const SHARPNESS: f32 = 2.0;
    /// No picture is wider or taller, in pixels.
    const MOST_PIXELS: f32 = 16_384.0;

    /// The fonts of the machine; none where it has none.
    pub(super) fn options() -> Option<Options<'static>> {
        let mut options = Options::default();
        let fonts = options.fontdb_mut();
        fonts.load_system_fonts();
        let any = fonts.faces().next()?.families.first()?.0.clone();
        let families = &[Family::SansSerif];
        let sans_serif = fonts.query(&Query {
            families,
            ..Query::default()
        });
        // Words in a family that is not there are not drawn at all: then any other will do.
        if sans_serif.is_none() {
            fonts.set_sans_serif_family(any);
        }
        Some(options)
    }

    pub(super) fn png(svg: &str, options: &Options<'_>) -> io::Result<Vec<u8>> {
        let tree = Tree::from_str(svg, options).map_err(io::Error::other)?;
        let size = tree.size();
        let [width, height] = [size.width(), size.height()].map(pixels);
        let mut picture = Pixmap::new(width, height)
            .ok_or_else(|| io::Error::other("the picture is too large"))?;
        let scale = Transform::from_scale(SHARPNESS, SHARPNESS);
        resvg::render(&tree, scale, &mut picture.as_mut());
        picture.encode_png().map_err(io::Error::other)
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

        fn picture(inner: &str, width: u32) -> String {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"20\" \
                 font-family=\"sans-serif\">{inner}</svg>"
            )
        }

        #[test]
        fn a_picture_has_two_pixels_for_each_unit_and_its_colours() {
            let square = picture("<rect width=\"5\" height=\"5\" fill=\"#ff0000\"/>", 10);
            let png = png(&square, &Options::default()).expect("a picture");
            let read = Pixmap::decode_png(&png).expect("a PNG");
            assert_eq!([read.width(), read.height()], [20, 40]);
            let red = read.pixel(4, 4).expect("within");
            assert_eq!([red.red(), red.green(), red.alpha()], [255, 0, 255]);
            assert_eq!(read.pixel(15, 4).expect("within").alpha(), 0);
        }

        #[test]
        fn words_are_drawn_where_there_are_fonts() {
            let words = picture("<text x=\"2\" y=\"15\">≤ 5 min</text>", 80);
            let Some(options) = options() else {
                assert!(
                    super::super::png(&words).is_none(),
                    "no picture without its words"
                );
                return;
            };
            let png = png(&words, &options).expect("a picture");
            let read = Pixmap::decode_png(&png).expect("a PNG");
            let drawn = read.pixels().iter().filter(|pixel| pixel.alpha() > 0);
            assert!(drawn.count() > 100, "letters are there");
        }

        #[test]
        fn what_is_no_picture_or_too_large_is_an_error() {
            assert!(png("no picture", &Options::default()).is_err());
            assert!(png(&picture("", 10_000), &Options::default()).is_err());
        }
    }
}

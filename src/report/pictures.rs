//! SVG pictures as PNG, by `resvg`, and as PDF, by `krilla-svg`.

use std::io;

use super::atomic::Batch;
use super::error::ReportError;
use super::written::LeftOut;
use crate::words::text;

/// A form that a picture may have besides SVG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Png,
    Pdf,
}

impl Form {
    /// Whether the crate is built with it.
    const fn is_there(self) -> bool {
        match self {
            Self::Png => cfg!(feature = "png"),
            Self::Pdf => cfg!(feature = "pdf"),
        }
    }
}

/// Adds a picture in further forms, those that the crate is built with; left out where the machine has no
/// fonts for its words.
///
/// # Errors
/// When it cannot be drawn or written.
pub(super) fn add(
    forms: &[(&'static str, Form)],
    svg: &str,
    files: &mut Batch<'_>,
) -> Result<LeftOut, ReportError> {
    let mut left_out = Vec::new();
    for &(name, form) in forms.iter().filter(|(_, form)| form.is_there()) {
        match drawn(svg, form) {
            // Not without its words: it is left out, and that is told.
            Ok(None) => left_out.push((name, text!(NoFonts))),
            picture => files.add(name, |out| out.write_all(&picture?.unwrap_or_default()))?,
        }
    }
    Ok(left_out)
}

/// A picture in another form; none where the machine has no fonts for its words, or where the crate is
/// built without that form. O(pixels) as PNG.
///
/// # Errors
/// When it is no SVG, or as PNG larger than 16,384 pixels either way.
fn drawn(svg: &str, form: Form) -> io::Result<Option<Vec<u8>>> {
    match form {
        Form::Png => png(svg),
        Form::Pdf => pdf(svg),
    }
}

#[cfg(feature = "png")]
fn png(svg: &str) -> io::Result<Option<Vec<u8>>> {
    let tree = reading::tree(svg)?;
    tree.map(|tree| raster::png(&tree)).transpose()
}

#[cfg(feature = "pdf")]
fn pdf(svg: &str) -> io::Result<Option<Vec<u8>>> {
    let tree = reading::tree(svg)?;
    tree.map(|tree| print::pdf(&tree)).transpose()
}

#[cfg(not(feature = "png"))]
#[expect(clippy::unnecessary_wraps, reason = "with this form it may fail")]
const fn png(_: &str) -> io::Result<Option<Vec<u8>>> {
    Ok(None)
}

#[cfg(not(feature = "pdf"))]
#[expect(clippy::unnecessary_wraps, reason = "with this form it may fail")]
const fn pdf(_: &str) -> io::Result<Option<Vec<u8>>> {
    Ok(None)
}

#[cfg(any(feature = "png", feature = "pdf"))]
mod reading {
    use std::io;
    use std::sync::LazyLock;

    use usvg::fontdb::{Family, Query};
    use usvg::{Group, Node, Options, Tree};

    /// One letter in so many may lack a font: a rare sign in a name spoils no map.
    const MAY_LACK: usize = 20;

    /// The fonts of the machine; none where it has none. Read once: there may be hundreds.
    static FONTS: LazyLock<Option<Options<'static>>> = LazyLock::new(options);

    /// A picture with its words set in the fonts of the machine; none where these lack its letters.
    pub(super) fn tree(svg: &str) -> io::Result<Option<Tree>> {
        let Some(options) = FONTS.as_ref() else {
            return Ok(None);
        };
        let tree = Tree::from_str(svg, options).map_err(io::Error::other)?;
        let [letters, lacking] = letters(tree.root());
        Ok((lacking * MAY_LACK <= letters).then_some(tree))
    }

    fn options() -> Option<Options<'static>> {
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

    /// How many letters a picture has, and how many of them no font of the machine has.
    fn letters(group: &Group) -> [usize; 2] {
        let mut sums = [0; 2];
        for node in group.children() {
            let [letters, lacking] = match node {
                Node::Group(inner) => letters(inner),
                Node::Text(text) => {
                    let spans = text.layouted().iter();
                    let glyphs: Vec<_> = spans.flat_map(|span| &span.positioned_glyphs).collect();
                    // The first glyph of every font stands for what it lacks.
                    let lacking = glyphs.iter().filter(|glyph| glyph.id.0 == 0);
                    [glyphs.len(), lacking.count()]
                }
                Node::Path(_) | Node::Image(_) => [0; 2],
            };
            sums = [sums[0] + letters, sums[1] + lacking];
        }
        sums
    }
}

#[cfg(feature = "png")]
mod raster {
    use std::io;

    use resvg::tiny_skia::{Pixmap, Transform};
    use usvg::Tree;

    /// Pixels for each unit of a picture.
    const SHARPNESS: f32 = 2.0;
    /// No picture is wider or taller, in pixels.
    const MOST_PIXELS: f32 = 16_384.0;

    /// Two pixels for each unit of the picture.
    pub(super) fn png(tree: &Tree) -> io::Result<Vec<u8>> {
        let size = tree.size();
        let [width, height] = [size.width(), size.height()].map(pixels);
        let mut picture = Pixmap::new(width, height)
            .ok_or_else(|| io::Error::other("the picture is too large"))?;
        let scale = Transform::from_scale(SHARPNESS, SHARPNESS);
        resvg::render(tree, scale, &mut picture.as_mut());
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
}

#[cfg(feature = "pdf")]
mod print {
    use std::io;

    use krilla::Document;
    use krilla::geom::Size;
    use krilla::page::PageSettings;
    use krilla_svg::{SurfaceExt, SvgSettings};
    use usvg::Tree;

    /// Points, as paper is measured, for each unit of a picture: 72 and 96 an inch.
    const POINTS: f32 = 0.75;

    /// One page as large as the picture says, with the letters that it uses of each font; its words can be
    /// selected. It holds no time: the same picture makes the same bytes.
    pub(super) fn pdf(tree: &Tree) -> io::Result<Vec<u8>> {
        let size = [tree.size().width(), tree.size().height()].map(|side| side * POINTS);
        let size = Size::from_wh(size[0], size[1]).ok_or_else(|| io::Error::other("no size"))?;
        let mut document = Document::new();
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        surface.draw_svg(tree, size, SvgSettings::default());
        surface.finish();
        page.finish();
        let told = |error| io::Error::other(format!("{error:?}"));
        document.finish().map_err(told)
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

    /// What a test asks of a machine with fonts; says so where there are none, and is not content with that
    /// where `WALKSHED_DATA` asks for all tests.
    #[cfg(any(feature = "png", feature = "pdf"))]
    fn with_fonts<T>(drawn: Option<T>) -> Option<T> {
        if drawn.is_none() {
            let is_asked = std::env::var_os("WALKSHED_DATA").is_some();
            assert!(!is_asked, "install fonts, such as the package fonts-dejavu");
            eprintln!("skipped: this machine has no fonts");
        }
        drawn
    }

    #[cfg(any(feature = "png", feature = "pdf"))]
    const RED: &str = "<rect width=\"5\" height=\"5\" fill=\"#ff0000\"/>";

    #[test]
    fn what_the_crate_is_not_built_with_is_no_picture() {
        for form in [Form::Png, Form::Pdf] {
            if !form.is_there() {
                assert!(matches!(drawn(&picture("", 10), form), Ok(None)));
            }
        }
    }

    #[cfg(feature = "png")]
    mod png {
        use resvg::tiny_skia::Pixmap;

        use super::*;

        /// None where the machine has no fonts.
        fn read(svg: &str) -> Option<Pixmap> {
            let png = with_fonts(drawn(svg, Form::Png).expect("a picture"))?;
            Some(Pixmap::decode_png(&png).expect("a PNG"))
        }

        #[test]
        fn a_picture_has_two_pixels_for_each_unit_and_its_colours() {
            let Some(read) = read(&picture(RED, 10)) else {
                return;
            };
            assert_eq!([read.width(), read.height()], [20, 40]);
            let red = read.pixel(4, 4).expect("within");
            assert_eq!([red.red(), red.green(), red.alpha()], [255, 0, 255]);
            assert_eq!(read.pixel(15, 4).expect("within").alpha(), 0);
        }

        #[test]
        fn words_are_drawn_where_there_are_fonts() {
            let Some(read) = read(&picture("<text x=\"2\" y=\"15\">≤ 5 min</text>", 80)) else {
                return;
            };
            let drawn = read.pixels().iter().filter(|pixel| pixel.alpha() > 0);
            assert!(drawn.count() > 100, "letters are there");
        }

        #[test]
        fn what_is_too_large_is_an_error() {
            match drawn(&picture("", 10_000), Form::Png) {
                Ok(drawn) => assert_eq!(with_fonts(drawn), None),
                Err(error) => assert!(error.to_string().contains("too large"), "{error}"),
            }
        }
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn a_pdf_has_the_size_in_points_its_fonts_and_the_same_bytes_each_time() {
        let words = picture(&format!("{RED}<text x=\"2\" y=\"15\">≤ 5 min</text>"), 96);
        let Some(pdf) = with_fonts(drawn(&words, Form::Pdf).expect("a picture")) else {
            return;
        };
        let said = String::from_utf8_lossy(&pdf);
        assert!(said.starts_with("%PDF-1."), "{said}");
        assert!(said.contains("/MediaBox[0 0 72 15]"), "{said}");
        // Fonts are embedded, with what their glyphs mean: words can be selected and found.
        for part in ["/FontFile", "/ToUnicode"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(drawn(&words, Form::Pdf).expect("a picture"), Some(pdf));
    }

    #[cfg(any(feature = "png", feature = "pdf"))]
    #[test]
    fn words_whose_letters_no_font_has_leave_the_picture_out() {
        // For private use: no font of a machine has it.
        let lacking = |signs: &str| {
            let words = picture(&format!("<text x=\"2\" y=\"15\">{signs}</text>"), 200);
            reading::tree(&words).expect("a picture").is_none()
        };
        assert!(lacking("\u{f8123}\u{f8124}\u{f8125}"));
        if with_fonts((!lacking("all of these letters")).then_some(())).is_none() {
            return;
        }
        // One rare sign among many letters leaves nothing out.
        assert!(!lacking("all of these letters and \u{f8123}"));
    }

    #[cfg(any(feature = "png", feature = "pdf"))]
    #[test]
    fn what_is_no_picture_is_an_error() {
        for form in [Form::Png, Form::Pdf]
            .into_iter()
            .filter(|form| form.is_there())
        {
            if let Ok(drawn) = drawn("no picture", form) {
                assert_eq!(with_fonts(drawn), None);
            }
        }
    }
}

//! What a file is, by its content; and what to do with one that is not read.

use super::aside::has_ending;
use super::encoding::is_known;
use super::shapefile;
use crate::read::error::{BadInput, ReadError};
use crate::words::{Text, text};

/// A format of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// GeoJSON, whole or one feature a line, or Esri JSON.
    Json,
    /// The `.shp` of a shapefile.
    Shapefile,
    Kml,
    GeoPackage,
    FlatGeobuf,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Features.
    Features(Kind),
    /// A workbook of a spreadsheet program; or whatever else its reader refuses by name.
    Workbook,
    /// Text in rows, or anything that is not known.
    Text,
}

/// What a file holds.
///
/// # Errors
/// Code `other-format`: the format is known and not read, and what to do.
pub(crate) fn content(bytes: &[u8], file: &str) -> Result<Content, ReadError> {
    if let Some((what, remedy)) = not_read(bytes) {
        return Err(other_format(file, what, remedy).into());
    }
    // Behind a byte order mark, and behind the sign that begins a JSON text of several (RFC 8142).
    let first = bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf | 0x1e));
    Ok(match first {
        _ if bytes.starts_with(b"PK") || bytes.starts_with(OLE) => Content::Workbook,
        _ if shapefile::is_shapefile(bytes) => Content::Features(Kind::Shapefile),
        _ if bytes.starts_with(SQLITE) => Content::Features(Kind::GeoPackage),
        _ if bytes.starts_with(b"fgb\x03fgb") => Content::Features(Kind::FlatGeobuf),
        Some(b'{' | b'[') => Content::Features(Kind::Json),
        Some(b'<') if root(bytes).as_deref() == Some("kml") => Content::Features(Kind::Kml),
        _ => Content::Text,
    })
}

/// A format that is known and not read.
pub(crate) fn other_format(file: &str, what: Text, remedy: Text) -> BadInput {
    BadInput {
        code: "other-format",
        file: file.to_owned(),
        expected: text!(ThisIs, what = what),
        remedy,
        ..BadInput::default()
    }
}

/// A format that this build leaves out.
#[cfg_attr(
    all(feature = "geopackage", feature = "flatgeobuf"),
    allow(dead_code, reason = "this build leaves none out")
)]
pub(crate) fn missing_feature(format: &str, feature: &str, file: &str) -> BadInput {
    BadInput {
        code: "feature-missing",
        file: file.to_owned(),
        expected: text!(BuiltWithout, format = format, feature = feature),
        remedy: text!(BuildWith, feature = feature),
        ..BadInput::default()
    }
}

/// The compound files of old Office programs.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";
/// What a database of SQLite begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// What files that are not read begin with, what they are, and what to do.
const BEGINNINGS: [(&[u8], Text, Text); 22] = [
    (b"AC10", text!(CadDrawing), text!(ExportFromCad)),
    (
        b"AutoCAD Binary DXF",
        text!(CadDrawing),
        text!(ExportFromCad),
    ),
    (
        b"\x00\x01\x00\x00Standard Jet DB",
        text!(AccessDatabase),
        text!(ExportFromGis),
    ),
    (
        b"\x00\x01\x00\x00Standard ACE DB",
        text!(AccessDatabase),
        text!(ExportFromGis),
    ),
    (b"!table", text!(MapInfoTable), text!(ExportFromGis)),
    (b"!TABLE", text!(MapInfoTable), text!(ExportFromGis)),
    (b"%PDF", text!(PdfPage), text!(AskForData)),
    (b"\x89PNG", text!(AnImage), text!(AskForData)),
    (b"\xff\xd8\xff", text!(AnImage), text!(AskForData)),
    (b"GIF8", text!(AnImage), text!(AskForData)),
    (b"II*\0", text!(AnImage), text!(AskForData)),
    (b"MM\0*", text!(AnImage), text!(AskForData)),
    (b"II+\0", text!(AnImage), text!(AskForData)),
    (b"RIFF", text!(AnImage), text!(AskForData)),
    (b"Rar!", text!(PackedOtherwise), text!(UnpackAndName)),
    (
        b"7z\xbc\xaf\x27\x1c",
        text!(PackedOtherwise),
        text!(UnpackAndName),
    ),
    (b"BZh", text!(PackedOtherwise), text!(UnpackAndName)),
    (b"\xfd7zXZ", text!(PackedOtherwise), text!(UnpackAndName)),
    (
        b"\x28\xb5\x2f\xfd",
        text!(PackedOtherwise),
        text!(UnpackAndName),
    ),
    (b"PAR1", text!(ParquetTable), text!(ExportFromGis)),
    (b"ARROW1", text!(ParquetTable), text!(ExportFromGis)),
    (b"{\\rtf", text!(TextDocument), text!(SaveTableOfIt)),
];

/// What files of markup have for their root, what they are, and what to do.
const ROOTS: [(&str, Text, Text); 12] = [
    ("html", text!(WebPage), text!(DownloadData)),
    ("gpx", text!(GpxTracks), text!(ExportFromGis)),
    ("svg", text!(AnImage), text!(AskForData)),
    ("qgis", text!(GisProject), text!(ExportItsLayer)),
    ("FeatureCollection", text!(GmlFile), text!(AskForGeojson)),
    (
        "ExceptionReport",
        text!(ServiceError),
        text!(AskServiceAgain),
    ),
    (
        "ServiceExceptionReport",
        text!(ServiceError),
        text!(AskServiceAgain),
    ),
    (
        "WFS_Capabilities",
        text!(ServiceDescription),
        text!(AskForGeojson),
    ),
    (
        "WMS_Capabilities",
        text!(ServiceDescription),
        text!(AskForGeojson),
    ),
    ("osm", text!(OsmMap), text!(MapIsForStreets)),
    ("osmChange", text!(OsmMap), text!(MapIsForStreets)),
    ("metadata", text!(MetadataFile), text!(NameDataFile)),
];

/// What a file is that is not read, and what to do.
fn not_read(bytes: &[u8]) -> Option<(Text, Text)> {
    let known = BEGINNINGS
        .into_iter()
        .find(|(start, ..)| bytes.starts_with(start));
    if let Some((_, what, remedy)) = known {
        return Some((what, remedy));
    }
    // An index begins as the shapefile itself does.
    if shapefile::is_shapefile(bytes) && shapefile::is_index(bytes) {
        return Some((text!(PartOfShapefile, part = ".shx"), text!(GiveTheShp)));
    }
    if shapefile::is_dbf(bytes) {
        return Some((text!(PartOfShapefile, part = ".dbf"), text!(GiveTheShp)));
    }
    if is_overpass(bytes) || bytes.get(4..15) == Some(b"\x0a\x09OSMHeader") {
        return Some((text!(OsmMap), text!(MapIsForStreets)));
    }
    if let Some(root) = root(bytes) {
        let mut roots = ROOTS.into_iter();
        let known = roots.find(|(name, ..)| name.eq_ignore_ascii_case(&root));
        // Markup is no plain text, whatever its root.
        return known.map(|(_, what, remedy)| (what, remedy));
    }
    of_text(bytes)
}

/// The same, of plain text.
fn of_text(bytes: &[u8]) -> Option<(Text, Text)> {
    const HEAD: usize = 2048;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let systems = ["GEOGCS[", "PROJCS[", "GEOGCRS[", "PROJCRS[", "COMPD_CS["];
    if systems.iter().any(|start| head.starts_with(start)) {
        return Some((text!(PartOfShapefile, part = ".prj"), text!(GiveTheShp)));
    }
    if bytes.len() < 20 && is_known(head.trim()) {
        return Some((text!(PartOfShapefile, part = ".cpg"), text!(GiveTheShp)));
    }
    let mut lines = head.lines().map(str::trim);
    // A DXF begins with the group 0, or with 999 where a comment comes first.
    match (lines.next(), lines.next()) {
        (Some("0"), Some("SECTION")) | (Some("999"), Some(_)) => {
            Some((text!(CadDrawing), text!(ExportFromCad)))
        }
        (Some(first), Some(second))
            if first.to_lowercase().starts_with("version ")
                && second.to_lowercase().starts_with("charset") =>
        {
            Some((text!(MapInfoTable), text!(ExportFromGis)))
        }
        _ => None,
    }
}

/// The name of the root of markup, without a prefix.
fn root(bytes: &[u8]) -> Option<String> {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    if !rest.starts_with('<') {
        return None;
    }
    // What may stand before the root: the declaration, comments, a document type.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        if rest.to_lowercase().starts_with("<!doctype html") {
            return Some("html".to_owned());
        }
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let (_, after) = rest.split_once(end)?;
        rest = after.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = &name[..end?];
    Some(name.rsplit(':').next().unwrap_or(name).to_owned())
}

/// What the members of a zip file make it, that is not read; by their names.
pub(crate) fn zip_not_read(names: &[String]) -> Option<(Text, Text)> {
    let any = |what: &dyn Fn(&str) -> bool| names.iter().any(|name| what(&name.to_lowercase()));
    if any(&|name| name == "word/document.xml") || any(&|name| name == "ppt/presentation.xml") {
        return Some((text!(TextDocument), text!(SaveTableOfIt)));
    }
    if any(&|name| name.contains(".gdb/") || has_ending(name, "gdbtable")) {
        return Some((text!(FileGeodatabase), text!(ExportFromGis)));
    }
    if any(&|name| has_ending(name, "qgs")) {
        return Some((text!(GisProject), text!(ExportItsLayer)));
    }
    None
}

/// What a folder is that is not read; by its name.
pub(crate) fn folder_not_read(name: &str) -> Option<(Text, Text)> {
    let is_database = name.to_lowercase().ends_with(".gdb");
    is_database.then(|| (text!(FileGeodatabase), text!(ExportFromGis)))
}

/// Whether JSON begins as an answer of Overpass does.
pub(crate) fn is_overpass(bytes: &[u8]) -> bool {
    const HEAD: usize = 1024;
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    let is_json = head.trim_ascii_start().starts_with(b"{");
    let is_map = has(b"\"osm3s\"") || has(b"\"generator\"");
    is_json && is_map && has(b"\"elements\"") && !has(b"\"features\"")
}

//! OpenStreetMap files, PBF and XML, decoded strictly: whatever is wrong is an error, never a
//! tag or a street that quietly is not there.

mod assemble;
mod blobs;
mod pbf;
mod proto;
#[cfg(test)]
mod tests;
mod xml;

use super::error::{BadInput, Place, ReadError};
use super::raw_streets::RawStreets;

/// Whether these bytes begin like a PBF file.
pub(crate) fn is_pbf(bytes: &[u8]) -> bool {
    bytes.get(4..32.min(bytes.len())).is_some_and(|head| head.windows(9).any(|w| w == b"OSMHeader"))
}

/// Whether these bytes begin like an XML file.
pub(crate) fn is_xml(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// The walkable street pieces of a map file.
///
/// Nodes of OpenStreetMap join ways, coordinates do not.
///
/// # Errors
/// When the file is broken, cut off, or of an unsupported kind.
pub(crate) fn streets(bytes: &[u8], file: &str) -> Result<RawStreets, ReadError> {
    let bad = |place: Place, expected: String| {
        let remedy = "download the extract again, or rewrite it with osmium cat".to_owned();
        ReadError::from(BadInput {
            code: "bad-map-file",
            file: file.to_owned(),
            place,
            expected,
            remedy,
            ..BadInput::default()
        })
    };
    let map = if is_xml(bytes) {
        xml::read(bytes).map_err(|(at, wrong)| bad(Place::Line(line_of(bytes, at)), wrong))?
    } else {
        pbf::read(bytes).map_err(|wrong| bad(Place::File, wrong))?
    };
    let used = assemble::used_nodes(&map.ways);
    let mut spots = map.spots;
    spots.retain(|spot| used.binary_search(&spot.id).is_ok());
    assemble::streets(map.ways, spots, map.ways_seen).map_err(|wrong| bad(Place::File, wrong))
}

fn line_of(bytes: &[u8], at: u64) -> u64 {
    let end = usize::try_from(at).unwrap_or(bytes.len()).min(bytes.len());
    bytes[..end].iter().filter(|&&byte| byte == b'\n').count() as u64 + 1
}

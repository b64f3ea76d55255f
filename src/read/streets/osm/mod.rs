//! OpenStreetMap files, PBF and XML, read strictly: a damaged or cut file is an error, never a
//! smaller map.
//!
//! PBF is decoded here with `prost`, not by the crate `osmpbf`: its 0.3.8 lets a tag with a bad
//! string index vanish and takes latitudes of 999°, both errors here (`bad_blocks_are_errors`,
//! `a_node_off_the_globe_parts_its_streets_and_is_told_once`). `quick-xml` reads the XML; it takes a
//! file cut between two elements for a whole one, hence `a_cut_file_is_an_error_at_every_byte`.
//!
//! A way or node listed twice counts as it stands the last time. Of relations those count that are areas
//! one walks on (`areas`).

mod areas;
#[cfg(test)]
mod areas_tests;
mod assemble;
mod blob;
mod block;
mod collected;
mod cross_squares;
mod fault;
mod features;
mod judge;
mod node_block;
mod objects;
pub(super) mod overpass;
mod pbf;
mod pbf_objects;
mod proto;
#[cfg(test)]
mod real_tests;
mod ring_parts;
#[cfg(test)]
mod samples;
mod squares;
mod string_table;
#[cfg(test)]
mod torn_tests;
mod wire;
mod xml;
mod xml_object;
mod xml_objects;

use super::ways::RawStreets;
use crate::model::Memory;
use crate::read::error::ReadError;
use crate::words::text;
use fault::Fault;
pub(crate) use features::{Feature, Wanted, features, without_outlines};
pub(crate) use judge::Asked;

/// Whether a file begins as OSM PBF does.
pub(crate) fn is_pbf(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else {
        return false;
    };
    let length = u32::from_be_bytes(*length) as usize;
    let header = &rest[..rest.len().min(length).min(256)];
    length <= blob::MOST_HEADER && header.windows(9).any(|window| window == b"OSMHeader")
}

/// Whether a file begins as OSM XML does (`<osm>`, or `<osmChange>`, which is then refused).
pub(crate) fn is_osm_xml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let root = head
        .windows(5)
        .any(|w| w.starts_with(b"<osm") && matches!(w[4], b' ' | b'>' | b'/' | b'\t'..=b'\r'));
    starts_as_markup(bytes) && (root || head.windows(10).any(|w| w == b"<osmChange"))
}

fn starts_as_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// The walkable streets of an OSM file, PBF or XML, already gunzipped. Nodes off the globe are
/// left out and told among them.
///
/// # Errors
/// When the file is cut, damaged, packed in an unknown way, needs features unknown here, or holds
/// more than the memory does.
pub(crate) fn streets(
    bytes: &[u8],
    file: &str,
    memory: Memory,
    how: Asked<'_>,
) -> Result<RawStreets, ReadError> {
    let read = if is_pbf(bytes) {
        pbf::streets(bytes, memory, how)
    } else if starts_as_markup(bytes) {
        xml::streets(bytes, how)
    } else {
        Err(Fault::new("not-osm", text!(NotOsm), text!(NameOsmFile)))
    };
    let mut raw = read.map_err(|fault| fault.in_file(file))?;
    // What reads a map does not know the file's name.
    for bad in &mut raw.bad {
        file.clone_into(&mut bad.file);
    }
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_recognised_by_content() {
        assert!(is_pbf(b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x47"));
        assert!(!is_pbf(b"\0\0\0\x0d\x0a\x09PNGHeader\x18\x47"));
        assert!(!is_pbf(b"\xff\0\0\x0d\x0a\x09OSMHeader\x18\x47"));
        assert!(!is_pbf(b"\0\0"));
        assert!(is_osm_xml(b"<?xml version='1.0'?>\n<osm version=\"0.6\">"));
        assert!(is_osm_xml(b"\xef\xbb\xbf<osm>"));
        assert!(is_osm_xml(b"<osmChange version='0.6'>"));
        assert!(!is_osm_xml(b"<kml>"));
        assert!(!is_osm_xml(b"{\"a\": \"<osm>\"}"));
    }

    #[test]
    fn other_files_are_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"{}", b"\0\0\0\x0d"] {
            let error = streets(bytes, "a.osm", Memory::default(), Asked::default())
                .expect_err("no OSM file");
            assert!(
                error
                    .to_string()
                    .starts_with("a.osm: this is neither OSM PBF nor OSM XML"),
                "{error}"
            );
        }
    }
}

//! Whether a file is a map of OpenStreetMap, by its first bytes, and whether streets are in it.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use memchr::memmem::find;

use crate::read::formats::kind::is_overpass;
use crate::read::streets::osm;

/// So much of a file says whether it is a map.
const HEAD: u64 = 1 << 16;
/// So much of a map is searched for streets; a longer one has some.
const SEARCHED: u64 = 64 << 20;

/// A map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Map {
    WithStreets,
    /// Places alone, as a query for them brings along.
    WithoutStreets,
}

/// The map in a file, gzipped or not; none where it is no map. O(bytes searched).
///
/// # Errors
/// When the file cannot be read.
pub(super) fn of(path: &Path) -> io::Result<Option<Map>> {
    let head = first_bytes(path, HEAD)?;
    if osm::is_pbf(&head) {
        return Ok(Some(Map::WithStreets));
    }
    if !osm::is_osm_xml(&head) && !is_overpass(&head) {
        return Ok(None);
    }
    let text = first_bytes(path, SEARCHED)?;
    let holds = |word: &str| find(&text, word.as_bytes()).is_some();
    // A bus stop has the tag, too: a street is a way.
    let has_streets = holds("highway") && (holds("<way") || holds("\"way\""));
    let is_cut = text.len() as u64 == SEARCHED;
    Ok(Some(if has_streets || is_cut {
        Map::WithStreets
    } else {
        Map::WithoutStreets
    }))
}

/// So many bytes of a file, unpacked if it is gzipped. What is cut off or damaged is no fault here.
fn first_bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(2).read_to_end(&mut start)?;
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    if start != [0x1f, 0x8b] {
        file.take(most).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let read = MultiGzDecoder::new(file).take(most).read_to_end(&mut bytes);
    match read {
        // Whoever reads all of it tells what is wrong with it.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::InvalidData
            ) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {}
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    #[test]
    fn a_map_of_places_alone_has_no_streets() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let street = "<osm><way id='1'><tag k='highway' v='path'/></way></osm>";
        let stop = "<osm><node id='1'><tag k='highway' v='bus_stop'/></node></osm>";
        let overpass =
            "{\"osm3s\":{},\"elements\":[{\"type\":\"way\",\"tags\":{\"highway\":\"path\"}}]}";
        for (text, map) in [
            (street, Some(Map::WithStreets)),
            (stop, Some(Map::WithoutStreets)),
            (overpass, Some(Map::WithStreets)),
            ("id,lon,lat\n", None),
            ("", None),
        ] {
            std::fs::write(&path, text).expect("written");
            assert_eq!(of(&path).expect("readable"), map, "{text}");
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(text.as_bytes()).expect("packed");
            let mut packed = packed.finish().expect("packed");
            std::fs::write(&path, &packed).expect("written");
            assert_eq!(of(&path).expect("readable"), map, "{text}");
            // Cut off before its check sum.
            packed.truncate(packed.len() - 4);
            std::fs::write(&path, &packed).expect("written");
            assert_eq!(of(&path).expect("readable"), map, "{text}");
        }
        assert!(of(&folder.path().join("none")).is_err());
    }
}

//! Streets, from whatever kind of file: recognised by content.

use super::build_network::network as joined;
use super::lines;
use super::lines::PlainLines;
use super::osm;
use super::ways::{Doubts, RawStreets};
use crate::model::{Network, Severity};
use crate::plane::Position;
use crate::read::crs::{Crs, guess};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::input::Input;
use crate::read::row_policy::Door;
use crate::read::tables::coordinates::refuse_degrees;

/// A street file as read, its lines still in the file's own coordinates.
pub(crate) struct Streets {
    kind: Kind,
    /// The system that a plain file names itself; maps are on WGS 84.
    pub declared_crs: Option<String>,
}

enum Kind {
    Map(RawStreets),
    Lines(PlainLines),
}

/// Reads the lines of a street file.
///
/// # Errors
/// When it is neither GeoJSON nor an OpenStreetMap file, or broken.
pub(crate) fn read(input: &Input) -> Result<Streets, ReadError> {
    if osm::is_pbf(&input.bytes) || osm::is_osm_xml(&input.bytes) {
        let raw = osm::streets(&input.bytes, &input.file, input.memory)?;
        return Ok(Streets {
            kind: Kind::Map(raw),
            declared_crs: Some("WGS84".to_owned()),
        });
    }
    let first = input
        .bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf | 0x1e));
    if first != Some(&b'{') {
        let expected =
            "it is neither GeoJSON nor an OpenStreetMap file (.osm.pbf, .osm)".to_owned();
        let remedy = "export the streets in one of these formats".to_owned();
        return Err(BadInput {
            code: "unknown-format",
            file: input.file.clone(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into());
    }
    let lines = lines::lines(&input.bytes, &input.file)?;
    let declared_crs = lines.declared_crs.clone();
    Ok(Streets {
        kind: Kind::Lines(lines),
        declared_crs,
    })
}

/// The pieces of the lines, on WGS 84.
///
/// # Errors
/// When a line is unusable (unless bad rows are skipped), or there is no street at all.
pub(crate) fn raw(
    streets: Streets,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<RawStreets, ReadError> {
    let raw = match streets.kind {
        Kind::Map(raw) => raw,
        Kind::Lines(lines) => plain(lines, crs, door)?,
    };
    if raw.pieces.is_empty() {
        let expected = format!("none of its {} lines can be walked", raw.lines);
        let remedy = "export streets with their highway tags, or lines without tags".to_owned();
        return Err(BadInput {
            code: "no-streets",
            file: door.file.clone(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into());
    }
    Ok(raw)
}

/// Says what is doubtful about the heights that the lines give their vertices.
pub(crate) fn doubts(raw: &RawStreets, door: &mut Door<'_>) {
    let Doubts {
        uneven,
        most,
        strange,
    } = raw.doubts;
    if uneven > 0 {
        let message = format!(
            "lines that meet at {uneven} vertices give them different heights, up to {most:.2} m apart: the lower counts"
        );
        door.say(
            Severity::Suspicious,
            "uneven-heights",
            Place::File,
            "",
            message,
        );
    }
    if strange > 0 {
        let message = format!("{strange} heights are below -500 m or above 9,000 m: left out");
        door.say(
            Severity::Suspicious,
            "strange-heights",
            Place::File,
            "",
            message,
        );
    }
}

/// The network of the pieces.
///
/// # Errors
/// When a piece is too long, or there are too many.
pub(crate) fn network(raw: &RawStreets, door: &mut Door<'_>) -> Result<Network, ReadError> {
    if raw.missing_vertices > 0 {
        let message = format!(
            "{} vertices of streets are not in the file: the streets end there – is the extract cut at its edge?",
            raw.missing_vertices
        );
        door.say(
            Severity::Suspicious,
            "missing-vertices",
            Place::File,
            "",
            message,
        );
    }
    let network = joined(raw).map_err(|wrong| {
        let (file, expected) = (door.file.clone(), wrong.to_string());
        ReadError::from(BadInput {
            code: "bad-network",
            file,
            expected,
            remedy: "split the street".into(),
            ..BadInput::default()
        })
    })?;
    let islands = network.component_sizes().len();
    let largest = network
        .component_sizes()
        .iter()
        .max()
        .copied()
        .unwrap_or_default();
    door.note(
        "streets",
        "",
        format!(
            "{} of {} lines can be walked: {:.1} km, {} vertices in {islands} components, the largest with {largest}",
            raw.walkable,
            raw.lines,
            network.total_metres() / 1000.0,
            network.nodes().len(),
        ),
    );
    Ok(network)
}

fn plain(mut lines: PlainLines, crs: Crs, door: &mut Door<'_>) -> Result<RawStreets, ReadError> {
    door.reject_all(std::mem::take(&mut lines.bad))?;
    let converter = crs.converter().map_err(|wrong| {
        let (file, expected) = (door.file.clone(), wrong.to_string());
        ReadError::from(BadInput {
            code: "bad-crs",
            file,
            expected,
            ..BadInput::default()
        })
    })?;
    let all = || lines.lines.iter().flat_map(|line| &line.vertices).copied();
    let sample: Vec<[f64; 2]> = all().take(10_000).collect();
    refuse_degrees(&sample, &crs.name(), &converter, door)?;
    let place = |[x, y]: [f64; 2]| {
        converter
            .to_wgs84(x, y)
            .filter(|&[lon, lat]| Position::new(lon, lat).is_some())
    };
    let strangers: Vec<[f64; 2]> = all().filter(|&at| place(at).is_none()).take(1000).collect();
    if let Some(&[x, y]) = strangers.first() {
        let expected = format!("a vertex at {x}, {y} lies outside of {}", crs.name());
        let remedy = guess::unprojected_hint(&strangers)
            .unwrap_or_else(|| "write the file's crs in the study file".to_owned());
        return Err(BadInput {
            code: "outside-its-crs",
            file: door.file.clone(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into());
    }
    for vertex in lines.lines.iter_mut().flat_map(|line| &mut line.vertices) {
        *vertex = place(*vertex).unwrap_or(*vertex);
    }
    let raw = lines::joined(&lines.lines, lines.names);
    Ok(RawStreets {
        lines: lines.lines_seen,
        walkable: lines.lines.len() as u64,
        ..raw
    })
}

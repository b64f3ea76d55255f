//! Streets, from whatever kind of file: recognised by content.

use std::borrow::Cow;
use std::collections::HashSet;

use super::build_network::network as joined;
use super::compounds::{self, Doors};
use super::extent;
use super::lines;
use super::lines::{LeftOut, PlainKnot, PlainLine, PlainLines};
use super::osm::{self, overpass};
use super::street_columns::StreetColumns;
use super::street_values::Values;
use super::walk_rule::HowWalked;
use super::walled::{Compounds, wall_in};
use super::ways::{Doubts, RawStreets, Squares};
use crate::model::{Network, WalkRule};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs, guess};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::kind::is_overpass;
use crate::read::formats::layer::Layer;
use crate::read::formats::values::shown;
use crate::read::input::Input;
use crate::read::listed::listed;
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::read::tables::coordinates::{converter, refuse_degrees};
use crate::words::text;

/// A street file as read, its lines still in the file's own coordinates.
pub(crate) struct Streets {
    kind: Kind,
    /// The system that a plain file names itself; maps are on WGS 84.
    pub declared_crs: Option<String>,
    /// Who walks private ways, and who hangs on bridges.
    pub doors: Doors,
    /// The compounds that the study draws.
    pub compounds: Option<Compounds>,
}

enum Kind {
    Map(RawStreets, Values),
    Lines(PlainLines),
}

impl Streets {
    /// Whether it is a map, whose lines join by their nodes, and no mere drawing.
    pub(crate) const fn is_map(&self) -> bool {
        matches!(self.kind, Kind::Map(..))
    }
}

/// Whether a file is a map of OpenStreetMap: PBF, XML, or an answer of Overpass.
pub(crate) fn is_map(bytes: &[u8]) -> bool {
    osm::is_pbf(bytes) || osm::is_osm_xml(bytes) || is_overpass(bytes)
}

/// The bytes of a map as PBF or XML.
///
/// # Errors
/// When an answer of Overpass is cut or malformed.
pub(crate) fn map_bytes(input: &Input) -> Result<Cow<'_, [u8]>, ReadError> {
    if is_overpass(&input.bytes) {
        return overpass::as_xml(&input.bytes, &input.file).map(Cow::Owned);
    }
    Ok(Cow::Borrowed(&input.bytes))
}

/// Reads the lines of a street file.
///
/// # Errors
/// When it holds neither features nor a map of OpenStreetMap, or is broken.
pub(crate) fn read(input: &Input, entry: &InputFile, how: HowWalked) -> Result<Streets, ReadError> {
    if is_map(&input.bytes) {
        return map(&map_bytes(input)?, input, entry, how);
    }
    let Some(layer) = input.layer()? else {
        return Err(BadInput {
            code: "unknown-format",
            file: input.file.clone(),
            expected: text!(NotStreets),
            remedy: text!(ExportStreets),
            ..BadInput::default()
        }
        .into());
    };
    let columns = StreetColumns::of(entry, &input.file)?;
    let lines = lines::lines(layer, &input.file, columns, how)?;
    Ok(lines_of(lines))
}

/// The streets of a map of OpenStreetMap.
fn map(
    bytes: &[u8],
    input: &Input,
    entry: &InputFile,
    how: HowWalked,
) -> Result<Streets, ReadError> {
    if !entry.columns.is_empty() {
        return Err(columns_of_a_map(&input.file).into());
    }
    let values = Values::of(entry, &input.file)?;
    let asked = osm::Asked {
        how,
        values: Some(&values),
    };
    let mut raw = osm::streets(bytes, &input.file, input.memory, asked)?;
    if how.rule == WalkRule::W2 {
        // Nothing is told of squares that was not told before there was another rule.
        raw.squares = Squares::default();
    }
    Ok(Streets {
        kind: Kind::Map(raw, values),
        declared_crs: Some("WGS84".to_owned()),
        doors: Doors::default(),
        compounds: None,
    })
}

fn columns_of_a_map(file: &str) -> BadInput {
    BadInput {
        code: "columns-of-a-map",
        file: file.to_owned(),
        expected: text!(ColumnsOfAMap),
        remedy: text!(LeaveColumnsOut),
        ..BadInput::default()
    }
}

/// The lines among features that a program holds, by the default rule.
///
/// # Errors
/// When the file is broken.
pub(crate) fn read_layer<'a>(
    layer: impl Into<Layer<'a>>,
    file: &str,
) -> Result<Streets, ReadError> {
    let columns = StreetColumns::default();
    let lines = lines::lines(layer, file, columns, HowWalked::default())?;
    Ok(lines_of(lines))
}

fn lines_of(lines: PlainLines) -> Streets {
    Streets {
        declared_crs: lines.declared_crs.clone(),
        kind: Kind::Lines(lines),
        doors: Doors::default(),
        compounds: None,
    }
}

/// The pieces of the lines, on WGS 84.
///
/// # Errors
/// When a line or a vertex is unusable (unless bad rows are skipped), there is no street at all, a
/// street runs across the 180° meridian, or a part of the file is lost and the study does not say
/// that it is `incomplete`.
pub(crate) fn raw(
    streets: Streets,
    crs: Crs,
    entry: &InputFile,
    door: &mut Door<'_>,
) -> Result<RawStreets, ReadError> {
    let mut raw = match streets.kind {
        Kind::Map(raw, values) => {
            unused(&values, door);
            raw
        }
        Kind::Lines(lines) => plain(lines, crs, door)?,
    };
    for bad in std::mem::take(&mut raw.bad) {
        door.reject(bad)?;
    }
    // Before all doubts: of half a map nothing else is worth telling.
    extent::refuse_half(&raw, entry, door)?;
    raw.odd.tell(door);
    squares(raw.squares, door);
    // Compounds mark the streets within as the residents', and only then it is settled who walks
    // what.
    if let Some(compounds) = &streets.compounds {
        let count = wall_in(&mut raw, compounds);
        if count > 0 {
            let message = text!(
                CompoundsWithoutStreets,
                count = count,
                all = compounds.len()
            );
            door.doubt("compounds-without-streets", message);
        }
    }
    compounds::settle(&mut raw, streets.doors);
    // A file of closed streets alone has none either.
    if raw.pieces.is_empty() {
        return Err(BadInput {
            code: "no-streets",
            file: door.file.clone(),
            expected: text!(NothingWalkable, lines = raw.lines),
            remedy: text!(ExportWithHighwayTags),
            ..BadInput::default()
        }
        .into());
    }
    extent::refuse_both_sides(&raw, door)?;
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
        let most = format!("{most:.2}");
        let message = text!(HeightsUneven, count = uneven, most = most);
        door.doubt("uneven-heights", message);
    }
    if strange > 0 {
        let message = text!(HeightsStrange, count = strange);
        door.doubt("strange-heights", message);
    }
}

/// The network of the pieces.
///
/// # Errors
/// When a piece is too long, or there are too many.
pub(crate) fn network(raw: &RawStreets, door: &mut Door<'_>) -> Result<Network, ReadError> {
    extent::doubts(raw, door);
    let network = joined(raw).map_err(|wrong| BadInput {
        code: "bad-network",
        file: door.file.clone(),
        expected: wrong.text(),
        remedy: text!(SplitStreet),
        ..BadInput::default()
    })?;
    extent::long_pieces(&network, door);
    let sizes = network.component_sizes();
    let message = text!(
        StreetsRead,
        walkable = raw.walkable,
        lines = raw.lines,
        km = format!("{:.1}", network.total_metres() / 1000.0),
        vertices = network.nodes().len(),
        components = sizes.len(),
        largest = sizes.iter().max().copied().unwrap_or_default(),
    );
    door.note("streets", "", message);
    compounds::notes(&network, door);
    Ok(network)
}

fn plain(mut lines: PlainLines, crs: Crs, door: &mut Door<'_>) -> Result<RawStreets, ReadError> {
    door.remarks(&lines.remarks);
    door.reject_all(std::mem::take(&mut lines.bad))?;
    let converter = converter(crs, door)?;
    // In a wrong system nearly every line would be rejected: one error says more.
    refuse_other_numbers(&lines.lines, crs, &converter, door)?;
    lines.lines = on_the_globe(lines.lines, crs, &converter, door)?;
    lines.knots = knots_on_the_globe(lines.knots, &converter);
    left_out(lines.left_out, door);
    columns(&lines.columns, door);
    let bounds = lines
        .bounds
        .and_then(|corners| place_box(corners, &converter));
    Ok(RawStreets {
        bounds,
        ..lines::joined(&mut lines)
    })
}

/// Says how squares are walked.
fn squares(squares: Squares, door: &mut Door<'_>) {
    let Squares {
        crossed,
        lines,
        outlined,
    } = squares;
    if crossed > 0 {
        door.note(
            "squares",
            "",
            text!(SquaresCrossed, count = crossed, lines = lines),
        );
    }
    if outlined > 0 && crossed > 0 {
        door.note("squares", "", text!(SquaresNotCrossed, count = outlined));
    } else if outlined > 0 {
        door.note("squares", "", text!(SquaresOutlined, count = outlined));
    }
}

/// Says which columns were read by themselves.
fn columns(columns: &StreetColumns, door: &mut Door<'_>) {
    if columns.geofabrik > 0 {
        let message = text!(GeofabrikClasses, count = columns.geofabrik);
        door.note("geofabrik-classes", "fclass", message);
    }
    unused(&columns.values, door);
}

/// Says which values the study explains for nothing.
fn unused(values: &Values, door: &mut Door<'_>) {
    let unused = values.unused();
    if !unused.is_empty() {
        let count = unused.len();
        let message = text!(ValuesUnused, count = count, list = listed(unused));
        door.doubt("unused-values", message);
    }
}

/// The points that are barriers, on WGS 84; those off the globe stand on no street.
fn knots_on_the_globe(knots: Vec<PlainKnot>, converter: &Converter) -> Vec<PlainKnot> {
    let placed = |knot: PlainKnot| {
        let at = placed(knot.at, converter)?;
        Some(PlainKnot { at, ..knot })
    };
    knots.into_iter().filter_map(placed).collect()
}

/// Refuses lines most of whose vertices are not in this system, with a guess why.
fn refuse_other_numbers(
    lines: &[PlainLine],
    crs: Crs,
    converter: &Converter,
    door: &Door<'_>,
) -> Result<(), ReadError> {
    let sample: Vec<[f64; 2]> = vertices(lines).take(10_000).collect();
    refuse_degrees(&sample, &crs.name(), converter, door)?;
    let mut count = 0_usize;
    let mut odd = 0_usize;
    let mut strangers = Vec::new();
    for at in vertices(lines) {
        count += 1;
        if placed(at, converter).is_none() {
            odd += 1;
            strangers.extend((odd <= 1000).then_some(at));
        }
    }
    // A few strange vertices are wrong by themselves; most of them mean another system.
    if odd * 2 <= count {
        return Ok(());
    }
    let hint = guess::unprojected_hint(&strangers);
    Err(BadInput {
        code: "outside-its-crs",
        file: door.file.clone(),
        expected: text!(VerticesOutsideCrs, odd = odd, all = count, crs = crs.name()),
        remedy: hint.unwrap_or_else(|| text!(NameStreetsCrs)),
        ..BadInput::default()
    }
    .into())
}

fn vertices(lines: &[PlainLine]) -> impl Iterator<Item = [f64; 2]> + '_ {
    lines.iter().flat_map(|line| &line.vertices).copied()
}

fn placed([x, y]: [f64; 2], converter: &Converter) -> Option<[f64; 2]> {
    converter
        .to_wgs84(x, y)
        .filter(|&[lon, lat]| Position::new(lon, lat).is_some())
}

/// The lines on WGS 84, without the features that have a vertex off the globe: each is rejected.
fn on_the_globe(
    mut lines: Vec<PlainLine>,
    crs: Crs,
    converter: &Converter,
    door: &mut Door<'_>,
) -> Result<Vec<PlainLine>, ReadError> {
    let mut rejected = HashSet::new();
    for line in &mut lines {
        for vertex in &mut line.vertices {
            if let Some(at) = placed(*vertex, converter) {
                *vertex = at;
                continue;
            }
            if rejected.insert(line.place) {
                door.reject(off_the_globe(*vertex, line.place, crs, door))?;
            }
        }
    }
    // A rejected feature leaves none of its lines.
    lines.retain(|line| !rejected.contains(&line.place));
    Ok(lines)
}

fn off_the_globe([x, y]: [f64; 2], place: Place, crs: Crs, door: &Door<'_>) -> BadInput {
    BadInput {
        code: "not-on-the-globe",
        file: door.file.clone(),
        place,
        column: None,
        found: Some(format!("{}, {}", shown(x), shown(y))),
        expected: text!(VertexOffTheGlobe, crs = crs.name()),
        remedy: text!(MendVertex),
    }
}

/// The box on WGS 84 that holds the corners of one in a file's own numbers.
fn place_box([west, south, east, north]: [f64; 4], converter: &Converter) -> Option<[f64; 4]> {
    // A side of the box may lean or bend on WGS 84, so all four corners count.
    let corners = [[west, south], [west, north], [east, south], [east, north]];
    let mut around = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    for corner in corners {
        let [lon, lat] = placed(corner, converter)?;
        around = [
            around[0].min(lon),
            around[1].min(lat),
            around[2].max(lon),
            around[3].max(lat),
        ];
    }
    Some(around)
}

/// Says what stands among the streets and is none.
fn left_out(left_out: LeftOut, door: &mut Door<'_>) {
    if left_out.points > 0 {
        let message = text!(PointsAmongStreets, count = left_out.points);
        door.note("points-among-streets", "", message);
    }
    if left_out.areas > 0 {
        let message = text!(AreasAmongStreets, count = left_out.areas);
        door.doubt("areas-among-streets", message);
    }
    if left_out.nowhere > 0 {
        let message = text!(StreetsWithoutGeometry, count = left_out.nowhere);
        door.doubt("streets-without-geometry", message);
    }
}

//! Places that stand in one column, `116.21,29.73`, and degrees with minutes and seconds.

use geo::Geometry;
use wkt::TryFromWkt;

use super::angle::{Axis, degrees};
use super::written::is_plain;
use crate::model::Severity;
use crate::read::error::{Place, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{shown, text};
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::read::tables::heads::folded;
use crate::words::text as words;

/// What a column of places is called.
const HEADS: [&str; 20] = [
    "坐标",
    "经纬度",
    "经纬度坐标",
    "坐标位置",
    "坐标点",
    "gps",
    "gps坐标",
    "位置坐标",
    "地理坐标",
    "高德坐标",
    "百度坐标",
    "坐标（经度,纬度）",
    "经度,纬度",
    "纬度,经度",
    "location",
    "lnglat",
    "lonlat",
    "coordinates",
    "wkt",
    "geometry",
];

/// Splits a column of places into a longitude and a latitude, or reads its shapes, where the table has no
/// other places; and makes numbers of degrees with minutes and seconds. Told once a column. What is no
/// place stays empty, for its reader to refuse.
pub(super) fn mend(table: &mut Table, door: &mut Door<'_>) {
    let [lon, lat] = ["lon", "lat"].map(|name| find(table, name).ok().flatten());
    for (place, axis) in [(lon, Axis::Longitude), (lat, Axis::Latitude)] {
        if let Some(place) = place {
            mend_angles(table, place, axis, door);
        }
    }
    let has_shapes = table.records.iter().any(|record| record.geometry.is_some());
    if lon.is_some() || lat.is_some() || has_shapes {
        return;
    }
    let is_place = |head: &String| HEADS.iter().any(|known| folded(known) == folded(head));
    if let Some(place) = table.columns.iter().position(is_place) {
        split(table, place, door);
    }
}

/// Makes numbers of the angles of a column; told once, with the first. O(rows).
fn mend_angles(table: &mut Table, place: usize, axis: Axis, door: &mut Door<'_>) {
    let mut first = None;
    let mut count = 0_u64;
    for record in &mut table.records {
        let value = &mut record.values[place];
        let Value::Text(written) = &*value else {
            continue;
        };
        if is_plain(written) {
            continue;
        }
        // A longitude in a column of latitudes stays as it is, for its reader to refuse.
        let read = degrees(written).filter(|(_, side)| side.is_none_or(|side| side == axis));
        if let Some((number, _)) = read {
            count += 1;
            first.get_or_insert_with(|| (record.place, written.to_string(), shown(number)));
            *value = Value::Number(number);
        }
    }
    if let Some((at, written, meant)) = first {
        let message = words!(
            NumbersMended,
            count = count,
            written = quoted(&plain(&written)),
            place = at.text().unwrap_or_default(),
            meant = meant,
        );
        let head = table.columns[place].clone();
        door.say(
            Severity::Repaired,
            "number-as-written",
            Place::File,
            &head,
            message,
        );
    }
}

/// Splits the column in this place.
fn split(table: &mut Table, place: usize, door: &mut Door<'_>) {
    let texts = table
        .records
        .iter()
        .map(|record| text(&record.values[place]));
    let texts: Vec<String> = texts.map(Option::unwrap_or_default).collect();
    let head = table.columns[place].clone();
    // Shapes first: commas stand in well-known text, too.
    if let Some(count) = read_shapes(table, &texts) {
        let message = words!(ShapesInColumn, column = plain(&head), count = count);
        door.say(
            Severity::Repaired,
            "places-in-one-column",
            Place::File,
            &head,
            message,
        );
        return;
    }
    let pairs: Vec<Option<Pair>> = texts.iter().map(|text| pair(text)).collect();
    // No value of the column is a place, so the head means something else.
    if pairs.iter().all(Option::is_none) {
        return;
    }
    let is_swapped = latitude_first(&head, &pairs);
    for (record, pair) in table.records.iter_mut().zip(&pairs) {
        let point = pair.map(|pair| pair.point(is_swapped));
        // What is no place stays for its reader to show.
        let as_written = record.values[place].clone();
        let [lon, lat] = point.map_or([as_written, Value::Empty], |at| at.map(Value::Number));
        record.values.extend([lon, lat]);
    }
    for name in ["lon", "lat"] {
        // Said as by the study, so that nothing is guessed from the new heads.
        table.chosen.push((name.to_owned(), table.columns.len()));
        table.columns.push(format!("{head} ({name})"));
    }
    let count = pairs.iter().flatten().count();
    let column = plain(&head);
    let message = if is_swapped {
        words!(PlacesLatFirst, column = column, count = count)
    } else {
        words!(PlacesLonFirst, column = column, count = count)
    };
    door.say(
        Severity::Repaired,
        "places-in-one-column",
        Place::File,
        &head,
        message,
    );
}

/// Reads well-known text into the rows' shapes; how many there are, if there are any.
fn read_shapes(table: &mut Table, texts: &[String]) -> Option<usize> {
    let is_shape = |text: &&String| text.trim_end().ends_with(')') && text.contains('(');
    let first = texts.iter().find(|text| !text.is_empty())?;
    // `(116.21,29.73)` ends with a bracket as well, and is a pair.
    if !is_shape(&first) || first.starts_with(['(', '（']) {
        return None;
    }
    let mut count = 0;
    for (record, text) in table.records.iter_mut().zip(texts) {
        // EWKT names its system first: the study says which it is.
        let bare = text.rsplit(';').next().unwrap_or_default();
        if is_too_deep(bare) {
            continue;
        }
        if let Ok(shape) = Geometry::<f64>::try_from_wkt_str(bare) {
            record.geometry = is_finite(&shape).then_some(shape);
            count += usize::from(record.geometry.is_some());
        }
    }
    (count > 0).then_some(count)
}

/// Whether brackets stand in more brackets than shapes need. The parser calls itself for each, and a
/// hundred thousand of them would end the program.
fn is_too_deep(text: &str) -> bool {
    const DEEPEST: usize = 16;
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

fn is_finite(shape: &Geometry<f64>) -> bool {
    use geo::CoordsIter;
    shape
        .coords_iter()
        .all(|at| at.x.is_finite() && at.y.is_finite())
}

/// Two numbers of a place in the order in which they stand, with their axes where they are named.
#[derive(Clone, Copy)]
struct Pair([(f64, Option<Axis>); 2]);

impl Pair {
    /// Whether it says itself that the latitude stands first, or cannot be otherwise.
    fn is_latitude_first(self) -> Option<bool> {
        let [(one, first), (other, second)] = self.0;
        match (first, second) {
            (Some(Axis::Latitude), _) | (_, Some(Axis::Longitude)) => Some(true),
            (Some(Axis::Longitude), _) | (_, Some(Axis::Latitude)) => Some(false),
            (None, None) if one.abs() > 90.0 => Some(false),
            (None, None) if other.abs() > 90.0 => Some(true),
            (None, None) => None,
        }
    }

    /// Longitude and latitude; of a pair that says it itself, as it says.
    fn point(self, is_swapped: bool) -> [f64; 2] {
        let [(one, _), (other, _)] = self.0;
        if self.is_latitude_first().unwrap_or(is_swapped) {
            [other, one]
        } else {
            [one, other]
        }
    }
}

/// Whether the places of a column have the latitude first: as one of them says, else as its head says.
fn latitude_first(head: &str, pairs: &[Option<Pair>]) -> bool {
    let mut said = pairs
        .iter()
        .flatten()
        .filter_map(|pair| pair.is_latitude_first());
    said.next()
        .unwrap_or_else(|| folded(head).starts_with("纬度"))
}

/// The two numbers of a text.
fn pair(text: &str) -> Option<Pair> {
    let bare = text
        .trim()
        .trim_matches(['(', ')', '[', ']', '（', '）', '【', '】']);
    let by_sign = bare.split([',', '，', ';', '；', '、', '/', '|']);
    let parts: Vec<&str> = by_sign
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let [one, other] = <[&str; 2]>::try_from(parts).ok().or_else(|| halves(bare))?;
    Some(Pair([part(one)?, part(other)?]))
}

/// The halves of a text that are apart by blanks, or by the word for the other axis.
fn halves(text: &str) -> Option<[&str; 2]> {
    let words = ["北纬", "南纬", "东经", "西经"];
    let mut starts = words
        .iter()
        .filter_map(|word| text.find(word).filter(|&at| at > 0));
    if let Some(at) = starts.next() {
        return Some([text[..at].trim(), text[at..].trim()]);
    }
    let mut parts = text.split_whitespace();
    let pair = [parts.next()?, parts.next()?];
    parts.next().is_none().then_some(pair)
}

fn part(text: &str) -> Option<(f64, Option<Axis>)> {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number
        .map(|number| (number, None))
        .or_else(|| degrees(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::formats::values::number;
    use crate::read::row_policy::{OnBad, Stopped};

    fn mended(head: &str, column: &[&str]) -> (Vec<[Option<f64>; 2]>, Vec<&'static str>) {
        let rows: Vec<Vec<&str>> = column.iter().map(|value| vec![*value]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut table = Table::of_texts("a.csv", &[head], &rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        mend(&mut table, &mut door);
        let columns = ["lon", "lat"].map(|name| find(&table, name).expect("one"));
        let points = table
            .records
            .iter()
            .map(|record| columns.map(|place| number(&record.values[place?]).ok().flatten()));
        (
            points.collect(),
            findings.iter().map(|finding| finding.code).collect(),
        )
    }

    #[test]
    fn a_column_of_places_becomes_two() {
        let here = [Some(116.21), Some(29.73)];
        for written in [
            "116.21,29.73",
            "116.21 29.73",
            "(116.21，29.73)",
            "[116.21, 29.73]",
            "29.73,116.21",
            "东经116°12′36″ 北纬29°43′48″",
            "北纬29°43′48″，东经116°12′36″",
            "N29.73, E116.21",
            "116°12'36\"E 29°43'48\"N",
        ] {
            let (points, codes) = mended("坐标", &[written]);
            let [lon, lat] = points[0].map(|number| (number.expect(written) * 1e9).round() / 1e9);
            assert_eq!([Some(lon), Some(lat)], here, "{written}");
            assert_eq!(codes, ["places-in-one-column"]);
        }
        // What is none is left to its reader, and a column of texts is none of places.
        assert_eq!(
            mended("location", &["116.21,29.73", "-"]).0,
            [here, [None, None]]
        );
        assert_eq!(
            mended("location", &["村口", "山下"]),
            (vec![[None, None]; 2], vec![])
        );
        // In Africa only the head can tell.
        assert_eq!(
            mended("纬度,经度", &["5.1,7.2"]).0,
            [[Some(7.2), Some(5.1)]]
        );
        assert_eq!(mended("经纬度", &["5.1,7.2"]).0, [[Some(5.1), Some(7.2)]]);
    }

    #[test]
    fn shapes_in_a_column_are_the_rows_shapes() {
        let deep = format!("{}{}", "GEOMETRYCOLLECTION(".repeat(100_000), ")");
        let rows: &[&[&str]] = &[
            &["POINT (116.21 29.73)"],
            &["SRID=4326;POINT(1 2)"],
            &["x"],
            &[&deep],
        ];
        let mut table = Table::of_texts("a.csv", &["WKT"], rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        mend(&mut table, &mut door);
        let shapes = table.records.iter().map(|record| record.geometry.is_some());
        assert_eq!(shapes.collect::<Vec<_>>(), [true, true, false, false]);
    }
}

//! Fixed links: minibuses and ferries, each with its two ends, its minutes and its hours.

use super::coordinates::converter;
use super::rows::{Columns, Row};
use crate::ids::EdgeId;
use crate::model::{Link, Severity, WeekMinute};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::{BadInput, ReadError, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{Problem, flag, number, shown};
use crate::read::listed::listed;
use crate::read::plan::opening_hours::Clock;
use crate::read::row_policy::Door;
use crate::snap::{Snap, StreetIndex};
use crate::units::TravelTime;
use crate::words::text;

const KNOWN: [&str; 9] = [
    "from_lon",
    "from_lat",
    "to_lon",
    "to_lat",
    "minutes",
    "wait",
    "opening_hours",
    "both_ways",
    "name",
];

/// The columns that no table of links goes without.
const NEEDED: [&str; 5] = ["from_lon", "from_lat", "to_lon", "to_lat", "minutes"];

/// An end of a link may be so far from its street, in metres.
pub(crate) const REACH_M: f64 = 500.0;
/// An end farther than this from its street is doubtful.
const FAR_M: f64 = 100.0;
/// The longest ride, and the longest wait, in minutes.
const LONGEST_MIN: f64 = 1440.0;

/// What links are read against.
pub(crate) struct LinkReader<'a> {
    pub streets: StreetIndex<'a>,
    pub clock: Option<&'a mut Clock>,
    /// The moment of leaving; none where links count at any time.
    pub at: Option<WeekMinute>,
}

/// How the links of a table run.
#[derive(Default)]
struct Counts {
    /// With hours that nothing is asked about.
    unasked: usize,
    /// With hours that the moment is compared with.
    timed: usize,
    /// Not at the moment that is asked.
    idle: usize,
    /// The farthest end from its street, in metres.
    farthest_m: f64,
}

/// The links of a table that run when it is asked, in the order of its rows.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped; when a needed column is missing.
pub(crate) fn links(
    mut table: Table,
    crs: Crs,
    reader: &mut LinkReader<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Link>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    check_columns(&table, &columns, door)?;
    let converter = converter(crs, door)?;
    let mut counts = Counts::default();
    let mut links = Vec::new();
    for record in &table.records {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        match link(row, &converter, reader, door) {
            Ok(read) => links.extend(counts.running(read, row, door)),
            Err(bad) => door.reject(bad)?,
        }
    }
    counts.tell(links.len(), door);
    if let Some(clock) = &mut reader.clock {
        clock.tell_understood("opening_hours", door);
    }
    Ok(links)
}

fn check_columns(table: &Table, columns: &Columns, door: &Door<'_>) -> Result<(), ReadError> {
    let Some(missing) = NEEDED.iter().find(|name| !columns.has(name)) else {
        return Ok(());
    };
    let expected = text!(
        NoColumnNamedSo,
        names = *missing,
        columns = listed(table.columns.iter().map(String::as_str)),
    );
    Err(BadInput {
        code: "no-such-column",
        file: door.file.clone(),
        expected,
        remedy: text!(LinksNeed),
        ..BadInput::default()
    }
    .into())
}

/// A link, and what is told of it.
struct ReadLink {
    link: Link,
    /// How far its ends are from their streets, in metres.
    gaps: [f64; 2],
    /// Whether it runs when it is asked; none where its hours are not asked about.
    runs: Option<bool>,
}

fn link(
    row: Row<'_>,
    converter: &Converter,
    reader: &mut LinkReader<'_>,
    door: &Door<'_>,
) -> Result<ReadLink, BadInput> {
    let ride = minutes(row, "minutes", door)?;
    let ride = ride.filter(|&ride| ride > 0.0).ok_or_else(|| {
        let found = row.text("minutes");
        let wrong = Problem::of(
            "no-minutes",
            &found,
            text!(LinkMinutes),
            text!(LinkFillMinutes),
        );
        row.wrong("minutes", wrong, door)
    })?;
    // The wait is paid at each ride, and there may be none.
    let wait = minutes(row, "wait", door)?.unwrap_or_default();
    let both_ways = row.read("both_ways", flag, door)?.unwrap_or(true);
    let runs = runs(row, reader, door)?;
    // Last, for the search for streets costs more than all before it.
    let (start, start_gap) = end(row, converter, (reader, ["from_lon", "from_lat"]), door)?;
    let (stop, stop_gap) = end(row, converter, (reader, ["to_lon", "to_lat"]), door)?;
    let link = Link {
        name: row.text("name"),
        ends: [start, stop],
        time: TravelTime::from_seconds((ride + wait) * 60.0).unwrap_or(TravelTime::MAX),
        both_ways,
    };
    Ok(ReadLink {
        link,
        gaps: [start_gap, stop_gap],
        runs,
    })
}

/// The minutes of a column; none where it is empty.
fn minutes(row: Row<'_>, column: &str, door: &Door<'_>) -> Result<Option<f64>, BadInput> {
    let Some(minutes) = row.read(column, number, door)? else {
        return Ok(None);
    };
    // The head may say hundreds of them.
    let minutes = minutes * row.columns.factor(row.table, column);
    if (0.0..=LONGEST_MIN).contains(&minutes) {
        return Ok(Some(minutes));
    }
    let expected = text!(NumberBetween, least = 0.0, most = LONGEST_MIN);
    let wrong = Problem::of(
        "bad-minutes",
        &shown(minutes),
        expected,
        text!(ChangeNumber),
    );
    Err(row.wrong(column, wrong, door))
}

/// Whether the link runs when it is asked.
fn runs(
    row: Row<'_>,
    reader: &mut LinkReader<'_>,
    door: &Door<'_>,
) -> Result<Option<bool>, BadInput> {
    let value = row.value("opening_hours");
    if *value == Value::Empty {
        return Ok(Some(true));
    }
    // Without a moment hours are not even looked at, as those of sites without [time].
    let (Some(clock), Some(at)) = (reader.clock.as_deref_mut(), reader.at) else {
        return Ok(None);
    };
    let week = clock.hours(value);
    let week = week.map_err(|wrong| row.wrong("opening_hours", wrong, door))?;
    Ok(Some(week.is_none_or(|week| week.is_open(at))))
}

/// Where an end joins the streets, and how far off in metres.
fn end(
    row: Row<'_>,
    converter: &Converter,
    (reader, columns): (&LinkReader<'_>, [&str; 2]),
    door: &Door<'_>,
) -> Result<((EdgeId, f64), f64), BadInput> {
    let at = place(row, converter, columns, door)?;
    let nearest = match reader.streets.snap(at, REACH_M) {
        Snap::Snapped { edge, offset, gap } => return Ok(((edge, offset), gap)),
        Snap::Stranded { nearest } => nearest,
    };
    let far = nearest.map_or_else(
        || text!(ThereIsNoStreet),
        |metres| text!(NearestAway, metres = format!("{metres:.0}")),
    );
    let expected = text!(PlaceNearStreet, reach = REACH_M, far = far);
    let found = format!("{}, {}", shown(at.lon()), shown(at.lat()));
    let wrong = Problem::of("link-off-streets", &found, expected, text!(LinkMoveEnd));
    Err(row.wrong(columns[0], wrong, door))
}

fn place(
    row: Row<'_>,
    converter: &Converter,
    columns: [&str; 2],
    door: &Door<'_>,
) -> Result<Position, BadInput> {
    let mut point = [0.0; 2];
    for (value, column) in point.iter_mut().zip(columns) {
        *value = row.read(column, number, door)?.ok_or_else(|| {
            let wrong = Problem::of(
                "no-coordinate",
                "",
                text!(ItIsEmpty),
                text!(FillInCoordinate),
            );
            row.wrong(column, wrong, door)
        })?;
    }
    let [x, y] = point;
    let position = converter
        .to_wgs84(x, y)
        .and_then(|[lon, lat]| Position::new(lon, lat));
    position.ok_or_else(|| {
        let found = format!("{}, {}", shown(x), shown(y));
        let expected = text!(LinkNowhere);
        let wrong = Problem::of("not-on-the-globe", &found, expected, text!(MendCoordinates));
        row.wrong(columns[0], wrong, door)
    })
}

impl Counts {
    /// The link, if it runs when it is asked.
    fn running(&mut self, read: ReadLink, row: Row<'_>, door: &mut Door<'_>) -> Option<Link> {
        let far = read.gaps[0].max(read.gaps[1]);
        self.farthest_m = self.farthest_m.max(far);
        if far > FAR_M {
            let (name, metres) = (plain(&read.link.name), format!("{far:.0}"));
            let message = text!(LinkFarOff, name = name, metres = metres);
            let place = row.record.place;
            let severity = Severity::Suspicious;
            door.say(severity, "link-far-off", place, &read.link.name, message);
        }
        self.unasked += usize::from(read.runs.is_none());
        self.timed +=
            usize::from(read.runs.is_some() && *row.value("opening_hours") != Value::Empty);
        self.idle += usize::from(read.runs == Some(false));
        // Hours that nothing is asked about do not stop it.
        read.runs.unwrap_or(true).then_some(read.link)
    }

    fn tell(&self, count: usize, door: &mut Door<'_>) {
        let farthest = format!("{:.0}", self.farthest_m);
        let message = text!(LinksJoined, count = count, metres = farthest);
        door.note("links", "", message);
        if self.unasked > 0 {
            let message = text!(LinksAlways, count = self.unasked);
            door.doubt("links-always", message);
        }
        if self.timed > 0 {
            let message = text!(LinksTimed, count = self.timed);
            door.note("links-timed", "", message);
        }
        if self.idle > 0 {
            let message = text!(LinksIdle, count = self.idle);
            door.note("links-idle", "", message);
        }
    }
}

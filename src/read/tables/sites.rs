//! Sites, from any table, each with the items it says it handles.

use std::sync::Arc;

use chrono::NaiveDate;

use super::coordinates::Placer;
use super::further::Further;
use super::home_help::HomeHelpCounts;
use super::joins::Known;
use super::properties::{Asked, properties};
use super::rows::{Columns, Ids, Row, unit};
use crate::model::{Attributes, HomeHelp, OpenWeek, Properties, Severity, Site, Sites, Units};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{Problem, date, list};
use crate::read::plan::opening_hours::Clock;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

pub(crate) const KNOWN: [&str; 11] = [
    "id",
    "name",
    "kind",
    "unit",
    "items",
    "opening_hours",
    "opened",
    "closed",
    "windows",
    "helps_at_home",
    "helps_days",
];

/// What the map of sites shows by these names.
const SHOWN: [&str; 4] = ["id", "name", "kind", "unit"];

/// A site as read, with the items that its own row names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SiteRow {
    pub site: Site,
    /// The item ids of its own `items` column; none when that is absent or empty.
    pub items: Option<Vec<String>>,
    /// Whether its id is a number in the input.
    pub has_numeric_id: bool,
    pub place: Place,
}

/// What is needed to read sites.
pub(crate) struct SiteReader<'a> {
    pub placer: &'a Placer,
    pub units: &'a Units,
    /// Works out opening hours, when time of day is asked about.
    pub clock: Option<&'a mut Clock>,
    /// Hours that cannot be read are left out and told: a map's, which nobody here can mend.
    pub forgives_hours: bool,
    /// Whether the study asks for a date, so that days of opening and closing count.
    pub dated: bool,
}

/// The sites of a table, with those of its yes/no columns that are `asked` for or hold nothing else.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn sites(
    mut table: Table,
    asked: &[Asked],
    reader: &mut SiteReader<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<SiteRow>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    let properties = properties(&table, &KNOWN, asked, door)?;
    let mut ids = Ids::new(&columns, door);
    let further = Further::of(&table, &SHOWN);
    note_unused(&table, &columns, reader, door);
    let mut helping = HomeHelpCounts::default();
    // How many hours of a map could not be read, and the first of them.
    let mut forgiven: Option<(usize, String)> = None;
    let mut rows = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        match site(row, &mut ids, reader, door) {
            Ok(mut read) => {
                read.site.properties = properties;
                read.site.attributes = further.take(record);
                let stated = hours(row, reader);
                read.site.hours = match stated {
                    // Nobody here can mend a map: such hours count as not stated.
                    Err(_) if reader.forgives_hours => {
                        let first = || (0, row.text("opening_hours"));
                        forgiven.get_or_insert_with(first).0 += 1;
                        None
                    }
                    stated => good_hours(row, stated, door)?,
                };
                read.site.home_help = home_help(row, &mut helping, reader, door)?;
                rows.push(read);
            }
            Err(bad) => door.reject(bad)?,
        }
    }
    if let Some(clock) = &mut reader.clock {
        clock.tell(door);
    }
    if let Some((count, first)) = forgiven {
        let message = text!(MapHoursUnknown, count = count, first = plain(&first));
        door.say(
            Severity::Suspicious,
            "map-hours",
            Place::File,
            "opening_hours",
            message,
        );
    }
    helping.tell(door);
    Ok(rows)
}

/// Names the items of each site's own row by their ids, wherever it is sure which are meant.
pub(crate) fn name_items(rows: &mut [SiteRow], known: &Known<'_>) {
    for item in rows
        .iter_mut()
        .flat_map(|row| row.items.iter_mut().flatten())
    {
        if let Some(id) = known.id(item).map(str::to_owned) {
            *item = id;
        }
    }
}

/// The sites of these rows, in the order of their ids.
pub(crate) fn sorted(rows: &[SiteRow]) -> Sites {
    let are_numeric = !rows.is_empty() && rows.iter().all(|row| row.has_numeric_id);
    let sites = rows.iter().map(|row| row.site.clone());
    Sites::sorted(sites.collect()).with_numeric_ids(are_numeric)
}

/// Says which columns hold something that the study does not ask for.
fn note_unused(table: &Table, columns: &Columns, reader: &SiteReader<'_>, door: &mut Door<'_>) {
    let holds = |column| {
        let mut records = table.records.iter();
        records.any(|record| *columns.value(record, column) != Value::Empty)
    };
    // Days matter more than hours: a site not yet built is counted as there.
    if reader.clock.is_none() && holds("opening_hours") {
        let column = columns.written(table, "opening_hours");
        let message = text!(NotUsedWithoutTime, column = column);
        note_column(Severity::Note, "opening_hours", message, door);
    }
    if reader.dated {
        return;
    }
    for column in ["opened", "closed"] {
        if holds(column) {
            let message = text!(NotUsedWithoutDate, column = columns.written(table, column));
            note_column(Severity::Suspicious, column, message, door);
        }
    }
}

fn note_column(severity: Severity, column: &str, message: Text, door: &mut Door<'_>) {
    door.say(severity, "not-used", Place::File, column, message);
}

/// The hours that a row states, as far as somebody asks for any.
fn hours(row: Row<'_>, reader: &mut SiteReader<'_>) -> Result<Option<Arc<OpenWeek>>, Problem> {
    let Some(clock) = reader.clock.as_deref_mut() else {
        return Ok(None);
    };
    let value = row.value("opening_hours");
    let read = clock.hours(value);
    clock.count(Some(value).filter(|_| read.is_ok()));
    read
}

/// The hours that a row states; none where they are bad and bad rows are skipped.
fn good_hours(
    row: Row<'_>,
    stated: Result<Option<Arc<OpenWeek>>, Problem>,
    door: &mut Door<'_>,
) -> Result<Option<Arc<OpenWeek>>, ReadError> {
    // A site without good hours still counts where no hour is asked.
    stated.or_else(|wrong| {
        let bad = row.wrong("opening_hours", wrong, door);
        door.forgive(bad, text!(HoursNotStated))?;
        Ok(None)
    })
}

/// How far a site sends helpers; none where that is bad and bad rows are skipped.
fn home_help(
    row: Row<'_>,
    helping: &mut HomeHelpCounts,
    reader: &mut SiteReader<'_>,
    door: &mut Door<'_>,
) -> Result<Option<HomeHelp>, ReadError> {
    let read = helping.read(row, reader.clock.as_deref_mut(), door);
    // A site of which that is not known still counts for all who come.
    read.or_else(|bad| {
        door.forgive(bad, text!(HelpNotStated))?;
        Ok(None)
    })
}

fn site(
    row: Row<'_>,
    ids: &mut Ids,
    reader: &SiteReader<'_>,
    door: &Door<'_>,
) -> Result<SiteRow, BadInput> {
    let id = ids.take(row, door)?;
    let named = Some(row.text("name")).filter(|name| !name.is_empty());
    let items = row.read("items", list, door)?;
    // Without a date that is asked for the days are not even looked at: they may be anything.
    let [opened, closed] = if reader.dated {
        dates(row, door)?
    } else {
        [None; 2]
    };
    let site = Site {
        name: named.unwrap_or_else(|| id.clone()),
        kind: row.text("kind"),
        unit: unit(row, reader.units, door)?,
        at: reader.placer.place(row.record, row.table, door)?,
        id,
        properties: Properties::default(),
        opened,
        closed,
        hours: None,
        home_help: None,
        attributes: Attributes::default(),
    };
    Ok(SiteRow {
        site,
        items: Some(items).filter(|items| !items.is_empty()),
        has_numeric_id: row.columns.has_numeric_id(row.record),
        place: row.record.place,
    })
}

/// The first day on which a site is open, and the first on which it is closed for good.
fn dates(row: Row<'_>, door: &Door<'_>) -> Result<[Option<NaiveDate>; 2], BadInput> {
    let opened = row.read("opened", date, door)?;
    let closed = row.read("closed", date, door)?;
    if let Some((opened, closed)) = opened.zip(closed)
        && closed <= opened
    {
        let wrong = Problem::of(
            "closed-before-opened",
            &closed.to_string(),
            text!(DayAfterOpening, opened = opened.to_string()),
            text!(ClosedIsFirstDay),
        );
        return Err(row.wrong("closed", wrong, door));
    }
    Ok([opened, closed])
}

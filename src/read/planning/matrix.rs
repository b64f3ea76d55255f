//! A matrix of costs from three tables: who asks, where a site may be, and what it takes to get there.

use std::collections::HashMap;
use std::path::Path;

use super::costs::cost;
use crate::model::{
    Cell, Cells, Findings, Language, Memory, Network, Sites, Source, Study, StudyParts,
};
use crate::plan::Matrix;
use crate::plane::Position;
use crate::proposal::{CostUnit, MatrixCase, MatrixSite, SiteStatus};
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::Table;
use crate::read::formats::values::{Problem, number, shown};
use crate::read::input::{load, table};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::{Door, OnBad, Stopped};
use crate::read::tables::rows::{Columns, Ids, Row};
use crate::units::{People, common_divisor};
use crate::words::{Text, text};

/// The files of a matrix.
#[derive(Debug, Clone, Copy)]
pub struct MatrixFiles<'a> {
    /// `from`, `to`, and `minutes` or `metres`: one row a pair; what is missing cannot be reached.
    pub matrix: &'a Path,
    /// Who asks: `id`, `weight` or `population` (1 where there is neither), and `unit` if they live in any.
    pub from: &'a Path,
    /// Where a site may be: `id`; if they are there, `cost`, `status` (`kept`, `forced`, `forbidden`), `capacity` (how
    /// many people it serves), `lon` and `lat`.
    pub to: &'a Path,
}

/// The clients, the candidates and the costs between them.
///
/// Costs are kept to a tenth of a millisecond, or to a millimetre. The clients are the cells of a study without
/// streets, so that results can be told of it.
///
/// ```
/// use walkshed::model::Language;
/// use walkshed::read::{MatrixFiles, matrix};
/// # let folder = tempfile::tempdir()?;
/// # let path = |name: &str| folder.path().join(name);
/// std::fs::write(path("from.csv"), "id,population\nnorth,300\nsouth,200\n")?;
/// std::fs::write(path("to.csv"), "id\nmarket\n")?;
/// std::fs::write(path("matrix.csv"), "from,to,minutes\nnorth,market,5\nsouth,market,12.5\n")?;
/// let files = MatrixFiles { matrix: &path("matrix.csv"), from: &path("from.csv"), to: &path("to.csv") };
/// let case = matrix(&files, Language::English)?;
/// assert_eq!((case.matrix.clients(), case.sites[0].id.as_str()), (2, "market"));
/// assert_eq!(Some(case.largest_cost()), case.unit.whole(12.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When a file cannot be read, a column is missing, a value is wrong, or a pair names an id that is not in the
/// other tables.
pub fn matrix(files: &MatrixFiles<'_>, language: Language) -> Result<MatrixCase, ReadError> {
    let mut told = Told::default();
    let from = Opened::of("from", files.from)?;
    let to = Opened::of("to", files.to)?;
    let pairs = Opened::of("matrix", files.matrix)?;
    let (cells, units) = clients(&from, &mut from.door(&mut told))?;
    let sites = candidates(&to, &mut to.door(&mut told))?;
    let known = [
        numbers(cells.iter().map(|cell| cell.id.as_str())),
        numbers(sites.iter().map(|site| site.id.as_str())),
    ];
    let (costs, unit) = costs(&pairs, &known, &mut pairs.door(&mut told))?;
    let people = || cells.iter().map(|cell| cell.people.millionths());
    let served = sites.iter().filter_map(|site| site.capacity);
    let counted = people().chain(served.map(People::millionths));
    // The largest unit of which all weights and capacities are whole multiples: numbers stay small.
    let weight_unit = counted.reduce(common_divisor).unwrap_or(1).max(1);
    let weights = people().map(|weight| weight / weight_unit).collect();
    let matrix = Matrix::new(weights, sites.len(), &costs);
    let whole = |expected: Text| BadInput {
        code: "not-a-matrix",
        file: pairs.file.clone(),
        expected,
        ..BadInput::default()
    };
    let matrix = matrix.map_err(|error| whole(error.text()))?;
    let mut parts = StudyParts::new(
        Network::default(),
        Sites::new(Vec::new()),
        cells.into_iter().collect::<Cells>(),
    );
    parts.name.clone_from(&pairs.file);
    parts.language = language;
    parts.sources = [&from, &to, &pairs]
        .map(|opened| opened.source.clone())
        .into();
    let study = Study::new(parts).map_err(|error| whole(error.text()))?;
    Ok(MatrixCase {
        study,
        matrix,
        sites,
        unit,
        units,
        weight_unit,
    })
}

/// Numbers in the order of rows, by id.
fn numbers<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<String, u32> {
    (0..)
        .zip(ids)
        .map(|(number, id)| (id.to_owned(), number))
        .collect()
}

/// What is told while tables are read; reading stops at the first bad row.
#[derive(Default)]
struct Told {
    findings: Findings,
    stopped: Stopped,
}

/// A table that is read.
struct Opened {
    file: String,
    table: Table,
    source: Source,
}

impl Opened {
    fn of(role: &'static str, path: &Path) -> Result<Self, ReadError> {
        let entry = InputFile {
            path: path.to_string_lossy().into_owned(),
            ..InputFile::default()
        };
        let input = load(Path::new(""), role, &entry, Memory::default())?;
        let mut table = table(&input, &entry)?;
        let opened = |table| Self {
            table,
            file: input.file.clone(),
            source: input.source.clone(),
        };
        let bad = std::mem::take(&mut table.bad);
        let opened = opened(table);
        opened
            .door(&mut Told::default())
            .reject_all(bad)
            .map(|()| opened)
    }

    fn door<'f>(&self, told: &'f mut Told) -> Door<'f> {
        Door {
            file: self.file.clone(),
            on_bad: OnBad::Stop,
            findings: &mut told.findings,
            stopped: &mut told.stopped,
        }
    }

    fn rows<'a>(&'a self, columns: &'a Columns) -> impl Iterator<Item = Row<'a>> {
        self.table.records.iter().map(move |record| Row {
            record,
            table: &self.table,
            columns,
        })
    }

    /// That a table has a column.
    fn needs(&self, columns: &Columns, name: &str) -> Result<(), BadInput> {
        if columns.has(name) {
            return Ok(());
        }
        Err(BadInput {
            code: "no-column",
            file: self.file.clone(),
            expected: text!(
                NoColumnThere,
                column = name,
                columns = self.table.columns.join(", ")
            ),
            remedy: text!(NameThatColumn, column = name),
            ..BadInput::default()
        })
    }
}

/// Who asks; the names of units in order, and by client the place of its own.
type Clients = (Vec<Cell>, (Vec<String>, Vec<Option<u32>>));

/// Who asks.
fn clients(from: &Opened, door: &mut Door<'_>) -> Result<Clients, ReadError> {
    let columns = Columns::of(&from.table, &["id", "weight", "population", "unit"], door)?;
    from.needs(&columns, "id")?;
    let mut ids = Ids::new(&columns, door);
    let counted = ["weight", "population"]
        .into_iter()
        .find(|name| columns.has(name));
    let mut cells = Vec::with_capacity(from.table.records.len());
    let mut named = Vec::with_capacity(from.table.records.len());
    for row in from.rows(&columns) {
        let id = ids.take(row, door)?;
        let people = match counted {
            Some(column) => people(row, column, door)?,
            None => People::whole(1),
        };
        named.push(row.text("unit"));
        cells.push(Cell {
            id,
            name: String::new(),
            unit: None,
            people,
            at: None,
        });
    }
    let mut units: Vec<String> = named
        .iter()
        .filter(|unit| !unit.is_empty())
        .cloned()
        .collect();
    units.sort_unstable();
    units.dedup();
    // A client without a unit is in none of these, and finds no place.
    let places = named.iter().map(|unit| {
        let place = units.binary_search(unit).ok()?;
        u32::try_from(place).ok()
    });
    let places = places.collect();
    Ok((cells, (units, places)))
}

/// How many a client is; nobody where it is empty.
fn people(row: Row<'_>, column: &str, door: &Door<'_>) -> Result<People, BadInput> {
    let number = row.read(column, number, door)?.unwrap_or(0.0);
    counted(number, row, column, door)
}

/// How many a site serves; none where it is empty.
fn capacity(row: Row<'_>, door: &Door<'_>) -> Result<Option<People>, BadInput> {
    let number = row.read("capacity", number, door)?;
    number
        .map(|number| counted(number, row, "capacity", door))
        .transpose()
}

/// A number of people in a column.
fn counted(number: f64, row: Row<'_>, column: &str, door: &Door<'_>) -> Result<People, BadInput> {
    People::new(number).ok_or_else(|| {
        let wrong = Problem::of(
            "bad-weight",
            &shown(number),
            text!(NumberInRange),
            text!(CorrectWeight),
        );
        row.wrong(column, wrong, door)
    })
}

/// Where a site may be.
fn candidates(to: &Opened, door: &mut Door<'_>) -> Result<Vec<MatrixSite>, ReadError> {
    let known = ["id", "cost", "status", "capacity", "lon", "lat"];
    let columns = Columns::of(&to.table, &known, door)?;
    to.needs(&columns, "id")?;
    let placed = columns.has("lon") && columns.has("lat");
    let mut ids = Ids::new(&columns, door);
    let mut sites = Vec::with_capacity(to.table.records.len());
    for row in to.rows(&columns) {
        let at = if placed { place(row, door)? } else { None };
        sites.push(MatrixSite {
            id: ids.take(row, door)?,
            cost: cost(row, door)?,
            status: status(row, door)?,
            capacity: capacity(row, door)?,
            at,
        });
    }
    Ok(sites)
}

/// Where a candidate stands, in degrees on WGS 84; nowhere where either is empty.
fn place(row: Row<'_>, door: &Door<'_>) -> Result<Option<Position>, BadInput> {
    let lon = row.read("lon", number, door)?;
    let lat = row.read("lat", number, door)?;
    let Some((lon, lat)) = lon.zip(lat) else {
        return Ok(None);
    };
    Position::new(lon, lat).map(Some).ok_or_else(|| {
        let found = format!("{}, {}", shown(lon), shown(lat));
        let expected = text!(NotOnTheGlobe, crs = "WGS84");
        let wrong = Problem::of("not-on-the-globe", &found, expected, text!(MendCoordinates));
        row.wrong("lon", wrong, door)
    })
}

fn status(row: Row<'_>, door: &Door<'_>) -> Result<SiteStatus, BadInput> {
    let word = row.text("status").to_lowercase();
    let known = SiteStatus::ALL.into_iter();
    let mut fits = known.filter(|status| status.words().contains(&word.as_str()));
    fits.next().ok_or_else(|| {
        let wrong = Problem::of("bad-status", &word, text!(StatusWords), text!(WriteStatus));
        row.wrong("status", wrong, door)
    })
}

/// A client, a candidate, and the cost between them.
type Triple = (u32, u32, u32);

/// What it takes to get from clients to candidates.
fn costs(
    pairs: &Opened,
    [from, to]: &[HashMap<String, u32>; 2],
    door: &mut Door<'_>,
) -> Result<(Vec<Triple>, CostUnit), ReadError> {
    let columns = Columns::of(&pairs.table, &["from", "to", "minutes", "metres"], door)?;
    pairs.needs(&columns, "from")?;
    pairs.needs(&columns, "to")?;
    // Where a table has both, minutes count.
    let unit = if columns.has("minutes") {
        CostUnit::Minutes
    } else {
        pairs.needs(&columns, "metres")?;
        CostUnit::Metres
    };
    let mut costs = Vec::with_capacity(pairs.table.records.len());
    for row in pairs.rows(&columns) {
        let client = named(row, ("from", from), door)?;
        let candidate = named(row, ("to", to), door)?;
        // An empty one is no way.
        let Some(cost) = row.read(unit.word(), number, door)? else {
            continue;
        };
        let cost = unit.whole(cost).ok_or_else(|| {
            let expected = text!(CostInRange);
            let wrong = Problem::of("bad-cost", &shown(cost), expected, text!(CorrectCost));
            row.wrong(unit.word(), wrong, door)
        })?;
        costs.push((client, candidate, cost));
    }
    Ok((costs, unit))
}

/// The number of the id in a column.
fn named(
    row: Row<'_>,
    (column, ids): (&str, &HashMap<String, u32>),
    door: &Door<'_>,
) -> Result<u32, BadInput> {
    let id = row.text(column);
    ids.get(&id).copied().ok_or_else(|| {
        let expected = text!(IdOfOtherTable);
        let wrong = Problem::of("unknown-id", &id, expected, text!(AddOrCorrectId));
        row.wrong(column, wrong, door)
    })
}

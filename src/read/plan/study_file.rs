//! The study file: TOML, with every key known and every number in range.

use serde::Deserialize;

use super::calendar::TimeTable;
use super::item_choice::ItemChoice;
use super::rules;
use super::rules::indicator::IndicatorTable;
use super::study_dates::Written;
use super::{bare_keys, heads, keys, language, type_errors};
use crate::model::{CsvForm, Heads, Language, Memory};
use crate::read::error::{BadInput, Place, ReadError, bad};
use crate::words::{Text, text};

pub(crate) use super::input_file::InputFile;

/// What a study file says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct StudyFile {
    #[serde(default)]
    pub name: String,
    #[serde(default, deserialize_with = "language::deserialize")]
    pub language: Language,
    pub csv_bom: Option<bool>,
    #[serde(default, deserialize_with = "heads::deserialize")]
    pub heads: Heads,
    pub inputs: Inputs,
    #[serde(default)]
    pub walk: rules::WalkTable,
    #[serde(default)]
    pub target: TargetTable,
    #[serde(default)]
    pub group: Vec<rules::GroupTable>,
    #[serde(default)]
    pub others: rules::OthersTable,
    #[serde(default)]
    pub zone: Vec<rules::ZoneTable>,
    #[serde(default)]
    pub kind: Vec<rules::KindTable>,
    pub time: Option<TimeTable>,
    #[serde(default)]
    pub indicator: Vec<IndicatorTable>,
    #[serde(default)]
    pub change: Vec<rules::change::ChangeTable>,
    #[serde(default)]
    pub phase: Vec<rules::phase::PhaseTable>,
    pub mark: Option<rules::mark::MarkTable>,
    #[serde(default)]
    pub limits: LimitsTable,
}

impl StudyFile {
    /// How results are written as CSV.
    pub(crate) const fn csv(&self) -> CsvForm {
        CsvForm {
            bom: self.csv_bom,
            heads: self.heads,
        }
    }
}

/// What a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct LimitsTable {
    pub memory_mb: u32,
}

impl Default for LimitsTable {
    fn default() -> Self {
        Self {
            memory_mb: Memory::default().mb(),
        }
    }
}

impl LimitsTable {
    pub(crate) const fn memory(self) -> Memory {
        Memory::of_mb(self.memory_mb)
    }
}

/// The files of a study.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Inputs {
    pub streets: InputFile,
    pub sites: InputFile,
    pub cells: InputFile,
    pub units: Option<InputFile>,
    pub items: Option<InputFile>,
    pub offers: Option<InputFile>,
    pub departments: Option<InputFile>,
    pub barriers: Option<InputFile>,
    pub compounds: Option<InputFile>,
    pub boundary: Option<InputFile>,
    pub elevation: Option<InputFile>,
    /// Settled land: areas outside of which nobody lives.
    pub settlements: Option<InputFile>,
    pub links: Option<InputFile>,
    pub crs: Option<String>,
    /// How many percent of a table's rows may be rejected under `--on-bad skip`.
    pub max_rejects: Option<f64>,
}

impl Inputs {
    /// All files that are named, with their roles.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, &InputFile)> {
        // Every field is named, so that no file to come is left out.
        let Self {
            streets,
            sites,
            cells,
            units,
            items,
            offers,
            departments,
            barriers,
            compounds,
            boundary,
            elevation,
            settlements,
            links,
            crs: _,
            max_rejects: _,
        } = self;
        let files = [
            ("streets", Some(streets)),
            ("sites", Some(sites)),
            ("cells", Some(cells)),
            ("units", units.as_ref()),
            ("items", items.as_ref()),
            ("offers", offers.as_ref()),
            ("departments", departments.as_ref()),
            ("barriers", barriers.as_ref()),
            ("compounds", compounds.as_ref()),
            ("boundary", boundary.as_ref()),
            ("elevation", elevation.as_ref()),
            ("settlements", settlements.as_ref()),
            ("links", links.as_ref()),
        ];
        let files = files.into_iter();
        files.filter_map(|(role, entry)| Some((role, entry?)))
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct TargetTable {
    pub minutes: f64,
    pub items: ItemChoice,
    pub search_minutes: Option<f64>,
    pub date: Option<Written>,
}

impl Default for TargetTable {
    fn default() -> Self {
        Self {
            minutes: 15.0,
            items: ItemChoice::All,
            search_minutes: None,
            date: None,
        }
    }
}

/// Reads a study file.
///
/// # Errors
/// When it is no TOML, a key is unknown or missing, or a value is out of range.
pub(crate) fn parse(bytes: &[u8], file: &str) -> Result<StudyFile, ReadError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| bad(file, None, None, text!(StudyNotUtf8), text!(SaveAsUtf8)))?;
    // Notepad begins a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = &*bare_keys::quoted(text);
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| syntax(file, text, &error))?;
    // Keys first: a mistyped key is told as such, not as one that is missing.
    keys::check(&table, file)?;
    let study: StudyFile = serde_path_to_error::deserialize(table).map_err(|error| {
        // The table is gone into the study by now, so the rare error reads the text once more.
        let again: toml::Table = text.parse().unwrap_or_default();
        wrong_type(file, &error, &again)
    })?;
    check_ranges(&study, file)?;
    Ok(study)
}

/// The error about a line that is no TOML.
fn syntax(file: &str, text: &str, error: &toml::de::Error) -> BadInput {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.get(..start).unwrap_or_default().lines().count().max(1) as u64;
    // TOML's own words, on one line.
    let message = text!(Verbatim, text = error.message().replace('\n', ", "));
    let place = usize::try_from(line).unwrap_or(usize::MAX);
    let written = text
        .lines()
        .nth(place.saturating_sub(1))
        .unwrap_or_default();
    BadInput {
        place: Place::Line(line),
        ..bad(file, None, None, message, syntax_remedy(written))
    }
}

/// What to do about a line that is no TOML: the two slips that editors and Windows bring along are named.
fn syntax_remedy(line: &str) -> Text {
    if line.contains(['“', '”', '‘', '’', '＂', '＇']) {
        return text!(StraightQuotes);
    }
    let has_backslash = line
        .split('"')
        .skip(1)
        .step_by(2)
        .any(|part| part.contains('\\'));
    if has_backslash {
        return text!(NoBackslashes);
    }
    text!(MendToml)
}

/// The error about a value of the wrong type, or a key that is missing.
fn wrong_type(
    file: &str,
    error: &serde_path_to_error::Error<toml::de::Error>,
    study: &toml::Table,
) -> BadInput {
    let path = error.path().to_string();
    // A dot alone is the file as a whole.
    let column = (path != ".").then(|| counted_from_one(&path));
    let said = type_errors::said(error.inner().message(), error.path(), study);
    bad(file, column, None, said, text!(SeeReadmeKeys))
}

/// The path with tables counted from one: `group[0].share` is `group[1].share`.
fn counted_from_one(path: &str) -> String {
    let mut parts = path.split('[');
    let mut counted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        counted.push('[');
        counted.push_str(&plus_one(part));
    }
    counted
}

/// `0].share` as `1].share`.
fn plus_one(part: &str) -> String {
    let number_and_rest = part.split_once(']');
    match number_and_rest.map(|(number, rest)| (number.parse::<u32>(), rest)) {
        Some((Ok(number), rest)) => format!("{}]{rest}", number.saturating_add(1)),
        Some((Err(_), _)) | None => part.to_owned(),
    }
}

/// Checks that numbers lie where they make sense.
fn check_ranges(study: &StudyFile, file: &str) -> Result<(), ReadError> {
    let walk = study.walk.ranges();
    for (key, value, least, most) in walk.into_iter().chain(ranges(study)) {
        // Written so that a number that is none (nan) is out of range, too.
        if !(least..=most).contains(&value) {
            let expected = text!(NumberBetween, least = least, most = most);
            let (column, found) = (Some(key.to_owned()), Some(value.to_string()));
            return Err(bad(file, column, found, expected, text!(ChangeNumber)).into());
        }
    }
    if let Some(date) = &study.target.date {
        date.day("target.date", file)?;
    }
    Ok(())
}

/// The numbers that have a range, beside those of `[walk]`: key, value, least, most.
fn ranges(study: &StudyFile) -> [(&'static str, f64, f64, f64); 7] {
    let minutes = study.target.minutes;
    let search = study.target.search_minutes.unwrap_or(minutes);
    let max_rejects = study.inputs.max_rejects.unwrap_or_default();
    let memory_mb = f64::from(study.limits.memory_mb);
    let resample_m = study.inputs.cells.resample_m.unwrap_or(1.0);
    let most_people = study.inputs.cells.most_people.unwrap_or(1.0);
    let split_m = study.inputs.cells.split_m.unwrap_or(50.0);
    [
        ("target.minutes", minutes, 0.01, 1440.0),
        // A search that ends before the limit would miss sites within it.
        ("target.search_minutes", search, minutes, 2880.0),
        ("inputs.max_rejects", max_rejects, 0.0, 100.0),
        ("limits.memory_mb", memory_mb, 64.0, 1_048_576.0),
        ("inputs.cells.resample_m", resample_m, 1.0, 100_000.0),
        ("inputs.cells.most_people", most_people, 1.0, 1_000_000.0),
        ("inputs.cells.split_m", split_m, 50.0, 10_000.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUTS: &str =
        "[inputs]\nstreets = 's'\nsites = 'p'\ncells = { path = 'c', crs = 'GCJ-02' }\n";

    fn error(text: &str) -> String {
        parse(text.as_bytes(), "study.toml")
            .map_or_else(|e| e.to_string(), |study| panic!("accepted: {study:?}"))
    }

    #[test]
    fn a_short_study_file_has_the_defaults() {
        let study = parse(INPUTS.as_bytes(), "study.toml").expect("it is valid");
        assert_eq!(study.inputs.cells.crs.as_deref(), Some("GCJ-02"));
        assert_eq!(
            (study.walk, study.target),
            (rules::WalkTable::default(), TargetTable::default())
        );
        let listed = parse(
            format!("{INPUTS}[target]\nitems = ['a', 'b']").as_bytes(),
            "study.toml",
        )
        .expect("valid");
        assert_eq!(
            listed.target.items,
            ItemChoice::Listed(vec!["a".into(), "b".into()])
        );
    }

    #[test]
    fn unknown_keys_name_the_nearest_known_key() {
        assert_eq!(
            error("[inputs]\nstreet = 's'"),
            "study.toml: \"street\": unknown key in [inputs] – did you mean streets?"
        );
        assert!(error(&format!("{INPUTS}[walk]\nspeed = 4")).contains("did you mean speed_kmh?"));
        assert!(error(&format!("{INPUTS}[walk]\noneway = true")).contains("did you mean one_way?"));
        assert!(
            error(&format!("{INPUTS}[walk]\nstair_seconds = 5"))
                .contains("did you mean stairs_seconds?")
        );
        assert!(error(&format!("{INPUTS}sites_crs = 'x'")).contains("unknown key"));
    }

    #[test]
    fn wrong_values_name_key_value_and_range() {
        assert_eq!(
            error(&format!("{INPUTS}[walk]\nspeed_kmh = 0.0")),
            "study.toml: key \"walk.speed_kmh\" is \"0\", expected a number from 0.1 to 50 – change it"
        );
        assert!(error(&format!("{INPUTS}[walk]\nspeed_kmh = nan")).contains("NaN"));
        assert_eq!(
            error(&format!("{INPUTS}[walk]\ncrossing_seconds = 3601")),
            "study.toml: key \"walk.crossing_seconds\" is \"3601\", expected a number from 0 to 3600 – change it"
        );
        assert!(error(&format!("{INPUTS}[walk]\nstairs_seconds = -1")).contains("from 0 to 3600"));
        assert!(error(&format!("{INPUTS}[walk]\nslope = 1")).contains("walk.slope"));
        assert!(error(&format!("{INPUTS}[target]\nminutes = 'x'")).contains("target.minutes"));
        assert!(
            error(&format!(
                "{INPUTS}[target]\nminutes = 40\nsearch_minutes = 30"
            ))
            .contains("from 40")
        );
        assert!(error(&format!("language = 'fr'\n{INPUTS}")).contains("\"zh\" or \"en\""));
        assert!(error("[inputs]\nsites = 'p'").contains("streets"));
        assert!(error("name = \n").starts_with("study.toml, line 1"));
        // As Windows and Word write; the cures are read.
        let path = error("[inputs]\nstreets = \"D:\\数据\\s.osm\"");
        assert!(path.starts_with("study.toml, line 2"), "{path}");
        assert!(
            path.ends_with("put the path in single quotes, or write / for \\"),
            "{path}"
        );
        let curly = error("[inputs]\nstreets = “s”");
        assert!(
            curly.ends_with("write straight quotation marks: \" or '"),
            "{curly}"
        );
        for cure in ["'D:\\数据\\s'", "\"D:/数据/s\""] {
            let cured = INPUTS.replace("'s'", cure);
            assert!(parse(cured.as_bytes(), "study.toml").is_ok(), "{cure}");
        }
        assert!(error(&format!("{INPUTS}[target]\nitems = 'some'")).contains("high-frequency"));
    }
}

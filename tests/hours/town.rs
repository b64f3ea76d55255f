//! A street with sites whose hours a test writes.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;
use walkshed::Silent;
use walkshed::model::{Site, Study};
use walkshed::read::{self, OnBad, Options, ReadError};

const STREETS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
"geometry":{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73]]}}]}"#;
const CELLS: &str = "id,lon,lat,population\na,116.201,29.73,10\nb,116.209,29.73,20\n";

pub(crate) struct Town(pub(crate) TempDir);

impl Town {
    pub(crate) fn new(sites: &str, rules: &str) -> Self {
        let town = Self(TempDir::new().expect("a folder"));
        town.file("streets.geojson", STREETS);
        town.file("cells.csv", CELLS);
        town.file("sites.csv", sites);
        let inputs =
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n";
        town.file("study.toml", &format!("{inputs}{rules}"));
        town
    }

    /// One site for each of these hours, the first of them `s0`.
    pub(crate) fn open_at(hours: &[&str], rules: &str) -> Self {
        let mut sites = "id,lon,lat,opening_hours\n".to_owned();
        for (number, hours) in hours.iter().enumerate() {
            let quoted = hours.replace('"', "\"\"");
            let lon = number % 100;
            let _ = writeln!(sites, "s{number},116.2{lon:04},29.73,\"{quoted}\"");
        }
        Self::new(&sites, rules)
    }

    pub(crate) fn file(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    pub(crate) fn read(&self, on_bad: OnBad) -> Result<Study, ReadError> {
        read::study_with(
            &self.0.path().join("study.toml"),
            &Options { on_bad },
            &Silent,
        )
    }

    pub(crate) fn good(&self) -> Study {
        self.read(OnBad::Stop)
            .unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    pub(crate) fn error(&self) -> String {
        self.read(OnBad::Stop).expect_err("an error").to_string()
    }
}

pub(crate) fn site<'a>(study: &'a Study, id: &str) -> &'a Site {
    &study.sites()[study.sites().find(id).expect("it is there")]
}

/// The hours of the reference week at which one site is open, where its hours are these.
pub(crate) fn week(hours: &str, rules: &str) -> Result<String, String> {
    let study = Town::open_at(&[hours], rules).read(OnBad::Stop);
    let study = study.map_err(|wrong| wrong.to_string())?;
    let rule = study.time().expect("time is asked about");
    Ok(rule.hours_of(site(&study, "s0")).to_string())
}

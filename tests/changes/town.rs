//! A small town as files, in metres, to be edited and read again.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;
use walkshed::model::{Study, changed};
use walkshed::score::{Coverage, Setting, coverage_for};
use walkshed::{Silent, read, search, snap};

/// Metres in a degree at the equator, eastward and northward.
const DEGREE: [f64; 2] = [111_319.490_793_273_57, 110_574.275_821_594_45];

/// A place in metres east and north, as `lon, lat` with seven decimals.
pub fn at([x, y]: [f64; 2]) -> String {
    format!("{:.7}, {:.7}", x / DEGREE[0], y / DEGREE[1])
}

/// A line as the study file and GeoJSON write it.
pub fn line(course: &[[f64; 2]]) -> String {
    let vertices: Vec<String> = course
        .iter()
        .map(|&vertex| format!("[{}]", at(vertex)))
        .collect();
    format!("[{}]", vertices.join(", "))
}

#[derive(Debug, Clone)]
pub struct SiteRow {
    pub id: String,
    pub kind: &'static str,
    pub helper: bool,
    pub hours: &'static str,
    pub place: [f64; 2],
}

#[derive(Debug, Clone, Default)]
pub struct Town {
    pub streets: Vec<Vec<[f64; 2]>>,
    pub sites: Vec<SiteRow>,
    pub cells: Vec<(&'static str, [f64; 2])>,
    pub items: String,
    pub offers: String,
    /// Further tables of the study file.
    pub rules: String,
}

impl Town {
    pub fn read(&self, changes: &str) -> Result<Study, String> {
        let folder = TempDir::new().expect("a folder");
        let file =
            |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        file("streets.geojson", &self.geojson());
        let mut sites = "id,kind,unit,helper,opening_hours,lon,lat\n".to_owned();
        for row in &self.sites {
            let (id, helper) = (&row.id, if row.helper { "yes" } else { "no" });
            writeln!(
                sites,
                "{id},{},u,{helper},{},{}",
                row.kind,
                row.hours,
                at(row.place)
            )
            .expect("text grows");
        }
        file("sites.csv", &sites);
        let mut cells = "id,unit,population,lon,lat\n".to_owned();
        for (place, (id, spot)) in self.cells.iter().enumerate() {
            writeln!(cells, "{id},u,{},{}", 1_u64 << place, at(*spot)).expect("text grows");
        }
        file("cells.csv", &cells);
        file("units.csv", "id,name\nu,the town\nv,elsewhere\n");
        let mut study =
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\nunits = 'units.csv'\n"
                .to_owned();
        for (role, text) in [("items", &self.items), ("offers", &self.offers)] {
            if !text.is_empty() {
                file(&format!("{role}.csv"), text);
                writeln!(study, "{role} = '{role}.csv'").expect("text grows");
            }
        }
        file("study.toml", &format!("{study}{}\n{changes}\n", self.rules));
        let path = folder.path().join("study.toml");
        read::study_with(&path, &read::Options::default(), &Silent)
            .map_err(|wrong| wrong.to_string())
    }

    fn geojson(&self) -> String {
        let lines = self
            .streets
            .iter()
            .map(|course| line(course))
            .collect::<Vec<_>>();
        format!(
            r#"{{"type":"MultiLineString","coordinates":[{}]}}"#,
            lines.join(",")
        )
    }

    /// The study as these changes make it.
    pub fn after(&self, changes: &str) -> Study {
        let study = self
            .read(changes)
            .unwrap_or_else(|wrong| panic!("{wrong}\n{changes}"));
        let after = changed(&study).expect("as it was read");
        assert!(!study.changes().is_empty() && after.changes().is_empty());
        after
    }

    /// What is wrong with these changes.
    pub fn error(&self, changes: &str) -> String {
        self.read(changes).expect_err("the change is wrong")
    }
}

/// A street of 3 km with a centre in the west and a station in the east, and a lane to the north
/// in between. `a` and `c` are near them, `b` and `d` are far from both.
pub fn street() -> Town {
    let site = |id: &str, kind, x| SiteRow {
        id: id.to_owned(),
        kind,
        helper: false,
        hours: "",
        place: [x, 0.0],
    };
    Town {
        streets: vec![
            (0..=6_i32).map(|i| [500.0 * f64::from(i), 0.0]).collect(),
            vec![[1000.0, 0.0], [1000.0, 800.0]],
        ],
        sites: vec![site("s", "centre", 100.0), site("t", "station", 2600.0)],
        cells: vec![
            ("a", [300.0, 0.0]),
            ("b", [1300.0, 0.0]),
            ("c", [2000.0, 0.0]),
            ("d", [1000.0, 400.0]),
        ],
        ..Town::default()
    }
}

/// The same with two items: the centre handles both, the station `i1` alone.
pub fn offering() -> Town {
    let items = "id,theme,steps\ni1,birth,accept;issue\ni2,trade,accept;issue\n".to_owned();
    let offers = "site,kind,item\n,centre,i1;i2\n,station,i1\n".to_owned();
    Town {
        items,
        offers,
        ..street()
    }
}

/// Looks at the coverage of a study: of a group, or of all.
pub fn look<T>(
    study: &Study,
    group: Option<walkshed::ids::GroupId>,
    see: impl FnOnce(&Coverage) -> T,
) -> T {
    let links = snap::link(study);
    let times = search::travel_times(&links, study.target().search);
    see(&coverage_for(
        &times,
        study.target(),
        Setting {
            who: group.into(),
            ..Setting::of(study)
        },
    ))
}

/// The verdict on each cell, such as `a covered, b too-far`.
pub fn verdicts(study: &Study) -> String {
    look(study, None, |now| {
        let told = study
            .cells()
            .iter()
            .map(|(id, cell)| format!("{} {}", cell.id, now.cell(id).verdict));
        told.collect::<Vec<_>>().join(", ")
    })
}

/// Everything about every cell, item and group, with site ids as written and times to the tick.
pub fn all(study: &Study) -> Vec<String> {
    let groups = study.groups().map(|(id, _)| Some(id)).collect::<Vec<_>>();
    let told = |group| {
        look(study, group, |now| {
            let cell = |(id, cell): (_, &walkshed::model::Cell)| {
                let items = now.items().iter().map(|&item| {
                    let verdict = now.verdict(id, item);
                    let by = verdict
                        .site()
                        .map(|reach| (&study.sites()[reach.site].id, reach.time.ticks()));
                    format!("{} {by:?}", verdict.kind())
                });
                format!(
                    "{} {:?}: {}",
                    cell.id,
                    now.cell(id),
                    items.collect::<Vec<_>>().join(", ")
                )
            };
            study.cells().iter().map(cell).collect::<Vec<_>>()
        })
    };
    std::iter::once(None).chain(groups).flat_map(told).collect()
}

//! The county: streets, a barrier, sites, cells and a boundary, as plain shapes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkshed::model::Study;
use walkshed::{Options, read, report};

/// A shape in degrees.
#[derive(Debug, Clone)]
pub enum Shape {
    None,
    Point([f64; 2]),
    Lines(Vec<Vec<[f64; 2]>>),
    /// Polygons, each of an outline and its holes.
    Areas(Vec<Vec<Vec<[f64; 2]>>>),
}

/// A value of a row.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    Text(&'static str),
    Number(f64),
}

/// A row: its shape and its values by name.
pub type Row = (Shape, Vec<(&'static str, Value)>);

/// A place so many metres (nearly) east and north of a corner of the county.
pub fn at(east: f64, north: f64) -> [f64; 2] {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    [
        round(116.2 + east / 96_700.0),
        round(29.73 + north / 110_900.0),
    ]
}

fn square(east: f64, north: f64, side: f64) -> Vec<[f64; 2]> {
    let corners = [
        [0.0, 0.0],
        [side, 0.0],
        [side, side],
        [0.0, side],
        [0.0, 0.0],
    ];
    let corners = corners.iter().map(|[x, y]| at(east + x, north + y));
    corners.collect()
}

fn text(text: &'static str) -> Value {
    Value::Text(text)
}

pub fn streets() -> Vec<Row> {
    let line = |places: &[[f64; 2]]| places.iter().map(|[x, y]| at(*x, *y)).collect::<Vec<_>>();
    let row = |lines, class, name| {
        let tags = vec![("highway", text(class)), ("name", text(name))];
        (Shape::Lines(lines), tags)
    };
    vec![
        row(
            vec![line(&[[0.0, 0.0], [1000.0, 0.0], [2500.0, 0.0]])],
            "residential",
            "双钟大道",
        ),
        row(
            vec![
                line(&[[1000.0, 0.0], [1000.0, 800.0]]),
                line(&[[1000.0, 800.0], [1500.0, 800.0]]),
            ],
            "footway",
            "石钟山路",
        ),
        row(
            vec![line(&[[0.0, 0.0], [0.0, 900.0], [1500.0, 800.0]])],
            "motorway",
            "高速",
        ),
    ]
}

pub fn sites() -> Vec<Row> {
    let site = |id, name, place| {
        (
            Shape::Point(place),
            vec![
                ("id", text(id)),
                ("name", text(name)),
                ("kind", text("centre")),
            ],
        )
    };
    vec![
        site("s1", "县政务服务中心", at(200.0, 10.0)),
        site("s2", "双钟镇便民服务站", at(1480.0, 790.0)),
    ]
}

pub fn cells() -> Vec<Row> {
    let cell = |id, name, people, areas| {
        (
            Shape::Areas(areas),
            vec![
                ("id", text(id)),
                ("name", text(name)),
                ("population", Value::Number(people)),
            ],
        )
    };
    vec![
        cell(
            "c1",
            "东门社区",
            120.0,
            vec![vec![square(300.0, 20.0, 100.0)]],
        ),
        cell(
            "c2",
            "西门社区",
            80.5,
            vec![vec![square(900.0, 100.0, 90.0), square(905.0, 105.0, 20.0)]],
        ),
        cell(
            "c3",
            "石钟山村",
            300.0,
            vec![
                vec![square(1700.0, 20.0, 100.0)],
                vec![square(1820.0, 20.0, 50.0)],
            ],
        ),
        cell(
            "c4",
            "湖心村",
            7.0,
            vec![vec![square(2000.0, 3000.0, 60.0)]],
        ),
    ]
}

pub fn boundary() -> Vec<Row> {
    let area = vec![vec![square(-500.0, -500.0, 5000.0)]];
    vec![(Shape::Areas(area), vec![("name", text("湖口县"))])]
}

pub fn barriers() -> Vec<Row> {
    let wall = vec![at(880.0, 50.0), at(980.0, 50.0)];
    vec![(Shape::Lines(vec![wall]), vec![("name", text("围墙"))])]
}

/// Two villages side by side, one of two parts with a lake in it; the cells name none, so each lies in
/// one by its place.
pub fn units() -> Vec<Row> {
    let unit = |id, name, people, areas| {
        let values = vec![
            ("id", text(id)),
            ("name", text(name)),
            ("population", Value::Number(people)),
        ];
        (Shape::Areas(areas), values)
    };
    vec![
        unit(
            "u1",
            "东庄村",
            300.0,
            vec![vec![
                square(-500.0, -500.0, 2000.0),
                square(500.0, 500.0, 200.0),
            ]],
        ),
        unit(
            "u2",
            "西庄村",
            400.0,
            vec![
                vec![square(1500.0, -500.0, 2000.0)],
                vec![square(1900.0, 2900.0, 400.0)],
            ],
        ),
    ]
}

/// What makes the rows of a file.
type Rows = fn() -> Vec<Row>;

/// The files of a study, by their roles.
pub const ROLES: [(&str, Rows); 6] = [
    ("streets", streets),
    ("sites", sites),
    ("cells", cells),
    ("units", units),
    ("boundary", boundary),
    ("barriers", barriers),
];

/// A folder with the county as GeoJSON.
pub fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (role, rows) in ROLES {
        let file = folder.path().join(format!("{role}.geojson"));
        fs::write(file, super::writers::geojson(&rows())).expect("written");
    }
    folder
}

/// The study with this role read from elsewhere, in the study file's words.
pub fn study_file(folder: &Path, other: Option<(&str, &str)>) -> std::path::PathBuf {
    let mut text = "name = 'a county'\n[inputs]\n".to_owned();
    for (role, _) in ROLES {
        let own = format!("'{role}.geojson'");
        let entry = match other {
            Some((named, entry)) if named == role => entry,
            _ => own.as_str(),
        };
        let _ = writeln!(text, "{role} = {entry}");
    }
    let path = folder.join("study.toml");
    fs::write(&path, text).expect("written");
    path
}

pub fn read(folder: &Path, role: &str, entry: &str) -> Result<Study, read::ReadError> {
    read::study(study_file(folder, Some((role, entry)))).map(|(study, _)| study)
}

/// What is wrong with this role.
pub fn said(folder: &Path, role: &str, entry: &str) -> String {
    match read(folder, role, entry) {
        Ok(_) => panic!("{role} = {entry} was read"),
        Err(error) => error.to_string(),
    }
}

/// The bytes of `cells.csv` and `units.csv`.
pub fn results(study: &Study) -> [Vec<u8>; 2] {
    let results = walkshed::run(study, &Options::default()).expect("a small study");
    let out = TempDir::new().expect("a folder");
    report::write(&results, out.path()).expect("written");
    ["cells.csv", "units.csv"].map(|name| fs::read(out.path().join(name)).expect("readable"))
}

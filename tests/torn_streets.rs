//! Streets that should hang together and do not: told with places, people first, and joined when asked.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkshed::model::{Finding, Severity, Study};
use walkshed::score::VerdictKind;
use walkshed::{Options, Results, read, report};

/// Metres east and north of a place near Hukou, in degrees with seven decimals.
fn degrees([east, north]: [f64; 2]) -> String {
    let lon = 116.2 + east / 96_770.0;
    let lat = 29.73 + north / 110_850.0;
    format!("[{lon:.7},{lat:.7}]")
}

fn line(tags: &str, places: &[[f64; 2]]) -> String {
    let vertices: Vec<String> = places.iter().map(|&place| degrees(place)).collect();
    let vertices = vertices.join(",");
    format!(
        r#"{{"type":"Feature","properties":{{{tags}}},"geometry":{{"type":"LineString","coordinates":[{vertices}]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}

/// A study in a folder of its own.
struct Town {
    folder: TempDir,
    points: [Vec<[f64; 2]>; 2],
}

impl Town {
    /// Sites and cells at these places; each cell has 10 people.
    fn new(sites: &[[f64; 2]], cells: &[[f64; 2]]) -> Self {
        let folder = TempDir::new().expect("a folder");
        let points = [sites.to_vec(), cells.to_vec()];
        Self { folder, points }
    }

    fn read(&self, streets: &str, walk: &str) -> Study {
        let write = |name: &str, text: &str| {
            fs::write(self.folder.path().join(name), text).expect("written");
        };
        for (name, points) in [
            ("sites.csv", &self.points[0]),
            ("cells.csv", &self.points[1]),
        ] {
            let mut table = "id,lon,lat,population\n".to_owned();
            for (number, &place) in points.iter().enumerate() {
                let at = degrees(place);
                let at = at.trim_matches(['[', ']']);
                writeln!(table, "p{number},{at},10").expect("a text");
            }
            write(name, &table);
        }
        write("streets.geojson", streets);
        let inputs = "streets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'";
        write(
            "study.toml",
            &format!("[inputs]\n{inputs}\n[walk]\n{walk}\n"),
        );
        read_study(&self.folder.path().join("study.toml"))
    }
}

fn read_study(path: &Path) -> Study {
    read::study(path).expect("a study").0
}

fn run(study: &Study) -> Results {
    walkshed::run(study, &Options::default()).expect("a small study")
}

/// How many cells have this verdict.
fn cells(results: &Results, kind: VerdictKind) -> u64 {
    results.coverage.total().cells_with(kind)
}

/// The walk of the first cell to the nearest site, in seconds.
fn seconds(study: &Study) -> Option<f64> {
    let results = run(study);
    let first = study.cells().iter().next().expect("a cell").0;
    let nearest = results.coverage.nearest(first);
    nearest.map(|reach| reach.time.seconds())
}

/// The rows of `findings.csv` with this code, and the files that were written.
fn written(results: &Results, code: &str) -> (Vec<String>, Vec<String>, TempDir) {
    let out = TempDir::new().expect("a folder");
    let folder = out.path().join("out");
    let written = report::write(results, &folder).expect("written");
    let table = fs::read_to_string(folder.join("findings.csv")).expect("written");
    let marked = format!(",{code},");
    let rows = table.lines().filter(|row| row.contains(&marked));
    let files = written.files.iter().map(|file| file.name.to_owned());
    (rows.map(str::to_owned).collect(), files.collect(), out)
}

fn told<'s>(study: &'s Study, code: &str) -> Vec<&'s Finding> {
    let findings = study.findings().iter();
    findings.filter(|finding| finding.code == code).collect()
}

/// What a finding says is to be written under `[walk]`: from `write ` to ` under [walk]`.
fn remedy(finding: &Finding) -> String {
    let message = finding.message.to_string();
    let from = message.find("write ").expect("a remedy") + "write ".len();
    let to = message[from..].find(" under [walk]").expect("its table") + from;
    message[from..to].to_owned()
}

/// Case 10: a main street without a vertex where the lane ends, `short` metres off it.
fn tee(short: f64) -> String {
    let main = line(r#""name":"主街""#, &[[0.0, 0.0], [1000.0, 0.0]]);
    let lane = line(r#""name":"支路""#, &[[500.0, short], [500.0, 400.0]]);
    collection(&[main, lane])
}

fn tee_with_vertex() -> String {
    let main = line(
        r#""name":"主街""#,
        &[[0.0, 0.0], [500.0, 0.0], [1000.0, 0.0]],
    );
    let lane = line(r#""name":"支路""#, &[[500.0, 0.0], [500.0, 400.0]]);
    collection(&[main, lane])
}

#[test]
fn case_10_a_lane_that_misses_the_street_is_told_and_joined_as_the_finding_says() {
    let town = Town::new(&[[300.0, 5.0]], &[[505.0, 350.0]]);
    let right = seconds(&town.read(&tee_with_vertex(), "")).expect("joined by hand");
    for short in [0.0, 0.3] {
        let study = town.read(&tee(short), "");
        assert_eq!(seconds(&study), None, "nothing is joined unasked");
        let doubts = told(&study, "torn-streets");
        assert_eq!(doubts.len(), 1);
        let message = doubts[0].message.to_string();
        assert!(
            message.starts_with("1 vertex lies on a street"),
            "{message}"
        );
        let screen = report::summary(&run(&study)).to_text();
        assert!(screen.contains("1 vertex lies on a street"), "{screen}");
        // The place, and whom it cuts off.
        let (rows, files, out) = written(&run(&study), "tee-without-vertex");
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(
            rows[0].contains("10 people in 1 cell") && rows[0].contains("116.205"),
            "{rows:?}"
        );
        assert!(files.contains(&"joints.geojson".to_owned()), "{files:?}");
        let map = fs::read_to_string(out.path().join("out/joints.geojson")).expect("written");
        assert!(map.contains(r#""kind":"tee-without-vertex""#), "{map}");

        let joined = town.read(&tee(short), &remedy(doubts[0]));
        let found = seconds(&joined).expect("joined");
        assert!((found - right).abs() < 0.5, "{found} s, right is {right} s");
        assert!(told(&joined, "torn-streets").is_empty());
        let notes = told(&joined, "joined-streets");
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].severity, Severity::Repaired);
    }
}

#[test]
fn nothing_is_joined_that_lies_farther_apart_than_is_asked() {
    let town = Town::new(&[[300.0, 5.0]], &[[505.0, 350.0]]);
    assert_eq!(seconds(&town.read(&tee(0.8), "join_m = 0.5")), None);
    assert!(seconds(&town.read(&tee(0.8), "join_m = 0.9")).is_some());
    assert!(told(&town.read(&tee(1.5), ""), "torn-streets").is_empty());
    let wrong = read::study(town.folder.path().join("study.toml")).map(drop);
    assert!(wrong.is_ok());
    let file = town.folder.path().join("study.toml");
    let text = fs::read_to_string(&file).expect("written") + "join_m = 11\n";
    fs::write(&file, text).expect("written");
    let error = read::study(&file).expect_err("too far").to_string();
    assert!(error.contains("walk.join_m"), "{error}");
}

fn at(step: i32) -> f64 {
    f64::from(step) * 100.0
}

/// A site in a corner, and 300 cells on the streets of a grid of 10 by 10.
fn grid_town() -> Town {
    let along = |place: f64| (0..15).map(move |step| [at(step) * 0.6 + 20.0, place]);
    let cells: Vec<[f64; 2]> = (0..10)
        .flat_map(|step| along(at(step)))
        .flat_map(|[x, y]| [[x, y + 2.0], [y + 2.0, x]])
        .collect();
    assert_eq!(cells.len(), 300);
    Town::new(&[[450.0, 402.0]], &cells)
}

/// Ten streets across ten, in one line each, without a vertex where they cross.
fn crossing_grid(tags: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for step in 0..10 {
        lines.push(line(tags, &[[-10.0, at(step)], [at(9) + 10.0, at(step)]]));
        lines.push(line("", &[[at(step), -10.0], [at(step), at(9) + 10.0]]));
    }
    lines
}

/// The same, block by block; the ends of blocks miss each other by two hundred-millionths of a degree.
fn grid_of_blocks(gap: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for across in 0..10 {
        for step in 0..9 {
            let (from, to) = (at(step) + gap, at(step + 1) - gap);
            lines.push(line("", &[[from, at(across)], [to, at(across)]]));
            lines.push(line("", &[[at(across), from], [at(across), to]]));
        }
    }
    lines
}

#[test]
fn ten_by_ten_streets_that_cross_without_a_vertex_are_located() {
    let town = grid_town();
    let study = town.read(&collection(&crossing_grid("")), "");
    let results = run(&study);
    assert!(cells(&results, VerdictKind::OutOfReach) > 250);
    let doubts = told(&study, "torn-streets");
    assert_eq!(doubts.len(), 1);
    let message = doubts[0].message.to_string();
    assert!(message.contains("at 100 places"), "{message}");
    let (rows, _, out) = written(&results, "crossing-without-vertex");
    assert_eq!(rows.len(), 100, "each with its place");
    // Those that cut off most people come first.
    let map = fs::read_to_string(out.path().join("out/joints.geojson")).expect("written");
    let map: serde_json::Value = serde_json::from_str(&map).expect("JSON");
    let people: Vec<f64> = map["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|feature| feature["properties"]["people"].as_f64().expect("a number"))
        .collect();
    assert_eq!(people.len(), 100);
    assert!(
        people.is_sorted_by(|a, b| a >= b) && people[0] > 0.0,
        "{people:?}"
    );
    let (islands, files, _) = written(&results, "island");
    assert_eq!(islands.len(), 19, "all streets but the first");
    assert!(files.contains(&"islands.geojson".to_owned()));

    // The remedies: lines that are split where they cross, or those that lead over tagged as bridges.
    let split = town.read(&collection(&grid_of_blocks(0.0)), "");
    assert_eq!(cells(&run(&split), VerdictKind::OutOfReach), 0);
    assert!(told(&split, "torn-streets").is_empty());
    let bridges = town.read(&collection(&crossing_grid(r#""bridge":"yes""#)), "");
    assert!(told(&bridges, "torn-streets").is_empty());
    // Nobody knows which leads over: join_m joins ends, not crossings.
    let joined = town.read(&collection(&crossing_grid("")), "join_m = 1.0");
    assert_eq!(joined.network().component_sizes().len(), 20);
}

#[test]
fn ten_by_ten_streets_that_meet_within_a_centimetre_are_joined_as_the_finding_says() {
    let town = grid_town();
    let lines = grid_of_blocks(0.005);
    let study = town.read(&collection(&lines), "");
    assert!(cells(&run(&study), VerdictKind::OutOfReach) > 250);
    let doubts = told(&study, "torn-streets");
    assert!(!doubts.is_empty(), "told");
    let joined = town.read(&collection(&lines), &remedy(doubts[0]));
    assert_eq!(joined.network().component_sizes(), [100]);
    assert_eq!(joined.network().edges().len(), 180);
    assert_eq!(cells(&run(&joined), VerdictKind::OutOfReach), 0);

    // In whatever order the lines come.
    let mut back = lines;
    back.reverse();
    back.rotate_left(37);
    let again = town.read(&collection(&back), "join_m = 1.0");
    assert_eq!(again.network().nodes(), joined.network().nodes());
    assert_eq!(again.network().edges(), joined.network().edges());
}

/// The folder of a case, where the data is at hand.
fn case(number: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("WALKSHED_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder.map(|folder| {
        let folder = folder.join("cases").join(number);
        folder.canonicalize().expect("the case is there")
    })
}

/// A study of a case with more under `[walk]`.
fn of_case(folder: &Path, study: &str, walk: &str) -> Study {
    let text = fs::read_to_string(folder.join(study)).expect("the study is there");
    let here = TempDir::new().expect("a folder");
    for file in fs::read_dir(folder).expect("readable") {
        let file = file.expect("readable");
        fs::copy(file.path(), here.path().join(file.file_name())).expect("copied");
    }
    let text = text.replace("[walk]", &format!("[walk]\n{walk}"));
    fs::write(here.path().join(study), text).expect("written");
    read_study(&here.path().join(study))
}

#[test]
fn case_10_as_it_was_reported() {
    let Some(folder) = case("10") else { return };
    let right = seconds(&of_case(&folder, "study_noded.toml", "")).expect("a way");
    for study in ["study.toml", "study_under.toml"] {
        let torn = of_case(&folder, study, "");
        assert_eq!(seconds(&torn), None);
        let doubts = told(&torn, "torn-streets");
        assert_eq!(doubts.len(), 1, "{study}");
        let joined = seconds(&of_case(&folder, study, &remedy(doubts[0]))).expect("joined");
        assert!(
            (joined - right).abs() < 1.0,
            "{study}: {joined} s, right is {right} s"
        );
    }
}

#[test]
fn case_20_voids_are_no_heights() {
    let Some(folder) = case("20") else { return };
    let right = seconds(&of_case(&folder, "study.toml", "")).expect("a way");
    for void in [
        "9999", "inf", "nan", "tagged", "untagged", "wrongtag", "zero",
    ] {
        let study = of_case(&folder, &format!("study_{void}.toml"), "");
        let found = seconds(&study).expect("a way");
        assert!(
            (found - right).abs() < 1.0,
            "{void}: {found} s, right is {right} s"
        );
        let lowest = (0..study.network().nodes().len())
            .filter_map(|node| study.network().height(walkshed::ids::NodeId::new(node)))
            .fold(f64::INFINITY, f64::min);
        assert!((lowest - 50.0).abs() < 0.01, "{void}: {lowest} m");
    }
}

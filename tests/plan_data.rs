//! What a plan is measured by: counts of cells, properties, indicators and the boundary, as read from files.

use std::fs;

use tempfile::TempDir;
use walkshed::model::{Cells, Study};
use walkshed::plane::Position;
use walkshed::score::indicator;
use walkshed::{Options, Silent, read};

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.22,29.7],[116.23,29.7]]}"#;
const UNITS: &str = "id,name,parent\nc,县,\ne,东镇,c\nw,西镇,c\n";
const SITES: &str = "id,kind,unit,lon,lat,政务外网,helper,floors\n\
    s2,centre,e,116.22,29.7,有,no,3\n\
    s1,centre,w,116.2,29.7,无,yes,1\n\
    s3,terminal,w,116.21,29.7,,yes,0\n";
const CELLS: &str = "id,lon,lat,population,户数,老年人,企业数\n\
    a,116.201,29.7,10,3,2,\n\
    b,116.229,29.7,30,1,4,5\n";
const ITEMS: &str = "id,name,high_frequency,电子证照\ni1,社保,yes,是\ni2,医保,no,否\n";
const OFFERS: &str = "kind,item\ncentre,i1;i2\n";

/// A small good study, of which each test adds to the study file or replaces a file.
struct Plan {
    folder: TempDir,
    inputs: String,
}

impl Plan {
    fn new() -> Self {
        let plan = Self {
            folder: TempDir::new().expect("a folder"),
            inputs: String::new(),
        };
        let tables = [
            ("streets.geojson", STREETS),
            ("units.csv", UNITS),
            ("sites.csv", SITES),
            ("cells.csv", CELLS),
        ];
        for (name, content) in tables
            .into_iter()
            .chain([("items.csv", ITEMS), ("offers.csv", OFFERS)])
        {
            plan.file(name, content);
        }
        plan
    }

    fn file(&self, name: &str, content: &str) {
        fs::write(self.folder.path().join(name), content).expect("written");
    }

    fn bounded(content: &str, entry: &str) -> Self {
        let plan = Self {
            inputs: format!("boundary = {entry}\n"),
            ..Self::new()
        };
        plan.file("area", content);
        plan
    }

    fn read(&self, more: &str) -> Result<Study, String> {
        let names = [
            ("streets", "geojson"),
            ("units", "csv"),
            ("sites", "csv"),
            ("cells", "csv"),
            ("items", "csv"),
        ];
        let files = names.into_iter().chain([("offers", "csv")]);
        let files = files
            .map(|(role, kind)| format!("{role} = \"{role}.{kind}\"\n"))
            .collect::<Vec<_>>()
            .concat();
        self.file(
            "study.toml",
            &format!("[inputs]\n{files}{}{more}", self.inputs),
        );
        let path = self.folder.path().join("study.toml");
        read::study_with(&path, &read::Options::default(), &Silent).map_err(|e| e.to_string())
    }

    fn error(&self, more: &str) -> String {
        self.read(more).expect_err("an error")
    }
}

fn codes(study: &Study) -> Vec<&str> {
    study
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect()
}

#[test]
fn known_denominators_are_kept_and_told() {
    let study = Plan::new().read("").expect("a study");
    let cells = study.cells();
    assert_eq!(cells.count_names(), ["households", "enterprises"]);
    assert!(
        Cells::DENOMINATORS
            .iter()
            .all(|name| cells.counts(name).is_some()
                == cells.count_names().contains(&(*name).to_owned()))
    );
    let empty: Vec<_> = study
        .findings()
        .iter()
        .filter(|f| f.code == "empty-count")
        .collect();
    assert_eq!(empty.len(), 1);
    assert_eq!(
        (empty[0].file.as_str(), empty[0].subject.as_str()),
        ("cells.csv", "enterprises")
    );
    let results = walkshed::run(&study, &Options::default()).expect("a small study");
    let rows = results.breakdown.denominators;
    let shown: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}/{} {}", row.name, row.covered, row.total, row.share))
        .collect();
    // Cell b is 870 m from s2, cell a some 97 m from s1: all are covered.
    assert_eq!(
        shown,
        [
            "people 40/40 100.0 %",
            "households 4/4 100.0 %",
            "enterprises 5/5 100.0 %"
        ]
    );
}

const NETWORK: &str = "[[indicator]]\nname = '外网'\nof = 'sites'\nproperty = '政务外网'\n";

#[test]
fn indicators_count_what_the_tables_hold() {
    let more = format!(
        "{NETWORK}target = 0.5\nby = 2023-12-31\n\
         [[indicator]]\nname = 'helpers'\nof = 'sites'\nkinds = ['centre']\nunits = ['西镇']\nproperty = 'helper'\n\
         [[indicator]]\nname = 'certificates'\nof = 'items'\nitems = 'high-frequency'\nproperty = '电子证照'\ntarget = 0.9\n\
         [[indicator]]\nname = 'frequent'\nof = 'items'\nproperty = 'high_frequency'\n"
    );
    let study = Plan::new().read(&more).expect("a study");
    let results: Vec<_> = study
        .indicators()
        .iter()
        .map(|asked| indicator(&study, asked))
        .collect();
    let shown: Vec<String> = results
        .iter()
        .map(|now| {
            let members: Vec<String> = now
                .denominator
                .iter()
                .map(|m| format!("{}={:?}", m.id, m.has))
                .collect();
            format!(
                "{} {:?} {} {}",
                now.share,
                now.met,
                now.short_by,
                members.join(" ")
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "33.3 % Some(false) 1 s1=Some(false) s2=Some(true) s3=None",
            "100.0 % None 0 s1=Some(true)",
            "100.0 % Some(true) 0 i1=Some(true)",
            "50.0 % None 0 i1=Some(true) i2=Some(false)",
        ]
    );
    assert!(codes(&study).contains(&"indicator-not-known"));
}

#[test]
fn wrong_indicators_are_errors_with_their_cure() {
    let plan = Plan::new();
    let floors = "[[indicator]]\nname = 'low'\nof = 'sites'\nproperty = 'floors'\n";
    assert!(
        plan.error(floors)
            .starts_with("sites.csv, row 2: column \"floors\" is \"3\", expected yes or no")
    );
    assert_eq!(
        plan.error(&NETWORK.replace("政务外网", "helpers")),
        "study.toml: key \"indicator[1].property\" is \"helpers\", expected a column that holds yes and no – did you mean helper?"
    );
    assert_eq!(
        plan.error(&format!("{NETWORK}targets = 1")),
        "study.toml: \"targets\": unknown key in [indicator] – did you mean target?"
    );
    assert!(
        plan.error(&format!("{NETWORK}target = 'x'"))
            .contains("indicator[1].target")
    );
}

#[test]
fn without_indicators_nothing_is_asked_of_the_tables() {
    let study = Plan::new().read("").expect("a study");
    assert!(study.indicators().is_empty());
    let first = study
        .sites()
        .iter()
        .next()
        .map(|(_, site)| site.properties.clone())
        .expect("a site");
    assert_eq!(
        first.iter().collect::<Vec<_>>(),
        [("政务外网", Some(false)), ("helper", Some(true))]
    );
}

/// A rectangle from the first to the second corner.
fn rectangle([west, south]: [f64; 2], [east, north]: [f64; 2]) -> String {
    let ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ];
    let ring: Vec<String> = ring.iter().map(|[x, y]| format!("[{x},{y}]")).collect();
    format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        ring.join(",")
    )
}

#[test]
fn a_boundary_gives_bounds_and_a_note() {
    let study = Plan::bounded(&rectangle([116.1, 29.6], [116.23, 29.8]), "\"area\"")
        .read("")
        .expect("a study");
    assert!(codes(&study).contains(&"boundary") && !codes(&study).contains(&"not-used"));
    assert!(!codes(&study).contains(&"outside-boundary"));
    assert_eq!(
        study
            .sources()
            .iter()
            .filter(|source| source.role == "boundary")
            .count(),
        1
    );
    let results = walkshed::run(&study, &Options::default()).expect("a small study");
    let bounds = results.breakdown.border.expect("bounds");
    let flagged: Vec<&str> = bounds
        .flagged
        .iter()
        .map(|&cell| study.cells()[cell].id.as_str())
        .collect();
    assert_eq!(flagged, ["b"], "97 m from the boundary");
    let units: Vec<&str> = bounds.units.iter().map(|row| &*row.name).collect();
    assert_eq!(units, ["县", "东镇", "西镇", "(no unit)"]);
}

#[test]
fn a_boundary_may_be_in_another_system() {
    let [west, south] = mercator(116.1, 29.6);
    let corner = mercator(116.215, 29.8);
    let area = rectangle([west, south], corner);
    let study = Plan::bounded(&area, "{ path = \"area\", crs = \"EPSG:3857\" }")
        .read("")
        .expect("a study");
    let outside: Vec<_> = study
        .findings()
        .iter()
        .filter(|f| f.code == "outside-boundary")
        .collect();
    assert_eq!(outside.len(), 1);
    assert!(
        outside[0]
            .message
            .to_string()
            .starts_with("1 of 2 cells lie outside"),
        "{}",
        outside[0].message
    );
    let boundary = study.boundary().expect("a boundary");
    let at = |lon| Position::new(lon, 29.7).expect("valid");
    assert!(boundary.contains(at(116.2149)) && !boundary.contains(at(116.2151)));
}

fn mercator(lon: f64, lat: f64) -> [f64; 2] {
    let metres = 6_378_137.0;
    [
        metres * lon.to_radians(),
        metres * lat.to_radians().tan().asinh(),
    ]
}

#[test]
fn what_is_no_area_is_no_boundary() {
    let error = Plan::bounded(STREETS, "\"area\"").error("");
    assert!(
        error.starts_with("area, feature 1: it is no area: expected a polygon – mend or remove"),
        "{error}"
    );
    let error = Plan::bounded(CELLS, "\"area\"").error("");
    assert!(
        error.starts_with("area, row 2: it has no geometry"),
        "{error}"
    );
    let error =
        Plan::bounded(r#"{"type":"FeatureCollection","features":[]}"#, "\"area\"").error("");
    assert_eq!(
        error,
        "area: there is no area in it – give the study area as a polygon"
    );
}

#[test]
fn bad_counts_are_errors_as_bad_populations_are() {
    let plan = Plan::new();
    plan.file("cells.csv", &CELLS.replace("30,1,4,5", "30,-1,4,5"));
    assert!(
        plan.error("")
            .starts_with("cells.csv, row 3: column \"户数\" is \"-1\", expected a number from 0")
    );
}

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
        let has_departments = self.folder.path().join("departments.csv").exists();
        let files = files.chain(has_departments.then_some(("departments", "csv")));
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

/// The study with numbers, dates and departments, and what it asks of them.
fn supervised() -> Plan {
    let plan = Plan::new();
    plan.file(
        "sites.csv",
        "id,kind,unit,lon,lat,network,帮办员,已整改,差评\n\
         s2,centre,e,116.22,29.7,2022-11-30,2,7,8\n\
         s1,centre,w,116.2,29.7,2023-06-01,,2,2\n\
         s3,terminal,w,116.21,29.7,,0,0,0\n",
    );
    plan.file(
        "units.csv",
        "id,name,parent,专班\nc,县,,是\ne,东镇,c,是\nw,西镇,c,否\n",
    );
    plan.file(
        "items.csv",
        "id,name,部门,days\ni1,社保,人社局,1\ni2,医保,医保局,2.5\n",
    );
    plan.file("departments.csv", "部门,电子印章\n人社局,有\n税务局,有\n");
    plan
}

const SUPERVISION: &str = "[target]\ndate = 2022-12-31\n\
    [[indicator]]\nname = '外网'\nof = 'sites'\nkinds = ['centre']\nproperty = 'network'\ntarget = 1.0\n\
    lead = '政数局'\nresponsible = ['各乡镇', '工信局']\n\
    [[indicator]]\nname = '帮办'\nof = 'sites'\nproperty = 'helpers'\nat_least = 1\ntarget = 0.5\n\
    [[indicator]]\nname = '整改'\nof = 'sites'\nproperty = 'settled'\nout_of = 'bad_reviews'\ntarget = 0.95\n\
    [[indicator]]\nname = '时限'\nof = 'items'\nproperty = 'days'\nmeasure = 'mean'\nat_most = 1.75\n\
    [[indicator]]\nname = '印章'\nof = 'departments'\nproperty = 'e_seal'\ntarget = 0.9\n\
    [[indicator]]\nname = '专班'\nof = 'units'\ndepth = 1\nproperty = '专班'\ntarget = 1.0\n\
    [mark]\ncoverage = 1\nindicators = 1\n";

#[test]
fn numbers_dates_ratios_departments_and_units_are_told() {
    let study = supervised().read(SUPERVISION).expect("a study");
    let told: Vec<String> = study
        .indicators()
        .iter()
        .map(|asked| {
            let now = indicator(&study, asked);
            let found = (now.numerator().count(), now.denominator.len());
            let met = now.met.expect("each has a target");
            let value = now
                .value
                .map_or_else(|| now.share.to_string(), |value| value.to_string());
            format!("{} {}/{} {value} {met}", asked.name, found.0, found.1)
        })
        .collect();
    assert_eq!(
        told,
        [
            // By the target's day one of two centres is on the network.
            "外网 1/2 50.0 % false",
            // 2 helpers, not known, none.
            "帮办 1/3 33.3 % false",
            // 7 + 2 of 8 + 2; the terminal had nothing to settle.
            "整改 2/2 0.9 false",
            "时限 2/2 1.75 true",
            // 医保局 is named by an item alone.
            "印章 2/3 66.7 % false",
            "专班 1/2 50.0 % false",
        ]
    );
    let codes = codes(&study);
    assert!(codes.contains(&"department-not-listed"), "{codes:?}");
    assert_eq!(
        codes
            .iter()
            .filter(|&&code| code == "indicator-not-known")
            .count(),
        2
    );
}

#[test]
fn every_unit_and_its_card_tell_of_the_indicators() {
    let study = supervised().read(SUPERVISION).expect("a study");
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options).expect("a small study");
    let out = TempDir::new().expect("a folder");
    walkshed::report::write(&results, out.path()).expect("written");
    let rows = |file: &str| {
        let text = fs::read_to_string(out.path().join(file)).expect("written");
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        rows("indicator_units.csv"),
        [
            "indicator,unit,name,counted,has,share,value,met,short_by",
            "外网,c,县,2,1,0.5,,no,1",
            "外网,e,东镇,1,1,1.0,,yes,0",
            "外网,w,西镇,1,0,0.0,,no,1",
            "帮办,c,县,3,1,0.333333,,no,1",
            "帮办,e,东镇,1,1,1.0,,yes,0",
            "帮办,w,西镇,2,0,0.0,,no,1",
            "整改,c,县,2,2,,0.9,no,0.05",
            "整改,e,东镇,1,1,,0.875,no,0.075",
            "整改,w,西镇,1,1,,1,yes,0",
            "专班,c,县,2,1,0.5,,no,1",
            "专班,e,东镇,1,1,1.0,,yes,0",
            "专班,w,西镇,1,0,0.0,,no,1",
        ]
    );
    let card = |unit: &str, column: &str| {
        let rows = rows("score_cards.csv");
        let place = rows[0].split(',').position(|head| head == column);
        let row = rows.iter().find(|row| row.starts_with(&format!("{unit},")));
        let fields: Vec<&str> = row.expect("it has a card").split(',').collect();
        fields[place.expect("a column")].to_owned()
    };
    assert_eq!(
        ["e", "w", "c"]
            .map(|unit| card(unit, "indicators_asked") + " " + &card(unit, "indicators_met")),
        ["4 3", "4 1", "4 0"]
    );
    assert_eq!(card("w", "missed_tasks"), "外网; 帮办; 专班");
    assert_eq!(card("w", "lead"), "政数局");
    assert_eq!(card("w", "responsible"), "各乡镇; 工信局");
    assert_eq!(card("e", "lead"), "");
    // Nobody lives in either town, so the indicators alone make the mark: 3 of 4, 1 of 4.
    assert_eq!(
        ["e", "w"].map(|unit| card(unit, "mark")
            + " "
            + &card(unit, "mark_of")
            + " "
            + &card(unit, "mark_rank")),
        ["75.0 indicators 1", "25.0 indicators 2"]
    );
    let departments = rows("departments.csv");
    let row = departments.iter().find(|row| row.starts_with("医保局,"));
    let row = row.expect("it answers for an item");
    // All of its person-items are done, its days are too long and it has no seal: (1 + 0) ÷ 2.
    assert!(row.contains(",2,0,50.0,coverage; indicators,"), "{row}");
    let members = rows("indicator_members.csv");
    assert!(
        members.contains(&"外网,s1,s1,w,no,2023-06-01,".to_owned()),
        "{members:?}"
    );
    assert!(
        members.contains(&"整改,s2,s2,e,yes,7,8".to_owned()),
        "{members:?}"
    );
    assert!(
        members.contains(&"印章,医保局,医保局,,,,".to_owned()),
        "{members:?}"
    );
}

#[test]
fn wrong_numbers_are_errors_with_row_column_and_value() {
    let plan = supervised();
    plan.file("departments.csv", "部门,电子印章\n人社局,也许\n");
    assert!(
        plan.error(SUPERVISION).starts_with(
            "departments.csv, row 2: column \"电子印章\" is \"也许\", expected yes or no, or a date"
        ),
        "{}",
        plan.error(SUPERVISION)
    );
    let plan = supervised();
    plan.file(
        "items.csv",
        "id,name,部门,days\ni1,社保,人社局,当天\ni2,医保,医保局,2\n",
    );
    assert!(
        plan.error(SUPERVISION)
            .starts_with("items.csv, row 2: column \"days\" is \"当天\", expected a number"),
        "{}",
        plan.error(SUPERVISION)
    );
}

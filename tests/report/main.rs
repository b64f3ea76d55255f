//! What is written, to the byte, and that it is written whole or not at all.

mod folder;

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;

use sha2::Digest;
use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{
    Catalogue, Cell, Cells, Finding, Findings, Item, Language, Offer, Severity, Site, Sites,
    Source, Study, StudyParts, Target, UnitRow, Units,
};
use walkshed::plane::Position;
use walkshed::report::{ReportError, ReportOptions, Summary, Written};
use walkshed::words::Text;
use walkshed::{Options, People, Results, draw, report};

type Tested = Result<(), Box<dyn Error>>;

/// A street of 2.9 km with a centre at its west and a station at its east end; `c` lies off it.
fn street() -> Study {
    draw::town(
        "A-a-s-B-------b----------------e-t-C\n       |\n       D......c",
        80.0,
        "st",
    )
}

fn position(study: &Study, id: &str) -> Option<Position> {
    study
        .cells()
        .iter()
        .find(|(_, cell)| cell.id == id)
        .and_then(|(_, cell)| cell.at)
}

fn units() -> Units {
    let row = |id: &str, name: &str, parent: Option<&str>| UnitRow {
        id: id.to_owned(),
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
    };
    let rows = vec![
        row("1", "湖口县", None),
        row("1.1", "双钟镇", Some("1")),
        row("1.2", "=流芳乡", Some("1")),
    ];
    Units::new(rows).expect("a tree")
}

/// Six cells in an order of their own: one too far, one covered, a stranded one, one without a
/// place, one without people, one that lies in no unit.
fn cells(street: &Study, units: &Units) -> Cells {
    let off = Position::new(0.1, 0.1);
    let rows = [
        (
            "b",
            "=cmd|' /C calc'!A0",
            "1.2",
            100.5,
            position(street, "b"),
        ),
        ("a", "东门", "1.1", 200.0, position(street, "a")),
        ("=far", "", "1.2", 40.0, off),
        ("lost", "", "1.2", 10.0, None),
        ("-5", "", "1.1", 0.0, position(street, "c")),
        ("e", "", "", 50.0, position(street, "e")),
    ];
    let cell = |(id, name, unit, people, at): (&str, &str, &str, f64, Option<Position>)| Cell {
        id: id.to_owned(),
        name: name.to_owned(),
        unit: units.find(unit),
        people: People::new(people).expect("a number of people"),
        at,
    };
    Cells::new(rows.into_iter().map(cell).collect())
}

fn sites(street: &Study, units: &Units) -> Sites {
    let mut sites: Vec<Site> = street
        .sites()
        .iter()
        .map(|(_, site)| site.clone())
        .collect();
    sites[0] = Site {
        name: "政务服务中心".into(),
        kind: "county-centre".into(),
        unit: units.find("1.1"),
        ..sites[0].clone()
    };
    let at = Position::new(0.2, 0.2).expect("on the globe");
    sites.push(Site::at("z", at));
    Sites::new(sites)
}

fn catalogue() -> Catalogue {
    let item = |id: &str, name: &str, weight: u64| Item {
        name: name.to_owned(),
        weight,
        ..Item::plain(id)
    };
    let [s, t] = [0, 1].map(|site| Offer::whole(SiteId::new(site)));
    Catalogue::new(vec![
        (item("i1", "社保卡申领", 2_000_000), vec![s, t]),
        (item("i2", "@ 身份证", 1_000_000), vec![s]),
        (item("i3", "nobody's", 1), vec![]),
    ])
}

fn findings() -> Findings {
    let mut findings = Findings::default();
    findings.push(Finding {
        severity: Severity::Rejected,
        code: "no-place",
        file: "cells.csv".into(),
        place: "row 5".into(),
        subject: "lost".into(),
        message: Text::verbatim("column \"lon\" is \"东经\", expected a number"),
    });
    findings
}

fn source(role: &'static str, path: &str, crs: &str) -> Source {
    Source {
        role,
        path: path.to_owned(),
        crs: crs.to_owned(),
        bytes: 12,
        sha256: "ab".repeat(32),
    }
}

/// A county with everything in it that a file can show.
fn county(items: &[usize]) -> Study {
    let (street, units) = (street(), units());
    let parts = StudyParts {
        name: "湖口县 15 分钟政务服务圈".to_owned(),
        language: Language::Chinese,
        network: street.network().clone(),
        sites: sites(&street, &units),
        cells: cells(&street, &units),
        catalogue: catalogue(),
        units,
        findings: findings(),
        sources: vec![
            source("study", "study.toml", ""),
            source("cells", "/data/secret/cells.csv", "GCJ-02"),
        ],
        ..StudyParts::default()
    };
    let items = items.iter().copied().map(ItemId::new);
    let parts = StudyParts {
        walk: *street.walk(),
        target: Target::minutes(15).asking(items),
        ..parts
    };
    Study::new(parts).expect("a study")
}

fn results(study: &Study) -> Results {
    walkshed::run(study, &Options::default()).expect("a small study")
}

fn write(study: &Study, dir: &Path) -> Result<Written, ReportError> {
    report::write(&results(study), dir)
}

fn summary(study: &Study) -> Summary {
    report::summary(&results(study))
}

/// The names in a directory, sorted.
fn names(dir: &Path) -> Result<Vec<String>, std::io::Error> {
    let mut names: Vec<_> = fs::read_dir(dir)?
        .map(|e| e.map(|e| e.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    names.sort();
    Ok(names)
}

fn written(items: &[usize], file: &str) -> Result<String, Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    write(&county(items), dir.path())?;
    let text = fs::read_to_string(dir.path().join(file))?;
    if Path::new(file)
        .extension()
        .is_none_or(|ending| ending != "csv")
    {
        return Ok(text);
    }
    // A study in Chinese: its tables begin with a byte order mark.
    let text = text.strip_prefix('\u{feff}').ok_or("no mark")?;
    Ok(text.to_owned())
}

#[test]
fn cells_csv_has_a_row_a_cell_in_input_order() -> Tested {
    let wanted = "\
cell,unit,population,verdict,score,items_done,items_asked,nearest_site,seconds,gap_m,name,unit_name,nearest_site_name,covered_population
b,1.2,100.5,covered,1.0,2,2,s,720.0,0.0,'=cmd|' /C calc'!A0,'=流芳乡,政务服务中心,100.5
a,1.1,200,covered,1.0,2,2,s,144.0,0.0,东门,双钟镇,政务服务中心,200
'=far,1.2,40,stranded,0.0,0,2,,,,,'=流芳乡,,0
lost,1.2,10,unknown,,0,2,,,,,'=流芳乡,,0
-5,1.1,0,covered,1.0,2,2,s,864.0,160.0,,双钟镇,政务服务中心,0
e,,50,not-offered,0.666667,1,2,t,144.0,0.0,,,t,0
";
    assert_eq!(written(&[0, 1], "cells.csv")?, wanted);
    Ok(())
}

#[test]
fn item_times_csv_has_a_row_a_cell_and_item() -> Tested {
    let wanted = "\
cell,item,verdict,site,seconds,missing,hand_down_to,why,lacking
b,i1,covered,s,720.0,,,,
b,i2,covered,s,720.0,,,,
a,i1,covered,s,144.0,,,,
a,i2,covered,s,144.0,,,,
'=far,i1,stranded,,,,,,
'=far,i2,stranded,,,,,,
lost,i1,unknown,,,,,,
lost,i2,unknown,,,,,,
-5,i1,covered,s,864.0,,,,
-5,i2,covered,s,864.0,,,,
e,i1,covered,t,144.0,,,,
e,i2,not-offered,t,144.0,accept+issue,t,not-handled,accept+issue
";
    assert_eq!(written(&[0, 1], "item_times.csv")?, wanted);
    Ok(())
}

#[test]
fn units_csv_ends_with_the_total() -> Tested {
    let wanted = "\
unit,name,cells,population,covered_population,share,score,depth,parent,left_out,\
people_covered,people_too_far,people_not_offered,people_out_of_reach,people_stranded,people_unknown,\
cells_covered,cells_too_far,cells_not_offered,cells_out_of_reach,cells_stranded,cells_unknown
1,湖口县,5,350.5,300.5,0.857347,0.857347,0,,50,300.5,0,0,0,40,10,3,0,0,0,1,1
1.1,双钟镇,2,200,200,1.0,1.0,1,1,0,200,0,0,0,0,0,2,0,0,0,0,0
1.2,'=流芳乡,3,150.5,100.5,0.667774,0.667774,1,1,50,100.5,0,0,0,40,10,1,0,0,0,1,1
,(no unit),1,50,0,0.0,0.666667,0,,50,0,0,50,0,0,0,0,0,1,0,0,0
total,湖口县 15 分钟政务服务圈,6,400.5,300.5,0.750312,0.833541,,,100,300.5,0,50,0,40,10,3,0,1,0,1,1
";
    assert_eq!(written(&[0, 1], "units.csv")?, wanted);
    Ok(())
}

#[test]
fn findings_csv_adds_what_the_streets_tell() -> Tested {
    let wanted = "\
severity,code,file,place,subject,message
rejected,no-place,cells.csv,row 5,lost,\"column \"\"lon\"\" is \"\"东经\"\", expected a number\"
suspicious,stranded-site,,,z,服务点离最近的道路 29460.3 米，超过 500 米，\
因此服务不到任何人——把它移到出入口，或补上缺少的道路
suspicious,stranded-cell,cells.csv,,'=far,居民点离最近的道路 13845.1 米，超过 500 米，\
因此这里的人哪里也到不了——补上缺少的道路，或移动居民点
suspicious,unknown-cell,cells.csv,,lost,该行有值被弃用，因此其人口计为未覆盖，\
人口数被弃用的按无人计——修正该行
suspicious,item-not-offered,,,i3,考核该事项，却没有服务点办理，\
因此没有居民点能被覆盖——核对进驻表，或不考核它
";
    assert_eq!(written(&[0, 1, 2], "findings.csv")?, wanted);
    Ok(())
}

#[test]
fn cells_geojson_has_the_columns_as_properties() -> Tested {
    let text = written(&[0, 1], "cells.geojson")?;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 8);
    let first = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[0.0100611,0.0]},"properties":{"cell":"b","unit":"1.2","population":100.5,"verdict":"covered","score":1.0,"items_done":2,"items_asked":2,"nearest_site":"s","seconds":720.0,"gap_m":0.0,"name":"=cmd|' /C calc'!A0","unit_name":"=流芳乡","nearest_site_name":"政务服务中心","covered_population":100.5}},"#;
    let lost = r#"{"type":"Feature","geometry":null,"properties":{"cell":"lost","unit":"1.2","population":10,"verdict":"unknown","score":null,"items_done":0,"items_asked":2,"nearest_site":null,"seconds":null,"gap_m":null,"name":null,"unit_name":"=流芳乡","nearest_site_name":null,"covered_population":0}},"#;
    assert_eq!(
        (lines[0], lines[7]),
        (r#"{"type":"FeatureCollection","features":["#, "]}")
    );
    assert_eq!((lines[1], lines[4]), (first, lost));
    let collection = geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>()?)?;
    assert_eq!(
        (collection.features.len(), collection.foreign_members),
        (6, None)
    );
    Ok(())
}

#[test]
fn sites_geojson_tells_whom_each_site_serves() -> Tested {
    let text = written(&[0, 1], "sites.geojson")?;
    let wanted = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[0.0028746,0.0]},"properties":{"id":"s","name":"政务服务中心","kind":"county-centre","unit":"1.1","snapped":true,"gap_m":0.0,"items":2,"cells":3,"people":300.5,"cells_nearest":3,"people_nearest":300.5}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[0.0237155,0.0]},"properties":{"id":"t","name":"t","kind":null,"unit":null,"snapped":true,"gap_m":0.0,"items":1,"cells":1,"people":50,"cells_nearest":1,"people_nearest":50}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[0.2,0.2]},"properties":{"id":"z","name":"z","kind":null,"unit":null,"snapped":false,"gap_m":null,"items":0,"cells":0,"people":0,"cells_nearest":0,"people_nearest":0}}
]}
"#;
    assert_eq!(text, wanted);
    text.parse::<geojson::GeoJson>()?;
    Ok(())
}

#[test]
fn summary_json_has_totals_units_items_and_parameters() -> Tested {
    let text = written(&[0, 1], "summary.json")?;
    assert_eq!(text, summary(&county(&[0, 1])).to_json());
    let json: serde_json::Value = serde_json::from_str(&text)?;
    let number = |pointer: &str| json.pointer(pointer).and_then(serde_json::Value::as_f64);
    assert_eq!(
        (number("/cells"), number("/population")),
        (Some(6.0), Some(400.5))
    );
    assert_eq!(
        (number("/covered_population"), number("/left_out")),
        (Some(300.5), Some(100.0))
    );
    assert_eq!(
        (number("/share"), number("/score")),
        (Some(0.750_312), Some(0.833_541))
    );
    assert_eq!(
        (
            number("/people_by_verdict/not-offered"),
            number("/cells_by_verdict/stranded")
        ),
        (Some(50.0), Some(1.0))
    );
    assert_eq!(
        (
            number("/parameters/minutes"),
            number("/parameters/speed_kmh")
        ),
        (Some(15.0), Some(4.0))
    );
    assert_eq!(
        (
            number("/snapping/cells/p95_m"),
            number("/snapping/sites/stranded")
        ),
        (Some(160.0), Some(1.0))
    );
    assert_eq!(
        (number("/findings/suspicious"), number("/findings/rejected")),
        (Some(3.0), Some(1.0))
    );
    assert_eq!(
        (
            &json["parameters"]["walk_rule"],
            &json["commonest_reason"]["verdict"]
        ),
        (&"W3".into(), &"not-offered".into())
    );
    assert_eq!(
        (
            &json["worst_units"][0]["unit"],
            &json["worst_items"][0]["id"]
        ),
        (&"1.2".into(), &"i2".into())
    );
    assert_eq!(
        (
            json["units"].as_array().map(Vec::len),
            json["items"].as_array().map(Vec::len)
        ),
        (Some(4), Some(2))
    );
    Ok(())
}

#[test]
fn the_summary_speaks_chinese() {
    let text = summary(&county(&[0, 1])).to_text();
    let wanted = "\
湖口县 15 分钟政务服务圈
步行 4 km/h，规则 W3；15 分钟以内（含）为覆盖，最远搜索 30 分钟；离路网超过 500 米为未接路网；考核事项 2 项
人口 400.5（居民点 6 个）：已覆盖 300.5 人，覆盖率 75.0 %，事项得分 83.4 %
  已覆盖                   300.5    75.0 %
  附近办不到                  50    12.5 %
  未接路网                    40    10.0 %
  位置不明                    10     2.5 %
最主要的原因：附近办不到（50 人）→ 在附近的服务点按原因下沉事项、续期、延长开放时间、配备帮办或设跨区通办窗口
覆盖率最低的单位（上级之下第一层）：
  =流芳乡                   66.8 %  未覆盖 50 人，共 150.5 人
覆盖人口最少的事项：
  @ 身份证                  75.0 %
  社保卡申领                87.5 %
离路网距离：服务点 中位数 0.0 米、95% 在 0.0 米以内，1 个未接路网；居民点 中位数 0.0 米、95% 在 160.0 米以内，1 个未接路网
数据问题：弃用 1，修复 0，存疑 3，说明 0（见 findings.csv）
";
    assert_eq!(text, wanted);
}

#[test]
fn the_summary_speaks_english() {
    let text = summary(&street()).to_text();
    let wanted = "\
a drawn town
on foot at 4 km/h, walk rule W3; covered within 15 minutes (inclusive), searched up to 30 minutes; stranded beyond 500 m off the streets
15 people in 4 cells: 15 covered, share 100.0 %, score 100.0 %
  covered                     15   100.0 %
off the streets: sites median 0.0 m, 95 % within 0.0 m; cells median 0.0 m, 95 % within 160.0 m
findings: 0 rejected, 0 repaired, 0 suspicious, 0 notes (see findings.csv)
";
    assert_eq!(text, wanted);
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('?');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[test]
fn the_manifest_checks_every_byte_and_gives_away_no_directory() -> Tested {
    let dir = tempfile::tempdir()?;
    let written = write(&county(&[0, 1]), dir.path())?;
    let text = fs::read_to_string(dir.path().join("manifest.json"))?;
    assert!(
        !text.contains("secret") && !text.contains(&*dir.path().to_string_lossy()),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_str(&text)?;
    assert_eq!(json["inputs"][1]["path"], "cells.csv");
    assert_eq!(json["inputs"][1]["crs"], "GCJ-02");
    let outputs = json["outputs"].as_array().ok_or("no outputs")?;
    assert_eq!(outputs.len() + 1, written.files.len());
    for output in outputs {
        let bytes = fs::read(dir.path().join(output["file"].as_str().ok_or("no name")?))?;
        let hash = hex(&sha2::Sha256::digest(&bytes));
        assert_eq!(
            (output["bytes"].as_u64(), output["sha256"].as_str()),
            (Some(bytes.len() as u64), Some(&*hash))
        );
    }
    Ok(())
}

#[test]
fn c26_the_bytes_are_the_same_for_one_and_two_threads() -> Tested {
    let study = grid(9000);
    let mut all = Vec::new();
    for threads in [1, 2] {
        let dir = tempfile::tempdir()?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()?;
        all.push(pool.install(|| write(&study, dir.path()))?.files);
        assert_eq!(
            fs::read_to_string(dir.path().join("cells.csv"))?
                .lines()
                .count(),
            9001
        );
    }
    assert_eq!(all[0], all[1]);
    Ok(())
}

/// Many cells along one street.
fn grid(count: u32) -> Study {
    let street = street();
    let cell = |i: u32| Cell {
        id: format!("c{i}"),
        name: String::new(),
        unit: None,
        people: People::whole(i % 7),
        at: Position::new(f64::from(i) * 2e-6, 0.0),
    };
    let parts = StudyParts {
        network: street.network().clone(),
        sites: street.sites().clone(),
        cells: Cells::new((0..count).map(cell).collect()),
        catalogue: Catalogue::implicit(2),
        ..StudyParts::default()
    };
    Study::new(parts).expect("a study")
}

/// What a reader sees of a page: neither marks nor scripts, which have numbers of their own.
fn words_of(body: &str) -> String {
    let before_scripts = body.split("<script").next().unwrap_or_default();
    let pieces = before_scripts
        .split('<')
        .filter_map(|piece| piece.split_once('>'));
    pieces.flat_map(|(_, words)| [words, "\n"]).collect()
}

#[test]
fn c19_nobody_and_nothing_make_no_nan() -> Tested {
    let (empty, dir) = (grid(0), tempfile::tempdir()?);
    write(&empty, dir.path())?;
    for name in names(dir.path())? {
        let mut text = fs::read_to_string(dir.path().join(&name))?;
        if let Some((_, body)) = text.split_once("<body>") {
            text = words_of(body);
        }
        assert!(
            !text.contains("NaN") && !text.contains("inf") && !text.contains("-1"),
            "{name}: {text}"
        );
    }
    let json: serde_json::Value = serde_json::from_str(&summary(&empty).to_json())?;
    assert!(
        json["share"].is_null() && json["score"].is_null() && json["commonest_reason"].is_null()
    );
    assert!(summary(&empty).to_text().contains("share –"));
    Ok(())
}

#[test]
fn a_very_long_table_of_items_is_left_out_unless_asked_for() -> Tested {
    let (study, dir) = (county(&[0, 1]), tempfile::tempdir()?);
    let with = |items| {
        let options = ReportOptions {
            items,
            most_item_rows: 11,
            ..ReportOptions::default()
        };
        report::write_with(&results(&study), dir.path(), &options)
    };
    let plain = written(&[0, 1], "item_times.csv")?;
    write(&study, dir.path())?;
    let left_out = with(false)?.left_out;
    assert_eq!(left_out.len(), 1);
    assert!(fs::read_to_string(dir.path().join("manifest.json"))?.contains("12 行，超过 11 行"));
    assert!(
        !dir.path().join("item_times.csv").exists(),
        "the table of an earlier run would mislead"
    );
    let first = with(true)?;
    assert_eq!(first, with(true)?);
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(dir.path().join("item_times.csv.gz"))?)
        .read_to_string(&mut text)?;
    assert_eq!(text.strip_prefix("\u{feff}"), Some(&*plain));
    write(&study, dir.path())?;
    assert!(
        !dir.path().join("item_times.csv.gz").exists(),
        "the table of an earlier run would mislead"
    );
    Ok(())
}

//! Tables as a county delivered them in a trial: heads such as 网点编码 and 事项名称, rows numbered anew on
//! each sheet, 合计 where the number of the row stands. They are read without a word in the study file.

use std::fs;

use rust_xlsxwriter::Workbook;
use walkshed::model::Study;
use walkshed::read;

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73]]}"#;
const STUDY: &str = "language = 'zh'\n[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.xlsx'\ncells = 'cells.csv'\nunits = 'units.csv'\nitems = 'items.csv'\noffers = 'offers.csv'\n";

/// A sheet for each township, its rows numbered from one, its total at the bottom.
fn sites() -> Vec<u8> {
    let mut book = Workbook::new();
    let towns = [
        (
            "东镇",
            [
                ("11", "东厅", "中心", 116.201),
                ("12", "东站", "站", 116.202),
            ],
        ),
        (
            "西镇",
            [
                ("21", "西厅", "中心", 116.207),
                ("22", "西站", "站", 116.208),
            ],
        ),
    ];
    for (town, rows) in towns {
        let sheet = book.add_worksheet().set_name(town).expect("a name");
        let heads = [
            "序号",
            "网点编码",
            "网点名称",
            "网点类型",
            "所属乡镇",
            "经度",
            "纬度",
        ];
        let mut put = |row: u32, column: u16, text: &str| {
            sheet
                .write_string(row, column, text)
                .map(|_| ())
                .expect("it fits");
        };
        for (column, head) in (0..).zip(heads) {
            put(0, column, head);
        }
        for (row, (id, name, kind, lon)) in (1..).zip(rows) {
            let fields = [
                &row.to_string(),
                id,
                name,
                kind,
                town,
                &lon.to_string(),
                "29.73",
            ];
            for (column, field) in (0..).zip(fields) {
                put(row, column, field);
            }
        }
        put(3, 0, "合计");
        put(3, 2, "2个网点");
    }
    book.save_to_buffer().expect("a workbook")
}

fn study() -> Study {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("written");
    };
    write("study.toml", STUDY.as_bytes());
    write("streets.geojson", STREETS.as_bytes());
    write("sites.xlsx", &sites());
    let cells = "小区编码,小区名称,所属乡镇,常住人口（人）,经度,纬度\n001,甲,东镇,10,116.2015,29.73\n002,乙,西镇,20,116.2085,29.73\n合计,,,30,,\n";
    write("cells.csv", cells.as_bytes());
    write(
        "units.csv",
        "编码,名称,上级编码\n1,县,\n2,东镇,1\n3,西镇,1\n".as_bytes(),
    );
    write(
        "items.csv",
        "事项编码,事项名称,是否高频\nA1,证明,是\nA2,查询,否\n".as_bytes(),
    );
    write(
        "offers.csv",
        "事项名称,中心,站\n证明,√,√\n查询,√,\n".as_bytes(),
    );
    let (study, _) = read::study(folder.path().join("study.toml")).expect("it is read as it is");
    study
}

#[test]
fn heads_of_offices_are_known_and_totals_are_no_sites() {
    let study = study();
    let sites: Vec<String> = study
        .sites()
        .iter()
        .map(|(_, site)| format!("{} {} {}", site.id, site.name, site.kind))
        .collect();
    assert_eq!(
        sites,
        ["11 东厅 中心", "12 东站 站", "21 西厅 中心", "22 西站 站"]
    );
    let cells: Vec<String> = study
        .cells()
        .iter()
        .map(|(_, cell)| format!("{} {} {}", cell.id, cell.name, cell.people))
        .collect();
    assert_eq!(cells, ["001 甲 10", "002 乙 20"]);
    let units = study.units();
    let east = units.find("2").expect("a unit");
    assert_eq!(units[east].parent, units.find("1"));
}

#[test]
fn a_matrix_names_items_by_their_names_and_sites_by_their_kinds() {
    let study = study();
    let catalogue = study.catalogue();
    let items: Vec<String> = catalogue
        .iter()
        .map(|(_, item)| format!("{} {} {}", item.id, item.name, item.high_frequency))
        .collect();
    assert_eq!(items, ["A1 证明 true", "A2 查询 false"]);
    let results = walkshed::run(&study, &walkshed::Options::default()).expect("small");
    // Everybody lives within the limit of a centre, which does both.
    assert_eq!(results.coverage.share().to_string(), "100.0 %");
}

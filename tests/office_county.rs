//! The folder of a county as its offices deliver it, made of a real town: workbooks with titles, merged
//! townships, a sheet for each, totals, codes that were numbers, GCJ-02, GBK, hours in Chinese, offers as
//! a matrix. It gives the figures of its clean twin. Runs when `WALKSHED_DATA` names the data folder.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tempfile::TempDir;
use walkshed::model::Severity;
use walkshed::read::{self, Options as ReadOptions};
use walkshed::{Options, Silent};

const TOWNS: [(&str, &str); 2] = [("0411525001", "蓼城街道"), ("0411525002", "番城街道")];
const ITEMS: [(&str, &str); 3] = [
    ("001", "社保卡补办"),
    ("002", "生育登记"),
    ("003", "老年优待证"),
];
const HOURS: [(&str, &str); 3] = [
    (
        "Mo-Fr 08:30-12:00,14:00-17:30; PH off",
        "周一至周五 上午8:30-12:00，下午2:00-5:30，法定节假日除外",
    ),
    ("Mo-Su 08:00-18:00", "每天8:00至18:00"),
    ("Mo-Fr 09:00-17:00; PH off", "工作日9:00—17:00"),
];

/// A row of a table, as texts.
type Row = Vec<String>;

/// A county's tables, clean.
struct County {
    streets: PathBuf,
    /// id, name, kind, township, hours, lon, lat.
    sites: Vec<Row>,
    /// id, township, village, people, elderly, lon, lat.
    cells: Vec<Row>,
    /// kind, item, depth.
    offers: Vec<[&'static str; 3]>,
}

fn county() -> Option<County> {
    let Some(folder) = std::env::var_os("WALKSHED_DATA") else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return None;
    };
    let data = PathBuf::from(folder)
        .join("data")
        .canonicalize()
        .expect("the data folder");
    let table = |name: &str| -> Vec<Row> {
        let text = fs::read_to_string(data.join("gushi").join(name)).expect("readable");
        let rows = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').map(str::to_owned).collect());
        rows.collect()
    };
    let sites = table("services.csv")
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let [_, tag, name, lon, lat] = <[String; 5]>::try_from(row).expect("five fields");
            let kind = tag.rsplit('=').next().unwrap_or_default().to_owned();
            let town = TOWNS[place % 2].0.to_owned();
            let hours = HOURS[place % HOURS.len()].0.to_owned();
            vec![
                format!("{:05}", place + 1),
                name,
                kind,
                town,
                hours,
                lon,
                lat,
            ]
        });
    let cells = table("origins.csv")
        .into_iter()
        .enumerate()
        .map(|(place, row)| {
            let [_, lon, lat, _] = <[String; 4]>::try_from(row).expect("four fields");
            let town = usize::from(place >= 400);
            // A drawn number of people, the same in every run.
            let people = (place * 7919) % 1900 + 3;
            let elderly = people / 5;
            vec![
                format!("{:06}", place + 1),
                TOWNS[town].0.to_owned(),
                format!("{}0{:02}", TOWNS[town].0, place % 40 + 1),
                people.to_string(),
                elderly.to_string(),
                lon,
                lat,
            ]
        });
    Some(County {
        streets: data.join("osm/gushi_seat.osm.pbf"),
        sites: sites.collect(),
        cells: cells.collect(),
        offers: vec![
            ["bank", "001", ""],
            ["community_centre", "001", ""],
            ["community_centre", "002", "受理"],
            ["townhall", "001", ""],
            ["townhall", "002", ""],
            ["townhall", "003", ""],
        ],
    })
}

const RULES: &str = "[target]\nminutes = 15\n[time]\nat = \"2024-03-04T14:30\"\n[[group]]\nid = \"elderly\"\ncount = \"elderly\"\nspeed_kmh = 3.0\n";

/// The county as a program would keep it.
fn clean(county: &County, folder: &Path) {
    let file = |name: &str, text: String| fs::write(folder.join(name), text).expect("written");
    let table = |head: &str, rows: &[Row]| {
        let mut text = format!("{head}\n");
        for row in rows {
            let quoted: Vec<String> = row.iter().map(|field| format!("\"{field}\"")).collect();
            writeln!(text, "{}", quoted.join(",")).expect("a text");
        }
        text
    };
    let sites = "id,name,kind,unit,opening_hours,lon,lat";
    file("sites.csv", table(sites, &county.sites));
    let cells = county.cells.iter().map(|row| {
        let mut row = row.clone();
        row.remove(1);
        row
    });
    let cells: Vec<Row> = cells.collect();
    file(
        "cells.csv",
        table("id,unit,population,elderly,lon,lat", &cells),
    );
    file("units.csv", units(""));
    let mut items = "id,name\n".to_owned();
    for (id, name) in ITEMS {
        writeln!(items, "{id},{name}").expect("a text");
    }
    file("items.csv", items);
    let mut offers = "kind,item,depth\n".to_owned();
    for offer in &county.offers {
        writeln!(offers, "{}", offer.join(",")).expect("a text");
    }
    file("offers.csv", offers);
    study_file(
        county,
        folder,
        "sites = \"sites.csv\"\ncells = \"cells.csv\"\nunits = \"units.csv\"\nitems = \"items.csv\"\noffers = \"offers.csv\"\n",
    );
}

/// The townships and their villages.
fn units(county: &str) -> String {
    let mut units = "id,name,parent\n".to_owned();
    for (id, name) in TOWNS {
        writeln!(units, "{id},{name},{county}").expect("a text");
        for village in 1..41 {
            writeln!(units, "{id}0{village:02},{village}组,{id}").expect("a text");
        }
    }
    units
}

fn study_file(county: &County, folder: &Path, inputs: &str) {
    let streets = county.streets.to_string_lossy();
    let text = format!(
        "name = \"固始\"\nlanguage = \"zh\"\n[inputs]\nstreets = '{streets}'\n{inputs}{RULES}"
    );
    fs::write(folder.join("study.toml"), text).expect("written");
}

/// The county as its offices keep it.
fn messy(county: &County, folder: &Path) {
    let save = |name: &str, mut book: Workbook| {
        let bytes = book.save_to_buffer().expect("a workbook");
        fs::write(folder.join(name), bytes).expect("written");
    };
    save("居民点.xlsx", cell_book(county));
    save("服务点.xlsx", site_book(county));
    save("事项.xlsx", matrix_book(county));
    // GBK, as Excel saves CSV in China; only in the workbook the codes became numbers.
    let units = units("").replace("id,name,parent", "编码,名称,上级单位");
    fs::write(folder.join("单位.csv"), gbk(&units)).expect("written");
    let mut items = "事项编号,名称\n".to_owned();
    for (id, name) in ITEMS {
        writeln!(items, "{id},{name}").expect("a text");
    }
    fs::write(folder.join("清单.csv"), gbk(&items)).expect("written");
    let inputs = "sites = { path = \"服务点.xlsx\", crs = \"GCJ-02\" }\ncells = { path = \"居民点.xlsx\", crs = \"GCJ-02\" }\nunits = { path = \"单位.csv\", columns = { id = \"编码\" } }\nitems = { path = \"清单.csv\", columns = { id = \"事项编号\" } }\noffers = \"事项.xlsx\"\n";
    study_file(county, folder, inputs);
}

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// A sheet for each township: a title, a line of units, a head of two rows, the village merged over its
/// cells, a total, a note; codes as numbers.
fn cell_book(county: &County) -> Workbook {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("填表说明")
        .expect("a name")
        .write(0, 0, "按村填报")
        .expect("written");
    for (town, name) in TOWNS {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        let rows: Vec<&Row> = county.cells.iter().filter(|row| row[1] == town).collect();
        fill_cells(sheet, &rows);
    }
    book.add_worksheet().set_name("Sheet3").expect("a name");
    book
}

fn fill_cells(sheet: &mut Worksheet, rows: &[&Row]) {
    let plain = Format::new();
    let merge = |sheet: &mut Worksheet, rows: [u32; 2], columns: [u16; 2], text: &str| {
        sheet
            .merge_range(rows[0], columns[0], rows[1], columns[1], text, &plain)
            .expect("merged");
    };
    merge(sheet, [0, 0], [0, 5], "固始县居民点人口情况表（2024年末）");
    sheet.write(1, 5, "单位：人").expect("written");
    for (column, head) in (0..).zip(["序号", "所属村"]) {
        merge(sheet, [2, 3], [column, column], head);
    }
    merge(sheet, [2, 2], [2, 3], "人口");
    merge(sheet, [2, 2], [4, 5], "位置");
    for (column, head) in (2..).zip(["常住人口", "老年人口", "经度", "纬度"]) {
        sheet.write(3, column, head).expect("written");
    }
    for (row, cell) in (4..).zip(rows) {
        let [lon, lat] = gcj02([cell[5].as_str(), &cell[6]]);
        sheet.write(row, 0, cell[0].as_str()).expect("written");
        // A code of ten digits that Excel took for a number.
        let village: f64 = cell[2].parse().expect("digits");
        sheet.write(row, 1, village).expect("written");
        let people = grouped(&cell[3]);
        sheet.write(row, 2, people).expect("written");
        sheet
            .write(row, 3, format!("{}人", cell[4]))
            .expect("written");
        sheet
            .write(row, 4, lon)
            .expect("written")
            .write(row, 5, lat)
            .expect("written");
    }
    let end = 4 + u32::try_from(rows.len()).expect("few");
    let sum: u32 = rows
        .iter()
        .map(|row| row[3].parse::<u32>().expect("digits"))
        .sum();
    sheet
        .write(end, 0, "合计")
        .expect("written")
        .write(end, 2, sum)
        .expect("written");
    sheet
        .write(end + 1, 0, "注：数据由公安局提供")
        .expect("written");
}

/// Digits with a comma before the last three.
fn grouped(digits: &str) -> String {
    match digits.len().checked_sub(3).filter(|&at| at > 0) {
        Some(at) => format!("{},{}", &digits[..at], &digits[at..]),
        None => digits.to_owned(),
    }
}

/// The township merged over its sites, hours in Chinese, a place in one column.
fn site_book(county: &County) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "政务服务网点一览表").expect("written");
    let heads = ["乡镇", "编号", "名称", "类型", "办公时间", "坐标"];
    for (column, head) in (0..).zip(heads) {
        sheet.write(1, column, head).expect("written");
    }
    let mut row = 2;
    for (town, name) in TOWNS {
        let sites: Vec<&Row> = county.sites.iter().filter(|site| site[3] == town).collect();
        let end = row + u32::try_from(sites.len()).expect("few") - 1;
        sheet
            .merge_range(row, 0, end, 0, name, &Format::new())
            .expect("merged");
        for site in sites {
            let said = HOURS
                .iter()
                .find(|(osm, _)| *osm == site[4])
                .expect("one of them")
                .1;
            let [lon, lat] = gcj02([site[5].as_str(), &site[6]]);
            for (column, text) in (1..).zip([
                &site[0],
                &site[1],
                &site[2],
                &said.to_owned(),
                &format!("{lon}，{lat}"),
            ]) {
                sheet.write(row, column, text.as_str()).expect("written");
            }
            row += 1;
        }
    }
    book
}

/// Kinds by items, with ticks and words, the items by their names.
fn matrix_book(county: &County) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "可办事项对照表").expect("written");
    sheet.write(1, 0, "类型").expect("written");
    let mut kinds: Vec<&str> = county.offers.iter().map(|offer| offer[0]).collect();
    kinds.dedup();
    for (column, (_, name)) in (1..).zip(ITEMS) {
        sheet.write(1, column, name).expect("written");
    }
    for (row, kind) in (2..).zip(kinds) {
        sheet.write(row, 0, kind).expect("written");
        for (column, (item, _)) in (1..).zip(ITEMS) {
            let offer = county
                .offers
                .iter()
                .find(|offer| offer[0] == kind && offer[1] == item);
            let mark = offer.map_or(
                "×",
                |offer| if offer[2].is_empty() { "√" } else { offer[2] },
            );
            sheet.write(row, column, mark).expect("written");
        }
    }
    book
}

/// A place in the datum of Chinese maps, as its published formula has it.
fn gcj02(at: [&str; 2]) -> [f64; 2] {
    use std::f64::consts::PI;
    let [lon, lat] = at.map(|text| text.parse::<f64>().expect("a number"));
    let [x, y] = [lon - 105.0, lat - 35.0];
    let wave = |a: f64, b: f64| (a * (6.0 * x * PI).sin() + b * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let common = wave(20.0, 20.0);
    let waves = |t: f64, long: f64, longest: f64| {
        ((20.0 * (t * PI).sin() + 40.0 * (t / 3.0 * PI).sin())
            + (long * (t / 12.0 * PI).sin() + longest * (t / 30.0 * PI).sin()))
            * 2.0
            / 3.0
    };
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + waves(y, 160.0, 320.0);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + waves(x, 150.0, 300.0);
    let [a, e2] = [6_378_245.0, 0.006_693_421_622_965_943];
    let sine = lat.to_radians().sin();
    let w = 1.0 - e2 * sine * sine;
    [
        lon + (east / (a / w.sqrt() * lat.to_radians().cos())).to_degrees(),
        lat + (north / (a * (1.0 - e2) / (w * w.sqrt()))).to_degrees(),
    ]
}

/// Each cell's id, unit, people, verdict and minutes.
fn answers(study: &walkshed::model::Study) -> Vec<String> {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    let now = &results.coverage;
    let mut rows: Vec<String> = study
        .cells()
        .iter()
        .map(|(id, cell)| {
            let unit = cell
                .unit
                .map_or("", |unit| study.units()[unit].name.as_str());
            format!("{} {unit} {} {:?}", cell.id, cell.people, now.cell(id))
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_countys_folder_gives_the_figures_of_its_clean_twin() {
    let Some(county) = county() else { return };
    let read = |make: fn(&County, &Path)| {
        let folder = TempDir::new().expect("a folder");
        make(&county, folder.path());
        let path = folder.path().join("study.toml");
        read::study_with(&path, &ReadOptions::default(), &Silent)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let [clean, messy] = [read(clean), read(messy)];
    assert_eq!(messy.cells().len(), clean.cells().len());
    assert_eq!(messy.cells().people(), clean.cells().people());
    assert_eq!(answers(&messy), answers(&clean));
    let repaired = messy
        .findings()
        .iter()
        .filter(|f| f.severity == Severity::Repaired);
    let mut codes: Vec<&str> = repaired.map(|finding| finding.code).collect();
    codes.dedup();
    for code in [
        "rows-above-head",
        "two-row-head",
        "merged-cells",
        "sheets-joined",
        "total-row",
        "note-row",
        "number-as-written",
        "places-in-one-column",
        "zeros-lost",
        "hours-understood",
    ] {
        assert!(
            codes.contains(&code) || messy.findings().count(code) > 0,
            "{code} in {codes:?}"
        );
    }
}

#[test]
fn the_first_study_of_a_countys_folder_is_the_one_that_was_written_by_hand() {
    let Some(county) = county() else { return };
    let folder = TempDir::new().expect("a folder");
    let study = |text: &str| {
        let path = folder.path().join("study.toml");
        fs::write(&path, text).expect("written");
        read::study_with(&path, &ReadOptions::default(), &Silent)
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    messy(&county, folder.path());
    let by_hand = fs::read_to_string(folder.path().join("study.toml")).expect("written");
    let by_hand = study(&by_hand);
    fs::copy(&county.streets, folder.path().join("gushi.osm.pbf")).expect("copied");
    let first = read::first_study(folder.path(), None, &Silent).expect("readable");
    assert!(
        first.missing.is_empty() && first.undecided.is_empty(),
        "{}",
        first.text
    );
    for line in [
        "streets = \"gushi.osm.pbf\"",
        "sites = { path = \"服务点.xlsx\", crs = \"GCJ-02\" }",
        "cells = { path = \"居民点.xlsx\", crs = \"GCJ-02\" }",
        "units = \"单位.csv\"",
        "items = \"清单.csv\"",
        "offers = \"事项.xlsx\"",
    ] {
        assert!(
            first.text.contains(&format!("\n{line}\n")),
            "{line}\n{}",
            first.text
        );
    }
    assert_eq!(first.checked.faults, []);
    study(&first.text);
    // By the same rules it gives the same answers.
    let inputs = first.text.split("[walk]").next().expect("it has a walk");
    assert_eq!(
        answers(&study(&format!("{inputs}{RULES}"))),
        answers(&by_hand)
    );
}

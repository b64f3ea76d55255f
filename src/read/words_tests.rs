//! Faults and findings of formats and tables as a reader of Chinese sees them, whole.

use super::crs::Crs;
use super::error::ReadError;
use super::formats::shape::Shape;
use super::formats::table::Table;
use super::formats::{csv, encoding, gzip, layer, workbook};
use super::plausibility::{Placed, same_spot};
use super::rejects::none_left;
use super::row_policy::{Door, OnBad};
use super::tables::coordinates::Placer;
use super::tables::sites::SiteReader;
use super::tables::{cells, items, offers, sites, units};
use super::{baseline, tables};
use crate::model::{Findings, Memory, Units};
use crate::plane::Position;
use crate::words::Language::Chinese;

/// What an error says in Chinese.
fn chinese<T>(read: Result<T, ReadError>) -> String {
    match read {
        Ok(_) => panic!("no error"),
        Err(error) => error.text().in_language(Chinese),
    }
}

/// What the findings say in Chinese.
fn said(findings: &Findings) -> Vec<String> {
    let each = findings.iter();
    each.map(|finding| finding.message.in_language(Chinese))
        .collect()
}

fn table(file: &str, text: &str) -> Table {
    csv::table(text.as_bytes(), file, &Shape::plain()).expect("a table")
}

fn door<'a>(file: &str, findings: &'a mut Findings) -> Door<'a> {
    Door {
        file: file.to_owned(),
        on_bad: OnBad::Stop,
        findings,
        stopped: Box::leak(Box::default()),
    }
}

fn read_cells(text: &str, findings: &mut Findings) -> Result<crate::model::Cells, ReadError> {
    let table = table("cells.csv", text);
    let mut door = door("cells.csv", findings);
    let placer = Placer::new(&table, Crs::Wgs84, &door)?;
    cells::cells(table, &placer, &Units::default(), &[], &mut door).map(|(cells, _)| cells)
}

fn bad_cells(text: &str) -> String {
    chinese(read_cells(text, &mut Findings::default()))
}

fn bad_sites(text: &str) -> String {
    let mut findings = Findings::default();
    let table = table("sites.csv", text);
    let mut door = door("sites.csv", &mut findings);
    let placer = Placer::new(&table, Crs::Wgs84, &door).expect("placed");
    let mut reader = SiteReader {
        placer: &placer,
        units: &Units::default(),
        clock: None,
        forgives_hours: false,
        dated: true,
    };
    chinese(sites::sites(table, &[], &mut reader, &mut door))
}

fn bad_items(text: &str) -> String {
    let mut findings = Findings::default();
    let mut door = door("items.csv", &mut findings);
    let reader = items::ItemReader {
        asked: &[],
        kinds: &[],
    };
    chinese(items::items(table("items.csv", text), &reader, &mut door))
}

fn bad_offers(text: &str) -> String {
    let mut findings = Findings::default();
    let mut door = door("offers.csv", &mut findings);
    chinese(offers::offers(table("offers.csv", text), &mut door))
}

fn bad_units(text: &str) -> String {
    let mut findings = Findings::default();
    let mut door = door("units.csv", &mut findings);
    chinese(units::units(table("units.csv", text), &[], &mut door))
}

#[test]
fn texts_that_cannot_be_read() {
    let csv = |text: &str| chinese(csv::table(text.as_bytes(), "a.csv", &Shape::plain()));
    let decoded = |bytes: &[u8]| chinese(encoding::decoded(bytes, "a.csv"));
    assert_eq!(
        [
            csv(""),
            csv("id,id\n"),
            csv("id,\n1,2\n"),
            csv("id,name\n1,\"x\n2,y\n"),
            decoded(b"id\n\xff\xff\n"),
            decoded(b"id\n\0\n"),
        ],
        [
            "a.csv：文件是空的——请给出表头和数据行",
            "a.csv，第 1 行：“id”：有两列同名——请给其中一列改名，或者删去",
            "a.csv，第 2 行：“2”：B 列有内容，但表头没有列名——请写上列名，或者清空该列；如果表头是另一行，请在项目文件中为该文件写 header_row",
            "a.csv，第 2 行：这一行的引号没有闭合——请补上引号；文字中的引号要写两个",
            "a.csv，第 2 行文字：字节 0xff 既不是 UTF-8，也不是 GB18030——请另存为 UTF-8",
            "a.csv，第 2 行文字：有 NUL 字符：不是文本文件，或者是缺少标记的 UTF-16——请另存为 UTF-8"
        ]
    );
}

#[test]
fn files_of_other_formats() {
    let geojson = |text: &str| chinese(layer::table(text.as_bytes(), "a.geojson"));
    let memory = Memory::default();
    let first = |text: &str| {
        let table = layer::table(text.as_bytes(), "a.geojson").expect("a table");
        let flaws = table.records.into_iter().filter_map(|record| record.flaw);
        let bad = table
            .bad
            .examples
            .into_iter()
            .chain(flaws.map(|flaw| *flaw));
        bad.map(|bad| bad.in_language(Chinese)).collect::<String>()
    };
    assert_eq!(
        [
            geojson(r#"{"type":"Topology"}"#),
            geojson(r#"{"type":"FeatureCollection","features":["#),
            first(r#"{"type":"Feature","properties":3}"#),
            first(
                r#"{"type":"Feature","properties":null,"geometry":{"type":"Circle","coordinates":[1,2]}}"#
            ),
            chinese(workbook::table(
                b"\xD0\xCF\x11\xE0",
                "a.xls",
                memory,
                &Shape::plain()
            )),
            chinese(workbook::table(b"PK", "a.xlsx", memory, &Shape::plain())),
            chinese(gzip::inflated(vec![0x1f, 0x8b, 8], "a.gz", memory)),
        ],
        [
            "a.geojson：TopoJSON，应为 GeoJSON：FeatureCollection、Feature 或几何图形——请导出为 GeoJSON",
            "a.geojson，第 1 行文字：JSON 有误（EOF while parsing a list at line 1 column 40）——文件不完整：请重新下载或导出",
            "a.geojson，第 1 个要素：properties 不是对象——请修正或删去",
            "a.geojson，第 1 个要素：几何图形的类型是“Circle”，应为 Point、MultiPoint、LineString、MultiLineString、Polygon、MultiPolygon、GeometryCollection 之一——请修正或删去该要素",
            "a.xls：文件中找不到工作簿：文件已损坏，或者设有密码——请另存为不设密码的 .xlsx，或者 CSV",
            "a.xlsx：工作簿有误（invalid Zip archive: Could not find EOCD）——请用表格软件打开工作簿，重新保存",
            "a.gz：gzip 文件不完整或已损坏（unexpected end of file）——请重新下载，或者重新压缩"
        ]
    );
}

#[test]
fn rows_of_cells_and_sites() {
    let head = "id,人口,经度,纬度";
    let cell = |row: &str| bad_cells(&format!("{head}\n{row}\n"));
    let site = |row: &str| bad_sites(&format!("id,lon,lat,opened,closed\n{row}\n"));
    assert_eq!(
        [
            cell("c1,约300,116,29"),
            cell("c1,\"1,234\",116,29"),
            cell("c1,-5,116,29"),
            cell("c1,5,,29"),
            cell("c1,5,116,29\nc1,5,116,29"),
            cell("c1,5,12940000,3470000"),
            bad_cells("id,人口,经度\n"),
            bad_cells("id,人口,总人口,经度,纬度\n"),
            site("s1,116,29,2024-05-01,2024-04-01"),
            site("s1,116,29,2024年底,"),
        ],
        [
            "cells.csv，第 2 行：列“人口”的值是“约300”，应为 数字——请删去文字，或者留空，或者加 --on-bad skip 运行，跳过这样的行",
            "cells.csv，第 2 行：列“人口”的值是“1,234”，应为 数字——请写 1234；如果逗号是小数点，请写 1.234，或者加 --on-bad skip 运行，跳过这样的行",
            "cells.csv，第 2 行：列“人口”的值是“-5”，应为 介于 0 和 1,000,000,000 之间的人数——请改正数字，或者加 --on-bad skip 运行，跳过这样的行",
            "cells.csv，第 2 行：列“经度”：为空——请补填坐标，或者加 --on-bad skip 运行，跳过这样的行",
            "cells.csv，第 3 行：列“id”的值是“c1”，应为 与其他行不重复的 id（第 2 行已用此 id）——请给每一行不同的 id，或者加 --on-bad skip 运行，跳过这样的行",
            "cells.csv：1 个点中有 1 个超出 WGS84 的范围——坐标如 (12940000, 3470000)，像是以米计，不是度——可能是 EPSG:3857（Web 墨卡托）；请把它写作 crs",
            "cells.csv：没有 lat 列；现有的列：id、人口、经度——请把其中一列命名为 lat，或者：latitude、y、纬度",
            "cells.csv：“人口”和“总人口”两列都可作 population——请在项目文件中为该文件写 columns = { population = \"人口\" }",
            "sites.csv，第 2 行：列“closed”的值是“2024-04-01”，应为 启用日期 2024-05-01 之后的日期——请把 closed 填为服务点不再开放的第一天，或者加 --on-bad skip 运行，跳过这样的行",
            "sites.csv，第 2 行：列“opened”的值是“2024年底”，应为 日期——请写成 2024-12-31 的形式（年-月-日），且须是实际存在的日期，或者加 --on-bad skip 运行，跳过这样的行"
        ]
    );
}

#[test]
fn rows_of_items_offers_and_units() {
    assert_eq!(
        [
            bad_items("id,audience\ni1,persn\n"),
            bad_items("id,steps\ni1,teleport\n"),
            bad_items("id,weight\ni1,0\n"),
            bad_offers("item,depth\ni1,\n"),
            bad_offers("item,site,kind\ni1,s1,hall\n"),
            bad_offers("item,site,from,until\ni1,s1,2024-02-01,2024-01-01\n"),
            bad_units("id,name,parent\na,甲镇,\nb,乙村,甲镇\n"),
            bad_units("id,parent\na,b\nb,a\n"),
        ],
        [
            "items.csv，第 2 行：列“audience”的值是“persn”，应为 以下之一：both、person、firm——是不是 person？或者加 --on-bad skip 运行，跳过这样的行",
            "items.csv，第 2 行：列“steps”的值是“teleport”，应为 以下环节：accept、first-review、review、decide、issue——请用这些词写环节，以分号隔开，或者加 --on-bad skip 运行，跳过这样的行",
            "items.csv，第 2 行：列“weight”的值是“0”，应为 大于 0、不超过 1,000,000,000 的数字——请改正权重，或者加 --on-bad skip 运行，跳过这样的行",
            "offers.csv：没有列 site 或 kind；现有的列：item、depth——进驻表需要 item 列，以及 site 或 kind 列",
            "offers.csv，第 2 行：列“site”的值是“s1”，应为 服务点或类型之一，不能两者都写——请清空其中一个，或者加 --on-bad skip 运行，跳过这样的行",
            "offers.csv，第 2 行：列“until”的值是“2024-01-01”，应为 不早于 2024-02-01 的日期——请改正日期，或者加 --on-bad skip 运行，跳过这样的行",
            "units.csv，第 3 行：列“parent”的值是“甲镇”，应为 某个单位的 id——请写该单位的 id：a",
            "units.csv，第 2 行：单位 \"a\" 包含在自身之内：a → b → a——请改正上级列；最上级单位的上级请留空"
        ]
    );
}

#[test]
fn files_as_a_whole() {
    let mut findings = Findings::default();
    let crs = |name: &str| {
        let wrong = Crs::parse(name).expect_err("no system");
        wrong.text().in_language(Chinese)
    };
    let empty = tempfile::tempdir().expect("a folder");
    std::fs::write(empty.path().join("manifest.json"), "{").expect("written");
    let boundary = table("boundary.csv", "id\n");
    let boundary = tables::boundary::boundary(
        boundary,
        Crs::Wgs84,
        &mut door("boundary.csv", &mut findings),
    );
    assert_eq!(
        [
            crs("高德地图"),
            crs("moon"),
            crs("Xi'an 80"),
            crs("EPSG:99999"),
            none_left(Placed::Cells, "cells.csv").in_language(Chinese),
            chinese(boundary),
            chinese(baseline::earlier(empty.path())),
        ],
        [
            "“高德地图”不是已知的坐标系——是不是 GCJ-02？",
            "“moon”不是已知的坐标系——应为 WGS84、CGCS2000、GCJ-02、BD-09 或 EPSG:nnnn",
            "“Xi'an 80”不是已知的坐标系——是不是 EPSG:2383（1980 西安坐标系，3 度带，中央经线 114°E）或 EPSG:2327 至 2390 中的另一个？",
            "EPSG:99999：没有这个 EPSG 代码——请核对号码，或者把文件转换为 WGS84",
            "cells.csv：没有可用的居民点，无从计算——表中至少要有一个可用的居民点",
            "boundary.csv：其中没有面——请以面给出分析范围",
            "manifest.json：不是运行结果的清单（EOF while parsing an object at line 1 column 1）——请给出 walkshed 的结果目录，或者重新运行"
        ]
    );
}

#[test]
fn findings_of_tables() {
    let mut findings = Findings::default();
    read_cells("编号,居民人口数,经度,纬度\nc1,5,116,29\n", &mut findings).expect("cells");
    read_cells("id,人口（万人）,经度,纬度\nc1,,116,29\n", &mut findings).expect("cells");
    let at = Position::new(116.0, 29.0).expect("a place");
    let spots = [("甲", at), ("乙", at)].into_iter();
    same_spot(Placed::Sites, spots, &mut door("sites.csv", &mut findings));
    assert_eq!(
        said(&findings),
        [
            "各列读作：“编号”作 id、“经度”作 lon、“纬度”作 lat；其余各列：“居民人口数”",
            "没有人口列：每个居民点按 1 人计；“居民人口数”看上去像人口列——请在项目文件中为该文件写 columns = { population = \"居民人口数\" }",
            "各列读作：“人口（万人）”作 population、“经度”作 lon、“纬度”作 lat",
            "列“人口（万人）”的单位较大：其数字乘以 10000",
            "列“人口（万人）”为空：该居民点按 1 人计——请补填，或者写 0",
            "“人口（万人）”列每一行都是空的：每个居民点按 1 人计——公式从未计算过的工作簿就是这样：请打开后重新保存",
            "有 1 个服务点与另一个正好同在一点，例如“甲”和“乙”——是否重复登记？"
        ]
    );
}

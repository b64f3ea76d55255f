//! Faults and findings of streets as a reader of Chinese sees them, whole.

use std::io::Cursor;

use tiff::encoder::{TiffEncoder, colortype::Gray8};

use super::walk_rule::HowWalked;
use super::ways::{RawStreets, Torn};
use super::{elevation, extent, osm, source};
use crate::model::{Findings, Memory, Source};
use crate::read::crs::Crs;
use crate::read::error::ReadError;
use crate::read::formats::aside::Aside;
use crate::read::input::Input;
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::{Door, OnBad};
use crate::words::Language;

fn chinese(error: &ReadError) -> String {
    match error {
        ReadError::Bad(bad) | ReadError::TooLarge(bad) => bad.in_language(Language::Chinese),
        ReadError::Io { .. } | ReadError::Several(_) => panic!("{error}"),
    }
}

/// What is wrong with a map.
fn map(file: &str, bytes: &[u8]) -> String {
    let read = osm::streets(bytes, file, Memory::default(), osm::Asked::default());
    chinese(&read.expect_err("a bad map"))
}

/// What is wrong with an elevation model.
fn model(bytes: &[u8]) -> String {
    let opened = elevation::open(bytes, "dem.tif", Memory::default());
    chinese(&opened.err().expect("a bad model"))
}

/// What is wrong with a street file, read from its bytes to its pieces.
fn streets(bytes: &str) -> String {
    let input = Input {
        file: "streets.geojson".to_owned(),
        bytes: bytes.as_bytes().to_vec(),
        aside: Aside::default(),
        beside: Vec::new(),
        source: Source {
            role: "streets",
            path: String::new(),
            crs: String::new(),
            bytes: 0,
            sha256: String::new(),
        },
        memory: Memory::default(),
    };
    let mut findings = Findings::default();
    let mut door = door(&mut findings);
    let read = source::read(&input, &InputFile::default(), HowWalked::default())
        .and_then(|read| source::raw(read, Crs::Wgs84, &InputFile::default(), &mut door));
    chinese(&read.expect_err("bad streets"))
}

fn door(findings: &mut Findings) -> Door<'_> {
    Door {
        file: "streets.geojson".to_owned(),
        on_bad: OnBad::Stop,
        findings,
        stopped: Box::leak(Box::default()),
    }
}

/// What one step says about streets.
fn said(step: impl FnOnce(&mut Door<'_>)) -> Vec<String> {
    let mut findings = Findings::default();
    step(&mut door(&mut findings));
    let messages = findings.iter().map(|finding| &finding.message);
    messages
        .map(|message| message.in_language(Language::Chinese))
        .collect()
}

#[test]
fn broken_maps() {
    assert_eq!(
        map("a.osm", b"PK\x03\x04"),
        "a.osm：既不是 OSM PBF，也不是 OSM XML——请指定 .osm.pbf 或 .osm 文件"
    );
    assert_eq!(
        map(
            "a.osm",
            b"<osm>\n<node id=\"1\" lat=\"29,7\" lon=\"116\"/></osm>"
        ),
        "a.osm，第 2 行文字：<node> 的 lat 是“29,7”，应为度数——请重新下载地图"
    );
    assert_eq!(
        map("a.osm", b"<osm>\n<way><nd ref=\"1\"/></way></osm>"),
        "a.osm，第 2 行文字：<way> 没有 id，应为整数——请重新下载地图"
    );
    assert_eq!(
        map("a.osc", b"<osmChange version=\"0.6\">"),
        "a.osc，第 1 行文字：这是变更文件，应为地图——请用 osmium apply-changes 把变更并入地图"
    );
    assert_eq!(
        map("a.osm", b"<osm>\n"),
        "a.osm，第 2 行文字：文件在 </osm> 之前就结束了——请重新下载地图"
    );
    // A header of 13 bytes, which promises a block of 71.
    assert_eq!(
        map("a.pbf", b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x47"),
        "a.pbf：第 1 个数据块（第 0 字节）：文件不完整，末尾缺少 71 字节——请重新下载地图"
    );
}

#[test]
fn a_node_off_the_globe() {
    let text = "<osm>\n<node id=\"7\" lat=\"95\" lon=\"116.2\"/>\n<way id=\"1\"><nd ref=\"7\"/><nd ref=\"8\"/><tag k=\"highway\" v=\"path\"/></way>\n</osm>";
    let read = osm::streets(
        text.as_bytes(),
        "a.osm",
        Memory::default(),
        osm::Asked::default(),
    )
    .expect("a map");
    let bad = read.bad.first().expect("a bad node");
    assert_eq!(
        bad.in_language(Language::Chinese),
        "a.osm，第 2 行文字：节点 7 位于经度 116.2、纬度 95，应在 -180 至 180 和 -89 至 89 之间——请修正或删除该节点，或重新下载地图"
    );
}

#[test]
fn files_that_are_no_streets() {
    assert_eq!(
        streets("name,x,y\n"),
        "streets.geojson：既不是 GeoJSON、Shapefile、KML、GeoPackage 或 FlatGeobuf，也不是 OpenStreetMap 文件（.osm.pbf、.osm）——请把道路导出为其中一种格式"
    );
    let motorway = r#"{"type":"Feature","properties":{"highway":"motorway"},"geometry":{"type":"LineString","coordinates":[[116.2,29.7],[116.3,29.7]]}}"#;
    assert_eq!(
        streets(motorway),
        "streets.geojson：文件中的 1 条线都不能步行——请导出带 highway 标签的道路，或不带标签的线"
    );
    let off = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[116.2,29.7],[116.3,29.7],[116.3,89.5]]}}"#;
    assert_eq!(
        streets(off),
        "streets.geojson，第 1 个要素：“116.3, 89.5”：该道路的一个顶点按 WGS84 不在地球上（x 或经度在前）——请修正坐标，或者加 --on-bad skip 运行，跳过这样的行"
    );
}

#[test]
fn half_a_map_and_streets_across_180() {
    let torn = RawStreets {
        walkable: 1000,
        torn: Torn {
            ended: 0,
            broken: 30,
            nowhere: 3,
        },
        ..RawStreets::default()
    };
    let entry = InputFile {
        path: "maps/a.pbf".to_owned(),
        ..InputFile::default()
    };
    let mut findings = Findings::default();
    let door = door(&mut findings);
    let half = extent::refuse_half(&torn, &entry, &door).expect_err("half a map");
    assert_eq!(
        chinese(&half),
        "streets.geojson：1000 条道路中，30 条中间缺少顶点，3 条在文件中没有任何顶点：裁剪边缘不会造成这种情况，地图缺失了一部分——请重新下载地图，或写明 streets = { path = \"maps/a.pbf\", incomplete = true }，在缺失的情况下继续"
    );
    let across = RawStreets {
        nodes: vec![[179.9, 1.0], [-179.9, 1.0]],
        pieces: vec![[0, 1]],
        ..RawStreets::default()
    };
    let across = extent::refuse_both_sides(&across, &door).expect_err("across 180°");
    assert_eq!(
        chinese(&across),
        "streets.geojson：有道路跨越 180° 经线，从 179.9, 1 到 -179.9, 1——请在 180° 处切开道路，两侧分别建立项目"
    );
}

#[test]
fn bad_elevation_models() {
    assert_eq!(
        model(b"PK\x03\x04"),
        "dem.tif：不是 TIFF 文件——请指定 GeoTIFF 格式（.tif）的高程模型"
    );
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).expect("memory");
    encoder
        .write_image::<Gray8>(2, 2, &[1, 2, 3, 4])
        .expect("memory");
    assert_eq!(
        model(&file.into_inner()),
        "dem.tif：是 TIFF 文件，但没有写明位置——请导出为 GeoTIFF"
    );
}

#[test]
fn findings_about_streets() {
    let raw = RawStreets {
        nodes: vec![[116.2, 29.7], [118.2, 29.7]],
        pieces: vec![[0, 1]],
        lines: 3,
        walkable: 2,
        missing_vertices: 4,
        points: 1,
        ..RawStreets::default()
    };
    let found = said(|door| {
        source::network(&raw, door).expect("a network");
    });
    assert_eq!(
        found,
        [
            "道路的 4 个顶点不在文件中：道路到此为止——地图是否在边缘被裁剪？",
            "1 条道路从一处只通到原处，不算道路",
            "1 段道路的两个顶点相距超过 100 公里，最长 194 公里，从 116.2, 29.7 到 118.2, 29.7——它的坐标是否正确？",
            "3 条线中 2 条可步行：共 193.5 公里，2 个顶点，分为 1 个连通部分，最大的有 2 个顶点",
        ]
    );
}

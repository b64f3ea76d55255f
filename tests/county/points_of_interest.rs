//! Sites of a table of points of interest, by the categories of Amap and Baidu.

use std::collections::BTreeMap;

use walkshed::model::Study;

use super::{findings, study_of};

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.24,29.73],[116.26,29.73]]}"#;
const CELLS: &str = "id,lon,lat\nhome,116.25,29.73\n";

const AMAP: &str = "id,名称,类型,typecode,经度,纬度
a,工商银行,金融保险服务;银行;中国工商银行,160105,116.241,29.73
b,镇政府,政府机构及社会团体;政府机关;乡镇级政府及事业单位,130105,116.242,29.73
c,村委会,政府机构及社会团体;政府机关;乡镇以下级政府及事业单位,130106,116.243,29.73
d,面馆,餐饮服务;中餐厅;中餐厅,050100,116.244,29.73
e,移动营业厅,生活服务;电讯营业厅;中国移动营业厅|公司企业;公司;公司,070603,116.245,29.73
f,面馆二,餐饮服务;中餐厅;中餐厅,050100,116.246,29.73
g,法院,政府机构及社会团体;公检法机构;法院,130503,116.247,29.73
";

fn study(sites: &str, entry: &str) -> Result<Study, String> {
    let text = format!("[inputs]\nstreets = 's.geojson'\nsites = {entry}\ncells = 'cells.csv'\n");
    study_of(&[
        ("s.geojson", STREETS),
        ("cells.csv", CELLS),
        ("poi.csv", sites),
        ("study.toml", &text),
    ])
}

fn kinds(study: &Study) -> BTreeMap<&str, &str> {
    let sites = study.sites().into_iter();
    sites
        .map(|(_, site)| (site.id.as_str(), site.kind.as_str()))
        .collect()
}

#[test]
fn categories_become_kinds_and_unknown_ones_are_left_out_and_told() {
    let study = study(AMAP, "'poi.csv'").expect("a good table");
    let expected = [
        ("a", "bank"),
        ("b", "townhall"),
        ("c", "community_centre"),
        ("e", "telecom"),
    ];
    assert_eq!(kinds(&study), BTreeMap::from(expected));
    assert_eq!(
        findings(&study, "poi-kinds"),
        [
            "4 rows have a category in \"类型\" that is a kind of sites: bank 1, community_centre 1, telecom 1, townhall 1"
        ]
    );
    assert_eq!(
        findings(&study, "poi-unknown"),
        [
            "3 rows are of 2 categories that are no kinds of sites, the most frequent 餐饮服务;中餐厅;中餐厅 2, 政府机构及社会团体;公检法机构;法院 1: left out – list all categories that are to count in inputs.sites.tags if one of these is"
        ]
    );
    assert!(findings(&study, "poi-datum")[0].contains("write crs = \"GCJ-02\""));
}

#[test]
fn the_cures_of_categories_work() {
    let entry = "{ path = 'poi.csv', crs = 'GCJ-02', tags = { '政府机构及社会团体;公检法机构' = 'court', '金融保险服务;银行' = 'bank' } }";
    let study = study(AMAP, entry).expect("a good table");
    assert_eq!(
        kinds(&study),
        BTreeMap::from([("a", "bank"), ("g", "court")])
    );
    assert!(findings(&study, "poi-datum").is_empty());
}

#[test]
fn codes_alone_say_the_same() {
    let codes: String = AMAP
        .lines()
        .map(|line| {
            let mut told: Vec<&str> = line.split(',').collect();
            told.remove(2);
            // A spreadsheet takes the zero away.
            told.join(",").replace(",0", ",") + "\n"
        })
        .collect();
    let study = study(&codes, "'poi.csv'").expect("a good table");
    assert_eq!(kinds(&study)["e"], "telecom");
    assert_eq!(kinds(&study).len(), 4);
}

#[test]
fn baidu_has_names_of_its_own() {
    let sites = "uid,name,tag,lng,lat
1,农商行,金融;信用社,116.241,29.73
2,居委会,政府机构;居民委员会,116.242,29.73
3,饭店,美食;中餐厅,116.243,29.73
";
    let study =
        study(sites, "{ path = 'poi.csv', columns = { id = 'uid' } }").expect("a good table");
    assert_eq!(
        kinds(&study),
        BTreeMap::from([("1", "bank"), ("2", "community_centre")])
    );
    assert!(findings(&study, "poi-datum")[0].contains("BD-09"));
}

#[test]
fn kinds_that_are_no_categories_stay_as_they_are() {
    let sites = "id,type,lon,lat\na,银行;自助,116.241,29.73\nb,金融,116.242,29.73\n";
    let study = study(sites, "'poi.csv'").expect("a good table");
    assert_eq!(
        kinds(&study),
        BTreeMap::from([("a", "银行;自助"), ("b", "金融")])
    );
}

#[test]
fn a_table_without_any_known_category_is_refused_and_its_cure_works() {
    let sites =
        "id,类型,lon,lat\na,餐饮服务;中餐厅,116.241,29.73\nb,餐饮服务;茶艺馆,116.242,29.73\n";
    let said = study(sites, "'poi.csv'").expect_err("nothing is known");
    assert!(
        said.contains("餐饮服务;中餐厅 1, 餐饮服务;茶艺馆 1 – list those that are to count in inputs.sites.tags"),
        "{said}"
    );
    let cured = study(sites, "{ path = 'poi.csv', tags = ['餐饮服务;茶艺馆'] }").expect("named");
    assert_eq!(kinds(&cured), BTreeMap::from([("b", "茶艺馆")]));
    let useless = study(
        "id,lon,lat\na,116.241,29.73\n",
        "{ path = 'poi.csv', tags = ['bank'] }",
    );
    let said = useless.expect_err("no categories");
    assert!(
        said.contains("of maps of OpenStreetMap, and of tables with the categories"),
        "{said}"
    );
}

#[test]
fn a_column_of_kinds_beside_the_categories_counts() {
    let sites = "id,kind,类型,lon,lat
a,bank,金融保险服务;银行;银行,116.241,29.73
b,canteen,餐饮服务;中餐厅;中餐厅,116.242,29.73
";
    let own = BTreeMap::from([("a", "bank"), ("b", "canteen")]);
    assert_eq!(kinds(&study(sites, "'poi.csv'").expect("read")), own);
    let head = sites.replace("kind", "用途");
    let named = "{ path = 'poi.csv', columns = { kind = '用途' } }";
    assert_eq!(kinds(&study(&head, named).expect("read")), own);
    // The categories that the study lists count all the same, and so does their own column.
    let listed = "{ path = 'poi.csv', tags = { '餐饮服务' = 'food' } }";
    let food = BTreeMap::from([("b", "food")]);
    assert_eq!(kinds(&study(sites, listed).expect("read")), food);
    let same = "{ path = 'poi.csv', columns = { kind = '类型' } }";
    let bank = BTreeMap::from([("a", "bank")]);
    assert_eq!(kinds(&study(&head, same).expect("read")), bank);
}

#[test]
fn the_police_of_amap_are_police() {
    let sites = "id,类型,lon,lat
a,政府机构及社会团体;公检法机构;公安警察,116.241,29.73
b,政府机构及社会团体;公检法机构;法院,116.242,29.73
";
    let study = study(sites, "'poi.csv'").expect("read");
    assert_eq!(kinds(&study), BTreeMap::from([("a", "police")]));
}

//! Sites that a map of OpenStreetMap holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use walkshed::model::{Site, Study};
use walkshed::read;

use super::{findings, study_in, study_of};

/// Banks, halls and what is none, drawn as nodes, ways and a relation; places in 1e-4 degrees from
/// 116° E, 29° N.
const MAP: &str = r#"<osm version="0.6">
<node id="1" lat="29.0010" lon="116.0010"><tag k="amenity" v="bank"/><tag k="name" v="工商银行"/><tag k="opening_hours" v="Mo-Fr 09:00-17:00"/></node>
<node id="2" lat="29.0010" lon="116.0020"><tag k="amenity" v="bank;atm"/><tag k="opening_hours" v="when the manager is in"/></node>
<node id="3" lat="29.0010" lon="116.0030"><tag k="amenity" v="cafe"/></node>
<node id="4" lat="29.0010" lon="116.0040"><tag k="amenity" v="bank"/><tag k="disused" v="yes"/></node>
<node id="5" lat="29.0010" lon="116.0050"><tag k="amenity" v="atm"/><tag k="wheelchair" v="yes"/></node>
<node id="11" lat="29.0020" lon="116.0000"/><node id="12" lat="29.0020" lon="116.0010"><tag k="entrance" v="yes"/></node>
<node id="13" lat="29.0030" lon="116.0010"><tag k="entrance" v="main"/></node><node id="14" lat="29.0030" lon="116.0000"><tag k="entrance" v="emergency"/></node>
<node id="21" lat="29.0020" lon="116.0020"/><node id="22" lat="29.0020" lon="116.0030"/><node id="23" lat="29.0030" lon="116.0030"/><node id="24" lat="29.0030" lon="116.0020"><tag k="entrance" v="emergency"/></node>
<way id="30"><nd ref="11"/><nd ref="12"/><nd ref="13"/><nd ref="14"/><nd ref="11"/><tag k="amenity" v="townhall"/><tag k="name" v="镇政府"/></way>
<way id="31"><nd ref="21"/><nd ref="22"/><nd ref="23"/><nd ref="24"/><nd ref="21"/><tag k="office" v="government"/></way>
<way id="32"><nd ref="21"/><nd ref="22"/><nd ref="99"/><nd ref="21"/><tag k="amenity" v="police"/></way>
<way id="41"><nd ref="51"/><nd ref="52"/><nd ref="53"/></way>
<way id="42"><nd ref="51"/><nd ref="54"/><nd ref="53"/></way>
<node id="51" lat="29.0020" lon="116.0040"/><node id="52" lat="29.0020" lon="116.0060"/><node id="53" lat="29.0040" lon="116.0060"/><node id="54" lat="29.0040" lon="116.0040"/>
<relation id="60"><member type="way" ref="41" role="outer"/><member type="way" ref="42" role="outer"/><tag k="type" v="multipolygon"/><tag k="amenity" v="marketplace"/></relation>
<way id="70"><nd ref="11"/><nd ref="51"/><tag k="highway" v="residential"/></way>
</osm>"#;

const CELLS: &str = "id,lon,lat\nhome,116.0005,29.002\n";

fn study_text(sites: &str, more: &str) -> String {
    format!("[inputs]\nstreets = 'map.osm'\nsites = {sites}\ncells = 'cells.csv'\n{more}")
}

fn study(map: &str, sites: &str, more: &str) -> Result<Study, String> {
    let text = study_text(sites, more);
    study_of(&[
        ("map.osm", map),
        ("cells.csv", CELLS),
        ("study.toml", &text),
    ])
}

fn site<'s>(study: &'s Study, id: &str) -> &'s Site {
    let mut sites = study.sites().into_iter();
    let found = sites.find(|(_, site)| site.id == id);
    found.unwrap_or_else(|| panic!("no site {id}")).1
}

fn kinds(study: &Study) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for (_, site) in study.sites() {
        *kinds.entry(site.kind.as_str()).or_default() += 1;
    }
    kinds
}

fn place(study: &Study, id: &str) -> [i64; 2] {
    let at = site(study, id).at;
    #[expect(clippy::cast_possible_truncation, reason = "some ten-thousandths")]
    let steps = [at.lon() - 116.0, at.lat() - 29.0].map(|off| (off * 1e5).round() as i64);
    steps
}

#[test]
fn a_map_tells_sites_by_their_tags_and_where_one_enters() {
    let study = study(MAP, "'map.osm'", "").expect("a good map");
    let ids: Vec<&str> = study
        .sites()
        .into_iter()
        .map(|(_, site)| site.id.as_str())
        .collect();
    assert_eq!(ids, ["n1", "n2", "n5", "r60", "w30", "w31"]);
    assert_eq!(site(&study, "n1").name, "工商银行");
    assert_eq!(site(&study, "n2").name, "n2");
    // At the main entrance; the other stands in its middle, for an emergency exit is no entrance.
    assert_eq!(place(&study, "w30"), [100, 300]);
    assert_eq!(place(&study, "w31"), [250, 250]);
    assert_eq!(place(&study, "r60"), [500, 300]);
    let expected = [
        ("atm", 1),
        ("bank", 2),
        ("government", 1),
        ("marketplace", 1),
        ("townhall", 1),
    ];
    assert_eq!(kinds(&study), BTreeMap::from(expected));
    assert_eq!(
        findings(&study, "map-sites"),
        [
            "6 sites taken from the map: atm 1, bank 2, government 1, marketplace 1, townhall 1; 1 stand at a mapped entrance, 4 have no name"
        ]
    );
    assert_eq!(findings(&study, "map-sites-closed").len(), 1);
    assert!(findings(&study, "map-sites-cut")[0].contains("such as w32"));
}

#[test]
fn what_is_perhaps_mapped_twice_is_told() {
    let hall = r#"<node id="80" lat="29.0025" lon="116.0005"><tag k="amenity" v="townhall"/></node></osm>"#;
    let twice = study(&MAP.replace("</osm>", hall), "'map.osm'", "").expect("a good map");
    let said = findings(&twice, "map-sites-twice");
    assert!(said[0].contains("such as n80 in w30"), "{said:?}");
    let once = study(MAP, "'map.osm'", "").expect("a good map");
    assert!(findings(&once, "map-sites-twice").is_empty());

    // A hall that is given up counts for nothing, and so not twice.
    let old = r#"<node id="80" lat="29.0025" lon="116.0005"><tag k="amenity" v="townhall"/><tag k="disused" v="yes"/></node></osm>"#;
    let once = study(&MAP.replace("</osm>", old), "'map.osm'", "").expect("a good map");
    assert!(findings(&once, "map-sites-twice").is_empty());
}

#[test]
fn a_market_and_its_outline_are_one_site() {
    let way = r#"<way id="41"><nd ref="51"/><nd ref="52"/><nd ref="53"/><nd ref="54"/><nd ref="51"/><tag k="amenity" v="marketplace"/></way>"#;
    let drawn = MAP
        .replace(
            r#"<way id="41"><nd ref="51"/><nd ref="52"/><nd ref="53"/></way>"#,
            way,
        )
        .replace(r#"<member type="way" ref="42" role="outer"/>"#, "");
    let once = study(&drawn, "'map.osm'", "").expect("a good map");
    assert_eq!(kinds(&once)["marketplace"], 1);
    assert_eq!(
        findings(&once, "map-sites-outlines"),
        ["1 way is the outline of an area of the same kind: the area counts alone"]
    );
    // The outline of a market may be that of a hall.
    let hall = drawn.replacen("marketplace", "townhall", 1);
    let two = study(&hall, "'map.osm'", "").expect("a good map");
    assert_eq!(
        [kinds(&two)["marketplace"], kinds(&two)["townhall"]],
        [1, 2]
    );
}

#[test]
fn an_area_that_does_not_close_is_not_beyond_the_map() {
    let open = MAP.replace(r#"<member type="way" ref="42" role="outer"/>"#, "");
    let study = study(&open, "'map.osm'", "").expect("a good map");
    assert_eq!(
        findings(&study, "map-sites-open"),
        [
            "1 site is an area whose outline does not close, such as r60: left out – correct it in OpenStreetMap"
        ]
    );
    assert_eq!(findings(&study, "map-sites-cut").len(), 1);
}

#[test]
fn where_no_site_is_left_the_reasons_are_told() {
    let police = "{ path = 'map.osm', tags = ['amenity=police'] }";
    let said = study(MAP, police, "").expect_err("it is cut");
    assert!(
        said.contains(
            "no object with one of the tags amenity=police can be used: 1 lie in part beyond the map, 0 are disused"
        ),
        "{said}"
    );
}

#[test]
fn overpass_tells_where_things_are_or_is_refused() {
    let answer = |elements: &str| {
        format!(
            r#"{{"version":0.6,"generator":"Overpass API","elements":[{elements},{{"type":"way","id":70,"nodes":[11,51],"geometry":[{{"lat":29.002,"lon":116.0}},{{"lat":29.002,"lon":116.004}}],"tags":{{"highway":"residential"}}}}]}}"#
        )
    };
    let centre = answer(
        r#"{"type":"way","id":30,"nodes":[1,2,3,1],"center":{"lat":29.002,"lon":116.001},"tags":{"amenity":"bank"}}"#,
    );
    let said = study(&centre, "'map.osm'", "").expect_err("a middle");
    assert!(
        said.contains("of way 30 the answer tells the middle alone – ask with \"out geom\""),
        "{said}"
    );
    // As its cure has it.
    let geometry = r#"[{"lat":29.002,"lon":116.002},{"lat":29.002,"lon":116.003},{"lat":29.003,"lon":116.003},{"lat":29.002,"lon":116.002}]"#;
    let placed = answer(&format!(
        r#"{{"type":"way","id":30,"nodes":[1,2,3,1],"geometry":{geometry},"tags":{{"amenity":"bank"}}}},
        {{"type":"relation","id":31,"members":[{{"type":"way","ref":32,"role":"outer","geometry":{geometry}}}],"tags":{{"amenity":"townhall"}}}}"#
    ));
    let study = study(&placed, "'map.osm'", "").expect("a good answer");
    assert_eq!(
        kinds(&study),
        BTreeMap::from([("bank", 1), ("townhall", 1)])
    );
}

#[test]
fn the_study_may_say_which_tags_count_and_as_what() {
    let listed = study(
        MAP,
        "{ path = 'map.osm', tags = ['amenity=cafe', 'amenity=bank'] }",
        "",
    );
    assert_eq!(
        kinds(&listed.expect("a good map")),
        BTreeMap::from([("bank", 2), ("cafe", 1)])
    );
    let named = study(
        MAP,
        "{ path = 'map.osm', tags = { 'amenity=bank' = 'bank-terminal' } }",
        "",
    );
    assert_eq!(
        kinds(&named.expect("a good map")),
        BTreeMap::from([("bank-terminal", 2)])
    );
}

#[test]
fn hours_that_nobody_understands_are_left_out_and_told() {
    let time = "[time]\nweek = '2026-11-30'\n";
    let study = study(MAP, "'map.osm'", time).expect("a good map");
    assert!(site(&study, "n1").hours.is_some());
    assert!(site(&study, "n2").hours.is_none());
    let said = findings(&study, "map-hours");
    assert_eq!(
        said,
        [
            "the hours of 1 site of the map are not understood, such as \"when the manager is in\": left out, as if not stated – correct them in OpenStreetMap"
        ]
    );
}

#[test]
fn what_cannot_be_is_refused_with_a_cure() {
    let said = |sites: &str| study(MAP, sites, "").expect_err("it is wrong");
    let bank = said("{ path = 'map.osm', tags = ['bank'] }");
    assert!(bank.contains("write it as \"amenity=bank\""), "{bank}");
    let none = said("{ path = 'map.osm', tags = ['amenity=zoo'] }");
    assert!(none.contains("amenity=zoo – name other tags"), "{none}");
    let columns = said("{ path = 'map.osm', columns = { kind = 'amenity' } }");
    assert!(columns.contains("inputs.sites.columns"), "{columns}");
    let five = said("{ path = 'map.osm', tags = 5 }");
    assert!(five.contains("[\"amenity=bank\", …]"), "{five}");
    let cut = study(&MAP[..MAP.len() - 9], "'map.osm'", "").expect_err("cut");
    assert!(cut.starts_with("map.osm"), "{cut}");
    // Of a table tags are of no use.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("s.csv"),
        "id,lon,lat\na,116.001,29.001\n",
    )
    .expect("written");
    let text = study_text("{ path = 's.csv', tags = ['amenity=bank'] }", "");
    let files = [
        ("map.osm", MAP),
        ("cells.csv", CELLS),
        ("study.toml", &text),
    ];
    let table = study_in(folder.path(), &files).expect_err("no map");
    assert!(
        table.contains("inputs.sites.tags") && table.contains("leave it out"),
        "{table}"
    );
}

/// Gushi's county seat: the services that were taken from this map by another program.
///
/// Of the kinds that both know the numbers are the same: 48 banks, of which 43 are nodes and five are
/// buildings. Nodes stand at the same place; buildings at their centroid or an entrance, there at the
/// middle of their vertices, a few metres off. What `services.csv` does not list (police,
/// clinics, hospitals, markets, stations, libraries) was not asked for there.
#[test]
fn the_services_of_gushi_are_those_that_another_program_found() {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return;
    };
    let data = data.canonicalize().expect("the data folder").join("data");
    let map = data.join("osm/gushi_seat.osm.pbf").display().to_string();
    let cells = data.join("gushi/origins.csv").display().to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("[inputs]\nstreets = '{map}'\nsites = '{map}'\ncells = '{cells}'\n");
    fs::write(folder.path().join("study.toml"), text).expect("written");
    let (study, _) = read::study(folder.path().join("study.toml")).expect("a good map");
    let services = fs::read_to_string(data.join("gushi/services.csv")).expect("the services");
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    let mut farthest = 0.0_f64;
    for line in services.lines().skip(1) {
        let told: Vec<&str> = line.split(',').collect();
        let (_, kind) = told[1].split_once('=').expect("a tag");
        *expected.entry(kind).or_default() += 1;
        let site = site(&study, told[0]);
        assert_eq!(site.kind, kind, "{line}");
        if !told[2].is_empty() {
            assert_eq!(site.name, told[2], "{line}");
        }
        let [lon, lat] = [told[3], told[4]].map(|text| text.parse::<f64>().expect("degrees"));
        let at = walkshed::plane::Position::new(lon, lat).expect("on the globe");
        let off = site.at.distance(at);
        assert!(
            off < if told[0].starts_with('n') { 0.1 } else { 50.0 },
            "{line}: {off} m"
        );
        farthest = farthest.max(off);
    }
    let found = kinds(&study);
    println!("{found:?}, of {expected:?}; buildings up to {farthest:.1} m off");
    for (kind, count) in expected {
        assert_eq!(found.get(kind), Some(&count), "{kind}");
    }
}

/// Kinds need not be declared: offers, and whatever else names kinds, find those of the map. A bank is
/// some 160 m from home, the market some 490 m.
#[test]
fn offers_find_the_kinds_of_the_map() {
    let share = |kind: &str| {
        let text = study_text(
            "'map.osm'",
            "offers = 'offers.csv'\n[target]\nminutes = 4\n",
        );
        let files = [
            ("map.osm", MAP),
            ("cells.csv", CELLS),
            ("offers.csv", &format!("kind,item\n{kind},pension\n")),
            ("study.toml", &text),
        ];
        let study = study_of(&files).expect("a good study");
        let results = walkshed::run(&study, &walkshed::Options::default()).expect("few pairs");
        results
            .coverage
            .share()
            .value()
            .expect("people")
            .to_string()
    };
    assert_eq!(share("bank"), "1");
    assert_eq!(share("marketplace"), "0");
}

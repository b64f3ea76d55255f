//! Every row of `tag_table.tsv`, read from a file to its pieces: who walks where tags say so.
//!
//! A plain street leads through what is asked about, from 116.201 to 116.203, to another plain one.

use super::lines::{joined, lines};
use super::osm;
use super::street_columns::StreetColumns;
use super::walk_rule::HowWalked;
use super::ways::{About, Access, RawStreets};
use crate::model::{Memory, StreetRules};

const TABLE: &str = include_str!("tag_table.tsv");

/// The columns: where the tags stand, the tags, and for whom it is open.
type Row<'a> = [&'a str; 6];

fn rows() -> Vec<Row<'static>> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let cells = |row: &'static str| row.split('\t').collect::<Vec<_>>();
    rows.map(|row| cells(row).try_into().expect("six columns"))
        .collect()
}

/// The tags of a row; a blank parts two.
fn tags(written: &str) -> Vec<(&str, &str)> {
    let tags = written.split(' ');
    tags.map(|tag| tag.split_once('=').expect("a tag"))
        .collect()
}

fn osm_streets(on: &str, asked: &str) -> RawStreets {
    let escaped = |text: &str| text.replace('"', "&quot;").replace('>', "&gt;");
    let tag = |(key, value): (&str, &str)| format!(r#"<tag k="{key}" v="{}"/>"#, escaped(value));
    let asked: String = tags(asked).into_iter().map(tag).collect();
    let plain = r#"<tag k="highway" v="residential"/>"#;
    let [way, node, area] =
        ["way", "node", "area"].map(|place| if on == place { &*asked } else { "" });
    let way = if on == "node" { plain } else { way };
    let text = format!(
        r#"<osm>
<node id="1" lat="29.7" lon="116.200"/><node id="2" lat="29.7" lon="116.201"/>
<node id="3" lat="29.7" lon="116.202">{node}</node>
<node id="4" lat="29.7" lon="116.203"/><node id="5" lat="29.7" lon="116.204"/>
<way id="1"><nd ref="1"/><nd ref="2"/>{plain}</way>
<way id="2"><nd ref="2"/><nd ref="3"/><nd ref="4"/>{way}</way>
<way id="3"><nd ref="4"/><nd ref="5"/>{plain}</way>
<relation id="9"><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/>{area}</relation>
</osm>"#
    );
    let read = osm::streets(
        text.as_bytes(),
        "a.osm",
        Memory::default(),
        osm::Asked::default(),
    );
    read.expect("a good map")
}

fn json_streets(asked: &str) -> RawStreets {
    let properties: serde_json::Map<_, _> = tags(asked)
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    let line = |properties: &str, lons: [&str; 2]| {
        let [from, to] = lons;
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"LineString","coordinates":[[{from},29.7],[{to},29.7]]}}}}"#
        )
    };
    let asked = serde_json::to_string(&properties).expect("JSON");
    let text = [
        line("{}", ["116.2", "116.201"]),
        line(&asked, ["116.201", "116.203"]),
        line("{}", ["116.203", "116.204"]),
    ]
    .join("\n");
    let columns = StreetColumns::default();
    let read = lines(text.as_bytes(), "a.geojson", columns, HowWalked::default());
    joined(&mut read.expect("good lines"))
}

/// What is said of each piece between 116.201 and 116.203.
fn between(raw: &RawStreets) -> Vec<About> {
    let is_between = |node: u32| (116.200_999..116.203_001).contains(&raw.nodes[node as usize][0]);
    let said = |place: usize| {
        let place = u32::try_from(place).expect("few pieces");
        let stretch = raw
            .stretches
            .iter()
            .find(|stretch| stretch.pieces.contains(&place));
        stretch.map_or_else(About::default, |stretch| stretch.about)
    };
    let pieces = raw.pieces.iter().enumerate();
    pieces
        .filter(|(_, ends)| ends.iter().all(|&node| is_between(node)))
        .map(|(place, _)| said(place))
        .collect()
}

/// Who goes through all of these pieces: stranger, resident, wheelchair, bicycle.
fn answers(pieces: &[About]) -> [&'static str; 4] {
    let wheelchair = StreetRules {
        wheelchair: true,
        ..StreetRules::default()
    };
    let all = |holds: &dyn Fn(&About) -> bool| !pieces.is_empty() && pieces.iter().all(holds);
    let word = |holds: bool| if holds { "yes" } else { "no" };
    let stranger = all(&|about| about.access == Access::Public);
    let resident = all(&|about| about.access != Access::Closed);
    let wheeled = stranger && all(&|about| !wheelchair.closes(&about.traits));
    let rides = all(&|about| about.traits.ridden() == [true; 2]);
    let bicycle = match (stranger, rides) {
        (false, _) => "no",
        (true, true) => "ride",
        (true, false) => "push",
    };
    [word(stranger), word(resident), word(wheeled), bicycle]
}

#[test]
fn the_table_has_two_hundred_rows_none_of_them_twice() {
    let mut rows: Vec<_> = rows()
        .into_iter()
        .map(|[on, tags, ..]| (on, tags))
        .collect();
    let all = rows.len();
    assert!(all >= 200, "{all}");
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), all);
}

#[test]
fn every_row_of_the_table_is_answered_so() {
    let wrong: Vec<String> = rows()
        .into_iter()
        .filter_map(|[on, tags, right @ ..]| {
            let raw = match on {
                "line" => json_streets(tags),
                "way" | "node" | "area" => osm_streets(on, tags),
                other => panic!("{other} is no place for tags"),
            };
            let got = answers(&between(&raw));
            (got != right).then(|| format!("{on} {tags}: {got:?}, not {right:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

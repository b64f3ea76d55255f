//! Private ways, bridges and tunnels as maps have them: the cases beside the data, and towns of our own.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use walkshed::model::{Findings, Study, WalkedBy};
use walkshed::snap::{Snap, link};
use walkshed::{Options, read};

/// By cell the verdict, and the seconds to the nearest site where there is one within half an hour.
fn answers(study: &Study) -> Vec<(&'static str, Option<f64>)> {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    let times = results.coverage.times();
    let cells = study.cells().iter();
    cells
        .map(|(cell, _)| {
            let verdict = results.coverage.cell(cell).verdict;
            let after = times.nearest(cell).map(|reach| reach.time.seconds());
            (verdict.word(), after)
        })
        .collect()
}

fn case(file: &str) -> Option<Study> {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return None;
    };
    let path = data.join("cases").join(file);
    let read = read::study(&path).unwrap_or_else(|wrong| panic!("{file}: {wrong}"));
    Some(read.0)
}

fn is_about((word, after): (&str, Option<f64>), verdict: &str, seconds: f64) -> bool {
    word == verdict && after.is_some_and(|after| (after - seconds).abs() <= 1.0)
}

#[test]
fn case_05_a_home_on_the_hill_above_a_tunnel() {
    for file in ["05/study.toml", "05/study_onhill.toml"] {
        let Some(study) = case(file) else { return };
        let answer = answers(&study)[0];
        assert_eq!(answer.0, "too-far", "{file}: {answer:?}");
    }
    let right = answers(&case("05/study_onhill.toml").expect("it is there"))[0];
    assert!(is_about(right, "too-far", 1541.0), "{right:?}");
}

#[test]
fn case_06_residents_walk_out_of_their_gate() {
    let Some(study) = case("06/study.toml") else {
        return;
    };
    let open = case("06/study_open.toml").expect("both are there");
    let (own, open) = (answers(&study), answers(&open));
    assert!(is_about(own[0], "too-far", 1071.3), "{own:?}");
    assert_eq!(
        own, open,
        "the way out is the same for those who live there"
    );
}

/// Nodes and ways of a map: a place in metres east and north, and the tags of a node; the nodes and the
/// tags of a way. A degree is 100 km here, which every test below is free to do.
struct Map<'a> {
    nodes: &'a [([i32; 2], &'a str)],
    ways: &'a [(&'a [usize], &'a str)],
}

fn place([x, y]: [i32; 2]) -> [f64; 2] {
    [f64::from(x) / 111_319.49, f64::from(y) / 110_574.28]
}

fn tags(tags: &str) -> String {
    let pairs = tags
        .split_whitespace()
        .filter_map(|tag| tag.split_once('='));
    pairs.fold(String::new(), |mut xml, (key, value)| {
        let _ = write!(xml, "<tag k=\"{key}\" v=\"{value}\"/>");
        xml
    })
}

impl Map<'_> {
    fn xml(&self) -> String {
        let mut xml = String::from("<osm version=\"0.6\">");
        for (id, (at, node)) in self.nodes.iter().enumerate() {
            let ([lon, lat], tags) = (place(*at), tags(node));
            let _ = write!(
                xml,
                "<node id=\"{}\" lon=\"{lon:.9}\" lat=\"{lat:.9}\">{tags}</node>",
                id + 1
            );
        }
        for (id, (nodes, way)) in self.ways.iter().enumerate() {
            let refs = nodes.iter().fold(String::new(), |mut refs, node| {
                let _ = write!(refs, "<nd ref=\"{}\"/>", node + 1);
                refs
            });
            let _ = write!(xml, "<way id=\"{}\">{refs}{}</way>", id + 1, tags(way));
        }
        xml + "</osm>"
    }

    /// The study of the map with a site and some homes, and what `[walk]` says.
    fn study(&self, site: [i32; 2], homes: &[[i32; 2]], walk: &str) -> (Study, Findings) {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: String| {
            fs::write(folder.path().join(name), text).expect("room for a small file");
        };
        let point = |(number, at): (usize, &[i32; 2])| {
            let [lon, lat] = place(*at);
            format!("{number},{lon:.9},{lat:.9}\n")
        };
        let head = "id,lon,lat\n".to_owned();
        put("streets.osm", self.xml());
        put("sites.csv", head.clone() + &point((0, &site)));
        put(
            "cells.csv",
            head + &homes.iter().enumerate().map(point).collect::<String>(),
        );
        put(
            "study.toml",
            format!(
                "[inputs]\nstreets = \"streets.osm\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\n[walk]\n{walk}"
            ),
        );
        read_study(&folder.path().join("study.toml"))
    }
}

fn read_study(path: &Path) -> (Study, Findings) {
    read::study(path).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn metres(study: &Study) -> Vec<Option<i64>> {
    let answers = answers(study).into_iter();
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand metres")]
    answers
        .map(|(_, after)| after.map(|after| (after / 0.9).round() as i64))
        .collect()
}

/// A street from west to east, a compound north of it whose way leads up 200 m and then 400 m west.
const COMPOUND: Map<'_> = Map {
    nodes: &[
        ([-600, 0], ""),
        ([0, 0], ""),
        ([600, 0], ""),
        ([0, 50], "barrier=gate"),
        ([0, 200], ""),
        ([-400, 200], ""),
    ],
    ways: &[
        (&[0, 1, 2], "highway=residential name=street"),
        (&[1, 3, 4], "highway=service access=private name=gateway"),
        (&[4, 5], "highway=service access=private name=inside"),
    ],
};

#[test]
fn residents_walk_out_of_the_gate_and_with_nobody_straight_through_the_wall() {
    let homes = [[-390, 210], [-390, 10], [-390, 620]];
    let (study, findings) = COMPOUND.study([-400, -10], &homes, "");
    // 10 m to the way, 390 in, 200 out, 400 back along the street, 10 to the site; a stranger's 10 + 10
    // + 10; and 420 m to the compound's way where the street is 620 m off.
    assert_eq!(
        metres(&study),
        [Some(10 + 390 + 200 + 400 + 10), Some(30), Some(1420)]
    );
    assert_eq!(findings.count("private-ways"), 1);
    // What the note says can be done about it: then they are led through the wall as before.
    let (study, findings) = COMPOUND.study([-400, -10], &homes, "private = \"nobody\"");
    assert_eq!(metres(&study), [Some(210 + 10 + 10), Some(30), None]);
    assert_eq!(findings.count("private-ways"), 0);
    assert!(study.network().traits().is_empty());
}

#[test]
fn a_way_for_those_who_go_there_is_left_by_residents_and_walked_through_by_nobody() {
    for tag in ["destination", "private"] {
        let way = format!("highway=service access={tag}");
        let map = Map {
            nodes: &[
                ([0, 0], ""),
                ([0, 300], ""),
                ([600, 300], ""),
                ([600, 0], ""),
            ],
            ways: &[(&[0, 1, 2, 3], "highway=residential"), (&[0, 3], &way)],
        };
        let (study, _) = map.study([600, 10], &[[0, 10], [200, 10]], "");
        assert_eq!(
            metres(&study),
            [Some(290 + 600 + 290), Some(10 + 400 + 10)],
            "{tag}"
        );
    }
}

#[test]
fn streets_behind_a_private_entrance_belong_to_the_compound() {
    // Only the entrance is tagged; the streets inside are 200 m north of it.
    let map = Map {
        nodes: &[
            ([-600, 0], ""),
            ([0, 0], ""),
            ([600, 0], ""),
            ([0, 200], ""),
            ([-400, 200], ""),
            ([400, 200], ""),
            ([800, 0], ""),
        ],
        ways: &[
            (&[0, 1, 2, 6], "highway=residential"),
            (&[1, 3], "highway=service access=private"),
            (&[4, 3, 5], "highway=service"),
        ],
    };
    let (study, _) = map.study([0, -10], &[[-300, 210], [-300, 10]], "");
    assert_eq!(metres(&study), [Some(10 + 300 + 200 + 10), Some(320)]);
    // And nobody comes in to a site there.
    let (study, _) = map.study([300, 210], &[[-300, 210], [-300, 10]], "");
    assert_eq!(metres(&study), [Some(10 + 600 + 10), None]);
}

#[test]
fn a_private_gate_lets_those_out_who_live_behind_it() {
    let map = Map {
        nodes: &[
            ([-600, 0], ""),
            ([0, 0], ""),
            ([600, 0], ""),
            ([0, 100], "barrier=gate access=private"),
            ([0, 300], ""),
        ],
        ways: &[
            (&[0, 1, 2], "highway=residential"),
            (&[1, 3, 4], "highway=service"),
        ],
    };
    let (study, _) = map.study([10, 290], &[[400, 10], [10, 150], [10, 50]], "");
    // The site stands behind the gate: nobody comes in.
    assert_eq!(metres(&study), [None, Some(160), None]);
    let (study, _) = map.study([400, 10], &[[400, 10], [10, 150], [10, 50]], "");
    assert_eq!(metres(&study), [Some(20), Some(570), Some(470)]);
}

#[test]
fn nobody_hangs_on_bridges_and_in_tunnels_but_on_boardwalks_and_in_passages() {
    let hangs = |tags: &str, walk: &str| {
        let way = format!("highway=footway {tags}");
        let map = Map {
            nodes: &[
                ([0, 0], ""),
                ([300, 0], ""),
                ([600, 0], ""),
                ([0, 100], ""),
                ([600, 100], ""),
            ],
            ways: &[(&[0, 1, 2], &way), (&[0, 3, 4, 2], "highway=residential")],
        };
        let (study, _) = map.study([300, 110], &[[300, 10]], walk);
        let cell = study.cells().iter().next().expect("a home").0;
        let Some(Snap::Snapped { gap, .. }) = link(&study).cell(cell) else {
            panic!("stranded");
        };
        gap < 20.0
    };
    for off in [
        "bridge=yes",
        "bridge=viaduct layer=1",
        "tunnel=yes layer=-1",
        "tunnel=covered",
    ] {
        assert!(!hangs(off, ""), "{off}");
        assert!(hangs(off, "rule = \"W2\""), "{off}");
    }
    for on in [
        "",
        "bridge=no",
        "bridge=boardwalk",
        "tunnel=building_passage",
        "layer=1",
        "layer=-1",
    ] {
        assert!(hangs(on, ""), "{on}");
    }
}

#[test]
fn a_bridge_that_ends_where_no_street_goes_on_is_left_at_its_end() {
    // A pier of 600 m, in two pieces: its middle has no doors, and its end has.
    let map = Map {
        nodes: &[([0, 0], ""), ([100, 0], ""), ([400, 0], ""), ([700, 0], "")],
        ways: &[
            (&[0, 1], "highway=residential"),
            (&[1, 2, 3], "highway=footway bridge=yes"),
        ],
    };
    let (study, _) = map.study([0, 0], &[[700, 10], [390, 10]], "");
    // From its middle in a straight line back to the street.
    assert_eq!(metres(&study), [Some(10 + 700), Some(290 + 100)]);
    let pieces = study.network().edges().len();
    assert_eq!(pieces, 4, "the last metre is a piece of its own");
}

#[test]
fn who_walks_private_ways_is_one_of_two_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("study.toml");
    for (name, text) in [
        ("streets.osm", COMPOUND.xml()),
        ("points.csv", "id,lon,lat\na,0,0\n".to_owned()),
        (
            "study.toml",
            "[inputs]\nstreets = \"streets.osm\"\nsites = \"points.csv\"\ncells = \"points.csv\"\n[walk]\nprivate = \"resident\"\n"
                .to_owned(),
        ),
    ] {
        fs::write(folder.path().join(name), text).expect("room for a small file");
    }
    let wrong = read::study(&path).expect_err("no such word").to_string();
    assert!(
        wrong.contains("residents") && wrong.contains("nobody"),
        "{wrong}"
    );
    // The word that it proposes is one.
    let right = fs::read_to_string(&path)
        .expect("there")
        .replace("\"resident\"", "\"residents\"");
    fs::write(&path, right).expect("room");
    let (study, _) = read_study(&path);
    let own = study.network().traits().iter();
    assert!(
        own.clone()
            .any(|(_, street)| street.walked_by == WalkedBy::Residents)
    );
}

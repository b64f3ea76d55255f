//! The fixture: Hukou county's true township names on an invented map.

mod cells;
mod departments;
mod items;
mod links;
mod more;
mod offers;
mod sites;
mod streets;

use super::cells::Cell;
use super::outline;
use super::output::Tables;
use super::plan::{Hub, Parts, Plan, Road, Township};
use super::rng::Rng;
use super::shape::{Pt, Ring, Water, curve, pt};
use super::sites::Site;
use super::world::World;

/// Code, name, residents, care for stations, percent of full stations, remote hamlets.
type TownshipRow = (&'static str, &'static str, usize, usize, usize, usize);

const TOWNSHIPS: [TownshipRow; 13] = [
    ("360429100", "双钟镇", 70_000, 70, 30, 0),
    ("360429101", "流泗镇", 22_500, 60, 40, 1),
    ("360429102", "马影镇", 19_000, 35, 25, 1),
    ("360429103", "武山镇", 13_500, 15, 15, 4),
    ("360429104", "城山镇", 17_000, 40, 20, 3),
    ("360429105", "文桥镇", 20_500, 70, 25, 1),
    ("360429106", "凰村镇", 12_000, 80, 65, 0),
    ("360429200", "大垅乡", 9_500, 45, 30, 2),
    ("360429202", "张青乡", 11_000, 40, 20, 1),
    ("360429205", "付垅乡", 6_500, 5, 0, 4),
    ("360429208", "舜德乡", 9_000, 30, 0, 2),
    ("360429210", "流芳乡", 10_000, 60, 55, 1),
    ("360429400", "湖口高新技术产业园区", 1_500, 0, 0, 0),
];

/// Township, centre, axis, blocks, block size, residents, communities (0: a zone).
type HubRow = (
    usize,
    Pt,
    (f64, f64),
    (usize, usize),
    (f64, f64),
    usize,
    usize,
);

const HUBS: [HubRow; 15] = [
    (
        0,
        pt(10_700.0, 26_500.0),
        (0.96, 0.28),
        (20, 18),
        (60.0, 110.0),
        26_000,
        5,
    ),
    (
        0,
        pt(13_700.0, 26_500.0),
        (1.0, 0.0),
        (18, 16),
        (120.0, 190.0),
        34_000,
        5,
    ),
    (
        0,
        pt(12_000.0, 23_800.0),
        (0.96, -0.28),
        (10, 6),
        (80.0, 130.0),
        4_500,
        1,
    ),
    (
        12,
        pt(16_000.0, 29_000.0),
        (0.8, 0.6),
        (6, 5),
        (160.0, 230.0),
        1_500,
        0,
    ),
    (
        1,
        pt(22_500.0, 30_300.0),
        (0.8, 0.6),
        (11, 10),
        (80.0, 150.0),
        9_000,
        2,
    ),
    (
        2,
        pt(20_500.0, 24_300.0),
        (1.0, 0.0),
        (10, 9),
        (80.0, 150.0),
        6_500,
        1,
    ),
    (
        3,
        pt(24_500.0, 18_000.0),
        (0.6, 0.8),
        (6, 6),
        (70.0, 130.0),
        2_500,
        1,
    ),
    (
        4,
        pt(16_800.0, 9_500.0),
        (0.96, 0.28),
        (9, 8),
        (80.0, 140.0),
        4_500,
        1,
    ),
    (
        5,
        pt(26_800.0, 26_500.0),
        (0.96, -0.28),
        (10, 9),
        (90.0, 150.0),
        8_500,
        2,
    ),
    (
        6,
        pt(17_800.0, 26_800.0),
        (0.8, -0.6),
        (8, 7),
        (90.0, 150.0),
        5_500,
        1,
    ),
    (
        7,
        pt(17_300.0, 18_300.0),
        (1.0, 0.0),
        (6, 5),
        (80.0, 130.0),
        1_800,
        1,
    ),
    (
        8,
        pt(28_500.0, 32_800.0),
        (0.8, 0.6),
        (7, 6),
        (80.0, 140.0),
        3_000,
        1,
    ),
    (
        9,
        pt(30_800.0, 21_500.0),
        (0.6, 0.8),
        (5, 4),
        (70.0, 120.0),
        900,
        1,
    ),
    (
        10,
        pt(10_800.0, 12_800.0),
        (0.96, 0.28),
        (6, 5),
        (80.0, 130.0),
        1_500,
        1,
    ),
    (
        11,
        pt(11_300.0, 19_300.0),
        (1.0, 0.0),
        (7, 6),
        (80.0, 130.0),
        2_400,
        1,
    ),
];

/// Islands: name, centre, radius, residents, whether a station may stand there.
const ISLANDS: [(&str, Pt, f64, usize, bool); 2] = [
    ("白沙洲村", pt(3_600.0, 17_500.0), 700.0, 980, false),
    ("月亮洲村", pt(5_000.0, 9_900.0), 600.0, 860, true),
];

/// The study file; the what-if study is the same with changes.
const STUDY: &str = include_str!("hukou/study.toml");

/// Index of the island hub that has a bridge.
const BRIDGED_ISLAND: usize = HUBS.len() + 1;

const PRIMARY: &str = r#""highway":"primary""#;
const SECONDARY: &str = r#""highway":"secondary""#;
const TERTIARY: &str = r#""highway":"tertiary""#;
const BRIDGE: &str = r#""highway":"secondary","bridge":"yes""#;
const LOCAL: &str = r#""highway":"unclassified""#;
const TRACK: &str = r#""highway":"track""#;

/// Hub, hub, tags, winding, villages of either township.
type LinkRow = (usize, usize, &'static str, f64, (usize, usize));

const LINKS: [LinkRow; 18] = [
    (1, 3, SECONDARY, 0.08, (1, 0)),
    (1, 9, PRIMARY, 0.06, (0, 1)),
    (3, 9, TERTIARY, 0.08, (0, 0)),
    (9, 4, PRIMARY, 0.08, (2, 2)),
    (4, 11, SECONDARY, 0.10, (2, 2)),
    (9, 5, SECONDARY, 0.08, (1, 1)),
    (5, 8, SECONDARY, 0.10, (2, 2)),
    (8, 11, TERTIARY, 0.10, (2, 1)),
    (8, 12, TERTIARY, 0.17, (2, 1)),
    (5, 6, SECONDARY, 0.14, (2, 2)),
    (6, 12, TERTIARY, 0.20, (1, 2)),
    (5, 10, TERTIARY, 0.10, (2, 2)),
    (10, 14, TERTIARY, 0.10, (2, 2)),
    (2, 14, SECONDARY, 0.08, (1, 2)),
    (14, 13, SECONDARY, 0.10, (2, 2)),
    (10, 7, SECONDARY, 0.12, (2, 2)),
    (13, 7, TERTIARY, 0.12, (1, 2)),
    (6, 7, TERTIARY, 0.18, (2, 2)),
];

/// Dead ends: hub, end, tags, winding, villages.
const SPURS: [(usize, Pt, &str, f64, usize); 27] = [
    (1, pt(14_300.0, 28_900.0), LOCAL, 0.08, 1),
    (4, pt(20_000.0, 31_500.0), LOCAL, 0.10, 1),
    (4, pt(24_300.0, 28_300.0), LOCAL, 0.10, 1),
    (4, pt(23_500.0, 33_100.0), LOCAL, 0.10, 1),
    (5, pt(24_300.0, 23_000.0), LOCAL, 0.12, 2),
    (5, pt(17_400.0, 23_100.0), LOCAL, 0.12, 1),
    (6, pt(28_000.0, 15_800.0), LOCAL, 0.22, 2),
    (6, pt(25_600.0, 13_000.0), TRACK, 0.22, 2),
    (7, pt(13_500.0, 6_500.0), LOCAL, 0.12, 2),
    (7, pt(20_200.0, 6_600.0), LOCAL, 0.18, 2),
    (8, pt(30_600.0, 27_600.0), LOCAL, 0.14, 2),
    (8, pt(31_400.0, 25_300.0), LOCAL, 0.14, 1),
    (9, pt(15_700.0, 25_500.0), LOCAL, 0.08, 1),
    (9, pt(19_900.0, 26_500.0), LOCAL, 0.08, 1),
    (10, pt(14_200.0, 16_300.0), LOCAL, 0.14, 2),
    (10, pt(20_900.0, 17_700.0), LOCAL, 0.16, 2),
    (11, pt(31_800.0, 34_600.0), LOCAL, 0.12, 2),
    (11, pt(26_000.0, 34_000.0), LOCAL, 0.12, 1),
    (11, pt(31_500.0, 31_000.0), LOCAL, 0.14, 1),
    (12, pt(33_000.0, 23_900.0), TRACK, 0.22, 1),
    (12, pt(32_500.0, 18_300.0), TRACK, 0.22, 2),
    (13, pt(8_900.0, 14_500.0), LOCAL, 0.10, 1),
    (13, pt(10_500.0, 8_300.0), LOCAL, 0.14, 2),
    (13, pt(13_900.0, 14_500.0), LOCAL, 0.12, 1),
    (14, pt(9_000.0, 20_700.0), LOCAL, 0.10, 1),
    (14, pt(14_400.0, 21_000.0), LOCAL, 0.10, 2),
    (14, pt(9_000.0, 17_300.0), LOCAL, 0.10, 1),
];

/// The plan of the fixture.
pub fn plan(seed: u64) -> Plan {
    Plan {
        county: ("360429".into(), "湖口县".into()),
        townships: TOWNSHIPS.iter().map(township).collect(),
        hubs: HUBS
            .iter()
            .map(hub)
            .chain(ISLANDS.iter().map(island))
            .collect(),
        roads: roads(),
        closed: closed(),
        water: water(&mut Rng::new(seed, 1)),
        nodes: None,
        cells: 3_300,
        sites: 220,
        riverside: vec![(pt(11_580.0, 24_568.0), pt(10_900.0, 25_900.0))],
        hall: (1, pt(14_300.0, 26_900.0)),
        height: Some(streets::height),
    }
}

/// Gives the streets what sets them apart, after homes and services have found their places on them.
/// Adds what only the fixture has to cells and sites, and makes its tables.
pub fn dress(
    plan: &Plan,
    seed: u64,
    (world, cells, sites): (&mut World, &mut [Cell], &mut Vec<Site>),
) -> Tables {
    streets::dress(&mut world.streets);
    cells::dress(seed, cells);
    sites::add(plan, world, seed, sites);
    sites::dress(seed, sites);
    let vertices = world
        .streets
        .iter()
        .filter(|s| !s.closed())
        .flat_map(|s| s.line.iter().copied());
    let all = vertices
        .chain(cells.iter().map(|c| c.at))
        .chain(sites.iter().map(|s| s.at))
        .collect();
    Tables {
        items: items::rows(),
        offers: offers::rows(sites),
        further: vec![
            ("departments.csv", departments::rows()),
            ("links.csv", links::rows(world, sites)),
        ],
        cell_columns: cells::COLUMNS,
        outline: outline::around(all),
        texts: vec![
            ("study.toml", STUDY.to_owned()),
            (
                "whatif.toml",
                STUDY.replacen("政务服务圈\"", "政务服务圈（假如）\"", 1)
                    + include_str!("hukou/changes.toml"),
            ),
            ("README.md", include_str!("hukou_readme.md").to_owned()),
        ],
    }
}

fn township(&(id, name, people, care, full, remote): &TownshipRow) -> Township {
    let zone = id.ends_with("400");
    Township {
        id: id.into(),
        name: name.into(),
        people,
        zone,
        care,
        full,
        remote,
    }
}

fn hub(&(township, centre, axis, blocks, block_m, people, communities): &HubRow) -> Hub {
    let parts = if communities == 0 {
        Parts::Zone
    } else {
        Parts::Communities(communities)
    };
    Hub {
        township,
        centre,
        axis,
        blocks,
        block_m,
        avenue: blocks.0 > 12,
        people,
        parts,
    }
}

fn island(&(name, centre, radius, people, station): &(&'static str, Pt, f64, usize, bool)) -> Hub {
    let side = (radius / 75.0) as usize;
    Hub {
        township: 10,
        centre,
        axis: (0.96, 0.28),
        blocks: (side, side),
        block_m: (90.0, 140.0),
        avenue: false,
        people,
        parts: Parts::Village(name, station),
    }
}

fn roads() -> Vec<Road> {
    let street = |y: f64| bridge(0, 1, vec![pt(11_800.0, y)], PRIMARY);
    let mut roads = vec![street(27_000.0), street(26_500.0), street(26_000.0)];
    roads.push(bridge(
        1,
        2,
        vec![pt(12_150.0, 25_100.0), pt(12_100.0, 24_050.0)],
        BRIDGE,
    ));
    roads.push(bridge(
        13,
        BRIDGED_ISLAND,
        vec![pt(9_600.0, 11_600.0), pt(7_800.0, 10_400.0)],
        BRIDGE,
    ));
    roads.extend(LINKS.iter().map(|&(from, to, tags, rough, villages)| Road {
        from,
        to: Some(to),
        via: Vec::new(),
        tags,
        rough,
        bridge: false,
        villages,
    }));
    roads.extend(
        SPURS
            .iter()
            .map(|&(from, end, tags, rough, villages)| Road {
                from,
                to: None,
                via: vec![end],
                tags,
                rough,
                bridge: false,
                villages: (villages, 0),
            }),
    );
    roads
}

fn bridge(from: usize, to: usize, via: Vec<Pt>, tags: &'static str) -> Road {
    Road {
        from,
        to: Some(to),
        via,
        tags,
        rough: 0.01,
        bridge: true,
        villages: (0, 0),
    }
}

fn closed() -> Vec<(&'static str, &'static str, Vec<Pt>)> {
    let motorway = vec![
        pt(19_000.0, 1_500.0),
        pt(21_500.0, 12_000.0),
        pt(28_000.0, 23_800.0),
        pt(33_500.0, 29_500.0),
    ];
    let express = vec![
        pt(16_500.0, 20_500.0),
        pt(16_800.0, 26_000.0),
        pt(17_700.0, 29_400.0),
        pt(27_500.0, 34_500.0),
    ];
    vec![
        (
            r#""highway":"motorway","bridge":"yes""#,
            "九景高速(虚构走向)",
            motorway,
        ),
        (r#""highway":"trunk","foot":"no""#, "沿江快速路", express),
    ]
}

fn water(rng: &mut Rng) -> Water {
    let shore = [
        pt(34_500.0, 38_800.0),
        pt(27_000.0, 36_000.0),
        pt(20_000.0, 32_500.0),
        pt(14_500.0, 29_800.0),
        pt(10_500.0, 28_200.0),
        pt(9_200.0, 26_000.0),
        pt(8_500.0, 23_500.0),
        pt(7_500.0, 20_000.0),
        pt(8_100.0, 16_000.0),
        pt(6_500.0, 12_000.0),
        pt(6_900.0, 8_000.0),
        pt(5_000.0, 4_000.0),
        pt(4_500.0, 0.0),
    ];
    let mut lake = curve(rng, &shore, 0.04, 120.0);
    let bank = lake.len();
    lake.extend([
        pt(-3_000.0, 0.0),
        pt(-3_000.0, 41_500.0),
        pt(34_500.0, 41_500.0),
    ]);
    let arm = [
        pt(8_000.0, 24_600.0),
        pt(9_800.0, 24_500.0),
        pt(12_100.0, 24_400.0),
        pt(14_000.0, 23_900.0),
    ];
    let arm = curve(
        rng,
        &[&arm[..], &[pt(16_000.0, 24_200.0)]].concat(),
        0.04,
        90.0,
    );
    let islands = ISLANDS
        .iter()
        .map(|&(name, centre, radius, ..)| Ring::new(name, ring(rng, centre, radius)));
    let islands = islands.collect();
    Water {
        wet: vec![
            Ring::new("长江、鄱阳湖", lake).with_bank(bank),
            Ring::new("南港河", band(&arm)),
        ],
        islands,
    }
}

/// A channel around a middle line, 300 m wide at its mouth and 80 m at its head.
fn band(line: &[Pt]) -> Vec<Pt> {
    let bank = |sign: f64| {
        let half = move |i: usize| sign * (150.0 - 110.0 * i as f64 / line.len() as f64);
        line.windows(2)
            .enumerate()
            .map(move |(i, w)| w[0].plus(w[1].minus(w[0]).left().unit(), half(i)))
    };
    let mut ring: Vec<Pt> = bank(1.0).collect();
    let mut south: Vec<Pt> = bank(-1.0).collect();
    south.reverse();
    ring.extend(south);
    ring
}

fn ring(rng: &mut Rng, centre: Pt, radius: f64) -> Vec<Pt> {
    const EIGHT: [(f64, f64); 9] = [
        (1.0, 0.0),
        (0.7, 0.7),
        (0.0, 1.0),
        (-0.7, 0.7),
        (-1.0, 0.0),
        (-0.7, -0.7),
        (0.0, -1.0),
        (0.7, -0.7),
        (1.0, 0.0),
    ];
    let stops = EIGHT.map(|(x, y)| centre.plus(pt(x * 1.2, y), radius));
    let mut shore = curve(rng, &stops, 0.08, 90.0);
    shore.pop();
    shore
}

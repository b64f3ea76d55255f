//! A county of any size: townships on a loose lattice, roads to their neighbours, a river between two rows.

mod rules;

use super::crossings;
use super::items;
use super::output::Tables;
use super::plan::{Hub, Parts, Plan, Road, Township};
use super::rng::Rng;
use super::shape::{Pt, Ring, Water, curve, pt};
use super::sites::Site;
use super::study;
use super::world::World;

/// Street vertices of one township.
const TOWNSHIP_NODES: usize = 5_000;
/// Vertices that one block of a town brings along, times ten.
const BLOCK_NODES_10: usize = 62;
/// One in so many vertices is drawn twice, by the two streets of a junction.
const DOUBLED: usize = 6;
/// Metres from one town to the next.
const SPACING_M: f64 = 9_500.0;

/// How large the county shall be.
pub struct Size {
    /// Street vertices, roughly.
    pub nodes: usize,
    /// Residential cells.
    pub cells: usize,
    /// Service sites.
    pub sites: usize,
    /// Items of the catalogue; `None` for the usual ones.
    pub items: Option<usize>,
    /// Whether the study has rules: steps, reach, days, hours, groups, a zone, phases.
    pub rules: bool,
}

/// The plan of a county of this size.
pub fn plan(size: &Size, seed: u64) -> Plan {
    let mut rng = Rng::new(seed, 6);
    let count = (size.nodes / TOWNSHIP_NODES).max(1);
    let wide = root(count);
    let river = (count > 2 * wide).then_some(count / wide / 2);
    let towns: Vec<Pt> = (0..count).map(|k| seat(&mut rng, k, wide)).collect();
    Plan {
        county: ("990001".into(), "虚构县".into()),
        townships: (0..count).map(|k| township(&mut rng, k)).collect(),
        hubs: (0..count)
            .map(|k| hub(&mut rng, k, towns[k], size.nodes / count))
            .collect(),
        roads: (0..count)
            .flat_map(|k| roads(&mut rng, &towns, k, wide, river))
            .collect(),
        closed: Vec::new(),
        water: river.map_or_else(Water::default, |row| water(&mut rng, row, wide)),
        nodes: Some(size.nodes + size.nodes / DOUBLED),
        cells: size.cells,
        sites: size.sites,
        riverside: Vec::new(),
        hall: (count / 2, towns[count / 2]),
        height: size.rules.then_some(rules::height),
    }
}

/// The tables of a county of this size; with rules, avenues get marked crossings and stations open one by one.
pub fn tables(plan: &Plan, size: &Size, (world, sites): (&mut World, &mut [Site])) -> Tables {
    let count = size.items.unwrap_or(items::COUNT);
    let mut plain = study::study(&plan.county.1);
    if size.items.is_some() {
        plain = plain.replace("\"high-frequency\"", "\"all\"");
    }
    let (items, offers, study) = if size.rules {
        crossings::mark(&mut world.streets);
        rules::open_later(sites);
        let plain = plain.replace("\n[target]", &format!("{}\n[target]", rules::WALK));
        (
            rules::rows(count),
            rules::offers(count, sites),
            plain + &rules::study(plan),
        )
    } else {
        (items::rows(count), items::offers(count, sites), plain)
    };
    let texts = vec![
        ("study.toml", study),
        ("README.md", include_str!("large_readme.md").to_owned()),
    ];
    Tables {
        items,
        offers,
        texts,
        ..Tables::default()
    }
}

/// The smallest whole number whose square is at least `n`.
fn root(n: usize) -> usize {
    let floor = n.isqrt();
    if floor * floor < n { floor + 1 } else { floor }
}

fn seat(rng: &mut Rng, k: usize, wide: usize) -> Pt {
    let loose = |rng: &mut Rng| 0.14 * SPACING_M * rng.swing();
    let (col, row) = ((k % wide) as f64, (k / wide) as f64);
    pt(
        (col + 0.5) * SPACING_M + loose(rng),
        (row + 0.5) * SPACING_M + loose(rng),
    )
}

fn township(rng: &mut Rng, k: usize) -> Township {
    let people = 12_000 + rng.below(26_000);
    let name = format!("第{}镇", k + 1);
    let (care, full, remote) = (
        rng.below(100),
        rng.below(60),
        usize::from(k.is_multiple_of(8)),
    );
    Township {
        id: format!("990001{:03}", k + 100),
        name,
        people,
        zone: false,
        care,
        full,
        remote,
    }
}

fn hub(rng: &mut Rng, k: usize, centre: Pt, nodes: usize) -> Hub {
    const AXES: [(f64, f64); 5] = [
        (1.0, 0.0),
        (0.96, 0.28),
        (0.8, 0.6),
        (0.96, -0.28),
        (0.8, -0.6),
    ];
    let blocks = nodes * (42 + rng.below(20)) / 10 / BLOCK_NODES_10;
    let side = root(blocks).max(3);
    Hub {
        township: k,
        centre,
        axis: AXES[rng.below(AXES.len())],
        blocks: (side, side),
        block_m: (60.0 + rng.between(0.0, 40.0), 160.0),
        avenue: side > 12,
        people: 6_000 + rng.below(5_000),
        parts: Parts::Communities(3),
    }
}

/// Roads to the neighbours in the east and north, and four dead ends. Every third road crosses the river.
fn roads(rng: &mut Rng, towns: &[Pt], k: usize, wide: usize, river: Option<usize>) -> Vec<Road> {
    let rough = rng.between(0.06, 0.16);
    let road = |to: usize, bridge: bool| {
        let villages = if bridge { (1, 1) } else { (2, 1) };
        let rough = if bridge { 0.02 } else { rough };
        Road {
            from: k,
            to: Some(to),
            via: Vec::new(),
            tags: r#""highway":"secondary""#,
            rough,
            bridge,
            villages,
        }
    };
    let mut roads = Vec::new();
    if !(k + 1).is_multiple_of(wide) && k + 1 < towns.len() {
        roads.push(road(k + 1, false));
    }
    let wet = river == Some(k / wide + 1);
    if k + wide < towns.len() && (!wet || k.is_multiple_of(3)) {
        roads.push(road(k + wide, wet));
    }
    for (x, y) in [(0.36, 0.33), (-0.36, -0.33), (0.33, -0.36), (-0.33, 0.36)] {
        let end = towns[k].plus(pt(x, y), SPACING_M * rng.between(0.8, 1.0));
        let tags = r#""highway":"unclassified""#;
        roads.push(Road {
            from: k,
            to: None,
            via: vec![end],
            tags,
            rough,
            bridge: false,
            villages: (2, 0),
        });
    }
    roads
}

/// A river 240 m wide below the given row of townships.
fn water(rng: &mut Rng, row: usize, wide: usize) -> Water {
    let y = row as f64 * SPACING_M;
    let stops = [pt(-2_000.0, y), pt((wide as f64 + 0.5) * SPACING_M, y)];
    let south = curve(rng, &stops, 0.002, 150.0);
    let north = south.iter().rev().map(|p| p.plus(pt(0.0, 240.0), 1.0));
    Water {
        wet: vec![Ring::new(
            "虚构河",
            south.iter().copied().chain(north).collect(),
        )],
        islands: Vec::new(),
    }
}

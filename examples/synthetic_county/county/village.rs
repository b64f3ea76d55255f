//! Villages: lanes off a road to both sides, some joined by a back lane.

use super::rng::Rng;
use super::shape::{Pt, Water, between};
use super::world::Street;

/// Metres between vertices of a lane.
const STEP_M: f64 = 38.0;
/// Vertices that lanes add for each road vertex they leave from, on average.
const YIELD: usize = 9;

const LANE: &str = r#""highway":"residential""#;
const BACK: &str = r#""highway":"path""#;
const YARD: &str = r#""highway":"service""#;

/// Draws the lanes of one village around the vertex `at` of a road, with about `quota` vertices,
/// and returns the points beside which people live.
pub fn build(
    rng: &mut Rng,
    water: &Water,
    (road, at): (&[Pt], usize),
    quota: usize,
    out: &mut Vec<Street>,
) -> Vec<Pt> {
    let reach = quota.div_ceil(YIELD);
    let from = at.saturating_sub(reach).max(1);
    let to = (at + reach).min(road.len() - 2);
    let mut anchors: Vec<Pt> = road[from.min(at)..=to.max(at)].to_vec();
    let (mut last, mut added) = ([const { Vec::new() }; 2], 0);
    for i in (from..=to).step_by(2) {
        for (side, sign) in [1.0, -1.0].into_iter().enumerate() {
            if added >= quota || !rng.chance(85) {
                continue;
            }
            let lane = lane(rng, water, [road[i - 1], road[i], road[i + 1]], sign);
            if lane.len() < 2 {
                continue;
            }
            added += lane.len() - 1 + back_lane(rng, water, &last[side], &lane, out);
            anchors.extend(&lane[1..]);
            out.push(Street::new(
                if lane.len() < 4 { YARD } else { LANE },
                lane.clone(),
            ));
            last[side] = lane;
        }
    }
    anchors
}

/// A lane from the middle of three road vertices; short where water stops it.
fn lane(rng: &mut Rng, water: &Water, [before, start, after]: [Pt; 3], sign: f64) -> Vec<Pt> {
    let along = after.minus(before).unit();
    let mut dir = along.left().plus(along, 0.3 * rng.swing()).unit();
    let mut line = vec![start];
    for _ in 0..3 + rng.below(5) {
        let next = line[line.len() - 1].plus(dir, sign * rng.between(0.8, 1.2) * STEP_M);
        if water.near(next) {
            break;
        }
        line.push(next);
        dir = dir.plus(along, 0.2 * rng.swing()).unit();
    }
    line
}

/// Joins two neighbouring lanes, sometimes; returns how many vertices that took.
fn back_lane(rng: &mut Rng, water: &Water, one: &[Pt], two: &[Pt], out: &mut Vec<Street>) -> usize {
    let depth = 2 + rng.below(2);
    if one.len() <= depth
        || two.len() <= depth
        || one[depth].dist(two[depth]) > 260.0
        || !rng.chance(55)
    {
        return 0;
    }
    let (a, b) = (one[depth], two[depth]);
    let line = [vec![a], between(a, b, STEP_M), vec![b]].concat();
    if water.touches(&line) {
        return 0;
    }
    out.push(Street::new(if rng.chance(40) { BACK } else { LANE }, line));
    between(a, b, STEP_M).len()
}

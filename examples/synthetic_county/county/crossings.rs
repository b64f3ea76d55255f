//! Marked crossings of avenues.

use std::collections::BTreeSet;

use super::shape::Pt;
use super::world::Street;

const CROSSING: &str = r#""highway":"footway","footway":"crossing""#;
/// Carriageways of an avenue lie nearer to each other than this, in metres.
const TWIN_M: f64 = 40.0;

/// Makes a marked crossing of every piece of street from one carriageway of an avenue to the other.
pub fn mark(streets: &mut Vec<Street>) {
    let avenue = carriageways(streets);
    let mut marked = Vec::with_capacity(streets.len() + 200);
    for street in std::mem::take(streets) {
        cross(street, &avenue, &mut marked);
    }
    *streets = marked;
}

fn key(p: Pt) -> (u64, u64) {
    (p.x.to_bits(), p.y.to_bits())
}

/// The vertices of avenues with two carriageways.
fn carriageways(streets: &[Street]) -> BTreeSet<(u64, u64)> {
    let avenues = streets
        .iter()
        .filter(|street| street.tags.contains("oneway"));
    avenues
        .flat_map(|street| street.line.iter().map(|&p| key(p)))
        .collect()
}

/// Cuts a street where it crosses an avenue: the piece from one carriageway to the other is a marked crossing.
fn cross(street: Street, avenue: &BTreeSet<(u64, u64)>, out: &mut Vec<Street>) {
    if street.tags.contains("oneway") {
        out.push(street);
        return;
    }
    let crosses =
        |w: &[Pt]| w.iter().all(|&p| avenue.contains(&key(p))) && w[0].dist(w[1]) < TWIN_M;
    let mut line: Vec<Pt> = Vec::new();
    for pair in street.line.windows(2) {
        if line.is_empty() {
            line.push(pair[0]);
        }
        if crosses(pair) {
            finish(&street, &mut line, out);
            out.push(Street::new(CROSSING, pair.to_vec()));
        } else {
            line.push(pair[1]);
        }
    }
    finish(&street, &mut line, out);
}

fn finish(street: &Street, line: &mut Vec<Pt>, out: &mut Vec<Street>) {
    let line = std::mem::take(line);
    if line.len() > 1 {
        out.push(Street {
            line,
            name: street.name.clone(),
            ..*street
        });
    }
}

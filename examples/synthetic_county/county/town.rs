//! Street grids of towns: irregular blocks, avenues, passages, courts and gated compounds.

use super::plan::Hub;
use super::rng::Rng;
use super::shape::{Pt, Water, between, pt};
use super::world::Street;

/// Metres between vertices along a street.
const STEP_M: f64 = 42.0;

const AVENUE: &str = r#""highway":"primary","oneway":"yes""#;
const MAIN: &str = r#""highway":"tertiary""#;
const PLAIN: &str = r#""highway":"residential""#;
const QUIET: &str = r#""highway":"living_street""#;
const COURT: &str = r#""highway":"service""#;
const GATED: &str = r#""highway":"service","access":"private""#;
const PATH: &str = r#""highway":"footway""#;
const STEPS: &str = r#""highway":"steps""#;

/// What a grid leaves behind for roads, cells and sites.
#[derive(Default)]
pub struct Built {
    /// Junctions where a road may join.
    pub gates: Vec<Pt>,
    /// Points beside which people live.
    pub anchors: Vec<Pt>,
}

/// A grid while it is built.
struct Lattice<'a> {
    rng: &'a mut Rng,
    water: &'a Water,
    streets: &'a mut Vec<Street>,
    wide: usize,
    nodes: Vec<Option<Pt>>,
    /// The middle vertex of the row edge that starts at each node.
    doors: Vec<Option<Pt>>,
    built: Built,
}

/// Draws a hub's streets.
pub fn build(hub: &Hub, water: &Water, rng: &mut Rng, streets: &mut Vec<Street>) -> Built {
    let cols = lines(rng, hub.blocks.0, hub.block_m, None);
    let rows = lines(
        rng,
        hub.blocks.1,
        hub.block_m,
        hub.avenue.then_some(hub.blocks.1 / 2),
    );
    let nodes = junctions(hub, &cols, &rows, water, rng);
    let doors = vec![None; nodes.len()];
    let mut lattice = Lattice {
        rng,
        water,
        streets,
        wide: cols.len(),
        nodes,
        doors,
        built: Built::default(),
    };
    let avenue = if hub.avenue {
        hub.blocks.1 / 2
    } else {
        usize::MAX - 1
    };
    for j in 0..rows.len() {
        let twin = j == avenue || j == avenue + 1;
        let ids: Vec<usize> = (0..cols.len()).map(|i| j * cols.len() + i).collect();
        lattice.draw(&ids, j, twin, true);
    }
    for i in 0..cols.len() {
        let ids: Vec<usize> = (0..rows.len()).map(|j| j * cols.len() + i).collect();
        lattice.draw(&ids, i, false, false);
    }
    lattice.courts();
    lattice.built
}

/// Where the lines of a grid run; the one after `twin` lies 16 m beside it, as a second carriageway.
fn lines(rng: &mut Rng, blocks: usize, (low, high): (f64, f64), twin: Option<usize>) -> Vec<f64> {
    let mut at = vec![0.0];
    for i in 0..blocks {
        let block = if twin == Some(i) {
            16.0
        } else {
            rng.between(low, high)
        };
        at.push(at[i] + block);
    }
    let half = at[blocks] / 2.0;
    at.iter().map(|x| x - half).collect()
}

/// The junctions of a grid; none in water or in its cut corners.
fn junctions(
    hub: &Hub,
    cols: &[f64],
    rows: &[f64],
    water: &Water,
    rng: &mut Rng,
) -> Vec<Option<Pt>> {
    let loose = hub.block_m.0 * 0.16;
    let (rx, ry) = (cols[cols.len() - 1], rows[rows.len() - 1]);
    let mut nodes = Vec::with_capacity(cols.len() * rows.len());
    for &y in rows {
        for &x in cols {
            let far = (x / rx) * (x / rx) + (y / ry) * (y / ry) > 1.3 + 0.2 * rng.swing();
            let tight = if hub.avenue { 2.0 } else { loose };
            let (x, y) = (x + loose * rng.swing(), y + tight * rng.swing());
            let (along, across) = hub.axis;
            let node = hub
                .centre
                .plus(pt(x * along - y * across, x * across + y * along), 1.0);
            nodes.push((!far && !water.near(node)).then_some(node));
        }
    }
    nodes
}

impl Lattice<'_> {
    /// Draws one row or column as lines that break where an edge is missing.
    fn draw(&mut self, ids: &[usize], index: usize, twin: bool, row: bool) {
        let main = index % 3 == 1;
        let tags = match (twin, main, index % 5) {
            (true, ..) => AVENUE,
            (_, true, _) => MAIN,
            (.., 3) => QUIET,
            _ => PLAIN,
        };
        let mut line: Vec<Pt> = Vec::new();
        for pair in ids.windows(2) {
            let gone = !main && !twin && self.rng.chance(14);
            match self.edge(pair[0], pair[1]) {
                Some(edge) if !gone => {
                    if row && edge.len() > 2 && !twin {
                        self.doors[pair[0]] = Some(edge[edge.len() / 2]);
                    }
                    line.extend(&edge[usize::from(!line.is_empty())..]);
                    self.built.gates.extend([edge[0], edge[edge.len() - 1]]);
                }
                _ => self.finish(&mut line, tags),
            }
        }
        self.finish(&mut line, tags);
    }

    /// The vertices of one edge with both ends, if it can be built.
    fn edge(&mut self, a: usize, b: usize) -> Option<Vec<Pt>> {
        let (a, b) = (self.nodes[a]?, self.nodes[b]?);
        let aside = b.minus(a).left().unit();
        let mut edge = vec![a];
        for p in between(a, b, STEP_M) {
            edge.push(p.plus(aside, 3.0 * self.rng.swing()));
        }
        edge.push(b);
        (!self.water.touches(&edge)).then_some(edge)
    }

    fn finish(&mut self, line: &mut Vec<Pt>, tags: &'static str) {
        if line.len() > 1 {
            self.built.anchors.extend(line.iter());
            self.streets.push(Street::new(tags, std::mem::take(line)));
        }
        line.clear();
    }

    /// What lies inside the blocks: passages, steps, courts, gated compounds.
    fn courts(&mut self) {
        for id in 0..self.nodes.len().saturating_sub(self.wide) {
            let (Some(door), Some(a), Some(b)) =
                (self.doors[id], self.nodes[id], self.nodes[id + self.wide])
            else {
                continue;
            };
            let up = b.minus(a);
            match self.rng.below(100) {
                0..14 => self.passage(door, id + self.wide),
                14..22 => self.compound(door, up),
                22..42 => self.court(door, up),
                _ => {}
            }
        }
    }

    fn passage(&mut self, door: Pt, above: usize) {
        if let Some(far) = self.doors[above] {
            let tags = if self.rng.chance(25) { STEPS } else { PATH };
            self.inner(
                tags,
                [vec![door], between(door, far, STEP_M), vec![far]].concat(),
            );
        }
    }

    /// A closed loop behind a gate: a private street that nobody else may walk.
    fn compound(&mut self, door: Pt, up: Pt) {
        let side = up.left().unit();
        let gate = door.plus(up, 0.2);
        let (left, right) = (gate.plus(side, 18.0), gate.plus(side, -18.0));
        self.inner(
            GATED,
            vec![
                door,
                gate,
                left,
                left.plus(up, 0.5),
                right.plus(up, 0.5),
                right,
                gate,
            ],
        );
    }

    /// A cul-de-sac.
    fn court(&mut self, door: Pt, up: Pt) {
        let deep = door.plus(up, self.rng.between(0.35, 0.6));
        let sign = if self.rng.chance(50) { 1.0 } else { -1.0 };
        let turn = deep.plus(up.left().unit(), sign * self.rng.between(9.0, 25.0));
        self.inner(
            COURT,
            [vec![door], between(door, deep, STEP_M), vec![deep, turn]].concat(),
        );
    }

    fn inner(&mut self, tags: &'static str, line: Vec<Pt>) {
        if !self.water.touches(&line) {
            self.built.anchors.extend(&line[1..]);
            self.streets.push(Street::new(tags, line));
        }
    }
}

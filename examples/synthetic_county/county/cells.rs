//! Where people live.

use super::plan::Plan;
use super::rng::Rng;
use super::shape::{Pt, extent, off};
use super::world::{Place, World, nearest, share};

/// Residents of a cell in a town and in a village, roughly.
const TOWN_CELL: usize = 85;
const VILLAGE_CELL: usize = 48;
/// Residents of one remote hamlet, and the cells it has.
const REMOTE_PEOPLE: usize = 190;
const REMOTE_CELLS: usize = 3;
/// A remote hamlet lies this far from every street vertex, in metres.
const REMOTE_M: f64 = 700.0;

/// One residential cell.
pub struct Cell {
    /// Name.
    pub name: String,
    /// Code of its unit.
    pub unit: String,
    /// Where it stands.
    pub at: Pt,
    /// Residents.
    pub population: usize,
    /// Residents of 60 and over.
    pub elderly: usize,
    /// Firms.
    pub enterprises: usize,
    /// Further columns, each with a comma before it, or nothing.
    pub more: String,
}

/// Settles everybody.
pub fn build(plan: &Plan, world: &World, seed: u64) -> Vec<Cell> {
    let mut rng = Rng::new(seed, 4);
    let remote = remote_hamlets(plan, world, &mut rng);
    let mut people: Vec<usize> = world.places.iter().map(|p| p.people).collect();
    for &(home, _) in &remote {
        people[home] = people[home].saturating_sub(REMOTE_PEOPLE);
    }
    let weigh = |(p, n): (&Place, &usize)| n * 100 / if p.rural { VILLAGE_CELL } else { TOWN_CELL };
    let weights: Vec<usize> = world.places.iter().zip(&people).map(weigh).collect();
    let near = share(
        plan.cells.saturating_sub(remote.len() * REMOTE_CELLS),
        &weights,
    );
    let mut cells = Vec::with_capacity(plan.cells);
    for (i, place) in world.places.iter().enumerate() {
        let first = cells.len();
        settle(plan, place, near[i], people[i], &mut rng, &mut cells);
        for (_, at) in remote.iter().filter(|(home, _)| *home == i) {
            for people in share(REMOTE_PEOPLE, &[3, 4, 2]) {
                let spot = off(&mut rng, *at, 0.0, 40.0);
                let at = if plan.water.covers(spot) { *at } else { spot };
                cells.push(cell(place, cells.len() - first, at, people, &mut rng));
            }
        }
    }
    cells
}

/// Cells beside a place's streets, a few of them out in the fields, a few of them empty.
fn settle(
    plan: &Plan,
    place: &Place,
    count: usize,
    people: usize,
    rng: &mut Rng,
    cells: &mut Vec<Cell>,
) {
    let weight = |rng: &mut Rng| {
        if rng.chance(2) {
            0
        } else {
            2 + rng.below(8) * rng.below(5)
        }
    };
    let weights: Vec<usize> = (0..count).map(|_| weight(rng)).collect();
    for (k, people) in share(people, &weights).into_iter().enumerate() {
        let far = place.rural && rng.chance(12);
        let mut at = place.centre;
        for _ in 0..20 {
            let Some(&anchor) = place.anchors.get(rng.below(place.anchors.len())) else {
                break;
            };
            at = if far {
                off(rng, anchor, 90.0, 330.0)
            } else {
                off(rng, anchor, 8.0, 38.0)
            };
            if !plan.water.covers(at) {
                break;
            }
        }
        cells.push(cell(place, k, at, people, rng));
    }
}

fn cell(place: &Place, serial: usize, at: Pt, population: usize, rng: &mut Rng) -> Cell {
    let (part, old, firms) = match (place.rural, place.station) {
        (false, true) => ("号小区", 12 + rng.below(10), 1 + population / 25),
        (false, false) => ("号地块", 2 + rng.below(4), 40),
        _ => ("组", 20 + rng.below(16), population / 60),
    };
    let name = format!("{}{}{part}", place.name, serial + 1);
    let (elderly, enterprises) = (population * old / 100, rng.below(firms + 1));
    Cell {
        name,
        unit: place.unit.clone(),
        at,
        population,
        elderly,
        enterprises,
        more: String::new(),
    }
}

/// Hamlets that no street comes near: the village they belong to, and where they lie.
fn remote_hamlets(plan: &Plan, world: &World, rng: &mut Rng) -> Vec<(usize, Pt)> {
    let (low, high) = extent(world.streets.iter().flat_map(|s| &s.line));
    let middles: Vec<Pt> = world.places.iter().map(|p| p.centre).collect();
    let mut hamlets: Vec<_> = plan
        .riverside
        .iter()
        .map(|&(at, home)| (nearest(&middles, home), at))
        .collect();
    for (t, township) in plan.townships.iter().enumerate() {
        let homes: Vec<usize> = (0..world.places.len())
            .filter(|&i| {
                world.places[i].township == t
                    && world.places[i].rural
                    && world.places[i].people > REMOTE_PEOPLE
            })
            .collect();
        let wanted = hamlets.len() + township.remote.min(homes.len());
        for _ in 0..60 {
            if hamlets.len() >= wanted {
                break;
            }
            let home = homes[rng.below(homes.len())];
            let at = off(rng, world.places[home].centre, 900.0, 2_400.0);
            let within = at.x > low.x && at.x < high.x && at.y > low.y && at.y < high.y;
            if within && !plan.water.near(at) && lonely(world, at) {
                hamlets.push((home, at));
            }
        }
    }
    hamlets.truncate(plan.cells / 10);
    hamlets
}

fn lonely(world: &World, at: Pt) -> bool {
    world
        .streets
        .iter()
        .all(|s| s.line.iter().all(|p| p.dist(at) > REMOTE_M))
}

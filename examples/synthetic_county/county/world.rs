//! Builds a plan's streets and settlements.

use super::names;
use super::plan::{Hub, Parts, Plan, Road};
use super::rng::Rng;
use super::shape::{Pt, curve, length};
use super::town::{self, Built};
use super::village;

/// Metres between vertices of a road.
const ROAD_STEP_M: f64 = 55.0;

/// One street: tags as JSON members, an optional name, vertices.
#[derive(Clone)]
pub struct Street {
    /// Tags, as JSON members.
    pub tags: &'static str,
    /// Further tags, each with a comma before it, or nothing.
    pub extra: &'static str,
    /// Name, or empty.
    pub name: String,
    /// Vertices.
    pub line: Vec<Pt>,
}

impl Street {
    /// A street without a name.
    pub fn new(tags: &'static str, line: Vec<Pt>) -> Self {
        Self {
            tags,
            extra: "",
            name: String::new(),
            line,
        }
    }

    /// Whether it is a motorway or the like, along which nobody lives.
    pub fn closed(&self) -> bool {
        self.tags.contains("motorway") || self.tags.contains("trunk")
    }
}

/// A village, a community or a zone.
pub struct Place {
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub name: String,
    /// Index of the township.
    pub township: usize,
    /// Whether it is rural.
    pub rural: bool,
    /// Whether a station may stand here.
    pub station: bool,
    /// Whether its station comes before all others.
    pub first: bool,
    /// Its middle.
    pub centre: Pt,
    /// Points beside which people live.
    pub anchors: Vec<Pt>,
    /// Residents.
    pub people: usize,
}

/// Streets and settlements.
#[derive(Default)]
pub struct World {
    /// All streets.
    pub streets: Vec<Street>,
    /// All settlements, in the order of their codes within a township.
    pub places: Vec<Place>,
    /// What each hub's grid left behind.
    pub hubs: Vec<Built>,
}

/// A village's seat: township, road, vertex.
struct Seat(usize, usize, usize);

/// Draws everything.
pub fn build(plan: &Plan, seed: u64) -> World {
    let mut world = World::default();
    let mut rng = Rng::new(seed, 2);
    for hub in &plan.hubs {
        world
            .hubs
            .push(town::build(hub, &plan.water, &mut rng, &mut world.streets));
    }
    let mut namer = names::Villages::default();
    for (hub, built) in plan.hubs.iter().zip(&world.hubs) {
        communities(plan, hub, built, &mut namer, &mut world.places);
    }
    roads_and_villages(plan, &mut rng, &mut namer, &mut world);
    for (tags, name, stops) in &plan.closed {
        let line = curve(&mut rng, stops, 0.04, 180.0);
        world.streets.push(Street {
            name: (*name).to_owned(),
            ..Street::new(tags, line)
        });
    }
    world.places.sort_by(|a, b| a.unit.cmp(&b.unit));
    share_village_people(plan, &mut Rng::new(seed, 3), &mut world.places);
    world
}

/// Splits a hub into its units, each with the anchors nearest to its middle.
fn communities(
    plan: &Plan,
    hub: &Hub,
    built: &Built,
    namer: &mut names::Villages,
    places: &mut Vec<Place>,
) {
    let count = if let Parts::Communities(count) = hub.parts {
        count
    } else {
        1
    };
    let middles = spread_out(&built.anchors, hub.centre, count);
    let mut parts = vec![Vec::new(); middles.len()];
    for &p in &built.anchors {
        parts[nearest(&middles, p)].push(p);
    }
    let town = &plan.townships[hub.township];
    for (k, anchors) in parts.into_iter().enumerate() {
        let serial = places
            .iter()
            .filter(|p| p.township == hub.township && !p.rural)
            .count()
            + 1;
        let (unit, name, rural, station) = match hub.parts {
            Parts::Zone => (town.id.clone(), town.name.clone(), false, false),
            Parts::Communities(_) => (
                format!("{}{serial:03}", town.id),
                namer.community(),
                false,
                true,
            ),
            Parts::Village(name, station) => (
                format!("{}{}", town.id, 398 + usize::from(station)),
                name.to_owned(),
                true,
                station,
            ),
        };
        let people = hub.people * (k + 1) / count - hub.people * k / count;
        let (township, centre) = (hub.township, middles[k]);
        let first = rural && station;
        places.push(Place {
            unit,
            name,
            township,
            rural,
            station,
            first,
            centre,
            anchors,
            people,
        });
    }
}

/// `count` points far from each other, the first near `centre`.
fn spread_out(points: &[Pt], centre: Pt, count: usize) -> Vec<Pt> {
    if points.is_empty() {
        return vec![centre];
    }
    let mut chosen = vec![points[nearest(points, centre)]];
    while chosen.len() < count {
        let gap = |p: Pt| {
            chosen
                .iter()
                .map(|c| c.dist(p))
                .fold(f64::INFINITY, f64::min)
        };
        let far = points
            .iter()
            .copied()
            .reduce(|a, b| if gap(b) > gap(a) { b } else { a });
        chosen.extend(far);
    }
    chosen
}

/// The index of the point nearest to `p`; the first of equals.
pub fn nearest(points: &[Pt], p: Pt) -> usize {
    let mut best = (0, f64::INFINITY);
    for (i, q) in points.iter().enumerate() {
        if q.dist(p) < best.1 {
            best = (i, q.dist(p));
        }
    }
    best.0
}

fn roads_and_villages(plan: &Plan, rng: &mut Rng, namer: &mut names::Villages, world: &mut World) {
    let mut lines = Vec::new();
    let mut seats = Vec::new();
    for road in &plan.roads {
        let line = lay(plan, road, rng, &world.hubs);
        sit(plan, road, lines.len(), &line, &mut seats);
        world.streets.push(Street {
            name: road_name(plan, road),
            ..Street::new(road.tags, line.clone())
        });
        lines.push(line);
    }
    let mut drawn: usize = world.streets.iter().map(|s| s.line.len()).sum();
    let mut serial = vec![200; plan.townships.len()];
    for (done, &Seat(township, road, at)) in seats.iter().enumerate() {
        let quota = match plan.nodes {
            Some(nodes) => nodes.saturating_sub(drawn) / (seats.len() - done),
            None => 60 + rng.below(110),
        };
        let first = world.streets.len();
        let anchors = village::build(
            rng,
            &plan.water,
            (&lines[road], at),
            quota,
            &mut world.streets,
        );
        drawn += world.streets[first..]
            .iter()
            .map(|s| s.line.len() - 1)
            .sum::<usize>();
        serial[township] += 1;
        let unit = format!("{}{:03}", plan.townships[township].id, serial[township]);
        let centre = lines[road][at];
        let name = namer.village();
        let (rural, station, first, people) = (true, true, false, 0);
        world.places.push(Place {
            unit,
            name,
            township,
            rural,
            station,
            first,
            centre,
            anchors,
            people,
        });
    }
}

/// The line of a road: from the gate that faces its way to the gate that faces it; straighter if water is near.
fn lay(plan: &Plan, road: &Road, rng: &mut Rng, hubs: &[Built]) -> Vec<Pt> {
    let aim = match (road.via.first(), road.to) {
        (Some(&first), _) => first,
        (None, Some(to)) => plan.hubs[to].centre,
        (None, None) => plan.hubs[road.from].centre,
    };
    let gate = |hub: usize, p: Pt| hubs[hub].gates.get(nearest(&hubs[hub].gates, p)).copied();
    let start = gate(road.from, aim).unwrap_or(plan.hubs[road.from].centre);
    let mut stops = vec![start];
    stops.extend(&road.via);
    if let Some(to) = road.to {
        stops.extend(gate(to, stops[stops.len() - 1]));
    }
    let mut rough = road.rough;
    for _ in 0..8 {
        let line = curve(rng, &stops, rough, ROAD_STEP_M);
        if road.bridge || !plan.water.touches(&line) {
            return line;
        }
        rough *= 0.6;
    }
    curve(rng, &stops, 0.0, ROAD_STEP_M)
}

/// Seats a road's villages at even distances.
fn sit(plan: &Plan, road: &Road, index: usize, line: &[Pt], seats: &mut Vec<Seat>) {
    let count = road.villages.0 + road.villages.1;
    let gaps = if road.to.is_some() { count + 1 } else { count };
    let whole = length(line);
    for k in 0..count {
        let goal = whole * (k + 1) as f64 / gaps as f64;
        let (mut walked, mut at) = (0.0, 0);
        while at + 2 < line.len() && walked < goal {
            walked += line[at].dist(line[at + 1]);
            at += 1;
        }
        let hub = if k < road.villages.0 {
            road.from
        } else {
            road.to.unwrap_or(road.from)
        };
        seats.push(Seat(plan.hubs[hub].township, index, at.max(1)));
    }
}

/// A road between two townships is named after both.
fn road_name(plan: &Plan, road: &Road) -> String {
    let first = |hub: usize| plan.townships[plan.hubs[hub].township].name.chars().next();
    match road.to.map(|to| (first(road.from), first(to))) {
        Some((Some(a), Some(b))) if a != b => format!("{a}{b}线"),
        _ => String::new(),
    }
}

/// Gives each village its share of the residents who live outside the hubs.
fn share_village_people(plan: &Plan, rng: &mut Rng, places: &mut [Place]) {
    for (t, township) in plan.townships.iter().enumerate() {
        let taken: usize = places
            .iter()
            .filter(|p| p.township == t)
            .map(|p| p.people)
            .sum();
        let mut open: Vec<&mut Place> = places
            .iter_mut()
            .filter(|p| p.township == t && p.people == 0)
            .collect();
        let weights: Vec<usize> = open.iter().map(|_| 60 + rng.below(100)).collect();
        for (place, people) in open
            .iter_mut()
            .zip(share(township.people.saturating_sub(taken), &weights))
        {
            place.people = people;
        }
    }
}

/// Splits `total` in proportion to `weights`, in whole numbers that sum to `total` again.
pub fn share(total: usize, weights: &[usize]) -> Vec<usize> {
    let all: usize = weights.iter().sum::<usize>().max(1);
    let mut sum = 0;
    let cut = |sum: usize| total * sum / all;
    weights
        .iter()
        .map(|w| {
            sum += w;
            cut(sum) - cut(sum - w)
        })
        .collect()
}

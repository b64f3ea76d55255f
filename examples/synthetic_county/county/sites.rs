//! Where services stand.

use std::collections::BTreeMap;

use super::names::{BANKS, MALLS, short};
use super::plan::Plan;
use super::rng::Rng;
use super::shape::{Pt, off};
use super::world::{Place, World, nearest};

const OFFICE: &str = "Mo-Fr 09:00-12:00,13:30-17:00";
const HALL: &str = "Mo-Fr 09:00-17:00; Sa 09:00-12:00";
const SHOP: &str = "Mo-Su 09:30-21:30";
const POST: &str = "Mo-Sa 09:00-17:30";
const STOP: &str = "Mo-Su 06:30-19:00";
const ALWAYS: &str = "24/7";

/// One service site.
pub struct Site {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind, as in [`super::items::KINDS`].
    pub kind: &'static str,
    /// Code of the unit that runs it.
    pub unit: String,
    /// Where it stands.
    pub at: Pt,
    /// Opening hours, OSM syntax.
    pub hours: &'static str,
    /// Windows or machines.
    pub windows: usize,
    /// Whether a station handles all high-frequency items.
    pub full: bool,
    /// Further properties, each with a comma before it, or nothing.
    pub more: String,
}

struct Builder<'a> {
    plan: &'a Plan,
    world: &'a World,
    rng: Rng,
    sites: Vec<Site>,
    names: BTreeMap<String, usize>,
}

/// Opens all sites.
pub fn build(plan: &Plan, world: &World, seed: u64) -> Vec<Site> {
    let rng = Rng::new(seed, 5);
    let mut b = Builder {
        plan,
        world,
        rng,
        sites: Vec::with_capacity(plan.sites),
        names: BTreeMap::new(),
    };
    b.hall();
    b.centres();
    let rest = plan.sites.saturating_sub(b.sites.len());
    let parts = [39, 21, 5, 4, 12].map(|percent| rest * percent / 100);
    let [stations, banks, malls, stops, posts] = parts;
    b.stations(stations);
    b.scatter(banks, 10, |_, k, p| {
        (
            format!("{}{}自助终端", BANKS[k % BANKS.len()], p.name),
            "bank-terminal",
            ALWAYS,
            2,
        )
    });
    b.scatter(malls, 0, |b, k, p| {
        (
            format!("{}{}广场自助终端", b.town(p), MALLS[k % MALLS.len()]),
            "mall-kiosk",
            SHOP,
            3,
        )
    });
    b.scatter(stops, 0, |b, _, p| {
        (
            format!("{}汽车站自助终端", b.town(p)),
            "station-kiosk",
            STOP,
            1,
        )
    });
    b.scatter(posts, 30, |_, _, p| {
        (format!("{}邮政所", p.name), "post-office", POST, 2)
    });
    let telecoms = rest - parts.iter().sum::<usize>();
    b.scatter(telecoms, 8, |_, _, p| {
        (format!("{}电信营业厅", p.name), "telecom-outlet", POST, 3)
    });
    b.sites
}

impl<'a> Builder<'a> {
    fn open(
        &mut self,
        (name, kind, hours, windows): (String, &'static str, &'static str, usize),
        unit: &str,
        at: Pt,
    ) {
        let seen = self.names.entry(name.clone()).or_default();
        *seen += 1;
        let name = if *seen > 1 {
            format!("{name}({seen})")
        } else {
            name
        };
        let id = format!("S{:03}", self.sites.len() + 1);
        self.sites.push(Site {
            id,
            name,
            kind,
            unit: unit.to_owned(),
            at,
            hours,
            windows,
            full: false,
            more: String::new(),
        });
    }

    fn town(&self, place: &Place) -> &'a str {
        short(&self.plan.townships[place.township].name)
    }

    /// A dry point a few metres off the street.
    fn beside(&mut self, p: Pt) -> Pt {
        let spots = [(); 8].map(|()| off(&mut self.rng, p, 6.0, 20.0));
        spots
            .into_iter()
            .find(|&q| !self.plan.water.covers(q))
            .unwrap_or(p)
    }

    fn gate(&mut self, hub: usize, near: Pt) -> Pt {
        let gates = &self.world.hubs[hub].gates;
        let at = gates.get(nearest(gates, near)).copied().unwrap_or(near);
        self.beside(at)
    }

    fn hall(&mut self) {
        let (id, name) = &self.plan.county;
        let at = self.gate(self.plan.hall.0, self.plan.hall.1);
        self.open(
            (format!("{name}政务服务中心"), "county-centre", HALL, 42),
            id,
            at,
        );
    }

    /// One centre for each township and zone, at its first hub.
    fn centres(&mut self) {
        for (t, township) in self.plan.townships.iter().enumerate() {
            let Some(hub) = self.plan.hubs.iter().position(|h| h.township == t) else {
                continue;
            };
            let at = self.gate(hub, self.plan.hubs[hub].centre);
            let (name, kind) = if township.zone {
                ("政务服务大厅", "park-centre")
            } else {
                ("便民服务中心", "township-centre")
            };
            let windows = 4 + township.people / 4_000;
            self.open(
                (format!("{}{name}", township.name), kind, OFFICE, windows),
                &township.id,
                at,
            );
        }
    }

    /// Stations in villages and communities, where care is greatest first; some of them full.
    fn stations(&mut self, count: usize) {
        let mut ranked: Vec<(usize, usize)> = Vec::new();
        for (i, place) in self
            .world
            .places
            .iter()
            .enumerate()
            .filter(|(_, p)| p.station)
        {
            let care = self.plan.townships[place.township].care;
            let late = 200 - care - self.rng.below(100);
            ranked.push((if place.first { 0 } else { late }, i));
        }
        ranked.sort_unstable();
        let mut chosen: Vec<usize> = ranked.iter().cycle().take(count).map(|r| r.1).collect();
        chosen.sort_unstable();
        let mut quota = vec![50; self.plan.townships.len()];
        for i in chosen {
            let place = &self.world.places[i];
            let at = self.beside(place.centre);
            self.open(
                (
                    format!("{}便民服务站", place.name),
                    "village-station",
                    OFFICE,
                    1,
                ),
                &place.unit,
                at,
            );
            let filled = &mut quota[place.township];
            *filled += self.plan.townships[place.township].full;
            if let Some(site) = self.sites.last_mut().filter(|_| *filled >= 100) {
                (site.full, site.windows) = (true, 2);
                *filled -= 100;
            }
        }
    }

    /// Spreads `count` sites over the places by residents, with villages counting `rural` percent of theirs.
    fn scatter<F>(&mut self, count: usize, rural: usize, describe: F)
    where
        F: Fn(&Self, usize, &Place) -> (String, &'static str, &'static str, usize),
    {
        let world = self.world;
        let weigh = |p: &Place| {
            if p.station || !p.rural {
                p.people * if p.rural { rural } else { 100 }
            } else {
                0
            }
        };
        let total: usize = world.places.iter().map(weigh).sum();
        let (mut sum, mut k) = (0, 0);
        for place in &world.places {
            sum += weigh(place);
            while k < count && (2 * k + 1) * total < 2 * sum * count {
                let spot = place
                    .anchors
                    .get(self.rng.below(place.anchors.len()))
                    .copied();
                let at = self.beside(spot.unwrap_or(place.centre));
                let what = describe(self, k, place);
                self.open(what, &place.unit, at);
                k += 1;
            }
        }
    }
}

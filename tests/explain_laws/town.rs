//! Random towns with all rules on.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use walkshed::ids::{GroupId, ItemId, SiteId};
use walkshed::model::{
    Catalogue, Cell, Cells, Group, Item, ItemReach, Network, Offer, Online, OpenWeek, Site,
    SiteSet, Sites, Step, Steps, Study, StudyParts, Target, TimeRule, UnitRow, Units, Walk,
    WeekMinute,
};
use walkshed::plane::Position;
use walkshed::score::Setting;
use walkshed::{People, TravelTime};

/// A random town with all rules on: numbers that [`Town::study`] makes sites, offers and so on of.
#[derive(Debug, Clone)]
pub(crate) struct Town {
    nodes: Vec<(u16, u16)>,
    edges: Vec<(usize, usize)>,
    sites: Vec<(u16, u16, [u8; 4])>,
    cells: Vec<(u16, u16, u8)>,
    offers: Vec<[u8; 4]>,
    item: [u8; 3],
    asked: [u8; 4],
}

fn spot(x: u16, y: u16) -> Position {
    Position::new(116.2 + f64::from(x) * 1e-6, 29.7 + f64::from(y) * 1e-6).expect("near Hukou")
}

pub(crate) fn towns() -> impl Strategy<Value = Town> {
    let at = || 0_u16..14_000;
    prop::collection::vec((at(), at()), 2..12).prop_flat_map(move |nodes| {
        let end = 0..nodes.len();
        let edges = prop::collection::vec((end.clone(), end), 1..24);
        let sites = prop::collection::vec((at(), at(), any::<[u8; 4]>()), 0..7);
        let cells = prop::collection::vec((at(), at(), any::<u8>()), 1..6);
        let offers = prop::collection::vec(any::<[u8; 4]>(), 0..10);
        (
            Just(nodes),
            edges,
            sites,
            cells,
            offers,
            any::<[u8; 3]>(),
            any::<[u8; 4]>(),
        )
            .prop_map(|(nodes, edges, sites, cells, offers, item, asked)| Town {
                nodes,
                edges,
                sites,
                cells,
                offers,
                item,
                asked,
            })
    })
}

/// A day of 2024, or none every fourth time.
fn day(number: u8) -> Option<NaiveDate> {
    NaiveDate::from_yo_opt(2024, u32::from(number) + 1).filter(|_| !number.is_multiple_of(4))
}

fn steps(number: u8) -> Steps {
    Step::ALL
        .into_iter()
        .enumerate()
        .filter(|(place, _)| number >> place & 1 == 1)
        .map(|(_, step)| step)
        .collect()
}

impl Town {
    pub(crate) fn study(&self) -> Study {
        let units = ["c", "c/e", "c/w", "c/e/v"].map(|path| UnitRow {
            id: path.to_owned(),
            name: String::new(),
            parent: path.rsplit_once('/').map(|(above, _)| above.to_owned()),
        });
        let units = Units::new(units.to_vec()).expect("a tree");
        let unit = |number: u8| units.iter().map(|(id, _)| id).nth(usize::from(number % 5));
        let hours = |number: u8| match number % 4 {
            0 => None,
            1 => Some(Arc::new(OpenWeek::always())),
            part => Some(Arc::new(OpenWeek::new(Some(
                u32::from(number) * 30..u32::from(number) * 30 + 900 * u32::from(part),
            )))),
        };
        let site =
            |(place, &(x, y, [owner, kind, open, dates])): (usize, &(u16, u16, [u8; 4]))| Site {
                unit: unit(owner),
                kind: ["station", "bank"][usize::from(kind % 2)].to_owned(),
                hours: hours(open),
                opened: day(dates).filter(|_| dates.is_multiple_of(3)),
                closed: day(dates).filter(|_| dates % 3 == 1),
                ..Site::at(&format!("{place:02}"), spot(x, y))
            };
        let sites = Sites::new(self.sites.iter().enumerate().map(site).collect());
        let cell = |(place, &(x, y, owner)): (usize, &(u16, u16, u8))| Cell {
            id: place.to_string(),
            name: String::new(),
            unit: unit(owner),
            people: People::whole(1),
            at: Some(spot(x, y)).filter(|_| owner != 7),
        };
        let cells: Vec<Cell> = self.cells.iter().enumerate().map(cell).collect();
        let nodes: Vec<Position> = self.nodes.iter().map(|&(x, y)| spot(x, y)).collect();
        let edges: Vec<_> = self
            .edges
            .iter()
            .map(|&(a, b)| (a, b, nodes[a].distance(nodes[b])))
            .collect();
        let monday = NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
        let parts = StudyParts {
            groups: vec![self.group(&sites, cells.len())],
            catalogue: Catalogue::new(vec![(self.item(), self.offers(&sites))]),
            network: Network::new(nodes, &edges).expect("valid edges"),
            time: Some(TimeRule::week_of(
                monday,
                Arc::new(OpenWeek::new(Some(480..1020))),
            )),
            cells: Cells::new(cells),
            sites,
            units,
            ..StudyParts::default()
        };
        let [limit, search] = [10, 20].map(TravelTime::from_minutes);
        let target = Target {
            limit,
            search,
            items: vec![ItemId::new(0)],
            date: day(self.asked[0]),
        };
        let walk = Walk {
            max_snap_m: 300.0,
            ..Walk::default()
        };
        let parts = StudyParts {
            walk,
            target,
            ..parts
        };
        Study::new(parts).expect("a study")
    }

    fn group(&self, sites: &Sites, cells: usize) -> Group {
        let barred = self.asked[1].is_multiple_of(3);
        let helped = |place: usize| !self.sites[place].2[1].is_multiple_of(5);
        let usable = sites
            .iter()
            .filter(|(id, site)| helped(id.index()) && !(barred && site.kind == "bank"));
        Group {
            needs_helper: true,
            online: self.asked[1].is_multiple_of(2),
            may_not_use: if barred {
                vec!["bank".to_owned()]
            } else {
                Vec::new()
            },
            usable: Some(SiteSet::of(usable.map(|(id, _)| id))),
            ..Group::plain("elderly", vec![People::whole(1); cells])
        }
    }

    fn item(&self) -> Item {
        let [visits, reach, online] = self.item;
        Item {
            visits: steps(visits),
            reach: if reach.is_multiple_of(2) {
                ItemReach::OwnUnit
            } else {
                ItemReach::Anywhere
            },
            online: if online.is_multiple_of(4) {
                Online::Whole
            } else {
                Online::Part
            },
            online_steps: steps(online >> 3),
            delivery: online % 8 == 5,
            ..Item::plain("i")
        }
    }

    fn offers(&self, sites: &Sites) -> Vec<Offer> {
        let offer = |&[site, depth, from, until]: &[u8; 4]| Offer {
            site: SiteId::new(usize::from(site) % sites.len().max(1)),
            steps: steps(depth),
            reach: [
                None,
                Some(ItemReach::OwnUnit),
                Some(ItemReach::Anywhere),
                None,
            ][usize::from(depth >> 5) % 4],
            from: day(from).filter(|_| from.is_multiple_of(3)),
            until: day(until).filter(|_| until % 3 == 1),
        };
        self.offers
            .iter()
            .map(offer)
            .filter(|offer| offer.site.index() < sites.len())
            .collect()
    }

    pub(crate) fn setting(&self) -> Setting {
        let [_, _, who, minute] = self.asked;
        Setting {
            who: (who.is_multiple_of(2)).then(|| GroupId::new(0)).into(),
            online: who.is_multiple_of(3),
            way: None,
            leaving: WeekMinute::new(u32::from(minute) * 39).filter(|_| !minute.is_multiple_of(3)),
        }
    }
}

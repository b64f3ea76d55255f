//! Random small plans: a grid town, units, items with steps, offers with dates, hours, groups, zones.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use walkshed::ids::{ItemId, SiteId, UnitId, ZoneId};
use walkshed::model::{
    Audience, Boundary, Catalogue, Cell, Cells, Group, HelpRadius, HomeHelp, Item, ItemReach, Mode,
    Network, Offer, Online, OpenWeek, Properties, Site, SiteSet, Sites, Step, Steps, Study,
    StudyParts, Target, TimeRule, UnitRow, Units, Walk, WeekMinute, Zone, Zones,
};
use walkshed::plane::Position;
use walkshed::score::{Setting, Way};
use walkshed::{People, Speed, TravelTime};

/// Junctions along one side of the town, and millionths of a degree between them (about 200 m).
pub const SIDE: usize = 6;
pub const BLOCK: f64 = 2_000.0;

#[derive(Debug, Clone)]
pub struct Plan {
    pub kept: Vec<bool>,
    pub sites: Vec<PlannedSite>,
    pub cells: Vec<PlannedCell>,
    pub items: Vec<PlannedItem>,
    pub offers: Vec<PlannedOffer>,
    pub groups: Vec<PlannedGroup>,
    pub zones: Vec<(Option<u32>, Option<u32>)>,
    pub minutes: u32,
    pub day: Option<u64>,
    pub leaving: Option<u32>,
    pub online: bool,
    pub group: Option<usize>,
    /// The one way that counts, if only one does.
    pub way: Option<Way>,
}

#[derive(Debug, Clone)]
pub struct PlannedSite {
    pub at: usize,
    pub unit: Option<usize>,
    pub opened: Option<u64>,
    pub closed: Option<u64>,
    /// Hours of the week from one to another, none where it does not say.
    pub hours: Option<Vec<(u32, u32)>>,
    /// How far it sends helpers home, and from which hour on in the week; none where it sends none.
    pub home: Option<(PlannedRadius, u32)>,
    /// Whether people serve themselves there, and whether it has a helper, where it says so.
    pub flags: [Option<bool>; 2],
}

#[derive(Debug, Clone, Copy)]
pub enum PlannedRadius {
    Limit,
    Minutes(u32),
    Metres(u32),
}

#[derive(Debug, Clone)]
pub struct PlannedCell {
    pub at: usize,
    /// Millionths of a degree off its junction; a few are stranded.
    pub off: u32,
    pub unit: Option<usize>,
    pub people: u32,
    pub known: bool,
    pub zone: usize,
}

#[derive(Debug, Clone)]
pub struct PlannedItem {
    pub visits: u8,
    pub own: bool,
    pub home: PlannedHome,
    pub audience: u8,
    pub theme: u8,
    pub asked: bool,
}

/// What of an item needs no visit.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlannedHome {
    /// Whether it is wholly online.
    pub whole: bool,
    /// The steps that are done online where it is not, and on a phone.
    pub steps: [u8; 2],
    pub posted: bool,
}

#[derive(Debug, Clone)]
pub struct PlannedOffer {
    pub site: usize,
    pub item: usize,
    pub steps: u8,
    /// Whether it is for everybody, or for its own unit; none for whom the item is for.
    pub everybody: Option<bool>,
    pub from: Option<u64>,
    pub until: Option<u64>,
}

#[derive(Debug, Clone)]
pub struct PlannedGroup {
    pub share: f64,
    pub audience: u8,
    pub online: bool,
    pub kmh: Option<u32>,
    /// Whether it can use every site, or the sites at these places only.
    pub usable: Option<Vec<bool>>,
}

/// Four units: a county, two towns in it, a village in the first.
const UNITS: [(&str, Option<&str>); 4] = [
    ("county", None),
    ("east", Some("county")),
    ("west", Some("county")),
    ("x", Some("east")),
];

fn radius() -> impl Strategy<Value = PlannedRadius> {
    prop_oneof![
        Just(PlannedRadius::Limit),
        (1..40_u32).prop_map(PlannedRadius::Minutes),
        (100..2_500_u32).prop_map(PlannedRadius::Metres),
    ]
}

prop_compose! {
    fn site()(
        at in 0..SIDE * SIDE, unit in prop::option::weighted(0.8, 0..4_usize),
        opened in prop::option::weighted(0.3, 0..6_u64), closed in prop::option::weighted(0.2, 3..9_u64),
        hours in prop::option::weighted(0.8, prop::collection::vec((0..160_u32, 1..60_u32), 0..4)),
        home in prop::option::weighted(0.3, (radius(), 0..300_u32)),
        flags in [prop::option::of(any::<bool>()), prop::option::of(any::<bool>())],
    ) -> PlannedSite {
        let hours = hours.map(|list| list.into_iter().map(|(from, long)| (from, from + long)).collect());
        PlannedSite { at, unit, opened, closed, hours, home, flags }
    }
}

prop_compose! {
    fn cell()(
        at in 0..SIDE * SIDE, off in prop_oneof![Just(0_u32), 0..900_u32, Just(90_000)],
        unit in prop::option::weighted(0.9, 0..4_usize), people in 0..900_u32,
        known in prop::bool::weighted(0.95), zone in 0..4_usize,
    ) -> PlannedCell {
        PlannedCell { at, off, unit, people, known, zone }
    }
}

prop_compose! {
    fn item()(
        visits in 0..32_u8, own in any::<bool>(), whole in prop::bool::weighted(0.3), audience in 0..3_u8,
        theme in 0..2_u8, asked in prop::bool::weighted(0.8),
        steps in prop_oneof![Just([0, 0]), [0..32_u8, 0..32_u8]], posted in prop::bool::weighted(0.2),
    ) -> PlannedItem {
        let home = PlannedHome { whole, steps, posted };
        PlannedItem { visits, own, home, audience, theme, asked }
    }
}

prop_compose! {
    fn offer()(
        site in 0..8_usize, item in 0..4_usize, steps in prop_oneof![Just(31_u8), 1..32_u8],
        from in prop::option::weighted(0.3, 0..6_u64), until in prop::option::weighted(0.3, 3..9_u64),
        everybody in prop::option::weighted(0.4, any::<bool>()),
    ) -> PlannedOffer {
        PlannedOffer { site, item, steps, everybody, from, until }
    }
}

prop_compose! {
    fn group()(
        share in 0.0..0.4_f64, audience in 0..3_u8, online in any::<bool>(),
        kmh in prop::option::weighted(0.5, 2..7_u32),
        usable in prop::option::weighted(0.6, prop::collection::vec(prop::bool::weighted(0.7), 8)),
    ) -> PlannedGroup {
        PlannedGroup { share, audience, online, kmh, usable }
    }
}

prop_compose! {
    /// Any plan.
    pub fn plans()(
        kept in prop::collection::vec(prop::bool::weighted(0.9), 2 * SIDE * SIDE),
        sites in prop::collection::vec(site(), 1..8), cells in prop::collection::vec(cell(), 1..8),
        items in prop::collection::vec(item(), 1..4), offers in prop::collection::vec(offer(), 0..16),
        groups in prop::collection::vec(group(), 0..3),
        zones in prop::collection::vec((prop::option::of(3..20_u32), prop::option::of(2..9_u32)), 0..3),
        minutes in 2..14_u32, day in prop::option::of(0..9_u64), leaving in prop::option::weighted(0.6, 0..10_080_u32),
        online in any::<bool>(), group in prop::option::of(0..3_usize),
    ) -> Plan {
        let group = group.filter(|&group| group < groups.len());
        let mut items = items;
        // A plan asks for something.
        items[0].asked |= items.iter().all(|item| !item.asked);
        Plan { kept, sites, cells, items, offers, groups, zones, minutes, day, leaving, online, group, way: None }
    }
}

prop_compose! {
    /// Any plan, judged by one way alone or by all.
    pub fn plans_by_ways()(
        plan in plans(), way in prop::option::of(prop::sample::select(Way::ALL.to_vec())),
    ) -> Plan {
        Plan { way, ..plan }
    }
}

pub fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(number)))
        .expect("a day")
}

pub fn spot([x, y]: [f64; 2]) -> Position {
    Position::new(116.2 + x * 1e-6, 29.7 + y * 1e-6).expect("near Hukou")
}

pub fn junction(place: usize) -> [f64; 2] {
    [place % SIDE, place / SIDE].map(|n| f64::from(u32::try_from(n).expect("small")) * BLOCK)
}

fn steps(bits: u8) -> Steps {
    Step::ALL
        .into_iter()
        .enumerate()
        .filter(|(place, _)| bits >> place & 1 == 1)
        .map(|(_, step)| step)
        .collect()
}

const fn reach(everybody: bool) -> ItemReach {
    if everybody {
        ItemReach::Anywhere
    } else {
        ItemReach::OwnUnit
    }
}

fn audience(number: u8) -> Audience {
    [Audience::Person, Audience::Firm, Audience::Both][usize::from(number)]
}

impl Plan {
    pub fn setting(&self) -> Setting {
        let group = self.group.map(walkshed::ids::GroupId::new);
        Setting {
            who: group.into(),
            online: self.online,
            leaving: self.leaving.and_then(WeekMinute::new),
            way: self.way,
        }
    }

    /// The streets `(from, to, metres)`.
    pub fn streets(&self) -> Vec<(usize, usize, f64)> {
        let across = (0..SIDE * SIDE)
            .filter(|place| place % SIDE + 1 < SIDE)
            .map(|place| (place, place + 1));
        let down = (0..SIDE * (SIDE - 1)).map(|place| (place, place + SIDE));
        let all = across
            .chain(down)
            .zip(&self.kept)
            .filter(|&(_, &kept)| kept);
        all.map(|((a, b), _)| (a, b, spot(junction(a)).distance(spot(junction(b)))))
            .collect()
    }

    pub fn study(&self) -> Study {
        let nodes = (0..SIDE * SIDE)
            .map(|place| spot(junction(place)))
            .collect();
        self.study_on(
            Network::new(nodes, &self.streets()).expect("valid"),
            &vec![true; self.sites.len()],
            None,
        )
    }

    /// The plan on these streets, with some of its sites.
    pub fn study_on(&self, network: Network, kept: &[bool], boundary: Option<Boundary>) -> Study {
        let row = |(id, parent): (&str, Option<&str>)| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: parent.map(str::to_owned),
        };
        let units = Units::new(UNITS.map(row).to_vec()).expect("a tree");
        let unit = |place: Option<usize>| place.and_then(|place| units.find(UNITS[place].0));
        let planned = self
            .sites
            .iter()
            .enumerate()
            .filter(|&(place, _)| kept[place]);
        let sites = Sites::new(
            planned
                .map(|(place, site)| site.site(place, unit(site.unit)))
                .collect(),
        );
        let cells: Vec<Cell> = self
            .cells
            .iter()
            .enumerate()
            .map(|(i, cell)| cell.cell(i, unit(cell.unit)))
            .collect();
        let catalogue = self.catalogue(&sites);
        let asked = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.asked)
            .map(|(place, _)| ItemId::new(place));
        let target = Target {
            limit: TravelTime::from_minutes(self.minutes),
            search: TravelTime::from_minutes(30),
            items: asked.collect(),
            date: self.day.map(day),
        };
        let walk = Walk {
            max_snap_m: 150.0,
            ..Walk::default()
        };
        let unstated = Arc::new(OpenWeek::new(
            (0..5).map(|day| day * 1440 + 540..day * 1440 + 1020),
        ));
        let parts = StudyParts {
            groups: self
                .groups
                .iter()
                .enumerate()
                .map(|(i, group)| group.group(i, &cells, &sites))
                .collect(),
            zones: self.zones(),
            time: Some(TimeRule::week_of(day(0), unstated)),
            cells: Cells::new(cells),
            network,
            boundary,
            sites,
            units,
            catalogue,
            ..StudyParts::default()
        };
        let parts = StudyParts {
            walk,
            target,
            ..parts
        };
        Study::new(parts).expect("a study")
    }

    fn zones(&self) -> Zones {
        let zone = |&(minutes, kmh): &(Option<u32>, Option<u32>)| Zone {
            name: String::new(),
            limit: minutes.map(TravelTime::from_minutes),
            speed: kmh.and_then(|kmh| Speed::from_kmh(kmh.into())),
            by: String::new(),
            mode: Mode::Walk,
        };
        let of =
            |cell: &PlannedCell| (cell.zone < self.zones.len()).then(|| ZoneId::new(cell.zone));
        Zones::new(
            self.zones.iter().map(zone).collect(),
            self.cells.iter().map(of).collect(),
        )
    }

    fn catalogue(&self, sites: &Sites) -> Catalogue {
        let item = |(place, item): (usize, &PlannedItem)| {
            let offers = self
                .offers
                .iter()
                .filter(|offer| offer.item % self.items.len() == place);
            let offers = offers.filter_map(|offer| {
                let site = sites.find(&(offer.site % self.sites.len()).to_string())?;
                let [from, until] = [offer.from, offer.until].map(|number| number.map(day));
                Some(Offer {
                    site,
                    steps: steps(offer.steps),
                    reach: offer.everybody.map(reach),
                    from,
                    until,
                })
            });
            (item.item(place), offers.collect())
        };
        Catalogue::new(self.items.iter().enumerate().map(item).collect())
    }
}

fn home_help((radius, from): (PlannedRadius, u32)) -> HomeHelp {
    let within = match radius {
        PlannedRadius::Limit => HelpRadius::Limit,
        PlannedRadius::Minutes(minutes) => HelpRadius::Time(TravelTime::from_minutes(minutes)),
        PlannedRadius::Metres(metres) => HelpRadius::Metres(metres.into()),
    };
    // Late in the week they go on all days.
    let week =
        (from < 160).then(|| Arc::new(OpenWeek::new(std::iter::once(from * 60 + 7..10_080))));
    HomeHelp { within, week }
}

impl PlannedSite {
    fn site(&self, place: usize, unit: Option<UnitId>) -> Site {
        let week = |hours: &Vec<(u32, u32)>| {
            Arc::new(OpenWeek::new(
                hours.iter().map(|&(a, b)| a * 60 + 7..b * 60 + 7),
            ))
        };
        Site {
            unit,
            opened: self.opened.map(day),
            closed: self.closed.map(day),
            hours: self.hours.as_ref().map(week),
            home_help: self.home.map(home_help),
            properties: Properties::of(["self_service", "helper"].into_iter().zip(self.flags)),
            ..Site::at(&place.to_string(), spot(junction(self.at)))
        }
    }
}

impl PlannedCell {
    fn cell(&self, place: usize, unit: Option<UnitId>) -> Cell {
        let [x, y] = junction(self.at);
        let at = self
            .known
            .then(|| spot([x - f64::from(self.off), y - f64::from(self.off) * 0.7]));
        Cell {
            id: place.to_string(),
            name: String::new(),
            unit,
            people: People::whole(self.people),
            at,
        }
    }
}

impl PlannedItem {
    fn item(&self, place: usize) -> Item {
        Item {
            weight: place as u64 + 1,
            audience: audience(self.audience),
            theme: if self.theme == 1 {
                "theme".to_owned()
            } else {
                String::new()
            },
            online: if self.home.whole {
                Online::Whole
            } else {
                Online::Part
            },
            online_steps: steps(self.home.steps[0]),
            mobile: Online::Part,
            mobile_steps: steps(self.home.steps[1]),
            delivery: self.home.posted,
            visits: steps(self.visits),
            reach: reach(!self.own),
            ..Item::plain(&place.to_string())
        }
    }
}

impl PlannedGroup {
    fn group(&self, place: usize, cells: &[Cell], sites: &Sites) -> Group {
        let can = |usable: &Vec<bool>| {
            let place = |id: SiteId| sites[id].id.parse::<usize>().expect("a number");
            SiteSet::of(
                sites
                    .iter()
                    .map(|(id, _)| id)
                    .filter(|&id| usable[place(id)]),
            )
        };
        Group {
            speed: self.kmh.and_then(|kmh| Speed::from_kmh(kmh.into())),
            audience: audience(self.audience),
            online: self.online,
            needs_helper: self.usable.is_some(),
            usable: self.usable.as_ref().map(can),
            ..Group::plain(
                &place.to_string(),
                cells
                    .iter()
                    .map(|cell| cell.people.part(self.share))
                    .collect(),
            )
        }
    }
}

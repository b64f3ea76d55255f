//! Random multigraphs as towns: long streets of many pieces, dead ends, rings, loops, islands, parallel
//! edges and edges without length, one-way, closed and steep ones, and many points on one street.

use std::f64::consts::PI;

use proptest::prelude::*;
use walkshed::model::{
    Catalogue, Cell, Cells, Network, NetworkParts, OneWay, Site, Sites, StreetKind, StreetRules,
    Study, StudyParts, Target, Traits, Walk, WalkedBy,
};
use walkshed::plane::Position;
use walkshed::{People, Speed, TravelTime};

/// A street between two corners, bent at so many places.
#[derive(Debug, Clone)]
struct Street {
    ends: [usize; 2],
    bends: usize,
    /// What its pieces have: taken in turn.
    traits: Vec<Traits>,
    /// Metres more than the straight line; without length where there is none.
    extra: Option<u16>,
}

#[derive(Debug, Clone)]
pub struct Town {
    pub corners: Vec<(u16, u16)>,
    streets: Vec<Street>,
    heights: Vec<u8>,
    /// A piece of street, how far along it, and how far off it.
    pub points: Vec<(usize, u8, u8)>,
}

pub const LONG: TravelTime = TravelTime::from_minutes(600);

fn street(corners: usize) -> impl Strategy<Value = Street> {
    let one_way = prop::sample::select(vec![
        OneWay::No,
        OneWay::No,
        OneWay::No,
        OneWay::Forward,
        OneWay::Backward,
    ]);
    let kind = prop::sample::select(vec![
        StreetKind::Plain,
        StreetKind::Plain,
        StreetKind::Plain,
        StreetKind::Stairs,
    ]);
    let ride_way = one_way.clone();
    let link = prop::option::weighted(0.1, 0_u32..3_000_000);
    let who = prop::sample::select(vec![
        (WalkedBy::Everybody, false),
        (WalkedBy::Everybody, false),
        (WalkedBy::Everybody, true),
        (WalkedBy::Residents, false),
    ]);
    let traits = (kind, one_way, ride_way, link, who).prop_map(
        |(kind, one_way, ride_way, link, (walked_by, no_doors))| Traits {
            link: link.map(TravelTime::from_ticks),
            kind,
            one_way,
            no_riding: ride_way == OneWay::Backward,
            ride_way,
            walked_by,
            no_doors,
            ..Traits::default()
        },
    );
    let plain = Just(vec![Traits::default()]);
    let traits = prop_oneof![plain, prop::collection::vec(traits, 1..4)];
    (
        0..corners,
        0..corners,
        0_usize..7,
        traits,
        prop::option::weighted(0.9, 0_u16..40),
    )
        .prop_map(|(a, b, bends, traits, extra)| Street {
            ends: [a, b],
            bends,
            traits,
            extra,
        })
}

pub fn towns() -> impl Strategy<Value = Town> {
    let corners = prop::collection::vec((0_u16..9_000, 0_u16..9_000), 2..9);
    corners.prop_flat_map(|corners| {
        let streets = prop::collection::vec(street(corners.len()), 1..14);
        let points = prop::collection::vec((any::<usize>(), any::<u8>(), 0_u8..3), 2..24);
        (
            Just(corners),
            streets,
            prop::collection::vec(any::<u8>(), 16),
            points,
        )
            .prop_map(|(corners, streets, heights, points)| Town {
                corners,
                streets,
                heights,
                points,
            })
    })
}

pub fn rules() -> impl Strategy<Value = StreetRules> {
    any::<[bool; 4]>().prop_map(|[stairs_closed, one_way, slope, rides]| StreetRules {
        stairs_closed,
        one_way,
        slope,
        pushes_at: Speed::from_kmh(1.7).filter(|_| rides),
        ..StreetRules::default()
    })
}

pub fn spot([x, y]: [f64; 2]) -> Position {
    Position::new(116.2 + x * 1e-6, 29.7 + y * 1e-6).expect("near Hukou")
}

/// Streets cut into pieces: vertices on the town's own grid, and edges.
#[derive(Default)]
pub struct Pieces {
    pub nodes: Vec<[f64; 2]>,
    pub edges: Vec<(usize, usize, f64)>,
    traits: Vec<(usize, Traits)>,
}

impl Town {
    pub fn pieces(&self) -> Pieces {
        let corners = self
            .corners
            .iter()
            .map(|&(x, y)| [f64::from(x), f64::from(y)])
            .collect();
        let mut pieces = Pieces {
            nodes: corners,
            ..Pieces::default()
        };
        for (number, street) in self.streets.iter().enumerate() {
            street.cut(number, &mut pieces);
        }
        pieces
    }

    /// Every third point is a site, the others are cells.
    pub fn study(&self) -> Study {
        let Pieces {
            nodes,
            edges,
            traits,
        } = self.pieces();
        let at = |&(piece, along, aside): &(usize, u8, u8)| {
            let ((from, to, _), part) = (edges[piece % edges.len()], f64::from(along) / 255.0);
            let [a, b] = [nodes[from], nodes[to]];
            spot([
                a[0] + (b[0] - a[0]) * part,
                a[1] + (b[1] - a[1]) * part + f64::from(aside) * 20.0,
            ])
        };
        let points: Vec<Position> = self.points.iter().map(at).collect();
        let heights = (0..nodes.len())
            .map(|node| Some(f32::from(self.heights[node % self.heights.len()]) / 4.0));
        let heights = heights.collect();
        let nodes = nodes.into_iter().map(spot).collect();
        study(
            &points,
            NetworkParts {
                nodes,
                edges,
                traits,
                heights,
                names: Vec::new(),
            },
        )
    }
}

impl Street {
    /// Adds the street's vertices and edges, a little aside of those with other numbers.
    fn cut(&self, number: usize, pieces: &mut Pieces) {
        let (last, aside) = (
            self.bends + 1,
            f64::from(u8::try_from(number).expect("few")),
        );
        let [a, b] = self.ends.map(|end| pieces.nodes[end]);
        let mut from = self.ends[0];
        for piece in 1..=last {
            let part = f64::from(u8::try_from(piece).expect("few"))
                / f64::from(u8::try_from(last).expect("few"));
            let to = if piece == last {
                self.ends[1]
            } else {
                pieces.nodes.len()
            };
            if piece < last {
                // A ring goes out from its corner and comes back; other streets are nearly straight.
                let swing = if self.ends[0] == self.ends[1] {
                    500.0
                } else {
                    9.0
                };
                let [east, north] = [1.0, 2.0].map(|turns| swing * (part * turns * PI).sin());
                pieces.nodes.push([
                    a[0] + (b[0] - a[0]) * part + east + aside * 1.7,
                    a[1] + (b[1] - a[1]) * part + north + aside,
                ]);
            }
            let straight = spot(pieces.nodes[from]).distance(spot(pieces.nodes[to]));
            let metres = self
                .extra
                .map_or(0.0, |extra| straight + f64::from(extra) * 0.37);
            pieces
                .traits
                .push((pieces.edges.len(), self.traits[piece % self.traits.len()]));
            pieces.edges.push((from, to, metres));
            from = to;
        }
    }
}

/// Every third point is a site, the others are cells.
pub fn study(points: &[Position], network: NetworkParts) -> Study {
    let of = |keep: fn(usize) -> bool| {
        points
            .iter()
            .enumerate()
            .filter(move |(place, _)| keep(*place))
            .map(|(place, &at)| (format!("{place:03}"), at))
    };
    let cell = |(id, at)| Cell {
        id,
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at),
    };
    let sites = Sites::new(
        of(|place| place % 3 == 0)
            .map(|(id, at)| Site::at(&id, at))
            .collect(),
    );
    let parts = StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites,
        cells: Cells::new(of(|place| place % 3 != 0).map(cell).collect()),
        network: Network::with_traits(network).expect("valid"),
        ..StudyParts::default()
    };
    let walk = Walk {
        min_component: 1,
        ..Walk::default()
    };
    let target = Target {
        limit: LONG,
        search: LONG,
        ..Target::default()
    };
    let parts = StudyParts {
        walk,
        target,
        ..parts
    };
    Study::new(parts).expect("a study")
}

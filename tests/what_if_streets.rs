//! Changes on streets of every make: what is walked anew and what stays gives what everything anew gives.
//!
//! The towns are random multigraphs with slopes, stairs and one-way streets, walked by everybody and by
//! groups under rules of their own, beside zones with another speed; small islands are not snapped to, and
//! walls stand between points and streets.

#[path = "common/multigraph.rs"]
mod multigraph;

use multigraph::{Pieces, Town, rules, spot, towns};
use proptest::prelude::*;
use walkshed::ids::{CellId, ItemId, ZoneId};
use walkshed::model::{
    Cells, Change, Group, Islands, Mode, Network, NewOffer, NewSite, Site, StreetRules, Study,
    StudyParts, Target, Walk, Zone, Zones, apply,
};
use walkshed::plane::Position;
use walkshed::score::{Setting, coverage_for};
use walkshed::search::{WhatIf, Work, walks};
use walkshed::{People, Silent, Speed, TravelTime};

/// A change, by numbers that are brought into range when it is made; places by piece, part of it, and aside.
#[derive(Debug, Clone)]
enum Do {
    Cut(At),
    Slow(At, u8),
    Add(At, At, Option<At>),
    Open(u8, At),
    Close(u8),
    Move(u8, At),
}

/// A piece of the town as it was at first, how far along it, and how far off it.
type At = (usize, u8, u8);

fn place() -> impl Strategy<Value = At> {
    (
        any::<usize>(),
        prop_oneof![Just(0_u8), Just(255), any::<u8>()],
        0_u8..3,
    )
}

fn steps() -> impl Strategy<Value = Do> {
    prop_oneof![
        3 => place().prop_map(Do::Cut),
        2 => (place(), 1_u8..5).prop_map(|(at, times)| Do::Slow(at, times)),
        3 => (place(), place(), prop::option::of(place())).prop_map(|(a, b, via)| Do::Add(a, b, via)),
        2 => (any::<u8>(), place()).prop_map(|(id, at)| Do::Open(id, at)),
        1 => any::<u8>().prop_map(Do::Close),
        2 => (any::<u8>(), place()).prop_map(|(id, at)| Do::Move(id, at)),
    ]
}

fn at(pieces: &Pieces, (piece, along, aside): At) -> Position {
    let ((from, to, _), part) = (
        pieces.edges[piece % pieces.edges.len()],
        f64::from(along) / 255.0,
    );
    let [a, b] = [pieces.nodes[from], pieces.nodes[to]];
    spot([
        a[0] + (b[0] - a[0]) * part,
        a[1] + (b[1] - a[1]) * part + f64::from(aside) * 60.0,
    ])
}

impl Do {
    fn change(&self, pieces: &Pieces, study: &Study) -> Change {
        let id = |number: u8| format!("{:03}", usize::from(number) % (study.sites().len() + 2) * 3);
        match *self {
            Self::Cut(place) => Change::CutStreet {
                at: at(pieces, place),
            },
            Self::Slow(place, times) => Change::SlowStreet {
                at: at(pieces, place),
                times: f64::from(times) * 0.7,
            },
            Self::Add(a, b, via) => {
                let course = [Some(a), via, Some(b)].into_iter().flatten();
                Change::AddStreet {
                    line: course.map(|place| at(pieces, place)).collect(),
                }
            }
            Self::Open(number, place) => {
                let site = Site::at(&id(number), at(pieces, place));
                Change::OpenSite(Box::new(NewSite {
                    site,
                    offers: vec![NewOffer::whole(ItemId::new(0))],
                }))
            }
            Self::Close(number) => Change::CloseSite { site: id(number) },
            Self::Move(number, place) => Change::MoveSite {
                site: id(number),
                to: at(pieces, place),
            },
        }
    }
}

#[derive(Debug, Clone)]
struct Ways {
    rules: StreetRules,
    min_component: u32,
    max_snap_m: u8,
    minutes: u8,
    wall: (At, At),
    zones: bool,
    islands: Islands,
    /// Whether a long street runs across, beside which all else is an island.
    long_street: bool,
}

prop_compose! {
    fn ways()(
        rules in rules(), min_component in 0_u32..7, max_snap_m in 1_u8..40, minutes in 1_u8..15,
        wall in (place(), place()), zones in any::<bool>(), keep in any::<bool>(),
        long_street in any::<bool>(),
    ) -> Ways {
        let islands = if keep { Islands::Keep } else { Islands::Avoid };
        Ways { rules, min_component, max_snap_m, minutes, wall, zones, islands, long_street }
    }
}

/// The streets, and one of 60 vertices across the town that joins none of them.
fn with_long_street(network: Network) -> Network {
    let mut parts = network.into_parts();
    for step in 0..60_u32 {
        let at = spot([
            f64::from(step) * 150.0,
            4500.0 + f64::from(step % 2) * 300.0,
        ]);
        if step > 0 {
            let last = parts.nodes.len() - 1;
            let metres = parts.nodes[last].distance(at);
            parts.edges.push((last, last + 1, metres));
        }
        parts.nodes.push(at);
    }
    if !parts.heights.is_empty() {
        parts.heights.resize(parts.nodes.len(), Some(0.0));
    }
    Network::with_traits(parts).expect("valid")
}

fn study(town: &Town, ways: &Ways) -> Study {
    let (pieces, cells) = (town.pieces(), town.study().cells().len());
    let mut parts = town.study().into_parts();
    let people = People::whole(3);
    let mut homes = parts.cells.as_slice().to_vec();
    for cell in &mut homes {
        cell.people = people;
    }
    parts.cells = Cells::new(homes);
    let slow = Speed::from_kmh(2.3).expect("a speed");
    let group = |id| Group::plain(id, vec![People::whole(1); cells]);
    parts.groups = vec![
        Group {
            wheelchair: true,
            ..group("wheels")
        },
        Group {
            no_stairs: true,
            speed: Some(slow),
            ..group("slow")
        },
        group("others"),
    ];
    parts.barriers = vec![[at(&pieces, ways.wall.0), at(&pieces, ways.wall.1)]];
    if ways.zones {
        let zone = Zone {
            name: "by bike".to_owned(),
            limit: None,
            speed: Speed::from_kmh(9.0),
            by: String::new(),
            mode: Mode::Walk,
        };
        let of_cell = (0..cells)
            .map(|cell| (cell % 2 == 0).then(|| ZoneId::new(0)))
            .collect();
        parts.zones = Zones::new(vec![zone], of_cell);
    }
    if ways.long_street {
        parts.network = with_long_street(parts.network);
    }
    let walk = Walk {
        rules: ways.rules,
        min_component: ways.min_component,
        islands: ways.islands,
        max_snap_m: f64::from(ways.max_snap_m),
        ..Walk::default()
    };
    let limit = TravelTime::from_minutes(u32::from(ways.minutes).div_ceil(2));
    let search = TravelTime::from_minutes(u32::from(ways.minutes));
    let target = Target {
        limit,
        search,
        ..Target::default()
    };
    let parts = StudyParts {
        walk,
        target,
        ..parts
    };
    Study::new(parts).expect("a study")
}

/// Everything about a study's walks and coverage.
fn all(
    study: &Study,
    walks: &walkshed::search::Walks,
    told: impl Fn(Setting) -> String,
) -> Vec<String> {
    let groups = std::iter::once(None).chain(study.groups().map(|(group, _)| Some(group)));
    let of = |group| {
        let times = walks.of(group);
        let cell = |cell| format!("{:?} {:?}", times.links().cell(cell), times.of(cell));
        let sites = study
            .sites()
            .iter()
            .map(|(site, it)| format!("{} {:?}", it.id, times.links().site(site)));
        let pairs = format!("{} {:?}", times.len(), times.budget());
        let told = told(Setting {
            who: group.into(),
            ..Setting::default()
        });
        let all = (0..study.cells().len())
            .map(CellId::new)
            .map(cell)
            .chain(sites);
        all.chain([pairs, told]).collect::<Vec<_>>()
    };
    groups.flat_map(of).collect()
}

fn check(town: &Town, ways: &Ways, steps: &[Do]) -> Result<Vec<Work>, TestCaseError> {
    let (pieces, first) = (town.pieces(), study(town, ways));
    let budget = first.target().search;
    let mut now = WhatIf::new(first.clone(), budget, &Silent);
    let (mut study, mut work) = (first, Vec::new());
    for step in steps {
        let change = step.change(&pieces, &study);
        let Ok(then) = now.after(&change) else {
            prop_assert!(apply(&study, &change).is_err(), "{}", change);
            continue;
        };
        (study, _) = apply(&study, &change).expect("as the walks could");
        let anew = walks(&study, budget, &Silent);
        let before = |setting: Setting| {
            coverage_for(now.walks().of(setting.who.group()), study.target(), setting)
        };
        let after = |setting| {
            let (before, limit) = (before(setting), study.target().limit);
            let after = before.after(&then);
            let cells = (0..study.cells().len()).map(|cell| after.cell(CellId::new(cell)));
            format!(
                "{:?} {:?} {:?} {limit:?}",
                cells.collect::<Vec<_>>(),
                after.total(),
                after.by_site()
            )
        };
        let known = |setting: Setting| {
            let known = coverage_for(anew.of(setting.who.group()), study.target(), setting);
            let cells = (0..study.cells().len()).map(|cell| known.cell(CellId::new(cell)));
            format!(
                "{:?} {:?} {:?} {:?}",
                cells.collect::<Vec<_>>(),
                known.total(),
                known.by_site(),
                study.target().limit
            )
        };
        prop_assert_eq!(
            all(&study, then.walks(), after),
            all(&study, &anew, known),
            "{}",
            change
        );
        work.push(then.work());
        now = then;
    }
    Ok(work)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_changed_on_the_way_is_what_everything_anew_is(
        town in towns(), ways in ways(), steps in prop::collection::vec(steps(), 1..6),
    ) {
        let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let one = on(1).install(|| check(&town, &ways, &steps))?;
        prop_assert_eq!(one, on(2).install(|| check(&town, &ways, &steps))?, "as much work");
    }
}

#[test]
fn who_stands_on_a_slowed_piece_walks_along_it_anew_even_far_from_its_ends() {
    // s and a are 200 m apart on a piece whose ends are 500 m off: 3 minutes, and 7.5 to an end.
    let town = walkshed::draw::town("A----s-a----B", 100.0, "s");
    let at = town.cells().as_slice()[0].at.expect("drawn");
    let now = WhatIf::new(town, TravelTime::from_minutes(7), &Silent);
    let walk = |what: &WhatIf| {
        what.walks()
            .of(None)
            .nearest(CellId::new(0))
            .map(|reach| reach.time)
    };
    let slow = |times| {
        let slowed = now.after(&Change::SlowStreet { at, times });
        slowed.expect("a street is there")
    };
    assert_eq!(
        walk(&slow(2.0)),
        walk(&now).map(|time| TravelTime::from_ticks(time.ticks() * 2))
    );
    assert_eq!((walk(&now).is_some(), walk(&slow(3.0))), (true, None));
}

//! Stairs, crossings, one-way passages and slopes: towns whose answer one can work out by hand.
//!
//! All are walked at 4 km/h: 100 m take 90 s.

use walkshed::ids::{CellId, SiteId};
use walkshed::model::{
    Network, NetworkParts, OneWay, Profile, StreetKind, StreetRules, Study, Traits,
};
use walkshed::search::{Search, TravelTimes, path, travel_times};
use walkshed::snap::{Snap, link, link_as};
use walkshed::{Silent, Speed, TravelTime, draw};

const OFF: StreetRules = StreetRules {
    stairs_closed: false,
    wheelchair: false,
    one_way: false,
    slope: false,
    crossing_delay: TravelTime::ZERO,
    stairs_delay: TravelTime::ZERO,
    pushes_at: None,
};
const STAIRS: Traits = Traits {
    kind: StreetKind::Stairs,
    no_wheelchair: false,
    level: false,
    no_riding: false,
    ride_way: OneWay::No,
    one_way: OneWay::No,
    span: [0.0, 1.0],
    link: None,
    slower: 1.0,
    climb: None,
};

/// The town with other streets, drawn alike, that have traits or heights.
fn with(town: Study, change: impl FnOnce(&mut NetworkParts)) -> Study {
    let network = town.network();
    let mut parts = NetworkParts {
        nodes: network.nodes().to_vec(),
        edges: network
            .edges()
            .iter()
            .map(|e| (e.from.index(), e.to.index(), e.metres))
            .collect(),
        ..NetworkParts::default()
    };
    change(&mut parts);
    let network = Network::with_traits(parts).expect("valid");
    town.with(|parts| parts.network = network)
        .expect("still a study")
}

/// The walk from the first cell to the first site by these rules, in seconds.
fn seconds(study: &Study, rules: StreetRules) -> Option<f64> {
    let links = link_as(study, &rules, &Silent);
    let profile = Profile {
        speed: Speed::DEFAULT,
        rules,
    };
    let hour = TravelTime::from_minutes(60);
    let times = Search {
        profile: Some(profile),
        budget: hour,
        progress: &Silent,
    }
    .travel_times(&links);
    let found = times.nearest(CellId::new(0)).map(|reach| reach.time);
    let walk = path(&links, &profile, CellId::new(0), SiteId::new(0)).map(|walk| walk.time);
    assert_eq!(
        found,
        walk.filter(|&time| time <= hour),
        "the path takes what the search says"
    );
    found.map(|time| (time.seconds() * 100.0).round() / 100.0)
}

/// Home and office stand 100 m off the ends of a short cut of 400 m; the way round is 800 m.
fn short_cut() -> Study {
    draw::town("aA---Bs\n |   |\n +---+", 100.0, "s")
}

#[test]
fn a_stair_short_cut_is_closed_to_wheelchairs() {
    let plain = short_cut();
    let edge = plain
        .network()
        .edges()
        .iter()
        .position(|e| (e.from.index(), e.to.index()) == (0, 1))
        .expect("A to B");
    let study = with(plain, |parts| parts.traits.push((edge, STAIRS)));
    assert_eq!(seconds(&study, OFF), Some(540.0));
    assert_eq!(
        seconds(
            &study,
            StreetRules {
                stairs_closed: true,
                ..OFF
            }
        ),
        Some(900.0)
    );
    assert_eq!(
        seconds(
            &study,
            StreetRules {
                wheelchair: true,
                ..OFF
            }
        ),
        Some(900.0)
    );
    assert_eq!(
        seconds(
            &study,
            StreetRules {
                stairs_delay: TravelTime::from_minutes(1),
                ..OFF
            }
        ),
        Some(600.0)
    );
    assert_eq!(
        seconds(
            &study,
            StreetRules {
                stairs_delay: TravelTime::from_minutes(10),
                ..OFF
            }
        ),
        Some(900.0),
        "a long delay sends people round"
    );
}

#[test]
fn nobody_in_a_wheelchair_hangs_on_stairs() {
    let town = || draw::town("A---B\n\n  a\n\n\nC-s-D", 100.0, "s");
    let study = with(town(), |parts| parts.traits.push((0, STAIRS)));
    let cell = CellId::new(0);
    let edge = |rules| match link_as(&study, &rules, &Silent).cell(cell) {
        Some(Snap::Snapped { edge, .. }) => edge.index(),
        other => panic!("{other:?}"),
    };
    // 200 m off the stairs, 300 m off the street.
    assert_eq!(
        (
            edge(OFF),
            edge(StreetRules {
                wheelchair: true,
                ..OFF
            })
        ),
        (0, 1)
    );
    assert_eq!(seconds(&study, OFF), None);
    assert_eq!(
        seconds(
            &study,
            StreetRules {
                wheelchair: true,
                ..OFF
            }
        ),
        Some(270.0)
    );
}

#[test]
fn the_studys_own_rules_count_where_no_profile_is_named() {
    let town = draw::town("A---B\n\n  a\n\n\nC-s-D", 100.0, "s");
    let study = with(town, |parts| parts.traits.push((0, STAIRS)));
    let nearest =
        |study: &Study| travel_times(&link(study), study.target().search).nearest(CellId::new(0));
    assert_eq!(nearest(&study), None);
    let study = study
        .with(|parts| parts.walk.rules.wheelchair = true)
        .expect("still a study");
    assert_eq!(
        nearest(&study).map(|reach| reach.time.seconds().round()),
        Some(270.0)
    );
}

#[test]
fn a_one_way_passage_is_walked_one_way() {
    let rules = StreetRules {
        one_way: true,
        ..OFF
    };
    for (one_way, expected) in [
        (OneWay::No, 540.0),
        (OneWay::Forward, 540.0),
        (OneWay::Backward, 900.0),
    ] {
        for turned in [false, true] {
            let study = with(short_cut(), |parts| {
                let edge = parts
                    .edges
                    .iter()
                    .position(|e| (e.0, e.1) == (0, 1))
                    .expect("A to B");
                let traits = Traits {
                    one_way,
                    ..Traits::default()
                };
                // However the short cut is listed, it stays the right way round.
                if turned {
                    parts.edges[edge] = (1, 0, parts.edges[edge].2);
                }
                parts
                    .traits
                    .push((edge, if turned { traits.reversed() } else { traits }));
            });
            assert_eq!(seconds(&study, rules), Some(expected), "{one_way:?}");
            assert_eq!(seconds(&study, OFF), Some(540.0));
        }
    }
}

#[test]
fn two_points_on_a_one_way_passage_go_along_it_or_all_the_way_round() {
    let town = |sign| {
        let drawing = "A-a-s-B\n|     |\n+-----+";
        with(draw::town(drawing, 100.0, "s"), |parts| {
            let edge = parts
                .edges
                .iter()
                .position(|e| (e.0, e.1) == (0, 1))
                .expect("A to B");
            parts.traits.push((
                edge,
                Traits {
                    one_way: sign,
                    ..Traits::default()
                },
            ));
        })
    };
    let rules = StreetRules {
        one_way: true,
        ..OFF
    };
    assert_eq!(seconds(&town(OneWay::Forward), rules), Some(180.0));
    // 200 m back to A, 200 m down, 600 m, 200 m up, 200 m from B.
    assert_eq!(seconds(&town(OneWay::Backward), rules), Some(1260.0));
}

#[test]
fn a_crossing_costs_its_wait_once_however_many_pieces_it_has() {
    let crossing = |span| Traits {
        kind: StreetKind::Crossing,
        span,
        ..Traits::default()
    };
    let rules = StreetRules {
        crossing_delay: TravelTime::from_ticks(300_001),
        ..OFF
    };
    let whole = with(draw::town("aA--Bs", 100.0, "s"), |parts| {
        parts.traits.push((0, crossing([0.0, 1.0])));
    });
    let split = with(draw::town("aA+B+Cs", 75.0, "s"), |parts| {
        let nodes = parts.nodes.len();
        assert_eq!((nodes, parts.edges.len()), (5, 4));
        for (edge, end) in [0.25, 0.5, 0.75, 1.0].into_iter().enumerate() {
            parts.traits.push((edge, crossing([end - 0.25, end])));
        }
    });
    let ticks = |study: &Study, rules| {
        let profile = Profile {
            speed: Speed::DEFAULT,
            rules,
        };
        let times = Search {
            profile: Some(profile),
            budget: TravelTime::from_minutes(60),
            progress: &Silent,
        }
        .travel_times(&link(study))
        .nearest(CellId::new(0))
        .map(|reach| reach.time.ticks());
        times.expect("in reach")
    };
    assert_eq!(ticks(&whole, rules) - ticks(&whole, OFF), 300_001);
    assert_eq!(ticks(&split, rules) - ticks(&split, OFF), 300_001);
}

#[test]
fn a_point_in_the_middle_of_a_crossing_waits_half_as_long() {
    let town = with(draw::town("A--a--Bs", 100.0, "s"), |parts| {
        parts.traits.push((
            0,
            Traits {
                kind: StreetKind::Crossing,
                ..Traits::default()
            },
        ));
    });
    assert_eq!(seconds(&town, OFF), Some(360.0));
    assert_eq!(
        seconds(
            &town,
            StreetRules {
                crossing_delay: TravelTime::from_minutes(1),
                ..OFF
            }
        ),
        Some(390.0)
    );
}

#[test]
fn uphill_is_slower_than_downhill_as_tobler_has_it() {
    let rules = StreetRules { slope: true, ..OFF };
    let hill = |rise: f32| {
        with(draw::town("A-a-----s-B", 100.0, "s"), |parts| {
            parts.heights = vec![Some(20.0), Some(20.0 + rise)];
        })
    };
    // 600 m of an even slope over 1,000 m. Tobler's speeds at the slopes 0, 0.1, −0.05, −0.1, by
    // hand: 5.0367, 3.5493, 6.0000, 5.0367 km/h; the flat takes 540 s.
    for (rise, kmh) in [
        (0.0, 5.0367),
        (100.0, 3.5493),
        (-50.0, 6.0),
        (-100.0, 5.0367),
    ] {
        let found = seconds(&hill(rise), rules).expect("in reach");
        let expected = 540.0 * 5.0367 / kmh;
        assert!(
            (found - expected).abs() < 0.02,
            "rise {rise} m: {found} s, not {expected} s"
        );
        assert_eq!(seconds(&hill(rise), OFF), Some(540.0));
    }
    let bridge = with(hill(100.0), |parts| {
        parts.heights = vec![Some(20.0), Some(120.0)];
        parts.traits.push((
            0,
            Traits {
                level: true,
                ..Traits::default()
            },
        ));
    });
    assert_eq!(
        seconds(&bridge, rules),
        Some(540.0),
        "a bridge over a valley is flat"
    );
    let unknown = with(hill(0.0), |parts| parts.heights = vec![Some(20.0), None]);
    assert_eq!(
        seconds(&unknown, rules),
        Some(540.0),
        "where a height is not known it is flat"
    );
}

#[test]
fn cells_of_two_profiles_take_their_rows_from_two_searches() {
    let plain = draw::town("aA---Bs\nb|   |\n |   |\n +---+", 100.0, "s");
    let study = with(plain, |parts| {
        let edge = parts
            .edges
            .iter()
            .position(|e| (e.0, e.1) == (0, 1))
            .expect("A to B");
        parts.traits.push((edge, STAIRS));
    });
    let budget = TravelTime::from_minutes(60);
    let run = |rules: StreetRules| {
        (
            link_as(&study, &rules, &Silent),
            Profile {
                speed: Speed::DEFAULT,
                rules,
            },
        )
    };
    let (walk, wheel) = (
        run(OFF),
        run(StreetRules {
            wheelchair: true,
            ..OFF
        }),
    );
    let parts = [&walk, &wheel].map(|(links, profile)| {
        Search {
            profile: Some(*profile),
            budget,
            progress: &Silent,
        }
        .travel_times(links)
    });
    let chosen = TravelTimes::chosen(&parts.each_ref(), CellId::index);
    for (cell, _) in study.cells().iter() {
        assert_eq!(chosen.of(cell), parts[cell.index()].of(cell));
        assert_eq!(
            chosen.links().cell(cell),
            parts[cell.index()].links().cell(cell)
        );
    }
    assert!(chosen.nearest(CellId::new(0)) != parts[1].nearest(CellId::new(0)));
    assert_eq!((chosen.len(), chosen.budget()), (2, budget));
    assert_eq!(
        chosen.work().settled,
        parts[0].work().settled + parts[1].work().settled
    );
}

//! Drawn towns: which places lie in the land, told by hand.

use walkshed::ids::ZoneId;
use walkshed::isochrone::{Join, Outline, Request, isochrones};
use walkshed::model::{Mode, OneWay, StreetKind, Traits, Zone, Zones};
use walkshed::search::Direction;
use walkshed::{People, Silent, Speed, TravelTime};

use super::towns::{Town, held, land, time_of};

/// Of two parallel streets 20 m apart one leads to the site; the other is an island.
#[test]
fn of_two_parallel_streets_the_one_that_is_not_reached_is_left_out() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0]])
        .street(&[[0.0, 20.0], [400.0, 20.0]])
        .site(200.0, 0.0);
    let land = land(&town.built(), 1000.0);
    // Half way between them the land of the other begins.
    let places = [
        [100.0, 8.5],
        [100.0, 11.5],
        [100.0, 20.0],
        [100.0, 80.0],
        [100.0, -98.5],
        [100.0, -101.5],
    ];
    assert_eq!(
        held(&land, &places),
        [true, false, false, false, true, false]
    );
}

#[test]
fn land_ends_where_the_time_runs_out_with_the_gap_walked_too() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [1000.0, 0.0]])
        .site(0.0, 0.0);
    let land = land(&town.built(), 500.0);
    // 450 m along the street leave 50 m to walk off it; at its end a half circle of 100 m.
    let places = [
        [450.0, 48.5],
        [450.0, 51.5],
        [498.5, 0.0],
        [501.5, 0.0],
        [-98.0, 0.0],
        [-101.5, 0.0],
        [-69.0, 69.0],
        [-72.0, 72.0],
    ];
    assert_eq!(
        held(&land, &places),
        [true, false, true, false, true, false, true, false]
    );
}

/// A river with a bank on either side, and one bridge with railings.
#[test]
fn land_lies_beyond_a_river_only_where_a_bridge_leads() {
    let banks = |y: f64| [[-500.0, y], [395.0, y]];
    let beyond = |y: f64| [[405.0, y], [900.0, y]];
    let town = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0], [800.0, 0.0]])
        .street(&[[400.0, 0.0], [400.0, 100.0]])
        .street(&[[0.0, 100.0], [400.0, 100.0], [800.0, 100.0]])
        .wall(&banks(30.0))
        .wall(&beyond(30.0))
        .wall(&banks(70.0))
        .wall(&beyond(70.0))
        .wall(&[[395.0, 30.0], [395.0, 70.0]])
        .wall(&[[405.0, 30.0], [405.0, 70.0]])
        .site(400.0, 0.0);
    let land = land(&town.built(), 200.0);
    // The far bank within 100 m of the bridge's end; the water on neither side.
    let places = [
        [350.0, 28.5],
        [350.0, 31.5],
        [350.0, 50.0],
        [350.0, 68.5],
        [350.0, 71.5],
        [440.0, 100.0],
        [490.0, 100.0],
        [510.0, 100.0],
        [402.0, 50.0],
        [302.0, 100.0],
        [297.0, 101.0],
    ];
    assert_eq!(
        held(&land, &places),
        [
            true, false, false, false, true, true, true, false, true, true, false
        ][..]
            .to_vec()
    );
}

/// Behind a wall near the street lies a yard, which hangs on a street beyond it.
#[test]
fn behind_a_wall_land_hangs_on_the_next_street_that_is_seen() {
    let wall = [[-50.0, 10.0], [450.0, 10.0]];
    let open = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0]])
        .street(&[
            [0.0, 0.0],
            [-300.0, 0.0],
            [-300.0, 90.0],
            [0.0, 90.0],
            [400.0, 90.0],
        ])
        .wall(&wall)
        .site(200.0, 0.0);
    let study = open.built();
    // Without the wall (200, 30) hangs on the street below; with it on the one above, which is far.
    let near = land(&study, 300.0);
    assert_eq!(
        held(&near, &[[200.0, 8.5], [200.0, 11.5], [200.0, 30.0]]),
        [true, false, false]
    );
    // From (0, 90) it is 300 + 90 + 300 + 200 m to the site: 890, and the gaps.
    let far = land(&study, 1000.0);
    let places = [[60.0, 30.0], [98.0, 90.0], [50.0, 11.5], [105.0, 88.0]];
    assert_eq!(held(&far, &places), [false, true, false, true]);
    let farther = land(&study, 1200.0);
    assert_eq!(
        held(&farther, &[[50.0, 30.0], [200.0, 30.0], [200.0, 11.5]]),
        [true, true, true]
    );
}

/// An island of streets within a town: its land is a hole, which is kept.
#[test]
fn an_island_that_nobody_reaches_is_a_hole() {
    let town = Town::default()
        .street(&[
            [0.0, 0.0],
            [200.0, 0.0],
            [200.0, 200.0],
            [0.0, 200.0],
            [0.0, 0.0],
        ])
        .street(&[[90.0, 100.0], [110.0, 100.0]])
        .site(0.0, 0.0);
    let land = land(&town.built(), 1000.0);
    assert_eq!(
        held(
            &land,
            &[[100.0, 100.0], [100.0, 40.0], [100.0, 60.0], [-50.0, 100.0]]
        ),
        [false, true, false, true]
    );
    let polygons = land.polygons();
    assert_eq!(polygons.0.len(), 1);
    assert_eq!(polygons.0[0].interiors().len(), 1);
}

/// A tunnel under a hill: it crosses a street on the ground without joining it.
#[test]
fn a_tunnel_is_reached_and_the_street_above_it_is_not() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [0.0, 300.0]])
        .street(&[
            [-150.0, 150.0],
            [-20.0, 150.0],
            [20.0, 150.0],
            [150.0, 150.0],
        ])
        .site(0.0, 0.0);
    let land = land(&town.built(), 1000.0);
    // Near the crossing each place hangs on the nearer of both.
    let places = [
        [5.0, 120.0],
        [30.0, 145.0],
        [5.0, 150.5],
        [30.0, 150.0],
        [10.0, 250.0],
    ];
    assert_eq!(held(&land, &places), [true, false, false, false, true]);
}

/// A gated block: its only way in is by stairs, which a wheelchair cannot take.
#[test]
fn a_block_behind_stairs_is_land_to_walkers_alone() {
    let stairs = Traits {
        kind: StreetKind::Stairs,
        ..Traits::default()
    };
    let town = Town::default()
        .street(&[[0.0, 0.0], [100.0, 0.0]])
        .special([100.0, 0.0], [110.0, 0.0], stairs)
        .street(&[[110.0, 0.0], [300.0, 0.0]])
        .site(0.0, 0.0);
    let walkers = land(&town.built(), 1000.0);
    assert_eq!(held(&walkers, &[[50.0, 10.0], [250.0, 10.0]]), [true, true]);
    let wheeled = town.built_with(|parts| parts.walk.rules.stairs_closed = true);
    let wheeled = land(&wheeled, 1000.0);
    assert_eq!(
        held(&wheeled, &[[50.0, 10.0], [250.0, 10.0], [106.0, 0.0]]),
        [true, false, false]
    );
}

#[test]
fn on_a_one_way_passage_the_two_directions_have_land_of_their_own() {
    let one_way = Traits {
        one_way: OneWay::Forward,
        ..Traits::default()
    };
    let town = Town::default()
        .street(&[[0.0, 0.0], [100.0, 0.0]])
        .special([100.0, 0.0], [300.0, 0.0], one_way)
        .site(100.0, 0.0);
    let study = town.built_with(|parts| parts.walk.rules.one_way = true);
    let drawn = |direction| {
        let request = Request {
            limits: vec![time_of(150.0)],
            direction,
            ..Request::of(&study)
        };
        let drawn = isochrones(&study, &request, &Silent);
        held(&drawn.drawn[0].isochrone, &[[50.0, 5.0], [200.0, 5.0]])
    };
    assert_eq!(drawn(Direction::ToPlace), [true, false]);
    assert_eq!(drawn(Direction::FromPlace), [true, true]);
}

#[test]
fn a_strip_along_the_streets_takes_in_whatever_lies_there() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0]])
        .street(&[[0.0, 20.0], [400.0, 20.0]])
        .site(200.0, 0.0);
    let study = town.built();
    let request = Request {
        limits: vec![time_of(100.0)],
        outline: Outline::Streets { width_m: 30.0 },
        ..Request::of(&study)
    };
    let drawn = isochrones(&study, &request, &Silent);
    let places = [[150.0, 29.0], [150.0, 31.0], [72.0, 0.0], [68.0, 0.0]];
    assert_eq!(
        held(&drawn.drawn[0].isochrone, &places),
        [true, false, true, false]
    );
}

/// Two sites on one street, 600 m apart: the border between their land is half way.
#[test]
fn to_each_site_belongs_the_land_from_which_it_is_the_nearest() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [1000.0, 0.0]])
        .site(200.0, 0.0)
        .site(800.0, 0.0)
        .cell(480.0, 10.0)
        .cell(520.0, 10.0)
        .cell(990.0, 10.0);
    let study = town.built();
    let request = Request {
        limits: vec![time_of(700.0)],
        join: Join::Nearest,
        ..Request::of(&study)
    };
    let drawn = isochrones(&study, &request, &Silent).drawn;
    let places = [[498.5, 50.0], [501.5, 50.0], [900.0, 0.0]];
    assert_eq!(held(&drawn[0].isochrone, &places), [true, false, false]);
    assert_eq!(held(&drawn[1].isochrone, &places), [false, true, true]);
    let people: Vec<People> = drawn.iter().map(|one| one.people).collect();
    assert_eq!(people, [1, 2 + 4].map(People::whole));
}

#[test]
fn nothing_is_drawn_for_a_place_without_a_street() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [100.0, 0.0]])
        .site(0.0, 5000.0);
    let study = town.built();
    let drawn = isochrones(&study, &Request::of(&study), &Silent);
    assert_eq!((drawn.places, drawn.stranded), (1, 1));
    assert!(drawn.drawn[0].isochrone.is_empty() && drawn.streets.is_empty());
    assert_eq!(drawn.drawn[0].people, People::ZERO);
}

#[test]
fn a_limit_of_nothing_reaches_the_place_alone() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [100.0, 0.0]])
        .site(50.0, 0.0)
        .cell(50.0, 0.0);
    let study = town.built();
    let request = Request {
        limits: vec![TravelTime::ZERO, time_of(10.0)],
        ..Request::of(&study)
    };
    let drawn = isochrones(&study, &request, &Silent).drawn;
    assert!(drawn[0].isochrone.is_empty());
    assert_eq!(drawn[0].people, People::whole(1));
    assert_eq!(
        held(
            &drawn[1].isochrone,
            &[[50.0, 0.0], [50.0, 8.0], [62.0, 0.0]]
        ),
        [true, true, false]
    );
}

/// A site whose only street is a flight of stairs: wheelchair users, who are neither the first nor the last to
/// be drawn for, have none there.
#[test]
fn a_place_that_is_stranded_for_some_is_told_whoever_comes_last() {
    let stairs = Traits {
        kind: StreetKind::Stairs,
        ..Traits::default()
    };
    let town = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0]])
        .special([400.0, 0.0], [500.0, 0.0], stairs)
        .site(480.0, 0.0)
        .cell(10.0, 0.0)
        .cell(20.0, 0.0)
        .cell(30.0, 0.0);
    let zone = |name: &str, mode, kmh| Zone {
        name: name.to_owned(),
        limit: None,
        speed: Speed::from_kmh(kmh),
        by: name.to_owned(),
        mode,
    };
    let study = town.built_with(|parts| {
        parts.walk.max_snap_m = 50.0;
        let list = vec![
            zone("wheeled", Mode::Wheelchair, 3.0),
            zone("brisk", Mode::Walk, 5.0),
        ];
        let of_cell = vec![None, Some(ZoneId::new(0)), Some(ZoneId::new(1))];
        parts.zones = Zones::new(list, of_cell);
    });
    let drawn = isochrones(&study, &Request::of(&study), &Silent);
    assert_eq!((drawn.walkers.len(), drawn.stranded), (3, 1));
}

//! Laws of random towns: bands nest, merged is the union, service areas part it, people are those covered,
//! and land agrees with the results for points.

use walkshed::geo_types::MultiPolygon;
use walkshed::isochrone::{Catchments, Join, Request, check, isochrones};
use walkshed::model::{Islands, Network, OneWay, Study, Traits, WalkedBy};
use walkshed::plane::Position;
use walkshed::search::Direction;
use walkshed::snap::link;
use walkshed::{Options, Silent, TravelTime};

use super::towns::{Town, polygons, time_of};
use super::valid::assert_valid;

/// Numbers that look like chance and are the same everywhere (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(most)).expect("below a u32")
    }

    fn metres(&mut self, most: u32) -> f64 {
        f64::from(self.below(most * 10)) / 10.0
    }
}

/// Corners pushed aside, streets missing, bent, crossing without joining, one way, doubled; walls.
fn random_town(seed: u64) -> Study {
    random_town_with(seed, 0)
}

/// The same with so many islands: streets of two or three corners that nothing leads to.
fn random_town_with(seed: u64, islands: u32) -> Study {
    let mut chance = Chance(seed);
    let mut corners = Vec::new();
    for row in 0..7_u32 {
        for column in 0..7_u32 {
            let [x, y] = [column, row].map(|n| f64::from(n) * 90.0);
            corners.push([x + chance.metres(50), y + chance.metres(50)]);
        }
    }
    let mut town = Town::default();
    for row in 0..7_usize {
        for column in 0..7_usize {
            let here = corners[row * 7 + column];
            let right = (column < 6).then(|| corners[row * 7 + column + 1]);
            let below = (row < 6).then(|| corners[row * 7 + column + 7]);
            let across = (row < 6 && column < 6).then(|| corners[row * 7 + column + 8]);
            for (to, odds) in [(right, 8), (below, 8), (across, 2)] {
                let Some(to) = to.filter(|_| chance.below(10) < odds) else {
                    continue;
                };
                let bend = [
                    f64::midpoint(here[0], to[0]) + chance.metres(20) - 10.0,
                    f64::midpoint(here[1], to[1]) + chance.metres(20) - 10.0,
                ];
                town = match chance.below(6) {
                    0 => town.street(&[here, bend, to]),
                    1 => town.special(
                        here,
                        to,
                        Traits {
                            one_way: OneWay::Forward,
                            ..Traits::default()
                        },
                    ),
                    2 => town.special(
                        here,
                        to,
                        Traits {
                            slower: 2.5,
                            ..Traits::default()
                        },
                    ),
                    _ => town.street(&[here, to]),
                };
            }
        }
    }
    for _ in 0..3 {
        let from = [chance.metres(600), chance.metres(600)];
        let to = [
            from[0] + chance.metres(160) - 80.0,
            from[1] + chance.metres(160) - 80.0,
        ];
        town = town.wall(&[from, to]);
    }
    for _ in 0..islands {
        let mut corner = || [chance.metres(640) - 20.0, chance.metres(640) - 20.0];
        let (from, to) = (corner(), corner());
        // Short ones, so that the town goes on around them.
        let near = |part: f64| [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
        town = town.street(&[from, near(0.1), near(0.25)]);
    }
    for _ in 0..4 {
        town = town.site(chance.metres(600), chance.metres(600));
    }
    for _ in 0..20 {
        town = town.cell(chance.metres(640) - 20.0, chance.metres(640) - 20.0);
    }
    town.built_with(|parts| {
        parts.walk.rules.one_way = true;
        parts.walk.max_snap_m = 100.0;
        parts.target.limit = time_of(300.0);
        parts.target.search = time_of(300.0);
    })
}

fn drawn(study: &Study, join: Join, direction: Direction) -> Catchments {
    let request = Request {
        limits: [100.0, 200.0, 300.0].map(time_of).to_vec(),
        join,
        direction,
        ..Request::of(study)
    };
    isochrones(study, &request, &Silent)
}

const SEEDS: u64 = 6;

#[test]
fn land_and_points_agree_where_points_leave_islands() {
    for seed in 0..SEEDS {
        let study = random_town_with(seed, 12);
        let sizes = study.network().component_sizes();
        assert!(sizes.iter().any(|&size| size >= 50), "{sizes:?}");
        assert!(sizes.iter().filter(|&&size| size == 3).count() >= 12);
        let kept = study
            .clone()
            .with(|parts| parts.walk.islands = Islands::Keep);
        let kept = kept.expect("still a study");
        assert_ne!(link(&study), link(&kept), "somebody leaves an island");
        for study in [study, kept] {
            for join in [Join::Each, Join::Merged, Join::Nearest] {
                let drawn = drawn(&study, join, Direction::ToPlace);
                assert_agrees(&drawn, seed);
            }
        }
    }
}

/// Land agrees with points to within a metre.
fn assert_agrees(drawn: &Catchments, seed: u64) {
    let checked = check(drawn, 400);
    let wrong: Vec<_> = checked.beyond(1.0).collect();
    let Request {
        join, direction, ..
    } = drawn.request;
    assert!(wrong.is_empty(), "{seed} {join:?} {direction:?}: {wrong:?}");
}

#[test]
fn land_and_points_agree_everywhere() {
    for seed in 0..SEEDS {
        let study = random_town(seed);
        for join in [Join::Each, Join::Merged, Join::Nearest] {
            for direction in [Direction::ToPlace, Direction::FromPlace] {
                let drawn = drawn(&study, join, direction);
                assert_agrees(&drawn, seed);
                for polygons in polygons(&drawn) {
                    assert_valid(&polygons);
                }
            }
        }
    }
}

/// A random town of which every fifth piece is a way of residents, and every ninth a bridge.
fn with_compounds(seed: u64) -> Study {
    let town = random_town(seed);
    let mut streets = town.network().clone().into_parts();
    let mut chance = Chance(seed + 99);
    for edge in 0..streets.edges.len() {
        let walked_by = if chance.below(5) == 0 {
            WalkedBy::Residents
        } else {
            WalkedBy::Everybody
        };
        let bridge = Traits {
            no_doors: chance.below(9) == 0,
            walked_by,
            ..Traits::default()
        };
        // Of traits listed twice the first count, so that these stand where there are none.
        streets.traits.push((edge, bridge));
    }
    let network = Network::with_traits(streets).expect("valid streets");
    town.with(|parts| parts.network = network)
        .expect("still a study")
}

#[test]
fn land_and_points_agree_in_compounds_and_beside_bridges() {
    for seed in 0..SEEDS {
        let study = with_compounds(seed);
        for join in [Join::Each, Join::Merged, Join::Nearest] {
            for direction in [Direction::ToPlace, Direction::FromPlace] {
                let drawn = drawn(&study, join, direction);
                assert_agrees(&drawn, seed);
            }
        }
    }
}

/// A place is judged wrongly when the border is where it should not be; a random point seldom lies there.
/// So the check itself is checked: land that is 3 m too large is found.
#[test]
fn the_check_finds_land_that_is_wrong() {
    let study = random_town(1);
    let mut drawn = drawn(&study, Join::Each, Direction::ToPlace);
    let larger = {
        let request = Request {
            limits: vec![time_of(306.0)],
            ..drawn.request.clone()
        };
        isochrones(&study, &request, &Silent)
    };
    let mut larger = larger.drawn.into_iter();
    for one in drawn
        .drawn
        .iter_mut()
        .filter(|one| one.limit == time_of(300.0))
    {
        one.isochrone = larger.next().expect("as many sites").isochrone;
    }
    assert!(check(&drawn, 4000).beyond(1.0).count() > 3);
}

#[test]
fn a_later_limit_holds_all_of_an_earlier_one() {
    for seed in 0..SEEDS {
        let study = random_town(seed);
        for join in [Join::Each, Join::Merged, Join::Nearest] {
            let drawn = drawn(&study, join, Direction::ToPlace);
            for bands in drawn.drawn.chunks(3) {
                for pair in bands.windows(2) {
                    let outside = pair[0].isochrone.without([&pair[1].isochrone]);
                    // A coordinate is rounded to a millimetre.
                    assert!(
                        outside.area_km2() < 1e-7,
                        "{seed}: {} km²",
                        outside.area_km2()
                    );
                    assert!(pair[0].people <= pair[1].people);
                }
            }
        }
    }
}

#[test]
fn merged_land_is_the_union_and_service_areas_part_it() {
    for seed in 0..SEEDS {
        let study = random_town(seed);
        let [each, merged, nearest] = [Join::Each, Join::Merged, Join::Nearest]
            .map(|join| drawn(&study, join, Direction::ToPlace));
        for band in 0..3 {
            let of = |drawn: &Catchments| {
                let all = drawn.drawn.iter().skip(band).step_by(3);
                all.map(|one| one.isochrone.clone()).collect::<Vec<_>>()
            };
            let whole = of(&merged).remove(0);
            let union = of(&each);
            let union = union[0].with(&union[1..]);
            let areas = of(&nearest);
            let together = areas[0].with(&areas[1..]);
            // Borders may be off by a part of the tolerance: at most a metre along each of them.
            let border: f64 = merged_border(&whole.polygons());
            for other in [&union, &together] {
                let off = whole.without([other]).area_km2() + other.without([&whole]).area_km2();
                assert!(
                    off * 1e6 < border,
                    "{seed} {band}: {} m² of {border} m",
                    off * 1e6
                );
            }
            let mut sum = 0.0;
            for (number, area) in areas.iter().enumerate() {
                sum += area.area_km2();
                for other in &areas[number + 1..] {
                    let shared = area.common(other).area_km2();
                    assert!(shared < 1e-8, "{seed} {band}: {shared} km²");
                }
            }
            // Corners are rounded to a millimetre.
            let rounding = 0.002 * border;
            assert!(
                (sum - together.area_km2()).abs() * 1e6 < rounding,
                "{seed} {band}"
            );
            let people = |drawn: &Catchments| {
                let all = drawn.drawn.iter().skip(band).step_by(3);
                all.map(|one| one.people).sum::<walkshed::People>()
            };
            assert_eq!(people(&nearest), people(&merged), "{seed} {band}");
        }
    }
}

fn merged_border(polygons: &MultiPolygon) -> f64 {
    let rings = polygons
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let metres = rings.flat_map(|ring| {
        ring.0.windows(2).map(|pair| {
            let [a, b] =
                [pair[0], pair[1]].map(|corner| Position::try_from(corner).expect("on the globe"));
            a.distance(b)
        })
    });
    metres.sum()
}

#[test]
fn those_inside_are_those_whom_the_same_sites_cover() {
    for seed in 0..SEEDS {
        let study = random_town(seed);
        let merged = drawn(&study, Join::Merged, Direction::ToPlace);
        let covered = walkshed::run(&study, &Options::default()).expect("a small study");
        let whole = merged.drawn.last().expect("three bands");
        assert_eq!(whole.limit, study.target().limit);
        assert_eq!(whole.people, covered.coverage.total().covered(), "{seed}");
    }
}

#[test]
fn threads_change_no_corner() {
    let study = random_town(3);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| {
            let joins = [Join::Each, Join::Merged, Join::Nearest];
            joins.map(|join| polygons(&drawn(&study, join, Direction::ToPlace)))
        })
    };
    assert_eq!(with(1), with(3));
}

/// On every piece of street the time of a stretch is that of a cell which stands there.
#[test]
fn stretches_have_the_times_of_cells_on_them() {
    for seed in 0..SEEDS {
        let study = random_town(seed);
        let drawn = drawn(&study, Join::Each, Direction::ToPlace);
        let mut asked = Vec::new();
        for street in drawn.streets.iter().step_by(7) {
            let [begin, end] = street.stretch.offsets;
            let offset = begin + (end - begin) * 0.4;
            asked.push((
                street,
                study.network().along(street.stretch.edge, offset),
                offset,
            ));
        }
        let standing = standing(&study, asked.iter().map(|(_, place, _)| *place));
        let times =
            walkshed::search::travel_times(&walkshed::snap::link(&standing), time_of(400.0));
        let mut same = 0;
        for (number, (street, _, offset)) in asked.iter().enumerate() {
            let reached = times.of(walkshed::ids::CellId::new(number)).iter();
            let found = reached
                .filter(|reach| Some(reach.site) == street.site)
                .map(|reach| reach.time)
                .min();
            let seconds = found.expect("it was reached").seconds();
            let expected = street.stretch.seconds_at(*offset);
            // Where streets cross, the cell may hang on the other one; then its walk is shorter or longer.
            same += usize::from((seconds - expected).abs() < 0.01);
            assert!(expected <= time_of(300.0).seconds() + 0.01);
        }
        assert!(
            same * 20 >= asked.len() * 19,
            "{seed}: {same} of {}",
            asked.len()
        );
        let longest = drawn
            .streets
            .iter()
            .flat_map(|street| street.stretch.times)
            .max();
        assert_eq!(
            longest,
            Some(TravelTime::from_ticks(time_of(300.0).ticks()))
        );
    }
}

fn standing(study: &Study, places: impl Iterator<Item = Position>) -> Study {
    use walkshed::model::{Cell, Cells};
    let cells = places.enumerate().map(|(number, place)| Cell {
        id: number.to_string(),
        name: String::new(),
        unit: None,
        people: walkshed::People::whole(1),
        at: Some(place),
    });
    let cells: Vec<Cell> = cells.collect();
    let study = study.clone();
    let study = study.with(|parts| parts.cells = Cells::new(cells));
    study.expect("still a study")
}

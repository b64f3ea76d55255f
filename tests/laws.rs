//! Laws that hold for every town, tried on random ones.

mod common;

use common::{Foot, oracle_seconds, seconds_between};
use proptest::prelude::*;
use walkshed::ids::{CellId, ItemId};
use walkshed::model::{
    Catalogue, Cell, Cells, Item, Network, Offer, Profile, Site, Sites, StreetKind, StreetRules,
    Study, StudyParts, Target, Traits, UnitRow, Units,
};
use walkshed::plane::Position;
use walkshed::score::{Coverage, VerdictKind};
use walkshed::search::{Search, travel_times};
use walkshed::snap::{Snap, link, link_as};
use walkshed::{Options, People, Silent, TravelTime};

/// A random town: vertices on a small patch of Hukou, any pairs joined, points anywhere near.
#[derive(Debug, Clone)]
struct Town {
    nodes: Vec<(u16, u16)>,
    edges: Vec<(usize, usize, Option<u16>)>,
    sites: Vec<(u16, u16)>,
    cells: Vec<(u16, u16, u16)>,
}

fn spot((x, y): (u16, u16)) -> Position {
    Position::new(116.2 + f64::from(x) * 1e-6, 29.7 + f64::from(y) * 1e-6).expect("near Hukou")
}

fn towns() -> impl Strategy<Value = Town> {
    let point = || (0_u16..20_000, 0_u16..20_000);
    prop::collection::vec(point(), 2..30).prop_flat_map(move |nodes| {
        let end = 0..nodes.len();
        let edge = (end.clone(), end, prop::option::weighted(0.2, 0_u16..3_000));
        (
            Just(nodes),
            prop::collection::vec(edge, 0..60),
            prop::collection::vec(point(), 0..6),
            prop::collection::vec((0_u16..20_000, 0_u16..20_000, 0_u16..500), 1..25),
        )
            .prop_map(|(nodes, edges, sites, cells)| Town {
                nodes,
                edges,
                sites,
                cells,
            })
    })
}

impl Town {
    fn study(&self) -> Study {
        let nodes: Vec<Position> = self.nodes.iter().map(|&node| spot(node)).collect();
        let length = |&(a, b, extra): &(usize, usize, Option<u16>)| {
            (
                a,
                b,
                nodes[a].distance(nodes[b]) + extra.map_or(0.0, f64::from),
            )
        };
        let edges: Vec<_> = self.edges.iter().map(length).collect();
        let units = vec![
            UnitRow {
                id: "county".into(),
                name: String::new(),
                parent: None,
            },
            UnitRow {
                id: "east".into(),
                name: String::new(),
                parent: Some("county".into()),
            },
            UnitRow {
                id: "west".into(),
                name: String::new(),
                parent: Some("county".into()),
            },
        ];
        let units = Units::new(units).expect("a tree");
        let side = |x: u16| units.find(if x > 10_000 { "east" } else { "west" });
        let cell = |(i, &(x, y, people)): (usize, &(u16, u16, u16))| Cell {
            id: i.to_string(),
            name: String::new(),
            unit: side(x),
            people: People::whole(people.into()),
            at: Some(spot((x, y))),
        };
        let site = |(i, &at): (usize, &(u16, u16))| Site::at(&format!("{i:03}"), spot(at));
        let sites = Sites::new(self.sites.iter().enumerate().map(site).collect());
        let item = |id: &str, weight| Item {
            weight,
            ..Item::plain(id)
        };
        let some = |keep: usize| {
            sites
                .iter()
                .map(|(id, _)| Offer::whole(id))
                .filter(|offer| offer.site.index() % keep == 0)
                .collect()
        };
        let catalogue = Catalogue::new(vec![
            (item("a", 3), some(1)),
            (item("b", 2), some(2)),
            (item("c", 5), some(3)),
        ]);
        let parts = StudyParts {
            cells: Cells::new(self.cells.iter().enumerate().map(cell).collect()),
            network: Network::new(nodes, &edges).expect("valid edges"),
            sites,
            units,
            catalogue,
            ..StudyParts::default()
        };
        let target = Target::minutes(15).asking((0..3).map(ItemId::new));
        Study::new(StudyParts { target, ..parts }).expect("a study")
    }

    fn covered(&self) -> People {
        covered(&self.study())
    }
}

/// The same streets, those from this number on with stairs.
fn stairs_from(network: &Network, first: usize) -> Network {
    let stairs = Traits {
        kind: StreetKind::Stairs,
        ..Traits::default()
    };
    let mut parts = network.clone().into_parts();
    parts.traits = (first..parts.edges.len())
        .map(|edge| (edge, stairs))
        .collect();
    Network::with_traits(parts).expect("the same streets")
}

fn judged(study: &Study) -> Coverage {
    let results = walkshed::run(study, &Options::default());
    results.expect("it has the memory").coverage
}

fn covered(study: &Study) -> People {
    judged(study).total().covered()
}

fn foot(snap: Snap) -> Option<Foot> {
    match snap {
        Snap::Snapped { edge, offset, gap } => Some(Foot {
            edge: edge.index(),
            offset,
            gap,
        }),
        Snap::Stranded { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_search_is_petgraphs_dijkstra_cut_at_the_budget(town in towns()) {
        let study = town.study();
        let links = link(&study);
        let budget = TravelTime::from_minutes(30);
        let times = travel_times(&links, budget);
        let sites = study.sites().iter().map(|(id, _)| foot(links.site(id)));
        let cells = study.cells().iter().map(|(id, _)| links.cell(id).and_then(foot));
        let feet: Vec<_> = sites.chain(cells).collect();
        let oracle = seconds_between(&study, &feet, f64::INFINITY);
        for (cell, _) in study.cells().iter() {
            for (site, _) in study.sites().iter() {
                let found = times.of(cell).iter().find(|r| r.site == site).map(|r| r.time.seconds());
                match (found, oracle[site.index()][cell.index()]) {
                    (Some(found), Some(exact)) => prop_assert!((found - exact).abs() < 0.01, "{found} {exact}"),
                    (None, Some(exact)) => prop_assert!(exact > budget.seconds() - 0.01, "{exact} s was not found"),
                    (Some(found), None) => prop_assert!(false, "{found} s out of nothing"),
                    (None, None) => {}
                }
            }
        }
        let sorted = study.cells().iter().all(|(cell, _)| times.of(cell).is_sorted());
        prop_assert!(sorted);
    }

    #[test]
    fn snapping_is_a_linear_scan(town in towns()) {
        let study = town.study();
        let links = link(&study);
        for (id, cell) in study.cells().iter() {
            let exact = cell.at.and_then(|at| common::linear_snap(study.network(), at, (study.walk().max_snap_m, common::home_hangs)));
            let found = links.cell(id).and_then(foot);
            match (found, exact) {
                (Some(found), Some(exact)) => prop_assert!((found.gap - exact.gap).abs() < 0.05),
                (None, Some(exact)) => prop_assert!(exact.gap > study.walk().max_snap_m - 0.5),
                (Some(found), None) => prop_assert!(found.gap > study.walk().max_snap_m - 0.5),
                (None, None) => {}
            }
        }
    }

    #[test]
    fn a_site_more_or_a_minute_more_never_lowers_coverage(town in towns(), site in (0_u16..20_000, 0_u16..20_000)) {
        let before = town.covered();
        let mut more = town.clone();
        // Two of three handler sets are chosen by place in the list: put six more there.
        more.sites.extend([site; 6]);
        prop_assert!(more.covered() >= before);
        let longer = town.study().with(|parts| parts.target.limit = TravelTime::from_minutes(16));
        let longer = longer.expect("still a study");
        prop_assert!(covered(&longer) >= before);
    }

    #[test]
    fn a_street_more_never_lengthens_a_walk_along_the_streets(town in towns(), a in 0_usize..30, b in 0_usize..30) {
        let mut more = town.clone();
        let ends = (a % town.nodes.len(), b % town.nodes.len());
        more.edges.push((ends.0, ends.0, None));
        more.edges.push((ends.0, ends.1, Some(0)));
        let study = more.study().with(|parts| parts.network = stairs_from(&parts.network, town.edges.len()));
        let study = study.expect("still a study");
        // Closed to both when points look for their streets, so that all keep them.
        let closed = StreetRules { stairs_closed: true, ..StreetRules::default() };
        let links = link_as(&study, &closed, &Silent);
        let usual = Search::within(TravelTime::from_minutes(60));
        let by_rules = |rules| {
            let profile = Profile { rules, ..study.walk().profile() };
            Search { profile: Some(profile), ..usual }.travel_times(&links)
        };
        let less = by_rules(closed);
        let more = by_rules(StreetRules::default());
        for (cell, _) in study.cells().iter() {
            for reach in less.of(cell) {
                let now = more.of(cell).iter().find(|r| r.site == reach.site);
                prop_assert!(now.is_some_and(|now| now.time <= reach.time));
            }
        }
    }

    #[test]
    fn splitting_a_cell_keeps_all_totals(town in towns()) {
        let mut split = town.clone();
        let (x, y, people) = split.cells[0];
        split.cells[0].2 = people / 2;
        split.cells.push((x, y, people - people / 2));
        let (whole, halves) = (town.study(), split.study());
        let sums = |study: &Study| {
            let now = judged(study);
            let people: Vec<People> = VerdictKind::ALL.map(|kind| now.total().people_with(kind)).to_vec();
            (people, now.total().score(), now.by_item())
        };
        prop_assert_eq!(sums(&whole), sums(&halves));
    }

    #[test]
    fn units_add_up_to_their_parent_and_to_the_total(town in towns()) {
        let study = town.study();
        let now = judged(&study);
        let rows = now.by_unit();
        prop_assert_eq!(rows.len(), 3);
        prop_assert_eq!(&rows[0].tally, now.total());
        for kind in VerdictKind::ALL {
            let parts = rows[1].tally.people_with(kind) + rows[2].tally.people_with(kind);
            prop_assert_eq!(parts, now.total().people_with(kind));
        }
        prop_assert_eq!(now.total().cells(), study.cells().len() as u64);
    }

    #[test]
    fn threads_change_nothing(town in towns()) {
        let study = town.study();
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| {
                let links = link(&study);
                let times = travel_times(&links, study.target().search);
                let rows: Vec<_> = (0..study.cells().len()).map(|c| times.of(CellId::new(c)).to_vec()).collect();
                (links, rows)
            })
        };
        let one = run(1);
        prop_assert_eq!(&one, &run(2));
        prop_assert_eq!(&one, &run(8));
    }
}

#[test]
fn the_whole_oracle_agrees_on_a_small_grid() {
    let nodes: Vec<(u16, u16)> = (0..25).map(|i| (i % 5 * 4_000, i / 5 * 4_000)).collect();
    let edges = (0..25).flat_map(|i| {
        let right = (i % 5 < 4).then_some((i, i + 1, None));
        right
            .into_iter()
            .chain((i < 20).then_some((i, i + 5, None)))
    });
    let cells = (0..40)
        .map(|i| (i * 487 % 17_000, i * 911 % 17_000, i))
        .collect();
    let town = Town {
        nodes,
        edges: edges.collect(),
        sites: vec![(3_000, 4_100), (12_000, 9_000)],
        cells,
    };
    let study = town.study();
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(30));
    let oracle = oracle_seconds(&study, 1800.0);
    let mut compared = 0;
    for (cell, _) in study.cells().iter() {
        for reach in times.of(cell) {
            let exact =
                oracle[reach.site.index()][cell.index()].expect("the oracle gets there too");
            assert!((reach.time.seconds() - exact).abs() < 0.1);
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

//! Compounds and levels: who walks private ways, and who hangs on bridges and in tunnels.
//!
//! All is drawn in metres and walked at 4 km/h: 100 m take 90 s.

use walkshed::ids::{CellId, EdgeId, SiteId};
use walkshed::model::{
    Cell, Change, Network, NetworkParts, OneWay, Site, Study, StudyParts, Traits, WalkedBy, apply,
};
use walkshed::plane::Position;
use walkshed::search::{Direction, Engine, path, travel_times};
use walkshed::snap::{Snap, link};
use walkshed::{People, TravelTime};

const PRIVATE: WalkedBy = WalkedBy::Residents;

fn at([x, y]: [f64; 2]) -> Position {
    Position::from_plane([x, y])
}

fn walked_by(walked_by: WalkedBy) -> Traits {
    Traits {
        walked_by,
        ..Traits::default()
    }
}

fn no_doors() -> Traits {
    Traits {
        level: true,
        no_doors: true,
        ..Traits::default()
    }
}

/// Streets between corners; those that share a corner join there.
#[derive(Default, Clone)]
struct Town {
    corners: Vec<[f64; 2]>,
    parts: NetworkParts,
    sites: Vec<[f64; 2]>,
    homes: Vec<[f64; 2]>,
}

impl Town {
    /// A line along some corners.
    fn line(mut self, traits: Traits, corners: &[[f64; 2]]) -> Self {
        let length = |pair: &[[f64; 2]]| (pair[0][0] - pair[1][0]).hypot(pair[0][1] - pair[1][1]);
        let whole: f64 = corners.windows(2).map(length).sum();
        let mut walked = 0.0;
        for pair in corners.windows(2) {
            let ends = [pair[0], pair[1]].map(|corner| self.corner(corner));
            let begin = walked / whole;
            walked += length(pair);
            let span = [begin, walked / whole];
            let place = self.parts.edges.len();
            self.parts.traits.push((place, Traits { span, ..traits }));
            self.parts.edges.push((ends[0], ends[1], length(pair)));
        }
        self
    }

    fn street(self, corners: &[[f64; 2]]) -> Self {
        self.line(Traits::default(), corners)
    }

    fn private(self, corners: &[[f64; 2]]) -> Self {
        self.line(walked_by(PRIVATE), corners)
    }

    fn corner(&mut self, corner: [f64; 2]) -> usize {
        let here = |known: &[f64; 2]| (known[0] - corner[0]).hypot(known[1] - corner[1]) < 1e-9;
        self.corners.iter().position(here).unwrap_or_else(|| {
            self.corners.push(corner);
            self.corners.len() - 1
        })
    }

    fn site(mut self, x: f64, y: f64) -> Self {
        self.sites.push([x, y]);
        self
    }

    fn home(mut self, x: f64, y: f64) -> Self {
        self.homes.push([x, y]);
        self
    }

    fn study(&self) -> Study {
        let mut streets = self.parts.clone();
        streets.nodes = self.corners.iter().copied().map(at).collect();
        let sites = self.sites.iter().enumerate();
        let sites = sites.map(|(number, &site)| Site::at(&format!("s{number}"), at(site)));
        let homes = self.homes.iter().enumerate();
        let cells = homes.map(|(number, &home)| Cell {
            id: format!("c{number}"),
            ..Cell::at(at(home), People::whole(1))
        });
        let network = Network::with_traits(streets).expect("valid streets");
        Study::new(StudyParts::new(network, sites.collect(), cells.collect())).expect("a study")
    }

    /// Metres from each home to the first site.
    fn metres(&self) -> Vec<Option<i64>> {
        metres(&self.study())
    }
}

fn metres(study: &Study) -> Vec<Option<i64>> {
    let times = travel_times(&link(study), TravelTime::from_minutes(90));
    let site = SiteId::new(0);
    let walk = |cell| {
        let mut reaches = times.of(cell).iter();
        let time = reaches.find(|reach| reach.site == site)?.time;
        #[expect(clippy::cast_possible_truncation, reason = "a few thousand metres")]
        let metres = (time.seconds() / 0.9).round() as i64;
        Some(metres)
    };
    study.cells().iter().map(|(cell, _)| walk(cell)).collect()
}

/// A ring road of 600 × 400 m, and a compound inside with a gate to the west and one to the east.
///
/// ```text
///   +-----------------------+   400
///   |                       |
///   W - - - - o - - - - - - E   200   the compound's way, with a home at 100 and one at 500
///   |                       |
///   +-----------------------+     0
/// ```
fn two_gates(inside: WalkedBy) -> Town {
    Town::default()
        .street(&[
            [0.0, 200.0],
            [0.0, 400.0],
            [600.0, 400.0],
            [600.0, 200.0],
            [600.0, 0.0],
            [0.0, 0.0],
            [0.0, 200.0],
        ])
        .line(
            walked_by(inside),
            &[[0.0, 200.0], [300.0, 200.0], [600.0, 200.0]],
        )
        .site(600.0, 210.0)
        .home(0.0, 190.0)
        .home(100.0, 200.0)
        .home(500.0, 200.0)
        .home(-20.0, 200.0)
}

#[test]
fn a_stranger_walks_around_a_compound_and_its_residents_out_of_either_gate() {
    let open = two_gates(WalkedBy::Everybody).metres();
    assert_eq!(open, [Some(620), Some(510), Some(110), Some(630)]);
    let closed = two_gates(PRIVATE).metres();
    // Around by the south; through their own compound; and one opposite a gate lives outside of it.
    assert_eq!(closed, [Some(1000), Some(510), Some(110), Some(1010)]);
}

#[test]
fn the_walk_of_a_resident_is_told_street_by_street() {
    let study = two_gates(PRIVATE).study();
    let links = link(&study);
    let profile = study.walk().profile();
    let walk = path(&links, &profile, CellId::new(1), SiteId::new(0)).expect("a walk");
    let metres: Vec<f64> = walk
        .pieces
        .iter()
        .map(|piece| piece.metres.round())
        .collect();
    // The gate has no length and is no street of the walk.
    assert_eq!(metres, [200.0, 300.0, 10.0]);
}

#[test]
fn sites_hang_on_the_streets_of_all() {
    let study = two_gates(PRIVATE).site(300.0, 230.0).study();
    let (site, home) = (SiteId::new(1), CellId::new(1));
    let links = link(&study);
    // 170 m to the street in the north, though the compound's way is 30 m off.
    assert_eq!(links.site(site).gap().map(f64::round), Some(170.0));
    assert_eq!(links.cell(home).and_then(Snap::gap), Some(0.0));
}

#[test]
fn homeward_residents_come_in_and_strangers_still_do_not_walk_through() {
    let study = two_gates(PRIVATE).study();
    let links = link(&study);
    let limit = TravelTime::from_minutes(90);
    let profile = study.walk().profile();
    let site = links.site(SiteId::new(0));
    let to = Engine::new(&links, &profile).catchment(site, limit);
    let from = Engine::directed(&links, &profile, Direction::FromPlace).catchment(site, limit);
    assert_eq!(to, from);
    assert_eq!(to.len(), 4);
}

#[test]
fn compounds_that_share_a_vertex_of_the_street_do_not_share_their_ways() {
    // Two compounds, either side of a street at x = 0, whose ways meet it at one vertex; the site lies
    // east of the second one, with a street of all around both.
    let town = |second: WalkedBy| {
        Town::default()
            .street(&[[0.0, -500.0], [0.0, 0.0], [0.0, 500.0]])
            .street(&[[0.0, 500.0], [400.0, 500.0], [400.0, 0.0]])
            .private(&[[-200.0, 0.0], [0.0, 0.0]])
            .line(walked_by(second), &[[0.0, 0.0], [400.0, 0.0]])
            .site(400.0, 0.0)
            .home(-100.0, 0.0)
    };
    assert_eq!(town(WalkedBy::Everybody).metres(), [Some(500)]);
    assert_eq!(town(PRIVATE).metres(), [Some(100 + 500 + 400 + 500)]);
    // One line that crosses the street is one compound on both of its sides.
    let crossing = Town::default()
        .street(&[[0.0, -500.0], [0.0, 0.0], [0.0, 500.0]])
        .street(&[[0.0, 500.0], [400.0, 500.0], [400.0, 0.0]])
        .private(&[[-200.0, 0.0], [0.0, 0.0], [400.0, 0.0]])
        .site(400.0, 0.0)
        .home(-100.0, 0.0);
    assert_eq!(crossing.metres(), [Some(500)]);
}

#[test]
fn ways_of_residents_without_a_gate_are_an_island() {
    let town = Town::default()
        .street(&[[0.0, 0.0], [400.0, 0.0]])
        .private(&[[0.0, 100.0], [400.0, 100.0]])
        .site(400.0, 0.0)
        .home(100.0, 90.0);
    assert_eq!(town.metres(), [None]);
    assert_eq!(town.study().network().component_sizes(), [2, 2]);
}

#[test]
fn a_new_street_to_a_compound_is_one_more_gate_out_of_it() {
    let study = two_gates(PRIVATE).study();
    // From the middle of the compound's way, and from within a piece of it, to the north.
    for x in [300.0, 320.0] {
        let line = vec![at([x, 200.0]), at([x, 400.0])];
        let (study, touched) = apply(&study, &Change::AddStreet { line }).expect("two streets");
        let gates = study.network().traits().iter();
        let gates = gates.filter(|(_, street)| street.walked_by == WalkedBy::Gate);
        assert_eq!(gates.count(), 3);
        // Nobody comes in by it: a stranger walks around still.
        assert_eq!(metres(&study)[0], Some(1000));
        assert_eq!(metres(&study)[1], Some(510));
        let pieces = study.network().edges().len();
        assert!(touched.streets.after().contains(&EdgeId::new(pieces - 1)));
    }
}

#[test]
fn networks_with_gates_can_be_taken_apart_and_put_together_again() {
    let network = two_gates(PRIVATE).study().network().clone();
    assert_eq!((network.nodes().len(), network.edges().len()), (9, 10));
    let again = Network::with_traits(network.clone().into_parts()).expect("valid");
    assert_eq!(again.nodes(), network.nodes());
    assert_eq!(again.edges(), network.edges());
    assert_eq!(again.traits(), network.traits());
}

/// A street over a hill, and a tunnel under it.
///
/// ```text
///           +-----h-----+          the street over the hill, 100 m up
///           |           |
///   A-------B === t === C-------D  the tunnel
/// ```
fn hill(tunnel: Traits) -> Town {
    Town::default()
        .street(&[[0.0, 0.0], [300.0, 0.0]])
        .line(tunnel, &[[300.0, 0.0], [600.0, 0.0], [900.0, 0.0]])
        .street(&[[900.0, 0.0], [1200.0, 0.0]])
        .street(&[[300.0, 0.0], [300.0, 100.0], [900.0, 100.0]])
        .site(1000.0, 0.0)
        .home(600.0, 20.0)
        .home(290.0, 10.0)
        .home(320.0, -10.0)
}

#[test]
fn nobody_hangs_in_a_tunnel_but_on_the_streets_at_its_ends() {
    let open = hill(Traits::default()).metres();
    assert_eq!(open, [Some(420), Some(720), Some(690)]);
    // Up to the hill's street, back to the tunnel's mouth, and through it.
    let tunnel = hill(no_doors()).metres();
    let from_the_hill = 80 + 300 + 100 + 600 + 100;
    assert_eq!(tunnel[..2], [Some(from_the_hill), Some(720)]);
    // Beside the tunnel, 20 m past its mouth: 22 m back to the mouth in a straight line.
    assert_eq!(tunnel[2], Some(722));
}

#[test]
fn nobody_hangs_on_a_bridge_that_nothing_leads_to_but_bridges() {
    // A footbridge over the street, in two pieces, with stairs at its ends; its middle is nearest.
    let stairs = Traits::default();
    let town = Town::default()
        .street(&[[0.0, 0.0], [1000.0, 0.0]])
        .line(no_doors(), &[[500.0, -30.0], [500.0, 5.0], [500.0, 60.0]])
        .line(stairs, &[[500.0, 60.0], [450.0, 60.0], [450.0, 0.0]])
        .site(1000.0, 0.0)
        .home(505.0, 10.0)
        .home(502.0, 61.0);
    let study = town.study();
    let links = link(&study);
    let gaps = [0, 1].map(|cell| links.cell(CellId::new(cell)).and_then(Snap::gap));
    assert_eq!(gaps.map(|gap| gap.map(f64::round)), [Some(10.0), Some(2.0)]);
    // An end that no other street meets is no way down.
    let pier = Town::default()
        .street(&[[0.0, 0.0], [100.0, 0.0]])
        .line(no_doors(), &[[100.0, 0.0], [700.0, 0.0]])
        .site(0.0, 0.0)
        .home(690.0, 0.0);
    assert_eq!(pier.metres(), [None]);
}

#[test]
fn a_one_way_passage_out_of_a_compound_stays_one() {
    let out = Traits {
        one_way: OneWay::Forward,
        ..walked_by(PRIVATE)
    };
    let town = |forward: bool| {
        let mut corners = [[0.0, 200.0], [100.0, 0.0]];
        if !forward {
            corners.reverse();
        }
        let town = Town::default()
            .street(&[[0.0, 0.0], [100.0, 0.0], [400.0, 0.0]])
            .private(&[[0.0, 0.0], [0.0, 200.0]])
            .line(out, &corners)
            .site(400.0, 0.0)
            .home(0.0, 190.0);
        let study = town.study().with(|parts| parts.walk.rules.one_way = true);
        metres(&study.expect("still a study"))[0]
    };
    assert_eq!(
        [town(true), town(false)],
        [Some(10 + 224 + 300), Some(190 + 400)]
    );
}

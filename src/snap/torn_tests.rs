//! Drawn towns with islands, whose people one can count.

use super::*;
use crate::draw;
use crate::ids::CellId;
use crate::model::Islands;
use crate::snap::link;

/// A street of 60 junctions 100 m apart, and what is drawn below it.
fn beside_a_street(below: &str) -> String {
    let street = format!("{}+", "+-".repeat(59));
    format!("{street}\n{below}")
}

fn study(below: &str, sites: &str, islands: Islands) -> Study {
    let study = draw::town(&beside_a_street(below), 50.0, sites);
    study
        .with(|parts| parts.walk.islands = islands)
        .expect("still a study")
}

fn ids(study: &Study, beside: &Beside) -> (Vec<String>, Vec<String>) {
    let sites = beside
        .sites
        .iter()
        .map(|&site| study.sites()[site].id.clone());
    let cells = beside
        .cells
        .iter()
        .map(|&cell| study.cells()[cell].id.clone());
    (sites.collect(), cells.collect())
}

#[test]
fn who_stands_beside_an_island_is_told_whether_or_not_he_leaves_it() {
    // a and s on the island, 50 m below the street; b stands 50 m lower; u on another, 250 m off.
    let town = " A--a-s--B\n    b\n\n\n      C-u-D";
    let kept = study(town, "su", Islands::Keep);
    let torn = link(&kept).torn().clone();
    assert_eq!(torn.islands.len(), 2);
    assert_eq!(
        torn.islands[0].hung.people,
        crate::units::People::whole(1 + 2)
    );
    assert_eq!(
        ids(&kept, &torn.islands[0].hung),
        (vec!["s".into()], vec!["a".into(), "b".into()])
    );
    assert_eq!(torn.islands[0].left, Beside::default());
    let apart = torn.islands[0].apart.expect("a street is near");
    assert_eq!(apart.metres.round(), 50.0);

    // Left: the street is at most 100 m farther off than the island, except from C–D, 250 m off.
    let left = study(town, "su", Islands::Avoid);
    let links = link(&left);
    let torn = links.torn();
    assert_eq!(
        ids(&left, &torn.islands[0].left),
        (vec!["s".into()], vec!["a".into(), "b".into()])
    );
    assert_eq!(torn.islands[0].hung, Beside::default());
    assert_eq!(
        ids(&left, &torn.islands[1].hung),
        (vec!["u".into()], vec![])
    );
    let cell = CellId::new(1);
    assert_eq!(
        links
            .cell(cell)
            .and_then(crate::snap::Snap::gap)
            .map(f64::round),
        Some(100.0)
    );
    assert_eq!(torn.left_by(cell).map(|island| island.vertices), Some(2));
}

#[test]
fn a_small_town_stays_as_it_is() {
    // No part has 50 vertices: nobody leaves, and the smaller part is told.
    let small = draw::town("A--a--B--C\n\nD--b-s-E", 50.0, "s");
    let keep = small
        .clone()
        .with(|parts| parts.walk.islands = Islands::Keep);
    assert_eq!(link(&small), link(&keep.expect("still a study")));
    let links = link(&small);
    let islands = &links.torn().islands;
    assert_eq!(islands.len(), 1);
    assert_eq!(
        ids(&small, &islands[0].hung),
        (vec!["s".into()], vec!["b".into()])
    );
    let whole = draw::town("A--a--B--s--C", 50.0, "s");
    assert_eq!(*link(&whole).torn(), Torn::default());
}

#[test]
fn the_gap_between_parts_may_begin_within_a_street() {
    // The tee's end misses the middle of the island's only street by 50 m.
    let town = "A\n|\nB\n\n";
    let study = draw::town(&format!("{town}C--a--D"), 50.0, "a");
    let links = link(&study);
    let apart = links.torn().islands[0].apart.expect("two parts");
    assert_eq!(apart.metres.round(), 100.0);
    let study = draw::town("  A\n  |\n  B\n\nC--a--D\n", 50.0, "a");
    let apart = link(&study).torn().islands[0].apart.expect("two parts");
    assert_eq!(apart.metres.round(), 100.0);
    assert!(
        (apart.from.lon() - apart.to.lon()).abs() < 1e-9,
        "straight above"
    );
}

#[test]
fn the_joint_that_cuts_off_most_people_comes_first() {
    // Two lanes end 50 m below the street; on one lives cell a (1 person), on the other b (2).
    let study = draw::town(
        "A--------B\n\n  C    D\n  |    |\n  a    b\n  |    |\n  E    F",
        50.0,
        "",
    );
    let network = study.network();
    let node = |place: usize| network.node(NodeId::new(place));
    let joint = |at: usize| Joint {
        kind: crate::model::JointKind::Tee,
        at: node(at),
        metres: 0.5,
        streets: [node(at), node(0)],
    };
    let gone = Position::new(50.0, 50.0).expect("on the globe");
    let lost = Joint {
        streets: [gone, node(0)],
        ..joint(2)
    };
    let study = study
        .clone()
        .with(|parts| parts.joints = vec![lost, joint(2), joint(3)]);
    let study = study.expect("still a study");
    let links = link(&study);
    let people: Vec<(u64, usize)> = links
        .torn()
        .joints
        .iter()
        .map(|torn| (torn.people.to_string().parse().expect("whole"), torn.cells))
        .collect();
    assert_eq!(people, [(2, 1), (1, 1), (0, 0)]);
}

//! Each kind of change to streets: what was, and what it makes of it.

use walkshed::Speed;
use walkshed::model::{
    Change, ChangeError, Network, NetworkParts, OneWay, StreetKind, Study, Traits, apply, changed,
    near_street,
};
use walkshed::plane::Position;

use crate::kinds::{BEFORE, change};
use crate::town::{all, at, line, look, street, verdicts};

#[test]
fn a_street_is_cut() {
    let cut = |x, y| {
        street().after(&change(&format!(
            "do = 'cut-street'\nat = [{}]",
            at([x, y])
        )))
    };
    assert_eq!(
        verdicts(&cut(2300.0, 5.0)),
        "a covered, b too-far, c too-far, d too-far"
    );
    assert_eq!(
        verdicts(&cut(700.0, -20.0)),
        BEFORE,
        "b and d are too far from both still"
    );
    // a and s hang on the piece that is gone, and then both on its neighbour's end, 200 + 400 m off.
    assert_eq!(verdicts(&cut(300.0, 0.0)), BEFORE);
}

#[test]
fn a_street_is_slowed() {
    let slow = |times: f64| {
        let keys = format!(
            "do = 'slow-street'\nat = [{}]\ntimes = {times:?}",
            at([2300.0, 5.0])
        );
        verdicts(&street().after(&change(&keys)))
    };
    // c is 600 m from t, 500 of them on the slowed piece.
    assert_eq!(slow(1.79), BEFORE, "as long as 995 m");
    assert_eq!(slow(1.81), "a covered, b too-far, c too-far, d too-far");
    let half = change(&format!(
        "do = 'slow-street'\nat = [{}]\ntimes = 1.35",
        at([2300.0, 0.0])
    ));
    assert_eq!(verdicts(&street().after(&half)), BEFORE);
    assert_eq!(
        verdicts(&street().after(&half.repeat(2))),
        "a covered, b too-far, c too-far, d too-far",
        "1.8225 times"
    );
}

#[test]
fn a_street_is_added_and_its_ends_join() {
    let added =
        |course: &[[f64; 2]]| change(&format!("do = 'add-street'\nline = {}", line(course)));
    // From the lane at d to 10 m off the street, near s: 971.7 + 10 + 10 m.
    let joined = added(&[[1000.0, 400.0], [110.0, 10.0]]);
    assert_eq!(
        verdicts(&street().after(&joined)),
        "a covered, b too-far, c covered, d covered"
    );
    let far = added(&[[1000.0, 400.0], [110.0, 30.0]]);
    let free = street().read(&far).expect("it is no error");
    let told: Vec<_> = free
        .findings()
        .iter()
        .filter(|finding| finding.code == "street-hangs-free")
        .collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].message.to_string().contains("the last end")
            && told[0].message.to_string().contains("30.0 m away"),
        "{}",
        told[0].message
    );
    assert_eq!(
        verdicts(&changed(&free).expect("a street that hangs free")),
        BEFORE
    );
    // The new street passes over the main street without joining it, and d reaches s by its ends only.
    let over = added(&[[1000.0, 400.0], [600.0, -300.0], [5000.0, -300.0]]);
    assert_eq!(verdicts(&street().after(&over)), BEFORE);
}

#[test]
fn later_changes_see_earlier_ones() {
    let joined = change(&format!(
        "do = 'add-street'\nline = {}",
        line(&[[1000.0, 400.0], [110.0, 10.0]])
    ));
    let at = at([555.0, 205.0]);
    let cut = change(&format!("do = 'cut-street'\nat = [{at}]"));
    assert_eq!(
        verdicts(&street().after(&[&*joined, &*cut].concat())),
        BEFORE
    );
    let slow = change(&format!("do = 'slow-street'\nat = [{at}]\ntimes = 1.1"));
    assert_eq!(
        verdicts(&street().after(&[&*joined, &*slow].concat())),
        BEFORE
    );
    assert!(
        street()
            .error(&[&*cut, &*joined].concat())
            .contains("change[1].at")
    );
}

fn after(study: &Study, change: &Change) -> Study {
    apply(study, change).expect("a street is near").0
}

fn spot(east: f64) -> Position {
    Position::new(116.0 + east * 1e-3, 29.0).expect("on the globe")
}

fn study(parts: NetworkParts) -> Study {
    let network = Network::with_traits(parts).expect("valid");
    let town = walkshed::draw::town("A", 1.0, "");
    town.with(|parts| parts.network = network)
        .expect("still a study")
}

/// One line of crossings, turned: its traits belong to the way from its second end to its first.
fn line_with_everything() -> Study {
    let one_way = Traits {
        kind: StreetKind::Crossing,
        one_way: OneWay::Forward,
        span: [0.2, 0.6],
        slower: 2.0,
        ..Traits::default()
    };
    study(NetworkParts {
        nodes: vec![spot(0.0), spot(1.0), spot(2.0)],
        edges: vec![(1, 0, 200.0), (1, 2, 100.0)],
        traits: vec![(0, one_way)],
        heights: vec![Some(10.0), Some(30.0), None],
        names: vec![Some("Long Street".into()), None],
    })
}

#[test]
fn a_piece_that_is_split_keeps_length_name_traits_and_height() {
    let north = Position::new(116.0 + 0.25e-3, 29.0 + 1e-4).expect("on the globe");
    let lane = Change::AddStreet {
        line: vec![north, spot(2.0)],
    };
    let after = after(&line_with_everything(), &lane);
    let network = after.network();
    assert_eq!(
        network.nodes().len(),
        3 + 1 + 1,
        "the joint and the free vertex between the gap and the line"
    );
    let pieces: Vec<_> = network
        .edges()
        .iter()
        .map(|edge| (edge.from.index(), edge.to.index()))
        .collect();
    assert_eq!(pieces, [(0, 3), (1, 2), (1, 3), (3, 4), (2, 4)]);
    let metres: Vec<f64> = network
        .edges()
        .iter()
        .map(|edge| edge.metres.round())
        .collect();
    assert_eq!(metres[..3], [50.0, 100.0, 150.0]);
    let told = |edge| {
        let traits = network.traits_of(walkshed::ids::EdgeId::new(edge));
        let span = traits.span.map(|end| (end * 1000.0).round());
        (
            traits.kind,
            traits.one_way,
            span,
            traits.slower,
            network.street_name(walkshed::ids::EdgeId::new(edge)),
        )
    };
    let name = Some("Long Street");
    // Stored from vertex 0 to vertex 1 the line runs backward, from 0.6 to 0.2; the second part is
    // turned, since the joint has the larger number.
    assert_eq!(
        told(0),
        (
            StreetKind::Crossing,
            OneWay::Backward,
            [600.0, 500.0],
            2.0,
            name
        )
    );
    assert_eq!(
        told(2),
        (
            StreetKind::Crossing,
            OneWay::Forward,
            [200.0, 500.0],
            2.0,
            name
        )
    );
    assert_eq!(
        told(3),
        (StreetKind::Plain, OneWay::No, [0.0, 1000.0], 1.0, None)
    );
    let height = |node| network.height(walkshed::ids::NodeId::new(node));
    assert_eq!(
        (height(3), height(4)),
        (Some(15.0), None),
        "the other end's height is not known"
    );
}

#[test]
fn a_new_street_rises_evenly_between_its_ends() {
    let mut parts = line_with_everything().network().clone().into_parts();
    parts.heights[2] = Some(40.0);
    let middle = Position::new(116.0 + 1.0e-3, 29.0 + 1e-3).expect("on the globe");
    let lane = Change::AddStreet {
        line: vec![spot(0.0), middle, spot(2.0)],
    };
    let after = after(&study(parts), &lane);
    assert_eq!(
        after.network().nodes().len(),
        4,
        "both ends are vertices that were there"
    );
    let height = after
        .network()
        .height(walkshed::ids::NodeId::new(3))
        .expect("known");
    assert!((height - 25.0).abs() < 0.01, "{height}");
}

#[test]
fn a_cut_leaves_the_other_pieces_as_they_were() {
    let before = line_with_everything();
    let cut = after(&before, &Change::CutStreet { at: spot(1.5) });
    assert_eq!(cut.network().edges(), &before.network().edges()[..1]);
    assert_eq!(cut.network().traits(), before.network().traits());
    let cut = after(&before, &Change::CutStreet { at: spot(0.5) });
    assert_eq!(cut.network().edges(), &before.network().edges()[1..]);
    assert_eq!(
        (
            cut.network().traits(),
            cut.network().street_name(walkshed::ids::EdgeId::new(0))
        ),
        (&[][..], None)
    );
    let far = Change::CutStreet { at: spot(9.0) };
    let wrong = apply(&before, &far).expect_err("nothing is near");
    assert!(matches!(
        wrong,
        ChangeError::NoStreet { nearest: Some(metres), .. } if metres > 600.0
    ));
}

#[test]
fn the_nearest_street_is_25_m_away_inclusive() {
    let network = line_with_everything();
    let near = near_street(network.network(), spot(0.5)).expect("there are streets");
    assert_eq!(
        (near.edge.index(), near.metres.round().to_bits()),
        (0, 0.0_f64.to_bits())
    );
    assert!((near.along - 0.5).abs() < 1e-9);
    assert_eq!(near_street(&Network::default(), spot(0.5)), None);
    let cut = |y| {
        street().read(&change(&format!(
            "do = 'cut-street'\nat = [{}]",
            at([2300.0, y])
        )))
    };
    assert!(cut(24.9).is_ok() && cut(-24.9).is_ok());
    let error = cut(26.0).expect_err("too far");
    assert!(
        error.contains("expected a place within 25 m of a street (the nearest is 26.0 m away)"),
        "{error}"
    );
}

#[test]
fn slower_means_so_many_times_longer_at_any_speed() {
    let slow = |times| {
        change(&format!(
            "do = 'slow-street'\nat = [{}]\ntimes = {times}",
            at([2300.0, 0.0])
        ))
    };
    let once = street().after(&slow(1));
    assert_eq!(all(&once), all(&street().read("").expect("good")));
    let slowed = street().after(&slow(2));
    assert_eq!(
        verdicts(&slowed),
        "a covered, b too-far, c too-far, d too-far"
    );
    let speed = Speed::from_kmh(4.5).expect("valid");
    let fast = slowed
        .with(|parts| parts.walk.speed = speed)
        .expect("still a study");
    assert_eq!(
        verdicts(&fast),
        "a covered, b too-far, c covered, d too-far",
        "1,100 m in 14 min 40 s"
    );
}

#[test]
fn a_street_that_leads_nowhere_changes_no_walk() {
    let nearest = |study: &Study| {
        look(study, None, |now| {
            let ticks = |(id, _)| now.nearest(id).map(|reach| reach.time.ticks());
            study.cells().iter().map(ticks).collect::<Vec<_>>()
        })
    };
    let before = nearest(&street().read("").expect("good"));
    let lane = line(&[[2300.0, 3.0], [2300.0, -700.0]]);
    let after = street().after(&change(&format!("do = 'add-street'\nline = {lane}")));
    assert_eq!(after.network().edges().len(), 7 + 1 + 2);
    for (before, after) in before.iter().zip(nearest(&after)) {
        let (before, after) = (before.expect("in reach"), after.expect("in reach"));
        assert!(
            before.abs_diff(after) <= 1,
            "{before} {after}: one piece more is rounded"
        );
    }
}

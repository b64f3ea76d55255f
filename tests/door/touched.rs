//! What changes touch, and which cannot be applied.

use walkshed::draw::town;
use walkshed::ids::{EdgeId, ItemId, SiteId, UnitId};
use walkshed::model::{
    Change, ChangeError, Delegation, ItemReach, Merger, NewSite, Offer, Site, Steps, Study,
    StudyError, Touched, apply, apply_all, changed,
};
use walkshed::plane::Position;

const TOWN: &str = "
    A--b--B--d--C
    |     |     |
    D--f--E-----F
";

fn drawn() -> Study {
    town(TOWN, 100.0, "bdf")
}

/// A place in the drawn town, in characters from A, which stands in the second line behind four blanks.
fn place(east: f64, south: f64) -> Position {
    let lon = (east + 4.0) * 100.0 / 111_319.5;
    let lat = -(south + 1.0) * 100.0 / 110_574.3;
    Position::new(lon, lat).expect("near the equator")
}

fn opened(id: &str, at: Position) -> Change {
    Change::OpenSite(Box::new(NewSite {
        site: Site::at(id, at),
        offers: Vec::new(),
    }))
}

fn closed(site: &str) -> Change {
    let site = site.to_owned();
    Change::CloseSite { site }
}

fn sites(numbers: &[usize]) -> Vec<SiteId> {
    numbers.iter().copied().map(SiteId::new).collect()
}

fn edges(numbers: &[usize]) -> Vec<EdgeId> {
    numbers.iter().copied().map(EdgeId::new).collect()
}

/// Where the sites of before are now, by number.
fn now(before: &Study, touched: &Touched) -> Vec<Option<usize>> {
    let number = |(site, _)| touched.sites.now(site).map(SiteId::index);
    before.sites().iter().map(number).collect()
}

fn touched(change: &Change) -> Touched {
    apply(&drawn(), change).expect("it can be applied").1
}

#[test]
fn a_site_that_opens_numbers_those_after_it_anew() {
    let touched = touched(&opened("c", place(1.0, 0.0)));
    assert_eq!(now(&drawn(), &touched), [Some(0), Some(2), Some(3)]);
    assert_eq!(touched.sites.placed(), sites(&[1]));
    assert!(touched.sites.altered().is_empty() && touched.streets.is_empty());
}

#[test]
fn a_site_that_closes_is_gone() {
    let touched = touched(&closed("d"));
    assert_eq!(now(&drawn(), &touched), [Some(0), None, Some(1)]);
    assert!(touched.sites.placed().is_empty() && touched.sites.altered().is_empty());
    assert!(!touched.is_empty());
}

#[test]
fn a_site_that_moves_is_placed_and_altered() {
    let to = place(1.0, 0.0);
    let site = "d".to_owned();
    let touched = touched(&Change::MoveSite { site, to });
    assert_eq!(now(&drawn(), &touched), [Some(0), Some(1), Some(2)]);
    assert_eq!(touched.sites.placed(), sites(&[1]));
    assert_eq!(touched.sites.altered(), sites(&[1]));
}

#[test]
fn a_site_that_makes_way_where_it_stood_stands_there_still() {
    let study = drawn();
    let at = study.sites()[SiteId::new(1)].at;
    let there = touched(&opened("d", at));
    assert!(there.sites.placed().is_empty());
    assert_eq!(there.sites.altered(), sites(&[1]));
    let elsewhere = touched(&opened("d", place(1.0, 0.0)));
    assert_eq!(elsewhere.sites.placed(), sites(&[1]));
    assert_eq!(now(&study, &elsewhere), [Some(0), Some(1), Some(2)]);
}

#[test]
fn a_piece_that_is_cut_numbers_those_after_it_anew() {
    let study = drawn();
    let (after, touched) = apply(
        &study,
        &Change::CutStreet {
            at: place(1.0, 0.0),
        },
    )
    .expect("a street is there");
    let [gone] = touched.streets.before() else {
        panic!("one piece is gone");
    };
    assert_eq!(touched.streets.now(*gone), None);
    assert!(touched.streets.after().is_empty());
    for piece in (0..study.network().edges().len()).map(EdgeId::new) {
        if let Some(now) = touched.streets.now(piece) {
            assert_eq!(study.network().edge(piece), after.network().edge(now));
        }
    }
}

#[test]
fn a_new_street_splits_what_it_joins() {
    // From the middle of the first street to the middle of the same one: two pieces split, one is new.
    let study = drawn();
    let line = vec![place(1.0, 0.0), place(2.0, -2.0), place(4.0, 0.0)];
    let (after, touched) = apply(&study, &Change::AddStreet { line }).expect("a street");
    let count = study.network().edges().len();
    let split = &after.network().edges()[count..];
    assert_eq!(touched.streets.before().len(), 1);
    assert_eq!(touched.streets.after().len(), 1 + split.len());
    assert_eq!(split.len(), 2 + 2, "two ends joined, two pieces laid");
}

#[test]
fn changes_in_a_row_touch_what_each_of_them_does() {
    let study = drawn();
    let changes = [
        opened("c", place(1.0, 0.0)),
        closed("b"),
        Change::MoveSite {
            site: "f".to_owned(),
            to: place(2.0, 2.0),
        },
        Change::CutStreet {
            at: place(1.0, 0.0),
        },
        Change::SlowStreet {
            at: place(9.0, 0.0),
            times: 2.0,
        },
    ];
    let (after, touched) = apply_all(&study, &changes).expect("all can be applied");
    assert_eq!(now(&study, &touched), [None, Some(1), Some(2)]);
    assert_eq!(touched.sites.placed(), sites(&[0, 2]), "c and f");
    assert_eq!(touched.sites.altered(), sites(&[2]), "f");
    let slowed: Vec<EdgeId> = after
        .network()
        .traits()
        .iter()
        .map(|&(edge, _)| edge)
        .collect();
    assert_eq!(touched.streets.after(), slowed);
    assert_eq!(touched.streets.before().len(), 2);
    for &piece in touched.streets.before() {
        let now = touched.streets.now(piece);
        assert!(now.is_none_or(|now| slowed.contains(&now)));
    }
}

fn merged(sites: &[&str], into: &str, at: Option<Position>) -> Change {
    Change::MergeSites(Box::new(Merger {
        sites: sites.iter().map(ToString::to_string).collect(),
        into: into.to_owned(),
        at,
        ..Merger::default()
    }))
}

#[test]
fn of_sites_that_merge_one_is_altered_and_the_others_are_gone() {
    let study = drawn();
    let kept = touched(&merged(&["f", "b"], "f", None));
    assert_eq!(now(&study, &kept), [None, Some(0), Some(1)]);
    assert_eq!(kept.sites.altered(), sites(&[1]));
    assert!(kept.sites.placed().is_empty() && kept.streets.is_empty());
    let moved = touched(&merged(&["f", "b"], "f", Some(place(1.0, 0.0))));
    assert_eq!(moved.sites.placed(), sites(&[1]));
    // A new one is placed, and those that it is made of are gone.
    let new = touched(&merged(&["b", "f"], "a", Some(place(1.0, 0.0))));
    assert_eq!(now(&study, &new), [None, Some(1), None]);
    assert_eq!(new.sites.placed(), sites(&[0]));
    assert!(new.sites.altered().is_empty());
}

#[test]
fn sites_whose_offers_or_helpers_change_are_altered_alone() {
    let named = vec!["d".to_owned()];
    let items = vec![ItemId::new(0)];
    let changes = [
        Change::Replace {
            sites: named.clone(),
            items: items.clone(),
            steps: Steps::USUAL,
        },
        Change::Renew {
            sites: named.clone(),
            items: items.clone(),
            until: None,
        },
        Change::SetReach {
            sites: named.clone(),
            items,
            reach: ItemReach::OwnUnit,
        },
        Change::SetHelper {
            sites: named,
            has_helper: true,
        },
    ];
    for change in &changes {
        let touched = touched(change);
        assert_eq!(now(&drawn(), &touched), [Some(0), Some(1), Some(2)]);
        assert_eq!(touched.sites.altered(), sites(&[1]), "{change}");
        assert!(touched.sites.placed().is_empty() && touched.streets.is_empty());
        // What nobody names is as it was.
        let (after, _) = apply(&drawn(), change).expect("it can be applied");
        let others = |study: &Study| -> Vec<Offer> {
            let all = study.catalogue().offers(ItemId::new(0)).iter().copied();
            all.filter(|offer| offer.site != SiteId::new(1)).collect()
        };
        assert_eq!(others(&after), others(&drawn()), "{change}");
    }
}

fn paper(site: usize, item: usize) -> Delegation {
    Delegation {
        site: SiteId::new(site),
        item: ItemId::new(item),
        from: None,
        until: None,
        steps: Steps::USUAL,
        paper: "No. 1".to_owned(),
    }
}

#[test]
fn papers_follow_their_sites() {
    let of = |change: &Change| {
        let study = drawn().with(|parts| parts.delegations = vec![paper(2, 0), paper(0, 0)]);
        let (after, _) = apply(&study.expect("a study"), change).expect("it can be applied");
        let ids = after
            .delegations()
            .iter()
            .map(|paper| after.sites()[paper.site].id.clone());
        ids.collect::<Vec<String>>()
    };
    assert_eq!(of(&opened("c", place(1.0, 0.0))), ["f", "b"]);
    assert_eq!(of(&closed("b")), ["f"]);
    assert_eq!(
        of(&merged(&["b", "f"], "a", Some(place(1.0, 0.0)))),
        ["a", "a"]
    );
    assert_eq!(of(&merged(&["b", "d"], "d", None)), ["f", "d"]);
}

#[test]
fn a_paper_of_nobody_or_for_nothing_makes_no_study() {
    let wrong = |paper: Delegation| {
        let study = drawn().with(|parts| parts.delegations = vec![paper]);
        study.expect_err("it names what is not there")
    };
    assert!(matches!(
        wrong(paper(3, 0)),
        StudyError::NoSuchSite { sites: 3, .. }
    ));
    let no_item = wrong(paper(0, 1));
    assert!(matches!(no_item, StudyError::NoSuchItem { items: 1, .. }));
    assert!(no_item.to_string().contains("paper \"No. 1\""), "{no_item}");
}

#[test]
fn what_comes_and_goes_again_is_not_touched() {
    let changes = [opened("c", place(1.0, 0.0)), closed("c")];
    let (after, touched) = apply_all(&drawn(), &changes).expect("all can be applied");
    assert_eq!(after.sites(), drawn().sites());
    assert!(touched.is_empty());
    let (_, nothing) = apply_all(&drawn(), &[]).expect("no change");
    assert!(nothing.is_empty());
}

#[test]
fn a_street_that_was_new_in_between_has_no_number_before() {
    // A lane far off, which is then cut again.
    let lane = vec![place(0.0, 9.0), place(3.0, 9.0)];
    let changes = [
        Change::AddStreet { line: lane },
        Change::CutStreet {
            at: place(1.0, 9.0),
        },
    ];
    let (_, touched) = apply_all(&drawn(), &changes).expect("all can be applied");
    assert!(touched.streets.is_empty());
    assert_eq!(touched.streets.now(EdgeId::new(0)), Some(EdgeId::new(0)));
    assert_eq!(touched.streets.before(), edges(&[]));
}

#[test]
fn what_cannot_be_applied_is_told() {
    let wrong = |change: &Change| apply(&drawn(), change).expect_err("it is wrong");
    let site = "nobody".to_owned();
    let no_site = ChangeError::NoSuchSite { site: site.clone() };
    let named = vec!["b".to_owned(), site];
    assert_eq!(wrong(&closed("nobody")), no_site);
    assert_eq!(wrong(&merged(&["b", "nobody"], "b", None)), no_site);
    assert_eq!(
        wrong(&merged(&["b", "d"], "nobody", None)),
        no_site,
        "it has no place"
    );
    let items = vec![ItemId::new(0)];
    let withdraw = Change::Withdraw {
        sites: named.clone(),
        items,
    };
    assert_eq!(wrong(&withdraw), no_site);
    let offer = Change::Offer {
        sites: vec!["b".to_owned()],
        items: vec![ItemId::new(4)],
        steps: Steps::WHOLE,
    };
    assert_eq!(wrong(&offer), ChangeError::NoSuchItem { item: 4, items: 1 });
    let mut site = Site::at("c", place(1.0, 0.0));
    site.unit = Some(UnitId::new(0));
    let offers = Vec::new();
    let stray = Change::OpenSite(Box::new(NewSite { site, offers }));
    assert!(matches!(
        wrong(&stray),
        ChangeError::NoSuchUnit { units: 0, .. }
    ));
    let nowhere = Position::from_plane([f64::NAN; 2]);
    assert!(matches!(
        wrong(&opened("c", nowhere)),
        ChangeError::NoPlace { .. }
    ));
    let far = Change::CutStreet {
        at: place(0.0, 30.0),
    };
    let message = wrong(&far).to_string();
    assert!(
        message.starts_with("no street lies within 25 m of "),
        "{message}"
    );
    let line = vec![place(0.0, 0.0)];
    assert_eq!(
        wrong(&Change::AddStreet { line }),
        ChangeError::ShortStreet { vertices: 1 }
    );
    for times in [0.5, f64::NAN, f64::INFINITY] {
        let at = place(1.0, 0.0);
        let slow = wrong(&Change::SlowStreet { at, times });
        assert!(matches!(slow, ChangeError::BadTimes { .. }));
    }
}

#[test]
fn the_changes_of_a_study_are_told_as_a_finding() {
    let study = drawn().with_changes(vec![closed("b"), closed("d")]);
    let after = changed(&study).expect("both are there");
    assert_eq!(after.sites().len(), 1);
    assert!(after.changes().is_empty());
    let told = after.findings().iter().last().expect("one finding");
    assert_eq!(
        told.message.to_string(),
        "what if: 2 changes are applied to the study as read: close-site b; close-site d"
    );
    let same = changed(&drawn()).expect("nothing to do");
    assert!(same.findings().is_empty());
}

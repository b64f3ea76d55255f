//! What a study is refused for, each with its own error.

use walkshed::draw::town;
use walkshed::ids::{ItemId, SiteId, UnitId, ZoneId};
use walkshed::model::{
    Catalogue, Cell, Cells, Group, Indicator, IndicatorOf, Item, Mode, Offer, Part, Phase, Site,
    SiteSet, Sites, StudyError, StudyParts, Zone, Zones,
};
use walkshed::plane::Position;
use walkshed::{People, TravelTime};

/// Why a town with something wrong about it is none. Cells a and b hold 1 and 2 people.
fn wrong(change: impl FnOnce(&mut StudyParts)) -> StudyError {
    let town = town("A-s-a-B-b-C", 100.0, "s");
    let wrong = town.with(change).expect_err("something is wrong");
    let message = wrong.to_string();
    assert!(message.contains(" – "), "{message} names no remedy");
    wrong
}

fn minutes(minutes: u32) -> TravelTime {
    TravelTime::from_minutes(minutes)
}

fn phase(change: impl FnOnce(&mut Phase)) -> Phase {
    let mut phase = Phase {
        name: "2022".to_owned(),
        date: chrono::NaiveDate::from_ymd_opt(2022, 12, 31).expect("a day"),
        ..Phase::default()
    };
    change(&mut phase);
    phase
}

fn zone(limit: u32) -> Zone {
    Zone {
        name: "villages".to_owned(),
        limit: Some(minutes(limit)),
        speed: None,
        by: String::new(),
        mode: Mode::Walk,
    }
}

#[test]
fn a_limit_beyond_the_search_is_told() {
    let beyond = |part| StudyError::LimitBeyondSearch {
        part,
        limit: minutes(45),
        search: minutes(30),
    };
    let target = wrong(|parts| parts.target.limit = minutes(45));
    assert_eq!(target, beyond(Part::Target));
    assert_eq!(
        target.to_string(),
        "the target asks for 45 min 00 s, but only 30 min 00 s are searched – raise target.search, or lower the limit"
    );
    let of_phase = wrong(|parts| parts.phases = vec![phase(|it| it.limit = Some(minutes(45)))]);
    assert_eq!(of_phase, beyond(Part::Phase("2022".to_owned())));
    let of_zone = wrong(|parts| parts.zones = Zones::new(vec![zone(45)], vec![None; 2]));
    assert_eq!(of_zone, beyond(Part::Zone("villages".to_owned())));
}

#[test]
fn no_asked_item_is_told() {
    let nothing = wrong(|parts| parts.target.items.clear());
    assert_eq!(nothing, StudyError::NothingAsked);
}

#[test]
fn an_id_that_stands_twice_is_told_with_both_places() {
    let twice = |part, first, second| StudyError::SameId {
        part,
        first,
        second,
    };
    let sites = wrong(|parts| {
        let s = parts.sites[SiteId::new(0)].clone();
        parts.sites.extend([Site::at("r", s.at), s]);
    });
    assert_eq!(sites, twice(Part::Site("s".to_owned()), 0, 2));
    let cells = wrong(|parts| {
        let b = parts.cells.as_slice()[1].clone();
        parts.cells.extend([b]);
    });
    assert_eq!(cells, twice(Part::Cell("b".to_owned()), 1, 2));
    let items = wrong(|parts| {
        let item = || (Item::plain("card"), Vec::new());
        parts.catalogue = Catalogue::new(vec![item(), item()]);
    });
    assert_eq!(items, twice(Part::Item("card".to_owned()), 0, 1));
    let groups = wrong(|parts| {
        parts.groups = vec![Group::plain("old", vec![People::ZERO; 2]); 2];
    });
    assert_eq!(groups, twice(Part::Group("old".to_owned()), 0, 1));
    let phases = wrong(|parts| parts.phases = vec![phase(|_| ()); 2]);
    assert_eq!(phases, twice(Part::Phase("2022".to_owned()), 0, 1));
}

#[test]
fn an_offer_of_a_site_that_does_not_exist_is_told_on_any_day() {
    let missing = || {
        Catalogue::new(vec![(
            Item::plain("card"),
            vec![Offer::whole(SiteId::new(99))],
        )])
    };
    let expected = StudyError::NoSuchSite {
        part: Part::Item("card".to_owned()),
        site: 99,
        sites: 1,
    };
    assert_eq!(wrong(|parts| parts.catalogue = missing()), expected);
    let dated = wrong(|parts| {
        parts.catalogue = missing();
        parts.target.date = chrono::NaiveDate::from_ymd_opt(2024, 3, 4);
    });
    assert_eq!(dated, expected);
    let group = wrong(|parts| {
        parts.groups = vec![Group {
            usable: Some(SiteSet::of([SiteId::new(1)])),
            ..Group::plain("old", vec![People::ZERO; 2])
        }];
    });
    assert_eq!(
        group,
        StudyError::NoSuchSite {
            part: Part::Group("old".to_owned()),
            site: 1,
            sites: 1,
        }
    );
}

#[test]
fn an_item_that_does_not_exist_is_told() {
    let missing = |part| StudyError::NoSuchItem {
        part,
        item: 7,
        items: 1,
    };
    let seven = || vec![ItemId::new(7)];
    let target = wrong(|parts| parts.target.items = seven());
    assert_eq!(target, missing(Part::Target));
    let of_phase = wrong(|parts| parts.phases = vec![phase(|it| it.items = seven())]);
    assert_eq!(of_phase, missing(Part::Phase("2022".to_owned())));
    let indicator = wrong(|parts| parts.indicators = vec![indicator(IndicatorOf::Items(seven()))]);
    assert_eq!(indicator, missing(Part::Indicator("net".to_owned())));
}

fn indicator(of: IndicatorOf) -> Indicator {
    Indicator {
        name: "net".to_owned(),
        of,
        property: "network".to_owned(),
        ..Indicator::default()
    }
}

#[test]
fn a_unit_that_does_not_exist_is_told() {
    let unit = UnitId::new(3);
    let missing = |part| StudyError::NoSuchUnit {
        part,
        unit: 3,
        units: 0,
    };
    let site = wrong(|parts| {
        let site = parts.sites[SiteId::new(0)].clone();
        let unit = Some(unit);
        parts.sites = [Site { unit, ..site }].into_iter().collect();
    });
    assert_eq!(site, missing(Part::Site("s".to_owned())));
    let cell = wrong(|parts| {
        let mut cells = parts.cells.as_slice().to_vec();
        cells[1].unit = Some(unit);
        parts.cells = Cells::new(cells);
    });
    assert_eq!(cell, missing(Part::Cell("b".to_owned())));
    let of_phase = wrong(|parts| parts.phases = vec![phase(|it| it.units = vec![unit])]);
    assert_eq!(of_phase, missing(Part::Phase("2022".to_owned())));
    let sites = IndicatorOf::Sites {
        kinds: Vec::new(),
        units: vec![unit],
    };
    let indicator = wrong(|parts| parts.indicators = vec![indicator(sites)]);
    assert_eq!(indicator, missing(Part::Indicator("net".to_owned())));
}

#[test]
fn lists_that_do_not_go_with_the_cells_are_told() {
    let count = |part, count| StudyError::WrongCount {
        part,
        count,
        cells: 2,
    };
    for long in [0, 1, 3] {
        let people = vec![People::ZERO; long];
        let group = wrong(|parts| parts.groups = vec![Group::plain("old", people.clone())]);
        assert_eq!(group, count(Part::Group("old".to_owned()), long));
        let column = wrong(|parts| {
            let cells = std::mem::take(&mut parts.cells);
            parts.cells = cells.with_counts(vec![("firms".to_owned(), people.clone())]);
        });
        assert_eq!(column, count(Part::Count("firms".to_owned()), long));
        let zones = wrong(|parts| parts.zones = Zones::new(vec![zone(15)], vec![None; long]));
        assert_eq!(zones, count(Part::Zones, long));
    }
    let nowhere = vec![None, Some(ZoneId::new(1))];
    assert_eq!(
        wrong(|parts| parts.zones = Zones::new(vec![zone(15)], nowhere)),
        StudyError::NoSuchZone {
            part: Part::Cell("b".to_owned()),
            zone: 1,
            zones: 1,
        }
    );
}

#[test]
fn groups_above_the_people_of_a_cell_are_told_unless_they_stand_apart() {
    // One of 1, and 2 + 1 of 2.
    let old = Group::plain("old", vec![People::ZERO, People::whole(2)]);
    let young = Group::plain("young", vec![People::whole(1), People::whole(1)]);
    let groups = vec![old.clone(), young.clone()];
    assert_eq!(
        wrong(|parts| parts.groups = groups),
        StudyError::GroupsExceedPeople {
            part: Part::Cell("b".to_owned()),
            counted: People::whole(3),
            people: People::whole(2),
        }
    );
    let apart = vec![
        old,
        Group {
            apart: true,
            ..young
        },
    ];
    let town = town("A-s-a-B-b-C", 100.0, "s");
    assert!(town.with(|parts| parts.groups = apart).is_ok());
}

#[test]
fn what_stands_nowhere_is_told() {
    let nowhere = Position::from_plane([f64::NAN, 0.0]);
    let none = |part| StudyError::NoPlace { part };
    let site = wrong(|parts| parts.sites = Sites::new(vec![Site::at("s", nowhere)]));
    assert_eq!(site, none(Part::Site("s".to_owned())));
    let cell = wrong(|parts| parts.cells.extend([Cell::at(nowhere, People::ZERO)]));
    assert_eq!(cell, none(Part::Cell("3".to_owned())));
    let barrier = wrong(|parts| {
        let here = parts.network.nodes()[0];
        parts.barriers = vec![[here, here], [here, nowhere]];
    });
    assert_eq!(barrier, none(Part::Barrier(1)));
    for metres in [-1.0, f64::NAN] {
        let gap = wrong(|parts| parts.walk.max_snap_m = metres);
        assert!(matches!(gap, StudyError::BadGap { .. }));
    }
}

#[test]
fn an_escape_in_an_id_does_not_reach_a_terminal() {
    let escape = "\u{1b}[31ms";
    let twice = wrong(|parts| {
        let at = parts.sites[SiteId::new(0)].at;
        parts.sites = Sites::new(vec![Site::at(escape, at); 2]);
    });
    assert!(!twice.to_string().contains('\u{1b}'), "{twice}");
}

#[test]
fn with_leaves_all_else_as_it_was() {
    let before = town("A-s-a-B-b-C", 100.0, "s");
    let after = before.clone().with(|parts| parts.name = "other".to_owned());
    let after = after.expect("a name is never wrong");
    assert_eq!(
        after.to_string(),
        "other: 1 item within 15 min 00 s, 1 site, 2 cells"
    );
    assert_eq!(after.cells(), before.cells());
    assert_eq!(after.sites(), before.sites());
    assert_eq!(after.network().edges(), before.network().edges());
}

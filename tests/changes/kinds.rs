//! Each kind of change to sites: what was, and what it makes of it.

use crate::town::{SiteRow, Town, all, at, line, offering, street, verdicts};
use walkshed::model::{Study, changed};

pub const BEFORE: &str = "a covered, b too-far, c covered, d too-far";

/// A change with these keys.
pub fn change(keys: &str) -> String {
    format!("[[change]]\n{keys}\n")
}

fn lon_lat(place: [f64; 2]) -> String {
    let place = at(place);
    let (lon, lat) = place.split_once(", ").expect("two numbers");
    format!("lon = {lon}\nlat = {lat}")
}

fn codes(study: &Study) -> Vec<&str> {
    study
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect()
}

fn site(id: &str, kind: &'static str, place: [f64; 2]) -> SiteRow {
    SiteRow {
        id: id.to_owned(),
        kind,
        helper: false,
        hours: "",
        place,
    }
}

#[test]
fn no_change_changes_nothing() {
    for town in [street(), offering()] {
        let study = town.read("").expect("good");
        assert!(study.changes().is_empty());
        assert_eq!(all(&changed(&study).expect("no change")), all(&study));
    }
    assert_eq!(verdicts(&street().read("").expect("good")), BEFORE);
}

#[test]
fn a_change_is_not_applied_until_it_is_asked_for() {
    let study = street()
        .read(&change("do = 'close-site'\nsite = 't'"))
        .expect("good");
    assert_eq!(verdicts(&study), BEFORE);
    assert_eq!((study.changes().len(), study.sites().len()), (1, 2));
}

#[test]
fn a_site_opens_closes_and_moves() {
    let town = street();
    let opened = town.after(&change(&format!(
        "do = 'open-site'\nsite = 'm'\n{}",
        lon_lat([1100.0, 0.0])
    )));
    assert_eq!(
        verdicts(&opened),
        "a covered, b covered, c covered, d covered"
    );
    let closed = town.after(&change("do = 'close-site'\nsite = 't'"));
    assert_eq!(
        verdicts(&closed),
        "a covered, b too-far, c too-far, d too-far"
    );
    let moved = town.after(&change(&format!(
        "do = 'move-site'\nsite = 't'\n{}",
        lon_lat([1500.0, 0.0])
    )));
    assert_eq!(
        verdicts(&moved),
        "a covered, b covered, c covered, d covered"
    );
}

#[test]
fn changes_are_applied_in_order() {
    let open = |id, x| {
        change(&format!(
            "do = 'open-site'\nsite = '{id}'\n{}",
            lon_lat([x, 0.0])
        ))
    };
    let close = |id| change(&format!("do = 'close-site'\nsite = '{id}'"));
    let town = street();
    assert_eq!(
        verdicts(&town.after(&[open("m", 1100.0), close("m")].concat())),
        BEFORE
    );
    assert_eq!(
        verdicts(&town.after(&[close("t"), open("t", 2600.0)].concat())),
        BEFORE
    );
    let after = town.after(&[close("t"), open("t", 2600.0)].concat());
    let told = after
        .findings()
        .iter()
        .find(|finding| finding.code == "changes-applied")
        .expect("it is told");
    assert_eq!(
        told.message.to_string(),
        "what if: 2 changes are applied to the study as read: close-site t; open-site t"
    );
    let error = town.error(&[close("m"), open("m", 1100.0)].concat());
    assert!(
        error.starts_with("study.toml: key \"change[1].site\" is \"m\", expected a site"),
        "{error}"
    );
}

#[test]
fn a_new_site_handles_what_its_kind_does_or_what_it_is_told() {
    let town = offering();
    let open = |keys: &str| {
        town.after(&change(&format!(
            "do = 'open-site'\nsite = 'm'\n{}\n{keys}",
            lon_lat([1900.0, 0.0])
        )))
    };
    let before = "a covered, b too-far, c not-offered, d too-far";
    assert_eq!(verdicts(&town.read("").expect("good")), before);
    assert_eq!(
        verdicts(&open("kind = 'station'")),
        "a covered, b not-offered, c not-offered, d too-far"
    );
    let both = "a covered, b covered, c covered, d too-far";
    for keys in [
        "kind = 'centre'",
        "items = ['i1', 'i2']",
        "items = ['i2', 'i1']\nkind = 'station'",
        "like = 's'",
    ] {
        assert_eq!(verdicts(&open(keys)), both, "{keys}");
    }
    let like = open("like = 's'\nname = '新站'\nunit = 'the town'");
    let m = &like.sites()[like.sites().find("m").expect("it is open")];
    assert_eq!(
        (m.kind.as_str(), m.name.as_str(), m.unit),
        ("centre", "新站", like.units().find("u"))
    );
    let idle = town
        .read(&change(&format!(
            "do = 'open-site'\nsite = 'm'\n{}",
            lon_lat([1900.0, 0.0])
        )))
        .expect("good");
    assert!(codes(&idle).contains(&"opens-with-nothing"));
    let mut own = offering();
    own.items = "id,theme,reach\ni1,birth,own-unit\ni2,trade,anywhere\n".to_owned();
    for (keys, told) in [
        ("items = ['i1']", true),
        ("items = ['i2']", false),
        ("items = ['i1']\nunit = 'u'", false),
    ] {
        let opened = own.read(&change(&format!(
            "do = 'open-site'\nsite = 'm'\n{}\n{keys}",
            lon_lat([1900.0, 0.0])
        )));
        assert_eq!(
            codes(&opened.expect("good")).contains(&"opens-without-unit"),
            told,
            "{keys}"
        );
    }
    // Nobody handles i2 near c, and another site does not help.
    assert_eq!(
        verdicts(&changed(&idle).expect("sites are there")),
        "a covered, b not-offered, c not-offered, d too-far"
    );
}

#[test]
fn offers_come_and_go_by_site_kind_and_theme() {
    let town = offering();
    let covered = "a covered, b too-far, c covered, d too-far";
    for keys in [
        "site = 't'\nitems = ['i2']",
        "kind = 'station'\nitems = ['i2']\ndepth = 'whole'",
        "site = 't'\ntheme = 'trade'\ndepth = ['accept', 'issue']",
        "site = 't'\ntheme = 'trade'\ndepth = '受理；发证'",
    ] {
        assert_eq!(
            verdicts(&town.after(&change(&format!("do = 'offer'\n{keys}")))),
            covered,
            "{keys}"
        );
    }
    let half = town.after(&change(
        "do = 'offer'\nsite = 't'\nitems = ['i2']\ndepth = ['accept']",
    ));
    assert_eq!(
        verdicts(&half),
        "a covered, b too-far, c not-offered, d too-far"
    );
    let rest = change("do = 'offer'\nsite = 't'\nitems = ['i2']\ndepth = ['accept']")
        .repeat(2)
        .replacen("accept", "issue", 1);
    assert_eq!(verdicts(&town.after(&rest)), covered, "in two steps");
    let gone = town.after(&change("do = 'withdraw'\nkind = 'centre'\ntheme = 'birth'"));
    assert_eq!(
        verdicts(&gone),
        "a not-offered, b too-far, c not-offered, d too-far"
    );
}

#[test]
fn an_offer_to_a_kind_holds_for_sites_that_open_later_too() {
    let open = change(&format!(
        "do = 'open-site'\nsite = 'm'\nkind = 'station'\n{}",
        lon_lat([1900.0, 0.0])
    ));
    let offer = change("do = 'offer'\nkind = 'station'\nitems = ['i2']");
    let town = offering();
    for order in [[&*open, &*offer], [&*offer, &*open]] {
        assert_eq!(
            verdicts(&town.after(&order.concat())),
            "a covered, b covered, c covered, d too-far"
        );
    }
    let withdraw = change("do = 'withdraw'\nkind = 'station'\nitems = ['i1', 'i2']");
    let after = town.after(&[&*withdraw, &*open].concat());
    assert_eq!(
        after
            .catalogue()
            .offers(after.catalogue().find("i1").expect("it is there"))
            .len(),
        1
    );
}

#[test]
fn hours_change_by_site_and_kind() {
    let rules =
        "[time]\nat = '2024-03-06T18:00:00'\nunstated_hours = 'Mo-Fr 09:00-17:00'\n".to_owned();
    let town = Town { rules, ..street() };
    let shut = "a not-offered, b out-of-reach, c not-offered, d out-of-reach";
    let before = verdicts(&town.read("").expect("good"));
    assert_eq!(before, shut);
    let late = "opening_hours = 'Mo-Su 09:00-20:00'";
    let hours = |who: &str, hours: &str| {
        verdicts(&town.after(&change(&format!("do = 'hours'\n{who}\n{hours}"))))
    };
    assert_eq!(
        hours("site = 's'", late),
        "a covered, b too-far, c not-offered, d too-far"
    );
    assert_eq!(
        hours("kind = 'station'", late),
        "a not-offered, b too-far, c covered, d too-far"
    );
    assert_eq!(
        hours("site = 's'", "opening_hours = 'Mo-Fr 09:00-18:00'"),
        shut
    );
    let place = lon_lat([1100.0, 0.0]);
    let opened = town.after(&change(&format!(
        "do = 'open-site'\nsite = 'm'\n{place}\nopening_hours = '24/7'"
    )));
    assert_eq!(
        verdicts(&opened),
        "a covered, b covered, c covered, d covered"
    );
}

#[test]
fn the_study_is_as_if_its_files_said_so() {
    let town = offering();
    let mut files = town.clone();
    files.sites.retain(|row| row.id != "t");
    files.sites.push(site("m", "centre", [1111.0, 30.0]));
    files.sites[0].place = [222.0, 5.0];
    files.offers += "m,,i1\n";
    files.streets[0].truncate(6);
    files
        .streets
        .push(vec![[1000.0, 800.0], [1500.0, 900.0], [2000.0, 0.0]]);
    let changes = [
        change("do = 'close-site'\nsite = 't'"),
        change(&format!(
            "do = 'open-site'\nsite = 'm'\nkind = 'centre'\nunit = 'u'\nhelper = false\n{}",
            lon_lat([1111.0, 30.0])
        )),
        change(&format!(
            "do = 'move-site'\nsite = 's'\n{}",
            lon_lat([222.0, 5.0])
        )),
        change(&format!("do = 'cut-street'\nat = [{}]", at([2750.0, 0.0]))),
        change(&format!(
            "do = 'add-street'\nline = {}",
            line(&[[1000.0, 800.0], [1500.0, 900.0], [2000.0, 0.0]])
        )),
    ];
    assert_eq!(
        all(&town.after(&changes.concat())),
        all(&files.read("").expect("good"))
    );
}

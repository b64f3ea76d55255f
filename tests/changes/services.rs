//! Changes to who serves whom, with what, and until when: merging, replacing, renewing, reach,
//! helpers and longer hours.

use crate::kinds::change;
use crate::town::{Town, all, at, look, offering, street, verdicts};
use walkshed::model::{ItemReach, Study};

/// The offers of an item, such as `s accept+issue`, with a last day if they have one.
fn offers(study: &Study, item: &str) -> Vec<String> {
    let item = study.catalogue().find(item).expect("it is there");
    let shown = |offer: &walkshed::model::Offer| {
        let until = offer.until.map(|day| format!(" until {day}"));
        let site = &study.sites()[offer.site].id;
        format!("{site} {}{}", offer.steps, until.unwrap_or_default())
    };
    study.catalogue().offers(item).iter().map(shown).collect()
}

const WHOLE: &str = "accept+first-review+review+decide+issue";

#[test]
fn an_offer_that_replaces_is_all_that_the_site_does() {
    let town = offering();
    // The kind offers i1 to s; the station keeps it, the centre alone is narrowed.
    let narrowed = town.after(&change(
        "do = 'offer'\nsite = 's'\nitems = ['i1']\ndepth = '受理'\nreplaces = true",
    ));
    assert_eq!(offers(&narrowed, "i1"), ["s accept", &format!("t {WHOLE}")]);
    assert_eq!(
        verdicts(&narrowed),
        "a not-offered, b too-far, c not-offered, d too-far"
    );
    // Without it what is offered already stays.
    let beside = town.after(&change(
        "do = 'offer'\nsite = 's'\nitems = ['i1']\ndepth = '受理'\nreplaces = false",
    ));
    assert_eq!(verdicts(&beside), verdicts(&town.read("").expect("good")));
    // Of a kind, sites that open later too.
    let open = "do = 'open-site'\nsite = 'm'\nkind = 'centre'\nlon = 0\nlat = 0";
    let kind = "do = 'offer'\nkind = 'centre'\nitems = ['i1']\ndepth = '受理'\nreplaces = true";
    let after = town.after(&[change(kind), change(open)].concat());
    assert_eq!(
        offers(&after, "i1"),
        ["m accept", "s accept", &format!("t {WHOLE}")]
    );
}

#[test]
fn a_kinds_list_is_narrowed_for_one_station() {
    let mut town = offering();
    let mut twin = town.sites[1].clone();
    twin.id = "u".to_owned();
    town.sites.push(twin);
    let narrowed = town.after(&change("do = 'withdraw'\nsite = 'u'\nitems = ['i1']"));
    let others = [format!("s {WHOLE}"), format!("t {WHOLE}")];
    assert_eq!(offers(&narrowed, "i1"), others);
    let part = town.after(&change(
        "do = 'offer'\nsite = 'u'\nitems = ['i1']\ndepth = 'issue'\nreplaces = true",
    ));
    let [s, t] = others;
    assert_eq!(offers(&part, "i1"), [s, t, "u issue".to_owned()]);
}

/// The station's i2 has run out, by a paper; a month before it there was another.
fn expiring() -> Town {
    let offers = "site,kind,item,depth,from,until,委托文号\n,centre,i1;i2,,,,\n,station,i1,,,,\n\
        t,,i2,委托受理,2022-01-01,2022-06-30,甲1号\n\
        t,,i2,委托受理、发证,2022-08-01,2023-06-30,甲2号\n";
    Town {
        offers: offers.to_owned(),
        rules: "[target]\ndate = 2024-01-01\n".to_owned(),
        ..offering()
    }
}

#[test]
fn what_ran_out_is_renewed_as_deep_as_it_was() {
    let town = expiring();
    let study = town.read("").expect("good");
    let before = "a covered, b too-far, c not-offered, d too-far";
    let after = "a covered, b too-far, c covered, d too-far";
    assert_eq!(verdicts(&study), before);
    let renew = |keys: &str| town.after(&change(&format!("do = 'renew'\nitems = ['i2']\n{keys}")));
    for (keys, then) in [
        ("site = 't'", after),
        ("kind = 'station'\nuntil = 2024-01-01", after),
        ("site = 't'\nuntil = '2023-12-31'", before),
        // What lasts longer already is not cut short.
        ("site = 't'\nuntil = 2022-12-31", before),
    ] {
        assert_eq!(verdicts(&renew(keys)), then, "{keys}");
    }
    let renewed = renew("site = 't'\nuntil = 2024-12-31");
    let terms: Vec<String> = renewed
        .delegations()
        .iter()
        .map(|paper| {
            format!(
                "{} {:?}",
                paper.paper,
                paper.until.map(|day| day.to_string())
            )
        })
        .collect();
    // They entrust other steps, so each is the last of its own.
    assert_eq!(
        terms,
        [r#"甲1号 Some("2024-12-31")"#, r#"甲2号 Some("2024-12-31")"#]
    );
    let error = town.error(&change("do = 'renew'\nsite = 's'\nitems = ['i2']"));
    assert!(
        error.contains("handles any of these items for a time only"),
        "{error}"
    );
    let error = town.error(&change(
        "do = 'renew'\nsite = 't'\nitems = ['i2']\nuntil = 'soon'",
    ));
    assert!(
        error.contains("key \"change[1].until\" is \"soon\", expected a date"),
        "{error}"
    );
}

#[test]
fn of_terms_in_a_row_the_last_one_is_renewed() {
    let mut town = expiring();
    town.offers = town.offers.replace("委托受理、发证", "委托受理");
    let renewed = town.after(&change("do = 'renew'\nsite = 't'\nitems = ['i2']"));
    assert_eq!(
        offers(&renewed, "i2"),
        [
            &format!("s {WHOLE}"),
            "t accept until 2022-06-30",
            "t accept"
        ]
    );
    let gone = town.after(&change("do = 'withdraw'\nsite = 't'\nitems = ['i2']"));
    assert!(
        gone.delegations().is_empty(),
        "no paper for what is not done"
    );
    let closed = town.after(&change("do = 'close-site'\nsite = 's'"));
    let site = closed.sites().find("t");
    assert!(
        closed
            .delegations()
            .iter()
            .all(|paper| Some(paper.site) == site)
    );
}

#[test]
fn a_cross_area_window_is_an_offer_for_all() {
    let town = offering();
    for (word, reach) in [
        ("anywhere", ItemReach::Anywhere),
        ("跨区通办", ItemReach::Anywhere),
        ("属地", ItemReach::OwnUnit),
    ] {
        let keys = format!("do = 'reach'\nkind = 'station'\nitems = ['i1']\nreach = '{word}'");
        let after = town.after(&change(&keys));
        let item = after.catalogue().find("i1").expect("it is there");
        let reaches = after
            .catalogue()
            .offers(item)
            .iter()
            .map(|offer| offer.reach);
        assert_eq!(reaches.collect::<Vec<_>>(), [None, Some(reach)]);
    }
    let wrong = |keys: &str| town.error(&change(&format!("do = 'reach'\nsite = 't'\n{keys}")));
    let error = wrong("items = ['i1']\nreach = 'everywhere'");
    assert!(error.contains("expected anywhere, own-unit"), "{error}");
    let error = wrong("items = ['i2']\nreach = 'anywhere'");
    assert!(
        error.contains("none of these sites handles any of these items"),
        "{error}"
    );
}

#[test]
fn a_helper_lets_those_use_a_site_who_need_one() {
    let mut town = street();
    town.rules = "[[group]]\nid = 'helped'\nshare = 1.0\nneeds_helper = true\n".to_owned();
    let covered = |study: &Study| {
        let (group, _) = study.groups().next().expect("a group");
        look(study, Some(group), |now| now.total().covered().to_string())
    };
    assert_eq!(covered(&town.read("").expect("good")), "0");
    let at_t = town.after(&change("do = 'helper'\nsite = 't'"));
    assert_eq!(covered(&at_t), "4", "c");
    let all = ["centre", "station"].map(|kind| change(&format!("do = 'helper'\nkind = '{kind}'")));
    assert_eq!(covered(&town.after(&all.concat())), "5", "a and c");
    let gone = change("do = 'helper'\nsite = 't'\nhelper = false");
    assert_eq!(
        covered(&town.after(&[&all.concat(), &*gone].concat())),
        "1",
        "a"
    );
}

#[test]
fn hours_are_added_to_those_that_there_are() {
    let rules =
        "[time]\nat = '2024-03-06T18:00:00'\nunstated_hours = 'Mo-Fr 09:00-17:00'\n".to_owned();
    let mut town = Town { rules, ..street() };
    town.sites[0].hours = "Mo-Fr 08:00-12:00";
    let hours = |keys: &str| {
        let keys =
            format!("do = 'hours'\nkind = 'centre'\nopening_hours = 'We 17:00-19:00'\n{keys}");
        let after = town.after(&change(&keys));
        let site = after.sites().find("s").expect("it is there");
        after.sites()[site].hours.as_ref().map(ToString::to_string)
    };
    let beside = "Mo 08:00-12:00, Tu 08:00-12:00, We 08:00-12:00, We 17:00-19:00, Th 08:00-12:00, Fr 08:00-12:00";
    assert_eq!(hours("add = true").as_deref(), Some(beside));
    assert_eq!(hours("add = false").as_deref(), Some("We 17:00-19:00"));
    // Hours that are not stated count as those of [time].
    let keys = "do = 'hours'\nsite = 't'\nopening_hours = 'We 17:00-19:00'\nadd = true";
    let after = town.after(&change(keys));
    let site = after.sites().find("t").expect("it is there");
    let week = after.sites()[site]
        .hours
        .as_ref()
        .expect("stated now")
        .to_string();
    assert!(
        week.starts_with("Mo 09:00-17:00, Tu 09:00-17:00, We 09:00-19:00,"),
        "{week}"
    );
    assert_eq!(
        verdicts(&after),
        "a not-offered, b too-far, c covered, d too-far"
    );
}

#[test]
fn sites_merge_into_one_of_them() {
    let town = offering();
    let merged = town.after(&change(
        "do = 'merge-sites'\nsites = ['t', 's']\nsite = 't'",
    ));
    assert_eq!(merged.sites().len(), 1);
    // It handles both items now, as the centre did.
    assert_eq!(
        verdicts(&merged),
        "a out-of-reach, b too-far, c covered, d too-far"
    );
    let site = &merged.sites()[merged.sites().find("t").expect("it stays")];
    assert_eq!(
        (site.kind.as_str(), site.unit),
        ("station", merged.units().find("u"))
    );
}

#[test]
fn sites_merge_at_a_place() {
    let town = offering();
    let place = at([1200.0, 0.0]);
    let (lon, lat) = place.split_once(", ").expect("two numbers");
    let keys = format!("do = 'merge-sites'\nsites = ['s', 't']\nlon = {lon}\nlat = {lat}");
    let named = format!("{keys}\nsite = 'm'\nname = '驿站'\nkind = 'post'");
    let merged = town.after(&change(&named));
    assert_eq!(
        verdicts(&merged),
        "a covered, b covered, c covered, d covered"
    );
    let site = &merged.sites()[merged.sites().find("m").expect("it is new")];
    assert_eq!((site.name.as_str(), site.kind.as_str()), ("驿站", "post"));
    // Without an id of its own it is the first of them, at the place.
    let moved = town.after(&change(&keys));
    assert_eq!(verdicts(&moved), verdicts(&merged));
    assert!(moved.sites().find("s").is_some());
}

#[test]
fn sites_merge_at_the_best_of_them() {
    // Within 15 minutes s serves a (1), t serves c (4): t is the best.
    let town = offering();
    let best = town.after(&change(
        "do = 'merge-sites'\nsites = ['s', 't']\nat = 'best'",
    ));
    let at_t = town.after(&change(
        "do = 'merge-sites'\nsites = ['s', 't']\nsite = 't'",
    ));
    assert_eq!(all(&best), all(&at_t));
    let renamed = "do = 'merge-sites'\nsites = ['s', 't']\nat = 'best'\nsite = 'm'";
    let renamed = town.after(&change(renamed));
    assert_eq!(verdicts(&renamed), verdicts(&at_t));
    assert!(renamed.sites().find("m").is_some() && renamed.sites().len() == 1);
}

#[test]
fn a_merged_site_is_open_and_has_a_helper_when_any_was_and_had() {
    let rules = "[time]\nat = '2024-03-06T10:00:00'\n".to_owned();
    let mut town = Town {
        rules,
        ..offering()
    };
    town.sites[0].hours = "Mo 08:00-12:00";
    town.sites[1].hours = "We 09:00-11:00";
    town.sites[1].helper = true;
    let merged = town.after(&change(
        "do = 'merge-sites'\nsites = ['t', 's']\nsite = 's'",
    ));
    let site = &merged.sites()[merged.sites().find("s").expect("it stays")];
    let week = site.hours.as_ref().expect("stated").to_string();
    assert_eq!(week, "Mo 08:00-12:00, We 09:00-11:00");
    assert_eq!(site.properties.get("helper"), Some(true));
    let stated = "do = 'merge-sites'\nsites = ['t', 's']\nsite = 's'\nopening_hours = '24/7'";
    let merged = town.after(&change(stated));
    let site = &merged.sites()[merged.sites().find("s").expect("it stays")];
    assert_eq!(site.hours.as_ref().expect("stated").to_string(), "24/7");
}

#[test]
fn a_station_belongs_to_the_unit_that_all_of_it_lie_in() {
    let mut town = offering();
    town.items =
        "id,theme,steps,reach\ni1,birth,accept;issue,own-unit\ni2,trade,accept;issue,own-unit\n"
            .to_owned();
    // A terminal without a unit, which opens first.
    let open = change("do = 'open-site'\nsite = 'm'\nlon = 0\nlat = 0\nlike = 's'");
    let fold = |sites: &str, keys: &str| {
        let merge = format!("do = 'merge-sites'\nsites = [{sites}]\nsite = 't'\n{keys}");
        let study = town
            .read(&[&*open, &*change(&merge)].concat())
            .expect("good");
        let told = study.findings().iter();
        let of_merger = told
            .filter(|finding| finding.subject == "change[2].site")
            .count();
        let after = walkshed::model::changed(&study).expect("as it was read");
        let unit = after.sites()[after.sites().find("t").expect("it stays")].unit;
        (unit.map(|unit| after.units()[unit].id.clone()), of_merger)
    };
    assert_eq!(fold("'s', 't'", ""), (Some("u".to_owned()), 0));
    assert_eq!(
        fold("'m', 't'", ""),
        (None, 1),
        "it serves everybody, which is told"
    );
    assert_eq!(fold("'m', 't'", "unit = 'v'"), (Some("v".to_owned()), 0));
}

#[test]
fn mergers_are_checked() {
    let town = offering();
    let cases = [
        (
            "sites = ['s']\nsite = 's'",
            "sites\" is \"s\", expected two sites or more",
        ),
        (
            "sites = ['s', 's']\nsite = 's'",
            "expected two sites or more",
        ),
        (
            "sites = ['s', 'x']\nsite = 's'",
            "sites\" is \"x\", expected a site that is there by then",
        ),
        (
            "sites = ['s', 't']",
            "site\": nothing says where the station stands – name the one",
        ),
        (
            "sites = ['s', 't']\nsite = 'm'",
            "site\" is \"m\", expected one of the sites that merge – name the one",
        ),
        (
            "sites = ['s', 't']\nat = [0, 0]",
            "at\" is \"0, 0\", expected \"best\"",
        ),
        (
            "sites = ['s', 't']\nat = 'best'\nlon = 1\nlat = 1",
            "at\": lon or at, not both",
        ),
        ("sites = ['s', 't']\nlon = 1", "lon\" is \"1, NaN\""),
        ("site = 's'", "sites\": merge-sites needs this key"),
    ];
    for (keys, expected) in cases {
        let error = town.error(&change(&format!("do = 'merge-sites'\n{keys}")));
        assert!(error.contains(expected), "{keys}\n{error}");
    }
    let error = town.error(&change(
        "do = 'merge-sites'\nsites = ['s', 't']\nat = 'worst'",
    ));
    assert!(error.contains("expected \"best\" or a place"), "{error}");
    let error = town.error(&change("do = 'cut-street'\nat = 'best'"));
    assert!(error.contains("expected a place as [lon, lat]"), "{error}");
}

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::draw;
use crate::ids::ItemId;
use crate::model::{
    Catalogue, DepartmentEntry, Departments, Item, Properties, Property, PropertyKind, Sites,
    UnitRow, Units,
};

/// A county with two towns; centres `c`, `d`, `e` in the towns, a terminal `t` and the county's hall `h`.
fn county(network: [Option<bool>; 5]) -> Study {
    let study = draw::town("A-c-d-e-h-t-B", 100.0, "cdeht");
    study
        .with(|parts| {
            let row = |id: &str, parent: Option<&str>| UnitRow {
                id: id.to_owned(),
                name: String::new(),
                parent: parent.map(str::to_owned),
            };
            let towns = vec![
                row("county", None),
                row("east", Some("county")),
                row("west", Some("county")),
            ];
            parts.units = Units::new(towns).expect("a tree");
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            let units = ["west", "west", "east", "county", "east"];
            let kinds = ["centre", "centre", "centre", "hall", "terminal"];
            for (place, site) in sites.iter_mut().enumerate() {
                site.unit = parts.units.find(units[place]);
                site.kind = kinds[place].to_owned();
                site.properties = Properties::of([("network", network[place])]);
            }
            parts.sites = Sites::new(sites);
        })
        .expect("still a study")
}

fn of(study: &Study, kinds: &[&str], units: &[&str], target: Option<f64>) -> Indicator {
    let units = units
        .iter()
        .filter_map(|unit| study.units().find(unit))
        .collect();
    Indicator {
        name: "network".to_owned(),
        of: IndicatorOf::Sites {
            kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
            units,
        },
        property: "network".to_owned(),
        target,
        ..Indicator::default()
    }
}

type Asked = (
    &'static [&'static str],
    &'static [&'static str],
    Option<f64>,
);
type Answer = (Option<f64>, Option<bool>, usize);

#[test]
fn which_sites_count_and_what_is_said_of_them() {
    let (yes, no) = (Some(true), Some(false));
    let study = county([yes, no, None, yes, yes]);
    // (kinds, units, target): denominator, numerator, (share, met, short by)
    let cases: [(Asked, &str, &str, Answer); 7] = [
        ((&[], &[], None), "cdeht", "cht", (Some(0.6), None, 0)),
        (
            (&[], &[], Some(0.6)),
            "cdeht",
            "cht",
            (Some(0.6), Some(true), 0),
        ),
        (
            (&[], &[], Some(0.61)),
            "cdeht",
            "cht",
            (Some(0.6), Some(false), 1),
        ),
        (
            (&["centre"], &[], Some(1.0)),
            "cde",
            "c",
            (Some(1.0 / 3.0), Some(false), 2),
        ),
        (
            (&["centre", "hall"], &["west"], Some(0.5)),
            "cd",
            "c",
            (Some(0.5), Some(true), 0),
        ),
        (
            (&[], &["county"], None),
            "cdeht",
            "cht",
            (Some(0.6), None, 0),
        ),
        (
            (&["hall"], &["east"], Some(0.0)),
            "",
            "",
            (None, Some(false), 0),
        ),
    ];
    for ((kinds, units, target), denominator, numerator, answer) in cases {
        let asked = of(&study, kinds, units, target);
        let now = indicator(&study, &asked);
        let ids: String = now.denominator.iter().map(|member| &*member.id).collect();
        assert_eq!(ids, denominator, "{asked:?}");
        assert_eq!(
            now.numerator()
                .map(|member| member.id.as_str())
                .collect::<String>(),
            numerator,
            "{asked:?}"
        );
        assert_eq!(
            (now.share.value(), now.met, now.short_by),
            answer,
            "{asked:?}"
        );
    }
}

#[test]
fn items_count_by_their_own_properties() {
    let study = draw::town("A-s-B", 100.0, "s");
    let study = study
        .with(|parts| {
            let item = |(id, certificate)| {
                let properties = Properties::of([("certificate", certificate)]);
                let item = Item {
                    properties,
                    ..Item::plain(id)
                };
                (item, Vec::new())
            };
            let items = [("a", Some(true)), ("b", Some(false)), ("c", Some(true))];
            parts.catalogue = Catalogue::new(items.into_iter().map(item).collect());
        })
        .expect("still a study");
    let asked = Indicator {
        name: "certificates".to_owned(),
        of: IndicatorOf::Items(vec![ItemId::new(0), ItemId::new(1)]),
        property: "certificate".to_owned(),
        target: Some(0.6),
        ..Indicator::default()
    };
    let now = indicator(&study, &asked);
    assert_eq!(
        (now.share.value(), now.met, now.short_by),
        (Some(0.5), Some(false), 1)
    );
    assert_eq!(
        now.lacking()
            .map(|member| member.id.as_str())
            .collect::<String>(),
        "b"
    );
}

#[test]
fn shares_are_decimal() {
    let needed = |share, all| Share::least_part(all, share);
    assert_eq!(
        [
            needed(0.07, 100),
            needed(0.9, 10),
            needed(0.9, 11),
            needed(0.0, 5)
        ],
        [7, 9, 10, 0]
    );
    assert_eq!(
        [needed(1.0, 7), needed(0.333_333, 3), needed(0.333_334, 3)],
        [7, 1, 2]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_and_mending_what_is_short_meets_the_target(
        network in prop::array::uniform5(prop::option::of(any::<bool>())),
        percent in 0_u8..=100,
    ) {
        let mut network = network;
        let study = county(network);
        let asked = of(&study, &[], &[], Some(f64::from(percent) / 100.0));
        let now = indicator(&study, &asked);
        prop_assert_eq!(now.numerator().count() + now.lacking().count(), 5);
        prop_assert_eq!(now.met, Some(now.short_by == 0));
        network.iter_mut().filter(|has| **has != Some(true)).take(now.short_by).for_each(|has| *has = Some(true));
        let mended = county(network);
        let asked = of(&mended, &[], &[], Some(f64::from(percent) / 100.0));
        prop_assert_eq!(indicator(&mended, &asked).met, Some(true));
    }
}

/// The county, its sites with these numbers of `part` and `whole`.
fn numbers(values: [(Option<i64>, Option<i64>); 5]) -> Study {
    let number = |value: Option<i64>| {
        value.map_or(Property::Unknown, |value| {
            Property::Number(Decimal::whole(value))
        })
    };
    let study = county([None; 5]);
    study
        .with(|parts| {
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            for (site, (part, whole)) in sites.iter_mut().zip(values) {
                site.properties = Properties::of_values([
                    ("part", PropertyKind::Number, number(part)),
                    ("whole", PropertyKind::Number, number(whole)),
                ]);
            }
            parts.sites = Sites::new(sites);
        })
        .expect("still a study")
}

fn measured(study: &Study, kinds: &[&str], measure: Measure) -> IndicatorResult {
    let asked = Indicator {
        property: "part".to_owned(),
        measure,
        ..of(study, kinds, &[], None)
    };
    indicator(study, &asked)
}

fn limits(at_least: Option<f64>, at_most: Option<f64>) -> Limits {
    Limits {
        at_least: at_least.and_then(Decimal::of),
        at_most: at_most.and_then(Decimal::of),
    }
}

fn ratio(limits: Limits) -> Measure {
    Measure::Ratio {
        out_of: "whole".to_owned(),
        limits,
    }
}

const UNKNOWN: (Option<i64>, Option<i64>) = (None, None);

#[test]
fn a_number_counts_within_its_limits() {
    let study = numbers([0, 1, 2, 3, 4].map(|part| (Some(part), None)));
    for (at_least, at_most, expected) in [
        (Some(1.0), None, "dhet"),
        (None, Some(3.0), "cdeh"),
        (Some(1.0), Some(1.0), "d"),
        (Some(1.000_001), None, "eht"),
    ] {
        let now = measured(&study, &[], Measure::Within(limits(at_least, at_most)));
        let mut has: Vec<&str> = now.numerator().map(|member| &*member.id).collect();
        has.sort_unstable();
        let mut expected: Vec<&str> = expected.split("").filter(|id| !id.is_empty()).collect();
        expected.sort_unstable();
        assert_eq!(has, expected, "{at_least:?} {at_most:?}");
    }
    // What is not known counts as not reaching it.
    let study = numbers([(Some(1), None), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
    let now = measured(
        &study,
        &["centre"],
        Measure::Within(limits(Some(1.0), None)),
    );
    assert_eq!(
        (now.share.value(), now.lacking().count()),
        (Some(1.0 / 3.0), 2)
    );
}

#[test]
fn means_and_sums_are_exact_and_leave_out_what_is_not_known() {
    // 2, 3 and 4 days; one unknown, and one of a kind that is not asked.
    let days = [
        (Some(2), None),
        (Some(3), None),
        (Some(4), None),
        UNKNOWN,
        (Some(90), None),
    ];
    let study = numbers(days);
    let kinds = ["centre", "hall"];
    let mean = |limits| measured(&study, &kinds, Measure::Mean(limits));
    let now = mean(limits(None, Some(3.0)));
    assert_eq!(
        (now.value, now.met, now.short_of),
        (Some(3.0), Some(true), Decimal::ZERO)
    );
    assert_eq!((now.denominator.len(), now.numerator().count()), (4, 3));
    assert_eq!(now.share.value(), None);
    let missed = mean(limits(None, Some(2.9)));
    assert_eq!(
        (missed.met, missed.short_of),
        (Some(false), Decimal::of(0.1).expect("small"))
    );
    assert_eq!(mean(Limits::default()).met, None);
    let sum = measured(&study, &kinds, Measure::Sum(limits(Some(9.5), None)));
    assert_eq!((sum.value, sum.met), (Some(9.0), Some(false)));
    assert_eq!(sum.short_of, Decimal::of(0.5).expect("small"));
    // A sum of what nobody knows is not nought.
    let unknown = measured(
        &numbers([UNKNOWN; 5]),
        &[],
        Measure::Sum(limits(None, Some(3.0))),
    );
    assert_eq!((unknown.value, unknown.met), (None, Some(false)));
}

#[test]
fn a_ratio_is_of_sums_and_nothing_out_of_nothing_does_not_count() {
    // Settled 7 of 8, 2 of 2, 0 of 0 bad ratings at the centres; elsewhere it is not known.
    let study = numbers([
        (Some(7), Some(8)),
        (Some(2), Some(2)),
        (Some(0), Some(0)),
        UNKNOWN,
        (Some(1), None),
    ]);
    let now = measured(&study, &["centre"], ratio(limits(Some(0.95), None)));
    assert_eq!(
        (now.value, now.met, now.denominator.len()),
        (Some(0.9), Some(false), 2)
    );
    assert_eq!(now.short_of, Decimal::of(0.05).expect("small"));
    let all = measured(&study, &[], ratio(limits(Some(0.9), None)));
    assert_eq!(
        (all.value, all.met, all.lacking().count()),
        (Some(0.9), Some(true), 2)
    );
    let none = measured(&study, &["hall"], ratio(limits(None, Some(0.1))));
    assert_eq!(
        (none.value, none.met),
        (None, Some(false)),
        "never met by nothing"
    );
}

#[test]
fn a_date_counts_from_its_day_on() {
    let day = |month, day| NaiveDate::from_ymd_opt(2022, month, day).expect("a day");
    let study = county([None; 5]);
    let study = study
        .with(|parts| {
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            let values = [
                Property::Since(day(11, 30)),
                Property::Since(day(12, 31)),
                Property::Flag(true),
                Property::Flag(false),
                Property::Unknown,
            ];
            for (site, value) in sites.iter_mut().zip(values) {
                site.properties = Properties::of_values([("network", PropertyKind::YesNo, value)]);
            }
            parts.sites = Sites::new(sites);
        })
        .expect("still a study");
    let has_by = |by, date| {
        let study = study
            .clone()
            .with(|parts| parts.target.date = date)
            .expect("good");
        let asked = Indicator {
            by,
            ..of(&study, &[], &[], None)
        };
        indicator(&study, &asked).numerator().count()
    };
    assert_eq!(has_by(Some(day(11, 29)), None), 1);
    assert_eq!(has_by(Some(day(11, 30)), None), 2);
    assert_eq!(has_by(Some(day(12, 31)), None), 3);
    assert_eq!(has_by(None, Some(day(11, 30))), 2, "the target's day");
    assert_eq!(
        has_by(Some(day(11, 29)), Some(day(12, 31))),
        1,
        "its own day comes first"
    );
    assert_eq!(has_by(None, None), 1, "no day is asked");
}

#[test]
fn each_unit_is_told_with_all_within_it() {
    let (yes, no) = (Some(true), Some(false));
    let study = county([yes, no, None, yes, yes]);
    let told = |kinds: &[&str], units: &[&str]| {
        let now = indicator(&study, &of(&study, kinds, units, Some(0.5)));
        let unit = |row: &UnitIndicator| {
            let id = &study.units()[row.unit].id;
            format!(
                "{id} {}/{} {:?} {}",
                row.has, row.counted, row.met, row.short_by
            )
        };
        now.units.iter().map(unit).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&[], &[]),
        [
            "county 3/5 Some(true) 0",
            "east 1/2 Some(true) 0",
            "west 1/2 Some(true) 0"
        ]
    );
    assert_eq!(
        told(&["centre"], &[]),
        [
            "county 1/3 Some(false) 1",
            "east 0/1 Some(false) 1",
            "west 1/2 Some(true) 0"
        ]
    );
    // The county is not asked what is asked of its towns.
    assert_eq!(told(&[], &["west"]), ["west 1/2 Some(true) 0"]);
    assert_eq!(told(&["hall"], &[]), ["county 1/1 Some(true) 0"]);
}

#[test]
fn units_and_departments_count_as_well() {
    let study = county([None; 5]).with(|parts| {
        let group = |id: &str, has| (id.to_owned(), Properties::of([("group", has)]));
        let told = [
            group("county", Some(true)),
            group("east", Some(true)),
            group("west", None),
        ];
        parts.units = std::mem::take(&mut parts.units).with_properties(told);
        let item = |id: &str, department: &str| {
            let departments = vec![department.to_owned()];
            (
                Item {
                    departments,
                    ..Item::plain(id)
                },
                Vec::new(),
            )
        };
        let items = [
            item("a", "police"),
            item("b", "tax"),
            item("c", ""),
            item("d", "water"),
        ];
        parts.catalogue = Catalogue::new(items.to_vec());
        let entry = |id: &str, name: &str, seal| DepartmentEntry {
            id: id.to_owned(),
            name: name.to_owned(),
            properties: Properties::of([("e_seal", seal)]),
        };
        parts.departments = Departments::sorted(vec![
            entry("D1", "police", Some(true)),
            entry("D2", "tax", Some(true)),
            entry("D3", "audit", Some(false)),
        ]);
    });
    let study = study.expect("still a study");
    let asked = |of, property: &str| {
        let asked = Indicator {
            of,
            property: property.to_owned(),
            target: Some(0.9),
            ..Indicator::default()
        };
        let now = indicator(&study, &asked);
        let ids: Vec<String> = now.denominator.iter().map(|one| one.id.clone()).collect();
        (
            ids.join(" "),
            now.numerator().count(),
            now.met,
            now.units.len(),
        )
    };
    let townships = IndicatorOf::Units {
        units: vec![],
        depth: Some(1),
    };
    assert_eq!(
        asked(townships, "group"),
        ("east west".to_owned(), 1, Some(false), 3)
    );
    let east = IndicatorOf::Units {
        units: study.units().find("east").into_iter().collect(),
        depth: None,
    };
    assert_eq!(asked(east, "group"), ("east".to_owned(), 1, Some(true), 1));
    // Water is named by an item and has no row: it does not have a seal.
    let (ids, has, met, units) = asked(IndicatorOf::Departments, "e_seal");
    assert_eq!(
        (ids.as_str(), has, met, units),
        ("D1 D2 D3 water", 2, Some(false), 0)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn units_at_the_top_add_up_to_the_whole(
        values in prop::array::uniform5((prop::option::of(0_i64..5), prop::option::of(0_i64..5))),
        at_least in 0_u8..5,
    ) {
        let study = numbers(values);
        let limits = limits(Some(at_least.into()), None);
        for measure in [Measure::Within(limits), Measure::Mean(limits), Measure::Sum(limits), ratio(limits)] {
            let now = measured(&study, &[], measure);
            // All sites lie in the county.
            let county = now.units.iter().find(|row| study.units()[row.unit].parent.is_none());
            prop_assert_eq!(county.map_or(0, |row| row.counted), now.denominator.len());
            if let Some(county) = county {
                prop_assert_eq!((county.met, county.value), (now.met, now.value));
                prop_assert_eq!((county.short_by, county.short_of), (now.short_by, now.short_of));
            }
        }
    }

    #[test]
    fn what_a_number_is_short_of_just_meets_it(
        values in prop::array::uniform5((prop::option::of(0_i64..50), prop::option::of(1_i64..50))),
        at_least in 0_u32..60_000_000,
    ) {
        let study = numbers(values);
        let asked = Decimal::from_millionths(at_least.into());
        for of in [Measure::Mean as fn(Limits) -> Measure, Measure::Sum, ratio] {
            let least = |at_least: Decimal| of(Limits { at_least: Some(at_least), at_most: None });
            let now = measured(&study, &[], least(asked));
            let short_of = now.short_of.millionths();
            prop_assert_eq!(now.met, Some(now.value.is_some() && short_of == 0));
            if now.value.is_some() && short_of > 0 {
                // Asked as much less as it is short, it is met; asked a millionth more, it is not.
                let lower = Decimal::from_millionths(i128::from(at_least) - i128::from(short_of));
                prop_assert_eq!(measured(&study, &[], least(lower)).met, Some(true));
                let higher = Decimal::from_millionths(i128::from(lower.millionths()) + 1);
                prop_assert_eq!(measured(&study, &[], least(higher)).met, Some(false));
            }
        }
    }

    #[test]
    fn later_days_have_no_less(days in prop::array::uniform5(0_u64..20), asked in 0_u64..20) {
        let first = NaiveDate::from_ymd_opt(2022, 1, 1).expect("a day");
        let study = county([None; 5]).with(|parts| {
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            for (site, day) in sites.iter_mut().zip(days) {
                let since = Property::Since(first + chrono::Days::new(day));
                site.properties = Properties::of_values([("network", PropertyKind::YesNo, since)]);
            }
            parts.sites = Sites::new(sites);
        });
        let study = study.expect("still a study");
        let by = Some(first + chrono::Days::new(asked));
        let now = indicator(&study, &Indicator { by, ..of(&study, &[], &[], None) });
        prop_assert_eq!(now.numerator().count(), days.iter().filter(|&&day| day <= asked).count());
    }
}

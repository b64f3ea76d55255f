use super::*;
use crate::draw;
use crate::ids::ItemId;
use crate::model::{
    Catalogue, DepartmentEntry, Departments, Findings, Item, Sites, Study, UnitRow, Units,
};
use crate::model::{Decimal, Limits, Property};
use crate::read::row_policy::{OnBad, Stopped};

/// Two sites, `s` a centre in the town, `t` a terminal nowhere; two items.
fn study() -> Study {
    let study = draw::town("A-s-t-B", 100.0, "st");
    let number = |value| Property::Number(Decimal::whole(value));
    let since = Property::Since(NaiveDate::from_ymd_opt(2022, 11, 30).expect("a day"));
    study
        .with(|parts| {
            let row = |id: &str, name: &str, parent: Option<&str>| UnitRow {
                id: id.to_owned(),
                name: name.to_owned(),
                parent: parent.map(str::to_owned),
            };
            let rows = vec![
                row("1", "湖口县", None),
                row("2", "双钟镇", Some("1")),
                row("3", "流泗镇", Some("1")),
            ];
            parts.units = Units::new(rows).expect("a tree");
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            (sites[0].kind, sites[0].unit) = ("township-centre".to_owned(), parts.units.find("2"));
            sites[1].kind = "terminal".to_owned();
            for (site, network) in sites.iter_mut().zip([Some(true), None]) {
                site.properties = Properties::of_values([
                    ("network", PropertyKind::YesNo, network.into()),
                    ("helper", PropertyKind::YesNo, Property::Flag(false)),
                    ("since", PropertyKind::YesNo, since),
                    ("helpers", PropertyKind::Number, number(2)),
                    ("settled", PropertyKind::Number, number(0)),
                    (
                        "bad",
                        PropertyKind::Number,
                        number(if network.is_some() { 3 } else { 0 }),
                    ),
                ]);
            }
            parts.sites = Sites::new(sites);
            let item = |id: &str, high_frequency| {
                let properties = Properties::of([("certificate", Some(high_frequency))]);
                (
                    Item {
                        high_frequency,
                        properties,
                        ..Item::plain(id)
                    },
                    Vec::new(),
                )
            };
            let mut items = vec![item("I1", true), item("I2", false)];
            items[0].0.departments = vec!["police".to_owned()];
            items[1].0.departments = vec!["tax".to_owned()];
            parts.catalogue = Catalogue::new(items);
            parts.departments = Departments::sorted(vec![DepartmentEntry {
                id: "D1".to_owned(),
                name: "police".to_owned(),
                properties: Properties::of([("e_seal", Some(true))]),
            }]);
        })
        .expect("still a study")
}

fn read(text: &str) -> Result<(Vec<Indicator>, Vec<String>), String> {
    #[derive(Deserialize)]
    struct File {
        indicator: Vec<IndicatorTable>,
    }
    let file: File = toml::from_str(text).map_err(|e| e.message().to_owned())?;
    let study = study();
    let known = study.population();
    let mut findings = Findings::default();
    let mut door = Door {
        file: "study.toml".to_owned(),
        on_bad: OnBad::Stop,
        findings: &mut findings,
        stopped: &mut Stopped::default(),
    };
    let indicators = indicators(&file.indicator, &known, &mut door).map_err(|e| e.to_string())?;
    Ok((
        indicators,
        findings
            .iter()
            .map(|f| format!("{} {}: {}", f.code, f.subject, f.message))
            .collect(),
    ))
}

fn sites_with(more: &str) -> Result<(Vec<Indicator>, Vec<String>), String> {
    read(&format!("[[indicator]]\nname = 'n'\nof = 'sites'\n{more}"))
}

#[test]
fn all_keys_are_read() {
    let (indicators, findings) = sites_with(
        "kinds = ['township-centre']\nunits = ['湖口县', '3']\nproperty = 'network'\ntarget = 0.9\nby = 2024-12-31",
    )
    .expect("valid");
    let expected = Indicator {
        name: "n".to_owned(),
        of: IndicatorOf::Sites {
            kinds: vec!["township-centre".to_owned()],
            units: vec![UnitId::new(0), UnitId::new(2)],
        },
        property: "network".to_owned(),
        target: Some(0.9),
        by: NaiveDate::from_ymd_opt(2024, 12, 31),
        ..Indicator::default()
    };
    assert_eq!((indicators, findings), (vec![expected], vec![]));
    let items = |choice: &str| {
        let text = "[[indicator]]\nname = 'n'\nof = 'items'\nproperty = 'certificate'\nby = '2024-12-31'\n";
        read(&format!("{text}{choice}")).map(|(mut list, _)| list.remove(0).of)
    };
    let (first, second) = (ItemId::new(0), ItemId::new(1));
    assert_eq!(items(""), Ok(IndicatorOf::Items(vec![first, second])));
    assert_eq!(
        items("items = 'high-frequency'"),
        Ok(IndicatorOf::Items(vec![first]))
    );
    assert_eq!(
        items("items = ['I2', 'I1', 'I2']"),
        Ok(IndicatorOf::Items(vec![first, second]))
    );
    assert!(items("kinds = ['terminal']").is_err_and(|e| e.contains("write of = \"sites\"")));
    // A code that differs in digits alone is another item, and never proposed.
    assert!(items("items = ['I3']").is_err_and(|e| !e.contains("did you mean")));
}

#[test]
fn what_is_wrong_is_said_with_its_cure() {
    let cases = [
        (
            "property = 'network'\ntarget = 90.0",
            "target\" is \"90\", expected a number from 0 to 1 – write 0.9 for 90 %",
        ),
        (
            "property = 'network'\ntarget = 66.7",
            "write 0.667 for 66.7 %",
        ),
        ("property = 'network'\ntarget = -1.0", "write 0.2 for 20 %"),
        ("property = 'network'\ntarget = nan", "a number from 0 to 1"),
        (
            "property = 'net work s'",
            "expected a column that holds yes and no – did you mean network?",
        ),
        ("property = 'rating'", "there are: network, helper"),
        (
            "property = 'network'\nkinds = ['terminals']",
            "a kind that some site has – did you mean terminal?",
        ),
        (
            "property = 'network'\nunits = ['双钟']",
            "a unit of the units table – did you mean 双钟镇?",
        ),
        (
            "property = 'network'\nitems = 'all'",
            "no such key with of = \"sites\" – remove it, or write of = \"items\"",
        ),
        (
            "property = 'network'\nby = 'end of 2024'",
            "by\" is \"end of 2024\", expected a date – write it as 2024-12-31",
        ),
        (
            "property = 'network'\n[[indicator]]\nname = 'n'\nof = 'items'\nproperty = 'certificate'",
            "no other indicator",
        ),
    ];
    for (more, expected) in cases {
        let error = sites_with(more).expect_err(more);
        assert!(error.contains(expected), "{more}: {error}");
        assert!(error.starts_with("study.toml: key \"indicator["), "{error}");
    }
    assert!(
        sites_with("property = 'network'\nby = 2024")
            .is_err_and(|e| e.contains("not a TOML integer"))
    );
    assert!(
        read("[[indicator]]\nname = 'n'\nof = 'site'\nproperty = 'x'").is_err_and(
            |e| e.contains("expected sites, items, departments, units – did you mean sites")
        )
    );
}

#[test]
fn nothing_counted_and_nothing_known_are_found() {
    let (_, findings) = sites_with("property = 'network'").expect("valid");
    assert_eq!(
        findings,
        [
            "indicator-not-known n: \"network\" is empty for 1 of 2: they count as not having it – fill in yes or no"
        ]
    );
    let (_, findings) =
        sites_with("property = 'network'\nkinds = ['terminal']\nunits = ['1']").expect("valid");
    assert_eq!(
        findings,
        ["indicator-of-nothing n: it counts nothing: there is no share, and its target is not met"]
    );
    assert!(sites_with("property = 'helper'").is_ok_and(|(_, findings)| findings.is_empty()));
}

fn measure_of(more: &str) -> Result<Measure, String> {
    sites_with(more).map(|(mut list, _)| list.remove(0).measure)
}

fn limits(at_least: Option<i64>, at_most: Option<i64>) -> Limits {
    Limits {
        at_least: at_least.map(Decimal::whole),
        at_most: at_most.map(Decimal::whole),
    }
}

#[test]
fn numbers_have_limits_of_their_own() {
    let (one, three) = (Some(1), Some(3));
    let ratio = |limits| Measure::Ratio {
        out_of: "bad".to_owned(),
        limits,
    };
    for (more, expected) in [
        (
            "property = 'helpers'\nat_least = 1",
            Measure::Within(limits(one, None)),
        ),
        (
            "property = 'helpers'\nat_least = 1\nat_most = 3.0\nmeasure = 'share'\ntarget = 0.5",
            Measure::Within(limits(one, three)),
        ),
        (
            "property = 'helpers'\nmeasure = 'mean'\nat_most = 3",
            Measure::Mean(limits(None, three)),
        ),
        (
            "property = 'helpers'\nmeasure = 'sum'",
            Measure::Sum(Limits::default()),
        ),
        (
            "property = 'settled'\nout_of = 'bad'\ntarget = 1.0",
            ratio(limits(one, None)),
        ),
        (
            "property = 'settled'\nout_of = 'bad'\nmeasure = 'ratio'\nat_most = 3",
            ratio(limits(None, three)),
        ),
    ] {
        assert_eq!(measure_of(more), Ok(expected), "{more}");
    }
    // A ratio's target is no share of those that count.
    let (list, _) = sites_with("property = 'settled'\nout_of = 'bad'\ntarget = 1.0").expect("good");
    assert_eq!(list[0].target, None);
}

#[test]
fn wrong_numbers_and_dates_are_said_with_their_cure() {
    for (more, expected) in [
        (
            "property = 'helpers'\nmeasure = 'median'",
            "measure\" is \"median\", expected share, mean, sum, ratio – did you mean mean?",
        ),
        (
            "property = 'helpers'\nmeasure = 'mean'\ntarget = 3.0",
            "target\": no target with measure = \"mean\" – write at_least or at_most",
        ),
        (
            "property = 'helpers'\nmeasure = 'ratio'",
            "out_of\": the column that the ratio is out of – write out_of",
        ),
        (
            "property = 'settled'\nout_of = 'bad'\nmeasure = 'sum'",
            "out_of\": no such key with measure = \"sum\" – remove it, or write measure",
        ),
        (
            "property = 'settled'\nout_of = 'bad'\ntarget = 1.0\nat_least = 1",
            "at_least\": target or at_least, not both",
        ),
        (
            "property = 'settled'\nout_of = 'bda'",
            "out_of\" is \"bda\", expected a column of numbers – did you mean bad?",
        ),
        (
            "property = 'helprs'\nat_least = 1",
            "property\" is \"helprs\", expected a column of numbers – did you mean helpers?",
        ),
        (
            "property = 'helpers'\nat_least = 3\nat_most = 1",
            "at_least\" is \"3\", expected at most 1, as at_most says",
        ),
        (
            "property = 'helpers'\nat_least = inf",
            "expected a number from -1000000000000",
        ),
        (
            "property = 'since'",
            "by\": a day: \"since\" holds dates such as 2022-11-30 – write by = 2024-12-31 here",
        ),
        (
            "property = 'network'\ndepth = 1",
            "depth\": no such key with of = \"sites\" – remove it, or write of = \"units\"",
        ),
        (
            "property = 'network'\nlead = ' '",
            "lead\": the name of who answers for it",
        ),
    ] {
        let error = sites_with(more).expect_err(more);
        assert!(error.contains(expected), "{more}: {error}");
    }
    assert!(sites_with("property = 'since'\nby = 2022-12-31").is_ok());
}

#[test]
fn a_kind_that_nobody_has_yet_is_found_and_no_error() {
    let (list, findings) =
        sites_with("property = 'helper'\nkinds = ['terminal', '驿站']").expect("no error");
    assert_eq!(
        findings,
        ["kind-nowhere n: no site is of the kind \"驿站\" yet"]
    );
    let IndicatorOf::Sites { kinds, .. } = &list[0].of else {
        panic!("{list:?}")
    };
    assert_eq!(kinds, &["terminal", "驿站"]);
}

#[test]
fn a_ratio_leaves_out_nothing_out_of_nothing() {
    // Of s three are bad and none is settled, of t none is bad.
    let (_, findings) = sites_with("property = 'settled'\nout_of = 'bad'").expect("good");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn departments_that_the_table_lacks_are_told() {
    let (list, findings) =
        read("[[indicator]]\nname = 'n'\nof = 'departments'\nproperty = 'e_seal'").expect("good");
    assert_eq!(list[0].of, IndicatorOf::Departments);
    assert!(
        findings[0].starts_with("indicator-not-known n: \"e_seal\" is empty for 1 of 2"),
        "{findings:?}"
    );
    assert!(
        findings[1].starts_with("department-not-listed tax: items name this department"),
        "{findings:?}"
    );
}

#[test]
fn units_and_those_in_charge_are_read() {
    let text = "[[indicator]]\nname = 'n'\nof = 'units'\ndepth = 1\nunits = ['1']\nproperty = 'x'\n\
                lead = '审批局'\nresponsible = ['各乡镇', '工信局']";
    let error = read(text).expect_err("no such column");
    assert!(
        error.contains("the table has none: add the column"),
        "{error}"
    );
    let (list, _) =
        sites_with("property = 'helper'\nlead = '审批局'\nresponsible = ['各乡镇']").expect("good");
    assert_eq!(list[0].charge.lead, "审批局");
    assert_eq!(list[0].charge.responsible, ["各乡镇"]);
}

use super::test_towns::{Town, item};
use super::*;
use crate::model::{
    Charge, Decimal, DepartmentEntry, Departments, Indicator, IndicatorOf, MarkRule, Phase,
    Properties, Sites, Steps, Study,
};
use crate::{Options, run};

/// A county `z` of the townships `x`, whose cells a (1 person) and b (2) are covered, and `y`, whose
/// cell c (4) is not. `x` has the site s with a helper, `y` the site t without one. Police answers for
/// `card`, which s does; tax for `vat`, which nobody near does.
fn county() -> Study {
    let town = Town {
        drawing: "A-a-s-b-------------------------c---------------t-B",
        sites: "st",
        units: &[("x", "z"), ("y", "z"), ("z", "")],
        homes: &[('a', "x"), ('b', "x"), ('s', "x"), ('c', "y"), ('t', "y")],
        items: vec![
            (item("card", "police", 1), vec![('s', Steps::WHOLE)]),
            (item("vat", "tax", 1), vec![('s', Steps::WHOLE)]),
        ],
    };
    town.study().with(plan).expect("still a study")
}

fn plan(parts: &mut crate::model::StudyParts) {
    let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
    for (site, helper) in sites.iter_mut().zip([true, false]) {
        site.properties = Properties::of([("helper", Some(helper))]);
    }
    parts.sites = Sites::new(sites);
    let entry = |name: &str, seal| DepartmentEntry {
        id: name.to_owned(),
        name: name.to_owned(),
        properties: Properties::of([("e_seal", Some(seal))]),
    };
    parts.departments = Departments::sorted(vec![entry("police", true), entry("tax", false)]);
    let indicator = |name: &str, of: IndicatorOf, property: &str, lead: &str| Indicator {
        name: name.to_owned(),
        of,
        property: property.to_owned(),
        target: Some(0.5),
        charge: Charge {
            lead: lead.to_owned(),
            responsible: vec!["各乡镇".to_owned()],
        },
        ..Indicator::default()
    };
    parts.indicators = vec![
        indicator("helpers", IndicatorOf::default(), "helper", "审批局"),
        indicator("seals", IndicatorOf::Departments, "e_seal", "政务办"),
    ];
    parts.phases = vec![Phase {
        name: "2022".to_owned(),
        date: chrono::NaiveDate::from_ymd_opt(2022, 12, 31).expect("a day"),
        share: Some(0.9),
        charge: Charge {
            lead: "政务办".to_owned(),
            responsible: vec!["各乡镇".to_owned(), "工信局".to_owned()],
        },
        ..Phase::default()
    }];
    let [coverage, indicators, trend] = [50, 30, 20].map(Decimal::whole);
    parts.mark = Some(MarkRule {
        coverage,
        indicators,
        trend,
    });
}

fn assessed(study: &Study, earlier: &[EarlierRun]) -> Assessment {
    let options = Options {
        assessment: true,
        earlier,
        ..Options::default()
    };
    let results = run(study, &options).expect("a small study");
    results.assessment.expect("it was asked for")
}

fn card<'a>(assessment: &'a Assessment, id: &str) -> &'a Card {
    let mut cards = assessment.people.cards.iter();
    cards.find(|card| card.id == id).expect("it has a card")
}

#[test]
fn a_card_tells_which_tasks_its_unit_misses_and_who_answers() {
    let now = assessed(&county(), &[]);
    let told = |id| {
        let tasks = &card(&now, id).tasks;
        let missed: Vec<&str> = tasks.missed.iter().map(|task| &*task.name).collect();
        let counts = (tasks.indicators_asked, tasks.indicators_met);
        (counts, missed, tasks.lead(), tasks.responsible())
    };
    assert_eq!(told("x"), ((1, 1), vec![], vec![], vec![]));
    let both = vec!["审批局", "政务办"];
    assert_eq!(
        told("y"),
        (
            (1, 0),
            vec!["helpers", "2022"],
            both,
            vec!["各乡镇", "工信局"]
        )
    );
    let lead = vec!["政务办"];
    assert_eq!(
        told("z"),
        ((1, 1), vec!["2022"], lead, vec!["各乡镇", "工信局"])
    );
}

#[test]
fn a_mark_is_of_the_parts_that_there_are() {
    let now = assessed(&county(), &[]);
    let told = |id| card(&now, id).mark.clone().expect("it has a mark");
    // Without an earlier run: 50 of coverage and 30 of indicators make the whole. x: both are all.
    assert_eq!((told("x").tenths, told("x").rank), (1000, Some(1)));
    // y: nothing of either.
    assert_eq!((told("y").tenths, told("y").rank), (0, Some(2)));
    // z: 3 of 7 people, one of one indicator: (50 × 0.428571 + 30) ÷ 80 = 64.3.
    assert_eq!((told("z").tenths, told("z").rank), (643, Some(1)));
    let departments: Vec<_> = now
        .people
        .departments
        .iter()
        .map(|row| {
            let mark = row.mark.clone().expect("it has a mark");
            (row.name.as_str(), row.tasks.indicators_met, mark.tenths)
        })
        .collect();
    // Both items are done by 3 of 7; police has a seal, tax has none: 50 × 0.428571 ÷ 80 = 26.8.
    assert_eq!(departments, [("police", 1, 643), ("tax", 0, 268)]);
}

#[test]
fn what_was_made_up_since_the_latest_run_counts() {
    let study = county();
    let now = run(&study, &Options::default()).expect("a small study");
    let snapshot = difference::Snapshot::of(&now.walks, &now.coverage, now.firms.as_ref());
    let earlier = |date: &str, share: f64| {
        let mut run = EarlierRun::from(snapshot.clone());
        run.snapshot.parameters[6] = date.to_owned();
        for unit in &mut run.snapshot.units {
            unit.sums.share = difference::Part::of(share);
        }
        run
    };
    // The latest counts, in whatever order they are given. x was at 0.6 and is at 1: all is made up;
    // y was at 0.6 and is at nothing; z is at 0.428571.
    let runs = [earlier("2023-12-31", 0.6), earlier("2022-12-31", 0.1)];
    let now = assessed(&study, &runs);
    let tenths = |id| card(&now, id).mark.as_ref().map(|mark| mark.tenths);
    assert_eq!(tenths("x"), Some(1000));
    assert_eq!(tenths("y"), Some(0));
    // (50 × 0.428571 + 30 + 0) ÷ 100 = 51.4.
    assert_eq!(tenths("z"), Some(514));
    // Since a year of 0.1, z has made up 0.328571 of 0.9: 0.365079. (21.42855 + 30 + 7.30158) = 58.7.
    let now = assessed(&study, &runs[1..]);
    let z = card(&now, "z").mark.clone().expect("it has a mark");
    assert_eq!(z.tenths, 587);
    // Departments had none in that run.
    assert!(now.people.departments.iter().all(|row| {
        let mark = row.mark.as_ref().expect("it has a mark");
        mark.parts.trend.is_none()
    }));
}

#[test]
fn without_a_rule_there_is_no_mark() {
    let study = county().with(|parts| parts.mark = None).expect("good");
    let now = assessed(&study, &[]);
    assert!(now.people.cards.iter().all(|card| card.mark.is_none()));
    assert!(now.people.departments.iter().all(|row| row.mark.is_none()));
}

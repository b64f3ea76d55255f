use super::*;
use crate::score::VerdictKind;
use crate::units::People;

fn sums(people: u32, covered: u32) -> Sums {
    let (people, covered) = (People::whole(people), People::whole(covered));
    let share = covered.share_of(people).value().and_then(Part::of);
    Sums {
        people,
        covered,
        share,
        score: share,
    }
}

fn unit(id: &str, parent: Option<&str>, sums: Sums) -> UnitState {
    UnitState {
        id: id.to_owned(),
        name: format!("the {id}"),
        parent: parent.map(str::to_owned),
        sums,
    }
}

fn cell(id: &str, unit: &str, people: u32, verdict: VerdictKind) -> CellState {
    let items_done = u32::from(verdict == VerdictKind::Covered);
    let score = Part::of(f64::from(items_done));
    CellState {
        id: id.to_owned(),
        unit: unit.to_owned(),
        people: People::whole(people),
        covered: if items_done > 0 {
            People::whole(people)
        } else {
            People::ZERO
        },
        verdict,
        items_done,
        score,
    }
}

/// A town below a county, and a cell in no unit.
fn before() -> Snapshot {
    Snapshot {
        parameters: PARAMETERS.map(str::to_owned),
        cells: vec![
            cell("a", "town", 1, VerdictKind::Covered),
            cell("b", "town", 2, VerdictKind::TooFar),
            cell("c", "county", 4, VerdictKind::OutOfReach),
            cell("d", "", 8, VerdictKind::TooFar),
            cell("gone", "town", 16, VerdictKind::Covered),
        ],
        units: vec![
            unit("county", None, sums(23, 17)),
            unit("town", Some("county"), sums(19, 17)),
            unit("", None, sums(8, 0)),
        ],
        total: sums(31, 17),
        ..Snapshot::default()
    }
}

fn after() -> Snapshot {
    let mut after = before();
    after.cells.pop();
    after.cells[0] = cell("a", "town", 1, VerdictKind::NotOffered);
    after.cells[1] = cell("b", "town", 3, VerdictKind::Covered);
    after.cells[2] = cell("c", "county", 4, VerdictKind::TooFar);
    after.cells[3] = cell("d", "", 8, VerdictKind::Covered);
    after
        .cells
        .insert(0, cell("new", "town", 32, VerdictKind::Covered));
    after.units[1].name = "the town, renamed".to_owned();
    (after.units[0].sums, after.units[1].sums) = (sums(40, 35), sums(36, 35));
    (after.units[2].sums, after.total) = (sums(8, 8), sums(48, 43));
    after.parameters[6] = "2025-12-31".to_owned();
    after
}

#[test]
fn a_run_differs_from_itself_in_nothing() {
    for run in [before(), after(), Snapshot::default()] {
        assert!(difference(&run, &run).is_nothing());
    }
}

#[test]
fn cells_are_told_when_their_verdict_changed() {
    let change = difference(&before(), &after());
    let told: Vec<_> = change
        .cells
        .iter()
        .map(|cell| {
            format!(
                "{} {} → {}",
                cell.after.id, cell.before.verdict, cell.after.verdict
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "a covered → not-offered",
            "b too-far → covered",
            "c out-of-reach → too-far",
            "d too-far → covered",
        ]
    );
    assert_eq!(
        (change.only_before, change.only_after),
        (vec!["gone".to_owned()], vec!["new".to_owned()])
    );
    // Another day is no other rule.
    assert_eq!(change.unlike, []);
    assert_eq!(change.dates, ["date", "2025-12-31"]);
}

#[test]
fn a_day_in_one_run_alone_is_another_rule() {
    let date = PARAMETERS.iter().position(|&what| what == "date");
    let mut undated = before();
    undated.parameters[date.expect("it is asked")].clear();
    let change = difference(&undated, &before());
    let unlike = Unlike {
        what: "date",
        before: String::new(),
        after: "date".into(),
    };
    assert_eq!(change.unlike, [unlike]);
    let mut slower = after();
    slower.parameters[0] = "3.6".to_owned();
    let unlike = difference(&before(), &slower).unlike;
    assert_eq!(
        unlike.iter().map(|unlike| unlike.what).collect::<Vec<_>>(),
        ["speed_kmh"]
    );
}

#[test]
fn people_are_summed_over_the_tree_and_add_up() {
    let change = difference(&before(), &after());
    let told: Vec<_> = change
        .units
        .iter()
        .chain([&change.total])
        .map(|unit| {
            format!(
                "{} +{} −{}",
                unit.name, unit.newly_covered, unit.no_longer_covered
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "the county +3 −1",
            "the town, renamed +3 −1",
            "the  +8 −0",
            "total +11 −1"
        ]
    );
    let share = |unit: &UnitDifference| unit.share_change();
    assert_eq!(
        change.units.iter().map(share).collect::<Vec<_>>(),
        [Some(135_870), Some(77_485), Some(1_000_000)]
    );
}

#[test]
fn units_that_come_and_go_are_told() {
    let mut without = before();
    without.units.remove(1);
    let (gone, come) = (
        difference(&before(), &without),
        difference(&without, &before()),
    );
    let town = |change: &Difference| {
        change
            .units
            .iter()
            .find(|unit| unit.id == "town")
            .cloned()
            .expect("it is told")
    };
    assert_eq!(
        (town(&gone).before, town(&gone).after),
        (Some(sums(19, 17)), None)
    );
    assert_eq!(
        (town(&come).before, town(&come).after),
        (None, Some(sums(19, 17)))
    );
    assert_eq!(
        (town(&come).share_change(), gone.is_nothing()),
        (None, false)
    );
    assert_eq!(gone.units.last().map(|unit| unit.id.as_str()), Some("town"));
}

#[test]
fn units_that_lie_in_one_another_end() {
    let mut round = before();
    round.units[0].parent = Some("town".to_owned());
    let change = difference(
        &round,
        &Snapshot {
            cells: after().cells,
            ..round.clone()
        },
    );
    assert_eq!(change.total.newly_covered, People::whole(11));
}

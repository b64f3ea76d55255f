use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::draw::town;
use crate::model::{Cell, Cells, Site, Sites, StudyParts, TimeRule, UnitRow, Units};
use crate::search::travel_times;
use crate::snap::link;

/// A town with hours for its sites, and a unit for each cell.
fn with_hours(drawing: &str, hours: &[(char, OpenWeek)], units: &[(&str, &str)]) -> Study {
    let letters: String = hours.iter().map(|(letter, _)| *letter).collect();
    let drawn = town(drawing, 100.0, &letters);
    let parts = drawn.into_parts();
    let row = |(id, parent): &(&str, &str)| UnitRow {
        id: (*id).into(),
        name: String::new(),
        parent: (!parent.is_empty()).then(|| (*parent).into()),
    };
    let tree = Units::new(units.iter().map(row).collect()).expect("a tree");
    let timed = |site: &Site| {
        let week = hours
            .iter()
            .find(|(letter, _)| site.id == letter.to_string())
            .map(|(_, week)| week.clone());
        Site {
            hours: week.map(Arc::new),
            ..site.clone()
        }
    };
    let placed = |cell: &Cell| Cell {
        unit: tree.find(&cell.id),
        ..cell.clone()
    };
    let week = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).expect("a date");
    let parts = StudyParts {
        sites: Sites::new(parts.sites.iter().map(|(_, site)| timed(site)).collect()),
        cells: Cells::new(parts.cells.iter().map(|(_, cell)| placed(cell)).collect()),
        units: tree,
        time: Some(TimeRule::week_of(week, Arc::new(OpenWeek::always()))),
        ..parts
    };
    Study::new(parts).expect("a study")
}

fn limited(study: Study, limit: TravelTime) -> Study {
    let limited = study.with(|parts| parts.target.limit = limit);
    limited.expect("a limit within the search")
}

/// The profile where one item is asked that every site handles.
fn profile(study: &Study) -> WeekProfile {
    let links = link(study);
    let times = travel_times(&links, study.target().search);
    let rule = study.time().expect("time of day is asked about");
    WeekProfile::new(study, &[Who::People], |_, cell| {
        let near = times
            .of(cell)
            .iter()
            .copied()
            .filter(|reach| reach.time <= study.target().limit);
        done_hours([near], |site| rule.hours_of(&study.sites()[site]))
    })
}

fn daily(from: u32, to: u32, days: Range<u32>) -> OpenWeek {
    OpenWeek::new(days.map(|day| day * 1440 + from..day * 1440 + to))
}

/// Cells a (1 person), b (2), c (4): the station s is open on weekdays from 09:00 to 17:00, the
/// terminal t always. a is 3 min from s; b is 9 min from s and from t; c is 3 min from t.
fn street() -> Study {
    let hours = [('s', daily(540, 1020, 0..5)), ('t', OpenWeek::always())];
    with_hours(
        "A-s-a---b-----t-c-------B",
        &hours,
        &[("a", "west"), ("b", "west"), ("c", ""), ("west", "")],
    )
}

#[test]
fn people_are_counted_hour_by_hour() {
    let study = street();
    // 4 km/h, limit 5 minutes: 333 m. a and s are 200 m apart, t and c 200 m; b reaches
    // nothing.
    let study = limited(study, TravelTime::from_minutes(5));
    let week = profile(&study);
    let count = |id: usize| week.cell(CellId::new(id)).count();
    assert_eq!([count(0), count(1), count(2)], [40, 0, 168]);
    assert_eq!(
        week.total().covered()[10],
        People::whole(1 + 4),
        "Monday 10:00"
    );
    assert_eq!(
        week.total().covered()[16],
        People::whole(1 + 4),
        "leaving at 16:00, closing at 17:00"
    );
    assert_eq!(
        week.total().covered()[8],
        People::whole(4),
        "leaving at 08:00 ends before a closed door"
    );
    assert_eq!(week.total().worst(HourSet::ALL), Some(0));
    let west = study.units().find("west").expect("it is there");
    assert_eq!(week.unit(west).people(), People::whole(3));
    assert_eq!(week.unit(west).covered()[10], People::whole(1));
    assert_eq!(week.unit(west).share(10).to_string(), "33.3 %");
    let station =
        HourSet::of((0..HOURS).filter(|hour| hour / 24 < 5 && (9..17).contains(&(hour % 24))));
    assert_eq!(week.unit(west).worst(station), Some(9));
    assert_eq!(week.unit(west).worst(HourSet::EMPTY), None);
    assert_eq!(week.unassigned().people(), People::ZERO);
}

#[test]
fn one_may_leave_before_opening_and_not_so_late_as_to_find_it_closed() {
    // 1,000 m are exactly 15 minutes; the site opens at 09:15 and closes at 17:15.
    let hours = [('s', daily(555, 1035, 0..1))];
    let drawn = |study: &Study| {
        profile(study)
            .cell(CellId::new(0))
            .iter()
            .collect::<Vec<_>>()
    };
    let study = with_hours("Bs---------aC", &hours, &[]);
    let study = limited(study, TravelTime::from_minutes(15));
    assert_eq!(
        drawn(&study),
        (9..17).collect::<Vec<_>>(),
        "09:00 arrives at 09:15, 17:00 at 17:15"
    );
    let study = limited(study, TravelTime::from_minutes(14));
    assert!(drawn(&study).is_empty(), "too far at any hour");
}

#[test]
fn steps_at_several_sites_share_their_hours() {
    let weeks = [
        daily(540, 720, 0..1),
        daily(660, 900, 0..1),
        OpenWeek::new([]),
    ];
    let reach = |site| Reach {
        site: SiteId::new(site),
        time: TravelTime::from_minutes(10),
    };
    let done = |steps: &[&[usize]]| {
        let steps = steps
            .iter()
            .map(|step| step.iter().map(|&site| reach(site)));
        done_hours(steps, |site| &weeks[site.index()])
            .iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(done(&[&[0]]), [9, 10, 11]);
    assert_eq!(done(&[&[0], &[1]]), [11]);
    assert_eq!(done(&[&[0, 1], &[1, 2]]), [11, 12, 13, 14]);
    assert_eq!(done(&[&[0], &[2]]), [0; 0]);
    assert_eq!(done(&[&[0], &[]]), [0; 0]);
    assert_eq!(done(&[]).len(), HOURS);
    assert_eq!(
        hours_open(&weeks).iter().collect::<Vec<_>>(),
        (9..15).collect::<Vec<_>>()
    );
}

fn weeks() -> impl Strategy<Value = OpenWeek> {
    let range = (0..10_080_u32, 1..2_000_u32).prop_map(|(start, length)| start..start + length);
    prop::collection::vec(range, 0..8).prop_map(OpenWeek::new)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_profile_is_168_coverages(s in weeks(), t in weeks(), minutes in 1..20_u32) {
        let study = with_hours(
            "A-s-a---b-----t-c-------B", &[('s', s), ('t', t)],
            &[("a", "west"), ("b", "west"), ("c", "east"), ("west", "all"), ("east", "all"), ("all", "")],
        );
        let study = limited(study, TravelTime::from_minutes(minutes));
        let week = profile(&study);
        let links = link(&study);
        let times = travel_times(&links, study.target().search);
        let rule = study.time().expect("asked");
        for hour in 0..HOURS {
            let leaving = crate::model::WeekMinute::new(u32::try_from(hour * 60).expect("small")).expect("in the week");
            let open = |reach: &&Reach| {
                let hours = rule.hours_of(&study.sites()[reach.site]);
                reach.time <= study.target().limit && hours.is_open_on_arrival(leaving, reach.time)
            };
            let covered = |id: CellId| times.of(id).iter().any(|reach| open(&reach));
            let people: People = study.cells().iter().filter(|&(id, _)| covered(id)).map(|(_, cell)| cell.people).sum();
            prop_assert_eq!(week.total().covered()[hour], people);
        }
        let unit = |id| week.unit(study.units().find(id).expect("it is there"));
        prop_assert_eq!(unit("all"), week.total());
        let halves: Vec<People> = (0..HOURS).map(|h| unit("west").covered()[h] + unit("east").covered()[h]).collect();
        prop_assert_eq!(&halves[..], &week.total().covered()[..]);
        let worst = week.total().worst(HourSet::ALL).expect("there are hours");
        let fewest = week.total().covered().iter().min().expect("there are hours");
        prop_assert_eq!(Some(worst), week.total().covered().iter().position(|people| people == fewest));
    }

    #[test]
    fn longer_days_and_more_sites_never_lower_the_profile(s in weeks(), more in weeks(), t in weeks()) {
        let drawing = "A-s-a---b-----t-c-------B";
        let longer = OpenWeek::new(s.ranges().into_iter().chain(more.ranges()));
        let of = |hours: &[(char, OpenWeek)]| profile(&with_hours(drawing, hours, &[]));
        let before = of(&[('s', s), ('t', t.clone())]);
        let after = of(&[('s', longer), ('t', t)]);
        for cell in (0..3).map(CellId::new) {
            prop_assert_eq!(before.cell(cell) & after.cell(cell), before.cell(cell));
        }
        let always = of(&[('s', OpenWeek::always()), ('t', OpenWeek::always())]);
        prop_assert!((0..3).map(CellId::new).all(|cell| always.cell(cell) & after.cell(cell) == after.cell(cell)));
    }
}

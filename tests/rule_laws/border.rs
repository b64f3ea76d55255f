//! Honest edges under all rules: the part of a plan within a boundary brackets the whole plan.

use proptest::prelude::*;
use walkshed::People;
use walkshed::model::{Boundary, Network, Study};
use walkshed::plane::Position;
use walkshed::score::{VerdictKind, border_bounds};

use crate::plan::{BLOCK, Plan, SIDE, junction, plans, spot};
use crate::{cases, cells, judged};

/// Everything on its junction or stranded, so that no point is nearer to the boundary than to its street.
fn on_junctions(mut plan: Plan) -> Plan {
    plan.cells
        .iter_mut()
        .filter(|cell| cell.off < 1_000)
        .for_each(|cell| cell.off = 0);
    plan
}

/// All sites send helpers as far, and on the same days, as the first west of a line does; none where none is.
fn helping_alike(mut plan: Plan, x: f64) -> Plan {
    let mut west = plan.sites.iter().filter(|site| junction(site.at)[0] <= x);
    let home = west.next().and_then(|first| first.home);
    plan.sites.iter_mut().for_each(|site| site.home = home);
    plan
}

/// The plan west of a line, with the line as its boundary; streets end there.
fn west_of(plan: &Plan, x: f64) -> Study {
    let mut nodes: Vec<Position> = (0..SIDE * SIDE)
        .map(|place| spot(junction(place)))
        .collect();
    let mut streets = Vec::new();
    for (a, b, metres) in plan.streets() {
        let (west, east) = (junction(a), junction(b));
        if east[0] <= x {
            streets.push((a, b, metres));
        } else if west[0] <= x {
            nodes.push(spot([x, west[1]]));
            streets.push((
                a,
                nodes.len() - 1,
                metres * (x - west[0]) / (east[0] - west[0]),
            ));
        }
    }
    let far = 1e6;
    let ring = [[-far, -far], [x, -far], [x, far], [-far, far]]
        .map(spot)
        .to_vec();
    let kept: Vec<bool> = plan
        .sites
        .iter()
        .map(|site| junction(site.at)[0] <= x)
        .collect();
    plan.study_on(
        Network::new(nodes, &streets).expect("valid"),
        &kept,
        Boundary::new(vec![vec![ring]]),
    )
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn lower_is_at_most_the_truth_and_upper_at_least(plan in plans(), column in 0..SIDE, before in 1..1_900_u32) {
        let plan = on_junctions(plan);
        let column = u32::try_from(column).expect("small");
        let x = f64::from(column) * BLOCK + BLOCK - f64::from(before);
        let plan = helping_alike(plan, x);
        let whole = plan.study();
        let truth: Vec<bool> = judged(&whole, plan.setting(), |now| {
            cells(&whole).map(|cell| now.cell(cell).verdict == VerdictKind::Covered).collect()
        });
        let west = west_of(&plan, x);
        judged(&west, plan.setting(), |now| {
            let Some(bounds) = border_bounds(now) else {
                prop_assert!(now.items().is_empty(), "a boundary");
                return Ok(());
            };
            let total = bounds.total;
            let people: People =
                cells(&west).filter(|cell| truth[cell.index()]).map(|cell| now.people(cell)).sum();
            prop_assert!(total.lower <= people && people <= total.upper, "{:?} {}", total, people);
            prop_assert_eq!((total.people, total.covered), (now.total().people(), now.total().covered()));
            for cell in cells(&west).filter(|cell| !bounds.flagged.contains(cell)) {
                prop_assert_eq!(now.cell(cell).verdict == VerdictKind::Covered, truth[cell.index()], "{:?}", cell);
            }
            Ok(())
        })?;
    }
}

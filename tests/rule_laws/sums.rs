//! Sums agree, and neither the order of rows nor the number of threads changes anything.

use proptest::prelude::*;
use walkshed::People;
use walkshed::ids::ItemId;
use walkshed::model::{Study, UnitRow};
use walkshed::score::{Setting, Tally, VerdictKind};

use crate::plan::{Plan, plans};
use crate::{cases, cells, judged};

/// All that a plan comes to, cells by id.
fn results(study: &Study, setting: Setting) -> Vec<String> {
    judged(study, setting, |now| {
        let items = || (0..study.catalogue().len()).map(ItemId::new);
        let of = |cell| {
            let verdicts = items().map(|item| format!("{:?}", now.verdict(cell, item)));
            let verdicts: Vec<String> = verdicts.collect();
            format!(
                "{} {:?} {}",
                study.cells()[cell].id,
                now.cell(cell),
                verdicts.join(" ")
            )
        };
        let mut all: Vec<String> = cells(study).map(of).collect();
        all.sort();
        all.push(format!(
            "{:?} {:?} {:?}",
            now.total(),
            now.by_unit(),
            now.by_theme()
        ));
        all.push(format!("{:?} {:?}", now.by_item(), now.by_site()));
        all.push(
            now.week()
                .map(|week| format!("{:?}", week.total()))
                .unwrap_or_default(),
        );
        all
    })
}

fn add(sum: &mut [People; 6], tally: &Tally) {
    sum.iter_mut()
        .zip(VerdictKind::ALL)
        .for_each(|(sum, kind)| *sum += tally.people_with(kind));
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_unit_is_its_own_cells_and_its_parts_and_all_tops_are_the_total(plan in plans()) {
        let study = plan.study();
        judged(&study, plan.setting(), |now| {
            // Who is asked nothing is in no sum.
            if now.items().is_empty() {
                prop_assert_eq!(now.total().people(), People::ZERO);
                return Ok(());
            }
            let mut tops = [People::ZERO; 6];
            for row in now.by_unit() {
                let mut parts = [People::ZERO; 6];
                for other in now.by_unit() {
                    if other.unit.is_some_and(|unit| study.units()[unit].parent == row.unit) && row.unit.is_some() {
                        add(&mut parts, &other.tally);
                    }
                }
                for cell in cells(&study).filter(|&cell| study.cells()[cell].unit == row.unit) {
                    parts[now.cell(cell).verdict as usize] += now.people(cell);
                }
                let mut whole = [People::ZERO; 6];
                add(&mut whole, &row.tally);
                prop_assert_eq!(whole, parts, "{}", row.id);
                if row.depth == 0 {
                    add(&mut tops, &row.tally);
                }
            }
            let mut total = [People::ZERO; 6];
            add(&mut total, now.total());
            prop_assert_eq!(tops, total);
            Ok(())
        })?;
    }

    #[test]
    fn the_order_of_rows_changes_nothing(plan in plans(), turn in 0..8_usize) {
        // Only what does not name anything by its place is turned: zones and counts go with the cells.
        let mut other = plan.clone();
        let by = turn % plan.offers.len().max(1);
        other.offers.rotate_left(by);
        other.offers.reverse();
        let setting = plan.setting();
        prop_assert_eq!(results(&plan.study(), setting), results(&other.study(), setting));
        let again = shuffled(&plan);
        prop_assert_eq!(results(&plan.study(), setting), results(&again, setting));
    }

    #[test]
    fn threads_change_nothing(plan in plans()) {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| results(&plan.study(), plan.setting()))
        };
        let one = run(1);
        prop_assert_eq!(&one, &run(2));
        prop_assert_eq!(&one, &run(8));
    }
}

/// The same study with its tables of sites, units and items the other way round.
fn shuffled(plan: &Plan) -> Study {
    let study = plan.study();
    study
        .with(|parts| {
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            sites.reverse();
            parts.sites = walkshed::model::Sites::sorted(sites);
            let mut items = parts.catalogue.clone().into_items();
            items.reverse();
            parts.catalogue = walkshed::model::Catalogue::sorted(items);
            let units = &parts.units;
            let row = |(_, unit): (_, &walkshed::model::Unit)| UnitRow {
                id: unit.id.clone(),
                name: unit.name.clone(),
                parent: unit.parent.map(|parent| units[parent].id.clone()),
            };
            let mut rows: Vec<UnitRow> = units.iter().map(row).collect();
            rows.reverse();
            parts.units = walkshed::model::Units::new(rows).expect("a tree");
        })
        .expect("still a study")
}

//! Whatever the rules are, walks that were made in tiles give what walks of one search give.

use proptest::prelude::*;
use walkshed::scale::{plan_tiles, score_tile};
use walkshed::{Options, Silent, run, run_on, search};

use crate::cases;
use crate::plan::plans;

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_run_on_tiles_is_a_run(plan in plans(), tiles in 1_usize..5) {
        let study = plan.study();
        let tiled = plan_tiles(&study, tiles, &Silent);
        let rows: Vec<Vec<u8>> = (0..tiled.len())
            .map(|number| score_tile(&tiled.tile(number)).expect("as it was made"))
            .collect();
        let walks = tiled.merge(&rows).expect("all of them");
        let whole = search::walks(&study, study.target().search, &Silent);
        for group in std::iter::once(None).chain(study.groups().map(|(group, _)| Some(group))) {
            for (cell, _) in study.cells().iter() {
                prop_assert_eq!(whole.of(group).of(cell), walks.of(group).of(cell));
            }
        }
        let options = Options { assessment: true, ..Options::default() };
        let merged = run_on(walks, &options).expect("room");
        let once = run(&study, &options).expect("room");
        prop_assert_eq!(
            format!("{:?}", merged.assessment.map(|known| known.phases)),
            format!("{:?}", once.assessment.map(|known| known.phases))
        );
        for (cell, _) in study.cells().iter() {
            prop_assert_eq!(
                format!("{:?}", merged.coverage.cell(cell)),
                format!("{:?}", once.coverage.cell(cell))
            );
        }
        prop_assert_eq!(
            format!("{:?}", merged.coverage.by_unit()),
            format!("{:?}", once.coverage.by_unit())
        );
    }
}

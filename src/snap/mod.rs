//! Which point hangs on which street, how far along it and how far off it.
//!
//! Every site and every cell is hung on the nearest point of a street **piece**, which is thereby
//! split there; never on a junction only. The straight gap between point and street is walked too.
//! (The field says *snapping* or *map matching of points*, and *connector* for the gap.)
//!
//! Files import only those that stand before them here:
//!
//! ```text
//!   snapped ── linkage        barrier   tree
//!                  │             └── street_index
//!                  └────── link ────────┘
//!                            └── incremental
//!
//!   tree ── street_index ── nearby ── loose
//! ```
//!
//! ```
//! use walkshed::{draw, ids::CellId, snap};
//!
//! // a stands on its street, b 100 m off it, c too far from any.
//! let study = draw::town("A-a---B\n   b\n\n\n\n\n\n\nc", 100.0, "");
//! let links = snap::link(&study);
//! let gap = |cell| links.cell(CellId::new(cell)).and_then(|snap| snap.gap()).map(f64::round);
//! assert_eq!([0, 1, 2].map(gap), [Some(0.0), Some(100.0), None]);
//! ```

mod apart;
mod barrier;
mod beside_islands;
mod find_torn;
mod incremental;
mod island_gap;
mod link;
mod linkage;
mod loose;
mod nearby;
mod snapped;
mod street_index;
mod torn;
mod tree;

pub use apart::metres_apart;
pub(crate) use incremental::{Relinked, SnapIndex};
pub use island_gap::Apart;
pub use link::{link, link_as};
pub use linkage::{Gaps, Linkage};
pub use loose::{LooseJoint, Sought, loose_joints};
pub use snapped::Snap;
pub use street_index::StreetIndex;
pub use torn::{Beside, Torn, TornIsland, TornJoint};
pub(crate) use tree::Piece as PlanePiece;

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::draw;
    use crate::model::{Cell, Cells, Study};
    use crate::plane::Position;
    use crate::progress::{Progress, Stage};
    use crate::units::People;

    #[derive(Default)]
    struct Counted(AtomicU64);

    impl Progress for Counted {
        fn start(&self, _: Stage, total: u64) {
            self.0.store(total, Ordering::Relaxed);
        }

        fn advance(&self, by: u64) {
            self.0.fetch_sub(by, Ordering::Relaxed);
        }
    }

    /// A town with a thousand cells in no order, some without a place and some far out.
    fn scattered() -> Study {
        let town = draw::town("A-b---s--C\n|    |\nD----e---F", 100.0, "s");
        let cell = |place: u32| {
            let far = if place.is_multiple_of(97) { 0.1 } else { 0.008 };
            let [x, y] = [place * 7919 % 1009, place * 104_729 % 997]
                .map(|step| f64::from(step) / 1000.0 * far);
            let at = Position::new(x, -y).filter(|_| !place.is_multiple_of(89));
            Cell {
                id: place.to_string(),
                name: String::new(),
                unit: None,
                people: People::whole(1),
                at,
            }
        };
        town.with(|parts| {
            parts.cells = Cells::new((0..1000).map(cell).collect());
        })
        .expect("still a study")
    }

    #[test]
    fn each_point_hangs_where_it_would_alone_and_is_counted_once() {
        let (study, counted) = (scattered(), Counted::default());
        let links = link_as(&study, &study.walk().profile().rules, &counted);
        assert_eq!(counted.0.into_inner(), 0, "as many steps as were told");
        let index = StreetIndex::new(
            study.network(),
            study.barriers(),
            study.walk().min_component,
        );
        let alone = study
            .cells()
            .iter()
            .map(|(_, cell)| cell.at.map(|at| index.snap(at, study.walk().max_snap_m)));
        assert_eq!(links.cells(), alone.collect::<Vec<_>>());
        let gaps = links.cell_gaps();
        assert!(
            gaps.snapped > 700 && gaps.stranded > 100 && gaps.snapped + gaps.stranded == 1000 - 12,
            "{gaps:?}"
        );
    }

    #[test]
    fn c26_threads_change_nothing() {
        let study = scattered();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("a few threads");
            pool.install(|| link(&study))
        };
        assert_eq!(with(1), with(2));
        assert_eq!(with(1), with(8));
    }
}

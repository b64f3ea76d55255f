//! Where all points of a study hang, and how far they stand off the streets.

use std::sync::{Arc, OnceLock};

use super::snapped::Snap;
use super::torn::Torn;
use crate::ids::{CellId, SiteId};
use crate::model::Study;

/// Where every site and every cell of a study hangs on its network. A copy is O(1).
///
/// ```
/// use walkshed::{draw, snap};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let links = snap::link(&study);
/// let s = study.sites().find("s").unwrap();
/// assert_eq!(links.site(s).edge(), Some(walkshed::ids::EdgeId::new(0)));
/// assert_eq!(links.cell_gaps().snapped, 1);
/// ```
#[derive(Debug, Clone)]
pub struct Linkage {
    study: Study,
    sites: Arc<Vec<Snap>>,
    /// Shared: a change to sites leaves the cells where they are.
    cells: Arc<Vec<Option<Snap>>>,
    /// Whom torn streets concern, once somebody asks.
    torn: Arc<OnceLock<Torn>>,
}

impl Linkage {
    pub(super) fn new(study: &Study, sites: Vec<Snap>, cells: Arc<Vec<Option<Snap>>>) -> Self {
        Self {
            study: study.clone(),
            sites: Arc::new(sites),
            cells,
            torn: Arc::default(),
        }
    }

    /// The same cells with the sites of this study.
    pub(super) fn with_sites(&self, study: &Study, sites: Vec<Snap>) -> Self {
        Self::new(study, sites, Arc::clone(&self.cells))
    }

    /// The study of the points.
    #[must_use]
    pub const fn study(&self) -> &Study {
        &self.study
    }

    /// Where a site hangs.
    #[must_use]
    pub fn site(&self, site: SiteId) -> Snap {
        self.sites[site.index()]
    }

    /// Where a cell hangs; none for a cell that has no place because its row was rejected.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> Option<Snap> {
        self.cells[cell.index()]
    }

    /// Where all cells hang.
    pub(crate) fn cells(&self) -> &[Option<Snap>] {
        &self.cells
    }

    /// Where all sites hang.
    pub(crate) fn sites(&self) -> &[Snap] {
        &self.sites
    }

    /// Where the sites hang in the first of several linkages, and each cell in the one given for it.
    pub(crate) fn chosen(parts: &[&Self], part_of_cell: &[usize]) -> Self {
        let cells = part_of_cell
            .iter()
            .enumerate()
            .map(|(cell, &part)| parts[part].cells[cell])
            .collect();
        Self {
            cells: Arc::new(cells),
            // Other cells, other people beside islands: worked out anew when somebody asks.
            torn: Arc::default(),
            ..parts[0].clone()
        }
    }

    /// Whom torn streets concern, once somebody has asked.
    pub(super) fn torn_once(&self) -> &OnceLock<Torn> {
        &self.torn
    }

    /// How far the sites stand off the streets.
    #[must_use]
    pub fn site_gaps(&self) -> Gaps {
        Gaps::of(self.sites.iter().copied())
    }

    /// How far the cells stand off the streets.
    #[must_use]
    pub fn cell_gaps(&self) -> Gaps {
        let snapped_or_stranded = self.cells.iter().flatten();
        Gaps::of(snapped_or_stranded.copied())
    }
}

/// Equal when all points hang in the same places.
impl PartialEq for Linkage {
    fn eq(&self, other: &Self) -> bool {
        self.sites == other.sites && self.cells == other.cells
    }
}

/// How far a set of points stands off the streets.
///
/// ```
/// use walkshed::{draw, snap};
/// // 100, 200 and 900 m off the street; farther than 500 m is stranded.
/// let study = draw::town("A-------B\n a\n   b\n\n\n\n\n\n\n     c", 100.0, "");
/// let gaps = snap::link(&study).cell_gaps();
/// assert_eq!((gaps.snapped, gaps.stranded), (2, 1));
/// assert_eq!([gaps.median, gaps.max].map(|gap| gap.map(f64::round)), [Some(100.0), Some(200.0)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gaps {
    /// Points that hang on a street.
    pub snapped: usize,
    /// Points too far from every street.
    pub stranded: usize,
    /// The median gap of the snapped ones, in metres.
    pub median: Option<f64>,
    /// The gap that 95 % of the snapped ones do not pass, in metres.
    pub p95: Option<f64>,
    /// The widest gap, in metres.
    pub max: Option<f64>,
}

impl Gaps {
    /// Sums up where some points hang. O(n log n).
    pub fn of(snaps: impl Iterator<Item = Snap>) -> Self {
        let mut gaps = Vec::new();
        let mut stranded = 0;
        for snap in snaps {
            match snap.gap() {
                Some(gap) => gaps.push(gap),
                None => stranded += 1,
            }
        }
        // Sorted, so that the order of the points changes nothing.
        gaps.sort_by(f64::total_cmp);
        Self {
            snapped: gaps.len(),
            stranded,
            median: percentile(&gaps, 50),
            p95: percentile(&gaps, 95),
            max: gaps.last().copied(),
        }
    }
}

/// The smallest of these sorted numbers that this share of them does not pass (nearest rank).
fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    // Rounded up: at least this share lies at or below it.
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_of_the_nearest_rank() {
        let numbers: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(percentile(&numbers, 50), Some(10.0));
        assert_eq!(percentile(&numbers, 95), Some(19.0));
        // Half of three are one and a half: the second.
        assert_eq!(percentile(&numbers[..3], 50), Some(2.0));
        assert_eq!(percentile(&numbers[..1], 95), Some(1.0));
        assert_eq!(percentile(&[], 50), None);
    }
}

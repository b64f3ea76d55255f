//! The tables that an engine keeps between questions, and which one a question takes.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::cumulative::{self, Weights};
use super::junction_table::{JunctionTable, Size};
use super::lane_time::FAR;
use super::nearest::{Nearest, NearestAtNodes};
use super::nearest_rows::{Question, answer, junctions_settled};
use crate::model::SiteSet;
use crate::search::prepared_study::PreparedStudy;
use crate::units::TravelTime;

/// The longest budget: a longer one counts as this.
pub(in crate::search) const LONGEST: TravelTime = TravelTime::from_ticks((FAR - 1).cast_unsigned());

/// The tables of an engine.
#[derive(Default)]
pub(in crate::search) struct JunctionTables {
    plain: OnceLock<Arc<JunctionTable>>,
    /// The one for the longest walks that were asked for.
    contracted: Mutex<Option<Arc<JunctionTable>>>,
}

impl JunctionTables {
    pub(in crate::search) fn nearest(
        &self,
        study: &PreparedStudy<'_>,
        budget: TravelTime,
        categories: &[SiteSet],
    ) -> Nearest {
        let budget = ticks(budget);
        let table = self.for_nearest(study, budget, categories);
        let question = Question {
            table: &table,
            readers: table.cells(study),
            budget,
        };
        Nearest(answer(study, question, categories))
    }

    pub(in crate::search) fn nearest_at_nodes(
        &self,
        study: &PreparedStudy<'_>,
        budget: TravelTime,
        categories: &[SiteSet],
    ) -> NearestAtNodes {
        let budget = ticks(budget);
        let table = self.for_nearest(study, budget, categories);
        let question = Question {
            table: &table,
            readers: table.nodes(study),
            budget,
        };
        NearestAtNodes(answer(study, question, categories))
    }

    pub(in crate::search) fn cumulative_opportunities(
        &self,
        study: &PreparedStudy<'_>,
        budget: TravelTime,
        weights: Weights<'_>,
    ) -> Vec<u64> {
        let weights = weights.checked(study);
        let budget = ticks(budget);
        let table = self.contracted(study, budget);
        cumulative::sums(study, &table, budget, weights)
    }

    pub(in crate::search) fn contract(&self, study: &PreparedStudy<'_>, budget: TravelTime) {
        self.contracted(study, ticks(budget));
    }

    /// How large the hierarchy is, once there is one.
    pub(in crate::search) fn size(&self) -> Option<Size> {
        self.kept().as_ref()?.size()
    }

    /// The table for one question to the nearest sites.
    fn for_nearest(
        &self,
        study: &PreparedStudy<'_>,
        budget: i32,
        categories: &[SiteSet],
    ) -> Arc<JunctionTable> {
        // A hierarchy that is there already costs nothing more.
        let known = self
            .kept()
            .as_ref()
            .is_some_and(|table| table.reaches(budget));
        let junctions = study.streets().junctions as usize;
        if known || worth_contracting(junctions, junctions_settled(study, categories)) {
            return self.contracted(study, budget);
        }
        Arc::clone(self.plain(study))
    }

    /// The table without a hierarchy.
    pub(super) fn plain(&self, study: &PreparedStudy<'_>) -> &Arc<JunctionTable> {
        self.plain
            .get_or_init(|| Arc::new(JunctionTable::plain(study.streets())))
    }

    /// The table with a hierarchy for walks as long as this. Who asks meanwhile waits: making it
    /// runs on one thread, so nobody who waits can be the one who makes it.
    fn contracted(&self, study: &PreparedStudy<'_>, budget: i32) -> Arc<JunctionTable> {
        let mut kept = self.kept();
        if let Some(table) = kept.as_ref().filter(|table| table.reaches(budget)) {
            return Arc::clone(table);
        }
        // The one for shorter walks is let go, once nobody reads it any more.
        let table = Arc::new(JunctionTable::contracted(study.streets(), budget));
        *kept = Some(Arc::clone(&table));
        table
    }

    fn kept(&self) -> MutexGuard<'_, Option<Arc<JunctionTable>>> {
        self.contracted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A budget in ticks.
pub(super) fn ticks(budget: TravelTime) -> i32 {
    budget.min(LONGEST).ticks().cast_signed()
}

/// Whether a question that would settle so many junctions is answered sooner by contracting first.
///
/// Measured on a million nodes: five sets of 1,000 sites, which settle three and a half times as many
/// junctions as there are, take about as long either way.
pub(super) const fn worth_contracting(junctions: usize, settled: usize) -> bool {
    settled > 4 * junctions
}

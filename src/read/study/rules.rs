//! The rules of the plan, which name sites, cells, units and items.

use std::sync::Arc;

use super::reading::Reading;
use crate::model::{
    Catalogue, Cells, Departments, Group, Indicator, Kinds, MarkRule, Phase, Population, Sites,
    Study, StudyParts, Target, Units, Zones,
};
use crate::read::error::{BadInput, ReadError};
use crate::read::plan::opening_hours::Clock;
use crate::read::plan::rules::{Asked, Wrong, change, groups, indicator, kinds, phase, zones};
use crate::read::plausibility::Whole;
use crate::units::TravelTime;
use crate::words::Text;

/// What the rules may name.
pub(super) struct Known<'a> {
    pub sites: &'a Sites,
    pub cells: &'a Cells,
    pub units: &'a Units,
    pub catalogue: &'a Catalogue,
    pub departments: &'a Departments,
    pub target: &'a Target,
}

impl Reading<'_> {
    /// What is asked.
    pub(super) fn target(&self, catalogue: &Catalogue) -> Result<Target, ReadError> {
        let table = &self.asked.target;
        let wrong = Wrong::one("target", &self.file);
        let items = wrong.some_items(&table.items, catalogue)?;
        let date = match &table.date {
            Some(date) => Some(date.day("target.date", &self.file)?),
            None => None,
        };
        // One looks twice as far as the limit, so that a result tells how far is too far.
        let search = table.search_minutes;
        let search = search.unwrap_or_else(|| (2.0 * table.minutes).max(30.0));
        Ok(Target {
            limit: minutes(table.minutes),
            search: minutes(search),
            items,
            date,
        })
    }

    pub(super) fn indicators(&mut self, known: &Known<'_>) -> Result<Vec<Indicator>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let known = Population {
            sites: known.sites,
            units: known.units,
            catalogue: known.catalogue,
            departments: known.departments,
            day: known.target.date,
        };
        indicator::indicators(&asked.indicator, &known, &mut self.own_door())
    }

    /// What the one mark is made of, if the study states it.
    pub(super) fn mark(&self) -> Result<Option<MarkRule>, ReadError> {
        let table = self.asked.mark.as_ref();
        table.map(|table| table.rule(&self.file)).transpose()
    }

    pub(super) fn phases(
        &mut self,
        known: &Known<'_>,
        groups: &[Group],
    ) -> Result<Vec<Phase>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let known = phase::Known {
            units: known.units,
            catalogue: known.catalogue,
            target: known.target,
            groups,
        };
        phase::phases(&asked.phase, &known, &mut self.own_door())
    }

    pub(super) fn groups(&mut self, known: &Known<'_>) -> Result<Vec<Group>, ReadError> {
        let asked = Arc::clone(&self.asked);
        let rows = std::mem::take(&mut self.cell_rows);
        let whom = (known.cells, known.sites, &rows);
        groups(&asked.group, &asked.others, whom, &mut self.own_door())
    }

    pub(super) fn kinds(&mut self, known: &Known<'_>) -> Result<Kinds, ReadError> {
        let asked = Arc::clone(&self.asked);
        let what = (known.sites, known.catalogue);
        kinds(&asked.kind, what, &mut self.own_door())
    }

    pub(super) fn zones(&mut self, known: &Known<'_>) -> Result<Zones, ReadError> {
        let asked = Arc::clone(&self.asked);
        asked.walk.check_mode(&self.file)?;
        asked.walk.check_private(&self.file)?;
        let of_study = Asked {
            search: known.target.search,
            mode: asked.walk.mode(),
        };
        let whom = (known.cells, known.units);
        zones(&asked.zone, whom, of_study, &mut self.own_door())
    }

    /// Says what is doubtful about the whole.
    pub(super) fn doubts(&mut self, known: &Known<'_>, groups: &[Group]) {
        let has_units = self.asked.inputs.units.is_some();
        let whole = Whole {
            cells: known.cells,
            sites: known.sites,
            catalogue: known.catalogue,
            groups,
            target: known.target,
            speed: self.asked.walk.walk().speed,
        };
        whole.doubts(has_units, &mut self.own_door());
    }

    /// The study with its what-if changes, as far as it has any.
    pub(super) fn with_changes(
        &mut self,
        study: Study,
        clock: Option<&mut Clock>,
    ) -> Result<Study, ReadError> {
        let asked = Arc::clone(&self.asked);
        if asked.change.is_empty() {
            return Ok(study);
        }
        let offers = std::mem::take(&mut self.offers);
        let given = change::Given {
            crs: self.default_crs,
            sites_crs: self.sites_crs,
            clock,
            offers: &offers,
        };
        let changes = change::changes(&asked.change, &study, given, &mut self.own_door())?;
        // Doubts about the changes come after those about the study.
        let mut parts = study.into_parts();
        parts.findings.append(std::mem::take(&mut self.findings));
        parts.changes = changes;
        self.built(parts)
    }

    /// The study that these parts make. What could be wrong with them is told where it is read, row
    /// by row; what is not is told here, as an error of the study file.
    pub(super) fn built(&self, parts: StudyParts) -> Result<Study, ReadError> {
        Study::new(parts).map_err(|wrong| {
            let bad = BadInput {
                code: "bad-study",
                file: self.file.clone(),
                expected: wrong.text(),
                remedy: Text::default(),
                ..BadInput::default()
            };
            bad.into()
        })
    }
}

fn minutes(minutes: f64) -> TravelTime {
    TravelTime::from_seconds(minutes * 60.0).unwrap_or(TravelTime::MAX)
}

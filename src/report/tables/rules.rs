//! The tables of the rules: each is written only when its rule is on.

use super::{channels, denominators, groups, themes, week};
use crate::report::ReportError;
use crate::report::atomic::Batch;
use crate::run::Results;

pub(crate) use super::week::{hours_open, moment, start_of};

/// Writes the tables of the rules that are on.
pub(crate) fn add(results: &Results, files: &mut Batch) -> Result<(), ReportError> {
    let told = &results.breakdown;
    if !told.groups.is_empty() {
        files.add("groups.csv", |out| groups::write_groups(results, out))?;
    }
    if !told.channels.is_empty() {
        files.add("channels.csv", |out| {
            channels::write_channels(&told.channels, out)
        })?;
    }
    if !told.themes.is_empty() || !told.firm_themes.is_empty() {
        files.add("themes.csv", |out| themes::write_themes(told, out))?;
    }
    if !told.denominators.is_empty() {
        files.add("denominators.csv", |out| {
            denominators::write_denominators(&told.denominators, out)
        })?;
    }
    if told.week.is_some() || told.firm_week.is_some() {
        files.add("week.csv", |out| week::write_week(results, out))?;
    }
    Ok(())
}

//! The tables of the rules: each is written only when its rule is on.

mod channels;
mod denominators;
mod groups;
mod themes;
mod week;

use super::ReportError;
use super::atomic::Batch;
use super::results::Results;

pub(super) use week::{hours_open, moment};

/// Writes the tables of the rules that are on.
pub(super) fn add(results: &Results<'_, '_>, files: &mut Batch) -> Result<(), ReportError> {
    let (now, told) = (results.now, results.told);
    if !told.groups.is_empty() {
        files.add("groups.csv", |out| groups::write(told, out))?;
    }
    if !told.channels.is_empty() {
        files.add("channels.csv", |out| channels::write(&told.channels, out))?;
    }
    if !told.themes.is_empty() {
        files.add("themes.csv", |out| themes::write(&told.themes, out))?;
    }
    if !told.denominators.is_empty() {
        files.add("denominators.csv", |out| {
            denominators::write(&told.denominators, out)
        })?;
    }
    if let Some(week) = &told.week {
        files.add("week.csv", |out| week::write(now, week, out))?;
    }
    Ok(())
}

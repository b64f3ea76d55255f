//! Compounds (小区) as areas.

use super::boundary::areas_of;
use super::coordinates::converter;
use crate::plane::Position;
use crate::read::crs::Crs;
use crate::read::error::ReadError;
use crate::read::formats::table::Table;
use crate::read::row_policy::Door;

/// The compounds of a table: of each area its outline, then its holes.
///
/// # Errors
/// At the first feature that is no area on the globe, unless bad rows are skipped.
pub(crate) fn compounds(
    mut table: Table,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<Vec<Vec<Vec<Position>>>, ReadError> {
    door.reject_unreadable(&mut table)?;
    let converter = converter(crs, door)?;
    let mut areas = Vec::new();
    for record in &table.records {
        match areas_of(record, &converter, door) {
            Ok(more) => areas.extend(more),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(areas)
}

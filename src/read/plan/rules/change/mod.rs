//! `[[change]]`: what if a site opened, closed or moved, its hours or offers changed, or a street did.
//!
//! The changes are read in order, each against the study as those before it have made it: a street
//! may be cut that an earlier change has added.

mod site;
mod street;
mod table;

use std::collections::BTreeMap;

use super::Wrong;
use crate::model::{Change, NewOffer, Study, apply};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::ReadError;
use crate::read::plan::opening_hours::Clock;
use crate::read::row_policy::Door;
use crate::read::tables::offers::{OfferRow, Who};

pub(super) use table::KEYS;
pub(crate) use table::{ChangeTable, Depth};

/// What changes are read with, beside the study.
pub(crate) struct Given<'a> {
    /// The system of the coordinates.
    pub crs: Crs,
    /// Works out opening hours, when time of day is asked about.
    pub clock: Option<&'a mut Clock>,
    /// The rows of the offers table.
    pub offers: &'a [OfferRow],
}

/// The changes of a study file, in order.
///
/// # Errors
/// When a table names a site, a kind, an item or a unit that is not there by then, or a street
/// that is too far away; when a key is missing, not needed, or wrong.
pub(crate) fn changes(
    tables: &[ChangeTable],
    study: &Study,
    given: Given<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Change>, ReadError> {
    let file = door.file.clone();
    let converter = given
        .crs
        .converter()
        .map_err(|wrong| Wrong::of("change", 1, &file).key("do", "", &wrong.to_string(), ""))?;
    let kinds = by_kind(given.offers, study);
    let mut scene = Scene {
        study: study.clone().with_changes(Vec::new()),
        crs: given.crs,
        converter,
        clock: given.clock,
        kinds,
        door,
        wrong: Wrong::of("change", 1, &file),
    };
    let mut changes = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        scene.wrong = Wrong::of("change", place + 1, &file);
        let change = scene.change(table)?;
        let (after, _) = apply(&scene.study, &change)
            .map_err(|wrong| scene.wrong.key("do", &table.r#do, &wrong.to_string(), ""))?;
        scene.study = after;
        changes.push(change);
    }
    Ok(changes)
}

/// What the offers table has each kind of site handle.
fn by_kind(offers: &[OfferRow], study: &Study) -> BTreeMap<String, Vec<NewOffer>> {
    let mut kinds: BTreeMap<String, Vec<NewOffer>> = BTreeMap::new();
    for offer in offers {
        if let (Who::Kind(kind), Some(item)) = (&offer.who, study.catalogue().find(&offer.item)) {
            let terms = offer.terms;
            let offer = NewOffer {
                item,
                steps: terms.steps,
                from: terms.from,
                until: terms.until,
            };
            kinds.entry(kind.clone()).or_default().push(offer);
        }
    }
    kinds
}

/// The study as the changes so far have made it, and what the next one is read with.
struct Scene<'a, 'd> {
    study: Study,
    crs: Crs,
    converter: Converter,
    clock: Option<&'a mut Clock>,
    /// What a new site of a kind handles.
    kinds: BTreeMap<String, Vec<NewOffer>>,
    door: &'a mut Door<'d>,
    wrong: Wrong,
}

impl Scene<'_, '_> {
    fn change(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        table.check(&self.wrong)?;
        match table.r#do.as_str() {
            "open-site" => self.open(table),
            "close-site" => Ok(Change::CloseSite {
                site: self.site(table)?,
            }),
            "move-site" => Ok(Change::MoveSite {
                site: self.site(table)?,
                to: self.stands(table)?,
            }),
            "hours" => self.hours(table),
            "offer" => self.offer(table),
            "withdraw" => self.withdraw(table),
            "add-street" => self.add_street(table),
            "cut-street" => Ok(Change::CutStreet {
                at: self.street(table)?,
            }),
            _ => self.slow_street(table),
        }
    }

    /// A place in the study's default system.
    fn place(&self, key: &str, [x, y]: [f64; 2]) -> Result<Position, ReadError> {
        let position = self
            .converter
            .to_wgs84(x, y)
            .and_then(|[lon, lat]| Position::new(lon, lat));
        position.ok_or_else(|| {
            let expected = format!(
                "a place on the globe in {}, longitude or x first",
                self.crs.name()
            );
            self.wrong.key(
                key,
                &format!("{x}, {y}"),
                &expected,
                "mend the coordinates, or write inputs.crs",
            )
        })
    }
}

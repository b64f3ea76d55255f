//! `[[change]]`: what if a site opened, closed or moved, its hours or offers changed, or a street did.
//!
//! The changes are read in order, each against the study as those before it have made it: a street
//! may be cut that an earlier change has added.

mod merge;
mod offer;
mod site;
mod stranded;
mod street;
mod table;

use std::collections::BTreeMap;

use super::wrong::Wrong;
use crate::model::{Change, NewOffer, Severity, Study, apply};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::{Place, ReadError};
use crate::read::plan::opening_hours::Clock;
use crate::read::row_policy::Door;
use crate::read::tables::offers::{OfferRow, Who};
use crate::words::{Text, text};

use table::Action;
pub(super) use table::KEYS;
pub(crate) use table::{At, ChangeTable, Depth};

/// What changes are read with, beside the study.
pub(crate) struct Given<'a> {
    /// The system of the places of changes that name none.
    pub crs: Crs,
    /// The system of the sites table.
    pub sites_crs: Crs,
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
    let mut scene = Scene {
        study: study.clone().with_changes(Vec::new()),
        places: Places::of(None, given.crs, &Wrong::of("change", 1, &file))?,
        clock: given.clock,
        kinds: by_kind(given.offers, study),
        door,
        wrong: Wrong::of("change", 1, &file),
    };
    let mut changes = Vec::with_capacity(tables.len());
    // One after another: each sees the sites and streets that those before it leave.
    for (place, table) in tables.iter().enumerate() {
        scene.wrong = Wrong::of("change", place + 1, &file);
        scene.places = Places::of(table.crs.as_deref(), given.crs, &scene.wrong)?;
        let change = scene.change(table)?;
        scene.note_datum(table, given.sites_crs);
        let (after, _) =
            apply(&scene.study, &change).map_err(|error| scene.cannot(table, error.text()))?;
        scene.study = after;
        changes.push(change);
    }
    // At the end, for a later change may bring the street that a new site needs.
    scene.note_stranded(&changes);
    if let Some(clock) = &mut scene.clock {
        clock.tell_understood("opening_hours", scene.door);
    }
    Ok(changes)
}

/// What the offers table has each kind of site handle.
fn by_kind(offers: &[OfferRow], study: &Study) -> BTreeMap<String, Vec<NewOffer>> {
    let mut kinds: BTreeMap<String, Vec<NewOffer>> = BTreeMap::new();
    for offer in offers {
        // Offers of single sites are theirs alone; a new site has its kind's.
        if let (Who::Kind(kind), Some(item)) = (&offer.who, study.catalogue().find(&offer.item)) {
            let terms = offer.terms;
            let offer = NewOffer {
                steps: terms.steps,
                reach: terms.reach,
                from: terms.from,
                until: terms.until,
                ..NewOffer::whole(item)
            };
            kinds.entry(kind.clone()).or_default().push(offer);
        }
    }
    kinds
}

/// The system that the places of a change are written in, and the way from it to WGS 84.
struct Places {
    crs: Crs,
    converter: Converter,
}

impl Places {
    /// The system that a change names, else the study's default.
    fn of(named: Option<&str>, default: Crs, wrong: &Wrong) -> Result<Self, ReadError> {
        let crs = match named {
            Some(name) => {
                Crs::parse(name).map_err(|error| wrong.key("crs", error.text(), Text::default()))?
            }
            None => default,
        };
        let converter = crs
            .converter()
            .map_err(|error| wrong.key("crs", error.text(), Text::default()))?;
        Ok(Self { crs, converter })
    }

    /// The place of these numbers, longitude or x first; none where it is not on the globe.
    fn position(&self, [x, y]: [f64; 2]) -> Option<Position> {
        let [lon, lat] = self.converter.to_wgs84(x, y)?;
        Position::new(lon, lat)
    }
}

/// The names of two systems of longitude and latitude that are taken for one another.
fn mixed_up(here: Crs, sites: Crs) -> Option<[&'static str; 2]> {
    let datums = Crs::chinese_datums();
    let apart = here != sites && datums.contains(&here) && datums.contains(&sites);
    let names = [here.datum_name()?, sites.datum_name()?];
    apart.then_some(names)
}

/// The study as the changes so far have made it, and what the next one is read with.
struct Scene<'a, 'd> {
    study: Study,
    places: Places,
    clock: Option<&'a mut Clock>,
    /// What a new site of a kind handles.
    kinds: BTreeMap<String, Vec<NewOffer>>,
    door: &'a mut Door<'d>,
    wrong: Wrong,
}

impl Scene<'_, '_> {
    fn change(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        match table.check(&self.wrong)? {
            Action::OpenSite => self.open(table),
            Action::CloseSite => Ok(Change::CloseSite {
                site: self.site(table)?,
            }),
            Action::MoveSite => Ok(Change::MoveSite {
                site: self.site(table)?,
                to: self.stands(table)?,
            }),
            Action::MergeSites => self.merge(table),
            Action::Hours => self.hours(table),
            Action::Helper => self.helper(table),
            Action::Offer => self.offer(table),
            Action::Renew => self.renew(table),
            Action::Reach => self.reach(table),
            Action::Withdraw => self.withdraw(table),
            Action::AddStreet => self.add_street(table),
            Action::CutStreet => Ok(Change::CutStreet {
                at: self.street(table)?,
            }),
            Action::SlowStreet => self.slow_street(table),
        }
    }

    /// The error about a change that the study does not allow. What can be told from its keys was
    /// told before, so that this is rare.
    fn cannot(&self, table: &ChangeTable, expected: Text) -> ReadError {
        self.wrong
            .value(("do", &table.r#do), expected, Text::default())
    }

    /// A place in the system of the change.
    fn place(&self, key: &str, at: [f64; 2]) -> Result<Position, ReadError> {
        self.places.position(at).ok_or_else(|| {
            let expected = text!(PlaceOnGlobe, crs = self.places.crs.name());
            let found = format!("{}, {}", at[0], at[1]);
            self.wrong
                .value((key, &found), expected, text!(MendPlaceOrCrs))
        })
    }

    /// Says when nobody names the datum of a place, and the sites have another.
    fn note_datum(&mut self, table: &ChangeTable, sites: Crs) {
        if table.crs.is_some() || !table.has_place() {
            return;
        }
        // Systems that differ in more than the datum have numbers that cannot be mixed up.
        if let Some([here, sites]) = mixed_up(self.places.crs, sites) {
            let message = text!(ChangeInOtherDatum, here = here, sites = sites);
            self.doubt("change-in-other-datum", "crs", message);
        }
    }

    /// A finding about a key of the change.
    fn doubt(&mut self, code: &'static str, key: &str, message: Text) {
        let subject = format!("{}.{key}", self.wrong.table);
        let severity = Severity::Suspicious;
        self.door
            .say(severity, code, Place::File, &subject, message);
    }
}

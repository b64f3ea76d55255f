//! Several sites that become one, as the study file writes it.

use super::site::offers_at;
use super::{At, ChangeTable, Scene};
use crate::model::{Change, ItemReach, Merger, NewOffer};
use crate::plane::Position;
use crate::progress::Silent;
use crate::read::error::{ReadError, plain};
use crate::search::best_site;
use crate::words::{Text, text};

impl Scene<'_, '_> {
    pub(super) fn merge(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let sites = self.merged(table)?;
        let (into, at) = self.station(table, &sites)?;
        let unit = match &table.unit {
            Some(unit) => Some(self.wrong.unit("unit", unit, self.study.units())?),
            None => None,
        };
        let hours = match table.opening_hours {
            Some(_) => Some(self.week(table)?),
            None => None,
        };
        if unit.is_none() {
            self.note_serves_all(&sites, &into);
        }
        Ok(Change::MergeSites(Box::new(Merger {
            sites,
            into,
            at,
            name: table.name.clone(),
            kind: table.kind.clone(),
            unit,
            hours,
        })))
    }

    /// One of several that has no unit leaves the station none: it serves everybody then with what
    /// the others do for their own unit.
    fn note_serves_all(&mut self, sites: &[String], into: &str) {
        let (all, catalogue) = (self.study.sites(), self.study.catalogue());
        let mut has_no_unit = false;
        let mut own = false;
        for site in sites.iter().filter_map(|id| all.find(id)) {
            let for_unit = |offer: &NewOffer| {
                let of_item = catalogue[offer.item].reach;
                offer.reach.unwrap_or(of_item) == ItemReach::OwnUnit
            };
            let is_nobodys = all[site].unit.is_none();
            has_no_unit |= is_nobodys;
            own |= !is_nobodys && offers_at(site, catalogue).iter().any(for_unit);
        }
        if has_no_unit && own {
            let message = text!(OpensWithoutUnit, site = plain(into));
            self.doubt("opens-without-unit", "site", message);
        }
    }

    /// The sites that become one: two or more, each once.
    fn merged(&self, table: &ChangeTable) -> Result<Vec<String>, ReadError> {
        let mut sites = table.sites.clone().unwrap_or_default();
        for id in &sites {
            self.found("sites", id)?;
        }
        sites.sort_unstable();
        sites.dedup();
        if sites.len() < 2 {
            let found = sites.join(", ");
            let expected = text!(MergeTwoOrMore);
            let remedy = text!(NameMergedSites);
            return Err(self.wrong.value(("sites", &found), expected, remedy));
        }
        Ok(sites)
    }

    /// The id of the station, and its place where that is not the place of the one of its id.
    fn station(
        &self,
        table: &ChangeTable,
        sites: &[String],
    ) -> Result<(String, Option<Position>), ReadError> {
        if let Some(at) = self.place_of(table)? {
            // Without an id of its own it is the first of them, which moves there.
            return Ok((self.into(table, sites, &sites[0])?, Some(at)));
        }
        // `best` is all that is left of `at`: a place was refused above.
        if table.at.is_some() {
            let (best, at) = self.best(sites)?;
            return Ok((self.into(table, sites, &best)?, Some(at)));
        }
        match &table.site {
            Some(site) if sites.contains(site) => Ok((site.clone(), None)),
            Some(site) => {
                let expected = text!(OneOfMerged);
                let remedy = text!(MergePlaceRemedy);
                Err(self.wrong.value(("site", site), expected, remedy))
            }
            None => {
                let expected = text!(MergeNeedsPlace);
                Err(self.wrong.key("site", expected, text!(MergePlaceRemedy)))
            }
        }
    }

    /// The id of the station: that of one of them, or a new one; without any, this one of them.
    fn into(&self, table: &ChangeTable, sites: &[String], own: &str) -> Result<String, ReadError> {
        match &table.site {
            Some(site) if !sites.contains(site) => self.new_id(table),
            Some(site) => Ok(site.clone()),
            None => Ok(own.to_owned()),
        }
    }

    /// The place that the change names, if it names any.
    fn place_of(&self, table: &ChangeTable) -> Result<Option<Position>, ReadError> {
        match (table.at, table.lon.is_some() || table.lat.is_some()) {
            (None | Some(At::Best), false) => Ok(None),
            (None, true) => self.stands(table).map(Some),
            (Some(At::Place([x, y])), _) => {
                let found = format!("{x}, {y}");
                Err(self
                    .wrong
                    .value(("at", &found), text!(BestOnly), text!(WriteBest)))
            }
            (Some(At::Best), true) => {
                let expected = text!(NotBothKeys, first = "lon", second = "at");
                Err(self.wrong.key("at", expected, text!(LeaveOneOut)))
            }
        }
    }

    /// The one of these sites that most people reach, and where it stands.
    fn best(&self, sites: &[String]) -> Result<(String, Position), ReadError> {
        let all = self.study.sites();
        let known: Vec<_> = sites.iter().filter_map(|id| all.find(id)).collect();
        let best = best_site(&self.study, &known, &Silent).map_err(|error| {
            let value = ("at", "best");
            self.wrong.value(value, error.text(), Text::default())
        })?;
        // They are two or more, so that one of them is best.
        let best = &all[best.unwrap_or(known[0])];
        Ok((best.id.clone(), best.at))
    }
}

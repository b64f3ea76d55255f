//! Changes to sites, as the study file writes them.

use std::sync::Arc;

use super::{ChangeTable, Scene};
use crate::ids::SiteId;
use crate::model::{Catalogue, Change, ItemReach, NewOffer, NewSite, OpenWeek, Properties, Site};
use crate::plane::Position;
use crate::read::error::{ReadError, plain};
use crate::read::formats::table::Value;
use crate::read::formats::values::Problem;
use crate::read::plan::rules::wrong::kinds_of;
use crate::words::text;

/// The kind of no site.
const NO_KIND: &str = "";

impl Scene<'_, '_> {
    pub(super) fn open(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let id = self.new_id(table)?;
        let like = match &table.like {
            Some(like) => Some(self.found("like", like)?),
            None => None,
        };
        let model = like.map(|like| self.study.sites()[like].clone());
        let stated = match table.opening_hours {
            Some(_) => Some(self.week(table)?),
            None => None,
        };
        let unit = match &table.unit {
            Some(unit) => Some(self.wrong.unit("unit", unit, self.study.units())?),
            None => None,
        };
        // What the table does not say is as at the site that it is like.
        let model_kind = model.as_ref().map(|model| model.kind.clone());
        let model_hours = model.as_ref().and_then(|model| model.hours.clone());
        let site = Site {
            name: table.name.clone().unwrap_or_else(|| id.clone()),
            kind: table.kind.clone().or(model_kind).unwrap_or_default(),
            unit,
            hours: stated.or(model_hours),
            properties: self.properties(model.as_ref(), table.helper),
            ..Site::at(&id, self.stands(table)?)
        };
        let offers = self.offers_of(table, &site.kind, like)?;
        self.note_idle(&site, &offers);
        self.note_no_unit(&site, &offers);
        Ok(Change::OpenSite(Box::new(NewSite { site, offers })))
    }

    /// The id of a new site, which no other has.
    pub(super) fn new_id(&self, table: &ChangeTable) -> Result<String, ReadError> {
        let id = table.site.clone().unwrap_or_default();
        let taken = self.study.sites().find(&id).is_some();
        if taken || id.is_empty() || id.trim() != id {
            let found = ("site", id.as_str());
            let expected = text!(IdOfNoSite);
            return Err(self.wrong.value(found, expected, text!(IdForNewSite)));
        }
        Ok(id)
    }

    /// The properties of the site that it is like, or all unknown; with a helper or not where stated.
    fn properties(&self, model: Option<&Site>, helper: Option<bool>) -> Properties {
        let any = self.study.sites().iter().next().map(|(_, site)| site);
        // Indicators and helpers read the same columns of every site: a new one has them, too.
        let properties = match (model, any) {
            (Some(model), _) => model.properties.clone(),
            (None, Some(any)) => any.properties.unknown(),
            (None, None) => Properties::default(),
        };
        match helper {
            Some(helper) => properties.with("helper", Some(helper)),
            None => properties,
        }
    }

    /// What a new site handles: the items listed, or what the site handles that it is like, or what
    /// the offers table says of its kind.
    fn offers_of(
        &self,
        table: &ChangeTable,
        kind: &str,
        like: Option<SiteId>,
    ) -> Result<Vec<NewOffer>, ReadError> {
        let catalogue = self.study.catalogue();
        match (&table.items, like) {
            (Some(_), Some(_)) => {
                let expected = text!(NotBothKeys, first = "items", second = "like");
                Err(self.wrong.key("like", expected, text!(LeaveOneOut)))
            }
            (Some(items), None) => {
                let items = self.items(items)?;
                Ok(items.into_iter().map(NewOffer::whole).collect())
            }
            // As the site stands by then, with what earlier changes made of it.
            (None, Some(like)) => Ok(offers_at(like, catalogue)),
            // A study without items has one that every site handles.
            (None, None) if catalogue.is_implicit() => {
                let items = catalogue.iter().map(|(item, _)| item);
                Ok(items.map(NewOffer::whole).collect())
            }
            (None, None) => Ok(self.kinds.get(kind).cloned().unwrap_or_default()),
        }
    }

    fn note_idle(&mut self, site: &Site, offers: &[NewOffer]) {
        if offers.is_empty() {
            let message = text!(
                OpensWithNothing,
                site = plain(&site.id),
                kind = plain(&site.kind),
            );
            self.doubt("opens-with-nothing", "site", message);
        }
    }

    /// A site without a unit serves everybody, which is seldom meant where items are for one's own unit.
    fn note_no_unit(&mut self, site: &Site, offers: &[NewOffer]) {
        let catalogue = self.study.catalogue();
        let own = offers
            .iter()
            .any(|offer| reach_of(offer, catalogue) == ItemReach::OwnUnit);
        if site.unit.is_none() && own {
            let message = text!(OpensWithoutUnit, site = plain(&site.id));
            self.doubt("opens-without-unit", "site", message);
        }
    }

    /// Where a site stands by the table.
    pub(super) fn stands(&self, table: &ChangeTable) -> Result<Position, ReadError> {
        let at = [table.lon, table.lat].map(|degrees| degrees.unwrap_or(f64::NAN));
        self.place("lon", at)
    }

    pub(super) fn site(&self, table: &ChangeTable) -> Result<String, ReadError> {
        let id = table.site.clone().unwrap_or_default();
        self.found("site", &id).map(|_| id)
    }

    pub(super) fn found(&self, key: &str, id: &str) -> Result<SiteId, ReadError> {
        self.study.sites().find(id).ok_or_else(|| {
            let known: Vec<&str> = self
                .study
                .sites()
                .iter()
                .map(|(_, site)| site.id.as_str())
                .collect();
            self.wrong.unknown((key, id), text!(SiteByThen), &known)
        })
    }

    /// The sites that a change is about, and their kind when it is about all of one.
    pub(super) fn sites(
        &self,
        table: &ChangeTable,
    ) -> Result<(Vec<String>, Option<String>), ReadError> {
        let keys = [
            ("site", table.site.as_deref()),
            ("kind", table.kind.as_deref()),
        ];
        let (key, named) = ChangeTable::either(&self.wrong, keys)?;
        if key == "site" {
            return Ok((vec![self.site(table)?], None));
        }
        let sites = self.study.sites();
        let of_kind = sites.iter().filter(|(_, site)| site.kind == named);
        let ids: Vec<String> = of_kind.map(|(_, site)| site.id.clone()).collect();
        // Sites without a kind are no kind of sites.
        if ids.is_empty() || named == NO_KIND {
            let mut kinds = kinds_of(sites);
            kinds.retain(|kind| *kind != NO_KIND);
            let expected = text!(KindByThen);
            return Err(self.wrong.unknown(("kind", named), expected, &kinds));
        }
        Ok((ids, Some(named.to_owned())))
    }

    pub(super) fn hours(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, _) = self.sites(table)?;
        let hours = self.week(table)?;
        Ok(if table.add == Some(true) {
            Change::AddHours { sites, hours }
        } else {
            Change::SetHours { sites, hours }
        })
    }

    /// Sites have a helper, or with `helper = false` none any longer.
    pub(super) fn helper(&self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, _) = self.sites(table)?;
        let has_helper = table.helper.unwrap_or(true);
        Ok(Change::SetHelper { sites, has_helper })
    }

    /// The week of the hours that a change states.
    pub(super) fn week(&mut self, table: &ChangeTable) -> Result<Arc<OpenWeek>, ReadError> {
        let key = "opening_hours";
        // Hours would be read and then change nothing.
        let Some(clock) = self.clock.as_deref_mut() else {
            return Err(self.wrong.key(key, text!(NoTimeAsked), text!(AddTime)));
        };
        let written = table.opening_hours.as_deref().unwrap_or_default().trim();
        if written.is_empty() {
            return Err(self
                .wrong
                .key(key, text!(ItIsEmpty), text!(WriteHoursSuchAs)));
        }
        let bad = match clock.hours(&Value::Text(written.into())) {
            Ok(Some(week)) => return Ok(week),
            Ok(None) => Problem::default(),
            Err(bad) => bad,
        };
        let found = bad.found.unwrap_or_default();
        Err(self.wrong.value((key, &found), bad.expected, bad.remedy))
    }
}

/// Whom a new site does an item for.
fn reach_of(offer: &NewOffer, catalogue: &Catalogue) -> ItemReach {
    offer.reach.unwrap_or(catalogue[offer.item].reach)
}

/// All that a site offers, for a new one that is like it.
pub(super) fn offers_at(site: SiteId, catalogue: &Catalogue) -> Vec<NewOffer> {
    let mut offers = Vec::new();
    for (item, _) in catalogue.iter() {
        let here = catalogue.offers(item).iter();
        offers.extend(
            here.filter(|offer| offer.site == site)
                .map(|offer| NewOffer::like(item, offer)),
        );
    }
    offers
}

//! Changes to sites, as the study file writes them.

use std::sync::Arc;

use super::{ChangeTable, Depth, Scene};
use crate::ids::{ItemId, SiteId};
use crate::model::{
    Change, ItemReach, NewOffer, NewSite, OpenWeek, Properties, Severity, Site, Steps,
};
use crate::plane::Position;
use crate::read::error::{Place, ReadError, plain};
use crate::read::formats::table::Value;
use crate::read::formats::values::{Problem, list};
use crate::read::tables::items::{known_steps, steps};
use crate::read::tables::offers::is_whole;

/// The kind of no site.
const NO_KIND: &str = "";

impl Scene<'_, '_> {
    pub(super) fn open(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let id = table.site.clone().unwrap_or_default();
        if id.trim() != id || id.is_empty() || self.study.sites().find(&id).is_some() {
            let expected = "an id that no site has, without blanks around it";
            return Err(self.wrong.key(
                "site",
                &id,
                expected,
                "give the new site an id of its own",
            ));
        }
        let like = table
            .like
            .as_ref()
            .map(|like| self.found("like", like))
            .transpose()?;
        let model = like.map(|like| self.study.sites()[like].clone());
        let stated = table
            .opening_hours
            .as_ref()
            .map(|_| self.week(table))
            .transpose()?;
        let kind = table
            .kind
            .clone()
            .or_else(|| model.as_ref().map(|model| model.kind.clone()))
            .unwrap_or_default();
        let named = table
            .unit
            .as_ref()
            .map(|unit| self.wrong.unit("unit", unit, self.study.units()));
        let site = Site {
            name: table.name.clone().unwrap_or_else(|| id.clone()),
            unit: named.transpose()?,
            hours: stated.or_else(|| model.as_ref().and_then(|model| model.hours.clone())),
            properties: self.properties(model.as_ref(), table.helper),
            kind,
            ..Site::at(&id, self.stands(table)?)
        };
        let offers = self.offers_of(table, &site.kind, like)?;
        self.note_idle(&site, &offers);
        self.note_no_unit(&site, &offers);
        Ok(Change::OpenSite(Box::new(NewSite { site, offers })))
    }

    /// The properties of the site that it is like, or all unknown; with a helper or not where stated.
    fn properties(&self, model: Option<&Site>, helper: Option<bool>) -> Properties {
        let any = self.study.sites().iter().next().map(|(_, site)| site);
        let known = model
            .or(any)
            .into_iter()
            .flat_map(|site| site.properties.iter());
        let mut all: Vec<(&str, Option<bool>)> = known
            .map(|(name, value)| (name, value.filter(|_| model.is_some())))
            .collect();
        if let Some(helper) = helper {
            all.retain(|(name, _)| *name != "helper");
            all.push(("helper", Some(helper)));
        }
        Properties::of(all)
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
            (Some(_), Some(_)) => Err(self.wrong.key(
                "like",
                "",
                "items or like, not both",
                "leave one of them out",
            )),
            (Some(items), None) => Ok(self
                .items(items)?
                .into_iter()
                .map(NewOffer::whole)
                .collect()),
            (None, Some(like)) => {
                let of = |item| {
                    catalogue
                        .offers(item)
                        .iter()
                        .filter(move |offer| offer.site == like)
                };
                let all = catalogue
                    .iter()
                    .flat_map(|(item, _)| of(item).map(move |offer| (item, offer)));
                let copy = all.map(|(item, o)| NewOffer {
                    item,
                    steps: o.steps,
                    from: o.from,
                    until: o.until,
                });
                Ok(copy.collect())
            }
            (None, None) if catalogue.is_implicit() => Ok(catalogue
                .iter()
                .map(|(item, _)| NewOffer::whole(item))
                .collect()),
            (None, None) => Ok(self.kinds.get(kind).cloned().unwrap_or_default()),
        }
    }

    fn note_idle(&mut self, site: &Site, offers: &[NewOffer]) {
        if offers.is_empty() {
            let message = format!(
                "the site {} opens and handles nothing: no offer is known for its kind \"{}\" – name items, a kind that has offers, or a site that it is like",
                plain(&site.id),
                plain(&site.kind)
            );
            let subject = format!("{}.site", self.wrong.table);
            self.door.say(
                Severity::Suspicious,
                "opens-with-nothing",
                Place::File,
                &subject,
                message,
            );
        }
    }

    /// A site without a unit serves everybody, which is seldom meant where items are for one's own unit.
    fn note_no_unit(&mut self, site: &Site, offers: &[NewOffer]) {
        let catalogue = self.study.catalogue();
        let own = offers
            .iter()
            .any(|offer| catalogue[offer.item].reach == ItemReach::OwnUnit);
        if site.unit.is_none() && own {
            let message = format!(
                "the site {} opens without a unit: it serves the people of all units, with items for one's own unit too – name its unit",
                plain(&site.id)
            );
            let subject = format!("{}.site", self.wrong.table);
            self.door.say(
                Severity::Suspicious,
                "opens-without-unit",
                Place::File,
                &subject,
                message,
            );
        }
    }

    pub(super) fn stands(&self, table: &ChangeTable) -> Result<Position, ReadError> {
        self.place(
            "lon",
            [table.lon.unwrap_or(f64::NAN), table.lat.unwrap_or(f64::NAN)],
        )
    }

    pub(super) fn site(&self, table: &ChangeTable) -> Result<String, ReadError> {
        let id = table.site.clone().unwrap_or_default();
        self.found("site", &id).map(|_| id)
    }

    fn found(&self, key: &str, id: &str) -> Result<SiteId, ReadError> {
        self.study.sites().find(id).ok_or_else(|| {
            let known: Vec<&str> = self
                .study
                .sites()
                .iter()
                .map(|(_, site)| site.id.as_str())
                .collect();
            self.wrong
                .unknown(key, id, "a site that is there by then", &known)
        })
    }

    /// The sites that a change is about, and their kind when it is about all of one.
    fn sites(&self, table: &ChangeTable) -> Result<(Vec<String>, Option<String>), ReadError> {
        let keys = [
            ("site", table.site.as_deref()),
            ("kind", table.kind.as_deref()),
        ];
        let (key, named) = ChangeTable::either(&self.wrong, keys)?;
        if key == "site" {
            return Ok((vec![self.site(table)?], None));
        }
        let all = || self.study.sites().iter().map(|(_, site)| site);
        let ids: Vec<String> = all()
            .filter(|site| site.kind == named)
            .map(|site| site.id.clone())
            .collect();
        if ids.is_empty() || named == NO_KIND {
            let mut kinds: Vec<&str> = all()
                .map(|site| site.kind.as_str())
                .filter(|kind| *kind != NO_KIND)
                .collect();
            kinds.sort_unstable();
            kinds.dedup();
            return Err(self.wrong.unknown(
                "kind",
                named,
                "a kind that some site has by then",
                &kinds,
            ));
        }
        Ok((ids, Some(named.to_owned())))
    }

    pub(super) fn hours(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, _) = self.sites(table)?;
        Ok(Change::SetHours {
            sites,
            hours: self.week(table)?,
        })
    }

    fn week(&mut self, table: &ChangeTable) -> Result<Arc<OpenWeek>, ReadError> {
        let written = table.opening_hours.clone().unwrap_or_default();
        let Some(clock) = self.clock.as_deref_mut() else {
            let expected = "the study asks for no time of day, so that hours change nothing";
            return Err(self.wrong.key(
                "opening_hours",
                "",
                expected,
                "add [time] with week or at, or leave it out",
            ));
        };
        let key = "opening_hours";
        if written.trim().is_empty() {
            return Err(self.wrong.key(
                key,
                "",
                "it is empty",
                "write hours such as Mo-Fr 09:00-17:00",
            ));
        }
        let read = clock.hours(&Value::Text(written.trim().into()));
        let bad = match read {
            Ok(Some(week)) => return Ok(week),
            Ok(None) => Problem::default(),
            Err(bad) => bad,
        };
        Err(self.wrong.key(
            key,
            &bad.found.unwrap_or_default(),
            &bad.expected,
            &bad.remedy,
        ))
    }

    pub(super) fn offer(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let ((sites, kind), items, steps) =
            (self.sites(table)?, self.chosen(table)?, self.depth(table)?);
        if let Some(kind) = kind {
            let more = items.iter().map(|&item| NewOffer {
                steps,
                ..NewOffer::whole(item)
            });
            self.kinds.entry(kind).or_default().extend(more);
        }
        Ok(Change::Offer {
            sites,
            items,
            steps,
        })
    }

    pub(super) fn withdraw(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let ((sites, kind), items) = (self.sites(table)?, self.chosen(table)?);
        if let Some(offers) = kind.and_then(|kind| self.kinds.get_mut(&kind)) {
            offers.retain(|offer| !items.contains(&offer.item));
        }
        Ok(Change::Withdraw { sites, items })
    }

    /// The items that a change names, or those of a theme.
    fn chosen(&self, table: &ChangeTable) -> Result<Vec<ItemId>, ReadError> {
        let theme = table.theme.as_ref().map(std::slice::from_ref);
        let (key, named) = ChangeTable::either(
            &self.wrong,
            [("items", table.items.as_deref()), ("theme", theme)],
        )?;
        if key == "items" {
            return self.items(named);
        }
        let all = || self.study.catalogue().iter();
        let items: Vec<ItemId> = all()
            .filter(|(_, item)| named.contains(&item.theme))
            .map(|(id, _)| id)
            .collect();
        if items.is_empty() || named.iter().any(String::is_empty) {
            let mut themes: Vec<&str> = all()
                .map(|(_, item)| item.theme.as_str())
                .filter(|t| !t.is_empty())
                .collect();
            themes.sort_unstable();
            themes.dedup();
            return Err(self.wrong.unknown(
                "theme",
                &named.join(", "),
                "a theme that some item has",
                &themes,
            ));
        }
        Ok(items)
    }

    fn items(&self, named: &[String]) -> Result<Vec<ItemId>, ReadError> {
        let catalogue = self.study.catalogue();
        if named.is_empty() {
            return Err(self.wrong.key(
                "items",
                "",
                "it is empty",
                "name the items, such as items = [\"i1\"]",
            ));
        }
        self.wrong.listed(named, catalogue)
    }

    fn depth(&self, table: &ChangeTable) -> Result<Steps, ReadError> {
        let Some(Depth(written)) = &table.depth else {
            return Ok(Steps::WHOLE);
        };
        let words = list(written).unwrap_or_default();
        if !words.is_empty() && words.iter().all(|word| is_whole(word)) {
            return Ok(Steps::WHOLE);
        }
        let expected = format!("whole, or {}", known_steps());
        if words.is_empty() {
            return Err(self.wrong.key(
                "depth",
                "",
                "it is empty",
                &format!("write {expected}, or leave it out"),
            ));
        }
        steps(&words).map_err(|(found, remedy)| self.wrong.key("depth", &found, &expected, &remedy))
    }
}

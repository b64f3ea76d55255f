//! Changes to what sites handle, as the study file writes them.

use super::{ChangeTable, Depth, Scene};
use crate::ids::ItemId;
use crate::model::{Catalogue, Change, ItemReach, NewOffer, Offer, Steps};
use crate::read::error::ReadError;
use crate::read::formats::values::list;
use crate::read::listed::listed;
use crate::read::vocabulary::{is_vague, is_whole, known_steps, reach, steps};
use crate::words::text;

impl Scene<'_, '_> {
    pub(super) fn offer(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, kind) = self.sites(table)?;
        let items = self.chosen(table)?;
        let steps = self.depth(table)?;
        let replaces = table.replaces == Some(true);
        // Sites of the kind that open later handle it, too.
        if let Some(kind) = kind {
            let more = items.iter().map(|&item| NewOffer {
                steps,
                ..NewOffer::whole(item)
            });
            let offers = self.kinds.entry(kind).or_default();
            offers.retain(|offer| !(replaces && items.contains(&offer.item)));
            offers.extend(more);
        }
        Ok(if replaces {
            Change::Replace {
                sites,
                items,
                steps,
            }
        } else {
            Change::Offer {
                sites,
                items,
                steps,
            }
        })
    }

    pub(super) fn renew(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, kind) = self.sites(table)?;
        let items = self.chosen(table)?;
        let until = match &table.until {
            Some(until) => {
                let key = format!("{}.until", self.wrong.table);
                Some(until.day(&key, &self.door.file)?)
            }
            None => None,
        };
        // What has no last day cannot be renewed: something else was meant.
        if !self.any_offer(&sites, &items, |offer| offer.until.is_some()) {
            let expected = text!(NothingRunsOut);
            return Err(self.wrong.key("items", expected, text!(NothingToRenew)));
        }
        // A site of the kind that opens later has no paper yet: its offers last as the others do.
        for offer in self.of_kind(kind.as_deref(), &items) {
            let both = offer.until.zip(until);
            offer.until = both.map(|(before, until)| before.max(until));
        }
        Ok(Change::Renew {
            sites,
            items,
            until,
        })
    }

    pub(super) fn reach(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, kind) = self.sites(table)?;
        let items = self.chosen(table)?;
        let reach = self.reach_of(table)?;
        if !self.any_offer(&sites, &items, |_| true) {
            let expected = text!(NothingHandled);
            return Err(self.wrong.key("items", expected, text!(OfferFirst)));
        }
        for offer in self.of_kind(kind.as_deref(), &items) {
            offer.reach = Some(reach);
        }
        Ok(Change::SetReach {
            sites,
            items,
            reach,
        })
    }

    fn reach_of(&self, table: &ChangeTable) -> Result<ItemReach, ReadError> {
        let word = table.reach.as_deref().unwrap_or_default();
        if word.trim().is_empty() {
            return Err(self.unknown_reach(word));
        }
        reach(word).map_err(|_| self.unknown_reach(word))
    }

    fn unknown_reach(&self, word: &str) -> ReadError {
        let known = ["anywhere", "own-unit"];
        let expected = text!(TheseWords, words = listed(known));
        self.wrong.unknown(("reach", word), expected, &known)
    }

    /// Whether any of these sites has such an offer of any of these items.
    fn any_offer(&self, sites: &[String], items: &[ItemId], such: impl Fn(&Offer) -> bool) -> bool {
        let (all, catalogue) = (self.study.sites(), self.study.catalogue());
        let mut offers = items.iter().flat_map(|&item| catalogue.offers(item));
        offers.any(|offer| sites.contains(&all[offer.site].id) && such(offer))
    }

    /// What sites of a kind that open later do of these items.
    fn of_kind<'o>(
        &'o mut self,
        kind: Option<&str>,
        items: &'o [ItemId],
    ) -> impl Iterator<Item = &'o mut NewOffer> {
        let offers = kind.and_then(|kind| self.kinds.get_mut(kind));
        offers
            .into_iter()
            .flatten()
            .filter(|offer| items.contains(&offer.item))
    }

    pub(super) fn withdraw(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let (sites, kind) = self.sites(table)?;
        let items = self.chosen(table)?;
        if let Some(offers) = kind.and_then(|kind| self.kinds.get_mut(&kind)) {
            offers.retain(|offer| !items.contains(&offer.item));
        }
        Ok(Change::Withdraw { sites, items })
    }

    /// The items that a change names, or those of a theme.
    fn chosen(&self, table: &ChangeTable) -> Result<Vec<ItemId>, ReadError> {
        let theme = table.theme.as_ref().map(std::slice::from_ref);
        let keys = [("items", table.items.as_deref()), ("theme", theme)];
        let (key, named) = ChangeTable::either(&self.wrong, keys)?;
        if key == "items" {
            return self.items(named);
        }
        let catalogue = self.study.catalogue();
        let of_theme = catalogue
            .iter()
            .filter(|(_, item)| named.contains(&item.theme));
        let items: Vec<ItemId> = of_theme.map(|(id, _)| id).collect();
        // An empty theme would mean all items that have none.
        if items.is_empty() || named.iter().any(String::is_empty) {
            let found = named.join(", ");
            let themes = themes_of(catalogue);
            let expected = text!(ThemeOfSomeItem);
            return Err(self.wrong.unknown(("theme", &found), expected, &themes));
        }
        Ok(items)
    }

    pub(super) fn items(&self, named: &[String]) -> Result<Vec<ItemId>, ReadError> {
        if named.is_empty() {
            return Err(self.wrong.key("items", text!(ItIsEmpty), text!(NameItems)));
        }
        self.wrong.listed(named, self.study.catalogue())
    }

    fn depth(&self, table: &ChangeTable) -> Result<Steps, ReadError> {
        let Some(Depth(written)) = &table.depth else {
            return Ok(Steps::WHOLE);
        };
        let words = list(written).unwrap_or_default();
        let expected = text!(DepthOrSteps, steps = known_steps());
        if words.is_empty() {
            let remedy = text!(WriteOrLeaveOut, depth = expected);
            return Err(self.wrong.key("depth", text!(ItIsEmpty), remedy));
        }
        // "whole" is no step among others: it is all of them.
        if words.iter().all(|word| is_whole(word)) {
            return Ok(Steps::WHOLE);
        }
        // Whoever writes a change knows which steps are meant.
        if is_vague(&words) {
            let found = words.join(";");
            let remedy = text!(NameSteps);
            return Err(self.wrong.value(("depth", &found), expected, remedy));
        }
        steps(&words)
            .map_err(|(found, remedy)| self.wrong.value(("depth", &found), expected, remedy))
    }
}

/// The themes of items, in order, each once.
fn themes_of(catalogue: &Catalogue) -> Vec<&str> {
    let all = catalogue.iter().map(|(_, item)| item.theme.as_str());
    let mut themes: Vec<&str> = all.filter(|theme| !theme.is_empty()).collect();
    themes.sort_unstable();
    themes.dedup();
    themes
}

//! What is doubtful about a study as a whole: nobody to cover, dates that no one asks for, units left out.

use std::collections::HashMap;

use super::error::{Place, plain};
use super::row_policy::Door;
use crate::model::{Catalogue, Cells, Group, ItemReach, Severity, Sites, Target};
use crate::plane::Position;
use crate::units::People;

/// Says how many rows stand on the exact spot of another one. O(n).
pub(super) fn same_spot<'a>(
    what: &str,
    rows: impl Iterator<Item = (&'a str, Position)>,
    door: &mut Door<'_>,
) {
    let mut spots: HashMap<[u64; 2], &str> = HashMap::new();
    let mut count = 0_usize;
    let mut first = None;
    for (id, at) in rows {
        // Adding zero makes −0 the same as 0.
        let spot = [at.lon(), at.lat()].map(|degrees| (degrees + 0.0).to_bits());
        if let Some(other) = spots.get(&spot) {
            count += 1;
            first = first.or(Some((*other, id)));
        } else {
            spots.insert(spot, id);
        }
    }
    let Some((one, other)) = first else { return };
    let message = format!(
        "{count} of the {what} stand on the exact spot of another, first \"{}\" and \"{}\" – is a place there twice?",
        plain(one),
        plain(other)
    );
    door.say(
        Severity::Suspicious,
        "same-spot",
        Place::File,
        what,
        message,
    );
}

/// What a study is judged by, once all of it is read.
pub(super) struct Whole<'a> {
    pub cells: &'a Cells,
    pub sites: &'a Sites,
    pub catalogue: &'a Catalogue,
    pub groups: &'a [Group],
    pub target: &'a Target,
}

impl Whole<'_> {
    /// Says what is doubtful; `units` tells whether the study has a table of units.
    pub(super) fn doubts(&self, units: bool, door: &mut Door<'_>) {
        let mut say = |code: &'static str, subject: &str, message: String| {
            door.say(Severity::Suspicious, code, Place::File, subject, message);
        };
        if self.sites.is_empty() {
            say(
                "no-sites",
                "sites",
                "there is no site: nobody is covered".to_owned(),
            );
        }
        if let Some(message) = self.nobody() {
            say("nobody-lives-here", "cells", message.to_owned());
        }
        for group in self.groups.iter().filter(|group| !self.concerns(group)) {
            let message = "no asked item concerns this group: all of it counts as covered – ask for items with its \
                           audience, or leave the group out";
            say("group-without-items", &group.id, message.to_owned());
        }
        if let Some(message) = self.dates_not_asked() {
            say("dates-not-asked", "target.date", message);
        }
        if units {
            self.without_unit()
                .into_iter()
                .for_each(|(code, subject, message)| say(code, subject, message));
        }
    }

    fn nobody(&self) -> Option<&'static str> {
        let nobody = self
            .cells
            .iter()
            .all(|(_, cell)| cell.people == People::ZERO);
        nobody.then_some("no cell has any people: there is no share of residents")
    }

    fn concerns(&self, group: &Group) -> bool {
        self.target
            .items
            .iter()
            .any(|&item| self.catalogue[item].audience.concerns(group.audience))
    }

    /// Days of opening, closing or offering do not count without a date that is asked for.
    fn dates_not_asked(&self) -> Option<String> {
        if self.target.date.is_some() {
            return None;
        }
        let sites = self
            .sites
            .iter()
            .filter(|(_, site)| site.opened.is_some() || site.closed.is_some())
            .count();
        let items = self
            .catalogue
            .iter()
            .map(|(item, _)| self.catalogue.offers(item));
        let offers = items
            .flatten()
            .filter(|offer| offer.from.is_some() || offer.until.is_some())
            .count();
        let message = format!(
            "{sites} sites open or close on a day and {offers} offers begin or end on one, but no date is asked: all of \
             them count – write date = 2024-12-31 in [target]"
        );
        (sites + offers > 0).then_some(message)
    }

    /// Cells and sites that belong to no unit though there is a table of units.
    fn without_unit(&self) -> Vec<(&'static str, &'static str, String)> {
        let own_unit = self
            .target
            .items
            .iter()
            .any(|&item| self.catalogue[item].reach == ItemReach::OwnUnit);
        let cells = self
            .cells
            .iter()
            .filter(|(_, cell)| cell.unit.is_none() && cell.at.is_some())
            .count();
        let mut doubts = Vec::new();
        if cells > 0 {
            let lost = if own_unit {
                ", and sites of a unit do not serve them where an item is for its own"
            } else {
                ""
            };
            let message = format!(
                "{cells} of {} cells name no unit: they count in no unit's sums{lost} – fill in the unit",
                self.cells.len()
            );
            doubts.push(("cells-without-unit", "unit", message));
        }
        if !self.sites.is_empty() && self.sites.iter().all(|(_, site)| site.unit.is_none()) {
            let message =
                "no site names a unit: each serves everybody – add a column unit to the sites"
                    .to_owned();
            doubts.push(("sites-without-unit", "unit", message));
        }
        doubts
    }
}

//! What is doubtful about a study as a whole: nobody to cover, dates that no one asks for, units left out.

use std::collections::HashMap;

use super::error::{Place, plain};
use super::row_policy::Door;
use crate::ids::ItemId;
use crate::model::{
    Audience, Catalogue, Cells, FIRMS, Group, HomeHelp, ItemReach, LARGE_M, Severity, Sites, Target,
};
use crate::plane::Position;
use crate::units::{People, Speed, TravelTime};
use crate::words::{Text, text};

/// What has a place of its own in a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    Sites,
    Cells,
}

impl Placed {
    /// The word by which findings name the table.
    pub(super) const fn subject(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Cells => "cells",
        }
    }

    /// One of them, in a sentence.
    pub(super) fn one(self) -> Text {
        match self {
            Self::Sites => text!(NounSite),
            Self::Cells => text!(NounCell),
        }
    }

    /// Several of them, in a sentence.
    pub(super) fn several(self) -> Text {
        match self {
            Self::Sites => text!(NounSites),
            Self::Cells => text!(NounCells),
        }
    }
}

/// Says how many rows stand on the exact spot of another one. O(n).
pub(super) fn same_spot<'a>(
    what: Placed,
    rows: impl Iterator<Item = (&'a str, Position)>,
    door: &mut Door<'_>,
) {
    let most = rows.size_hint().1.unwrap_or_default();
    let mut spots: HashMap<[u64; 2], &str> = HashMap::with_capacity(most);
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
    let message = text!(
        SameSpot,
        count = count,
        what = what.several(),
        one = plain(one),
        other = plain(other),
    );
    doubt(door, "same-spot", what.subject(), message);
}

/// Says how many people live in cells that are larger than one walk judges.
pub(super) fn large_cells(cells: &Cells, door: &mut Door<'_>) {
    let count = cells.large().count();
    if count > 0 {
        let people = cells.people_in_large().to_string();
        let message = text!(LargeCells, people = people, cells = count, metres = LARGE_M);
        doubt(door, "large-cells", "cells", message);
    }
}

/// Says what is doubtful about a study, or a file of it, as a whole.
pub(super) fn doubt(door: &mut Door<'_>, code: &'static str, subject: &str, message: Text) {
    door.say(Severity::Suspicious, code, Place::File, subject, message);
}

/// What a study is judged by, once all of it is read.
pub(super) struct Whole<'a> {
    pub cells: &'a Cells,
    pub sites: &'a Sites,
    pub catalogue: &'a Catalogue,
    pub groups: &'a [Group],
    pub target: &'a Target,
    /// How fast people go where nothing else is stated.
    pub speed: Speed,
}

impl Whole<'_> {
    /// Says what is doubtful; `units` tells whether the study has a table of units.
    pub(super) fn doubts(&self, units: bool, door: &mut Door<'_>) {
        if self.sites.is_empty() {
            doubt(door, "no-sites", "sites", text!(NoSites));
        }
        let firms = self.firms();
        if self.nobody() && firms == People::ZERO {
            doubt(door, "nobody-lives-here", "cells", text!(NobodyLivesHere));
        }
        for group in self.groups.iter().filter(|group| !self.concerns(group)) {
            let message = text!(GroupWithoutItems);
            doubt(door, "group-without-items", &group.id, message);
        }
        self.items_of_nobody(firms, door);
        self.groups_of_firms(door);
        self.help_at_home(door);
        if let Some(message) = self.dates_not_asked() {
            doubt(door, "dates-not-asked", "target.date", message);
        }
        // Without a table of units nobody is expected to name one.
        if units {
            self.cells_without_unit(door);
            self.sites_without_unit(door);
        }
    }

    fn nobody(&self) -> bool {
        self.cells
            .iter()
            .all(|(_, cell)| cell.people == People::ZERO)
    }

    fn concerns(&self, group: &Group) -> bool {
        self.asked_of(group.audience) > 0
    }

    /// How many asked items concern these.
    fn asked_of(&self, audience: Audience) -> usize {
        let items = self.target.items.iter();
        let concerning = items.filter(|&&item| self.catalogue[item].audience.concerns(audience));
        concerning.count()
    }

    /// How many firms the study says of: those of its groups, or else those of the cells.
    fn firms(&self) -> People {
        let groups = self.groups.iter();
        let mut of_groups = groups
            .filter(|group| group.audience == Audience::Firm)
            .peekable();
        if of_groups.peek().is_some() {
            return of_groups.flat_map(|group| &group.people).copied().sum();
        }
        let counted = self.cells.counts(FIRMS);
        counted.unwrap_or_default().iter().copied().sum()
    }

    /// Says where groups of firms may not be what they are taken for: those that are part of the people,
    /// and several apart, of which nobody knows whether they overlap.
    fn groups_of_firms(&self, door: &mut Door<'_>) {
        let firms = self.groups.iter();
        let firms: Vec<&Group> = firms
            .filter(|group| group.audience == Audience::Firm)
            .collect();
        for group in firms.iter().filter(|group| !group.apart) {
            let message = text!(FirmsAmongPeople);
            doubt(door, "firms-among-people", &group.id, message);
        }
        let apart = firms.iter().filter(|group| group.apart).count();
        if apart > 1 && apart == firms.len() {
            let message = if self.cells.counts(FIRMS).is_some() {
                text!(FirmGroupsCounted, groups = apart)
            } else {
                text!(
                    FirmGroupsFirst,
                    groups = apart,
                    first = plain(&firms[0].name)
                )
            };
            doubt(door, "firm-groups-apart", "group", message);
        }
    }

    /// Says where items are asked of nobody: those for firms where the study says of no firms; and
    /// that nothing is asked of the people who live here.
    fn items_of_nobody(&self, firms: People, door: &mut Door<'_>) {
        let of_firms = self
            .target
            .items
            .iter()
            .filter(|&&item| self.catalogue[item].audience == Audience::Firm)
            .count();
        if of_firms > 0 && firms == People::ZERO {
            let message = text!(FirmsNowhere, items = of_firms);
            doubt(door, "firms-nowhere", "enterprises", message);
        }
        if self.asked_of(Audience::Person) == 0 && !self.nobody() {
            doubt(
                door,
                "nothing-for-people",
                "target.items",
                text!(NothingForPeople),
            );
        }
    }

    /// Says where helpers come home to nobody, or from farther than is searched.
    fn help_at_home(&self, door: &mut Door<'_>) {
        let sites = self.sites.iter();
        let radius = |help: &HomeHelp| help.within.walk(self.target.limit, self.speed);
        let walks: Vec<TravelTime> = sites
            .filter_map(|(_, site)| site.home_help.as_ref().map(radius))
            .collect();
        if walks.is_empty() {
            return;
        }
        if !self.groups.iter().any(|group| group.needs_helper) {
            let message = text!(HelpToNobody, count = walks.len());
            doubt(door, "helps-nobody", "helps_at_home", message);
        }
        let search = self.target.search;
        let beyond = walks.iter().filter(|&&walk| walk > search).count();
        let farthest = walks.into_iter().max().unwrap_or(search);
        if beyond > 0 {
            let needed = (farthest.seconds() / 60.0).ceil();
            let message = text!(
                HelpBeyondSearch,
                count = beyond,
                search = search,
                needed = needed
            );
            doubt(door, "helps-beyond-search", "helps_at_home", message);
        }
    }

    /// Days of opening, closing or offering do not count without a date that is asked for.
    fn dates_not_asked(&self) -> Option<Text> {
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
        let message = text!(DatesNotAsked, sites = sites, offers = offers);
        (sites + offers > 0).then_some(message)
    }

    /// Says how many cells belong to no unit though there is a table of units.
    fn cells_without_unit(&self, door: &mut Door<'_>) {
        let placed = self.cells.iter().filter(|(_, cell)| cell.at.is_some());
        let lost = placed.filter(|(_, cell)| cell.unit.is_none()).count();
        if lost == 0 {
            return;
        }
        let message = text!(
            CellsWithoutUnit,
            cells = lost,
            all = self.cells.len(),
            lost = self.own_unit().then(|| text!(LostToOwnUnits)),
        );
        doubt(door, "cells-without-unit", "unit", message);
    }

    /// Whether an item is handled by the sites of one's own unit, or some of it at some.
    fn is_for_own_unit(&self, item: ItemId) -> bool {
        let mut offers = self.catalogue.offers(item).iter();
        self.catalogue[item].reach == ItemReach::OwnUnit
            || offers.any(|offer| offer.reach == Some(ItemReach::OwnUnit))
    }

    /// Whether an asked item is handled by the sites of one's own unit alone.
    fn own_unit(&self) -> bool {
        self.target
            .items
            .iter()
            .any(|&item| self.is_for_own_unit(item))
    }

    /// Says that no site belongs to a unit though there is a table of units.
    fn sites_without_unit(&self, door: &mut Door<'_>) {
        let none = self.sites.iter().all(|(_, site)| site.unit.is_none());
        if none && !self.sites.is_empty() {
            let message = text!(SitesWithoutUnit);
            doubt(door, "sites-without-unit", "unit", message);
        }
    }
}

//! From which places is searched, and when they count.

use std::collections::BTreeSet;

use super::request::{Join, Places, Request};
use super::window::Window;
use crate::ids::{CellId, SiteId};
use crate::model::{SiteSet, Study, Who};
use crate::plane::Position;
use crate::score::{ItemSites, Setting};

/// A place that is walked to, and how long the walk may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Source {
    /// None for a place that is no site.
    pub site: Option<SiteId>,
    pub at: Position,
    pub window: Window,
}

/// All places of a request.
pub(super) struct Sources {
    /// By site; a site that closes meanwhile and opens again comes twice.
    pub list: Vec<Source>,
    /// Where the item is done; none where no item is asked.
    item: Option<ItemSites>,
    /// By group of the item's steps, the sites that do them.
    groups: Vec<SiteSet>,
}

impl Sources {
    /// The places of a request, a source for each time that they are open. O(sites · minutes).
    pub(super) fn of(study: &Study, request: &Request) -> Self {
        let item = request.item.map(|item| {
            let setting = Setting {
                who: request.group.map_or(Who::People, Who::Group),
                ..Setting::of(study)
            };
            ItemSites::of(study, study.target(), setting, item)
        });
        // Without an item there are no groups, and every site counts.
        let groups: Vec<SiteSet> = item
            .iter()
            .flat_map(|item| (0..item.steps().len()).map(|group| item.sites(group)))
            .collect();
        let does_something =
            |site: SiteId| item.is_none() || groups.iter().any(|sites| sites.contains(site));
        let mut list = Vec::new();
        // Closed for all of the time, a place is no source.
        let mut add = |site: Option<SiteId>, at: Position| {
            for window in windows(study, request, site) {
                list.push(Source { site, at, window });
            }
        };
        match &request.places {
            Places::At(place) => add(None, *place),
            Places::AllSites => {
                for (id, site) in study.sites().iter() {
                    if exists(study, id) && does_something(id) {
                        add(Some(id), site.at);
                    }
                }
            }
            Places::Sites(sites) => {
                for &id in sites {
                    if exists(study, id) && does_something(id) {
                        add(Some(id), study.sites()[id].at);
                    }
                }
            }
        }
        Self { list, item, groups }
    }

    /// How many groups of steps there are, each of which must be done: one where no item is asked.
    pub(super) fn groups(&self) -> usize {
        if self.item.is_some() {
            self.groups.len()
        } else {
            1
        }
    }

    /// Whether a source does a group of steps.
    pub(super) fn does(&self, group: usize, source: &Source) -> bool {
        match (source.site, self.groups.get(group)) {
            (Some(site), Some(sites)) => sites.contains(site),
            (None, _) | (_, None) => true,
        }
    }

    /// Whether a source does all of them.
    pub(super) fn does_all(&self, source: &Source) -> bool {
        (0..self.groups()).all(|group| self.does(group, source))
    }

    /// The sources that do a group of steps.
    pub(super) fn doing(&self, group: usize) -> Vec<usize> {
        let numbers = 0..self.list.len();
        numbers
            .filter(|&number| self.does(group, &self.list[number]))
            .collect()
    }

    /// The sources that do all of them, site by site: those of one site stand next to each other.
    pub(super) fn by_site(&self) -> Vec<Vec<usize>> {
        let mut sites: Vec<Vec<usize>> = Vec::new();
        for (number, source) in self.list.iter().enumerate() {
            if !self.does_all(source) {
                continue;
            }
            match sites.last_mut() {
                // Places that are no site are each one by themselves.
                Some(same) if source.site.is_some() && self.list[same[0]].site == source.site => {
                    same.push(number);
                }
                Some(_) | None => sites.push(vec![number]),
            }
        }
        sites
    }

    /// How many places have a source for which something holds, of those that draw: a site counts once,
    /// however often it opens.
    pub(super) fn places(&self, join: Join, holds: impl Fn(usize) -> bool) -> usize {
        let draws = |number: &usize| join == Join::Merged || self.does_all(&self.list[*number]);
        let drawing = (0..self.list.len())
            .filter(draws)
            .filter(|number| holds(*number));
        let sites: BTreeSet<Option<SiteId>> =
            drawing.map(|number| self.list[number].site).collect();
        sites.len()
    }

    /// How many drawings it takes.
    pub(super) fn steps(&self, join: Join) -> usize {
        match join {
            Join::Merged => (0..self.groups())
                .map(|group| self.doing(group).len())
                .sum(),
            Join::Each | Join::Nearest => self.by_site().iter().map(Vec::len).sum(),
        }
    }

    /// Whether a site serves the people of a cell with a group of steps.
    pub(super) fn serves(&self, group: usize, site: SiteId, cell: CellId) -> bool {
        let item = self.item.as_ref();
        item.is_none_or(|item| item.serves(group, site, cell))
    }

    /// Whether some sites serve the people of their own unit alone, which no polygon shows.
    pub(super) fn ask_own_unit(&self) -> bool {
        self.item.as_ref().is_some_and(ItemSites::asks_own_unit)
    }
}

fn exists(study: &Study, site: SiteId) -> bool {
    let day = study.target().date;
    day.is_none_or(|day| study.sites()[site].exists_on(day))
}

/// When a site is open to those who walk at most as long as the longest limit.
fn windows(study: &Study, request: &Request, site: Option<SiteId>) -> Vec<Window> {
    let most = request.longest();
    match (site, request.leaving, study.time()) {
        (Some(site), Some(leaving), Some(time)) => {
            Window::of(time.hours_of(&study.sites()[site]), leaving, most)
        }
        _ => vec![Window::ALWAYS],
    }
}

//! A row of what is lacking as the changes that carry it out.

use std::sync::Arc;

use super::lacking::Lacking;
use crate::ids::{ItemId, SiteId};
use crate::model::{
    Change, ItemReach, NewOffer, NewSite, OpenWeek, Properties, Site, Steps, Study,
};
use crate::score::{Coverage, Remedy};
use crate::units::TravelTime;

/// Minutes of a week.
const WEEK: u32 = 7 * 24 * 60;

/// What a remedy at a site that is there is about.
pub(crate) struct SiteCure {
    /// The site.
    pub(crate) site: SiteId,
    /// The items; none where it is about the site, whatever the item.
    pub(crate) items: Vec<ItemId>,
    /// What is handed down, where something is.
    pub(crate) steps: Steps,
}

impl SiteCure {
    /// It as a change to a study. None where the remedy is none of this site, or the hours are not known.
    pub(crate) fn change(
        self,
        remedy: Remedy,
        study: &Study,
        hours: impl FnOnce() -> Option<OpenWeek>,
    ) -> Option<Change> {
        let sites = vec![study.sites()[self.site].id.clone()];
        let items = self.items;
        match remedy {
            Remedy::HandDown => Some(Change::Offer {
                sites,
                items,
                steps: self.steps,
            }),
            Remedy::Renew => Some(Change::Renew {
                sites,
                items,
                until: None,
            }),
            Remedy::CrossArea => Some(Change::SetReach {
                sites,
                items,
                reach: ItemReach::Anywhere,
            }),
            Remedy::Helper => Some(Change::SetHelper {
                sites,
                has_helper: true,
            }),
            Remedy::LongerHours => Some(Change::AddHours {
                sites,
                hours: Arc::new(hours()?),
            }),
            // Neither is done at this site: `new_site` opens another, and data are mended in files.
            Remedy::BuildSite | Remedy::MendData => None,
        }
    }
}

impl Lacking {
    /// The what-if changes that carry it out, as a `[[change]]` each would; none where the data are to
    /// be mended. Applied to the study of the coverage, at its date and moment, they bring `gain` of
    /// the unit's people an item that they do not get done.
    #[must_use]
    pub fn changes(&self, now: &Coverage) -> Vec<Change> {
        let study = now.study();
        self.remedies
            .iter()
            .filter_map(|remedy| self.change(remedy, now, study))
            .collect()
    }

    fn change(&self, remedy: Remedy, now: &Coverage, study: &Study) -> Option<Change> {
        if remedy == Remedy::BuildSite {
            return self.new_site(now, study);
        }
        let cure = SiteCure {
            site: self.site?,
            items: self.items.clone(),
            steps: self.steps,
        };
        cure.change(remedy, study, || hours_of_coming(now))
    }

    /// A station that does all that is asked, for everybody, with a helper, open at any time.
    fn new_site(&self, now: &Coverage, study: &Study) -> Option<Change> {
        let cell = &study.cells()[self.place?];
        let id = free_id(study, &cell.id);
        let site = Site {
            // With all that a site can have: the gain is that of a place, whoever comes and when.
            properties: Properties::of([("helper", Some(true))]),
            hours: Some(Arc::new(OpenWeek::always())),
            ..Site::at(&id, cell.at?)
        };
        let offers = now.items().iter().map(|&item| NewOffer {
            reach: Some(ItemReach::Anywhere),
            ..NewOffer::whole(item)
        });
        Some(Change::OpenSite(Box::new(NewSite {
            site,
            offers: offers.collect(),
        })))
    }
}

/// An id that no site has yet.
fn free_id(study: &Study, cell: &str) -> String {
    let mut id = format!("new-{cell}");
    while study.sites().find(&id).is_some() {
        id.push('+');
    }
    id
}

/// When people come: from the moment that they leave to the last that they arrive; none where the
/// coverage asks for no moment.
pub(crate) fn hours_of_coming(now: &Coverage) -> Option<OpenWeek> {
    let leaving = now.setting().leaving?.get();
    let cells = now.study().cells().iter();
    let longest = cells.map(|(cell, _)| now.limit(cell)).max();
    let minutes = longest.unwrap_or(TravelTime::ZERO).ticks() / (60 * TravelTime::TICKS_PER_SECOND);
    let last = leaving + minutes + 1;
    // A week goes round.
    let first_part = leaving..last.min(WEEK);
    let second_part = 0..last.saturating_sub(WEEK);
    Some(OpenWeek::new([first_part, second_part]))
}

//! One thing that is done at a site.

use crate::assess::{SiteCure, hours_of_coming};
use crate::ids::{ItemId, SiteId};
use crate::model::{Change, OpenWeek, Steps};
use crate::score::{Coverage, Mend, Remedy};

/// One thing that is done at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Measure {
    pub(super) site: SiteId,
    /// None where it is about the site, whatever the item.
    pub(super) item: Option<ItemId>,
    pub(super) remedy: Remedy,
}

impl Measure {
    /// All that a mend asks for, about an item.
    pub(super) fn all_of(mend: &Mend, item: ItemId) -> Vec<Self> {
        let parts = [
            (mend.longer_hours, None, Remedy::LongerHours),
            (mend.helper, None, Remedy::Helper),
            (!mend.hand_down.is_empty(), Some(item), Remedy::HandDown),
            (mend.renew, Some(item), Remedy::Renew),
            (mend.cross_area, Some(item), Remedy::CrossArea),
        ];
        let asked = parts.into_iter().filter(|(is_asked, ..)| *is_asked);
        asked
            .map(|(_, item, remedy)| Self {
                site: mend.site,
                item,
                remedy,
            })
            .collect()
    }

    /// By site, by item, and of one item what was done there once before what is new: of measures that bring as
    /// much the first is taken. The cross-area window comes last, which opens for what is there by then.
    pub(super) const fn in_order(&self) -> (SiteId, Option<ItemId>, u8) {
        let rank = match self.remedy {
            Remedy::LongerHours => 0,
            Remedy::Helper => 1,
            Remedy::Renew => 2,
            Remedy::HandDown => 3,
            Remedy::CrossArea => 4,
            Remedy::BuildSite | Remedy::MendData => 5,
        };
        (self.site, self.item, rank)
    }

    /// Whether it must be done before the other where both are. What runs out is renewed before the same is handed
    /// down for ever, as only the last of several terms is renewed; and a window opens across areas for what the
    /// site does by then.
    pub(super) fn goes_before(&self, other: &Self) -> bool {
        let in_turn = matches!(
            (self.remedy, other.remedy),
            (Remedy::HandDown | Remedy::Renew, Remedy::CrossArea)
                | (Remedy::Renew, Remedy::HandDown)
        );
        in_turn && (self.site, self.item) == (other.site, other.item)
    }

    /// It as a change to the study of a coverage; `steps` are handed down. None where nothing is to be done: no
    /// site is closed where the study asks for no moment, and no site is opened here.
    pub(super) fn change(&self, coverage: &Coverage, steps: Steps) -> Option<Change> {
        let cure = SiteCure {
            site: self.site,
            items: self.item.into_iter().collect(),
            steps,
        };
        cure.change(self.remedy, coverage.study(), || {
            hours_of_coming(coverage).map(|hours| full_hours(&hours))
        })
    }
}

/// The full hours of the week in which these hours lie: nobody opens a door for sixteen minutes.
fn full_hours(hours: &OpenWeek) -> OpenWeek {
    let touched = (0..7 * 24_u32).filter(|hour| {
        let mut minutes = hour * 60..(hour + 1) * 60;
        minutes.any(|minute| {
            let minute = crate::model::WeekMinute::new(minute);
            minute.is_some_and(|minute| hours.is_open(minute))
        })
    });
    OpenWeek::new(touched.map(|hour| hour * 60..(hour + 1) * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_open_for_full_hours() {
        let hours = OpenWeek::new([590..606, 10_070..10_090]);
        let expected = OpenWeek::new([540..660, 10_020..10_140]);
        assert_eq!(full_hours(&hours), expected);
    }

    #[test]
    fn a_window_opens_after_what_it_is_for() {
        let measure = |item, remedy| Measure {
            site: SiteId::new(0),
            item: Some(ItemId::new(item)),
            remedy,
        };
        let [push, window] = [Remedy::HandDown, Remedy::CrossArea].map(|one| measure(0, one));
        assert!(push.goes_before(&window) && push.in_order() < window.in_order());
        assert!(!window.goes_before(&push));
        assert!(!measure(1, Remedy::HandDown).goes_before(&window));
        assert!(measure(0, Remedy::Renew).goes_before(&push));
    }
}

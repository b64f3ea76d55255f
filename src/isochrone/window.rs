//! When a site is open to those who set out at one moment: after how long a walk they find it so.

use crate::model::{OpenWeek, WeekMinute};
use crate::units::TravelTime;

/// How long a walk may take to find a site open: both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub from: TravelTime,
    pub to: TravelTime,
}

impl Window {
    /// Any walk.
    pub(super) const ALWAYS: Self = Self {
        from: TravelTime::ZERO,
        to: TravelTime::MAX,
    };

    /// Whether a walk of so long finds it open.
    pub(super) fn holds(self, time: TravelTime) -> bool {
        self.from <= time && time <= self.to
    }

    /// The windows of a site's week for those who set out at a moment and walk at most so long, in order.
    ///
    /// As in judging, one arrives in whole minutes: after opening, and before closing. O(minutes).
    pub(super) fn of(week: &OpenWeek, leaving: WeekMinute, most: TravelTime) -> Vec<Self> {
        let mut windows: Vec<Self> = Vec::new();
        let minute = |count| TravelTime::from_minutes(count);
        let last = most.ticks() / minute(1).ticks();
        for count in 0..=last {
            let from = minute(count);
            if !week.is_open_on_arrival(leaving, from) {
                continue;
            }
            // Up to the last tick of the minute.
            let to = minute(count + 1).saturating_sub(TravelTime::from_ticks(1));
            match windows.last_mut() {
                Some(open) if open.to.saturating_add(TravelTime::from_ticks(1)) == from => {
                    open.to = to;
                }
                Some(_) | None => windows.push(Self { from, to }),
            }
        }
        windows
    }
}

//! Rule *channels*: what is done at sites alone, what with the net, and what remains for those who
//! cannot go online.
//!
//! A step that is done online, on a computer or a phone, needs no visit from people who go online;
//! everybody else needs a site. So coverage is told three times. The first and the last count sites alone; the middle one
//! also counts what people who go online do there.
//!
//! Worked example: 100 people, 30 of them elderly and not online. 60 people, 10 of them elderly,
//! have every item at a site. All that the others lack is wholly online, so another 20 get it there.
//! At sites 60 % are covered, with the net 80 %, and of those who cannot go online 33.3 %.

use super::coverage::{Coverage, coverage_for};
use super::group::{GroupCoverage, not_apart, sum_at_sites, sum_by_any_channel};
use super::setting::Setting;
use super::sums::Tally;
use crate::search::Walks;

/// A way of getting things done.
#[doc(alias = "办理渠道")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// At sites alone, by everybody.
    AtSites,
    /// At sites, and online by those who go online.
    WithOnline,
    /// At sites, by those who cannot go online.
    NotOnline,
}

impl Channel {
    /// The word that files use: `at-sites`, `with-online`, `not-online`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtSites => "at-sites",
            Self::WithOnline => "with-online",
            Self::NotOnline => "not-online",
        }
    }
}

/// The sums of each channel; none when no asked item saves a visit online.
pub(super) fn channels(
    walks: &Walks,
    now: &Coverage,
    groups: &[GroupCoverage],
) -> Vec<(Channel, Tally)> {
    if !asks_online_items(now) {
        return Vec::new();
    }
    // Groups say who goes online; without them nobody is known to stay offline.
    if groups.is_empty() {
        of_everybody(walks, now)
    } else {
        of_groups(groups)
    }
}

fn asks_online_items(now: &Coverage) -> bool {
    let catalogue = now.study().catalogue();
    now.items()
        .iter()
        .any(|&item| !catalogue[item].steps_online().is_empty())
}

/// Where the study names no groups, all people alike go online.
fn of_everybody(walks: &Walks, now: &Coverage) -> Vec<(Channel, Tally)> {
    let online = Setting {
        online: true,
        ..now.setting()
    };
    let with_online = coverage_for(walks.of(None), now.target(), online);
    vec![
        (Channel::AtSites, *now.total()),
        (Channel::WithOnline, *with_online.total()),
    ]
}

/// The sums of each channel over groups that do not overlap.
fn of_groups(groups: &[GroupCoverage]) -> Vec<(Channel, Tally)> {
    // They have one channel only, which is why the sums of the first row are not enough.
    let stay_offline = not_apart(groups).filter(|group| !group.group().online);
    vec![
        (Channel::AtSites, sum_at_sites(not_apart(groups))),
        (Channel::WithOnline, sum_by_any_channel(not_apart(groups))),
        (Channel::NotOnline, sum_at_sites(stay_offline)),
    ]
}

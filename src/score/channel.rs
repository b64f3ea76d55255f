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

use super::coverage::{Coverage, coverage_of};
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
pub(super) fn channels(walks: &Walks, now: &Coverage) -> Vec<(Channel, Tally)> {
    if !asks_online_items(now) {
        return Vec::new();
    }
    let online = Setting {
        online: true,
        ..now.setting()
    };
    let with_online = coverage_of(walks, now.target(), online);
    let mut channels = vec![
        (Channel::AtSites, *now.total()),
        (Channel::WithOnline, *with_online.total()),
    ];
    // Groups say who goes online; without them nobody is known to stay offline.
    if now.study().groups().next().is_some() {
        channels.push((Channel::NotOnline, of_those_offline(now)));
    }
    channels
}

fn asks_online_items(now: &Coverage) -> bool {
    let catalogue = now.study().catalogue();
    now.items()
        .iter()
        .any(|&item| !catalogue[item].steps_online().is_empty())
}

/// The sums over the parties that do not go online: they have one channel only.
fn of_those_offline(now: &Coverage) -> Tally {
    let mut sums = Tally::default();
    for party in now.parties() {
        let who = party.who();
        if !now.study().goes_online(who) {
            sums.add_all(&now.sums_of(who));
        }
    }
    sums
}

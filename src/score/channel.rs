//! Rule *channels*: what is done at sites alone, what with the net, and what remains for those who
//! cannot go online.
//!
//! An item that is wholly online needs no visit from people who go online; everybody else needs a
//! site. So coverage is told three times. The first and the last count sites alone; the middle one
//! also counts what people who go online do there.
//!
//! Worked example: 100 people, 30 of them elderly and not online. 60 people, 10 of them elderly,
//! have every item at a site. All that the others lack is wholly online, so another 20 get it there.
//! At sites 60 % are covered, with the net 80 %, and of those who cannot go online 33.3 %.

use super::{GroupCoverage, Tally};

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

/// The sums of each channel over groups that do not overlap.
pub(super) fn by_channel(groups: &[GroupCoverage<'_>]) -> Vec<(Channel, Tally)> {
    let counted = || groups.iter().filter(|group| !group.group.apart);
    let at_sites = counted().map(|group| group.at_sites.total());
    let with_online = counted().map(|group| group.best().total());
    let not_online = counted()
        .filter(|group| !group.group.online)
        .map(|group| group.at_sites.total());
    vec![
        (Channel::AtSites, Tally::sum(at_sites)),
        (Channel::WithOnline, Tally::sum(with_online)),
        (Channel::NotOnline, Tally::sum(not_online)),
    ]
}

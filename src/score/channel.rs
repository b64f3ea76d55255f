//! Rule *channels*: what people and firms get done by each single way, by all together, and what
//! remains for those who cannot go online.
//!
//! The plan knows five ways: at a near window, where one serves oneself, by a helper, online, and on a
//! phone. Whoever gets every asked item done by one of them alone is covered by it; for the others it
//! is a share of their items, which the score tells. A step that is done online needs no visit from
//! those who go online; everybody else needs a site. What is sent by post needs no visit by any way.
//!
//! A way of which the study has nothing is not told: no site where one serves oneself, no site with a
//! helper, nobody to whom a helper comes, nothing that is done online.
//!
//! Worked example: 100 people, 30 of them elderly and not online. 60 people, 10 of them elderly,
//! have every item at a site. All that the others lack is wholly online, so another 20 get it there.
//! At sites 60 % are covered, with the net 80 %, and of those who cannot go online 33.3 %.

use super::coverage::{Coverage, coverage_of};
use super::setting::Setting;
use super::sums::Tally;
use super::way::Way;
use crate::model::{Item, Steps, Who};
use crate::search::Walks;
use crate::units::People;

/// A way of getting things done, or several together.
///
/// ```
/// use walkshed::score::{Channel, Way};
/// let channels = [Channel::Alone(Way::Mobile), Channel::AtSites, Channel::Any, Channel::NotOnline];
/// assert_eq!(channels.map(Channel::word), ["mobile", "at-sites", "any", "not-online"]);
/// ```
#[doc(alias = "办理渠道")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By one way alone.
    Alone(Way),
    /// At sites alone, or by the helpers whom they send, by everybody: the coverage that is told
    /// everywhere.
    AtSites,
    /// At sites, and online by those who go online.
    WithOnline,
    /// By all ways together.
    Any,
    /// At sites, by those who cannot go online.
    NotOnline,
}

impl Channel {
    /// The word that files use: that of the way, `at-sites`, `with-online`, `any`, `not-online`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Alone(way) => way.word(),
            Self::AtSites => "at-sites",
            Self::WithOnline => "with-online",
            Self::Any => "any",
            Self::NotOnline => "not-online",
        }
    }
}

/// What a channel comes to for the people or for the firms.
///
/// ```
/// use walkshed::{Options, draw, ids::SiteId, model::{Catalogue, Item, Offer, Online}, score::Channel};
/// let town = draw::town("A-a-s-B", 100.0, "s");
/// let study = town.with(|parts| {
///     let permit = Item { online: Online::Whole, ..Item::plain("permit") };
///     parts.catalogue = Catalogue::new(vec![(permit, vec![Offer::whole(SiteId::new(0))])]);
/// })?;
/// let told = walkshed::run(&study, &Options::default()).unwrap().breakdown.channels;
/// let at_sites = told.iter().find(|sums| sums.channel == Channel::AtSites).unwrap();
/// assert_eq!((at_sites.of_word(), at_sites.tally.share().to_string().as_str()), ("people", "100.0 %"));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelSums {
    /// The channel.
    pub channel: Channel,
    /// Of whom it is told: [`Who::People`] or [`Who::Firms`].
    pub of: Who,
    /// Their sums.
    pub tally: Tally,
}

impl ChannelSums {
    /// Whether they are told of the firms, and not of the people.
    #[must_use]
    pub fn is_of_firms(&self) -> bool {
        self.of == Who::Firms
    }

    /// The word that files use for those of whom they are told: `people` or `firms`.
    #[must_use]
    pub fn of_word(&self) -> &'static str {
        if self.is_of_firms() {
            "firms"
        } else {
            "people"
        }
    }
}

/// The sums of each channel, those of people first; none when there is no other than to go to a window.
/// One coverage for each way of which the study has something.
pub(super) fn channels(
    walks: &Walks,
    people: &Coverage,
    firms: Option<&Coverage>,
) -> Vec<ChannelSums> {
    let mut all = Vec::new();
    let firms = firms.map(|now| (Who::Firms, now));
    for (of, now) in std::iter::once((Who::People, people)).chain(firms) {
        for (channel, tally) in channels_of(walks, now) {
            all.push(ChannelSums { channel, of, tally });
        }
    }
    all
}

/// The coverage by each channel that the study knows: each way alone, then all together.
fn channels_of(walks: &Walks, now: &Coverage) -> Vec<(Channel, Tally)> {
    let ways = Ways::of(now);
    let mut told = Vec::new();
    // Who was asked for one way is told of that one.
    if !ways.are_several() || now.setting().way.is_some() {
        return told;
    }
    for way in Way::ALL.into_iter().filter(|&way| ways.has(way)) {
        told.push((Channel::Alone(way), ways.alone(walks, now, way)));
    }
    told.push((Channel::AtSites, *now.total()));
    let mut any = *now.total();
    if ways.goes_online() {
        let online = Setting {
            online: true,
            ..now.setting()
        };
        any = *coverage_of(walks, now.target(), online).total();
        told.push((Channel::WithOnline, any));
    }
    // Helpers who come home are counted at sites already.
    told.push((Channel::Any, any));
    // Groups say who goes online; without them nobody is known to stay offline.
    if ways.goes_online() && has_groups(now) {
        let offline = of_those_offline(now);
        if offline.people() > People::ZERO {
            told.push((Channel::NotOnline, offline));
        }
    }
    told
}

/// The ways of which a study has something for the people or the firms of a coverage.
struct Ways([bool; Way::ALL.len()]);

impl Ways {
    /// O(items + sites × kinds of the study).
    fn of(now: &Coverage) -> Self {
        Self(Way::ALL.map(|way| match way {
            Way::NearWindow | Way::SelfService | Way::SelfServiceAllWeek | Way::Helper => {
                !way.sites(now.study()).is_empty()
            }
            Way::AtHome => now.is_helped_at_home(),
            Way::Online => asks(now, Item::steps_on_computer),
            Way::Mobile => asks(now, Item::steps_on_phone),
        }))
    }

    fn has(&self, way: Way) -> bool {
        self.0[way as usize]
    }

    /// Whether there is another way than to go to a window.
    fn are_several(&self) -> bool {
        let mut others = Way::ALL.into_iter().filter(|&way| way != Way::NearWindow);
        others.any(|way| self.has(way))
    }

    fn goes_online(&self) -> bool {
        self.has(Way::Online) || self.has(Way::Mobile)
    }

    /// What one way alone comes to.
    fn alone(&self, walks: &Walks, now: &Coverage, way: Way) -> Tally {
        // Where all sites have windows and none sends a helper home, this is known.
        let is_known =
            !self.has(Way::SelfService) && !self.has(Way::AtHome) && !now.setting().online;
        if way == Way::NearWindow && is_known {
            return *now.total();
        }
        *coverage_of(walks, now.target(), now.setting().by_way(way)).total()
    }
}

/// Whether some steps of an asked item are among these.
fn asks(now: &Coverage, steps: impl Fn(&Item) -> Steps) -> bool {
    let catalogue = now.study().catalogue();
    let mut items = now.items().iter();
    items.any(|&item| !steps(&catalogue[item]).is_empty())
}

fn has_groups(now: &Coverage) -> bool {
    let mut parties = now.parties();
    parties.any(|party| party.who().group().is_some())
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

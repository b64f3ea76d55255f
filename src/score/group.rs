//! What each group of people comes to.

use super::coverage::{Coverage, coverage_of};
use super::setting::Setting;
use super::sums::Tally;
use crate::ids::GroupId;
use crate::model::{Group, Who};
use crate::search::Walks;

/// What a group comes to.
///
/// ```
/// use walkshed::{Options, People, Speed, draw, model::Group};
/// let town = draw::town("A-a-s-------b-B", 100.0, "s");
/// let elderly = Group { speed: Speed::from_kmh(2.5), ..Group::plain("elderly", [1, 1].map(People::whole).into()) };
/// let others = Group::plain("others", [0, 1].map(People::whole).into());
/// let study = town.with(|parts| parts.groups = vec![elderly, others])?;
/// let now = walkshed::run(&study, &Options::default()).unwrap();
/// let shares = now.breakdown.groups.iter().map(|group| group.at_sites.share().to_string());
/// assert_eq!(shares.collect::<Vec<_>>(), ["50.0 %", "100.0 %"]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct GroupCoverage {
    /// The group.
    pub id: GroupId,
    /// Its coverage at sites alone.
    pub at_sites: Coverage,
    /// Its coverage with what is done online; none when it does not go online.
    pub with_online: Option<Coverage>,
}

impl GroupCoverage {
    /// Judges a group by its own walks, for the target and at the moment of a coverage. What was judged
    /// in one of these coverages is not judged again.
    pub(super) fn of(walks: &Walks, judged: &[&Coverage], id: GroupId) -> Self {
        let now = judged[0];
        let who = Who::Group(id);
        let at_sites = Setting {
            who,
            online: false,
            ..now.setting()
        };
        let with_online = Setting {
            online: true,
            ..at_sites
        };
        Self {
            id,
            at_sites: at_sites_of(walks, judged, at_sites),
            // Who does not go online comes to the same by all channels: judged once.
            with_online: now
                .study()
                .goes_online(who)
                .then(|| coverage_of(walks, now.target(), with_online)),
        }
    }

    /// What the study says of the group.
    #[must_use]
    pub fn group(&self) -> &Group {
        self.at_sites.study().group(self.id)
    }

    /// Its coverage by every channel that it uses.
    #[must_use]
    pub fn best(&self) -> &Coverage {
        self.with_online.as_ref().unwrap_or(&self.at_sites)
    }
}

/// The coverage of a group at sites: as it was judged, if it was, or else judged now.
fn at_sites_of(walks: &Walks, judged: &[&Coverage], setting: Setting) -> Coverage {
    let mut of_party = judged
        .iter()
        .filter_map(|coverage| coverage.of_party(setting.who));
    of_party
        .find(|coverage| coverage.setting() == setting)
        .unwrap_or_else(|| coverage_of(walks, judged[0].target(), setting))
}

/// The sums of a group at sites, for the target and at the moment of these coverages, of which there is
/// one or more.
pub(crate) fn group_total(walks: &Walks, judged: &[&Coverage], id: GroupId) -> Tally {
    let setting = Setting {
        who: Who::Group(id),
        online: false,
        ..judged[0].setting()
    };
    *at_sites_of(walks, judged, setting).total()
}

/// The sums over these groups, by every channel that each uses.
pub(super) fn sum_by_any_channel<'g>(groups: impl Iterator<Item = &'g GroupCoverage>) -> Tally {
    Tally::sum(groups.map(|group| group.best().total()))
}

/// Whether a group is one of the parties of a coverage, and so part of its sums.
pub(super) fn is_party(now: &Coverage, group: &GroupCoverage) -> bool {
    now.parties()
        .any(|party| party.who() == Who::Group(group.id))
}

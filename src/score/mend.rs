//! What would have to be done at a site so that people who do not get an item done get it done there.

use crate::ids::{CellId, SiteId};
use crate::model::Steps;

/// What is not done within the limit though a site is
/// ([`Verdict::NotOffered`](super::Verdict::NotOffered)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// Where.
    pub cell: CellId,
    /// The class of items, by its place in the catalogue.
    pub class: usize,
    /// All its steps that are not done.
    pub missing: Steps,
}

/// What is to be done at a site about an item, all of it together.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Step, Steps};
/// use walkshed::score::Mend;
/// let nothing = Mend {
///     site: SiteId::new(0),
///     hand_down: Steps::NONE,
///     renew: false,
///     cross_area: false,
///     helper: false,
///     longer_hours: false,
/// };
/// let open_longer = Mend { longer_hours: true, ..nothing };
/// let hand_down = Mend { hand_down: Steps::only(Step::Issue), ..nothing };
/// // Longer hours are the same for every item, and less work than handing one down.
/// assert!(open_longer.is_of_site() && !hand_down.is_of_site());
/// assert!(open_longer.effort() < hand_down.effort());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is done or not, whatever else is"
)]
pub struct Mend {
    /// The site.
    pub site: SiteId,
    /// The steps that are handed down to it, for whom the item is.
    pub hand_down: Steps,
    /// Whether its offers of the item that have run out are renewed, for whom they were.
    pub renew: bool,
    /// Whether it then serves everybody with the item: a cross-area window.
    pub cross_area: bool,
    /// Whether it then has a helper.
    pub helper: bool,
    /// Whether it is then open when people come.
    pub longer_hours: bool,
}

impl Mend {
    /// Nothing.
    pub(super) const fn nothing(site: SiteId) -> Self {
        Self {
            site,
            hand_down: Steps::NONE,
            renew: false,
            cross_area: false,
            helper: false,
            longer_hours: false,
        }
    }

    /// Whether it is about the site alone, and so the same for every item.
    #[must_use]
    pub const fn is_of_site(&self) -> bool {
        self.hand_down.is_empty() && !self.renew && !self.cross_area
    }

    /// How much work it is, to compare: what is hardest weighs more than all that is easier together.
    #[must_use]
    pub fn effort(&self) -> u8 {
        let parts = [
            self.longer_hours,
            self.helper,
            self.renew,
            self.cross_area,
            !self.hand_down.is_empty(),
        ];
        let mut effort = 0;
        for (place, part) in parts.into_iter().enumerate() {
            // A bit for each, the easiest lowest.
            effort |= u8::from(part) << place;
        }
        effort
    }
}

//! Groups of people who walk and are served alike.
//!
//! The people of a cell are split into groups that do not overlap: so many elderly, so many in
//! wheelchairs, and all *others*, so that the groups add up to the cell. A group that overlaps the
//! others, or that are not people at all (firms), stands *apart*: it is counted by itself and in no
//! total.

use super::item::Audience;
use super::mode::Mode;
use super::site_set::SiteSet;
use crate::ids::CellId;
use crate::units::{People, Speed};

/// People who walk and are served alike.
///
/// ```
/// use walkshed::model::Group;
/// use walkshed::{Options, People, Speed, draw};
/// // b is 800 m away: 12 minutes at 4 km/h, but 19 at the 2.5 km/h of the elderly.
/// let town = draw::town("A-a-s-------b-B", 100.0, "s");
/// let elderly = Group { speed: Speed::from_kmh(2.5), ..Group::plain("elderly", [1, 1].map(People::whole).into()) };
/// let others = Group::plain("others", [0, 1].map(People::whole).into());
/// let study = town.with(|parts| parts.groups = vec![elderly, others])?;
/// let now = walkshed::run(&study, &Options::default()).unwrap();
/// let of = |place: usize| now.breakdown.groups[place].at_sites.total().covered();
/// assert_eq!((of(0), of(1)), (People::whole(1), People::whole(1)));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[doc(alias = "人群")]
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, on or off"
)]
pub struct Group {
    /// Its id, unique.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many of them live in each cell.
    pub people: Vec<People>,
    /// Whether it is counted by itself only, and in no total.
    pub apart: bool,
    /// Its speed; none for the zone's, or the usual one of its way of moving.
    pub speed: Option<Speed>,
    /// How it goes; none for as people go in the zone, or in the study.
    pub by: Option<Mode>,
    /// Whether it cannot take stairs.
    pub no_stairs: bool,
    /// Whether it goes in wheelchairs: no stairs, and no street that is closed to wheelchairs.
    pub wheelchair: bool,
    /// Which items concern it.
    pub audience: Audience,
    /// Whether it needs a helper at the site.
    pub needs_helper: bool,
    /// Whether it goes online.
    pub online: bool,
    /// The kinds of sites that it may not use.
    pub may_not_use: Vec<String>,
    /// The sites that it can use; none for all.
    pub usable: Option<SiteSet>,
}

impl Group {
    /// Persons who walk and are served like everybody else: so many in each cell. The id is the name too.
    #[must_use]
    pub fn plain(id: &str, people: Vec<People>) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            people,
            apart: false,
            speed: None,
            by: None,
            no_stairs: false,
            wheelchair: false,
            audience: Audience::Person,
            needs_helper: false,
            online: false,
            may_not_use: Vec::new(),
            usable: None,
        }
    }

    /// The way of moving that it has everywhere. Wheels are rules, not a speed: by wheelchair one goes
    /// as fast as people go there.
    pub(super) fn own_mode(&self) -> Option<Mode> {
        self.by.filter(|&mode| mode != Mode::Wheelchair)
    }

    /// Whether it goes in wheelchairs, by either key.
    #[must_use]
    pub fn is_wheeled(&self) -> bool {
        self.wheelchair || self.by == Some(Mode::Wheelchair)
    }

    /// How many of the group live in a cell.
    #[must_use]
    pub fn in_cell(&self, cell: CellId) -> People {
        self.people.get(cell.index()).copied().unwrap_or_default()
    }
}

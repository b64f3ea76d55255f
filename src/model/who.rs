//! Of whom something is asked: residents, firms, or one group of either.

use crate::ids::GroupId;

/// Of whom something is asked.
///
/// A resident never needs an item for firms, nor a firm one for residents, so each has figures of
/// its own and no sum mixes them.
///
/// ```
/// use walkshed::ids::GroupId;
/// use walkshed::model::Who;
/// let elderly = GroupId::new(0);
/// assert_eq!((Who::from(Some(elderly)), Who::from(None)), (Who::Group(elderly), Who::People));
/// assert_eq!((Who::Group(elderly).group(), Who::Firms.group()), (Some(elderly), None));
/// ```
#[doc(alias = "评价对象")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Who {
    /// The people who live there, asked for what concerns persons.
    #[default]
    People,
    /// The firms that work there, asked for what concerns firms.
    Firms,
    /// One group, asked for what concerns it.
    Group(GroupId),
}

/// A group, or all people where none is named.
impl From<Option<GroupId>> for Who {
    fn from(group: Option<GroupId>) -> Self {
        group.map_or(Self::People, Self::Group)
    }
}

impl Who {
    /// The group that is meant; none for all people or all firms.
    #[must_use]
    pub const fn group(self) -> Option<GroupId> {
        match self {
            Self::Group(group) => Some(group),
            Self::People | Self::Firms => None,
        }
    }
}

//! Whose coverage is asked for, and by which channels.

use crate::ids::GroupId;

/// Whose coverage is asked for, and by which channels. By default: everybody's, at sites only.
///
/// A group's coverage counts the people of that group, asks only the items that concern it, and
/// counts only the sites that it can use. Its travel times should be its own too
/// (its walking profile's), which the caller hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// The group; none for all people alike.
    pub group: Option<GroupId>,
    /// Whether items that are wholly online count as done for people who go online.
    pub online: bool,
}

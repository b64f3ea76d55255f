//! The walk, piece by piece.

use super::case::Case;
use super::considered::{Considered, Rule};
use crate::ids::SiteId;
use crate::search::{self, Path};

/// The walk to a site.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkTo {
    /// The site.
    pub site: SiteId,
    /// The walk.
    pub path: Path,
}

/// The walk from the cell to a site; none when no way leads there. One search over the whole network.
pub(super) fn walk_to(case: &Case<'_>, site: SiteId) -> Option<WalkTo> {
    let path = search::path(case.links, &case.profile, case.cell, site)?;
    Some(WalkTo { site, path })
}

/// The walk to the site that decides.
pub(super) fn deciding_walk(case: &Case<'_>) -> Option<WalkTo> {
    walk_to(case, deciding_site(case)?)
}

/// The walk to the nearest site that stands on the day, if that is not the one that decides.
pub(super) fn nearest_walk(case: &Case<'_>, sites: &[Considered]) -> Option<WalkTo> {
    let nearest = sites.iter().find(|seen| !seen.breaks(Rule::Dates))?.site;
    // The same walk twice would tell nothing.
    if deciding_site(case) == Some(nearest) {
        return None;
    }
    walk_to(case, nearest)
}

fn deciding_site(case: &Case<'_>) -> Option<SiteId> {
    let decides = case.verdict.done_at()?;
    Some(decides.site)
}

//! The walk, piece by piece.

use super::Explanation;
use crate::ids::SiteId;
use crate::score::Verdict;
use crate::search::{self, Path};
use crate::snap::Linkage;

/// The walk to a site.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkTo {
    /// The site.
    pub site: SiteId,
    /// The walk.
    pub path: Path,
}

pub(super) fn to(why: &Explanation<'_>, links: &Linkage, site: SiteId) -> Option<WalkTo> {
    let path = search::path(why.study, links, &why.profile, why.cell, site)?;
    Some(WalkTo { site, path })
}

/// The walk to the deciding site, and to the nearest that stands on the day if that is another one.
pub(super) fn walks(why: &Explanation<'_>, links: &Linkage) -> (Option<WalkTo>, Option<WalkTo>) {
    let nearest = why
        .sites
        .iter()
        .find(|seen| !seen.breaks(super::Rule::Dates))
        .map(|seen| seen.site);
    let decides = match why.verdict {
        Verdict::NotOffered { handled, .. } => handled.map(|reach| reach.site),
        other => other.site().map(|reach| reach.site),
    };
    let other = nearest.filter(|&nearest| decides != Some(nearest));
    (
        decides.and_then(|site| to(why, links, site)),
        other.and_then(|site| to(why, links, site)),
    )
}

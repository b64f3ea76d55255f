//! The register of entrustment papers: the offers that have a paper, an end, or the depth 委托受理.
//!
//! A row of a kind is a paper of each of its sites, as it is an offer of each.

use super::catalogue::{Sources, by_kind};
use super::offers::{OfferRow, Who};
use crate::ids::SiteId;
use crate::model::{Catalogue, Delegation, Severity};
use crate::read::error::plain;
use crate::read::row_policy::Door;
use crate::words::text;

/// The papers of a study, in the order of the offers table. Rows whose site, kind or item is not
/// there were told of with the offers, and are left out.
///
/// Tells of papers that are valid for more than a year or without end, and of a register that no
/// date is asked for.
pub(crate) fn delegations(
    sources: &Sources<'_>,
    catalogue: &Catalogue,
    is_dated: bool,
    door: &mut Door<'_>,
) -> Vec<Delegation> {
    let kinds = by_kind(sources);
    let mut papers = Vec::new();
    let mut entrusted = 0;
    for row in sources.offers {
        let (Some(paper), Some(item)) = (&row.paper, catalogue.find(&row.item)) else {
            continue;
        };
        let sites: Vec<SiteId> = match &row.who {
            Who::Site(id) => sources.sites.find(id).into_iter().collect(),
            Who::Kind(kind) => kinds.get(kind.as_str()).cloned().unwrap_or_default(),
        };
        let before = papers.len();
        papers.extend(sites.into_iter().map(|site| Delegation {
            site,
            item,
            from: row.terms.from,
            until: row.terms.until,
            steps: row.terms.steps,
            paper: paper.clone(),
        }));
        // What only runs out may have no paper at all.
        entrusted += usize::from(row.is_entrusted) * (papers.len() - before);
        // All papers of one row run for the same time.
        if let Some(paper) = papers.get(before) {
            note_term(row, paper, door);
        }
    }
    if !is_dated && entrusted > 0 {
        let message = text!(PapersUndated, count = entrusted);
        door.doubt("papers-undated", message);
    }
    papers
}

/// Says when a paper runs for too long, or nobody knows how long.
fn note_term(row: &OfferRow, paper: &Delegation, door: &mut Door<'_>) {
    // What only runs out, with no word of a paper, may do so when it likes.
    if !row.is_entrusted {
        return;
    }
    let (code, message) = match (paper.is_too_long(), paper.from.zip(paper.until)) {
        (Some(true), Some((from, until))) => {
            let message = text!(
                PaperTooLong,
                item = plain(&row.item),
                from = from.to_string(),
                until = until.to_string(),
            );
            ("paper-too-long", message)
        }
        (None, _) => {
            let message = text!(PaperWithoutEnd, item = plain(&row.item));
            ("paper-without-term", message)
        }
        (Some(_), _) => return,
    };
    door.say(Severity::Suspicious, code, row.place, &row.item, message);
}

//! The best of several sites: the one that most people reach.

use super::by_group::{TooManyPairs, try_walks};
use crate::ids::SiteId;
use crate::model::Study;
use crate::progress::Progress;
use crate::units::People;

/// Which of these sites most people reach within the limit, each site by itself; of equals the one
/// with the smallest number. None of none.
///
/// All people count, whatever their group, each within the limit of her cell and at its speed; what
/// the sites handle and when they are open does not. One search for each site and distinct speed.
///
/// ```
/// use walkshed::{Silent, draw, search};
/// // The cells a, b and c hold 1, 2 and 4 people; only t is within 1,000 m of b and c.
/// let study = draw::town("A-s-a-----b---t-c-B", 100.0, "st");
/// let [s, t] = ["s", "t"].map(|id| study.sites().find(id).unwrap());
/// assert_eq!(search::best_site(&study, &[s, t], &Silent), Ok(Some(t)));
/// assert_eq!(search::best_site(&study, &[s], &Silent), Ok(Some(s)));
/// ```
///
/// # Errors
/// When the walks of these sites alone are more than the memory of the study holds.
pub fn best_site(
    study: &Study,
    sites: &[SiteId],
    progress: &dyn Progress,
) -> Result<Option<SiteId>, TooManyPairs> {
    let mut known = sites.to_vec();
    known.sort_unstable();
    known.dedup();
    // Nobody walks from the others, so only these cost a search.
    let only = study.with_sites_alone(&known);
    let limit = study.target().limit;
    let walks = try_walks(&only, study.target().search, progress)?;
    let times = walks.of(None);
    let mut reached = vec![People::ZERO; known.len()];
    for (cell, of) in study.cells().iter() {
        let limit = study.zones().limit(cell, limit);
        let near = times.of(cell).iter().filter(|reach| reach.time <= limit);
        for reach in near {
            reached[reach.site.index()] += of.people;
        }
    }
    // Only more people replace the best so far: of equals the first counts.
    let most = reached.iter().max().copied();
    let best = reached.iter().position(|&people| Some(people) == most);
    Ok(best.map(|place| known[place]))
}

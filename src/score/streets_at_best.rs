//! Who is covered at best, whatever streets and paths are built.
//!
//! A way by any street is at least as long as the straight line. So nobody is brought to a site who is farther
//! from every site, in a straight line, than one walks within the limit: with slopes, down the slope that is walked
//! the fastest. Whoever a minibus carries, or a helper comes to, may be covered from farther off: where a minibus runs
//! nothing is known of anybody, and of those to whom helpers come nothing of them.

use rayon::prelude::*;
use rstar::RTree;

use super::border_links::farthest_m;
use super::coverage::Coverage;
use super::question::Question;
use super::tree_sums::par_cells;
use super::verdict::VerdictKind;
use crate::ids::CellId;
use crate::model::Profile;
use crate::plane::Position;
use crate::units::People;

/// For what rounding takes away.
const STRETCH: f64 = 1.001;
/// No degree of latitude is shorter, in metres.
const DEGREE_M: f64 = 110_000.0;

/// How many people of these cells are covered at most, whatever streets are built; all of them where that is not
/// known. Sites stay as they are.
///
/// In parallel; O(cells × sites within the limit in a straight line).
pub(crate) fn covered_with_any_streets(
    coverage: &Coverage,
    concerned: impl Fn(CellId) -> bool + Sync,
) -> People {
    let study = coverage.study();
    let sites = study.sites().iter().map(|(_, site)| site.at.on_plane());
    let sites: RTree<[f64; 2]> = RTree::bulk_load(sites.collect());
    // A link carries farther than one walks: then nobody is ruled out.
    let carried = study.network().links().next().is_some();
    let parties: Vec<Party<'_>> = coverage
        .parties
        .all()
        .iter()
        .map(|question| Party {
            question,
            profiles: study.profiles(question.setting.who.group()),
            sites: &sites,
            anywhere: carried || question.walks_of_helpers().is_some(),
        })
        .collect();
    let of_cell = |cell: CellId| -> People {
        let all = parties.iter().zip(coverage.results(cell));
        let at_best = all.filter(|(party, result)| {
            // Whoever is covered now counts at best, however far in a straight line.
            result.verdict == VerdictKind::Covered || party.may_reach_a_site(cell)
        });
        at_best.map(|(party, _)| party.question.number(cell)).sum()
    };
    par_cells(study)
        .filter(|&cell| concerned(cell))
        .map(of_cell)
        .sum()
}

/// One party of a coverage among all sites.
struct Party<'a> {
    question: &'a Question,
    /// How they walk where no zone is, then in each zone.
    profiles: Vec<Profile>,
    /// On the plane.
    sites: &'a RTree<[f64; 2]>,
    /// Whether they may be served from anywhere.
    anywhere: bool,
}

impl Party<'_> {
    /// Whether a site is as near, in a straight line, as they walk within the limit.
    fn may_reach_a_site(&self, cell: CellId) -> bool {
        let study = &self.question.study;
        // No street mends a row that was rejected.
        let Some(at) = study.cells()[cell].at else {
            return false;
        };
        if self.anywhere {
            return true;
        }
        let zone = study.zones().of(cell);
        let place = zone.map_or(0, |(zone, _)| zone.index() + 1);
        let metres = farthest_m(&self.profiles[place], self.question.limit(cell));
        // The plane is stretched most at the end that is nearer to a pole.
        let Some(far) = Position::new(at.lon(), at.lat().abs() + metres / DEGREE_M) else {
            return true;
        };
        let reach = metres * far.scale() * STRETCH;
        let near = self
            .sites
            .locate_within_distance(at.on_plane(), reach * reach);
        near.map(|site| Position::from_plane(*site))
            .any(|site| at.distance(site) <= metres * STRETCH)
    }
}

//! Districts: what hangs together by streets of all, and which of them lie outside of a compound.
//!
//! ```text
//!   M ——— gate ——— P ——— I        M, I: districts; P: ways of residents between them
//! ```
//!
//! M is larger, so it is outside and I inside: nothing else leads from I to M, and whoever lives in I
//! walks by P. Of two as large neither is. Where a compound touches one district only, that is outside, however small.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::unionfind::UnionFind;

use super::NetworkParts;
use crate::model::walked_by::WalkedBy;

/// A compound and a district that touch.
type Touching = (u32, u32);

/// The parts of a network that hang together by streets of all.
pub(super) struct Districts {
    /// By vertex its district; none where no street of all meets.
    pub of: Vec<Option<u32>>,
    /// By district how many vertices it has.
    sizes: BTreeMap<u32, usize>,
}

impl Districts {
    /// By edge who walks it. O(V α(V) + E).
    pub(super) fn new(parts: &NetworkParts, traits: &[(WalkedBy, [f64; 2])]) -> Self {
        let short = |node: usize| u32::try_from(node).expect("at most 2,000,000,000 vertices");
        let mut sets = UnionFind::<u32>::new(parts.nodes.len());
        let mut is_met = vec![false; parts.nodes.len()];
        for (&(from, to, _), (walked_by, _)) in parts.edges.iter().zip(traits) {
            // Ways of residents join no districts: they lie between them.
            if *walked_by == WalkedBy::Everybody {
                sets.union(short(from), short(to));
                is_met[from] = true;
                is_met[to] = true;
            }
        }
        let labels = sets.into_labeling().into_iter().zip(is_met);
        // A vertex that no street of all meets lies in no district, though the sets know it.
        let of: Vec<Option<u32>> = labels
            .map(|(label, is_met)| is_met.then_some(label))
            .collect();
        let mut sizes = BTreeMap::new();
        for district in of.iter().flatten() {
            *sizes.entry(*district).or_default() += 1;
        }
        Self { of, sizes }
    }

    /// Of all that touch, those in which the district lies outside of the compound: as few compounds as
    /// any that it touches from the largest district that all of them are joined to, or no smaller than
    /// such a one.
    pub(super) fn outside(&self, touching: BTreeSet<Touching>) -> BTreeSet<Touching> {
        let depth = self.depths(&touching);
        // By compound the first district outside: the fewest compounds away, and the smallest of those.
        let mut first: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (compound, district) in &touching {
            let here = (depth[district], self.sizes[district]);
            let first = first.entry(*compound).or_insert(here);
            *first = here.min(*first);
        }
        let is_outside = |(compound, district): &Touching| {
            let (least, size) = first[compound];
            depth[district] == least || self.sizes[district] >= size
        };
        touching.into_iter().filter(is_outside).collect()
    }

    /// How many compounds lie between each district and the largest one that it is joined to.
    fn depths(&self, touching: &BTreeSet<Touching>) -> BTreeMap<u32, usize> {
        let mut compounds: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut districts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &(compound, district) in touching {
            compounds.entry(district).or_default().push(compound);
            districts.entry(compound).or_default().push(district);
        }
        // The largest first; of equal ones that with the first vertex.
        let mut roots: Vec<u32> = compounds.keys().copied().collect();
        roots.sort_by_key(|district| (Reverse(self.sizes[district]), *district));
        let mut depths = BTreeMap::new();
        for root in roots {
            let mut queue = VecDeque::from([(root, 0)]);
            while let Some((district, depth)) = queue.pop_front() {
                if depths.contains_key(&district) {
                    continue;
                }
                depths.insert(district, depth);
                // Each compound is gone through once: from the district that comes first.
                for compound in &compounds[&district] {
                    let others = districts.remove(compound).unwrap_or_default();
                    queue.extend(others.into_iter().map(|other| (other, depth + 1)));
                }
            }
        }
        depths
    }
}

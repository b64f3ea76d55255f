//! Which points hang on islands, or would if they had not left them.

use std::cmp::Reverse;
use std::sync::Arc;

use super::barrier::Barriers;
use super::snapped::Snap;
use super::street_index::{Stands, StreetIndex};
use super::tree::Tree;
use crate::ids::EdgeId;
use crate::model::{Islands, Network, Study};
use crate::plane::Position;

/// The islands of a network, and their streets ready to be asked for.
pub(super) struct IslandIndex<'a> {
    index: StreetIndex<'a>,
    /// By component.
    is_island: Vec<bool>,
    leaves: bool,
}

/// The island beside which a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BesideIsland {
    pub component: u32,
    /// Whether it hangs on a larger component instead.
    pub left: bool,
}

impl<'a> IslandIndex<'a> {
    /// The islands of a study's streets: all small components but the largest one of all. None where
    /// there is none. O(components), and O(E) where there are any.
    pub(super) fn new(study: &'a Study) -> Option<Self> {
        let network = study.network();
        let is_island = islands(network);
        if !is_island.contains(&true) {
            return None;
        }
        let walk = study.walk();
        let rules = walk.profile().rules;
        let least = walk.min_component;
        // Only what a point may hang on: nobody is told of an island that is too small or closed.
        let edges = (0..network.edges().len())
            .map(EdgeId::new)
            .filter(|&edge| is_island[network.component(edge) as usize])
            .filter(|&edge| network.component_size(edge) >= least)
            .filter(|&edge| rules.may_hang(&network.traits_of(edge)))
            .collect();
        let index = StreetIndex {
            network,
            tree: Arc::new(Tree::new(network, edges)),
            barriers: Arc::new(Barriers::new(study.barriers())),
            // Asked is which island is nearest, not where one would go instead.
            leaves_islands: false,
        };
        Some(Self {
            index,
            is_island,
            leaves: walk.islands == Islands::Avoid,
        })
    }

    /// The island on which a point hangs, or which it has left; none where it has nothing to do with
    /// any. O(log E).
    pub(super) fn beside(&self, stands: Stands, at: Position, snap: Snap) -> Option<BesideIsland> {
        let Snap::Snapped { edge, gap, .. } = snap else {
            return None;
        };
        let network = self.index.network;
        let component = network.component(edge);
        if self.is_island[component as usize] {
            let left = false;
            return Some(BesideIsland { component, left });
        }
        if !self.leaves {
            return None;
        }
        // It would hang there if the island were as good as any other street.
        match self.index.snap_as(stands, at, gap) {
            Snap::Snapped {
                edge: island,
                gap: nearer,
                ..
            } if nearer < gap => Some(BesideIsland {
                component: network.component(island),
                left: true,
            }),
            Snap::Snapped { .. } | Snap::Stranded { .. } => None,
        }
    }
}

/// By component whether it is an island: small, and not the largest of all (of equal ones the first).
pub(super) fn islands(network: &Network) -> Vec<bool> {
    let sizes = network.component_sizes();
    let places = sizes.iter().enumerate();
    let largest = places.max_by_key(|&(place, size)| (*size, Reverse(place)));
    let largest = largest.map(|(place, _)| place);
    let places = sizes.iter().enumerate();
    // A vertex without any street is no place where anybody walks.
    places
        .map(|(place, &size)| size > 1 && Islands::is_small(size) && Some(place) != largest)
        .collect()
}

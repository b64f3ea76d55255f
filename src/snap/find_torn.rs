//! Whom it concerns that streets do not hang together: who hangs on islands, and who walks around.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

use super::beside_islands::{BesideIsland, IslandIndex};
use super::island_gap::GapFinder;
use super::linkage::Linkage;
use super::street_index::Stands;
use super::torn::{Beside, Torn, TornIsland, TornJoint};
use crate::ids::{CellId, EdgeId, NodeId};
use crate::model::{Joint, Study};
use crate::plane::Position;
use crate::units::People;

impl Linkage {
    /// Whom it concerns that streets do not hang together. Worked out when it is first asked for: in
    /// parallel, O(P log E), and O(E log E) for each island beside which somebody stands.
    #[must_use]
    pub fn torn(&self) -> &Torn {
        // Outside the lock: a thread that waits for others takes up their work, and could come back here.
        if let Some(torn) = self.torn_once().get() {
            return torn;
        }
        let torn = find(self);
        self.torn_once().get_or_init(|| torn)
    }
}

/// O(P log E), and O(E log E) for each island beside which somebody stands.
fn find(links: &Linkage) -> Torn {
    let study = links.study();
    let mut parts = Parts::new(study);
    let index = IslandIndex::new(study);
    parts.take(links, index.as_ref());
    let joints = joints(study, &parts);
    let mut islands = parts.islands();
    find_gaps(study, &mut islands);
    Torn { islands, joints }
}

/// Who hangs on which component.
struct Parts<'a> {
    study: &'a Study,
    hung: Vec<Beside>,
    left: Vec<Beside>,
    is_beside: Vec<bool>,
}

impl<'a> Parts<'a> {
    fn new(study: &'a Study) -> Self {
        let count = study.network().component_sizes().len();
        Self {
            study,
            hung: vec![Beside::default(); count],
            left: vec![Beside::default(); count],
            is_beside: vec![false; count],
        }
    }

    /// Counts each site and cell with the component on which it hangs, or the island that it left.
    fn take(&mut self, links: &Linkage, index: Option<&IslandIndex<'_>>) {
        let network = self.study.network();
        for (id, site) in self.study.sites().iter() {
            let snap = links.site(id);
            if let Some(component) = snap.edge().map(|edge| network.component(edge)) {
                let beside = index.and_then(|index| index.beside(Stands::Site, site.at, snap));
                self.row(component, beside).sites.push(id);
            }
        }
        // Cells are many: each is looked at in parallel, and taken in their order.
        let cells = self.study.cells().as_slice().par_iter().zip(links.cells());
        let looked_at: Vec<Option<(u32, Option<BesideIsland>)>> = cells
            .map(|(cell, &snap)| {
                let (at, snap) = (cell.at?, snap?);
                let component = network.component(snap.edge()?);
                Some((
                    component,
                    index.and_then(|index| index.beside(Stands::Home, at, snap)),
                ))
            })
            .collect();
        for (place, found) in looked_at.into_iter().enumerate() {
            if let Some((component, beside)) = found {
                let cell = CellId::new(place);
                let people = self.study.cells()[cell].people;
                let row = self.row(component, beside);
                row.cells.push(cell);
                row.people += people;
            }
        }
    }

    /// Where somebody counts who hangs on a component, or has left an island for it.
    fn row(&mut self, component: u32, beside: Option<BesideIsland>) -> &mut Beside {
        let Some(BesideIsland { component, left }) = beside else {
            return &mut self.hung[component as usize];
        };
        let component = component as usize;
        // Only islands with somebody beside them are told of.
        self.is_beside[component] = true;
        if left {
            &mut self.left[component]
        } else {
            &mut self.hung[component]
        }
    }

    /// Which of two components is cut off from the other: the smaller one; of equal ones that with more
    /// people.
    fn cut_off(&self, components: [u32; 2]) -> u32 {
        let sizes = self.study.network().component_sizes();
        let order = |part: u32| (sizes[part as usize], Reverse(self.on(part).2));
        let [one, other] = components;
        if order(other) < order(one) {
            other
        } else {
            one
        }
    }

    /// The sites, the cells and the people whose nearest street is on a component.
    fn on(&self, component: u32) -> (usize, usize, People) {
        let both = [&self.hung, &self.left].map(|rows| &rows[component as usize]);
        let sites = both.iter().map(|row| row.sites.len()).sum();
        let cells = both.iter().map(|row| row.cells.len()).sum();
        (sites, cells, both[0].people + both[1].people)
    }

    /// The islands with somebody beside them, without what lies between them and the rest.
    fn islands(self) -> Vec<TornIsland> {
        let network = self.study.network();
        let rows = self.hung.into_iter().zip(self.left).zip(self.is_beside);
        let asked = (0_u32..).zip(rows).filter(|(_, (_, is_beside))| *is_beside);
        let mut islands: Vec<TornIsland> = asked
            .map(|(component, ((hung, left), _))| TornIsland {
                component,
                vertices: network.component_sizes()[component as usize],
                edges: Vec::new(),
                metres: 0.0,
                hung,
                left,
                apart: None,
            })
            .collect();
        let place: HashMap<u32, usize> = islands
            .iter()
            .enumerate()
            .map(|(place, island)| (island.component, place))
            .collect();
        // One look at all streets for all islands.
        for edge in (0..network.edges().len()).map(EdgeId::new) {
            if let Some(&place) = place.get(&network.component(edge)) {
                islands[place].metres += network.edge(edge).metres;
                islands[place].edges.push(edge);
            }
        }
        // Most people first; of equals by number.
        islands.sort_by_key(|island| (Reverse(island.people()), island.component));
        islands
    }
}

/// Finds where islands come nearest to a larger part. In parallel.
fn find_gaps(study: &Study, islands: &mut [TornIsland]) {
    if islands.is_empty() {
        return;
    }
    let finder = GapFinder::new(study.network());
    islands
        .par_iter_mut()
        .for_each(|island| island.apart = finder.apart(island.component, &island.edges));
}

/// The joints of a study, those that cut off most people first. O(V + joints).
fn joints(study: &Study, parts: &Parts<'_>) -> Vec<TornJoint> {
    let joints = study.joints();
    if joints.is_empty() {
        return Vec::new();
    }
    let component_at = components_at(study, joints);
    let mut torn: Vec<TornJoint> = joints
        .iter()
        .map(|&joint| {
            // After a change to streets a vertex may be gone: then nobody is known to be cut off.
            let [one, other] = joint
                .streets
                .map(|at| component_at.get(&exact(at)).copied());
            let apart = one.zip(other).filter(|(one, other)| one != other);
            let cut_off = apart.map(|(one, other)| parts.cut_off([one, other]));
            let (sites, cells, people) = cut_off.map(|part| parts.on(part)).unwrap_or_default();
            TornJoint {
                joint,
                sites,
                cells,
                people,
            }
        })
        .collect();
    // Stable: those that concern as many stay in the order of reading.
    torn.sort_by_key(|torn| Reverse((torn.people, torn.sites)));
    torn
}

/// The components at the vertices of joints.
fn components_at(study: &Study, joints: &[Joint]) -> HashMap<[u64; 2], u32> {
    let network = study.network();
    let places = joints.iter().flat_map(|joint| joint.streets);
    let mut component: HashMap<[u64; 2], u32> = places.map(|at| (exact(at), u32::MAX)).collect();
    // Joints are known by the place of their vertices: numbers change when streets are read again.
    for (place, &at) in network.nodes().iter().enumerate() {
        if let Some(found) = component.get_mut(&exact(at)) {
            *found = network.component_at(NodeId::new(place));
        }
    }
    // A vertex that is gone has none.
    component.retain(|_, component| *component != u32::MAX);
    component
}

fn exact(at: Position) -> [u64; 2] {
    [at.lon(), at.lat()].map(f64::to_bits)
}

#[cfg(test)]
#[path = "torn_tests.rs"]
mod tests;

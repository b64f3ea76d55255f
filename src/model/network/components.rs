//! Which vertices hang together.

use petgraph::unionfind::UnionFind;

use super::Edge;

/// The component of each vertex, numbered in order of first vertex, and each component's size.
pub(super) fn components(nodes: usize, edges: &[Edge]) -> (Vec<u32>, Vec<u32>) {
    let mut sets = UnionFind::<u32>::new(nodes);
    for edge in edges {
        sets.union(index32(edge.from.index()), index32(edge.to.index()));
    }
    let mut number = vec![u32::MAX; nodes];
    let mut sizes = Vec::new();
    let mut component = Vec::with_capacity(nodes);
    for root in sets.into_labeling() {
        let slot = &mut number[root as usize];
        // The first vertex of a component gives it the next number.
        if *slot == u32::MAX {
            *slot = index32(sizes.len());
            sizes.push(0);
        }
        sizes[*slot as usize] += 1;
        component.push(*slot);
    }
    (component, sizes)
}

fn index32(place: usize) -> u32 {
    u32::try_from(place).expect("at most 2,000,000,000 vertices, checked in Network::new")
}

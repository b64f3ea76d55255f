//! Whether the streets of a cell are an island, cut off from the rest of the network.

use std::cmp::Reverse;

use crate::ids::{CellId, EdgeId, SiteId};
use crate::model::{Islands, Network};
use crate::snap::{Linkage, Snap, TornIsland, metres_apart};

/// The streets that a cell hangs on, where nothing leads from them to the rest of the network.
///
/// ```
/// use walkshed::assess::explain;
/// use walkshed::{Options, draw, ids::CellId};
/// let study = draw::town("A-s-----B\n\n\n\n\n\n\n  C-a-D", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// let island = why.island.unwrap();
/// assert_eq!((island.vertices, island.sites, island.nearest_m.map(f64::round)), (2, 0, Some(700.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Island {
    /// How many vertices it has.
    pub vertices: u32,
    /// The length of its streets, in metres.
    pub metres: f64,
    /// How many sites hang on it.
    pub sites: usize,
    /// How many vertices the rest has: the largest other part of the network or, where this is the
    /// largest, the one with the most sites.
    pub rest_vertices: u32,
    /// The straight-line metres between it and the rest; none where the rest has no street.
    pub nearest_m: Option<f64>,
    /// Whether the point hangs on a larger part instead ([`Islands::Avoid`](crate::model::Islands)).
    pub left: bool,
}

/// The island that a cell hangs on or has left; none where it has to do with none, or is stranded.
///
/// An island is a part of the network, not its largest, that is small or has no site; or the largest,
/// when all sites are elsewhere. O(E log E) on an island, else O(S + components).
pub(super) fn island(links: &Linkage, cell: CellId) -> Option<Island> {
    let torn = links.torn();
    let left = torn.left_by(cell);
    left.map(|island| of_left(links, island))
        .or_else(|| of_snap(links, links.cell(cell)?))
}

/// The same of a site.
pub(in crate::assess) fn island_of_site(links: &Linkage, site: SiteId) -> Option<Island> {
    let mut islands = links.torn().islands.iter();
    let left = islands.find(|island| island.left.sites.contains(&site));
    left.map(|island| of_left(links, island))
        .or_else(|| of_snap(links, links.site(site)))
}

/// An island that a point has left.
fn of_left(links: &Linkage, island: &TornIsland) -> Island {
    let sizes = links.study().network().component_sizes();
    Island {
        vertices: island.vertices,
        metres: island.metres,
        sites: island.hung.sites.len(),
        rest_vertices: sizes.iter().max().copied().unwrap_or_default(),
        nearest_m: island.apart.map(|apart| apart.metres),
        left: true,
    }
}

/// The island on which a point hangs, with the part that it is cut off from; none where it hangs
/// on no island.
fn of_snap(links: &Linkage, snap: Snap) -> Option<Island> {
    let edge = snap.edge()?;
    let network = links.study().network();
    let own = network.component(edge);
    let sites = sites_by_component(links, network);
    let rest = rest_of(network, own, &sites)?;
    Some(Island {
        vertices: network.component_sizes()[own as usize],
        metres: metres_of(network, own),
        sites: sites[own as usize],
        rest_vertices: network.component_sizes()[rest as usize],
        nearest_m: metres_apart(network, [own, rest]),
        left: false,
    })
}

/// What a component is cut off from; none when it is no island.
fn rest_of(network: &Network, own: u32, sites: &[usize]) -> Option<u32> {
    let sizes = network.component_sizes();
    let is_empty = sites[own as usize] == 0;
    // Of equal ones the first.
    let largest = first_most(sizes)?;
    if own != largest {
        let is_small = Islands::is_small(sizes[own as usize]);
        return (is_small || is_empty).then_some(largest);
    }
    let fullest = first_most(sites)?;
    (is_empty && sites[fullest as usize] > 0).then_some(fullest)
}

/// The place of the largest number, the first of equal ones.
fn first_most<T: Ord + Copy>(numbers: &[T]) -> Option<u32> {
    let places = numbers.iter().enumerate();
    let (place, _) = places.max_by_key(|&(place, number)| (*number, Reverse(place)))?;
    u32::try_from(place).ok()
}

/// How many sites hang on each component.
fn sites_by_component(links: &Linkage, network: &Network) -> Vec<usize> {
    let mut sites = vec![0; network.component_sizes().len()];
    for site in (0..links.study().sites().len()).map(SiteId::new) {
        if let Some(edge) = links.site(site).edge() {
            sites[network.component(edge) as usize] += 1;
        }
    }
    sites
}

fn metres_of(network: &Network, component: u32) -> f64 {
    let edges = (0..network.edges().len()).map(EdgeId::new);
    edges
        .filter(|&edge| network.component(edge) == component)
        .filter(|&edge| network.traits_of(edge).link.is_none())
        .map(|edge| network.edge(edge).metres)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::snap::link;

    /// The island of cell a.
    fn of(drawing: &str, sites: &str) -> Option<Island> {
        let study = draw::town(drawing, 100.0, sites);
        island(&link(&study), CellId::new(0))
    }

    #[test]
    fn streets_that_nothing_leads_away_from_are_an_island() {
        let island = of("A-a-B   C----s--D", "s").expect("an island");
        assert_eq!((island.vertices, island.sites), (2, 0), "{island:?}");
        assert_eq!(
            (island.metres.round(), island.nearest_m.map(f64::round)),
            (400.0, Some(400.0))
        );
    }

    #[test]
    fn the_largest_part_is_none_unless_all_sites_are_elsewhere() {
        assert_eq!(of("A-a-B-s", "s"), None);
        assert_eq!(of("A-a-B   C----D", ""), None);
        let island = of("A-a-B-C-D   E--s--F", "s").expect("cut off from s");
        assert_eq!(
            (island.sites, island.nearest_m.map(f64::round)),
            (0, Some(400.0))
        );
    }

    #[test]
    fn a_small_part_with_a_site_is_one() {
        let island = of("A-a-s-B   C-D-E-F-t-G", "st").expect("an island");
        assert_eq!(island.sites, 1);
    }
}

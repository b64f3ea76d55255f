//! Places where a site could open.

use std::collections::BTreeMap;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::ids::UnitId;
use crate::model::{Network, Study};
use crate::plane::Position;

/// A place where a site could open.
///
/// ```
/// use walkshed::proposal::{Place, PlaceStatus, at_cells};
/// let town = walkshed::draw::town("A-a--s-b-B", 100.0, "s");
/// let mut places = at_cells(&town);
/// // The second costs more, and must open.
/// places[1] = Place { cost: 3, status: PlaceStatus::Forced, ..places[1].clone() };
/// assert_eq!(places.iter().map(|place| place.cost).sum::<u64>(), 1 + 3);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The id that a site there gets, which no site of the study has.
    pub id: String,
    /// Where it is.
    pub at: Position,
    /// The unit that it lies in: a site serves its own unit with what is for that alone.
    pub unit: Option<UnitId>,
    /// What opening there costs.
    pub cost: u64,
    /// Whether a site must open there, or must not.
    pub status: PlaceStatus,
}

/// Whether a site must open at a place.
///
/// ```
/// use walkshed::proposal::{PlaceStatus, at_cells};
/// let town = walkshed::draw::town("A-a--s-b-B", 100.0, "s");
/// assert!(at_cells(&town).iter().all(|place| place.status == PlaceStatus::Candidate));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaceStatus {
    /// It may.
    #[default]
    Candidate,
    /// It must.
    Forced,
    /// It must not.
    Forbidden,
}

/// A place at every cell that stands somewhere, each at a cost of 1. O(cells).
///
/// ```
/// use walkshed::proposal::at_cells;
/// let town = walkshed::draw::town("A-a--s-b-B", 100.0, "s");
/// let places = at_cells(&town);
/// assert_eq!((places.len(), Some(places[1].at)), (2, town.cells().as_slice()[1].at));
/// ```
#[must_use]
pub fn at_cells(study: &Study) -> Vec<Place> {
    let cells = study.cells().iter();
    cells
        .filter_map(|(_, cell)| {
            Some(Place {
                id: new_id(study, &cell.id),
                at: cell.at?,
                unit: cell.unit,
                cost: 1,
                status: PlaceStatus::Candidate,
            })
        })
        .collect()
}

/// Places at street junctions, no two of them nearer than a spacing, each at a cost of 1 and in the unit of
/// the nearest cell.
///
/// A junction is where three pieces of street or more meet; of those too near to each other the first in the
/// network stays. O(vertices · log vertices).
///
/// ```
/// use walkshed::proposal::at_junctions;
/// // Three streets meet at B alone.
/// let town = walkshed::draw::town("A-a--B--C\n     |\n     D", 100.0, "");
/// assert_eq!(at_junctions(&town, 100.0).len(), 1);
/// ```
#[must_use]
pub fn at_junctions(study: &Study, spacing_m: f64) -> Vec<Place> {
    let mut taken: RTree<[f64; 2]> = RTree::new();
    let units = units_by_place(study);
    let mut places = Vec::new();
    for (number, at) in junctions(study.network()) {
        let point = at.on_plane();
        // Metres on the plane are stretched by the place's scale.
        let apart = spacing_m * at.scale();
        if taken
            .nearest_neighbor_iter_with_distance_2(point)
            .next()
            .is_some_and(|(_, far)| far < apart * apart)
        {
            continue;
        }
        taken.insert(point);
        places.push(Place {
            id: new_id(study, &format!("junction-{number}")),
            at,
            unit: units.nearest_neighbor(point).and_then(|cell| cell.data),
            cost: 1,
            status: PlaceStatus::Candidate,
        });
    }
    places
}

/// The unit of the nearest cell by air, for a place of which nothing is told.
///
/// ```
/// use walkshed::proposal::unit_at;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let at = town.cells().as_slice()[0].at.unwrap();
/// assert_eq!(unit_at(&town, at), None, "a drawn town has no units");
/// ```
#[must_use]
pub fn unit_at(study: &Study, at: Position) -> Option<UnitId> {
    units_by_place(study)
        .nearest_neighbor(at.on_plane())
        .and_then(|cell| cell.data)
}

type UnitTree = RTree<GeomWithData<[f64; 2], Option<UnitId>>>;

fn units_by_place(study: &Study) -> UnitTree {
    let cells = study.cells().iter();
    let placed = cells.filter_map(|(_, cell)| {
        let at = cell.at?;
        Some(GeomWithData::new(at.on_plane(), cell.unit))
    });
    RTree::bulk_load(placed.collect())
}

/// The vertices at which three pieces or more end, in order.
fn junctions(network: &Network) -> impl Iterator<Item = (usize, Position)> + '_ {
    let mut ends: BTreeMap<usize, u32> = BTreeMap::new();
    for edge in network.edges() {
        for end in [edge.from, edge.to] {
            *ends.entry(end.index()).or_default() += 1;
        }
    }
    let many = ends.into_iter().filter(|(_, count)| *count >= 3);
    many.map(|(node, _)| (node, network.nodes()[node]))
}

/// An id for a new site that no site of the study has.
///
/// ```
/// use walkshed::proposal::new_id;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// assert_eq!(new_id(&town, "market"), "new-market");
/// ```
#[must_use]
pub fn new_id(study: &Study, name: &str) -> String {
    let mut id = format!("new-{name}");
    while study.sites().find(&id).is_some() {
        id.push('+');
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;

    /// Two crossings 300 m apart, and a bend that is none.
    const TOWN: &str = "
            D  F
            |  |
        A---B--C-a-G
            |
            E---H
        ";

    #[test]
    fn junctions_are_where_three_pieces_meet() {
        let town = draw::town(TOWN, 100.0, "");
        let near = at_junctions(&town, 100.0);
        assert_eq!(near.len(), 2);
        let apart = near[0].at.distance(near[1].at);
        assert!((apart - 300.0).abs() < 1.0, "{apart}");
        // At exactly the spacing both stay, and beyond it the first alone.
        assert_eq!(at_junctions(&town, apart - 1.0).len(), 2);
        let far = at_junctions(&town, apart + 1.0);
        assert_eq!(far, near[..1]);
    }

    #[test]
    fn ids_of_places_are_those_of_no_site() {
        let town = draw::town("A--a--s-B", 100.0, "s");
        let ids = |study: &Study| -> Vec<String> {
            at_cells(study).into_iter().map(|place| place.id).collect()
        };
        assert_eq!(ids(&town), ["new-a"]);
        let taken = town.with(|parts| {
            let sites = std::mem::take(&mut parts.sites);
            let named = sites.iter().map(|(_, site)| crate::model::Site {
                id: "new-a".to_owned(),
                ..site.clone()
            });
            parts.sites = named.collect();
        });
        assert_eq!(ids(&taken.expect("a study")), ["new-a+"]);
    }
}

//! One part of a search: its sites, and the streets and cells within their reach.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use crate::search::bounded_dijkstra::{BoundedSearch, Scratch};
use crate::search::cells_on_streets::CellsOnStreets;
use crate::search::contracted::{AccessPoint, ContractedStreets};
use crate::search::sentinel::short;

/// A cell or a site: its number in the study, and where it hangs.
pub(super) type Placed = (u32, AccessPoint);

/// A cell, a site within its reach, and the walk from the one to the other in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// The cell's number in the study.
    pub(crate) cell: u32,
    /// The walk.
    pub(crate) ticks: u32,
    /// The site's number in the study.
    pub(crate) site: u32,
}

impl Pair {
    /// Before all others.
    pub(crate) const ZERO: Self = Self {
        cell: 0,
        ticks: 0,
        site: 0,
    };
}

/// One part of a search.
pub(crate) struct Tile {
    pub(super) budget: u32,
    pub(super) streets: ContractedStreets,
    pub(super) cells: Vec<Placed>,
    pub(super) sites: Vec<Placed>,
}

/// A tile as plain numbers: what is sent to another machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TileNumbers {
    /// In ticks.
    pub(crate) budget: u32,
    /// How many there are.
    pub(crate) junctions: u32,
    /// The ends of each street, its ticks forth and back, and the number of its dead end.
    pub(crate) streets: Vec<[u32; 5]>,
    /// Where dead ends hang on other streets.
    pub(crate) dead_ends: Vec<[u32; 6]>,
    /// Each cell's number in the study, and where it hangs.
    pub(crate) cells: Vec<[u32; 9]>,
    /// Each site's number in the study, and where it hangs.
    pub(crate) sites: Vec<[u32; 9]>,
}

impl Tile {
    /// The tile as numbers. O(its size).
    pub(crate) fn numbers(&self) -> TileNumbers {
        TileNumbers {
            budget: self.budget,
            junctions: self.streets.junctions,
            streets: self.streets.numbers(),
            dead_ends: self.streets.dead_ends().collect(),
            cells: self.cells.iter().map(placed_numbers).collect(),
            sites: self.sites.iter().map(placed_numbers).collect(),
        }
    }

    /// The tile that is these numbers; none where one of them leads nowhere. O(its size).
    pub(crate) fn of_numbers(numbers: &TileNumbers) -> Option<Self> {
        let TileNumbers {
            budget,
            junctions,
            streets,
            dead_ends,
            cells,
            sites,
        } = numbers;
        let streets = ContractedStreets::of_numbers(*junctions, streets, dead_ends)?;
        let placed = |list: &[[u32; 9]]| -> Option<Vec<Placed>> {
            list.iter()
                .map(|numbers| {
                    let (id, point) = of_placed_numbers(*numbers);
                    // A search looks streets up by these numbers and asks no more.
                    let hangs = (point.street as usize) < streets.streets.len();
                    hangs.then_some((id, point))
                })
                .collect()
        };
        Some(Self {
            budget: *budget,
            cells: placed(cells)?,
            sites: placed(sites)?,
            streets,
        })
    }

    /// Every cell with every site of the tile within the budget, by cell, then by walk, then by site;
    /// none when there are more than so many.
    ///
    /// In parallel over the sites. The result does not depend on the number of threads.
    pub(crate) fn pairs(&self, most: u64) -> Option<Vec<Pair>> {
        let points: Vec<Option<AccessPoint>> =
            self.cells.iter().map(|&(_, point)| Some(point)).collect();
        let on_streets = CellsOnStreets::new(&self.streets, &points);
        let search = BoundedSearch {
            streets: &self.streets,
            cells: &on_streets,
            budget: self.budget,
        };
        // Counted while it runs, so that a tile with too many pairs ends before it fills the memory.
        let found = AtomicU64::new(0);
        let by_site: Option<Vec<Vec<Pair>>> = self
            .sites
            .par_iter()
            .map_init(
                || Scratch::new(&self.streets),
                |scratch, site| {
                    if found.load(Relaxed) > most {
                        return None;
                    }
                    let pairs = self.pairs_of(search, scratch, site);
                    let count = pairs.len() as u64;
                    let so_far = found.fetch_add(count, Relaxed) + count;
                    (so_far <= most).then_some(pairs)
                },
            )
            .collect();
        let mut pairs: Vec<Pair> = by_site?.into_iter().flatten().collect();
        pairs.par_sort_unstable();
        Some(pairs)
    }

    fn pairs_of(
        &self,
        search: BoundedSearch<'_>,
        scratch: &mut Scratch,
        (site, point): &Placed,
    ) -> Vec<Pair> {
        scratch.clear();
        scratch.cells_within(search, point);
        let found = scratch.found.list().iter().map(|found| {
            // From the slot to the tile's own number, and from that to the study's.
            let place = search.cells.cells[found.slot as usize];
            let (cell, _) = self.cells[place as usize];
            Pair {
                cell,
                ticks: found.ticks,
                site: *site,
            }
        });
        found.collect()
    }
}

fn placed_numbers((id, point): &Placed) -> [u32; 9] {
    let [street, rank, out, into, a, b, c, d] = point.numbers();
    [*id, street, rank, out, into, a, b, c, d]
}

fn of_placed_numbers([id, point @ ..]: [u32; 9]) -> Placed {
    (id, AccessPoint::of_numbers(point))
}

/// Numbers as the tables keep them.
pub(super) fn numbered<T>(list: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (0..short(list.len())).zip(list)
}

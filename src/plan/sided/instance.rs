//! An instance with its side conditions.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::matrix::Matrix;
use crate::plan::question::{Checked, Role};
use crate::plan::sides::Counted;
use crate::search::Csr;

/// What is wanted of the plans that hold the conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// Most weight covered.
    Most,
    /// The least price.
    Cheapest,
}

/// Clients and candidates, with the conditions.
#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) aim: Aim,
    /// By client.
    pub(super) weight: Vec<u64>,
    pub(super) units: Csr<u32>,
    /// By client the candidates that have it within the limit, and by candidate its clients.
    pub(super) rows: Csr<u32>,
    pub(super) columns: Csr<u32>,
    /// So many open candidates cover a client.
    pub(super) times: u32,
    /// By unit.
    pub(super) needs: Vec<u64>,
    /// By candidate; empty: any.
    pub(super) capacities: Vec<u64>,
    /// By group how much may open, and by candidate its groups with how much it takes there.
    pub(super) most: Vec<u64>,
    pub(super) groups: Csr<(u32, u64)>,
    /// By candidate what counts against a cheapest plan, and how much room it takes.
    pub(super) price: Vec<u64>,
    pub(super) size: Vec<u64>,
    pub(super) room: u64,
    /// By candidate what may be done with it.
    pub(super) roles: Vec<Role>,
}

/// What makes clients equal: their units, and the candidates that have them within the limit, each in order.
type Key = (Vec<u32>, Vec<u32>);

/// None for one whom too few candidates cover.
fn key(matrix: &Matrix, checked: &Checked<'_>, (limit, client): (u32, u32)) -> Option<Key> {
    let sides = &checked.terms.sides;
    let near = matrix.within(client, limit).iter();
    let usable = near.map(|way| way.candidate);
    let mut row: Vec<u32> = usable
        .filter(|&one| checked.role(one) != Role::Forbidden)
        .collect();
    row.sort_unstable();
    let mut units = sides.units(client).to_vec();
    units.sort_unstable();
    units.dedup();
    (row.len() >= sides.times as usize).then_some((units, row))
}

/// The clients that are not served wholly when of each kind of equal ones so much is, the first of them first; those
/// whom too few candidates cover among them.
pub(super) fn left_over(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
    served: &[u64],
) -> Vec<u32> {
    let keys: Vec<(u32, Option<Key>)> = matrix
        .asking()
        .map(|client| (client, key(matrix, checked, (limit, client))))
        .collect();
    let kinds: BTreeSet<&Key> = keys.iter().filter_map(|(_, key)| key.as_ref()).collect();
    // In the order of an instance's clients.
    let mut left: BTreeMap<&Key, u64> = kinds.into_iter().zip(served.iter().copied()).collect();
    let mut over = Vec::new();
    for (client, key) in &keys {
        let left = key.as_ref().and_then(|key| left.get_mut(key));
        let weight = matrix.weight(*client);
        match left {
            Some(left) if *left >= weight => *left -= weight,
            _ => over.push(*client),
        }
    }
    over
}

impl Instance {
    /// Equal clients of a unit are one; those whom too few candidates cover are left out. O(pairs · log).
    pub(super) fn new(
        matrix: &Matrix,
        checked: &Checked<'_>,
        limit: u32,
        (aim, prices): (Aim, Vec<u64>),
    ) -> Self {
        let sides = &checked.terms.sides;
        let mut merged: BTreeMap<Key, u64> = BTreeMap::new();
        for client in matrix.asking() {
            if let Some(key) = key(matrix, checked, (limit, client)) {
                *merged.entry(key).or_default() += matrix.weight(client);
            }
        }
        let numbered = || (0_u32..).zip(merged.keys());
        let pairs =
            numbered().flat_map(|(client, (_, row))| row.iter().map(move |&one| (client, one)));
        let turned = pairs.clone().map(|(client, candidate)| (candidate, client));
        let count = matrix.candidates();
        let size = (0_u32..).take(count).map(|one| checked.size(one)).collect();
        let lived = numbered()
            .flat_map(|(client, (units, _))| units.iter().map(move |&unit| (client, unit)));
        let units = merged.keys().flat_map(|(units, _)| units);
        let units = units.map(|unit| *unit as usize + 1).max();
        let mut needs = sides.needs.clone();
        needs.resize(needs.len().max(units.unwrap_or(0)), 0);
        let grouped = (0_u32..).zip(&sides.groups);
        let groups = grouped.flat_map(|(number, group)| {
            let counted = group.candidates.iter().copied();
            let counted = counted.filter(|&one| checked.role(one) != Role::Kept);
            counted.map(move |one| {
                let takes = match group.counted {
                    Counted::Sites => 1,
                    Counted::Costs => checked.terms.cost(one),
                };
                (one, (number, takes))
            })
        });
        let mut groups: Vec<(u32, (u32, u64))> = groups.collect();
        groups.sort_unstable();
        // One that a group names twice counts once.
        groups.dedup();
        Self {
            aim,
            rows: Csr::new(merged.len(), pairs),
            columns: Csr::new(count, turned),
            times: sides.times,
            needs,
            capacities: sides.capacities.clone(),
            most: sides.groups.iter().map(|group| group.most).collect(),
            groups: Csr::new(count, groups.into_iter()),
            price: prices,
            size,
            room: if aim == Aim::Most {
                checked.room()
            } else {
                u64::MAX >> 8
            },
            roles: checked.roles.clone(),
            units: Csr::new(merged.len(), lived),
            weight: merged.values().copied().collect(),
        }
    }

    /// The same when all clients live in one unit, which needs so much.
    pub(super) fn needing(mut self, need: u64) -> Self {
        let all = 0..u32::try_from(self.clients()).unwrap_or(u32::MAX);
        self.units = Csr::new(self.clients(), all.map(|client| (client, 0)));
        self.needs = vec![need];
        self
    }

    pub(super) fn clients(&self) -> usize {
        self.weight.len()
    }

    pub(super) fn candidates(&self) -> usize {
        self.size.len()
    }

    /// The candidates by their numbers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.candidates())
    }

    /// The largest need: no plan that holds it covers less.
    pub(super) fn needed(&self) -> u64 {
        self.needs.iter().copied().max().unwrap_or(0)
    }

    /// The units of a client.
    pub(super) fn units_of(&self, client: usize) -> &[u32] {
        self.units.row(u32::try_from(client).unwrap_or(u32::MAX))
    }
}

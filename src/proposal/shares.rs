//! The share that each unit is to have, on a matrix.

use super::asked::Asked;
use super::instance::Instance;
use crate::ids::UnitId;
use crate::model::Study;
use crate::units::Share;

/// The units of an instance.
pub(super) struct Shares {
    /// None: the cells that lie in no unit.
    units: Vec<Option<UnitId>>,
    /// By client its units, by their place.
    pub(super) of_clients: Vec<Vec<u32>>,
    /// By unit its people, in millionths, and how many of these a weight is.
    people: Vec<u128>,
    unit: u64,
}

impl Shares {
    pub(super) fn of(study: &Study, asked: Asked<'_>, instance: &Instance) -> Self {
        let units = asked.units(study);
        let place = |unit: Option<UnitId>| {
            let place = units.iter().position(|&one| one == unit)?;
            u32::try_from(place).ok()
        };
        let (unit, _) = instance.units();
        let mut people = vec![0_u128; units.len()];
        let mut of_clients = Vec::with_capacity(instance.cells.len());
        for (client, &cell) in (0_u32..).zip(&instance.cells) {
            let lived: Vec<u32> = match study.cells()[cell].unit {
                Some(own) => study
                    .units()
                    .upward(own)
                    .filter_map(|one| place(Some(one)))
                    .collect(),
                None => place(None).into_iter().collect(),
            };
            let weight = instance.matrix.weight(client);
            for &lived in &lived {
                people[lived as usize] += u128::from(weight) * u128::from(unit);
            }
            of_clients.push(lived);
        }
        Self {
            units,
            of_clients,
            people,
            unit,
        }
    }

    /// Whether no unit is to have any.
    pub(super) fn are_none(&self) -> bool {
        self.units.is_empty()
    }

    /// What each unit needs covered for a share, as weights; as a phase is judged.
    pub(super) fn needs(&self, share: f64) -> Vec<u64> {
        let people = self.people.iter();
        let needs = people.map(|&people| {
            let part = Share::least_part(people, share);
            u64::try_from(part.div_ceil(u128::from(self.unit))).unwrap_or(u64::MAX)
        });
        needs.collect()
    }

    /// How a person reads the unit at a place.
    pub(super) fn name(&self, study: &Study, place: usize) -> String {
        let unit = self.units.get(place).copied().flatten();
        unit.map_or_else(String::new, |unit| study.units()[unit].name.clone())
    }

    /// So much weight as a part of a unit's people, in per cent.
    pub(super) fn percent(&self, place: usize, weight: u64) -> String {
        let part = u128::from(weight) * u128::from(self.unit);
        Share::of(part, self.people[place]).to_string()
    }
}

//! Who is there for an indicator to count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::catalogue::Catalogue;
use super::departments::Departments;
use super::indicator::{Indicator, IndicatorOf, MemberValue};
use super::properties::Properties;
use super::sites::Sites;
use super::units::Units;
use crate::ids::UnitId;

/// All that an indicator may count.
#[derive(Clone, Copy)]
pub(crate) struct Population<'a> {
    pub sites: &'a Sites,
    pub units: &'a Units,
    pub catalogue: &'a Catalogue,
    pub departments: &'a Departments,
    /// The target's date.
    pub day: Option<NaiveDate>,
}

/// One that an indicator counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counted<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// The unit of a site, or the unit itself.
    pub unit: Option<UnitId>,
    pub value: MemberValue,
}

impl<'a> Population<'a> {
    /// Those that an indicator counts, in the order of their ids; a ratio leaves out those with
    /// nothing out of nothing. O(sites × depth of units), O(items), or O(departments × items).
    pub(crate) fn counted(&self, indicator: &Indicator) -> Vec<Counted<'a>> {
        let mut counted = match &indicator.of {
            IndicatorOf::Sites { .. } => self.sites(indicator),
            IndicatorOf::Items(items) => {
                let items = items.iter().map(|&item| &self.catalogue[item]);
                let named = items.map(|item| ([&*item.id, &*item.name], &item.properties));
                named
                    .map(|(names, has)| self.one(indicator, names, None, has))
                    .collect()
            }
            IndicatorOf::Departments => self.departments(indicator),
            IndicatorOf::Units { .. } => self.units(indicator),
        };
        // A ratio of nothing to nothing is neither 0 nor 1.
        counted.retain(|one| !one.value.is_nothing());
        counted
    }

    fn one(
        &self,
        indicator: &Indicator,
        [id, name]: [&'a str; 2],
        unit: Option<UnitId>,
        properties: &Properties,
    ) -> Counted<'a> {
        Counted {
            id,
            name,
            unit,
            value: indicator.value_of(properties, self.day),
        }
    }

    fn sites(&self, indicator: &Indicator) -> Vec<Counted<'a>> {
        let mut counted = Vec::new();
        for (_, site) in self.sites.iter() {
            if indicator.counts_site(site, self.units, self.day) {
                let names = [&*site.id, &*site.name];
                counted.push(self.one(indicator, names, site.unit, &site.properties));
            }
        }
        counted
    }

    fn units(&self, indicator: &Indicator) -> Vec<Counted<'a>> {
        let mut counted = Vec::new();
        for (id, unit) in self.units.iter() {
            if indicator.counts_unit(id, self.units) {
                let names = [&*unit.id, &*unit.name];
                counted.push(self.one(indicator, names, Some(id), &unit.properties));
            }
        }
        counted
    }

    /// The departments of the table, and those that items name beside them, of which nothing is known.
    fn departments(&self, indicator: &Indicator) -> Vec<Counted<'a>> {
        let unknown = Properties::default();
        let mut all: BTreeMap<&'a str, Counted<'a>> = BTreeMap::new();
        for name in self.departments_missing() {
            all.insert(name, self.one(indicator, [name, name], None, &unknown));
        }
        // What the table says counts, whatever items say beside it.
        for entry in self.departments.iter() {
            let names = [&*entry.id, &*entry.name];
            all.insert(
                &entry.id,
                self.one(indicator, names, None, &entry.properties),
            );
        }
        all.into_values().collect()
    }

    /// The departments that items name and the table lacks, in order, each once.
    pub(crate) fn departments_missing(&self) -> Vec<&'a str> {
        let mut missing: Vec<&str> = self
            .catalogue
            .iter()
            .flat_map(|(_, item)| item.departments())
            .collect();
        missing.retain(|name| self.departments.called(name).is_none());
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

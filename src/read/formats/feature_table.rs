//! From features to a table: the properties' names are its columns, in order of first appearance.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::feature::{About, Feature};
use super::header::{filled, fits};
use super::table::{Record, Table, Value};
use crate::read::error::{BadInput, Place, ReadError};

/// A table that grows by one feature after the other.
#[derive(Default)]
pub(crate) struct FeatureTable {
    table: Table,
    places: HashMap<String, usize>,
    /// The features' own ids, one for each record.
    ids: Vec<Value>,
    /// The good features so far, also those that came after the table grew too large and were let go.
    count: usize,
}

impl FeatureTable {
    /// An empty table of a file.
    pub(crate) fn of(file: &str) -> Self {
        Self {
            table: Table {
                file: file.into(),
                ..Table::default()
            },
            ..Self::default()
        }
    }

    /// How many columns and rows it has.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.table.columns.len(), self.count)
    }

    /// Takes in the next feature, or what is wrong with it.
    pub(crate) fn take(&mut self, place: Place, feature: Result<Feature, BadInput>) {
        let feature = match feature {
            Ok(feature) => feature,
            Err(bad) => return self.table.bad.push(bad),
        };
        self.count += 1;
        // Too large already: only counted from here on, so that the error can say how large.
        if fits(self.table.columns.len(), self.count, "").is_err() {
            return;
        }
        let mut values = Vec::with_capacity(feature.properties.len());
        for (name, value) in feature.properties {
            // Features may have any properties in any order: a new name is a new column.
            let column = self.column(name);
            if values.len() <= column {
                values.resize(column + 1, Value::Empty);
            }
            values[column] = value;
        }
        // Kept aside: whether they become a column shows when all properties are known.
        self.ids.push(feature.id);
        if feature.had_open_ring {
            self.table.open_rings.push(place);
        }
        let flaw = feature
            .flaw
            .map(|flaw| Box::new(flaw.at(&self.table.file, place, None)));
        self.table.records.push(Record {
            place,
            geometry: feature.geometry,
            flaw,
            values,
        });
    }

    fn column(&mut self, name: String) -> usize {
        match self.places.entry(name) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.table.columns.push(new.key().clone());
                *new.insert(self.table.columns.len() - 1)
            }
        }
    }

    /// The whole table, with what the file says of itself.
    ///
    /// The features' own ids become a first column `id` unless some property `id` has a value.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] as [`fits`].
    pub(crate) fn finished(self, about: About) -> Result<Table, ReadError> {
        let mut table = filled(self.table)?;
        table.declared_crs = about.declared_crs;
        table.encoding = about.encoding;
        table.remarks = about.remarks;
        put_ids(&mut table, self.ids);
        Ok(table)
    }
}

/// Puts the features' own ids into the column `id`, unless a property has filled it.
fn put_ids(table: &mut Table, ids: Vec<Value>) {
    if ids.iter().all(|id| *id == Value::Empty) {
        return;
    }
    let Some(own) = table.columns.iter().position(|column| column == "id") else {
        table.columns.insert(0, "id".into());
        for (record, id) in table.records.iter_mut().zip(ids) {
            record.values.reserve_exact(1);
            record.values.insert(0, id);
        }
        return;
    };
    // A property of that name is what the office itself calls its rows.
    if table
        .records
        .iter()
        .all(|record| record.values[own] == Value::Empty)
    {
        for (record, id) in table.records.iter_mut().zip(ids) {
            record.values[own] = id;
        }
    }
}

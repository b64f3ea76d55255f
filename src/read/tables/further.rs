//! The further properties of features: what no rule asks for, handed on to the maps.
//!
//! Of places only features have them. A table of 300,000 rows and twenty columns would double the study, and
//! joins to the results by its ids.

use std::sync::Arc;

use super::columns::find;
use crate::model::{Attribute, Attributes};
use crate::read::error::Place;
use crate::read::formats::table::{Record, Table, Value};

/// The columns of a table that its maps show only as they are.
pub(crate) struct Further {
    names: Arc<[String]>,
    places: Vec<usize>,
}

impl Further {
    /// The columns that features have beside their place and those that the maps show by their
    /// own names already (`shown`).
    pub(crate) fn of(table: &Table, shown: &[&str]) -> Self {
        let first = table.records.first().map(|record| record.place);
        if matches!(first, Some(Place::Feature(_))) {
            Self::beside(table, shown)
        } else {
            Self {
                names: Arc::new([]),
                places: Vec::new(),
            }
        }
    }

    /// The columns of any table beside these and the place.
    pub(crate) fn beside(table: &Table, known: &[&str]) -> Self {
        // Where two columns could be a known one, the reader of that column has said so already.
        let taken: Vec<usize> = known
            .iter()
            .chain(&["lon", "lat"])
            .filter_map(|name| find(table, name).ok().flatten())
            .collect();
        let mut places: Vec<usize> = (0..table.columns.len())
            .filter(|place| !taken.contains(place))
            .collect();
        // By name: in which order the features hold them changes no byte.
        places.sort_by_key(|&place| &table.columns[place]);
        let names = places.iter().map(|&place| table.columns[place].clone());
        Self {
            names: names.collect(),
            places,
        }
    }

    /// Whether there is none.
    pub(crate) fn is_nothing(&self) -> bool {
        self.places.is_empty()
    }

    /// What a record holds in these columns.
    pub(crate) fn take(&self, record: &Record) -> Attributes {
        let values = self.places.iter().map(|&place| &record.values[place]);
        Attributes::new(self.names.clone(), values.map(attribute).collect())
    }

    /// The same, after values of these names.
    pub(crate) fn take_with(
        &self,
        record: &Record,
        names: &[&str],
        mut values: Vec<Attribute>,
    ) -> Attributes {
        if names.is_empty() {
            return self.take(record);
        }
        let first = names.iter().map(|&name| name.to_owned());
        let all = first.chain(self.names.iter().cloned());
        let further = self.places.iter().map(|&place| &record.values[place]);
        values.extend(further.map(attribute));
        Attributes::new(all.collect(), values)
    }
}

fn attribute(value: &Value) -> Attribute {
    match value {
        Value::Empty => Attribute::Empty,
        Value::Bool(flag) => Attribute::Flag(*flag),
        Value::Number(number) => Attribute::Number(*number),
        Value::Text(text) => Attribute::Text(text.as_str().into()),
        Value::List(items) => Attribute::List(items.as_slice().into()),
    }
}

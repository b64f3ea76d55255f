//! The further properties of features: what no rule asks for, handed on to the maps.
//!
//! Only features have them. A table of 300,000 rows and twenty columns would double the study, and
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
        let are_features = matches!(first, Some(Place::Feature(_)));
        // Where two columns could be a known one, the reader of that column has said so already.
        let taken: Vec<usize> = shown
            .iter()
            .chain(&["lon", "lat"])
            .filter_map(|name| find(table, name).ok().flatten())
            .collect();
        let mut places: Vec<usize> = (0..table.columns.len())
            .filter(|place| are_features && !taken.contains(place))
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

//! Properties that indicators count by: has it a helper window, since when is it on the network, how
//! many helpers has it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::decimal::Decimal;

/// The properties of one site, item, unit or department: the columns of its table that hold only yes
/// and no, and those that an indicator asks for, which may hold dates or numbers.
///
/// All rows of a table have the same names and share them.
///
/// ```
/// use walkshed::model::Properties;
/// let has = Properties::of([("network", Some(true)), ("helper", None)]);
/// assert_eq!((has.get("network"), has.get("helper"), has.get("ramp")), (Some(true), None, None));
/// assert!(has.knows("helper") && !has.knows("ramp"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    columns: Arc<[PropertyColumn]>,
    values: Box<[Property]>,
}

/// What a property is called, and what it holds.
///
/// ```
/// use walkshed::model::{Properties, Property, PropertyColumn, PropertyKind};
/// let network = PropertyColumn { name: "network".to_owned(), kind: PropertyKind::YesNo };
/// // All rows of a table share its columns.
/// let columns = [network].into();
/// let rows = [true, false].map(|flag| Properties::new(std::sync::Arc::clone(&columns), vec![Property::Flag(flag)]));
/// assert_eq!(rows.map(|row| row.get("network")), [Some(true), Some(false)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PropertyColumn {
    /// Its name.
    pub name: String,
    /// What it holds. Of one name there may be one property of each kind: 1 may be yes and a number.
    pub kind: PropertyKind,
}

/// What a property holds.
///
/// ```
/// use walkshed::model::{Properties, PropertyKind};
/// let has = Properties::of([("helper", Some(true))]);
/// assert!(has.knows_as("helper", PropertyKind::YesNo) && !has.knows_as("helper", PropertyKind::Number));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyKind {
    /// Yes, no, or the day since when it is so.
    YesNo,
    /// A number.
    Number,
}

/// One value of a property.
///
/// ```
/// use walkshed::model::{Decimal, Property};
/// let day = |year| chrono::NaiveDate::from_ymd_opt(year, 7, 1);
/// let since = Property::Since(day(2023).unwrap());
/// assert_eq!([2022, 2023].map(|year| since.holds_on(day(year))), [Some(false), Some(true)]);
/// assert_eq!(Property::Number(Decimal::whole(2)).number(), Some(Decimal::whole(2)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Property {
    /// It is not known.
    #[default]
    Unknown,
    /// Yes or no.
    Flag(bool),
    /// Yes from this day on.
    Since(NaiveDate),
    /// A number.
    Number(Decimal),
}

impl Property {
    /// Whether it is so on a day; none when it is not known, as that of a day when no day is asked.
    #[must_use]
    pub fn holds_on(self, day: Option<NaiveDate>) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(flag),
            // What comes later is not there yet.
            Self::Since(since) => Some(since <= day?),
            Self::Unknown | Self::Number(_) => None,
        }
    }

    /// The number; none when it is none.
    #[must_use]
    pub const fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Unknown | Self::Flag(_) | Self::Since(_) => None,
        }
    }
}

impl From<Option<bool>> for Property {
    fn from(flag: Option<bool>) -> Self {
        flag.map_or(Self::Unknown, Self::Flag)
    }
}

impl Properties {
    /// These columns, each with one value.
    ///
    /// # Panics
    /// When there is not one value a column: an error in the calling program.
    #[must_use]
    pub fn new(columns: Arc<[PropertyColumn]>, values: Vec<Property>) -> Self {
        assert_eq!(columns.len(), values.len(), "every property has one value");
        Self {
            columns,
            values: values.into(),
        }
    }

    /// These yes/no properties, for a single site or item.
    #[must_use]
    pub fn of<'n>(properties: impl IntoIterator<Item = (&'n str, Option<bool>)>) -> Self {
        let flags = properties.into_iter();
        Self::of_values(flags.map(|(name, flag)| (name, PropertyKind::YesNo, flag.into())))
    }

    /// These properties of any kind, for a single site or item.
    ///
    /// ```
    /// use walkshed::model::{Decimal, Properties, Property, PropertyKind};
    /// let two = Property::Number(Decimal::whole(2));
    /// let has = Properties::of_values([("helpers", PropertyKind::Number, two)]);
    /// assert_eq!((has.number("helpers"), has.get("helpers")), (Some(Decimal::whole(2)), None));
    /// ```
    #[must_use]
    pub fn of_values<'n>(
        properties: impl IntoIterator<Item = (&'n str, PropertyKind, Property)>,
    ) -> Self {
        let mut columns = Vec::new();
        let mut values = Vec::new();
        for (name, kind, value) in properties {
            let name = name.to_owned();
            columns.push(PropertyColumn { name, kind });
            values.push(value);
        }
        Self::new(columns.into(), values)
    }

    /// Yes or no; none when it is not known, is a date, or no table has the property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<bool> {
        self.yes_no(name).holds_on(None)
    }

    /// The yes/no property of this name: yes, no, since when, or not known. O(properties).
    #[must_use]
    pub fn yes_no(&self, name: &str) -> Property {
        self.value(name, PropertyKind::YesNo).unwrap_or_default()
    }

    /// The number of this name; none when it is not known, or no indicator asks for it. O(properties).
    #[must_use]
    pub fn number(&self, name: &str) -> Option<Decimal> {
        self.value(name, PropertyKind::Number)?.number()
    }

    /// Whether the table has this yes/no property, be its value in this row known or not.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.value(name, PropertyKind::YesNo).is_some()
    }

    /// Whether the table has this property of this kind, be its value in this row known or not.
    #[must_use]
    pub fn knows_as(&self, name: &str, kind: PropertyKind) -> bool {
        self.value(name, kind).is_some()
    }

    fn value(&self, name: &str, kind: PropertyKind) -> Option<Property> {
        let mut columns = self.columns.iter();
        let place = columns.position(|column| column.kind == kind && column.name == name)?;
        self.values.get(place).copied()
    }

    /// The names of all properties of a kind, in the order of the table's columns.
    pub fn names(&self, kind: PropertyKind) -> impl Iterator<Item = &str> {
        let of_kind = self
            .columns
            .iter()
            .filter(move |column| column.kind == kind);
        of_kind.map(|column| column.name.as_str())
    }

    /// All yes/no properties, in the order of the table's columns.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<bool>)> {
        self.names(PropertyKind::YesNo)
            .map(|name| (name, self.get(name)))
    }

    /// The same properties, none of them known.
    #[must_use]
    pub fn unknown(&self) -> Self {
        Self {
            columns: Arc::clone(&self.columns),
            values: vec![Property::Unknown; self.values.len()].into(),
        }
    }

    /// The same with this yes/no property, whether it was there or not; none where it is not known.
    #[must_use]
    pub fn with(&self, name: &str, flag: Option<bool>) -> Self {
        let mut columns = self.columns.to_vec();
        let mut values = self.values.to_vec();
        // A number of the same name is another column.
        let is_it =
            |column: &PropertyColumn| column.kind == PropertyKind::YesNo && column.name == name;
        match columns.iter().position(is_it) {
            Some(place) => values[place] = flag.into(),
            None => {
                columns.push(PropertyColumn {
                    name: name.to_owned(),
                    kind: PropertyKind::YesNo,
                });
                values.push(flag.into());
            }
        }
        Self::new(columns.into(), values)
    }
}

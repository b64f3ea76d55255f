//! Yes/no properties of sites and items: has it a helper window, is there an electronic certificate.

use std::sync::Arc;

/// The yes/no properties of one site or item: the columns of its table that hold only yes and no.
///
/// All rows of a table have the same names and share them, so that a row costs a byte a property.
///
/// ```
/// use walkshed::model::Properties;
/// let has = Properties::of([("network", Some(true)), ("helper", None)]);
/// assert_eq!((has.get("network"), has.get("helper"), has.get("ramp")), (Some(true), None, None));
/// assert!(has.knows("helper") && !has.knows("ramp"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    names: Arc<[String]>,
    values: Box<[Option<bool>]>,
}

impl Properties {
    /// These names, each with one value.
    ///
    /// # Panics
    /// When there is not one value a name: an error in the calling program.
    #[must_use]
    pub fn new(names: Arc<[String]>, values: Vec<Option<bool>>) -> Self {
        assert_eq!(names.len(), values.len(), "every property has one value");
        Self {
            names,
            values: values.into(),
        }
    }

    /// These properties, for a single site or item.
    #[must_use]
    pub fn of<'n>(properties: impl IntoIterator<Item = (&'n str, Option<bool>)>) -> Self {
        let (names, values): (Vec<String>, Vec<_>) = properties
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .unzip();
        Self::new(names.into(), values)
    }

    /// The same with another value for this name, which is the last one where it is new.
    #[must_use]
    pub fn with(self, name: &str, value: Option<bool>) -> Self {
        let mut all: Vec<(&str, Option<bool>)> = self.iter().collect();
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => all.push((name, value)),
        }
        Self::of(all)
    }

    /// Yes or no; none when it is not known, or no table has the property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<bool> {
        self.iter().find(|&(known, _)| known == name)?.1
    }

    /// Whether the table has this property, be its value in this row known or not.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// All properties, in the order of the table's columns.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<bool>)> {
        self.names
            .iter()
            .map(String::as_str)
            .zip(self.values.iter().copied())
    }
}

//! What the input tells of a cell or a site beyond what a study asks: handed on to the maps.

use std::sync::Arc;

/// One value that the input holds and no rule asks for.
///
/// ```
/// use walkshed::model::Attribute;
/// let shown = |value: &Attribute| match value {
///     Attribute::Empty => String::new(),
///     Attribute::Flag(flag) => flag.to_string(),
///     Attribute::Number(number) => number.to_string(),
///     Attribute::Text(text) => text.to_string(),
///     Attribute::List(texts) => texts.join("; "),
/// };
/// assert_eq!([Attribute::Number(6.0), Attribute::Text("brick".into())].map(|value| shown(&value)), ["6", "brick"]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Attribute {
    /// No value.
    #[default]
    Empty,
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Box<str>),
    /// A list of texts.
    List(Box<[String]>),
}

/// The attributes of one cell or site: the further properties of its feature.
///
/// All features of a collection have the same names and share them, so that one without further
/// properties costs nothing of its own.
///
/// ```
/// use walkshed::model::{Attribute, Attributes};
/// let told = Attributes::new(["floors".to_owned()].into(), vec![Attribute::Number(6.0)]);
/// assert_eq!(told.get("floors"), Some(&Attribute::Number(6.0)));
/// assert_eq!((told.get("built"), told.names().len()), (None, 1));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes {
    names: Arc<[String]>,
    values: Box<[Attribute]>,
}

impl Attributes {
    /// These names, each with one value; a value too many is left out, a missing one is empty.
    #[must_use]
    pub fn new(names: Arc<[String]>, mut values: Vec<Attribute>) -> Self {
        values.resize(names.len(), Attribute::Empty);
        Self {
            names,
            values: values.into(),
        }
    }

    /// The names; those that were read are in alphabetical order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The value of this name; none where the input has no such property. O(names).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Attribute> {
        let place = self.names.iter().position(|known| known == name)?;
        self.values.get(place)
    }

    /// [`Attributes::get`], in O(1) where the name stands at this place, as it does in all features
    /// of a collection.
    #[must_use]
    pub fn get_at(&self, place: usize, name: &str) -> Option<&Attribute> {
        if self.names.get(place).is_some_and(|known| known == name) {
            self.values.get(place)
        } else {
            self.get(name)
        }
    }

    /// All names that some of these have, in order of first appearance. O(those) where they share
    /// their names.
    pub fn all_names<'a>(all: impl IntoIterator<Item = &'a Self>) -> Vec<&'a str> {
        let mut known: Vec<&str> = Vec::new();
        let mut last: &[String] = &[];
        for attributes in all {
            // Shared names are the same names.
            if std::ptr::eq(last, attributes.names()) {
                continue;
            }
            last = attributes.names();
            for name in last {
                if !known.contains(&name.as_str()) {
                    known.push(name);
                }
            }
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str], values: Vec<Attribute>) -> Attributes {
        Attributes::new(names.iter().map(|&name| name.to_owned()).collect(), values)
    }

    #[test]
    fn values_are_found_by_name_wherever_they_stand() {
        let told = of(&["a", "b"], vec![Attribute::Flag(true)]);
        assert_eq!(told.get_at(0, "a"), Some(&Attribute::Flag(true)));
        assert_eq!(told.get_at(7, "a"), Some(&Attribute::Flag(true)));
        assert_eq!(told.get_at(0, "b"), Some(&Attribute::Empty));
        assert_eq!(told.get_at(0, "c"), None);
    }

    #[test]
    fn all_names_come_in_order_of_first_appearance() {
        let (one, other) = (of(&["z", "a"], vec![]), of(&["a", "b"], vec![]));
        let all = [Attributes::default(), one.clone(), one, other];
        assert_eq!(Attributes::all_names(&all), ["z", "a", "b"]);
    }
}

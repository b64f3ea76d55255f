//! What is known of departments beyond the items that name them: an electronic seal, a liaison.

use super::properties::Properties;

/// A department as its table tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DepartmentEntry {
    /// Its id, unique; items name it by this or by its name.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What an indicator may count by.
    pub properties: Properties,
}

/// The table of departments, in the order of their ids; empty when the study has none.
///
/// ```
/// use walkshed::model::{DepartmentEntry, Departments};
/// let entry = |id: &str, name: &str| DepartmentEntry {
///     id: id.to_owned(),
///     name: name.to_owned(),
///     ..DepartmentEntry::default()
/// };
/// let departments = Departments::sorted(vec![entry("07", "医保局"), entry("03", "公安局")]);
/// assert_eq!(departments.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["03", "07"]);
/// assert_eq!(departments.called("医保局"), departments.called("07"));
/// ```
#[doc(alias = "部门")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Departments(Vec<DepartmentEntry>);

impl Departments {
    /// These departments, in the order of their ids. O(n log n).
    #[must_use]
    pub fn sorted(mut entries: Vec<DepartmentEntry>) -> Self {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Self(entries)
    }

    /// The department of this id, or else the first of this name. O(n).
    #[must_use]
    pub fn called(&self, id_or_name: &str) -> Option<&DepartmentEntry> {
        let by_id = self.0.iter().find(|entry| entry.id == id_or_name);
        by_id.or_else(|| self.0.iter().find(|entry| entry.name == id_or_name))
    }

    /// All of them, in the order of their ids.
    pub fn iter(&self) -> std::slice::Iter<'_, DepartmentEntry> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Departments {
    type Item = &'a DepartmentEntry;
    type IntoIter = std::slice::Iter<'a, DepartmentEntry>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

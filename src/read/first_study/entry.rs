//! What a study file says of one input.

use super::facts::Facts;
use super::look::Look;
use super::role::Role;
use super::toml_text::quoted;

/// An input as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub role: Role,
    pub path: String,
    pub sheet: Option<String>,
    /// Another datum than the study's.
    pub crs: Option<&'static str>,
    /// Our name of a column, and theirs.
    pub columns: Vec<(&'static str, String)>,
    /// Whether its areas are buildings, over which the people of the units are spread.
    pub is_buildings: bool,
}

impl Entry {
    /// A file, or its sheet, in a role.
    pub(super) fn of(look: &Look, role: Role) -> Self {
        let facts = &look.facts;
        let mut columns = Vec::new();
        // Offices head the ids of items as those who refer to them do: 事项编号.
        if role == Role::Items && facts.head_of("id").is_none() {
            let head = facts.head_of("item");
            columns.extend(head.map(|head| ("id", head.to_owned())));
        }
        Self {
            role,
            path: look.file.clone(),
            sheet: look.sheet.clone(),
            crs: None,
            columns,
            is_buildings: role == Role::Cells && are_buildings(facts),
        }
    }

    /// The same, with the columns that look like those which the role needs; none where none does.
    pub(super) fn with_lookalikes(&self, look: &Look) -> Option<Self> {
        // The heads of a matrix are sites and kinds, not columns.
        let is_matrix = self.role == Role::Offers && look.facts.ticked > 0;
        let wanted = wanted(self.role).iter();
        let wanted = wanted.filter(|&&name| !(is_matrix && name == "site"));
        let alike = wanted.filter_map(|&name| {
            let head = look.facts.looks_like(name)?;
            Some((name, head.to_owned()))
        });
        let mut named = self.clone();
        for (name, head) in alike {
            // A column means one thing.
            if named
                .columns
                .iter()
                .all(|(known, theirs)| *known != name && *theirs != head)
            {
                named.columns.push((name, head));
            }
        }
        (named != *self).then_some(named)
    }

    /// The same for each of several heads that mean one column, with that head named.
    pub(super) fn with_each_of(&self, (name, heads): &(&'static str, Vec<String>)) -> Vec<Self> {
        let named = heads.iter().map(|head| {
            let mut entry = self.clone();
            entry.columns.push((*name, head.clone()));
            entry
        });
        named.collect()
    }

    /// Its line of the study file.
    pub(super) fn line(&self) -> String {
        format!("{} = {}", self.role.key(), self.value())
    }

    fn value(&self) -> String {
        let mut parts = vec![format!("path = {}", quoted(&self.path))];
        if let Some(sheet) = &self.sheet {
            parts.push(format!("sheet = {}", quoted(sheet)));
        }
        if let Some(crs) = self.crs {
            parts.push(format!("crs = {}", quoted(crs)));
        }
        if !self.columns.is_empty() {
            let columns: Vec<String> = self
                .columns
                .iter()
                .map(|(name, head)| format!("{name} = {}", quoted(head)))
                .collect();
            parts.push(format!("columns = {{ {} }}", columns.join(", ")));
        }
        if self.is_buildings {
            parts.push("buildings = true".to_owned());
        }
        if parts.len() == 1 {
            return quoted(&self.path);
        }
        format!("{{ {} }}", parts.join(", "))
    }
}

/// Whether areas are buildings of which nobody says who lives there.
fn are_buildings(facts: &Facts) -> bool {
    let has = |name: &str| facts.head_of(name).is_some();
    facts.areas > facts.points && has("building") && !has("population")
}

/// The columns that tell most in a role.
const fn wanted(role: Role) -> &'static [&'static str] {
    match role {
        Role::Sites => &["lon", "lat", "kind", "opening_hours"],
        Role::Cells => &["lon", "lat", "population", "elderly"],
        Role::Units => &["parent"],
        Role::Items => &["high_frequency", "audience"],
        Role::Offers => &["item", "site", "depth"],
        Role::Departments => &["e_seal"],
        Role::Streets | Role::Links | Role::Barriers | Role::Boundary | Role::Elevation => &[],
    }
}

//! How well a table fits each role.

use super::facts::Facts;
use super::role::{BY_NAME, Form, Role, SIGNS, Signs, is_named};

/// How well something fits a role, and by what that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fit {
    pub role: Role,
    pub score: u32,
    pub why: Why,
    /// Whether a word in its name says so, too.
    pub is_named: bool,
}

impl Fit {
    /// Whether it rests on one sign that may mislead.
    pub(super) const fn is_unsure(&self) -> bool {
        matches!(self.why, Why::Name | Why::Pixels { is_sure: false })
    }
}

/// By what a role is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// A map of OpenStreetMap.
    Map,
    /// Its rows are lines.
    Lines,
    /// Its lines are named like water or walls.
    InTheWay,
    /// It is one area.
    OneArea,
    /// It has ticks beneath heads of its own.
    Ticks,
    /// These heads.
    Heads(Vec<String>),
    /// A word in its name alone.
    Name,
    /// The pixels, and how sure they are.
    Pixels { is_sure: bool },
}

/// The roles that a table fits, the best first; those that fit alike in the order of the roles.
pub(super) fn fits(facts: &Facts, name: &str) -> Vec<Fit> {
    let fitting = SIGNS.iter().filter(|signs| may_be(facts, signs));
    let mut fits: Vec<Fit> = fitting
        .filter_map(|signs| fit(facts, signs, name))
        .collect();
    fits.sort_by_key(|fit| (std::cmp::Reverse(fit.score), fit.role));
    fits
}

/// Whether a table has what a role cannot do without.
fn may_be(facts: &Facts, signs: &Signs) -> bool {
    // Rows that stand in a point are no administrative areas.
    let is_point_table = signs.role == Role::Units && facts.is_of(Form::Placed) && facts.areas == 0;
    let is_matrix = signs.role == Role::Offers && facts.ticked > 0;
    let has = |one_of: &&[&str]| one_of.iter().any(|name| facts.head_of(name).is_some());
    facts.rows > 0
        && !is_point_table
        && facts.is_of(signs.form)
        && (is_matrix || signs.needs.iter().all(has))
}

fn fit(facts: &Facts, signs: &Signs, name: &str) -> Option<Fit> {
    let mut score = 0;
    let mut heads = Vec::new();
    for &(column, weight) in signs.marks {
        if let Some(head) = facts.head_of(column) {
            score += weight;
            heads.push(head.to_owned());
        }
    }
    let is_named = is_named(name, signs.names);
    let (by_form, form) = by_form(facts, signs.role, name);
    // Heads say more than the form of the rows, and that more than the file's name.
    let why = match form {
        _ if !heads.is_empty() => Why::Heads(heads),
        Some(why) => why,
        None => Why::Name,
    };
    score += by_form + if is_named { BY_NAME } else { 0 };
    (score > 0).then_some(Fit {
        role: signs.role,
        score,
        why,
        is_named,
    })
}

/// What the rows themselves say for a role, whatever their columns are.
fn by_form(facts: &Facts, role: Role, name: &str) -> (u32, Option<Why>) {
    let are_lines = facts.is_of(Form::Lines);
    let barriers = Role::Barriers.signs();
    let is_barrier = barriers.is_some_and(|signs| is_named(name, signs.names));
    match role {
        // Lines are streets unless something says otherwise.
        Role::Streets => (1, Some(Why::Lines)),
        Role::Barriers if are_lines && facts.in_the_way * 2 > facts.rows => {
            (4, Some(Why::InTheWay))
        }
        // A lake is one area, too.
        Role::Boundary if !is_barrier => (3, Some(Why::OneArea)),
        Role::Offers if facts.ticked > 0 => (2 * BY_NAME, Some(Why::Ticks)),
        _ => (0, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::table::Table;

    fn best(columns: &[&str], name: &str) -> Option<Role> {
        let row: Vec<&str> = columns.iter().map(|_| "1").collect();
        let table = Table::of_texts("a.csv", columns, &[&row]);
        let fits = fits(&Facts::of(&table), name);
        let is_tie = fits.len() > 1 && fits[0].score == fits[1].score;
        fits.first().filter(|_| !is_tie).map(|fit| fit.role)
    }

    #[test]
    fn tables_are_known_by_their_heads() {
        for (columns, role) in [
            (&["编号", "经度", "纬度", "人口"][..], Role::Cells),
            (&["id", "lon", "lat", "kind", "windows"], Role::Sites),
            (&["名称", "办公时间", "经度", "纬度"], Role::Sites),
            (&["id", "name", "parent"], Role::Units),
            (&["编码", "名称", "上级单位"], Role::Units),
            (&["site", "item"], Role::Offers),
            (&["类型", "事项编号", "办理深度"], Role::Offers),
            (&["事项编号", "名称"], Role::Items),
            (&["id", "name", "weight", "audience", "reach"], Role::Items),
            (&["name", "e_seal"], Role::Departments),
            (
                &["from_lon", "from_lat", "to_lon", "to_lat", "minutes"],
                Role::Links,
            ),
            (&["id", "lon", "lat", "parent", "population"], Role::Cells),
        ] {
            assert_eq!(best(columns, "a"), Some(role), "{columns:?}");
        }
    }

    #[test]
    fn nothing_is_guessed_where_nothing_is_known() {
        assert_eq!(best(&["id", "name"], "a"), None);
        assert_eq!(best(&["a", "b"], "cells"), None);
        assert_eq!(best(&["id", "lon", "lat"], "a"), None);
        // The name decides where the heads leave it open.
        assert_eq!(best(&["id", "lon", "lat"], "sites"), Some(Role::Sites));
        assert_eq!(best(&["id", "lon", "lat"], "居民点"), Some(Role::Cells));
        assert_eq!(best(&["id", "name"], "units"), Some(Role::Units));
        // As many signs of one as of the other.
        assert_eq!(best(&["lon", "lat", "elderly", "windows"], "a"), None);
    }
}

//! The columns of all tables, for the documentation.

use std::fmt::Write as _;

use super::assessment::{
    cards, departments, differences, indicators, phases, red_lists, register, trend_line,
};
use super::checked;
use super::column::Columns;
use super::isochrones;
use super::made_cells;
use super::plans;
use super::rules_on::RulesOn;
use super::tables::{
    cells, channels, denominators, findings, groups, item_times, sites, themes, units, week,
};
use super::torn_maps;
use crate::words::Language;

/// The columns of every table that is written, with their Chinese names, as a Markdown table.
///
/// Columns of rules that may be off are in it too.
///
/// ```
/// let table = walkshed::report::column_names();
/// assert!(table.starts_with("| file | column | 中文 |") && table.contains("| units.csv |"));
/// ```
#[must_use]
pub fn column_names() -> String {
    let on = RulesOn::ALL;
    let mut table = "| file | column | 中文 |\n|---|---|---|\n".to_owned();
    put("cells.csv, cells.geojson", &cells::columns(on), &mut table);
    let times = item_times::AllColumns::new();
    put("item_times.csv", &times.cell, &mut table);
    put("item_times.csv", &times.item, &mut table);
    put("item_times.csv", &times.verdict, &mut table);
    put("units.csv", &units::columns(on), &mut table);
    put("sites.geojson", &sites::columns(on), &mut table);
    put("joints.geojson", &torn_maps::joint_columns(), &mut table);
    put("islands.geojson", &torn_maps::island_columns(), &mut table);
    put(
        "isochrones.csv, isochrones.geojson",
        &isochrones::columns(),
        &mut table,
    );
    put("plan.csv", &plans::step_columns(), &mut table);
    put("plan_units.csv", &plans::unit_columns(), &mut table);
    put("frontier.csv", &plans::frontier_columns(), &mut table);
    put("plan_phases.csv", &plans::phase_columns(), &mut table);
    put("pivotal.csv", &plans::pivot_columns(), &mut table);
    put("fairness.csv", &plans::fairness_columns(), &mut table);
    put(
        "cells.csv of `cells`",
        &made_cells::table_columns(&[]),
        &mut table,
    );
    put(
        "sources.csv",
        &made_cells::source_columns(Language::English),
        &mut table,
    );
    put(
        "check.csv",
        &checked::columns(Language::English),
        &mut table,
    );
    put("groups.csv", &groups::columns(), &mut table);
    put("channels.csv", &channels::columns(), &mut table);
    put("themes.csv", &themes::columns(), &mut table);
    put("denominators.csv", &denominators::columns(), &mut table);
    put("week.csv", &week::columns(on), &mut table);
    put(
        "findings.csv",
        &findings::columns(Language::English),
        &mut table,
    );
    put("phases.csv", &phases::columns(), &mut table);
    put("lacking.csv", &phases::lacking_columns(), &mut table);
    put("indicators.csv", &indicators::columns(), &mut table);
    put(
        "indicator_units.csv",
        &indicators::unit_columns(),
        &mut table,
    );
    put(
        "indicator_members.csv",
        &indicators::member_columns(),
        &mut table,
    );
    put("score_cards.csv", &cards::columns(on), &mut table);
    put("departments.csv", &departments::columns(on), &mut table);
    put("red_cells.csv", &red_lists::cell_columns(), &mut table);
    put("red_items.csv", &red_lists::item_columns(), &mut table);
    put("site_items.csv", &register::site_columns(), &mut table);
    put("level_items.csv", &register::level_columns(), &mut table);
    put(
        "delegations.csv",
        &register::delegation_columns(),
        &mut table,
    );
    put(
        "change_units.csv, trend_units.csv",
        &differences::unit_columns(true),
        &mut table,
    );
    put(
        "change_cells.csv, trend_cells.csv",
        &differences::cell_columns(),
        &mut table,
    );
    put(
        "change_groups.csv, trend_groups.csv",
        &differences::group_columns(),
        &mut table,
    );
    put("trend_line.csv", &trend_line::columns(true), &mut table);
    table
}

fn put<R>(files: &str, columns: &Columns<R>, table: &mut String) {
    for column in columns.iter() {
        writeln!(
            table,
            "| {files} | `{}` | {} |",
            column.name, column.chinese
        )
        .expect("a string takes any text");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own_in_its_table_in_both_languages() {
        let table = column_names();
        for place in 1..=2 {
            let mut names: Vec<String> = table
                .lines()
                .skip(2)
                .map(|row| {
                    let fields: Vec<&str> = row.split('|').map(str::trim).collect();
                    format!("{}: {}", fields[1], fields[1 + place])
                })
                .collect();
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "{table}");
        }
    }
}

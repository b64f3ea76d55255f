//! The keys that a study file may have.

use super::calendar::KEYS as TIME_KEYS;
use super::rules;
use crate::read::error::{ReadError, bad};
use crate::read::listed::{alternatives, listed};
use crate::read::tables::columns::nearest;
use crate::words::{Text, text};

const KEYS: [(&str, &[&str]); 5] = [
    (
        "",
        &[
            "name",
            "language",
            "csv_bom",
            "heads",
            "inputs",
            "walk",
            "target",
            "time",
            "group",
            "others",
            "zone",
            "kind",
            "indicator",
            "phase",
            "change",
            "mark",
            "limits",
        ],
    ),
    (
        "inputs",
        &[
            "streets",
            "sites",
            "cells",
            "units",
            "items",
            "offers",
            "departments",
            "barriers",
            "compounds",
            "boundary",
            "elevation",
            "settlements",
            "links",
            "crs",
            "max_rejects",
        ],
    ),
    ("target", &["minutes", "items", "search_minutes", "date"]),
    ("limits", &["memory_mb"]),
    ("time", &TIME_KEYS),
];

/// What is said of any file.
const FILE: &[&str] = &["path", "crs", "columns", "encoding", "layer"];
/// What is said of a table, which may be a workbook.
const SHEETS: &[&str] = &["sheet", "header_row", "sheet_as"];

/// The keys of an input, by its role: those of any file, and some that make sense for it alone.
fn keys_of_input(role: &str) -> [&'static [&'static str]; 3] {
    match role {
        "streets" => [FILE, &["values", "incomplete"], &[]],
        "sites" => [FILE, SHEETS, &["tags"]],
        "cells" => [
            FILE,
            SHEETS,
            &[
                "resample_m",
                "counts",
                "split_m",
                "buildings",
                "most_people",
            ],
        ],
        "units" => [FILE, SHEETS, &["scale_cells"]],
        _ => [FILE, SHEETS, &[]],
    }
}

/// Checks that every key of a study file is known.
///
/// # Errors
/// Names the first one that is not, and the known key that is nearest.
pub(super) fn check(study: &toml::Table, file: &str) -> Result<(), ReadError> {
    check_table(study, "", file)?;
    for (section, value) in study {
        // serde would only say that it expected a list.
        if value.is_table() && rules::SEVERAL.contains(&section.as_str()) {
            return Err(single_brackets(section, file));
        }
        for table in tables_in(value) {
            check_table(table, section, file)?;
        }
    }
    check_inputs(study, file)
}

/// The table, or the tables of a list.
fn tables_in(value: &toml::Value) -> Vec<&toml::Table> {
    let list = value.as_array().into_iter().flatten();
    let listed = list.filter_map(toml::Value::as_table);
    value.as_table().into_iter().chain(listed).collect()
}

/// The error about `[group]` where `[[group]]` is meant.
fn single_brackets(table: &str, file: &str) -> ReadError {
    let expected = text!(SeveralTables, table = table);
    let remedy = text!(DoubleBrackets, table = table);
    bad(file, Some(table.to_owned()), None, expected, remedy).into()
}

/// Checks the tables that say more about one input each.
fn check_inputs(study: &toml::Table, file: &str) -> Result<(), ReadError> {
    let inputs = study.get("inputs").and_then(toml::Value::as_table);
    for (role, entry) in inputs.into_iter().flatten() {
        if let Some(entry) = entry.as_table() {
            let keys = keys_of_input(role).concat();
            let is_own = matches!(role.as_str(), "streets" | "sites" | "cells" | "units");
            let section = if is_own {
                format!("inputs.{role}")
            } else {
                "file".to_owned()
            };
            check_keys(entry, (&section, &keys), file)?;
        }
    }
    Ok(())
}

fn check_table(table: &toml::Table, section: &str, file: &str) -> Result<(), ReadError> {
    check_keys(table, (section, keys_of(section)), file)
}

fn check_keys(
    table: &toml::Table,
    (section, keys): (&str, &[&'static str]),
    file: &str,
) -> Result<(), ReadError> {
    let Some(unknown) = table.keys().find(|key| !keys.contains(&key.as_str())) else {
        return Ok(());
    };
    let expected = if section.is_empty() {
        text!(UnknownKeyAtTop)
    } else {
        text!(UnknownKeyIn, table = section)
    };
    let remedy = near_key(unknown, keys);
    Err(bad(file, None, Some(unknown.clone()), expected, remedy).into())
}

fn keys_of(section: &str) -> &'static [&'static str] {
    KEYS.iter()
        .chain(&rules::KEYS)
        .find(|(name, _)| *name == section)
        .map_or(&[], |(_, keys)| keys)
}

/// The key that is meant: the nearest, else one that begins alike, such as `speed_kmh` for `speed`.
fn near_key(unknown: &str, keys: &[&'static str]) -> Text {
    let begins_alike = |known: &&&str| known.starts_with(unknown) || unknown.starts_with(**known);
    // `speed` is far from `speed_kmh` by letters, but nobody means anything else.
    let near = nearest(unknown, keys).first().copied();
    match near.or_else(|| keys.iter().find(begins_alike).copied()) {
        Some(near) => text!(DidYouMean, names = alternatives([near])),
        None => text!(KnownKeys, keys = listed(keys.iter().copied())),
    }
}

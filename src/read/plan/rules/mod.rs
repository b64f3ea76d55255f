//! The tables of the study file that set rules: who, where, when. One file a table.

pub(crate) mod change;
mod charge;
mod group;
pub(crate) mod indicator;
mod indicator_doubts;
mod kind;
pub(crate) mod mark;
mod measure;
mod mode;
mod others;
pub(crate) mod phase;
pub(crate) mod walk;
pub(crate) mod wrong;
mod zone;

pub(crate) use group::{GroupTable, OthersTable, groups};
pub(crate) use kind::{KindTable, TakesWord, kinds};
pub(crate) use others::CellRows;
pub(crate) use walk::WalkTable;
pub(crate) use wrong::Wrong;
pub(crate) use zone::{Asked, ZoneTable, zones};

/// The keys of each table here.
pub(crate) const KEYS: [(&str, &[&str]); 9] = [
    ("change", change::KEYS),
    ("group", group::KEYS),
    ("indicator", indicator::KEYS),
    ("kind", kind::KEYS),
    ("mark", mark::KEYS),
    ("others", &["name", "audience", "online", "by"]),
    ("phase", phase::KEYS),
    ("walk", walk::KEYS),
    ("zone", zone::KEYS),
];

/// The tables of which there may be several.
pub(crate) const SEVERAL: [&str; 6] = ["change", "group", "indicator", "kind", "phase", "zone"];

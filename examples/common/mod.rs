//! What the examples share: `#[path = "../common/mod.rs"] mod common;`.

#![allow(dead_code, reason = "each example uses its own part")]

pub(crate) mod args;
pub(crate) mod failure;
pub(crate) mod find;
pub(crate) mod load;
pub(crate) mod merged;
pub(crate) mod meter;
pub(crate) mod moment;
pub(crate) mod outcome;
pub(crate) mod patience;
pub(crate) mod proposed;
pub(crate) mod run;
pub(crate) mod said;
pub(crate) mod shard;

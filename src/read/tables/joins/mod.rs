//! How rows of one table find those of another: by id, by a name that only one has, and by a code that
//! a spreadsheet took for a number and cut the zeros off.

mod known;
mod matrix;
mod resolved;
mod unit_path;

pub(crate) use known::{Known, without_zeros};
pub(crate) use matrix::{MatrixNames, unfolded};
pub(crate) use resolved::{of_several, resolve, resolve_each};
pub(crate) use unit_path::{PATH, as_path};

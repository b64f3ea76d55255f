//! The words of offices: how a cell of a table says whom, where, how deep and how far online.
//!
//! Offices write one thing in many ways: with full-width signs, blanks, several words in one cell. All
//! tables and the study file read words here.

mod limits;
mod net;
mod offices;
mod people;
mod steps;
mod word;

pub(crate) use limits::{Limits, limits};
pub(crate) use net::{delivery, online};
pub(crate) use offices::departments;
pub(crate) use people::{audience, reach};
pub(crate) use steps::{is_vague, is_whole, known_steps, steps};
pub(crate) use word::{Unknown, parts};

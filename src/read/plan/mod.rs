//! The study file and the rules of a plan: what is asked of whom, when, and by which day.

mod bare_keys;
pub(crate) mod calendar;
pub(crate) mod hours_hint;
mod input_file;
pub(crate) mod item_choice;
mod keys;
mod language;
pub(crate) mod opening_hours;
pub(crate) mod rules;
pub(crate) mod study_dates;
pub(crate) mod study_file;
mod type_errors;
mod type_names;

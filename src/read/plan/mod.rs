//! The study file and the rules of a plan: what is asked of whom, when, and by which day.

mod bare_keys;
pub(crate) mod calendar;
mod doubtful_clock;
mod heads;
mod hours_counts;
mod hours_doubts;
mod hours_text;
mod input_file;
pub(crate) mod item_choice;
mod keys;
mod language;
pub(crate) mod opening_hours;
mod osm_spacing;
pub(crate) mod rules;
mod spoken_hours;
pub(crate) mod study_dates;
pub(crate) mod study_file;
mod type_errors;
mod type_names;

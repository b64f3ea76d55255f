//! The study file and the rules of a plan: what is asked of whom, when, and by which day.

pub(crate) mod calendar;
pub(crate) mod hours_hint;
pub(crate) mod opening_hours;
pub(crate) mod rules;
pub(crate) mod study_dates;
pub(crate) mod study_file;

//! `plan.json`: what a plan comes to, and how good it is at least.

use serde::Serialize;

use super::sheet::{Asked, Sheet};
use crate::report::number::Number;

/// The whole plan in numbers.
#[derive(Serialize)]
pub(super) struct Json<'p> {
    study: &'p str,
    #[serde(flatten)]
    asked: &'p Asked,
    steps: usize,
    objective: Number,
    bound: Number,
    gap: Number,
    proved: bool,
    method: &'static str,
    nodes: u64,
    people: Number,
    /// The total before and after: people covered, or people × items done.
    total_before: Number,
    total_after: Number,
    cost: u64,
    /// The ids of those whom nothing that was considered serves.
    unserved: &'p [&'p str],
    seconds: Number,
}

impl<'p> Json<'p> {
    pub(super) fn of(sheet: &'p Sheet<'p>, seconds: f64) -> Self {
        Self {
            study: sheet.study.name(),
            asked: &sheet.asked,
            steps: sheet.steps.len(),
            objective: Number::of(sheet.answer.objective),
            bound: Number::of(sheet.answer.bound),
            gap: Number::part(sheet.answer.gap),
            proved: sheet.answer.proved(),
            method: sheet.answer.method(),
            nodes: sheet.answer.nodes,
            people: sheet.people,
            total_before: sheet.before,
            total_after: sheet.after,
            cost: sheet.spent,
            unserved: &sheet.unserved,
            seconds: Number::of((seconds * 1000.0).round() / 1000.0),
        }
    }

    /// As text, with an end of line.
    pub(super) fn text(&self) -> String {
        // Texts and finite numbers: nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

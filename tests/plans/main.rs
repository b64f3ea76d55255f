//! Plans on matrices: against all plans there are, and against published optima.

mod all_plans;
mod case_b;
mod fair;
mod instances;
mod laws;
#[path = "../common/matrices.rs"]
mod matrices;
mod nested;
mod published;
mod sides;

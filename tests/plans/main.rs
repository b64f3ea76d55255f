//! Plans on matrices: against all plans there are, and against published optima.

mod all_plans;
mod case_b;
mod instances;
mod laws;
mod published;
mod sides;

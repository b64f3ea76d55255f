//! What a supervision office asks of a coverage.

mod explain;

pub use explain::{
    Alternative, Considered, Cure, Elsewhere, Explanation, Rule, Standing, StepDone, Usable, WalkTo, explain,
};

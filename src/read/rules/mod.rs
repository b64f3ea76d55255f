//! Tables of the study file that hold rules of the plan, one file a table.

pub(crate) mod indicator;

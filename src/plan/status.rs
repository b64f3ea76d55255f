//! What is settled about a candidate while a search goes on.

/// What is settled about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Free,
    Open,
    Gone,
}

//! A part of all plans: those in which some candidates are open and some are not.

/// What is settled of each candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Open in every plan of the part, in order of being settled.
    pub(super) open: Vec<u32>,
    /// Open in none.
    pub(super) shut: Vec<u32>,
    /// No plan of the part serves more.
    pub(super) bound: u64,
}

impl Part {
    /// All plans in which these must be open, and those must not.
    pub(super) fn of(forced: &[u32], forbidden: &[u32]) -> Self {
        Self {
            open: forced.to_vec(),
            shut: forbidden.to_vec(),
            bound: u64::MAX,
        }
    }

    /// Those of its plans in which this one is open, and those in which it is not.
    pub(super) fn split(self, candidate: u32) -> [Self; 2] {
        let mut with = self.clone();
        with.open.push(candidate);
        let mut without = self;
        without.shut.push(candidate);
        [with, without]
    }
}

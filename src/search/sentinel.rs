//! What stands for nothing in tables of `u32`, where an `Option` would take twice the room.

/// Ticks of a way that there is not, or of one of more than 119 hours.
pub(super) const NO_WAY: u32 = u32::MAX;

/// A number that nothing has.
pub(super) const NO_NUMBER: u32 = u32::MAX;

/// A count or a place as the tables keep it. None of them holds 2³² things.
pub(super) fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NO_NUMBER)
}

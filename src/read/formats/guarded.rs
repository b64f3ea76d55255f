//! Crates that break off at a file which is none: their panics are taken for an answer.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    // A panic hook runs before the panic is caught, and cannot see who will: hence this one note.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is within the decoder of another crate, whose panic becomes an error of the
/// file: a panic hook that blames the program for it would be wrong.
///
/// ```
/// let hook = std::panic::take_hook();
/// std::panic::set_hook(Box::new(move |panic| {
///     if !walkshed::read::is_guarded() {
///         hook(panic);
///     }
/// }));
/// assert!(!walkshed::read::is_guarded());
/// ```
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// What comes of some work; none when it panics. Guards do not nest.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_the_guard_ends_with_it() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert!(!is_guarded());
        assert_eq!(guarded(|| -> u8 { panic!("a crate's own") }), None);
        assert!(!is_guarded());
    }
}

//! What if: `[[change]]` from files to results, and the difference between two runs.

mod bad;
mod datum;
mod earlier;
mod kinds;
mod laws;
mod services;
mod streets;
mod town;

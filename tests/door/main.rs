//! The door of the model: what gets in, and what a change makes of it.

mod study;
mod touched;

//! How a long job tells how far it is. The library itself never prints.
//!
//! ```
//! use std::sync::Mutex;
//! use walkshed::{Options, Progress, Stage, draw};
//!
//! /// Keeps the names of the stages that a run goes through.
//! #[derive(Default)]
//! struct Stages(Mutex<Vec<Stage>>);
//! impl Progress for Stages {
//!     fn start(&self, stage: Stage, _total: u64) { self.0.lock().unwrap().push(stage); }
//!     fn advance(&self, _by: u64) {}
//! }
//!
//! let stages = Stages::default();
//! let study = draw::town("A-a--s-B", 100.0, "s");
//! walkshed::run(&study, &Options { progress: &stages, ..Options::default() }).unwrap();
//! assert_eq!(stages.0.into_inner().unwrap(), [Stage::Snap, Stage::Search, Stage::Score]);
//! ```

/// What a job is doing.
///
/// ```
/// use walkshed::Stage;
/// let unit = |stage: Stage| match stage {
///     Stage::Read => "bytes",
///     Stage::Search => "sites",
///     Stage::Score => "cells",
///     _ => "steps",
/// };
/// assert_eq!([Stage::Read, Stage::Report].map(unit), ["bytes", "steps"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Reading files; counted in bytes.
    Read,
    /// Snapping points to streets; counted in points.
    Snap,
    /// Walking from every site; counted in sites.
    Search,
    /// Judging every cell; counted in cells.
    Score,
    /// Trying what could be done; counted in places or pushes.
    Plan,
    /// Looking for the best plan; not counted, for nobody knows how long it takes.
    Solve,
    /// Drawing isochrones; counted in places.
    Draw,
    /// Writing results; counted in files.
    Report,
}

/// Told by long jobs how far they are, from several threads at once.
///
/// ```
/// struct Dots;
/// impl walkshed::Progress for Dots {
///     fn start(&self, stage: walkshed::Stage, total: u64) { println!("{stage:?}: {total}"); }
///     fn advance(&self, _by: u64) { print!("."); }
/// }
/// ```
pub trait Progress: Sync {
    /// A stage begins that consists of so many steps; the stage before it has ended.
    ///
    /// ```
    /// use walkshed::{Progress, Stage};
    /// struct Told;
    /// impl Progress for Told {
    ///     fn start(&self, stage: Stage, total: u64) { assert_eq!((stage, total), (Stage::Score, 12)); }
    ///     fn advance(&self, _: u64) {}
    /// }
    /// Told.start(Stage::Score, 12);
    /// ```
    fn start(&self, stage: Stage, total: u64);
    /// So many more steps are done.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU64, Ordering};
    /// use walkshed::{Options, Progress, Stage, draw};
    /// #[derive(Default)]
    /// struct Steps(AtomicU64);
    /// impl Progress for Steps {
    ///     fn start(&self, _: Stage, _: u64) {}
    ///     fn advance(&self, by: u64) { self.0.fetch_add(by, Ordering::Relaxed); }
    /// }
    /// let steps = Steps::default();
    /// let study = draw::town("A-a--s-B", 100.0, "s");
    /// walkshed::run(&study, &Options { progress: &steps, ..Options::default() }).unwrap();
    /// // Two points to snap, one site to walk from, one cell to judge.
    /// assert_eq!(steps.0.into_inner(), 2 + 1 + 1);
    /// ```
    fn advance(&self, by: u64);
}

/// Says nothing.
///
/// ```
/// use walkshed::{Silent, draw, search};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// assert_eq!(walks.of(None).len(), 1);
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}

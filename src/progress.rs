//! How a long job tells how far it is. The library itself never prints.

/// What a job is doing.
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
    fn start(&self, stage: Stage, total: u64);
    /// So many more steps are done.
    fn advance(&self, by: u64);
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}

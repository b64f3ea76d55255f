//! One run: from a study to all that is known of it.
//!
//! ```text
//!   study ── walks ── coverage ── breakdown ── assessment
//!                        │
//!                        ├── change   against the study as it could be
//!                        └── trend    against an earlier run
//! ```

use crate::assess::{
    Assessment, Difference, EarlierRun, Snapshot, TrendPoint, assess, difference, oldest_first,
    trend_line,
};
use crate::model::{Study, Who};
use crate::progress::{Progress, Silent, Stage};
use crate::score::{
    Breakdown, Coverage, Setting, breakdown, coverage_of, coverage_of_firms, size_bounds,
};
use crate::search::{TooManyPairs, Walks, try_walks};

/// What a run works out, and who is told how far it is. By default the coverage and its breakdown,
/// for all people alike, and nobody is told.
///
/// ```
/// use walkshed::Options;
/// let assessing = Options { assessment: true, ..Options::default() };
/// assert!(assessing.breakdown && assessing.setting.is_none());
/// ```
#[derive(Clone)]
pub struct Options<'o> {
    /// Told how far the run is.
    pub progress: &'o dyn Progress,
    /// Whose coverage it is, by which channels and when; none for what the study asks
    /// ([`Setting::of`]).
    pub setting: Option<Setting>,
    /// Whether it is broken down by group, channel, theme, other counts, hour, and with its bounds,
    /// where the study's rules ask for these.
    pub breakdown: bool,
    /// Whether it is assessed: phases, indicators, score cards, departments, red lists.
    pub assessment: bool,
    /// The study as it could be, which is compared with the study as it is: after its what-if
    /// changes ([`changed`](crate::model::changed)), or any other.
    pub changed: Option<Study>,
    /// Earlier runs, in any order: this one is compared with the latest, and all of them make a trend
    /// line with it. `read::earlier_run` reads one.
    pub earlier: &'o [EarlierRun],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            progress: &Silent,
            setting: None,
            breakdown: true,
            assessment: false,
            changed: None,
            earlier: &[],
        }
    }
}

/// What a run found out about a study. It owns all that it rests on, the study too.
///
/// ```
/// use walkshed::{Options, draw};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&study, &Options::default()).unwrap();
/// // It holds the study that it is of, and what was not asked for is none.
/// assert_eq!(results.study().name(), study.name());
/// assert!(results.assessment.is_none() && results.change.is_none() && results.trend_line.is_empty());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Results {
    /// The walks of all people alike and of each group.
    pub walks: Walks,
    /// The coverage that was asked for: that of the people, where nobody else was.
    pub coverage: Coverage,
    /// The coverage of the firms beside that of the people; none where the study says of no firms, asks
    /// nothing of them, or another setting was asked for.
    pub firms: Option<Coverage>,
    /// The same by group, channel, theme, other counts, hour and with its bounds. Empty when no rule
    /// of the study asks for any, or the run was not to break it down.
    pub breakdown: Breakdown,
    /// Phases, indicators, score cards, departments, red lists; none when it was not asked for.
    pub assessment: Option<Assessment>,
    /// What the study's what-if changes would make of it.
    pub change: Option<Difference>,
    /// The coverage of the study as it could be, with that study; none where none was asked for.
    pub changed: Option<Coverage>,
    /// How it differs from the latest earlier run.
    pub trend: Option<Difference>,
    /// The earlier runs and this one, unit by unit, oldest first; empty without an earlier run.
    pub trend_line: Vec<TrendPoint>,
}

impl Results {
    /// The study.
    #[must_use]
    pub fn study(&self) -> &Study {
        self.coverage.study()
    }
}

impl Results {
    /// Adds what earlier runs tell.
    fn compare_with(&mut self, oldest_first: &[&EarlierRun], now: &Snapshot) {
        let Some(latest) = oldest_first.last() else {
            return;
        };
        self.trend = Some(difference(&latest.snapshot, now));
        self.trend_line = trend_line(oldest_first, now);
        if let Some(assessment) = &mut self.assessment {
            assessment.mark_since(self.coverage.study(), latest);
        }
    }
}

/// The whole way from a study to its results: what the commands `coverage` and `assess` print and
/// write.
///
/// Everybody walks as their group and zone do; the coverage counts zones' limits and opening hours
/// at the moment that the study asks for. Costs what [`try_walks`],
/// [`score::coverage`](crate::score::coverage) and, where they are asked for,
/// [`score::breakdown`](crate::score::breakdown) and [`assess`] cost, and the first two once more for
/// a study as it could be.
///
/// ```
/// use walkshed::{Options, People, draw};
/// // One character is 100 m; the cells a and b hold 1 and 2 people; 1,000 m are walked in 15 minutes.
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let results = walkshed::run(&study, &Options::default())?;
/// assert_eq!(results.coverage.total().covered(), People::whole(1));
/// assert_eq!(results.coverage.share().to_string(), "33.3 %");
/// # Ok::<(), walkshed::search::TooManyPairs>(())
/// ```
///
/// # Errors
/// When more cells and sites lie within the search of each other than the study's memory holds.
///
/// # Panics
/// When the setting names a group that the study does not have.
pub fn run(study: &Study, options: &Options<'_>) -> Result<Results, TooManyPairs> {
    let walks = try_walks(study, study.target().search, options.progress)?;
    run_on(walks, options)
}

/// [`run`](fn@run) on walks that are known already, such as those that `scale::TilePlan` merges.
///
/// ```
/// use walkshed::{Options, Silent, draw, search};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let walks = search::try_walks(&study, study.target().search, &Silent)?;
/// let results = walkshed::run_on(walks, &Options::default())?;
/// assert_eq!(results.coverage.share().to_string(), "100.0 %");
/// # Ok::<(), search::TooManyPairs>(())
/// ```
///
/// # Errors
/// As [`run`](fn@run).
///
/// # Panics
/// As [`run`](fn@run).
pub fn run_on(walks: Walks, options: &Options<'_>) -> Result<Results, TooManyPairs> {
    // A copy of the handle: the walks go into the results below.
    let study = &walks.study().clone();
    start_scoring(study, options.progress);
    let (coverage, firms) = judged(&walks, options.setting);
    let mut breakdown = if options.breakdown {
        breakdown(&walks, &coverage, firms.as_ref())
    } else {
        Breakdown::default()
    };
    let assessment = options
        .assessment
        .then(|| assess(&walks, &coverage, firms.as_ref()));
    options.progress.advance(cells(study));
    // Places all over large cells are walked from beside the cells' own.
    if options.breakdown {
        breakdown.sizes = size_bounds(&coverage, options.progress)?;
    }

    let mut results = Results {
        walks,
        coverage,
        firms,
        breakdown,
        assessment,
        change: None,
        changed: None,
        trend: None,
        trend_line: Vec::new(),
    };
    // Only who compares pays for a snapshot.
    if options.changed.is_some() || !options.earlier.is_empty() {
        let now = Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref());
        results.compare_with(&oldest_first(options.earlier), &now);
        if let Some(changed) = &options.changed {
            let (after, coverage) = as_changed(changed, options)?;
            results.change = Some(difference(&now, &after));
            results.changed = Some(coverage);
        }
    }
    Ok(results)
}

/// The study as it could be, to be compared: its coverage alone.
fn as_changed(
    changed: &Study,
    options: &Options<'_>,
) -> Result<(Snapshot, Coverage), TooManyPairs> {
    let walks = try_walks(changed, changed.target().search, options.progress)?;
    start_scoring(changed, options.progress);
    let (coverage, firms) = judged(&walks, options.setting);
    let after = Snapshot::of(&walks, &coverage, firms.as_ref());
    options.progress.advance(cells(changed));
    Ok((after, coverage))
}

/// The coverage of those who are asked about, each by their own walks, and that of the firms beside
/// that of the people.
fn judged(walks: &Walks, setting: Option<Setting>) -> (Coverage, Option<Coverage>) {
    let study = walks.study();
    let setting = setting.unwrap_or_else(|| Setting::of(study));
    let coverage = coverage_of(walks, study.target(), setting);
    let beside_firms = setting.who == Who::People;
    let firms = beside_firms.then(|| coverage_of_firms(walks, &coverage));
    (coverage, firms.flatten())
}

fn start_scoring(study: &Study, progress: &dyn Progress) {
    progress.start(Stage::Score, cells(study));
}

fn cells(study: &Study) -> u64 {
    study.cells().len() as u64
}

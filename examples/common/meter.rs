//! How far the run is: a bar for long stages, the time of each stage, and Ctrl-C.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use walkshed::report::{OutDir, ReportError};
use walkshed::{Progress, Stage};

use super::failure::{CANCELLED, Failure};
use super::run::tell;

/// A stage shorter than this shows no bar.
const SHORT: Duration = Duration::from_secs(1);

/// Told by the library how far it is; shows it, and remembers how long each stage took.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    stages: Mutex<Vec<(Stage, Instant)>>,
    total: AtomicU64,
    /// Whether the best plan so far is enough.
    pub(crate) enough: AtomicBool,
    done: AtomicU64,
    ended: AtomicBool,
    drawer: Mutex<Option<JoinHandle<()>>>,
    /// The output folder, kept where Ctrl-C finds it too.
    out: Mutex<Option<OutDir>>,
}

impl Progress for Meter {
    fn start(&self, stage: Stage, total: u64) {
        let mut stages = self.stages();
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        stages.push((stage, Instant::now()));
    }

    fn advance(&self, by: u64) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }
}

impl Meter {
    /// A meter, with a thread that draws a bar if there is a terminal to draw on.
    pub(crate) fn start(terminal: bool) -> Arc<Self> {
        let meter = Arc::new(Self::default());
        if terminal {
            let shown = Arc::clone(&meter);
            *lock(&meter.drawer) = Some(thread::spawn(move || shown.draw()));
        }
        meter
    }

    /// Keeps the output folder until it is released or the run is cancelled.
    pub(crate) fn keep(&self, out: OutDir) {
        *lock(&self.out) = Some(out);
    }

    /// Does something with the output folder; fails once the run is cancelled.
    pub(crate) fn with_out<T>(
        &self,
        work: impl FnOnce(&OutDir) -> Result<T, ReportError>,
    ) -> Result<T, Failure> {
        match &*lock(&self.out) {
            Some(out) => Ok(work(out)?),
            None => Err(Failure::Cancelled),
        }
    }

    /// Lets other runs have the output folder.
    pub(crate) fn release(&self) {
        drop(lock(&self.out).take());
    }

    /// The same, unless the folder is being worked on.
    fn try_release(&self) {
        if let Ok(mut out) = self.out.try_lock() {
            drop(out.take());
        }
    }

    /// Takes the bar away for good.
    pub(crate) fn stop(&self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(drawer) = lock(&self.drawer).take() {
            drawer.thread().unpark();
            let _ = drawer.join();
        }
    }

    /// How long each stage took until now, and how much memory the run took at most.
    pub(crate) fn timings(&self) -> String {
        let mut line = String::new();
        for (stage, took) in self.time_by_stage() {
            let _ = write!(line, "{} {:.2} s · ", name(stage), took.as_secs_f64());
        }
        match peak_memory_mb() {
            Some(mb) => line + &format!("peak memory {mb} MB"),
            None => line.trim_end_matches(" · ").to_owned(),
        }
    }

    /// Each stage, in the order in which it first began, with all its time: there is a search for each
    /// way of walking, and one more of each for what is compared.
    fn time_by_stage(&self) -> Vec<(Stage, Duration)> {
        let stages = self.stages();
        let starts = stages.iter().map(|&(_, start)| start);
        let ends = starts.skip(1).chain([Instant::now()]);
        let mut times: Vec<(Stage, Duration)> = Vec::new();
        for (&(stage, start), end) in stages.iter().zip(ends) {
            match times.iter_mut().find(|(known, _)| *known == stage) {
                Some((_, sum)) => *sum += end - start,
                None => times.push((stage, end - start)),
            }
        }
        times
    }

    fn stages(&self) -> MutexGuard<'_, Vec<(Stage, Instant)>> {
        lock(&self.stages)
    }

    fn current(&self) -> Option<(usize, Stage, Instant)> {
        let stages = self.stages();
        stages
            .last()
            .map(|&(stage, start)| (stages.len(), stage, start))
    }

    fn draw(&self) {
        let mut shown: Option<(usize, ProgressBar)> = None;
        while !self.ended.load(Ordering::Relaxed) {
            thread::park_timeout(Duration::from_millis(100));
            let Some((number, stage, start)) = self.current() else {
                continue;
            };
            if shown.as_ref().is_some_and(|&(before, _)| before != number) {
                clear(&mut shown);
            }
            if start.elapsed() >= SHORT {
                let (_, bar) = shown.get_or_insert_with(|| (number, bar(stage)));
                let [done, total] =
                    [&self.done, &self.total].map(|count| count.load(Ordering::Relaxed));
                bar.set_length(total);
                bar.set_position(done);
                bar.set_prefix(left(start.elapsed(), done, total));
            }
        }
        clear(&mut shown);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn clear(shown: &mut Option<(usize, ProgressBar)>) {
    if let Some((_, bar)) = shown.take() {
        bar.finish_and_clear();
    }
}

fn bar(stage: Stage) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:>8} {bar:30} {percent:>3} %  {prefix}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_message(name(stage))
}

/// The time left if the rest goes as fast as what is done.
fn left(elapsed: Duration, done: u64, total: u64) -> String {
    let left = u128::from(total.saturating_sub(done)) * elapsed.as_millis();
    left.checked_div(u128::from(done))
        .map_or_else(String::new, |left| {
            format!("{} s left", left.div_ceil(1000))
        })
}

const fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Snap => "snap",
        Stage::Search => "search",
        Stage::Score => "score",
        Stage::Plan => "plan",
        Stage::Solve => "solve",
        Stage::Draw => "draw",
        Stage::Report => "write",
        _ => "work",
    }
}

/// The most memory the run took, where the system tells.
fn peak_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(
        line.trim()
            .trim_end_matches("kB")
            .trim()
            .parse::<u64>()
            .ok()?
            .div_ceil(1024),
    )
}

/// Ctrl-C ends the run while it works. While it writes, the run ends soon by itself, with its
/// files complete; only a second Ctrl-C ends it then.
pub(crate) fn cancel_on_ctrl_c(meter: &Arc<Meter>) -> Result<(), ctrlc::Error> {
    let (meter, asked) = (Arc::clone(meter), AtomicBool::new(false));
    ctrlc::set_handler(move || {
        // A search for the best plan ends with the best so far.
        let solving = meter
            .current()
            .is_some_and(|(_, stage, _)| stage == Stage::Solve);
        if solving && !meter.enough.swap(true, Ordering::Relaxed) {
            tell(
                "the search stops here, and the best plan so far is written; Ctrl-C again cancels",
            );
            return;
        }
        let writing = meter
            .current()
            .is_some_and(|(_, stage, _)| stage == Stage::Report);
        if !writing {
            meter.stop();
            meter.try_release();
            tell("cancelled: nothing was written, run again");
            std::process::exit(CANCELLED.into());
        }
        if asked.swap(true, Ordering::Relaxed) {
            meter.stop();
            tell(
                "cancelled while writing: without a manifest.json the files may be of two runs; run again",
            );
            std::process::exit(CANCELLED.into());
        }
        tell("the results are being written, which ends soon; Ctrl-C again ends it now");
    })
}

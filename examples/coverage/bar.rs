//! A progress bar for stages that take longer than a second, and how long each took.

use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use walkshed::{Progress, Stage};

pub struct Bar {
    shown: bool,
    state: Mutex<State>,
}

struct State {
    bar: ProgressBar,
    running: Option<(Stage, Instant)>,
    done: Vec<(Stage, Duration)>,
}

impl Bar {
    pub fn new(shown: bool) -> Self {
        Self { shown, state: Mutex::new(State { bar: ProgressBar::hidden(), running: None, done: Vec::new() }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a stage without steps of its own.
    pub fn begin(&self, stage: Stage) {
        self.start(stage, 0);
    }

    pub fn finish(&self) {
        self.state().end_stage();
    }

    /// How long each stage took, and the memory at most in use where the system tells.
    pub fn stages(&self) -> String {
        let done: Vec<String> =
            self.state().done.iter().map(|(stage, time)| format!("{stage:?} {:.2} s", time.as_secs_f64())).collect();
        let memory = peak_memory().map_or_else(String::new, |mib| format!("; {mib} MiB at most"));
        format!("{}{memory}", done.join(", ").to_lowercase())
    }
}

impl State {
    fn end_stage(&mut self) {
        self.bar.finish_and_clear();
        if let Some((stage, begun)) = self.running.take() {
            self.done.push((stage, begun.elapsed()));
        }
    }
}

impl Progress for Bar {
    fn start(&self, stage: Stage, total: u64) {
        let mut state = self.state();
        state.end_stage();
        state.running = Some((stage, Instant::now()));
        state.bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg:>8} [{bar:30}] {percent:>3} %  {eta} left");
        state.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        state.bar.set_message(format!("{stage:?}").to_lowercase());
    }

    fn advance(&self, by: u64) {
        let state = self.state();
        let slow = state.running.is_some_and(|(_, begun)| begun.elapsed() > Duration::from_secs(1));
        if self.shown && slow && state.bar.is_hidden() {
            state.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        state.bar.inc(by);
    }
}

fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

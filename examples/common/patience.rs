//! How long a search goes on, and what it tells on the way.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use walkshed::plan::{Standing, Until, Watch};

use super::meter::Meter;
use super::run::tell;

/// The standing is told so often.
const EVERY: Duration = Duration::from_secs(5);

/// Stops after the seconds that were asked for, or at Ctrl-C, and tells the standing on stderr every few seconds.
pub(crate) struct Patience<'m> {
    until: Until<'m>,
    told: Mutex<Instant>,
    is_quiet: bool,
}

impl<'m> Patience<'m> {
    /// None: for as long as it takes.
    pub(crate) fn new(seconds: Option<f64>, is_quiet: bool, meter: &'m Meter) -> Self {
        Self {
            until: Until::new(seconds.map(Duration::from_secs_f64), Some(&meter.enough)),
            told: Mutex::new(Instant::now()),
            is_quiet,
        }
    }
}

impl Watch for Patience<'_> {
    fn hear(&self, Standing { objective, bound }: Standing) {
        let Ok(mut told) = self.told.try_lock() else {
            return;
        };
        if self.is_quiet || told.elapsed() < EVERY {
            return;
        }
        *told = Instant::now();
        #[expect(clippy::cast_precision_loss, reason = "shown with two decimals")]
        let apart = objective.abs_diff(bound) as f64 / objective.max(1) as f64 * 100.0;
        tell(&format!("plan: {apart:.2} % from its bound"));
    }

    fn stop(&self) -> bool {
        self.until.stop()
    }
}

/// Seconds, as a flag names them.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|seconds| (0.0..=1e6).contains(seconds))
        .ok_or_else(|| "expected seconds from 0 to 1000000".to_owned())
}

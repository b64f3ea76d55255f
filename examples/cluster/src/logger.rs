//! What Ballista logs, on stderr: warnings, or as much as `RUST_LOG=info` asks.

use log::{LevelFilter, Log, Metadata, Record};

use crate::common::run::tell;

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let (level, from) = (record.level(), record.target());
            tell(&format!("{level} {from}: {}", record.args()));
        }
    }

    fn flush(&self) {}
}

pub(crate) fn start() {
    let asked = std::env::var("RUST_LOG").ok();
    let level = asked.and_then(|level| level.parse().ok());
    log::set_max_level(level.unwrap_or(LevelFilter::Warn));
    // It fails where there is a logger already, which then logs.
    let _ = log::set_logger(&Stderr);
}

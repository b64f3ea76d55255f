//! The command line.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use walkshed::{Share, read};

/// Who reaches public services on foot in 15 minutes, who cannot, and why.
#[derive(Debug, Parser)]
#[command(name = "coverage", version)]
pub struct Arguments {
    /// The study file; without it the county in fixtures/hukou
    study: Option<PathBuf>,
    /// The folder for the results
    #[arg(long, default_value = "out")]
    pub out: PathBuf,
    /// Another limit in whole minutes (1 to 1440); looks at least twice as far
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1440))]
    pub minutes: Option<u16>,
    /// How many threads to use (all cores by default); results do not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// What to do with a bad row
    #[arg(long, value_enum, default_value = "stop")]
    pub on_bad: OnBad,
    /// Say nothing on stderr but errors
    #[arg(long)]
    pub quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
    /// Write `item_times.csv.gz` even past 5 million rows
    #[arg(long)]
    pub items: bool,
    /// Exit with 1 when fewer than this percentage of residents are covered
    #[arg(long, value_name = "PERCENT", value_parser = percentage)]
    fail_under: Option<f64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OnBad {
    /// Stop at the first one
    Stop,
    /// Leave it out, report it, and count its people as unknown
    Skip,
}

impl From<OnBad> for read::OnBad {
    fn from(choice: OnBad) -> Self {
        match choice {
            OnBad::Stop => Self::Stop,
            OnBad::Skip => Self::Skip,
        }
    }
}

impl Arguments {
    pub fn study(&self) -> PathBuf {
        let fixture = || Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join("hukou").join("study.toml");
        self.study.clone().unwrap_or_else(fixture)
    }

    /// Whether the share stays below the target; the share of nobody does.
    pub fn misses(&self, share: Share) -> bool {
        self.fail_under.is_some_and(|percent| share.value().is_none_or(|share| share * 100.0 < percent))
    }
}

fn percentage(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').trim().parse().ok();
    number.filter(|n| (0.0..=100.0).contains(n)).ok_or_else(|| "expected a percentage from 0 to 100".to_owned())
}

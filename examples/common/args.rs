//! The parts of the command line that the examples share.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use walkshed::model::{Language, Study, StudyError, Target};
use walkshed::read;
use walkshed::report::ReportOptions;

use super::run::tell;
use super::said::Said;

/// What every run is told: `#[command(flatten)]` it into an example's own arguments.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Shared {
    /// The study file [default: the fixture study of Hukou county]
    pub(crate) study: Option<PathBuf>,
    /// The limit in minutes instead of the study's; the search then goes at least twice as far
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub(crate) minutes: Option<u32>,
    /// How many threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<usize>,
    /// What to do about a row that cannot be used
    #[arg(long, value_name = "WHAT", default_value = "stop")]
    pub(crate) on_bad: OnBad,
    /// Judge the study as its [[change]] tables would have it
    #[arg(long)]
    pub(crate) changed: bool,
    /// The language of what is said and written, instead of the study's
    #[arg(long, value_name = "WHICH")]
    pub(crate) language: Option<Spoken>,
    /// Say nothing on stderr but errors
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Print JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where the results go.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Output {
    /// The directory for the results, made if it is missing
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,
    /// Replace or remove files in it with the names of results that no earlier run left so, but for inputs
    #[arg(long)]
    pub(crate) overwrite: bool,
}

/// What to do about a row that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnBad {
    /// Leave it out and go on; its people count as not covered
    Skip,
    /// Stop
    #[default]
    Stop,
}

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Spoken {
    /// Chinese
    Zh,
    /// English
    En,
}

/// What decides the results of a coverage run, apart from its study: kept with each share of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Question {
    minutes: Option<u32>,
    on_bad: OnBad,
    changed: bool,
    language: Option<Spoken>,
    files: Files,
}

/// Which of the files that not every run writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Files {
    items: bool,
    page: bool,
    workbook: bool,
}

impl Question {
    /// What is asked by these flags.
    pub(crate) const fn new(shared: &Shared, report: &ReportOptions) -> Self {
        Self {
            minutes: shared.minutes,
            on_bad: shared.on_bad,
            changed: shared.changed,
            language: shared.language,
            files: Files {
                items: report.items,
                page: report.page,
                workbook: report.workbook,
            },
        }
    }

    /// The flags by which it is asked, of no study yet.
    pub(crate) fn shared(&self) -> Shared {
        Shared {
            minutes: self.minutes,
            on_bad: self.on_bad,
            changed: self.changed,
            language: self.language,
            ..Shared::default()
        }
    }

    /// How its results are written.
    pub(crate) fn report(&self, overwrite: bool) -> ReportOptions {
        ReportOptions {
            items: self.files.items,
            page: self.files.page,
            workbook: self.files.workbook,
            overwrite,
            ..ReportOptions::default()
        }
    }
}

/// The fixture's study file: of the project, or beside a program that was copied to another machine.
fn fixture() -> PathBuf {
    let inside = "fixtures/hukou/study.toml";
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join(inside);
    if built.is_file() {
        return built;
    }
    let program = std::env::current_exe().unwrap_or_default();
    program.with_file_name(inside)
}

impl Shared {
    /// The study file, that of the fixture study if none is named.
    pub(crate) fn study(&self) -> PathBuf {
        self.study.clone().unwrap_or_else(fixture)
    }

    /// Whether no study file is named.
    pub(crate) const fn is_fixture(&self) -> bool {
        self.study.is_none()
    }

    /// The language that `--language` asks, or else the study.
    pub(crate) fn spoken(&self) -> Language {
        match self.language {
            Some(Spoken::Zh) => Language::Chinese,
            Some(Spoken::En) => Language::English,
            None => read::language(self.study()),
        }
    }

    /// The study in the language that `--language` asks.
    pub(crate) fn worded(&self, study: Study) -> Result<Study, StudyError> {
        if self.language.is_none() {
            return Ok(study);
        }
        study.with(|parts| parts.language = self.spoken())
    }

    /// The study with the limit that `--minutes` asks, which looks at least twice as far.
    pub(crate) fn limited(&self, study: Study) -> Result<Study, StudyError> {
        let Some(minutes) = self.minutes else {
            return Ok(study);
        };
        let before = study.target().limit;
        let limited = study.with(|parts| {
            let target = Target::minutes(minutes);
            parts.target.limit = target.limit;
            parts.target.search = parts.target.search.max(target.search);
        })?;
        if !self.quiet {
            let target = limited.target();
            let said = Said::new(
                format!(
                    "limit {} instead of the study's {before}; searching up to {}",
                    target.limit, target.search
                ),
                format!(
                    "时限 {}，而不是项目文件的 {before}；最远查找到 {}",
                    target.limit, target.search
                ),
            );
            tell(said.in_language(self.spoken()));
        }
        Ok(limited)
    }
}

/// More threads than any machine has processors.
pub(crate) const MOST_THREADS: usize = 1024;

/// A number of threads, as a flag or the environment names it.
pub(crate) fn threads(text: &str) -> Result<usize, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=MOST_THREADS).contains(number));
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_THREADS}"))
}

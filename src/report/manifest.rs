//! `manifest.json`: what was run, on which inputs, with which version.
//!
//! No time, no absolute path and no number of threads: the same run writes the same bytes.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::WrittenFile;
use super::out::Out;
use crate::model::{Language, Source, Study};
use crate::words::Text;

pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
struct Manifest<'a, P> {
    walkshed: &'static str,
    study: &'a str,
    parameters: P,
    inputs: Vec<Input<'a>>,
    outputs: Vec<Output<'a>>,
    left_out: Vec<LeftOut>,
}

#[derive(Serialize)]
struct Input<'a> {
    role: &'static str,
    path: &'a str,
    crs: Option<&'a str>,
    bytes: u64,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Output<'a> {
    file: &'static str,
    bytes: u64,
    sha256: &'a str,
    /// Of a table whose heads are words.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    columns: &'a [String],
}

#[derive(Serialize)]
struct LeftOut {
    file: &'static str,
    why: String,
}

/// Of what a run tells.
pub(super) struct Run<'a> {
    pub name: &'a str,
    pub language: Language,
    pub sources: &'a [Source],
}

impl<'a> Run<'a> {
    /// Of a study.
    pub(super) fn of(study: &'a Study) -> Self {
        Self {
            name: study.name(),
            language: study.language(),
            sources: study.sources(),
        }
    }
}

/// The manifest of a run that was asked this, with the files that it wrote and left out.
pub(super) fn write(
    run: &Run<'_>,
    parameters: impl Serialize,
    (outputs, left_out): (&[WrittenFile], &[(&'static str, Text)]),
    out: &mut dyn Out,
) -> io::Result<()> {
    let manifest = Manifest {
        walkshed: VERSION,
        study: run.name,
        parameters,
        inputs: run
            .sources
            .iter()
            .map(|source| Input {
                role: source.role,
                path: shown_path(&source.path),
                // A file without coordinates has no system.
                crs: Some(source.crs.as_str()).filter(|crs| !crs.is_empty()),
                bytes: source.bytes,
                sha256: &source.sha256,
            })
            .collect(),
        outputs: outputs
            .iter()
            .map(|f| Output {
                file: f.name,
                bytes: f.bytes,
                sha256: &f.sha256,
                columns: &f.columns,
            })
            .collect(),
        left_out: left_out
            .iter()
            .map(|(file, why)| LeftOut {
                file,
                why: why.in_language(run.language),
            })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &manifest)?;
    out.write_all(b"\n")
}

/// An input's path as the study names it; of an absolute one only the file's name.
pub(super) fn shown_path(path: &str) -> &str {
    let absolute = Path::new(path).is_absolute();
    Path::new(path)
        .file_name()
        .and_then(|name| name.to_str())
        .filter(|_| absolute)
        .unwrap_or(path)
}

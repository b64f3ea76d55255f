//! Which files in an output folder are ours.
//!
//! A name alone claims nothing: `groups.csv` may be the user's own. Ours is what a manifest lists, or the
//! journal of a switch that broke off, and what still has the SHA-256 listed there.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::{Foreign, ReportError};
use crate::words::text;

pub(super) const MANIFEST: &str = "manifest.json";
/// Lists the files of a switch while it lasts.
pub(super) const JOURNAL: &str = ".walkshed-switch.json";

/// The names of all files that runs write. What one run does not write is outdated if an earlier run left it.
pub(super) const NAMES: [&str; 63] = [
    "cells.csv",
    "item_times.csv",
    "item_times.csv.gz",
    "units.csv",
    "cells.geojson",
    "sites.geojson",
    "cells.qml",
    "sites.qml",
    "joints.geojson",
    "islands.geojson",
    "groups.csv",
    "channels.csv",
    "themes.csv",
    "denominators.csv",
    "week.csv",
    "phases.csv",
    "lacking.csv",
    "indicators.csv",
    "indicator_members.csv",
    "indicator_units.csv",
    "score_cards.csv",
    "departments.csv",
    "red_cells.csv",
    "red_items.csv",
    "site_items.csv",
    "level_items.csv",
    "delegations.csv",
    "change_units.csv",
    "change_cells.csv",
    "change_groups.csv",
    "trend_units.csv",
    "trend_cells.csv",
    "trend_groups.csv",
    "trend_line.csv",
    "isochrones.csv",
    "isochrones.geojson",
    "isochrones.qml",
    "isochrones.svg",
    "isochrones.fgb",
    "isochrones.png",
    "isochrones.parquet",
    "isochrone_streets.geojson",
    "plan.csv",
    "plan.json",
    "plan.geojson",
    "plan.qml",
    "plan.toml",
    "pivotal.csv",
    "plan_phases.csv",
    "plan_units.csv",
    "fairness.csv",
    "frontier.csv",
    "sources.csv",
    "check.csv",
    "check.xlsx",
    "findings.csv",
    "summary.json",
    "report.html",
    "report.xlsx",
    "map.svg",
    "map.png",
    "map.pdf",
    MANIFEST,
];

/// A file that a run wrote, or was about to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) sha256: String,
}

/// A list of a run's files: what a manifest and a journal have in common.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct List {
    /// The version of walkshed that wrote it.
    pub(super) walkshed: String,
    pub(super) outputs: Vec<Listed>,
}

/// What stands in a folder under the names of results.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Files of earlier runs, with the bytes that these wrote.
    pub(super) ours: Vec<(&'static str, String)>,
    /// All other files, each with what speaks against it.
    pub(super) others: Vec<(&'static str, Foreign)>,
}

impl Standing {
    /// Reads the lists in a folder and hashes the files that they list: O(bytes of earlier results).
    ///
    /// # Errors
    /// Where something other than a plain file bears one of our names, or a file cannot be read.
    pub(super) fn of(dir: &Path) -> Result<Self, ReportError> {
        let lists = Lists {
            manifest: list(&dir.join(MANIFEST))?,
            journal: list(&dir.join(JOURNAL))?,
        };
        let mut standing = Self::default();
        for name in NAMES {
            let path = dir.join(name);
            // A folder or a link under one of our names ends the run: it is never written over.
            if !is_regular(&path)? {
                continue;
            }
            match lists.claim(name, &path).map_err(ReportError::io(&path))? {
                Ok(sha256) => standing.ours.push((name, sha256)),
                Err(why) => standing.others.push((name, why)),
            }
        }
        Ok(standing)
    }

    /// The names under which something stands.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let ours = self.ours.iter().map(|(name, _)| *name);
        ours.chain(self.others.iter().map(|(name, _)| *name))
    }
}

/// What a folder tells of the runs that wrote to it.
struct Lists {
    manifest: Option<List>,
    /// Left by a switch that broke off.
    journal: Option<List>,
}

impl Lists {
    /// The hash of a file that is ours, or what speaks against another.
    fn claim(&self, name: &str, path: &Path) -> io::Result<Result<String, Foreign>> {
        if name == MANIFEST {
            // No list tells the hash of the manifest that stands: that it is one of walkshed's must do.
            return match self.manifest {
                Some(_) => hash_of(path).map(Ok),
                None => Ok(Err(Foreign::NoManifest)),
            };
        }
        let lists = self.manifest.iter().chain(&self.journal);
        let mut listed = lists
            .flat_map(|list| &list.outputs)
            .filter(|listed| listed.file == name)
            .peekable();
        // A file of somebody else's, however large, is not read.
        if listed.peek().is_none() {
            return Ok(Err(Foreign::Unlisted));
        }
        let sha256 = hash_of(path)?;
        if listed.any(|listed| listed.sha256 == sha256) {
            return Ok(Ok(sha256));
        }
        Ok(Err(Foreign::Changed))
    }
}

/// The list in a file, if it is one of walkshed's. A damaged one lists nothing, so nothing is taken for ours.
fn list(path: &Path) -> Result<Option<List>, ReportError> {
    /// Longer than any list of ours; a file of somebody else's may have any length.
    const MOST: u64 = 1 << 26;
    if !is_regular(path)? {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST).read_to_end(&mut bytes))
        .map_err(ReportError::io(path))?;
    Ok(serde_json::from_slice(&bytes).ok())
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub(super) fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sha256 = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(hex(&sha256.finalize())),
            Ok(read) => sha256.update(&block[..read]),
            // A signal came in between: nothing is lost.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes any text");
            text
        })
}

/// Whether a plain file stands there rather than nothing; anything else is refused.
pub(super) fn is_regular(path: &Path) -> Result<bool, ReportError> {
    // A link is not followed: it could lead anywhere.
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(ReportError::io(path)(error)),
    };
    let found = match () {
        () if kind.is_file() => return Ok(true),
        () if kind.is_dir() => text!(FoundDirectory),
        () if kind.is_symlink() => text!(FoundLink),
        () => text!(FoundOther),
    };
    Err(ReportError::InTheWay {
        path: path.to_owned(),
        found,
        wanted: text!(WantedOutput),
    })
}

//! A small study in a folder of its own, with a file of random bytes in place of one of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkshed::read::{self, OnBad, ReadError};
use walkshed::{Options, Silent};

/// Its files; what they hold shows in their content, so that any may hold any format.
const FILES: [(&str, &str); 3] = [
    (
        "streets.any",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.202,29.701],[116.21,29.7]]}"#,
    ),
    (
        "sites.any",
        "id,kind,unit,lon,lat\ns1,centre,e,116.201,29.7001\ns2,station,w,116.208,29.7001\n",
    ),
    (
        "cells.any",
        "id,unit,population,elderly,lon,lat\na,e,10,3,116.2015,29.7001\nb,w,30,8,116.207,29.7001\n",
    ),
];
/// The further files of a whole one.
const MORE_FILES: [(&str, &str); 3] = [
    (
        "units.any",
        "id,name,parent\nc,County,\ne,East,c\nw,West,c\n",
    ),
    (
        "items.any",
        "id,name,steps,theme\ncert,Certificate,,work\npass,Pass,accept,work\n",
    ),
    (
        "offers.any",
        "site,kind,item,depth,from\n,centre,cert,whole,\ns2,,pass,accept,2024-01-01\n",
    ),
];

/// The study file, up to its inputs.
const HEAD: &str = "name = 'a street'
[limits]
memory_mb = 256
[inputs]
streets = 'streets.any'
sites = 'sites.any'
cells = 'cells.any'
";
/// The further inputs of a whole one, and what it asks.
const MORE_INPUTS: &str = "units = 'units.any'
items = 'items.any'
offers = 'offers.any'
";
const ASKED: &str = "[target]
minutes = 15
items = ['cert', 'pass']
date = 2024-06-30
[time]
at = 2024-06-28T10:00
";

/// A study to be made. A fuzzer wants thousands a minute: what a target does not need is left out.
#[derive(Clone, Copy, Default)]
pub struct Town<'a> {
    /// With units, items, offers, a day and a moment.
    pub is_whole: bool,
    /// Further lines of `[inputs]`.
    pub inputs: &'a str,
    /// The files that differ, or that there are more.
    pub files: &'a [(&'a str, &'a [u8])],
}

impl Town<'_> {
    /// Writes and reads the study, bad rows refused and then skipped; what is read is run.
    pub fn read(&self) {
        let study = if self.is_whole {
            format!("{HEAD}{MORE_INPUTS}{}{ASKED}", self.inputs)
        } else {
            format!("{HEAD}{}", self.inputs)
        };
        self.read_as(study.as_bytes());
    }

    /// The same by this study file.
    pub fn read_as(&self, study: &[u8]) {
        let folder = folder();
        let more = MORE_FILES.into_iter().filter(|_| self.is_whole);
        for (name, text) in FILES.into_iter().chain(more) {
            write(folder.path(), name, text.as_bytes());
        }
        for (name, bytes) in self.files {
            write(folder.path(), name, bytes);
        }
        let path = write(folder.path(), "study.toml", study);
        if !stands(&path, OnBad::Stop) {
            stands(&path, OnBad::Skip);
        }
        if self.is_whole {
            // All that can be found out at once goes another way through the readers.
            let _ = read::check(&path, &Silent);
        }
    }
}

/// A study whose cells are these bytes.
pub fn cells(bytes: &[u8]) {
    in_place_of("cells.any", bytes);
}

/// A study with these bytes in place of one of its files.
pub fn in_place_of(file: &str, bytes: &[u8]) {
    let files = &[(file, bytes)];
    let town = Town {
        files,
        ..Town::default()
    };
    town.read();
}

/// A folder in memory, where the system has such.
pub fn folder() -> TempDir {
    let in_memory = Path::new("/dev/shm");
    let made = if in_memory.is_dir() {
        TempDir::new_in(in_memory)
    } else {
        TempDir::new()
    };
    made.expect("a folder")
}

/// Writes a file; says where.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    path
}

/// An error says something, on lines that a terminal shows as they are.
pub fn says_something(wrong: &ReadError) {
    let text = wrong.to_string();
    assert!(text.len() > 20, "{text}");
    let mut lines = text.lines();
    assert!(
        lines.all(|line| !line.contains(char::is_control)),
        "{text:?}"
    );
}

fn stands(path: &Path, on_bad: OnBad) -> bool {
    match read::study_with(path, &read::Options { on_bad }, &Silent) {
        Ok(study) => {
            // Too little memory is an answer.
            let _ = walkshed::run(&study, &Options::default());
            true
        }
        Err(wrong) => {
            says_something(&wrong);
            false
        }
    }
}

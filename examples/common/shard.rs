//! One share of a run as a file: what was asked, on which inputs, and what its tile came to.
//!
//! `shard-0003-of-0008.walkshed` is one line of JSON, the rows of the tile as `scale::score_tile` gives
//! them, and the SHA-256 of both. `tile-0003-of-0008.walkshed` is the same with the tile in place of its
//! rows: whoever scores it keeps the line.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkshed::model::Study;
use walkshed::text::plain;

use super::args::Question;
use super::failure::Failure;
use super::said::Said;

/// The bytes of a SHA-256.
const HASH: usize = 32;
const EXTENSION: &str = "walkshed";
/// More shares than anybody has machines.
pub(crate) const MOST_SHARES: usize = 9_999;

/// What a share was asked, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The version that made it.
    walkshed: String,
    /// Which share it is, from 1.
    pub(crate) shard: usize,
    /// Of how many.
    pub(crate) of: usize,
    /// Where the study file was.
    pub(crate) study: PathBuf,
    /// All else that was asked.
    pub(crate) question: Question,
    /// The files of the study.
    inputs: Vec<Input>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Input {
    path: String,
    sha256: String,
}

/// A share that was read.
pub(crate) struct Shard {
    pub(crate) path: PathBuf,
    pub(crate) header: Header,
    /// The rows of its tile, or the tile itself.
    pub(crate) rows: Vec<u8>,
}

/// Why a file is no share.
pub(crate) enum Unreadable {
    Io(io::Error),
    /// It is not as it was written.
    Damaged,
}

impl Header {
    /// Of a share of a run on this study.
    pub(crate) fn new(
        (shard, of): (usize, usize),
        path: PathBuf,
        question: Question,
        study: &Study,
    ) -> Self {
        let inputs = study.sources().iter().map(|source| Input {
            path: source.path.clone(),
            sha256: source.sha256.clone(),
        });
        Self {
            walkshed: env!("CARGO_PKG_VERSION").to_owned(),
            shard,
            of,
            study: path,
            question,
            inputs: inputs.collect(),
        }
    }

    /// In what the runs of two shares differ, if in anything: they may lie elsewhere on each machine.
    pub(crate) fn difference(&self, other: &Self) -> Option<Said> {
        if self.walkshed != other.walkshed {
            return Some(Said::new(
                "another version of walkshed made it",
                "由另一版本的 walkshed 生成",
            ));
        }
        if self.of != other.of {
            return Some(Said::new(
                format!("it is of {} shares, not of {}", other.of, self.of),
                format!("共分 {} 份，而不是 {} 份", other.of, self.of),
            ));
        }
        if self.question != other.question {
            return Some(Said::new(
                "it was asked with other flags",
                "运行时的参数不同",
            ));
        }
        self.changed_input(other).map(|path| {
            Said::new(
                format!("the input {path} is another file"),
                format!("输入文件 {path} 不是同一份"),
            )
        })
    }

    /// An input that both do not have alike.
    fn changed_input(&self, other: &Self) -> Option<String> {
        let of_both = self.inputs.iter().chain(&other.inputs);
        let changed = of_both
            .into_iter()
            .find(|input| !self.inputs.contains(input) || !other.inputs.contains(input));
        changed.map(|input| plain(&input.path))
    }

    /// The name of its file.
    pub(crate) fn name(&self) -> String {
        self.named("shard")
    }

    /// The name of its tile's file.
    pub(crate) fn tile_name(&self) -> String {
        self.named("tile")
    }

    fn named(&self, what: &str) -> String {
        format!("{what}-{:04}-of-{:04}.{EXTENSION}", self.shard, self.of)
    }
}

impl Shard {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, Unreadable> {
        let bytes = fs::read(path).map_err(Unreadable::Io)?;
        Self::of(path, &bytes).ok_or(Unreadable::Damaged)
    }

    fn of(path: &Path, bytes: &[u8]) -> Option<Self> {
        let (content, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
        if Sha256::digest(content)[..] != *hash {
            return None;
        }
        let end = content.iter().position(|&byte| byte == b'\n')?;
        let header: Header = serde_json::from_slice(&content[..end]).ok()?;
        let is_sound = (1..=header.of).contains(&header.shard) && header.of <= MOST_SHARES;
        is_sound.then(|| Self {
            path: path.to_owned(),
            header,
            rows: content[end + 1..].to_vec(),
        })
    }

    /// Writes it into its folder, whole or not at all.
    pub(crate) fn write(&self) -> io::Result<()> {
        let mut content = serde_json::to_vec(&self.header)?;
        content.push(b'\n');
        content.extend(&self.rows);
        let hash = Sha256::digest(&content);
        content.extend(hash);
        let dir = self.path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new();
        file.prefix(".shard-");
        // Other people's jobs read it too, where the umask lets them.
        #[cfg(unix)]
        file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = file.tempfile_in(dir)?;
        file.write_all(&content)?;
        // On the disk before it has its name: a machine that stops leaves no half of a share.
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

/// The files of shares in a folder, by name.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    files_of("shard-", dir)
}

/// The files of tiles in a folder, by name.
pub(crate) fn tile_files(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    files_of("tile-", dir)
}

fn files_of(prefix: &str, dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(dir).map_err(|error| unreadable(dir, error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(dir, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(prefix) && path.extension().is_some_and(|ext| ext == EXTENSION) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file or a folder cannot be read.
pub(crate) fn unreadable(path: &Path, error: io::Error) -> Failure {
    let path = shown(path);
    Failure::File(
        Said::new(format!("{path} cannot be read"), format!("无法读取 {path}")),
        error,
    )
}

/// A path for the screen: names in a folder of shares may be anybody's.
pub(crate) fn shown(path: &Path) -> String {
    let parts = path.iter().map(|part| plain(&part.to_string_lossy()));
    let parts: PathBuf = parts.collect();
    parts.display().to_string()
}

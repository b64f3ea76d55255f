//! A share of a run, `coverage --shard`, and `merge`.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::strace::{self, Call, Program};
use crate::{CALLS, Files, assert_well, code, files, path, program, put, study};

/// A study, its two shares, and what they merge into.
struct Town {
    dir: TempDir,
    shares: Files,
    whole: Files,
}

impl Town {
    fn new() -> Self {
        let dir = study();
        let mut town = Self {
            dir,
            shares: Files::new(),
            whole: Files::new(),
        };
        for share in ["1/2", "2/2"] {
            assert_well(&town.share(share).run(), town.dir.path(), &share);
        }
        town.shares = files(&town.at("shares"));
        assert_well(&town.merge().run(), town.dir.path(), &"merge");
        town.whole = files(&town.at("out"));
        town
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn share(&self, share: &str) -> Program {
        let [study, shares] = ["study.toml", "shares"].map(|name| self.at(name));
        let asked = [
            path(&study),
            "--shard",
            share,
            "--out",
            path(&shares),
            "--no-report",
        ];
        program("coverage", &asked)
    }

    fn merge(&self) -> Program {
        let [shares, out] = ["shares", "out"].map(|name| self.at(name));
        program("merge", &[path(&shares), "--out", path(&out)])
    }

    /// The folder of shares holds the first one alone, and nothing is merged.
    fn prepare(&self) {
        let _ = fs::remove_dir_all(self.at("shares"));
        let mut shares = self.shares.clone();
        shares.pop_last().expect("two shares");
        put(&self.at("shares"), &shares);
    }

    fn prepare_merge(&self) {
        let _ = fs::remove_dir_all(self.at("out"));
        put(&self.at("shares"), &self.shares);
    }
}

fn assert_tried(calls: &[Call], names: &[&str]) {
    for name in names {
        let is_tried = calls.iter().any(|call| call.name.starts_with(name));
        assert!(is_tried, "no call of {name} was let fail");
    }
}

#[test]
fn any_call_of_the_system_on_the_folder_of_shares_may_fail() {
    if !strace::is_there() {
        return;
    }
    let town = Town::new();
    town.prepare();
    let share = town.share("2/2");
    let calls = share.calls(&CALLS, &town.at("shares"));
    assert_tried(
        &calls,
        &[
            "openat",
            "read",
            "write",
            "fsync",
            "rename",
            "statx",
            "getdents64",
        ],
    );
    for call in &calls {
        town.prepare();
        let ended = code(&share.failing(call, "EIO"), town.dir.path(), call);
        assert!([0, 4].contains(&ended), "{call:?}: {ended}");
        let left = files(&town.at("shares"));
        for (name, bytes) in &left {
            assert_eq!(Some(bytes), town.shares.get(name), "{call:?}: {name}");
        }
        assert_eq!(left.len() == 2, is_made(&town), "{call:?}");
        assert!(ended == 4 || is_made(&town), "{call:?}");
        assert_well(&share.run(), town.dir.path(), call);
        assert_eq!(files(&town.at("shares")), town.shares, "{call:?}");
    }
}

fn is_made(town: &Town) -> bool {
    town.at("shares/shard-0002-of-0002.walkshed").exists()
}

#[test]
fn any_call_of_the_system_of_a_merge_may_fail() {
    if !strace::is_there() {
        return;
    }
    let town = Town::new();
    let merge = town.merge();
    town.prepare_merge();
    let calls = merge.calls(&CALLS, town.dir.path());
    assert_tried(
        &calls,
        &[
            "openat", "read", "write", "fsync", "flock", "rename", "statx",
        ],
    );
    for call in &calls {
        town.prepare_merge();
        let ended = code(&merge.failing(call, "EIO"), town.dir.path(), call);
        let left = visible(&town.at("out"));
        match ended {
            0 => assert_eq!(left, town.whole, "{call:?}"),
            4 => assert!(
                left == town.whole || !left.contains_key("manifest.json"),
                "{call:?}: {:?}",
                left.keys()
            ),
            other => panic!("{call:?}: exit code {other}"),
        }
        assert_eq!(files(&town.at("shares")), town.shares, "{call:?}");
        assert_well(&merge.run(), town.dir.path(), call);
        assert_eq!(files(&town.at("out")), town.whole, "{call:?}");
    }
}

fn visible(out: &Path) -> Files {
    let mut left = if out.exists() {
        files(out)
    } else {
        Files::new()
    };
    left.retain(|name, _| !name.starts_with('.'));
    left
}

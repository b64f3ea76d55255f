//! A panic in a worker ends a run with the exit code of a bug of ours, and nothing is published.

#[path = "../examples/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use common::args::Shared;
use common::outcome::finish;
use walkshed::report::{self, OutDir, ReportOptions};
use walkshed::{Options, Progress, Stage, draw};

/// Counts on, and breaks off in the middle of the search, on whatever thread tells of it.
struct BreaksOff;

impl Progress for BreaksOff {
    fn start(&self, _: Stage, _: u64) {}

    fn advance(&self, _: u64) {
        panic!("a bug");
    }
}

fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut content = BTreeMap::new();
    for entry in fs::read_dir(dir).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        content.insert(name.into_owned(), fs::read(&path).expect("readable"));
    }
    content
}

/// What an exit code is: it can be compared in no other way.
fn shown(code: ExitCode) -> String {
    format!("{code:?}")
}

#[test]
fn a_panic_of_a_worker_is_exit_70_and_leaves_the_folder_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let study = draw::town("A-a--s-B", 100.0, "s");
    // On threads of its own: those of the whole process are for the run that is tested.
    let pool = rayon::ThreadPoolBuilder::new().build().expect("threads");
    let results = pool.install(|| walkshed::run(&study, &Options::default()));
    let results = results.expect("a small study");
    pool.install(|| report::write(&results, &out))
        .expect("an empty folder");
    let before = content(&out);

    let args = Shared {
        quiet: true,
        threads: Some(2),
        ..Shared::default()
    };
    let code = common::run::run(&args, |meter| {
        meter.keep(OutDir::open(&out, &ReportOptions::default())?);
        let options = Options {
            progress: &BreaksOff,
            ..Options::default()
        };
        let results = walkshed::run(&study, &options)?;
        finish(&args, &results, meter)?;
        Ok(0)
    });
    assert_eq!(shown(code), shown(ExitCode::from(70)));
    assert_eq!(content(&out), before);
    // Nobody holds the folder any more.
    report::write(&results, &out).expect("its own files may be replaced");
}

//! Random bytes into one of the readers of walkshed, chosen by the environment: see the manual.
//!
//! ```text
//! cd tests/fuzz
//! mkdir -p target/found
//! FUZZ_TARGET=osm_xml cargo run --release -- target/found ../fuzz_corpus/seeds/osm_xml \
//!     -timeout=10 -rss_limit_mb=2048 -max_total_time=600
//! ```
#![no_main]

#[path = "../../fuzz_corpus/packed.rs"]
mod packed;
#[path = "../../fuzz_corpus/targets.rs"]
mod targets;
#[path = "../../fuzz_corpus/town.rs"]
mod town;

use std::panic;
use std::process;
use std::sync::LazyLock;

use targets::{TARGETS, Target};

/// The fuzzer's own hook ends the process at every panic; the library takes some of its crates' panics for an
/// answer, and only the others are findings.
fn end_at_findings() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !walkshed::read::is_guarded() {
            hook(panic);
        }
    }));
}

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    end_at_findings();
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|target| target.name == name);
    found.unwrap_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("FUZZ_TARGET is {name:?}, and none of {}", names.join(", "));
        process::exit(2)
    })
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    (TARGET.run)(bytes);
});

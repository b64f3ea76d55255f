//! Times the engine on a network in flat files; one line of JSON for each task.
//!
//! `cargo run --release --example engine -- NETWORK --metres 1250 --kmh 5 --threads 1`
//!
//! | task | what is timed |
//! |---|---|
//! | `study`, `link` | the model from arrays in memory; cells and sites put on their streets |
//! | `ready` | streets contracted and the bounded hierarchy made, cut at the bound |
//! | `a5`, `a32` | the nearest of 5 and of 32 categories at every node, in the caller's order |
//! | `a-once` | `ready` and `a5` as one question |
//! | `d` | how many cells lie within the bound of each cell |
//! | `build` | streets contracted for searches from single places |
//! | `b` | how many points lie within the bound of each cell |
//! | `c` | the sparse matrix of cells and points within the bound |
//! | `c-once` | `build` and `c` as one question |
//! | `iso` | the cells within the bound of one place: one search, or what one candidate costs |
//!
//! With `--streets FILE` the network is first written from the streets of a real place; with `--settle`
//! points and cells are left out that hang on another vertex than their own. With `--answers` each task's
//! answer goes to a file (see `answers.rs`), so that other tools' answers can be held against it.
//!
//! `benches/peers.py` makes networks, runs this and its peers on them, and compares the answers.

mod answers;
mod clock;
mod network;
mod streets;
mod tasks;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use walkshed::Speed;

/// Times the engine on a network in flat files.
#[derive(Parser)]
#[command(version, about)]
struct Options {
    /// Folder with nodes.f64, edges.u32, points.u32 and cells.u32
    network: PathBuf,
    /// Write the network from these streets (OSM PBF or XML, GeoJSON), and do nothing more
    #[arg(long)]
    streets: Option<PathBuf>,
    /// With --streets: a place within 500 m of one, as longitude,latitude
    #[arg(long, default_value = "0,0", allow_hyphen_values = true)]
    near: String,
    /// Leave out points and cells that hang on another vertex than their own, and do nothing more
    #[arg(long)]
    settle: bool,
    /// How far a walk may be
    #[arg(long, default_value_t = 1250.0)]
    metres: f64,
    /// Walking speed
    #[arg(long, default_value_t = 5.0)]
    kmh: f64,
    /// Threads to use
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How often each task is timed; the median counts
    #[arg(long, default_value_t = 5)]
    repeat: usize,
    /// Only these tasks, separated by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Write each task's answer to this folder
    #[arg(long)]
    answers: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    if let Some(file) = &options.streets {
        return streets::write(file, &options.near, &options.network);
    }
    if options.settle {
        return network::settle(&options.network);
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build_global()?;
    let speed = Speed::from_kmh(options.kmh).ok_or("a speed from 0.1 to 50 km/h is expected")?;
    tasks::run(&options, speed)
}

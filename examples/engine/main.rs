//! Times the engine on a network in flat files; one line of JSON for each task.
//!
//! `cargo run --release --example engine -- NETWORK --metres 1250 --kmh 5 --threads 1`
//!
//! * `build`: streets contracted, cells and sites put on them
//! * `b`: how many points each cell has within the bound
//! * `c`: the sparse matrix of cells and points within the bound
//! * `one-shot`: all of `travel_times`, building included
//! * `catchment`: the cells within the bound of one point
//!
//! With `--streets FILE` the network is first written from the streets of a real place.
//!
//! `benches/peers.py` makes networks, runs this and its peers on them, and compares the answers.

mod network;
mod streets;

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use serde_json::{Value, json};
use walkshed::model::Study;
use walkshed::search::{Engine, TravelTimes, travel_times_as};
use walkshed::snap::{Linkage, link};
use walkshed::{Silent, Speed, TravelTime};

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
    /// How far a walk may be
    #[arg(long, default_value_t = 1250.0)]
    metres: f64,
    /// Walking speed
    #[arg(long, default_value_t = 5.0)]
    kmh: f64,
    /// Threads to use
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// How often each task is done; the median counts
    #[arg(long, default_value_t = 5)]
    repeat: usize,
    /// Take only one of so many points
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Only this task
    #[arg(long)]
    only: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    if let Some(file) = &options.streets {
        return streets::write(file, &options.near, &options.network);
    }
    rayon::ThreadPoolBuilder::new().num_threads(options.threads).build_global()?;
    let speed = Speed::from_kmh(options.kmh).ok_or("a speed from 0.1 to 50 km/h is expected")?;
    let study = network::study(&options.network, speed, options.every.max(1))?;
    let links = link(&study);
    Bench { study: &study, links: &links, budget: speed.time(options.metres), options: &options }.run()
}

struct Bench<'a> {
    study: &'a Study,
    links: &'a Linkage,
    budget: TravelTime,
    options: &'a Options,
}

impl Bench<'_> {
    fn run(&self) -> Result<(), Box<dyn Error>> {
        let (nodes, profile) = (self.study.network().nodes().len(), self.study.walk.profile());
        let before = memory("VmRSS");
        let engine = self.time(
            "build",
            || Engine::new(self.study, self.links, &profile),
            |engine| {
                let (junctions, bytes) = engine.size();
                json!({ "nodes": nodes, "points": self.study.sites().len(), "junctions": junctions, "bytes_per_node": bytes / nodes.max(1) })
            },
        )?;
        self.time(
            "b",
            || engine.counts(self.budget),
            |counts| json!({ "pairs": counts.iter().map(|&count| u64::from(count)).sum::<u64>() }),
        )?;
        let matrix = |times: &TravelTimes<'_>| self.told(times);
        self.time("c", || engine.travel_times(self.budget, &Silent), matrix)?;
        let whole = || travel_times_as(self.study, self.links, self.budget, &profile, &Silent);
        self.time("one-shot", whole, matrix)?;
        let sites: Vec<_> = self.study.sites().iter().map(|(site, _)| self.links.site(site)).collect();
        let each = |_: &Vec<usize>| json!({ "searches": sites.len() });
        let catchments = || sites.iter().map(|&site| engine.catchment(site, self.budget).len()).collect();
        self.time("catchment", catchments, each)?;
        writeln!(
            std::io::stdout(),
            "{}",
            json!({ "task": "memory", "before_mb": before, "peak_mb": memory("VmHWM") })
        )?;
        Ok(())
    }

    fn told(&self, times: &TravelTimes<'_>) -> Value {
        let ticks = (0..self.study.cells().len()).flat_map(|cell| times.of(walkshed::ids::CellId::new(cell)));
        let seconds: f64 = ticks.map(|reach| reach.time.seconds()).sum();
        let work = times.work();
        json!({
            "pairs": times.len(), "metres": seconds * self.study.walk.speed.kmh() / 3.6,
            "settled": work.settled, "relaxed": work.relaxed, "pushed": work.pushed,
        })
    }

    /// Does a task several times and prints how long it took and what came out.
    fn time<T>(&self, task: &str, run: impl Fn() -> T, told: impl Fn(&T) -> Value) -> Result<T, Box<dyn Error>> {
        let wanted = self.options.only.as_deref().is_none_or(|only| only == task);
        let (mut seconds, mut cpu) = (Vec::new(), Vec::new());
        let mut result = run();
        for _ in 0..if wanted { self.options.repeat } else { 0 } {
            drop(result);
            let (start, used) = (Instant::now(), cpu_seconds());
            result = run();
            seconds.push(start.elapsed().as_secs_f64());
            cpu.extend(cpu_seconds().zip(used).map(|(now, before)| now - before));
        }
        if wanted {
            let mut line = json!({
                "task": task, "threads": self.options.threads, "wall_s": spread(seconds), "cpu_s": spread(cpu),
            });
            line.as_object_mut()
                .into_iter()
                .for_each(|line| line.extend(told(&result).as_object().cloned().unwrap_or_default()));
            writeln!(std::io::stdout(), "{line}")?;
        }
        Ok(result)
    }
}

/// The least, the median and the most.
fn spread(mut seconds: Vec<f64>) -> [Option<f64>; 3] {
    seconds.sort_by(f64::total_cmp);
    [0, seconds.len() / 2, seconds.len().saturating_sub(1)].map(|place| seconds.get(place).copied())
}

/// The processor time that all threads have used so far, where the system tells. Unlike the time on
/// the clock it does not grow when other programs want the machine too.
fn cpu_seconds() -> Option<f64> {
    let threads = fs::read_dir("/proc/self/task").ok()?;
    let used = threads.map(|thread| {
        let told = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<u64>().ok()
    });
    used.sum::<Option<u64>>().map(|nanoseconds| std::time::Duration::from_nanos(nanoseconds).as_secs_f64())
}

/// A figure of this process's memory in MB, where the system tells.
fn memory(figure: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(figure))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

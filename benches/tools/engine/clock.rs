//! Time and memory of this process.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A task is done as often as fills this time; the system counts processor time in steps of milliseconds.
const LEAST: Duration = Duration::from_millis(200);

/// Does a task once for its result, then times it so many times: least, median and most seconds of one
/// run, by the clock (`wall_s`) and of processor time (`cpu_s`).
pub fn timed<T>(repeat: usize, run: impl Fn() -> T) -> (T, Value) {
    let start = Instant::now();
    drop(black_box(run()));
    let once = start.elapsed().max(Duration::from_nanos(100));
    let rounds = u32::try_from(LEAST.as_nanos() / once.as_nanos())
        .unwrap_or(u32::MAX)
        .max(1);
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..repeat {
        let (start, used) = (Instant::now(), cpu_seconds());
        (0..rounds).for_each(|_| drop(black_box(run())));
        wall.push(start.elapsed().as_secs_f64() / f64::from(rounds));
        cpu.extend(
            cpu_seconds()
                .zip(used)
                .map(|(now, before)| (now - before) / f64::from(rounds)),
        );
    }
    (
        run(),
        json!({ "wall_s": spread(wall), "cpu_s": spread(cpu) }),
    )
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
    used.sum::<Option<u64>>()
        .map(|nanoseconds| Duration::from_nanos(nanoseconds).as_secs_f64())
}

/// Bytes of memory that this process took at most, where the system tells.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kb| kb * 1024)
}

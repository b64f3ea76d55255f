//! One system call of a program fails, by `strace`: which calls there are, and the run in which one of them
//! fails.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Whether there is a `strace` that may trace here.
pub fn is_there() -> bool {
    let started = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let is_there = started.is_ok_and(|status| status.success());
    if !is_there {
        println!("skipped: there is no strace that may trace here");
    }
    is_there
}

/// A program with what it is told.
pub struct Program {
    pub path: PathBuf,
    pub arguments: Vec<String>,
}

/// The n-th call of this name, from 1, that the main thread makes.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    pub nth: usize,
    /// As `strace` shows it.
    pub shown: String,
}

impl Program {
    pub fn run(&self) -> Output {
        self.output(&mut Command::new(&self.path))
    }

    /// The calls of the main thread of a run that end well and name a path with this beginning.
    ///
    /// Each thread counts its own calls. The main thread works on the results' folder alone, so its calls
    /// there have the same numbers in each run of the same work.
    pub fn calls(&self, names: &[&str], folder: &Path) -> Vec<Call> {
        let (output, trace) = self.traced(&[&format!("trace={}", names.join(","))], None);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let folder = folder.to_str().expect("a path of our own");
        let (main, _) = trace.split_once(' ').expect("a line begins with a thread");
        let mut counts = BTreeMap::new();
        let mut calls = Vec::new();
        for line in trace.lines() {
            let Some((thread, shown)) = line.split_once(' ') else {
                continue;
            };
            // The end of a call whose beginning has been counted begins with "<".
            let Some((name, _)) = shown.trim_start().split_once('(') else {
                continue;
            };
            if thread != main || !names.contains(&name) {
                continue;
            }
            let nth = counts.entry(name.to_owned()).or_insert(0);
            *nth += 1;
            if shown.contains(folder) && !shown.contains(" = -1 ") {
                calls.push(Call {
                    name: name.to_owned(),
                    nth: *nth,
                    shown: shown.to_owned(),
                });
            }
        }
        calls
    }

    /// A run in which a call ends with this error, as the system names it.
    pub fn failing(&self, call: &Call, error: &str) -> Output {
        let trace = format!("trace={}", call.name);
        let inject = format!("inject={}:error={error}:when={}", call.name, call.nth);
        let (output, trace) = self.traced(&[&trace, &inject], None);
        assert!(trace.contains("(INJECTED)"), "{}: {trace}", call.shown);
        output
    }

    /// The same for the n-th call of a name, from 1, that any thread makes on exactly this path; nothing once
    /// there are not so many.
    pub fn failing_at(&self, path: &Path, call: (&str, usize), error: &str) -> Option<Output> {
        let (name, nth) = call;
        let trace = format!("trace={name}");
        let inject = format!("inject={name}:error={error}:when={nth}");
        let (output, trace) = self.traced(&[&trace, &inject], Some(path));
        trace.contains("(INJECTED)").then_some(output)
    }

    /// A run, and its trace.
    fn traced(&self, rules: &[&str], path: Option<&Path>) -> (Output, String) {
        let trace = tempfile::NamedTempFile::new().expect("a temporary file");
        let mut strace = Command::new("strace");
        // All threads; paths beside the numbers of open files; no content.
        strace
            .args(["-f", "-qq", "-y", "-s", "0", "-o"])
            .arg(trace.path());
        if let Some(path) = path {
            strace.arg("-P").arg(path);
        }
        for rule in rules {
            strace.args(["-e", rule]);
        }
        let output = self.output(strace.arg(&self.path));
        let trace = fs::read_to_string(trace.path()).expect("a trace is text");
        (output, trace)
    }

    fn output(&self, command: &mut Command) -> Output {
        // From a folder that no path of the test begins with.
        command
            .args(&self.arguments)
            .current_dir("/")
            .stdin(Stdio::null());
        command.output().expect("it runs")
    }
}

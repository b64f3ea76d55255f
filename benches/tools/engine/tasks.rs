//! The tasks, one after the other.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};
use walkshed::ids::{CellId, SiteId};
use walkshed::model::{Profile, SiteSet, Study};
use walkshed::search::{Engine, Search, Weights};
use walkshed::snap::{Linkage, link};
use walkshed::{Silent, Speed, TravelTime};

use crate::network::{self, Arrays};
use crate::{Options, answers, clock};

/// From so many places one search each is made.
const PLACES: usize = 1_000;

type Done = Result<(), Box<dyn Error>>;

/// Does all tasks that are asked for and prints a line for each.
pub fn run(options: &Options, speed: Speed) -> Done {
    let arrays = Arrays::read(&options.network)?;
    let study = timed(options, "study", || arrays.study(speed))??;
    let links = timed(options, "link", || link(&study))?;
    if let Some(folder) = &options.answers {
        fs::create_dir_all(folder)?;
    }
    let profile = study.walk().profile();
    let budget = speed.time(options.metres);
    Bench {
        options,
        arrays: &arrays,
        study: &study,
        links: &links,
        profile,
        budget,
    }
    .run()?;
    let nodes = study.network().nodes().len();
    let (points, cells) = (study.sites().len(), study.cells().len());
    say(&json!({
        "task": "memory", "nodes": nodes, "points": points, "cells": cells, "bound_ticks": budget.ticks(),
        "peak_bytes": clock::peak_memory(),
    }))
}

/// What the tasks are about.
struct Bench<'a> {
    options: &'a Options,
    arrays: &'a Arrays,
    study: &'a Study,
    links: &'a Linkage,
    profile: Profile,
    budget: TravelTime,
}

impl Bench<'_> {
    fn run(&self) -> Done {
        if ["ready", "a5", "a5-asked", "a32", "a32-asked", "d"]
            .iter()
            .any(|task| wanted(self.options, task))
        {
            self.sweeps()?;
        }
        self.once()?;
        if ["build", "b", "c", "iso"]
            .iter()
            .any(|task| wanted(self.options, task))
        {
            self.searches()?;
        }
        Ok(())
    }

    fn sweeps(&self) -> Done {
        let make = || {
            let engine = Engine::new(self.links, &self.profile);
            engine.contract(self.budget);
            engine
        };
        let ready = if wanted(self.options, "ready") {
            timed(self.options, "ready", make)?
        } else {
            make()
        };
        for (task, categories) in [("a5", self.five()), ("a32", self.many())] {
            self.task(
                task,
                || ready.nearest_at_nodes(self.budget, &categories).ticks(),
                |ticks| self.file(task, |file| network::write(&file, ticks.iter().copied())),
            )?;
            // The answers on the junctions, from which each is read when it is asked for.
            let asked = format!("{task}-asked");
            self.task(
                &asked,
                || ready.nearest_at_nodes(self.budget, &categories),
                |_| Ok(()),
            )?;
        }
        let ones = vec![1; self.study.cells().len()];
        self.task(
            "d",
            || ready.cumulative_opportunities(self.budget, Weights::Cells(&ones)),
            |sums| self.file("d", |file| answers::sums(&file, sums.iter().copied())),
        )?;
        let Some(size) = ready.hierarchy() else {
            return Ok(());
        };
        let counted =
            json!({ "core": size.junctions, "arcs": size.arcs, "shortcuts": size.shortcuts });
        say(&json!({ "task": "sweeps", "bytes": ready.size().1 + size.bytes, "size": counted }))
    }

    fn once(&self) -> Done {
        let links = self.links;
        let profile = &self.profile;
        let budget = self.budget;
        let five = self.five();
        self.task(
            "a-once",
            || {
                Engine::new(links, profile)
                    .nearest_at_nodes(budget, &five)
                    .ticks()
            },
            |_| Ok(()),
        )?;
        self.task(
            "c-once",
            || {
                Search {
                    profile: Some(*profile),
                    budget,
                    progress: &Silent,
                }
                .travel_times(links)
            },
            |_| Ok(()),
        )
    }

    fn searches(&self) -> Done {
        let make = || Engine::new(self.links, &self.profile);
        let engine = if wanted(self.options, "build") {
            timed(self.options, "build", make)?
        } else {
            make()
        };
        self.task(
            "b",
            || engine.counts(self.budget),
            |counts| {
                self.file("b", |file| {
                    answers::sums(&file, counts.iter().map(|&count| count.into()))
                })
            },
        )?;
        self.task(
            "c",
            || engine.travel_times(self.budget, &Silent),
            |times| {
                let work = times.work();
                let counted = json!({ "settled": work.settled, "relaxed": work.relaxed, "pushed": work.pushed });
                say(&json!({ "task": "work", "pairs": times.len(), "work": counted }))?;
                self.file("c", |file| answers::pairs(&file, answers::of_times(times, self.study.cells().len())))
            },
        )?;
        let step = self.study.sites().len().div_ceil(PLACES).max(1);
        let places = (0..self.study.sites().len()).step_by(step);
        let from = |site| {
            (
                site,
                engine.catchment(self.links.site(SiteId::new(site)), self.budget),
            )
        };
        self.task(
            "iso",
            || places.clone().map(from).collect::<Vec<_>>(),
            |found| {
                say(&json!({ "task": "places", "searches": found.len() }))?;
                let row = |(site, cells): &(usize, Vec<(CellId, TravelTime)>)| {
                    let pair = |&(cell, time): &(CellId, TravelTime)| {
                        [cell.index(), *site, time.ticks() as usize]
                    };
                    cells.iter().map(pair).collect::<Vec<_>>()
                };
                self.file("iso", |file| {
                    answers::pairs(&file, found.iter().flat_map(row))
                })
            },
        )?;
        let (junctions, bytes) = engine.size();
        say(&json!({ "task": "engine", "bytes": bytes, "junctions": junctions }))
    }

    /// Times a task that is asked for, and keeps its answer.
    fn task<T>(&self, task: &str, run: impl Fn() -> T, keep: impl FnOnce(&T) -> Done) -> Done {
        if wanted(self.options, task) {
            keep(&timed(self.options, task, run)?)
        } else {
            Ok(())
        }
    }

    /// Writes an answer where answers are kept.
    fn file(&self, task: &str, write: impl FnOnce(PathBuf) -> Done) -> Done {
        self.options
            .answers
            .as_ref()
            .map_or(Ok(()), |folder| write(folder.join(format!("{task}.u32"))))
    }

    /// The categories that the file names.
    fn five(&self) -> Vec<SiteSet> {
        let points = &self.arrays.points;
        let of = |category| {
            SiteSet::of(
                (0..points.len())
                    .filter(|&site| points[site][1] == category)
                    .map(SiteId::new),
            )
        };
        (0..5).map(of).collect()
    }

    /// The points by turns.
    fn many(&self) -> Vec<SiteSet> {
        let sites = self.arrays.points.len();
        (0..32)
            .map(|first| SiteSet::of((first..sites).step_by(32).map(SiteId::new)))
            .collect()
    }
}

fn wanted(options: &Options, task: &str) -> bool {
    options.only.is_empty() || options.only.iter().any(|only| only == task)
}

/// Runs a task; says how long it took, if that is asked for.
fn timed<T>(options: &Options, task: &str, run: impl Fn() -> T) -> Result<T, Box<dyn Error>> {
    if !wanted(options, task) {
        return Ok(run());
    }
    let (result, mut line) = clock::timed(options.repeat, run);
    line["task"] = json!(task);
    line["threads"] = json!(options.threads);
    say(&line)?;
    Ok(result)
}

fn say(line: &Value) -> Done {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

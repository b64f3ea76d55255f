//! Where sites may open, as the command line names it.

use std::path::{Path, PathBuf};

use walkshed::model::Study;
use walkshed::proposal::{Place, at_cells, at_junctions};
use walkshed::read;

use crate::args::Args;
use crate::common::failure::Failure;
use crate::common::said::Said;

/// The places that `--candidates` names, the cells where it names none.
pub(crate) fn candidates(args: &Args, study: &Study) -> Result<Vec<Place>, Failure> {
    let named = args.candidates.as_deref().unwrap_or("cells");
    let places = match named.split_once(':') {
        _ if named == "cells" => at_cells(study),
        Some(("junctions", metres)) => at_junctions(study, spacing(metres)?),
        Some(("map", list)) => read::map_places(&map(args, study), &tags(list)?, study)?,
        _ => read::places(Path::new(named), study)?.0,
    };
    if places.is_empty() {
        return Err(Failure::Usage(Said::new(
            "--candidates: there is no such place – name a file with some, cells, or junctions:200",
            "--candidates：没有任何备选点——请给出有备选点的文件，或用 cells、junctions:200",
        )));
    }
    Ok(places)
}

/// The map that is named, or else the study's streets, which stand beside its file.
fn map(args: &Args, study: &Study) -> PathBuf {
    let named = args.map.clone();
    named.unwrap_or_else(|| {
        let file = args.shared.study();
        let folder = file.parent().unwrap_or(Path::new(""));
        let mut sources = study.sources().iter();
        let streets = sources.find(|source| source.role == "streets");
        streets.map_or_else(PathBuf::new, |source| folder.join(&source.path))
    })
}

/// `amenity=bank,post_office,shop=kiosk` as tags: a value alone is one of the key before it.
fn tags(list: &str) -> Result<Vec<String>, Failure> {
    let mut key = None;
    let mut tags = Vec::new();
    for part in list
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let value = match part.split_once('=') {
            Some((named, value)) => {
                key = Some(named.trim());
                value.trim()
            }
            None => part,
        };
        let named = key.filter(|key| !key.is_empty() && !value.is_empty());
        let Some(named) = named else {
            return Err(Failure::Usage(Said::new(
                "--candidates: expected tags of a map, like map:amenity=bank,post_office",
                "--candidates：应为地图的标签，例如 map:amenity=bank,post_office",
            )));
        };
        tags.push(format!("{named}={value}"));
    }
    Ok(tags)
}

fn spacing(metres: &str) -> Result<f64, Failure> {
    let number: Option<f64> = metres.parse().ok();
    number
        .filter(|metres| (1.0..=100_000.0).contains(metres))
        .ok_or_else(|| {
            Failure::Usage(Said::new(
                "--candidates: expected metres from 1 to 100000, like junctions:200",
                "--candidates：应为 1 到 100000 的米数，例如 junctions:200",
            ))
        })
}

//! The command line.

use clap::{Parser, ValueEnum};
use walkshed::TravelTime;
use walkshed::plane::Position;

use crate::common::args::{Output, Shared};
use crate::common::moment;
use crate::common::run::EXIT_CODES;

/// Where people live who get to a place in time: streets, land, and who is inside.
#[derive(Debug, Parser)]
// In a folder of their own: what another command wrote stays.
#[command(mut_arg("out", |out| out.default_value("out/isochrones")))]
#[command(name = "isochrones", version, after_help = format!(
    "Exit codes: 0 done · 1 the check found land that is wrong · {EXIT_CODES}"
))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) output: Output,
    /// The limits in minutes, each a band of its own
    #[arg(long, value_name = "MIN,…", value_delimiter = ',', default_value = "5,10,15", value_parser = minutes)]
    pub(crate) bands: Vec<TravelTime>,
    /// Only these sites, by their ids or names that only one has [default: all that exist on the day]
    #[arg(
        long,
        value_name = "ID,…",
        value_delimiter = ',',
        conflicts_with = "place"
    )]
    pub(crate) sites: Vec<String>,
    /// Only sites of these kinds
    #[arg(
        long,
        value_name = "KIND,…",
        value_delimiter = ',',
        conflicts_with = "place"
    )]
    pub(crate) kind: Vec<String>,
    /// Any place instead of sites, in degrees on WGS 84, longitude first
    #[arg(long = "at", value_name = "LON,LAT", value_parser = place, allow_hyphen_values = true)]
    pub(crate) place: Option<Position>,
    /// All places together: where any is reached
    #[arg(long, conflicts_with = "nearest")]
    pub(crate) merged: bool,
    /// To each place only the land from which no other one is nearer
    #[arg(long)]
    pub(crate) nearest: bool,
    /// Only sites that do this item, by its id or a name that only one has
    #[arg(long, value_name = "ID", conflicts_with = "place")]
    pub(crate) item: Option<String>,
    /// Who walks: a group, by its id or name [default: all people alike]
    #[arg(long, value_name = "ID")]
    pub(crate) group: Option<String>,
    /// When they leave home, in the study's reference week, like 2024-03-04T10:00 [default: the study's]
    #[arg(long, value_name = "TIME", value_parser = moment::read, conflicts_with = "any_time")]
    pub(crate) leaving: Option<chrono::NaiveDateTime>,
    /// Every site counts as open
    #[arg(long)]
    pub(crate) any_time: bool,
    /// Walk from the places instead of to them
    #[arg(long)]
    pub(crate) outward: bool,
    /// What is drawn around the streets
    #[arg(long, value_name = "WHAT", default_value = "exact")]
    pub(crate) outline: Drawn,
    /// With --outline streets, half the width of the strip in metres
    #[arg(long, value_name = "M", default_value = "30", value_parser = metres)]
    pub(crate) width: f64,
    /// Draw no place farther from its street [default: that of the study, at most 100]
    #[arg(long, value_name = "M", value_parser = metres)]
    pub(crate) reach: Option<f64>,
    /// How far a border may be off
    #[arg(long, value_name = "M", default_value = "1", value_parser = tolerance)]
    pub(crate) tolerance: f64,
    /// Compare the land with the results for so many random points around each place, and for all
    /// cells; and the same with land as others draw it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) check: Option<u32>,
}

/// What is drawn around the streets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Drawn {
    /// The places from which somebody gets there in time, as cells are judged
    Exact,
    /// A strip along the streets, whatever lies in it
    Streets,
}

fn minutes(text: &str) -> Result<TravelTime, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|minutes| *minutes > 0.0 && *minutes <= 1440.0)
        .and_then(|minutes| TravelTime::from_seconds(minutes * 60.0))
        .ok_or_else(|| "expected minutes above 0 and up to 1440, like 5,10,15".to_owned())
}

fn place(text: &str) -> Result<Position, String> {
    let wrong = || "expected a longitude and a latitude in degrees, like 116.25,29.73".to_owned();
    let (lon, lat) = text.split_once([',', '，']).ok_or_else(wrong)?;
    let [lon, lat] = [lon, lat].map(|number| number.trim().parse::<f64>().ok());
    let (Some(lon), Some(lat)) = (lon, lat) else {
        return Err(wrong());
    };
    Position::new(lon, lat).ok_or_else(|| {
        let swapped = Position::new(lat, lon).map_or("", |_| " – is the latitude first?");
        format!("longitude {lon} or latitude {lat} is out of range{swapped}")
    })
}

fn metres(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|metres| (1.0..=5000.0).contains(metres))
        .ok_or_else(|| "expected metres from 1 to 5000".to_owned())
}

fn tolerance(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|metres| (0.1..=20.0).contains(metres))
        .ok_or_else(|| "expected metres from 0.1 to 20".to_owned())
}

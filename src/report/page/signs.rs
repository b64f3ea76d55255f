//! The signs of a map, each in a box of its own, as legends show them.

use maud::{Markup, html};

use super::colours;
use super::frame::{Frame, Point};
use super::lines;
use crate::model::Study;
use crate::score::VerdictKind;
use crate::words::{Text, text};

/// The side of the box that a sign stands in.
pub(super) const BOX: f64 = 14.0;

pub(super) const STREETS: &str = "#c9c9c9";
pub(super) const WATER: &str = "#5b9bd0";
pub(super) const BORDERS: &str = "#a58fc0";
pub(super) const BOUNDARY: &str = "#777777";
/// Around cells with people who are newly covered: darker than water, and a colour of no verdict.
pub(super) const GAINED: &str = "#0072b2";

/// What a legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Verdict(VerdictKind),
    Site,
    Opened,
    Gone,
    Gained,
    Lost,
    Line {
        colour: &'static str,
        is_dashed: bool,
    },
}

impl Sign {
    /// The sign in a box of [`BOX`] units.
    pub(super) fn drawn(self) -> Markup {
        match self {
            Self::Verdict(kind) => html! {
                circle cx="7" cy="7" r="6.5" fill=(colours::of_verdict(kind)) stroke=[colours::outline(kind)] {}
            },
            Self::Gained | Self::Lost => self.mark(&self.shape([7, 7], 5)),
            Self::Site | Self::Gone => self.mark(&self.shape([7, 7], 6)),
            Self::Opened => self.mark(&self.shape([7, 7], 7)),
            Self::Line { colour, is_dashed } => html! {
                path d="M0 7h14" fill="none" stroke=(colour) stroke-width="2.4" stroke-dasharray=[is_dashed.then_some("5 2 2 2")] {}
            },
        }
    }

    /// The path of the sign of a place around a point, so far to each side; nothing of other signs.
    pub(super) fn shape(self, [x, y]: Point, half: i64) -> String {
        let (whole, left, top) = (2 * half, x - half, y - half);
        let diamond = format!("M{x} {top}l{half} {half}-{half} {half}-{half}-{half}z");
        match self {
            Self::Site | Self::Opened => diamond,
            // Struck out.
            Self::Gone => format!("{diamond}m-{half} {whole}l{whole}-{whole}"),
            Self::Gained => {
                format!("M{left} {y}a{half} {half} 0 1 0 {whole} 0a{half} {half} 0 1 0-{whole} 0")
            }
            Self::Lost => {
                format!("M{left} {top}l{whole} {whole}m0-{whole}l-{whole} {whole}")
            }
            Self::Verdict(_) | Self::Line { .. } => String::new(),
        }
    }

    /// Such paths in the colours of the sign; nothing where there are none.
    pub(super) fn mark(self, d: &str) -> Markup {
        let [fill, stroke, width] = match self {
            Self::Site => ["#fff", "#111", "1.6"],
            Self::Opened => ["#111", "#fff", "1.6"],
            Self::Gained => ["none", GAINED, "2.6"],
            Self::Lost => ["none", "#000", "2.6"],
            Self::Gone | Self::Verdict(_) | Self::Line { .. } => ["none", "#888", "1.6"],
        };
        html! {
            @if !d.is_empty() { path d=(d) fill=(fill) stroke=(stroke) stroke-width=(width) {} }
        }
    }

    /// The sign and what it means, in a line of others.
    pub(super) fn inline(self, said: &str) -> Markup {
        html! {
            span.item {
                svg.key viewBox=(format!("0 0 {BOX} {BOX}")) aria-hidden="true" { (self.drawn()) }
                (said)
            } " "
        }
    }
}

/// The lines of a map that are there, with what they are.
pub(super) fn of_lines(study: &Study, frame: &Frame) -> Vec<(Sign, Text)> {
    let line = |colour, is_dashed| Sign::Line { colour, is_dashed };
    let mut signs = vec![(line(STREETS, false), text!(PageStreets))];
    if !lines::barriers(study.barriers(), frame).is_empty() {
        signs.push((line(WATER, false), text!(PageWater)));
    }
    if !lines::borders(study.units(), frame).is_empty() {
        signs.push((line(BORDERS, false), text!(PageBorders)));
    }
    if study.boundary().is_some() {
        signs.push((line(BOUNDARY, true), text!(PageBoundary)));
    }
    signs
}

//! The signs of a map, each in a box of its own, as legends show them.

use maud::{Markup, html};

use super::colours;
use super::frame::Frame;
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
            Self::Site => {
                html! { path d="M7 1l6 6-6 6-6-6z" fill="#fff" stroke="#111" stroke-width="1.6" {} }
            }
            Self::Opened => html! { path d="M7 0l7 7-7 7-7-7z" fill="#111" {} },
            Self::Gone => html! {
                path d="M7 1l6 6-6 6-6-6zM1 13L13 1" fill="none" stroke="#888" stroke-width="1.6" {}
            },
            Self::Gained => {
                html! { circle cx="7" cy="7" r="5.5" fill="none" stroke=(GAINED) stroke-width="2.5" {} }
            }
            Self::Lost => {
                html! { path d="M2 2l10 10m0-10l-10 10" fill="none" stroke="#000" stroke-width="2.5" {} }
            }
            Self::Line { colour, is_dashed } => html! {
                path d="M0 7h14" fill="none" stroke=(colour) stroke-width="2.4" stroke-dasharray=[is_dashed.then_some("5 2 2 2")] {}
            },
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

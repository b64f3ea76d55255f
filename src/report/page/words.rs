//! The words that the script shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::subject::Subject;
use crate::words::{Text, text};

/// The words that the script shows; `{m}` and `{s}` stand for minutes and seconds, `{g}` for a
/// group.
#[derive(Serialize)]
pub(super) struct MapWords {
    layers: BTreeMap<&'static str, String>,
    #[serde(flatten)]
    words: BTreeMap<&'static str, String>,
}

impl MapWords {
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let said = |(key, text): (&'static str, Text)| (key, subject.say(&text));
        Self {
            layers: layers().into_iter().map(said).collect(),
            words: words().into_iter().map(said).collect(),
        }
    }
}

fn layers() -> [(&'static str, Text); 6] {
    [
        ("share", text!(PageLayerShare)),
        ("verdict", text!(PageLayerVerdict)),
        ("minutes", text!(PageLayerMinutes)),
        ("score", text!(PageLayerScore)),
        ("firms", text!(PageLayerFirms)),
        ("after", text!(PageLayerAfter)),
    ]
}

fn words() -> [(&'static str, Text); 33] {
    [
        ("size", text!(PageDotSize)),
        ("up_to", text!(PageUpTo, minutes = "{m}")),
        ("beyond", text!(PageBeyond)),
        ("no_walk", text!(PageNoWalk)),
        (
            "walk",
            text!(MinutesSeconds, minutes = "{m}", seconds = "{s}"),
        ),
        ("not_asked", text!(PageNotAsked)),
        ("nothing", text!(PageNothingFound)),
        ("streets", text!(PageStreets)),
        ("water", text!(PageWater)),
        ("boundary", text!(PageBoundary)),
        ("borders", text!(PageBorders)),
        ("names", text!(PageNames)),
        ("sites", text!(PageSites)),
        ("id", text!(PageHeadId)),
        ("unit", text!(PageHeadUnit)),
        ("people", text!(PageHeadPeople)),
        ("covered", text!(PageHeadCoveredOf)),
        ("by_group", text!(PageByWorstGroup, group = "{g}")),
        ("verdict", text!(PageHeadVerdict)),
        ("reason", text!(PageHeadReason)),
        ("cure", text!(PageHeadCure)),
        ("done", text!(PageHeadDone)),
        ("site", text!(PageHeadSite)),
        ("minutes", text!(PageHeadWalk)),
        ("after", text!(PageLayerAfter)),
        ("firms", text!(PageHeadFirms)),
        ("firm_verdict", text!(PageLayerFirms)),
        ("kind", text!(PageHeadKind)),
        ("items", text!(PageHeadItems)),
        ("served", text!(PageHeadServed)),
        ("nearest", text!(PageHeadNearest)),
        ("near", text!(PageHeadNear)),
        ("within", text!(PageHeadWithin)),
    ]
}

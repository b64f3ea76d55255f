//! What would cure it.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::case::Case;
use super::considered::Rule;
use crate::assess::gains::is_helped;
use crate::ids::{CellId, SiteId};
use crate::model::Steps;
use crate::score::{Coverage, Mend, Undone, Verdict};
use crate::units::{People, TravelTime};

/// What would cure it.
///
/// ```
/// use walkshed::assess::{Cure, explain};
/// use walkshed::{Options, draw, ids::CellId};
/// let study = draw::town("A-a--s-B\n\n\n\n\n\n\n   b", 100.0, "s");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let service = study.catalogue().find("service").unwrap();
/// let cures = [0, 1].map(|cell| explain(&now, CellId::new(cell), service).cures);
/// assert_eq!(cures[0], [Cure::Nothing]);
/// // b lies 700 m from any street.
/// assert!(matches!(cures[1][..], [Cure::Street { nearest: Some(_), .. }]), "{:?}", cures[1]);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cure {
    /// It needs no cure.
    Nothing,
    /// A site that does the whole item nearer by: within so many metres of walking.
    Nearer {
        /// How much longer than the limit the walk is.
        over: TravelTime,
        /// How many metres that is at these people's speed on the flat.
        over_m: f64,
        /// How far one walks within the limit, in metres.
        within_m: f64,
    },
    /// At a site within the limit.
    AtSite {
        /// The site.
        site: SiteId,
        /// The steps that are then done there: all that are missing.
        steps: Steps,
        /// Those of them that must be handed down to it.
        hand_down: Steps,
        /// Whether what has run out there must be renewed.
        renew: bool,
        /// The rules that it must be brought to keep: longer hours, a helper, a cross-area window.
        lift: Vec<Rule>,
        /// How many people (or firms) of the whole study get the item done, who do not now, if this
        /// alone is carried out.
        gain: People,
    },
    /// A street to the cell, or the one that the data lack.
    Street {
        /// Metres to the nearest street; none where there is none.
        nearest: Option<f64>,
        /// How many metres off a street are walked at most.
        most_m: f64,
    },
    /// A corrected row of the cell in the data.
    Row,
}

impl Cure {
    /// How many get the item done by it alone; none where that is not known.
    #[must_use]
    pub const fn gain(&self) -> Option<People> {
        match self {
            Self::AtSite { gain, .. } => Some(*gain),
            Self::Nothing | Self::Nearer { .. } | Self::Street { .. } | Self::Row => None,
        }
    }
}

/// What would cure it; all of these together.
pub(super) fn cures(case: &Case<'_>, now: &Coverage) -> Vec<Cure> {
    match case.verdict {
        Verdict::Covered { .. } | Verdict::AtHome { .. } | Verdict::Online => vec![Cure::Nothing],
        Verdict::TooFar { over, .. } => vec![nearer(case, over)],
        // How much too far it is, nobody has searched.
        Verdict::OutOfReach => vec![nearer(case, TravelTime::ZERO)],
        Verdict::NotOffered { missing, .. } => vec![at_site(case, now, missing)],
        Verdict::Stranded { nearest } => vec![Cure::Street {
            nearest,
            most_m: case.study.walk().max_snap_m,
        }],
        Verdict::Unknown => vec![Cure::Row],
    }
}

fn nearer(case: &Case<'_>, over: TravelTime) -> Cure {
    // On the flat: how steep a way to a site that is not built would be, nobody knows.
    let speed = case.profile.speed;
    Cure::Nearer {
        over,
        over_m: speed.metres(over),
        within_m: speed.metres(case.limit),
    }
}

/// The site within the limit that is mended most easily; where none can be, another site.
fn at_site(case: &Case<'_>, now: &Coverage, missing: Steps) -> Cure {
    let easiest = case.party.easiest_mend(undone(case, missing));
    easiest.map_or_else(
        || nearer(case, TravelTime::ZERO),
        |mend| mended(case, now, missing, &mend),
    )
}

fn undone(case: &Case<'_>, missing: Steps) -> Undone {
    Undone {
        cell: case.cell,
        class: case.study.catalogue().class(case.item),
        missing,
    }
}

fn mended(case: &Case<'_>, now: &Coverage, missing: Steps, mend: &Mend) -> Cure {
    Cure::AtSite {
        site: mend.site,
        steps: missing,
        hand_down: mend.hand_down,
        renew: mend.renew,
        lift: lifted(mend),
        gain: gain(case, now, mend),
    }
}

/// Of how many other cures the gain is looked for: each costs a pass over the cells.
const TRIED: usize = 12;
/// How many of these are told.
const TOLD: usize = 3;

/// What would cure it just as well, in place of the cure that is the least work: at most three, those
/// that bring the most first. Of more than twelve sites the nearest are looked at.
pub(super) fn other_cures(case: &Case<'_>, now: &Coverage) -> Vec<Cure> {
    let Verdict::NotOffered { missing, .. } = case.verdict else {
        return Vec::new();
    };
    let undone = undone(case, missing);
    let easiest = case.party.easiest_mend(undone);
    let others = case.party.mends(undone).map(|(_, mend)| mend);
    let others = others.filter(|mend| Some(*mend) != easiest).take(TRIED);
    let mut cures: Vec<Cure> = others
        .map(|mend| mended(case, now, missing, &mend))
        .collect();
    // The sort is stable: of equal ones the nearest stays first.
    cures.sort_by_key(|cure| Reverse(cure.gain()));
    cures.truncate(TOLD);
    cures
}

/// How many of those of whom the item is asked, in all cells, get it done by this mend alone.
/// O(cells × sites within the limit) for each party, in parallel.
fn gain(case: &Case<'_>, now: &Coverage, mend: &Mend) -> People {
    let cells = (0..case.study.cells().len()).into_par_iter();
    cells
        .map(|cell| gain_in(case, now, mend, CellId::new(cell)))
        .sum()
}

fn gain_in(case: &Case<'_>, now: &Coverage, mend: &Mend, cell: CellId) -> People {
    let class = case.study.catalogue().class(case.item);
    now.parties_in(cell)
        // Of an item that is asked of nobody it is told what those gain whose verdict this is.
        .filter(|party| party.items().contains(&case.item) || party.who() == case.setting.who)
        .filter(|&party| {
            let verdict = party.verdict(cell, case.item);
            is_helped(party, cell, (class, verdict), mend)
        })
        .map(|party| party.number(cell))
        .sum()
}

/// The rules that a site is brought to keep, from what is mended most easily to what is hardest.
fn lifted(mend: &Mend) -> Vec<Rule> {
    let mut rules = Vec::new();
    if mend.longer_hours {
        rules.push(Rule::Hours);
    }
    if mend.helper {
        rules.push(Rule::Group);
    }
    if mend.cross_area {
        rules.push(Rule::OwnUnit);
    }
    rules
}

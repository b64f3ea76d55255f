//! What travel times mean for people: one verdict a cell and item, and their sums over units.

mod after;
mod breakdown;
mod channel;
mod denominators;
mod desk;
mod edges;
mod indicator;
mod one_stop;
mod outlook;
mod own_unit;
mod setting;
mod tally;
mod verdict;
pub mod week;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{HourSet, SiteSet, Steps, Study, Target, TimeRule};
use crate::search::{Reach, TravelTimes};
use crate::snap::Snap;
use crate::units::{People, Share, TravelTime};

use desk::Desk;
use outlook::Outlook;
use own_unit::OwnUnit;

pub use breakdown::{Breakdown, GroupCoverage, breakdown, headline};
pub use channel::Channel;
pub use denominators::{Denominator, denominators};
pub use edges::{Bounds, Edges, UnitBounds, edges};
pub use indicator::{IndicatorResult, Member, indicator};
pub use one_stop::Theme;
pub use setting::Setting;
pub use tally::Tally;
pub use verdict::{Lack, Verdict, VerdictKind};
pub use week::WeekProfile;

/// What one cell comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellResult {
    /// Covered when every asked item is, else the gravest verdict on any of them.
    pub verdict: VerdictKind,
    /// How many asked items are done within the limit.
    pub items_done: u32,
    /// Their weight.
    pub weight_done: u64,
}

/// The coverage of a study: one verdict a cell and item, summed up by unit.
///
/// Cells in = verdicts out: nothing is dropped, nothing is a made-up number.
#[derive(Debug, Clone)]
pub struct Coverage<'a> {
    study: &'a Study,
    times: &'a TravelTimes<'a>,
    target: Target,
    setting: Setting,
    desks: Vec<Desk>,
    own: Option<OwnUnit>,
    /// The sites that exist on the target's day; none when all do.
    existing: Option<SiteSet>,
    items: Vec<ItemId>,
    asked: Vec<Asked>,
    weight_asked: u64,
    cells: Vec<CellResult>,
    total: Tally,
    units: Vec<Tally>,
    unassigned: Tally,
}

/// Asked items of one class.
#[derive(Debug, Clone)]
struct Asked {
    class: usize,
    items: u32,
    weight: u64,
}

/// One row of a table of units.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow<'a> {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How deep it lies in the tree; 0 at the top.
    pub depth: usize,
    /// The share of its people who are covered.
    pub share: Share,
    /// Its people who are not covered.
    pub left_out: People,
    /// All its sums, sub-units included.
    pub tally: Tally,
}

/// Judges every cell of a study against a target.
///
/// An item counts as done when every step that needs a visit is done within the limit, inclusive,
/// at a site that serves the cell. O(cells × classes of items × steps × sites within the budget),
/// in parallel over the cells.
///
/// # Panics
/// When the target names an item that the study does not have, or the times are of another study.
#[must_use]
pub fn coverage<'a>(study: &'a Study, times: &'a TravelTimes<'a>, target: &Target) -> Coverage<'a> {
    coverage_for(study, times, target, Setting::default())
}

/// [`coverage`] of one group, or with what can be done online.
///
/// # Panics
/// As [`coverage`]; or when the setting names a group that the study does not have.
#[must_use]
pub fn coverage_for<'a>(
    study: &'a Study,
    times: &'a TravelTimes<'a>,
    target: &Target,
    setting: Setting,
) -> Coverage<'a> {
    prepared(study, times, target, setting).judged()
}

/// All that judging rests on, and no cell judged yet.
fn prepared<'a>(
    study: &'a Study,
    times: &'a TravelTimes<'a>,
    target: &Target,
    setting: Setting,
) -> Coverage<'a> {
    let catalogue = study.catalogue();
    let audience = setting.group.map(|group| study.group(group).audience);
    let concerns =
        |&item: &ItemId| audience.is_none_or(|who| catalogue[item].audience.concerns(who));
    let items: Vec<ItemId> = target.items.iter().copied().filter(concerns).collect();
    let asked = asked(study, &items);
    let desks: Vec<Desk> = catalogue
        .classes()
        .iter()
        .map(|class| Desk::of(class, study.sites(), target.date))
        .collect();
    let own = desks
        .iter()
        .any(|desk| desk.own_unit)
        .then(|| OwnUnit::new(study.units(), study.sites()));
    Coverage {
        study,
        times,
        target: target.clone(),
        setting,
        desks,
        own,
        existing: existing(study, target),
        items,
        weight_asked: asked.iter().map(|class| class.weight).sum(),
        asked,
        cells: Vec::new(),
        total: Tally::default(),
        units: vec![Tally::default(); study.units().len()],
        unassigned: Tally::default(),
    }
}

/// The sites that exist on the target's day; none when all do.
fn existing(study: &Study, target: &Target) -> Option<SiteSet> {
    let day = target.date?;
    let exist = || study.sites().iter().filter(|(_, site)| site.exists_on(day));
    (exist().count() < study.sites().len()).then(|| SiteSet::of(exist().map(|(id, _)| id)))
}

fn asked(study: &Study, items: &[ItemId]) -> Vec<Asked> {
    let catalogue = study.catalogue();
    let mut classes: Vec<Asked> = (0..catalogue.classes().len())
        .map(|class| Asked {
            class,
            items: 0,
            weight: 0,
        })
        .collect();
    for &item in items {
        let class = &mut classes[catalogue.class(item)];
        class.items += 1;
        class.weight += catalogue[item].weight;
    }
    classes.retain(|class| class.items > 0);
    classes
}

impl<'a> Coverage<'a> {
    /// With every cell judged.
    fn judged(mut self) -> Self {
        let cells = 0..self.study.cells().len();
        self.cells = cells
            .into_par_iter()
            .map(|cell| self.judge(CellId::new(cell)))
            .collect();
        self.sum_up();
        self
    }

    fn judge(&self, cell: CellId) -> CellResult {
        let known = self.times.links().cell(cell).is_some();
        let verdict = if known {
            VerdictKind::Covered
        } else {
            VerdictKind::Unknown
        };
        let mut result = CellResult {
            verdict,
            items_done: 0,
            weight_done: 0,
        };
        let outlook = self.outlook(cell);
        for class in &self.asked {
            let desk = &self.desks[class.class];
            let kind = self
                .without_sites(cell, desk)
                .map_or_else(|| outlook.kind(desk), Verdict::kind);
            result.verdict = result.verdict.max(kind);
            if kind == VerdictKind::Covered {
                result.items_done += class.items;
                result.weight_done += class.weight;
            }
        }
        result
    }

    /// What decides before any site is looked at.
    fn without_sites(&self, cell: CellId, desk: &Desk) -> Option<Verdict> {
        match self.times.links().cell(cell) {
            None => Some(Verdict::Unknown),
            Some(_) if desk.steps.is_empty() || (desk.online && self.goes_online()) => {
                Some(Verdict::Online)
            }
            Some(Snap::Stranded { nearest }) => Some(Verdict::Stranded { nearest }),
            Some(Snap::Snapped { .. }) => None,
        }
    }

    fn goes_online(&self) -> bool {
        self.setting.online
            && self
                .setting
                .group
                .is_none_or(|group| self.study.group(group).online)
    }

    fn kind_on(&self, cell: CellId, desk: &Desk) -> VerdictKind {
        self.without_sites(cell, desk)
            .map_or_else(|| self.outlook(cell).kind(desk), Verdict::kind)
    }

    fn verdict_on(&self, cell: CellId, desk: &Desk) -> Verdict {
        self.without_sites(cell, desk)
            .unwrap_or_else(|| self.outlook(cell).verdict(desk))
    }

    fn outlook(&self, cell: CellId) -> Outlook<'_> {
        let group = self.setting.group.map(|group| self.study.group(group));
        let hours = self.setting.leaving.zip(self.study.time());
        Outlook {
            reaches: self.times.of(cell),
            limit: self.limit(cell),
            own: self
                .own
                .as_ref()
                .map(|own| own.of(self.study.cells()[cell].unit)),
            usable: group.and_then(|group| group.usable.as_ref()),
            existing: self.existing.as_ref(),
            sites: self.study.sites(),
            hours,
            throughout: false,
        }
    }

    /// Whether a cell is covered, and would be with any shorter walks: all the sites that count are
    /// open from its people's leaving on.
    fn covered_however_soon(&self, cell: CellId) -> bool {
        let outlook = Outlook {
            throughout: true,
            ..self.outlook(cell)
        };
        self.asked
            .iter()
            .map(|class| &self.desks[class.class])
            .all(|desk| {
                let kind = self
                    .without_sites(cell, desk)
                    .map_or_else(|| outlook.kind(desk), Verdict::kind);
                kind == VerdictKind::Covered
            })
    }

    /// In which hours of the reference week each cell gets every asked item done, whatever the
    /// setting's own moment; none when the study asks for no time of day.
    #[must_use]
    pub fn week(&self) -> Option<WeekProfile> {
        let time = self.study.time()?;
        Some(WeekProfile::new(self.study, self.setting.group, |cell| {
            self.done_hours(cell, time)
        }))
    }

    fn done_hours(&self, cell: CellId, time: &TimeRule) -> HourSet {
        let known = self.times.links().cell(cell).is_some();
        let mut done = if known { HourSet::ALL } else { HourSet::EMPTY };
        for class in &self.asked {
            let desk = &self.desks[class.class];
            match self.without_sites(cell, desk) {
                Some(Verdict::Online) => {}
                Some(_) => return HourSet::EMPTY,
                None => {
                    let week = |site| time.hours_of(&self.study.sites()[site]);
                    done &= week::done_hours(self.outlook(cell).choices(desk), week);
                }
            }
            if done.is_empty() {
                break;
            }
        }
        done
    }

    /// The limit that holds for a cell: its zone's, or else the target's.
    #[must_use]
    pub fn limit(&self, cell: CellId) -> TravelTime {
        self.study.zones().limit(cell, self.target.limit)
    }

    /// The people of a cell who are looked at: the setting's group, or all.
    #[must_use]
    pub fn people(&self, cell: CellId) -> People {
        self.study.people(cell, self.setting.group)
    }

    /// The items asked: those of the target that concern the setting's group.
    #[must_use]
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// The weight of all items asked, in millionths.
    #[must_use]
    pub const fn weight_asked(&self) -> u64 {
        self.weight_asked
    }

    /// Whose coverage it is, and by which channels.
    #[must_use]
    pub const fn setting(&self) -> Setting {
        self.setting
    }

    fn sum_up(&mut self) {
        for place in 0..self.cells.len() {
            let (cell, result, asked) = (CellId::new(place), self.cells[place], self.weight_asked);
            let people = self.people(cell);
            self.for_each_tally(cell, |tally| {
                tally.add(result.verdict, people, result.weight_done, asked)
            });
        }
    }

    /// Changes every sum that a cell is part of.
    fn for_each_tally(&mut self, cell: CellId, change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        match self.study.cells()[cell].unit {
            Some(unit) => self
                .study
                .units()
                .upward(unit)
                .for_each(|unit| change(&mut self.units[unit.index()])),
            None => change(&mut self.unassigned),
        }
    }

    /// The study judged.
    #[must_use]
    pub const fn study(&self) -> &'a Study {
        self.study
    }

    /// The travel times it rests on.
    #[must_use]
    pub const fn times(&self) -> &'a TravelTimes<'a> {
        self.times
    }

    /// The target it was judged against.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// The share of all people who are covered.
    #[must_use]
    pub fn share(&self) -> Share {
        self.total.share()
    }

    /// The sums over all cells.
    #[must_use]
    pub const fn total(&self) -> &Tally {
        &self.total
    }

    /// What a cell comes to.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> CellResult {
        self.cells[cell.index()]
    }

    /// The share of the asked items, by weight, that a cell gets done within the limit; none for
    /// unknown cells.
    #[must_use]
    pub fn score(&self, cell: CellId) -> Option<f64> {
        let result = self.cell(cell);
        let score = Share::of(result.weight_done.into(), self.weight_asked.into()).value();
        score.filter(|_| result.verdict != VerdictKind::Unknown)
    }

    /// The verdict on one cell and one item, asked for or not. O(sites within the budget).
    #[must_use]
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        self.verdict_on(cell, self.desk(item))
    }

    /// The steps of an item that need a visit and that no site does on the target's day.
    #[must_use]
    pub fn steps_of_nobody(&self, item: ItemId) -> Steps {
        let desk = self.desk(item);
        desk.steps
            .iter()
            .filter(|(_, sites)| sites.is_empty())
            .fold(Steps::NONE, |all, (steps, _)| all.and(*steps))
    }

    /// Whether a site does every step of an item that needs a visit, on the target's day.
    #[must_use]
    pub fn handles(&self, site: SiteId, item: ItemId) -> bool {
        self.desk(item)
            .steps
            .iter()
            .all(|(_, sites)| sites.contains(site))
    }

    /// The verdict on each class of asked items, by its place in the catalogue's classes.
    pub fn class_verdicts(&self, cell: CellId) -> impl Iterator<Item = (usize, Verdict)> {
        let outlook = self.outlook(cell);
        self.asked.iter().map(move |class| {
            let desk = &self.desks[class.class];
            (
                class.class,
                self.without_sites(cell, desk)
                    .unwrap_or_else(|| outlook.verdict(desk)),
            )
        })
    }

    fn desk(&self, item: ItemId) -> &Desk {
        &self.desks[self.study.catalogue().class(item)]
    }

    /// For each group of steps of an item, done by the same sites, the nearest of these that counts
    /// for the cell within the search budget.
    #[must_use]
    pub fn steps(&self, cell: CellId, item: ItemId) -> Vec<(Steps, Option<Reach>)> {
        self.outlook(cell).steps(self.desk(item)).collect()
    }

    /// The nearest site of any kind that exists on the target's day.
    #[must_use]
    pub fn nearest(&self, cell: CellId) -> Option<Reach> {
        self.outlook(cell).any()
    }

    /// Whether a site exists on the target's day.
    #[must_use]
    pub fn exists(&self, site: SiteId) -> bool {
        self.existing
            .as_ref()
            .is_none_or(|existing| existing.contains(site))
    }

    /// The site whose flaw it is that the steps of a class of items are not done, when a verdict
    /// says that they are ([`Verdict::NotOffered`]): the nearest within the limit that does one of
    /// them and is closed on arrival, cannot be used, or serves other units only. None when no site
    /// does them.
    #[must_use]
    pub fn flawed_site(
        &self,
        cell: CellId,
        class: usize,
        missing: Steps,
        why: Lack,
    ) -> Option<Reach> {
        self.outlook(cell)
            .barred_by(&self.desks[class], missing, why)
    }

    /// The units in the order of the tree (each before its sub-units, siblings by id), then the
    /// cells without a unit, if there are any. Sums include sub-units.
    #[must_use]
    pub fn by_unit(&self) -> Vec<UnitRow<'a>> {
        let mut within: BTreeMap<Option<UnitId>, Vec<UnitId>> = BTreeMap::new();
        for (id, unit) in self.study.units().iter() {
            within.entry(unit.parent).or_default().push(id);
        }
        let mut rows = Vec::new();
        self.push_units(None, 0, &within, &mut rows);
        if self.unassigned.cells() > 0 {
            rows.push(unit_row(None, "", "(no unit)", 0, self.unassigned));
        }
        rows
    }

    fn push_units(
        &self,
        parent: Option<UnitId>,
        depth: usize,
        within: &BTreeMap<Option<UnitId>, Vec<UnitId>>,
        rows: &mut Vec<UnitRow<'a>>,
    ) {
        for &id in within.get(&parent).into_iter().flatten() {
            let unit = &self.study.units()[id];
            rows.push(unit_row(
                Some(id),
                &unit.id,
                &unit.name,
                depth,
                self.units[id.index()],
            ));
            self.push_units(Some(id), depth + 1, within, rows);
        }
    }

    /// For each asked item, the people who get it done within the limit. O(cells × classes of items),
    /// in parallel over the cells.
    #[must_use]
    pub fn by_item(&self) -> Vec<(ItemId, People)> {
        let catalogue = self.study.catalogue();
        let nobody = || vec![People::ZERO; catalogue.classes().len()];
        let with_cell = |mut people: Vec<People>, cell: usize| {
            let cell = CellId::new(cell);
            for class in self
                .asked
                .iter()
                .filter(|class| self.is_done(cell, class.class))
            {
                people[class.class] += self.people(cell);
            }
            people
        };
        let sum =
            |a: Vec<People>, b: Vec<People>| a.into_iter().zip(b).map(|(a, b)| a + b).collect();
        let people = (0..self.study.cells().len())
            .into_par_iter()
            .fold(nobody, with_cell)
            .reduce(nobody, sum);
        self.items
            .iter()
            .map(|&item| (item, people[catalogue.class(item)]))
            .collect()
    }

    /// Whether a class of items is done for a cell.
    fn is_done(&self, cell: CellId, class: usize) -> bool {
        self.kind_on(cell, &self.desks[class]) == VerdictKind::Covered
    }

    /// For each site, in order: cells and people within the limit, and those whose nearest it is.
    /// A site that does not exist on the target's day has none.
    #[must_use]
    pub fn by_site(&self) -> Vec<Served> {
        let mut served = vec![Served::default(); self.study.sites().len()];
        for (id, _) in self.study.cells().iter() {
            let (limit, people) = (self.limit(id), self.people(id));
            for (place, reach) in self
                .outlook(id)
                .all()
                .take_while(|reach| reach.time <= limit)
                .enumerate()
            {
                served[reach.site.index()].take_in(people, place == 0);
            }
        }
        served
    }

    /// The walk that a site and a cell lie apart; none beyond the budget.
    #[must_use]
    pub fn walk(&self, cell: CellId, site: SiteId) -> Option<TravelTime> {
        self.times
            .of(cell)
            .iter()
            .find(|reach| reach.site == site)
            .map(|reach| reach.time)
    }
}

fn unit_row<'a>(
    unit: Option<UnitId>,
    id: &'a str,
    name: &'a str,
    depth: usize,
    tally: Tally,
) -> UnitRow<'a> {
    UnitRow {
        unit,
        id,
        name,
        depth,
        share: tally.share(),
        left_out: tally.people() - tally.covered(),
        tally,
    }
}

/// Whom a site serves within the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Served {
    /// Cells within the limit.
    pub cells: u64,
    /// People within the limit.
    pub people: People,
    /// Cells within the limit to which it is the nearest site.
    pub cells_nearest: u64,
    /// People within the limit to whom it is the nearest site.
    pub people_nearest: People,
}

impl Served {
    fn take_in(&mut self, people: People, nearest: bool) {
        self.cells += 1;
        self.people += people;
        if nearest {
            self.cells_nearest += 1;
            self.people_nearest += people;
        }
    }
}

//! What is asked, of whom, and with which walks: all that the judging of a cell rests on.
//!
//! A question is asked of one party: people, firms or a group who walk and are served alike.
//! Items that the same sites handle alike make a *class*; a verdict is found once for each class.

use std::collections::BTreeMap;

use super::home::Helpers;
use super::judge::Judge;
use super::mend::{Mend, Undone};
use super::own_unit::OwnUnit;
use super::providers::Providers;
use super::setting::Setting;
use super::sums::CellShare;
use super::verdict::{Verdict, VerdictKind};
use super::week;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Group, HourSet, SiteSet, Step, Study, Takers, Target, TimeRule};
use crate::search::{Reach, TravelTimes};
use crate::snap::Snap;
use crate::units::{People, TravelTime};

/// What one party of a cell comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartyResult {
    /// Covered when every asked item is, else the gravest verdict on any of them.
    pub verdict: VerdictKind,
    /// How many asked items are done within the limit.
    pub items_done: u32,
    /// Their weight.
    pub weight_done: u64,
}

impl PartyResult {
    /// Before any item is judged.
    pub(super) const NOTHING_ASKED: Self = Self {
        verdict: VerdictKind::Covered,
        items_done: 0,
        weight_done: 0,
    };
}

/// What is asked, of whom, and with which walks.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub study: Study,
    pub times: TravelTimes,
    pub target: Target,
    pub setting: Setting,
    /// The items of the target that concern them.
    pub items: Vec<ItemId>,
    /// Their weight together.
    pub weight_asked: u64,
    /// Those classes that have asked items.
    asked: Vec<AskedClass>,
    /// For each class, asked or not, who does what.
    providers: Vec<Providers>,
    /// Which sites serve which unit; none when every class is handled for everybody.
    own: Option<OwnUnit>,
    /// The sites that exist on the target's day; none when all do.
    existing: Option<SiteSet>,
    /// The sites where a clerk of an office sits.
    with_clerk: SiteSet,
    /// The sites that these people use by the one way that is asked for; none where all ways are.
    used: Option<SiteSet>,
    /// The helpers who may come to these people; none where they need none, or no site sends any.
    helpers: Option<Helpers>,
}

/// A class, and how many of its items are asked.
#[derive(Debug, Clone)]
pub(super) struct AskedClass {
    pub class: usize,
    pub items: u32,
    pub weight: u64,
}

impl Question {
    /// What is asked of these people, who walk so, as do [the helpers](Helpers) who come to them.
    /// O(items + offers + sites of each unit), and no cell is looked at.
    pub(super) fn new(
        [times, of_helpers]: [&TravelTimes; 2],
        target: &Target,
        setting: Setting,
    ) -> Self {
        let study = times.study();
        let items = concerning(study, target, setting);
        let asked = asked_classes(study, &items);
        let classes = study.catalogue().classes().iter();
        let mut providers: Vec<Providers> = classes
            .map(|class| Providers::of(class, study, target.date, setting))
            .collect();
        let kinds = sites_by_kind(study);
        add_takers(study, &kinds, &items, &mut providers);
        // A set of sites for each unit is worked out only when some class asks for it.
        let by_unit = providers.iter().any(Providers::ask_own_unit);
        Self {
            study: study.clone(),
            times: times.clone(),
            target: target.clone(),
            setting,
            items,
            weight_asked: asked.iter().map(|class| class.weight).sum(),
            asked,
            providers,
            own: by_unit.then(|| OwnUnit::new(study.units(), study.sites())),
            existing: existing(study, target),
            with_clerk: with_clerk(study, &kinds),
            used: setting.used(study),
            helpers: Helpers::of(setting, of_helpers),
        }
    }

    /// What they come to in a cell; `judged` is told of each asked class whether it is done.
    /// O(asked classes × steps × sites within the budget).
    pub(super) fn result(
        &self,
        cell: CellId,
        mut judged: impl FnMut(&AskedClass, bool),
    ) -> PartyResult {
        let judge = self.judge(cell);
        let mut result = PartyResult::NOTHING_ASKED;
        // A cell that is not known is not covered, not even when nothing is asked.
        if self.times.links().cell(cell).is_none() {
            result.verdict = VerdictKind::Unknown;
        }
        // The verdict on the cell is the gravest on any class; what is done counts all
        // the same.
        for class in &self.asked {
            let kind = self.kind_by(&judge, cell, &self.providers[class.class]);
            result.verdict = result.verdict.max(kind);
            let is_done = kind == VerdictKind::Covered;
            judged(class, is_done);
            if is_done {
                result.items_done += class.items;
                result.weight_done += class.weight;
            }
        }
        result
    }

    /// Whether all that is asked of them is done in a cell, as [`Self::result`] has it. Ends at the first class that
    /// is not.
    pub(super) fn is_covered(&self, cell: CellId) -> bool {
        let judge = self.judge(cell);
        let mut asked = self.asked.iter();
        self.times.links().cell(cell).is_some()
            && asked.all(|class| self.is_done(&judge, cell, &self.providers[class.class]))
    }

    /// Who does what for an item.
    pub(super) fn providers(&self, item: ItemId) -> &Providers {
        self.providers_of_class(self.study.catalogue().class(item))
    }

    /// Who does what for a class.
    pub(super) fn providers_of_class(&self, class: usize) -> &Providers {
        &self.providers[class]
    }

    /// The verdict on a cell. O(steps × sites within the budget).
    pub(super) fn verdict(&self, cell: CellId, providers: &Providers) -> Verdict {
        self.verdict_by(&self.judge(cell), cell, providers)
    }

    /// Whether an item, or a theme, is done for the cell that is judged.
    pub(super) fn is_done(&self, judge: &Judge<'_>, cell: CellId, providers: &Providers) -> bool {
        self.kind_by(judge, cell, providers) == VerdictKind::Covered
    }

    /// The verdict on each asked class.
    pub(super) fn class_verdicts(&self, cell: CellId) -> impl Iterator<Item = (usize, Verdict)> {
        let judge = self.judge(cell);
        self.asked.iter().map(move |asked| {
            let providers = &self.providers[asked.class];
            (asked.class, self.verdict_by(&judge, cell, providers))
        })
    }

    /// The sites within the limit that may do a class for them once they are mended, nearest first: all
    /// but those of a kind that they may not use, and those without a clerk where they need a helper.
    pub(super) fn mendable(&self, cell: CellId) -> impl Iterator<Item = Reach> {
        let group = self
            .setting
            .who
            .group()
            .map(|group| self.study.group(group));
        self.judge(cell)
            .within()
            .filter(move |reach| group.is_none_or(|group| self.can_be_opened_to(group, reach.site)))
    }

    /// Whether a group can use a site, or could with a helper there.
    fn can_be_opened_to(&self, group: &Group, site: SiteId) -> bool {
        let kind = &self.study.sites()[site].kind;
        if group.may_not_use.contains(kind) {
            return false;
        }
        // A helper stands beside a clerk, not beside a terminal.
        let usable = group.usable.as_ref();
        usable.is_none_or(|usable| usable.contains(site)) || self.with_clerk.contains(site)
    }

    /// What would have to be done at each of these sites, with the walk there.
    pub(super) fn mends(&self, undone: Undone) -> impl Iterator<Item = (Reach, Mend)> {
        let judge = self.judge(undone.cell);
        let providers = &self.providers[undone.class];
        self.mendable(undone.cell).flat_map(move |reach| {
            let mends = judge.mends(providers, reach, undone.missing);
            mends.map(move |mend| (reach, mend))
        })
    }

    /// What would have to be done at one site or another so that one step of a class gets done for them.
    pub(super) fn step_mends(&self, undone: &Undone, step: Step) -> Vec<Mend> {
        let judge = self.judge(undone.cell);
        let providers = &self.providers[undone.class];
        let visited = self.mendable(undone.cell).map(|reach| judge.of_site(reach));
        // Who is helped at home asks neither for its hours nor for its doors.
        let sending = self.sending(undone.cell).map(Mend::nothing);
        let ways = visited.chain(sending);
        ways.flat_map(|of_site| judge.step_mends(providers, of_site, step))
            .collect()
    }

    /// Whether it is done for them at one of these sites after a mend.
    pub(super) fn is_mended(&self, undone: &Undone, reach: Reach, mend: &Mend) -> bool {
        let providers = &self.providers[undone.class];
        let judge = self.judge(undone.cell);
        judge.is_mended(providers, reach, undone.missing, mend)
    }

    /// The sites from which a helper comes to a cell, nearest first.
    pub(super) fn sending(&self, cell: CellId) -> impl Iterator<Item = SiteId> {
        let judge = self.judge(cell);
        // What a site would do that is not there on the day helps nobody.
        judge.sending().filter(|&site| self.exists(site))
    }

    /// Whether it is done for them at home after a mend of a site that sends helpers.
    pub(super) fn is_mended_at_home(&self, undone: &Undone, mend: &Mend) -> bool {
        let providers = &self.providers[undone.class];
        let judge = self.judge(undone.cell);
        judge.is_mended_at_home(providers, undone.missing, mend)
    }

    /// What is not done of a class in a cell, if helpers may come there.
    pub(super) fn undone_at_home(&self, cell: CellId, class: usize) -> Option<Undone> {
        self.helpers.as_ref()?;
        Some(Undone {
            cell,
            class,
            missing: self.judge(cell).missing(&self.providers[class]),
        })
    }

    /// The asked classes that are done for a cell.
    pub(super) fn classes_done(&self, cell: CellId) -> impl Iterator<Item = usize> {
        let judge = self.judge(cell);
        self.asked
            .iter()
            .map(|asked| asked.class)
            .filter(move |&class| self.is_done(&judge, cell, &self.providers[class]))
    }

    /// The asked classes that are done for a cell, and would not be without this site.
    pub(super) fn classes_resting_on(
        &self,
        cell: CellId,
        site: SiteId,
    ) -> impl Iterator<Item = usize> {
        let judge = self.judge(cell);
        self.asked
            .iter()
            .map(|asked| asked.class)
            .filter(move |&class| judge.rests_on(&self.providers[class], site))
    }

    /// Whether a cell is covered, and would be with any shorter walks: all the sites that count are
    /// open from its people's leaving on.
    pub(super) fn covered_however_soon(&self, cell: CellId) -> bool {
        let strict = Judge {
            throughout: true,
            ..self.judge(cell)
        };
        self.asked
            .iter()
            .all(|asked| self.is_done(&strict, cell, &self.providers[asked.class]))
    }

    /// The hours of the week in which a cell gets every asked item done.
    pub(super) fn done_hours(&self, cell: CellId, time: &TimeRule) -> HourSet {
        if self.times.links().cell(cell).is_none() {
            return HourSet::EMPTY;
        }
        let mut done = HourSet::ALL;
        for asked in &self.asked {
            let providers = &self.providers[asked.class];
            match self.before_any_site(cell, providers) {
                // What is done without a visit is done at any hour.
                Some(verdict) if verdict.kind() == VerdictKind::Covered => {}
                Some(_) if self.helpers.is_none() => return HourSet::EMPTY,
                Some(_) | None => done &= self.open_hours(cell, providers, time),
            }
            if done.is_empty() {
                break;
            }
        }
        done
    }

    /// The hours in which for each step some site is open on arrival, or a helper comes.
    fn open_hours(&self, cell: CellId, providers: &Providers, time: &TimeRule) -> HourSet {
        let judge = self.judge(cell);
        let week = |site| time.hours_of(&self.study.sites()[site]);
        if self.helpers.is_none() {
            let steps = providers.provided.iter();
            return week::done_hours(steps.map(|provided| judge.choices(provided)), week);
        }
        // Step by step, as a helper may do what no open site does in that hour.
        let mut done = HourSet::ALL;
        for provided in &providers.provided {
            let mut hours = week::done_hours([judge.choices(provided)], week);
            hours |= judge.helper_hours(provided);
            done &= hours;
        }
        done
    }

    /// The judge of a cell.
    pub(super) fn judge(&self, cell: CellId) -> Judge<'_> {
        let group = self
            .setting
            .who
            .group()
            .map(|group| self.study.group(group));
        let unit = self.study.cells()[cell].unit;
        let limit = self.limit(cell);
        Judge {
            reaches: self.times.of(cell),
            limit,
            own: self.own.as_ref().map(|own| own.of(unit)),
            // By one way alone, the sites of the way are those that the group may use as well.
            usable: match &self.used {
                Some(used) => Some(used),
                None => group.and_then(|group| group.usable.as_ref()),
            },
            existing: self.existing.as_ref(),
            sites: self.study.sites(),
            hours: self.setting.leaving.zip(self.study.time()),
            // Open when they arrive is enough, unless bounds are asked for.
            throughout: false,
            helpers: self
                .helpers
                .as_ref()
                .map(|helpers| helpers.near(cell, limit)),
        }
    }

    /// The longest walk of a helper who may come to a cell.
    pub(super) fn farthest_helper(&self, cell: CellId) -> TravelTime {
        let limit = self.limit(cell);
        let helpers = self.helpers.as_ref();
        helpers.map_or(TravelTime::ZERO, |helpers| helpers.farthest(cell, limit))
    }

    /// The walks of the helpers who may come to these people; none where none may.
    pub(super) fn walks_of_helpers(&self) -> Option<&TravelTimes> {
        self.helpers.as_ref().map(Helpers::times)
    }

    /// What they bring to the sums in a cell with this result.
    pub(super) fn share(&self, cell: CellId, result: PartyResult) -> CellShare {
        CellShare {
            verdict: result.verdict,
            people: self.number(cell),
            weight_done: result.weight_done,
            weight_asked: self.weight_asked,
        }
    }

    /// The limit that holds for a cell: its zone's, or else the target's.
    pub(super) fn limit(&self, cell: CellId) -> TravelTime {
        self.study.zones().limit(cell, self.target.limit)
    }

    /// How many of them there are in a cell.
    pub(super) fn number(&self, cell: CellId) -> People {
        self.study.number_of(self.setting.who, cell)
    }

    /// Whether a class of items is asked of them.
    pub(super) fn asks(&self, class: usize) -> bool {
        // Asked classes stand in order.
        self.asked
            .binary_search_by_key(&class, |asked| asked.class)
            .is_ok()
    }

    /// Whether a site exists on the target's day.
    pub(super) fn exists(&self, site: SiteId) -> bool {
        self.existing
            .as_ref()
            .is_none_or(|existing| existing.contains(site))
    }

    fn kind_by(&self, judge: &Judge<'_>, cell: CellId, providers: &Providers) -> VerdictKind {
        match self.before_any_site(cell, providers) {
            Some(verdict) => self.or_at_home(verdict, judge, providers).kind(),
            None => judge.kind(providers),
        }
    }

    fn verdict_by(&self, judge: &Judge<'_>, cell: CellId, providers: &Providers) -> Verdict {
        match self.before_any_site(cell, providers) {
            Some(verdict) => self.or_at_home(verdict, judge, providers),
            None => judge.verdict(providers),
        }
    }

    /// This verdict; for who has no street to go by, what helpers do at home if that is all.
    fn or_at_home(&self, verdict: Verdict, judge: &Judge<'_>, providers: &Providers) -> Verdict {
        // Stairs keep a wheelchair from every street, and no helper from the door.
        if matches!(verdict, Verdict::Stranded { .. }) && self.helpers.is_some() {
            return judge.without_a_street(providers).unwrap_or(verdict);
        }
        verdict
    }

    /// The verdict where it does not rest on any site.
    fn before_any_site(&self, cell: CellId, providers: &Providers) -> Option<Verdict> {
        let Some(snap) = self.times.links().cell(cell) else {
            return Some(Verdict::Unknown);
        };
        // Who needs no visit needs no street either, so this stands before stranded cells.
        if providers.provided.is_empty() {
            return Some(Verdict::Online);
        }
        match snap {
            Snap::Stranded { nearest } => Some(Verdict::Stranded { nearest }),
            Snap::Snapped { .. } => None,
        }
    }
}

/// The items of a target that concern those who are asked, in the target's order.
fn concerning(study: &Study, target: &Target, setting: Setting) -> Vec<ItemId> {
    let audience = study.audience(setting.who);
    // Firms are not asked for what concerns residents only, nor the other way round.
    let mut items = target.items.clone();
    items.retain(|&item| study.catalogue()[item].audience.concerns(audience));
    items
}

/// The sites of each kind. O(sites × log).
fn sites_by_kind(study: &Study) -> BTreeMap<&str, SiteSet> {
    let mut kinds: BTreeMap<&str, SiteSet> = BTreeMap::new();
    for (id, site) in study.sites().iter() {
        kinds.entry(site.kind.as_str()).or_default().insert(id);
    }
    kinds
}

/// The sites where a clerk of an office sits. O(kinds × sites / 64).
fn with_clerk(study: &Study, kinds: &BTreeMap<&str, SiteSet>) -> SiteSet {
    let mut all = SiteSet::default();
    for (kind, sites) in kinds {
        if study.kinds().has_clerk(kind) {
            all = all.with(sites);
        }
    }
    // A site may say of itself that people serve themselves there.
    let serving_themselves = |site: SiteId| {
        let properties = &study.sites()[site].properties;
        properties.get("self_service") == Some(true)
    };
    let with_clerk: Vec<SiteId> = all
        .iter()
        .filter(|&site| !serving_themselves(site))
        .collect();
    SiteSet::of(with_clerk)
}

/// Tells each class which sites can take it over: all of its items that are asked, or, where none is,
/// all of its items. O(kinds × items + classes × kinds × sites / 64).
fn add_takers(
    study: &Study,
    kinds: &BTreeMap<&str, SiteSet>,
    asked: &[ItemId],
    providers: &mut [Providers],
) {
    let catalogue = study.catalogue();
    let mut items: Vec<Vec<ItemId>> = vec![Vec::new(); providers.len()];
    for &item in asked {
        items[catalogue.class(item)].push(item);
    }
    for (item, _) in catalogue.iter() {
        let of_class = &mut items[catalogue.class(item)];
        if of_class.first().is_none_or(|first| !asked.contains(first)) {
            of_class.push(item);
        }
    }
    // Whether a site can take an item rests on its kind alone, and kinds are few.
    let takers = Takers::of(study);
    for (providers, items) in providers.iter_mut().zip(&items) {
        for (kind, sites) in kinds {
            if items.iter().all(|&item| takers.kind_can_take(kind, item)) {
                providers.takers = std::mem::take(&mut providers.takers).with(sites);
            }
            if items.iter().all(|&item| takers.kind_may_keep(kind, item)) {
                providers.keepers = std::mem::take(&mut providers.keepers).with(sites);
            }
        }
    }
}

/// The classes of these items, in the catalogue's order.
fn asked_classes(study: &Study, items: &[ItemId]) -> Vec<AskedClass> {
    let catalogue = study.catalogue();
    let mut classes = Vec::with_capacity(catalogue.classes().len());
    for class in 0..catalogue.classes().len() {
        classes.push(AskedClass {
            class,
            items: 0,
            weight: 0,
        });
    }
    for &item in items {
        let asked = &mut classes[catalogue.class(item)];
        asked.items += 1;
        asked.weight += catalogue[item].weight;
    }
    // What is not asked is not judged, unless somebody asks for the verdict on that item.
    classes.retain(|asked| asked.items > 0);
    classes
}

/// The sites that exist on the target's day; none when all do, so that no cell has to ask.
fn existing(study: &Study, target: &Target) -> Option<SiteSet> {
    let day = target.date?;
    let mut existing = SiteSet::default();
    let mut all = true;
    for (id, site) in study.sites().iter() {
        if site.exists_on(day) {
            existing.insert(id);
        } else {
            all = false;
        }
    }
    (!all).then_some(existing)
}

//! Coverage: every cell judged, and the sums over units.

use rayon::prelude::*;

use super::parties::{CellResult, JudgedCell, Parties, Tick};
use super::party::Party;
use super::question::{PartyResult, Question};
use super::setting::Setting;
use super::sums::Tally;
use super::tree_sums::TreeSums;
use super::verdict::{Verdict, VerdictKind};
use super::week::WeekProfile;
use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Steps, Study, Target, Who};
use crate::search::{Reach, TravelTimes, Walks};
use crate::units::{People, Share, TravelTime};

/// The coverage of a study: one verdict a cell and item, summed up by unit.
///
/// Whom it is asked of may be several *parties*, such as the groups of people: each is judged as it
/// walks and is served, and asked what concerns it. The sums are those of all parties, so that the
/// number of the county is the sum of its groups. A cell is covered when all who live there are.
/// Where nobody lives, the last party (all others) is judged all the same.
///
/// It owns what it rests on: the study, and its travel times. Cells in = verdicts out: nothing is
/// dropped, nothing is a made-up number.
///
/// ```
/// use walkshed::{People, Silent, draw, ids::CellId, score, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let now = score::coverage(&search::walks(&study, study.target().search, &Silent));
/// assert_eq!((now.share().to_string().as_str(), now.total().cells()), ("33.3 %", 2));
/// // Cells in = verdicts out.
/// let words = [0, 1].map(|cell| now.cell(CellId::new(cell)).verdict.word());
/// assert_eq!(words, ["covered", "too-far"]);
/// ```
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Whose coverage it is.
    setting: Setting,
    /// One a party; never none.
    pub(super) parties: Parties,
    /// What each party of each cell comes to: those of a cell stand together.
    results: Vec<PartyResult>,
    /// What each cell comes to.
    cells: Vec<CellResult>,
    /// The sums of `results`, always.
    sums: TreeSums<Tally>,
}

/// The coverage that a study is about: of its people, each judged as the group that she belongs to,
/// at sites alone, at the moment that the study asks for, if it does. It is the number that the
/// command prints.
///
/// An item counts as done when every step that needs a visit is done within the limit, inclusive,
/// at a site that serves the cell. For each group O(cells × classes of items × steps × sites within
/// the budget), in parallel over the cells.
///
/// ```
/// use walkshed::{People, Silent, draw, score, search};
/// // One character is 100 m; the cells a and b hold 1 and 2 people; 1,000 m are walked in 15 minutes.
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// assert_eq!((now.total().covered(), now.total().people()), (People::whole(1), People::whole(3)));
/// ```
#[must_use]
pub fn coverage(walks: &Walks) -> Coverage {
    let study = walks.study();
    coverage_of(walks, study.target(), Setting::of(study))
}

/// The coverage of the people, the firms or one group against a target, each judged by its own walks.
///
/// Those of whom nothing is asked count as nobody. Where the study says of no firms, there is nobody
/// either.
///
/// ```
/// use walkshed::model::Target;
/// use walkshed::{
///     Silent, draw,
///     score::{self, Setting},
///     search,
/// };
/// let study = draw::town("A-a--s---------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let within = |minutes| {
///     score::coverage_of(&walks, &Target::minutes(minutes), Setting::default())
///         .share()
///         .to_string()
/// };
/// // b, with 2 of 3 people, is 15 minutes away to the metre.
/// assert_eq!([within(14), within(15)], ["33.3 %", "100.0 %"]);
/// ```
///
/// # Panics
/// When the target or the setting names an item or a group that the study does not have.
#[must_use]
pub fn coverage_of(walks: &Walks, target: &Target, setting: Setting) -> Coverage {
    Coverage::judged(setting, Parties::of(walks, target, setting))
}

/// The coverage of the firms of a study, with all else as in the coverage of its people; none where
/// the study says of no firms, or asks nothing of them.
///
/// ```
/// use walkshed::{Silent, draw, score, search};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let people = score::coverage(&walks);
/// // The cells tell of no firms.
/// assert!(score::coverage_of_firms(&walks, &people).is_none());
/// ```
#[must_use]
pub fn coverage_of_firms(walks: &Walks, people: &Coverage) -> Option<Coverage> {
    let setting = Setting {
        who: Who::Firms,
        ..people.setting()
    };
    let parties = Parties::of(walks, people.target(), setting);
    parties
        .is_anybody()
        .then(|| Coverage::judged(setting, parties))
}

/// The coverage by these walks against this target, as if no site ever closed: the study's time of
/// day is not asked, and so no opening hours count.
///
/// Walks of [`search::travel_times`](crate::search::travel_times) know no zones and no groups either:
/// all people are one party. For the number that the command prints take [`coverage`].
///
/// ```
/// use walkshed::{TravelTime, draw, score, search, snap};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let times = search::travel_times(&snap::link(&study), TravelTime::from_minutes(30));
/// let now = score::coverage_without_rules(&times, study.target());
/// assert_eq!(now.share().to_string(), "100.0 %");
/// ```
///
/// # Panics
/// When the target names an item that the study does not have.
#[must_use]
pub fn coverage_without_rules(times: &TravelTimes, target: &Target) -> Coverage {
    coverage_for(times, target, Setting::default())
}

/// The coverage of one party by its own walks: of one group, or of all people or firms alike, at one
/// moment, or with what can be done online. Helpers who come home are taken to walk alike.
///
/// ```
/// use walkshed::{Silent, draw, score::{self, Setting}, search};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// // The item is not done online, so that going online changes nothing.
/// let online = Setting { online: true, ..Setting::of(&study) };
/// let now = score::coverage_for(walks.of(None), study.target(), online);
/// assert_eq!(now.total(), score::coverage(&walks).total());
/// ```
///
/// # Panics
/// When the target or the setting names an item or a group that the study does not have.
#[must_use]
pub fn coverage_for(times: &TravelTimes, target: &Target, setting: Setting) -> Coverage {
    let question = Question::new([times, times], target, setting);
    Coverage::judged(setting, Parties::one(question))
}

impl Coverage {
    /// Judges every cell.
    pub(super) fn judged(setting: Setting, parties: Parties) -> Self {
        let study = parties.study();
        let count = parties.len();
        // Results are collected in the order of cells: the number of threads changes no byte.
        let mut results = vec![PartyResult::NOTHING_ASKED; study.cells().len() * count];
        let cells: Vec<CellResult> = results
            .par_chunks_mut(count)
            .enumerate()
            .map_init(
                || Tick::new(study),
                |tick, (place, results)| parties.judge(CellId::new(place), results, tick),
            )
            .collect();
        // Sums are of integers: summing up costs little beside the judging, and no order
        // matters.
        let mut sums = TreeSums::new(study.units(), Tally::default());
        for ((id, cell), result) in study.cells().iter().zip(&cells) {
            let of_parties = &results[id.index() * count..][..count];
            sums.change(study.units(), cell.unit, |tally| {
                parties.add_cell(tally, (id, result.verdict), of_parties);
            });
        }
        Self {
            setting,
            parties,
            results,
            cells,
            sums,
        }
    }

    /// The coverage of one of its parties alone; none when that is no party of it. O(cells).
    #[must_use]
    pub fn of_party(&self, who: Who) -> Option<Self> {
        let place = self.parties().position(|party| party.who() == who)?;
        let setting = Setting {
            who,
            ..self.setting
        };
        let parties = self.parties.only(place);
        let study = self.study();
        // Results stand cell by cell, in each cell party by party.
        let results: Vec<PartyResult> = self.results[place..]
            .iter()
            .step_by(self.parties.len())
            .copied()
            .collect();
        let mut cells = Vec::with_capacity(results.len());
        let mut sums = TreeSums::new(study.units(), Tally::default());
        for ((id, cell), result) in study.cells().iter().zip(&results) {
            cells.push(parties.alone(id, *result));
            let share = parties.all()[0].share(id, *result);
            sums.change(study.units(), cell.unit, |tally| tally.add(&share));
        }
        Some(Self {
            setting,
            parties,
            results,
            cells,
            sums,
        })
    }

    /// The sums over all cells of one of its parties; nothing when that is no party of it. O(cells).
    pub(super) fn sums_of(&self, who: Who) -> Tally {
        let alone = self.of_party(who);
        alone.map_or_else(Tally::default, |coverage| *coverage.total())
    }

    /// What the parties of a cell come to.
    pub(super) fn results(&self, cell: CellId) -> &[PartyResult] {
        let count = self.parties.len();
        &self.results[cell.index() * count..][..count]
    }

    /// The same, to be judged again where it is touched by other parties: everybody else comes to the
    /// same.
    pub(super) fn asking(&self, parties: Parties) -> Self {
        Self {
            parties,
            ..self.clone()
        }
    }

    /// Judges a cell again, whose parties brought so much to the sums. Afterwards the sums are those of
    /// the results again.
    pub(super) fn replace(&mut self, before: &Self, cell: CellId, judged: &JudgedCell) {
        let count = self.parties.len();
        let place = cell.index();
        if before.results(cell) == judged.results.as_slice() && before.cells[place] == judged.cell {
            return;
        }
        self.cells[place] = judged.cell;
        self.results[place * count..][..count].copy_from_slice(&judged.results);
        let study = self.parties.study();
        let unit = study.cells()[cell].unit;
        let parties = &self.parties;
        self.sums.change(study.units(), unit, |tally| {
            // What goes off the sums is what the earlier coverage put on.
            let verdict = before.cells[place].verdict;
            let results = before.results(cell);
            before
                .parties
                .take_off_cell(tally, (cell, verdict), results);
            parties.add_cell(tally, (cell, judged.cell.verdict), &judged.results);
        });
    }

    /// The study judged.
    #[must_use]
    pub fn study(&self) -> &Study {
        self.parties.study()
    }

    /// The parties that it is the sum of, in the order of the study's groups; never none.
    pub fn parties(&self) -> impl ExactSizeIterator<Item = Party<'_>> {
        self.parties.all().iter().map(Party::new)
    }

    /// Those who live in a cell: its parties that have people there, or, where nobody lives, the last
    /// party.
    pub fn parties_in(&self, cell: CellId) -> impl Iterator<Item = Party<'_>> {
        self.parties.present(cell).map(Party::new)
    }

    /// The parties that have people in a cell, each with what it comes to there: covered when every
    /// item that is asked of it is, else the gravest verdict on any. O(parties).
    pub fn verdicts_in(&self, cell: CellId) -> impl Iterator<Item = (Party<'_>, VerdictKind)> {
        let parties = self.parties().zip(self.results(cell));
        let there = parties.filter(move |(party, _)| party.number(cell) > People::ZERO);
        there.map(|(party, result)| (party, result.verdict))
    }

    /// The party of a cell with the gravest verdict on an item, of those of whom it is asked; the
    /// first of equal ones. Where it is asked of nobody there, the last party.
    #[must_use]
    pub fn gravest(&self, cell: CellId, item: ItemId) -> Party<'_> {
        let class = self.study().catalogue().class(item);
        let mut gravest: Option<(VerdictKind, &Question)> = None;
        for question in self.parties.present(cell) {
            if !question.asks(class) {
                continue;
            }
            let kind = question.verdict(cell, question.providers(item)).kind();
            // Only a graver one replaces it: of equals the first counts.
            if gravest.is_none_or(|(worst, _)| kind > worst) {
                gravest = Some((kind, question));
            }
        }
        Party::new(gravest.map_or(self.parties.last(), |(_, question)| question))
    }

    /// The travel times it rests on: those of the last party, which is all people alike, or all who are
    /// in no group of their own.
    #[must_use]
    pub fn times(&self) -> &TravelTimes {
        &self.parties.last().times
    }

    /// The target it was judged against.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.parties.last().target
    }

    /// Whose coverage it is, and by which channels.
    #[must_use]
    pub const fn setting(&self) -> Setting {
        self.setting
    }

    /// The items asked: those of the target that concern any party.
    #[must_use]
    pub fn items(&self) -> &[ItemId] {
        self.parties.items()
    }

    /// The share of all people who are covered.
    #[must_use]
    pub fn share(&self) -> Share {
        self.total().share()
    }

    /// The sums over all cells.
    #[must_use]
    pub const fn total(&self) -> &Tally {
        &self.sums.total
    }

    /// The sums over a unit with all within it, or over the cells without a unit.
    pub(super) fn tally(&self, unit: Option<UnitId>) -> &Tally {
        self.sums.of(unit)
    }

    /// The limit that holds for a cell: its zone's, or else the target's.
    #[must_use]
    pub fn limit(&self, cell: CellId) -> TravelTime {
        self.parties.last().limit(cell)
    }

    /// How many there are in a cell, of all parties.
    #[must_use]
    pub fn people(&self, cell: CellId) -> People {
        let parties = self.parties.all().iter();
        parties.map(|question| question.number(cell)).sum()
    }

    /// What a cell comes to.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> CellResult {
        self.cells[cell.index()]
    }

    /// The share of the asked items, by weight, that those in a cell get done within the limit; none
    /// for unknown cells, and where nothing is asked.
    #[must_use]
    pub fn score(&self, cell: CellId) -> Option<f64> {
        // Nothing is known of these people; nought would be a made-up number.
        if self.cell(cell).verdict == VerdictKind::Unknown {
            return None;
        }
        let mut tally = Tally::default();
        self.parties.add(&mut tally, cell, self.results(cell));
        if tally.asked() > 0 {
            return tally.score().value();
        }
        // Nobody lives there: what the last party would get done.
        let results = self.results(cell);
        let done = results[results.len() - 1].weight_done;
        Share::of(done.into(), self.parties.last().weight_asked.into()).value()
    }

    /// People × weight of the items that are not done for them in a cell, in millionths of both.
    #[must_use]
    pub fn undone(&self, cell: CellId) -> u128 {
        let mut tally = Tally::default();
        self.parties.add(&mut tally, cell, self.results(cell));
        tally.asked() - tally.done()
    }

    /// People × asked items that are done for them in a cell, each party's by what is asked of it.
    #[must_use]
    pub fn person_items(&self, cell: CellId) -> People {
        let parties = self.parties.all().iter().zip(self.results(cell));
        let done = parties.map(|(question, result)| {
            let people = question.number(cell).millionths();
            People::from_millionths(people.saturating_mul(u64::from(result.items_done)))
        });
        done.sum()
    }

    /// The verdict on one cell and one item, asked for or not: that of the
    /// [gravest](Coverage::gravest) party. O(sites within the budget) for each party.
    #[must_use]
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        self.gravest(cell, item).verdict(cell, item)
    }

    /// The nearest site of any kind that exists on the target's day, for the last party.
    #[must_use]
    pub fn nearest(&self, cell: CellId) -> Option<Reach> {
        self.parties.last().judge(cell).nearest()
    }

    /// The walk that a site and a cell lie apart; none beyond the budget.
    #[must_use]
    pub fn walk(&self, cell: CellId, site: SiteId) -> Option<TravelTime> {
        // Reaches are in the order of time, so that one site has to be looked for.
        let mut reached = self.times().of(cell).iter();
        let there = reached.find(|reach| reach.site == site)?;
        Some(there.time)
    }

    /// The steps of an item that need a visit and that no site does on the target's day.
    #[must_use]
    pub fn steps_of_nobody(&self, item: ItemId) -> Steps {
        self.parties.last().providers(item).steps_of_nobody()
    }

    /// Whether a site does every step of an item that needs a visit, on the target's day.
    #[must_use]
    pub fn handles(&self, site: SiteId, item: ItemId) -> bool {
        self.parties.last().providers(item).does_all(site)
    }

    /// Whether helpers may come to some of them: they need one, and some site sends one.
    #[must_use]
    pub fn is_helped_at_home(&self) -> bool {
        let mut parties = self.parties.all().iter();
        parties.any(|question| question.walks_of_helpers().is_some())
    }

    /// Whether a site exists on the target's day.
    #[must_use]
    pub fn exists(&self, site: SiteId) -> bool {
        self.parties.last().exists(site)
    }

    /// In which hours of the reference week everybody in a cell gets every asked item done, whatever
    /// the setting's own moment; none when the study asks for no time of day, or nothing is asked.
    #[must_use]
    pub fn week(&self) -> Option<WeekProfile> {
        let time = self.study().time()?;
        // Who is asked nothing would be covered at every hour.
        if self.items().is_empty() {
            return None;
        }
        let parties: Vec<Who> = self.parties().map(Party::who).collect();
        let profile = WeekProfile::new(self.study(), &parties, |place, cell| {
            self.parties.all()[place].done_hours(cell, time)
        });
        Some(profile)
    }
}

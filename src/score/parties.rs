//! All of whom something is asked at once: the parties of a coverage, and what a cell comes to for
//! all of them together.

use std::sync::Arc;

use super::question::{PartyResult, Question};
use super::setting::Setting;
use super::sums::Tally;
use super::verdict::VerdictKind;
use crate::ids::{CellId, ItemId};
use crate::model::{Study, Target, Who};
use crate::search::{TravelTimes, Walks};
use crate::units::People;

/// What one cell comes to.
///
/// ```
/// use walkshed::{Options, People, draw, ids::CellId, score::VerdictKind};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let a = walkshed::run(&study, &Options::default()).unwrap().coverage.cell(CellId::new(0));
/// assert_eq!((a.verdict, a.items_done, a.items_asked, a.covered), (VerdictKind::Covered, 1, 1, People::whole(1)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellResult {
    /// Covered when every item asked of anybody there is done, else the gravest verdict on any.
    pub verdict: VerdictKind,
    /// Of the items asked there, how many are done for everybody who is asked.
    pub items_done: u32,
    /// How many items are asked there.
    pub items_asked: u32,
    /// Those there who get all that is asked of them done.
    pub covered: People,
}

/// The parties of a coverage; never none. A copy is O(1).
#[derive(Debug, Clone)]
pub(super) struct Parties {
    questions: Arc<[Question]>,
    /// What is asked of any of them, in the order of the target.
    items: Arc<[ItemId]>,
}

/// What a cell that was judged again comes to.
pub(super) struct JudgedCell {
    pub cell: CellResult,
    /// One a party.
    pub results: Vec<PartyResult>,
}

impl Parties {
    /// One party.
    pub(super) fn one(question: Question) -> Self {
        Self {
            items: question.items.clone().into(),
            questions: [question].into(),
        }
    }

    /// The parties of whom something is asked; where there is none, one of nobody.
    pub(super) fn of(walks: &Walks, target: &Target, setting: Setting) -> Self {
        let study = walks.study();
        let mut questions = Vec::new();
        for who in study.parties(setting.who) {
            let question = Question::new(walked(walks, who), target, Setting { who, ..setting });
            // Who is asked nothing is no party: neither covered nor left out.
            if !question.items.is_empty() {
                questions.push(question);
            }
        }
        if questions.is_empty() {
            return Self::one(Question::new(walked(walks, setting.who), target, setting));
        }
        Self::all_of(questions, target)
    }

    /// The same asked of the same again, by other walks.
    pub(super) fn again(&self, walks: &Walks) -> Self {
        let questions = self.questions.iter().map(|question| {
            let mut times = walked(walks, question.setting.who);
            // Who was judged by walks alone is judged by the same again.
            if question
                .walks_of_helpers()
                .is_some_and(|own| own.are(&question.times))
            {
                times[1] = times[0];
            }
            Question::new(times, &question.target, question.setting)
        });
        Self::all_of(questions.collect(), &self.last().target)
    }

    /// These, of which there is one at least, asked for what concerns any of them.
    fn all_of(questions: Vec<Question>, target: &Target) -> Self {
        let mut items = target.items.clone();
        items.retain(|item| {
            questions
                .iter()
                .any(|question| question.items.contains(item))
        });
        Self {
            questions: questions.into(),
            items: items.into(),
        }
    }

    /// One of them alone.
    pub(super) fn only(&self, place: usize) -> Self {
        Self::one(self.questions[place].clone())
    }

    pub(super) fn all(&self) -> &[Question] {
        &self.questions
    }

    pub(super) fn len(&self) -> usize {
        self.questions.len()
    }

    pub(super) fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// The last one: all people alike, or those in no group of their own.
    pub(super) fn last(&self) -> &Question {
        &self.questions[self.questions.len() - 1]
    }

    pub(super) fn study(&self) -> &Study {
        &self.last().study
    }

    /// Whether something is asked, and of anybody anywhere.
    pub(super) fn is_anybody(&self) -> bool {
        !self.items.is_empty()
            && self
                .study()
                .cells()
                .iter()
                .any(|(cell, _)| self.is_anybody_in(cell))
    }

    fn is_anybody_in(&self, cell: CellId) -> bool {
        self.questions
            .iter()
            .any(|question| question.number(cell) > People::ZERO)
    }

    /// Whether a party speaks for a cell: it has people there, or nobody lives there and it is the
    /// last.
    fn speaks(&self, place: usize, cell: CellId, is_inhabited: bool) -> bool {
        if is_inhabited {
            self.questions[place].number(cell) > People::ZERO
        } else {
            place + 1 == self.len()
        }
    }

    /// Those that have people in a cell; where nobody lives, the last.
    pub(super) fn present(&self, cell: CellId) -> impl Iterator<Item = &Question> {
        let is_inhabited = self.is_anybody_in(cell);
        (0..self.len())
            .filter(move |&place| self.speaks(place, cell, is_inhabited))
            .map(|place| &self.questions[place])
    }

    /// Judges a cell: what each party comes to, and all of them together.
    /// O(parties × asked classes × steps × sites within the budget).
    pub(super) fn judge(
        &self,
        cell: CellId,
        results: &mut [PartyResult],
        tick: &mut Tick,
    ) -> CellResult {
        // Mostly there is one party, and then nothing has to be put together.
        if let [question] = self.all() {
            results[0] = question.result(cell, |_, _| {});
            return self.alone(cell, results[0]);
        }
        let is_inhabited = self.is_anybody_in(cell);
        let mut verdict = VerdictKind::Covered;
        let mut covered = People::ZERO;
        tick.clear();
        for (place, question) in self.questions.iter().enumerate() {
            let speaks = self.speaks(place, cell, is_inhabited);
            let result = question.result(cell, |asked, is_done| {
                if speaks {
                    tick.take(asked.class, asked.items, is_done);
                }
            });
            if speaks {
                verdict = verdict.max(result.verdict);
            }
            if result.verdict == VerdictKind::Covered {
                covered += question.number(cell);
            }
            results[place] = result;
        }
        CellResult {
            verdict,
            items_done: tick.items_done(),
            items_asked: tick.items_asked(),
            covered,
        }
    }

    /// What a cell comes to where there is one party.
    pub(super) fn alone(&self, cell: CellId, result: PartyResult) -> CellResult {
        let question = self.last();
        // Who is asked nothing is not covered by it.
        let is_covered = result.verdict == VerdictKind::Covered && !question.items.is_empty();
        CellResult {
            verdict: result.verdict,
            items_done: result.items_done,
            items_asked: u32::try_from(question.items.len()).unwrap_or(u32::MAX),
            covered: if is_covered {
                question.number(cell)
            } else {
                People::ZERO
            },
        }
    }

    /// Judges a cell again.
    pub(super) fn judge_again(&self, cell: CellId) -> JudgedCell {
        let mut results = vec![PartyResult::NOTHING_ASKED; self.len()];
        let mut tick = Tick::new(self.study());
        JudgedCell {
            cell: self.judge(cell, &mut results, &mut tick),
            results,
        }
    }

    /// Adds a cell with this verdict and its people to the sums.
    pub(super) fn add_cell(
        &self,
        tally: &mut Tally,
        (cell, verdict): (CellId, VerdictKind),
        results: &[PartyResult],
    ) {
        tally.add_cell(verdict, !self.items.is_empty());
        self.add(tally, cell, results);
    }

    /// Adds the people of a cell to the sums.
    pub(super) fn add(&self, tally: &mut Tally, cell: CellId, results: &[PartyResult]) {
        for (question, &result) in self.questions.iter().zip(results) {
            tally.add_people(&question.share(cell, result));
        }
    }

    /// Takes a cell with this verdict and its people off the sums again.
    pub(super) fn take_off_cell(
        &self,
        tally: &mut Tally,
        (cell, verdict): (CellId, VerdictKind),
        results: &[PartyResult],
    ) {
        tally.take_off_cell(verdict, !self.items.is_empty());
        for (question, &result) in self.questions.iter().zip(results) {
            tally.take_off_people(&question.share(cell, result));
        }
    }
}

/// How they walk, and how the helpers walk who come to them: as all people alike.
fn walked(walks: &Walks, who: Who) -> [&TravelTimes; 2] {
    [walks.of(who.group()), walks.of(None)]
}

/// Ticks off the classes that are done for everybody in a cell. Made once a thread, not once a cell.
pub(super) struct Tick {
    classes: Vec<Ticked>,
}

/// A class in one cell.
#[derive(Debug, Clone, Copy)]
struct Ticked {
    /// How many of its items are asked of anybody there.
    items: u32,
    /// Whether it is done for everybody of whom it is asked.
    is_done: bool,
}

impl Tick {
    const NOT_ASKED: Ticked = Ticked {
        items: 0,
        is_done: true,
    };

    pub(super) fn new(study: &Study) -> Self {
        Self {
            classes: vec![Self::NOT_ASKED; study.catalogue().classes().len()],
        }
    }

    fn clear(&mut self) {
        self.classes.fill(Self::NOT_ASKED);
    }

    /// A class is asked of one more party. It concerns each of them alike, so that the same items of
    /// it are asked of each.
    fn take(&mut self, class: usize, items: u32, is_done: bool) {
        let ticked = &mut self.classes[class];
        ticked.items = items;
        ticked.is_done &= is_done;
    }

    fn items_asked(&self) -> u32 {
        self.classes.iter().map(|ticked| ticked.items).sum()
    }

    fn items_done(&self) -> u32 {
        let done = self.classes.iter().filter(|ticked| ticked.is_done);
        done.map(|ticked| ticked.items).sum()
    }
}

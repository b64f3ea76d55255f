//! One party of a coverage: people, firms or a group who walk and are served alike.

use super::mend::{Mend, Undone};
use super::question::Question;
use super::verdict::Verdict;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::{Step, Steps, Who};
use crate::search::{Reach, TravelTimes};
use crate::units::{People, TravelTime};

/// One party of a [`Coverage`](super::Coverage): those in it walk and are served alike, and are asked
/// the same items.
///
/// ```
/// use walkshed::{Options, People, draw, ids::CellId, model::{Group, Who}};
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let groups = [("elderly", 1), ("others", 0)].map(|(id, people)| Group::plain(id, vec![People::whole(people)]));
/// let study = town.with(|parts| parts.groups = groups.into())?;
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let people: Vec<_> = now.parties().map(|party| party.number(CellId::new(0))).collect();
/// assert_eq!(people, [1, 0].map(People::whole));
/// assert!(now.parties().all(|party| party.who() != Who::People));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Party<'c> {
    question: &'c Question,
}

impl<'c> Party<'c> {
    pub(super) const fn new(question: &'c Question) -> Self {
        Self { question }
    }

    /// Who they are.
    #[must_use]
    pub const fn who(self) -> Who {
        self.question.setting.who
    }

    /// Whose verdicts these are, by which channels, and when.
    #[must_use]
    pub const fn setting(self) -> super::Setting {
        self.question.setting
    }

    /// Their travel times.
    #[must_use]
    pub const fn times(self) -> &'c TravelTimes {
        &self.question.times
    }

    /// The items asked of them, in the order of the target.
    #[must_use]
    pub fn items(self) -> &'c [ItemId] {
        &self.question.items
    }

    /// The weight of these items, in millionths.
    #[must_use]
    pub const fn weight_asked(self) -> u64 {
        self.question.weight_asked
    }

    /// How many of them there are in a cell.
    #[must_use]
    pub fn number(self, cell: CellId) -> People {
        self.question.number(cell)
    }

    /// Whether all that is asked of them is done in a cell. O(classes × sites within the budget).
    #[must_use]
    pub fn is_covered(self, cell: CellId) -> bool {
        self.question.is_covered(cell)
    }

    /// The longest walk in a cell for anything that is asked of them, be it beyond the limit; none where something
    /// is done nowhere within the search budget. O(classes × sites within the budget).
    #[must_use]
    pub fn longest_walk(self, cell: CellId) -> Option<TravelTime> {
        let mut longest = Some(TravelTime::ZERO);
        for (_, verdict) in self.class_verdicts(cell) {
            let walk = match verdict {
                // Nobody of them walks.
                Verdict::AtHome { .. } | Verdict::Online => Some(TravelTime::ZERO),
                other => other.done_at().map(|reach| reach.time),
            };
            longest = longest.zip(walk).map(|(one, other)| one.max(other));
        }
        longest
    }

    /// The verdict on one cell and one item, asked for or not. O(sites within the budget).
    #[must_use]
    pub fn verdict(self, cell: CellId, item: ItemId) -> Verdict {
        self.question.verdict(cell, self.question.providers(item))
    }

    /// The verdict on each class of asked items, by its place in the catalogue's classes.
    pub fn class_verdicts(self, cell: CellId) -> impl Iterator<Item = (usize, Verdict)> + use<'c> {
        self.question.class_verdicts(cell)
    }

    /// For each group of steps of an item, done by the same sites, the nearest of these that counts
    /// for them within the search budget.
    #[must_use]
    pub fn steps(self, cell: CellId, item: ItemId) -> Vec<(Steps, Option<Reach>)> {
        let judge = self.question.judge(cell);
        judge.steps(self.question.providers(item)).collect()
    }

    /// The steps of an item that no site does for them within the limit but helpers do in their homes, each
    /// with the site that sends the nearest and the walk of that helper.
    #[must_use]
    pub fn at_home(self, cell: CellId, item: ItemId) -> Vec<(Steps, Reach)> {
        let judge = self.question.judge(cell);
        judge.at_home(self.question.providers(item))
    }

    /// The nearest site of any kind that exists on the target's day.
    #[must_use]
    pub fn nearest(self, cell: CellId) -> Option<Reach> {
        self.question.judge(cell).nearest()
    }

    /// The classes of items that get done for them, and would not without this site, by their places in
    /// the catalogue's classes. O(classes × steps × sites within the budget).
    pub fn classes_resting_on(
        self,
        cell: CellId,
        site: SiteId,
    ) -> impl Iterator<Item = usize> + use<'c> {
        self.question.classes_resting_on(cell, site)
    }

    /// The limit that holds for a cell: its zone's, or else the target's.
    #[must_use]
    pub fn limit(self, cell: CellId) -> TravelTime {
        self.question.limit(cell)
    }

    /// The sites within the limit that may do an item for them once they are mended, nearest first: all
    /// that exist on the target's day but those of a kind that they may not use, and those without a
    /// clerk where they need a helper.
    pub fn mendable(self, cell: CellId) -> impl Iterator<Item = Reach> + use<'c> {
        self.question.mendable(cell)
    }

    /// What would have to be done at one of these sites or another, nearest first, with the walk there.
    /// Sites that cannot take the steps are left out. O(sites within the limit × steps).
    pub fn mends(self, undone: Undone) -> impl Iterator<Item = (Reach, Mend)> + use<'c> {
        self.question.mends(undone)
    }

    /// The easiest of [`Party::mends`]: the one of the least [effort](Mend::effort), and of equal ones
    /// the nearest.
    #[must_use]
    pub fn easiest_mend(self, undone: Undone) -> Option<Mend> {
        // Of equal ones `min_by_key` takes the first.
        let easiest = self.mends(undone).min_by_key(|(_, mend)| mend.effort());
        easiest.map(|(_, mend)| mend)
    }

    /// What is undone of a class by its verdict, if a site that is there can be mended so that it is done.
    #[must_use]
    pub fn undone(self, cell: CellId, class: usize, verdict: Verdict) -> Option<Undone> {
        match verdict {
            Verdict::NotOffered { missing, .. } => Some(Undone {
                cell,
                class,
                missing,
            }),
            // No site is near, but a helper may come.
            Verdict::TooFar { .. } | Verdict::OutOfReach | Verdict::Stranded { .. } => {
                self.undone_at_home(cell, class)
            }
            Verdict::Covered { .. }
            | Verdict::AtHome { .. }
            | Verdict::Online
            | Verdict::Unknown => None,
        }
    }

    /// What is not done of a class for them, neither within the limit nor at home; none where no helper may
    /// come to them, whatever the site.
    #[must_use]
    pub fn undone_at_home(self, cell: CellId, class: usize) -> Option<Undone> {
        self.question.undone_at_home(cell, class)
    }

    /// The sites from which a helper comes to them, nearest first.
    pub fn sending(self, cell: CellId) -> impl Iterator<Item = SiteId> + use<'c> {
        self.question.sending(cell)
    }

    /// What would have to be done at one site or another so that one step of what is undone gets done for
    /// them, be it by visiting or at home: each way by itself, whether the site can take the step or not.
    /// Where several steps are undone, each needs one of its own ways. O(sites within the limit).
    #[must_use]
    pub fn step_mends(self, undone: &Undone, step: Step) -> Vec<Mend> {
        self.question.step_mends(undone, step)
    }

    /// Whether it gets done in their homes by a mend of a site that sends helpers, if nothing else is done.
    /// O(steps + sites reached by helpers).
    #[must_use]
    pub fn is_mended_at_home(self, undone: &Undone, mend: &Mend) -> bool {
        self.question.is_mended_at_home(undone, mend)
    }

    /// Whether it gets done for them at one of the mendable sites by a mend of that site, if nothing else
    /// is done. O(steps).
    #[must_use]
    pub fn is_mended(self, undone: &Undone, reach: Reach, mend: &Mend) -> bool {
        reach.site == mend.site && self.question.is_mended(undone, reach, mend)
    }
}

//! What to push down next.
//!
//! A push hands an item down to a site: all steps of it that are missing for those around. Whoever gets the item
//! done by that alone is its gain. A push that helps somebody does so by itself, since it brings all that is
//! missing; so the best pushes are those that reach most people × items together, which is an MCLP.
//!
//! ```text
//!   clients      parties of cells × items that are not done for them
//!   candidates   sites × items: the item may go there, the site can take it, is open to them and when they come
//! ```
//!
//! Where longer hours, helpers, renewals and cross-area windows compete with pushes, each is a candidate, too, and
//! some help only together: what is handed down to a site that is closed when people come waits for its doors.
//! Then each client has the sets of candidates that help it, and the plan is one of
//! [such sets](crate::plan).

use super::answer::{Answer, FrontierPoint, Proposal, ProposalError, Step};
use super::asked::{Asked, below_the_topmost};
use super::budget::Budget;
use super::course::{Course, base};
use super::frontier::{Effort, frontier_of_list};
use super::pushes::{LookedAt, Only, Pushes};
use crate::assess::Remedies;
use crate::ids::UnitId;
use crate::model::{Change, Item, Phase, Study};
use crate::plan::{
    self, Combined, FoundTogether, Limits, Plan, Problem, Room, Sides, Terms, steps,
};
use crate::progress::{Progress, Stage};
use crate::score::Coverage;
use crate::search::WhatIf;
use crate::text::plain;
use crate::units::People;

/// What is asked; by default nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DelegationRequest {
    /// So many pushes at most, in each list, and with [`also`](Self::also) so many measures; not asked where there
    /// is a budget.
    pub pushes: u64,
    /// So much cost at most, in each list, whatever the number of measures.
    pub budget: Option<Budget>,
    /// The phase that is to be served, by its place among the study's; none for the study's target.
    pub phase: Option<usize>,
    /// Whether each department, or each unit, gets a list of its own.
    pub by: Option<DelegationBy>,
    /// So many items at most are pushed to one site, in each list; none for any number.
    pub per_site: Option<u64>,
    /// So many papers at most are written by one department, one a push and one a renewal, in each list; none for
    /// any number.
    pub per_department: Option<u64>,
    /// What competes with pushes, one as much as one push but for what a budget says: of [`Remedy`](crate::score::Remedy) `Renew`, `CrossArea`,
    /// `Helper` and `LongerHours`. By default nothing.
    pub also: Remedies,
}

/// Who gets a list of its own.
///
/// ```
/// use walkshed::proposal::{DelegationBy, DelegationRequest};
/// // Ten pushes for each department, and no more than two of them to one site.
/// let request = DelegationRequest {
///     pushes: 10,
///     by: Some(DelegationBy::Department),
///     per_site: Some(2),
///     ..DelegationRequest::default()
/// };
/// assert_eq!((request.per_department, request.phase), (None, None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DelegationBy {
    /// Each department, of the items that it answers for.
    Department,
    /// Each unit below the topmost, of the sites in it.
    Unit,
}

/// The bounds of so many shorter lists are looked for one by one; between those that are left out the bound of
/// the next longer list holds.
const PREFIXES: Effort = Effort {
    points: 60,
    work: 4_000_000,
};

/// Which items to push down to which sites next, in the order of doing it, with what each brings in people ×
/// items, and how far any beginning of a list is from the best of that length.
///
/// Only what may go and can be taken ([`Takers`](crate::model::Takers)) is pushed. Of an item all steps go that are
/// missing for those whom the push helps. Longer hours, helpers, renewals and cross-area windows compete with pushes
/// where [`DelegationRequest::also`] says so; each counts as much as one push, or what it costs where there is a
/// [`Budget`]. What helps only together stands together in the list.
///
/// With several lists each counts its own total; the answer is that of all lists together, and its bound the
/// sum of theirs, which no lists of so many pushes each exceed.
///
/// O(cells × classes × sites within the limit) a list, then what the choice among them takes.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Catalogue, Item, Offer};
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{DelegationRequest, delegate};
/// use walkshed::{People, Silent, draw};
/// // The station s is near a and b and does nothing; the far hall t issues the permit.
/// let town = draw::town("A-a-s-b-B----------------------t-C", 100.0, "st");
/// let study = town.with(|parts| {
///     let hall = Offer::whole(SiteId::new(1));
///     parts.catalogue = Catalogue::new(vec![(Item::plain("permit"), vec![hall])]);
/// })?;
/// let request = DelegationRequest { pushes: 1, ..DelegationRequest::default() };
/// let plan = delegate(&study, &request, &Limits::NONE, &Silent).unwrap();
/// // Handed down to s, it is done for 3 people.
/// assert_eq!((plan.steps[0].site.as_str(), plan.steps[0].gain), ("s", People::whole(3)));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
///
/// # Errors
/// When the walks are more than the memory of the study holds, or the numbers too large.
pub fn delegate(
    study: &Study,
    request: &DelegationRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<Proposal, ProposalError> {
    let base = base(study, progress)?;
    let phase = request
        .phase
        .and_then(|place| base.study().phases().get(place));
    let before = Asked { phase }.coverage(&base);
    let ground = Ground {
        had: Asked { phase }.person_items(&before),
        base: &base,
        before: &before,
        phase,
        request,
    };
    progress.start(Stage::Solve, 0);
    let groups = groups(&before, request.by);
    let mut lists = Vec::with_capacity(groups.len());
    for (name, only) in groups {
        lists.push(ground.list((name, only), limits)?);
    }
    progress.start(Stage::Score, 0);
    let (after, answer) = ground.together(&lists)?;
    let alone = lists.len() == 1;
    let mut steps = Vec::new();
    let mut frontier = Vec::new();
    for list in lists {
        steps.extend(list.steps);
        // The bounds of several lists stand beside their steps.
        frontier.extend(list.bounds.into_iter().filter(|_| alone));
    }
    Ok(Proposal {
        had: ground.had,
        answer,
        steps,
        frontier,
        phase: request.phase,
        also: request.also,
        budget: request.budget,
        ..Proposal::of(before.clone(), after)
    })
}

/// What all lists are made on.
struct Ground<'a> {
    base: &'a WhatIf,
    before: &'a Coverage,
    phase: Option<&'a Phase>,
    /// People × items that are done before.
    had: People,
    request: &'a DelegationRequest,
}

/// The pushes of one department or unit, or all of them.
struct List {
    steps: Vec<Step>,
    bounds: Vec<FrontierPoint>,
    answer: Answer,
}

/// The places of a list in the order of doing them.
struct Order {
    places: Vec<u32>,
    /// What has been spent after each of them: pushes, or costs.
    taken: Vec<u64>,
}

impl Order {
    /// A plan of the problem that bounds the lists, with what it, or the list as far as the room goes, brings in
    /// truth.
    fn in_truth(
        &self,
        (room, plan): (u64, Plan),
        (combined, found): (&Combined, &FoundTogether),
    ) -> Plan {
        let length = self.taken.partition_point(|&taken| taken <= room);
        let so_far = &self.places[..length];
        Plan {
            objective: combined.value(&plan.open).max(combined.value(so_far)),
            bound: plan.bound.min(found.plan.bound),
            ..plan
        }
    }
}

impl Ground<'_> {
    const fn asked(&self) -> Asked<'_> {
        Asked { phase: self.phase }
    }

    /// The best list, each push judged as it is made after those before it.
    fn list(
        &self,
        (name, only): (Option<String>, Only<'_>),
        limits: &Limits<'_>,
    ) -> Result<List, ProposalError> {
        let mut pushes = Pushes::of(
            self.before,
            LookedAt {
                only,
                also: self.request.also,
                phase: self.phase,
            },
        );
        let unit = pushes.unit();
        let combined = pushes.combined(unit);
        let terms = self.terms(&pushes);
        let found = plan::together(&combined, &terms, limits)?;
        let order = pushes.arranged(in_order(&combined, &terms, &found));
        let order = Order {
            taken: self.taken(&order, &pushes),
            places: order,
        };
        let bounds = self.prefix_bounds((&combined, &found), (&terms, unit), &order, limits);
        Ok(List {
            steps: self.made(&order, &pushes, (name, &bounds))?,
            answer: Answer::of_pushes(&found.plan, unit, self.had),
            bounds,
        })
    }

    /// So many pushes or so much cost, and what each site and department takes.
    fn terms(&self, pushes: &Pushes) -> Terms {
        let limited = [self.request.per_site, self.request.per_department];
        let sides = Sides {
            groups: pushes.limits(self.base.study(), limited),
            ..Sides::NONE
        };
        let (room, costs) = match self.request.budget {
            None => (Room::Sites(self.request.pushes), Vec::new()),
            Some(Budget { most, costs }) => {
                let all = pushes.all.iter();
                let costs = all.map(|one| costs.of(one.remedy)).collect();
                (Room::Budget(most), costs)
            }
        };
        Terms {
            costs,
            sides,
            ..Terms::new(room)
        }
    }

    /// What has been spent after each step of a list.
    fn taken(&self, order: &[u32], pushes: &Pushes) -> Vec<u64> {
        let costs = self.request.budget.map(|budget| budget.costs);
        let costs = costs.unwrap_or_default();
        let all = order.iter().map(|&place| &pushes.all[place as usize]);
        all.scan(0, |taken, one| {
            *taken += costs.of(one.remedy);
            Some(*taken)
        })
        .collect()
    }

    /// Each push made in the study after those before it.
    fn made(
        &self,
        order: &Order,
        pushes: &Pushes,
        (name, bounds): (Option<String>, &[FrontierPoint]),
    ) -> Result<Vec<Step>, ProposalError> {
        let study = self.base.study();
        let mut course = Course::new(self.base, std::slice::from_ref(self.before));
        let mut total = self.had;
        let mut done = Vec::new();
        for (&place, &taken) in order.places.iter().zip(&order.taken) {
            let Some(change) = pushes.change(self.before, place) else {
                continue;
            };
            course.make(&change)?;
            let after = self.asked().person_items(course.coverage());
            let longer = bounds.iter().find(|point| point.sites >= taken);
            let measure = &pushes.all[place as usize];
            done.push(Step {
                site: study.sites()[measure.site].id.clone(),
                item: measure.item,
                group: name.clone(),
                bound: longer.map(|point| point.answer.bound),
                ..Step::of(change, [total, after], taken)
            });
            total = after;
        }
        Ok(done)
    }

    /// What no list of so many pushes, or of so much cost, exceeds, for the beginnings of a list.
    fn prefix_bounds(
        &self,
        (combined, found): (&Combined, &FoundTogether),
        (terms, unit): (&Terms, u64),
        order: &Order,
        limits: &Limits<'_>,
    ) -> Vec<FrontierPoint> {
        let problem = Problem::Mclp { limit: 0 };
        let (matrix, relaxed) = &found.relaxed;
        // With the limits of the list: a shorter one that keeps to none may bring more than the list itself.
        let beginnings = frontier_of_list(
            matrix,
            (problem, terms),
            (relaxed, &order.taken),
            (PREFIXES, limits),
        );
        let whole = order.taken.last().copied().unwrap_or(0);
        let in_truth = |(room, plan): (u64, Plan)| match () {
            () if combined.is_plain() => plan,
            () if room == whole => found.plan.clone(),
            () => order.in_truth((room, plan), (combined, found)),
        };
        let point = |(room, plan): (u64, Plan)| FrontierPoint {
            sites: room,
            answer: Answer::of_pushes(&in_truth((room, plan)), unit, self.had),
        };
        beginnings.into_iter().map(point).collect()
    }

    /// The coverage when all lists are carried out, and what that comes to.
    fn together(&self, lists: &[List]) -> Result<(Coverage, Answer), ProposalError> {
        let mut course = Course::new(self.base, std::slice::from_ref(self.before));
        let mut made: Vec<&Change> = Vec::new();
        for step in lists.iter().flat_map(|list| &list.steps) {
            // What two departments answer for may stand in both of their lists.
            if made.contains(&&step.change) {
                continue;
            }
            course.make(&step.change)?;
            made.push(&step.change);
        }
        let answers: Vec<Answer> = lists.iter().map(|list| list.answer).collect();
        let coverage = course.coverage().clone();
        let total = self.asked().person_items(&coverage);
        let answer = match answers[..] {
            [alone] => alone,
            _ => Answer::of_lists(&answers, self.had, total),
        };
        Ok((coverage, answer))
    }
}

/// The places of a plan in the order that brings most first, for what it costs.
fn in_order(combined: &Combined, terms: &Terms, found: &FoundTogether) -> Vec<u32> {
    if !combined.is_plain() || matches!(terms.room, Room::Budget(_)) {
        return combined.in_order(&found.plan.open, terms);
    }
    // Nobody needs two at once: the same order, found in less time.
    let problem = Problem::Mclp { limit: 0 };
    let steps = steps(&found.relaxed.0, problem, terms, &found.plan);
    steps.iter().map(|step| step.candidate).collect()
}

/// Who gets a list: all together, or each department of an asked item, or each unit below the topmost.
fn groups(before: &Coverage, by: Option<DelegationBy>) -> Vec<(Option<String>, Only<'_>)> {
    let study = before.study();
    match by {
        None => vec![(None, Only::All)],
        Some(DelegationBy::Department) => {
            let items = before.items().iter().map(|&item| &study.catalogue()[item]);
            let mut names: Vec<&str> = items.flat_map(Item::departments).collect();
            names.sort_unstable();
            names.dedup();
            let named = |name: &'_ str| Some(plain(name));
            names
                .into_iter()
                .map(|name| (named(name), Only::Department(name)))
                .collect()
        }
        Some(DelegationBy::Unit) => {
            let named = |unit: UnitId| Some(study.units()[unit].id.clone());
            below_the_topmost(study)
                .into_iter()
                .map(|unit| (named(unit), Only::Unit(unit)))
                .collect()
        }
    }
}

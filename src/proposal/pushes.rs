//! All pushes that help somebody, what else may be done, and whom it helps.

use std::collections::{BTreeMap, HashMap};

use super::asked::Asked;
use super::measure::Measure;
use crate::assess::Remedies;
use crate::ids::{ItemId, SiteId, UnitId};
use crate::model::{Change, Phase, Steps, Study, Takers};
use crate::plan::{Choice, Client, Combined, Counted, Group};
use crate::score::{Coverage, Mend, Party, Remedy, Undone};
use crate::units::{People, common_divisor};

/// Which pushes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Only<'g> {
    /// All of them.
    All,
    /// Those of items for which this department answers.
    Department(&'g str),
    /// Those to sites in this unit, or in one within it.
    Unit(UnitId),
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct LookedAt<'g> {
    /// Of whom or where.
    pub(super) only: Only<'g>,
    /// What may be done besides handing down.
    pub(super) also: Remedies,
    /// Whom it is for.
    pub(super) phase: Option<&'g Phase>,
}

/// All pushes that help somebody, and what else may be done that does, by itself or together.
pub(super) struct Pushes {
    /// In order.
    pub(super) all: Vec<Measure>,
    /// By place the steps that are handed down: all that are missing for those whom that helps.
    steps: Vec<Steps>,
    /// Those who are helped, by the places of what it takes, with people × items.
    clients: Vec<Client>,
}

/// What a party needs for a class of items: for each step that is missing any of several mends. `hand_down` of
/// these says whether, and not which steps.
type Ways = Vec<Vec<Mend>>;

/// A party, a class of items that is not done for people of it, and what would help.
type Lack = (usize, usize, Ways);

/// What is lacking.
#[derive(Default)]
struct Lacks {
    lacks: HashMap<Lack, People>,
    /// By class and site the steps that are missing for anybody whom the site could help by taking them.
    missing: BTreeMap<(usize, SiteId), Steps>,
}

impl Lacks {
    fn of(coverage: &Coverage, looked_at: LookedAt<'_>) -> Self {
        let study = coverage.study();
        let mut found = Self::default();
        let asked = Asked {
            phase: looked_at.phase,
        };
        for (cell, _) in study.cells().iter() {
            if !asked.concerns(study, cell) {
                continue;
            }
            for (place, party) in coverage.parties().enumerate() {
                let people = party.number(cell);
                if people == People::ZERO {
                    continue;
                }
                for (class, verdict) in party.class_verdicts(cell) {
                    let undone = party.undone(cell, class, verdict);
                    let ways =
                        undone.and_then(|undone| found.ways((party, &undone), looked_at.also));
                    if let Some(ways) = ways {
                        *found.lacks.entry((place, class, ways)).or_default() += people;
                    }
                }
            }
        }
        found
    }

    /// What would help a party, in order; none where some step can be had nowhere.
    fn ways(&mut self, (party, undone): (Party<'_>, &Undone), also: Remedies) -> Option<Ways> {
        let mut ways = Ways::new();
        let mut handed_down = Vec::new();
        for step in undone.missing.iter() {
            let mut of_step = party.step_mends(undone, step);
            of_step.retain(|mend| {
                Remedies::of(mend)
                    .iter()
                    .all(|one| one == Remedy::HandDown || also.contains(one))
            });
            if of_step.is_empty() {
                return None;
            }
            for mend in of_step.iter_mut().filter(|mend| !mend.hand_down.is_empty()) {
                handed_down.push((mend.site, step));
                mend.hand_down = Steps::WHOLE;
            }
            of_step.sort_unstable();
            of_step.dedup();
            ways.push(of_step);
        }
        for (site, step) in handed_down {
            let steps = self.missing.entry((undone.class, site)).or_default();
            *steps = steps.and(Steps::only(step));
        }
        // Mostly all steps are missing alike.
        ways.sort_unstable();
        ways.dedup();
        Some(ways)
    }
}

/// The places of measures, by what they are.
struct Places<'a> {
    study: &'a Study,
    takers: Takers<'a>,
    only: Only<'a>,
    /// None where it may not be done.
    known: HashMap<Measure, Option<u32>>,
    all: Vec<Measure>,
}

impl Places<'_> {
    /// The places of all that a mend asks for; none where not all of it may be done.
    fn of_mend(&mut self, mend: &Mend, item: ItemId) -> Option<Choice> {
        let measures = Measure::all_of(mend, item);
        measures.iter().map(|&one| self.of(one)).collect()
    }

    fn of(&mut self, measure: Measure) -> Option<u32> {
        if let Some(place) = self.known.get(&measure) {
            return *place;
        }
        let place = self.may_do(measure).then(|| {
            self.all.push(measure);
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        });
        self.known.insert(measure, place);
        place
    }

    fn may_do(&self, measure: Measure) -> bool {
        let Measure { site, item, remedy } = measure;
        let can = match (remedy, item) {
            (Remedy::HandDown, Some(item)) => self.takers.can_take(site, item),
            (Remedy::Renew, Some(item)) => self.takers.may_keep(site, item),
            _ => true,
        };
        // Doors and helpers are no department's.
        let is_theirs = match (self.only, item) {
            (Only::Department(_), None) => false,
            (_, Some(item)) => may_push(self.study, item, self.only),
            (Only::All | Only::Unit(_), None) => true,
        };
        can && is_theirs && is_within(self.study, site, self.only)
    }
}

impl Pushes {
    /// Those that are looked at.
    pub(super) fn of(coverage: &Coverage, looked_at: LookedAt<'_>) -> Self {
        let found = Lacks::of(coverage, looked_at);
        let study = coverage.study();
        let mut places = Places {
            study,
            takers: Takers::of(study),
            only: looked_at.only,
            known: HashMap::new(),
            all: Vec::new(),
        };
        let mut clients = Vec::new();
        let parties: Vec<Party<'_>> = coverage.parties().collect();
        // In a fixed order, whatever that of the hash table.
        let mut sorted: Vec<(&Lack, &People)> = found.lacks.iter().collect();
        sorted.sort_unstable();
        for ((party, class, ways), people) in sorted {
            // Each item of a class is done by itself, where it may go.
            for &item in parties[*party].items() {
                if study.catalogue().class(item) != *class || !may_push(study, item, looked_at.only)
                {
                    continue;
                }
                let of_item = |mends: &Vec<Mend>| -> Vec<Choice> {
                    let choices = mends.iter().filter_map(|mend| places.of_mend(mend, item));
                    choices.collect()
                };
                let conditions: Vec<Vec<Choice>> = ways.iter().map(of_item).collect();
                if conditions.iter().all(|choices| !choices.is_empty()) {
                    clients.push(Client {
                        weight: people.millionths(),
                        conditions,
                    });
                }
            }
        }
        let steps = |measure: &Measure| {
            let class = measure.item.map(|item| study.catalogue().class(item));
            let of_class = class.and_then(|class| found.missing.get(&(class, measure.site)));
            of_class.copied().unwrap_or_default()
        };
        let mut pushes = Self {
            steps: Vec::new(),
            all: places.all,
            clients,
        };
        pushes.put_in_order();
        pushes.steps = pushes.all.iter().map(steps).collect();
        pushes
    }

    /// By site and then by item: of what brings as much the first is taken.
    fn put_in_order(&mut self) {
        let mut order: Vec<(usize, Measure)> = self.all.iter().copied().enumerate().collect();
        order.sort_unstable_by_key(|(_, measure)| measure.in_order());
        let mut now = vec![0; order.len()];
        for (place, (before, _)) in (0_u32..).zip(&order) {
            now[*before] = place;
        }
        for choices in self.clients.iter_mut().flat_map(|one| &mut one.conditions) {
            for choice in choices.iter_mut() {
                for place in choice.iter_mut() {
                    *place = now[*place as usize];
                }
                choice.sort_unstable();
            }
            choices.sort_unstable();
            choices.dedup();
        }
        self.all = order.into_iter().map(|(_, measure)| measure).collect();
    }

    /// Places in the order of doing it: as they come, but for what must be done before another.
    pub(super) fn arranged(&self, mut places: Vec<u32>) -> Vec<u32> {
        let measure = |place: u32| &self.all[place as usize];
        let mut arranged = Vec::with_capacity(places.len());
        while !places.is_empty() {
            let mut next = 0;
            // What goes before what goes before it comes first.
            while let Some(earlier) = places[next + 1..]
                .iter()
                .position(|&place| measure(place).goes_before(measure(places[next])))
            {
                next += 1 + earlier;
            }
            arranged.push(places.remove(next));
        }
        arranged
    }

    /// What is done at a place of the list, as a change.
    pub(super) fn change(&self, coverage: &Coverage, place: u32) -> Option<Change> {
        let place = place as usize;
        self.all[place].change(coverage, self.steps[place])
    }

    /// The largest number of which all weights are multiples.
    pub(super) fn unit(&self) -> u64 {
        let weights = self.clients.iter().map(|client| client.weight);
        weights.reduce(common_divisor).unwrap_or(1)
    }

    /// How many items may be pushed to each site, and how many papers be written by each department: one for what
    /// is pushed, and one for what is renewed.
    pub(super) fn limits(
        &self,
        study: &Study,
        [per_site, per_department]: [Option<u64>; 2],
    ) -> Vec<Group> {
        let mut of_sites: BTreeMap<SiteId, Vec<u32>> = BTreeMap::new();
        let mut of_departments: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, measure) in (0..).zip(&self.all) {
            let is_push = measure.remedy == Remedy::HandDown;
            if is_push {
                of_sites.entry(measure.site).or_default().push(number);
            }
            let paper = (is_push || measure.remedy == Remedy::Renew).then_some(measure.item);
            if let Some(item) = paper.flatten() {
                for department in study.catalogue()[item].departments() {
                    of_departments.entry(department).or_default().push(number);
                }
            }
        }
        let limited = |most: Option<u64>, all: Vec<Vec<u32>>| {
            let groups = all.into_iter().filter_map(move |candidates| {
                let most = most.filter(|most| *most < candidates.len() as u64)?;
                Some(Group {
                    candidates,
                    most,
                    counted: Counted::Sites,
                })
            });
            groups.collect::<Vec<Group>>()
        };
        let mut groups = limited(per_site, of_sites.into_values().collect());
        let departments = of_departments.into_values().collect();
        groups.extend(limited(per_department, departments));
        groups
    }

    /// Whom each push helps, alone or with others, in so many millionths of people × items.
    /// Asked once: the clients go.
    pub(super) fn combined(&mut self, unit: u64) -> Combined {
        let clients = std::mem::take(&mut self.clients);
        let clients = clients.into_iter().map(|client| Client {
            weight: client.weight / unit,
            ..client
        });
        Combined::new(clients.collect(), self.all.len())
    }
}

fn may_push(study: &Study, item: ItemId, only: Only<'_>) -> bool {
    let mut departments = study.catalogue()[item].departments();
    match only {
        Only::Department(wanted) => departments.any(|department| department == wanted),
        Only::All | Only::Unit(_) => true,
    }
}

fn is_within(study: &Study, site: SiteId, only: Only<'_>) -> bool {
    let Only::Unit(wanted) = only else {
        return true;
    };
    let unit = study.sites()[site].unit;
    unit.is_some_and(|unit| study.units().upward(unit).any(|above| above == wanted))
}

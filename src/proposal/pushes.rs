//! All pushes that help somebody, and whom.

use std::collections::{BTreeMap, HashMap};

use super::answer::ProposalError;
use super::asked::Asked;
use crate::ids::{ItemId, SiteId, UnitId};
use crate::model::{Change, Phase, Steps, Study, Takers};
use crate::plan::{Counted, Group, Matrix};
use crate::score::{Coverage, Mend, Party, Undone};
use crate::units::People;

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

/// An item that is handed down to a site.
pub(super) struct Push {
    pub(super) site: SiteId,
    pub(super) item: ItemId,
    /// The steps that are missing for anybody whom it helps.
    steps: Steps,
}

impl Push {
    pub(super) fn change(&self, study: &Study) -> Change {
        Change::Offer {
            sites: vec![study.sites()[self.site].id.clone()],
            items: vec![self.item],
            steps: self.steps,
        }
    }
}

/// All pushes that help somebody, and whom.
pub(super) struct Pushes {
    pub(super) all: Vec<Push>,
    /// Those who are helped by the same pushes, by the places of these, with people × items.
    clients: Vec<(Vec<u32>, u64)>,
}

/// A class of items that is not done for people, and the sites to any of which it could be pushed.
type Lack = (usize, usize, Vec<SiteId>);

/// What is lacking.
struct Lacks {
    lacks: HashMap<Lack, People>,
    /// By class and site the steps that are missing for anybody whom the site could help.
    missing: BTreeMap<(usize, SiteId), Steps>,
}

impl Pushes {
    /// Those that are looked at.
    pub(super) fn of(coverage: &Coverage, only: Only<'_>, phase: Option<&Phase>) -> Self {
        let study = coverage.study();
        let mut lacks: HashMap<Lack, People> = HashMap::new();
        let mut missing: BTreeMap<(usize, SiteId), Steps> = BTreeMap::new();
        let asked = Asked { phase };
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
                    let Some(undone) = party.undone(cell, class, verdict) else {
                        continue;
                    };
                    let sites = helping_sites(party, &undone);
                    for &site in &sites {
                        let steps = missing.entry((class, site)).or_default();
                        *steps = steps.and(undone.missing);
                    }
                    if !sites.is_empty() {
                        *lacks.entry((place, class, sites)).or_default() += people;
                    }
                }
            }
        }
        Self::from_lacks(coverage, only, &Lacks { lacks, missing })
    }

    /// Each item of a class is pushed by itself, where it may go.
    fn from_lacks(coverage: &Coverage, only: Only<'_>, found: &Lacks) -> Self {
        let study = coverage.study();
        let takers = Takers::of(study);
        let mut pushes = Self {
            all: Vec::new(),
            clients: Vec::new(),
        };
        let mut places: HashMap<(SiteId, ItemId), Option<u32>> = HashMap::new();
        let parties: Vec<Party<'_>> = coverage.parties().collect();
        // In a fixed order, whatever that of the hash table.
        let mut sorted: Vec<(&Lack, &People)> = found.lacks.iter().collect();
        sorted.sort_unstable();
        for ((party, class, sites), people) in sorted {
            for &item in parties[*party].items() {
                if study.catalogue().class(item) != *class || !may_push(study, item, only) {
                    continue;
                }
                let mut able = Vec::new();
                for &site in sites {
                    let place = places.entry((site, item)).or_insert_with(|| {
                        let fits = is_within(study, site, only) && takers.can_take(site, item);
                        fits.then(|| pushes.add(site, item, found.missing[&(*class, site)]))
                    });
                    able.extend(*place);
                }
                if !able.is_empty() {
                    pushes.clients.push((able, people.millionths()));
                }
            }
        }
        pushes.in_order()
    }

    fn add(&mut self, site: SiteId, item: ItemId, steps: Steps) -> u32 {
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Push { site, item, steps });
        place
    }

    /// The same, by site and then by item: of pushes that bring as much the first is taken.
    fn in_order(self) -> Self {
        let mut order: Vec<(usize, Push)> = self.all.into_iter().enumerate().collect();
        order.sort_unstable_by_key(|(_, push)| (push.site, push.item));
        let mut now = vec![0; order.len()];
        for (place, (before, _)) in (0_u32..).zip(&order) {
            now[*before] = place;
        }
        let clients = self.clients.into_iter().map(|(pushes, weight)| {
            let pushes = pushes.iter().map(|&push| now[push as usize]);
            (pushes.collect(), weight)
        });
        Self {
            clients: clients.collect(),
            all: order.into_iter().map(|(_, push)| push).collect(),
        }
    }

    /// The largest number of which all weights are multiples.
    pub(super) fn unit(&self) -> u64 {
        let weights = self.clients.iter().map(|(_, weight)| *weight);
        weights.reduce(super::instance::common_divisor).unwrap_or(1)
    }

    /// How many may go to each site, and be written by each department.
    pub(super) fn limits(
        &self,
        study: &Study,
        [per_site, per_department]: [Option<u64>; 2],
    ) -> Vec<Group> {
        let mut of_sites: BTreeMap<SiteId, Vec<u32>> = BTreeMap::new();
        let mut of_departments: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, push) in (0..).zip(&self.all) {
            of_sites.entry(push.site).or_default().push(number);
            for department in study.catalogue()[push.item].departments() {
                of_departments.entry(department).or_default().push(number);
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

    /// Whom each push helps.
    pub(super) fn matrix(&self, unit: u64) -> Result<Matrix, ProposalError> {
        let weights = self.clients.iter().map(|(_, weight)| weight / unit);
        let numbered = (0_u32..).zip(&self.clients);
        let pairs: Vec<(u32, u32, u32)> = numbered
            .flat_map(|(client, (pushes, _))| pushes.iter().map(move |&push| (client, push, 0)))
            .collect();
        Ok(Matrix::new(weights.collect(), self.all.len(), &pairs)?)
    }
}

/// The sites at which it is done for a party once all that is missing is handed down there, in order.
fn helping_sites(party: Party<'_>, undone: &Undone) -> Vec<SiteId> {
    let mend = |site| Mend {
        site,
        hand_down: undone.missing,
        renew: false,
        cross_area: false,
        helper: false,
        longer_hours: false,
    };
    let near = party.mendable(undone.cell);
    let near = near.filter(|reach| party.is_mended(undone, *reach, &mend(reach.site)));
    let mut sites: Vec<SiteId> = near.map(|reach| reach.site).collect();
    let sending = party.sending(undone.cell);
    sites.extend(sending.filter(|&site| party.is_mended_at_home(undone, &mend(site))));
    sites.sort_unstable();
    sites.dedup();
    sites
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

//! Which candidates to open next: what a few of them bring together, by each of them.

use std::collections::HashMap;

use super::case::{Choice, Client, Combined, holds};
use crate::plan::question::Terms;
use crate::plan::sides::Group;

/// Candidates that are open, of which only so many may be.
struct Opening<'a> {
    combined: &'a Combined,
    terms: &'a Terms,
    is_open: Vec<bool>,
    open: Vec<u32>,
}

impl Combined {
    /// The candidates of a plan in the order of opening them: each time those few that bring most for the room they
    /// take, ties by number. What brings nothing comes last. O(candidates · all options).
    pub(crate) fn in_order(&self, plan: &[u32], terms: &Terms) -> Vec<u32> {
        let mut opening = Opening {
            combined: self,
            terms,
            is_open: vec![false; self.candidates],
            open: Vec::new(),
        };
        let may_open = self.flags(plan);
        while let Some(few) = opening.best(|few| few.iter().all(|&one| may_open[one as usize])) {
            opening.take(&few);
        }
        let left = plan.iter().filter(|&&one| !opening.is_open[one as usize]);
        let left: Vec<u32> = left.copied().collect();
        opening.take(&left);
        opening.open
    }

    /// A plan that begins with these, without those that nobody rests on but for what must be open, and goes on
    /// with what brings most as long as there is room.
    pub(super) fn completed(&self, begun: &[u32], (terms, room): (&Terms, u64)) -> Vec<u32> {
        let mut opening = Opening {
            combined: self,
            terms,
            is_open: self.flags(begun),
            open: begun.to_vec(),
        };
        opening.drop_useless(&terms.forced);
        let mut may_open = vec![true; self.candidates];
        for &one in &terms.forbidden {
            may_open[one as usize] = false;
        }
        loop {
            let left = room.saturating_sub(terms.taken(&opening.open));
            let fits = |few: &[u32]| {
                terms.taken(few) <= left
                    && few.iter().all(|&one| may_open[one as usize])
                    && keeps_to(&terms.sides.groups, &opening.is_open, few)
            };
            let Some(few) = opening.best(fits) else {
                break;
            };
            opening.take(&few);
        }
        opening.open.sort_unstable();
        opening.open
    }
}

impl Opening<'_> {
    fn take(&mut self, few: &[u32]) {
        for &one in few {
            self.is_open[one as usize] = true;
            self.open.push(one);
        }
    }

    /// Those few that bring most for the room they take, of equal ones the first. A client speaks for each of its options
    /// where it has one condition left, else for the cheapest of each together.
    fn best(&self, fits: impl Fn(&[u32]) -> bool) -> Option<Choice> {
        let mut worth: HashMap<Choice, u64> = HashMap::new();
        for client in &self.combined.clients {
            for few in self.asked(client) {
                if fits(&few) {
                    let sum = worth.entry(few).or_default();
                    *sum = sum.saturating_add(client.weight);
                }
            }
        }
        // By cross products, so that no rounding decides.
        let by_room = |(one, gain): &(Choice, u64), (other, other_gain): &(Choice, u64)| {
            let [gain, other_gain] = [(*gain, other), (*other_gain, one)]
                .map(|(gain, few)| u128::from(gain) * u128::from(self.terms.taken(few)));
            gain.cmp(&other_gain).then_with(|| other.cmp(one))
        };
        let all = worth.into_iter().filter(|(_, gain)| *gain > 0);
        all.max_by(by_room).map(|(few, _)| few)
    }

    /// What would serve a client, each by itself; nothing where it is served.
    fn asked(&self, client: &Client) -> Vec<Choice> {
        let lacking = |option: &Choice| -> Choice {
            let shut = option.iter().filter(|&&one| !self.is_open[one as usize]);
            shut.copied().collect()
        };
        let unmet = client
            .conditions
            .iter()
            .filter(|options| !options.iter().any(|option| holds(option, &self.is_open)));
        let unmet: Vec<&Vec<Choice>> = unmet.collect();
        match unmet[..] {
            [] => Vec::new(),
            [options] => {
                let mut few: Vec<Choice> = options.iter().map(lacking).collect();
                few.sort_unstable();
                few.dedup();
                few
            }
            _ => {
                let cheapest = unmet.iter().filter_map(|options| {
                    let few = options.iter().map(lacking);
                    few.min_by_key(|few| (self.terms.taken(few), few.clone()))
                });
                let mut all: Choice = cheapest.flatten().collect();
                all.sort_unstable();
                all.dedup();
                vec![all]
            }
        }
    }

    /// Shuts what can go without loss, the last first.
    fn drop_useless(&mut self, forced: &[u32]) {
        let served = |is_open: &[bool]| -> u64 {
            let clients = self.combined.clients.iter();
            let served = clients.filter(|client| client.is_served(is_open));
            served.map(|client| client.weight).sum()
        };
        let before = served(&self.is_open);
        for place in (0..self.open.len()).rev() {
            let one = self.open[place];
            if forced.contains(&one) {
                continue;
            }
            self.is_open[one as usize] = false;
            if served(&self.is_open) < before {
                self.is_open[one as usize] = true;
            } else {
                self.open.remove(place);
            }
        }
    }
}

/// Whether the limits of groups leave room for these beside what is open.
fn keeps_to(groups: &[Group], is_open: &[bool], few: &[u32]) -> bool {
    groups.iter().all(|group| {
        let counts = |one: &&u32| is_open[**one as usize] || few.contains(one);
        group.candidates.iter().filter(counts).count() as u64 <= group.most
    })
}

//! More offered, longer open, less asked: nobody who is covered is covered no longer.

use proptest::prelude::*;

use crate::plan::{Plan, PlannedOffer, plans};
use crate::{cases, covered};

/// Each cell that is covered is covered after a change.
fn never_less(plan: &Plan, change: impl FnOnce(&mut Plan)) -> Result<(), TestCaseError> {
    let mut changed = plan.clone();
    change(&mut changed);
    let (before, after) = (covered(plan), covered(&changed));
    let lost: Vec<usize> = (0..before.len())
        .filter(|&cell| before[cell] && !after[cell])
        .collect();
    prop_assert!(lost.is_empty(), "lost {:?}, changed to {:?}", lost, changed);
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_new_offer(plan in plans(), site in 0..8_usize, item in 0..4_usize, steps in 1..32_u8) {
        never_less(&plan, |plan| plan.offers.push(PlannedOffer { site, item, steps, everybody: None, from: None, until: None }))?;
    }

    #[test]
    fn an_offer_that_holds_longer(plan in plans(), which in 0..16_usize, days in 0..4_u64) {
        never_less(&plan, |plan| {
            if let Some(offer) = plan.offers.get_mut(which) {
                offer.from = offer.from.and_then(|from| from.checked_sub(days));
                offer.until = offer.until.map(|until| until + days);
            }
        })?;
    }

    #[test]
    fn a_longer_day(plan in plans(), which in 0..8_usize, from in 0..160_u32, long in 1..40_u32) {
        never_less(&plan, |plan| {
            if let Some(hours) = plan.sites.get_mut(which).and_then(|site| site.hours.as_mut()) {
                hours.push((from, from + long));
            }
        })?;
    }

    #[test]
    fn a_site_that_stays_longer(plan in plans(), which in 0..8_usize, days in 1..4_u64) {
        never_less(&plan, |plan| {
            if let Some(site) = plan.sites.get_mut(which) {
                site.closed = site.closed.map(|closed| closed + days);
                site.opened = site.opened.map(|opened| opened.saturating_sub(days));
            }
        })?;
    }

    #[test]
    fn fewer_steps_and_fewer_items(plan in plans(), which in 0..4_usize, step in 0..5_u32) {
        never_less(&plan, |plan| {
            if let Some(item) = plan.items.get_mut(which) {
                item.visits &= !(1 << step);
            }
        })?;
        never_less(&plan, |plan| {
            let asked = plan.items.iter().filter(|item| item.asked).count();
            // Something is asked still.
            if let Some(item) = plan.items.get_mut(which).filter(|_| asked > 1) {
                item.asked = false;
            }
        })?;
    }

    #[test]
    fn a_longer_limit_everywhere(plan in plans(), minutes in 1..6_u32) {
        never_less(&plan, |plan| {
            plan.minutes += minutes;
            plan.zones.iter_mut().for_each(|(limit, _)| *limit = limit.map(|limit| limit + minutes));
        })?;
    }

    #[test]
    fn a_helper_more(plan in plans(), which in 0..8_usize) {
        never_less(&plan, |plan| {
            for usable in plan.groups.iter_mut().filter_map(|group| group.usable.as_mut()) {
                usable[which] = true;
            }
        })?;
    }

    #[test]
    fn a_cross_area_window_and_an_item_online(plan in plans(), which in 0..4_usize) {
        never_less(&plan, |plan| {
            if let Some(item) = plan.items.get_mut(which) {
                item.own = false;
            }
        })?;
        never_less(&plan, |plan| {
            if let Some(item) = plan.items.get_mut(which) {
                item.home.whole = true;
            }
        })?;
        never_less(&plan, |plan| {
            if let Some(item) = plan.items.get_mut(which) {
                item.home.posted = true;
                item.home.steps[1] |= 0b0_0101;
            }
        })?;
        never_less(&plan, |plan| {
            if let Some(offer) = plan.offers.get_mut(which) {
                offer.everybody = Some(true);
            }
        })?;
        never_less(&plan, |plan| plan.online = true)?;
    }
}

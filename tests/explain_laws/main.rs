//! An explanation never disagrees with its verdict, and a cure that is followed cures.

mod site_view;
mod town;

use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use town::towns;
use walkshed::assess::{
    Alternative, Considered, Cure, Explanation, Rule, Standing, Usable, explain,
};
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{Catalogue, Change, ItemReach, OpenWeek, Step, Steps, Study, Takers, apply};
use walkshed::score::{Coverage, Lack, Setting, Verdict, VerdictKind};
use walkshed::search::Reach;
use walkshed::snap::Snap;
use walkshed::{Options, People};

/// The verdict that follows from what is explained, and from nothing else.
fn follows(why: &Explanation) -> Verdict {
    let item = &why.study.catalogue()[why.item];
    let goes_online = why.setting.online
        && why
            .setting
            .who
            .group()
            .is_none_or(|group| why.study.group(group).online);
    match why.snap {
        None => Verdict::Unknown,
        Some(_)
            if why.visits.is_empty()
                || (goes_online
                    && item
                        .steps_at_sites()
                        .without(item.steps_online())
                        .is_empty()) =>
        {
            Verdict::Online
        }
        Some(Snap::Stranded { nearest }) => Verdict::Stranded { nearest },
        Some(Snap::Snapped { .. }) => follows_from_sites(why),
    }
}

fn follows_from_sites(why: &Explanation) -> Verdict {
    let stands = why
        .sites
        .iter()
        .find(|seen| seen.standing == Standing::Stands);
    let Some(any) = stands.map(Considered::reach) else {
        return Verdict::OutOfReach;
    };
    let first = |step| {
        why.sites
            .iter()
            .find(|seen| seen.counts().contains(step))
            .map(Considered::reach)
    };
    let firsts: Vec<(Step, Option<Reach>)> =
        why.visits.iter().map(|step| (step, first(step))).collect();
    let told: Vec<(Step, Option<Reach>)> = why
        .steps
        .iter()
        .map(|done| (done.step, done.first))
        .collect();
    assert_eq!(firsts, told);
    let handled = firsts
        .iter()
        .map(|(_, first)| *first)
        .collect::<Option<Vec<Reach>>>()
        .and_then(|all| all.into_iter().max());
    match handled {
        Some(last) if last.time <= why.limit => Verdict::Covered {
            by: last.site,
            after: last.time,
        },
        _ if any.time <= why.limit => {
            let late = firsts
                .iter()
                .filter(|(_, first)| first.is_none_or(|first| first.time > why.limit));
            let missing = late.map(|(step, _)| *step).collect::<Steps>();
            let (at, lacking, lack) = not_offered_by(why, missing);
            Verdict::NotOffered {
                nearest_any: any.site,
                after: any.time,
                handled,
                missing,
                at,
                why: lack,
                lacking,
            }
        }
        Some(last) => Verdict::TooFar {
            nearest: last.site,
            after: last.time,
            over: last.time.saturating_sub(why.limit),
        },
        None => Verdict::OutOfReach,
    }
}

/// The words of the verdict on what is not offered, each held against what is explained: the site is
/// the nearest that takes the item as it is, and the lack the hardest of the missing steps, of which
/// each has its easiest.
fn not_offered_by(why: &Explanation, missing: Steps) -> (Option<SiteId>, Steps, Lack) {
    let lacks: Vec<(Lack, Step)> = missing
        .iter()
        .map(|step| (lack_of(why, step), step))
        .collect();
    let hardest = lacks.iter().map(|(lack, _)| *lack).max();
    let hardest = hardest.expect("what is not offered lacks something");
    let lacking = lacks.iter().filter(|(lack, _)| *lack == hardest);
    (
        successor(why),
        lacking.map(|(_, step)| *step).collect(),
        hardest,
    )
}

fn within(why: &Explanation) -> impl Iterator<Item = &Considered> {
    let standing = why
        .sites
        .iter()
        .filter(|seen| seen.standing == Standing::Stands);
    standing.filter(|seen| seen.within)
}

/// Why no site within the limit does a step: of the sites that do it, each with its hardest rule, the
/// easiest.
fn lack_of(why: &Explanation, step: Step) -> Lack {
    let doing = within(why).filter(|seen| seen.does.contains(step));
    let flaw = |seen: &Considered| match seen.broken_for(step).last() {
        Some(Rule::Hours) => Lack::Closed,
        Some(Rule::Group) => Lack::Barred,
        Some(Rule::OwnUnit) => Lack::OtherUnit,
        other => panic!("a site that does a missing step breaks some rule: {other:?}"),
    };
    doing.map(flaw).min().unwrap_or(Lack::NotHandled)
}

/// The nearest site within the limit that can take the item as it is; before any other one that does
/// a part of it.
fn successor(why: &Explanation) -> Option<SiteId> {
    let takers = Takers::of(&why.study);
    let takes = |seen: &&Considered| {
        takers.can_take(seen.site, why.item)
            && seen.would_serve
            && !seen.breaks(Rule::Group)
            && !seen.breaks(Rule::Hours)
    };
    let taking: Vec<&Considered> = within(why).filter(takes).collect();
    let doing = taking.iter().find(|seen| !seen.does.is_empty());
    doing.or(taking.first()).map(|seen| seen.site)
}

/// The changes that carry out a cure at a site; none where another site is to be built.
fn changes(why: &Explanation, cure: &Cure) -> Vec<Change> {
    let Cure::AtSite {
        site,
        hand_down,
        renew,
        lift,
        ..
    } = cure
    else {
        assert!(matches!(cure, Cure::Nearer { .. }), "{cure:?}");
        return Vec::new();
    };
    let sites = vec![why.study.sites()[*site].id.clone()];
    let items = vec![why.item];
    let mut changes = Vec::new();
    if !hand_down.is_empty() {
        changes.push(Change::Offer {
            sites: sites.clone(),
            items: items.clone(),
            steps: *hand_down,
        });
    }
    if *renew {
        changes.push(Change::Renew {
            sites: sites.clone(),
            items: items.clone(),
            until: None,
        });
    }
    for rule in lift {
        let (sites, items) = (sites.clone(), items.clone());
        changes.push(match rule {
            Rule::Hours => Change::SetHours {
                sites,
                hours: Arc::new(OpenWeek::always()),
            },
            Rule::Group => Change::SetHelper {
                sites,
                has_helper: true,
            },
            Rule::OwnUnit => Change::SetReach {
                sites,
                items,
                reach: ItemReach::Anywhere,
            },
            Rule::Dates => panic!("no cure turns back time"),
        });
    }
    changes
}

/// The study after a cure at a site.
fn cured(why: &Explanation, cure: &Cure) -> Study {
    let mut study = why.study.clone();
    for change in changes(why, cure) {
        (study, _) = apply(&study, &change).expect("a cure names what is there");
    }
    study
}

/// Those of whom the verdict is who get the item done, in all cells.
pub(crate) fn done_for(study: &Study, setting: Setting) -> People {
    let now = judged(study, setting);
    let cells = study.cells().iter().map(|(cell, _)| cell);
    cells
        .filter(|&cell| now.verdict(cell, ItemId::new(0)).kind() == VerdictKind::Covered)
        .map(|cell| now.people(cell))
        .sum()
}

pub(crate) fn judged(study: &Study, setting: Setting) -> Coverage {
    let options = Options {
        setting: Some(setting),
        breakdown: false,
        ..Options::default()
    };
    walkshed::run(study, &options)
        .expect("a small town")
        .coverage
}

fn verdict(study: &Study, setting: Setting, cell: CellId) -> Verdict {
    judged(study, setting).verdict(cell, ItemId::new(0))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_follows_from_the_explanation(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (cell, _) in study.cells().iter() {
            let why = explain(&now, cell, ItemId::new(0));
            prop_assert_eq!(follows(&why), now.verdict(cell, ItemId::new(0)));
            prop_assert_eq!(why.sites.len(), now.times().of(cell).len());
            for walk in [&why.walk, &why.nearest_walk].into_iter().flatten() {
                prop_assert_eq!(Some(walk.path.time), now.walk(cell, walk.site));
                prop_assert!(walk.path.metres() >= walk.path.crow_m - 1e-3);
            }
            let decided = matches!(why.verdict, Verdict::Covered { .. } | Verdict::TooFar { .. });
            prop_assert!(!decided || why.walk.is_some());
        }
    }

    #[test]
    fn a_cure_that_is_followed_cures_and_brings_what_it_says(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (cell, _) in study.cells().iter() {
            let why = explain(&now, cell, ItemId::new(0));
            prop_assert_eq!(why.cures.len(), 1, "one site is enough");
            for cure in why.cures.iter().chain(&why.other_cures) {
                let Some(gain) = cure.gain() else { continue };
                let cured = cured(&why, cure);
                let after = verdict(&cured, setting, cell);
                prop_assert!(matches!(after, Verdict::Covered { .. }), "{:?}\n{:?}\n{after:?}", why.verdict, cure);
                prop_assert_eq!(done_for(&cured, setting) - done_for(&study, setting), gain, "{:?}", cure);
            }
            prop_assert!(why.other_cures.is_sorted_by_key(|cure| std::cmp::Reverse(cure.gain())));
        }
    }

    #[test]
    fn another_site_is_asked_for_only_where_none_can_be_mended(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        let takers = Takers::of(&study);
        for (cell, _) in study.cells().iter() {
            let why = explain(&now, cell, ItemId::new(0));
            let (Verdict::NotOffered { missing, .. }, [Cure::Nearer { .. }]) = (why.verdict, &why.cures[..]) else { continue };
            for seen in within(&why) {
                // A helper stands beside a clerk alone.
                let kind = &study.sites()[seen.site].kind;
                let kind_barred = seen.usable == Usable::KindBarred
                    || (seen.usable == Usable::NoHelper && !study.kinds().has_clerk(kind));
                // What is yet to come is neither done nor renewed.
                let offers = why.study.catalogue().offers(why.item);
                let run_out = seen.other_days.iter().filter(|offer| offer.is_renewable(why.day, offers));
                let done = run_out.fold(seen.does, |all, offer| all.and(offer.steps));
                let is_enough = missing.without(done).is_empty();
                prop_assert!(kind_barred || !(is_enough || takers.can_take(seen.site, why.item)), "{seen:?}");
            }
        }
    }

    #[test]
    fn without_the_deciding_site_the_alternative_decides(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (cell, _) in study.cells().iter() {
            let why = explain(&now, cell, ItemId::new(0));
            for alternative in &why.alternatives {
                let Alternative::Without { site, then, within } = *alternative else { continue };
                let without = study.clone().with(|parts| {
                    let mut items = parts.catalogue.clone().into_items();
                    items[0].1.retain(|offer| offer.site != site);
                    parts.catalogue = Catalogue::new(items);
                });
                let after = verdict(&without.expect("still a study"), setting, cell);
                match after {
                    Verdict::Covered { by, after } => prop_assert_eq!((then, within), (Some(Reach { time: after, site: by }), true)),
                    Verdict::NotOffered { handled, .. } => prop_assert_eq!((then, within), (handled, false)),
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
    }
}

#[test]
fn the_towns_have_verdicts_lacks_and_cures_of_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    let mut cured_by = std::collections::BTreeSet::new();
    for _ in 0..600 {
        let town = towns().new_tree(&mut runner).expect("a town").current();
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (cell, _) in study.cells().iter() {
            let why = explain(&now, cell, ItemId::new(0));
            cured_by.extend(why.cures.iter().flat_map(kinds_of));
            let verdict = why.verdict;
            seen.insert(match verdict {
                Verdict::NotOffered { why, .. } => why.word(),
                Verdict::Online => "online",
                other => other.kind().word(),
            });
        }
    }
    let all = [
        "barred",
        "closed",
        "covered",
        "not-handled",
        "online",
        "other-unit",
        "out-of-reach",
        "stranded",
    ];
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        [&all[..], &["too-far", "unknown"]].concat()
    );
    let all = [
        "again",
        "cross-area",
        "helper",
        "hours",
        "more than one",
        "steps",
        "with a gain elsewhere",
    ];
    assert_eq!(cured_by.into_iter().collect::<Vec<_>>(), all);
}

/// What a cure at a site is made of.
fn kinds_of(cure: &Cure) -> Vec<&'static str> {
    let Cure::AtSite {
        hand_down,
        renew,
        lift,
        gain,
        ..
    } = cure
    else {
        return Vec::new();
    };
    let parts = [
        (!hand_down.is_empty(), "steps"),
        (*renew, "again"),
        (lift.contains(&Rule::Hours), "hours"),
        (lift.contains(&Rule::Group), "helper"),
        (lift.contains(&Rule::OwnUnit), "cross-area"),
    ];
    let mut kinds: Vec<&str> = parts
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, kind)| kind)
        .collect();
    if kinds.len() > 1 {
        kinds.push("more than one");
    }
    if *gain > People::whole(1) {
        kinds.push("with a gain elsewhere");
    }
    kinds
}

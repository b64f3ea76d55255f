//! A change made to walks and coverage that are there gives what everything anew gives, to the last bit.

use std::sync::Arc;

use proptest::prelude::*;
use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{
    Change, ChangeError, Group, ItemReach, Merger, NewOffer, NewSite, OpenWeek, Site, SiteSet,
    Step, Steps, Study, Target, Who, apply, apply_all,
};
use walkshed::plane::Position;
use walkshed::score::{Coverage, Setting, coverage_for};
use walkshed::search::{TravelTimes, Walks, WhatIf, Work, best_site, walks};
use walkshed::{People, Silent, TravelTime};

use crate::plan::{Plan, SIDE, day, plans, spot};
use crate::{cases, cells};

/// Something to do to a study, by numbers that are brought into range when it is done.
#[derive(Debug, Clone)]
enum Do {
    Open {
        id: usize,
        at: (u32, u32),
        unit: Option<usize>,
        offers: Vec<(usize, u8)>,
    },
    Close(usize),
    Move(usize, (u32, u32)),
    Hours(usize, u32),
    Offer(usize, usize, u8),
    Withdraw(usize, usize),
    Replace(usize, usize, u8),
    Renew(usize, usize, Option<u64>),
    Reach(usize, usize, bool),
    Helper(usize, bool),
    MoreHours(usize, u32),
    Merge(Vec<usize>, usize, Option<(u32, u32)>),
    Add(Vec<(u32, u32)>),
    Cut((u32, u32)),
    Slow((u32, u32), u8),
}

fn anywhere() -> impl Strategy<Value = (u32, u32)> {
    let side = u32::try_from(SIDE).expect("small") * 2_000 - 2_000;
    // On a street as often as not.
    let along = 0..=side;
    let line = (0..u32::try_from(SIDE).expect("small")).prop_map(|n| n * 2_000);
    prop_oneof![
        (along.clone(), along.clone()),
        (line.clone(), along.clone()),
        (along, line.clone()),
        (line.clone(), line)
    ]
}

fn steps() -> impl Strategy<Value = Do> {
    let offers = || prop::collection::vec((0..4_usize, 1..32_u8), 0..4);
    prop_oneof![
        3 => (0..12_usize, anywhere(), prop::option::of(0..4_usize), offers())
            .prop_map(|(id, at, unit, offers)| Do::Open { id, at, unit, offers }),
        1 => (0..8_usize).prop_map(Do::Close),
        1 => (0..8_usize, anywhere()).prop_map(|(site, at)| Do::Move(site, at)),
        1 => (0..8_usize, 0..160_u32).prop_map(|(site, from)| Do::Hours(site, from)),
        1 => (0..8_usize, 0..4_usize, 1..32_u8).prop_map(|(site, item, bits)| Do::Offer(site, item, bits)),
        1 => (0..8_usize, 0..4_usize).prop_map(|(site, item)| Do::Withdraw(site, item)),
        1 => (0..8_usize, 0..4_usize, 1..32_u8).prop_map(|(site, item, bits)| Do::Replace(site, item, bits)),
        1 => (0..8_usize, 0..4_usize, prop::option::of(0..900_u64))
            .prop_map(|(site, item, until)| Do::Renew(site, item, until)),
        1 => (0..8_usize, 0..4_usize, any::<bool>()).prop_map(|(site, item, own)| Do::Reach(site, item, own)),
        1 => (0..8_usize, any::<bool>()).prop_map(|(site, helper)| Do::Helper(site, helper)),
        1 => (0..8_usize, 0..160_u32).prop_map(|(site, from)| Do::MoreHours(site, from)),
        2 => (prop::collection::vec(0..8_usize, 1..4), 0..12_usize, prop::option::of(anywhere()))
            .prop_map(|(sites, into, at)| Do::Merge(sites, into, at)),
        2 => prop::collection::vec(anywhere(), 2..4).prop_map(Do::Add),
        2 => anywhere().prop_map(Do::Cut),
        1 => anywhere().prop_map(|at| Do::Slow(at, 2)),
    ]
}

fn place((x, y): (u32, u32)) -> Position {
    spot([f64::from(x), f64::from(y)])
}

fn some(bits: u8) -> Steps {
    Step::ALL
        .into_iter()
        .enumerate()
        .filter(|(number, _)| bits >> number & 1 == 1)
        .map(|(_, step)| step)
        .collect()
}

impl Do {
    fn change(&self, study: &Study) -> Change {
        let item = |number: usize| ItemId::new(number % study.catalogue().len());
        match self {
            Self::Open {
                id,
                at,
                unit,
                offers,
            } => {
                let unit = unit
                    .and_then(|unit| study.units().iter().nth(unit))
                    .map(|(unit, _)| unit);
                let site = Site {
                    unit,
                    ..Site::at(&id.to_string(), place(*at))
                };
                let offer = |&(of, bits): &(usize, u8)| NewOffer {
                    steps: some(bits),
                    ..NewOffer::whole(item(of))
                };
                Change::OpenSite(Box::new(NewSite {
                    site,
                    offers: offers.iter().map(offer).collect(),
                }))
            }
            Self::Close(site) => Change::CloseSite {
                site: site.to_string(),
            },
            Self::Move(site, to) => Change::MoveSite {
                site: site.to_string(),
                to: place(*to),
            },
            Self::Hours(site, from) => Change::SetHours {
                sites: vec![site.to_string()],
                hours: Arc::new(OpenWeek::new(std::iter::once(from * 60..from * 60 + 480))),
            },
            Self::Offer(site, of, bits) => Change::Offer {
                sites: vec![site.to_string()],
                items: vec![item(*of)],
                steps: some(*bits),
            },
            Self::Withdraw(site, of) => Change::Withdraw {
                sites: vec![site.to_string()],
                items: vec![item(*of)],
            },
            Self::Replace(site, of, bits) => Change::Replace {
                sites: vec![site.to_string()],
                items: vec![item(*of)],
                steps: some(*bits),
            },
            Self::Renew(site, of, until) => Change::Renew {
                sites: vec![site.to_string()],
                items: vec![item(*of)],
                until: until.map(day),
            },
            Self::Reach(site, of, own) => Change::SetReach {
                sites: vec![site.to_string()],
                items: vec![item(*of)],
                reach: if *own {
                    ItemReach::OwnUnit
                } else {
                    ItemReach::Anywhere
                },
            },
            Self::Helper(site, has_helper) => Change::SetHelper {
                sites: vec![site.to_string()],
                has_helper: *has_helper,
            },
            Self::MoreHours(site, from) => Change::AddHours {
                sites: vec![site.to_string()],
                hours: Arc::new(OpenWeek::new(std::iter::once(from * 60..from * 60 + 480))),
            },
            Self::Merge(sites, into, at) => Change::MergeSites(Box::new(Merger {
                sites: sites.iter().map(ToString::to_string).collect(),
                into: into.to_string(),
                at: at.map(place),
                ..Merger::default()
            })),
            Self::Add(line) => Change::AddStreet {
                line: line.iter().copied().map(place).collect(),
            },
            Self::Cut(at) => Change::CutStreet { at: place(*at) },
            Self::Slow(at, times) => Change::SlowStreet {
                at: place(*at),
                times: f64::from(*times),
            },
        }
    }
}

/// Every pair of cell and site, and where both hang.
fn pairs(study: &Study, times: &TravelTimes) -> Vec<String> {
    let cell = |cell| format!("{:?} {:?}", times.links().cell(cell), times.of(cell));
    let sites = study
        .sites()
        .iter()
        .map(|(site, it)| format!("{} {:?}", it.id, times.links().site(site)));
    cells(study).map(cell).chain(sites).collect()
}

/// Every verdict and every sum.
fn sums(now: &Coverage) -> Vec<String> {
    let study = now.study();
    let items = || (0..study.catalogue().len()).map(ItemId::new);
    let cell = |cell| {
        let verdicts: Vec<_> = items()
            .map(|item| {
                (
                    now.verdict(cell, item),
                    now.gravest(cell, item).steps(cell, item),
                )
            })
            .collect();
        format!("{:?} {:?} {verdicts:?}", now.cell(cell), now.score(cell))
    };
    let mut all: Vec<String> = cells(study).map(cell).collect();
    all.push(format!(
        "{:?} {:?} {:?} {:?}",
        now.total(),
        now.by_unit(),
        now.by_item(),
        now.by_site()
    ));
    all
}

/// All studies on the way, each made from the one before.
fn on_the_way(plan: &Plan, steps: &[Do]) -> (Vec<WhatIf>, Vec<Study>) {
    let study = plan.study();
    let budget = study.target().search;
    let (mut then, mut anew) = (
        vec![WhatIf::new(study.clone(), budget, &Silent)],
        vec![study],
    );
    for step in steps {
        let last = anew.last().expect("the first at least");
        let change = step.change(last);
        let Ok((study, _)) = apply(last, &change) else {
            let wrong = then.last().map(|then| then.after(&change).is_err());
            assert_eq!(wrong, Some(true), "{change}");
            continue;
        };
        let after = then.last().expect("the first at least").after(&change);
        then.push(after.expect("as the study could"));
        anew.push(study);
    }
    (then, anew)
}

fn check(plan: &Plan, steps: &[Do]) -> Result<Vec<Work>, TestCaseError> {
    let (then, anew) = on_the_way(plan, steps);
    let settings = [
        plan.setting(),
        Setting {
            who: Who::People,
            ..plan.setting()
        },
    ];
    for (then, study) in then.iter().zip(&anew) {
        let walks = walks(study, study.target().search, &Silent);
        for group in std::iter::once(None).chain(study.groups().map(|(group, _)| Some(group))) {
            prop_assert_eq!(
                pairs(study, then.walks().of(group)),
                pairs(study, walks.of(group))
            );
        }
    }
    for setting in settings {
        let first = &then[0];
        let mut now = coverage_for(
            first.walks().of(setting.who.group()),
            first.study().target(),
            setting,
        );
        for (then, study) in then.iter().zip(&anew).skip(1) {
            now = now.after(then);
            let walks = walks(study, study.target().search, &Silent);
            let known = coverage_for(walks.of(setting.who.group()), study.target(), setting);
            prop_assert_eq!(sums(&now), sums(&known));
        }
    }
    Ok(then.iter().map(WhatIf::work).collect())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_changed_on_the_way_is_what_everything_anew_is(
        plan in plans(), steps in prop::collection::vec(steps(), 1..6),
    ) {
        let on = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let one = on(1).install(|| check(&plan, &steps))?;
        prop_assert_eq!(one, on(2).install(|| check(&plan, &steps))?, "as much work");
    }

    #[test]
    fn the_best_of_some_sites_is_the_one_that_most_people_reach(
        plan in plans(), some in prop::collection::vec(0..8_usize, 1..5),
    ) {
        let study = plan.study();
        let mut sites: Vec<SiteId> = some.iter().map(|site| SiteId::new(site % study.sites().len())).collect();
        let best = best_site(&study, &sites, &Silent).expect("a small study");
        // The walks of all, and the people of each, in the order of the sites.
        let walks = walks(&study, study.target().search, &Silent);
        let reaches = |cell, site| {
            let limit = study.zones().limit(cell, study.target().limit);
            walks.of(None).of(cell).iter().any(|reach| reach.site == site && reach.time <= limit)
        };
        let people = |site: SiteId| -> People {
            let near = study.cells().iter().filter(|&(cell, _)| reaches(cell, site));
            near.map(|(_, cell)| cell.people).sum()
        };
        sites.sort_unstable();
        let most = sites.iter().map(|&site| people(site)).max();
        let first = sites.iter().copied().find(|&site| Some(people(site)) == most);
        prop_assert_eq!(best, first);
    }

    #[test]
    fn a_coverage_of_another_study_is_judged_wholly(plan in plans(), other in plans()) {
        let (study, other) = (plan.study(), other.study());
        let budget = study.target().search;
        let (now, strange) = (WhatIf::new(study, budget, &Silent), WhatIf::new(other, budget, &Silent));
        let Ok(then) = now.after(&Change::CloseSite { site: "0".to_owned() }) else {
            prop_assert!(now.study().sites().find("0").is_none());
            return Ok(());
        };
        let setting = Setting::default();
        let of = |what: &WhatIf, target| sums(&coverage_for(what.walks().of(None), target, setting));
        let target = Target { items: vec![ItemId::new(0)], ..now.study().target().clone() };
        let before = coverage_for(strange.walks().of(None), &target, setting);
        prop_assert_eq!(sums(&before.after(&then)), of(&then, &target));
    }
}

/// Two towns, too far apart to walk.
const TOWNS: &str = "
    A--s--B                            C--t--D
    |     |                            |     |
    E--a--F--G                         H--c--I--J
    |     |                            |     |
    K-----L                            M--u--N
";

#[test]
fn a_change_costs_the_searches_that_it_needs_and_no_more() {
    let town = walkshed::draw::town(TOWNS, 100.0, "stu");
    let at = |id: &str| {
        town.cells()
            .iter()
            .find(|(_, cell)| cell.id == id)
            .and_then(|(_, cell)| cell.at)
    };
    let (a, c) = (at("a").expect("drawn"), at("c").expect("drawn"));
    let budget = TravelTime::from_minutes(15);
    let now = WhatIf::new(town.clone(), budget, &Silent);
    let close = |site: &str| Change::CloseSite {
        site: site.to_owned(),
    };
    // What walking from every site of a town settles, with these changes.
    let settled = |changes: Vec<Change>| {
        let (study, _) = apply_all(&town, &changes).expect("sites and streets are there");
        walks(&study, budget, &Silent).of(None).work().settled
    };
    let work = |change: Change| now.after(&change).expect("it is there").work();
    let after = |change: Change| work(change).settled;
    let open = || {
        Change::OpenSite(Box::new(NewSite {
            site: Site::at("v", a),
            offers: Vec::new(),
        }))
    };
    let one = settled(vec![close("t"), close("u")]);
    assert!(
        one > 0 && settled(vec![]) > 2 * one,
        "every site settles junctions"
    );
    assert_eq!(
        after(open()),
        settled(vec![open()]) - settled(vec![]),
        "one search"
    );
    assert_eq!(work(close("s")), Work::default());
    let withdraw = Change::Withdraw {
        sites: vec!["s".to_owned()],
        items: vec![ItemId::new(0)],
    };
    assert_eq!(work(withdraw), Work::default());
    // A street of the second town, which the site of the first does not reach.
    let cut = || Change::CutStreet { at: c };
    let far = settled(vec![cut(), close("t"), close("u")]);
    assert_eq!(far, one, "the first town's site walks as before");
    assert_eq!(
        after(cut()),
        settled(vec![cut()]) - far,
        "the two sites of the second town"
    );
    let nowhere = Change::CutStreet {
        at: spot([900_000.0, 900_000.0]),
    };
    assert!(matches!(
        now.after(&nowhere).err(),
        Some(ChangeError::NoStreet { .. })
    ));
}

#[test]
fn a_copy_of_the_study_costs_no_full_run() {
    let town = walkshed::draw::town(TOWNS, 100.0, "stu");
    let now = WhatIf::new(town.clone(), TravelTime::from_minutes(15), &Silent);
    let site = "t".to_owned();
    let then = now.after(&Change::CloseSite { site }).expect("it is there");
    // The study and the walks are copies; only c, in the second town, is judged anew.
    let copied = now.walks().clone();
    let judged = |walks: &Walks| then.touched(walks.of(None), None).map(<[_]>::len);
    assert_eq!(judged(now.walks()), Some(1));
    assert_eq!(judged(&copied), Some(1));
    let alike = walkshed::draw::town(TOWNS, 100.0, "stu");
    let alike = walks(&alike, TravelTime::from_minutes(15), &Silent);
    assert_eq!(
        judged(&alike),
        None,
        "one that was made anew is another study"
    );
    let setting = Setting::default();
    let before = coverage_for(copied.of(None), town.target(), setting);
    let known = coverage_for(then.walks().of(None), town.target(), setting);
    assert_eq!(sums(&before.after(&then)), sums(&known));
    // Walks of a search of its own are none that the change was made to.
    let own = walks(&town, TravelTime::from_minutes(15), &Silent);
    assert_eq!(judged(&own), None);
}

#[test]
fn a_site_that_makes_way_for_another_one_just_as_far_is_judged_anew() {
    // x is as far from c as s, and hangs on no street of its own: the walk takes the same ticks.
    let town = walkshed::draw::town("A-s--c--x-B", 100.0, "s");
    let at = |id: &str| {
        town.cells()
            .iter()
            .find(|(_, cell)| cell.id == id)
            .and_then(|(_, cell)| cell.at)
    };
    let (x, target) = (at("x").expect("drawn"), town.target().clone());
    let now = WhatIf::new(town.clone(), TravelTime::from_minutes(15), &Silent);
    let open = Change::OpenSite(Box::new(NewSite {
        site: Site::at("s", x),
        offers: Vec::new(),
    }));
    let then = now.after(&open).expect("a site that makes way");
    let before = coverage_for(now.walks().of(None), &target, Setting::default());
    let (anew, _) = apply(&town, &open).expect("a site that makes way");
    let walks = walks(&anew, TravelTime::from_minutes(15), &Silent);
    let known = coverage_for(walks.of(None), &target, Setting::default());
    assert_eq!(sums(&before.after(&then)), sums(&known));
}

#[test]
fn a_helper_that_comes_or_goes_is_judged_as_everything_anew() {
    // Only those who need a helper, two of whom live at a and b; nobody helps at s or t yet.
    let town = walkshed::draw::town("A-s-a-----------------b-t-B", 100.0, "st");
    let town = town.with(|parts| {
        let people = parts.cells.as_slice().iter().map(|cell| cell.people);
        parts.groups = vec![Group {
            needs_helper: true,
            usable: Some(SiteSet::default()),
            ..Group::plain("helped", people.collect())
        }];
    });
    let town = town.expect("a study");
    let (group, _) = town.groups().next().expect("one group");
    let setting = Setting {
        who: Who::Group(group),
        ..Setting::default()
    };
    let budget = TravelTime::from_minutes(15);
    let mut then = WhatIf::new(town.clone(), budget, &Silent);
    let walked = then.walks().of(Some(group)).clone();
    let mut now = coverage_for(&walked, &Target::minutes(10), setting);
    let helper = |site: &str, has_helper| Change::SetHelper {
        sites: vec![site.to_owned()],
        has_helper,
    };
    let mut covered = vec![now.total().covered()];
    for change in [helper("t", true), helper("s", true), helper("t", false)] {
        then = then.after(&change).expect("both are there");
        now = now.after(&then);
        let anew = walks(then.study(), budget, &Silent);
        let known = coverage_for(anew.of(Some(group)), &Target::minutes(10), setting);
        assert_eq!(sums(&now), sums(&known));
        covered.push(now.total().covered());
    }
    assert_eq!(covered, [0, 2, 3, 1].map(People::whole));
}

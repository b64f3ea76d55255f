//! An explanation never disagrees with its verdict, and a cure that is followed cures.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use walkshed::assess::{
    Alternative, Considered, Cure, Explanation, Rule, Standing, Usable, explain,
};
use walkshed::ids::{CellId, GroupId, ItemId, SiteId};
use walkshed::model::{
    Catalogue, Cell, Cells, Change, Group, Item, ItemReach, Network, Offer, Online, OpenWeek, Site,
    SiteSet, Sites, Step, Steps, Study, StudyParts, Takers, Target, TimeRule, UnitRow, Units, Walk,
    WeekMinute, apply,
};
use walkshed::plane::Position;
use walkshed::score::{Coverage, Lack, Setting, Verdict, VerdictKind};
use walkshed::search::Reach;
use walkshed::snap::Snap;
use walkshed::{Options, People, TravelTime};

/// A random town with all rules on: numbers that [`Town::study`] makes sites, offers and so on of.
#[derive(Debug, Clone)]
struct Town {
    nodes: Vec<(u16, u16)>,
    edges: Vec<(usize, usize)>,
    sites: Vec<(u16, u16, [u8; 4])>,
    cells: Vec<(u16, u16, u8)>,
    offers: Vec<[u8; 4]>,
    item: [u8; 3],
    asked: [u8; 4],
}

fn spot(x: u16, y: u16) -> Position {
    Position::new(116.2 + f64::from(x) * 1e-6, 29.7 + f64::from(y) * 1e-6).expect("near Hukou")
}

fn towns() -> impl Strategy<Value = Town> {
    let at = || 0_u16..14_000;
    prop::collection::vec((at(), at()), 2..12).prop_flat_map(move |nodes| {
        let end = 0..nodes.len();
        let edges = prop::collection::vec((end.clone(), end), 1..24);
        let sites = prop::collection::vec((at(), at(), any::<[u8; 4]>()), 0..7);
        let cells = prop::collection::vec((at(), at(), any::<u8>()), 1..6);
        let offers = prop::collection::vec(any::<[u8; 4]>(), 0..10);
        (
            Just(nodes),
            edges,
            sites,
            cells,
            offers,
            any::<[u8; 3]>(),
            any::<[u8; 4]>(),
        )
            .prop_map(|(nodes, edges, sites, cells, offers, item, asked)| Town {
                nodes,
                edges,
                sites,
                cells,
                offers,
                item,
                asked,
            })
    })
}

/// A day of 2024, or none every fourth time.
fn day(number: u8) -> Option<NaiveDate> {
    NaiveDate::from_yo_opt(2024, u32::from(number) + 1).filter(|_| !number.is_multiple_of(4))
}

fn steps(number: u8) -> Steps {
    Step::ALL
        .into_iter()
        .enumerate()
        .filter(|(place, _)| number >> place & 1 == 1)
        .map(|(_, step)| step)
        .collect()
}

impl Town {
    fn study(&self) -> Study {
        let units = ["c", "c/e", "c/w", "c/e/v"].map(|path| UnitRow {
            id: path.to_owned(),
            name: String::new(),
            parent: path.rsplit_once('/').map(|(above, _)| above.to_owned()),
        });
        let units = Units::new(units.to_vec()).expect("a tree");
        let unit = |number: u8| units.iter().map(|(id, _)| id).nth(usize::from(number % 5));
        let hours = |number: u8| match number % 4 {
            0 => None,
            1 => Some(Arc::new(OpenWeek::always())),
            part => Some(Arc::new(OpenWeek::new(Some(
                u32::from(number) * 30..u32::from(number) * 30 + 900 * u32::from(part),
            )))),
        };
        let site =
            |(place, &(x, y, [owner, kind, open, dates])): (usize, &(u16, u16, [u8; 4]))| Site {
                unit: unit(owner),
                kind: ["station", "bank"][usize::from(kind % 2)].to_owned(),
                hours: hours(open),
                opened: day(dates).filter(|_| dates.is_multiple_of(3)),
                closed: day(dates).filter(|_| dates % 3 == 1),
                ..Site::at(&format!("{place:02}"), spot(x, y))
            };
        let sites = Sites::new(self.sites.iter().enumerate().map(site).collect());
        let cell = |(place, &(x, y, owner)): (usize, &(u16, u16, u8))| Cell {
            id: place.to_string(),
            name: String::new(),
            unit: unit(owner),
            people: People::whole(1),
            at: Some(spot(x, y)).filter(|_| owner != 7),
        };
        let cells: Vec<Cell> = self.cells.iter().enumerate().map(cell).collect();
        let nodes: Vec<Position> = self.nodes.iter().map(|&(x, y)| spot(x, y)).collect();
        let edges: Vec<_> = self
            .edges
            .iter()
            .map(|&(a, b)| (a, b, nodes[a].distance(nodes[b])))
            .collect();
        let monday = NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
        let parts = StudyParts {
            groups: vec![self.group(&sites, cells.len())],
            catalogue: Catalogue::new(vec![(self.item(), self.offers(&sites))]),
            network: Network::new(nodes, &edges).expect("valid edges"),
            time: Some(TimeRule::week_of(
                monday,
                Arc::new(OpenWeek::new(Some(480..1020))),
            )),
            cells: Cells::new(cells),
            sites,
            units,
            ..StudyParts::default()
        };
        let [limit, search] = [10, 20].map(TravelTime::from_minutes);
        let target = Target {
            limit,
            search,
            items: vec![ItemId::new(0)],
            date: day(self.asked[0]),
        };
        let walk = Walk {
            max_snap_m: 300.0,
            ..Walk::default()
        };
        let parts = StudyParts {
            walk,
            target,
            ..parts
        };
        Study::new(parts).expect("a study")
    }

    fn group(&self, sites: &Sites, cells: usize) -> Group {
        let barred = self.asked[1].is_multiple_of(3);
        let helped = |place: usize| !self.sites[place].2[1].is_multiple_of(5);
        let usable = sites
            .iter()
            .filter(|(id, site)| helped(id.index()) && !(barred && site.kind == "bank"));
        Group {
            needs_helper: true,
            online: self.asked[1].is_multiple_of(2),
            may_not_use: if barred {
                vec!["bank".to_owned()]
            } else {
                Vec::new()
            },
            usable: Some(SiteSet::of(usable.map(|(id, _)| id))),
            ..Group::plain("elderly", vec![People::whole(1); cells])
        }
    }

    fn item(&self) -> Item {
        let [visits, reach, online] = self.item;
        Item {
            visits: steps(visits),
            reach: if reach.is_multiple_of(2) {
                ItemReach::OwnUnit
            } else {
                ItemReach::Anywhere
            },
            online: if online.is_multiple_of(4) {
                Online::Whole
            } else {
                Online::Part
            },
            online_steps: steps(online >> 3),
            delivery: online % 8 == 5,
            ..Item::plain("i")
        }
    }

    fn offers(&self, sites: &Sites) -> Vec<Offer> {
        let offer = |&[site, depth, from, until]: &[u8; 4]| Offer {
            site: SiteId::new(usize::from(site) % sites.len().max(1)),
            steps: steps(depth),
            reach: [
                None,
                Some(ItemReach::OwnUnit),
                Some(ItemReach::Anywhere),
                None,
            ][usize::from(depth >> 5) % 4],
            from: day(from).filter(|_| from.is_multiple_of(3)),
            until: day(until).filter(|_| until % 3 == 1),
        };
        self.offers
            .iter()
            .map(offer)
            .filter(|offer| offer.site.index() < sites.len())
            .collect()
    }

    fn setting(&self) -> Setting {
        let [_, _, who, minute] = self.asked;
        Setting {
            who: (who.is_multiple_of(2)).then(|| GroupId::new(0)).into(),
            online: who.is_multiple_of(3),
            leaving: WeekMinute::new(u32::from(minute) * 39).filter(|_| !minute.is_multiple_of(3)),
        }
    }
}

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
fn changes(why: &Explanation) -> Vec<Change> {
    let [cure] = &why.cures[..] else {
        panic!("one site is enough: {:?}", why.cures)
    };
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

/// The study after its cure at a site.
fn cured(why: &Explanation) -> Study {
    let mut study = why.study.clone();
    for change in changes(why) {
        (study, _) = apply(&study, &change).expect("a cure names what is there");
    }
    study
}

/// Those of whom the verdict is who get the item done, in all cells.
fn done_for(study: &Study, setting: Setting) -> People {
    let now = judged(study, setting);
    let cells = study.cells().iter().map(|(cell, _)| cell);
    cells
        .filter(|&cell| now.verdict(cell, ItemId::new(0)).kind() == VerdictKind::Covered)
        .map(|cell| now.people(cell))
        .sum()
}

fn judged(study: &Study, setting: Setting) -> Coverage {
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
            let [Cure::AtSite { gain, .. }] = why.cures[..] else { continue };
            let cured = cured(&why);
            let after = verdict(&cured, setting, cell);
            prop_assert!(matches!(after, Verdict::Covered { .. }), "{:?}\n{:?}\n{after:?}", why.verdict, why.cures);
            prop_assert_eq!(done_for(&cured, setting) - done_for(&study, setting), gain, "{:?}", why.cures);
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
                let kind_barred = seen.usable == Usable::KindBarred;
                let is_enough = missing.without(seen.does_some_day()).is_empty();
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
fn the_towns_have_verdicts_and_lacks_of_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..600 {
        let town = towns().new_tree(&mut runner).expect("a town").current();
        let (study, setting) = (town.study(), town.setting());
        for (cell, _) in study.cells().iter() {
            let verdict = verdict(&study, setting, cell);
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
}

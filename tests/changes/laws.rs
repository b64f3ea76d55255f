//! The law: a changed study is the study whose files say the same, verdict for verdict and to the
//! tick, on random grid towns and for random changes.

use std::fmt::Write as _;

use proptest::prelude::*;
use walkshed::assess::{Snapshot, difference};
use walkshed::{People, model};

use crate::kinds::change;
use crate::town::{SiteRow, Town, all, at, line};

const BLOCK: f64 = 300.0;
const SIDE: usize = 4;
const KINDS: [&str; 3] = ["post", "hall", "kiosk"];
const HOURS: [&str; 4] = ["", "24/7", "Mo-Fr 09:00-12:00", "Sa 10:00-11:00"];

/// One edit of the files, by random numbers that are brought into range when it is made.
#[derive(Debug, Clone)]
enum Edit {
    Open([f64; 2], usize, bool, usize),
    Close(usize),
    Move(usize, [f64; 2]),
    Hours(usize, usize),
    Offer(usize, usize, bool),
    OfferKind(usize),
    Withdraw(usize, usize),
    Replace(usize, usize, bool),
    MoreHours(usize, usize),
    Helper(usize, bool),
    Merge(usize, usize),
    Add(usize, usize),
    Cut(usize),
}

fn place() -> impl Strategy<Value = [f64; 2]> {
    // Not where a place is as near to one street as to another.
    let side = 0_u32..900;
    (side.clone(), side).prop_map(|(x, y)| [f64::from(x) + 0.37, f64::from(y) + 0.111])
}

fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (place(), any::<usize>(), any::<bool>(), any::<usize>())
            .prop_map(|(at, k, h, o)| Edit::Open(at, k, h, o)),
        any::<usize>().prop_map(Edit::Close),
        (any::<usize>(), place()).prop_map(|(site, at)| Edit::Move(site, at)),
        any::<(usize, usize)>().prop_map(|(site, hours)| Edit::Hours(site, hours)),
        any::<(usize, usize, bool)>().prop_map(|(site, item, deep)| Edit::Offer(site, item, deep)),
        any::<usize>().prop_map(Edit::OfferKind),
        any::<(usize, usize)>().prop_map(|(site, item)| Edit::Withdraw(site, item)),
        any::<(usize, usize, bool)>()
            .prop_map(|(site, item, deep)| Edit::Replace(site, item, deep)),
        any::<(usize, usize)>().prop_map(|(site, hours)| Edit::MoreHours(site, hours)),
        any::<(usize, bool)>().prop_map(|(site, helper)| Edit::Helper(site, helper)),
        any::<(usize, usize)>().prop_map(|(site, into)| Edit::Merge(site, into)),
        any::<(usize, usize)>().prop_map(|(a, b)| Edit::Add(a, b)),
        any::<usize>().prop_map(Edit::Cut),
    ]
}

fn junction(place: usize) -> [f64; 2] {
    let blocks = |n: usize| f64::from(u32::try_from(n).expect("small")) * BLOCK;
    [blocks(place % SIDE), blocks(place / SIDE)]
}

fn grid() -> Vec<Vec<[f64; 2]>> {
    let across = (0..SIDE * SIDE)
        .filter(|i| i % SIDE + 1 < SIDE)
        .map(|i| (i, i + 1));
    let down = (0..SIDE * (SIDE - 1)).map(|i| (i, i + SIDE));
    across
        .chain(down)
        .map(|(a, b)| vec![junction(a), junction(b)])
        .collect()
}

const RULES: &str = "[target]\nminutes = 6\nsearch_minutes = 20\n[time]\nat = '2024-03-06T10:00:00'\n\
    [[group]]\nid = 'helped'\nshare = 0.25\nneeds_helper = true\n[[group]]\nid = 'barred'\nshare = 0.5\nmay_not_use = ['post']\n";

/// A town whose offers stand site by site, so that each can be withdrawn; those of a kind come by changes.
fn towns() -> impl Strategy<Value = Town> {
    let site = (place(), 0..KINDS.len(), any::<bool>(), 0..HOURS.len());
    let sites = prop::collection::vec(site, 1..5);
    let cells = prop::collection::vec(place(), 1..8);
    (
        sites,
        cells,
        prop::collection::vec((0..5_usize, 0..3_usize), 1..10),
    )
        .prop_map(|(sites, cells, offers)| {
            let row =
                |(place, (at, kind, helper, hours)): (usize, ([f64; 2], usize, bool, usize))| {
                    SiteRow {
                        id: format!("s{place}"),
                        // The first stays, so that there always is a site and its kind.
                        kind: if place == 0 { KINDS[0] } else { KINDS[kind] },
                        helper,
                        hours: HOURS[hours],
                        place: at,
                    }
                };
            let sites: Vec<SiteRow> = sites.into_iter().enumerate().map(row).collect();
            let offer =
                |(site, item): (usize, usize)| format!("s{},,i{item},\n", site % sites.len());
            let offers = format!(
                "site,kind,item,depth\ns0,,i3,\n{}",
                offers.into_iter().map(offer).collect::<Vec<_>>().concat()
            );
            Town {
                streets: grid(),
                cells: ["a", "b", "c", "d", "e", "f", "g"]
                    .into_iter()
                    .zip(cells)
                    .collect(),
                items: "id,steps\ni0,accept;issue\ni1,accept;issue\ni2,issue\ni3,accept\n"
                    .to_owned(),
                sites,
                offers,
                rules: RULES.to_owned(),
            }
        })
}

fn lon_lat(place: [f64; 2]) -> String {
    let place = at(place);
    let (lon, lat) = place.split_once(", ").expect("two numbers");
    format!("lon = {lon}\nlat = {lat}")
}

/// Makes an edit in the files, and writes it as a change; none where it makes no sense.
fn make(edit: &Edit, files: &mut Town, number: usize) -> Option<String> {
    let count = files.sites.len();
    Some(match *edit {
        Edit::Open(place, kind, helper, hours) => {
            let (id, kind, hours) = (format!("n{number}"), KINDS[kind % 3], HOURS[1 + hours % 3]);
            files.sites.push(SiteRow {
                id: id.clone(),
                kind,
                helper,
                hours,
                place,
            });
            format!(
                "do = 'open-site'\nsite = '{id}'\nkind = '{kind}'\nunit = 'u'\nhelper = {helper}\nopening_hours = '{hours}'\n{}",
                lon_lat(place)
            )
        }
        Edit::Close(site) => {
            let row = files
                .sites
                .remove(Some(site % count).filter(|&place| place > 0)?);
            without(&mut files.offers, &format!("{},", row.id));
            format!("do = 'close-site'\nsite = '{}'", row.id)
        }
        Edit::Move(site, place) => {
            files.sites[site % count].place = place;
            format!(
                "do = 'move-site'\nsite = '{}'\n{}",
                files.sites[site % count].id,
                lon_lat(place)
            )
        }
        Edit::Hours(site, hours) => {
            let (row, hours) = (&mut files.sites[site % count], HOURS[1 + hours % 3]);
            row.hours = hours;
            format!(
                "do = 'hours'\nsite = '{}'\nopening_hours = '{hours}'",
                row.id
            )
        }
        Edit::Offer(site, item, deep) => {
            let (id, item, depth) = (
                &files.sites[site % count].id,
                item % 3,
                if deep { "whole" } else { "accept" },
            );
            writeln!(files.offers, "{id},,i{item},{depth}").expect("text grows");
            format!("do = 'offer'\nsite = '{id}'\nitems = ['i{item}']\ndepth = '{depth}'")
        }
        Edit::OfferKind(kind) => {
            let kind = KINDS[kind % 3];
            files.sites.iter().find(|row| row.kind == kind)?;
            writeln!(files.offers, ",{kind},i3,").expect("text grows");
            format!("do = 'offer'\nkind = '{kind}'\nitems = ['i3']")
        }
        Edit::Withdraw(site, item) => {
            let (id, item) = (files.sites[site % count].id.clone(), item % 3);
            let gone = format!("{id},,i{item},");
            without(&mut files.offers, &gone);
            format!("do = 'withdraw'\nsite = '{id}'\nitems = ['i{item}']")
        }
        Edit::Replace(site, item, deep) => replace(files, site % count, item % 3, deep),
        Edit::MoreHours(site, hours) => {
            let (row, more) = (&mut files.sites[site % count], HOURS[1 + hours % 3]);
            row.hours = both_open(row.hours, more);
            format!(
                "do = 'hours'\nsite = '{}'\nopening_hours = '{more}'\nadd = true",
                row.id
            )
        }
        Edit::Helper(site, helper) => {
            let row = &mut files.sites[site % count];
            row.helper = helper;
            format!("do = 'helper'\nsite = '{}'\nhelper = {helper}", row.id)
        }
        Edit::Merge(site, into) => merge(files, site % count, into)?,
        Edit::Add(a, b) => {
            let (a, b) = (a % (SIDE * SIDE), b % (SIDE * SIDE));
            let course = vec![junction(a), junction(b)];
            if !apart(a, b)
                || files.streets.iter().any(|street| same(street, &course))
                || !both_on(&course, &files.streets)
            {
                return None;
            }
            let keys = format!("do = 'add-street'\nline = {}", line(&course));
            files.streets.push(course);
            keys
        }
        Edit::Cut(piece) => {
            let course = files.streets.remove(piece % files.streets.len());
            files.streets.first()?;
            let part = |i: usize| course[0][i] + 0.37 * (course[1][i] - course[0][i]);
            format!("do = 'cut-street'\nat = [{}]", at([part(0), part(1)]))
        }
    })
}

/// The site does so much of the item and no more.
fn replace(files: &mut Town, site: usize, item: usize, deep: bool) -> String {
    let id = files.sites[site].id.clone();
    let depth = if deep { "whole" } else { "accept" };
    without(&mut files.offers, &format!("{id},,i{item},"));
    writeln!(files.offers, "{id},,i{item},{depth}").expect("text grows");
    format!("do = 'offer'\nsite = '{id}'\nitems = ['i{item}']\ndepth = '{depth}'\nreplaces = true")
}

/// A site is folded into another one; none for the first, and for two of different kinds: what a
/// kind handles stands in the files as the kind's.
fn merge(files: &mut Town, site: usize, into: usize) -> Option<String> {
    let gone = files.sites.remove(Some(site).filter(|&place| place > 0)?);
    let kept = into % files.sites.len();
    let kept = Some(&mut files.sites[kept]).filter(|kept| kept.kind == gone.kind)?;
    kept.helper |= gone.helper;
    kept.hours = both_open(kept.hours, gone.hours);
    let theirs = format!("{},", kept.id);
    hand_over(&mut files.offers, &format!("{},", gone.id), &theirs);
    let keys = format!(
        "sites = ['{}', '{}']\nsite = '{}'",
        gone.id, kept.id, kept.id
    );
    Some(format!("do = 'merge-sites'\n{keys}"))
}

/// Open when either is; what states no hours is open always, as `[time]` says here.
fn both_open(one: &'static str, other: &'static str) -> &'static str {
    let [weekdays, saturday] = [HOURS[2], HOURS[3]];
    match (one, other) {
        (one, other) if one == other => one,
        ("" | "24/7", _) | (_, "" | "24/7") => "24/7",
        ("Mo-Fr 09:00-12:00; Sa 10:00-11:00", _) | (_, "Mo-Fr 09:00-12:00; Sa 10:00-11:00") => {
            "Mo-Fr 09:00-12:00; Sa 10:00-11:00"
        }
        (one, other) => {
            assert!([one, other].contains(&weekdays) && [one, other].contains(&saturday));
            "Mo-Fr 09:00-12:00; Sa 10:00-11:00"
        }
    }
}

/// The lines that begin so begin otherwise.
fn hand_over(text: &mut String, from: &str, to: &str) {
    let line = |line: &str| match line.strip_prefix(from) {
        Some(rest) => format!("{to}{rest}\n"),
        None => format!("{line}\n"),
    };
    *text = text.lines().map(line).collect();
}

/// Drops the lines that begin so.
fn without(text: &mut String, begin: &str) {
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with(begin))
        .collect();
    *text = kept.join("\n") + "\n";
}

/// Whether two junctions have no third one straight between them.
fn apart(a: usize, b: usize) -> bool {
    let (mut x, mut y) = ((a % SIDE).abs_diff(b % SIDE), (a / SIDE).abs_diff(b / SIDE));
    while y > 0 {
        (x, y) = (y, x % y);
    }
    x == 1
}

fn same(street: &[[f64; 2]], course: &[[f64; 2]]) -> bool {
    course.iter().all(|end| street.contains(end))
}

/// Whether both ends are vertices of streets that are there.
fn both_on(course: &[[f64; 2]], streets: &[Vec<[f64; 2]>]) -> bool {
    course
        .iter()
        .all(|end| streets.iter().any(|street| street.contains(end)))
}

fn snapshot(study: &model::Study) -> Snapshot {
    let results = walkshed::run(study, &walkshed::Options::default()).expect("a small study");
    Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_study_is_the_study_whose_files_say_the_same(town in towns(), edits in prop::collection::vec(edits(), 1..5)) {
        let mut files = town.clone();
        let mut changes = String::new();
        for (number, edit) in edits.iter().enumerate() {
            let mut edited = files.clone();
            if let Some(keys) = make(edit, &mut edited, number) {
                files = edited;
                changes += &change(&keys);
            }
        }
        let before = town.read("").map_err(TestCaseError::fail)?;
        let with_changes = town.read(&changes).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{changes}")))?;
        let after = model::changed(&with_changes).expect("as it was read");
        let expected = files.read("").map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{files:?}")))?;
        prop_assert_eq!(all(&with_changes), all(&before), "nothing changes before it is asked for");
        prop_assert_eq!(all(&after), all(&expected), "{}", changes);
        prop_assert!(difference(&snapshot(&after), &snapshot(&expected)).is_nothing());

        let change = difference(&snapshot(&before), &snapshot(&after));
        let sum = |of: fn(&walkshed::assess::difference::UnitDifference) -> People| change.units.iter().map(of).sum::<People>();
        prop_assert_eq!(sum(|unit| unit.newly_covered), change.total.newly_covered);
        prop_assert_eq!(sum(|unit| unit.no_longer_covered), change.total.no_longer_covered);
        let covered = |sums: Option<walkshed::assess::difference::Sums>| sums.map_or(People::ZERO, |sums| sums.covered);
        prop_assert_eq!(
            covered(change.total.before) + change.total.newly_covered,
            covered(change.total.after) + change.total.no_longer_covered
        );
    }
}

//! A large county with rules, for timing them against the plain one.

use super::super::items::{self, Item};
use super::super::plan::Plan;
use super::super::shape::Pt;
use super::super::sites::Site;

/// How walkers mind streets, below `[walk]`.
pub const WALK: &str = "slope = true\ncrossing_seconds = 20\nstairs_seconds = 10\n";
const DAYS: [&str; 3] = ["2022-12-01", "2023-12-01", "2024-12-01"];

/// Metres above the sea: ridges 240 m high every 4 km, with slopes of 6 in 100.
pub fn height(p: Pt) -> f64 {
    let ridge = |v: f64| (v / 4_000.0 - (v / 4_000.0).floor() - 0.5).abs();
    240.0 * (ridge(p.x) + ridge(p.y))
}

/// Every other station opens in one of the phases.
pub fn open_later(sites: &mut [Site]) {
    for (k, site) in sites
        .iter_mut()
        .filter(|s| s.kind == "village-station")
        .enumerate()
        .skip(1)
        .step_by(2)
    {
        site.more = format!(r#","opened":"{}""#, DAYS[k % 3]);
    }
}

/// The rows of `items.csv`: some are done online, some need three visits, some are tied to one's own unit.
pub fn rows(count: usize) -> Vec<String> {
    let header = format!("{},online,steps,reach", items::HEADER);
    let row = |(i, item): (usize, &'static Item)| {
        let online = ["none", "part", "whole"][i % 3];
        let steps = ["", "accept", "accept;review;issue"][i % 5 % 3];
        let reach = ["anywhere", "own-unit"][i % 4 / 3];
        format!("{},{online},{steps},{reach}", item.row(i))
    };
    std::iter::once(header)
        .chain(items::first(count).map(row))
        .collect()
}

/// The rows of `offers.csv`: outlets and stations begin item by item, stations only accept every fourth.
pub fn offers(count: usize, sites: &[Site]) -> Vec<String> {
    let mut rows = vec!["site,kind,item,depth,from,until".to_owned()];
    for (letter, kind) in items::kinds(sites) {
        let handled = items::first(count).filter(|(_, item)| item.handled(letter));
        rows.extend(handled.map(|(i, _)| {
            let from = if matches!(letter, 'C' | 'T' | 'Z') {
                ""
            } else {
                DAYS[i % 3]
            };
            let depth = if letter == 'V' && i % 4 == 1 {
                "accept"
            } else {
                "whole"
            };
            format!(",{kind},{},{depth},{from},", items::id(i))
        }));
    }
    let added: Vec<usize> = items::first(count)
        .filter(|(_, item)| item.added_by_full())
        .map(|(i, _)| i)
        .collect();
    for (k, site) in sites.iter().filter(|s| s.full).enumerate() {
        let from = DAYS[k % 3];
        rows.extend(
            added
                .iter()
                .map(|&i| format!("{},,{},whole,{from},", site.id, items::id(i))),
        );
    }
    rows
}

/// What the study file says of rules: hours, two groups, and every third township as a zone.
pub fn study(plan: &Plan) -> String {
    let names: Vec<String> = plan
        .townships
        .iter()
        .step_by(3)
        .map(|t| format!("\"{}\"", t.id))
        .collect();
    format!(
        "date = 2024-12-31\n{}units = [{}]\n",
        include_str!("rules.toml"),
        names.join(", ")
    )
}

//! What the fixture's sites have beside a place and a name: hours, days of opening and closing, properties.

use super::super::plan::Plan;
use super::super::rng::Rng;
use super::super::shape::{off, pt};
use super::super::sites::Site;
use super::super::world::{World, nearest};

const COUNTY: &str = "Mo-Fr 08:30-12:00,14:00-17:30; Sa 09:00-12:00; PH off";
const OFFICE: &str = "Mo-Fr 08:30-12:00,14:00-17:30; PH off";
const PARK: &str = "Mo-Fr 08:30-17:30; PH off";
const TOWN: &str = "Mo-Fr 09:00-18:00; Sa 09:00-12:00; PH off";
const MARKET_DAYS: &str = "Tu,Th,Sa 08:30-12:00,14:00-17:30; PH off";
const BRANCH: &str = "Mo-Su 09:00-17:00";
const MALL: &str = "Mo-Su 10:00-21:00";
const OUTLET: &str = "Mo-Su 09:00-18:00";

/// Days on which stations outside the pilot opened, the later the farther down.
const LATER: [&str; 10] = [
    "",
    "",
    "",
    "2023-04-10",
    "2023-06-01",
    "2023-09-04",
    "2023-11-20",
    "2024-03-11",
    "2024-06-03",
    "2024-11-18",
];
/// Chances of yes in percent: network, helper, rating device, standard, e-seal. None: not asked of the kind.
const CHANCES: [(&str, [Option<usize>; 5]); 6] = [
    (
        "county-centre",
        [Some(100), Some(100), Some(100), Some(100), Some(100)],
    ),
    (
        "park-centre",
        [Some(100), Some(100), Some(100), Some(100), Some(100)],
    ),
    (
        "digital-town",
        [Some(100), Some(100), Some(100), Some(100), Some(100)],
    ),
    (
        "township-centre",
        [Some(97), Some(85), Some(80), Some(80), Some(92)],
    ),
    (
        "village-station",
        [Some(86), Some(34), Some(66), Some(58), Some(40)],
    ),
    ("", [Some(92), Some(12), None, None, None]),
];
/// The county seat and the park, where the plan begins.
pub const PILOT: [&str; 2] = ["360429100", "360429400"];
const PROPERTIES: [&str; 5] = ["network", "helper", "rating_device", "standard", "e_seal"];
/// Days since which offices are on the network, in the pilot and elsewhere.
const CONNECTED: [[&str; 3]; 2] = [
    ["2022-11-30", "2022-12-20", "2023-02-28"],
    ["2023-05-31", "2023-10-31", "2024-01-15"],
];
/// Offices whose helpers come home, by the names they begin with (assumed).
const AT_HOME: [&str; 5] = ["流芳乡", "渡口社区", "荷塘南村", "枣林南村", "平畈湾村"];

/// Adds the window of the digital-economy town, which serves the firms of the whole county.
pub fn add(plan: &Plan, world: &World, seed: u64, sites: &mut Vec<Site>) {
    let mut rng = Rng::new(seed, 7);
    let gates = &world.hubs[1].gates;
    let at = off(
        &mut rng,
        gates[nearest(gates, pt(12_900.0, 27_300.0))],
        6.0,
        20.0,
    );
    sites.push(Site {
        id: format!("S{:03}", sites.len() + 1),
        name: "湖口数字经济小镇企业服务中心".to_owned(),
        kind: "digital-town",
        unit: plan.county.0.clone(),
        at,
        hours: TOWN,
        windows: 8,
        full: false,
        more: String::new(),
    });
}

/// Gives every site its hours, days and properties; terminals and outlets belong to no unit.
pub fn dress(seed: u64, sites: &mut [Site]) {
    let mut rng = Rng::new(seed, 8);
    let mut counted = Rng::new(seed, 10);
    let pilot = |unit: &str| PILOT.iter().any(|code| unit.starts_with(code));
    for site in sites {
        let draw = rng.below(10);
        site.hours = hours(site, draw);
        site.more = dates(site, draw, pilot(&site.unit)) + &properties(site.kind, &mut rng);
        if is_office(site.kind) {
            connect(site, usize::from(!pilot(&site.unit)), draw);
            site.more += &counts(site, &mut counted);
            site.more += &at_home(site);
        }
        if CHANCES.iter().all(|(kind, _)| *kind != site.kind) {
            site.unit.clear();
        }
    }
}

fn is_office(kind: &str) -> bool {
    CHANCES.iter().any(|(office, _)| *office == kind)
}

/// Says since when an office is on the network, if it is.
fn connect(site: &mut Site, area: usize, draw: usize) {
    let centre = site.kind != "village-station";
    let day = CONNECTED[area][if centre {
        0
    } else {
        [0, 0, 0, 1, 1, 1, 1, 1, 1, 2][draw]
    }];
    // What opened later was on the network from its first day.
    let opened = opening(site);
    let since = format!(r#""network":"{}""#, day.max(opened.as_str()));
    site.more = site.more.replace(r#""network":"yes""#, &since);
}

/// The day on which a site opened, or nothing.
fn opening(site: &Site) -> String {
    let from = site.more.split(r#""opened":""#).nth(1);
    from.and_then(|text| text.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

/// How many helpers an office has, and how many bad ratings it had and settled (invented).
fn counts(site: &Site, rng: &mut Rng) -> String {
    let most = if site.kind == "village-station" { 2 } else { 4 };
    let some = 1 + rng.below(most);
    let helpers = if site.more.contains(r#""helper":"yes""#) {
        some
    } else {
        0
    };
    let bad = rng.below(3 * most);
    let settled = bad - rng.below(2).min(bad);
    format!(r#","helpers":{helpers},"bad_reviews":{bad},"settled":{settled}"#)
}

/// How far helpers of the office go, and on which days.
fn at_home(site: &Site) -> String {
    let comes = AT_HOME.iter().any(|place| site.name.starts_with(place));
    let words = r#","helps_at_home":"20 min","helps_days":"Mo-Fr""#;
    if comes {
        words.to_owned()
    } else {
        String::new()
    }
}

fn hours(site: &Site, draw: usize) -> &'static str {
    match (site.kind, draw) {
        ("county-centre", _) => COUNTY,
        ("park-centre", _) => PARK,
        ("digital-town", _) => TOWN,
        ("village-station", 7..) => MARKET_DAYS,
        ("township-centre" | "village-station", _) => OFFICE,
        ("bank-terminal", 4..) => BRANCH,
        ("mall-kiosk", _) => MALL,
        ("telecom-outlet", _) => OUTLET,
        _ => site.hours,
    }
}

/// When a site opened and closed; nothing for those that always stood.
fn dates(site: &Site, draw: usize, pilot: bool) -> String {
    let opened = match (site.kind, pilot) {
        ("village-station", false) => LATER[draw],
        ("village-station", true) => ["", "2022-09-01"][draw % 2],
        ("digital-town", _) => "2022-11-28",
        ("bank-terminal", _) => {
            ["2022-10-10", "2022-12-01", "2023-08-15"][if pilot { draw % 2 } else { draw % 3 }]
        }
        ("mall-kiosk" | "station-kiosk", _) => ["2022-12-10", "2023-10-09"][draw % 2],
        _ => "",
    };
    let closed = match (site.kind, draw) {
        ("post-office", 3) => "2024-04-01",
        ("telecom-outlet", 5) => "2023-09-01",
        _ => "",
    };
    let day = |key: &str, day: &str| {
        if day.is_empty() {
            String::new()
        } else {
            format!(r#","{key}":"{day}""#)
        }
    };
    day("opened", opened) + &day("closed", closed)
}

fn properties(kind: &str, rng: &mut Rng) -> String {
    let chances = CHANCES
        .iter()
        .find(|(known, _)| *known == kind || known.is_empty())
        .map_or([None; 5], |row| row.1);
    let asked = PROPERTIES
        .iter()
        .zip(chances)
        .filter_map(|(name, chance)| Some((name, chance?)));
    let member = |(name, percent)| {
        format!(
            r#","{name}":"{}""#,
            if rng.chance(percent) { "yes" } else { "no" }
        )
    };
    asked.map(member).collect()
}

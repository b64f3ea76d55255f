//! Who handles which item of the fixture, how deep, from when, until when.

use super::super::items::KINDS;
use super::super::sites::Site;
use super::items::{Item, all, id};
use super::sites::PILOT;

/// The first days of each phase's offers; the first phase's are those of `1`.
const FROM: [&str; 4] = ["", "2022-12-15", "2023-12-15", "2024-12-15"];
/// The last days of what is handled only in one phase.
const UNTIL: [&str; 4] = ["", "2023-11-30", "2024-11-30", ""];
const HEADER: &str = "site,kind,item,depth,from,until,reach,paper";

/// Item, depth, from, until, reach and paper of an offer that one site alone makes.
type Alone = (&'static str, [&'static str; 5]);

/// Village stations by entrustment, each with the name it begins with: papers that are valid, run out soon, have run
/// out, and two with a gap between them (assumed). A paper holds for one year.
const ENTRUSTED: [(&str, Alone); 7] = [
    (
        "樟树湾村",
        (
            "户籍证明开具",
            [
                "委托受理、审查、发证",
                "2024-06-01",
                "2025-05-31",
                "",
                "湖政委〔2024〕6号",
            ],
        ),
    ),
    (
        "高桥下村",
        (
            "户籍证明开具",
            ["whole", "2024-02-01", "2025-01-31", "", "湖政委〔2024〕2号"],
        ),
    ),
    (
        "高桥下村",
        (
            "社会保障卡申领与补换",
            ["whole", "2024-02-01", "2025-01-31", "", "湖政委〔2024〕2号"],
        ),
    ),
    (
        "樟树北村",
        (
            "户籍证明开具",
            ["whole", "2023-11-16", "2024-11-15", "", "湖政委〔2023〕9号"],
        ),
    ),
    (
        "樟树北村",
        (
            "社会保障卡申领与补换",
            ["whole", "2023-11-16", "2024-11-15", "", "湖政委〔2023〕9号"],
        ),
    ),
    (
        "前进岭村",
        (
            "社会保障卡申领与补换",
            ["whole", "2022-11-16", "2023-11-15", "", "湖政委〔2022〕4号"],
        ),
    ),
    (
        "前进岭村",
        (
            "社会保障卡申领与补换",
            ["whole", "2024-04-01", "2025-03-31", "", "湖政委〔2024〕3号"],
        ),
    ),
];
/// Cross-area windows (assumed): who is of another unit gets these done there, too.
const CROSS_AREA: [(&str, &str, Alone); 4] = [
    (
        "双钟镇",
        "township-centre",
        (
            "城乡居民养老保险参保登记",
            ["whole", "2024-07-01", "", "跨区通办", ""],
        ),
    ),
    (
        "双钟镇",
        "township-centre",
        ("户籍证明开具", ["whole", "2024-07-01", "", "跨区通办", ""]),
    ),
    (
        "双钟镇",
        "township-centre",
        ("居住证办理", ["whole", "2024-07-01", "", "跨区通办", ""]),
    ),
    (
        "渡口社区",
        "village-station",
        ("户籍证明开具", ["whole", "2024-07-01", "", "跨区通办", ""]),
    ),
];

/// The rows of `offers.csv`, with its header: what each kind handles, then what full stations add to theirs.
pub fn rows(sites: &[Site]) -> Vec<String> {
    let items: Vec<Item> = all().collect();
    let mut rows = vec![HEADER.to_owned()];
    for (letter, kind) in KINDS {
        rows.extend(
            items
                .iter()
                .enumerate()
                .filter_map(|(i, item)| Some(row(kind, &id(i), terms(item, letter)?))),
        );
    }
    let whole_at_stations =
        |item: &Item| terms(item, 'V').is_some_and(|(_, depth)| depth.is_empty());
    let added: Vec<usize> = (0..items.len())
        .filter(|&i| items[i].is("hf") && !whole_at_stations(&items[i]))
        .collect();
    rows.extend(pilot(sites, &items));
    for (k, site) in sites.iter().filter(|s| s.full).enumerate() {
        let from = if in_pilot(site) {
            FROM[1]
        } else {
            FROM[2 + k % 2]
        };
        rows.extend(
            added
                .iter()
                .map(|&i| format!("{},,{},whole,{from},,,", site.id, id(i))),
        );
    }
    let entrusted = ENTRUSTED
        .iter()
        .map(|(place, alone)| (*place, "village-station", alone));
    let across = CROSS_AREA
        .iter()
        .map(|(place, kind, alone)| (*place, *kind, alone));
    let alone = entrusted.chain(across);
    rows.extend(alone.filter_map(|offer| row_alone(offer, sites, &items)));
    rows
}

/// The row of what one site alone offers; none where it is not there.
fn row_alone(
    (place, kind, (item, terms)): (&str, &str, &Alone),
    sites: &[Site],
    items: &[Item],
) -> Option<String> {
    let is_meant = |site: &&Site| site.kind == kind && site.name.starts_with(place);
    let site = sites.iter().find(is_meant)?;
    let item = items.iter().position(|other| other.name == *item)?;
    Some(format!("{},,{},{}", site.id, id(item), terms.join(",")))
}

fn in_pilot(site: &Site) -> bool {
    PILOT.iter().any(|code| site.unit.starts_with(code))
}

/// The centre of the county seat takes in the founding of firms a year before the other townships.
fn pilot(sites: &[Site], items: &[Item]) -> Option<String> {
    let centre = sites
        .iter()
        .find(|site| site.kind == "township-centre" && in_pilot(site))?;
    let founding = items.iter().position(|item| item.name == "企业开办")?;
    Some(format!(
        "{},,{},accept;first-review;issue,{},{},,",
        centre.id,
        id(founding),
        FROM[1],
        UNTIL[1]
    ))
}

/// The phase from which a kind of site handles an item, and how deep.
fn terms(item: &Item, letter: char) -> Option<(usize, &'static str)> {
    if letter == 'C' {
        return Some((0, ""));
    }
    let entry = item.at.split(' ').find(|entry| entry.starts_with(letter))?;
    let phase = entry
        .chars()
        .nth(1)
        .and_then(|c| c.to_digit(10))
        .unwrap_or(0);
    Some((phase as usize, &entry[2..]))
}

fn row(kind: &str, item: &str, (phase, depth): (usize, &str)) -> String {
    let until = if depth == "u" { UNTIL[phase] } else { "" };
    let depth = match depth {
        "a" => "accept",
        "i" => "issue",
        "p" => "accept;first-review;issue",
        _ => "whole",
    };
    format!(",{kind},{item},{depth},{},{until},,", FROM[phase])
}

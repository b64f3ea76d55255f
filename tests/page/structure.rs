//! What the page is made of.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use serde_json::Value;
use walkshed::model::Language;

use crate::drawn::{page, plainly, town};
use crate::marks::Marks;

/// The block of data that the script reads.
pub fn data(page: &str) -> Value {
    let marks = Marks::of(page);
    let mut blocks = marks.within("script");
    let data = blocks.next().expect("a block of data");
    serde_json::from_str(data).expect("it is JSON")
}

#[test]
fn the_page_is_well_formed_and_its_links_lead_somewhere() {
    let marks = Marks::of(&page(&town(plainly, Language::English)));
    let ids: Vec<&String> = marks
        .elements
        .iter()
        .filter_map(|(_, attributes)| attributes.get("id"))
        .collect();
    let different: HashSet<&String> = ids.iter().copied().collect();
    assert_eq!(ids.len(), different.len(), "an id stands twice: {ids:?}");
    let mut links = 0;
    for (name, attributes) in &marks.elements {
        let Some(link) = attributes.get("href").filter(|_| name == "a") else {
            continue;
        };
        let target = link
            .strip_prefix('#')
            .expect("no link leaves the page")
            .to_owned();
        assert!(
            target.starts_with("cell=") || different.contains(&target),
            "{target}"
        );
        links += 1;
    }
    assert!(links > 8, "{links} links");
}

#[test]
fn nothing_runs_but_our_own_script_and_nothing_is_fetched() {
    let page = page(&town(plainly, Language::English));
    let marks = Marks::of(&page);
    let policy = marks.elements.iter().find_map(|(_, attributes)| {
        let is_policy = attributes
            .get("http-equiv")
            .is_some_and(|name| name == "Content-Security-Policy");
        attributes.get("content").filter(|_| is_policy)
    });
    let policy = policy.expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(
        page.find("Content-Security-Policy") < page.find("<style>"),
        "it holds from the start"
    );
    for outside in [
        "http:",
        "https:",
        "//cdn",
        "url(",
        "@import",
        "fetch(",
        "XMLHttpRequest",
        "innerHTML",
        "eval(",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    let sources = marks
        .elements
        .iter()
        .filter(|(_, attributes)| attributes.contains_key("src"));
    assert_eq!(sources.count(), 0, "everything stands in the page");
}

#[test]
fn headline_figures_are_those_of_the_run() {
    let study = town(plainly, Language::English);
    let results = walkshed::run(&study, &walkshed::Options::default()).expect("it has the memory");
    let total = results.coverage.total();
    // a, b and d of 1, 2, 4, 8 and 16 people.
    assert_eq!(
        [total.covered(), total.people()],
        [11, 31].map(walkshed::People::whole)
    );
    let page = page(&study);
    assert!(page.contains("<b>35.5 %</b>"), "the share");
    assert!(page.contains("11 of 31 residents are covered, 20 are not"));
}

#[test]
fn the_data_are_those_of_the_cells() {
    let data = data(&page(&town(plainly, Language::English)));
    let cells = &data["cells"];
    assert_eq!(cells["id"], serde_json::json!(["a", "b", "c", "d", "e"]));
    assert_eq!(cells["people"], serde_json::json!([1, 2, 4, 8, 16]));
    let names: Vec<&Value> = data["verdicts"]
        .as_array()
        .expect("looks")
        .iter()
        .map(|look| &look["name"])
        .collect();
    let verdicts = cells["verdict"].as_str().expect("digits").chars();
    let named: Vec<&str> = verdicts
        .map(|digit| {
            names[digit.to_digit(10).expect("a digit") as usize]
                .as_str()
                .expect("a name")
        })
        .collect();
    assert_eq!(
        named,
        ["covered", "covered", "too far", "covered", "stranded"]
    );
    // Steps add up to places east of each other by the hundreds of metres that are drawn.
    let steps: Vec<i64> = cells["x"]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(Value::as_i64)
        .collect();
    assert_eq!(steps[1..3], [400, 1100]);
    // The walk from c to the hall is 1,300 m, and to the kiosk 1,100 m: 16 minutes and a half.
    assert_eq!(cells["seconds"][2], 990);
    // The sites in the order of their ids: s, t.
    assert_eq!(cells["site"], serde_json::json!([0, 0, 1, 1, -1]));
}

#[test]
fn a_page_is_in_one_language() {
    let english = page(&town(plainly, Language::English));
    let marks = Marks::of(&english);
    let is_chinese = |text: &str| {
        text.chars()
            .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
    };
    for (inside, text) in marks.texts.iter().filter(|(inside, _)| inside != "style") {
        assert!(!is_chinese(text), "<{inside}> {text}");
    }
    let chinese = page(&town(plainly, Language::Chinese));
    let marks = Marks::of(&chinese);
    for head in marks
        .within("h2")
        .chain(marks.within("h3"))
        .chain(marks.within("legend"))
    {
        assert!(is_chinese(head), "{head}");
    }
    let words: BTreeSet<&str> = marks
        .within("th")
        .filter(|head| !is_chinese(head))
        .collect();
    // The hours of a day would be numbers; a hash is called so everywhere.
    assert!(
        words.iter().all(|head| head.starts_with("SHA")),
        "{words:?}"
    );
}

/// Every section that a page can have, as the county has all rules.
const SECTIONS: [&str; 14] = [
    "result",
    "where",
    "verdicts",
    "units",
    "who",
    "evenness",
    "week",
    "phases",
    "indicators",
    "departments",
    "gaps",
    "change",
    "quality",
    "method",
];

/// The rows of the first table after a mark, as texts.
pub fn rows(page: &str, mark: &str) -> Vec<Vec<String>> {
    let (_, from) = page.split_once(mark).expect(mark);
    let (_, body) = from.split_once("<tbody>").expect("a table");
    let (body, _) = body.split_once("</tbody>").expect("an end");
    let bare = |field: &str| {
        let parts = field.split('<').skip(1);
        let texts = parts.filter_map(|part| part.split_once('>'));
        texts.map(|(_, text)| text).collect::<String>()
    };
    let rows = body.split("<tr").skip(1);
    rows.map(|row| {
        row.split("<td")
            .skip(1)
            .map(|field| bare(&format!("<{field}")))
            .collect()
    })
    .collect()
}

fn number(text: &str) -> f64 {
    text.replace(',', "").parse().expect("a number")
}

/// Two tables of the same words have the same numbers.
fn reasons_add_up_to_their_verdicts(page: &str) {
    let verdicts = rows(page, "<section id=\"verdicts\"");
    let reasons = rows(page, "id=\"reasons-table\"");
    for verdict in verdicts.iter().skip(1) {
        let of_it = reasons.iter().filter(|row| row[0] == verdict[0]);
        let sum: f64 = of_it.map(|row| number(&row[3])).sum();
        assert!((sum - number(&verdict[1])).abs() < 0.5, "{verdict:?} {sum}");
    }
    // No verdict stands for a reason.
    let names: Vec<&String> = verdicts.iter().map(|row| &row[0]).collect();
    assert!(reasons.iter().all(|row| !names.contains(&&row[2])));
    assert!(reasons.len() > 3, "{reasons:?}");
    let barred = reasons
        .iter()
        .find(|row| row[2].contains("cannot use it") || row[2].contains("用不了"));
    let barred = barred.expect("some of the county cannot use what is near");
    assert!(barred[2].ends_with([')', '）']), "{barred:?}");
}

/// Whoever is listed as changed shows what changed, in points of a hundred.
fn changed_units_show_their_change(page: &str) {
    let units = rows(page, "id=\"change-table\"");
    let (total, units) = units.split_last().expect("a total");
    assert!(!units.is_empty());
    let is_nought = |text: &String| ["0", "–", "0.0 pp", "0.0 个百分点"].contains(&text.as_str());
    for unit in units {
        // Name, people, shares; then what changed.
        assert!(!unit[4..].iter().all(is_nought), "{unit:?}");
    }
    assert!(
        total[4].ends_with(" pp") || total[4].ends_with(" 个百分点"),
        "{total:?}"
    );
}

#[test]
fn people_are_whole_and_those_left_out_are_the_rest() {
    let parts = town(plainly, Language::English).with(|parts| {
        let mut cells = parts.cells.as_slice().to_vec();
        for cell in &mut cells {
            cell.people = walkshed::People::from_millionths(cell.people.millionths() + 120_000);
        }
        parts.cells = walkshed::model::Cells::new(cells);
    });
    let page = page(&parts.expect("a study"));
    // 11.36 of 31.6: 20.24 are left out.
    assert!(page.contains("11 of 32 residents are covered, 21 are not"));
    assert_eq!(
        data(&page)["cells"]["people"],
        serde_json::json!([1, 2, 4, 8, 16])
    );
}

#[test]
fn what_is_said_of_a_whole_file_has_a_row_of_its_own() {
    let study = town(plainly, Language::English).with(|parts| {
        let said = |place: &str, subject: &str| walkshed::model::Finding {
            severity: walkshed::model::Severity::Note,
            code: "told",
            file: "cells.csv".to_owned(),
            place: place.to_owned(),
            subject: subject.to_owned(),
            message: walkshed::words::Text::verbatim("said"),
        };
        let all = [
            said("", ""),
            said("", ""),
            said("row 3", "a"),
            said("row 4", "b"),
        ];
        parts.findings.extend(all);
    });
    let page = page(&study.expect("a study"));
    let rows = rows(&page, "<section id=\"quality\"");
    let told: Vec<&Vec<String>> = rows.iter().filter(|row| row[2] == "cells.csv").collect();
    assert_eq!(told.len(), 3, "{rows:?}");
    assert!(told[2][4].starts_with("For example: "), "{told:?}");
    assert!(!told[0][4].starts_with("For example: "), "{told:?}");
}

#[test]
fn the_county_has_every_section_and_every_link_leads_somewhere() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/whatif.toml");
    let (study, _) = walkshed::read::study(fixture).expect("the study is valid");
    let options = walkshed::Options {
        assessment: true,
        changed: Some(walkshed::model::changed(&study).expect("as it was read")),
        ..walkshed::Options::default()
    };
    let results = walkshed::run(&study, &options).expect("it has the memory");
    let folder = tempfile::tempdir().expect("a folder");
    walkshed::report::write(&results, folder.path()).expect("written");
    let page = std::fs::read_to_string(folder.path().join("report.html")).expect("it is there");
    let marks = Marks::of(&page);
    let of = |name: &str, key: &str| -> Vec<String> {
        let elements = marks.elements.iter().filter(|(element, _)| element == name);
        elements
            .filter_map(|(_, attributes)| attributes.get(key).cloned())
            .collect()
    };
    assert_eq!(of("section", "id"), SECTIONS);
    let links: Vec<String> = SECTIONS
        .iter()
        .map(|section| format!("#{section}"))
        .collect();
    assert_eq!(of("a", "href")[..SECTIONS.len()], links);
    // After the changes some cells come to something else.
    let data = data(&page);
    assert_ne!(data["cells"]["after"], data["cells"]["verdict"]);
    assert!(page.len() < 1_500_000, "{} bytes", page.len());
    reasons_add_up_to_their_verdicts(&page);
    changed_units_show_their_change(&page);
}

#[test]
fn the_same_results_make_the_same_bytes() {
    let study = town(plainly, Language::Chinese);
    assert!(page(&study) == page(&study));
}

#[test]
fn a_page_of_thousands_of_cells_is_small() {
    let study = town(plainly, Language::English);
    let many = study.with(|parts| {
        let one = parts.cells.as_slice()[0].clone();
        let mut cells = vec![one; 3000];
        for (place, cell) in cells.iter_mut().enumerate() {
            cell.id = format!("360429{place:012}");
            cell.name = format!("双钟镇月亮山社区{place}号小区");
        }
        parts.cells = walkshed::model::Cells::new(cells);
    });
    let small = page(&town(plainly, Language::English)).len();
    let large = page(&many.expect("ids are unique")).len();
    // 300,000 of them make less than 30 MB.
    assert!(
        (large - small) / 3000 < 99,
        "{} bytes a cell",
        (large - small) / 3000
    );
}

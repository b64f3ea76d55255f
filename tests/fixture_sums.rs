//! The invented county adds up: people's and firms' figures are the same in whichever file they stand, the parts make
//! the whole, and departments and red lists tell the same items undone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;
use walkshed::model::changed;
use walkshed::{Options, read, report};

/// The moment that the fixture asks about.
const LEAVING: &str = "Mo 10:00";
/// The phases of the last day, of people and of firms; the first asks what the target asks.
const LAST: [&str; 2] = [
    "第三阶段：高频事项全覆盖（群众）",
    "第三阶段：高频事项全覆盖（企业）",
];

/// One run of the what-if study with its assessment, which writes every file.
static RUN: LazyLock<TempDir> = LazyLock::new(|| {
    let (study, _) = read::study(fixture().join("whatif.toml")).expect("valid");
    let options = Options {
        assessment: true,
        changed: Some(changed(&study).expect("as it was read")),
        ..Options::default()
    };
    let out = tempfile::tempdir().expect("a folder");
    let results = walkshed::run(&study, &options).expect("it has the memory");
    report::write(&results, out.path()).expect("written");
    out
});

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou")
}

/// One row of a table, by its heads.
type Row = BTreeMap<String, String>;

fn rows_of(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

fn rows(file: &str) -> Vec<Row> {
    let rows = rows_of(&RUN.path().join(file));
    assert!(!rows.is_empty(), "{file} has no rows");
    rows
}

/// A number of a row in millionths, in which all sums are exact; 0 where it is empty.
fn number(row: &Row, head: &str) -> i64 {
    let text = row
        .get(head)
        .unwrap_or_else(|| panic!("no column {head} in {row:?}"));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{part:0<6}");
    if text.is_empty() {
        0
    } else {
        digits.parse().unwrap_or_else(|_| panic!("{head}: {text}"))
    }
}

/// Several numbers of a row.
fn numbers<const N: usize>(row: &Row, heads: [&str; N]) -> [i64; N] {
    heads.map(|head| number(row, head))
}

/// The sums of several columns.
fn sums<'a, const N: usize>(rows: impl IntoIterator<Item = &'a Row>, heads: [&str; N]) -> [i64; N] {
    let mut sums = [0; N];
    for row in rows {
        for (sum, value) in sums.iter_mut().zip(numbers(row, heads)) {
            *sum += value;
        }
    }
    sums
}

/// The one row of which these columns hold these texts.
fn the<'a>(rows: &'a [Row], columns: &[(&str, &str)]) -> &'a Row {
    let fits = |row: &&Row| columns.iter().all(|(head, text)| row[*head] == *text);
    let mut fitting = rows.iter().filter(fits);
    let row = fitting
        .next()
        .unwrap_or_else(|| panic!("no row {columns:?}"));
    assert!(fitting.next().is_none(), "several rows {columns:?}");
    row
}

/// The columns of people and of firms, as most tables name them.
const BOTH: [&str; 4] = ["population", "covered_population", "firms", "covered_firms"];

/// The figures of a unit in `units.csv`.
fn of_unit(unit: &str) -> [i64; 4] {
    numbers(the(&rows("units.csv"), &[("unit", unit)]), BOTH)
}

/// The rows of all units, without the total.
fn units() -> Vec<Row> {
    let mut units = rows("units.csv");
    units.retain(|row| row["unit"] != "total");
    assert!(units.len() > 100);
    units
}

#[test]
fn cells_make_units_and_units_make_the_county() {
    let (cells, units) = (rows("cells.csv"), units());
    let total = of_unit("total");
    assert_eq!(sums(&cells, BOTH), total);
    assert_eq!(total[0], 222_000_000_000);
    for unit in &units {
        let here = |row: &&Row| row["unit"] == unit["unit"];
        let below = |row: &&Row| row["parent"] == unit["unit"];
        let own = sums(cells.iter().filter(here), BOTH);
        let parts = sums(units.iter().filter(below), BOTH);
        let both: Vec<i64> = own
            .iter()
            .zip(parts)
            .map(|(own, part)| own + part)
            .collect();
        assert_eq!(numbers(unit, BOTH).to_vec(), both, "{}", unit["name"]);
    }
    let tops = units.iter().filter(|row| row["parent"].is_empty());
    assert_eq!(sums(tops, BOTH), total);
}

#[test]
fn people_by_verdict_are_all_people() {
    let verdicts = [
        "covered",
        "too_far",
        "not_offered",
        "out_of_reach",
        "stranded",
        "unknown",
    ];
    for row in rows("units.csv") {
        let each = verdicts.map(|verdict| number(&row, &format!("people_{verdict}")));
        assert_eq!(each[0], number(&row, "covered_population"));
        assert_eq!(each.iter().sum::<i64>(), number(&row, "population"));
        let left = numbers(&row, ["left_out", "firms_left_out"]);
        let [people, covered, firms, covered_firms] = numbers(&row, BOTH);
        assert_eq!(
            left,
            [people - covered, firms - covered_firms],
            "{}",
            row["name"]
        );
    }
}

#[test]
fn groups_make_the_people_and_the_firms_of_every_unit() {
    let groups = rows("groups.csv");
    let columns = ["population", "covered_population"];
    for unit in rows("units.csv") {
        let here = groups.iter().filter(|row| row["unit"] == unit["unit"]);
        let (apart, within): (Vec<&Row>, Vec<&Row>) = here
            .filter(|row| row["group"] != "total")
            .partition(|row| row["counted_apart"] == "yes");
        let [people, covered, firms, covered_firms] = numbers(&unit, BOTH);
        assert_eq!(sums(within, columns), [people, covered], "{}", unit["name"]);
        assert_eq!(
            sums(apart, columns),
            [firms, covered_firms],
            "{}",
            unit["name"]
        );
    }
    let total = the(&groups, &[("group", "total"), ("unit", "total")]);
    assert_eq!(numbers(total, columns), of_unit("total")[..2]);
}

#[test]
fn channels_denominators_and_the_week_tell_the_same_county() {
    let [people, covered, firms, covered_firms] = of_unit("total");
    let channels = rows("channels.csv");
    let at_sites = the(&channels, &[("of", "people"), ("channel", "at-sites")]);
    assert_eq!(
        numbers(at_sites, ["population", "covered_population"]),
        [people, covered]
    );
    let denominators = rows("denominators.csv");
    for (by, expected) in [
        ("people", [people, covered]),
        ("enterprises", [firms, covered_firms]),
    ] {
        let row = the(&denominators, &[("counted_by", by)]);
        assert_eq!(numbers(row, ["total", "covered"]), expected, "{by}");
    }
    let week = rows("week.csv");
    for row in week.iter().filter(|row| row["leaving"] == LEAVING) {
        assert_eq!(numbers(row, BOTH), of_unit(&row["unit"]), "{}", row["name"]);
    }
}

#[test]
fn the_last_phases_are_the_target() {
    let (phases, groups) = (rows("phases.csv"), rows("groups.csv"));
    let columns = ["population", "covered_population"];
    for unit in rows("units.csv") {
        let [people, covered, ..] = numbers(&unit, BOTH);
        let row = the(&phases, &[("phase", LAST[0]), ("unit", &unit["unit"])]);
        assert_eq!(numbers(row, columns), [people, covered], "{}", unit["name"]);
        // The firms' phase counts what is done online.
        let of_firms = [("phase", LAST[1]), ("unit", unit["unit"].as_str())];
        let row = the(&phases, &of_firms);
        let group = the(&groups, &[("group", "firms"), ("unit", &unit["unit"])]);
        let online = numbers(group, ["population", "covered_with_online"]);
        assert_eq!(numbers(row, columns), online, "{}", unit["name"]);
    }
}

#[test]
fn what_a_phase_is_short_of_is_what_it_asks_without_what_it_has() {
    for row in rows("phases.csv") {
        let [people, covered, asked, short] = numbers(
            &row,
            [
                "population",
                "covered_population",
                "asked_share",
                "short_by",
            ],
        );
        let wanted = people / 1_000_000 * asked;
        // Of a part of a person, a millionth may be rounded.
        let rest = people % 1_000_000 * asked / 1_000_000;
        let missing = (wanted + rest - covered).max(0);
        assert!((missing - short).abs() <= 1, "{row:?}");
        // Where nobody is asked for, it is neither met nor missed.
        let met = match (people, short) {
            (0, _) => "",
            (_, 0) => "yes",
            (_, _) => "no",
        };
        assert_eq!(row["met"], met, "{row:?}");
    }
}

#[test]
fn score_cards_tell_what_units_tell() {
    let cards = rows("score_cards.csv");
    for unit in units() {
        let card = the(&cards, &[("unit", &unit["unit"])]);
        for head in BOTH
            .into_iter()
            .chain(["left_out", "firms_left_out", "share", "score"])
        {
            assert_eq!(card[head], unit[head], "{head} of {}", unit["name"]);
        }
    }
    let undone = ["undone_person_items", "undone_firm_items"];
    for card in &cards {
        let below: Vec<&Row> = cards
            .iter()
            .filter(|row| row["parent"] == card["unit"])
            .collect();
        // The park and the villages have no units within them.
        if !below.is_empty() {
            assert_eq!(
                numbers(card, undone),
                sums(below, undone),
                "{}",
                card["name"]
            );
        }
    }
}

/// The people and the firms who do not get items done, of all items or those of a department.
fn undone_in_red_lists(department: Option<&str>) -> [i64; 2] {
    let red = rows("red_items.csv");
    ["people", "firms"].map(|of| {
        let answers = |row: &&Row| {
            let names = row["department"]
                .split(';')
                .any(|name| Some(name) == department);
            row["of"] == of && (department.is_none() || names)
        };
        sums(red.iter().filter(answers), ["population"])[0]
    })
}

#[test]
fn departments_and_red_lists_tell_the_same_undone() {
    let total = undone_in_red_lists(None);
    let cards = rows("score_cards.csv");
    let county = the(&cards, &[("depth", "0")]);
    let undone = ["undone_person_items", "undone_firm_items"];
    assert_eq!(numbers(county, undone), total);
    assert!(total.iter().all(|&undone| undone > 0));
    for row in rows("departments.csv") {
        let name = row["department"].as_str();
        assert_eq!(
            numbers(&row, undone),
            undone_in_red_lists(Some(name)),
            "{name}"
        );
        for of in ["person", "firm"] {
            let heads = ["asked", "done", "undone"].map(|what| format!("{what}_{of}_items"));
            let [asked, done, undone] = heads.map(|head| number(&row, &head));
            assert_eq!(asked, done + undone, "{name}, {of}");
        }
    }
}

#[test]
fn a_department_answers_for_each_of_its_items_before_all_whom_they_concern() {
    let items = rows_of(&fixture().join("items.csv"));
    let [people, _, firms, _] = of_unit("total");
    for row in rows("departments.csv") {
        let name = row["department"].as_str();
        let asked = items.iter().filter(|item| item["high_frequency"] == "yes");
        let own: Vec<&Row> = asked
            .filter(|item| item["department"].split('、').any(|part| part == name))
            .collect();
        let expected = ["个人", "企业"].map(|word| {
            let concerned = own.iter().filter(|item| item["audience"].contains(word));
            i64::try_from(concerned.count()).expect("few")
        });
        assert_eq!(
            numbers(&row, ["asked_person_items", "asked_firm_items"]),
            [expected[0] * people, expected[1] * firms],
            "{name}"
        );
        assert_eq!(row["items"], own.len().to_string(), "{name}");
    }
}

#[test]
fn a_theme_of_one_item_is_that_item() {
    let (themes, red) = (rows("themes.csv"), rows("red_items.csv"));
    let items = rows_of(&fixture().join("items.csv"));
    let [people, _, firms, _] = of_unit("total");
    let mut alone = 0;
    for row in &themes {
        let all = if row["of"] == "people" { people } else { firms };
        let [population, done, one_stop] = numbers(
            row,
            ["population", "done_population", "one_stop_population"],
        );
        assert_eq!(population, all, "{}", row["theme"]);
        assert!(one_stop <= done && done <= all, "{}", row["theme"]);
        if row["items"] != "1" {
            continue;
        }
        let is_its_own = |item: &&Row| {
            let known = the(&items, &[("id", &item["item"])]);
            item["of"] == row["of"] && known["theme"] == row["theme"]
        };
        let undone = sums(red.iter().filter(is_its_own), ["population"])[0];
        assert_eq!(done, all - undone, "{}", row["theme"]);
        alone += 1;
    }
    assert!(alone > 3, "{alone} themes of one item");
}

#[test]
fn red_cells_are_cells_as_they_are() {
    let cells = rows("cells.csv");
    for row in rows("red_cells.csv") {
        let cell = the(&cells, &[("cell", &row["cell"])]);
        let (verdict, done, asked, who) = if row["of"] == "people" {
            ("verdict", "items_done", "items_asked", "population")
        } else {
            (
                "firms_verdict",
                "firms_items_done",
                "firms_items_asked",
                "firms",
            )
        };
        assert_eq!(row["verdict"], cell[verdict], "{}", row["cell"]);
        assert_eq!(row["population"], cell[who], "{}", row["cell"]);
        let undone = number(cell, asked) - number(cell, done);
        assert_eq!(number(&row, "items_undone"), undone, "{}", row["cell"]);
    }
}

#[test]
fn nobody_lacks_more_than_there_are_left_out() {
    let (units, phases) = (rows("units.csv"), rows("phases.csv"));
    for row in rows("lacking.csv") {
        let unit = ("unit", row["unit"].as_str());
        let left = if row["phase"].is_empty() {
            let head = if row["of"] == "people" {
                "left_out"
            } else {
                "firms_left_out"
            };
            number(the(&units, &[unit]), head)
        } else {
            let phase = the(&phases, &[("phase", &row["phase"]), unit]);
            assert_eq!(phase["of"], row["of"], "{row:?}");
            number(phase, "population") - number(phase, "covered_population")
        };
        assert!(number(&row, "population") <= left, "{row:?}");
    }
}

#[test]
fn changes_start_from_what_the_units_and_groups_are() {
    let (units, groups) = (rows("units.csv"), rows("groups.csv"));
    let before = [
        "population_before",
        "covered_before",
        "firms_before",
        "covered_firms_before",
    ];
    let after = [
        "population_after",
        "covered_after",
        "firms_after",
        "covered_firms_after",
    ];
    let come = ["newly_covered", "newly_covered_firms"];
    let gone = ["no_longer_covered", "no_longer_covered_firms"];
    let changes = rows("change_units.csv");
    for row in &changes {
        let unit = the(&units, &[("unit", &row["unit"])]);
        assert_eq!(numbers(row, before), numbers(unit, BOTH), "{}", row["name"]);
        let (before, after) = (numbers(row, before), numbers(row, after));
        let (come, gone) = (numbers(row, come), numbers(row, gone));
        assert_eq!(after[1] - before[1], come[0] - gone[0], "{}", row["name"]);
        assert_eq!(after[3] - before[3], come[1] - gone[1], "{}", row["name"]);
    }
    let by_group = rows("change_groups.csv");
    let apart = |row: &&Row| row["group"] == "firms";
    for row in &by_group {
        let group = the(&groups, &[("group", &row["group"]), ("unit", "total")]);
        let as_it_is = numbers(group, ["population", "covered_population"]);
        assert_eq!(
            numbers(row, [before[0], before[1]]),
            as_it_is,
            "{}",
            row["name"]
        );
    }
    let total = numbers(the(&changes, &[("unit", "total")]), after);
    let columns = [after[0], after[1]];
    assert_eq!(
        sums(by_group.iter().filter(|row| !apart(row)), columns),
        total[..2]
    );
    assert_eq!(sums(by_group.iter().filter(apart), columns), total[2..]);
    assert!(total[1] > numbers(the(&units, &[("unit", "total")]), BOTH)[1]);
}

#[test]
fn indicators_count_their_members() {
    let members = rows("indicator_members.csv");
    for row in rows("indicators.csv") {
        let name = row["indicator"].as_str();
        let own: Vec<&Row> = members
            .iter()
            .filter(|one| one["indicator"] == name)
            .collect();
        assert_eq!(row["count"], own.len().to_string(), "{name}");
        if row["measure"] == "share" {
            let having = own.iter().filter(|one| one["has"] == "yes").count();
            assert_eq!(row["has"], having.to_string(), "{name}");
        }
    }
}

#[test]
fn the_summary_tells_the_same_totals() {
    let text = fs::read_to_string(RUN.path().join("summary.json")).expect("it is there");
    let summary: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let of_firms = &summary["firms"];
    let told = [
        &summary["population"],
        &summary["covered_population"],
        &of_firms["firms"],
        &of_firms["covered_firms"],
    ];
    let told = told.map(|value| {
        let row = Row::from([("it".to_owned(), value.to_string())]);
        number(&row, "it")
    });
    assert_eq!(told, of_unit("total"));
}

#[test]
fn the_fixture_shows_what_the_plan_asks() {
    let states: Vec<String> = rows("delegations.csv")
        .into_iter()
        .filter(|row| !row["paper"].is_empty())
        .map(|row| row["state"].clone())
        .collect();
    for state in ["valid", "expiring", "expired"] {
        assert!(states.iter().any(|other| other == state), "{state}");
    }
    let gaps = |row: &Row| number(row, "gap_days") > 0;
    assert!(rows("delegations.csv").iter().any(gaps), "no gap");
    let pilot = rows("phases.csv");
    let park = the(
        &pilot,
        &[("phase", "第一阶段：园区试点（企业）"), ("unit", "total")],
    );
    assert_eq!(
        (park["of"].as_str(), park["online"].as_str()),
        ("firms", "yes")
    );
    assert_eq!(number(park, "population"), 303_000_000);
    let renewed = rows("lacking.csv")
        .iter()
        .any(|row| row["remedy"] == "renew");
    assert!(renewed, "nothing is to be renewed");
}

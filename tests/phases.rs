//! Phases of the plan from files to results, and what is wrong in their tables.

use std::fs;

use tempfile::TempDir;
use walkshed::model::Study;
use walkshed::{Options, Results, Silent, read, report, snap};

const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.22,29.7],[116.23,29.7]]}"#;
const UNITS: &str = "id,name,parent\nc,县,\ne,东镇,c\nw,西镇,c\n";
/// The east's centre opens in June 2023.
const SITES: &str = "id,unit,lon,lat,opened\ns1,w,116.2,29.7,\ns2,e,116.22,29.7,2023-06-01\n";
/// Cell a is 97 m from s1, cell b 870 m from s2; each is farther than the search from the other site.
const CELLS: &str = "id,unit,lon,lat,population\na,w,116.201,29.7,10\nb,e,116.229,29.7,30\n";
const ITEMS: &str = "id,name,high_frequency\ni1,社保,yes\ni2,医保,no\n";
/// Item i2 is offered from 2024 on.
const OFFERS: &str = "site,item,from\ns1,i1,\ns2,i1,\ns1,i2,2024-01-01\ns2,i2,2024-01-01\n";

struct Plan(TempDir);

impl Plan {
    fn new() -> Self {
        let plan = Self(TempDir::new().expect("a folder"));
        let tables = [
            ("streets.geojson", STREETS),
            ("units.csv", UNITS),
            ("sites.csv", SITES),
            ("cells.csv", CELLS),
        ];
        for (name, content) in tables
            .into_iter()
            .chain([("items.csv", ITEMS), ("offers.csv", OFFERS)])
        {
            fs::write(plan.0.path().join(name), content).expect("written");
        }
        plan
    }

    fn read(&self, more: &str) -> Result<Study, String> {
        let names = [
            ("streets", "geojson"),
            ("units", "csv"),
            ("sites", "csv"),
            ("cells", "csv"),
            ("items", "csv"),
        ];
        let files = names.into_iter().chain([("offers", "csv")]);
        let files = files
            .map(|(role, kind)| format!("{role} = \"{role}.{kind}\"\n"))
            .collect::<Vec<_>>()
            .concat();
        let path = self.0.path().join("study.toml");
        fs::write(&path, format!("[inputs]\n{files}{more}")).expect("written");
        read::study_with(&path, &read::Options::default(), &Silent).map_err(|e| e.to_string())
    }

    fn study(&self, more: &str) -> Study {
        self.read(more).expect("a study")
    }
}

fn phase(name: &str, date: &str, more: &str) -> String {
    format!("[[phase]]\nname = '{name}'\ndate = {date}\n{more}\n")
}

fn assessed(study: &Study) -> Results {
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    walkshed::run(study, &options).expect("a small study")
}

/// One line a row: phase, unit, covered of people, what is asked, what is lacking.
fn told(study: &Study) -> Vec<String> {
    let mut lines = Vec::new();
    for result in assessed(study)
        .assessment
        .iter()
        .flat_map(|now| &now.phases)
    {
        for row in result.rows.iter().chain([&result.total]) {
            let lacking = row.lacking.gravest.iter().map(|lacking| {
                let items: Vec<&str> = lacking
                    .items
                    .iter()
                    .map(|&i| study.catalogue()[i].id.as_str())
                    .collect();
                let at = lacking
                    .site
                    .map_or("", |site| study.sites()[site].id.as_str());
                format!(
                    "; {} {} {at} {}",
                    lacking.remedies,
                    items.join("+"),
                    lacking.people
                )
            });
            let lacking: String = lacking.collect();
            let met = row
                .met
                .map_or("nobody", |met| if met { "met" } else { "missed" });
            lines.push(format!(
                "{} {}: {}/{} {met} by {}{lacking}",
                result.phase.name, row.name, row.covered, row.people, row.short_by
            ));
        }
    }
    lines
}

#[test]
fn sites_and_offers_count_from_their_day_on() {
    let share = "share = 0.9";
    let more = [
        ("2022", "2022-12-31"),
        ("2023", "2023-12-31"),
        ("2024", "2024-12-31"),
    ];
    let more: String = more
        .iter()
        .map(|(name, date)| phase(name, date, share))
        .collect();
    let study = snap_all(&more);
    let expected = [
        "2022 县: 0/40 missed by 36; build-site   30; hand-down i2 s1 10",
        "2022 东镇: 0/30 missed by 27; build-site   30",
        "2022 西镇: 0/10 missed by 9; hand-down i2 s1 10",
        "2022 : 0/40 missed by 36; build-site   30; hand-down i2 s1 10",
        "2023 县: 0/40 missed by 36; hand-down i2 s2 30; hand-down i2 s1 10",
        "2023 东镇: 0/30 missed by 27; hand-down i2 s2 30",
        "2023 西镇: 0/10 missed by 9; hand-down i2 s1 10",
        "2023 : 0/40 missed by 36; hand-down i2 s2 30; hand-down i2 s1 10",
        "2024 县: 40/40 met by 0",
        "2024 东镇: 30/30 met by 0",
        "2024 西镇: 10/10 met by 0",
        "2024 : 40/40 met by 0",
    ];
    assert_eq!(told(&study), expected);
    assert!(
        study
            .findings()
            .iter()
            .all(|finding| finding.code != "phase-narrower")
    );
}

/// Everything that is written about a study: a folder, and what a terminal is told.
fn written(study: &Study) -> (TempDir, String) {
    let results = assessed(study);
    let out = TempDir::new().expect("a folder");
    report::write(&results, out.path()).expect("written");
    (out, report::summary(&results).to_text())
}

#[test]
fn the_table_tells_what_a_phase_asks_be_it_its_own_or_the_targets() {
    let own = phase(
        "own",
        "2022-12-31",
        "items = ['i1']\nminutes = 12\nshare = 0.9",
    );
    let targets = phase("targets", "2023-12-31", "share = 0.9");
    let (out, _) = written(&Plan::new().study(&format!("[target]\nminutes = 14\n{own}{targets}")));
    let table = fs::read_to_string(out.path().join("phases.csv")).expect("phases.csv");
    let asked: Vec<_> = table
        .lines()
        .filter(|line| line.contains(",total,"))
        .map(|l| l.split(',').collect())
        .collect();
    let asked: Vec<[&str; 3]> = asked
        .iter()
        .map(|row: &Vec<&str>| [row[0], row[6], row[7]])
        .collect();
    assert_eq!(asked, [["own", "1", "12"], ["targets", "2", "14"]]);
}

#[test]
fn a_phase_of_units_where_nobody_lives_is_neither_met_nor_without_a_target() {
    let plan = Plan::new();
    fs::write(
        plan.0.path().join("cells.csv"),
        CELLS.replace(",10\n", ",0\n"),
    )
    .expect("written");
    let (_, text) = written(&plan.study(&phase(
        "west",
        "2022-12-31",
        "units = ['西镇']\nshare = 0.9",
    )));
    assert!(
        text.contains("west (2022-12-31): nobody lives there, share –"),
        "{text}"
    );
}

fn snap_all(more: &str) -> Study {
    let study = Plan::new().study(more);
    assert_eq!(snap::link(&study).cell_gaps().stranded, 0);
    study
}

#[test]
fn a_pilot_asks_its_units_and_items_only() {
    let pilot = phase(
        "pilot",
        "2022-12-31",
        "units = ['西镇']\nitems = 'high-frequency'\nscore = 0.95",
    );
    let all = phase(
        "all",
        "'2023/12/31'",
        "items = ['i1', 'i2', 'i1']\nminutes = 12\nscore = 0.96",
    );
    let study = Plan::new().study(&format!("{pilot}{all}"));
    assert_eq!(
        told(&study),
        [
            "pilot 西镇: 10/10 met by 0",
            "pilot : 10/10 met by 0",
            // s2 is 13 minutes from b, so nothing is within 12.
            "all 县: 0/40 missed by 0; build-site   30; hand-down i2 s1 10",
            "all 东镇: 0/30 missed by 0; build-site   30",
            "all 西镇: 0/10 missed by 0; hand-down i2 s1 10",
            "all : 0/40 missed by 0; build-site   30; hand-down i2 s1 10",
        ]
    );
}

#[test]
fn without_phases_dates_of_sites_are_not_asked() {
    let study = Plan::new().study("");
    assert!(study.phases().is_empty() && told(&study).is_empty());
    assert!(study.sites().iter().all(|(_, site)| site.opened.is_none()));
}

/// The phases that ask less than the one before, each with what is said of it.
fn narrower(study: &Study) -> Vec<(&str, String)> {
    let findings = study.findings().iter();
    findings
        .filter(|finding| finding.code == "phase-narrower")
        .map(|finding| (finding.subject.as_str(), finding.message.to_string()))
        .collect()
}

#[test]
fn a_phase_that_asks_less_than_the_one_before_is_told() {
    let first = phase(
        "first",
        "2022-12-31",
        "units = ['e', 'w']\nshare = 0.9\nminutes = 10",
    );
    let second = phase(
        "second",
        "2023-12-31",
        "units = ['东镇']\nitems = ['i1']\nshare = 0.8",
    );
    let third = phase("third", "2024-12-31", "units = ['c']\nscore = 0.8");
    let study = Plan::new().study(&format!("{first}{second}{third}"));
    let told = narrower(&study);
    let nest = "phases nest when each asks at least what the one before asked";
    let second = format!(
        "it asks less than \"first\" before it: units 西镇 are left out; items i2 are left out; \
         15 min 00 s after 10 min 00 s; share 0.8 after 0.9 – {nest}"
    );
    let third =
        format!("it asks less than \"second\" before it: no share after share 0.8 – {nest}");
    assert_eq!(told, [("second", second), ("third", third)]);
}

#[test]
fn phases_of_one_day_stand_beside_each_other() {
    let people = phase("people", "2022-12-31", "units = ['e']\nshare = 0.9");
    let firms = phase(
        "firms",
        "2022-12-31",
        "units = ['w']\nof = 'firms'\nshare = 0.5",
    );
    let later = phase("later", "2023-12-31", "units = ['e']\nshare = 0.8");
    let study = Plan::new().study(&format!("{people}{firms}{later}"));
    let dates: Vec<String> = study.phases().iter().map(|p| p.date.to_string()).collect();
    assert_eq!(dates, ["2022-12-31", "2022-12-31", "2023-12-31"]);
    let told = narrower(&study);
    // The later one is compared with that of the people, not with that of the firms between.
    let less = "it asks less than \"people\" before it: share 0.8 after 0.9 – phases nest when \
                each asks at least what the one before asked";
    assert_eq!(told, [("later", less.to_owned())]);
}

#[test]
fn wrong_phases_are_errors_with_their_cure() {
    let good = phase("one", "2023-12-31", "share = 0.9");
    let cases: [(String, &[&str]); 17] = [
        (
            phase("two", "2023-12-31", "share = 1") + &phase("three", "2022-12-31", "share = 1"),
            &[
                "key \"phase[2].date\" is \"2022-12-31\"",
                "expected 2023-12-31, the date of phase two, or a later day",
                "phase dates are out of order: write the phases from the first to the last",
            ],
        ),
        (
            good.clone() + &phase("two", "2023-12-30", "share = 1"),
            &["phase[2].date", "out of order"],
        ),
        (
            good.clone() + &phase("one", "2024-12-31", "share = 1"),
            &["phase[2].name", "is \"one\"", "no other phase"],
        ),
        (
            phase("", "2023-12-31", "share = 1"),
            &["phase[1].name", "no other phase"],
        ),
        (
            "[[phase]]\ndate = 2023-12-31\nshare = 1\n".to_owned(),
            &["phase[1].name"],
        ),
        (
            "[[phase]]\nname = 'x'\nshare = 1\n".to_owned(),
            &["phase[1].date", "write date = 2024-12-31"],
        ),
        (
            phase("x", "'2023-02-30'", "share = 1"),
            &["phase[1].date", "is \"2023-02-30\"", "a day that exists"],
        ),
        (
            phase("x", "2023", "share = 1"),
            &["phase[1].date", "expected a date, not a TOML integer"],
        ),
        (
            good.clone() + "units = ['西镇乡']",
            &["phase[1].units", "is \"西镇乡\"", "did you mean 西镇"],
        ),
        (
            good.clone() + "units = []",
            &["phase[1].units", "remove the key for everywhere"],
        ),
        (
            good.clone() + "items = ['i3']",
            &["phase[1].items", "is \"i3\"", "i1, i2"],
        ),
        (
            good.clone() + "items = []",
            &["phase[1].items", "no item is asked"],
        ),
        (
            good.clone() + "minutes = 31",
            &[
                "phase[1].minutes",
                "is \"31\"",
                "raise target.search_minutes",
            ],
        ),
        (
            good.clone() + "score = 95",
            &["phase[1].score", "is \"95\"", "write 0.95 for 95 %"],
        ),
        (
            phase("x", "2023-12-31", "share = 90"),
            &["phase[1].share", "is \"90\"", "write 0.9 for 90 %"],
        ),
        (
            phase("x", "2023-12-31", ""),
            &[
                "phase[1].share",
                "write share = 0.9 for 90 % of the people covered",
            ],
        ),
        (
            good.clone() + "shares = 1",
            &[
                "\"shares\"",
                "unknown key in [phase]",
                "did you mean share?",
            ],
        ),
    ];
    let plan = Plan::new();
    plan.study(&good);
    for (more, parts) in cases {
        let error = plan.read(&more).expect_err(&more);
        assert!(error.starts_with("study.toml: "), "{error}");
        assert!(
            parts.iter().all(|part| error.contains(part)),
            "{parts:?} in {error}"
        );
    }
}

//! The ways of getting things done, and help at home, from files to files.

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::assess::explain;
use walkshed::model::{Language, Study};
use walkshed::read::{self, OnBad};
use walkshed::{Options, Silent, report};

type Tested = Result<(), Box<dyn Error>>;

const STREETS: &str =
    r#"{"type":"LineString","coordinates":[[0,0],[0.008,0],[0.012,0],[0.016,0],[0.03,0]]}"#;
/// About 890 m, 1,340 m and 1,780 m from the hamlet: 13, 20 and 27 minutes.
const SITES: &str = "id,name,kind,lon,lat,上门服务,上门日\nv,村站,village-station,0.008,0,,\n\
    c,中心,township-centre,0.012,0,25分钟,Mo-We\nt,终端,bank-terminal,0.016,0,,\n";
const CELLS: &str = "id,lon,lat,population,frail,enterprises\nh,0,0,100,12,5\n";
const ITEMS: &str = "id,audience,online,mobile\ncard,person,,\npass,,,全程\ntax,firm,全程,\n";
const OFFERS: &str = "site,item\nc,card;pass\nt,card\n";
const STUDY: &str = "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n\
    items = 'items.csv'\noffers = 'offers.csv'\n";
const GROUPS: &str =
    "[[group]]\nid = 'frail'\ncount = 'frail'\nneeds_helper = true\n[others]\nonline = true\n";

fn write(folder: &Path, sites: &str, rules: &str) -> Tested {
    let files = [
        ("streets.geojson", STREETS),
        ("sites.csv", sites),
        ("cells.csv", CELLS),
        ("items.csv", ITEMS),
        ("offers.csv", OFFERS),
    ];
    for (name, content) in files {
        fs::write(folder.join(name), content)?;
    }
    fs::write(folder.join("study.toml"), format!("{STUDY}{rules}"))?;
    Ok(())
}

fn study(sites: &str, rules: &str) -> Result<Study, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    write(folder.path(), sites, rules)?;
    Ok(read::study(folder.path().join("study.toml"))?.0)
}

/// What is wrong with a study, or the codes of what is doubtful or told of its sites' help.
fn told(sites: &str, rules: &str) -> Vec<String> {
    match study(sites, rules) {
        Err(wrong) => vec![wrong.to_string()],
        Ok(study) => {
            let help = study
                .findings()
                .iter()
                .filter(|finding| finding.subject.starts_with("helps"));
            help.map(|finding| format!("{:?} {}", finding.severity, finding.code))
                .collect()
        }
    }
}

fn sites(helps: &str, days: &str) -> String {
    SITES.replace("25分钟", helps).replace("Mo-We", days)
}

#[test]
fn how_far_helpers_go_is_checked_at_the_door() {
    let wrong = "sites.csv, row 3: column \"上门服务\" is \"20里\", expected yes, no, or how far helpers go: \
        up to 600 min or 50 km – write it as 20 min or as 3 km, or run with --on-bad skip: then it counts as sending nobody";
    assert_eq!(told(&sites("20里", ""), GROUPS), [wrong]);
    let wrong = "sites.csv, row 3: column \"上门日\" is \"Mo-We\", expected days of a site that sends helpers \
        – fill in helps_at_home, or clear this field, or run with --on-bad skip: then it counts as sending nobody";
    assert_eq!(told(&sites("no", "Mo-We"), GROUPS), [wrong]);
    let timed = format!("{GROUPS}[time]\nweek = 2024-03-04\n");
    let wrong = told(&sites("20", "Montag"), &timed);
    assert!(
        wrong[0].starts_with("sites.csv, row 3: column \"上门日\" is \"Montag\""),
        "{wrong:?}"
    );
}

#[test]
fn a_site_whose_help_is_not_known_sends_nobody_where_bad_rows_are_skipped() -> Tested {
    let folder = tempfile::tempdir()?;
    write(folder.path(), &sites("20里", ""), GROUPS)?;
    let options = read::Options {
        on_bad: OnBad::Skip,
    };
    let study = read::study_with(&folder.path().join("study.toml"), &options, &Silent);
    // Nobody is helped then, and the group has nowhere to go.
    let wrong = study.expect_err("no helper anywhere").to_string();
    assert!(wrong.contains("needs_helper"), "{wrong}");
    let with_helper = sites("20里", "")
        .replace("上门日", "上门日,helper")
        .replace(
            "c,中心,township-centre,0.012,0,20里,",
            "c,中心,township-centre,0.012,0,20里,,yes",
        )
        .replace("0.008,0,,", "0.008,0,,,no")
        .replace("0.016,0,,", "0.016,0,,,no");
    write(folder.path(), &with_helper, GROUPS)?;
    let study = read::study_with(&folder.path().join("study.toml"), &options, &Silent)?;
    let centre = study.sites().find("c").ok_or("a centre")?;
    assert_eq!(study.sites().len(), 3);
    assert_eq!(study.sites()[centre].home_help, None);
    Ok(())
}

#[test]
fn what_is_assumed_and_what_changes_nothing_is_told() {
    let timed = format!("{GROUPS}[time]\nweek = 2024-03-04\n");
    assert_eq!(told(SITES, &timed), Vec::<String>::new());
    assert_eq!(told(SITES, GROUPS), ["Note not-used"]);
    assert_eq!(told(&sites("25", ""), GROUPS), ["Note helps-in-minutes"]);
    assert_eq!(told(&sites("√", ""), GROUPS), ["Note helps-within-limit"]);
    assert_eq!(
        told(&sites("3公里", ""), GROUPS),
        ["Suspicious helps-beyond-search"]
    );
    assert_eq!(told(&sites("2公里", ""), GROUPS), Vec::<String>::new());
    assert_eq!(told(&sites("25min", ""), ""), ["Suspicious helps-nobody"]);
    assert_eq!(told(&sites("否", ""), ""), Vec::<String>::new());
}

#[test]
fn each_channel_has_a_row_for_people_and_for_firms() -> Tested {
    let study = study(SITES, GROUPS)?;
    let out = tempfile::tempdir()?;
    report::write(&walkshed::run(&study, &Options::default())?, out.path())?;
    assert_eq!(
        fs::read_to_string(out.path().join("channels.csv"))?,
        "channel,population,covered_population,share,score,of\n\
         near-window,100,0,0.0,0.0,people\n\
         self-service,100,0,0.0,0.0,people\n\
         at-home,100,12,0.12,0.12,people\n\
         mobile,100,0,0.0,0.44,people\n\
         at-sites,100,12,0.12,0.12,people\n\
         with-online,100,12,0.12,0.56,people\n\
         any,100,12,0.12,0.56,people\n\
         not-online,12,12,1.0,1.0,people\n\
         near-window,5,0,0.0,0.0,firms\n\
         self-service,5,0,0.0,0.0,firms\n\
         online,5,0,0.0,0.5,firms\n\
         mobile,5,0,0.0,0.5,firms\n\
         at-sites,5,0,0.0,0.0,firms\n\
         with-online,5,5,1.0,1.0,firms\n\
         any,5,5,1.0,1.0,firms\n"
    );
    Ok(())
}

#[test]
fn channels_are_told_in_the_summary_in_both_languages() -> Tested {
    for (language, lines) in [
        (
            "en",
            [
                "by channel:",
                "  helper at home                   100    12.0 %",
                "firms, by channel:",
            ],
        ),
        (
            "zh",
            [
                "办理渠道：",
                "  仅上门办                         100    12.0 %",
                "企业按办理渠道：",
            ],
        ),
    ] {
        let folder = tempfile::tempdir()?;
        write(folder.path(), SITES, GROUPS)?;
        let path = folder.path().join("study.toml");
        let text = fs::read_to_string(&path)?;
        fs::write(&path, format!("language = '{language}'\n{text}"))?;
        let (study, _) = read::study(&path)?;
        let summary = report::summary(&walkshed::run(&study, &Options::default())?);
        for line in lines {
            assert!(
                summary.to_text().lines().any(|told| told == line),
                "{line}: {}",
                summary.to_text()
            );
        }
        let json = summary.to_json();
        assert!(
            json.contains("\"channel\": \"at-home\"") && json.contains("\"of\": \"firms\""),
            "{json}"
        );
    }
    Ok(())
}

#[test]
fn who_is_helped_at_home_walks_no_seconds_and_is_told_by_whom() -> Tested {
    let rules = "[[group]]\nid = 'frail'\nshare = 1.0\nneeds_helper = true\n";
    let study = study(SITES, rules)?;
    let results = walkshed::run(&study, &Options::default())?;
    let out = tempfile::tempdir()?;
    report::write(&results, out.path())?;
    let times = fs::read_to_string(out.path().join("item_times.csv"))?;
    assert!(times.contains("\nh,card,covered,c,,,,,\n"), "{times}");

    for (language, said) in [
        (
            Language::English,
            [", at home, by a helper of", ": at home, by a helper of"],
        ),
        (Language::Chinese, ["，上门办理：", "：上门办理，"]),
    ] {
        let study = self::study(SITES, rules)?;
        let study = study.with(|parts| parts.language = language)?;
        let results = walkshed::run(&study, &Options::default())?;
        let cell = study
            .cells()
            .iter()
            .map(|(cell, _)| cell)
            .next()
            .ok_or("a cell")?;
        let item = study.catalogue().find("card").ok_or("an item")?;
        let text = report::explanation(&explain(&results.coverage, cell, item));
        for said in said {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    Ok(())
}

//! The tables that the rules write, from files to files, on a town small enough to work out by hand.
//!
//! One street along the equator; 0.001° of it are 111.3 m, 1 min 40 s at 4 km/h.
//!
//! ```text
//! 0 km                1.11 km                      3.34 km
//! h1 v                h2 c t                       h3
//! └ unit a            └ unit b                     └ unit b, 2.2 km from c
//! ```
//!
//! `v` is a's station and accepts; `c` is the county's centre, does everything and has a helper; `t` is a
//! terminal that is always open and answers inquiries.

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::score::Setting;
use walkshed::{Options, read, report};

type Tested = Result<(), Box<dyn Error>>;

const FILES: [(&str, &str); 7] = [
    (
        "streets.geojson",
        r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.05,0]]}}"#,
    ),
    (
        "sites.csv",
        "id,kind,unit,lon,lat,helper,opening_hours\n\
         v,station,a,0.001,0,no,Mo-Fr 09:00-12:00\n\
         c,centre,county,0.010,0,yes,Mo-Fr 09:00-17:00\n\
         t,terminal,,0.0105,0,no,24/7\n",
    ),
    (
        "cells.csv",
        "id,unit,lon,lat,population,elderly,enterprises\n\
         h1,a,0,0,100,40,1\n\
         h2,b,0.009,0,200,20,9\n\
         h3,b,0.03,0,50,10,0\n",
    ),
    (
        "units.csv",
        "id,name,parent\ncounty,县,\na,甲村,county\nb,乙村,county\n",
    ),
    (
        "items.csv",
        "id,name,audience,theme,department,weight,online,reach\n\
         ask,查询,person,社保,人社局,30,whole,anywhere\n\
         cert,证明,person,社保,人社局,10,none,own-unit\n\
         firm,开办,firm,开办,市监局,5,none,anywhere\n",
    ),
    (
        "offers.csv",
        "kind,item,depth\ncentre,ask;cert;firm,whole\nstation,cert,accept\nterminal,ask,whole\n",
    ),
    (
        "boundary.geojson",
        r#"{"type":"Polygon","coordinates":[[[-0.05,-0.05],[0.035,-0.05],[0.035,0.05],[-0.05,0.05],[-0.05,-0.05]]]}"#,
    ),
];

const INPUTS: &str = "[inputs]
streets = 'streets.geojson'
sites = 'sites.csv'
cells = 'cells.csv'
units = 'units.csv'
items = 'items.csv'
offers = 'offers.csv'
";

const RULES: &str = "boundary = 'boundary.geojson'
[target]
date = '2024-12-31'
[[group]]
id = 'elderly'
name = '老年人'
count = 'elderly'
needs_helper = true
[[group]]
id = 'firms'
count = 'enterprises'
audience = 'firm'
apart = true
[others]
online = true
[[zone]]
name = '远村'
cells = ['h3']
speed_kmh = 12
by = 'e-bike'
[time]
at = '2024-03-04T10:00'
";

fn run(study: &str, out: &Path) -> Result<report::Summary, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for (name, content) in FILES {
        fs::write(folder.path().join(name), content)?;
    }
    let path = folder.path().join("study.toml");
    fs::write(&path, study)?;
    let (study, _) = read::study(&path)?;
    let results = walkshed::run(&study, &Options::default())?;
    report::write(&results, out)?;
    Ok(report::summary(&results))
}

/// The columns of a table that are named, row by row.
fn columns(out: &Path, file: &str, names: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(out.join(file))?;
    let head = reader.headers()?.clone();
    let places: Vec<usize> = names
        .iter()
        .filter_map(|name| head.iter().position(|column| column == *name))
        .collect();
    assert_eq!(places.len(), names.len(), "{file} has the columns {head:?}");
    let mut text = String::new();
    for row in reader.records() {
        let row = row?;
        let fields: Vec<&str> = places.iter().map(|&place| &row[place]).collect();
        text += &(fields.join(" ") + "\n");
    }
    Ok(text)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one run, and all its tables")]
fn the_rules_that_are_on_have_their_tables() -> Tested {
    let out = tempfile::tempdir()?;
    run(&format!("{INPUTS}{RULES}"), out.path())?;
    let out = out.path();
    // h1 lacks the issuing step within the limit, h3 rides to the centre in the zone.
    assert_eq!(
        columns(
            out,
            "cells.csv",
            &[
                "cell",
                "verdict",
                "zone",
                "minutes",
                "covered_hours",
                "at_edge"
            ]
        )?,
        "h1 not-offered  15 0 no\nh2 covered  15 40 no\nh3 covered 远村 15 40 yes\n"
    );
    assert_eq!(
        columns(
            out,
            "item_times.csv",
            &[
                "cell",
                "item",
                "verdict",
                "site",
                "missing",
                "hand_down_to",
                "why"
            ]
        )?,
        "h1 ask not-offered v accept+issue  not-handled\n\
         h1 cert not-offered v accept+issue  not-handled\n\
         h1 firm not-offered v accept+issue v not-handled\n\
         h2 ask covered c   \nh2 cert covered c   \nh2 firm covered c   \n\
         h3 ask covered c   \nh3 cert covered c   \nh3 firm covered c   \n"
    );
    let group = [
        "group",
        "unit",
        "population",
        "covered_population",
        "covered_with_online",
        "counted_apart",
    ];
    assert_eq!(
        columns(out, "groups.csv", &group)?,
        "elderly total 70 30 30 no\nelderly county 70 30 30 no\nelderly a 40 0 0 no\nelderly b 30 30 30 no\n\
         firms total 10 9 9 yes\nfirms county 10 9 9 yes\nfirms a 1 0 0 yes\nfirms b 9 9 9 yes\n\
         others total 280 220 220 no\nothers county 280 220 220 no\nothers a 60 0 0 no\nothers b 220 220 220 no\n\
         total total 350 250 250 no\n"
    );
    assert_eq!(
        columns(
            out,
            "channels.csv",
            &["of", "channel", "population", "covered_population", "score"]
        )?,
        "people near-window 350 250 0.714286\npeople self-service 350 0 0.471429\n\
         people self-service-24h 350 0 0.471429\npeople helper 350 250 0.714286\npeople online 350 0 0.6\n\
         people at-sites 350 250 0.714286\npeople with-online 350 250 0.842857\npeople any 350 250 0.842857\n\
         people not-online 70 30 0.428571\nfirms near-window 10 9 0.9\nfirms self-service 10 0 0.0\n\
         firms self-service-24h 10 0 0.0\nfirms helper 10 9 0.9\nfirms at-sites 10 9 0.9\nfirms any 10 9 0.9\n"
    );
    assert_eq!(
        columns(
            out,
            "themes.csv",
            &["theme", "items", "done_population", "one_stop_population"]
        )?,
        "社保 2 250 250\n开办 1 9 9\n"
    );
    assert_eq!(
        columns(out, "denominators.csv", &["counted_by", "total", "covered"])?,
        "people 350 250\nenterprises 10 9\n"
    );
    assert_eq!(
        columns(
            out,
            "units.csv",
            &[
                "unit",
                "worst_hour",
                "worst_hour_share",
                "share_lower",
                "share_upper"
            ]
        )?,
        // h3 is near the border; it is covered and stands on its street, so it stays so.
        "county Mo 09:00 0.714286 0.714286 0.714286\na Mo 09:00 0.0 0.0 0.0\nb Mo 09:00 1.0 1.0 1.0\n\
         total Mo 09:00 0.714286 0.714286 0.714286\n"
    );
    let week = columns(
        out,
        "week.csv",
        &["unit", "hour", "leaving", "covered_population"],
    )?;
    assert_eq!(week.lines().count(), 4 * 168);
    assert!(
        week.contains("total 9 Mo 09:00 250\n") && week.contains("total 17 Mo 17:00 0\n"),
        "{week}"
    );
    Ok(())
}

#[test]
fn what_the_rules_say_is_in_the_summary_in_both_languages() -> Tested {
    let out = tempfile::tempdir()?;
    let english = run(&format!("{INPUTS}{RULES}"), out.path())?.to_text();
    for line in [
        "on the day 2024-12-31",
        "leaving home Mo 10:00 in the week of 2024-03-04; a site must be open on arrival",
        "zone 远村: 15 minutes at 12 km/h (e-bike), 50 people",
        "  all groups                       350    71.4 %  with online 71.4 %",
        "  those not online                  70    42.9 %",
        "  firms                             10    90.0 %",
    ] {
        assert!(
            english.lines().any(|shown| shown == line),
            "{line}\nis not in\n{english}"
        );
    }
    let chinese = run(&format!("language = 'zh'\n{INPUTS}{RULES}"), out.path())?.to_text();
    assert!(
        chinese.contains("分区 远村：15 分钟，12 km/h（电动自行车），50 人"),
        "{chinese}"
    );
    let manifest = fs::read_to_string(out.path().join("manifest.json"))?;
    assert!(
        manifest.contains("\"by\": \"e-bike\"") && manifest.contains("\"leaving\": \"Mo 10:00\""),
        "{manifest}"
    );
    Ok(())
}

#[test]
fn tables_of_rules_that_are_off_are_not_there_and_old_ones_go() -> Tested {
    let out = tempfile::tempdir()?;
    run(&format!("{INPUTS}{RULES}"), out.path())?;
    assert!(out.path().join("groups.csv").exists());
    run(INPUTS, out.path())?;
    for file in ["groups.csv", "channels.csv", "week.csv"] {
        let channels = file == "channels.csv";
        assert_eq!(
            out.path().join(file).exists(),
            channels,
            "{file}: one item is wholly online"
        );
    }
    let head = fs::read_to_string(out.path().join("cells.csv"))?;
    assert!(
        head.starts_with("cell,unit,") && !head.contains("zone") && !head.contains("at_edge"),
        "{head}"
    );
    Ok(())
}

#[test]
fn a_study_without_rules_is_told_as_plain_coverage_byte_for_byte() -> Tested {
    let folder = tempfile::tempdir()?;
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content);
    write("streets.geojson", FILES[0].1)?;
    write("sites.csv", "id,unit,lon,lat\nv,a,0.001,0\nc,b,0.010,0\n")?;
    write(
        "cells.csv",
        "id,unit,lon,lat,population\nh1,a,0,0,100\nh2,b,0.009,0,200\nh3,b,0.03,0,50\n",
    )?;
    write("items.csv", "id,weight\nask,30\ncert,10\n")?;
    write("offers.csv", "site,item\nv,ask\nc,ask;cert\n")?;
    let inputs = INPUTS.replace("units = 'units.csv'\n", "");
    write("study.toml", &inputs)?;
    let (study, _) = read::study(folder.path().join("study.toml"))?;

    let (plain, ruled) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let by_no_rule = Options {
        setting: Some(Setting::default()),
        breakdown: false,
        ..Options::default()
    };
    report::write(&walkshed::run(&study, &by_no_rule)?, plain.path())?;
    let results = walkshed::run(&study, &Options::default())?;
    report::write(&results, ruled.path())?;

    let mut files = Vec::new();
    for entry in fs::read_dir(ruled.path())? {
        let name = entry?.file_name();
        assert_eq!(
            fs::read(plain.path().join(&name))?,
            fs::read(ruled.path().join(&name))?,
            "{}",
            name.display()
        );
        files.push(name);
    }
    assert_eq!(files.len(), 11, "no table of a rule: {files:?}");
    Ok(())
}

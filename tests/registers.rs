//! The published lists and the register of papers, from files to files, with Chinese tables.
//!
//! A county, a township in it and a village in that. The centre does everything, the village's
//! station takes in a certificate by papers, the bank's terminal prints it until it is taken away.

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::model::{Findings, changed};
use walkshed::{Options, read, report};

type Tested = Result<(), Box<dyn Error>>;

const FILES: [(&str, &str); 5] = [
    (
        "streets.geojson",
        r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.05,0]]}}"#,
    ),
    (
        "sites.csv",
        "编号,名称,类型,单位,helper,办公时间,停用日期,经度,纬度\n\
         c,政务大厅,中心,县,有,Mo 09:00-12:00,,0.001,0\n\
         t,,银行自助终端,,无,24/7,,0.002,0\n\
         v,村站,便民服务站,村,无,,,0.003,0\n\
         x,旧站,便民服务站,村,无,,2023-01-01,0.004,0\n",
    ),
    ("cells.csv", "编号,单位,人口,经度,纬度\na,村,10,0,0\n"),
    (
        "units.csv",
        "编号,名称,上级\n县,某县,\n乡,某乡,县\n村,某村,乡\n",
    ),
    (
        "offers.csv",
        "服务点,类型,事项,办理深度,起始日期,截止日期,委托文号\n\
         ,中心,证明；查询,,,,\n\
         t,,查询,,,2023-06-30,\n\
         v,,证明,受理、发证,2022-01-01,2022-12-31,\n\
         v,,证明,委托受理,2023-02-01,2024-01-31,湖委〔2023〕1号\n\
         ,便民服务站,查询,委托受理,2023-01-01,2024-01-02,湖委〔2023〕2号\n",
    ),
];

const STUDY: &str = "language = 'zh'\n[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\n\
    cells = 'cells.csv'\nunits = 'units.csv'\noffers = 'offers.csv'\n[time]\nweek = 2023-07-03\n\
    [target]\n";

/// What is doubtful about the study, and the files that assessing it writes.
fn assessed(rules: &str, out: &Path) -> Result<Findings, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for (name, content) in FILES {
        fs::write(folder.path().join(name), content)?;
    }
    let path = folder.path().join("study.toml");
    fs::write(&path, format!("{STUDY}{rules}"))?;
    let (study, findings) = read::study(&path)?;
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    report::write(&walkshed::run(&changed(&study)?, &options)?, out)?;
    Ok(findings)
}

fn file(out: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    // A study in Chinese: its tables begin with a byte order mark.
    let text = fs::read_to_string(out.join(name))?;
    let text = text.strip_prefix('\u{feff}').ok_or("no mark")?;
    Ok(text.to_owned())
}

const WHOLE: &str = "accept+first-review+review+decide+issue";

#[test]
fn each_site_has_its_list() -> Tested {
    let out = tempfile::tempdir()?;
    assessed("date = 2023-12-01\n", out.path())?;
    let always = "24/7";
    let monday = "Mo 09:00-12:00";
    let expected = [
        "site,site_name,kind,unit,item,item_name,steps,way,reach,hours,from,until,valid".to_owned(),
        format!("c,政务大厅,中心,县,查询,查询,{WHOLE},window+helper,anywhere,{monday},,,yes"),
        format!("c,政务大厅,中心,县,证明,证明,{WHOLE},window+helper,anywhere,{monday},,,yes"),
        format!(
            "t,t,银行自助终端,,查询,查询,{WHOLE},self-service,anywhere,{always},,2023-06-30,no"
        ),
        "v,村站,便民服务站,村,查询,查询,accept,window,anywhere,,2023-01-01,2024-01-02,yes"
            .to_owned(),
        "v,村站,便民服务站,村,证明,证明,accept,window,anywhere,,2023-02-01,2024-01-31,yes"
            .to_owned(),
        "v,村站,便民服务站,村,证明,证明,accept+issue,window,anywhere,,2022-01-01,2022-12-31,no"
            .to_owned(),
    ];
    assert_eq!(
        file(out.path(), "site_items.csv")?,
        expected.join("\n") + "\n"
    );
    Ok(())
}

#[test]
fn each_level_has_its_list() -> Tested {
    let out = tempfile::tempdir()?;
    assessed("date = 2023-06-30\n", out.path())?;
    let expected = [
        "level,level_name,item,item_name,sites,sites_whole,sites_all,steps".to_owned(),
        format!("1,county,查询,查询,1,1,1,{WHOLE}"),
        format!("1,county,证明,证明,1,1,1,{WHOLE}"),
        "3,village,查询,查询,1,0,1,accept".to_owned(),
        "3,village,证明,证明,1,0,1,accept".to_owned(),
        format!(",no-unit,查询,查询,1,1,1,{WHOLE}"),
    ];
    assert_eq!(
        file(out.path(), "level_items.csv")?,
        expected.join("\n") + "\n"
    );
    Ok(())
}

/// The register without the names, which are the same in every row of a site or an item.
fn register(out: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut rows = csv::Reader::from_path(out.join("delegations.csv"))?;
    let told = rows.records().map(|row| {
        let row = row?;
        let fields: Vec<&str> = [0, 3]
            .iter()
            .chain(&[7, 8, 9, 10, 11, 12, 13, 14, 15])
            .map(|&place| &row[place])
            .collect();
        Ok(fields.join(","))
    });
    told.collect()
}

#[test]
fn papers_have_states_and_gaps() -> Tested {
    let out = tempfile::tempdir()?;
    let findings = assessed("date = 2023-12-03\n", out.path())?;
    let expected = [
        // What runs out without a paper is in the register too.
        "t,查询,,,2023-06-30,expired,-156,,,,",
        // 2 January is 30 days away, 31 January 59.
        "v,查询,湖委〔2023〕2号,2023-01-01,2024-01-02,expiring,30,,,,",
        "v,证明,,2022-01-01,2022-12-31,expired,-337,2023-02-01,2023-01-01,2023-01-31,31",
        "v,证明,湖委〔2023〕1号,2023-02-01,2024-01-31,expiring,59,,,,",
        "x,查询,湖委〔2023〕2号,2023-01-01,2024-01-02,expiring,30,,,,",
    ];
    assert_eq!(register(out.path())?, expected);
    // One day more than a year is too long; a row of a kind is told once.
    let told: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(
        told.iter()
            .filter(|code| **code == "paper-too-long")
            .count(),
        1
    );
    assert!(!told.contains(&"papers-undated") && !told.contains(&"paper-without-term"));
    Ok(())
}

#[test]
fn without_a_date_papers_are_undated_and_it_is_told() -> Tested {
    let out = tempfile::tempdir()?;
    let findings = assessed("minutes = 15\n", out.path())?;
    let states = register(out.path())?;
    assert!(
        states.iter().all(|row| row.contains(",undated,,")),
        "{states:?}"
    );
    let told = findings
        .iter()
        .find(|finding| finding.code == "papers-undated");
    let message = told.map(|finding| {
        finding
            .message
            .in_language(walkshed::model::Language::Chinese)
    });
    let expected =
        "列有 3 份委托书，但项目没有写日期：不判断有效或到期——请在 [target] 中写 date = 2024-12-31";
    assert_eq!(message.as_deref(), Some(expected));
    Ok(())
}

#[test]
fn a_change_renews_the_register_and_closes_its_sites() -> Tested {
    let out = tempfile::tempdir()?;
    let renew = "date = 2023-12-03\n[[change]]\ndo = 'renew'\nsite = 'v'\nitems = ['查询']\n\
        until = 2024-12-31\n[[change]]\ndo = 'merge-sites'\nsites = ['x', 't']\nsite = 't'\n";
    assessed(renew, out.path())?;
    let rows = register(out.path())?;
    let of = |site: &str| rows.iter().filter(|row| row.starts_with(site)).count();
    assert_eq!((rows.len(), of("x,"), of("t,")), (5, 0, 2), "{rows:?}");
    let renewed = "v,查询,湖委〔2023〕2号,2023-01-01,2024-12-31,valid,394,,,,";
    assert!(rows.contains(&renewed.to_owned()), "{rows:?}");
    Ok(())
}

//! The street that is explained.

use std::error::Error;
use std::fs;

/// Degrees of longitude at the equator that are so many metres.
pub(crate) fn east(metres: f64) -> f64 {
    metres / 111_319.490_793_273_57
}

/// North Street from 0 to 800 m and Long Road from there on to 2,000 m, along the equator. The bank stands
/// at 300 m, the village's station at 600 m, the county's centre at 1,600 m (less 30 cm, so that a rounded tick shows nowhere); cell h at 0 m, far off all k.
pub(crate) fn study(language: &str) -> Result<tempfile::TempDir, Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text);
    let line = |name: &str, from: f64, to: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"LineString","coordinates":[[{},0],[{},0]]}}}}"#,
            east(from),
            east(to)
        )
    };
    let lines = [
        line("North Street", 0.0, 500.0),
        line("North Street", 500.0, 800.0),
        line("Long Road", 800.0, 2000.0),
    ];
    write(
        "streets.geojson",
        &format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            lines.join(",")
        ),
    )?;
    let row = |site: &str, metres: f64, hours: &str, helper: &str| {
        format!("{site},{},0,{hours},{helper}\n", east(metres))
    };
    let sites = [
        row("b,Bank,bank,w", 300.0, "24/7", "no"),
        row("c,Centre,centre,c", 1599.7, "24/7", "yes"),
        row("v,Village,station,e", 600.0, "Mo-Fr 09:00-17:00", "yes"),
    ];
    write(
        "sites.csv",
        &format!(
            "id,name,kind,unit,lon,lat,opening_hours,helper\n{}",
            sites.concat()
        ),
    )?;
    let cells = format!("h,Home,e,10,4,0,0\nk,Far,w,1,0,0,{}\n", east(3000.0));
    write(
        "cells.csv",
        &format!("id,name,unit,population,elderly,lon,lat\n{cells}"),
    )?;
    write(
        "units.csv",
        "id,name,parent\nc,County,\ne,East,c\nw,West,c\n",
    )?;
    write(
        "items.csv",
        "id,name,theme,department,reach\ncard,Card,Work,Labour,own-unit\npass,Pass,,,anywhere\n",
    )?;
    let offers = "b,card,whole,,\nv,card,accept,,\nc,card,whole,,\nb,pass,whole,,2023-12-31\nv,pass,whole,,\n";
    write(
        "offers.csv",
        &format!("site,item,depth,from,until\n{offers}"),
    )?;
    let tables = [
        "streets.geojson",
        "sites.csv",
        "cells.csv",
        "units.csv",
        "items.csv",
        "offers.csv",
    ];
    let inputs = tables
        .map(|name| format!("{} = \"{name}\"\n", name.split('.').next().unwrap_or(name)))
        .concat();
    let rules = "[target]\nminutes = 15\nsearch_minutes = 30\ndate = 2024-03-04\n[time]\nat = \"2024-03-04T10:00\"\n\
                 [[group]]\nid = \"elderly\"\nname = \"the elderly\"\ncount = \"elderly\"\nspeed_kmh = 3.0\nneeds_helper = true\n";
    write(
        "study.toml",
        &format!("name = \"a street\"\nlanguage = \"{language}\"\n[inputs]\n{inputs}{rules}"),
    )?;
    Ok(dir)
}

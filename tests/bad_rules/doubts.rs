//! What is no error and yet doubtful: it is told, with what to do.

use super::findings;

#[test]
fn dates_that_nobody_asks_for_are_told() {
    let sites = "id,kind,unit,lon,lat,closed\ns1,centre,e,116.2,29.7,2024-06-30\ns2,terminal,w,116.22,29.7,\n";
    assert_eq!(
        findings("sites.csv", sites, "", "not-used"),
        [
            "closed: column \"closed\" is not used, for the study asks for no date: every site counts as there on any day – write date = 2024-12-31 in [target]"
        ]
    );
    let phase = "[[phase]]\nname = 'x'\ndate = 2024-12-31\nshare = 0.5";
    assert_eq!(findings("sites.csv", sites, phase, "not-used"), [""; 0]);
    assert_eq!(
        findings("sites.csv", sites, phase, "dates-not-asked"),
        [
            "target.date: 1 sites open or close on a day and 0 offers begin or end on one, but no date is asked: all of them count – write date = 2024-12-31 in [target]"
        ]
    );
    let offers = "site,kind,item,depth,until\n,centre,cert,whole,2001-01-01\ns2,,pass,,\n";
    assert_eq!(
        findings("offers.csv", offers, "", "dates-not-asked").len(),
        1
    );
    let asked = "[target]\ndate = 2024-12-31";
    assert_eq!(
        findings("offers.csv", offers, asked, "dates-not-asked"),
        [""; 0]
    );
}

#[test]
fn kinds_that_an_indicator_counts_and_nobody_has_yet_are_told() {
    let sites =
        "id,kind,unit,lon,lat,network\ns1,centre,e,116.2,29.7,yes\ns2,terminal,w,116.22,29.7,no\n";
    let stations =
        "[[indicator]]\nname = '驿站'\nof = 'sites'\nkinds = ['bank']\nproperty = 'network'";
    assert_eq!(
        findings("sites.csv", sites, stations, "kind-nowhere"),
        ["驿站: no site is of the kind \"bank\" yet"]
    );
}

#[test]
fn cells_and_sites_that_no_unit_counts_are_told() {
    let cells = "id,unit,lon,lat,population,elderly\na,e,116.201,29.7,10,3\nb,,116.219,29.7,30,8\n";
    assert_eq!(
        findings("cells.csv", cells, "", "cells-without-unit"),
        ["unit: 1 of 2 cells name no unit: they count in no unit's sums – fill in the unit"]
    );
    let sites = "id,kind,unti,lon,lat\ns1,centre,e,116.2,29.7\ns2,terminal,w,116.22,29.7\n";
    assert_eq!(
        findings("sites.csv", sites, "", "sites-without-unit"),
        ["unit: no site names a unit: each serves everybody – add a column unit to the sites"]
    );
}

#[test]
fn a_column_is_renamed_only_to_what_walkshed_knows() {
    let rename = |name: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, content) in super::FILES {
            std::fs::write(folder.path().join(file), content).expect("written");
        }
        let cells = format!("{{ path = 'cells.csv', columns = {{ {name} = 'elderly' }} }}");
        let study = format!(
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = {cells}\n"
        );
        std::fs::write(folder.path().join("study.toml"), study).expect("written");
        walkshed::read::study(folder.path().join("study.toml"))
            .expect_err("no such name")
            .to_string()
    };
    assert_eq!(
        rename("popullation"),
        "study.toml: key \"inputs.columns\" is \"popullation\", expected the name of a column that walkshed knows – did you mean population?"
    );
}

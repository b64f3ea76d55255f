//! Wrong changes are errors that name the key and what to do.

use crate::kinds::change;
use crate::town::{Town, at, offering, street, verdicts};

/// What is wrong, without the file and the table.
fn told(town: &Town, keys: &str) -> String {
    let error = town.error(&change(keys));
    let bare = error
        .strip_prefix("study.toml: key \"change[1].")
        .unwrap_or_else(|| panic!("{error}"));
    bare.to_owned()
}

#[test]
fn keys_are_checked_for_what_is_done() {
    let town = street();
    let cases = [
        (
            "site = 's'",
            "do\": what is to be done: open-site, close-site, move-site, hours,",
        ),
        (
            "do = 'close'\nsite = 's'",
            "do\" is \"close\", expected what is to be done: open-site, close-site,",
        ),
        (
            "do = 'close_site'\nsite = 's'",
            "– did you mean close-site?",
        ),
        (
            "do = 'close-site'",
            "site\": close-site needs this key – it takes: site",
        ),
        (
            "do = 'close-site'\nsite = 's'\nlon = 1",
            "lon\": close-site has no such key – leave it out; close-site takes: site",
        ),
        (
            "do = 'cut-street'\nline = [[0, 0], [1, 1]]",
            "line\": cut-street has no such key",
        ),
        (
            "do = 'slow-street'\nat = [0, 0]",
            "times\": slow-street needs this key",
        ),
        (
            "do = 'offer'\nitems = ['i1']",
            "site\": neither site nor kind is there – write one of them",
        ),
        (
            "do = 'offer'\nitems = ['i1']\nsite = 's'\nkind = 'centre'",
            "kind\": site or kind, not both",
        ),
        (
            "do = 'offer'\nsite = 's'",
            "items\": neither items nor theme is there",
        ),
    ];
    for (keys, expected) in cases {
        let error = told(&town, keys);
        assert!(error.contains(expected), "{keys}\n{error}");
    }
    let error = town.error(&change("do = 'close-site'\nsitte = 's'"));
    assert_eq!(
        error,
        "study.toml: \"sitte\": unknown key in [change] – did you mean site?"
    );
    let error = town.error("[change]\ndo = 'close-site'\nsite = 's'");
    assert!(
        error.contains("write [[change]] in double brackets"),
        "{error}"
    );
}

#[test]
fn names_must_be_known_by_then() {
    let town = offering();
    let cases = [
        (
            "do = 'close-site'\nsite = 'x'",
            "site\" is \"x\", expected a site that is there by then – did you mean s or t?",
        ),
        (
            "do = 'hours'\nkind = 'stations'\nopening_hours = '24/7'",
            "– did you mean station?",
        ),
        (
            "do = 'offer'\nkind = ''\nitems = ['i1']",
            "kind\": a kind that some site has by then – there are: centre, station",
        ),
        (
            "do = 'offer'\nsite = 's'\nitems = ['i9']",
            "items\" is \"i9\", expected an item of the study –",
        ),
        (
            "do = 'withdraw'\nsite = 's'\nitems = []",
            "items\": it is empty",
        ),
        (
            "do = 'withdraw'\nsite = 's'\ntheme = 'trades'",
            "theme\" is \"trades\", expected a theme that some item has",
        ),
        (
            "do = 'offer'\nsite = 's'\ntheme = 'trade'\ndepth = '部分环节'",
            "depth\" is \"部分环节\", expected whole, or steps out of accept,",
        ),
        (
            "do = 'offer'\nsite = 's'\ntheme = 'trade'\ndepth = ['sign']",
            "depth\" is \"sign\", expected whole, or steps out of accept,",
        ),
        (
            "do = 'offer'\nsite = 's'\ntheme = 'trade'\ndepth = []",
            "depth\": it is empty",
        ),
        (
            "do = 'open-site'\nsite = 's'\nlon = 0\nlat = 0",
            "site\" is \"s\", expected an id that no site has",
        ),
        (
            "do = 'open-site'\nsite = ' n'\nlon = 0\nlat = 0",
            "without blanks around it",
        ),
        (
            "do = 'open-site'\nsite = 'n'\nlon = 0\nlat = 0\nlike = 'r'",
            "like\" is \"r\"",
        ),
        (
            "do = 'open-site'\nsite = 'n'\nlon = 0\nlat = 0\nlike = 's'\nitems = ['i1']",
            "like\": items or like, not both",
        ),
        (
            "do = 'open-site'\nsite = 'n'\nlon = 0\nlat = 0\nunit = 'the twon'",
            "unit\" is \"the twon\", expected a unit",
        ),
    ];
    for (keys, expected) in cases {
        let error = told(&town, keys);
        assert!(error.contains(expected), "{keys}\n{error}");
    }
}

#[test]
fn places_and_numbers_must_make_sense() {
    let town = street();
    let here = at([2300.0, 0.0]);
    let cases = [
        (
            "do = 'move-site'\nsite = 's'\nlon = 29.7\nlat = 116.2".to_owned(),
            "lon\" is \"29.7, 116.2\", expected a place on the globe in WGS84, longitude or x first",
        ),
        (
            "do = 'move-site'\nsite = 's'\nlon = nan\nlat = 0".to_owned(),
            "lon\" is \"NaN, 0\"",
        ),
        (
            "do = 'cut-street'\nat = [0.01, 0.01]".to_owned(),
            "at\" is \"0.01, 0.01\", expected a place within 25 m of a street (the nearest is 326.0 m away)",
        ),
        (
            format!("do = 'slow-street'\nat = [{here}]\ntimes = 0.5"),
            "times\" is \"0.5\", expected a number from 1 to 1000",
        ),
        (
            format!("do = 'slow-street'\nat = [{here}]\ntimes = nan"),
            "times\" is \"NaN\"",
        ),
        (
            format!("do = 'add-street'\nline = [[{here}], [{here}]]"),
            "line\": two vertices or more, at different places",
        ),
        (
            "do = 'add-street'\nline = [[0, 0], [20, 0]]".to_owned(),
            "line\" is \"2226 km\", expected pieces of at most 1,000 km",
        ),
        (
            "do = 'add-street'\nline = []".to_owned(),
            "line\": two vertices or more",
        ),
    ];
    for (keys, expected) in cases {
        let error = told(&town, &keys);
        assert!(error.contains(expected), "{keys}\n{error}");
    }
    let error = town.error(&change("do = 'cut-street'\nat = [0.01]"));
    assert!(
        error.contains("change[0].at") || error.contains("change"),
        "{error}"
    );
}

#[test]
fn hours_need_a_time_that_is_asked_about() {
    let keys = "do = 'hours'\nsite = 's'\nopening_hours = '24/7'";
    assert!(
        told(&street(), keys).starts_with("opening_hours\": the study asks for no time of day")
    );
    let town = Town {
        rules: "[time]\nweek = '2024-03-04'\n".to_owned(),
        ..street()
    };
    let wrong = keys.replace("24/7", "周一至周五 9:00-5:00");
    assert!(told(&town, &wrong).contains("write 09:00-17:00 in place of 9:00-5:00"));
    // What is understood is told, as that of the sites.
    let said = keys.replace("24/7", "周一至周五 9:00-17:00");
    let study = town.read(&change(&said)).expect("it is understood");
    let codes: Vec<&str> = study.findings().iter().map(|found| found.code).collect();
    assert!(codes.contains(&"hours-understood"), "{codes:?}");
    assert!(told(&town, &keys.replace("24/7", " ")).starts_with("opening_hours\": it is empty"));
}

#[test]
fn coordinates_are_in_the_studys_own_system() {
    let mut town = street();
    for vertex in town.streets.iter_mut().flatten() {
        vertex[0] += 12_940_000.0;
    }
    town.sites
        .iter_mut()
        .for_each(|row| row.place[0] += 12_940_000.0);
    town.cells
        .iter_mut()
        .for_each(|(_, place)| place[0] += 12_940_000.0);
    let rules = "crs = 'GCJ-02'\n".to_owned();
    let shifted = Town { rules, ..town };
    let cut = shifted.read(&change(&format!(
        "do = 'cut-street'\nat = [{}]",
        at([12_940_000.0 + 2300.0, 0.0])
    )));
    let cut = cut.expect("it is on the street, some 500 m from where WGS 84 has it");
    assert_eq!(
        verdicts(&walkshed::model::changed(&cut).expect("as it was read")),
        "a covered, b too-far, c too-far, d too-far"
    );
}

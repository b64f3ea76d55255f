//! Small registers, worked out by hand.

use chrono::NaiveDate;

use super::*;
use crate::draw;
use crate::ids::{ItemId, SiteId};
use crate::model::{
    Catalogue, Delegation, Item, Offer, Properties, Site, Step, Steps, Study, UnitRow, Units,
};

fn day(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2023, month, day)
}

/// Sites s (county), t (village) and x (no unit); the item i needs accepting and issuing.
fn town(date: Option<NaiveDate>, offers: Vec<Offer>) -> Study {
    let study = draw::town("A-s-a-t-x-B", 100.0, "stx");
    let row = |id: &str, parent: Option<&str>| UnitRow {
        id: id.to_owned(),
        name: String::new(),
        parent: parent.map(str::to_owned),
    };
    let made = study.with(|parts| {
        let rows = vec![row("c", None), row("p", Some("c")), row("v", Some("p"))];
        parts.units = Units::new(rows).expect("a tree");
        let [county, village] = ["c", "v"].map(|id| parts.units.find(id));
        let mut sites: Vec<Site> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        sites[0].unit = county;
        sites[1].unit = village;
        sites[1].closed = day(6, 1);
        sites[2].kind = "银行自助终端".to_owned();
        parts.sites = sites.into_iter().collect();
        let other = (Item::plain("j"), Vec::new());
        parts.catalogue = Catalogue::new(vec![(Item::plain("i"), offers), other]);
        parts.target.date = date;
    });
    made.expect("a study")
}

fn offer(site: usize, steps: Steps) -> Offer {
    Offer {
        steps,
        ..Offer::whole(SiteId::new(site))
    }
}

const ACCEPT: Steps = Steps::only(Step::Accept);
const ISSUE: Steps = Steps::only(Step::Issue);

/// What the county's centre does in two halves, the village in one, the terminal until May.
fn offers() -> Vec<Offer> {
    let ends = Offer {
        until: day(5, 1),
        ..offer(2, Steps::WHOLE)
    };
    vec![offer(0, ACCEPT), offer(0, ISSUE), offer(1, ACCEPT), ends]
}

#[test]
fn a_site_lists_what_it_does_on_the_day_on_which_it_is_there() {
    let told = |date| {
        let study = town(date, offers());
        let rows = site_items(&study);
        let row = |row: &SiteItem| {
            let site = &study.sites()[row.offer.site].id;
            format!("{site} {} {} {:?}", row.offer.steps, row.way, row.valid)
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let centre = ["s accept window Some(true)", "s issue window Some(true)"];
    let village = "t accept window Some(true)";
    let whole = "x accept+first-review+review+decide+issue self-service";
    let expected = |last: &str| {
        let all = [&centre[..], &[village, last]].concat();
        all.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(day(5, 1)), expected(&format!("{whole} Some(true)")));
    assert_eq!(told(day(5, 2)), expected(&format!("{whole} Some(false)")));
    assert_eq!(told(None), expected(&format!("{whole} None")));
    assert_eq!(told(day(6, 1)).len(), 3, "the village's is closed");
}

#[test]
fn a_level_counts_its_sites_and_their_steps() {
    let told = |date| {
        let rows = level_items(&town(date, offers()));
        let row = |row: &LevelItem| {
            let counts = format!("{}/{}/{}", row.sites, row.sites_whole, row.sites_all);
            format!(
                "{:?} {} {counts} {}",
                row.level.number(),
                row.level.word(),
                row.steps
            )
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let county = "Some(1) county 1/1/1 accept+issue";
    let village = "Some(3) village 1/0/1 accept";
    let terminal = "None no-unit 1/1/1 accept+first-review+review+decide+issue";
    assert_eq!(told(day(5, 1)), [county, village, terminal]);
    assert_eq!(told(day(5, 2)), [county, village]);
    assert_eq!(told(day(6, 1)), [county]);
}

#[test]
fn kinds_and_helpers_say_the_way() {
    let town = draw::town("A-s-B", 100.0, "s");
    let at = town.sites()[SiteId::new(0)].at;
    let way_with = |kind: &str, properties: [(&str, Option<bool>); 1]| {
        let site = Site {
            kind: kind.to_owned(),
            properties: Properties::of(properties),
            ..Site::at("s", at)
        };
        way_of(&town, &site).to_string()
    };
    let way = |kind: &str, helper: Option<bool>| way_with(kind, [("helper", helper)]);
    let cases = [
        ("county-centre", Some(true), "window+helper"),
        ("便民服务站", None, "window"),
        ("Bank-Terminal", Some(false), "self-service"),
        ("自助驿站", Some(true), "self-service+helper"),
        ("帮办代办点", None, "helper"),
        // No ATM, but a treatment.
        ("treatment-centre", None, "window"),
        ("", None, "window"),
    ];
    for (kind, helper, expected) in cases {
        assert_eq!(way(kind, helper), expected, "{kind}");
    }
    // What the site says of itself comes first, as in the channels of coverage.
    let served = [Some(true), Some(false)].map(|own| way_with("kiosk", [("self_service", own)]));
    assert_eq!(served, ["self-service", "window"]);
    let agent = way_with("bank-agent", [("self_service", Some(true))]);
    assert_eq!(agent, "self-service");
    assert_eq!(
        way_with("bank", [("self_service", Some(true))]),
        "self-service"
    );
}

#[test]
fn papers_in_a_row_have_gaps_between_them() {
    let paper = |item: usize, from, until| Delegation {
        site: SiteId::new(1),
        item: ItemId::new(item),
        from,
        until,
        steps: ACCEPT,
        paper: String::new(),
    };
    let study = town(day(4, 1), offers()).with(|parts| {
        parts.delegations = vec![
            paper(0, day(6, 1), day(12, 31)),
            paper(0, day(1, 1), day(2, 28)),
            // Within the first, so that it begins no gap of its own.
            paper(0, day(1, 10), day(1, 20)),
            paper(1, day(1, 1), day(5, 31)),
            paper(1, day(6, 1), None),
        ];
    });
    let study = study.expect("a study");
    let rows = papers(&study);
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let gap = row.gap.map(|gap| (gap.from.to_string(), gap.days()));
            format!("{} {:?} {gap:?}", row.state.word(), row.days_left)
        })
        .collect();
    // March, April and May are 92 days.
    let gap = r#"Some(("2023-03-01", 92))"#;
    let expected = [
        "expired Some(-32) None".to_owned(),
        format!("expired Some(-71) {gap}"),
        "to-come Some(274) None".to_owned(),
        "expiring Some(60) None".to_owned(),
        "to-come None None".to_owned(),
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[3].next_from, day(6, 1));
    let undated = study
        .with(|parts| parts.target.date = None)
        .expect("a study");
    assert!(
        papers(&undated)
            .iter()
            .all(|row| row.state.word() == "undated")
    );
}

//! Units, items, offers and sites.

use super::{row, said};

#[test]
fn offers_name_what_there_is() {
    let steps = "whole, or steps out of accept, first-review, review, decide, issue";
    let cases = [
        ("s1,,certs,,,", "column \"item\" is \"certs\", expected an item of the items table – did you mean cert?".to_owned()),
        ("s3,,cert,,,", "column \"site\" is \"s3\", expected a site of the sites file – did you mean s1 or s2?".to_owned()),
        (",centres,cert,,,", "column \"kind\" is \"centres\", expected a kind that some site has – did you mean centre?".to_owned()),
        (",bank,cart,,,", "column \"item\" is \"cart\", expected an item of the items table – did you mean cert?".to_owned()),
        ("s1,,cert,accep,,", format!("column \"depth\" is \"accep\", expected {steps} – did you mean accept?")),
        ("s1,,cert,accept+isue,,", format!("column \"depth\" is \"isue\", expected {steps} – did you mean issue?")),
        ("s1,,cert,half,,", format!("column \"depth\" is \"half\", expected {steps} – name the steps by these words, separated by semicolons")),
        ("s1,,cert,,2024-02-01,2024-01-31", "column \"until\" is \"2024-01-31\", expected a day from 2024-02-01 on – correct the dates".to_owned()),
        ("s1,,cert,,01.02.2024,", "column \"from\" is \"01.02.2024\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists".to_owned()),
        ("s1,centre,cert,,,", "column \"site\" is \"s1\", expected a site or a kind of site, not both – empty one of them".to_owned()),
        (",,cert,,,", "column \"site\": neither a site nor a kind is named – name one of them".to_owned()),
        ("s1,,,,,", "column \"item\": it is empty – name the item that is offered".to_owned()),
    ];
    for (line, expected) in cases {
        let found = row(
            "offers.csv",
            &format!("site,kind,item,depth,from,until\ns1,,pass,,,\n{line}\n"),
        );
        assert_eq!(found, format!("offers.csv, row 3: {expected}"));
    }
    assert_eq!(
        said(
            "offers.csv",
            "site,item,depth\ns1,cert,accept+issue\ns1,cert,受理；发证\n",
            ""
        ),
        Ok(())
    );
    assert_eq!(
        said(
            "offers.csv",
            "site,item,from,until\ns1,cert,2024-02-01,2024-02-01\n",
            ""
        ),
        Ok(())
    );
}

#[test]
fn offers_that_count_for_nobody_say_why() {
    assert_eq!(
        said("offers.csv", "kind,item\nbank,cert\n", ""),
        Err("offers.csv: 2 items are listed, but neither the offers nor the sites say who handles them – \
             name sites of the sites file, or kinds that they have, in the offers"
            .to_owned())
    );
}

#[test]
fn items_use_known_words() {
    let steps = "steps out of accept, first-review, review, decide, issue";
    let cases = [
        ("cert,acept,,,,", format!("column \"steps\" is \"acept\", expected {steps} – did you mean accept?")),
        ("cert,half,,,,", format!("column \"steps\" is \"half\", expected {steps} – name the steps by these words, separated by semicolons")),
        ("cert,,owm-unit,,,", "column \"reach\" is \"owm-unit\", expected anywhere, own-unit – did you mean own-unit?".to_owned()),
        ("cert,,,most,,", "column \"online\" is \"most\", expected none, part, whole – choose one of them".to_owned()),
        ("cert,,,,people,", "column \"audience\" is \"people\", expected both, person, firm – choose one of them".to_owned()),
        ("cert,,,,,0", "column \"weight\" is \"0\", expected a number above 0, at most 1,000,000,000 – correct the weight".to_owned()),
        ("pass,,,,,1", "column \"id\" is \"pass\", expected an id that no other row has (it stands in row 2 too) – give every row an id of its own".to_owned()),
    ];
    for (line, expected) in cases {
        let found = row(
            "items.csv",
            &format!("id,steps,reach,online,audience,weight\npass,,,,,\n{line}\n"),
        );
        assert_eq!(found, format!("items.csv, row 3: {expected}"));
    }
}

#[test]
fn units_are_a_tree() {
    let cases = [
        (
            "e,x,w\nw,y,e\n",
            "row 3: unit \"e\" lies within itself: e → w → e – mend the parent column, or leave it empty at the top",
        ),
        (
            "e,x,e\nw,y,c\n",
            "row 3: unit \"e\" lies within itself: e → e – mend the parent column, or leave it empty at the top",
        ),
        (
            "e,x,cc\nw,y,c\n",
            "row 3: column \"parent\" is \"cc\", expected the id of a unit – did you mean c?",
        ),
        (
            "e,x,c\nw,y,湖口县\n",
            "row 4: column \"parent\" is \"湖口县\", expected the id of a unit – write the id of that unit: c",
        ),
        (
            "e,x,c\nw,y,province\n",
            "row 4: column \"parent\" is \"province\", expected the id of a unit – add that unit, or leave the parent empty at the top",
        ),
    ];
    for (lines, expected) in cases {
        let found = said(
            "units.csv",
            &format!("id,name,parent\nc,湖口县,\n{lines}"),
            "",
        );
        assert_eq!(found, Err(format!("units.csv, {expected}")));
    }
    let twice = row("units.csv", "id,parent\nc,\ne,c\nw,c\ne,c\n");
    assert_eq!(
        twice,
        "units.csv, row 5: column \"id\" is \"e\", expected an id that no other row has (it stands in row 3 too) – give every row an id of its own"
    );
}

#[test]
fn sites_name_units_and_items_that_exist() {
    let cases = [
        (
            "s1,东真,cert",
            "column \"unit\" is \"东真\", expected a unit of the units table – did you mean 东镇?",
        ),
        (
            "s1,nowhere,cert",
            "column \"unit\" is \"nowhere\", expected a unit of the units table – add it to the units table",
        ),
        (
            "s1,e,crt",
            "column \"items\" is \"crt\", expected an item of the items table – did you mean cert?",
        ),
    ];
    for (line, expected) in cases {
        let found = row(
            "sites.csv",
            &format!("id,unit,items,lon,lat\n{line},116.2,29.7\n"),
        );
        assert_eq!(found, format!("sites.csv, row 2: {expected}"));
    }
}

#[test]
fn sites_are_open_in_hours_and_days_that_can_be() {
    let dated = said(
        "sites.csv",
        "id,lon,lat,opened,closed\ns1,116.2,29.7,2024-01-02,2024-01-01\n",
        "[target]\ndate = 2024-01-01\n",
    );
    assert_eq!(
        dated,
        Err("sites.csv, row 2: column \"closed\" is \"2024-01-01\", expected a day after the day of opening, 2024-01-02 – \
             closed is the first day on which the site is no longer open, or run with --on-bad skip to leave such rows out"
            .to_owned())
    );
    let timed = said(
        "sites.csv",
        "id,lon,lat,opening_hours\ns1,116.2,29.7,Mo-Fr 9-17h\n",
        "[time]\nweek = 2024-01-01\n",
    );
    assert_eq!(
        timed,
        Err("sites.csv, row 2: column \"opening_hours\" is \"Mo-Fr 9-17h\", expected opening hours in OSM syntax (not read \
             from character 7 on) – write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\", \
             or run with --on-bad skip: then its hours count as not stated"
            .to_owned())
    );
}

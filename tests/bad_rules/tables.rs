//! Units, items, offers and sites.

use super::{findings, key, row, said, study};
use walkshed::ids::ItemId;
use walkshed::model::{ItemReach, Online, Step, Steps, Takes};

#[test]
fn offers_name_what_there_is() {
    let steps = "whole, or steps out of accept, first-review, review, decide, issue";
    let cases = [
        ("s1,,certs,,,", "column \"item\" is \"certs\", expected an item of the items table – did you mean cert?".to_owned()),
        ("s3,,cert,,,", "column \"site\" is \"s3\", expected a site of the sites file – check the spelling".to_owned()),
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
        ("cert,,,most,,", "column \"online\" is \"most\", expected none, part, begun, whole – choose one of them".to_owned()),
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

#[test]
fn items_say_what_is_done_online_and_where_they_may_go() {
    let steps = "steps out of accept, first-review, review, decide, issue";
    let cases = [
        ("cert,none,accept,,,,", "column \"online_steps\" is \"accept\", expected no steps, for column \"online\" says that there is none – correct one of them".to_owned()),
        ("cert,,acept,,,,", format!("column \"online_steps\" is \"acept\", expected {steps} – did you mean accept?")),
        ("cert,,,hole,,,", "column \"掌上办\" is \"hole\", expected none, part, begun, whole – did you mean whole?".to_owned()),
        ("cert,,,,maybe,,", "column \"寄递送达\" is \"maybe\", expected yes, no – choose one of them".to_owned()),
        ("cert,,,,,centr,", "column \"可下沉至\" is \"centr\", expected a kind that some site has, or a level: county, township, village, park – did you mean centre?".to_owned()),
        ("cert,,,,,,-3", "column \"承诺时限（工作日）\" is \"-3\", expected a number from 0 to 1000000 – correct the number".to_owned()),
        ("cert,,,,,,三", "column \"承诺时限（工作日）\" is \"三\", expected a number – write plain digits such as 1234.5 or leave it empty".to_owned()),
    ];
    for (line, expected) in cases {
        let head = "id,online,online_steps,掌上办,寄递送达,可下沉至,承诺时限（工作日）";
        let found = row("items.csv", &format!("{head}\npass,,,,,,\n{line}\n"));
        assert_eq!(found, format!("items.csv, row 3: {expected}"));
    }
    let found = row("offers.csv", "site,item,reach\ns1,cert,everywere\n");
    assert_eq!(
        found,
        "offers.csv, row 2: column \"reach\" is \"everywere\", expected anywhere, own-unit – choose one of them"
    );
}

#[test]
fn what_the_items_table_says_is_kept() {
    let items = "id,部门,网办深度,网办环节,掌上办,邮寄,可下沉至,原办理环节,现办理环节,法定时限（天）,承诺时限（天）,备注,服务对象\n\
        cert,医保局和人社局,三级,,是,√,\"村、centre\",5,2,20,,窗口,自然人、法人\n\
        pass,发展和改革委员会,4,,,×,不可下沉,,,,,,法人及其他组织\n";
    let study = study("items.csv", items, "").expect("a study");
    let [cert, pass] = [0, 1].map(|place| &study.catalogue()[ItemId::new(place)]);
    assert_eq!(cert.name, "cert", "an item without a name shows its id");
    assert_eq!(cert.department(), "医保局;人社局");
    assert_eq!(pass.departments, ["发展和改革委员会"]);
    assert_eq!((cert.online, cert.mobile), (Online::Part, Online::Whole));
    assert_eq!(cert.online_steps, Steps::only(Step::Accept));
    assert_eq!((pass.online, pass.mobile), (Online::Whole, Online::None));
    assert_eq!((cert.delivery, pass.delivery), (true, false));
    assert_eq!(cert.steps_at_sites(), Steps::only(Step::Accept));
    let places = ["村", "centre"].map(str::to_owned).to_vec();
    assert_eq!(
        (&cert.may_go_to, &pass.may_go_to),
        (&Some(places), &Some(Vec::new()))
    );
    let saved = |item: &walkshed::model::Item| {
        use walkshed::model::Saving;
        [Saving::Steps, Saving::Papers, Saving::Days].map(|saving| item.saved(saving))
    };
    assert_eq!(saved(cert), [Some(3.0), None, None]);
    let note = cert.attributes.get("备注");
    assert_eq!(note, Some(&walkshed::model::Attribute::Text("窗口".into())));
    assert_eq!(
        cert.attributes.get("steps_before"),
        Some(&walkshed::model::Attribute::Number(5.0))
    );
}

#[test]
fn an_offer_says_for_whom_it_is() {
    let offers = "kind,item,办理范围,depth\ncentre,cert,跨区通办,全部下放\ncentre,pass,本辖区,委托受理\nterminal,pass,,接件\n";
    let study = study("offers.csv", offers, "").expect("a study");
    let reaches = |item| {
        let offers = study.catalogue().offers(ItemId::new(item)).iter();
        offers
            .map(|offer| (offer.reach, offer.steps))
            .collect::<Vec<_>>()
    };
    let accept = Steps::only(Step::Accept);
    assert_eq!(reaches(0), [(Some(ItemReach::Anywhere), Steps::WHOLE)]);
    assert_eq!(
        reaches(1),
        [(Some(ItemReach::OwnUnit), accept), (None, accept)]
    );
}

#[test]
fn steps_that_nobody_names_are_told() {
    let offers = "site,item,办理深度\ns1,cert,部分环节\ns1,pass,受理\n";
    assert_eq!(
        findings("offers.csv", offers, "", "steps-not-named"),
        [
            "depth: column \"办理深度\" is \"部分环节\", which does not say which steps: it counts as accept, \
          or as accept and issue where it says what needs a visit – name the steps"
        ]
    );
    let read = study("offers.csv", offers, "").expect("a study");
    assert_eq!(
        read.catalogue().offers(ItemId::new(0))[0].steps,
        Steps::only(Step::Accept)
    );
    let items = "id,环节\ncert,部分环节\npass,\n";
    let read = study("items.csv", items, "").expect("a study");
    assert_eq!(read.catalogue()[ItemId::new(0)].visits, Steps::USUAL);
    assert_eq!(findings("items.csv", items, "", "steps-not-named").len(), 1);
}

#[test]
fn kinds_say_what_their_sites_take() {
    let kinds = "[[kind]]\nname = 'centre'\ntakes = 'all'\n[[kind]]\nname = 'terminal'\ntakes = ['pass']\nself_service = true\n\
        [[kind]]\nname = '驿站'\ntakes = 'none'\n";
    let read = study("", "", kinds).expect("a study");
    let takes: Vec<_> = read.kinds().iter().map(|kind| kind.takes.clone()).collect();
    let pass = Takes::Items(vec![ItemId::new(1)]);
    assert_eq!(takes, [Some(Takes::All), Some(pass), Some(Takes::None)]);
    assert_eq!(
        findings("", "", kinds, "kind-nowhere"),
        ["驿站: no site is of the kind \"驿站\" yet"]
    );
    let cases = [
        (
            "name = 'centres'",
            "key \"kind[1].name\" is \"centres\", expected a kind that some site has – did you mean centre?",
        ),
        (
            "name = ''",
            "key \"kind[1].name\": the name of a kind, of which no other table is – name every kind once",
        ),
        (
            "name = 'centre'\ntakes = ['pas']",
            "key \"kind[1].takes\" is \"pas\", expected an item of the study – did you mean pass?",
        ),
        (
            "name = 'centre'\ntakes = 'some'",
            "key \"kind[1].takes\": some says nothing of what it takes; expected \"all\", \"none\", or a list of item ids – see the list of keys in the manual",
        ),
        (
            "name = 'centre'\ntake = 'all'",
            "\"take\": unknown key in [kind] – did you mean takes?",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            key(&format!("[[kind]]\n{lines}\n")),
            format!("study.toml: {expected}")
        );
    }
}

#[test]
fn items_may_go_to_a_kind_that_is_not_there_yet() {
    let items = "id,may_go_to\ncert,驿站\npass,驿站;村\n";
    assert_eq!(
        findings("items.csv", items, "", "kind-nowhere"),
        [
            "驿站: no site is of the kind \"驿站\", and it is no level: nobody of it takes an item over"
        ]
    );
}

//! Groups and zones.

use super::{findings, key, said};

fn group(lines: &str) -> String {
    key(&format!("[[group]]\nid = 'x'\n{lines}\n"))
}

fn zone(lines: &str) -> String {
    key(&format!("[[zone]]\nname = 'z'\n{lines}\n"))
}

#[test]
fn groups_are_counted_once_and_are_shares() {
    let range = "expected a number from 0 to 1";
    let cases = [
        ("share = 1.2", format!("key \"group[1].share\" is \"1.2\", {range} – write 0.2 for 20 %")),
        ("share = 66.7", format!("key \"group[1].share\" is \"66.7\", {range} – write 0.667 for 66.7 %")),
        ("share = -0.1", format!("key \"group[1].share\" is \"-0.1\", {range} – write 0.2 for 20 %")),
        ("share = nan", format!("key \"group[1].share\" is \"NaN\", {range} – write 0.2 for 20 %")),
        ("share = 'a'", "key \"group[1].share\": invalid type: string \"a\", expected a number – see the list of keys in the manual".to_owned()),
        ("share = 0.5\n[[group]]\nid = 'y'\nshare = 0.6", "key \"group[2].share\" is \"0.6\", expected shares of all groups that add up to 1 at most – lower the shares, or write apart = true for a group that overlaps others".to_owned()),
        ("", "key \"group[1].count\": either count or share – write count = \"column of the cells\", or share = 0.2 for 20 % of the people".to_owned()),
        ("share = 0.1\ncount = 'elderly'", "key \"group[1].count\" is \"elderly\", expected count or share, not both – remove one of them".to_owned()),
        ("share = 0.1\n[[group]]\nid = 'total'\nshare = 0.1", "key \"group[2].id\" is \"total\", expected an id that no other group has (\"others\" is everybody else, \"total\" all together) – give every group an id of its own".to_owned()),
        ("share = 0.1\n[[group]]\nid = 'x'\nshare = 0.1", "key \"group[2].id\" is \"x\", expected an id that no other group has (\"others\" is everybody else, \"total\" all together) – give every group an id of its own".to_owned()),
    ];
    for (lines, expected) in cases {
        assert_eq!(group(lines), format!("study.toml: {expected}"));
    }
    assert_eq!(
        said(
            "",
            "",
            "[[group]]\nid = 'x'\nshare = 0.5\n[[group]]\nid = 'y'\nshare = 0.6\napart = true"
        ),
        Ok(())
    );
}

#[test]
fn ways_of_moving_are_known_and_do_not_contradict() {
    let known = "expected a way of moving: walk, bicycle, e-bike or wheelchair";
    let list = "there are: walk, bicycle, e-bike, wheelchair";
    for (tables, expected) in [
        (
            "[walk]\nby = 'horse'",
            format!("key \"walk.by\" is \"horse\", {known} – {list}"),
        ),
        (
            "[walk]\nby = 'bicycel'",
            format!("key \"walk.by\" is \"bicycel\", {known} – did you mean bicycle?"),
        ),
        (
            "[walk]\non_foot_kmh = 0",
            "key \"walk.on_foot_kmh\" is \"0\", expected a number from 0.1 to 50 – change it"
                .to_owned(),
        ),
        (
            "[others]\nby = '公交'",
            format!("key \"others.by\" is \"公交\", {known} – {list}"),
        ),
    ] {
        assert_eq!(key(tables), format!("study.toml: {expected}"));
    }
    assert_eq!(
        group("share = 0.1\nby = 'bus'\nspeed_kmh = 30"),
        format!("study.toml: key \"group[1].by\" is \"bus\", {known} – {list}")
    );
    assert_eq!(
        group("share = 0.1\nby = '自行车'\nwheelchair = true"),
        "study.toml: key \"group[1].by\" is \"bicycle\", expected wheelchair, as wheelchair = true says – remove one of them"
    );
    // A zone with a speed of its own may go by what nobody knows.
    let bus = "[[zone]]\nname = 'z'\nunits = ['e']\nspeed_kmh = 30\nby = '公交'";
    assert_eq!(
        findings("", "", bus, "way-of-moving"),
        [
            "z: \"公交\" is no way of moving that is known (walk, bicycle, e-bike, wheelchair): people there go as walkers do, at 30 km/h"
        ]
    );
    let rides = "[[zone]]\nname = 'z'\nunits = ['e']\nby = 'e-bike'";
    assert_eq!(findings("", "", rides, "way-of-moving"), [""; 0]);
}

#[test]
fn groups_of_a_cell_are_no_more_than_its_people() {
    let cells = "id,lon,lat,population,elderly\na,116.201,29.7,10,3\nb,116.219,29.7,30,31\n";
    let once = "count everybody once, or write apart = true for a group that overlaps others, or run with --on-bad skip: then all people there count as others";
    assert_eq!(
        said(
            "cells.csv",
            cells,
            "[[group]]\nid = 'old'\ncount = 'elderly'"
        ),
        Err(format!(
            "cells.csv, row 3: the groups old count 31 people in cell \"b\", which has 30 – {once}"
        ))
    );
    let more =
        "share = 0.5\n[[group]]\nid = 'y'\ncount = 'elderly'\n[[group]]\nid = 'z'\nshare = 0.4";
    let both = [("2", "12", "a", "10"), ("3", "35", "b", "30")].map(|(row, counted, cell, people)| {
        format!(
            "cells.csv, row {row}: the groups x, y, z count {counted} people in cell \"{cell}\", which has {people} – {once}\n"
        )
    });
    assert_eq!(
        group(more),
        format!("{}2 rows or values are wrong in all", both.concat())
    );
    assert_eq!(
        group("count = 'elders'"),
        "cells.csv: \"elders\": there is no such column; the study counts by it – did you mean elderly?"
    );
}

#[test]
fn groups_use_sites_that_there_are() {
    let cases = [
        (
            "may_not_use = ['terminals']",
            "key \"group[1].may_not_use\" is \"terminals\", expected a kind that some site has – did you mean terminal?",
        ),
        (
            "may_not_use = ['bank']",
            "key \"group[1].may_not_use\" is \"bank\", expected a kind that some site has – there are: centre, terminal",
        ),
        (
            "may_not_use = 'terminal'",
            "key \"group[1].may_not_use\": invalid type: string \"terminal\", expected a list such as [\"a\", \"b\"] – see the list of keys in the manual",
        ),
        (
            "needs_helper = true",
            "key \"group[1].needs_helper\" is \"true\", expected sites that say whether they have a helper – add a column helper with yes or no to the sites",
        ),
        (
            "speed_kmh = 60.0",
            "key \"group[1].speed_kmh\" is \"60\", expected a number from 0.1 to 50 – change it",
        ),
        (
            "audience = 'personen'",
            "key \"group[1].audience\" is \"personen\", expected person, firm or both – did you mean person?",
        ),
        (
            "helper = true",
            "\"helper\": unknown key in [group] – known keys: id, name, count, share, apart, speed_kmh, by, no_stairs, wheelchair, audience, needs_helper, online, may_not_use",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            group(&format!("share = 0.1\n{lines}")),
            format!("study.toml: {expected}")
        );
    }
    assert_eq!(
        said("sites.csv", "id,kind,lon,lat,helper\ns1,centre,116.2,29.7,yes\ns2,centre,116.2,29.7,maybe\n", "[[group]]\nid = 'x'\nshare = 0.1\nneeds_helper = true\n"),
        Err("sites.csv, row 3: column \"helper\" is \"maybe\", expected yes or no – write yes or no (是 or 否), or run with --on-bad skip: then it counts as not known".to_owned())
    );
}

#[test]
fn a_group_that_no_item_concerns_is_found() {
    let items = "id,audience\ncert,person\npass,个人\n";
    let firms = "[[group]]\nid = 'firms'\nshare = 0.1\naudience = 'firm'\n";
    let found = findings("items.csv", items, firms, "group-without-items");
    assert_eq!(
        found,
        [
            "firms: no asked item concerns this group: nothing is asked of it and it has no share – ask for items with its audience, or leave the group out"
        ]
    );
    assert!(
        findings(
            "items.csv",
            "id,audience\ncert,firm\npass,\n",
            firms,
            "group-without-items"
        )
        .is_empty()
    );
}

#[test]
fn tables_of_which_there_may_be_several_stand_in_double_brackets() {
    for table in ["group", "zone", "indicator", "phase", "change"] {
        let expected = format!(
            "study.toml: key \"{table}\": there may be several, so each stands under [[{table}]] – write [[{table}]] in double brackets"
        );
        assert_eq!(key(&format!("[{table}]\nid = 'x'\nname = 'x'\n")), expected);
    }
    assert_eq!(
        key("[others]\nonlin = true"),
        "study.toml: \"onlin\": unknown key in [others] – did you mean online?"
    );
    assert_eq!(
        key("[[group]]\nshare = 0.1"),
        "study.toml: key \"group[1]\": missing field `id` – see the list of keys in the manual"
    );
}

#[test]
fn zones_name_units_and_cells_that_exist() {
    let cases = [
        (
            "units = ['东真']\nminutes = 20",
            "key \"zone[1].units\" is \"东真\", expected a unit of the units table – did you mean 东镇?",
        ),
        (
            "units = ['nowhere']\nminutes = 20",
            "key \"zone[1].units\" is \"nowhere\", expected a unit of the units table – add it to the units table",
        ),
        (
            "cells = ['c']\nminutes = 20",
            "key \"zone[1].cells\" is \"c\", expected a cell of the cells file – did you mean a or b?",
        ),
        (
            "cells = ['xyz']\nminutes = 20",
            "key \"zone[1].cells\" is \"xyz\", expected a cell of the cells file – there are: a, b",
        ),
        (
            "cells = ['a']\nminutes = 10\n[[zone]]\nname = 'z'",
            "key \"zone[2].name\" is \"z\", expected a name that no other zone has – give every zone a name of its own",
        ),
        (
            "minutes = 20",
            "key \"zone[1].units\": units or cells of the zone – name units = [\"…\"] or cells = [\"…\"]",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(zone(lines), format!("study.toml: {expected}"));
    }
}

#[test]
fn zones_have_minutes_that_one_looks_for_and_stated_speeds() {
    let cases = [
        (
            "minutes = 45",
            "key \"zone[1].minutes\" is \"45\", expected a number from 0.01 to 30, the target's search_minutes – lower it, or raise search_minutes",
        ),
        (
            "minutes = 0",
            "key \"zone[1].minutes\" is \"0\", expected a number from 0.01 to 30 – change it",
        ),
        (
            "minutes = '20'",
            "key \"zone[1].minutes\": invalid type: string \"20\", expected a number – see the list of keys in the manual",
        ),
        (
            "minute = 20",
            "\"minute\": unknown key in [zone] – did you mean minutes?",
        ),
        (
            "",
            "key \"zone[1].minutes\": minutes or speed_kmh – say what is different in the zone",
        ),
        (
            "by = 'bus'",
            "key \"zone[1].by\" is \"bus\", expected a way of moving: walk, bicycle, e-bike or wheelchair – there are: walk, bicycle, e-bike, wheelchair",
        ),
        (
            "by = 'walk'",
            "key \"zone[1].minutes\": minutes or speed_kmh – say what is different in the zone",
        ),
        (
            "speed_kmh = 90.0",
            "key \"zone[1].speed_kmh\" is \"90\", expected a number from 0.1 to 50 – change it",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            zone(&format!("units = ['e']\n{lines}")),
            format!("study.toml: {expected}")
        );
    }
    assert_eq!(
        said("", "", "[[zone]]\nname = 'z'\nunits = ['e']\nminutes = 30"),
        Ok(())
    );
}

//! What is asked: the target, the time, the indicators.

use super::{key, said};

#[test]
fn targets_ask_for_items_and_days_that_exist() {
    let cases = [
        (
            "items = ['crt']",
            "key \"target.items\" is \"crt\", expected an item of the study – did you mean cert?",
        ),
        (
            "items = 'high-frequency'",
            "key \"target.items\": no item is asked – write items = \"all\", name some, or mark items high_frequency = yes in the items table",
        ),
        (
            "items = []",
            "key \"target.items\": no item is asked – write items = \"all\", name some, or mark items high_frequency = yes in the items table",
        ),
        (
            "date = '31.12.2024'",
            "key \"target.date\" is \"31.12.2024\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists",
        ),
        (
            "date = '2023-02-29'",
            "key \"target.date\" is \"2023-02-29\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists",
        ),
        (
            "search_minutes = 10",
            "key \"target.search_minutes\" is \"10\", expected a number from 15 to 2880 – change it",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            key(&format!("[target]\n{lines}\n")),
            format!("study.toml: {expected}")
        );
    }
}

#[test]
fn times_name_weeks_days_and_hours() {
    let cases = [
        (
            "wek = '2024-03-04'",
            "\"wek\": unknown key in [time] – did you mean week?",
        ),
        (
            "opening = 9",
            "\"opening\": unknown key in [time] – known keys: week, at, holidays, days_off, workdays, unstated_hours",
        ),
        (
            "",
            "key \"time.week\": no week is asked – name any day of it: week = \"2024-03-04\", or a moment: at = \"2024-03-04T10:00\"",
        ),
        (
            "week = '2024-13-04'",
            "key \"time.week\" is \"2024-13-04\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists",
        ),
        (
            "at = '2024-03-04'",
            "key \"time.at\" is \"2024-03-04\", expected a day and a time – write local time as 2024-03-04T10:00",
        ),
        (
            "at = '2024-03-04T25:00'",
            "key \"time.at\" is \"2024-03-04T25:00\", expected a day and a time – write local time as 2024-03-04T10:00",
        ),
        (
            "week = '2024-03-04'\nat = '2024-03-12T10:00'",
            "key \"time.week\" is \"2024-03-04\", expected a day of the week of 2024-03-12, in which time.at lies – leave week out: at names its week",
        ),
        (
            "week = '2024-03-04'\nholidays = 'XX'",
            "key \"time.holidays\" is \"XX\", expected the two letters of a country with a known calendar, or none – did you mean AX or MX?",
        ),
        (
            "week = '2024-03-04'\ndays_off = '2024-03-05'",
            "key \"time.days_off\": invalid type: string \"2024-03-05\", expected a list such as [\"a\", \"b\"] – see the list of keys in the manual",
        ),
        (
            "week = '2024-03-04'\nworkdays = ['2024-03-08..2024-03-05']",
            "key \"time.workdays\" is \"2024-03-08..2024-03-05\", expected a last day that is not before the first – write the first day, two points, and the last day: 2024-10-01..2024-10-07",
        ),
        (
            "week = '2024-03-04'\nunstated_hours = 'always'",
            "key \"time.unstated_hours\" is \"always\", expected opening hours in OSM syntax – write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\"",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            key(&format!("[time]\n{lines}\n")),
            format!("study.toml: {expected}")
        );
    }
}

const SITES: &str =
    "id,kind,unit,lon,lat,network\ns1,centre,e,116.2,29.7,yes\ns2,terminal,w,116.22,29.7,no\n";

fn indicator(lines: &str) -> Result<(), String> {
    said("sites.csv", SITES, &format!("[[indicator]]\n{lines}\n"))
}

#[test]
fn indicators_name_properties_kinds_and_units_that_exist() {
    let cases = [
        (
            "property = 'kindness'",
            "property\" is \"kindness\", expected a column that holds yes and no – there are: network",
        ),
        (
            "property = 'netwrk'",
            "property\" is \"netwrk\", expected a column that holds yes and no – did you mean network?",
        ),
        (
            "property = 'network'\ntarget = 90.0",
            "target\" is \"90\", expected a number from 0 to 1 – write 0.9 for 90 %",
        ),
        (
            "property = 'network'\nunits = ['东真']",
            "units\" is \"东真\", expected a unit of the units table – did you mean 东镇?",
        ),
        (
            "property = 'network'\nkinds = ['centres']",
            "kinds\" is \"centres\", expected a kind that some site has – did you mean centre?",
        ),
        (
            "property = 'network'\nitems = 'all'",
            "items\": no such key with of = \"sites\" – remove it, or write of = \"items\"",
        ),
        (
            "property = 'network'\nby = 'soon'",
            "by\" is \"soon\", expected a date – write it as 2024-12-31 (year-month-day), a day that exists",
        ),
    ];
    for (lines, expected) in cases {
        let expected = format!("study.toml: key \"indicator[1].{expected}");
        assert_eq!(
            indicator(&format!("name = 'n'\nof = 'sites'\n{lines}")),
            Err(expected)
        );
    }
    assert_eq!(
        indicator("name = 'n'\nof = 'site'\nproperty = 'network'"),
        Err("study.toml: key \"indicator[1].of\" is \"site\", expected sites, items, departments, units – did you mean sites?".to_owned())
    );
    assert_eq!(
        indicator("name = 'n'\nof = 'items'\nproperty = 'network'"),
        Err("study.toml: key \"indicator[1].property\" is \"network\", expected a column that holds yes and no – the table has none: add the column".to_owned())
    );
}

#[test]
fn a_mark_needs_a_weight_and_weights_are_numbers() {
    let mark = |lines: &str| said("sites.csv", SITES, &format!("[mark]\n{lines}\n"));
    let cases = [
        (
            "",
            "key \"mark.coverage\": a weight above 0 – write weights such as coverage = 50, indicators = 30, trend = 20",
        ),
        (
            "indicators = -1.5",
            "key \"mark.indicators\" is \"-1.5\", expected a number from 0 to 1000000 – change it",
        ),
        (
            "coverag = 50",
            "\"coverag\": unknown key in [mark] – did you mean coverage?",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(
            mark(lines),
            Err(format!("study.toml: {expected}")),
            "{lines}"
        );
    }
    assert_eq!(mark("coverage = 50\nindicators = 30\ntrend = 20"), Ok(()));
}

#[test]
fn who_answers_for_a_task_has_a_name() {
    let phase = "[[phase]]\nname = 'p'\ndate = 2024-12-31\nshare = 0.5\nresponsible = ['']\n";
    assert_eq!(
        said("sites.csv", SITES, phase),
        Err("study.toml: key \"phase[1].responsible\": the name of who answers for it – name it, or remove the key".to_owned())
    );
}

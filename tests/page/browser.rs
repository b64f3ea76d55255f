//! The page in a browser: no complaint, no request, and what a reader does shows what it should.

use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;
use walkshed::model::Language;

use crate::devtools::Browser;
use crate::drawn::{Naming, plainly, town, write};
use crate::hostile::hostile;

/// The town's page in a folder, and a browser; none where no browser is.
fn opened(naming: Naming, language: Language) -> Option<(Browser, PathBuf, TempDir)> {
    let browser = Browser::start()?;
    let folder = tempfile::tempdir().expect("a folder");
    write(&town(naming, language), folder.path());
    let page = folder.path().join("report.html");
    Some((browser, page, folder))
}

/// Where a cell stands in the window, as the script draws it: in the middle, for a link leads there.
const MIDDLE: &str = "(() => { const box = document.querySelector('#canvas').getBoundingClientRect(); \
     return [box.x + box.width / 2, box.y + box.height / 2] })()";

fn place(value: &Value) -> [f64; 2] {
    [0, 1].map(|axis| value[axis].as_f64().expect("a number"))
}

#[test]
fn a_reader_finds_points_at_and_clicks_what_she_looks_for() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    browser.open(&page, "#cell=c");
    let said = browser.text("#chosen");
    for part in [
        "cell c",
        "unit 12",
        "too far",
        "build or move a site",
        "16 min 30 s",
        "site t",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The link has put c into the middle: there the pointer finds it, and a click on the free land
    // beside the street lets it go.
    let middle = place(&browser.value(MIDDLE));
    browser.mouse(&["mouseMoved"], middle);
    let tip = browser.text("#tip");
    assert!(tip.starts_with("cell c · too far · 16 min 30 s"), "{tip}");
    let beside = [middle[0] - 200.0, middle[1] + 120.0];
    browser.mouse(&["mouseMoved"], beside);
    assert_eq!(browser.value("document.querySelector('#tip').hidden"), true);
    browser.mouse(&["mousePressed", "mouseReleased"], beside);
    assert_eq!(browser.text("#chosen"), "");
    browser.mouse(&["mousePressed", "mouseReleased"], middle);
    assert!(browser.text("#chosen").contains("cell c"));
    // Dragged to the right by 150 pixels, c stands there and no more in the middle.
    let aside = [middle[0] + 150.0, middle[1]];
    browser.mouse(&["mousePressed"], middle);
    browser.mouse(&["mouseMoved", "mouseReleased"], aside);
    browser.mouse(&["mouseMoved"], aside);
    assert!(browser.text("#tip").starts_with("cell c"));
    browser.mouse(&["mouseMoved"], middle);
    assert_eq!(browser.value("document.querySelector('#tip').hidden"), true);
    // The search finds the kiosk, and a click on what it found goes there.
    browser.value(
        "(() => { const field = document.querySelector('#search'); field.value = 'SITE T'; \
         field.dispatchEvent(new Event('input')); document.querySelector('#hits button').click() })()",
    );
    let said = browser.text("#chosen");
    assert!(said.contains("site t") && said.contains("kiosk"), "{said}");
    assert_eq!(browser.value("location.hash"), "#site=t");
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn layers_come_and_go_and_tables_are_sorted() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    browser.open(&page, "");
    let drawn = "document.querySelector('#canvas').dataset.drawn";
    assert_eq!(browser.value(drawn), "share cells:5 sites:2 off:");
    let legend = browser.text("#legend");
    assert_eq!(legend, "100 % (3)0 % (2)the larger a dot, the more people");
    let click = |input: &str| format!("document.querySelector(\"input[value='{input}']\").click()");
    browser.value(&click("verdict"));
    let legend = browser.text("#legend");
    assert!(legend.starts_with("covered (3)too far (1)stranded (1)"));
    browser.value(&click("minutes"));
    browser.value(&click("streets"));
    // The kinds of sites are in the order of their names: hall, kiosk.
    browser.value(&click("sites1"));
    assert_eq!(
        browser.value(drawn),
        "minutes cells:5 sites:1 off:sites1,streets"
    );
    assert!(
        browser.text("#legend").starts_with("up to 5 min (3)"),
        "{}",
        browser.text("#legend")
    );
    browser.value(&click("streets"));
    assert_eq!(browser.value(drawn), "minutes cells:5 sites:1 off:sites1");
    browser.open(&page, "#layer=score&off=names,sites0");
    assert_eq!(
        browser.value(drawn),
        "score cells:5 sites:1 off:names,sites0"
    );

    let names = "Array.from(document.querySelectorAll('#units-table tbody tr'), (row) => row.cells[0].textContent)";
    let before = browser.value(names);
    assert_eq!(before, json!(["unit 1", "unit 11", "unit 12", "in all"]));
    let share = "Array.from(document.querySelectorAll('#units-table th')).find((head) => head.textContent === 'share')";
    // The greatest share first, and the total last; again, the other way round.
    browser.value(&format!("{share}.click()"));
    assert_eq!(
        browser.value(names),
        json!(["unit 11", "unit 1", "unit 12", "in all"])
    );
    browser.value(&format!("{share}.click()"));
    assert_eq!(
        browser.value(names),
        json!(["unit 12", "unit 1", "unit 11", "in all"])
    );
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn a_link_to_a_place_shows_what_stands_there() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::Chinese) else {
        return;
    };
    let study = town(plainly, Language::Chinese);
    for id in ["a", "b", "c", "d"] {
        let cell = study
            .cells()
            .iter()
            .find(|(_, cell)| cell.id == id)
            .expect("it is there")
            .1;
        let at = cell.at.expect("it has a place");
        // Three metres off: nothing stands nearer.
        browser.open(&page, &format!("#at={},{}", at.lon() + 3e-5, at.lat()));
        let said = browser.text("#chosen h3");
        assert_eq!(said, format!("cell {id}"));
    }
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn the_wheel_scrolls_the_page_until_the_map_is_chosen() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    browser.open(&page, "#cell=c");
    let scrolls = |keys: &str| {
        format!(
            "document.querySelector('#canvas').dispatchEvent(new WheelEvent('wheel', \
             {{deltaY: 9, cancelable: true, {keys}}}))"
        )
    };
    assert_eq!(browser.value(&scrolls("")), true);
    assert_eq!(browser.value(&scrolls("ctrlKey: true")), false);
    let middle = place(&browser.value(MIDDLE));
    browser.mouse(&["mousePressed", "mouseReleased"], middle);
    assert_eq!(browser.value(&scrolls("")), false);
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn the_same_link_leads_there_again() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    browser.open(&page, "");
    let click = "document.querySelector('#gaps a[href]').click()";
    browser.value(click);
    browser.value("scrollTo(0, document.body.scrollHeight)");
    browser.value(click);
    let top = browser.value("document.querySelector('#where').getBoundingClientRect().top");
    assert!(top.as_f64().is_some_and(|top| top.abs() < 2.0), "{top}");
}

#[test]
fn on_a_phone_what_is_chosen_stands_under_the_map() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    let phone = json!({"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": true});
    browser.ask("Emulation.setDeviceMetricsOverride", &phone);
    browser.open(&page, "#cell=c");
    let apart = "document.querySelector('#chosen').getBoundingClientRect().top \
         - document.querySelector('#stage').getBoundingClientRect().bottom";
    let apart = browser.value(apart).as_f64().expect("a number");
    assert!((0.0..40.0).contains(&apart), "{apart}");
}

#[test]
fn complaints_and_requests_are_heard() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    browser.open(&page, "");
    browser.value("console.log('heard')");
    assert_eq!(browser.complaints().len(), 1);
    // The policy forbids what a name might try, and says so.
    browser.open(&page, "");
    browser.value(
        "document.body.append(Object.assign(document.createElement('img'), {src: 'x.png'}))",
    );
    browser.value("1");
    assert!(!browser.complaints().is_empty());
}

#[test]
fn hostile_names_stay_text() {
    let Some((mut browser, page, _folder)) = opened(hostile, Language::English) else {
        return;
    };
    browser.open(&page, "");
    browser.value("document.querySelector('#gaps a[href]').click()");
    let said = browser.text("#chosen h3");
    assert!(
        said.contains("</script><script>alert(1)</script><img src=x onerror=alert(1)>"),
        "{said}"
    );
    browser.value(
        "(() => { const field = document.querySelector('#search'); field.value = 'onerror'; \
         field.dispatchEvent(new Event('input')) })()",
    );
    assert!(browser.text("#hits").contains("<img src=x"));
    assert_eq!(
        browser
            .value("document.querySelectorAll('img, [onerror], [onmouseover], [onclick]').length"),
        0
    );
    assert_eq!(
        browser.value("document.querySelectorAll('script').length"),
        2
    );
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

#[test]
fn without_script_figures_and_a_map_are_there() {
    let Some((mut browser, page, _folder)) = opened(plainly, Language::English) else {
        return;
    };
    let box_of = "document.querySelector('svg.still').getBoundingClientRect().height > 200";
    browser.open(&page, "");
    assert_eq!(browser.value(box_of), false, "the script has its own map");
    browser.ask(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": true}),
    );
    browser.open(&page, "");
    browser.ask(
        "Emulation.setScriptExecutionDisabled",
        &json!({"value": false}),
    );
    assert_eq!(browser.value(box_of), true);
    assert_eq!(
        browser.value("document.querySelector('#map').getBoundingClientRect().height"),
        0
    );
    assert_eq!(browser.value("document.documentElement.className"), "");
    // In print the still map stands for the other.
    browser.open(&page, "");
    browser.ask("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    assert_eq!(browser.value(box_of), true);
    assert_eq!(
        browser.value("document.querySelector('#map').getBoundingClientRect().height"),
        0
    );
    assert_eq!(browser.complaints(), Vec::<&Value>::new());
}

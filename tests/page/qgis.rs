//! The styles for QGIS: well-formed, with a class for each verdict and kind, and names that stay names.

use std::fs;

use quick_xml::Reader;
use quick_xml::events::Event;
use walkshed::model::{Language, Study};

use crate::drawn::{Naming, plainly, town, write};
use crate::hostile::hostile;

/// The values of this attribute of these elements of a style. What is no XML is a panic.
fn values(style: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(style);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return found,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                let value = tag.try_get_attribute(attribute).expect("well-formed");
                let value = value.map(|value| value.value.into_owned());
                found.extend(value);
            }
            _ => {}
        }
    }
}

fn styles(naming: Naming, language: Language) -> [String; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let study: Study = town(naming, language);
    write(&study, folder.path());
    ["cells.qml", "sites.qml"]
        .map(|name| fs::read_to_string(folder.path().join(name)).expect("written"))
}

#[test]
fn each_verdict_and_kind_has_a_class_with_a_symbol_of_its_own() {
    let [cells, sites] = styles(plainly, Language::Chinese);
    let verdicts = walkshed::score::VerdictKind::ALL.map(|kind| kind.word().to_owned());
    assert_eq!(values(&cells, "category", "value"), verdicts);
    assert_eq!(values(&cells, "category", "label")[0], "已覆盖");
    assert_eq!(values(&sites, "category", "value"), ["hall", "kiosk"]);
    for style in [&cells, &sites] {
        let asked = values(style, "category", "symbol");
        assert_eq!(values(style, "symbol", "name"), asked);
        assert_eq!(values(style, "symbol", "type"), vec!["marker"; asked.len()]);
    }
    assert_eq!(values(&cells, "renderer-v2", "attr"), ["verdict"]);
    assert_eq!(values(&sites, "renderer-v2", "attr"), ["kind"]);
    assert!(cells.contains("0,158,115,255"), "{cells}");
}

#[test]
fn names_from_the_data_stay_names() {
    let writable = |name: &str| hostile(name).replace(char::is_control, "");
    let [_, sites] = styles(writable, Language::English);
    let kinds = values(&sites, "category", "value");
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(!sites.contains("<script") && !sites.contains("<img"));
}

#[test]
fn kinds_that_no_style_can_name_are_drawn_as_all_others() {
    let [_, sites] = styles(hostile, Language::English);
    assert_eq!(values(&sites, "category", "value"), [""]);
    assert_eq!(values(&sites, "symbol", "name"), ["0"]);
    assert!(!sites.contains(|sign: char| sign.is_control() && sign != '\n'));
}

//! Names from the data stay names, whatever they are.

use proptest::prelude::*;
use walkshed::model::Language;

use crate::drawn::{page, plainly, town};
use crate::marks::Marks;
use crate::structure::data;

/// What names may try.
pub const TRIES: [&str; 9] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onclick='alert(1)",
    "<!--",
    "]]>&lt;b&gt;",
    "\u{202e}gnp.exe\u{2066}\u{200b}",
    "a\u{0}b\u{1b}[31mc\nd\u{2028}e\u{ffff}",
    "</style></title></svg></bdi>",
];

/// All tries in one name.
pub fn hostile(name: &str) -> String {
    format!("{name}{}", TRIES.concat())
}

#[test]
fn hostile_names_change_no_mark_of_the_page() {
    for language in [Language::English, Language::Chinese] {
        let plain = Marks::of(&page(&town(plainly, language)));
        let tried = page(&town(hostile, language));
        let marks = Marks::of(&tried);
        assert_eq!(plain.names(), marks.names());
        for ((_, before), (_, after)) in plain.elements.iter().zip(&marks.elements) {
            assert!(before.keys().eq(after.keys()), "{after:?}");
        }
        let scripts: Vec<&str> = marks.within("script").collect();
        assert_eq!(scripts.len(), 2, "the data and our own");
        assert_eq!(plain.within("script").nth(1), Some(scripts[1]));
        // Nothing steers a terminal or turns the direction of what stands beside it.
        let steers = |sign: char| {
            sign.is_control() && sign != '\n'
                || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{ffff}')
        };
        assert!(!tried.contains(steers));
    }
}

#[test]
fn a_name_comes_back_as_it_is_but_for_what_steers() {
    let data = data(&page(&town(hostile, Language::English)));
    let name = data["cells"]["name"][0].as_str().expect("a name");
    assert!(
        name.starts_with("cell a</script><script>alert(1)</script><img src=x"),
        "{name}"
    );
    assert!(name.contains("\u{fffd}gnp.exe\u{fffd}\u{fffd}"), "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_name_changes_a_mark(name in "[<>&\"'/!a-z\\[\\]=\\-\\\\\\s\\PC]{0,30}") {
        let study = town(plainly, Language::English);
        let marks = Marks::of(&page(&study));
        let renamed = study.with(|parts| {
            parts.name.push_str(&name);
            let mut cells = parts.cells.as_slice().to_vec();
            for cell in &mut cells {
                cell.name.push_str(&name);
                cell.id.push_str(&name);
            }
            parts.cells = walkshed::model::Cells::new(cells);
        });
        let renamed = page(&renamed.expect("ids stay unique"));
        let renamed = Marks::of(&renamed);
        prop_assert_eq!(marks.names(), renamed.names());
    }
}

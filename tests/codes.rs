//! Every code of an error or a finding is on the page of codes, in both languages, and no other word is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in which errors and findings are made.
const ROOMS: [&str; 4] = ["src/read", "src/model", "src/report", "src/snap"];

/// Words of these rooms with a hyphen that are no codes: kinds of sites, verdicts, words of study files and of
/// results. A new word is either one of them or belongs on the page.
const NO_CODES: &str = "add-street at-home at-site at-sites bank-terminal build-site change-table \
     close-site county-centre cross-area cut-street digital-town e-bike fill-opacity first-review hand-down \
     high-frequency kind-barred left-out mall-kiosk map-sites marker-color merge-sites move-site newly-covered \
     no-helper no-referrer not-handled not-offered one-way open-site other-unit out-of-reach own-unit \
     park-centre post-office sans-serif self-service slow-street station-kiosk telecom-outlet to-come too-far \
     township-centre trend-table units-table utf-8 village-station no-unit line-key";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The code of a folder, file by file, without tests.
fn sources(folder: &Path) -> Vec<String> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path
            .file_name()
            .expect("it has one")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !name.contains("tests") {
            let text = fs::read_to_string(&path).expect("readable");
            let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            sources.push(code.to_owned());
        }
    }
    sources
}

/// Whether a text is made of small letters and digits with hyphens between them.
fn is_hyphened(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.contains('-')
        && text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && parts.all(is_part)
}

/// The codes in these rooms: what stands after `code:`, and every hyphened word that is not known to be none.
fn codes() -> BTreeSet<String> {
    let no_codes: BTreeSet<&str> = NO_CODES.split_whitespace().collect();
    let mut codes = BTreeSet::new();
    for source in ROOMS.iter().flat_map(|room| sources(&root().join(room))) {
        let named = source.split("code: \"").skip(1);
        let named = named.filter_map(|rest| rest.split('"').next());
        codes.extend(named.map(str::to_owned));
        let quoted = source.split('"').filter(|text| is_hyphened(text));
        let quoted = quoted.filter(|text| !no_codes.contains(text));
        codes.extend(quoted.map(str::to_owned));
    }
    codes
}

/// The codes in the first column of a page's tables.
fn listed(page: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(page)).expect("readable");
    let firsts = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    let codes = firsts.flat_map(|first| first.split(',').map(|code| code.trim().trim_matches('`')));
    codes.map(str::to_owned).collect()
}

#[test]
fn no_code_is_missing_and_none_is_made_up() {
    let codes = codes();
    assert!(codes.len() > 250, "{}", codes.len());
    for page in ["src/codes.md", "src/codes.zh-CN.md"] {
        let listed = listed(page);
        let different: BTreeSet<String> = listed.iter().cloned().collect();
        assert_eq!(different.len(), listed.len(), "{page}: a code stands twice");
        let missing: Vec<_> = codes.difference(&different).collect();
        assert!(missing.is_empty(), "{page} lacks {missing:?}");
        let made_up: Vec<_> = different.difference(&codes).collect();
        assert!(made_up.is_empty(), "{page}: no code is {made_up:?}");
    }
}

#[test]
fn every_row_says_what_it_means_and_what_to_do() {
    for page in ["src/codes.md", "src/codes.zh-CN.md"] {
        let text = fs::read_to_string(root().join(page)).expect("readable");
        for row in text.lines().filter(|line| line.starts_with("| `")) {
            let fields: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(fields.len(), 3, "{row}");
            assert!(
                fields.iter().all(|field| field.chars().count() >= 3),
                "{row}"
            );
        }
    }
}

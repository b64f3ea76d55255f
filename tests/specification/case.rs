//! How a file of cases is written.
//!
//! The first eight columns hold a keyword, or nothing where a line goes on with what is above it. Prose
//! before the first `case` is for the reader.
//!
//! ```text
//! case    Accept in the village, issue in the county seat.
//! town    A--h-----v----c--B            a character is 100 m, 90 seconds; small letters that no row of
//! sites   id kind                       sites names are cells
//!         v  village-station
//! cells   id unit                       tables as in the files of a study; - is an empty field
//! items   id   steps
//! offers  site item depth
//! target  minutes = 15                  the lines of study.toml under [target]
//! rules   [[zone]]                      and all that follow
//! stairs  B-C                           a street between two junctions that is stairs
//! area    5                             a boundary as many characters east, streets and sites up to it
//! ask     h cert → covered by c after 12 min 00 s
//! if      offers without c ; offers with v cert whole ; target minutes = 10
//! ask     …                             what follows is asked of the changed situation
//! ```

use std::collections::BTreeMap;

#[derive(Clone, Default)]
pub struct Case {
    /// As written, without its questions.
    pub text: String,
    /// What stands under each keyword.
    pub blocks: BTreeMap<String, Vec<String>>,
    pub steps: Vec<Step>,
}

#[derive(Clone)]
pub enum Step {
    If(String),
    Ask { question: String, expected: String },
}

pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut keyword = "";
    for line in text.lines() {
        let (key, rest) = line.split_at_checked(8).unwrap_or((line, ""));
        if !key.trim().is_empty() {
            keyword = key.trim();
        }
        if keyword == "case" && !key.trim().is_empty() {
            cases.push(Case::default());
        }
        if let Some(case) = cases.last_mut().filter(|_| !rest.trim().is_empty()) {
            case.take(keyword, rest, line);
        }
    }
    cases
}

impl Case {
    fn take(&mut self, keyword: &str, rest: &str, line: &str) {
        match keyword {
            "ask" => {
                let (question, expected) = rest
                    .split_once('→')
                    .unwrap_or_else(|| panic!("no arrow in {line}"));
                let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
                self.steps.push(Step::Ask {
                    question: question.trim().to_owned(),
                    expected,
                });
            }
            "if" => self.steps.push(Step::If(rest.trim().to_owned())),
            _ => {
                self.text.extend(["  ", line, "\n"]);
                self.blocks
                    .entry(keyword.to_owned())
                    .or_default()
                    .push(rest.to_owned());
            }
        }
    }

    /// The lines under a keyword.
    pub fn block(&self, keyword: &str) -> &[String] {
        self.blocks.get(keyword).map_or(&[], Vec::as_slice)
    }

    /// The rows of a table, its head first.
    pub fn table(&self, keyword: &str) -> Vec<Vec<String>> {
        self.block(keyword)
            .iter()
            .map(|line| fields(line))
            .collect()
    }

    /// The situation after changes such as `offers without c`, parted by semicolons.
    pub fn changed(&self, changes: &str) -> Self {
        let mut case = self.clone();
        for change in changes.split(" ; ") {
            let (table, what) = change.trim().split_once(' ').expect("a table and a change");
            let block = case.blocks.entry(table.to_owned()).or_default();
            if let Some(row) = what.strip_prefix("with ") {
                block.push(row.to_owned());
            } else if let Some(row) = what.strip_prefix("without ") {
                let before = block.len();
                block.retain(|line| !fields(line).starts_with(&fields(row)));
                assert!(block.len() < before, "nothing to change by {change}");
            } else {
                set(block, what);
            }
        }
        case
    }
}

/// Puts a line in the place of the first one that sets the same key, or at the end.
fn set(block: &mut Vec<String>, line: &str) {
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    match block.iter_mut().find(|old| key(old) == key(line)) {
        Some(old) => line.clone_into(old),
        None => block.push(line.to_owned()),
    }
}

/// The fields of a row, parted by blanks; a field with blanks stands in quotes, - is an empty one.
fn fields(line: &str) -> Vec<String> {
    let mut fields = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 1 {
            fields.push(part.to_owned());
        } else {
            fields.extend(part.split_whitespace().map(|field| {
                if field == "-" {
                    String::new()
                } else {
                    field.to_owned()
                }
            }));
        }
    }
    fields
}

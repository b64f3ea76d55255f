//! The rules of the plan as a specification that a planner can read.
//!
//! Each rule has a text file beside this one: the situation drawn as a town, the tables of the study as
//! they stand in its files, and beside each question the expected answer. `case.rs` tells how such a
//! file is written; `town.rs` turns a case into the files of a study and reads them; `answer.rs`
//! answers the questions.

mod answer;
mod case;
mod town;

use std::fmt::Write as _;

use case::{Case, Step, cases};

macro_rules! rules {
    ($($rule:ident),* $(,)?) => {
        $(
            #[test]
            fn $rule() {
                hold(include_str!(concat!(stringify!($rule), ".txt")));
            }
        )*
    };
}

rules! {
    depth, units, offers, dates, one_stop, groups, group_walks, online, hours, zones, limit, people, edges,
    ways, home_help, pairs_of_depth, pairs_of_place, pairs_of_people, pairs_of_time,
}

/// Every case of a file; those that fail are shown whole, with what was expected and what was found.
fn hold(text: &str) {
    let cases = cases(text);
    assert!(cases.len() > 2, "a rule has three cases or more");
    let failures: Vec<String> = cases.iter().filter_map(failure).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases:\n{}",
        failures.len(),
        cases.len(),
        failures.concat()
    );
}

/// The case with expected and found answers side by side; none when all are as expected.
fn failure(case: &Case) -> Option<String> {
    let (mut shown, mut fails, mut changed) = (format!("\n{}\n", case.text), false, None);
    assert!(
        case.steps
            .iter()
            .any(|step| matches!(step, Step::Ask { .. })),
        "{}: nothing is asked",
        case.text
    );
    for step in &case.steps {
        match step {
            Step::If(changes) => {
                changed = Some(case.changed(changes));
                writeln!(shown, "  if      {changes}").expect("text grows");
            }
            Step::Ask { question, expected } => {
                let found =
                    answer::answer(&town::study(changed.as_ref().unwrap_or(case)), question);
                let fits = found == *expected;
                fails |= !fits;
                let mark = if fits { "   " } else { "!! " };
                let lines =
                    format!("{mark}{question}\n     expected {expected}\n     found    {found}\n");
                shown.push_str(&lines);
            }
        }
    }
    fails.then_some(shown)
}

//! `[mark]`: what the one mark of units and departments is made of.
//!
//! ```toml
//! [mark]
//! coverage = 50      # weights: how much each part counts; 0, or without it: not at all
//! indicators = 30
//! trend = 20
//! ```

use serde::Deserialize;

use super::wrong::Wrong;
use crate::model::{Decimal, MarkRule};
use crate::read::error::ReadError;
use crate::words::text;

/// The keys of the table.
pub(crate) const KEYS: &[&str] = &["coverage", "indicators", "trend"];

/// The largest weight.
const MOST: f64 = 1e6;

/// The table, as written.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct MarkTable {
    coverage: f64,
    indicators: f64,
    trend: f64,
}

impl MarkTable {
    /// The rule.
    ///
    /// # Errors
    /// When a weight is none, or all of them are nought.
    pub(crate) fn rule(&self, file: &str) -> Result<MarkRule, ReadError> {
        let wrong = Wrong::one("mark", file);
        let rule = MarkRule {
            coverage: weight("coverage", self.coverage, &wrong)?,
            indicators: weight("indicators", self.indicators, &wrong)?,
            trend: weight("trend", self.trend, &wrong)?,
        };
        if rule == MarkRule::default() {
            return Err(wrong.key("coverage", text!(SomeWeight), text!(WriteWeights)));
        }
        Ok(rule)
    }
}

fn weight(key: &str, value: f64, wrong: &Wrong) -> Result<Decimal, ReadError> {
    // Written so that a number that is none (nan) is out of range, too.
    let weight = Decimal::of(value).filter(|_| (0.0..=MOST).contains(&value));
    weight.ok_or_else(|| {
        let expected = text!(NumberBetween, least = 0_u32, most = MOST);
        wrong.value((key, &value.to_string()), expected, text!(ChangeNumber))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MarkRule, String> {
        let table: MarkTable = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        table.rule("study.toml").map_err(|e| e.to_string())
    }

    #[test]
    fn weights_are_numbers_of_which_one_is_more_than_nought() {
        let rule = read("coverage = 50\ntrend = 0.5").expect("good");
        let [coverage, indicators, trend] =
            [50.0, 0.0, 0.5].map(|weight| Decimal::of(weight).expect("small"));
        assert_eq!(
            rule,
            MarkRule {
                coverage,
                indicators,
                trend
            }
        );
        for (text, expected) in [
            (
                "",
                "key \"mark.coverage\": a weight above 0 – write weights such as",
            ),
            ("trend = 0", "a weight above 0"),
            (
                "coverage = -1",
                "\"mark.coverage\" is \"-1\", expected a number from 0 to 1000000 – change it",
            ),
            ("coverage = nan", "expected a number from 0"),
            ("coverage = 1e7", "expected a number from 0"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}

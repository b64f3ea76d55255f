//! The line above a table that says in which unit it counts: `单位：万人`.

use super::Heads;
use crate::model::Severity;
use crate::read::error::plain;
use crate::read::formats::sheet::SheetRow;
use crate::read::formats::table::Remark;
use crate::read::formats::values::text;
use crate::read::listed::quoted;
use crate::text::formula::half_width;
use crate::words::text as words;

/// Names each column that counts in a unit said above, as if its own head said it; what was done.
///
/// Whoever filled the table in is a 单位 as well: only what some column counts in is a unit, and what says
/// thousands without any such column is doubtful.
pub(super) fn applied(above: &[SheetRow], names: &mut [String], heads: &dyn Heads) -> Vec<Remark> {
    let said = above.iter().flat_map(|row| row.values.iter());
    let units: Vec<String> = said
        .filter_map(text)
        .flat_map(|said| units_of(&said))
        .collect();
    let mut remarks = Vec::new();
    for unit in units {
        let mut count = 0_u64;
        for name in names.iter_mut() {
            if let Some(in_unit) = heads.in_unit(name, &unit) {
                *name = in_unit;
                count += 1;
            }
        }
        let is_large = unit.contains(['万', '亿', '千', '百']);
        let unit = quoted(&plain(&unit));
        if count > 0 {
            remarks.push(super::repaired(
                "unit-line",
                words!(UnitLine, unit = unit, count = count),
            ));
        } else if is_large {
            remarks.push(Remark {
                severity: Severity::Suspicious,
                code: "unit-line",
                message: words!(UnitLineOfNone, unit = unit),
            });
        }
    }
    remarks
}

/// The units that a text names: what stands behind `单位：`, up to a bracket, a blank or a stop, and what
/// stands in brackets at its end.
fn units_of(said: &str) -> Vec<String> {
    let narrow: String = said.chars().map(half_width).collect();
    let lower = narrow.to_lowercase();
    let mut units = Vec::new();
    for word in ["单位", "unit", "units"] {
        let behind = lower
            .match_indices(word)
            .map(|(at, word)| &lower[at + word.len()..]);
        units.extend(behind.filter_map(|rest| {
            let rest = rest.trim_start_matches([':', '(', ' ', '为', '是']);
            let is_end = |c: char| {
                c.is_whitespace() || matches!(c, ')' | ']' | '】' | ',' | ';' | '、' | '。')
            };
            let unit = rest[..rest.find(is_end).unwrap_or(rest.len())].trim();
            // 人口:万人, as in 单位:人口:万人.
            let unit = unit.rsplit(':').next().unwrap_or_default();
            (!unit.is_empty()).then(|| unit.to_owned())
        }));
    }
    let in_brackets = lower
        .trim_end()
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once('('));
    if let Some((_, unit)) = in_brackets {
        units.push(
            unit.trim_start_matches("单位")
                .trim_start_matches(':')
                .trim()
                .to_owned(),
        );
    }
    units.dedup();
    units
}

#[cfg(test)]
mod tests {
    use super::units_of;

    #[test]
    fn a_unit_stands_behind_its_word_or_in_brackets() {
        for (said, unit) in [
            ("单位：万人", "万人"),
            ("人口统计表（单位：人）", "人"),
            ("单位: 户、人", "户"),
            ("单位 万人", "万人"),
            ("单位（万人）", "万人"),
            ("湖口县人口表（万人）", "万人"),
            ("填报单位：民政局 单位：万人", "万人"),
            ("单位：人口：万人；面积：亩", "万人"),
        ] {
            assert!(
                units_of(said).contains(&unit.to_owned()),
                "{said}: {:?}",
                units_of(said)
            );
        }
        assert!(units_of("单位：").is_empty() && units_of("填报单位").is_empty());
    }
}

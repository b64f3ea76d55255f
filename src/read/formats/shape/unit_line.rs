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

/// Names each column that counts in the unit said above, as if its own head said it; what was done.
pub(super) fn applied(
    above: &[SheetRow],
    names: &mut [String],
    heads: &dyn Heads,
) -> Option<Remark> {
    let said = above.iter().flat_map(|row| row.values.iter());
    let unit = said.filter_map(text).find_map(|said| unit_of(&said))?;
    let mut count = 0_u64;
    for name in names {
        if let Some(in_unit) = heads.in_unit(name, &unit) {
            *name = in_unit;
            count += 1;
        }
    }
    let unit = quoted(&plain(&unit));
    Some(if count > 0 {
        super::repaired("unit-line", words!(UnitLine, unit = unit, count = count))
    } else {
        Remark {
            severity: Severity::Suspicious,
            code: "unit-line",
            message: words!(UnitLineOfNone, unit = unit),
        }
    })
}

/// The unit that a text names: what stands behind `单位：`, up to a bracket, a blank or a stop.
fn unit_of(said: &str) -> Option<String> {
    let narrow: String = said.chars().map(half_width).collect();
    let lower = narrow.to_lowercase();
    let behind = ["单位:", "unit:", "units:"];
    let start = behind
        .iter()
        .find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let rest = lower[start..].trim_start();
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '】' | ',' | ';' | '、'));
    let unit = rest[..end.unwrap_or(rest.len())].trim();
    (!unit.is_empty()).then(|| unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::unit_of;

    #[test]
    fn a_unit_stands_behind_its_word() {
        assert_eq!(unit_of("单位：万人"), Some("万人".to_owned()));
        assert_eq!(unit_of("人口统计表（单位：人）"), Some("人".to_owned()));
        assert_eq!(unit_of("单位: 户、人"), Some("户".to_owned()));
        assert_eq!(unit_of("填报单位"), None);
        assert_eq!(unit_of("单位："), None);
    }
}

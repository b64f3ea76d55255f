//! What the heads of a study's tables mean, for whoever has to find them.

use super::columns::{canonical, meaning};
use super::heads::{counts_in, folded, units_of};
use super::tidy::is_note;
use crate::read::formats::shape::Heads;

/// The known columns, and those that the study names for a file.
pub(crate) struct KnownHeads {
    /// The file's heads, folded, and what each is to mean.
    chosen: Vec<(String, String)>,
}

impl KnownHeads {
    /// Those of a file of which the study names some: our name and theirs.
    pub(crate) fn of(columns: &[(String, String)]) -> Self {
        let chosen = columns
            .iter()
            .map(|(known, theirs)| (folded(theirs), canonical(known).to_owned()));
        Self {
            chosen: chosen.collect(),
        }
    }
}

impl Heads for KnownHeads {
    fn meaning(&self, head: &str) -> Option<String> {
        let name = folded(head);
        let mut chosen = self.chosen.iter();
        let meant = chosen.find(|(theirs, _)| *theirs == name);
        meant
            .map(|(_, known)| known.clone())
            .or_else(|| meaning(head).map(str::to_owned))
    }

    fn is_counted(&self, head: &str) -> bool {
        let meant = self.meaning(head);
        meant.is_some_and(|known| units_of(&known).is_some())
    }

    fn in_unit(&self, head: &str, unit: &str) -> Option<String> {
        let meant = self.meaning(head)?;
        let factor = counts_in(&meant, unit)?;
        // A head that says its own unit counts in that.
        let says_its_own = folded(head).contains(['(', '/', ':']);
        (!says_its_own).then(|| {
            if factor > 1.0 {
                format!("{head}（{unit}）")
            } else {
                head.to_owned()
            }
        })
    }

    fn is_note(&self, said: &str) -> bool {
        is_note(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_in_the_unit_above_them() {
        let heads = KnownHeads::of(&[]);
        let named = |head: &str, unit: &str| heads.in_unit(head, unit);
        assert_eq!(named("人口", "万人").as_deref(), Some("人口（万人）"));
        assert_eq!(named("人口", "人").as_deref(), Some("人口"));
        assert_eq!(named("人口（人）", "万人"), None);
        assert_eq!(named("面积", "万人"), None);
        assert_eq!(named("名称", "万人"), None);
    }

    #[test]
    fn a_head_means_what_the_study_says_before_what_it_says_itself() {
        let heads = KnownHeads::of(&[("population".into(), "面积".into())]);
        assert_eq!(heads.meaning("面积").as_deref(), Some("population"));
        assert_eq!(
            heads.meaning("2024年人口（人）").as_deref(),
            Some("population")
        );
        assert_eq!(heads.meaning("备注"), None);
        assert!(heads.is_counted("户数") && !heads.is_counted("名称"));
    }
}

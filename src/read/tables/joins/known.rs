//! The ids and names that there are, and which of them a text means.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::tables::heads::folded;

/// What the rows of a table are called.
#[derive(Debug, Default)]
pub(crate) struct Known<'a> {
    ids: BTreeSet<&'a str>,
    /// Names, folded, and whose they are.
    names: BTreeMap<String, Vec<&'a str>>,
    /// Ids of digits alone, without the zeros that they begin with.
    digits: BTreeMap<&'a str, Vec<&'a str>>,
}

/// Which of the known ones a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant<'a> {
    /// The one with this id.
    Id,
    /// The only one of this name: its id.
    Named(&'a str),
    /// The only one whose code differs in leading zeros alone: its id.
    Zeros(&'a str),
    /// Several have this name: their ids.
    Several(Vec<&'a str>),
    Nothing,
}

impl<'a> Known<'a> {
    /// The ones with these ids and names; a name may be empty, and one may have several. O(n log n).
    pub(crate) fn of(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut known = Self::default();
        for (id, name) in rows {
            let is_new = known.ids.insert(id);
            if let Some(bare) = without_zeros(id).filter(|_| is_new) {
                known.digits.entry(bare).or_default().push(id);
            }
            if name.is_empty() {
                continue;
            }
            let owners = known.names.entry(folded(name)).or_default();
            if !owners.contains(&id) {
                owners.push(id);
            }
        }
        known
    }

    /// Which one a text means. O(log n).
    pub(crate) fn meant(&self, said: &str) -> Meant<'a> {
        if self.ids.contains(said) {
            return Meant::Id;
        }
        match self.names.get(&folded(said)).map(Vec::as_slice) {
            Some([id]) => return Meant::Named(id),
            Some([_, ..]) => return Meant::Several(self.names[&folded(said)].clone()),
            Some([]) | None => {}
        }
        // Last, for it is a guess: spreadsheets take the leading zeros off codes.
        let alike = without_zeros(said).and_then(|bare| self.digits.get(bare));
        match alike.map(Vec::as_slice) {
            Some([id]) => Meant::Zeros(id),
            Some(_) | None => Meant::Nothing,
        }
    }

    /// Whether this is an id. O(log n).
    pub(crate) fn has_id(&self, said: &str) -> bool {
        self.ids.contains(said)
    }

    /// The id that a text means, if it is sure.
    pub(crate) fn id<'s>(&self, said: &'s str) -> Option<&'s str>
    where
        'a: 's,
    {
        match self.meant(said) {
            Meant::Id => Some(said),
            Meant::Named(id) | Meant::Zeros(id) => Some(id),
            Meant::Several(_) | Meant::Nothing => None,
        }
    }
}

/// Digits without the zeros that they begin with; none for other texts.
pub(crate) fn without_zeros(code: &str) -> Option<&str> {
    let are_digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| code.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_before_a_name_and_a_name_before_lost_zeros() {
        let known = Known::of([
            ("001", "甲 村"),
            ("2", "乙村"),
            ("3", "乙村"),
            ("4", "5"),
            ("05", ""),
        ]);
        assert_eq!(known.meant("001"), Meant::Id);
        assert_eq!(known.meant("甲村"), Meant::Named("001"));
        assert_eq!(known.meant("1"), Meant::Zeros("001"));
        assert_eq!(known.meant("0002"), Meant::Zeros("2"));
        assert_eq!(known.meant("乙村"), Meant::Several(vec!["2", "3"]));
        assert_eq!(known.meant("5"), Meant::Named("4"));
        assert_eq!(known.meant("丙村"), Meant::Nothing);
        assert_eq!(known.id("乙村"), None);
        // Two codes that differ in zeros alone are two.
        let known = Known::of([("01", ""), ("001", "")]);
        assert_eq!(known.meant("1"), Meant::Nothing);
    }
}

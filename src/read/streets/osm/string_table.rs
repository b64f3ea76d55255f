//! The words of a block's tags, in the bytes of the block.

use super::blob::decode;
use super::fault::Fault;
use super::proto::StringTable;
use super::wire;
use crate::words::{Text, text};

/// A string table: each word looked at once, however many tags use it.
pub(super) struct Strings<'a>(Vec<Option<&'a str>>);

impl<'a> Strings<'a> {
    /// The words of an encoded table; nothing is copied. O(bytes).
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn of(table: &'a [u8]) -> Result<Self, Fault> {
        let Some(words) = wire::words(table) else {
            // The library says what is wrong.
            decode::<StringTable>(table, text!(PbfStringTable))?;
            return Err(Fault::damaged(text!(OldWireFormat)));
        };
        let read = words.into_iter().map(|word| std::str::from_utf8(word).ok());
        Ok(Self(read.collect()))
    }

    /// A table without words.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// A word.
    ///
    /// # Errors
    /// When it is outside of the table, or not in UTF-8.
    pub(super) fn word(&self, index: u64) -> Result<&'a str, Text> {
        let index = usize::try_from(index).ok();
        let word = index.and_then(|index| self.0.get(index));
        let word = word.ok_or_else(|| text!(TagOutsideTable))?;
        word.ok_or_else(|| text!(TagNotUtf8))
    }

    /// For each word whether it is one of these.
    pub(super) fn marked(&self, is_one: impl Fn(&str) -> bool) -> Marked {
        Marked(
            self.0
                .iter()
                .map(|word| word.is_some_and(&is_one))
                .collect(),
        )
    }

    /// The tags of these keys and values.
    ///
    /// # Errors
    /// When there are more of the ones than of the others, or words that are none.
    pub(super) fn tags(&self, keys: &[u64], vals: &[u64]) -> Result<Vec<(&'a str, &'a str)>, Text> {
        if keys.len() != vals.len() {
            return Err(text!(ValuesNotOneForEach));
        }
        let pairs = keys.iter().zip(vals);
        pairs
            .map(|(&key, &value)| Ok((self.word(key)?, self.word(value)?)))
            .collect()
    }

    /// Whether these are tags, without reading them.
    ///
    /// # Errors
    /// As [`Self::tags`].
    pub(super) fn check(&self, keys: &[u64], vals: &[u64]) -> Result<(), Text> {
        if keys.len() != vals.len() {
            return Err(text!(ValuesNotOneForEach));
        }
        let mut words = keys.iter().chain(vals);
        words.try_for_each(|&index| self.word(index).map(|_| ()))
    }
}

/// Which words of a table are of some kind.
pub(super) struct Marked(Vec<bool>);

impl Marked {
    /// Whether this word is one.
    pub(super) fn has(&self, index: u64) -> bool {
        let index = usize::try_from(index).ok();
        index.and_then(|index| self.0.get(index)) == Some(&true)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn words_are_those_of_the_library(
            strings in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20),
            damage in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
        ) {
            let mut bytes = StringTable { strings }.encode_to_vec();
            if let Some((at, byte)) = damage.filter(|_| !bytes.is_empty()) {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let library = StringTable::decode(&bytes[..]);
            match (wire::words(&bytes), library) {
                (Some(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs.strings),
                // What the library refuses is never read; groups, which no map has, it skips.
                (Some(_), Err(wrong)) => prop_assert!(false, "{}", wrong),
                (None, _) => {}
            }
        }
    }
}

//! What a block holds, counted before memory is asked for it.
//!
//! A block of 32 MB may pack to 30 KB, and two of its bytes may stand for a way that takes 150 in
//! memory. So a block is walked through once, field by field as the wire format of protocol buffers
//! has them, and only its entities, words and numbers are counted. O(bytes), without memory.

use super::fault::{Fault, RECODE};
use crate::words::{Text, text};

/// The most ways, nodes and groups of a block. Writers put 8,000 in one.
const MOST_ENTITIES: u64 = 1 << 18;
/// The most words in the string table of a block.
const MOST_WORDS: u64 = 1 << 20;
/// The most references, tags and coordinates of a block: 128 MB of them.
const MOST_NUMBERS: u64 = 1 << 24;
/// The most references of a way. OpenStreetMap itself allows 2,000.
const MOST_REFS: u64 = 1 << 20;

/// Whether a block can be read in a few hundred megabytes.
///
/// # Errors
/// When it holds more than that, or fields of a kind that no map has. What is damaged otherwise is
/// left to the reader: it stops there.
pub(super) fn check_size(block: &[u8]) -> Result<(), Fault> {
    let mut counts = Counts::default();
    fields(block, &mut |tag, content| counts.block_field(tag, content))
}

#[derive(Default)]
struct Counts {
    entities: u64,
    words: u64,
    numbers: u64,
}

impl Counts {
    fn block_field(&mut self, tag: u64, content: Content<'_>) -> Result<(), Fault> {
        match (tag, content) {
            (1, Content::Bytes(strings)) => fields(strings, &mut |_, _| self.word()),
            (2, Content::Bytes(group)) => {
                self.entity()?;
                fields(group, &mut |tag, content| self.group_field(tag, content))
            }
            _ => Ok(()),
        }
    }

    fn group_field(&mut self, tag: u64, content: Content<'_>) -> Result<(), Fault> {
        match (tag, content) {
            (1, Content::Bytes(_)) => self.entity(),
            (2, Content::Bytes(dense)) => {
                fields(dense, &mut |_, content| self.numbers(content.count()))
            }
            (3, Content::Bytes(way)) => {
                self.entity()?;
                self.way(way)
            }
            (4, Content::Bytes(relation)) => {
                self.entity()?;
                fields(relation, &mut |_, content| self.numbers(content.count()))
            }
            _ => Ok(()),
        }
    }

    fn way(&mut self, way: &[u8]) -> Result<(), Fault> {
        let mut refs = 0;
        fields(way, &mut |tag, content| {
            refs += if tag == 8 { content.count() } else { 0 };
            within(refs, MOST_REFS, text!(ReferencesOfOneWay))?;
            self.numbers(content.count())
        })
    }

    fn entity(&mut self) -> Result<(), Fault> {
        self.entities += 1;
        within(self.entities, MOST_ENTITIES, text!(EntitiesOfOneBlock))
    }

    fn word(&mut self) -> Result<(), Fault> {
        self.words += 1;
        within(self.words, MOST_WORDS, text!(WordsOfOneBlock))
    }

    fn numbers(&mut self, more: u64) -> Result<(), Fault> {
        self.numbers += more;
        within(self.numbers, MOST_NUMBERS, text!(NumbersOfOneBlock))
    }
}

fn within(count: u64, most: u64, what: Text) -> Result<(), Fault> {
    if count <= most {
        return Ok(());
    }
    let what = text!(MoreThanAnyMap, most = most, what = what);
    Err(Fault::too_large(what).with_remedy(RECODE))
}

/// What a field holds, as far as its size goes.
#[derive(Clone, Copy)]
enum Content<'a> {
    /// A message, a text, or numbers packed one after the other.
    Bytes(&'a [u8]),
    /// One number.
    Number,
}

impl Content<'_> {
    /// How many numbers it is, if it is numbers: each ends with a byte below 128.
    fn count(self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.iter().filter(|byte| **byte < 0x80).count() as u64,
            Self::Number => 1,
        }
    }
}

/// Hands on the fields of a message, up to the first that is not well formed.
fn fields<'a>(
    mut bytes: &'a [u8],
    f: &mut dyn FnMut(u64, Content<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    while let Some(key) = varint(&mut bytes) {
        let content = match key & 7 {
            0 => varint(&mut bytes).map(|_| Content::Number),
            1 => take(&mut bytes, 8).map(|_| Content::Number),
            2 => varint(&mut bytes)
                .and_then(|length| take(&mut bytes, length))
                .map(Content::Bytes),
            5 => take(&mut bytes, 4).map(|_| Content::Number),
            // The library would skip a group and read on, past what is counted here.
            3 | 4 => {
                return Err(Fault::damaged(text!(OldWireFormat)));
            }
            _ => None,
        };
        let Some(content) = content else { break };
        f(key >> 3, content)?;
    }
    Ok(())
}

/// The words of an encoded string table; none where it is not well formed, or holds anything else.
pub(super) fn words(mut table: &[u8]) -> Option<Vec<&[u8]>> {
    /// The field of a word: number 1, of bytes.
    const WORD: u64 = 1 << 3 | 2;
    let mut words = Vec::new();
    while !table.is_empty() {
        if varint(&mut table)? != WORD {
            return None;
        }
        let length = varint(&mut table)?;
        words.push(take(&mut table, length)?);
    }
    Some(words)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first < 0x80 {
            return Some(value);
        }
    }
    None
}

fn take<'a>(bytes: &mut &'a [u8], length: u64) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use prost::Message;

    use super::*;
    use crate::model::Memory;
    use crate::read::ReadError;
    use crate::read::streets::osm::proto::{NodeBlock, NodeGroup, Way, WayBlock, WayGroup};
    use crate::read::streets::osm::samples::streets;
    use crate::read::streets::osm::samples::{Packing, dense, file, node_block, way, way_block};

    const FOOTWAY: [(&str, &str); 1] = [("highway", "footway")];

    /// A field of bytes: its number and its content.
    fn field(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![tag << 3 | 2];
        prost::encode_length_delimiter(content.len(), &mut bytes).expect("memory takes all");
        [&bytes[..], content].concat()
    }

    fn refused(blocks: &[Vec<u8>], what: &str) {
        let bytes = file(blocks, Packing::Zlib);
        let wrong = streets(&bytes, "a.pbf", Memory::default()).expect_err(what);
        assert!(matches!(wrong, ReadError::TooLarge(_)), "{wrong}");
        assert!(wrong.to_string().contains(what), "{wrong}");
    }

    #[test]
    fn what_is_counted_is_what_is_there() {
        let nodes = dense(&[(1, 0, 0), (300, 10_000_000, 5)]);
        let ways = vec![way(1, &[1, 300, 1], &FOOTWAY), way(2, &[300, 1], &[])];
        let block = [node_block(nodes), way_block(ways)].concat();
        let mut counts = Counts::default();
        fields(&block, &mut |tag, content| counts.block_field(tag, content)).expect("small");
        // Two groups and two ways; three columns of two and two flags of visibility; five
        // references, a key and its value, and the ways' own two ids.
        assert_eq!((counts.entities, counts.words), (4, 8));
        assert_eq!(counts.numbers, 3 * 2 + visibility(&block) + 5 + 2 + 2);
    }

    /// The flags of visibility are counted with the field that holds them: its bytes below 128.
    fn visibility(block: &[u8]) -> u64 {
        let block = NodeBlock::decode(block).expect("a block");
        let dense = block.groups[0].dense.as_ref().expect("nodes");
        let info = dense.info.as_ref().expect("flags").encode_to_vec();
        info.iter().filter(|byte| **byte < 0x80).count() as u64
    }

    #[test]
    fn a_way_of_thirty_million_references_in_30_kb_is_refused() {
        let mut long = way(1, &[], &FOOTWAY);
        long.refs = vec![0; 30_000_000];
        refused(&[way_block(vec![long])], "references of one way");
    }

    #[test]
    fn a_block_of_millions_of_empty_ways_groups_or_words_is_refused() {
        let empty = |tag| field(tag, &[]).repeat(2_000_000);
        refused(&[field(2, &empty(3))], "ways and nodes in one block");
        refused(&[field(2, &empty(1))], "ways and nodes in one block");
        refused(&[empty(2)], "ways and nodes in one block");
        refused(&[field(1, &empty(1))], "words in one block");
    }

    #[test]
    fn a_block_of_millions_of_numbers_is_refused() {
        let mut nodes = dense(&[]);
        nodes.id = vec![0; 20_000_000];
        refused(&[node_block(nodes)], "numbers in one block");
        let keys = Way {
            id: Some(1),
            keys: vec![0; 20_000_000],
            ..Way::default()
        };
        refused(&[way_block(vec![keys])], "numbers in one block");
    }

    #[test]
    fn many_blocks_that_are_each_small_enough_are_bounded_by_the_file() {
        let mut long = way(1, &[], &FOOTWAY);
        long.refs = vec![0; 1_000_000];
        let block = way_block(vec![long]);
        refused(&vec![block; 5], "ways and their references");
    }

    #[test]
    fn the_old_groups_of_the_wire_format_do_not_hide_what_follows() {
        let hidden = [&[0x1b, 0x1c][..], &field(2, &field(3, &[]).repeat(300_000))].concat();
        let bytes = file(&[hidden], Packing::Zlib);
        let wrong = streets(&bytes, "a.pbf", Memory::default()).expect_err("a group");
        assert!(wrong.to_string().contains("old wire format"), "{wrong}");
    }

    #[test]
    fn the_largest_blocks_that_writers_make_are_read() {
        let ids: Vec<i64> = (0..100_000).collect();
        let nodes: Vec<(i64, i64, i64)> = ids.iter().map(|&id| (id, id, id)).collect();
        let ways = ids
            .windows(2)
            .map(|pair| way(pair[0], pair, &FOOTWAY))
            .collect();
        let bytes = file(&[node_block(dense(&nodes)), way_block(ways)], Packing::Zlib);
        let read = streets(&bytes, "a.pbf", Memory::of_mb(64)).expect("a small map");
        assert_eq!(read.pieces.len(), 99_999);
        let wrong = streets(&bytes, "a.pbf", Memory::of_mb(16)).expect_err("too little memory");
        assert!(wrong.to_string().contains("memory_mb"), "{wrong}");
    }

    #[test]
    fn groups_with_nothing_in_them_are_no_fault() {
        let block = WayBlock {
            groups: vec![WayGroup::default(); 10],
            ..WayBlock::default()
        };
        assert_eq!(check_size(&block.encode_to_vec()), Ok(()));
        let block = NodeBlock {
            groups: vec![NodeGroup::default(); 10],
            ..NodeBlock::default()
        };
        assert_eq!(check_size(&block.encode_to_vec()), Ok(()));
    }
}

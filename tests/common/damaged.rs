//! Files that are damaged by chance, and in the same way on every run.

/// A generator of numbers that are the same on every run (Steele, Lea, Flood 2014: `SplitMix64`).
pub struct Numbers(pub u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("below a usize")
    }
}

/// Words that mean something somewhere: as likely to be misunderstood as any byte.
const WORDS: [&str; 16] = [
    "-1",
    "1e999",
    "NaN",
    "99999999999999999999",
    "0",
    "''",
    "\"",
    "[",
    "]]",
    "{",
    "=",
    "\n",
    ",",
    "2024-02-30",
    "24:00-00:00",
    "\u{feff}",
];

/// The bytes with one to three places flipped, cut out, repeated or written over.
pub fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len());
        let end = (at + 1 + numbers.below(8)).min(bytes.len());
        match numbers.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].repeat(1 + numbers.below(20));
                bytes.splice(at..at, again).for_each(drop);
            }
            4 => bytes[at..end].fill(0xff),
            5 => bytes[at..end].fill(0),
            _ => {
                let word = WORDS[numbers.below(WORDS.len())].bytes();
                bytes.splice(at..end, word).for_each(drop);
            }
        }
    }
    bytes
}

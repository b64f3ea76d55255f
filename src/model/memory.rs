//! How much memory a run may take for what an input makes of itself.

/// A ceiling of memory: what one file may unpack to, and what a search may find.
///
/// It is not the whole run's peak, which is the network, the tables and the largest of these. What
/// would pass it ends with an error that says so, and never by running out of memory.
///
/// ```
/// use walkshed::model::Memory;
/// let memory = Memory::of_mb(2);
/// assert_eq!((memory.bytes(), memory.room_for(16)), (2_097_152, 131_072));
/// // A kilobyte may unpack to no more than the first 64 MB, and to no more than the ceiling.
/// assert_eq!([memory, Memory::default()].map(|memory| memory.unpacked(1024)), [2 << 20, 64 << 20]);
/// ```
#[doc(alias = "内存上限")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Memory {
    mb: u32,
}

impl Memory {
    /// So many megabytes, of 1,048,576 bytes each.
    #[must_use]
    pub const fn of_mb(mb: u32) -> Self {
        Self { mb }
    }

    /// The megabytes.
    #[must_use]
    pub const fn mb(self) -> u32 {
        self.mb
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        (self.mb as u64) << 20
    }

    /// How many things of this size have room.
    #[must_use]
    pub const fn room_for(self, bytes_each: u64) -> u64 {
        self.bytes() / bytes_each
    }

    /// The most bytes that a packed file of this length may unpack to: the ceiling, and beyond the
    /// first 64 MB a hundred times the file. Real maps and tables pack to a tenth, and hardly ever
    /// to less than a fortieth; a file of zeros packs to a thousandth.
    #[must_use]
    pub fn unpacked(self, packed: u64) -> u64 {
        let in_proportion = packed.saturating_mul(Self::RATIO).max(Self::ANY_FILE);
        in_proportion.min(self.bytes())
    }

    const RATIO: u64 = 100;
    const ANY_FILE: u64 = 64 << 20;
}

impl Default for Memory {
    /// 4,096 MB.
    fn default() -> Self {
        Self::of_mb(4096)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_unpacks_to_is_bounded_by_the_file_and_by_the_ceiling() {
        let memory = Memory::of_mb(1000);
        assert_eq!(memory.unpacked(10), 64 << 20);
        assert_eq!(memory.unpacked(1 << 20), 100 << 20);
        assert_eq!(memory.unpacked(1 << 40), 1000 << 20);
        assert_eq!(Memory::of_mb(2).room_for(16), 131_072);
    }
}

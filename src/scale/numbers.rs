//! Numbers of 7 bits a byte (LEB128): small ones are short.

use super::error::TileError;

/// Writes a number.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

fn low_bits(number: u64) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

/// Writes a number that may be the largest of 32 bits, which means "none": that takes one byte.
pub(super) fn put_wrapped(bytes: &mut Vec<u8>, number: u32) {
    put(bytes, u64::from(number.wrapping_add(1)));
}

/// Reads numbers, one after the other.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// So many bytes as they are.
    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], TileError> {
        let (bytes, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(TileError::Malformed)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// A number.
    pub(super) fn long(&mut self) -> Result<u64, TileError> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(TileError::Malformed)?;
            self.rest = rest;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if bits << shift >> shift != bits {
                return Err(TileError::Malformed);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(TileError::Malformed)
    }

    /// A number of 32 bits.
    pub(super) fn short(&mut self) -> Result<u32, TileError> {
        u32::try_from(self.long()?).map_err(|_| TileError::Malformed)
    }

    /// A number that [`put_wrapped`] wrote.
    pub(super) fn wrapped(&mut self) -> Result<u32, TileError> {
        Ok(self.short()?.wrapping_sub(1))
    }

    /// How many things follow, each of which takes at least so many bytes: no more than there are
    /// bytes for, so that a wrong count takes no memory.
    pub(super) fn count(&mut self, bytes_each: usize) -> Result<usize, TileError> {
        let count = usize::try_from(self.long()?).map_err(|_| TileError::Malformed)?;
        if count > self.rest.len() / bytes_each {
            return Err(TileError::Malformed);
        }
        Ok(count)
    }

    /// Nothing follows.
    pub(super) fn end(&self) -> Result<(), TileError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(TileError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX];
        let mut bytes = Vec::new();
        for number in numbers {
            put(&mut bytes, number);
        }
        let mut reader = Reader::new(&bytes);
        for number in numbers {
            assert_eq!(reader.long().ok(), Some(number));
        }
        assert!(reader.end().is_ok());
    }

    #[test]
    fn no_way_is_one_byte() {
        let mut bytes = Vec::new();
        put_wrapped(&mut bytes, u32::MAX);
        assert_eq!(bytes, [0]);
        assert_eq!(Reader::new(&bytes).wrapped().ok(), Some(u32::MAX));
    }

    #[test]
    fn what_ends_early_or_is_too_large_is_refused() {
        assert!(Reader::new(&[0x80]).long().is_err());
        assert!(Reader::new(&[0xff; 10]).long().is_err());
        assert!(
            Reader::new(&[0xff, 0xff, 0xff, 0xff, 0x7f])
                .short()
                .is_err()
        );
        assert!(Reader::new(&[200, 1, 0, 0]).count(1).is_err());
    }
}

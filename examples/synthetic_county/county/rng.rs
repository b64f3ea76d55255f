//! A seeded stream of numbers (`SplitMix64`), the same on every machine.

/// One stream. Each task takes a stream of its own, so that tuning one leaves the others' draws alone.
pub struct Rng(u64);

impl Rng {
    /// A stream named by the run's seed and the task's number.
    pub fn new(seed: u64, task: u64) -> Self {
        let mut rng = Self(seed ^ task.wrapping_mul(0xA076_1D64_78BD_642F));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number in `0..n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// True in `percent` of 100 draws.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// A number in `-1..1`.
    pub fn swing(&mut self) -> f64 {
        self.between(-1.0, 1.0)
    }
}

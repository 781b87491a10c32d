//! A small generator of pseudo-random numbers (SplitMix64), so that letters do not depend on a crate whose
//! next version might give other numbers. It is not for secrets.

/// The state of the generator.
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    /// Any number.
    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Lets a byte change all numbers that follow.
    pub(super) fn stir(&mut self, byte: u8) {
        self.state ^= u64::from(byte);
        self.state = self.next();
    }

    /// A number from 0 up to, but without, `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next().checked_rem(end).unwrap_or(0)).unwrap_or(0)
    }

    /// One of them.
    pub(super) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }

    /// A size whose logarithm is normally distributed, which the sizes of mail nearly are.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is rough, and the float is between 1 and `most`"
    )]
    pub(super) fn lognormal(&mut self, median: usize, sigma: f64, most: usize) -> usize {
        // Twelve even numbers between 0 and 1 have a sum that is nearly normal, with a deviation of 1 around 6.
        // This needs no logarithm, whose last bit may differ from machine to machine.
        let sum: f64 = (0..12)
            .map(|_| (self.next() >> 11) as f64 / (1_u64 << 53) as f64)
            .sum();
        let size = median as f64 * (sigma * (sum - 6.0)).exp();
        (size as usize).clamp(1, most)
    }
}

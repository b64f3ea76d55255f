//! Points in a box, always the same ones.

use crate::plane::Position;

/// The box around some boxes, 50 m wider; none where there are no finite ones.
pub(super) fn around(boxes: impl Iterator<Item = [[f64; 2]; 2]>) -> Option<[[f64; 2]; 2]> {
    let all = boxes.fold([[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]], |all, one| {
        [
            [0, 1].map(|axis| all[0][axis].min(one[0][axis])),
            [0, 1].map(|axis| all[1][axis].max(one[1][axis])),
        ]
    });
    let [low, high] = all;
    low[0]
        .is_finite()
        .then(|| [low.map(|x| x - WIDER_M), high.map(|x| x + WIDER_M)])
}

/// So many points of a box, always the same; somewhere in the sea where there is no box.
pub(super) fn scattered(within: Option<[[f64; 2]; 2]>, seed: u64, points: u32) -> Vec<Position> {
    let [low, high] = within.unwrap_or_default();
    let mut random = Random(seed);
    (0..points)
        .map(|_| {
            let part = [random.unit(), random.unit()];
            Position::from_plane(
                [0, 1].map(|axis| low[axis] + (high[axis] - low[axis]) * part[axis]),
            )
        })
        .collect()
}

/// How much wider than the land the box is, in metres of the plane.
const WIDER_M: f64 = 50.0;

/// Numbers that look random (`SplitMix64`: Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    /// From 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

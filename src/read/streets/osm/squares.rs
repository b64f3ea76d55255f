//! Straight ways across squares.
//!
//! A map has the outlines of a square alone. People walk straight across it, from one **entrance** to
//! another, where nothing lies between; an entrance is a vertex of its outlines that another street
//! shares:
//!
//! ```text
//!     ──A─────────┐
//!       │ ` .     │      A and B see each other,
//!       │     ` . B──    the basin hides both from C
//!       │  ┌───┐  │
//!       │  └───┘  │
//!     ──C─────────┘
//! ```

use std::collections::{HashMap, HashSet};

use robust::{Coord, orient2d};

/// Longitude and latitude in degrees.
type LonLat = [f64; 2];

/// More steps than this to find what sees what, and a square is walked along its outlines only.
const MOST_STEPS: usize = 50_000_000;
/// More than this for all squares of a map together, and so are those that are left: some ten seconds.
const ALL_STEPS: usize = 1_000_000_000;

/// How many steps are left for the squares of a map.
pub(super) struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(ALL_STEPS)
    }
}

impl Steps {
    /// Takes so many, if a square may take them and there are as many left.
    fn take(&mut self, steps: usize) -> Option<()> {
        let left = self.0.checked_sub(steps);
        self.0 = left.filter(|_| steps <= MOST_STEPS)?;
        Some(())
    }
}

/// The outlines of a square: pairs of neighbouring vertices, those around basins and buildings too.
pub(super) struct Outline {
    sides: Vec<[usize; 2]>,
}

impl Outline {
    /// The outline that these lines of vertices make; none where they do not close, as when a part of a
    /// relation is missing.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a [usize]>) -> Option<Self> {
        let mut sides = Vec::new();
        let mut ends: HashMap<usize, u32> = HashMap::new();
        for pair in lines.flat_map(|line| line.windows(2)) {
            if pair[0] == pair[1] {
                continue;
            }
            sides.push([pair[0], pair[1]]);
            for &end in pair {
                *ends.entry(end).or_default() += 1;
            }
        }
        // Where sides meet in pairs everywhere the lines are rings, in whatever pieces they come.
        let closes = !sides.is_empty() && ends.values().all(|count| count % 2 == 0);
        closes.then_some(Self { sides })
    }

    /// The vertices, each once, ascending.
    pub(super) fn vertices(&self) -> Vec<usize> {
        let mut vertices: Vec<usize> = self.sides.iter().flatten().copied().collect();
        vertices.sort_unstable();
        vertices.dedup();
        vertices
    }

    /// The pairs of entrances that see each other across the square, in the order of the entrances; none
    /// where finding them takes more steps than are left. O(entrances² · sides).
    pub(super) fn across(
        &self,
        entrances: &[usize],
        at: &impl Fn(usize) -> LonLat,
        steps: &mut Steps,
    ) -> Option<Vec<[usize; 2]>> {
        let pairs = entrances.len().saturating_mul(entrances.len());
        // Counted before the search begins, so that a square of many entrances takes no time at
        // all.
        steps.take(pairs.saturating_mul(self.sides.len()))?;
        // Neighbours along an outline walk its side, which is a street already.
        let streets: HashSet<[usize; 2]> = self.sides.iter().map(|side| sorted(*side)).collect();
        let sides: Vec<[LonLat; 2]> = self.sides.iter().map(|side| side.map(at)).collect();
        let mut lines = Vec::new();
        for (place, &from) in entrances.iter().enumerate() {
            for &to in &entrances[place + 1..] {
                let line = [at(from), at(to)];
                let is_street = streets.contains(&sorted([from, to]));
                if !is_street && !is_same(line[0], line[1]) && is_free(line, &sides) {
                    lines.push([from, to]);
                }
            }
        }
        Some(lines)
    }
}

fn sorted([one, other]: [usize; 2]) -> [usize; 2] {
    [one.min(other), one.max(other)]
}

/// Whether a straight line between two vertices lies within the square and touches no side but at its
/// ends.
fn is_free(line: [LonLat; 2], sides: &[[LonLat; 2]]) -> bool {
    let middle = [0, 1].map(|axis| f64::midpoint(line[0][axis], line[1][axis]));
    !sides.iter().any(|side| is_hit(line, *side)) && is_inside(middle, sides)
}

/// Whether a line crosses a side, or passes through one of the side's ends.
fn is_hit(line: [LonLat; 2], side: [LonLat; 2]) -> bool {
    let of_side = side.map(|end| turn(line, end));
    let passes = |end: usize| of_side[end] == 0 && is_between(side[end], line);
    if passes(0) || passes(1) {
        return true;
    }
    let of_line = line.map(|end| turn(side, end));
    of_side[0] * of_side[1] < 0 && of_line[0] * of_line[1] < 0
}

/// Whether a point on the straight line through two ends lies between them, and is neither.
fn is_between(point: LonLat, [from, to]: [LonLat; 2]) -> bool {
    let between = |axis: usize| {
        from[axis].min(to[axis]) <= point[axis] && point[axis] <= from[axis].max(to[axis])
    };
    !is_same(point, from) && !is_same(point, to) && between(0) && between(1)
}

fn is_same(one: LonLat, other: LonLat) -> bool {
    one.map(f64::to_bits) == other.map(f64::to_bits)
}

/// 1 where a point lies to the left of a line, −1 to the right, 0 on it: exact.
fn turn([from, to]: [LonLat; 2], point: LonLat) -> i8 {
    let [from, to, point] = [from, to, point].map(|[x, y]| Coord { x, y });
    let doubled_area = orient2d(from, to, point);
    i8::from(doubled_area > 0.0) - i8::from(doubled_area < 0.0)
}

/// Whether a point lies within an odd number of outlines: on the square, and in no basin.
fn is_inside(point: LonLat, sides: &[[LonLat; 2]]) -> bool {
    let crossed = sides.iter().filter(|[from, to]| {
        // Each side takes its lower end and leaves its upper one, so that no vertex counts twice.
        let rises = from[1] <= point[1] && point[1] < to[1];
        let falls = to[1] <= point[1] && point[1] < from[1];
        let left = turn([*from, *to], point);
        (rises && left > 0) || (falls && left < 0)
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of 6 by 6 with a basin of 2 by 2 in its middle; vertices are numbered as listed.
    const AT: [LonLat; 9] = [
        [0.0, 0.0],
        [6.0, 0.0],
        [6.0, 6.0],
        [0.0, 6.0],
        [2.0, 2.0],
        [4.0, 2.0],
        [4.0, 4.0],
        [2.0, 4.0],
        [3.0, 0.0],
    ];
    const RIM: [usize; 6] = [0, 8, 1, 2, 3, 0];
    const BASIN: [usize; 5] = [4, 5, 6, 7, 4];

    fn across(lines: &[&[usize]], entrances: &[usize]) -> Vec<[usize; 2]> {
        let outline = Outline::of(lines.iter().copied()).expect("it closes");
        let lines = outline.across(entrances, &|node| AT[node], &mut Steps::default());
        lines.expect("a small square")
    }

    #[test]
    fn entrances_that_see_each_other_are_joined() {
        // Along a side is no way across, and past the vertex 8 neither.
        assert_eq!(across(&[&RIM], &[0, 1, 2, 3]), [[0, 2], [1, 3]]);
        assert_eq!(across(&[&RIM], &[2, 8]), [[2, 8]]);
    }

    #[test]
    fn a_basin_hides_what_lies_behind_and_its_corners_are_reached() {
        let nothing: [[usize; 2]; 0] = [];
        assert_eq!(across(&[&RIM, &BASIN], &[0, 1, 2, 3]), nothing);
        // 4 is the near corner of the basin; from 8 the corner 6 lies behind it.
        assert_eq!(across(&[&RIM, &BASIN], &[0, 4, 6, 8]), [[0, 4], [4, 8]]);
        // Never across the basin itself.
        assert_eq!(across(&[&RIM, &BASIN], &[4, 6]), nothing);
    }

    #[test]
    fn nothing_leads_around_outside() {
        // An L: between its tips 2 and 4 lies no square.
        let corners: [LonLat; 6] = [
            [0.0, 0.0],
            [6.0, 0.0],
            [6.0, 1.0],
            [1.0, 1.0],
            [1.0, 6.0],
            [0.0, 6.0],
        ];
        let ring: &[usize] = &[0, 1, 2, 3, 4, 5, 0];
        let outline = Outline::of([ring].into_iter()).expect("it closes");
        let lines = outline.across(&[2, 4, 0, 3], &|node| corners[node], &mut Steps::default());
        assert_eq!(lines, Some(vec![[2, 0], [4, 0], [0, 3]]));
    }

    #[test]
    fn all_squares_together_take_so_many_steps() {
        let outline = Outline::of([&RIM[..]].into_iter()).expect("it closes");
        // Four entrances and five sides.
        let mut steps = Steps(2 * 16 * 5 + 79);
        let mut cross = || {
            let lines = outline.across(&[0, 1, 2, 3], &|node| AT[node], &mut steps);
            lines.is_some()
        };
        assert_eq!([cross(), cross(), cross()], [true, true, false]);
        assert_eq!(Steps::default().take(MOST_STEPS + 1), None);
        assert_eq!(Steps::default().take(MOST_STEPS), Some(()));
    }

    #[test]
    fn an_outline_that_does_not_close_is_none() {
        let open: &[usize] = &[0, 1, 2, 3];
        assert!(Outline::of([open].into_iter()).is_none());
        assert!(Outline::of(std::iter::empty()).is_none());
    }
}

//! Nodes that close a street, or cost time, as short pieces of street on either side of them.
//!
//! A gate, a kerb or a crossing that is a node has no length. It is given a metre: each piece of
//! street that ends at the node is cut a metre before it, and what it does is said of the short
//! piece. So a gate that is taken out parts its street, its delay is paid by whoever goes through
//! (half on either side) and by nobody else, and no length changes.

use std::collections::BTreeMap;

use super::node_rule::Knot;
use super::ways::{About, RawStreets, Stretch};
use crate::model::{StreetKind, Traits};
use crate::plane::Position;

/// How far before a node its piece begins, in metres; a third of the street where that is short.
const REACH_M: f64 = 1.0;

/// Cuts the streets at these nodes, by their places. O(pieces), and nothing where there are none.
pub(crate) fn tied(raw: &mut RawStreets, mut knots: BTreeMap<u32, Knot>) {
    drawn_crossings_count(raw, &mut knots);
    knots.retain(|_, knot| !knot.is_nothing());
    if knots.is_empty() {
        return;
    }
    // Stretches are ascending and apart, so one pass meets each piece once, in its order. What lies
    // between two of them is plain, each piece a line of its own.
    let old_pieces = std::mem::take(&mut raw.pieces);
    let old_stretches = std::mem::take(&mut raw.stretches);
    let mut is_knot = vec![false; raw.nodes.len()];
    for &node in knots.keys() {
        is_knot[node as usize] = true;
    }
    let has_knot = |pieces: &[[u32; 2]]| {
        let mut ends = pieces.iter().flatten();
        ends.any(|&end| is_knot[end as usize])
    };
    let mut tie = Tie { raw, knots };
    let mut done = 0;
    for stretch in &old_stretches {
        let [start, end] = [stretch.pieces.start, stretch.pieces.end].map(|place| place as usize);
        tie.plain(&old_pieces[done..start], &has_knot);
        done = end;
        let pieces = &old_pieces[start..end];
        if has_knot(pieces) {
            tie.line(pieces, stretch.about);
        } else {
            tie.whole(pieces, stretch.about);
        }
    }
    tie.plain(&old_pieces[done..], &has_knot);
}

/// The same for bridges and tunnels alone, on whose last metre doors open where it is an end of these: all
/// else stays as it is. O(pieces), and nothing where there is no such end.
pub(crate) fn open_ends(raw: &mut RawStreets, knots: BTreeMap<u32, Knot>) {
    if knots.is_empty() {
        return;
    }
    let old_pieces = std::mem::take(&mut raw.pieces);
    let old_stretches = std::mem::take(&mut raw.stretches);
    let mut tie = Tie { raw, knots };
    let mut done = 0;
    for stretch in &old_stretches {
        // Where a bridge ends alone no other piece ends, so all else stays as it is.
        let [start, end] = [stretch.pieces.start, stretch.pieces.end].map(|place| place as usize);
        tie.raw.pieces.extend_from_slice(&old_pieces[done..start]);
        done = end;
        let pieces = &old_pieces[start..end];
        let mut ends = pieces.iter().flatten();
        if stretch.about.traits.no_doors && ends.any(|end| tie.knots.contains_key(end)) {
            tie.line(pieces, stretch.about);
        } else {
            tie.whole(pieces, stretch.about);
        }
    }
    tie.raw.pieces.extend_from_slice(&old_pieces[done..]);
}

/// A crossing that is drawn as a line costs its delay by that, so its node costs nothing more.
fn drawn_crossings_count(raw: &RawStreets, knots: &mut BTreeMap<u32, Knot>) {
    let crossings = raw
        .stretches
        .iter()
        .filter(|stretch| stretch.about.traits.kind == StreetKind::Crossing);
    for stretch in crossings {
        let places = stretch.pieces.start as usize..stretch.pieces.end as usize;
        for end in raw.pieces[places].iter().flatten() {
            if let Some(knot) = knots.get_mut(end)
                && knot.kind == StreetKind::Crossing
            {
                knot.kind = StreetKind::Plain;
            }
        }
    }
}

/// Streets whose nodes are being cut.
struct Tie<'a> {
    raw: &'a mut RawStreets,
    knots: BTreeMap<u32, Knot>,
}

impl Tie<'_> {
    /// Adds pieces between two stretches, each of which is a plain line of its own.
    fn plain(&mut self, pieces: &[[u32; 2]], has_knot: &impl Fn(&[[u32; 2]]) -> bool) {
        for &piece in pieces {
            if has_knot(&[piece]) {
                self.line(&[piece], About::default());
            } else {
                self.raw.pieces.push(piece);
            }
        }
    }

    /// Adds a line without knots, as it is.
    fn whole(&mut self, pieces: &[[u32; 2]], about: About) {
        let first = self.raw.pieces.len();
        self.raw.pieces.extend_from_slice(pieces);
        let moved = Stretch::new(first..self.raw.pieces.len(), about);
        self.raw.stretches.extend(moved);
    }

    /// Adds the pieces of a line, cut at their knots; each knows which part of the line it is.
    fn line(&mut self, pieces: &[[u32; 2]], about: About) {
        let lengths: Vec<f64> = pieces.iter().map(|&ends| self.metres(ends)).collect();
        let mut shares = lengths.clone();
        // A line without length is shared out by its pieces, as the network does.
        if shares.iter().sum::<f64>() <= 0.0 {
            shares.fill(1.0);
        }
        let whole = shares.iter().sum::<f64>();
        let mut begin = 0.0;
        for ((&ends, &metres), share) in pieces.iter().zip(&lengths).zip(shares) {
            let end = (begin + share / whole).min(1.0);
            self.piece(ends, metres, part(about, [begin, end]));
            begin = end;
        }
    }

    /// Adds a piece, cut before those of its ends that are such nodes. O(log nodes).
    fn piece(&mut self, [from, to]: [u32; 2], metres: f64, about: About) {
        let at_ends = [from, to].map(|node| self.knots.get(&node).copied());
        // A third at most, so that some of a short piece is left between two such nodes.
        let reach = if metres > 0.0 {
            (REACH_M / metres).min(1.0 / 3.0)
        } else {
            1.0 / 3.0
        };
        let [begin, end] = [
            at_ends[0].map_or(0.0, |_| reach),
            at_ends[1].map_or(1.0, |_| 1.0 - reach),
        ];
        let near_from = if at_ends[0].is_some() {
            self.between(from, to, begin)
        } else {
            from
        };
        let near_to = if at_ends[1].is_some() {
            self.between(from, to, end)
        } else {
            to
        };
        // Whoever goes through pays half of what the node costs on the way to it, half on the way
        // off.
        if let Some(knot) = at_ends[0] {
            self.add(
                [from, near_from],
                at_knot(part(about, [0.0, begin]), knot, [0.5, 1.0]),
            );
        }
        self.add([near_from, near_to], part(about, [begin, end]));
        if let Some(knot) = at_ends[1] {
            self.add(
                [near_to, to],
                at_knot(part(about, [end, 1.0]), knot, [0.0, 0.5]),
            );
        }
    }

    /// Adds a piece, to the stretch before it where that says the same of the same line.
    fn add(&mut self, ends: [u32; 2], about: About) {
        let place = self.raw.pieces.len();
        self.raw.pieces.push(ends);
        if about.is_nothing() {
            return;
        }
        // Pieces that belong together stay one stretch, as they were before the cut.
        if let Some(last) = self.raw.stretches.last_mut()
            && last.pieces.end as usize == place
            && goes_on(&last.about, &about)
        {
            last.pieces.end += 1;
            last.about.traits.span[1] = about.traits.span[1];
            return;
        }
        self.raw
            .stretches
            .extend(Stretch::new(place..place + 1, about));
    }

    /// A new vertex on the way from one to the other.
    fn between(&mut self, from: u32, to: u32, part: f64) -> u32 {
        let [a, b] = [from, to].map(|node| self.raw.nodes[node as usize]);
        let at = [0, 1].map(|axis| a[axis] + (b[axis] - a[axis]) * part);
        // Heights are listed for each vertex or for none, so the new one needs its own.
        if !self.raw.heights.is_empty() {
            let [low, high] = [from, to].map(|node| self.raw.heights[node as usize]);
            #[expect(clippy::cast_possible_truncation, reason = "heights are kept so")]
            let height = low
                .zip(high)
                .map(|(low, high)| low + (high - low) * part as f32);
            self.raw.heights.push(height);
        }
        self.raw.nodes.push(at);
        u32::try_from(self.raw.nodes.len() - 1).unwrap_or(from)
    }

    fn metres(&self, ends: [u32; 2]) -> f64 {
        let [a, b] = ends.map(|node| {
            let [lon, lat] = self.raw.nodes[node as usize];
            Position::new(lon, lat)
        });
        a.zip(b).map_or(0.0, |(a, b)| a.distance(b))
    }
}

/// Whether a piece goes on with the line of the piece before it.
fn goes_on(last: &About, next: &About) -> bool {
    let same = About {
        traits: Traits {
            span: last.traits.span,
            ..next.traits
        },
        ..*next
    };
    let [end, begin] = [last.traits.span[1], next.traits.span[0]].map(f64::to_bits);
    *last == same && end == begin
}

/// A part of what something is said of: its place on the line is a part of that one's.
fn part(about: About, [begin, end]: [f64; 2]) -> About {
    let [first, last] = about.traits.span;
    let span = [begin, end].map(|place| first * (1.0 - place) + last * place);
    About {
        traits: Traits {
            span,
            ..about.traits
        },
        ..about
    }
}

/// What is said of a short piece beside a node; half of what the node costs lies on either side.
fn at_knot(about: About, knot: Knot, half: [f64; 2]) -> About {
    let traits = about.traits;
    // Stairs and drawn crossings keep their own delay.
    let takes_time = traits.kind == StreetKind::Plain && knot.kind != StreetKind::Plain;
    let (kind, span) = if takes_time {
        (knot.kind, half)
    } else {
        (traits.kind, traits.span)
    };
    About {
        access: about.access.max(knot.access),
        traits: Traits {
            kind,
            span,
            no_doors: traits.no_doors && !knot.doors,
            no_wheelchair: traits.no_wheelchair || knot.no_wheelchair,
            no_riding: traits.no_riding || knot.no_riding,
            ..traits
        },
        ..about
    }
}

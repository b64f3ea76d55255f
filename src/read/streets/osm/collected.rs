//! The ways of a map, collected in the order of the file, and which of them count.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::areas::{Area, Member, wanted};
use super::fault::Fault;
use super::judge::{Judged, Kind};
use crate::read::streets::not_understood::NotUnderstood;
use crate::read::streets::ways::{About, Names};

/// Longitude and latitude in degrees.
pub(super) type LonLat = [f64; 2];

/// Ways in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub heads: Vec<Head>,
    /// The nodes of the walked ways, one way after the other.
    pub refs: Vec<i64>,
    /// What is told of those walked ways that are not plain and nameless.
    pub abouts: Vec<About>,
    pub names: Names,
    /// Nodes that are located by a way and need not be listed as nodes.
    pub located: Vec<(i64, LonLat)>,
    /// Nodes that a way puts off the globe.
    pub strays: Vec<Fault>,
    /// What is not understood of the tags.
    pub odd: NotUnderstood,
    /// Relations that are areas one walks on.
    pub areas: Vec<Area>,
    /// Closed ways that are areas, as places in `heads`.
    own_areas: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    id: i64,
    kind: Kind,
    /// Its place in `abouts`, or [`PLAIN`].
    about: u32,
    refs: usize,
}

/// The way is plain and nameless.
const PLAIN: u32 = u32::MAX;

impl Ways {
    /// Adds a way that is not walked.
    pub(super) fn pass(&mut self, id: i64, kind: Kind) {
        self.heads.push(Head {
            id,
            kind,
            about: PLAIN,
            refs: 0,
        });
    }

    /// Adds a walked way, its nodes and what its tags tell.
    pub(super) fn walk(
        &mut self,
        id: i64,
        refs: impl IntoIterator<Item = i64>,
        judged: &Judged<'_>,
    ) {
        let told = judged.told();
        let about = About {
            traits: told.traits,
            name: told.name.and_then(|name| self.names.place(name)),
            access: judged.kind.access(),
        };
        let before = self.refs.len();
        self.put((id, judged.kind), refs, about);
        let refs = &self.refs[before..];
        let is_closed = refs.len() > 3 && refs.first() == refs.last();
        if is_closed && judged.is_area() && matches!(judged.kind, Kind::Walked(_)) {
            self.own_areas.push(self.heads.len() - 1);
        }
    }

    fn put(&mut self, (id, kind): (i64, Kind), refs: impl IntoIterator<Item = i64>, about: About) {
        let before = self.refs.len();
        self.refs.extend(refs);
        let about = self.about(about);
        self.heads.push(Head {
            id,
            kind,
            about,
            refs: self.refs.len() - before,
        });
    }

    /// The ways that are no streets themselves, but outlines of areas that are walked, and which
    /// areas. O(ways) where there are such areas.
    pub(super) fn outlines(&self) -> BTreeMap<i64, (usize, Member)> {
        if self.areas.is_empty() {
            return BTreeMap::new();
        }
        // Of a way listed twice the last counts.
        let kinds: HashMap<i64, Kind> =
            self.heads.iter().map(|head| (head.id, head.kind)).collect();
        wanted(&self.areas, |way| kinds.get(&way) == Some(&Kind::NoStreet))
    }

    /// Walks a way that is an outline.
    pub(super) fn walk_outline(
        &mut self,
        id: i64,
        refs: impl IntoIterator<Item = i64>,
        (area, member): (usize, Member),
    ) {
        // Taken out for a moment, as its name goes into the names kept beside.
        let areas = std::mem::take(&mut self.areas);
        let kind = areas[area].kind_of(member);
        let about = self.about_of(&areas[area]);
        self.areas = areas;
        self.put((id, kind), refs, about);
    }

    /// What is told of the outlines of an area.
    fn about_of(&mut self, area: &Area) -> About {
        About {
            traits: area.traits,
            name: area.name.as_deref().and_then(|name| self.names.place(name)),
            access: area.access(),
        }
    }

    /// The least and the greatest id of the ways; none where there are none.
    pub(super) fn ids(&self) -> Option<[i64; 2]> {
        let ids = || self.heads.iter().map(|head| head.id);
        ids()
            .min()
            .zip(ids().max())
            .map(|(least, most)| [least, most])
    }

    /// How many ways and references are kept.
    pub(super) fn kept(&self) -> u64 {
        (self.heads.len() + self.refs.len()) as u64
    }

    fn about(&mut self, about: About) -> u32 {
        if about.is_nothing() {
            return PLAIN;
        }
        self.abouts.push(about);
        u32::try_from(self.abouts.len() - 1).unwrap_or(PLAIN)
    }

    /// Adds the ways of the next part of the file.
    pub(super) fn append(&mut self, mut next: Self) {
        // Places of the next part move on by what is here already.
        let first = self.abouts.len();
        let heads = self.heads.len();
        self.own_areas
            .extend(next.own_areas.iter().map(|head| heads + head));
        for mut head in next.heads {
            if head.about != PLAIN {
                head.about = u32::try_from(first + head.about as usize).unwrap_or(PLAIN);
            }
            self.heads.push(head);
        }
        // The same name may stand in several parts: here it has one place.
        let names = self.names.places_of(&next.names);
        for mut about in next.abouts {
            about.name = about.name.and_then(|name| names[name as usize]);
            self.abouts.push(about);
        }
        self.refs.append(&mut next.refs);
        self.located.append(&mut next.located);
        self.strays.append(&mut next.strays);
        self.odd.append(next.odd);
        self.areas.append(&mut next.areas);
    }

    /// The areas that are walked, by the ways that count.
    pub(super) fn squares(&mut self, walked: &[Walked]) -> Vec<Square> {
        if self.areas.is_empty() && self.own_areas.is_empty() {
            return Vec::new();
        }
        let refs: HashMap<i64, &Range<usize>> =
            walked.iter().map(|way| (way.id, &way.refs)).collect();
        let mut squares = Vec::new();
        for &head in &self.own_areas {
            let Head { id, about, .. } = self.heads[head];
            squares.push(Square {
                outlines: refs.get(&id).map(|refs| vec![(*refs).clone()]),
                about,
            });
        }
        for area in std::mem::take(&mut self.areas) {
            let mut ways = area.ways().peekable();
            // A platform is walked where it joins a street, along its rim.
            if ways.peek().is_none() {
                continue;
            }
            let outlines = ways.map(|way| refs.get(&way).map(|refs| (*refs).clone()));
            let outlines = outlines.collect();
            let about = self.about_of(&area);
            let about = self.about(about);
            squares.push(Square { outlines, about });
        }
        squares
    }
}

/// A way that counts.
#[derive(Debug)]
pub(super) struct Walked {
    pub id: i64,
    pub refs: Range<usize>,
    /// As [`Head::about`].
    pub about: u32,
    /// Whether it is one only where it shares a node with a way that is one anyhow.
    pub joining: bool,
}

/// An area that is walked.
#[derive(Debug)]
pub(super) struct Square {
    /// The parts of `refs` that are its outlines; none where one is missing.
    pub outlines: Option<Vec<Range<usize>>>,
    /// As [`Head::about`].
    pub about: u32,
}

/// The walked ways' parts of the references, and how many ways there are: of the ways with one id
/// the last one counts.
pub(super) fn winners(heads: &[Head]) -> (Vec<Walked>, u64) {
    let last = last_of_each(heads);
    let mut walked = Vec::new();
    let mut lines = 0;
    let mut end = 0;
    for (head, is_last) in heads.iter().zip(last) {
        // A way that does not count has references too, and the next begins behind them.
        let start = end;
        end += head.refs;
        lines += u64::from(is_last && head.kind != Kind::Deleted);
        let joining = match head.kind {
            Kind::Walked(_) => false,
            Kind::Joining(_) => true,
            Kind::Closed | Kind::NoStreet | Kind::Deleted => continue,
        };
        if is_last {
            walked.push(Walked {
                id: head.id,
                refs: start..end,
                about: head.about,
                joining,
            });
        }
    }
    (walked, lines)
}

/// Whether each way is the last with its id. O(n) where they ascend, else O(n log n).
fn last_of_each(heads: &[Head]) -> Vec<bool> {
    let mut last = vec![true; heads.len()];
    // Most files are sorted by id, and list none twice.
    if heads.windows(2).all(|pair| pair[0].id < pair[1].id) {
        return last;
    }
    let mut order: Vec<(i64, usize)> = heads
        .iter()
        .enumerate()
        .map(|(place, head)| (head.id, place))
        .collect();
    order.sort_unstable();
    for pair in order.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        last[pair[0].1] = false;
    }
    last
}

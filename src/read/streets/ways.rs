//! Streets as read, before they become a network.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::not_understood::NotUnderstood;
use crate::model::Traits;
use crate::read::error::BadInput;

/// Walkable street pieces between positions on WGS 84.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RawStreets {
    /// Longitude and latitude of each vertex, in degrees, checked to be on the globe.
    pub nodes: Vec<[f64; 2]>,
    /// Pairs of neighbouring vertices, as places in `nodes`.
    pub pieces: Vec<[u32; 2]>,
    /// The lines that have traits or a name, in the order of their pieces.
    pub stretches: Vec<Stretch>,
    /// The names of streets.
    pub names: Names,
    /// The height of each vertex in metres, where known; or nothing at all.
    pub heights: Vec<Option<f32>>,
    /// How many times longer than on the flat each piece takes, there and back, by the heights along it;
    /// or nothing at all.
    pub climbs: Vec<Option<[f32; 2]>>,
    /// What is doubtful about the heights.
    pub doubts: Doubts,
    /// Ways or lines seen.
    pub lines: u64,
    /// Ways or lines that may be walked.
    pub walkable: u64,
    /// References to vertices that the file does not hold (an extract cut at its edge).
    pub missing_vertices: u64,
    /// What these leave of the streets.
    pub torn: Torn,
    /// Lines between a place and itself: no streets.
    pub points: u64,
    /// The box that the file says it covers, on WGS 84: west, south, east, north.
    pub bounds: Option<[f64; 4]>,
    /// Vertices that are nowhere on the globe; they count as missing.
    pub bad: Vec<BadInput>,
    /// What is not understood of its tags.
    pub odd: NotUnderstood,
    /// The squares among its areas.
    pub squares: Squares,
}

/// Areas that are walked, by how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Squares {
    /// Those that are crossed wherever nothing lies between.
    pub crossed: u64,
    /// Straight ways across them.
    pub lines: u64,
    /// Those walked along their outlines only.
    pub outlined: u64,
}

/// Walkable ways that miss vertices, each counted once.
///
/// An extract cut at an edge keeps each way that has a vertex inside: its ways end early, few come
/// back, and none is without a vertex. Where a part of the file is lost, ways are broken all over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Torn {
    /// Ways that miss vertices at an end only.
    pub ended: u64,
    /// Ways that miss vertices between vertices that are there.
    pub broken: u64,
    /// Ways none of whose vertices are there.
    pub nowhere: u64,
}

impl Torn {
    /// How many ways must have been torn by something else than a cut at an edge.
    ///
    /// A cut breaks fewer ways than half of those it ends: at most 0.43 of them in 1,400 boxes and
    /// stars of 0.3 to 4 km cut from eight towns, but for a few cuts with under twenty ways. A
    /// lost block breaks about as many or more.
    pub(crate) fn lost(self) -> u64 {
        let by_a_cut = self.broken * 2 <= self.ended;
        self.nowhere + if by_a_cut { 0 } else { self.broken }
    }
}

/// Who may walk a line; what is stricter is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Access {
    /// Everybody.
    #[default]
    Public,
    /// Those who live or work there: the ways of a compound.
    Residents,
    /// The same, at the node of a gate: a short piece on either side of it.
    Gate,
    /// Nobody.
    Closed,
}

/// What a line's tags say of all of its pieces.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct About {
    /// Its traits, with the part of the line that the pieces are.
    pub traits: Traits,
    /// Its name's place in [`Names`].
    pub name: Option<u32>,
    /// Who may walk it.
    pub access: Access,
}

impl About {
    /// Whether there is anything to say.
    pub(crate) fn is_nothing(&self) -> bool {
        self.name.is_none() && self.traits.is_plain() && self.access == Access::Public
    }
}

/// Pieces that are one line, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stretch {
    /// Places in [`RawStreets::pieces`].
    pub pieces: Range<u32>,
    pub about: About,
}

impl Stretch {
    /// The pieces from one place of a list to another; none when there are none, or too many.
    pub(crate) fn new(pieces: Range<usize>, about: About) -> Option<Self> {
        let start = u32::try_from(pieces.start).ok()?;
        let end = u32::try_from(pieces.end).ok()?;
        (start < end).then_some(Self {
            pieces: start..end,
            about,
        })
    }
}

/// What is doubtful about the heights that lines give their vertices.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Doubts {
    /// Vertices to which lines give different heights.
    pub uneven: u64,
    /// How far these are apart at most, in metres.
    pub most: f32,
    /// Heights that no street on earth has.
    pub strange: u64,
}

/// Names, each kept once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Names {
    list: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32>,
}

impl Names {
    /// The place of a name, which is added if it is new; none for an empty one.
    pub(crate) fn place(&mut self, name: &str) -> Option<u32> {
        let name = name.trim();
        if let Some(&place) = self.places.get(name) {
            return Some(place);
        }
        let place = u32::try_from(self.list.len())
            .ok()
            .filter(|_| !name.is_empty())?;
        let name: Arc<str> = name.into();
        self.list.push(Arc::clone(&name));
        self.places.insert(name, place);
        Some(place)
    }

    /// The places here of another list's names, which are added.
    pub(crate) fn places_of(&mut self, other: &Self) -> Vec<Option<u32>> {
        other.list.iter().map(|name| self.place(name)).collect()
    }

    /// The name at a place.
    pub(crate) fn at(&self, place: u32) -> Option<&Arc<str>> {
        self.list.get(place as usize)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

//! The objects of a map one by one, whether it is PBF or XML: for those who look for other things
//! than streets.

use super::areas::Member;
use super::collected::LonLat;
use super::fault::Fault;

/// Which objects are handed on, and of which the tags are looked at.
#[derive(Clone, Copy)]
pub(super) struct Sections<'a> {
    pub nodes: bool,
    pub ways: bool,
    pub relations: bool,
    /// The keys that matter: an object without one of them is handed on without tags.
    pub key: &'a dyn Fn(&str) -> bool,
}

/// An object of a map.
pub(super) struct Object<'a> {
    pub id: i64,
    pub tags: &'a [(&'a str, &'a str)],
    /// Whether it was listed without any tag, though not deleted. Overpass lists the nodes and members of
    /// what was asked for so, once more after those that have tags (`out skel`): they keep their tags.
    pub is_bare: bool,
    pub what: What,
}

/// What an object is; of a deleted one nothing but its kind.
pub(super) enum What {
    /// A node, and where it is; none where it is off the globe.
    Node(Option<LonLat>),
    /// A way with its nodes, and with their places where it tells them itself.
    Way(Vec<i64>, Vec<(i64, LonLat)>),
    /// A relation with those of its members that may be outlines.
    Relation(Vec<Member>),
}

/// What takes in objects.
pub(super) type Take<'a> = dyn FnMut(Object<'_>) -> Result<(), Fault> + 'a;

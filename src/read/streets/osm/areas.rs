//! Areas that are walked and drawn as relations: squares, pedestrian zones, platforms.
//!
//! Of a `multipolygon` with `highway=pedestrian`, `place=square`, `area:highway` or a platform the
//! outlines are walked, as those of ways with `area=yes` are: mostly they have no tags themselves.
//! A ring inside, the rim of a fountain, is walked where it shares a node with another street: else it
//! would be an island.

use std::collections::BTreeMap;

use crate::model::Traits;
use crate::read::streets::ways::Access;

use super::judge::{Judged, Kind};

/// An area that is walked.
#[derive(Debug)]
pub(super) struct Area {
    pub traits: Traits,
    pub name: Option<String>,
    kind: Kind,
    members: Vec<Member>,
}

/// A way on the outline of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member {
    pub way: i64,
    pub is_inner: bool,
}

impl Member {
    /// A member way in its role; none in a role that is no part of an outline.
    pub(super) fn of(way: i64, role: &str) -> Option<Self> {
        let is_inner = match role {
            "outer" | "" => false,
            "inner" => true,
            _ => return None,
        };
        Some(Self { way, is_inner })
    }
}

impl Area {
    /// The area of a relation, if it is one that is walked. Its members are looked at only then.
    pub(super) fn of<E>(
        judged: Option<Judged<'_>>,
        members: impl FnOnce() -> Result<Vec<Member>, E>,
    ) -> Result<Option<Self>, E> {
        let Some(judged) = judged else {
            return Ok(None);
        };
        let told = judged.told();
        Ok(Some(Self {
            traits: told.traits,
            name: told.name.map(str::to_owned),
            kind: judged.kind,
            members: members()?,
        }))
    }

    /// What a member is to somebody on foot.
    pub(super) const fn kind_of(&self, member: Member) -> Kind {
        match self.kind {
            Kind::Walked(access) if member.is_inner => Kind::Joining(access),
            other => other,
        }
    }

    /// The ways of its outlines; none where it is walked only if it joins a street.
    pub(super) fn ways(&self) -> impl Iterator<Item = i64> + '_ {
        let members = match self.kind {
            Kind::Walked(_) => self.members.as_slice(),
            Kind::Joining(_) | Kind::Closed | Kind::NoStreet | Kind::Deleted => &[],
        };
        members.iter().map(|member| member.way)
    }

    /// Who may walk there.
    pub(super) const fn access(&self) -> Access {
        self.kind.access()
    }
}

/// The members of these areas that are still to be walked: each with the first of its areas, by the
/// way's id. Ways that are streets themselves, or are closed, stay what they are.
pub(super) fn wanted(
    areas: &[Area],
    is_no_street: impl Fn(i64) -> bool,
) -> BTreeMap<i64, (usize, Member)> {
    let mut wanted = BTreeMap::new();
    for (place, area) in areas.iter().enumerate() {
        for &member in area
            .members
            .iter()
            .filter(|member| is_no_street(member.way))
        {
            wanted.entry(member.way).or_insert((place, member));
        }
    }
    wanted
}

//! What a change left behind: which sites and which pieces of street are not what they were.

use std::cmp::Ordering;

use super::super::{Network, Sites, Study};
use super::{Change, street};
use crate::ids::{EdgeId, SiteId};

/// How the sites of a study are numbered anew by a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SiteTrace {
    /// For each site of before its number now; none when it closed or moved.
    pub now: Vec<Option<SiteId>>,
    /// The sites that opened or moved, by their numbers now.
    pub fresh: Vec<SiteId>,
    /// The sites of before that are there still, but not as they were.
    pub altered: Vec<SiteId>,
}

/// Which pieces of street a change touched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct StreetTrace {
    /// The piece that is gone: those after it are numbered one less.
    pub cut: Option<EdgeId>,
    /// Pieces that are gone or not what they were, by their numbers before.
    pub before: Vec<EdgeId>,
    /// Pieces that are new or not what they were, by their numbers now.
    pub after: Vec<EdgeId>,
}

impl SiteTrace {
    /// From one study to another by this change. O(S), as both are in the order of ids.
    pub(crate) fn new(before: &Sites, after: &Sites, change: &Change) -> Self {
        let mut trace = Self {
            now: vec![None; before.len()],
            fresh: Vec::new(),
            altered: Vec::new(),
        };
        let mut old = before.iter().peekable();
        for (id, site) in after.iter() {
            while old.next_if(|(_, other)| other.id < site.id).is_some() {}
            let same = old.next_if(|(_, other)| other.id.cmp(&site.id) == Ordering::Equal);
            match same.filter(|(_, other)| other.at == site.at) {
                Some((place, _)) => trace.now[place.index()] = Some(id),
                None => trace.fresh.push(id),
            }
        }
        // One that moved counts too: its walks may take as long as before, and it may handle other items.
        let stayed = |id: &String| before.find(id).filter(|_| after.find(id).is_some());
        trace.altered = change.sites().iter().filter_map(stayed).collect();
        trace
    }
}

impl StreetTrace {
    /// From one study to another by this change. O(E) where it is one to streets, else O(1).
    pub(crate) fn new(before: &Study, after: &Study, change: &Change) -> Self {
        let (old, new) = (before.network(), after.network());
        match change {
            Change::CutStreet { at } => {
                let cut = street::meant(old, *at).map(|near| near.edge);
                Self {
                    cut,
                    before: cut.into_iter().collect(),
                    after: Vec::new(),
                }
            }
            Change::AddStreet { .. } | Change::SlowStreet { .. } => {
                let both = old.edges().len().min(new.edges().len());
                let differs = |&edge: &EdgeId| {
                    old.edge(edge) != new.edge(edge) || !same_traits(old, new, edge)
                };
                let changed: Vec<EdgeId> = (0..both).map(EdgeId::new).filter(differs).collect();
                let added = (both..new.edges().len()).map(EdgeId::new);
                Self {
                    cut: None,
                    after: changed.iter().copied().chain(added).collect(),
                    before: changed,
                }
            }
            _ => Self::default(),
        }
    }

    /// Whether no street changed.
    pub(crate) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// The number that a piece of before has now; none when it is gone.
    pub(crate) fn now(&self, edge: EdgeId) -> Option<EdgeId> {
        match self.cut.map(|cut| edge.cmp(&cut)) {
            Some(Ordering::Equal) => None,
            Some(Ordering::Greater) => Some(EdgeId::new(edge.index() - 1)),
            _ => Some(edge),
        }
    }
}

fn same_traits(old: &Network, new: &Network, edge: EdgeId) -> bool {
    old.traits_of(edge) == new.traits_of(edge)
}

impl Change {
    /// The written ids of the sites that it is about.
    pub(crate) fn sites(&self) -> &[String] {
        match self {
            Self::OpenSite(new) => std::slice::from_ref(&new.site.id),
            Self::CloseSite { site } | Self::MoveSite { site, .. } => std::slice::from_ref(site),
            Self::SetHours { sites, .. }
            | Self::Offer { sites, .. }
            | Self::Withdraw { sites, .. } => sites,
            Self::AddStreet { .. } | Self::CutStreet { .. } | Self::SlowStreet { .. } => &[],
        }
    }
}

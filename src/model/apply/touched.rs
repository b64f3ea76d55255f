//! What a change touched: which sites and which pieces of street are not what they were.

use crate::ids::{EdgeId, SiteId};
use crate::model::network::Network;
use crate::model::sites::Sites;

/// What a change, or several of them, touched.
///
/// ```
/// use walkshed::model::{Change, apply};
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let (once, closed) = apply(&town, &Change::CloseSite { site: "s".to_owned() }).unwrap();
/// let at = town.cells().as_slice()[0].at.unwrap();
/// let (_, cut) = apply(&once, &Change::CutStreet { at }).unwrap();
/// let both = closed.then(&cut);
/// assert!(!both.is_empty() && !both.sites.is_empty() && !both.streets.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Which sites.
    pub sites: TouchedSites,
    /// Which pieces of street.
    pub streets: TouchedStreets,
}

/// Which sites a change touched, and how it numbers the others.
///
/// ```
/// use walkshed::model::{Change, apply};
/// let town = walkshed::draw::town("A-s--a-B", 100.0, "s");
/// let to = town.cells().as_slice()[0].at.unwrap();
/// let (after, touched) = apply(&town, &Change::MoveSite { site: "s".to_owned(), to }).unwrap();
/// let s = after.sites().find("s").unwrap();
/// assert_eq!((touched.sites.placed(), touched.sites.altered()), (&[s][..], &[s][..]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedSites {
    now: Vec<Option<SiteId>>,
    placed: Vec<SiteId>,
    altered: Vec<SiteId>,
}

/// Which pieces of street a change touched, and how it numbers the others.
///
/// Pieces that are new stand last; one that is gone numbers those after it one less.
///
/// ```
/// use walkshed::ids::EdgeId;
/// use walkshed::model::{Change, apply};
/// let town = walkshed::draw::town("A-a--B--b-C", 100.0, "");
/// let at = town.cells().as_slice()[0].at.unwrap();
/// let (_, touched) = apply(&town, &Change::CutStreet { at }).unwrap();
/// // The first of two pieces is gone, and the second is the first now.
/// let [first, second] = [0, 1].map(EdgeId::new);
/// assert_eq!((touched.streets.before(), touched.streets.now(second)), (&[first][..], Some(first)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedStreets {
    /// How many pieces there were.
    count: usize,
    gone: Vec<EdgeId>,
    before: Vec<EdgeId>,
    after: Vec<EdgeId>,
}

impl Touched {
    /// Nothing of these.
    pub(super) fn nothing(sites: &Sites, network: &Network) -> Self {
        Self {
            sites: TouchedSites {
                now: sites.iter().map(|(site, _)| Some(site)).collect(),
                placed: Vec::new(),
                altered: Vec::new(),
            },
            streets: TouchedStreets {
                count: network.edges().len(),
                gone: Vec::new(),
                before: Vec::new(),
                after: Vec::new(),
            },
        }
    }

    /// Whether the study is what it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty() && self.streets.is_empty()
    }

    /// What these and the next changes touched together. O(sites + pieces touched).
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        Self {
            sites: self.sites.then(&next.sites),
            streets: self.streets.then(&next.streets),
        }
    }
}

impl TouchedSites {
    /// Whether no site is otherwise.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let gone = self.now.contains(&None);
        !gone && self.placed.is_empty() && self.altered.is_empty()
    }

    /// The number that a site of before has now; none when it closed.
    ///
    /// # Panics
    /// When there was no such site.
    #[must_use]
    pub fn now(&self, before: SiteId) -> Option<SiteId> {
        self.now[before.index()]
    }

    /// The sites that are new or stand elsewhere than before, by their numbers now, in order.
    #[must_use]
    pub fn placed(&self) -> &[SiteId] {
        &self.placed
    }

    /// The sites that are there still, but not as they were, by their numbers now, in order: they
    /// stand elsewhere, or their hours or offers are named by a change.
    #[must_use]
    pub fn altered(&self) -> &[SiteId] {
        &self.altered
    }

    /// For each site of before its number now if it stands where it stood.
    pub(crate) fn standing(&self) -> Vec<Option<SiteId>> {
        let stands = |site: &SiteId| self.placed.binary_search(site).is_err();
        self.now.iter().map(|now| now.filter(stands)).collect()
    }

    /// The site of this number is gone.
    pub(super) fn close(&mut self, site: SiteId) {
        self.now[site.index()] = None;
        for now in self.now.iter_mut().flatten().filter(|now| **now > site) {
            *now = SiteId::new(now.index() - 1);
        }
    }

    /// A site opens under this number; `before` is the one of its id that made way, if one did.
    pub(super) fn open(&mut self, place: SiteId, before: Option<SiteId>) {
        // Those at its place and after it are numbered one more.
        for now in self.now.iter_mut().flatten().filter(|now| **now >= place) {
            *now = SiteId::new(now.index() + 1);
        }
        self.placed.push(place);
        if let Some(before) = before {
            self.now[before.index()] = Some(place);
            self.altered.push(place);
        }
    }

    /// The site that opened stands where one of its id stood.
    pub(super) fn stay(&mut self) {
        self.placed.clear();
    }

    /// A site stands elsewhere.
    pub(super) fn relocate(&mut self, site: SiteId) {
        self.placed.push(site);
    }

    /// Something else about these sites is otherwise.
    pub(super) fn alter(&mut self, mut sites: Vec<SiteId>) {
        sites.sort_unstable();
        sites.dedup();
        self.altered = sites;
    }

    fn then(&self, next: &Self) -> Self {
        let follow = |site: &SiteId| next.now(*site);
        Self {
            now: self
                .now
                .iter()
                .map(|now| now.and_then(|now| follow(&now)))
                .collect(),
            placed: union(self.placed.iter().filter_map(follow), &next.placed),
            // One that opened in between was not there before: it is placed, and no more.
            altered: union(self.altered.iter().filter_map(follow), &next.altered)
                .into_iter()
                .filter(|site| self.was_there(next, *site))
                .collect(),
        }
    }

    /// Whether a site of now was there before these and the next changes.
    fn was_there(&self, next: &Self, site: SiteId) -> bool {
        self.now
            .iter()
            .flatten()
            .any(|&now| next.now(now) == Some(site))
    }
}

impl TouchedStreets {
    /// Whether no street is otherwise.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// The pieces that are gone or not what they were, by their numbers before, in order.
    #[must_use]
    pub fn before(&self) -> &[EdgeId] {
        &self.before
    }

    /// The pieces that are new or not what they were, by their numbers now, in order.
    #[must_use]
    pub fn after(&self) -> &[EdgeId] {
        &self.after
    }

    /// The number that a piece of before has now; none when it is gone. O(log gone).
    #[must_use]
    pub fn now(&self, piece: EdgeId) -> Option<EdgeId> {
        // As many numbers less as pieces before it are gone.
        let less = self.gone.binary_search(&piece).err()?;
        Some(EdgeId::new(piece.index() - less))
    }

    /// The number that a piece of now had before; none when it is new.
    fn then_was(&self, piece: EdgeId) -> Option<EdgeId> {
        // In order, each piece that is gone before it moves it back by one.
        let mut number = piece.index();
        for gone in &self.gone {
            number += usize::from(gone.index() <= number);
        }
        (number < self.count).then(|| EdgeId::new(number))
    }

    /// A piece is gone.
    pub(super) fn cut(&mut self, piece: EdgeId) {
        self.gone.push(piece);
        self.before.push(piece);
    }

    /// A piece is not what it was.
    pub(super) fn alter(&mut self, piece: EdgeId) {
        // One that is new altogether is touched anyway.
        if piece.index() < self.count {
            self.before = union([piece], &self.before);
            self.after = union([piece], &self.after);
        }
    }

    /// Pieces are new, and stand last.
    pub(super) fn add(&mut self, pieces: impl Iterator<Item = EdgeId>) {
        self.after.extend(pieces);
    }

    fn then(&self, next: &Self) -> Self {
        let back = |pieces: &[EdgeId]| -> Vec<EdgeId> {
            pieces
                .iter()
                .filter_map(|&piece| self.then_was(piece))
                .collect()
        };
        let follow = self.after.iter().filter_map(|&piece| next.now(piece));
        Self {
            count: self.count,
            gone: union(back(&next.gone), &self.gone),
            before: union(back(&next.before), &self.before),
            after: union(follow, &next.after),
        }
    }
}

/// All that is in either, in order, once.
fn union<T: Ord + Copy>(some: impl IntoIterator<Item = T>, more: &[T]) -> Vec<T> {
    let mut all: Vec<T> = some.into_iter().chain(more.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

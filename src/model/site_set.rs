//! Sets of sites.

use crate::ids::SiteId;

/// A set of sites, as a bit a site.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::SiteSet;
/// let [hall, bank, station] = [0, 1, 70].map(SiteId::new);
/// let (staffed, open_late) = (SiteSet::of([hall, station]), SiteSet::of([bank, station]));
/// assert_eq!(staffed.common(&open_late), SiteSet::of([station]));
/// assert_eq!(staffed.with(&open_late).iter().collect::<Vec<_>>(), [hall, bank, station]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SiteSet(Vec<u64>);

impl SiteSet {
    /// The set of these sites.
    #[must_use]
    pub fn of(sites: impl IntoIterator<Item = SiteId>) -> Self {
        let mut set = Self::default();
        sites.into_iter().for_each(|site| set.insert(site));
        set
    }

    /// Adds a site.
    pub fn insert(&mut self, site: SiteId) {
        let word = site.index() / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (site.index() % 64);
    }

    /// Whether the site is in the set.
    #[must_use]
    pub fn contains(&self, site: SiteId) -> bool {
        self.0
            .get(site.index() / 64)
            .is_some_and(|word| word >> (site.index() % 64) & 1 == 1)
    }

    /// Whether no site is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The sites that are in both.
    #[must_use]
    pub fn common(&self, other: &Self) -> Self {
        let mut words: Vec<u64> = self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect();
        // Sets are equal when their words are, so no empty words may trail.
        while words.last() == Some(&0) {
            words.pop();
        }
        Self(words)
    }

    /// The sites that are in either.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// The sites in their order.
    pub fn iter(&self) -> impl Iterator<Item = SiteId> {
        (0..self.0.len() * 64)
            .map(SiteId::new)
            .filter(|&site| self.contains(site))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let [near, far, none] = [3, 70, 71].map(SiteId::new);
        let set = SiteSet::of([far, near]);
        assert!(set.contains(near) && set.contains(far) && !set.contains(none));
        assert_eq!(set.iter().collect::<Vec<_>>(), [near, far]);
        assert_eq!(set.common(&SiteSet::of([near, none])), SiteSet::of([near]));
        assert_eq!(SiteSet::of([near]).with(&SiteSet::of([far])), set);
        assert!(SiteSet::of([]).is_empty() && !set.is_empty());
    }
}

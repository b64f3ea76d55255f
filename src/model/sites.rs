//! Sites that handle service items.

use std::sync::Arc;

use chrono::NaiveDate;

use super::attributes::Attributes;
use super::home_help::HomeHelp;
use super::hours::OpenWeek;
use super::order::Order;
use super::properties::Properties;
use crate::ids::{SiteId, UnitId};
use crate::plane::Position;

/// A point that handles service items: a centre, a station, a terminal.
///
/// ```
/// use chrono::NaiveDate;
/// use walkshed::model::Site;
/// use walkshed::plane::Position;
/// let at = Position::new(116.24, 29.73).unwrap();
/// let day = |day| NaiveDate::from_ymd_opt(2024, 7, day);
/// let station = Site { kind: "village-station".to_owned(), opened: day(2), ..Site::at("station", at) };
/// assert_eq!([1, 2].map(|n| station.exists_on(day(n).unwrap())), [false, true]);
/// ```
#[doc(alias = "服务点")]
#[doc(alias = "便民服务中心")]
#[doc(alias = "政务服务中心")]
#[doc(alias = "自助终端")]
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its id, unique.
    pub id: String,
    /// Its name, or the id where none was given.
    pub name: String,
    /// Its kind, free text, such as `county-centre` or `bank-terminal`; may be empty.
    pub kind: String,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
    /// Where it is.
    pub at: Position,
    /// Its yes/no properties.
    pub properties: Properties,
    /// The first day on which it is open; none where it always was.
    pub opened: Option<NaiveDate>,
    /// The first day on which it is closed for good; none where it stays.
    pub closed: Option<NaiveDate>,
    /// When it is open in the reference week; none where it does not say.
    pub hours: Option<Arc<OpenWeek>>,
    /// Whether and how far it sends helpers to people who need one; none where it does not.
    pub home_help: Option<HomeHelp>,
    /// What else the input tells of it.
    pub attributes: Attributes,
}

impl Site {
    /// A site with this id, which is its name too, without kind, unit, properties, dates and hours.
    #[must_use]
    pub fn at(id: &str, at: Position) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: String::new(),
            unit: None,
            at,
            properties: Properties::default(),
            opened: None,
            closed: None,
            hours: None,
            home_help: None,
            attributes: Attributes::default(),
        }
    }

    /// Whether it exists on this day: from the day of opening to the day before closing.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.opened.is_none_or(|opened| opened <= day)
            && self.closed.is_none_or(|closed| day < closed)
    }
}

/// All sites, in the order in which they were given; `read` gives them in the order of their ids.
///
/// ```
/// use walkshed::model::{Site, Sites};
/// use walkshed::plane::Position;
/// let hall = Site::at("hall", Position::new(116.24, 29.73).unwrap());
/// let bank = Site::at("bank", Position::new(116.25, 29.74).unwrap());
/// let sites: Sites = [hall, bank].into_iter().collect();
/// let ids: Vec<&str> = sites.into_iter().map(|(_, site)| site.id.as_str()).collect();
/// assert_eq!(ids, ["hall", "bank"]);
/// assert_eq!(sites.find("bank").map(|site| site.index()), Some(1));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sites {
    list: Vec<Site>,
    by_id: Order,
    has_numeric_ids: bool,
}

impl Sites {
    /// These sites, in this order. O(n log n), and O(n) when they are in the order of their ids.
    #[must_use]
    pub fn new(list: Vec<Site>) -> Self {
        let by_id = Order::new(list.len(), |place| &list[place].id);
        Self {
            list,
            by_id,
            has_numeric_ids: false,
        }
    }

    /// These sites in the order of their ids, whatever order they are given in: then the order of
    /// input rows decides no tie.
    #[must_use]
    pub fn sorted(mut list: Vec<Site>) -> Self {
        list.sort_by(|a, b| a.id.cmp(&b.id));
        Self::new(list)
    }

    /// The same, their ids being numbers in the input, as they are in a map then.
    #[must_use]
    pub const fn with_numeric_ids(mut self, are_numeric: bool) -> Self {
        self.has_numeric_ids = are_numeric;
        self
    }

    /// Whether their ids are numbers in the input.
    #[must_use]
    pub const fn has_numeric_ids(&self) -> bool {
        self.has_numeric_ids
    }

    /// The names of all that the input tells of some site, in the order of the input.
    #[must_use]
    pub fn attribute_names(&self) -> Vec<&str> {
        Attributes::all_names(self.list.iter().map(|site| &site.attributes))
    }

    /// All sites with their ids.
    #[must_use]
    pub fn iter(&self) -> SiteIter<'_> {
        SiteIter(self.list.iter().enumerate())
    }

    /// The site with this written id. O(log n).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<SiteId> {
        let place = self.by_id.find(id, |place| &self.list[place].id)?;
        Some(SiteId::new(place))
    }

    /// How many sites there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first two sites of one id.
    pub(super) fn twice(&self) -> Option<(SiteId, SiteId)> {
        let (first, second) = self.by_id.twice(|place| &self.list[place].id)?;
        Some((SiteId::new(first), SiteId::new(second)))
    }

    /// Where one more site stands: in the order of ids if all stand so, else last.
    pub(super) fn place_of(&self, id: &str) -> usize {
        if self.by_id.is_as_given() {
            self.list.partition_point(|site| site.id.as_str() < id)
        } else {
            self.list.len()
        }
    }

    /// The same sites but for a change.
    pub(super) fn changed(self, change: impl FnOnce(&mut Vec<Site>)) -> Self {
        let mut list = self.list;
        change(&mut list);
        Self::new(list).with_numeric_ids(self.has_numeric_ids)
    }
}

impl std::ops::Index<SiteId> for Sites {
    type Output = Site;
    fn index(&self, id: SiteId) -> &Site {
        &self.list[id.index()]
    }
}

impl FromIterator<Site> for Sites {
    fn from_iter<I: IntoIterator<Item = Site>>(sites: I) -> Self {
        Self::new(sites.into_iter().collect())
    }
}

/// The new sites stand after those that are there.
impl Extend<Site> for Sites {
    fn extend<I: IntoIterator<Item = Site>>(&mut self, sites: I) {
        *self = std::mem::take(self).changed(|list| list.extend(sites));
    }
}

impl<'a> IntoIterator for &'a Sites {
    type Item = (SiteId, &'a Site);
    type IntoIter = SiteIter<'a>;
    fn into_iter(self) -> SiteIter<'a> {
        self.iter()
    }
}

/// The sites of a study with their ids, in order.
///
/// ```
/// let town = walkshed::draw::town("A-s-a-t-B", 100.0, "st");
/// let mut sites = town.sites().iter();
/// assert_eq!(sites.len(), 2);
/// assert_eq!(sites.next().map(|(id, site)| (id.index(), site.id.as_str())), Some((0, "s")));
/// ```
#[derive(Debug, Clone)]
pub struct SiteIter<'a>(std::iter::Enumerate<std::slice::Iter<'a, Site>>);

impl<'a> Iterator for SiteIter<'a> {
    type Item = (SiteId, &'a Site);
    fn next(&mut self) -> Option<Self::Item> {
        let (place, site) = self.0.next()?;
        Some((SiteId::new(place), site))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for SiteIter<'_> {}

impl DoubleEndedIterator for SiteIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (place, site) = self.0.next_back()?;
        Some((SiteId::new(place), site))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_exists_from_its_first_day_to_the_day_before_it_closes() {
        let day = |day| NaiveDate::from_ymd_opt(2024, 7, day);
        let at = Position::new(116.2, 29.7).expect("near Hukou");
        let site = Site {
            opened: day(2),
            closed: day(5),
            ..Site::at("s", at)
        };
        let open: Vec<_> = (1..=6)
            .filter(|&n| day(n).is_some_and(|day| site.exists_on(day)))
            .collect();
        assert_eq!(open, [2, 3, 4]);
        assert!(day(1).is_some_and(|day| Site::at("s", at).exists_on(day)));
    }

    #[test]
    fn sites_that_change_keep_the_kind_of_their_ids() {
        let at = Position::new(116.2, 29.7).expect("near Hukou");
        let sites = Sites::new(vec![Site::at("7", at)]).with_numeric_ids(true);
        let mut changed = sites.changed(|list| list.push(Site::at("8", at)));
        changed.extend([Site::at("9", at)]);
        assert!(changed.has_numeric_ids() && changed.len() == 3);
    }

    #[test]
    fn sites_stand_in_the_order_given_and_are_found_by_their_ids() {
        let at = Position::new(116.2, 29.7).expect("near Hukou");
        let mut sites: Sites = ["b", "c", "a"]
            .map(|id| Site::at(id, at))
            .into_iter()
            .collect();
        sites.extend([Site::at("aa", at)]);
        let found = ["a", "aa", "b", "c", "d"].map(|id| sites.find(id).map(SiteId::index));
        assert_eq!(found, [Some(2), Some(3), Some(0), Some(1), None]);
        assert_eq!(sites.place_of("az"), 4, "after all others");
        let sorted = Sites::sorted(sites.list);
        assert_eq!(sorted.find("b").map(SiteId::index), Some(2));
        assert_eq!(sorted.place_of("az"), 2, "between aa and b");
    }

    #[test]
    fn the_first_two_of_one_id_are_told() {
        let at = Position::new(116.2, 29.7).expect("near Hukou");
        let twice = Sites::new(["b", "a", "b", "a"].map(|id| Site::at(id, at)).to_vec());
        let (first, second) = twice.twice().expect("two pairs");
        assert_eq!([first, second].map(SiteId::index), [1, 3]);
        assert_eq!(Sites::new(vec![Site::at("a", at)]).twice(), None);
    }
}

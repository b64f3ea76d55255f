//! Sites that handle service items.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{OpenWeek, Properties};
use crate::ids::{SiteId, UnitId};
use crate::plane::Position;

/// A point that handles service items: a centre, a station, a terminal.
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
}

impl Site {
    /// A site with this id, which is its name too, without kind, unit, properties, dates and hours.
    #[must_use]
    pub fn new(id: &str, at: Position) -> Self {
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
        }
    }

    /// Whether it exists on this day: from the day of opening to the day before closing.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.opened.is_none_or(|opened| opened <= day)
            && self.closed.is_none_or(|closed| day < closed)
    }
}

/// All sites, in the order of their ids.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sites(Vec<Site>);

impl Sites {
    /// These sites in the order of their ids, which the caller has made unique.
    #[must_use]
    pub fn new(mut sites: Vec<Site>) -> Self {
        sites.sort_by(|a, b| a.id.cmp(&b.id));
        Self(sites)
    }

    /// All sites with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SiteId, &Site)> {
        self.0
            .iter()
            .enumerate()
            .map(|(place, site)| (SiteId::new(place), site))
    }

    /// The site with this written id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<SiteId> {
        self.0
            .binary_search_by(|site| site.id.as_str().cmp(id))
            .ok()
            .map(SiteId::new)
    }

    /// How many sites there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::ops::Index<SiteId> for Sites {
    type Output = Site;
    fn index(&self, id: SiteId) -> &Site {
        &self.0[id.index()]
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
            ..Site::new("s", at)
        };
        let open: Vec<_> = (1..=6)
            .filter(|&n| day(n).is_some_and(|day| site.exists_on(day)))
            .collect();
        assert_eq!(open, [2, 3, 4]);
        assert!(day(1).is_some_and(|day| Site::new("s", at).exists_on(day)));
    }
}

//! Sites that handle service items.

use super::Properties;
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
}

impl Site {
    /// A site of this id at this place, without a kind, a unit or properties.
    #[must_use]
    pub fn plain(id: &str, at: Position) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: String::new(),
            unit: None,
            at,
            properties: Properties::default(),
        }
    }
}

impl Site {
    /// Whether it is there on a day; without a day, always.
    #[must_use]
    pub fn open_on(&self, _day: Option<chrono::NaiveDate>) -> bool {
        true
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
        self.0.iter().enumerate().map(|(place, site)| (SiteId::new(place), site))
    }

    /// The site with this written id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<SiteId> {
        self.0.binary_search_by(|site| site.id.as_str().cmp(id)).ok().map(SiteId::new)
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

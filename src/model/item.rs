//! Service items: whom they concern, what they need, where they may be handled.

use super::properties::Properties;
use super::step::Steps;

/// One service item.
#[doc(alias = "事项")]
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id, unique.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How much it counts in the score, for example its yearly volume, in millionths.
    pub weight: u64,
    /// Whether it is one of the high-frequency items.
    pub high_frequency: bool,
    /// Whom it concerns.
    pub audience: Audience,
    /// The theme or stage of life it belongs to; empty for none.
    pub theme: String,
    /// The department that is responsible for it; empty for none.
    pub department: String,
    /// How far it can be done without leaving home.
    pub online: Online,
    /// The steps that need a visit.
    pub visits: Steps,
    /// Where a person may have it handled.
    pub reach: ItemReach,
    /// Its yes/no properties.
    pub properties: Properties,
}

impl Item {
    /// The departments that are responsible for it; none when it names none.
    pub fn departments(&self) -> impl Iterator<Item = &str> {
        Some(self.department.as_str())
            .filter(|name| !name.is_empty())
            .into_iter()
    }

    /// An item of this id and of weight one that any site may handle for anybody, whole.
    #[must_use]
    pub fn plain(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            weight: 1_000_000,
            high_frequency: false,
            audience: Audience::Both,
            theme: String::new(),
            department: String::new(),
            online: Online::None,
            visits: Steps::USUAL,
            reach: ItemReach::Anywhere,
            properties: Properties::default(),
        }
    }
}

/// Whom an item concerns.
#[doc(alias = "服务对象")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Audience {
    /// Persons.
    Person,
    /// Firms.
    Firm,
    /// Both.
    #[default]
    Both,
}

impl Audience {
    /// Whether an item for these concerns somebody of that audience.
    #[must_use]
    pub fn concerns(self, who: Self) -> bool {
        self == who || self == Self::Both || who == Self::Both
    }
}

/// How far an item can be done online.
#[doc(alias = "网上办")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Online {
    /// Not at all.
    #[default]
    None,
    /// In part: the steps that need a visit still do.
    Part,
    /// Wholly: who goes online need not visit any site.
    Whole,
}

/// Where a person may have an item handled.
#[doc(alias = "跨域通办")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ItemReach {
    /// At a site of one's own unit, or of a unit that it lies in.
    OwnUnit,
    /// At any site that handles it.
    #[default]
    Anywhere,
}

//! Service items: whom they concern, what they need, where they may be handled.

use super::attributes::{Attribute, Attributes};
use super::properties::Properties;
use super::step::{Step, Steps};

/// One service item.
///
/// ```
/// use walkshed::model::{Item, Online, Step, Steps};
/// // Papers are taken in online; the certificate is sent by post.
/// let permit = Item {
///     name: "经营许可".to_owned(),
///     online: Online::Part,
///     online_steps: Steps::only(Step::Accept),
///     delivery: true,
///     ..Item::plain("permit")
/// };
/// assert_eq!(permit.steps_at_sites(), Steps::only(Step::Accept));
/// // Who goes online need go nowhere.
/// assert!(permit.steps_at_sites().without(permit.steps_online()).is_empty());
/// ```
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
    /// The departments that are responsible for it, each for the whole; empty for none.
    pub departments: Vec<String>,
    /// How far it can be done online.
    pub online: Online,
    /// The steps that are done online, where it is [`Online::Part`].
    pub online_steps: Steps,
    /// How far it can be done on a mobile phone, by whoever goes online.
    pub mobile: Online,
    /// The steps that are done on a mobile phone, where that is [`Online::Part`].
    pub mobile_steps: Steps,
    /// Whether the certificate can be sent by post, so that nobody need come for [`Step::Issue`].
    pub delivery: bool,
    /// The steps that need a visit, but for what is sent by post.
    pub visits: Steps,
    /// Where a person may have it handled.
    pub reach: ItemReach,
    /// The kinds or levels of sites that it may be handed down to; none where it does not say.
    pub may_go_to: Option<Vec<String>>,
    /// Its yes/no properties.
    pub properties: Properties,
    /// What else the input tells of it; steps, papers and days before and now by the names of
    /// [`Saving`].
    pub attributes: Attributes,
}

impl Item {
    /// The departments that are responsible for it; none when it names none.
    pub fn departments(&self) -> impl Iterator<Item = &str> {
        let named = self.departments.iter().map(String::as_str);
        named.filter(|name| !name.is_empty())
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
            departments: Vec::new(),
            online: Online::None,
            online_steps: Steps::NONE,
            mobile: Online::None,
            mobile_steps: Steps::NONE,
            delivery: false,
            visits: Steps::USUAL,
            reach: ItemReach::Anywhere,
            may_go_to: None,
            properties: Properties::default(),
            attributes: Attributes::default(),
        }
    }

    /// The steps that need a visit from whoever does not go online: what is sent by post needs none.
    #[must_use]
    pub const fn steps_at_sites(&self) -> Steps {
        if self.delivery {
            self.visits.without(Steps::only(Step::Issue))
        } else {
            self.visits
        }
    }

    /// Those of them that need no visit from whoever goes online, on a computer or a phone.
    #[must_use]
    pub const fn steps_online(&self) -> Steps {
        self.steps_on_computer().and(self.steps_on_phone())
    }

    /// Those that need no visit from whoever goes online on a computer.
    #[must_use]
    pub const fn steps_on_computer(&self) -> Steps {
        let online = self.online.steps(self.online_steps);
        online.common(self.steps_at_sites())
    }

    /// Those that need no visit from whoever goes online on a phone.
    #[must_use]
    pub const fn steps_on_phone(&self) -> Steps {
        let mobile = self.mobile.steps(self.mobile_steps);
        mobile.common(self.steps_at_sites())
    }

    /// Its departments in one field, such as `医保局;人社局`; empty for none.
    #[must_use]
    pub fn department(&self) -> String {
        self.departments.join(";")
    }

    /// What was saved of its process, before minus now; none where it does not state both.
    ///
    /// ```
    /// use walkshed::model::{Attribute, Attributes, Item, Saving};
    /// let names = Saving::Days.columns().map(str::to_owned);
    /// let days = vec![Attribute::Number(20.0), Attribute::Number(5.0)];
    /// let item = Item { attributes: Attributes::new(names.into(), days), ..Item::plain("permit") };
    /// assert_eq!([Saving::Days, Saving::Papers].map(|saving| item.saved(saving)), [Some(15.0), None]);
    /// ```
    #[must_use]
    pub fn saved(&self, saving: Saving) -> Option<f64> {
        let [before, now] = saving.columns().map(|name| self.number(name));
        Some(before? - now?)
    }

    /// The number that the input states under this name.
    fn number(&self, name: &str) -> Option<f64> {
        match self.attributes.get(name)? {
            Attribute::Number(number) => Some(*number),
            Attribute::Empty | Attribute::Flag(_) | Attribute::Text(_) | Attribute::List(_) => None,
        }
    }
}

/// Whom an item concerns.
///
/// ```
/// use walkshed::model::Audience::{Both, Firm, Person};
/// assert!(Both.concerns(Firm) && Person.concerns(Both) && !Person.concerns(Firm));
/// ```
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

/// What a reform saves of an item's process.
///
/// ```
/// use walkshed::model::Saving;
/// assert_eq!(Saving::Days.columns(), ["days_before", "days_now"]);
/// ```
#[doc(alias = "减环节减材料减时限")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Saving {
    /// Steps.
    Steps,
    /// Papers to hand in.
    Papers,
    /// Working days.
    Days,
}

impl Saving {
    /// The columns of the items that state it, before and now.
    #[must_use]
    pub const fn columns(self) -> [&'static str; 2] {
        match self {
            Self::Steps => ["steps_before", "steps_now"],
            Self::Papers => ["papers_before", "papers_now"],
            Self::Days => ["days_before", "days_now"],
        }
    }
}

/// How far an item can be done online.
///
/// ```
/// use walkshed::model::{Online, Step, Steps};
/// let named = Steps::only(Step::Accept);
/// let done = [Online::None, Online::Part, Online::Whole].map(|online| online.steps(named));
/// assert_eq!(done, [Steps::NONE, named, Steps::WHOLE]);
/// ```
#[doc(alias = "网上办")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Online {
    /// Not at all.
    #[default]
    None,
    /// In part: the steps that need a visit still do, but for those that the item names.
    Part,
    /// Wholly: who goes online need not visit any site.
    Whole,
}

impl Online {
    /// The steps that are done online, where these are the ones that an item names.
    #[must_use]
    pub const fn steps(self, named: Steps) -> Steps {
        match self {
            Self::None => Steps::NONE,
            Self::Part => named,
            Self::Whole => Steps::WHOLE,
        }
    }
}

/// Where a person may have an item handled.
///
/// ```
/// use walkshed::model::{Item, ItemReach};
/// // Unless it says otherwise, an item is handled for anybody.
/// assert_eq!(Item::plain("birth").reach, ItemReach::Anywhere);
/// let own = Item { reach: ItemReach::OwnUnit, ..Item::plain("residence") };
/// assert_ne!(own.reach, ItemReach::default());
/// ```
#[doc(alias = "跨区通办")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ItemReach {
    /// At a site of one's own unit, or of a unit that it lies in.
    OwnUnit,
    /// At any site that handles it.
    #[default]
    Anywhere,
}

//! Kinds of sites: what each may be handed, and whether people serve themselves there.

use super::sites::Site;
use crate::ids::ItemId;

/// What the study says of a kind of sites.
///
/// ```
/// use walkshed::ids::ItemId;
/// use walkshed::model::{Kind, Takes};
/// let bank = Kind {
///     name: "bank".to_owned(),
///     takes: Some(Takes::Items(vec![ItemId::new(3)])),
///     self_service: Some(false),
/// };
/// let takes = bank.takes.unwrap();
/// assert!(takes.includes(ItemId::new(3)) && !takes.includes(ItemId::new(4)));
/// ```
#[doc(alias = "服务点类型")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kind {
    /// The kind, as sites name it.
    pub name: String,
    /// The items that its sites can take; none where the study does not say.
    pub takes: Option<Takes>,
    /// Whether people serve themselves there; none where the study does not say.
    pub self_service: Option<bool>,
}

/// The items that sites of a kind can take.
///
/// ```
/// use walkshed::ids::ItemId;
/// use walkshed::model::Takes;
/// let [birth, permit] = [0, 1].map(ItemId::new);
/// let takes = [Takes::All, Takes::None, Takes::Items(vec![birth])];
/// assert_eq!(
///     takes.map(|takes| [birth, permit].map(|item| takes.includes(item))),
///     [[true, true], [false, false], [true, false]]
/// );
/// ```
#[doc(alias = "能接")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// Any.
    All,
    /// None.
    None,
    /// These.
    Items(Vec<ItemId>),
}

impl Takes {
    /// Whether an item is among them. O(items).
    #[must_use]
    pub fn includes(&self, item: ItemId) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Items(items) => items.contains(&item),
        }
    }
}

/// What a study says of kinds of sites, in its order; nothing of most kinds.
///
/// ```
/// use walkshed::model::{Kind, Kinds, Takes};
/// let terminal = Kind { name: "terminal".to_owned(), takes: Some(Takes::None), self_service: None };
/// let kinds = Kinds::new(vec![terminal]);
/// assert!(kinds.find("terminal").is_some() && kinds.find("hall").is_none());
/// // Its name says that people serve themselves there.
/// assert!(kinds.is_self_service("terminal") && !kinds.has_clerk("terminal"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kinds(Vec<Kind>);

impl Kinds {
    /// These kinds.
    #[must_use]
    pub const fn new(kinds: Vec<Kind>) -> Self {
        Self(kinds)
    }

    /// All of them, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.0.iter()
    }

    /// What is said of a kind; none where nothing is. O(kinds).
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Kind> {
        self.0.iter().find(|kind| kind.name == name)
    }

    /// Whether people serve themselves at sites of a kind: as the study says, else where the kind is
    /// called a terminal, a kiosk, a machine, an ATM or self-service (自助, 终端, 一体机).
    ///
    /// ```
    /// use walkshed::model::{Kind, Kinds};
    /// let library = Kind { name: "library".to_owned(), self_service: Some(true), ..Kind::default() };
    /// let kinds = Kinds::new(vec![library]);
    /// let alone = ["library", "bank-terminal", "自助服务站", "village-station"].map(|kind| kinds.is_self_service(kind));
    /// assert_eq!(alone, [true, true, true, false]);
    /// ```
    #[must_use]
    pub fn is_self_service(&self, name: &str) -> bool {
        let stated = self.find(name).and_then(|kind| kind.self_service);
        stated.unwrap_or_else(|| speaks_of(name, &SELF_SERVICE))
    }

    /// Whether people serve themselves at a site: as it says itself (`self_service`), or else as its kind
    /// does.
    ///
    /// ```
    /// use walkshed::model::{Kinds, Site};
    /// use walkshed::plane::Position;
    /// let home = Position::new(116.24, 29.73).unwrap();
    /// let mut bank = Site::at("bank", home);
    /// bank.kind = "bank".to_owned();
    /// assert!(!Kinds::default().serve_themselves_at(&bank));
    /// bank.kind = "bank-terminal".to_owned();
    /// assert!(Kinds::default().serve_themselves_at(&bank));
    /// ```
    #[must_use]
    pub fn serve_themselves_at(&self, site: &Site) -> bool {
        let own = site.properties.get("self_service");
        own.unwrap_or_else(|| self.is_self_service(&site.kind))
    }

    /// Whether sites of a kind are people who do things for others, by its name (帮办, 代办).
    pub(crate) fn is_helper(name: &str) -> bool {
        speaks_of(name, &HELPERS)
    }

    /// Whether a clerk of an office sits at sites of a kind: not where people serve themselves, nor at a
    /// bank, a post or a telecom outlet.
    #[must_use]
    pub fn has_clerk(&self, name: &str) -> bool {
        !self.is_self_service(name) && !is_outlet(name)
    }

    /// The items that sites of a kind can take, as the study says.
    pub(super) fn takes(&self, name: &str) -> Option<&Takes> {
        self.find(name)?.takes.as_ref()
    }
}

/// Words in the name of a kind: whole ones of other scripts, parts of Chinese ones.
type Words = [&'static str];

const HELPERS: [&str; 6] = ["helper", "helpers", "agent", "agents", "帮办", "代办"];

const SELF_SERVICE: [&str; 12] = [
    "terminal",
    "terminals",
    "kiosk",
    "kiosks",
    "machine",
    "machines",
    "atm",
    "self",
    "selfservice",
    "自助",
    "终端",
    "一体机",
];

/// Outlets of firms, which take over nothing of an office unless the study says so.
const OUTLETS: [&str; 14] = [
    "bank",
    "banks",
    "post",
    "postal",
    "telecom",
    "mobile",
    "银行",
    "农商行",
    "信用社",
    "邮政",
    "邮局",
    "电信",
    "移动",
    "联通",
];

/// Whether a kind is that of a bank, a post or a telecom outlet, by its name.
fn is_outlet(kind: &str) -> bool {
    speaks_of(kind, &OUTLETS)
}

fn speaks_of(kind: &str, words: &Words) -> bool {
    let kind = kind.to_lowercase();
    words.iter().any(|word| {
        if word.is_ascii() {
            // A bank, but no embankment.
            kind.split(|c: char| !c.is_ascii_alphanumeric())
                .any(|part| part == *word)
        } else {
            kind.contains(word)
        }
    })
}

/// At which level of the administration a kind of sites stands.
///
/// ```
/// use walkshed::model::SiteLevel;
/// let levels = ["村级便民服务站", "township-centre", "bank"].map(SiteLevel::of_kind);
/// assert_eq!(levels, [Some(SiteLevel::Village), Some(SiteLevel::Township), None]);
/// ```
#[doc(alias = "层级")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SiteLevel {
    /// In the park of a county or township.
    Park,
    /// The village or community.
    Village,
    /// The township, town or street.
    Township,
    /// The county.
    County,
}

impl SiteLevel {
    /// All levels; a kind whose name speaks of several stands at the first of them.
    pub const ALL: [Self; 4] = [Self::Park, Self::Village, Self::Township, Self::County];

    const fn words(self) -> &'static Words {
        match self {
            Self::Park => &["park", "园区", "开发区", "产业园"],
            Self::Village => &["village", "community", "村", "社区"],
            Self::Township => &["township", "town", "street", "乡", "镇", "街道"],
            Self::County => &["county", "县"],
        }
    }

    /// The level of this word, such as `village`, 村, 村级 or 乡镇.
    ///
    /// ```
    /// use walkshed::model::SiteLevel;
    /// let levels = ["村级", "乡镇", "township", "bank"].map(SiteLevel::named);
    /// assert_eq!(levels, [Some(SiteLevel::Village), Some(SiteLevel::Township), Some(SiteLevel::Township), None]);
    /// ```
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let short = word.strip_suffix('级').unwrap_or(&word);
        // Offices write a level by several of its words at once.
        let joined = match short {
            "乡镇" | "乡镇街道" | "镇街" | "乡（镇）" => Some(Self::Township),
            "村居" | "村社区" | "村社" | "村（社区）" => Some(Self::Village),
            _ => None,
        };
        let mut levels = Self::ALL.into_iter();
        joined.or_else(|| levels.find(|level| level.words().contains(&short)))
    }

    /// The level that the name of a kind speaks of, such as `village-station` or 村级便民服务站.
    #[must_use]
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| speaks_of(kind, level.words()))
    }
}

/// Whether a kind is meant by a word for a kind or a level.
pub(super) fn is_meant(kind: &str, word: &str) -> bool {
    kind == word
        || SiteLevel::named(word).is_some_and(|level| SiteLevel::of_kind(kind) == Some(level))
}

//! What if: changes to a study, and the study that they make of it.
//!
//! A site is opened, closed or moved; its hours or its offers change; a street is added, cut or
//! slowed. The changes are applied in order, each to what those before it have made, and the result
//! is a study like any other: the same as if its files had said so from the start. Cells, units and
//! items keep their ids; sites, vertices and street pieces may be numbered anew, so changes name
//! sites by their written ids and streets by a place.
//!
//! # In the study file
//!
//! Each change is a `[[change]]` with `do` and the keys that it takes; `?` marks those that may be
//! left out. Places are in the study's default system (`inputs.crs`), or in the one that the change
//! names as its `crs`.
//!
//! | `do` | keys | |
//! |---|---|---|
//! | `open-site` | `site` `lon` `lat` `crs?` `name?` `kind?` `unit?` `items?` `like?` `opening_hours?` `helper?` | `site` is the new id |
//! | `close-site` | `site` | |
//! | `move-site` | `site` `lon` `lat` `crs?` | |
//! | `merge-sites` | `sites`, `site?` or `at = "best"` or `lon` `lat`, `crs?` `name?` `kind?` `unit?` `opening_hours?` | folds several into one |
//! | `hours` | `site` or `kind`, `opening_hours`, `add?` | needs `[time]`; `add = true`: beside the hours that there are |
//! | `helper` | `site` or `kind`, `helper?` | a helper is there, or with `helper = false` no longer |
//! | `offer` | `site` or `kind`, `items` or `theme`, `depth?` `replaces?` | `depth`: `"whole"`, or a list of steps |
//! | `renew` | `site` or `kind`, `items` or `theme`, `until?` | what runs out lasts until that day, or for ever |
//! | `reach` | `site` or `kind`, `items` or `theme`, `reach` | `"anywhere"` (跨区通办) or `"own-unit"` (属地) |
//! | `withdraw` | `site` or `kind`, `items` or `theme` | |
//! | `add-street` | `line = [[lon, lat], …]` `crs?` | joins at its ends |
//! | `cut-street` | `at = [lon, lat]` `crs?` | the piece between two vertices |
//! | `slow-street` | `at`, `times` `crs?` | 1 to 1,000 |
//!
//! A new site handles the `items` listed, wholly; or what the site handles that it is `like`, whose
//! kind, hours and yes/no properties it also has where it states none of its own; or else what the
//! offers table says of its `kind`, together with earlier changes to the offers of that kind. In a
//! study without items it handles the one implicit item. A change to a `kind` is one to all sites
//! of that kind by then, those that list items of their own included; one to a `site` is to that
//! site alone, whatever its kind handles.
//!
//! Sites that merge become one station. It handles whatever any of them did, as deep, as long and
//! for whom each did, and is open when any of them was unless `opening_hours` says otherwise. It
//! has a helper, and any other yes/no property, if any of them has. It belongs to the innermost
//! unit that all of them lie in, unless `unit` says otherwise, so that whoever was served by one of
//! them is. Its place is that of the site that keeps its id (`site`), the place `lon`, `lat` with
//! the id `site`, or with `at = "best"` that of the one that most people reach within the limit,
//! each of them alone (of equals the first by id); `site` may then give it a new id.
//!
//! ```toml
//! [[change]]
//! do = "open-site"
//! site = "market"
//! kind = "station"
//! lon = 116.2442
//! lat = 29.7391
//!
//! [[change]]
//! do = "offer"
//! kind = "station"
//! theme = "birth"
//! depth = ["accept", "issue"]
//! ```
//!
//! # In a program
//!
//! ```
//! use walkshed::model::{Change, NewOffer, NewSite, Site, apply};
//! use walkshed::{Options, People, draw};
//!
//! // One character is 100 m: b is 1,500 m from the site s.
//! let town = draw::town("A-s-a-B------------b-C", 100.0, "s");
//! let covered = |study| {
//!     let results = walkshed::run(study, &Options::default()).unwrap();
//!     results.coverage.total().covered()
//! };
//! let b = town.cells().iter().find(|(_, cell)| cell.id == "b").and_then(|(_, cell)| cell.at).unwrap();
//! let service = town.catalogue().find("service").unwrap();
//! let opened = NewSite { site: Site::at("t", b), offers: vec![NewOffer::whole(service)] };
//! let (after, touched) = apply(&town, &Change::OpenSite(Box::new(opened))).unwrap();
//! assert_eq!(touched.sites.placed(), [after.sites().find("t").unwrap()]);
//! assert_eq!((covered(&town), covered(&after)), (People::whole(1), People::whole(1 + 2)));
//! ```

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::catalogue::Offer;
use super::hours::OpenWeek;
use super::item::ItemReach;
use super::sites::Site;
use super::step::Steps;
use crate::ids::{ItemId, SiteId, UnitId};
use crate::plane::Position;

/// One change to a study.
///
/// One that names a site or a street that is not there cannot be applied
/// ([`ChangeError`](super::ChangeError)).
///
/// ```
/// use walkshed::ids::ItemId;
/// use walkshed::model::{Change, Steps};
/// let items = [0, 1].map(ItemId::new).into();
/// let hands_down = Change::Offer { sites: vec!["t".to_owned()], items, steps: Steps::WHOLE };
/// assert_eq!(hands_down.to_string(), "offer t: 2 items");
/// ```
#[doc(alias = "情景")]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// A site opens. One that has its id makes way.
    OpenSite(Box<NewSite>),
    /// A site closes for good: as if it had never been.
    CloseSite {
        /// Its written id.
        site: String,
    },
    /// A site moves, with all that it offers.
    MoveSite {
        /// Its written id.
        site: String,
        /// Where it then is.
        to: Position,
    },
    /// Sites open at other hours.
    SetHours {
        /// Their written ids.
        sites: Vec<String>,
        /// When they then are open in the reference week.
        hours: Arc<OpenWeek>,
    },
    /// Sites are open at more hours than they are.
    AddHours {
        /// Their written ids.
        sites: Vec<String>,
        /// When else they then are open in the reference week.
        hours: Arc<OpenWeek>,
    },
    /// Sites have a helper, or have none any longer.
    SetHelper {
        /// Their written ids.
        sites: Vec<String>,
        /// Whether they then have one.
        has_helper: bool,
    },
    /// Several sites become one.
    MergeSites(Box<Merger>),
    /// Sites handle more items, or more steps of them, at once and for ever.
    Offer {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
        /// The steps that they do.
        steps: Steps,
    },
    /// Sites handle items so deep and no deeper, at once and for ever, whatever they did before.
    Replace {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
        /// The steps that they then do; all that they do.
        steps: Steps,
    },
    /// What sites handle for a time lasts longer, as deep as it is. What has no last day stays.
    Renew {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
        /// The last day then; none for ever. What lasts beyond it stays.
        until: Option<NaiveDate>,
    },
    /// Sites serve others with items that they handle: a cross-area window.
    #[doc(alias = "跨区通办")]
    SetReach {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
        /// Whom they then serve.
        reach: ItemReach,
    },
    /// Sites handle items no longer, not even steps of them.
    Withdraw {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
    },
    /// A street is built. Its ends join the nearest point of a street within 25 m, each by a piece
    /// as long as the gap; an end without one hangs free. In between it joins nothing: it passes
    /// over or under the streets that it crosses.
    AddStreet {
        /// Its vertices, two or more.
        line: Vec<Position>,
    },
    /// The piece of street nearest to a place, within 25 m, is closed for good. Of several at
    /// exactly the same distance it is the one with the smallest number.
    CutStreet {
        /// The place.
        at: Position,
    },
    /// The piece of street nearest to a place, within 25 m, takes longer to walk: slopes, crossings
    /// and all.
    SlowStreet {
        /// The place.
        at: Position,
        /// How many times as long, 1 or more. A piece is slowed a thousand times at most.
        times: f64,
    },
}

/// A site that opens, with what it offers.
///
/// ```
/// use walkshed::model::{Change, NewOffer, NewSite, Site};
/// use walkshed::{ids::ItemId, plane::Position};
/// let site = Site::at("market", Position::new(116.2442, 29.7391).unwrap());
/// let market = NewSite { site, offers: vec![NewOffer::whole(ItemId::new(0))] };
/// assert_eq!(Change::OpenSite(Box::new(market)).to_string(), "open-site market");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// The site.
    pub site: Site,
    /// What it handles.
    pub offers: Vec<NewOffer>,
}

/// Several sites that become one, which handles what any of them did, is open when any of them was
/// and has every yes/no property that any of them has.
///
/// ```
/// use walkshed::model::{Change, Merger, apply};
/// // The sites s and t become one, where s stands.
/// let town = walkshed::draw::town("A-a--s---t-b-B", 100.0, "st");
/// let merger = Merger { sites: ["s", "t"].map(str::to_owned).into(), into: "s".to_owned(), ..Merger::default() };
/// let (after, _) = apply(&town, &Change::MergeSites(Box::new(merger))).unwrap();
/// assert_eq!((after.sites().len(), after.sites().find("t")), (1, None));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merger {
    /// The written ids of those that are folded into one.
    pub sites: Vec<String>,
    /// The id of the one: that of one of them, or a new one. One that has it makes way.
    pub into: String,
    /// Where it stands; none for where the one of its id does.
    pub at: Option<Position>,
    /// Its name; none for that of the one of its id, or else its id.
    pub name: Option<String>,
    /// Its kind; none for that of the one of its id, or else of the first of them.
    pub kind: Option<String>,
    /// Its unit; none for the innermost that all of them lie in.
    pub unit: Option<UnitId>,
    /// Its hours; none for when any of them was open.
    pub hours: Option<Arc<OpenWeek>>,
}

/// What a site that opens handles.
///
/// ```
/// use walkshed::ids::{ItemId, SiteId};
/// use walkshed::model::{NewOffer, Step, Steps};
/// // A station that takes in papers, and no more.
/// let accepts = NewOffer { steps: Steps::only(Step::Accept), ..NewOffer::whole(ItemId::new(0)) };
/// assert_eq!(accepts.by(SiteId::new(3)).steps.to_string(), "accept");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewOffer {
    /// The item.
    pub item: ItemId,
    /// The steps that it does.
    pub steps: Steps,
    /// Whom it does them for; none for whom the item is done for.
    pub reach: Option<ItemReach>,
    /// The first day; none for always.
    pub from: Option<NaiveDate>,
    /// The last day; none for ever.
    pub until: Option<NaiveDate>,
}

impl NewOffer {
    /// The whole item, always.
    ///
    /// ```
    /// use walkshed::ids::ItemId;
    /// use walkshed::model::{NewOffer, Steps};
    /// let offer = NewOffer::whole(ItemId::new(0));
    /// assert_eq!((offer.steps, offer.from, offer.until), (Steps::WHOLE, None, None));
    /// ```
    #[must_use]
    pub const fn whole(item: ItemId) -> Self {
        Self {
            item,
            steps: Steps::WHOLE,
            reach: None,
            from: None,
            until: None,
        }
    }

    /// What a site offers of an item, for another one.
    ///
    /// ```
    /// use walkshed::ids::{ItemId, SiteId};
    /// use walkshed::model::{NewOffer, Offer};
    /// // A new station t handles the first item as the station s does.
    /// let [s, t] = [0, 1].map(SiteId::new);
    /// let until = chrono::NaiveDate::from_ymd_opt(2025, 12, 31);
    /// let of_s = Offer { until, ..Offer::whole(s) };
    /// assert_eq!(NewOffer::like(ItemId::new(0), &of_s).by(t), Offer { site: t, ..of_s });
    /// ```
    #[must_use]
    pub const fn like(item: ItemId, offer: &Offer) -> Self {
        Self {
            item,
            steps: offer.steps,
            from: offer.from,
            until: offer.until,
            reach: offer.reach,
        }
    }

    /// The offer, made by a site.
    ///
    /// ```
    /// use walkshed::ids::{ItemId, SiteId};
    /// use walkshed::model::{NewOffer, Offer};
    /// let hall = SiteId::new(4);
    /// assert_eq!(NewOffer::whole(ItemId::new(0)).by(hall), Offer::whole(hall));
    /// ```
    #[must_use]
    pub const fn by(self, site: SiteId) -> Offer {
        Offer {
            site,
            steps: self.steps,
            from: self.from,
            until: self.until,
            reach: self.reach,
        }
    }
}

impl fmt::Display for Change {
    /// The change in a few words, such as `close-site t`, with ids as the data has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenSite(new) => write!(f, "open-site {}", new.site.id),
            Self::CloseSite { site } => write!(f, "close-site {site}"),
            Self::MoveSite { site, .. } => write!(f, "move-site {site}"),
            Self::SetHours { sites, .. } => write!(f, "hours {}", some(sites)),
            Self::AddHours { sites, .. } => write!(f, "more hours {}", some(sites)),
            Self::SetHelper { sites, has_helper } => {
                let what = if *has_helper { "helper" } else { "no helper" };
                write!(f, "{what} {}", some(sites))
            }
            Self::MergeSites(merger) => {
                write!(
                    f,
                    "merge-sites {} into {}",
                    some(&merger.sites),
                    merger.into
                )
            }
            Self::Offer { sites, items, .. } => {
                write!(f, "offer {}: {} items", some(sites), items.len())
            }
            Self::Replace { sites, items, .. } => {
                write!(f, "offer instead {}: {} items", some(sites), items.len())
            }
            Self::Renew { sites, items, .. } => {
                write!(f, "renew {}: {} items", some(sites), items.len())
            }
            Self::SetReach { sites, items, .. } => {
                write!(f, "reach {}: {} items", some(sites), items.len())
            }
            Self::Withdraw { sites, items } => {
                write!(f, "withdraw {}: {} items", some(sites), items.len())
            }
            Self::AddStreet { line } => match line.first() {
                Some(start) => write!(f, "add-street from {start}"),
                None => f.write_str("add-street"),
            },
            Self::CutStreet { at } => write!(f, "cut-street at {at}"),
            Self::SlowStreet { at, times } => write!(f, "slow-street at {at}, {times} times"),
        }
    }
}

/// The ids, or how many there are.
fn some(sites: &[String]) -> String {
    if sites.len() > 3 {
        format!("{} sites", sites.len())
    } else {
        sites.join(", ")
    }
}

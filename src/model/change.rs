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
//! | `hours` | `site` or `kind`, `opening_hours` | needs `[time]` |
//! | `offer` | `site` or `kind`, `items` or `theme`, `depth?` | `depth`: `"whole"`, or a list of steps |
//! | `withdraw` | `site` or `kind`, `items` or `theme` | |
//! | `add-street` | `line = [[lon, lat], …]` `crs?` | joins at its ends |
//! | `cut-street` | `at = [lon, lat]` `crs?` | the piece between two vertices |
//! | `slow-street` | `at`, `times` `crs?` | 1 to 1,000 |
//!
//! A new site handles the `items` listed, wholly; or what the site handles that it is `like`, whose
//! kind, hours and yes/no properties it also has where it states none of its own; or else what the
//! offers table says of its `kind`, together with earlier changes to the offers of that kind. In a
//! study without items it handles the one implicit item. A change to a `kind` is one to all sites
//! of that kind by then, those that list items of their own included.
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

use super::hours::OpenWeek;
use super::item::ItemReach;
use super::sites::Site;
use super::step::Steps;
use crate::ids::ItemId;
use crate::plane::Position;

/// One change to a study.
///
/// One that names a site or a street that is not there cannot be applied
/// ([`ChangeError`](super::ChangeError)).
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
    /// Sites handle more items, or more steps of them, at once and for ever.
    Offer {
        /// Their written ids.
        sites: Vec<String>,
        /// The items.
        items: Vec<ItemId>,
        /// The steps that they do.
        steps: Steps,
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
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// The site.
    pub site: Site,
    /// What it handles.
    pub offers: Vec<NewOffer>,
}

/// What a site that opens handles.
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
}

impl fmt::Display for Change {
    /// The change in a few words, such as `close-site t`, with ids as the data has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenSite(new) => write!(f, "open-site {}", new.site.id),
            Self::CloseSite { site } => write!(f, "close-site {site}"),
            Self::MoveSite { site, .. } => write!(f, "move-site {site}"),
            Self::SetHours { sites, .. } => write!(f, "hours {}", some(sites)),
            Self::Offer { sites, items, .. } => {
                write!(f, "offer {}: {} items", some(sites), items.len())
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

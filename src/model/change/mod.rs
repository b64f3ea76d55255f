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
//! left out. Places are in the study's default system (`inputs.crs`).
//!
//! | `do` | keys | |
//! |---|---|---|
//! | `open-site` | `site` `lon` `lat` `name?` `kind?` `unit?` `items?` `like?` `opening_hours?` `helper?` | `site` is the new id |
//! | `close-site` | `site` | |
//! | `move-site` | `site` `lon` `lat` | |
//! | `hours` | `site` or `kind`, `opening_hours` | needs `[time]` |
//! | `offer` | `site` or `kind`, `items` or `theme`, `depth?` | `depth`: `"whole"`, or a list of steps |
//! | `withdraw` | `site` or `kind`, `items` or `theme` | |
//! | `add-street` | `line = [[lon, lat], …]` | joins at its ends |
//! | `cut-street` | `at = [lon, lat]` | the piece between two vertices |
//! | `slow-street` | `at`, `times` | 1 to 1,000 |
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
//! use walkshed::model::{Change, NewOffer, NewSite, Site, changed};
//! use walkshed::{People, draw, score, search, snap};
//!
//! // One character is 100 m: b is 1,500 m from the site s.
//! let town = draw::town("A-s-a-B------------b-C", 100.0, "s");
//! let covered = |study| {
//!     let links = snap::link(study);
//!     let times = search::travel_times(study, &links, study.target.search);
//!     score::coverage(study, &times, &study.target).total().covered()
//! };
//! let b = town.cells().iter().find(|(_, cell)| cell.id == "b").and_then(|(_, cell)| cell.at).unwrap();
//! let service = town.catalogue().find("service").unwrap();
//! let opened = NewSite { site: Site::new("t", b), offers: vec![NewOffer::whole(service)] };
//! let after = changed(&town.clone().with_changes(vec![Change::OpenSite(Box::new(opened))]));
//! assert_eq!((covered(&town), covered(&after)), (People::whole(1), People::whole(1 + 2)));
//! ```

mod joint;
mod site;
mod street;
mod trace;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Finding, OpenWeek, Severity, Site, Steps, Study};
use crate::ids::ItemId;
use crate::plane::Position;

pub use street::{NearStreet, near_street};
pub(crate) use trace::{SiteTrace, StreetTrace};

/// How far a change looks for the street that it is about, in metres; inclusive.
pub const STREET_REACH_M: f64 = 25.0;

/// One change to a study.
///
/// A change that names a site or a street that is not there changes nothing; `read::study`
/// refuses such changes.
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
            from: None,
            until: None,
        }
    }
}

/// The study with all its changes applied, in order; its own list of changes is empty.
///
/// The sources stay those of the study as read, and so do the findings, with one more that lists
/// the changes. O(k (S log S + O log O + E)) for k
/// changes in the numbers of sites, offers and street pieces, after one copy of the study.
#[must_use]
pub fn changed(study: &Study) -> Study {
    let (walk, target) = (study.walk, study.target.clone());
    let mut parts = study.clone().into_parts();
    let changes = std::mem::take(&mut parts.changes);
    parts.findings.extend(told(&changes));
    let study = Study::new(parts, walk, target);
    changes.iter().fold(study, apply)
}

/// The finding that says what was changed, if anything was.
fn told(changes: &[Change]) -> Option<Finding> {
    let list = changes
        .iter()
        .map(Change::to_string)
        .collect::<Vec<_>>()
        .join("; ");
    let message = format!(
        "what if: {} changes are applied to the study as read: {list}",
        changes.len()
    );
    let (file, place, subject) = (String::new(), String::new(), "change".to_owned());
    let finding = Finding {
        severity: Severity::Note,
        code: "changes-applied",
        file,
        place,
        subject,
        message,
    };
    (!changes.is_empty()).then_some(finding)
}

impl fmt::Display for Change {
    /// The change in a few words, such as `close-site t`, with ids as the data has them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |at: &Position| format!("{:.7}, {:.7}", at.lon(), at.lat());
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
            Self::AddStreet { line } => write!(
                f,
                "add-street from {}",
                line.first().map(at).unwrap_or_default()
            ),
            Self::CutStreet { at: place } => write!(f, "cut-street at {}", at(place)),
            Self::SlowStreet { at: place, times } => {
                write!(f, "slow-street at {}, {times} times", at(place))
            }
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

/// The study with one change applied, whatever its own list of changes.
///
/// A change to sites takes O(S log S + O log O) for S sites and O offers and copies neither streets
/// nor cells; one to streets takes O(E).
///
/// # Panics
/// When a site that opens names a unit that does not exist: an error in the calling program.
#[must_use]
pub fn apply(study: Study, change: &Change) -> Study {
    match change {
        Change::OpenSite(new) => {
            assert!(
                new.site
                    .unit
                    .is_none_or(|unit| unit.index() < study.units().len()),
                "every site's unit exists"
            );
            study.with_services(|services| site::opened(services, new))
        }
        Change::CloseSite { site } => study.with_services(|services| site::closed(services, site)),
        Change::MoveSite { site, to } => study.with_services(|services| {
            site::each(services, std::slice::from_ref(site), |site| site.at = *to)
        }),
        Change::SetHours { sites, hours } => study.with_services(|services| {
            site::each(services, sites, |site| site.hours = Some(Arc::clone(hours)))
        }),
        Change::Offer {
            sites,
            items,
            steps,
        } => study.with_services(|services| site::offering(services, sites, items, *steps)),
        Change::Withdraw { sites, items } => {
            study.with_services(|services| site::withdrawn(services, sites, items))
        }
        Change::AddStreet { line } => study.with_network(|streets| street::added(streets, line)),
        Change::CutStreet { at } => study.with_network(|streets| street::cut(streets, *at)),
        Change::SlowStreet { at, times } => {
            study.with_network(|streets| street::slowed(streets, *at, *times))
        }
    }
}

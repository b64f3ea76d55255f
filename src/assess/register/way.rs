//! By which way a site serves: at a window, by a machine, or by somebody who does it for one.

use std::fmt;

use crate::model::{Kinds, Site, Study};

/// By which way a site serves those who come. Shown as `window`, `window+helper`, `self-service`,
/// `self-service+helper` or `helper`.
///
/// ```
/// use walkshed::assess::register::Way;
/// let ways = [Way::Window { helped: false }, Way::SelfService { helped: true }, Way::Helper];
/// assert_eq!(ways.map(|way| way.to_string()), ["window", "self-service+helper", "helper"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// At a window, with a clerk.
    Window {
        /// Whether a helper is there too.
        helped: bool,
    },
    /// By a machine.
    SelfService {
        /// Whether a helper is there too.
        helped: bool,
    },
    /// By somebody who takes it on and does it elsewhere.
    Helper,
}

/// By which way a site serves: as it says itself (`self_service`); else its kind may be called a helper;
/// else it is a machine where people serve themselves at all sites of its kind, or a window. The property
/// `helper` says whether a helper is there too.
///
/// ```
/// use walkshed::assess::register::way_of;
/// use walkshed::draw;
/// use walkshed::model::{Properties, Site};
/// let town = draw::town("A-s-B", 100.0, "s");
/// let at = town.sites()[walkshed::ids::SiteId::new(0)].at;
/// let terminal = Site { kind: "bank-terminal".to_owned(), ..Site::at("t", at) };
/// let station = Site { properties: Properties::of([("helper", Some(true))]), ..Site::at("s", at) };
/// let ways = [terminal, station].map(|site| way_of(&town, &site).to_string());
/// assert_eq!(ways, ["self-service", "window+helper"]);
/// ```
#[must_use]
pub fn way_of(study: &Study, site: &Site) -> Way {
    let helped = site.properties.get("helper") == Some(true);
    // A kind that names both is a helper's, but a site knows best what it is.
    if site.properties.get("self_service").is_none() && Kinds::is_helper(&site.kind) {
        Way::Helper
    } else if study.kinds().serve_themselves_at(site) {
        Way::SelfService { helped }
    } else {
        Way::Window { helped }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Window { helped: false } => "window",
            Self::Window { helped: true } => "window+helper",
            Self::SelfService { helped: false } => "self-service",
            Self::SelfService { helped: true } => "self-service+helper",
            Self::Helper => "helper",
        })
    }
}

//! By which way a site serves: at a window, by a machine, or by somebody who does it for one.

use std::fmt;

use crate::model::Site;

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

/// Kinds that hold one of these words are machines.
const MACHINES: [&str; 9] = [
    "terminal",
    "kiosk",
    "self-service",
    "selfservice",
    "machine",
    "atm",
    "自助",
    "终端",
    "一体机",
];

/// Kinds that hold one of these words are helpers.
const HELPERS: [&str; 5] = ["helper", "agent", "帮办", "代办", "帮代办"];

/// By which way a site serves: its kind says whether it is a machine or a helper, and is else a
/// window; the property `helper` says whether a helper is there too.
///
/// ```
/// use walkshed::assess::register::way_of;
/// use walkshed::model::{Properties, Site};
/// use walkshed::plane::Position;
/// let at = Position::new(116.24, 29.73).unwrap();
/// let terminal = Site { kind: "bank-terminal".to_owned(), ..Site::at("t", at) };
/// let station = Site { properties: Properties::of([("helper", Some(true))]), ..Site::at("s", at) };
/// assert_eq!([terminal, station].map(|site| way_of(&site).to_string()), ["self-service", "window+helper"]);
/// ```
#[must_use]
pub fn way_of(site: &Site) -> Way {
    let kind = site.kind.to_lowercase();
    let helped = site.properties.get("helper") == Some(true);
    let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if says(&HELPERS) {
        Way::Helper
    } else if says(&MACHINES) {
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

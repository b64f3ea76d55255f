//! The names of sites and units, as an explanation shows them.

use crate::ids::{SiteId, UnitId};
use crate::model::{Audience, Study, Who};
use crate::text::plain;
use crate::units::People;
use crate::words::{Text, text};

/// A site by its id and its name.
pub(super) fn site(study: &Study, site: SiteId) -> String {
    let site = &study.sites()[site];
    named(&site.id, &site.name)
}

/// A unit by its name.
pub(super) fn unit(study: &Study, unit: UnitId) -> String {
    plain(&study.units()[unit].name)
}

/// Whose verdict it is.
pub(super) fn who(study: &Study, who: Who) -> Text {
    match who {
        Who::People => text!(Everybody),
        Who::Firms => text!(AllFirms),
        Who::Group(group) => text!(Verbatim, text = plain(&study.group(group).name)),
    }
}

/// So many of them.
pub(super) fn number(study: &Study, who: Who, number: People) -> Text {
    let number = number.to_string();
    match study.audience(who) {
        Audience::Firm => text!(SomeFirms, firms = number),
        Audience::Person | Audience::Both => text!(People, people = number),
    }
}

/// An id, and the name where it tells more.
pub(super) fn named(id: &str, name: &str) -> String {
    if name.is_empty() || name == id {
        return plain(id);
    }
    format!("{} {}", plain(id), plain(name))
}

/// Whether a time is within the limit, in words.
pub(super) fn limit(within: bool) -> Text {
    if within {
        text!(WithinTheLimit)
    } else {
        text!(BeyondTheLimit)
    }
}

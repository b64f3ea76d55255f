//! Which tags of a map make a site, and of what kind.

use crate::read::error::BadInput;
use crate::read::error::bad;
use crate::read::streets::osm::Feature;
use crate::words::text;

/// Tags that make a site of a kind, where the study names none: the first that an object has counts.
const DEFAULT: [(&str, &str, &str); 20] = [
    ("amenity", "townhall", "townhall"),
    ("amenity", "bank", "bank"),
    ("amenity", "post_office", "post_office"),
    ("amenity", "community_centre", "community_centre"),
    ("amenity", "police", "police"),
    ("amenity", "clinic", "clinic"),
    ("amenity", "doctors", "clinic"),
    ("healthcare", "clinic", "clinic"),
    ("healthcare", "centre", "clinic"),
    ("amenity", "hospital", "hospital"),
    ("amenity", "marketplace", "marketplace"),
    ("amenity", "bus_station", "station"),
    ("railway", "station", "station"),
    ("office", "government", "government"),
    ("government", "administrative", "government"),
    ("office", "telecommunication", "telecom"),
    ("shop", "telecommunication", "telecom"),
    ("amenity", "library", "library"),
    ("amenity", "social_centre", "community_centre"),
    // Last: a bank with a machine is a bank.
    ("amenity", "atm", "atm"),
];

/// Tags by which sites are known, each with the kind that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MapTags(Vec<Tag>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tag {
    key: String,
    value: String,
    kind: String,
}

impl MapTags {
    /// Those that a study names (`amenity=bank`, with a kind or without one), else the usual ones.
    ///
    /// # Errors
    /// When one is no tag.
    pub(super) fn of(named: &[(String, Option<String>)], file: &str) -> Result<Self, BadInput> {
        if named.is_empty() {
            let usual = DEFAULT.iter().map(|&(key, value, kind)| Tag {
                key: key.to_owned(),
                value: value.to_owned(),
                kind: kind.to_owned(),
            });
            return Ok(Self(usual.collect()));
        }
        let tags = named.iter().map(|(tag, kind)| {
            let parts = tag.split_once('=');
            let parts = parts.map(|(key, value)| [key, value].map(str::trim));
            let known = parts.filter(|[key, value]| !key.is_empty() && !value.is_empty());
            let [key, value] = known.ok_or_else(|| no_tag(tag, file))?;
            Ok(Tag {
                kind: kind.clone().unwrap_or_else(|| usual_kind(key, value)),
                key: key.to_owned(),
                value: value.to_owned(),
            })
        });
        tags.collect::<Result<Vec<_>, BadInput>>().map(Self)
    }

    /// Whether some tag of these has this key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.0.iter().any(|tag| tag.key == key)
    }

    /// Whether an object with these tags is a site.
    pub(super) fn is_site(&self, tags: &[(&str, &str)]) -> bool {
        let mut own = self.0.iter();
        own.any(|tag| tags.iter().any(|(key, value)| tag.is(key, value)))
    }

    /// The kind of a site, and the tag that says so.
    pub(super) fn kind_of(&self, site: &Feature) -> Option<(&str, String)> {
        let mut tags = self.0.iter();
        let tag = tags.find(|tag| {
            site.tag(&tag.key)
                .is_some_and(|value| tag.is(&tag.key, value))
        })?;
        Some((&tag.kind, format!("{}={}", tag.key, tag.value)))
    }

    /// All of them, as a study would name them.
    pub(super) fn written(&self) -> Vec<String> {
        let tags = self.0.iter();
        tags.map(|tag| format!("{}={}", tag.key, tag.value))
            .collect()
    }
}

impl Tag {
    /// Whether it is this one, among the several values that one key may have (`bank;atm`).
    fn is(&self, key: &str, value: &str) -> bool {
        self.key == key && value.split(';').any(|value| value.trim() == self.value)
    }
}

/// The kind that a tag usually means; its value where nothing is usual.
fn usual_kind(key: &str, value: &str) -> String {
    let mut usual = DEFAULT.iter();
    let known = usual.find(|(known, of, _)| [*known, *of] == [key, value]);
    known.map_or(value, |(_, _, kind)| kind).to_owned()
}

fn no_tag(tag: &str, file: &str) -> BadInput {
    let (key, found) = (Some("inputs.sites.tags".to_owned()), Some(tag.to_owned()));
    bad(file, key, found, text!(ATagOfAMap), text!(WriteTag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(tags: &[(&str, Option<&str>)]) -> Result<MapTags, BadInput> {
        let tags: Vec<(String, Option<String>)> = tags
            .iter()
            .map(|(tag, kind)| ((*tag).to_owned(), kind.map(str::to_owned)))
            .collect();
        MapTags::of(&tags, "study.toml")
    }

    #[test]
    fn kinds_are_as_the_study_says_else_as_is_usual() {
        let tags = named(&[
            ("amenity=bank", Some("bank-terminal")),
            ("amenity=doctors", None),
            ("shop = kiosk", None),
        ]);
        let tags = tags.expect("tags");
        let kinds: Vec<&str> = tags.0.iter().map(|tag| tag.kind.as_str()).collect();
        assert_eq!(kinds, ["bank-terminal", "clinic", "kiosk"]);
        assert!(tags.is_site(&[("name", "x"), ("amenity", "cafe; bank")]));
        assert!(!tags.is_site(&[("amenity", "banking"), ("shop", "no")]));
        assert!(tags.has_key("shop") && !tags.has_key("office"));
    }

    #[test]
    fn what_is_no_tag_is_refused_with_an_example() {
        for tag in ["bank", "=bank", "amenity= ", ""] {
            let said = named(&[(tag, None)]).expect_err("no tag").to_string();
            assert!(said.contains("write it as \"amenity=bank\""), "{said}");
        }
    }
}

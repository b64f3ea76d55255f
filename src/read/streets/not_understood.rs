//! What a file of streets says that is not understood, or not applied: counted, with places.

use std::collections::BTreeMap;

use crate::model::Severity;
use crate::read::error::Place;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// A sort of thing that is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Oddity {
    /// A class of street that no list has: closed.
    Class,
    /// A permission that no list has: closed.
    Permission,
    /// A barrier on a street that no list has: closed.
    Barrier,
    /// A line that says it is something else than a street: closed.
    OtherLine,
    /// A permission for some hours, which is not applied.
    Conditional,
    /// `other_tags` that are not written as GDAL writes them: not read.
    Attributes,
    /// A barrier or a crossing that stands on no vertex of a street: not applied.
    OffTheStreet,
    /// A column that holds classes of streets and that nobody named.
    ClassColumn,
}

/// How often something was seen, and where first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sighted {
    count: u64,
    places: Vec<String>,
}

/// Of so many places of a thing the first are named.
const PLACES: usize = 3;
/// So many things of a sort are named; the others are counted.
const NAMED: usize = 8;
/// So many things of all sorts are told apart: a file may be strange in every line.
const MOST: usize = 1000;

/// All of a file that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NotUnderstood {
    seen: BTreeMap<(Oddity, String), Sighted>,
}

impl NotUnderstood {
    /// Takes in a thing and where it stands. O(log things).
    pub(crate) fn see(&mut self, oddity: Oddity, what: String, place: impl FnOnce() -> String) {
        let sighted = self.entry((oddity, what));
        sighted.count += 1;
        if sighted.places.len() < PLACES {
            sighted.places.push(place());
        }
    }

    /// Takes in all of the next part of the file.
    pub(crate) fn append(&mut self, next: Self) {
        for (thing, more) in next.seen {
            let sighted = self.entry(thing);
            sighted.count += more.count;
            let room = PLACES - sighted.places.len();
            sighted.places.extend(more.places.into_iter().take(room));
        }
    }

    fn entry(&mut self, (oddity, what): (Oddity, String)) -> &mut Sighted {
        let is_full = self.seen.len() >= MOST && !self.seen.contains_key(&(oddity, what.clone()));
        // What is beyond the list has no name, and is counted all the same.
        let what = if is_full { String::new() } else { what };
        self.seen.entry((oddity, what)).or_default()
    }

    /// Tells all of it: a finding each sort, about the whole file.
    pub(crate) fn tell(&self, door: &mut Door<'_>) {
        let mut oddities: Vec<Oddity> = self.seen.keys().map(|(oddity, _)| *oddity).collect();
        // Sorted by the sort of thing first, so equal ones stand next to each other.
        oddities.dedup();
        for oddity in oddities {
            let of_it = self.seen.iter().filter(|((of, _), _)| *of == oddity);
            let things: Vec<(&str, &Sighted)> = of_it
                .map(|((_, what), seen)| (what.as_str(), seen))
                .collect();
            let (severity, code, message) = oddity.in_words(&things);
            door.say(severity, code, Place::File, "", message);
        }
    }
}

/// How a study file says what values mean.
const VALUES: &str = "streets = { path = …, values = { … = \"residential\" } }";
/// How it says which column holds the classes.
const COLUMNS: &str = "streets = { path = …, columns = { highway = … } }";

impl Oddity {
    /// How grave it is, its code, and what is said of these things.
    fn in_words(self, things: &[(&str, &Sighted)]) -> (Severity, &'static str, Text) {
        let count: u64 = things.iter().map(|(_, seen)| seen.count).sum();
        let list = listed(things);
        match self {
            Self::Class => {
                let message = text!(
                    UnknownStreetClasses,
                    count = count,
                    list = list,
                    setting = VALUES
                );
                (Severity::Suspicious, "unknown-street-class", message)
            }
            Self::Permission => {
                let message = text!(
                    UnknownPermissions,
                    count = count,
                    list = list,
                    setting = VALUES
                );
                (Severity::Suspicious, "unknown-permission", message)
            }
            Self::Barrier => {
                let message = text!(UnknownBarriers, count = count, list = list);
                (Severity::Suspicious, "unknown-barrier", message)
            }
            Self::OtherLine => {
                let message = text!(OtherLines, count = count, list = list);
                (Severity::Suspicious, "other-lines-among-streets", message)
            }
            Self::Conditional => {
                let message = text!(ConditionalPermissions, count = count, list = list);
                (Severity::Note, "conditional-permission", message)
            }
            Self::Attributes => {
                let message = text!(UnreadAttributes, count = count, list = list);
                (Severity::Suspicious, "unread-attributes", message)
            }
            Self::OffTheStreet => {
                let message = text!(NodesOffTheStreets, count = count, list = list);
                (Severity::Suspicious, "barrier-off-the-streets", message)
            }
            Self::ClassColumn => {
                let message = text!(
                    StreetClassesUnread,
                    count = count,
                    list = list,
                    setting = COLUMNS
                );
                (Severity::Suspicious, "street-class-unread", message)
            }
        }
    }
}

/// The things by their counts, the most frequent first, each with its first places.
fn listed(things: &[(&str, &Sighted)]) -> Vec<Text> {
    let mut things = things.to_vec();
    // The nameless rest comes last, whatever its count.
    things.sort_by_key(|(what, seen)| (what.is_empty(), std::cmp::Reverse(seen.count), *what));
    let (named, others) = things.split_at(things.len().min(NAMED));
    let mut list: Vec<Text> = named.iter().map(|(what, seen)| thing(what, seen)).collect();
    let more: u64 = others.iter().map(|(_, seen)| seen.count).sum();
    list.extend((more > 0).then(|| text!(OthersOfThem, count = more)));
    list
}

fn thing(what: &str, seen: &Sighted) -> Text {
    let what = if what.is_empty() { "…" } else { what };
    let more = seen.count > seen.places.len() as u64;
    text!(
        OddThing,
        what = crate::read::plain(what),
        count = seen.count,
        places = seen.places.join(", "),
        more = if more { ", …" } else { "" },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn told(seen: &NotUnderstood) -> Vec<(String, String)> {
        let mut findings = Findings::default();
        let mut door = Door {
            file: "a.osm".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        seen.tell(&mut door);
        let told = findings.iter();
        told.map(|finding| (finding.code.to_owned(), finding.message.to_string()))
            .collect()
    }

    #[test]
    fn each_sort_is_told_once_with_counts_and_first_places() {
        let mut seen = NotUnderstood::default();
        for way in 1..=5 {
            seen.see(Oddity::Class, "highway=xyz".to_owned(), || {
                format!("way {way}")
            });
        }
        let mut next = NotUnderstood::default();
        next.see(Oddity::Class, "highway=abc".to_owned(), || {
            "way 9".to_owned()
        });
        next.see(Oddity::Conditional, "access:conditional".to_owned(), || {
            "way 7".to_owned()
        });
        seen.append(next);
        let told = told(&seen);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].0, "unknown-street-class");
        let list = "highway=xyz: 5 (way 1, way 2, way 3, …), highway=abc: 1 (way 9)";
        assert!(told[0].1.contains(list), "{}", told[0].1);
        assert_eq!(told[1].0, "conditional-permission");
    }

    #[test]
    fn a_file_that_is_strange_in_every_line_takes_no_more_room() {
        let mut seen = NotUnderstood::default();
        for way in 0..5000 {
            seen.see(Oddity::Class, format!("highway=x{way}"), || {
                format!("way {way}")
            });
        }
        assert!(seen.seen.len() <= MOST + 1);
        let told = told(&seen);
        assert!(told[0].1.starts_with("5000 "), "{}", told[0].1);
    }
}

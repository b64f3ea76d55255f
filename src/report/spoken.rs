//! Words that files use in their columns, as people say them.

use super::summary::counted_by;
use super::words::{group, severity, spoken_channel, step};
use crate::model::{Severity, Step};
use crate::score::{Remedy, VerdictKind};
use crate::words::{Key, Part, Text, text};

/// A word that files use in a column, as people say it: a verdict, remedies or steps joined by `+`, a
/// channel, a kind of sites. One that is no such word, such as a date, stays as it is.
pub(super) fn spoken(column: &str, word: &str) -> Text {
    if let Some(name) = of_column(column, word) {
        return name;
    }
    let separator = if word.contains("; ") { "; " } else { "+" };
    let part = |part| of_column(column, part).or_else(|| of_any(part));
    // One part that is no word of ours, and the whole is the data's own.
    let parts: Option<Vec<Text>> = word.split(separator).map(part).collect();
    match parts {
        Some(parts) => text!(Verbatim, text = Part::Joined(parts, Key::ClauseSeparator)),
        None => text!(Verbatim, text = word),
    }
}

/// Whether the texts of a column may be words of ours: of whom it is asked may be a group by its id, and
/// a unit the whole.
pub(super) fn may_be_words(column: &str) -> bool {
    ["of", "kind", "counted_by", "unit", "group"].contains(&column)
}

/// A word that means this in its column alone.
fn of_column(column: &str, word: &str) -> Option<Text> {
    match column {
        // A helper is a way of its own, and elsewhere a remedy.
        "channel" => spoken_channel(word),
        "kind" => site_kind(word),
        "role" | "of" => role(word),
        "counted_by" => Some(counted_by(word)),
        "leaving" | "worst_hour" => moment(word),
        "way" => way(word),
        "reach" => reach(word),
        "state" => state(word),
        "measure" => measure(word),
        // Of what is compared the whole is called so, too.
        "unit" | "group" | "name" if word == "total" => Some(text!(PageInAll)),
        "group" if word == "others" => Some(group(word, word)),
        _ => None,
    }
}

/// A word that means the same in every column.
fn of_any(word: &str) -> Option<Text> {
    let verdict = VerdictKind::ALL.into_iter().find(|one| one.word() == word);
    let remedy = Remedy::ALL.into_iter().find(|one| one.word() == word);
    let step_done = Step::ALL.into_iter().find(|one| one.words()[0] == word);
    let severity_told = Severity::ALL
        .into_iter()
        .find(|one| one.to_string() == word);
    verdict
        .map(VerdictKind::name)
        .or_else(|| remedy.map(Remedy::name))
        .or_else(|| step_done.map(step))
        .or_else(|| severity_told.map(severity))
        .or_else(|| match word {
            "error" => Some(text!(CheckToMend)),
            "people" => Some(text!(PageHeadPeople)),
            "firms" => Some(text!(PageHeadFirms)),
            "first" => Some(text!(SaidFirst)),
            "last" => Some(text!(SaidLast)),
            "coverage" => Some(text!(SaidCoverage)),
            "indicators" => Some(text!(PageIndicators)),
            "trend" => Some(text!(SaidTrend)),
            _ => None,
        })
}

/// A kind of sites by the words that the manual has for kinds; others are the data's own.
fn site_kind(kind: &str) -> Option<Text> {
    match kind {
        "county-centre" => Some(text!(KindCountyCentre)),
        "township-centre" => Some(text!(KindTownshipCentre)),
        "village-station" => Some(text!(KindVillageStation)),
        "park-centre" => Some(text!(KindParkCentre)),
        "bank-terminal" => Some(text!(KindBankTerminal)),
        "post-office" => Some(text!(KindPostOffice)),
        "telecom-outlet" => Some(text!(KindTelecomOutlet)),
        "mall-kiosk" => Some(text!(KindMallKiosk)),
        "station-kiosk" => Some(text!(KindStationKiosk)),
        "digital-town" => Some(text!(KindDigitalTown)),
        _ => None,
    }
}

/// What a file of the study is for.
fn role(role: &str) -> Option<Text> {
    match role {
        "study" => Some(text!(RoleStudy)),
        "streets" => Some(text!(PageStreets)),
        "sites" => Some(text!(PageSites)),
        "cells" => Some(text!(RoleCells)),
        "units" => Some(text!(PageHeadUnit)),
        "items" => Some(text!(PageHeadItem)),
        "offers" => Some(text!(RoleOffers)),
        "departments" => Some(text!(PageHeadDepartment)),
        "barriers" => Some(text!(PageWater)),
        "compounds" => Some(text!(RoleCompounds)),
        "boundary" => Some(text!(PageBoundary)),
        "elevation" => Some(text!(RoleElevation)),
        "settlements" => Some(text!(RoleSettlements)),
        "links" => Some(text!(RoleLinks)),
        _ => None,
    }
}

/// A moment of the week, such as `Mo 10:00`.
fn moment(word: &str) -> Option<Text> {
    let (day, time) = word.split_once(' ')?;
    let day = match day {
        "Mo" => text!(Monday),
        "Tu" => text!(Tuesday),
        "We" => text!(Wednesday),
        "Th" => text!(Thursday),
        "Fr" => text!(Friday),
        "Sa" => text!(Saturday),
        "Su" => text!(Sunday),
        _ => return None,
    };
    Some(text!(WeekMoment, day = day, time = time))
}

fn way(word: &str) -> Option<Text> {
    match word {
        "window" => Some(text!(SaidWindow)),
        "self-service" => Some(text!(SaidSelfService)),
        "helper" => Some(text!(SaidHelper)),
        _ => None,
    }
}

fn reach(word: &str) -> Option<Text> {
    match word {
        "anywhere" => Some(text!(SaidAnywhere)),
        "own-unit" => Some(text!(SaidOwnUnit)),
        _ => None,
    }
}

fn state(word: &str) -> Option<Text> {
    match word {
        "valid" => Some(text!(SaidValid)),
        "expiring" => Some(text!(SaidExpiring)),
        "expired" => Some(text!(SaidExpired)),
        "to-come" => Some(text!(SaidToCome)),
        "undated" => Some(text!(SaidUndated)),
        _ => None,
    }
}

fn measure(word: &str) -> Option<Text> {
    match word {
        "share" => Some(text!(PageHeadShare)),
        "mean" => Some(text!(SaidMean)),
        "sum" => Some(text!(PageInAll)),
        "ratio" => Some(text!(SaidRatio)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn words_of_files_are_spoken_and_others_stay() {
        let said = |word| spoken("remedy", word).in_language(Language::Chinese);
        assert_eq!(said("too-far"), "距离过远");
        assert_eq!(said("hand-down+longer-hours"), "事项下沉；延长开放时间");
        assert_eq!(said("accept+issue"), "受理；发证");
        assert_eq!(said("suspicious"), "存疑");
        assert_eq!(said("2024-12-31"), "2024-12-31");
        assert_eq!(said("accept+2024"), "accept+2024");
        assert_eq!(said("helper"), "配备帮办");
        let channel = spoken("channel", "helper").in_language(Language::Chinese);
        assert_eq!(channel, "仅帮办代办");
    }

    #[test]
    fn no_two_things_share_a_word() {
        let mut words: Vec<String> = Vec::new();
        words.extend(VerdictKind::ALL.map(|one| one.word().to_owned()));
        words.extend(Remedy::ALL.map(|one| one.word().to_owned()));
        words.extend(Step::ALL.map(|one| one.words()[0].to_owned()));
        words.extend(Severity::ALL.map(|one| one.to_string()));
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}

//! Where it is gravest: cells and items with what cures the most, and what would bring the most, unit by
//! unit.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::heads;
use super::why::OfCells;
use crate::assess::{Card, RED_LIST, RedCell, RedItem, red_cells};
use crate::report::layout::whole;
use crate::report::number::Number;
use crate::report::summary::{lack, lacking_sums};
use crate::score::Coverage;
use crate::text::steady;
use crate::words::{Text, text};

/// How many units have their measures shown.
const MOST_UNITS: usize = 40;
/// How many measures a unit shows.
const MEASURES: usize = 2;

/// Whose cells are told, people's or firms'.
struct Of<'r> {
    coverage: &'r Coverage,
    reasons: &'r OfCells,
    is_of_firms: bool,
}

/// The gravest cells and items of people and of firms, and what would bring the most.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let results = subject.results;
    let people = red_cells(&results.coverage, RED_LIST);
    let firms = results
        .firms
        .as_ref()
        .map(|firms| red_cells(firms, RED_LIST))
        .unwrap_or_default();
    let assessment = results.assessment.as_ref();
    let reasons = subject.reasons;
    let of_people = Of {
        coverage: &results.coverage,
        reasons: &reasons.people,
        is_of_firms: false,
    };
    let with_reasons = results.firms.as_ref().zip(reasons.firms.as_ref());
    let of_firms = with_reasons.map(|(coverage, reasons)| Of {
        coverage,
        reasons,
        is_of_firms: true,
    });
    html! {
        section #gaps {
            h2 { (subject.say(&text!(PageGaps))) }
            @if people.is_empty() && firms.is_empty() { p { (subject.say(&text!(PageNoGaps))) } }
            @else { p.soft { (subject.say(&text!(PageGapsHelp))) } }
            (cells(subject, &of_people, &people, &text!(PageGravePlaces)))
            @if let Some(of_firms) = &of_firms { (cells(subject, of_firms, &firms, &text!(PageGraveFirmPlaces))) }
            @if let Some(assessment) = assessment {
                (items(subject, &assessment.people.red_items, &text!(PageGraveItems)))
                @if let Some(firms) = &assessment.firms {
                    (items(subject, &firms.red_items, &text!(PageGraveFirmItems)))
                }
                (measures(subject, &assessment.people.cards, false))
                @if let Some(firms) = &assessment.firms { (measures(subject, &firms.cards, true)) }
            }
        }
    }
}

/// The gravest cells, each with a link to it on the map.
fn cells(subject: &Subject<'_>, of: &Of<'_>, cells: &[RedCell], head: &Text) -> Markup {
    let columns = [
        text!(PageHeadPlace),
        text!(PageHeadUnit),
        if of.is_of_firms {
            text!(PageHeadFirmNumber)
        } else {
            text!(PageHeadPersonNumber)
        },
        text!(PageHeadUndoneItems),
        if has_weights(subject) {
            text!(PageHeadUndoneWeighted)
        } else {
            text!(PageHeadUndone)
        },
        text!(PageHeadReason),
        text!(PageHeadCure),
    ];
    html! {
        @if !cells.is_empty() {
            h3 { (subject.say(head)) }
            div.scroll { table {
                (heads(&columns, &[2, 3, 4], subject.language()))
                tbody { @for cell in cells { (cell_row(subject, of, cell)) } }
            } }
        }
    }
}

fn cell_row(subject: &Subject<'_>, of: &Of<'_>, cell: &RedCell) -> Markup {
    let place = of.reasons[cell.cell.index()];
    let told = place.map(|place| &subject.reasons.told[place]);
    let [reason, cure] = told.map_or(["", ""], |told| [&told[0], &told[1]]);
    let unit = cell
        .unit
        .map(|unit| subject.study().units()[unit].name.as_str());
    html! { tr {
        td {
            a href=(format!("#cell={}", encoded(&steady(&cell.id)))) { (name(&cell.id)) }
            @if !cell.name.is_empty() { " " (name(&cell.name)) }
        }
        td { (name(unit.unwrap_or("–"))) }
        td.n { (whole(Number::people(cell.people))) }
        td.n { (cell.items_undone) " / " (of.coverage.cell(cell.cell).items_asked) }
        td.n { (whole(undone(cell))) }
        td { (reason) }
        td { (cure) }
    } }
}

/// What the cells are ordered by: people × items, by their weight.
#[expect(clippy::cast_precision_loss, reason = "shown with one decimal at most")]
fn undone(cell: &RedCell) -> Number {
    Number::of(cell.undone as f64 / 1e12)
}

/// Whether some item counts more than another.
fn has_weights(subject: &Subject<'_>) -> bool {
    let mut items = subject.study().catalogue().iter();
    items.any(|(_, item)| item.weight != 1_000_000)
}

/// A text for the fragment of a link: all but letters and digits by their bytes (RFC 3986, section 2.1).
fn encoded(text: &str) -> String {
    let mut link = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' || byte == b'.' {
            link.push(char::from(byte));
        } else {
            write!(link, "%{byte:02X}").expect("a string takes any text");
        }
    }
    link
}

fn items(subject: &Subject<'_>, items: &[RedItem], head: &Text) -> Markup {
    let columns = [
        text!(PageHeadItem),
        text!(PageHeadDepartment),
        text!(PageHeadLeftOut),
        text!(PageHeadCells),
    ];
    html! {
        @if !items.is_empty() && !subject.study().catalogue().is_implicit() {
            h3 { (subject.say(head)) }
            div.scroll { table {
                (heads(&columns, &[2, 3], subject.language()))
                tbody { @for item in items { tr {
                    td { (name(&item.name)) }
                    td { (name(&item.department)) }
                    td.n { (whole(Number::people(item.people))) }
                    td.n { (whole(Number::Whole(item.cells))) }
                } } }
            } }
        }
    }
}

/// What would bring the most in each unit: those with the most people left out first.
fn measures(subject: &Subject<'_>, cards: &[Card], of_firms: bool) -> Markup {
    let mut cards: Vec<&Card> = cards
        .iter()
        .filter(|card| !card.lacking.gravest.is_empty())
        .collect();
    cards.sort_by_key(|card| std::cmp::Reverse(card.left_out));
    let more = cards.len().saturating_sub(MOST_UNITS);
    let columns = [
        text!(PageHeadUnit),
        text!(PageHeadLeftOut),
        text!(PageHeadLacking),
    ];
    html! {
        @if !cards.is_empty() {
            h3 { @if of_firms { (subject.say(&text!(PageFirmMeasures))) } @else { (subject.say(&text!(PageMeasures))) } }
            p.soft { (subject.say(&text!(PageLackingHelp))) }
            div.scroll { table {
                (heads(&columns, &[1], subject.language()))
                tbody { @for card in cards.iter().take(MOST_UNITS) { tr {
                    td { (name(if card.name.is_empty() { &card.id } else { &card.name })) }
                    td.n { (whole(Number::people(card.left_out))) }
                    td.wide { ul.plain { @for lacking in card.lacking.gravest.iter().take(MEASURES) {
                        li { (steady(&subject.say(&lack(&lacking_sums(subject.study(), lacking), of_firms)))) }
                    } } }
                } } }
            } }
            @if more > 0 { p.soft { (subject.say(&text!(PageMoreUnits, more = more))) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_an_id_ends_its_link() {
        assert_eq!(encoded("a-1.b"), "a-1.b");
        assert_eq!(encoded("\"&=村"), "%22%26%3D%E6%9D%91");
    }
}

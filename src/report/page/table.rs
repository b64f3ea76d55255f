//! Tables of the page, made of the same columns as the files; a head that is clicked sorts them.

use maud::{Markup, html};

use super::subject::name;
use crate::model::{Attribute, Language};
use crate::report::column::{Column, Columns, Value};
use crate::report::layout::{counted, percent, points, whole};
use crate::report::number::Number;
use crate::report::spoken::spoken;
use crate::words::{Text, text};

/// How a table looks.
pub(super) struct Look<'l, R> {
    pub(super) language: Language,
    /// What links call it.
    pub(super) id: &'static str,
    /// The columns that are shown, by name, in this order.
    pub(super) shown: &'l [&'static str],
    /// The shares that have a bar.
    pub(super) bars: &'l [&'static str],
    /// How deep a row lies in a tree; none for a total, which stays last.
    pub(super) depth: fn(&R) -> Option<usize>,
}

/// A table of rows. A column that shows nothing in any row is left out.
pub(super) fn table<R>(columns: &Columns<R>, rows: &[R], look: &Look<'_, R>) -> Markup {
    let wanted = look
        .shown
        .iter()
        .filter_map(|name| columns.iter().find(|column| column.name == *name));
    let wanted = wanted.filter(|column| rows.iter().any(|row| column.of(row) != Value::Empty));
    let columns: Vec<&Column<R>> = wanted.collect();
    html! {
        div.scroll {
            table.sort id=(look.id) {
                thead { tr {
                    @for column in &columns { (head(&column.head(look.language), is_number(column, rows))) }
                } }
                tbody {
                    @for row in rows {
                        (line(&columns, row, look))
                    }
                }
            }
        }
    }
}

fn line<R>(columns: &[&Column<R>], row: &R, look: &Look<'_, R>) -> Markup {
    let depth = (look.depth)(row);
    html! {
        tr.total[depth.is_none()] {
            @for (place, column) in columns.iter().enumerate() {
                @if depth.is_none() && place == 0 {
                    // The name of a total is a word of files.
                    td { (text!(PageInAll).in_language(look.language)) }
                } @else {
                    (field(column, row, look, depth.filter(|_| place == 0)))
                }
            }
        }
    }
}

/// A field, set in as deep as it lies in a tree; numbers tell the script what they are.
fn field<R>(column: &Column<R>, row: &R, look: &Look<'_, R>, depth: Option<usize>) -> Markup {
    let value = column.of(row);
    let shown = shown(&value, &column.name, look.language);
    if let Some(number) = sorted_by(&value) {
        let has_bar = look.bars.contains(&column.name.as_ref());
        return html! {
            td.n data-v=(number) { @if has_bar { (bar(number)) } span { (shown) } }
        };
    }
    let class = match depth {
        None | Some(0) => None,
        Some(1) => Some("d1"),
        Some(2) => Some("d2"),
        Some(3) => Some("d3"),
        Some(_) => Some("d4"),
    };
    html! { td class=[class] { (shown) } }
}

/// A bar as long as a share.
pub(super) fn bar(share: f64) -> Markup {
    let tenths = (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
    html! {
        svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(tenths) height="10" {}
        }
    }
}

/// What a value is sorted by, where that is a number.
fn sorted_by(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) | Value::Points(number) => Some(number.value()),
        Value::Count(count) => Some(Number::Whole(*count).value()),
        Value::Tenths(tenths) => tenths.to_string().parse().ok(),
        Value::Empty
        | Value::Text(_)
        | Value::NumericId(_)
        | Value::Attribute(_)
        | Value::Word(_)
        | Value::Flag(_) => None,
    }
}

fn shown(value: &Value<'_>, column: &str, language: Language) -> Markup {
    match value {
        Value::Empty => html! { "–" },
        Value::Text(text) => name(text),
        Value::NumericId(id) => name(id),
        Value::Attribute(Attribute::Text(text)) => name(text),
        Value::Attribute(Attribute::Number(number)) => html! { (counted(Number::of(*number))) },
        Value::Attribute(_) => html! { "–" },
        Value::Word(word) => html! { (spoken(column, word).in_language(language)) },
        Value::Count(count) => html! { (whole(Number::Whole(*count))) },
        Value::Number(share @ Number::Part(_)) => html! { (percent(Some(*share))) },
        Value::Number(number) => html! { (whole(*number)) },
        Value::Points(change) => {
            let said = text!(PagePoints, points = points(*change));
            html! { (said.in_language(language)) }
        }
        Value::Tenths(tenths) => html! { (tenths) },
        Value::Flag(flag) => yes_or_no(Some(*flag), language),
    }
}

/// `met`, `missed`, or nothing.
pub(super) fn yes_or_no(met: Option<bool>, language: Language) -> Markup {
    match met {
        Some(true) => html! { span.yes { (text!(PageYes).in_language(language)) } },
        Some(false) => html! { span.no { (text!(PageNo).in_language(language)) } },
        None => html! { "–" },
    }
}

fn is_number<R>(column: &Column<R>, rows: &[R]) -> bool {
    rows.iter().any(|row| sorted_by(&column.of(row)).is_some())
}

/// The head of a table; those of numbers, given by their places, stand at the right as these do.
pub(super) fn heads(heads: &[Text], numbers: &[usize], language: Language) -> Markup {
    html! {
        thead { tr {
            @for (place, head) in heads.iter().enumerate() {
                (self::head(&head.in_language(language), numbers.contains(&place)))
            }
        } }
    }
}

/// Chinese breaks between any two letters: so short a head stays on one line.
const SHORT: usize = 4;

fn head(said: &str, is_number: bool) -> Markup {
    let is_short = said.chars().count() <= SHORT;
    html! { th.n[is_number].v[is_short] { (said) } }
}

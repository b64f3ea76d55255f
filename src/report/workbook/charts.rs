//! The sheet of charts: the coverage of each unit as bars, beside the numbers that they show.

use rust_xlsxwriter::{Chart, ChartType, Color, Format, Worksheet, XlsxError};

use super::sheet::{clean, on_one_page_wide};
use crate::ids::UnitId;
use crate::model::Language;
use crate::run::Results;
use crate::score::{Coverage, UnitSums};
use crate::words::{Text, text};

/// A chart of more bars than this nobody can read.
const MOST_BARS: usize = 60;
/// How wide and how tall a chart is, in pixels: so much, and more for each unit.
const WIDTH: u32 = 760;
const HEIGHT: u32 = 120;
const BAR: u32 = 22;

/// A unit with the shares of its people and its firms.
struct Bar<'r> {
    name: &'r str,
    share: f64,
    firms: Option<f64>,
}

/// Fills the sheet of this name.
pub(super) fn fill(sheet: &mut Worksheet, name: &str, results: &Results) -> Result<(), XlsxError> {
    let bars = bars(results);
    let language = results.study().language();
    let say = |text: &Text| text.in_language(language);
    let head = Format::new().set_bold();
    let share = Format::new().set_num_format("0.0%");
    // The sheet holds the numbers that its chart is drawn of.
    let has_firms = bars.iter().any(|bar| bar.firms.is_some());
    sheet.write_string_with_format(0, 0, say(&text!(PageHeadUnit)), &head)?;
    sheet.write_string_with_format(0, 1, say(&text!(PageHeadPeople)), &head)?;
    if has_firms {
        sheet.write_string_with_format(0, 2, say(&text!(PageHeadFirms)), &head)?;
    }
    for (row, bar) in (1..).zip(&bars) {
        sheet.write_string(row, 0, clean(bar.name))?;
        sheet.write_number_with_format(row, 1, bar.share, &share)?;
        if let Some(firms) = bar.firms {
            sheet.write_number_with_format(row, 2, firms, &share)?;
        }
    }
    sheet.set_column_width(0, 24)?;
    let last = u32::try_from(bars.len()).unwrap_or(u32::MAX);
    let chart = chart((name, last), has_firms, language);
    sheet.insert_chart(0, 4, &chart)?;
    on_one_page_wide(sheet);
    Ok(())
}

/// Whether there is a unit to show.
pub(super) fn is_there(results: &Results) -> bool {
    !bars(results).is_empty()
}

/// The units right below the top where there is one top with units below it, else all that lie in no other;
/// those with the least first.
fn bars<'r>(results: &'r Results) -> Vec<Bar<'r>> {
    let rows = results.coverage.by_unit();
    let firms = results.firms.as_ref().map(Coverage::by_unit);
    let named = || rows.iter().filter(|row| row.unit.is_some());
    let tops = named().filter(|row| row.depth == 0).count();
    // One top would be a single bar: those right below it are compared.
    let level = usize::from(tops == 1 && named().any(|row| row.depth == 1));
    let firms_of = |unit: Option<UnitId>| {
        let row = firms.as_ref()?.iter().find(|row| row.unit == unit)?;
        row.share.value()
    };
    let bar =
        |row: &UnitSums<'r>| Some((row.name, row.share.value()?, firms_of(row.unit), row.unit));
    let mut bars: Vec<_> = named()
        .filter(|row| row.depth == level)
        .filter_map(bar)
        .collect();
    // Equals by unit, so that the order does not rest on how they are sorted.
    bars.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.3.cmp(&b.3)));
    bars.truncate(MOST_BARS);
    let bars = bars
        .into_iter()
        .map(|(name, share, firms, _)| Bar { name, share, firms });
    bars.collect()
}

/// The bars of so many rows of a sheet.
fn chart((sheet, last): (&str, u32), has_firms: bool, language: Language) -> Chart {
    let title = text!(SheetCharts).in_language(language);
    let mut chart = Chart::new(ChartType::Bar);
    let series = [(1, Color::RGB(0x0b_6e_99)), (2, Color::RGB(0xd5_5e_00))];
    for (column, colour) in series.into_iter().take(if has_firms { 2 } else { 1 }) {
        chart
            .add_series()
            .set_name((sheet, 0, column))
            .set_categories((sheet, 1, 0, last, 0))
            .set_values((sheet, 1, column, last, column))
            .set_gap(60)
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(colour)),
            );
    }
    chart.title().set_name(&title);
    // Of bars that lie, y are the categories and x the values. The first row stands at the top, as in the table.
    chart.y_axis().set_reverse();
    chart.x_axis().set_min(0).set_max(1).set_num_format("0%");
    if !has_firms {
        chart.legend().set_hidden();
    }
    chart
        .set_width(WIDTH)
        .set_height(HEIGHT + BAR * last * if has_firms { 2 } else { 1 })
        .set_alt_text(&title);
    chart
}

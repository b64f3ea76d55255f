//! A sheet as a place where a table goes: texts stay texts, numbers have their format.

use std::io;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::model::{Attribute, Language};
use crate::report::column::{Columns, Sink, Value};
use crate::report::layout::width;
use crate::report::number::Number;
use crate::report::spoken::{may_be_words, spoken};
use crate::text::steady;
use crate::words::text;

/// The longest text that a field holds, in characters; Excel refuses a file with a longer one.
pub(in crate::report) const MOST_SIGNS: usize = 32_000;
/// The widest a column may be, in digits, so that no long text pushes the others off the screen.
const WIDEST: usize = 60;

/// A4, as Excel numbers paper.
const A4: u8 = 9;

/// How tall a line is, in points, and how many lines the tallest row may have.
const LINE: f64 = 16.0;
const MOST_LINES: usize = 25;

/// How fields look.
pub(in crate::report) struct Formats {
    head: Format,
    text: Format,
    whole: Format,
    tenth: Format,
    share: Format,
    /// Points of a hundred, with their sign.
    points: Format,
    title: Format,
}

impl Formats {
    pub(in crate::report) fn new(language: Language) -> Self {
        let points = text!(PagePoints, points = "").in_language(language);
        let text = Format::new()
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_num_format("@");
        let number = |format: &str| {
            Format::new()
                .set_align(FormatAlign::Top)
                .set_num_format(format)
        };
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xe4_ec_f1))
                .set_border_bottom(FormatBorder::Thin),
            text,
            whole: number("#,##0"),
            tenth: number("#,##0.0##"),
            share: number("0.0%"),
            points: number(&format!(
                "+0.0#\"{points}\";-0.0#\"{points}\";0.0\"{points}\""
            )),
            title: Format::new().set_bold().set_font_size(14),
        }
    }
}

/// A sheet that is written from its top.
pub(in crate::report) struct Sheet<'w> {
    pub(in crate::report) on: &'w mut Worksheet,
    pub(in crate::report) formats: &'w Formats,
    pub(in crate::report) language: Language,
    /// It ends after so many rows.
    pub(in crate::report) most: usize,
    /// Whether there are more.
    pub(in crate::report) is_cut: bool,
}

impl Sheet<'_> {
    /// A title over the sheet's lines.
    pub(super) fn title(&mut self, title: &str) -> Result<(), XlsxError> {
        self.on
            .write_string_with_format(0, 0, clean(title), &self.formats.title)?;
        Ok(())
    }

    /// A line of texts.
    pub(super) fn line(&mut self, row: u32, fields: &[&str]) -> Result<(), XlsxError> {
        for (column, field) in (0..).zip(fields) {
            self.on
                .write_string_with_format(row, column, clean(field), &self.formats.text)?;
        }
        Ok(())
    }

    /// The table below its heads: frozen, with a filter, each column as wide as what is in it.
    fn table<R>(
        &mut self,
        columns: &Columns<R>,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<(), XlsxError> {
        let mut widths: Vec<usize> = Vec::with_capacity(columns.len());
        for (place, column) in (0..).zip(columns.iter()) {
            let head = column.head(self.language);
            self.on
                .write_string_with_format(0, place, clean(&head), &self.formats.head)?;
            // Heads break into two lines.
            widths.push(width(&head).div_ceil(2).max(8));
        }
        let mut row_number = 0;
        for (place, row) in rows.into_iter().enumerate() {
            if place == self.most {
                self.is_cut = true;
                break;
            }
            row_number += 1;
            let mut longest = 0;
            for ((place, column), widest) in (0..).zip(columns.iter()).zip(&mut widths) {
                let mut value = column.of(&row);
                // The name of those in no group is a word too.
                let is_group = column.chinese == "人群";
                let called = if is_group { "group" } else { &column.name };
                let is_spoken = matches!(value, Value::Word(_)) || may_be_words(called);
                if let (true, Value::Word(word) | Value::Text(word)) = (is_spoken, &value) {
                    let said = spoken(called, word).in_language(self.language);
                    value = Value::Text(said.into());
                }
                let shown = self.field(row_number, place, &value)?;
                *widest = shown.max(*widest);
                longest = shown.max(longest);
            }
            set_lines(self.on, row_number, lines(longest, WIDEST))?;
        }
        self.lay_out(columns, &widths, row_number)
    }

    /// How wide the columns are, what stays on the screen, and how it prints.
    fn lay_out<R>(
        &mut self,
        columns: &Columns<R>,
        widths: &[usize],
        rows: u32,
    ) -> Result<(), XlsxError> {
        let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let heads = columns
            .iter()
            .map(|column| width(&column.head(self.language)));
        // Heads are longer than most numbers: they wrap rather than widen a column.
        let is_tall = heads.zip(widths).any(|(head, &widest)| head > widest);
        set_lines(self.on, 0, if is_tall { 2 } else { 1 })?;
        for (place, widest) in (0..=last).zip(widths) {
            let digits = u16::try_from((*widest).min(WIDEST) + 2).unwrap_or(u16::MAX);
            self.on.set_column_width(place, digits)?;
        }
        self.on.set_freeze_panes(1, 0)?;
        on_one_page_wide(self.on).set_repeat_rows(0, 0)?;
        self.on.autofilter(0, 0, rows, last)?;
        Ok(())
    }

    /// Writes a field and tells how wide it is.
    fn field(&mut self, row: u32, column: u16, value: &Value<'_>) -> Result<usize, XlsxError> {
        let formats = self.formats;
        match value {
            Value::Empty => Ok(0),
            Value::Text(text) | Value::Word(text) => self.text(row, column, text),
            // As text: a number would lose its zeros in front, or be rounded after 15 digits.
            Value::NumericId(id) => self.text(row, column, id),
            Value::Attribute(told) => self.attribute(row, column, told),
            Value::Flag(flag) => {
                let said = if *flag { text!(PageYes) } else { text!(PageNo) };
                self.text(row, column, &said.in_language(self.language))
            }
            Value::Count(count) => {
                let count = Number::Whole(*count).value();
                self.number(row, column, count, &formats.whole)
            }
            Value::Number(number @ Number::Part(_)) => {
                self.number(row, column, number.value(), &formats.share)
            }
            Value::Number(number @ Number::Whole(_)) => {
                self.number(row, column, number.value(), &formats.whole)
            }
            Value::Number(number @ Number::Decimal(_)) => {
                self.number(row, column, number.value(), &formats.tenth)
            }
            // Shares are kept as parts, points are hundredths of them.
            Value::Points(change) => {
                self.number(row, column, change.value() * 100.0, &formats.points)
            }
            Value::Tenths(tenths) => match tenths.to_string().parse() {
                Ok(number) => self.number(row, column, number, &formats.tenth),
                Err(_) => self.text(row, column, &tenths.to_string()),
            },
        }
    }

    fn attribute(&mut self, row: u32, column: u16, told: &Attribute) -> Result<usize, XlsxError> {
        match told {
            Attribute::Empty => Ok(0),
            Attribute::Flag(flag) => self.field(row, column, &Value::Flag(*flag)),
            Attribute::Number(number) => {
                self.field(row, column, &Value::Number(Number::of(*number)))
            }
            Attribute::Text(text) => self.text(row, column, text),
            Attribute::List(items) => self.text(row, column, &items.join("; ")),
        }
    }

    /// A text stays one: no spreadsheet runs it, and no code loses its noughts.
    fn text(&mut self, row: u32, column: u16, text: &str) -> Result<usize, XlsxError> {
        let text = clean(text);
        let wide = width(&text);
        self.on
            .write_string_with_format(row, column, text, &self.formats.text)?;
        Ok(wide)
    }

    fn number(
        &mut self,
        row: u32,
        column: u16,
        number: f64,
        format: &Format,
    ) -> Result<usize, XlsxError> {
        self.on
            .write_number_with_format(row, column, number, format)?;
        // With its thousands set apart.
        Ok(format!("{number:.1}").len() * 4 / 3)
    }
}

/// In print all columns of a row stand on one sheet of A4.
pub(in crate::report) fn on_one_page_wide(sheet: &mut Worksheet) -> &mut Worksheet {
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
}

/// How many lines a text takes in a column of so many digits; words that do not break leave some empty.
pub(in crate::report) fn lines(shown: usize, column: usize) -> usize {
    if shown <= column {
        1
    } else {
        shown.div_ceil(column - column / 10)
    }
}

/// Makes a row as tall as its lines. Excel does so by itself; other programs believe the file.
pub(in crate::report) fn set_lines(
    sheet: &mut Worksheet,
    row: u32,
    lines: usize,
) -> Result<(), XlsxError> {
    if lines > 1 {
        let lines = u32::try_from(lines.min(MOST_LINES)).unwrap_or(1);
        sheet.set_row_height(row, LINE * f64::from(lines))?;
    }
    Ok(())
}

impl Sink for Sheet<'_> {
    fn rows<R>(
        &mut self,
        columns: &Columns<R>,
        rows: impl IntoIterator<Item = R>,
    ) -> io::Result<()> {
        self.table(columns, rows).map_err(io::Error::other)
    }
}

/// A text that a workbook may hold.
pub(in crate::report) fn clean(text: &str) -> String {
    steady(text).chars().take(MOST_SIGNS).collect()
}

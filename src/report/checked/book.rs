//! `check.xlsx`: a sheet for each file with the rows in which something is wrong, each bad field marked and
//! its remedy beside it, to be sent back to whoever delivered the file.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::rows::{self, Row};
use crate::model::{Checked, Fault, FaultyTable};
use crate::report::column::Sink as _;
use crate::report::layout::width;
use crate::report::workbook::sheet::{
    Formats, MOST_SIGNS as MOST_TEXT, Sheet, clean, lines, on_one_page_wide, set_lines,
};
use crate::words::{Language, Text, text};

/// Sheets have names of at most so many characters.
const MOST_SIGNS: usize = 31;
/// How wide columns are, in digits: of what is wrong and how to mend it, and of the file at least and at most.
const WORDS: usize = 48;
const NARROWEST: usize = 8;
const WIDEST: usize = 30;
/// A sheet ends after so many rows; as many faults are kept.
const MOST_ROWS: usize = 100_000;

/// How fields look.
struct Looks {
    head: Format,
    text: Format,
    bad: Format,
}

impl Looks {
    fn new() -> Self {
        let text = Format::new()
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_num_format("@");
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xe4_ec_f1)),
            bad: text
                .clone()
                .set_background_color(Color::RGB(0xff_c7_ce))
                .set_font_color(Color::RGB(0x9c_00_06)),
            text,
        }
    }
}

/// The workbook. O(fields of the rows with faults).
///
/// # Errors
/// When it cannot be made.
pub(super) fn bytes(checked: &Checked) -> Result<Vec<u8>, XlsxError> {
    let language = checked.language;
    let mut book = Workbook::new();
    let mut names = vec![text!(CheckSheetAll).in_language(language)];
    all(book.add_worksheet().set_name(&names[0])?, checked)?;
    let looks = Looks::new();
    for (file, faults) in by_file(checked) {
        let name = sheet_name(file, &names);
        let sheet = book.add_worksheet().set_name(&name)?;
        names.push(name);
        let table = checked.tables.iter().find(|table| table.file == file);
        FileSheet {
            on: sheet,
            looks: &looks,
            language,
        }
        .fill(file, &faults, table)?;
    }
    // A workbook has a time; this one is the same in every run.
    let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&time));
    book.save_to_buffer()
}

/// All that `check.csv` has.
fn all(sheet: &mut Worksheet, checked: &Checked) -> Result<(), XlsxError> {
    let formats = Formats::new(checked.language);
    let mut sheet = Sheet {
        on: sheet,
        formats: &formats,
        language: checked.language,
        most: MOST_ROWS,
        is_cut: false,
    };
    sheet
        .rows(&rows::columns(checked.language), Row::all(checked))
        .map_err(XlsxError::IoError)?;
    if sheet.is_cut {
        let name = sheet.on.name();
        let told = text!(SheetsCut, sheets = name, most = MOST_ROWS);
        // Below the last row, where whoever reads to the end finds it.
        let below = u32::try_from(MOST_ROWS).unwrap_or(u32::MAX) + 1;
        let told = clean(&told.in_language(checked.language));
        sheet.on.write_string(below, 0, told)?;
    }
    Ok(())
}

/// The faults of each file, in the order in which they were found.
fn by_file(checked: &Checked) -> Vec<(&str, Vec<&Fault>)> {
    let mut files: Vec<(&str, Vec<&Fault>)> = Vec::new();
    for fault in &checked.faults {
        match files.iter_mut().find(|(file, _)| *file == fault.file) {
            Some((_, faults)) => faults.push(fault),
            None => files.push((&fault.file, vec![fault])),
        }
    }
    files
}

/// A name that a sheet may have, and that no other one has: Excel knows no difference of case there.
fn sheet_name(file: &str, taken: &[String]) -> String {
    let sound = clean(file).replace(['[', ']', ':', '*', '?', '/', '\\', '\''], "_");
    let short = |signs: usize| -> String { sound.chars().take(signs).collect() };
    let is_free = |name: &String| {
        let mut taken = taken.iter();
        !name.is_empty() && taken.all(|other| other.to_lowercase() != name.to_lowercase())
    };
    // Counted in signs, as Excel does: a long name loses its end, never its number.
    let numbered = (2..).map(|number| {
        let end = format!(" ({number})");
        short(MOST_SIGNS - end.len()) + &end
    });
    let mut names = std::iter::once(short(MOST_SIGNS)).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// The sheet of one file.
struct FileSheet<'w> {
    on: &'w mut Worksheet,
    looks: &'w Looks,
    language: Language,
}

impl FileSheet<'_> {
    fn fill(
        &mut self,
        file: &str,
        faults: &[&Fault],
        table: Option<&FaultyTable>,
    ) -> Result<(), XlsxError> {
        let heads: &[String] = table.map_or(&[], |table| &table.heads);
        self.on
            .write_string(0, 0, clean(&self.say(&text!(CheckSheetHelp, file = file))))?;
        let rows = table.map_or(&[][..], |table| &table.rows);
        let widths = widths(heads, rows);
        self.heads(heads, &widths)?;
        // Of rows with one place the first counts: it is put in last.
        let values: BTreeMap<&Text, &[String]> = rows
            .iter()
            .rev()
            .map(|(at, values)| (at, values.as_slice()))
            .collect();
        // Below the note and the heads.
        for (row, (place, faults)) in (2..).zip(by_place(faults)) {
            let values = place.and_then(|place| values.get(place).copied());
            let values = values.unwrap_or_default();
            let ends = self.row(row, (place, &faults), (heads, values))?;
            let inside = values.iter().zip(&widths);
            let inside = inside.map(|(value, &wide)| lines(width(value), wide));
            set_lines(self.on, row, inside.chain(ends).max().unwrap_or(1))?;
        }
        self.on.set_freeze_panes(2, 1)?;
        on_one_page_wide(self.on).set_repeat_rows(1, 1)?;
        Ok(())
    }

    /// The place, the heads of the file, what is wrong and how to mend it.
    fn heads(&mut self, heads: &[String], widths: &[usize]) -> Result<(), XlsxError> {
        let ends = [text!(CheckHeadWrong), text!(CheckHeadRemedy)].map(|text| self.say(&text));
        let first = self.say(&text!(CheckHeadPlace));
        let all = std::iter::once(&first).chain(heads).chain(&ends);
        for (place, head) in (0..).zip(all) {
            self.on
                .write_string_with_format(1, place, clean(head), &self.looks.head)?;
        }
        let last = column(heads.len());
        self.on.set_column_width(0, 12)?;
        for (place, &wide) in (1..).zip(widths) {
            self.on.set_column_width(place, digits(wide + 2))?;
        }
        // What is wrong and how to mend it is read as sentences, and wraps.
        for place in last + 1..=last + 2 {
            self.on.set_column_width(place, digits(WORDS))?;
        }
        Ok(())
    }

    /// One row of the file, its bad fields marked; where nothing is known of it, what was found there. Gives back
    /// how many lines its words take.
    fn row(
        &mut self,
        row: u32,
        (place, faults): (Option<&Text>, &[&Fault]),
        (heads, values): (&[String], &[String]),
    ) -> Result<[usize; 2], XlsxError> {
        let place = place.map_or_else(String::new, |place| self.say(place));
        self.put(row, 0, &place, false)?;
        // What is wrong with a row as a whole is wrong with each of its fields.
        let is_bad = |head: &String| {
            let mut about = faults.iter();
            about.any(|fault| fault.column == *head || !heads.contains(&fault.column))
        };
        for ((at, head), value) in (1..).zip(heads).zip(values) {
            self.put(row, at, value, is_bad(head))?;
        }
        let wrong = faults
            .iter()
            .map(|fault| self.wrong(fault, values.is_empty()));
        let wrong: Vec<String> = wrong.collect();
        let mut remedies: Vec<String> =
            faults.iter().map(|fault| self.say(&fault.remedy)).collect();
        // Fields that are wrong in the same way share their remedy.
        remedies.dedup();
        let end = column(heads.len()) + 1;
        self.put_lines(row, end, &wrong)?;
        self.put_lines(row, end + 1, &remedies)?;
        let all = |said: &[String]| said.iter().map(|line| lines(width(line), WORDS)).sum();
        Ok([all(&wrong), all(&remedies)])
    }

    /// What is wrong; with the value where the row does not show it.
    fn wrong(&self, fault: &Fault, with_value: bool) -> String {
        let mut parts = Vec::new();
        if !fault.column.is_empty() {
            parts.push(fault.column.clone());
        }
        if with_value && !fault.found.is_empty() {
            parts.push(fault.found.clone());
        }
        parts.push(self.say(&fault.expected));
        parts.join(" – ")
    }

    /// A text stays one, whatever it begins with.
    fn put(&mut self, row: u32, at: u16, text: &str, is_bad: bool) -> Result<(), XlsxError> {
        let look = if is_bad {
            &self.looks.bad
        } else {
            &self.looks.text
        };
        let written = self.on.write_string_with_format(row, at, clean(text), look);
        written.map(|_| ())
    }

    /// Texts below each other in one field.
    fn put_lines(&mut self, row: u32, at: u16, texts: &[String]) -> Result<(), XlsxError> {
        let texts: Vec<String> = texts.iter().map(|text| clean(text)).collect();
        let all: String = texts.join("\n").chars().take(MOST_TEXT).collect();
        let look = &self.looks.text;
        let written = self.on.write_string_with_format(row, at, all, look);
        written.map(|_| ())
    }

    fn say(&self, text: &Text) -> String {
        text.in_language(self.language)
    }
}

/// How wide the columns of a file are, by what is in them.
fn widths(heads: &[String], rows: &[(Text, Vec<String>)]) -> Vec<usize> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
    for (_, values) in rows {
        for (widest, value) in widths.iter_mut().zip(values) {
            *widest = width(value).max(*widest);
        }
    }
    let fit = |wide: usize| wide.clamp(NARROWEST, WIDEST);
    widths.into_iter().map(fit).collect()
}

fn digits(wide: usize) -> u16 {
    u16::try_from(wide).unwrap_or(u16::MAX)
}

/// The faults of each row, in the order of the first of each.
fn by_place<'f>(faults: &[&'f Fault]) -> Vec<(Option<&'f Text>, Vec<&'f Fault>)> {
    let mut order: BTreeMap<Option<&Text>, usize> = BTreeMap::new();
    let mut rows: Vec<(Option<&Text>, Vec<&Fault>)> = Vec::new();
    for fault in faults {
        let place = fault.place.as_ref();
        // Whole files have no place: each of their faults has a row of its own.
        let known = place.and_then(|_| order.get(&place));
        if let Some(&at) = known {
            rows[at].1.push(fault);
        } else {
            order.insert(place, rows.len());
            rows.push((place, vec![fault]));
        }
    }
    rows
}

/// The column of the last head of a file, the place standing before them.
fn column(heads: usize) -> u16 {
    u16::try_from(heads).unwrap_or(u16::MAX - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_sound_and_different() {
        let long = "便民服务中心和便民服务站及银行自助终端情况统计表2024年.xlsx";
        let mut names = vec!["总表".to_owned()];
        for file in [long, long, "a[1]:b.csv", "A_1__B.CSV", "总表", ""] {
            let name = sheet_name(file, &names);
            assert!((1..=MOST_SIGNS).contains(&name.chars().count()), "{name}");
            assert!(
                !name.contains(['[', ']', ':', '*', '?', '/', '\\']),
                "{name}"
            );
            assert!(
                !names
                    .iter()
                    .any(|other| other.to_lowercase() == name.to_lowercase())
            );
            names.push(name);
        }
    }
}

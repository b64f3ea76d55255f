//! `report.xlsx`: the tables on sheets, in the study's language, for Excel and WPS.
//!
//! Each table is the one that the files hold, with the same columns: here with heads and words that
//! people read, codes as texts, shares as percentages, frozen heads and filters. No time stands in it:
//! the same results make the same bytes.

mod charts;
pub(super) mod sheet;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::assessment::{cards, departments, differences, indicators, phases, red_lists, register};
use super::layout::{percent, whole, whole_rest};
use super::manifest::VERSION;
use super::out::Out;
use super::summary::Summary;
use super::tables::{cells, channels, denominators, findings, groups, sites, themes, units, week};
use crate::model::{Findings, Language};
use crate::run::Results;
use crate::words::{Text, text};
use sheet::{Formats, Sheet};

/// A sheet ends after so many rows: a spreadsheet hardly opens one that is longer.
const MOST_ROWS: usize = 100_000;

/// Writes the workbook. O(fields of its tables).
///
/// # Errors
/// When it cannot be made, or `out` takes no more.
pub(super) fn write(
    results: &Results,
    summary: &Summary,
    findings: &Findings,
    out: &mut dyn Out,
) -> io::Result<()> {
    let language = results.study().language();
    let mut book = Book {
        sheets: Workbook::new(),
        formats: Formats::new(language),
        language,
        most: MOST_ROWS,
        cut: Vec::new(),
    };
    // It stands first, and is filled last: it tells which sheets are cut.
    book.sheets.add_worksheet();
    book.charts(results).map_err(io::Error::other)?;
    book.coverage(results, findings)?;
    book.assessment(results)?;
    book.about(results, summary).map_err(io::Error::other)?;
    let bytes = book.finished(results).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

struct Book {
    sheets: Workbook,
    formats: Formats,
    language: Language,
    /// A sheet ends after so many rows.
    most: usize,
    /// The names of the sheets that have more.
    cut: Vec<String>,
}

impl Book {
    /// One more sheet of this name, filled.
    fn add(
        &mut self,
        name: &Text,
        fill: impl FnOnce(&mut Sheet<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let name = name.in_language(self.language);
        let sheet = self.sheets.add_worksheet();
        sheet.set_name(&name).map_err(io::Error::other)?;
        let mut sheet = Sheet {
            on: sheet,
            formats: &self.formats,
            language: self.language,
            most: self.most,
            is_cut: false,
        };
        fill(&mut sheet)?;
        // Told on the first sheet, which is therefore filled last.
        if sheet.is_cut {
            self.cut.push(name);
        }
        Ok(())
    }

    /// Which sheets are cut, if any.
    fn told_cut(&self) -> Option<String> {
        let sheets = self.cut.iter().map(|name| Text::verbatim(name));
        let sheets: Vec<Text> = sheets.collect();
        let said = text!(SheetsCut, sheets = sheets, most = self.most);
        (!self.cut.is_empty()).then(|| said.in_language(self.language))
    }

    /// What it is, the headline figures, what was asked, and which tables are not here.
    fn about(&mut self, results: &Results, summary: &Summary) -> Result<(), XlsxError> {
        let said = |text: Text| text.in_language(self.language);
        let minutes = summary.parameters.minutes.to_string();
        let total = &summary.total;
        let mut lines = vec![
            said(text!(PageKind, minutes = &minutes)),
            said(text!(
                PagePeopleCovered,
                all = whole(total.population),
                covered = whole(total.covered_population),
                left_out = whole_rest(total.population, total.covered_population)
            )),
            said(text!(
                PageShareAndScore,
                share = percent(total.share),
                score = percent(total.score)
            )),
        ];
        if let Some(firms) = &summary.firms {
            lines.push(said(text!(
                PageFirmsCovered,
                all = whole(firms.firms),
                covered = whole(firms.covered_firms),
                left_out = whole_rest(firms.firms, firms.covered_firms)
            )));
            lines.push(said(text!(
                PageShareAndScore,
                share = percent(firms.share),
                score = percent(firms.score)
            )));
        }
        lines.push(said(text!(PageDefinition, minutes = &minutes)));
        lines.extend(summary.asked());
        lines.extend(self.told_cut());
        lines.push(said(text!(SheetFooter, version = VERSION)));
        let name = said(text!(SheetAbout));
        // The first sheet has been there all along, without a name.
        let sheet = self.sheets.worksheet_from_index(0)?;
        sheet.set_name(name)?;
        sheet.set_column_width(0, 100)?;
        sheet::on_one_page_wide(sheet);
        let mut sheet = Sheet {
            on: sheet,
            formats: &self.formats,
            language: self.language,
            most: self.most,
            is_cut: false,
        };
        sheet.title(results.study().name())?;
        for (row, line) in (1..).zip(&lines) {
            sheet.line(row, &[line])?;
        }
        Ok(())
    }

    /// The tables that every run has, and those of rules that are on.
    fn coverage(&mut self, results: &Results, findings: &Findings) -> io::Result<()> {
        let told = &results.breakdown;
        let study = results.study();
        // A rule that is off has no sheet: an empty one would look like a result.
        if !study.units().is_empty() {
            self.add(&text!(SheetUnits), |to| units::write_units(results, to))?;
        }
        self.add(&text!(SheetCells), |to| cells::write(results, to))?;
        self.add(&text!(SheetSites), |to| sites::write(results, to))?;
        if !told.groups.is_empty() {
            self.add(&text!(SheetGroups), |to| groups::write_groups(results, to))?;
        }
        if !told.channels.is_empty() {
            self.add(&text!(SheetChannels), |to| {
                channels::write_channels(&told.channels, to)
            })?;
        }
        if !told.themes.is_empty() || !told.firm_themes.is_empty() {
            self.add(&text!(SheetThemes), |to| themes::write_themes(told, to))?;
        }
        if !told.denominators.is_empty() {
            self.add(&text!(SheetCounts), |to| {
                denominators::write_denominators(&told.denominators, to)
            })?;
        }
        let has_week = told.week.is_some() || told.firm_week.is_some();
        if has_week {
            self.add(&text!(SheetWeek), |to| week::write_week(results, to))?;
        }
        self.add(&text!(SheetFindings), |to| {
            findings::write_findings(findings, study.language(), to)
        })
    }

    /// The coverage of each unit as bars.
    fn charts(&mut self, results: &Results) -> Result<(), XlsxError> {
        if charts::is_there(results) {
            let name = text!(SheetCharts).in_language(self.language);
            let sheet = self.sheets.add_worksheet().set_name(&name)?;
            charts::fill(sheet, &name, results)?;
        }
        Ok(())
    }

    /// The tables of an assessment and of changes, if there are any.
    fn assessment(&mut self, results: &Results) -> io::Result<()> {
        let study = results.study();
        if let Some(change) = &results.change {
            self.add(&text!(SheetChange), |to| {
                differences::write_units(change, to)
            })?;
        }
        // A comparison with another study needs no assessment.
        let Some(assessment) = &results.assessment else {
            return Ok(());
        };
        if !assessment.phases.is_empty() {
            self.add(&text!(SheetPhases), |to| {
                phases::write_phases(study, &assessment.phases, to)
            })?;
        }
        self.add(&text!(SheetLacking), |to| {
            phases::write_lacking(study, assessment, to)
        })?;
        if !assessment.indicators.is_empty() {
            self.add(&text!(SheetIndicators), |to| {
                indicators::write_indicators(&assessment.indicators, to)
            })?;
        }
        self.add(&text!(SheetCards), |to| cards::write_cards(results, to))?;
        self.add(&text!(SheetDepartments), |to| {
            departments::write_departments(results, to)
        })?;
        self.add(&text!(SheetRedCells), |to| {
            red_lists::write_cells(study, assessment, to)
        })?;
        self.add(&text!(SheetRedItems), |to| {
            red_lists::write_items(assessment, to)
        })?;
        if !study.catalogue().is_implicit() {
            self.add(&text!(SheetSiteItems), |to| {
                register::write_site_items(study, to)
            })?;
        }
        if !study.delegations().is_empty() {
            self.add(&text!(SheetDelegations), |to| {
                register::write_delegations(study, to)
            })?;
        }
        Ok(())
    }

    fn finished(mut self, results: &Results) -> Result<Vec<u8>, XlsxError> {
        // A workbook has a time; this one is the same in every run.
        let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let properties = DocProperties::new()
            .set_title(crate::text::plain(results.study().name()))
            .set_creation_datetime(&time);
        self.sheets.set_properties(&properties);
        self.sheets.save_to_buffer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::column::{Columns, Sink, Value};

    #[test]
    fn a_long_sheet_is_cut_and_told() {
        let language = Language::English;
        let mut book = Book {
            sheets: Workbook::new(),
            formats: Formats::new(language),
            language,
            most: 3,
            cut: Vec::new(),
        };
        let mut add = |name: Text, rows: usize| {
            let columns = Columns::<usize>::new().with("row", "行", |row| Value::count(*row));
            book.add(&name, |to| to.rows(&columns, 0..rows))
                .expect("it is written");
        };
        add(text!(SheetUnits), 3);
        add(text!(SheetWeek), 4);
        add(text!(SheetFindings), 4);
        assert_eq!(book.cut, ["Week", "Findings"]);
        let told = book.told_cut().expect("two are cut");
        assert!(
            told.contains(": Week, Findings.") && told.contains('3'),
            "{told}"
        );
        book.language = Language::Chinese;
        let told = book.told_cut().expect("two are cut");
        assert!(told.contains("：Week、Findings。"), "{told}");
    }
}

//! What is wrong with the files of a study, all at once.

use super::csv_form::CsvForm;
use super::finding::Findings;
use super::source::{Language, Source};
use crate::words::Text;

/// A value, a row or a file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// A short fixed word for machines, such as `not-a-number`.
    pub code: &'static str,
    /// The input file's name.
    pub file: String,
    /// Where in the file; none for the file as a whole.
    pub place: Option<Text>,
    /// The column, property or key; empty where it is about none.
    pub column: String,
    /// The value found; empty where there is none.
    pub found: String,
    /// What was expected, or what is wrong.
    pub expected: Text,
    /// What to do.
    pub remedy: Text,
    /// All of that in a sentence.
    pub sentence: Text,
}

/// The rows of a table in which something is wrong, as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FaultyTable {
    /// The input file's name.
    pub file: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// The rows, each with its place and a value for each head.
    pub rows: Vec<(Text, Vec<String>)>,
}

/// What is wrong with the files of a study, and what is doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The study's name.
    pub name: String,
    /// The language in which it is told.
    pub language: Language,
    /// How its table is written as CSV.
    pub csv: CsvForm,
    /// What must be mended: whole files first, then rows, in the order of reading.
    pub faults: Vec<Fault>,
    /// The rows that the faults are about, table by table; files that are no tables have none.
    pub tables: Vec<FaultyTable>,
    /// What is doubtful, was mended or is good to know; a row that is a fault is not among it.
    pub findings: Findings,
    /// The files that were read.
    pub sources: Vec<Source>,
    /// Whether everything was looked at. A file that cannot be read hides what rests on it.
    pub is_whole: bool,
}

//! What to write, and over what.

/// What to write beyond the usual.
///
/// ```
/// use walkshed::report::ReportOptions;
/// // For an office: a workbook and a sheet to print beside the page.
/// let office = ReportOptions { workbook: true, map: true, ..ReportOptions::default() };
/// assert!(office.page && !office.overwrite);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct ReportOptions {
    /// Whether to write the table of cells × items, gzipped, even when it is very long.
    pub items: bool,
    /// How many rows are very long: five million.
    pub most_item_rows: u64,
    /// Whether to write `report.html`.
    pub page: bool,
    /// Whether the map of `report.html` can show the land from which a site is reached within the limit:
    /// drawing it takes longer than all else in a large county.
    pub isochrones: bool,
    /// Whether to write `report.xlsx`.
    pub workbook: bool,
    /// Whether to write `map.svg`, with the features `png` and `pdf` also `map.png` and `map.pdf`.
    pub map: bool,
    /// The paper that the map is a sheet of.
    pub paper: Paper,
    /// Whether files with the names of results are replaced or removed that no earlier run left so.
    /// Inputs of the study never are.
    pub overwrite: bool,
}

/// The paper that a map is a sheet of.
///
/// ```
/// use walkshed::report::{Paper, ReportOptions};
/// // For the wall of a meeting room.
/// let wall = ReportOptions { map: true, paper: Paper::A3, ..ReportOptions::default() };
/// assert_eq!(wall.paper.word(), "a3");
/// assert_eq!(ReportOptions::default().paper, Paper::A4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 297 by 210 mm.
    #[default]
    A4,
    /// 420 by 297 mm: the map is larger by half, and its words are as large as on A4.
    A3,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::A4, Self::A3];

    /// What the command line calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
        }
    }

    /// The longer and the shorter side, in 96 units an inch.
    pub(super) const fn sides(self) -> [f64; 2] {
        match self {
            Self::A4 => [1123.0, 794.0],
            Self::A3 => [1587.0, 1123.0],
        }
    }

    /// How many times longer its sides are than those of A4.
    pub(super) const fn larger(self) -> f64 {
        match self {
            Self::A4 => 1.0,
            Self::A3 => std::f64::consts::SQRT_2,
        }
    }
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            items: false,
            most_item_rows: 5_000_000,
            page: true,
            isochrones: false,
            workbook: false,
            map: false,
            paper: Paper::A4,
            overwrite: false,
        }
    }
}

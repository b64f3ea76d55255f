//! What to write, and over what.

/// What to write beyond the usual.
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
    /// Whether files with the names of results are replaced or removed that no earlier run left so.
    /// Inputs of the study never are.
    pub overwrite: bool,
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
            overwrite: false,
        }
    }
}

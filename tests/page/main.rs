//! The page for people (`report.html`): its structure, that names from the data stay names, and what a
//! browser makes of it.
//!
//! The tests in a browser run where `chromium` is, and say so where it is not.

mod browser;
mod devtools;
mod drawn;
mod even;
mod groups;
mod hostile;
mod land;
mod map;
mod marks;
mod qgis;
mod structure;
mod workbook;

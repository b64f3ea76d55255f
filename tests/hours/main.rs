//! Time of day from the files on: `[time]`, opening hours in OSM syntax and in Chinese, dates of
//! opening and closing.

mod cases;
mod cures;
mod differential;
mod files;
mod manual;
mod town;

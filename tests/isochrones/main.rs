//! Isochrones: land with the answers drawn, laws, and agreement with the results for points.

mod command;
mod drawn;
mod grid;
mod laws;
mod real;
mod towns;
mod valid;

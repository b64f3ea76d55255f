//! One small county, told in every format of shapes: the results are the same to the byte. What is
//! cut, damaged, only a page or of another format is told, and never half a file.

mod cases;
mod damage;
#[path = "../common/damaged.rs"]
mod damaged;
mod named;
mod pages;
mod same;
#[path = "../../src/read/formats/shapefile/samples.rs"]
mod samples;
mod shapefile;
mod town;
mod writers;

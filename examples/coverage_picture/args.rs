//! The command line.

use std::path::{Path, PathBuf};

use clap::Parser;

use crate::common::args::Shared;
use crate::common::failure::Failure;
use crate::common::run::EXIT_CODES;
use crate::common::said::Said;

/// A study's cells on their streets, coloured by verdict; its words are in Chinese and English.
#[derive(Debug, Parser)]
#[command(
    name = "coverage_picture",
    version,
    after_help = format!("Exit codes: 0 done · {EXIT_CODES}"),
    mut_arg("json", |json| json.hide(true))
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// The picture to write, an SVG file [default: that of the fixture study]
    picture: Option<PathBuf>,
}

impl Args {
    /// Where the picture goes.
    pub(crate) fn picture(&self) -> Result<PathBuf, Failure> {
        if self.shared.json {
            return Err(Failure::Usage(Said::new(
                "--json: a picture is SVG – leave --json out",
                "--json：图为 SVG 格式——请去掉 --json",
            )));
        }
        match &self.picture {
            Some(picture) => Ok(picture.clone()),
            // Its own picture is the only one that may be drawn over unasked.
            None if self.shared.is_fixture() => {
                Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/coverage.svg"))
            }
            None => Err(Failure::Usage(Said::new(
                "which picture? – name an SVG file after the study file",
                "图写到哪里？——请在项目文件之后写上 SVG 文件名",
            ))),
        }
    }
}

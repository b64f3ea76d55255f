//! The command line.

use clap::Parser;

use crate::common::args::{Output, Shared};
use crate::common::run::EXIT_CODES;

/// All that is wrong with a study and its files, at once
#[derive(Debug, Parser)]
// In a folder of their own: what another command wrote stays.
#[command(mut_arg("out", |out| out.default_value("out/check")))]
#[command(
    name = "check",
    version,
    after_help = format!("Exit codes: 0 nothing has to be mended · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) output: Output,
}

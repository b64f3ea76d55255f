//! The command line.

use clap::Parser;

use crate::common::args::Shared;
use crate::common::run::EXIT_CODES;

/// A first study.toml for a folder of files, with what each file was recognised by
#[derive(Debug, Parser)]
#[command(
    mut_arg("study", |dir| dir.value_name("DIR").required(true).help("The folder of files")),
    mut_arg("language", |which| which.help(
        "The language of what is said and written [default: Chinese if the files are]"
    )),
    mut_arg("json", |json| json.help("Print JSON instead of text")),
)]
// What a run that computes is told means nothing here.
#[command(
    mut_arg("minutes", |arg| arg.hide(true)),
    mut_arg("on_bad", |arg| arg.hide(true)),
    mut_arg("changed", |arg| arg.hide(true))
)]
#[command(
    name = "init",
    version,
    after_help = format!(
        "Exit codes: 0 study.toml is written, whatever has to be mended · 3 streets, sites or cells are missing · {EXIT_CODES}"
    )
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// Replace the study.toml that is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

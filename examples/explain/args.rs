//! The command line.

use clap::Parser;

use crate::common::args::Shared;
use crate::common::moment;
use crate::common::run::EXIT_CODES;

/// Why one cell gets one item done in time or not, and what would cure it; or what one site does for whom.
#[derive(Debug, Parser)]
#[command(name = "explain", version, after_help = format!("Exit codes: 0 done · {EXIT_CODES}"))]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// The cell, by its id or a name that only one has
    #[arg(long, value_name = "ID")]
    pub(crate) cell: Option<String>,
    /// The item, by its id or a name that only one has [default: the only one, or the gravest of the cell]
    #[arg(long, value_name = "ID")]
    pub(crate) item: Option<String>,
    /// A site instead of a cell, by its id or a name that only one has: what it does for whom
    #[arg(long, value_name = "ID", conflicts_with_all = ["cell", "item"])]
    pub(crate) site: Option<String>,
    /// Whose verdict, by the group's id or name [default: the group there with the gravest verdict]
    #[arg(long, value_name = "ID")]
    pub(crate) group: Option<String>,
    /// When they leave home, in the study's reference week, like 2024-03-04T10:00 [default: the study's]
    #[arg(long, value_name = "TIME", value_parser = moment::read)]
    pub(crate) at: Option<chrono::NaiveDateTime>,
    /// Count what is done online by those who go online
    #[arg(long)]
    pub(crate) online: bool,
}

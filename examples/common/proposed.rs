//! A proposal into its folder and onto the terminal.

use std::time::Instant;

use walkshed::proposal::Proposal;
use walkshed::report;

use super::args::Shared;
use super::failure::Failure;
use super::meter::Meter;
use super::outcome::{files, print, tell_removed};
use super::run::tell;

/// Writes the proposal, and prints it, where the files are, and how long it took.
pub(crate) fn finish(
    args: &Shared,
    proposal: &Proposal,
    began: Instant,
    meter: &Meter,
) -> Result<u8, Failure> {
    let study = proposal.before.study();
    let seconds = began.elapsed().as_secs_f64();
    let written =
        meter.with_out(|out| report::write_proposal_into(proposal, seconds, out, meter))?;
    meter.release();
    let timings = meter.timings();
    meter.stop();
    print(&if args.json {
        report::proposal_json(proposal, seconds)
    } else {
        report::proposal_text(proposal) + &files(study, &written)
    })?;
    if !args.quiet {
        tell_removed(study, &written);
        tell(&timings);
    }
    Ok(0)
}

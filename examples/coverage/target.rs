//! Whether as many people are covered as `--fail-under` asks.

use walkshed::score::Coverage;

use crate::args::Args;
use crate::common::run::tell;
use crate::common::said::Said;

/// Done, but fewer people are covered than `--fail-under` asks.
const MISSED: u8 = 1;

/// The exit code of a run that is done.
pub(crate) fn code(args: &Args, now: &Coverage) -> u8 {
    let Some(percent) = args.fail_under else {
        return 0;
    };
    // A thousand-millionth of a percent of slack, so that 33.3 asks for 333 of 1,000.
    if now
        .share()
        .value()
        .is_some_and(|share| share + 1e-11 >= percent / 100.0)
    {
        return 0;
    }
    if !args.shared.quiet {
        let share = now.share();
        let said = Said::new(
            format!(
                "the target is missed: {share} of the people are covered, asked are {percent} %"
            ),
            format!("未达到目标：覆盖人口占 {share}，要求 {percent} %"),
        );
        tell(said.in_language(now.study().language()));
    }
    MISSED
}

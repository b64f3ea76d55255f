//! Where to open by a matrix of costs, without streets.

use std::time::Instant;

use walkshed::plan::Limits;
use walkshed::proposal::{MatrixRequest, matrix_siting};
use walkshed::read::{self, MatrixFiles};
use walkshed::report::{self, OutDir, ReportOptions};

use crate::args::{Args, Which};
use crate::common::failure::Failure;
use crate::common::meter::Meter;
use crate::common::outcome::{files, print, tell_removed};
use crate::common::patience::Patience;
use crate::common::said::Said;
use crate::question;

/// Within so many minutes somebody is covered where nothing else is said.
const MINUTES: f64 = 15.0;

pub(crate) fn work(args: &Args, meter: &Meter) -> Result<u8, Failure> {
    let began = Instant::now();
    let options = ReportOptions {
        overwrite: args.output.overwrite,
        ..ReportOptions::default()
    };
    meter.keep(OutDir::open(&args.output.out, &options)?);
    let named = |path: &Option<std::path::PathBuf>| path.clone().unwrap_or_default();
    let [matrix, from, to] = [named(&args.matrix), named(&args.from), named(&args.to)];
    let given = MatrixFiles {
        matrix: &matrix,
        from: &from,
        to: &to,
    };
    let case = read::matrix(&given, args.shared.spoken())?;
    let limited = case.sites.iter().any(|site| site.capacity.is_some());
    if limited && matches!(args.problem, Which::PMedian | Which::PCenter) {
        return Err(Failure::Usage(Said::new(
            "--to: only lscp, mclp and fair heed the column capacity – leave it out, or ask one of these",
            "--to：只有 lscp、mclp 和 fair 会计入 capacity（容量）列——请去掉这一列，或改用这些问题",
        )));
    }
    let request = MatrixRequest {
        wanted: args.problem.wanted(),
        room: question::room(args),
        limit: limit(args, &case)?,
        min_share: args.min_share,
        times: args.times,
    };
    let watch = Patience::new(args.seconds, args.shared.quiet, meter);
    let limits = Limits {
        work: u64::MAX,
        watch: &watch,
    };
    let plan = matrix_siting(case, request, &limits, meter)?;
    let seconds = began.elapsed().as_secs_f64();
    let written =
        meter.with_out(|out| report::write_matrix_plan_into(&plan, seconds, out, meter))?;
    meter.release();
    meter.stop();
    print(&if args.shared.json {
        report::matrix_plan_json(&plan, seconds)
    } else {
        report::matrix_plan_text(&plan) + &files(&plan.case.study, &written)
    })?;
    if !args.shared.quiet {
        tell_removed(&plan.case.study, &written);
    }
    Ok(0)
}

/// Within how much somebody is covered, as the matrix holds it.
fn limit(args: &Args, case: &walkshed::proposal::MatrixCase) -> Result<u32, Failure> {
    use walkshed::proposal::CostUnit;
    let usual = match (args.problem, case.unit) {
        (_, CostUnit::Minutes) => Some(MINUTES),
        // Nobody is too far.
        (Which::PMedian | Which::PCenter, CostUnit::Metres) => {
            let largest = case.largest_cost();
            return Ok(args
                .limit
                .and_then(|limit| case.unit.whole(limit))
                .unwrap_or(largest));
        }
        (_, CostUnit::Metres) => None,
    };
    let limit = args
        .limit
        .or(usual)
        .and_then(|limit| case.unit.whole(limit));
    limit.ok_or_else(|| {
        Failure::Usage(Said::new(
            "--limit: the matrix is in metres – say within how many somebody is covered, like --limit 1000",
            "--limit：矩阵以米为单位——请说明多少米以内算覆盖，例如 --limit 1000",
        ))
    })
}

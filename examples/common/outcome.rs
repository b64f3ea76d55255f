//! What a run prints of its results.

use std::path::Path;

use walkshed::model::{Language, Study};
use walkshed::report::{self, ReportOptions, Results, Summary, Written};

use super::args::Shared;
use super::failure::Failure;
use super::meter::Meter;
use super::run::{self, tell};

/// Writes the results, and prints the summary, where the files are, and how long it took.
pub(crate) fn finish(
    args: &Shared,
    results: &Results<'_, '_>,
    (out, options): (&Path, &ReportOptions),
    meter: &Meter,
) -> Result<(), Failure> {
    let written = report::write_with(results, out, options, meter)?;
    let timings = meter.timings();
    meter.stop();
    print(
        args,
        results.now.study(),
        &report::summary_of(results),
        &written,
    )?;
    if !args.quiet {
        tell(&timings);
    }
    Ok(())
}

/// Prints the summary, and where the files are.
fn print(
    args: &Shared,
    study: &Study,
    summary: &Summary,
    written: &Written,
) -> Result<(), Failure> {
    let text = if args.json {
        summary.to_json()
    } else {
        summary.to_text() + &files(study, written)
    };
    run::print(
        &text,
        "the results are written, but the summary cannot be printed",
    )
}

/// Where the files are, and which were left out.
fn files(study: &Study, written: &Written) -> String {
    let names: Vec<_> = written.files.iter().map(|file| file.name).collect();
    let chinese = study.language() == Language::Chinese;
    let mut lines = vec![if chinese {
        format!(
            "结果文件在 {}：{}\n",
            written.dir.display(),
            names.join("、")
        )
    } else {
        format!("files in {}: {}\n", written.dir.display(), names.join(", "))
    }];
    for (file, why) in &written.left_out {
        lines.push(if chinese {
            format!("未写 {file}：{why}\n")
        } else {
            format!("left out {file}: {why}\n")
        });
    }
    lines.concat()
}

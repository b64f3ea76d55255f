//! The output folder from before the study is read until the results are in it, and what a run prints of them.

use std::path::Path;

use walkshed::Results;
use walkshed::model::{Language, Study};
use walkshed::report::{self, OutDir, ReportOptions, Written};

use super::args::Shared;
use super::failure::Failure;
use super::load::load;
use super::meter::Meter;
use super::run::{self, tell};
use super::said::Said;

/// Opens the output folder, and then reads the study: whatever would spoil the run at its end is told
/// before the work.
pub(crate) fn begin(
    args: &Shared,
    out: &Path,
    options: &ReportOptions,
    meter: &Meter,
) -> Result<Study, Failure> {
    meter.keep(OutDir::open(out, options)?);
    let study = load(args, meter)?;
    meter.with_out(|out| out.check(&study))?;
    Ok(study)
}

/// Writes the results, and prints the summary, where the files are, and how long it took.
pub(crate) fn finish(args: &Shared, results: &Results, meter: &Meter) -> Result<(), Failure> {
    let written = meter.with_out(|out| report::write_into(results, out, meter))?;
    // Whoever pages through the summary keeps nobody else out.
    meter.release();
    let timings = meter.timings();
    meter.stop();
    let summary = report::summary(results);
    let text = if args.json {
        summary.to_json()
    } else {
        summary.to_text() + &files(results.study(), &written)
    };
    print(&text)?;
    if !args.quiet {
        tell_removed(results.study(), &written);
        tell(&timings);
    }
    Ok(())
}

/// Prints what was found, after the results are written.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    run::print(
        text,
        Said::new(
            "the results are written, but the summary cannot be printed",
            "结果已写好，但摘要无法输出",
        ),
    )
}

/// Says which tables of an earlier run are gone, since this one writes none of that name.
pub(crate) fn tell_removed(study: &Study, written: &Written) {
    if !written.removed.is_empty() {
        let dir = written.dir.display();
        let said = Said::new(
            format!(
                "taken away from {dir}, as this run does not write them: {}",
                written.removed.join(", ")
            ),
            format!(
                "已从 {dir} 中移除，因为本次运行不写这些文件：{}",
                written.removed.join("、")
            ),
        );
        tell(said.in_language(study.language()));
    }
}

/// Where the files are, and which were left out.
pub(crate) fn files(study: &Study, written: &Written) -> String {
    written_files(study.language(), written)
}

/// The same in this language.
pub(crate) fn written_files(language: Language, written: &Written) -> String {
    let names: Vec<_> = written.files.iter().map(|file| file.name).collect();
    let chinese = language == Language::Chinese;
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
            format!("未写 {file}：{}\n", why.in_language(Language::Chinese))
        } else {
            format!("left out {file}: {why}\n")
        });
    }
    lines.concat()
}

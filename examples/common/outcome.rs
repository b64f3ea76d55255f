//! What a run prints of its results.

use walkshed::model::{Language, Study};
use walkshed::report::{Summary, Written};

use super::args::Shared;
use super::failure::Failure;
use super::run;

/// Prints the summary, and where the files are.
pub(crate) fn print_results(args: &Shared, study: &Study, summary: &Summary, written: &Written) -> Result<(), Failure> {
    let text = if args.json { summary.to_json() } else { summary.to_text() + &files(study, written) };
    run::print(&text, "the results are written, but the summary cannot be printed")
}

/// Where the files are, and which were left out.
fn files(study: &Study, written: &Written) -> String {
    let names: Vec<_> = written.files.iter().map(|file| file.name).collect();
    let chinese = study.language() == Language::Chinese;
    let mut lines = vec![if chinese {
        format!("结果文件在 {}：{}\n", written.dir.display(), names.join("、"))
    } else {
        format!("files in {}: {}\n", written.dir.display(), names.join(", "))
    }];
    for (file, why) in &written.left_out {
        lines.push(if chinese { format!("未写 {file}：{why}\n") } else { format!("left out {file}: {why}\n") });
    }
    lines.concat()
}

//! The rows of each study become its results.

use walkshed::report::OutDir;
use walkshed::text::plain;

use crate::args::Run;
use crate::common::args::{Output, Shared};
use crate::common::failure::Failure;
use crate::common::merged;
use crate::common::meter::Meter;
use crate::common::run::tell;
use crate::common::said::Said;
use crate::folder::{Folder, Planned, results_of};

/// Fails where results cannot be written, before the work.
pub(crate) fn refuse_outputs(args: &Run, folder: &Folder) -> Result<(), Failure> {
    for planned in &folder.studies {
        let report = planned.header.question.report(args.overwrite);
        OutDir::open(output(args, planned).out, &report)?;
    }
    Ok(())
}

/// Writes the results of each study into a folder of its own, each whole or not at all.
pub(crate) fn all(args: &Run, folder: &Folder, meter: &Meter) -> Result<(), Failure> {
    for place in 0..folder.studies.len() {
        one(args, folder, place, meter).inspect_err(|_| {
            let planned = &folder.studies[place];
            let (study, scenario) = (plain(&planned.study), planned.scenario.name());
            tell(&format!(
                "study {study} ({scenario}) and those after it are not written:"
            ));
        })?;
    }
    Ok(())
}

fn one(args: &Run, folder: &Folder, place: usize, meter: &Meter) -> Result<(), Failure> {
    let planned = &folder.studies[place];
    let shards = folder.shards(place)?;
    if shards.is_empty() {
        return Err(Failure::Data(Said::new(
            "no rows of its tiles are there – do all machines see the folder by the same path?",
            "没有任何分块结果——所有机器看到的文件夹路径是否相同？",
        )));
    }
    let shared = Shared {
        study: Some(planned.header.study.clone()),
        threads: args.threads,
        quiet: args.quiet || folder.studies.len() > 1,
        json: args.json,
        ..planned.header.question.shared()
    };
    merged::write(&shared, &output(args, planned), &shards, meter)
}

fn output(args: &Run, planned: &Planned) -> Output {
    Output {
        out: args.out.join(results_of(&planned.study, planned.scenario)),
        overwrite: args.overwrite,
    }
}

//! One whole run from all its shares: what `coverage STUDY --out OUT` writes, byte for byte.

use walkshed::model::{Language, Study};
use walkshed::{Options, run_on, scale};

use super::args::{Output, Shared};
use super::failure::Failure;
use super::meter::Meter;
use super::outcome::{begin, finish};
use super::said::Said;
use super::shard::{Header, Shard};

/// Merges the walks of all shares of one run, at least one, and writes its results.
pub(crate) fn write(
    shared: &Shared,
    output: &Output,
    shards: &[Shard],
    meter: &Meter,
) -> Result<(), Failure> {
    let header = &shards[0].header;
    let report = header.question.report(output.overwrite);
    let study = begin(shared, &output.out, &report, meter)?;
    refuse_changed(header, &study)?;
    let plan = scale::plan_tiles(&study, header.of, meter);
    let rows: Vec<&[u8]> = shards.iter().map(|shard| &shard.rows[..]).collect();
    let walks = plan.merge(&rows)?;
    let options = Options {
        progress: meter,
        ..Options::default()
    };
    let results = run_on(walks, &options)?;
    finish(shared, &results, meter)
}

/// Fails where the study is not the one that the shares were made of.
fn refuse_changed(header: &Header, study: &Study) -> Result<(), Failure> {
    let now = Header::new(
        (header.shard, header.of),
        header.study.clone(),
        header.question.clone(),
        study,
    );
    header.difference(&now).map_or(Ok(()), |difference| {
        Err(Failure::Data(Said::new(
            format!("the study is not the one that the shares were made of: {difference} – make the shares anew"),
            format!(
                "项目与分份时的不同：{}——请重新生成各份",
                difference.in_language(Language::Chinese)
            ),
        )))
    })
}

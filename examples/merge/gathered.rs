//! The shares of a folder: all of one run, none missing.

use std::path::Path;

use walkshed::model::Language;

use crate::common::failure::Failure;
use crate::common::said::Said;
use crate::common::shard::{Header, Shard, Unreadable, files, shown, unreadable};

/// So many missing shares are named.
const NAMED: usize = 12;

/// What the first share that can be read was asked.
pub(crate) fn any_header(dir: &Path) -> Option<Header> {
    let files = files(dir).ok()?;
    let mut read = files.iter().filter_map(|path| Shard::read(path).ok());
    read.next().map(|shard| shard.header)
}

/// All shares of the folder, in their order; at least one.
pub(crate) fn gathered(dir: &Path) -> Result<Vec<Shard>, Failure> {
    let shards: Vec<Shard> = files(dir)?
        .iter()
        .map(|path| read(path))
        .collect::<Result<_, _>>()?;
    let Some(first) = shards.first() else {
        let dir = shown(dir);
        return Err(Failure::Data(Said::new(
            format!(
                "{dir} holds no share of a run – make them first: coverage STUDY --shard 1/N --out {dir}"
            ),
            format!("{dir} 中没有分份结果——请先生成：coverage STUDY --shard 1/N --out {dir}"),
        )));
    };
    for other in &shards {
        if let Some(difference) = first.header.difference(&other.header) {
            return Err(stranger(&first.path, &other.path, &difference));
        }
    }
    refuse_missing(&shards)?;
    Ok(shards)
}

fn read(path: &Path) -> Result<Shard, Failure> {
    Shard::read(path).map_err(|error| match error {
        Unreadable::Io(error) => unreadable(path, error),
        Unreadable::Damaged => {
            let path = shown(path);
            Failure::Data(Said::new(
                format!("{path} is damaged – run its share once more"),
                format!("{path} 已损坏——请重新运行该份"),
            ))
        }
    })
}

fn stranger(first: &Path, other: &Path, difference: &Said) -> Failure {
    let [first, other] = [first, other].map(shown);
    Failure::Data(Said::new(
        format!(
            "{other} is a share of another run than {first}: {difference} – keep the shares of one run in a folder"
        ),
        format!(
            "{other} 与 {first} 不属于同一次运行：{}——一个文件夹只放一次运行的分份",
            difference.in_language(Language::Chinese)
        ),
    ))
}

fn refuse_missing(shards: &[Shard]) -> Result<(), Failure> {
    let of = shards[0].header.of;
    let is_there = |number: usize| shards.iter().any(|shard| shard.header.shard == number);
    let missing: Vec<String> = (1..=of)
        .filter(|&number| !is_there(number))
        .map(|number| format!("{number}/{of}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let more = if missing.len() > NAMED { " …" } else { "" };
    let named = missing[..missing.len().min(NAMED)].join(" ") + more;
    let count = missing.len();
    Err(Failure::Data(Said::new(
        format!("{count} of {of} shares are missing: {named} – run coverage --shard for each"),
        format!("{of} 份中缺 {count} 份：{named}——请逐份运行 coverage --shard"),
    )))
}

//! One share of a run, `--shard I/N`: the walks to its sites, kept in a file for `merge`. And all its
//! tiles, `--tiles N`, for whoever scores them elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkshed::model::{Language, Study};
use walkshed::scale;

use crate::args::Args;
use crate::common::failure::Failure;
use crate::common::load::load;
use crate::common::meter::Meter;
use crate::common::outcome::print;
use crate::common::run::tell;
use crate::common::said::Said;
use crate::common::shard::{Header, Shard, Unreadable, files, shown, tile_files, unreadable};

/// Makes the share, unless it is there already.
pub(crate) fn work(args: &Args, share: (usize, usize), meter: &Meter) -> Result<u8, Failure> {
    let dir = &args.output.out;
    fs::create_dir_all(dir).map_err(|error| unwritable(dir, error))?;
    let study = load(&args.shared, meter)?;
    let header = Header::new(
        share,
        absolute(&args.shared.study()),
        args.question(),
        &study,
    );
    refuse_strangers(dir, &header)?;
    let path = dir.join(header.name());
    let is_there = path.exists() && is_whole(&path, &header, args)?;
    if !is_there {
        let rows = rows(&study, share, meter)?;
        let shard = Shard { path, header, rows };
        shard
            .write()
            .map_err(|error| unwritable(&shard.path, error))?;
    }
    let timings = meter.timings();
    meter.stop();
    say(args, share, is_there)?;
    if !args.shared.quiet {
        tell(&timings);
    }
    Ok(0)
}

/// Makes all tiles, to be scored by another engine.
pub(crate) fn prepare(args: &Args, tiles: usize, meter: &Meter) -> Result<u8, Failure> {
    let dir = &args.output.out;
    fs::create_dir_all(dir).map_err(|error| unwritable(dir, error))?;
    let study = load(&args.shared, meter)?;
    let path = absolute(&args.shared.study());
    let any = Header::new((1, tiles), path.clone(), args.question(), &study);
    refuse_strangers(dir, &any)?;
    let plan = scale::plan_tiles(&study, tiles, meter);
    for number in 0..tiles {
        let share = (number + 1, tiles);
        let header = Header::new(share, path.clone(), args.question(), &study);
        let tile = Shard {
            path: dir.join(header.tile_name()),
            header,
            rows: plan.tile(number),
        };
        tile.write()
            .map_err(|error| unwritable(&tile.path, error))?;
    }
    let timings = meter.timings();
    meter.stop();
    if args.shared.json {
        let said = serde_json::json!({ "tiles": tiles, "dir": args.output.out });
        print(&format!("{said}\n"))?;
        return Ok(0);
    }
    let folder = dir.display();
    let said = Said::new(
        format!("{tiles} tiles are in {folder}\n"),
        format!("{tiles} 个分块已写入 {folder}\n"),
    );
    print(said.in_language(args.shared.spoken()))?;
    if !args.shared.quiet {
        tell(&timings);
    }
    Ok(0)
}

/// What the share's tile comes to.
fn rows(study: &Study, (shard, of): (usize, usize), meter: &Meter) -> Result<Vec<u8>, Failure> {
    let plan = scale::plan_tiles(study, of, meter);
    Ok(scale::score_tile(&plan.tile(shard - 1))?)
}

/// Whether a share that is there is as it was written. A damaged one is made anew.
fn is_whole(path: &Path, header: &Header, args: &Args) -> Result<bool, Failure> {
    match Shard::read(path) {
        Ok(other) if other.header.shard == header.shard => {
            let difference = header.difference(&other.header);
            difference.map_or(Ok(true), |difference| Err(stranger(path, &difference)))
        }
        Err(Unreadable::Io(error)) => Err(unreadable(path, error)),
        // One under another one's name is none either.
        Ok(_) | Err(Unreadable::Damaged) => {
            let path = shown(path);
            let said = Said::new(
                format!("{path} is damaged, and is made anew"),
                format!("{path} 已损坏，将重新生成"),
            );
            tell(said.in_language(args.shared.spoken()));
            Ok(false)
        }
    }
}

/// Fails where the folder holds shares or tiles of another run: together they would make up none.
fn refuse_strangers(dir: &Path, header: &Header) -> Result<(), Failure> {
    for kind in [files(dir)?, tile_files(dir)?] {
        // What cannot be read is no share of any run. The first that can speaks for all, as each of
        // them was held to it.
        let mut others = kind.into_iter();
        let known = others.find_map(|path| Shard::read(&path).ok().map(|other| (path, other)));
        let stranger = known.and_then(|(path, other)| {
            let difference = header.difference(&other.header)?;
            Some(stranger(&path, &difference))
        });
        if let Some(stranger) = stranger {
            return Err(stranger);
        }
    }
    Ok(())
}

fn stranger(path: &Path, difference: &Said) -> Failure {
    let path = shown(path);
    Failure::Usage(Said::new(
        format!(
            "{path} is a share of another run: {difference} – remove it, or choose another --out"
        ),
        format!(
            "{path} 属于另一次运行：{}——请删去它，或换一个 --out",
            difference.in_language(Language::Chinese)
        ),
    ))
}

fn say(args: &Args, (shard, of): (usize, usize), is_there: bool) -> Result<(), Failure> {
    let dir = args.output.out.display();
    if args.shared.json {
        let said = serde_json::json!({
            "shard": shard, "of": of, "made": !is_there, "dir": args.output.out,
        });
        return print(&format!("{said}\n"));
    }
    let said = if is_there {
        Said::new(
            format!("share {shard} of {of} is in {dir} already: nothing to do\n"),
            format!("第 {shard} 份（共 {of} 份）已在 {dir} 中，无须再算\n"),
        )
    } else {
        Said::new(
            format!(
                "share {shard} of {of} is in {dir}; once all are there: merge {dir} --out OUT\n"
            ),
            format!(
                "第 {shard} 份（共 {of} 份）已写入 {dir}；全部完成后运行：merge {dir} --out OUT\n"
            ),
        )
    };
    print(said.in_language(args.shared.spoken()))
}

/// The path from the root, so that `merge` finds it from any folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn unwritable(path: &Path, error: io::Error) -> Failure {
    let path = path.display();
    Failure::File(
        Said::new(
            format!("{path} cannot be written"),
            format!("无法写入 {path}"),
        ),
        error,
    )
}

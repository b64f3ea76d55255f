//! One plan a file of tiles: read it, score each row, write the rows.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::error::{DataFusionError, Result};
use datafusion::prelude::{ParquetReadOptions, SessionContext, col};
use futures::{StreamExt, TryStreamExt, stream};
use url::Url;

use crate::cluster::{Engine, runtime};
use crate::common::failure::Failure;
use crate::common::run::tell;
use crate::common::said::Said;
use crate::common::shard::unreadable;
use crate::folder::Folder;
use crate::udf::{BUG, score_tile};

/// So many plans are with the engine at once; how many of them run is for its executors to say.
const AT_ONCE: usize = 64;
/// The standing is told so often.
const EVERY: Duration = Duration::from_secs(5);

/// Scores all files of tiles whose rows are not there yet.
pub(crate) fn all(folder: &Folder, engine: &Engine, is_quiet: bool) -> Result<(), Failure> {
    let scored = folder.scored()?;
    let files = folder.files();
    let left: Vec<&String> = files
        .iter()
        .filter(|file| !scored.contains(*file))
        .collect();
    let runtime = runtime().map_err(|error| unreadable(&folder.rows(""), error))?;
    runtime.block_on(async {
        let context = engine.context().await.map_err(|error| failed(&error))?;
        let at_once = match engine {
            Engine::Local => 1,
            Engine::Standalone | Engine::Remote(_) => AT_ONCE,
        };
        let mut done = files.len() - left.len();
        let mut told = Instant::now();
        stream::iter(left)
            .map(|file| one(&context, folder, file))
            .buffer_unordered(at_once)
            .try_for_each(|()| {
                done += 1;
                if !is_quiet && told.elapsed() >= EVERY {
                    told = Instant::now();
                    tell(&format!(
                        "{done} of {} files of tiles are scored",
                        files.len()
                    ));
                }
                async { Ok(()) }
            })
            .await
    })
}

async fn one(context: &SessionContext, folder: &Folder, file: &str) -> Result<(), Failure> {
    match scored(context, &folder.tiles(file), &folder.rows(file)).await {
        // That the executor died before it could tell how many rows it had written is no failure.
        Err(_) if folder.is_scored(file) => Ok(()),
        scored => scored.map_err(|error| failed(&error)),
    }
}

async fn scored(context: &SessionContext, tiles: &Path, rows: &Path) -> Result<()> {
    let [tiles, rows] = [address(tiles)?, address(rows)?];
    let scores = score_tile().call(["study", "scenario", "tile", "bytes"].map(col).into());
    let columns = ["study", "scenario", "tile"].map(col).into_iter();
    context
        .read_parquet(tiles.as_str(), ParquetReadOptions::default())
        .await?
        .select(columns.chain([scores.alias("rows")]))?
        .write_parquet(
            rows.as_str(),
            DataFrameWriteOptions::new().with_single_file_output(true),
            None,
        )
        .await?;
    Ok(())
}

/// A path as an address, in which no sign of it is taken for a pattern.
fn address(path: &Path) -> Result<Url> {
    Url::from_file_path(path)
        .map_err(|()| DataFusionError::Configuration(format!("{} is no path", path.display())))
}

fn failed(error: &DataFusionError) -> Failure {
    let error = error.to_string();
    assert!(!error.contains(BUG), "{error}");
    if let Some(tile) = of_tile(&error) {
        return Failure::Data(Said::new(tile, tile));
    }
    Failure::File(
        Said::new(
            "the engine failed, and no results are written; what is scored is kept: run again",
            "引擎出错，未写结果；已算的分块保留：请再次运行",
        ),
        io::Error::other(error),
    )
}

/// What our function said of a tile, between brackets within what the engine made of it.
fn of_tile(error: &str) -> Option<&str> {
    let start = error.find("[tile ")? + 1;
    error.get(start..error.rfind(']')?)
}

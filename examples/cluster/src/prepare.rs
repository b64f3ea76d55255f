//! Studies become tiles, one a row.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkshed::model::Study;
use walkshed::report::ReportOptions;
use walkshed::scale;
use walkshed::text::plain;

use crate::args::Prepare;
use crate::common::args::{Question, Shared};
use crate::common::failure::Failure;
use crate::common::load::load;
use crate::common::meter::Meter;
use crate::common::outcome::print;
use crate::common::run::tell;
use crate::common::said::Said;
use crate::common::shard::{Header, shown};
use crate::folder::{Folder, Planned, Scenario, results_of};

/// Makes the folder, whole or not at all.
pub(crate) fn work(args: &Prepare, meter: &Meter) -> Result<u8, Failure> {
    let names = names(&args.studies)?;
    refuse_there(&args.out)?;
    let passing = passing(&args.out).map_err(|error| unwritable(&args.out, error))?;
    let mut folder =
        Folder::create(passing.path()).map_err(|error| unwritable(&args.out, error))?;
    for (path, name) in args.studies.iter().zip(names) {
        let study = add(args, &mut folder, (path, &name, Scenario::Today), meter)?;
        if args.changed && !study.changes().is_empty() {
            add(args, &mut folder, (path, &name, Scenario::Changed), meter)?;
        }
    }
    folder
        .seal()
        .and_then(|()| fs::rename(passing.path(), &args.out))
        .map_err(|error| unwritable(&args.out, error))?;
    let timings = meter.timings();
    meter.stop();
    say(args, folder.studies.len())?;
    if !args.quiet {
        tell(&timings);
    }
    Ok(0)
}

/// Adds a study in a scenario, which is given back.
fn add(
    args: &Prepare,
    folder: &mut Folder,
    (path, name, scenario): (&Path, &str, Scenario),
    meter: &Meter,
) -> Result<Study, Failure> {
    // `../study.toml` is called after the folder that it is in.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let shared = Shared {
        study: Some(path.clone()),
        changed: scenario == Scenario::Changed,
        ..args.shared()
    };
    let study = load(&shared, meter)?;
    let tiles = usize::from(args.tiles);
    let plan = scale::plan_tiles(&study, tiles, meter);
    let question = Question::new(&shared, &ReportOptions::default());
    let planned = Planned {
        study: name.to_owned(),
        scenario,
        header: Header::new((1, tiles), path, question, &study),
    };
    folder
        .add(planned, |number| plan.tile(number))
        .map_err(|error| unwritable(&args.out, io::Error::other(error)))?;
    Ok(study)
}

/// What each study is called: its folder, and its file where that is not `study.toml`.
fn names(studies: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let names: Vec<String> = studies.iter().map(|path| name(path)).collect();
    let mut known = BTreeSet::new();
    for name in &names {
        for scenario in [Scenario::Today, Scenario::Changed] {
            if !known.insert(results_of(name, scenario)) {
                let name = plain(name);
                return Err(Failure::Usage(Said::new(
                    format!(
                        "two studies are called {name} – keep them in folders of different names"
                    ),
                    format!("有两个项目都叫 {name}——请放在不同名称的文件夹里"),
                )));
            }
        }
    }
    Ok(names)
}

fn name(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let [folder, file] = [path.parent().and_then(Path::file_name), path.file_stem()]
        .map(|part| part.unwrap_or_default().to_string_lossy());
    match (&*folder, &*file) {
        ("", file) => file.to_owned(),
        (folder, "study") => folder.to_owned(),
        (folder, file) => format!("{folder}-{file}"),
    }
}

fn refuse_there(out: &Path) -> Result<(), Failure> {
    if !out.exists() {
        return Ok(());
    }
    let out = shown(out);
    Err(Failure::Usage(Said::new(
        format!("{out} is there already – remove it, or choose another --out"),
        format!("{out} 已存在——请删去它，或换一个 --out"),
    )))
}

/// A folder beside the one to be, so that it can take its name.
fn passing(out: &Path) -> io::Result<tempfile::TempDir> {
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".prepare-");
    // The executors read it too, where the umask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

fn say(args: &Prepare, runs: usize) -> Result<(), Failure> {
    let (tiles, out) = (args.tiles, shown(&args.out));
    let said = Said::new(
        format!("{runs} runs of {tiles} tiles each are in {out}\n"),
        format!("{runs} 次运行、每次 {tiles} 个分块，已写入 {out}\n"),
    );
    print(said.in_language(args.shared().spoken()))
}

fn unwritable(path: &Path, error: io::Error) -> Failure {
    let path = shown(path);
    Failure::File(
        Said::new(
            format!("{path} cannot be written"),
            format!("无法写入 {path}"),
        ),
        error,
    )
}

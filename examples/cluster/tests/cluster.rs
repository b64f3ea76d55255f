//! Whatever engine scores, and whichever executor dies: the bytes of one run on one machine.
//!
//! All traffic is on the loopback.

#[allow(
    dead_code,
    reason = "how much was written is told by the generator alone"
)]
#[path = "../../synthetic_county/county/mod.rs"]
mod county;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use datafusion::arrow::array::{ArrayRef, LargeBinaryArray, RecordBatch};
use datafusion::common::cast::as_large_binary_array;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use walkshed::model::{Study, changed};
use walkshed::{Options, Silent, read, report};

const PATIENCE: Duration = Duration::from_mins(5);

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_walkshed-cluster"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("it starts")
}

fn done(arguments: &[&str]) {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
}

/// Exit code and what was said of a run that fails.
fn failed(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?}");
    (output.status.code(), said)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/hukou")
        .join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// As `coverage` reads it.
fn read_study(path: &Path) -> Study {
    let options = read::Options {
        on_bad: read::OnBad::Stop,
    };
    read::study_with(path, &options, &Silent).expect("a study")
}

/// What one run of the library writes, without tiles.
fn untiled(study: &Study, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let results = walkshed::run(study, &Options::default()).expect("it runs");
    report::write(&results, out).expect("written");
    files(out)
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).expect("a folder").map(|entry| {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), fs::read(&path).expect("a file"))
    });
    entries.collect()
}

fn assert_same(dir: &Path, expected: &BTreeMap<String, Vec<u8>>) {
    let found = files(dir);
    assert!(expected.len() > 5, "{:?}", expected.keys());
    assert!(found.keys().eq(expected.keys()), "{:?}", found.keys());
    for (name, bytes) in expected {
        assert!(found[name] == *bytes, "{}: {name} differs", dir.display());
    }
}

#[test]
fn each_study_and_scenario_is_the_run_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let [study, whatif] = ["study.toml", "whatif.toml"].map(fixture);
    let as_it_is = read_study(&study);
    let before = read_study(&whatif);
    let after = changed(&before).expect("its changes can be made");
    let expected = [
        ("hukou", untiled(&as_it_is, &at("a"))),
        ("hukou-whatif", untiled(&before, &at("b"))),
        ("hukou-whatif-changed", untiled(&after, &at("c"))),
    ];
    assert!(expected[1].1 != expected[2].1, "the changes change nothing");

    let tiles = at("tiles");
    let studies = [text(&study), text(&whatif)];
    let out = ["--out", text(&tiles), "--tiles", "20", "--changed"];
    done(&[&["prepare"][..], &studies, &out].concat());
    for engine in ["local", "standalone"] {
        let out = at(engine);
        done(&[engine, text(&tiles), "--out", text(&out)]);
        for (name, expected) in &expected {
            assert_same(&out.join(name), expected);
        }
        // Scored anew by the next engine, but for one file: what is there is kept.
        let rows = tiles.join("rows");
        for (place, name) in files(&rows).into_keys().enumerate() {
            if place > 0 {
                fs::remove_file(rows.join(name)).expect("removed");
            }
        }
    }
}

/// Changes a byte in the middle of the last tile of a file.
fn damage(path: &Path) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("a file"));
    let mut reader = reader
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .expect("Parquet");
    let batch = reader.next().expect("one batch").expect("readable");
    let tiles = as_large_binary_array(batch.column(3)).expect("tiles");
    let mut tiles: Vec<Vec<u8>> = tiles.iter().flatten().map(<[u8]>::to_vec).collect();
    let last = tiles.last_mut().expect("one at least");
    let middle = last.len() / 2;
    last[middle] ^= 1;
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns[3] = Arc::new(LargeBinaryArray::from_iter_values(tiles));
    let batch = RecordBatch::try_new(batch.schema(), columns).expect("as before");
    let file = File::create(path).expect("writable");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("written");
}

#[test]
fn a_damaged_tile_is_told_by_study_and_number_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let [tiles, out] = ["tiles", "out"].map(|name| folder.path().join(name));
    let whatif = fixture("whatif.toml");
    let prepare = [
        "prepare",
        text(&whatif),
        "--tiles",
        "10",
        "--out",
        text(&tiles),
    ];
    done(&prepare);
    damage(&tiles.join("tiles/0001-0002.parquet"));
    for engine in ["local", "standalone"] {
        let (code, said) = failed(&[engine, text(&tiles), "--out", text(&out)]);
        assert_eq!(code, Some(3), "{said}");
        let place = "error: tile 10 of study hukou-whatif (today): its checksum is wrong";
        assert!(said.contains(place) && said.contains("anew"), "{said}");
        assert!(!out.exists(), "{engine}");
        let (_, again) = failed(&[engine, text(&tiles), "--out", text(&out)]);
        assert!(again.contains(place), "{again}");
    }
    // Nor is a folder that is there taken for a new one.
    let (code, said) = failed(&prepare);
    assert!(code == Some(2) && said.contains("--out"), "{said}");
}

#[test]
fn without_a_scheduler_the_run_ends_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let [tiles, out] = ["tiles", "out"].map(|name| folder.path().join(name));
    let study = fixture("study.toml");
    done(&[
        "prepare",
        text(&study),
        "--tiles",
        "2",
        "--out",
        text(&tiles),
    ]);
    let address = format!("127.0.0.1:{}", ports(1));
    let run = [
        "run",
        text(&tiles),
        "--scheduler",
        &address,
        "--out",
        text(&out),
    ];
    let (code, said) = failed(&run);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("run again") && !out.exists(), "{said}");
}

/// The first of so many free ports in a row.
fn ports(count: u16) -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = first.local_addr().expect("an address").port();
        let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if port < u16::MAX - count && (port + 1..port + count).all(is_free) {
            return port;
        }
    }
}

/// A process of the cluster, which ends with the test.
struct Server(Child);

impl Server {
    fn start(arguments: &[&str], log: &Path, port: u16) -> Self {
        let log = File::create(log).expect("writable");
        let server = Self(program(arguments).stderr(log).spawn().expect("it starts"));
        wait("a server", || {
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        server
    }

    /// By SIGKILL: it has no time to say good-bye.
    fn kill(&mut self) {
        self.0.kill().expect("killed");
        self.0.wait().expect("ended");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < PATIENCE, "{what} takes too long");
        thread::sleep(Duration::from_millis(20));
    }
}

fn executor(scheduler: &str, log: &Path) -> Server {
    let port = ports(2);
    let number = port.to_string();
    let arguments = [
        "executor",
        "--scheduler",
        scheduler,
        "--port",
        &number,
        "--tasks",
        "1",
    ];
    Server::start(&arguments, log, port)
}

#[test]
fn an_executor_that_is_killed_in_the_middle_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let size = county::Size {
        nodes: 20_000,
        cells: 8_000,
        sites: 400,
        items: None,
        rules: false,
    };
    county::write(&at("made"), Some(&size), county::SEED).expect("written");
    let [made, hukou] = [at("made/study.toml"), fixture("study.toml")];
    let expected = [("made", &made), ("hukou", &hukou)].map(|(name, study)| {
        (
            name,
            untiled(&read_study(study), &at(&format!("untiled-{name}"))),
        )
    });
    let tiles = at("tiles");
    let out = ["--out", text(&tiles), "--tiles", "240"];
    done(&[&["prepare", text(&made), text(&hukou)][..], &out].concat());

    let port = ports(1);
    let [number, address] = [port.to_string(), format!("127.0.0.1:{port}")];
    let scheduler = ["scheduler", "--port", &number, "--executor-timeout", "10"];
    let _scheduler = Server::start(&scheduler, &at("scheduler.log"), port);
    let mut doomed = executor(&address, &at("doomed.log"));
    let _other = executor(&address, &at("other.log"));
    let out = at("out");
    let run = [
        "run",
        text(&tiles),
        "--scheduler",
        &address,
        "--out",
        text(&out),
    ];
    let mut run = Server(
        program(&run)
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts"),
    );
    let rows = tiles.join("rows");
    let scored = || fs::read_dir(&rows).map_or(0, Iterator::count);
    wait("the first rows", || scored() >= 5);
    doomed.kill();
    let killed_at = scored();
    assert!(
        killed_at < 40,
        "killed after the work: {killed_at} of 60 files are there"
    );
    let start = Instant::now();
    wait("the run", || run.0.try_wait().expect("a child").is_some());
    assert!(run.0.wait().expect("ended").success());
    let log = fs::read_to_string(at("scheduler.log")).expect("a log");
    assert!(
        log.contains("heartbeat timed out"),
        "nobody was missed: {log}"
    );
    eprintln!(
        "killed at {killed_at} of 60 files, done {:.1} s later",
        start.elapsed().as_secs_f64()
    );
    for (name, expected) in &expected {
        assert_same(&out.join(name), expected);
    }
}

//! Damaged files of every kind that only this crate's readers take in: a few hundred rounds each, the
//! same ones on every run. None panics, each error says what and where, and none takes much memory.
//!
//! PBF, XML, XLSX, CSV and GeoJSON are damaged beside their readers.

#[path = "common/damaged.rs"]
mod damaged;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;

use damaged::{Numbers, damaged};
use flate2::{Compression, write::GzEncoder};
use peak_alloc::PeakAlloc;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tiff::encoder::{Compression as Packing, DeflateLevel, TiffEncoder, colortype};
use tiff::tags::Tag;
use walkshed::read::{self, OnBad, Options, ReadError};
use walkshed::{Silent, report};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What is counted is the memory of all threads, so that one test runs at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Rounds of damage a file.
const ROUNDS: u64 = 300;
/// What reading a file of a few KB may take at most, however it is damaged.
const MOST_BYTES: usize = 256 << 20;

const STREETS: &str =
    r#"{"type":"LineString","coordinates":[[9.9995,0],[10.001,0.0004],[10.0035,0]]}"#;
const SITES: &str = "id,kind,unit,network,opening_hours,lon,lat\ns1,centre,e,yes,Mo-Fr 09:00-17:00; Sa off,10,0\ns2,station,w,no,\"Tu,Th 08:30-12:00; PH off\",10.003,0\n";
const CELLS: &str =
    "id,unit,population,elderly,lon,lat\na,e,10,3,10.0005,0.0001\nb,w,30,8,10.0025,0.0001\n";
const UNITS: &str = "id,name,parent\nc,County,\ne,East,c\nw,West,c\n";
const ITEMS: &str = "id,name,steps,theme\ncert,Certificate,,work\npass,Pass,accept,work\n";
const OFFERS: &str = "site,kind,item,depth,from\n,centre,cert,whole,\ns2,,pass,accept,2024-01-01\n";
const STUDY: &str = "name = 'a street'
language = 'en'
[inputs]
streets = 'streets.geojson'
sites = 'sites.csv'
cells = 'cells.csv'
units = 'units.csv'
items = { path = 'items.csv', columns = { name = 'name' } }
offers = 'offers.csv'
crs = 'WGS84'
[walk]
speed_kmh = 4.0
max_snap_m = 500
[target]
minutes = 15
items = ['cert', 'pass']
date = 2024-06-30
[limits]
memory_mb = 512
";
const RULES: &str = "[time]
at = 2024-06-30T10:00
[[group]]
id = 'old'
count = 'elderly'
speed_kmh = 3.0
[[zone]]
name = 'east'
units = ['e']
minutes = 10
[[phase]]
name = 'first'
date = 2024-12-31
share = 0.9
[[indicator]]
name = 'on the network'
of = 'sites'
kinds = ['centre']
property = 'network'
target = 0.9
by = '2023-12-31'
[[change]]
do = 'close-site'
site = 's2'
";

/// A folder with a good study in it.
fn good(more: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let study = format!("{STUDY}{more}");
    let files = [
        ("study.toml", &study[..]),
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("cells.csv", CELLS),
        ("units.csv", UNITS),
        ("items.csv", ITEMS),
        ("offers.csv", OFFERS),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// Reads a study, and looks at what is said of it.
fn read(folder: &Path, on_bad: OnBad) -> bool {
    let read = read::study_with(&folder.join("study.toml"), &Options { on_bad }, &Silent);
    match read {
        Ok(_) => true,
        Err(wrong) => {
            says_something(&wrong);
            false
        }
    }
}

fn says_something(wrong: &ReadError) {
    let text = wrong.to_string();
    assert!(text.len() > 20, "{text}");
    let mut lines = text.lines();
    assert!(
        lines.all(|line| !line.contains(char::is_control)),
        "{text:?}"
    );
    let is_io = matches!(wrong, ReadError::Io { .. });
    assert!(is_io || !wrong.bad().is_empty(), "{wrong:?}");
}

/// Damages a thing many times and has it read; says how often it could be read all the same.
fn damage(seed: u64, whole: &[u8], mut read: impl FnMut(Vec<u8>, u64) -> bool) -> u64 {
    let mut numbers = Numbers(seed);
    let before = MEMORY.current_usage();
    let mut readable = 0;
    for round in 0..ROUNDS {
        let bytes = damaged(whole, &mut numbers);
        MEMORY.reset_peak_usage();
        readable += u64::from(read(bytes, round));
        let taken = MEMORY.peak_usage().saturating_sub(before);
        assert!(taken < MOST_BYTES, "round {round} takes {taken} bytes");
    }
    readable
}

/// Damages one file of a good study.
fn damage_file(seed: u64, folder: &Path, file: &str) -> u64 {
    let whole = fs::read(folder.join(file)).expect("readable");
    damage(seed, &whole, |bytes, round| {
        fs::write(folder.join(file), bytes).expect("written");
        let on_bad = if round % 2 == 0 {
            OnBad::Stop
        } else {
            OnBad::Skip
        };
        read(folder, on_bad)
    })
}

#[test]
fn study_files() {
    let _alone = ONE_AT_A_TIME.lock();
    let folder = good("");
    assert!(read(folder.path(), OnBad::Stop));
    let readable = damage_file(1, folder.path(), "study.toml");
    assert!((1..ROUNDS).contains(&readable), "{readable}");
}

#[test]
fn tables_of_rules() {
    let _alone = ONE_AT_A_TIME.lock();
    let folder = good(RULES);
    if let Err(wrong) = read::study(folder.path().join("study.toml")) {
        panic!("the rules are good: {wrong}");
    }
    let readable = damage(2, RULES.as_bytes(), |rules, _| {
        let study = [STUDY.as_bytes(), &rules].concat();
        fs::write(folder.path().join("study.toml"), study).expect("written");
        read(folder.path(), OnBad::Stop)
    });
    assert!((1..ROUNDS).contains(&readable), "{readable}");
}

#[test]
fn tables_of_items_and_offers() {
    let _alone = ONE_AT_A_TIME.lock();
    for (seed, file) in [(3, "items.csv"), (4, "offers.csv"), (5, "units.csv")] {
        let folder = good(RULES);
        let readable = damage_file(seed, folder.path(), file);
        assert!((1..ROUNDS).contains(&readable), "{file}: {readable}");
    }
}

#[test]
fn opening_hours() {
    let _alone = ONE_AT_A_TIME.lock();
    let hours = "Mo-Fr 09:00-12:00,13:30-17:00; Sa[1,-1] 10:00-sunset; Dec 25-Jan 02 off; PH,SH off; week 10-53/2 We 22:00+ || \"by phone\"";
    let folder = good("[time]\nat = 2024-06-28T10:00\n");
    let readable = damage(6, hours.as_bytes(), |hours, round| {
        let hours = String::from_utf8_lossy(&hours).replace('"', "\"\"");
        let sites =
            format!("id,kind,opening_hours,lon,lat\ns1,centre,\"{hours}\",10,0\ns2,centre,,10,0\n");
        fs::write(folder.path().join("sites.csv"), sites).expect("written");
        let on_bad = if round % 2 == 0 {
            OnBad::Stop
        } else {
            OnBad::Skip
        };
        read(folder.path(), on_bad)
    });
    assert!((1..ROUNDS).contains(&readable), "{readable}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(bytes).expect("memory takes all");
    gz.finish().expect("memory takes all")
}

#[test]
fn gzip_files_and_what_is_in_them() {
    let _alone = ONE_AT_A_TIME.lock();
    let folder = good("");
    let streets = folder.path().join("streets.geojson");
    fs::write(&streets, gzip(STREETS.as_bytes())).expect("written");
    assert!(read(folder.path(), OnBad::Stop));
    let readable = damage_file(7, folder.path(), "streets.geojson");
    assert!(readable < ROUNDS / 10, "its checksum tells: {readable}");
    damage(8, STREETS.as_bytes(), |text, _| {
        fs::write(&streets, gzip(&text)).expect("written");
        read(folder.path(), OnBad::Stop)
    });
}

fn elevation(packing: Packing) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file)
        .expect("memory")
        .with_compression(packing);
    let mut image = encoder
        .new_image::<colortype::Gray32Float>(6, 4)
        .expect("an image");
    let tags = image.encoder();
    let place: [(Tag, &[f64]); 2] = [
        (Tag::ModelPixelScaleTag, &[0.001, 0.001, 0.0]),
        (Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, 9.999, 0.002, 0.0]),
    ];
    for (tag, numbers) in place {
        tags.write_tag(tag, numbers).expect("memory");
    }
    let keys = [1_u16, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..])
        .expect("memory");
    let heights: Vec<f32> = (0_u8..24).map(f32::from).collect();
    image.write_data(&heights).expect("memory");
    file.into_inner()
}

#[test]
fn elevation_models() {
    let _alone = ONE_AT_A_TIME.lock();
    let packings = [
        Packing::Uncompressed,
        Packing::Deflate(DeflateLevel::Balanced),
        Packing::Lzw,
    ];
    for (seed, packing) in (9..).zip(packings) {
        let folder = good("");
        fs::write(folder.path().join("dem.tif"), elevation(packing)).expect("written");
        let study = STUDY.replace("crs =", "elevation = 'dem.tif'\ncrs =");
        fs::write(folder.path().join("study.toml"), study).expect("written");
        assert!(read(folder.path(), OnBad::Stop), "packing {seed}");
        let readable = damage_file(seed, folder.path(), "dem.tif");
        assert!(
            (1..ROUNDS).contains(&readable),
            "packing {seed}: {readable}"
        );
    }
}

/// The folder of a run, as `--against` takes it.
fn earlier_run() -> TempDir {
    let folder = good("");
    let (study, _) = read::study(folder.path().join("study.toml")).expect("a good study");
    let results = walkshed::run(&study, &walkshed::Options::default()).expect("a small study");
    let out = TempDir::new().expect("a folder");
    report::write(&results, out.path()).expect("written");
    out
}

fn earlier(folder: &Path) -> bool {
    match read::earlier(folder) {
        Ok(_) => true,
        Err(wrong) => {
            says_something(&wrong);
            false
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("text grows");
    }
    text
}

#[test]
fn earlier_runs() {
    let _alone = ONE_AT_A_TIME.lock();
    let run = earlier_run();
    assert!(earlier(run.path()));
    let manifest = fs::read(run.path().join("manifest.json")).expect("readable");
    damage(12, &manifest, |bytes, _| {
        fs::write(run.path().join("manifest.json"), bytes).expect("written");
        earlier(run.path())
    });
    let manifest = String::from_utf8(manifest).expect("text");
    for (seed, table) in [(13, "cells.csv"), (14, "units.csv")] {
        let whole = fs::read(run.path().join(table)).expect("readable");
        // The manifest is made to fit, so that the damage is not refused unread.
        let readable = damage(seed, &whole, |bytes, _| {
            let fitting = manifest.replace(&sha256(&whole), &sha256(&bytes));
            fs::write(run.path().join("manifest.json"), fitting).expect("written");
            fs::write(run.path().join(table), bytes).expect("written");
            earlier(run.path())
        });
        assert!((1..ROUNDS).contains(&readable), "{table}: {readable}");
        fs::write(run.path().join(table), whole).expect("written");
    }
}

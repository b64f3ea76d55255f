//! What is done with random bytes: one target a reader, called by the fuzzer of `tests/fuzz` and by the
//! replay in this folder.

use std::fmt::Write as _;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use walkshed::model::Language;
use walkshed::read::geojson::{self as collections, Collections};
use walkshed::read::{self, MatrixFiles, OnBad};
use walkshed::{Silent, draw, geojson, scale};

use crate::packed::{ods, pbf, sealed, split, xls, xlsx, zipped};
use crate::town::{Town, cells, folder, in_place_of, says_something, write};

/// Bytes into a reader.
pub struct Target {
    /// Its name, and that of the folder of its seeds.
    pub name: &'static str,
    pub run: fn(&[u8]),
}

const fn target(name: &'static str, run: fn(&[u8])) -> Target {
    Target { name, run }
}

/// All targets.
pub const TARGETS: [Target; 36] = [
    target("archive_zip", archive_zip),
    target("boundary", boundary),
    target("cells_esri_json", cells),
    target("cells_flatgeobuf", cells),
    target("cells_geojson", cells),
    target("cells_geopackage", cells),
    target("cells_kml", cells),
    target("collections", feature_collections),
    target("coordinate_system", coordinate_system),
    target("csv_cells", cells),
    target("csv_tables", csv_tables),
    target("dates", dates),
    target("dbf", dbf),
    target("earlier_run", earlier_run),
    target("elevation", elevation),
    target("first_study", first_study),
    target("geotiff_cells", cells),
    target("gzip", streets),
    target("language", language),
    target("matrix", matrix),
    target("ods", |bytes| cells(&ods(bytes))),
    target("opening_hours", opening_hours),
    target("osm_overpass", streets),
    target("osm_pbf", streets),
    target("osm_pbf_block", |bytes| streets(&pbf(bytes))),
    target("osm_xml", streets),
    target("places", places),
    target("scale_rows", scale_rows),
    target("scale_tile", scale_tile),
    target("shapefile", shapefile),
    target("sites_geojson", |bytes| in_place_of("sites.any", bytes)),
    target("streets_geojson", streets),
    target("study_toml", study_toml),
    target("wkt", wkt),
    target("xls", |bytes| cells(&xls(bytes))),
    target("xlsx", |bytes| cells(&xlsx(split(bytes)))),
];

fn streets(bytes: &[u8]) {
    in_place_of("streets.any", bytes);
}

/// A member of a zip file that GIS programs write, beside one that is whole.
fn archive_zip(bytes: &[u8]) {
    let [name, member, raw] = split(bytes);
    cells(raw);
    if let Ok(name) = str::from_utf8(name) {
        cells(&zipped(&[
            ("doc.prj", b"GEOGCS[\"WGS 84\"]"),
            (name, member),
        ]));
    }
}

fn boundary(bytes: &[u8]) {
    let inputs = "boundary = 'areas.any'\nbarriers = 'areas.any'\ncompounds = 'areas.any'\n\
                  settlements = 'areas.any'\n";
    let files = &[("areas.any", bytes)];
    for inputs in [inputs, "boundary = 'areas.any'\n"] {
        let town = Town {
            inputs,
            files,
            ..Town::default()
        };
        town.read();
    }
}

/// Features that a program holds.
fn feature_collections(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(geojson::GeoJson::FeatureCollection(given)) = geojson::GeoJson::from_str(text) else {
        return;
    };
    for on_bad in [OnBad::Stop, OnBad::Skip] {
        let _ = collections::parts(&Collections::new(&given, &given, &given), on_bad);
        let _ = collections::streets(&given, on_bad);
        let _ = collections::boundary(&given, on_bad);
        if let Ok(units) = collections::units(&[&given]) {
            let _ = collections::sites(&given, &units, on_bad);
            let _ = collections::cells(&given, &units, on_bad);
        }
    }
}

/// The name of a coordinate system in the study file, its text beside a shapefile, or both.
fn coordinate_system(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let named = text.replace(|c: char| c == '\'' || c.is_control(), " ");
    let town = Town {
        inputs: &format!("crs = '{named}'\n"),
        ..Town::default()
    };
    town.read();
    let town = Town {
        files: &[
            ("cells.any", &POINT_SHP),
            ("cells.dbf", &NO_DBF),
            ("cells.prj", bytes),
        ],
        ..Town::default()
    };
    town.read();
}

/// Any table of a study; the first byte says which.
fn csv_tables(bytes: &[u8]) {
    const NAMES: [&str; 8] = [
        "cells",
        "departments",
        "items",
        "links",
        "offers",
        "sites",
        "streets",
        "units",
    ];
    let Some((first, table)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let is_extra = ["departments", "links"].contains(&name);
    let inputs = if is_extra {
        format!("{name} = '{name}.any'\n")
    } else {
        String::new()
    };
    let town = Town {
        is_whole: true,
        inputs: &inputs,
        files: &[(&format!("{name}.any"), table)],
    };
    town.read();
}

/// A day in a table and in the study file.
fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let field = text.replace('"', "\"\"");
    let offers =
        format!("site,kind,item,from,until\n,centre,cert,\"{field}\",\ns2,,pass,,\"{field}\"\n");
    whole_town("offers.any", &offers);
    let day = text.replace(|c: char| c == '\'' || c.is_control(), " ");
    let study = format!(
        "[inputs]\nstreets = 'streets.any'\nsites = 'sites.any'\ncells = 'cells.any'\n\
         [target]\ndate = '{day}'\n[time]\nat = '{day}'\ndays_off = ['{day}']\nworkdays = ['{day}']\n"
    );
    Town::default().read_as(study.as_bytes());
}

/// A whole study with this text in place of one of its files.
fn whole_town(file: &str, text: &str) {
    let town = Town {
        is_whole: true,
        files: &[(file, text.as_bytes())],
        ..Town::default()
    };
    town.read();
}

/// A shapefile of one point.
const POINT_SHP: [u8; 128] = point_shp();
/// Its table, which has no columns.
const NO_DBF: [u8; 35] = no_dbf();

const fn point_shp() -> [u8; 128] {
    let mut file = [0; 128];
    // The number of the format, the length in words of two bytes, the version, and the kind: points.
    (file[2], file[3]) = (0x27, 0x0a);
    file[27] = 64;
    (file[28], file[29]) = (0xe8, 3);
    file[32] = 1;
    // The first record, of ten words; 116.2015 and 29.7001.
    (file[103], file[107], file[108]) = (1, 10, 1);
    let (lon, lat) = (116.2015_f64.to_le_bytes(), 29.7001_f64.to_le_bytes());
    let mut byte = 0;
    while byte < 8 {
        file[112 + byte] = lon[byte];
        file[120 + byte] = lat[byte];
        byte += 1;
    }
    file
}

const fn no_dbf() -> [u8; 35] {
    let mut file = [0; 35];
    (file[0], file[1], file[2], file[3]) = (3, 124, 3, 1);
    (file[4], file[8], file[10]) = (1, 33, 1);
    (file[32], file[33], file[34]) = (0x0d, b' ', 0x1a);
    file
}

/// The table of a shapefile; the first part is the text that names its encoding.
fn dbf(bytes: &[u8]) {
    let [encoding, table] = split(bytes);
    let town = Town {
        files: &[
            ("cells.any", &POINT_SHP),
            ("cells.dbf", table),
            ("cells.cpg", encoding),
        ],
        ..Town::default()
    };
    town.read();
}

/// A whole shapefile: shapes, table, coordinate system.
fn shapefile(bytes: &[u8]) {
    let [shapes, table, system] = split(bytes);
    for (main, beside, prj) in [
        ("cells.any", "cells.dbf", "cells.prj"),
        ("streets.any", "streets.dbf", "streets.prj"),
    ] {
        let town = Town {
            files: &[(main, shapes), (beside, table), (prj, system)],
            ..Town::default()
        };
        town.read();
    }
}

/// A former run: its cells, its units, and the rest of its manifest; their fingerprints are made to fit.
fn earlier_run(bytes: &[u8]) {
    let [cells, units, manifest] = split(bytes);
    let fingerprint = |table: &[u8]| {
        let mut hex = String::new();
        for byte in Sha256::digest(table) {
            write!(hex, "{byte:02x}").expect("text grows");
        }
        hex
    };
    let manifest = String::from_utf8_lossy(manifest)
        .replace("CELLS", &fingerprint(cells))
        .replace("UNITS", &fingerprint(units));
    let folder = folder();
    write(folder.path(), "cells.csv", cells);
    write(folder.path(), "units.csv", units);
    write(folder.path(), "manifest.json", manifest.as_bytes());
    for wrong in [
        read::earlier(folder.path()).err(),
        read::earlier_run(folder.path()).err(),
    ] {
        wrong.iter().for_each(says_something);
    }
}

fn elevation(bytes: &[u8]) {
    let inputs = "elevation = 'heights.any'\n";
    let files = &[("heights.any", bytes)];
    let town = Town {
        inputs,
        files,
        ..Town::default()
    };
    town.read();
}

/// Three files of which nothing is said.
fn first_study(bytes: &[u8]) {
    let [one, two, three] = split(bytes);
    let folder = folder();
    for (name, bytes) in [("a.csv", one), ("b.geojson", two), ("c.any", three)] {
        write(folder.path(), name, bytes);
    }
    if let Ok(first) = read::first_study(folder.path(), None, &Silent) {
        let _ = (first.said(), first.to_json());
    }
}

/// The language of a study that may be no study.
fn language(bytes: &[u8]) {
    let folder = folder();
    let _ = read::language(write(folder.path(), "study.toml", bytes));
}

fn matrix(bytes: &[u8]) {
    let [pairs, from, to] = split(bytes);
    let folder = folder();
    let [pairs, from, to] = [("pairs", pairs), ("from", from), ("to", to)]
        .map(|(name, bytes)| write(folder.path(), name, bytes));
    let files = MatrixFiles {
        matrix: &pairs,
        from: &from,
        to: &to,
    };
    for language in [Language::English, Language::Chinese] {
        if let Err(wrong) = read::matrix(&files, language) {
            says_something(&wrong);
        }
    }
}

/// The opening hours of a site, as OSM and as people write them.
fn opening_hours(bytes: &[u8]) {
    let hours = String::from_utf8_lossy(bytes).replace('"', "\"\"");
    let sites = format!(
        "id,kind,opening_hours,lon,lat\ns1,centre,\"{hours}\",116.201,29.7001\ns2,station,,116.208,29.7001\n"
    );
    whole_town("sites.any", &sites);
}

fn places(bytes: &[u8]) {
    let study = draw::town("A-a--s--b--t----c-B", 100.0, "st");
    let folder = folder();
    let file = write(folder.path(), "places.any", bytes);
    if let Err(wrong) = read::places(&file, &study) {
        says_something(&wrong);
    }
    // The same bytes as a map whose objects are the places.
    if let Err(wrong) = read::map_places(&file, &["amenity".to_owned()], &study) {
        says_something(&wrong);
    }
}

fn plan() -> scale::TilePlan {
    let study = draw::town("A-a--s--b--t----c-B", 100.0, "st");
    scale::plan_tiles(&study, 2, &Silent)
}

/// The letters and the version.
const SCALE_HEAD: usize = 10;

/// The body of a tile.
fn scale_tile(bytes: &[u8]) {
    let head = &plan().tile(0)[..SCALE_HEAD];
    if let Ok(rows) = scale::score_tile(&sealed(head, bytes)) {
        assert!(rows.starts_with(b"walkrows"));
    }
    let _ = scale::score_tile(bytes);
}

/// The numbers of the rows of a tile, which stand for the second of two.
fn scale_rows(bytes: &[u8]) {
    let plan = plan();
    let first = scale::score_tile(&plan.tile(0)).expect("a tile as it was made");
    let head = [&first[..SCALE_HEAD], &plan.fingerprint()].concat();
    let second = sealed(&head, bytes);
    if let Ok(walks) = plan.merge(&[&first[..], &second]) {
        let _ = walkshed::run_on(walks, &walkshed::Options::default());
    }
    let _ = plan.merge(&[bytes]);
}

fn study_toml(bytes: &[u8]) {
    let town = Town {
        is_whole: true,
        ..Town::default()
    };
    town.read_as(bytes);
}

/// A shape in a column of a table.
fn wkt(bytes: &[u8]) {
    let shape = String::from_utf8_lossy(bytes).replace('"', "\"\"");
    let table = format!("id,population,wkt\na,10,\"{shape}\"\nb,20,POINT (116.207 29.7001)\n");
    cells(table.as_bytes());
}

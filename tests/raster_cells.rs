//! Cells of grids of people: of files that GDAL wrote, and of some that the tests write themselves.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;
use walkshed::model::Study;
use walkshed::{People, read};

/// The rasters of `tests/rasters/make.py`, and whether they hold whole numbers.
const FILES: [(&str, bool); 6] = [
    ("worldpop.tif", false),
    ("ghspop.tif", false),
    ("utm.tif", true),
    ("cgcs2000.tif", false),
    ("web.tif", true),
    ("cgcs2000_degrees.tif", false),
];
const ROWS: u32 = 18;
const COLUMNS: u32 = 20;

/// Who lives in a pixel, as `make.py` has it, in quarters.
const fn quarters(row: u32, column: u32, are_whole: bool) -> u32 {
    if (row * COLUMNS + column).is_multiple_of(7) || (row == 3 && column == 4) {
        return 0;
    }
    let quarter = if are_whole { 0 } else { column % 4 };
    4 * ((row * 5 + column * 3) % 11) + quarter
}

fn raster(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rasters");
    fs::read(path.join(name)).expect("a raster of the tests")
}

/// A study whose cells are made of a raster; its only street runs through the middle of all of them.
fn study(raster: &[u8], cells: &str, more: &str) -> Result<Study, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("written");
    };
    write("pop.tif", raster);
    write("old.tif", &own(&OLD).bytes());
    write("others.tif", &self::raster("worldpop.tif"));
    let street = r#"{"type":"LineString","coordinates":[[116.24,29.73],[116.26,29.73]]}"#;
    write("streets.geojson", street.as_bytes());
    write("sites.csv", b"id,lon,lat\nhall,116.25,29.73\n");
    write("boundary.geojson", BOUNDARY.as_bytes());
    write("far.geojson", BOUNDARY.replace("116.", "117.").as_bytes());
    let text = format!(
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = {cells}\n{more}"
    );
    write("study.toml", text.as_bytes());
    let read = read::study(folder.path().join("study.toml"));
    read.map(|(study, _)| study)
        .map_err(|error| error.to_string())
}

/// Old people of the pixels of a raster of one's own.
const OLD: [f32; 6] = [0.5, 0.25, 0.0, 0.125, 2.0, 1.0];

/// A triangle within all the rasters.
const BOUNDARY: &str = r#"{"type":"Polygon","coordinates":[[[116.244,29.7242],[116.2561,29.7251],[116.2514,29.7352],[116.244,29.7242]]]}"#;

const CELLS: &str = "'pop.tif'";

fn people(study: &Study) -> BTreeMap<String, People> {
    let cells = study.cells().iter();
    cells
        .map(|(_, cell)| (cell.id.clone(), cell.people))
        .collect()
}

/// The message of the finding with a code; empty where there is none.
fn said(study: &Study, code: &str) -> String {
    let mut findings = study.findings().iter();
    let found = findings.find(|finding| finding.code == code);
    found.map_or_else(String::new, |finding| finding.message.to_string())
}

#[test]
fn the_rasters_of_another_library_hold_what_it_wrote() {
    for (name, are_whole) in FILES {
        let study =
            study(&raster(name), CELLS, "").unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut expected = BTreeMap::new();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let quarters = quarters(row, column, are_whole);
                if quarters > 0 {
                    let people = People::from_millionths(u64::from(quarters) * 250_000);
                    expected.insert(format!("r{}c{}", row + 1, column + 1), people);
                }
            }
        }
        assert_eq!(people(&study), expected, "{name}");
        assert_eq!(
            said(&study, "raster-no-value"),
            "1 pixel has no value: nobody counts there"
        );
        let sum = study.cells().people();
        let told = said(&study, "raster-people");
        assert!(told.ends_with(&format!(": {sum} people")), "{told}");
    }
}

#[test]
fn pixels_stand_where_proj_puts_them() {
    let places = String::from_utf8(raster("places.csv")).expect("a table");
    let mut looked_at = 0;
    for (name, _) in FILES {
        let study = study(&raster(name), CELLS, "").expect("a good raster");
        for line in places.lines().filter(|line| line.starts_with(name)) {
            let told: Vec<&str> = line.split(',').collect();
            let [lon, lat] = [told[2], told[3]].map(|text| text.parse::<f64>().expect("a number"));
            let mut cells = study.cells().iter();
            let (_, cell) = cells
                .find(|(_, cell)| cell.id == told[1])
                .expect("inhabited");
            let at = cell.at.expect("placed");
            // A millimetre.
            let is_there = (at.lon() - lon).abs() < 1e-8 && (at.lat() - lat).abs() < 1e-8;
            assert!(is_there, "{line}: {at:?}");
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, 18);
}

#[test]
fn a_boundary_cuts_and_nobody_is_lost() {
    for (name, _) in FILES {
        let whole = study(&raster(name), CELLS, "").expect("a good raster");
        let cut = study(&raster(name), CELLS, "boundary = 'boundary.geojson'").expect("good");
        let boundary = cut.boundary().expect("named");
        let inside = whole.cells().iter().filter(|(_, cell)| {
            let at = cell.at.expect("placed");
            boundary.contains(at)
        });
        let expected: BTreeMap<String, People> = inside
            .map(|(_, cell)| (cell.id.clone(), cell.people))
            .collect();
        assert!(expected.len() > 20 && expected.len() < 200, "{name}");
        assert_eq!(people(&cut), expected, "{name}");
        assert!(said(&cut, "raster-clipped").contains("outside of its boundary: left out"));
        assert_eq!(said(&cut, "outside-boundary"), "");
    }
}

#[test]
fn coarser_cells_hold_the_same_people() {
    for (name, _) in FILES {
        let fine = study(&raster(name), CELLS, "").expect("a good raster");
        let coarse = "{ path = 'pop.tif', resample_m = 310 }";
        let coarse = study(&raster(name), coarse, "").expect("a good raster");
        assert_eq!(fine.cells().people(), coarse.cells().people(), "{name}");
        let told = said(&coarse, "raster-people");
        assert!(
            coarse.cells().len() * 6 < fine.cells().len(),
            "{name}: {told}"
        );
    }
    // Three by four of WorldPop's pixels, which are narrower than high.
    let coarse = study(
        &raster("worldpop.tif"),
        "{ path = 'pop.tif', resample_m = 310 }",
        "",
    );
    let told = said(&coarse.expect("good"), "raster-people");
    assert!(
        told.starts_with("30 cells of 322 m by 277 m, made of 300 "),
        "{told}"
    );
}

#[test]
fn tiles_that_a_sparse_file_leaves_out_hold_nobody() {
    let study = study(&raster("sparse.tif"), CELLS, "").expect("a good raster");
    assert_eq!(study.cells().len(), 256);
    assert_eq!(study.cells().people(), People::whole(256));
    let first = study.cells().iter().next().map(|(_, cell)| cell.id.clone());
    assert_eq!(first.as_deref(), Some("r17c33"));
    assert_eq!(
        said(&study, "raster-no-value"),
        "3840 pixels have no value: nobody counts there"
    );
}

#[test]
fn coarse_cells_have_areas_and_are_told_as_large() {
    let coarse = "{ path = 'pop.tif', resample_m = 420 }";
    for (name, _) in FILES {
        let study = study(&raster(name), coarse, "").expect("a good raster");
        let cells = study.cells();
        assert_eq!(cells.large().count(), cells.len(), "{name}");
        assert_eq!(cells.people_in_large(), cells.people());
        for (id, cell) in cells.iter() {
            let [low, high] = cells
                .outline(id)
                .and_then(walkshed::model::Outline::corners)
                .expect("an area");
            let at = cell.at.expect("placed");
            let is_inside = (low.lon()..high.lon()).contains(&at.lon())
                && (low.lat()..high.lat()).contains(&at.lat());
            assert!(is_inside, "{name}: {}", cell.id);
        }
        let told = said(&study, "large-cells");
        assert!(told.contains("larger than 300 m across"), "{told}");
    }
    let fine = study(&raster("ghspop.tif"), CELLS, "").expect("a good raster");
    assert_eq!(
        (fine.cells().large().count(), said(&fine, "large-cells")),
        (0, String::new())
    );
}

/// A raster of floats that a test writes itself: a tenth of a second of arc a pixel would be too fine
/// to see, so three seconds each, around the middle of the street.
struct Own {
    values: Vec<f32>,
    width: u32,
    nodata: Option<&'static str>,
    /// The matrix from pixels to places, else three seconds north up.
    matrix: Option<[f64; 16]>,
    metadata: Option<&'static str>,
    keys: [u16; 12],
}

const DEGREES: [u16; 12] = [1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326];

fn own(values: &[f32]) -> Own {
    Own {
        values: values.to_vec(),
        width: 3,
        nodata: None,
        matrix: None,
        metadata: None,
        keys: DEGREES,
    }
}

impl Own {
    fn bytes(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).expect("memory");
        let rows = u32::try_from(self.values.len()).expect("few") / self.width;
        let mut image = encoder
            .new_image::<colortype::Gray32Float>(self.width, rows)
            .expect("an image");
        let tags = image.encoder();
        let step = 1.0 / 1200.0;
        match &self.matrix {
            Some(matrix) => tags.write_tag(Tag::ModelTransformationTag, &matrix[..]),
            None => tags
                .write_tag(Tag::ModelPixelScaleTag, &[step, step, 0.0][..])
                .and_then(|()| {
                    let tie = [0.0, 0.0, 0.0, 116.249, 29.731, 0.0];
                    tags.write_tag(Tag::ModelTiepointTag, &tie[..])
                }),
        }
        .expect("memory");
        tags.write_tag(Tag::GeoKeyDirectoryTag, &self.keys[..])
            .expect("memory");
        for (tag, text) in [
            (Tag::GdalNodata, self.nodata),
            (Tag::Unknown(42112), self.metadata),
        ] {
            if let Some(text) = text {
                tags.write_tag(tag, text).expect("memory");
            }
        }
        image.write_data(&self.values).expect("memory");
        file.into_inner()
    }
}

#[test]
fn what_is_nobody_is_told_by_its_reason() {
    let values = [
        1.5,
        -99_999.0,
        3.4e38,
        f32::NAN,
        0.0,
        2.0,
        -1.0,
        65_535.0,
        4.0,
    ];
    let study = study(&own(&values).bytes(), CELLS, "").expect("usable");
    assert_eq!(study.cells().people().to_string(), "7.5");
    assert_eq!(
        said(&study, "raster-people"),
        "3 cells of 81 m by 92 m, made of 3 inhabited pixels: 7.5 people"
    );
    let negative = said(&study, "raster-negative");
    assert!(
        negative.starts_with("2 pixels hold less than nobody, such as -99999: taken for no value")
    );
    assert!(negative.contains("gdal_edit -a_nodata"));
    let impossible = said(&study, "raster-impossible");
    assert!(
        impossible.starts_with(
            "2 pixels hold more people than have room there, such as 3.4e38 on 0.74 ha"
        )
    );
    assert_eq!(
        said(&study, "raster-no-value"),
        "1 pixel has no value: nobody counts there"
    );
    // The cure: once the value is named, there is nothing to doubt.
    let named = Own {
        nodata: Some("-99999"),
        ..own(&[1.5, -99_999.0, 2.0])
    };
    let named = self::study(&named.bytes(), CELLS, "").expect("usable");
    assert_eq!(said(&named, "raster-negative"), "");
    assert_eq!(
        said(&named, "raster-no-value"),
        "1 pixel has no value: nobody counts there"
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_its_cure() {
    let good = own(&[1.0, 2.0, 3.0]);
    let refused =
        |raster: &[u8], cells: &str, more: &str| study(raster, cells, more).expect_err("refused");
    let mut turned = [0.0; 16];
    turned[..8].copy_from_slice(&[0.0008, 0.0001, 0.0, 116.25, 0.0001, -0.0008, 0.0, 29.73]);
    let turned = Own {
        matrix: Some(turned),
        ..own(&[1.0, 2.0, 3.0])
    };
    let scaled = Own {
        metadata: Some(
            "<GDALMetadata><Item name=\"SCALE\" sample=\"0\" role=\"scale\">0.1</Item></GDALMetadata>",
        ),
        ..own(&[1.0, 2.0, 3.0])
    };
    let bad_nodata = Own {
        nodata: Some("none"),
        ..own(&[1.0, 2.0, 3.0])
    };
    let empty = own(&[0.0, 0.0, -1.0]);
    for (raster, cells, more, expected) in [
        (
            turned.bytes(),
            CELLS,
            "",
            "it is rotated, expected rows from west to east – make it north up with gdalwarp -t_srs EPSG:4326",
        ),
        (
            scaled.bytes(),
            CELLS,
            "",
            "its numbers are stored scaled – convert it with gdal_translate -unscale",
        ),
        (
            bad_nodata.bytes(),
            CELLS,
            "",
            "its value for no data is \"none\", expected a number",
        ),
        (
            empty.bytes(),
            CELLS,
            "",
            "none of its pixels within the study area holds anybody",
        ),
        (
            good.bytes(),
            CELLS,
            "boundary = 'far.geojson'",
            "pop.tif: its pixels lie outside of the boundary – compare its coordinate system",
        ),
        (
            good.bytes(),
            "{ path = 'pop.tif', crs = 'EPSG:3857' }",
            "",
            "none of the cells is within 500 m of a street",
        ),
        (
            good.bytes(),
            "{ path = 'pop.tif', columns = { population = 'pop' } }",
            "",
            "inputs.cells.columns",
        ),
        (
            good.bytes(),
            "{ path = 'pop.tif', resample_m = 0.5 }",
            "",
            "expected a number from 1 to 100000",
        ),
        (
            good.bytes(),
            "{ path = 'sites.csv', resample_m = 300 }",
            "",
            "only a raster has pixels to sum – leave it out",
        ),
        (
            good.bytes(),
            CELLS,
            "[[group]]\nid = 'old'\ncount = 'elderly'",
            "key \"group[1].count\" is \"elderly\", expected",
        ),
        (b"II*\0nothing".to_vec(), CELLS, "", "it is cut or damaged"),
    ] {
        let error = refused(&raster, cells, more);
        assert!(error.contains(expected), "{error}\nexpected {expected}");
    }
}

#[test]
fn groups_are_counted_by_rasters_on_the_same_pixels() {
    let people = own(&[2.0, 1.0, 5.0, 3.0, 0.0, 4.0]);
    let group = "[[group]]\nid = 'old'\ncount = 'elderly'\nspeed_kmh = 2.0";
    let counted = "{ path = 'pop.tif', counts = { elderly = 'old.tif' } }";
    let fine = study(&people.bytes(), counted, group).expect("a good raster");
    let told = |study: &Study| -> Vec<String> {
        let old = study.cells().counts("elderly").expect("counted");
        let cells = study.cells().iter().zip(old);
        cells
            .map(|((_, cell), old)| format!("{} {} {old}", cell.id, cell.people))
            .collect()
    };
    // Two of the old ones live where the raster of people has nobody.
    assert_eq!(
        told(&fine),
        [
            "r1c1 2 0.5",
            "r1c2 1 0.25",
            "r1c3 5 0",
            "r2c1 3 0.125",
            "r2c3 4 1"
        ]
    );
    assert_eq!(said(&fine, "raster-count"), "3.875 elderly in the raster");
    assert!(
        said(&fine, "raster-count-lost")
            .starts_with("2 elderly live in pixels where the raster of people has nobody")
    );
    let coarse =
        counted
            .replace(" }", ", resample_m = 240 }")
            .replacen(", resample_m = 240 }", " }", 1);
    let coarse = study(&people.bytes(), &coarse, group).expect("a good raster");
    assert_eq!(told(&coarse), ["r1c1 15 3.875"]);
    assert_eq!(said(&coarse, "raster-count-lost"), "");

    let other = counted.replace("old.tif", "others.tif");
    let error = study(&people.bytes(), &other, group).expect_err("of other pixels");
    assert!(error.contains("others.tif: its pixels are not those of the raster of people – bring it on the same pixels"), "{error}");
    let table = "{ path = 'sites.csv', counts = { elderly = 'old.tif' } }";
    let error = study(&people.bytes(), table, "").expect_err("no raster");
    assert!(error.contains("inputs.cells.counts"), "{error}");
}

#[test]
fn a_system_that_no_key_names_can_be_named_by_the_study() {
    let unnamed = Own {
        keys: [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32767],
        ..own(&[1.0, 2.0, 3.0])
    };
    let error = study(&unnamed.bytes(), CELLS, "").expect_err("refused");
    assert!(
        error.contains("its coordinate system has no EPSG code"),
        "{error}"
    );
    let named = "{ path = 'pop.tif', crs = 'WGS84' }";
    let named = study(&unnamed.bytes(), named, "").expect("the study knows better");
    assert_eq!(named.cells().people().to_string(), "6");
}

/// A file that is cut anywhere, or has a byte changed, is read or refused, and never brings the reader down.
#[test]
fn damaged_rasters_are_refused_and_no_more() {
    for (name, _) in FILES {
        let whole = raster(name);
        for cut in (0..whole.len()).step_by(97) {
            let _ = study(&whole[..cut], CELLS, "");
        }
        for place in (0..whole.len()).step_by(61) {
            let mut changed = whole.clone();
            changed[place] ^= 0xff;
            let _ = study(&changed, CELLS, "boundary = 'boundary.geojson'");
        }
    }
}

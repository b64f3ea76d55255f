//! Heights from `GeoTIFF` files that the tests write themselves, and Tobler's speeds on them.

mod walk_town;

use std::io::Cursor;

use tiff::encoder::{Compression, DeflateLevel, TiffEncoder, colortype};
use tiff::tags::Tag;
use walk_town::{Line, STEP, found, geojson, line, plain, study, take, walks};
use walkshed::ids::{CellId, EdgeId, NodeId, SiteId};
use walkshed::model::Study;
use walkshed::search::path;
use walkshed::snap::link;

/// A model of float heights, and how it is written.
struct Dem {
    size: (u32, u32),
    heights: Vec<f32>,
    /// Pixel width and height, and where the corner of the first pixel lies.
    scale: [f64; 3],
    tie: [f64; 6],
    keys: Vec<u16>,
    packing: Compression,
    nodata: &'static str,
}

/// `GeoKeys` of an EPSG code: geographic or projected.
fn keys(model: u16, key: u16, code: u16) -> Vec<u16> {
    vec![
        1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, 1, key, 0, 1, code,
    ]
}

/// Pixels of 0.001°, their centres at the town's vertices, with these heights from west to east.
fn centred(row: &[f32]) -> Dem {
    let width = u32::try_from(row.len()).expect("a small row");
    Dem {
        size: (width, 3),
        heights: row.repeat(3),
        scale: [0.001, 0.001, 0.0],
        tie: [0.0, 0.0, 0.0, 9.9995, 0.0015, 0.0],
        keys: keys(2, 2048, 4326),
        packing: Compression::Uncompressed,
        nodata: "-9999",
    }
}

impl Dem {
    fn bytes(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)
            .expect("memory")
            .with_compression(self.packing);
        let mut image = encoder
            .new_image::<colortype::Gray32Float>(self.size.0, self.size.1)
            .expect("an image");
        let tags = image.encoder();
        tags.write_tag(Tag::ModelPixelScaleTag, &self.scale[..])
            .expect("memory");
        tags.write_tag(Tag::ModelTiepointTag, &self.tie[..])
            .expect("memory");
        tags.write_tag(Tag::GeoKeyDirectoryTag, &self.keys[..])
            .expect("memory");
        tags.write_tag(Tag::GdalNodata, self.nodata)
            .expect("memory");
        image.write_data(&self.heights).expect("memory");
        file.into_inner()
    }
}

/// A street from 0 to 4 in four pieces.
fn street() -> Vec<Line> {
    vec![line(
        "highway=path",
        &[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0), (4.0, 0.0)],
    )]
}

fn with(dem: &[u8], lines: &[Line], walk: &str) -> Result<Study, String> {
    let tables = format!("elevation = 'dem.tif'\n[walk]\n{walk}");
    study(
        &[("s.geojson", geojson(lines).as_bytes()), ("dem.tif", dem)],
        [0.0, 4.0],
        &tables,
    )
}

/// The vertices' heights from west to east.
fn heights(study: &Study) -> Vec<Option<f64>> {
    let network = study.network();
    let mut nodes: Vec<NodeId> = (0..network.nodes().len()).map(NodeId::new).collect();
    nodes.sort_by(|&a, &b| network.node(a).lon().total_cmp(&network.node(b).lon()));
    nodes
        .into_iter()
        .map(|node| {
            network
                .height(node)
                .map(|height| (height * 1000.0).round() / 1000.0)
        })
        .collect()
}

#[test]
fn c27_a_plane_slope_gives_toblers_four_speeds() {
    // Slopes of −0.05, 0, −0.1 and +0.1 from west to east.
    let rise = 111.319_49;
    let row = [
        100.0,
        100.0 - 0.05 * rise,
        100.0 - 0.05 * rise,
        100.0 - 0.15 * rise,
        100.0 - 0.05 * rise,
    ];
    let speed = 6.0 * f64::exp(-3.5 * 0.05);
    let hill = with(
        &centred(&row).bytes(),
        &street(),
        &format!("slope = true\nspeed_kmh = {speed}\n"),
    )
    .expect("a hill");
    let walk = path(
        &link(&hill),
        &hill.walk().profile(),
        CellId::new(0),
        SiteId::new(1),
    )
    .expect("a way");
    let kmh: Vec<f64> = walk
        .pieces
        .iter()
        .map(|piece| (piece.metres / piece.time.seconds() * 3.6 * 1e4).round() / 1e4)
        .collect();
    assert_eq!(kmh, [6.0, 5.0367, 5.0367, 3.5493]);
    let mut bridge = street();
    bridge[0].tags = "highway=path bridge=yes";
    let bridge = with(&centred(&row).bytes(), &bridge, "slope = true\n").expect("a bridge");
    take(walks(&bridge), [plain(4.0 * STEP); 2]);
}

#[test]
fn every_packing_and_kind_of_number_gives_the_same_heights() {
    let row = [100.0, 105.0, 100.0, 90.0, 100.0];
    let plain = with(&centred(&row).bytes(), &street(), "slope = true\n").expect("a hill");
    assert_eq!(heights(&plain), row.map(|height| Some(f64::from(height))));
    assert_eq!(
        found(&plain, "heights"),
        ["heights of 5 of 5 vertices of streets, from 90 to 105 m"]
    );
    for packing in [
        Compression::Deflate(DeflateLevel::default()),
        Compression::Lzw,
    ] {
        let packed = with(
            &Dem {
                packing,
                ..centred(&row)
            }
            .bytes(),
            &street(),
            "slope = true\n",
        )
        .expect("a hill");
        assert_eq!(
            (heights(&packed), walks(&packed)),
            (heights(&plain), walks(&plain))
        );
    }
    macro_rules! whole {
        ($kind:ty, $number:ty) => {{
            let mut file = Cursor::new(Vec::new());
            let mut encoder = TiffEncoder::new_big(&mut file).expect("memory");
            let mut image = encoder.new_image::<$kind>(5, 3).expect("an image");
            // As a matrix, rows running north, and pixels named by their centres.
            let matrix = [
                0.001, 0.0, 0.0, 10.0, 0.0, 0.001, 0.0, -0.001, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                1.0,
            ];
            image
                .encoder()
                .write_tag(Tag::ModelTransformationTag, &matrix[..])
                .expect("memory");
            let keys: [u16; 16] = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4490];
            image
                .encoder()
                .write_tag(Tag::GeoKeyDirectoryTag, &keys[..])
                .expect("memory");
            let row: [$number; 5] = [
                100 as $number,
                105 as $number,
                100 as $number,
                90 as $number,
                100 as $number,
            ];
            image.write_data(&row.repeat(3)).expect("memory");
            let study = with(&file.into_inner(), &street(), "slope = true\n").expect("a hill");
            assert_eq!(heights(&study), heights(&plain));
        }};
    }
    whole!(colortype::Gray8, u8);
    whole!(colortype::Gray16, u16);
    whole!(colortype::GrayI16, i16);
    whole!(colortype::GrayI32, i32);
    whole!(colortype::Gray64Float, f64);
}

#[test]
fn between_the_centres_of_pixels_heights_are_even() {
    // The whole grid a quarter of a pixel farther west: each vertex a quarter of the way on.
    let dem = Dem {
        tie: [0.0, 0.0, 0.0, 9.99925, 0.0015, 0.0],
        ..centred(&[0.0, 10.0, 20.0, 30.0, 40.0, 50.0])
    };
    let study = with(&dem.bytes(), &street(), "slope = true\n").expect("a hill");
    assert_eq!(heights(&study), [2.5, 12.5, 22.5, 32.5, 42.5].map(Some));
}

#[test]
fn a_projected_model_lies_where_its_code_says() {
    // UTM zone 32 has its central meridian at 9° E: the vertices lie some 111 km east of it.
    let (width, height) = (1000_u16, 40_u16);
    let heights: Vec<f32> = (0..height)
        .flat_map(|_| (0..width).map(|column| 0.1 * (f32::from(column) + 0.5)))
        .collect();
    let dem = Dem {
        size: (width.into(), height.into()),
        heights,
        scale: [1.0, 1.0, 0.0],
        tie: [0.0, 0.0, 0.0, 611_200.0, 20.0, 0.0],
        keys: keys(1, 3072, 32632),
        ..centred(&[0.0])
    };
    let study = with(&dem.bytes(), &street(), "slope = true\n").expect("a hill");
    let network = study.network();
    // One metre of the map is 1.00025 m of the ground there, at most.
    for edge in 0..network.edges().len() {
        let slope = network.slope(EdgeId::new(edge)).abs();
        assert!((slope - 0.1).abs() < 2e-4, "{slope}");
    }
    let [there, back] = walks(&study);
    assert!(
        there > back.map(|back| back * 1.3),
        "uphill to the east: {there:?} {back:?}"
    );
}

#[test]
fn vertices_off_the_model_or_without_height_are_counted_and_flat() {
    let dem = centred(&[100.0, -9999.0, 100.0, 20_000.0]).bytes();
    let study = with(&dem, &street(), "slope = true\n").expect("a hill");
    assert_eq!(
        heights(&study),
        [Some(100.0), None, Some(100.0), None, None]
    );
    assert_eq!(
        found(&study, "no-height"),
        [
            "3 of 5 vertices of streets lie outside of the elevation model or where it knows no height: streets count as flat there"
        ]
    );
    take(walks(&study), [plain(4.0 * STEP); 2]);
    let elsewhere = Dem {
        tie: [0.0, 0.0, 0.0, 50.0, 0.0015, 0.0],
        ..centred(&[1.0, 2.0])
    }
    .bytes();
    assert!(
        with(&elsewhere, &street(), "slope = true\n")
            .expect_err("no height")
            .contains("expected a height")
    );
    assert!(
        !with(&elsewhere, &street(), "")
            .expect("slope is off")
            .network()
            .has_heights()
    );
}

#[test]
fn the_model_counts_before_the_third_coordinate_and_slope_off_is_said() {
    let mut lines = street();
    lines[0].vertices[0].2 = Some(55.0);
    let study = with(&centred(&[1.0, 2.0, 3.0, 4.0, 5.0]).bytes(), &lines, "").expect("a hill");
    assert_eq!(heights(&study), [1.0, 2.0, 3.0, 4.0, 5.0].map(Some));
    assert_eq!(
        (
            found(&study, "two-heights").len(),
            found(&study, "slope-off").len()
        ),
        (1, 1)
    );
    take(walks(&study), [plain(4.0 * STEP); 2]);
    let roles: Vec<&str> = study.sources().iter().map(|source| source.role).collect();
    assert!(roles.contains(&"elevation"), "{roles:?}");
}

#[test]
fn models_that_cannot_be_used_say_why_and_what_to_do() {
    let error = |dem: Vec<u8>| {
        with(&dem, &street(), "").map_or_else(|error| error, |_| "accepted".to_owned())
    };
    let flat = || centred(&[1.0, 2.0]);
    let coded = |list: Vec<u16>| {
        error(
            Dem {
                keys: list,
                ..flat()
            }
            .bytes(),
        )
    };
    let cases = [
        (
            error(b"II but no TIFF".to_vec()),
            "it is no TIFF file – name an elevation model as GeoTIFF (.tif)",
        ),
        (
            error(flat().bytes()[..200].to_vec()),
            "export or download it again",
        ),
        (coded(keys(1, 3072, 9)), "EPSG:9: no such EPSG code"),
        (
            coded(keys(1, 3072, 32767)),
            "its coordinate system has no EPSG code – convert it with gdalwarp -t_srs EPSG:4326",
        ),
        (coded(keys(3, 2048, 4978)), "model type 3"),
        (
            error(
                Dem {
                    nodata: "none",
                    ..flat()
                }
                .bytes(),
            ),
            "its value for no data is \"none\", expected a number",
        ),
        (
            error(
                Dem {
                    scale: [0.0, 0.001, 0.0],
                    ..flat()
                }
                .bytes(),
            ),
            "its pixels have no size or no place",
        ),
    ];
    for (found, expected) in cases {
        assert!(
            found.starts_with("dem.tif") && found.contains(expected),
            "{found}"
        );
    }
}

#[test]
fn pictures_bands_and_rotated_models_are_refused() {
    let written = |matrix: Option<[f64; 16]>, scaled: bool| {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).expect("memory");
        let mut image = encoder
            .new_image::<colortype::Gray8>(2, 2)
            .expect("an image");
        if let Some(matrix) = matrix {
            image
                .encoder()
                .write_tag(Tag::ModelTransformationTag, &matrix[..])
                .expect("memory");
        }
        if scaled {
            let text = "<GDALMetadata><Item name=\"SCALE\" sample=\"0\" role=\"scale\">0.1</Item></GDALMetadata>";
            image
                .encoder()
                .write_tag(Tag::Unknown(42112), text)
                .expect("memory");
        }
        image.write_data(&[1, 2, 3, 4]).expect("memory");
        file.into_inner()
    };
    let mut rotated = [0.0; 16];
    (rotated[0], rotated[1], rotated[4], rotated[5]) = (0.001, 0.0005, 0.0005, -0.001);
    let mut straight = rotated;
    (straight[1], straight[4]) = (0.0, 0.0);
    let mut colours = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut colours).expect("memory");
    encoder
        .write_image::<colortype::RGB8>(1, 1, &[1, 2, 3])
        .expect("memory");
    let cases = [
        (
            written(Some(rotated), false),
            "it is rotated, expected rows from west to east – make it north up with gdalwarp",
        ),
        (
            written(None, false),
            "it is a TIFF, but does not say where it lies – export it as GeoTIFF",
        ),
        (
            written(Some(straight), true),
            "its numbers are stored scaled – convert it with gdal_translate -unscale",
        ),
        (colours.into_inner(), "expected one band of numbers"),
    ];
    for (dem, expected) in cases {
        let found = with(&dem, &street(), "").expect_err("cannot be used");
        assert!(found.contains(expected), "{found}");
    }
}

#[test]
fn a_cut_or_damaged_model_is_an_error_or_a_model_but_never_a_panic() {
    let whole = Dem {
        packing: Compression::Lzw,
        ..centred(&[1.0, 2.0, 3.0, 4.0, 5.0])
    }
    .bytes();
    for length in (0..whole.len()).step_by(9) {
        let error = with(&whole[..length], &street(), "").expect_err("cut");
        assert!(error.contains("dem.tif"), "{error}");
    }
    let mut state = 1_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).expect("24 bits")
    };
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..=random() % 3 {
            let place = random() % bytes.len();
            bytes[place] = u8::try_from(random() % 256).expect("a byte");
        }
        let _ = with(&bytes, &street(), "");
    }
}

#[test]
fn porto_alegre_has_heights() {
    let Some(data) = std::env::var_os("WALKSHED_DATA") else {
        return eprintln!("skipped: WALKSHED_DATA is not set");
    };
    let data = std::path::PathBuf::from(data)
        .canonicalize()
        .expect("the data folder")
        .join("data");
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    write(
        "points.csv",
        "id,lon,lat,population\na,-51.2278,-30.0276,1\nb,-51.2189,-30.0400,1\n".to_owned(),
    );
    write(
        "study.toml",
        format!(
            "[inputs]\nstreets = '{0}/osm/poa_osm.pbf'\nelevation = '{0}/r5r/poa_elevation.tif'\nsites = 'points.csv'\ncells = 'points.csv'\n[walk]\nslope = true\n",
            data.display()
        ),
    );
    let (study, _) = walkshed::read::study(folder.path().join("study.toml")).expect("a real town");
    let network = study.network();
    let known: Vec<f64> = (0..network.nodes().len())
        .filter_map(|node| network.height(NodeId::new(node)))
        .collect();
    eprintln!(
        "{} of {} vertices have a height: {:?}",
        known.len(),
        network.nodes().len(),
        found(&study, "heights")
    );
    assert!(known.len() * 10 > network.nodes().len() * 9);
    assert!(known.iter().all(|height| (-10.0..400.0).contains(height)));
    let [there, back] = walks(&study);
    assert!(there.is_some() && back.is_some() && there != back);
}

/// A street from 0 to 4 in one piece.
fn one_piece() -> Vec<Line> {
    vec![line("highway=path", &[(0.0, 0.0), (4.0, 0.0)])]
}

#[test]
fn a_hill_between_two_vertices_is_walked_up_and_down() {
    // 1 in 10 up to the middle and down again, a height every 111.3 m; at its ends the street is flat.
    let rise = 11.131_949;
    let dem = centred(&[0.0, rise, 2.0 * rise, rise, 0.0]).bytes();
    let hill = with(&dem, &one_piece(), "slope = true\n").expect("a hill");
    let fine = with(&dem, &street(), "slope = true\n").expect("a hill");
    let up = 3.5_f64.mul_add(0.15 - 0.05, 0.0).exp();
    let down = 3.5_f64.mul_add(0.05 - 0.05, 0.0).exp();
    let seconds = plain(2.0 * STEP) * (up + down);
    take(walks(&fine), [seconds, seconds]);
    take(walks(&hill), [seconds, seconds]);
    // Without slopes nothing is looked up, and nothing is kept.
    let flat = with(&dem, &one_piece(), "").expect("a plain");
    assert!(flat.network().traits().is_empty());
}

#[test]
fn what_is_no_height_goes_before_any_blending() {
    let at = |height: f32| {
        let row = [50.0, 50.0, height, 50.0, 50.0];
        let dem = Dem {
            nodata: "-1",
            ..centred(&row)
        };
        with(&dem.bytes(), &street(), "slope = true\n").expect("a model")
    };
    for none in [
        -9999.0,
        f32::INFINITY,
        f32::NEG_INFINITY,
        -32768.0,
        3.4e38,
        9001.0,
    ] {
        let study = at(none);
        assert_eq!(heights(&study)[2], None, "{none}");
        assert!(
            found(&study, "impossible-heights")[0].contains("2 pixels"),
            "{none}"
        );
        take(walks(&study), [plain(4.0 * STEP); 2]);
    }
    let zero = at(0.0);
    assert_eq!(heights(&zero)[2], None);
    assert!(found(&zero, "zero-heights")[0].contains("2 pixels"));
    take(walks(&zero), [plain(4.0 * STEP); 2]);
    assert!(
        found(&at(f32::NAN), "impossible-heights").is_empty(),
        "a void that says so"
    );
    assert!(found(&at(30.0), "impossible-heights").is_empty());
}

#[test]
fn a_measure_along_the_line_is_no_height() {
    // The third coordinate counts the metres from the first vertex.
    let along = |count: u32, tags: &'static str| {
        let vertex = |step: u32| {
            let step = f64::from(step);
            (step * 0.2, 0.0, Some(step * 0.2 * STEP))
        };
        Line {
            tags,
            vertices: (0..=count).map(vertex).collect(),
        }
    };
    let read = |line: Line, walk: &str| {
        let text = geojson(&[line]);
        let files: [(&str, &[u8]); 1] = [("s.geojson", text.as_bytes())];
        study(&files, [0.0, 0.5], &format!("[walk]\n{walk}")).expect("a street")
    };
    let steep = read(along(4, "highway=path"), "slope = true\n");
    let told = found(&steep, "steep-streets");
    assert!(
        told[0].starts_with("4 pieces") && told[0].contains("100 %"),
        "{told:?}"
    );
    let few = read(along(3, "highway=path"), "slope = true\n");
    assert!(
        found(&few, "steep-streets").is_empty(),
        "three may be steep"
    );
    let stairs = read(along(9, "highway=steps"), "slope = true\n");
    assert!(found(&stairs, "steep-streets").is_empty(), "stairs are");
    let unasked = read(along(9, "highway=path"), "");
    assert!(found(&unasked, "steep-streets").is_empty());
}

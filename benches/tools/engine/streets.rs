//! The streets of a real place as a network in flat files.

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::model::Network;
use walkshed::plane::Position;
use walkshed::read;

use crate::network::write as write_numbers;

/// Metres in a degree at the equator.
const DEGREE: f64 = 111_319.490_793_273_57;

/// Reads streets (OSM PBF or XML, GeoJSON) and writes them as [`super::network`] reads them: lengths
/// rounded up to decimetres, a point on one vertex of 200 and a cell on every third. Beside it a study of
/// the same, for the example `coverage`.
///
/// `near` is any place (longitude, latitude) that has a street within 500 m.
pub fn write(streets: &Path, near: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let network = network(streets, near)?;
    fs::create_dir_all(folder)?;
    let middle = network
        .nodes()
        .get(network.nodes().len() / 2)
        .ok_or("there are no streets")?;
    let (lon, lat, narrow) = (middle.lon(), middle.lat(), middle.lat().to_radians().cos());
    let metres = network.nodes().iter().flat_map(|at| {
        [
            (at.lon() - lon) * narrow * DEGREE,
            (at.lat() - lat) * DEGREE,
        ]
    });
    fs::write(
        folder.join("nodes.f64"),
        metres.flat_map(f64::to_le_bytes).collect::<Vec<u8>>(),
    )?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a street is no 400,000 km long"
    )]
    let decimetres = |metres: f64| (metres * 10.0).ceil().max(1.0) as usize;
    let edges = network
        .edges()
        .iter()
        .flat_map(|e| [e.from.index(), e.to.index(), decimetres(e.metres)]);
    numbers(&folder.join("edges.u32"), edges)?;
    let nodes = network.nodes().len();
    study(streets, &network, folder)?;
    numbers(
        &folder.join("points.u32"),
        (0..nodes)
            .step_by(200)
            .flat_map(|node| [node, node / 200 % 5]),
    )?;
    numbers(&folder.join("cells.u32"), (0..nodes).step_by(3))
}

/// Writes the study: the streets where they are, points as sites, cells with 100 people each.
fn study(streets: &Path, network: &Network, folder: &Path) -> Result<(), Box<dyn Error>> {
    let table = |step: usize| -> String {
        let line = |(id, at): (usize, &Position)| format!("{id},{},{},100\n", at.lon(), at.lat());
        network
            .nodes()
            .iter()
            .enumerate()
            .step_by(step)
            .map(line)
            .collect()
    };
    for (name, step) in [("sites.csv", 200), ("cells.csv", 3)] {
        fs::write(
            folder.join(name),
            format!("id,lon,lat,population\n{}", table(step)),
        )?;
    }
    let inputs = format!(
        "streets = '{}'\nsites = 'sites.csv'\ncells = 'cells.csv'",
        streets.canonicalize()?.display()
    );
    Ok(fs::write(
        folder.join("study.toml"),
        format!("[inputs]\n{inputs}\n"),
    )?)
}

fn numbers(file: &Path, numbers: impl Iterator<Item = usize>) -> Result<(), Box<dyn Error>> {
    let numbers: Result<Vec<u32>, _> = numbers.map(u32::try_from).collect();
    write_numbers(file, numbers?.into_iter())
}

/// The network of a study that has these streets, and one cell and one site.
fn network(streets: &Path, near: &str) -> Result<Network, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| fs::write(folder.path().join(name), text);
    file(
        "places.csv",
        &format!("id,lon,lat,population\na,{near},1\n"),
    )?;
    let streets = streets.canonicalize()?;
    let inputs = "sites = 'places.csv'\ncells = 'places.csv'";
    file(
        "study.toml",
        &format!("[inputs]\nstreets = '{}'\n{inputs}\n", streets.display()),
    )?;
    Ok(read::study(folder.path().join("study.toml"))?
        .0
        .network()
        .clone())
}

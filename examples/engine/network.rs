//! A network in flat files, as `benches/peers.py` writes them, made a study.
//!
//! | file | what, little-endian |
//! |---|---|
//! | `nodes.f64` | x and y of each vertex, in metres |
//! | `edges.u32` | from, to, length in decimetres |
//! | `points.u32` | a vertex and a category for each service point |
//! | `cells.u32` | the vertex of each cell |

use std::error::Error;
use std::fs;
use std::path::Path;

use walkshed::model::{Catalogue, Cell, Cells, Network, Site, Sites, Study, StudyParts, Target, Walk};
use walkshed::plane::Position;
use walkshed::{People, Speed, TravelTime};

/// Metres in a degree at the equator, where these networks are put.
const DEGREE: [f64; 2] = [111_319.490_793_273_57, 110_574.275_821_594_45];

/// Reads a network, with one of so many of its points; people walk at this speed.
pub fn study(folder: &Path, speed: Speed, every: usize) -> Result<Study, Box<dyn Error>> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let numbers = |name: &str| -> Result<Vec<u32>, String> {
        Ok(read(name)?.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    };
    let metres: Vec<f64> = read("nodes.f64")?.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let nodes: Option<Vec<Position>> =
        metres.as_chunks().0.iter().map(|[x, y]| Position::new(x / DEGREE[0], y / DEGREE[1])).collect();
    let nodes = nodes.ok_or("a vertex lies off the globe")?;
    let edge = |&[from, to, decimetres]: &[u32; 3]| (from as usize, to as usize, f64::from(decimetres) / 10.0);
    let edges: Vec<_> = numbers("edges.u32")?.as_chunks().0.iter().map(edge).collect();
    let at = |node: u32| nodes.get(node as usize).copied().ok_or("a point stands on no vertex");
    let points = numbers("points.u32")?;
    let site = |(place, &[node, _]): (usize, &[u32; 2])| Ok(Site::new(&format!("{place:08}"), at(node)?));
    let sites: Result<Vec<Site>, &str> = points.as_chunks().0.iter().step_by(every).enumerate().map(site).collect();
    let cell = |node| {
        Ok(Cell { id: String::new(), name: String::new(), unit: None, people: People::whole(1), at: Some(at(node)?) })
    };
    let cells: Result<Vec<Cell>, &str> = numbers("cells.u32")?.into_iter().map(cell).collect();
    let (sites, cells) = (Sites::new(sites?), Cells::new(cells?));
    let network = Network::new(nodes, &edges)?;
    let parts =
        StudyParts { catalogue: Catalogue::implicit(sites.len()), sites, cells, network, ..StudyParts::default() };
    let walk = Walk { speed, min_component: 0, ..Walk::default() };
    let target = Target { limit: TravelTime::ZERO, search: TravelTime::ZERO, items: Vec::new(), date: None };
    Ok(Study::new(parts, walk, target))
}

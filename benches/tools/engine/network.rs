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

use walkshed::ids::{CellId, SiteId};
use walkshed::model::{Catalogue, Cell, Cells, Network, Site, Sites, Study, StudyParts, Walk};
use walkshed::plane::Position;
use walkshed::snap::{Snap, link};
use walkshed::{People, Speed, TravelTime};

/// Metres in a degree at the equator, where these networks are put.
const DEGREE: [f64; 2] = [111_319.490_793_273_57, 110_574.275_821_594_45];

/// A network as it stands in the files.
pub struct Arrays {
    nodes: Vec<Position>,
    edges: Vec<(usize, usize, f64)>,
    /// By service point: its vertex and its category.
    pub points: Vec<[u32; 2]>,
    /// By cell: its vertex.
    pub cells: Vec<u32>,
}

impl Arrays {
    /// Reads the files of a folder.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let numbers = |name: &str| -> Result<Vec<u32>, String> {
            Ok(read(name)?
                .as_chunks()
                .0
                .iter()
                .map(|bytes| u32::from_le_bytes(*bytes))
                .collect())
        };
        let metres: Vec<f64> = read("nodes.f64")?
            .as_chunks()
            .0
            .iter()
            .map(|bytes| f64::from_le_bytes(*bytes))
            .collect();
        let at = |[x, y]: &[f64; 2]| Position::new(x / DEGREE[0], y / DEGREE[1]);
        let nodes: Option<Vec<Position>> = metres.as_chunks().0.iter().map(at).collect();
        let edge = |&[from, to, decimetres]: &[u32; 3]| {
            (from as usize, to as usize, f64::from(decimetres) / 10.0)
        };
        Ok(Self {
            nodes: nodes.ok_or("a vertex lies off the globe")?,
            edges: numbers("edges.u32")?
                .as_chunks()
                .0
                .iter()
                .map(edge)
                .collect(),
            points: numbers("points.u32")?.as_chunks().0.to_vec(),
            cells: numbers("cells.u32")?,
        })
    }

    /// The study: a site at each point, a cell with one person at each cell's vertex.
    pub fn study(&self, speed: Speed) -> Result<Study, Box<dyn Error>> {
        let at = |node: u32| {
            self.nodes
                .get(node as usize)
                .copied()
                .ok_or("a point stands on no vertex")
        };
        let site = |(place, &[node, _]): (usize, &[u32; 2])| {
            Ok(Site::at(&format!("{place:08}"), at(node)?))
        };
        let cell = |&node: &u32| {
            let at = Some(at(node)?);
            Ok(Cell {
                id: String::new(),
                name: String::new(),
                unit: None,
                people: People::whole(1),
                at,
            })
        };
        let sites: Result<Vec<Site>, &str> = self.points.iter().enumerate().map(site).collect();
        let cells: Result<Vec<Cell>, &str> = self.cells.iter().map(cell).collect();
        let (sites, cells) = (Sites::new(sites?), Cells::new(cells?));
        let network = Network::new(self.nodes.clone(), &self.edges)?;
        let catalogue = Catalogue::implicit(sites.len());
        let parts = StudyParts {
            catalogue,
            sites,
            cells,
            network,
            ..StudyParts::default()
        };
        let walk = Walk {
            speed,
            min_component: 0,
            ..Walk::default()
        };
        Ok(Study::new(StudyParts { walk, ..parts })?)
    }
}

/// Leaves out the points and cells that hang on another vertex than their own: where two vertices lie at one
/// place, or a street passes over another's end. The peers know vertices only, so all must mean the same.
pub fn settle(folder: &Path) -> Result<(), Box<dyn Error>> {
    let arrays = Arrays::read(folder)?;
    let study = arrays.study(Speed::DEFAULT)?;
    let links = link(&study);
    let at_home = |snap: Option<Snap>, node: u32| {
        let Some(Snap::Snapped { edge, offset, gap }) = snap else {
            return false;
        };
        let (edge, ticks) = (study.network().edge(edge), |metres| {
            study.walk().speed.time(metres)
        });
        let first = edge.from.index() == node as usize && ticks(offset) == TravelTime::ZERO;
        let last = edge.to.index() == node as usize && ticks(offset) == ticks(edge.metres);
        ticks(gap) == TravelTime::ZERO && (first || last)
    };
    let points = arrays.points.iter().enumerate();
    let points =
        points.filter(|&(place, &[node, _])| at_home(Some(links.site(SiteId::new(place))), node));
    write(
        &folder.join("points.u32"),
        points.flat_map(|(_, &point)| point),
    )?;
    let cells = arrays.cells.iter().enumerate();
    let cells = cells.filter(|&(place, &node)| at_home(links.cell(CellId::new(place)), node));
    write(&folder.join("cells.u32"), cells.map(|(_, &node)| node))
}

/// Writes whole numbers, little-endian.
pub fn write(file: &Path, numbers: impl Iterator<Item = u32>) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(
        file,
        numbers.flat_map(u32::to_le_bytes).collect::<Vec<u8>>(),
    )?)
}

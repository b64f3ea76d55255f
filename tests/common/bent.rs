//! A made town of any size whose every number is known beforehand: no chance, no files.

use walkshed::People;
use walkshed::model::{Catalogue, Cell, Cells, Network, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;

/// `size` × `size` corners 80 m apart, pushed up to 18 m aside. Of the streets between neighbours two of
/// five are missing; each of the others has 0 to 3 bends. A site at one vertex of 200, a cell at every third.
/// Flat, and open in both directions.
pub fn bent_town(size: usize) -> Study {
    let mut nodes: Vec<[f64; 2]> = (0..size * size)
        .map(|i| [i % size, i / size].map(|n| 80.0 * whole(n)))
        .collect();
    for (i, at) in nodes.iter_mut().enumerate() {
        at[0] += 3.0 * whole(mixed(i) % 7);
        at[1] += 3.0 * whole(mixed(i) / 7 % 7);
    }
    let across = (0..size * size)
        .filter(|i| i % size + 1 < size)
        .map(|i| (i, i + 1));
    let down = (0..size * (size - 1)).map(|i| (i, i + size));
    let streets: Vec<_> = across
        .chain(down)
        .filter(|&(a, b)| mixed(3 * a + b) % 5 < 3)
        .collect();
    let mut edges = Vec::new();
    for (street, &(a, b)) in streets.iter().enumerate() {
        let (bends, mut last) = ([0, 0, 0, 1, 1, 1, 2, 2, 3][mixed(street) % 9], a);
        for bend in 1..=bends {
            let part = |way: usize| {
                nodes[a][way] + (nodes[b][way] - nodes[a][way]) * whole(bend) / whole(bends + 1)
            };
            nodes.push([part(0) + whole(mixed(nodes.len()) % 5), part(1)]);
            edges.push((last, nodes.len() - 1));
            last = nodes.len() - 1;
        }
        edges.push((last, b));
    }
    study(&nodes, &edges)
}

fn study(nodes: &[[f64; 2]], edges: &[(usize, usize)]) -> Study {
    let metres = |a: usize, b: usize| (nodes[a][0] - nodes[b][0]).hypot(nodes[a][1] - nodes[b][1]);
    let edges: Vec<_> = edges.iter().map(|&(a, b)| (a, b, metres(a, b))).collect();
    let at = |[x, y]: &[f64; 2]| {
        Position::new(x / 111_319.49, y / 110_574.28).expect("near the equator")
    };
    let nodes: Vec<Position> = nodes.iter().map(at).collect();
    let cell = |&at: &Position| Cell {
        id: String::new(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at),
    };
    let site = |(place, &at): (usize, &Position)| Site::at(&format!("{place:06}"), at);
    let sites: Vec<Site> = nodes.iter().step_by(200).enumerate().map(site).collect();
    let parts = StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites: Sites::new(sites),
        cells: Cells::new(nodes.iter().step_by(3).map(cell).collect()),
        network: Network::new(nodes, &edges).expect("valid"),
        ..StudyParts::default()
    };
    Study::new(parts).expect("a study")
}

/// A number that looks like chance and is the same everywhere.
fn mixed(number: usize) -> usize {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 40).expect("24 bits")
}

fn whole(number: usize) -> f64 {
    f64::from(u32::try_from(number).expect("small"))
}

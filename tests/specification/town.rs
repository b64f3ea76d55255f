//! From a case to the files of a study, and to the study read from them.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;
use walkshed::model::{Boundary, Network, NetworkParts, StreetKind, Study, Traits};
use walkshed::plane::Position;
use walkshed::{Silent, draw, read};

use crate::case::Case;

/// Metres a character.
const SCALE: f64 = 100.0;

/// The study of a case. Its streets are as long as they are drawn, to the millimetre.
pub fn study(case: &Case) -> Study {
    let drawing = case.block("town").join("\n");
    let letters: String = case
        .table("sites")
        .iter()
        .skip(1)
        .filter_map(|row| row.first().cloned())
        .collect();
    let drawn = draw::town(&drawing, SCALE, &letters);
    let read = files(case, &drawn).unwrap_or_else(|wrong| panic!("{}\n{wrong}", case.text));
    let study = read.with(|parts| {
        parts.network = streets(case, &drawn, &drawing);
        parts.boundary = boundary(case);
    });
    study.expect("still a study")
}

fn files(case: &Case, drawn: &Study) -> Result<Study, String> {
    let folder = TempDir::new().expect("a folder");
    let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    file("streets.geojson", &lines(drawn.network()));
    file(
        "sites.csv",
        &placed(case.table("sites"), |id| {
            drawn
                .sites()
                .iter()
                .find(|(_, s)| s.id == id)
                .map(|(_, s)| s.at)
        }),
    );
    let at = |id: &str| {
        drawn
            .cells()
            .iter()
            .find(|(_, cell)| cell.id == id)
            .and_then(|(_, cell)| cell.at)
    };
    file("cells.csv", &placed(cells(case, drawn), at));
    let mut study =
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n"
            .to_owned();
    for role in ["units", "items", "offers"] {
        if !case.block(role).is_empty() {
            file(&format!("{role}.csv"), &csv(&case.table(role)));
            writeln!(study, "{role} = '{role}.csv'").expect("text grows");
        }
    }
    let [target, rules] = ["target", "rules"].map(|block| case.block(block).join("\n"));
    file(
        "study.toml",
        &format!("{study}[target]\n{target}\n{rules}\n"),
    );
    let path = folder.path().join("study.toml");
    read::study_with(&path, &read::Options::default(), &Silent).map_err(|wrong| wrong.to_string())
}

/// The table of cells; each letter that is no site holds 1, 2, 4, … people where no table says otherwise.
fn cells(case: &Case, drawn: &Study) -> Vec<Vec<String>> {
    let mut table = case.table("cells");
    if table.is_empty() {
        table.push(vec!["id".to_owned()]);
        table.extend(drawn.cells().iter().map(|(_, cell)| vec![cell.id.clone()]));
    }
    if table[0].iter().any(|column| column == "population") {
        return table;
    }
    table[0].push("population".to_owned());
    for row in table.iter_mut().skip(1) {
        let cell = drawn
            .cells()
            .iter()
            .find(|(_, cell)| cell.id == row[0])
            .map(|(_, cell)| cell);
        row.push(
            cell.unwrap_or_else(|| panic!("{} is not drawn", row[0]))
                .people
                .to_string(),
        );
    }
    table
}

fn placed(mut table: Vec<Vec<String>>, at: impl Fn(&str) -> Option<Position>) -> String {
    table[0].extend(["lon", "lat"].map(str::to_owned));
    for row in table.iter_mut().skip(1) {
        let at = at(&row[0]).unwrap_or_else(|| panic!("{} is not drawn", row[0]));
        row.extend([at.lon(), at.lat()].map(|degrees| degrees.to_string()));
    }
    csv(&table)
}

fn csv(table: &[Vec<String>]) -> String {
    assert!(
        table.iter().all(|row| row.len() == table[0].len()),
        "rows of one length: {table:?}"
    );
    let quoted = |field: &String| format!("\"{field}\"");
    table
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n")
        .collect()
}

fn lines(network: &Network) -> String {
    let line = |edge: &walkshed::model::Edge| {
        let ends = [edge.from, edge.to]
            .map(|node| network.node(node))
            .map(|at| format!("[{},{}]", at.lon(), at.lat()));
        format!(
            r#"{{"type":"LineString","coordinates":[{}]}}"#,
            ends.join(",")
        )
    };
    let lines: Vec<String> = network.edges().iter().map(line).collect();
    format!(
        r#"{{"type":"GeometryCollection","geometries":[{}]}}"#,
        lines.join(",")
    )
}

/// The streets as drawn, those that are stairs with that trait.
fn streets(case: &Case, drawn: &Study, drawing: &str) -> Network {
    let signs = drawing
        .lines()
        .flat_map(str::chars)
        .filter(|sign| sign.is_ascii_uppercase() || *sign == '+');
    let junctions: Vec<char> = signs.collect();
    let edges = drawn.network().edges();
    let stairs = case.block("stairs").iter().map(|street| {
        let ends: Vec<usize> = street
            .trim()
            .chars()
            .filter_map(|c| junctions.iter().position(|j| *j == c))
            .collect();
        let is = |edge: &walkshed::model::Edge| {
            ends.contains(&edge.from.index()) && ends.contains(&edge.to.index())
        };
        edges
            .iter()
            .position(is)
            .unwrap_or_else(|| panic!("no street {street}"))
    });
    let traits = stairs
        .map(|edge| {
            (
                edge,
                Traits {
                    kind: StreetKind::Stairs,
                    ..Traits::default()
                },
            )
        })
        .collect();
    let parts = NetworkParts {
        nodes: drawn.network().nodes().to_vec(),
        edges: edges
            .iter()
            .map(|edge| (edge.from.index(), edge.to.index(), edge.metres))
            .collect(),
        traits,
        ..NetworkParts::default()
    };
    Network::with_traits(parts).expect("drawn streets are valid")
}

/// The boundary so many characters east, and far to all other sides.
fn boundary(case: &Case) -> Option<Boundary> {
    let east: f64 = case
        .block("area")
        .first()?
        .trim()
        .parse()
        .expect("a number of characters");
    let at = |x: f64, y: f64| Position::new(x, y).expect("on the globe");
    let east = east * SCALE / 111_319.490_793_273_57;
    Boundary::new(vec![vec![vec![
        at(-0.5, -0.5),
        at(east, -0.5),
        at(east, 0.5),
        at(-0.5, 0.5),
    ]]])
}

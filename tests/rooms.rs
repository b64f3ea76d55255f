//! The house rules: imports run one way, between rooms and inside them; files stay small.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// The rooms, each before those that may import it.
const ROOMS: [&str; 27] = [
    "units",
    "ids",
    "words",
    "text",
    "progress",
    "plane",
    "model",
    "draw",
    "snap",
    "search",
    "scale",
    "score",
    "plan",
    "isochrone",
    "assess",
    "run",
    "proposal",
    "read",
    "report",
    "error",
    "guide",
    "guide_zh",
    "codes",
    "codes_zh",
    "manual",
    "manual_zh",
    "pages",
];

/// A module by the names that lead to it: `["read", "formats", "csv"]`.
type Module = Vec<String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

fn files_in(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        sources(&root().join(folder), &mut found);
    }
    found.sort();
    assert!(found.len() > 3);
    found
}

/// The module that a file holds; files of tests alone are left out, for they may look anywhere.
fn module_of(path: &Path) -> Option<Module> {
    let inside = path.strip_prefix(root().join("src")).expect("below src");
    let mut names: Module = Vec::new();
    for part in inside.iter() {
        let name = part.to_str().expect("file names are ASCII");
        names.push(name.trim_end_matches(".rs").to_owned());
    }
    let last = names.last().expect("a file has a name").clone();
    if last.ends_with("tests") || last == "lib" || last == "test_towns" || last == "samples" {
        return None;
    }
    if last == "mod" {
        names.pop();
    }
    Some(names)
}

/// A file's text without comments, and without the tests at its end.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("readable");
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// What a file names of other modules.
struct Named {
    /// The names that lead there, from the crate's root.
    path: Vec<String>,
    /// Whether it is only handed on (`pub use`), which is no use of it.
    handed_on: bool,
}

/// All names of a file that begin with `crate`, `super` or `self`, or that `use` brings in.
fn names_in(code: &str, module: &Module) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = next_use(rest) {
        let (before, statement) = rest.split_at(at);
        inline_names(before, module, &mut found);
        let end = statement.find(';').expect("a use ends with a semicolon");
        let line_start = before.rfind('\n').map_or(0, |line| line + 1);
        let handed_on = before[line_start..].trim_start().starts_with("pub");
        for path in expanded(statement["use ".len()..end].trim()) {
            found.extend(absolute(&path, module).map(|path| Named { path, handed_on }));
        }
        rest = &statement[end + 1..];
    }
    inline_names(rest, module, &mut found);
    found
}

/// Where the next `use` statement begins.
fn next_use(code: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = code[from..].find("use ") {
        let place = from + at;
        let line_start = code[..place].rfind('\n').map_or(0, |line| line + 1);
        let before = code[line_start..place].trim();
        // A word that ends so is none: `pub struct House`.
        let is_word = !code[..place].ends_with(char::is_alphanumeric);
        if is_word && (before.is_empty() || before.starts_with("pub")) {
            return Some(place);
        }
        from = place + 4;
    }
    None
}

/// Paths in the midst of code: `crate::read::plain(…)`.
fn inline_names(code: &str, module: &Module, found: &mut Vec<Named>) {
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == ':' || c == '_') {
                continue;
            }
            let path = code[at..].split(|c: char| !(c.is_alphanumeric() || c == ':' || c == '_'));
            let path: Vec<String> = path
                .take(1)
                .flat_map(|path| path.split("::"))
                .map(str::to_owned)
                .collect();
            found.extend(absolute(&path, module).map(|path| Named {
                path,
                handed_on: false,
            }));
        }
    }
}

/// The single paths of a tree such as `a::{b, c::{d, e}}`.
fn expanded(tree: &str) -> Vec<Vec<String>> {
    let Some((head, inner)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![
            path.split("::")
                .map(|name| name.trim().to_owned())
                .collect(),
        ];
    };
    let head: Vec<String> = head
        .split("::")
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let inner = inner
        .trim_end()
        .strip_suffix('}')
        .expect("braces are closed");
    let mut depth = 0;
    let branches = inner.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    branches
        .filter(|branch| !branch.trim().is_empty())
        .flat_map(|branch| expanded(branch.trim()))
        .map(|tail| [head.clone(), tail].concat())
        .collect()
}

/// The names that lead from the crate's root to what a module calls so; none for other crates.
fn absolute(path: &[String], module: &Module) -> Option<Vec<String>> {
    let mut from = match path[0].as_str() {
        "crate" => Vec::new(),
        "super" | "self" => module.clone(),
        _ => return None,
    };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => {
                from.pop();
            }
            name => from.push(name.to_owned()),
        }
    }
    Some(from)
}

/// Each module with the modules that it imports.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let files: BTreeMap<Module, PathBuf> = files_in(&["src"])
        .into_iter()
        .filter_map(|path| Some((module_of(&path)?, path)))
        .collect();
    let mut named = BTreeMap::new();
    let mut handed_on: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (module, path) in &files {
        let code = code_of(path);
        let mut names = names_in(&code, module);
        // Names that a room hands on from a file of its own: `pub use csv::Table` in `formats`.
        for name in relative_hand_ons(&code, module, &files) {
            names.push(name);
        }
        for name in names.iter().filter(|name| name.handed_on) {
            let last = name.path.last().expect("a path has a name").clone();
            let as_known = [module.clone(), vec![last]].concat();
            handed_on.insert(as_known, name.path.clone());
        }
        named.insert(module.clone(), names);
    }
    let mut imports = BTreeMap::new();
    for (module, names) in named {
        let mut used = BTreeSet::new();
        for name in names.iter().filter(|name| !name.handed_on) {
            let home = home_of(&name.path, &files, &handed_on);
            used.extend(home.filter(|home| *home != module));
        }
        imports.insert(module, used);
    }
    imports
}

/// `pub use child::Name` and `use child::Name` of a folder's own files, by their full names.
fn relative_hand_ons(code: &str, module: &Module, files: &BTreeMap<Module, PathBuf>) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = next_use(rest) {
        let (before, statement) = rest.split_at(at);
        let end = statement.find(';').expect("a use ends with a semicolon");
        let line_start = before.rfind('\n').map_or(0, |line| line + 1);
        let handed_on = before[line_start..].trim_start().starts_with("pub");
        for path in expanded(statement["use ".len()..end].trim()) {
            let full = [module.clone(), path.clone()].concat();
            let child = [module.clone(), vec![path[0].clone()]].concat();
            if files.contains_key(&child) {
                found.push(Named {
                    path: full,
                    handed_on,
                });
            }
        }
        rest = &statement[end + 1..];
    }
    found
}

/// The module in which a name is defined: names that are handed on are followed there.
fn home_of(
    path: &[String],
    files: &BTreeMap<Module, PathBuf>,
    handed_on: &BTreeMap<Vec<String>, Vec<String>>,
) -> Option<Module> {
    let mut path = path.to_vec();
    for _ in 0..8 {
        let longest = (1..=path.len())
            .rev()
            .find(|&n| files.contains_key(&path[..n]))?;
        let after = path.get(..=longest).and_then(|name| handed_on.get(name));
        match after {
            Some(target) if *target != path => {
                path = [target.clone(), path[longest + 1..].to_vec()].concat();
            }
            _ => return Some(path[..longest].to_vec()),
        }
    }
    None
}

#[test]
fn imports_run_one_way_between_rooms() {
    for (module, used) in imports() {
        let room = module[0].as_str();
        let own = ROOMS.iter().position(|known| *known == room);
        let own = own.unwrap_or_else(|| panic!("{room} is no room of the house: add it"));
        for other in used {
            let place = ROOMS.iter().position(|known| *known == other[0]);
            assert!(
                place.is_some_and(|place| place <= own),
                "{} may not import {}",
                module.join("::"),
                other.join("::")
            );
        }
    }
}

#[test]
fn imports_make_no_circle() {
    let imports = imports();
    let modules: Vec<&Module> = imports.keys().collect();
    let mut graph: DiGraph<&Module, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = modules
        .iter()
        .map(|module| graph.add_node(module))
        .collect();
    for (from, used) in nodes.iter().zip(imports.values()) {
        for other in used {
            let to = modules.binary_search(&other).expect("it is a module");
            graph.add_edge(*from, nodes[to], ());
        }
    }
    let mut circles = String::new();
    for circle in tarjan_scc(&graph).iter().filter(|circle| circle.len() > 1) {
        circles += "\n";
        for &module in circle {
            circles += "\n";
            circles += &graph[module].join("::");
            circles += " imports";
            for other in graph
                .neighbors(module)
                .filter(|other| circle.contains(other))
            {
                circles += " ";
                circles += &graph[other].join("::");
            }
        }
    }
    assert!(circles.is_empty(), "circles:{circles}");
}

#[test]
fn grouped_and_handed_on_imports_are_seen() {
    let module = vec!["report".to_owned(), "csv".to_owned()];
    let code = "use crate::{ids, read::{plain, error::BadInput}};\nuse super::atomic::Out;\n";
    let names = names_in(code, &module);
    let paths: Vec<String> = names.iter().map(|name| name.path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "ids",
            "read::plain",
            "read::error::BadInput",
            "report::atomic::Out"
        ]
    );
    let inline = names_in("let x = crate::read::plain(super::name());", &module);
    assert_eq!(inline.len(), 2);
}

#[test]
fn only_the_outer_rooms_touch_files_and_serde() {
    for path in files_in(&["src"]) {
        let text = fs::read_to_string(&path).expect("readable");
        let outer = ["/src/read/", "/src/report/", "/src/error.rs", "/src/lib.rs"];
        let shown = path.to_string_lossy();
        if !outer.iter().any(|room| shown.contains(room)) {
            for word in ["std::fs", "std::io", "serde", "std::path"] {
                assert!(!text.contains(word), "{shown} uses {word}");
            }
        }
        let prints = ["println!", "eprintln!"];
        for word in prints.iter().filter(|_| module_of(&path).is_some()) {
            assert!(!code_of(&path).contains(word), "{shown} prints");
        }
    }
}

#[test]
fn no_network_no_programs_no_unsafe_code() {
    let words = ["std::net", "TcpStream", "UdpSocket", "Command::new"];
    for path in files_in(&["src"]) {
        let code = code_of(&path);
        let text = path.display();
        for word in words {
            assert!(!code.contains(word), "{text} uses {word}");
        }
        // Functions for other languages take addresses.
        let is_for_others = path.ends_with("scale/c_abi.rs");
        for word in ["unsafe ", "extern \"C\""] {
            assert!(is_for_others || !code.contains(word), "{text} uses {word}");
        }
    }
    // Nor does any crate that comes along, for the library or its tests.
    let locked = fs::read_to_string(root().join("Cargo.lock")).expect("readable");
    for known in [
        "curl",
        "hyper",
        "mio",
        "native-tls",
        "reqwest",
        "rustls",
        "socket2",
        "tokio",
        "ureq",
    ] {
        let entry = format!("name = \"{known}\"\n");
        assert!(!locked.contains(&entry), "{known}");
    }
}

#[test]
fn files_are_small() {
    for path in files_in(&["src", "tests", "benches", "examples"]) {
        let lines = fs::read_to_string(&path).expect("readable").lines().count();
        assert!(lines <= 600, "{}: {lines} lines", path.display());
    }
}

/// Addresses of other languages come in at one door; nowhere else is code unsafe.
#[test]
fn one_file_alone_is_unsafe() {
    let unsafe_files: Vec<PathBuf> = files_in(&["src", "examples", "benches"])
        .into_iter()
        .filter(|path| {
            let code = code_of(path);
            let allows = code.contains("unsafe_code");
            allows || code.split_whitespace().any(|word| word == "unsafe")
        })
        .collect();
    assert_eq!(unsafe_files, [root().join("src/scale/c_abi.rs")]);
}

//! Parts of an instance that share no candidate.

use petgraph::unionfind::UnionFind;

use super::reduced::Rows;

/// The clients of each part, by their candidates; small parts first, equal ones in order.
pub(super) fn islands(rows: &Rows, candidates: usize) -> Vec<Vec<Vec<u32>>> {
    let mut joined: UnionFind<u32> = UnionFind::new(candidates);
    for row in &rows.rows {
        for pair in row.windows(2) {
            joined.union(pair[0], pair[1]);
        }
    }
    let mut parts: Vec<(u32, Vec<u32>)> = rows
        .rows
        .iter()
        .map(|row| (joined.find(row[0]), row.clone()))
        .collect();
    parts.sort_unstable();
    let mut islands: Vec<Vec<Vec<u32>>> = parts
        .chunk_by(|one, other| one.0 == other.0)
        .map(|part| part.iter().map(|(_, row)| row.clone()).collect())
        .collect();
    islands.sort_by_key(Vec::len);
    islands
}

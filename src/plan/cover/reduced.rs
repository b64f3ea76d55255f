//! A smaller instance with the same cheapest covers.

/// Clients and the candidates that cover them, both ways.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// By client its candidates, in order; empty when it is out.
    pub(super) rows: Vec<Vec<u32>>,
    /// By candidate its clients, in order; empty when it is out.
    columns: Vec<Vec<u32>>,
}

impl Rows {
    pub(super) fn new(mut rows: Vec<Vec<u32>>, candidates: usize) -> Self {
        for row in &mut rows {
            row.sort_unstable();
        }
        // Equal clients are one.
        rows.sort_unstable();
        rows.dedup();
        let mut made = Self {
            rows,
            columns: vec![Vec::new(); candidates],
        };
        made.index();
        made
    }

    /// The columns anew from the rows, without those that are out.
    fn index(&mut self) {
        self.rows.retain(|row| !row.is_empty());
        for column in &mut self.columns {
            column.clear();
        }
        for (client, row) in (0..).zip(&self.rows) {
            for &candidate in row {
                self.columns[candidate as usize].push(client);
            }
        }
    }

    /// Drops clients that are covered whenever another one is. Whether there were any.
    fn drop_clients(&mut self) -> bool {
        let mut out = vec![false; self.rows.len()];
        for (client, row) in self.rows.iter().enumerate() {
            let rarest = row
                .iter()
                .min_by_key(|&&one| self.columns[one as usize].len());
            let Some(&rarest) = rarest.filter(|_| !out[client]) else {
                continue;
            };
            // Whoever has all of this one's candidates has the rarest too.
            for &other in &self.columns[rarest as usize] {
                let other = other as usize;
                if other != client && !out[other] && is_within(row, &self.rows[other]) {
                    out[other] = true;
                }
            }
        }
        for (row, _) in self.rows.iter_mut().zip(&out).filter(|(_, out)| **out) {
            row.clear();
        }
        out.contains(&true)
    }

    /// Drops candidates when another one covers as much and costs no more. Whether there were any.
    fn drop_candidates(&mut self, prices: &[u64]) -> bool {
        let mut out = vec![false; self.columns.len()];
        for one in 0..self.columns.len() {
            let column = &self.columns[one];
            let choosy = column
                .iter()
                .min_by_key(|&&client| self.rows[client as usize].len());
            let Some(&choosy) = choosy else {
                continue;
            };
            let beats = |rival: usize| {
                let theirs = &self.columns[rival];
                let equal = prices[rival] == prices[one] && theirs.len() == column.len();
                rival != one
                    && !out[rival]
                    && prices[rival] <= prices[one]
                    && is_within(column, theirs)
                    // Of equals the smaller number stays.
                    && (!equal || rival < one)
            };
            out[one] = self.rows[choosy as usize]
                .iter()
                .any(|&rival| beats(rival as usize));
        }
        for row in &mut self.rows {
            row.retain(|&candidate| !out[candidate as usize]);
        }
        out.contains(&true)
    }

    /// Takes the candidates that some client has alone, and drops all clients that they cover.
    fn take_needed(&mut self, needed: &mut Vec<u32>) -> bool {
        let alone = self.rows.iter().filter(|row| row.len() == 1);
        let mut taken: Vec<u32> = alone.map(|row| row[0]).collect();
        taken.sort_unstable();
        taken.dedup();
        for &candidate in &taken {
            for &client in &self.columns[candidate as usize] {
                self.rows[client as usize].clear();
            }
        }
        needed.extend(&taken);
        !taken.is_empty()
    }
}

/// Candidates that every cheapest cover may be taken to have, and what is left to be covered.
///
/// Each round is O(pairs · clients of a candidate) at worst; most comparisons end at once.
pub(super) fn reduced(mut rows: Rows, prices: &[u64]) -> (Vec<u32>, Rows) {
    let mut needed = Vec::new();
    loop {
        let mut changed = rows.drop_clients();
        rows.index();
        changed |= rows.drop_candidates(prices);
        rows.index();
        changed |= rows.take_needed(&mut needed);
        rows.index();
        if !changed {
            return (needed, rows);
        }
    }
}

/// Whether a sorted list holds all of another one.
fn is_within(few: &[u32], many: &[u32]) -> bool {
    if few.len() > many.len() {
        return false;
    }
    let mut rest = many.iter();
    few.iter()
        .all(|one| rest.find(|other| *other >= one) == Some(one))
}

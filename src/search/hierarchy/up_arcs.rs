//! Arcs of the hierarchy: a vertex keeps those to vertices that were taken out after it.

/// An upward arc: to a vertex that is taken out later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UpArc {
    /// By rank.
    pub to: u32,
    pub ticks: i32,
}

/// Upward arcs by the rank of their lower vertex (CSR), written vertex by vertex.
pub(super) struct UpArcs {
    starts: Vec<u32>,
    arcs: Vec<UpArc>,
}

impl UpArcs {
    pub(super) fn with_room(vertices: usize) -> Self {
        let mut starts = Vec::with_capacity(vertices + 1);
        starts.push(0);
        Self {
            starts,
            arcs: Vec::with_capacity(3 * vertices),
        }
    }

    /// Forgets all arcs, to be filled anew.
    pub(super) fn clear(&mut self) {
        self.starts.truncate(1);
        self.arcs.clear();
    }

    /// Adds an arc of the vertex that is being written.
    pub(super) fn push(&mut self, arc: UpArc) {
        self.arcs.push(arc);
    }

    /// The next arcs are those of the next vertex.
    pub(super) fn close(&mut self) {
        let end = u32::try_from(self.arcs.len()).expect("fewer than 2³² arcs");
        self.starts.push(end);
    }

    /// Gives each upper vertex another number.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        for arc in &mut self.arcs {
            arc.to = numbers[arc.to as usize];
        }
    }

    pub(super) fn at(&self, vertex: usize) -> &[UpArc] {
        let start = self.starts[vertex] as usize;
        let end = self.starts[vertex + 1] as usize;
        &self.arcs[start..end]
    }

    pub(super) const fn vertices(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) const fn len(&self) -> usize {
        self.arcs.len()
    }

    pub(super) fn bytes(&self) -> usize {
        4 * self.starts.len() + 8 * self.arcs.len()
    }
}

//! What stands beside the bytes of a file: the other files of a shapefile, and what the study says.

/// Another file of the same set, such as a shapefile's `.dbf`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Part {
    /// Its name, without the folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What stands beside a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Aside {
    /// The other files of its set.
    pub parts: Vec<Part>,
    /// The layer that the study names.
    pub layer: Option<String>,
    /// The encoding that the study names.
    pub encoding: Option<String>,
}

impl Aside {
    /// The part whose name ends in this.
    pub(crate) fn part(&self, ending: &str) -> Option<&Part> {
        let mut parts = self.parts.iter();
        parts.find(|part| has_ending(&part.name, ending))
    }

    /// How many bytes all parts have.
    pub(crate) fn size(&self) -> usize {
        self.parts.iter().map(|part| part.bytes.len()).sum()
    }
}

/// Whether a file's name ends in this, after its last point and in any case.
pub(crate) fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

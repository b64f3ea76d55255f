//! The streets of a study, and the heights of their vertices.

use std::path::Path;
use std::sync::Arc;

use super::cell_source::CellFile;
use super::reading::Reading;
use crate::model::{Group, Joint, Mode, Network, WalkRule, Zones};
use crate::plane::Position;
use crate::read::error::{BadInput, ReadError};
use crate::read::input::file_name;
use crate::read::plan::opening_hours::Clock;
use crate::read::plan::rules::walk;
use crate::read::plan::study_file::InputFile;
use crate::read::streets::ways::RawStreets;
use crate::read::streets::{elevation, source, steep};
use crate::read::tables::links::{LinkReader, links};
use crate::read::torn;
use crate::snap::StreetIndex;
use crate::words::{Text, text};

impl Reading<'_> {
    /// The streets, and the file of cells: the two longest files, read beside each other.
    ///
    /// Whatever is wrong with the streets is told first, so the cells' fault is kept for its turn.
    pub(super) fn streets_and_cells(&mut self) -> Result<(Network, CellFile), ReadError> {
        let asked = Arc::clone(&self.asked);
        let folder = self.folder.clone();
        let memory = asked.limits.memory();
        let (network, cells) = rayon::join(
            || self.streets(&asked.inputs.streets),
            || CellFile::of((&folder, memory), &asked.inputs.cells),
        );
        Ok((network?, cells))
    }

    fn streets(&mut self, entry: &InputFile) -> Result<Network, ReadError> {
        let asked = Arc::clone(&self.asked);
        let input = self.load("streets", entry)?;
        let mut lines = source::read(&input, entry, asked.walk.how_walked())?;
        lines.doors = asked.walk.doors();
        lines.compounds = self.compounds()?;
        self.is_map = lines.is_map();
        let declared = lines.declared_crs.as_deref();
        let crs = self.crs(("streets", entry), declared, &input.file)?;
        // Settled land of the same file is read now, while its bytes are at hand.
        self.settled_of_streets(&input, crs)?;
        let raw = source::raw(lines, crs, entry, &mut self.door(&input.file));
        // How many lines were rejected is counted even where the streets cannot be read.
        let lines = raw.as_ref().map_or(0, |raw| raw.lines);
        self.rows.add_lines(&input.file, lines, &self.findings);
        let mut raw = raw?;
        // Heights are those of the vertices of `raw`, which the network numbers anew.
        self.heights(&mut raw, &input.file)?;
        let network = source::network(&raw, &mut self.door(&input.file))?;
        let network = self.joined(network, &input.file)?;
        self.check_heights(&network, &input.file)?;
        if self.asked.walk.slope {
            steep::doubts(&network, &mut self.door(&input.file));
        }
        Ok(network)
    }

    /// The streets joined where they miss each other by no more than the study allows.
    fn joined(&mut self, network: Network, file: &str) -> Result<Network, ReadError> {
        let join_m = self.asked.walk.join_m;
        if join_m <= 0.0 {
            return Ok(network);
        }
        let everywhere = !self.is_map;
        torn::joined(network, (join_m, everywhere), &mut self.door(file))
    }

    /// Says where the streets should hang together, and do not.
    pub(super) fn torn(&mut self, streets: &StreetIndex<'_>) -> Vec<Joint> {
        let everywhere = !self.is_map;
        let file = file_name(Path::new(&self.asked.inputs.streets.path));
        torn::told(streets, everywhere, &mut self.door(&file))
    }

    /// The heights of the streets' vertices: those of the elevation model, else their own.
    fn heights(&mut self, raw: &mut RawStreets, file: &str) -> Result<(), ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.elevation else {
            source::doubts(raw, &mut self.door(file));
            return Ok(());
        };
        if !raw.heights.is_empty() {
            self.door(file).note("two-heights", "", text!(TwoHeights));
        }
        let input = self.load("elevation", entry)?;
        let model = elevation::open(&input.bytes, &input.file, input.memory)?;
        let declared = model.declared_crs.as_deref();
        let crs = self.crs(("elevation", entry), declared, &input.file)?;
        let ground = model.under(crs, &raw.nodes, &mut self.door(&input.file))?;
        raw.heights = ground.heights(&mut self.door(&input.file));
        // Where slopes do not count, nobody asks what lies between the vertices; rule W2 did not either.
        if asked.walk.slope && asked.walk.rule() == WalkRule::W3 {
            raw.climbs = ground.climbs(&raw.nodes, &raw.pieces);
        }
        Ok(())
    }

    /// Whether there are heights where slopes are asked for.
    fn check_heights(&mut self, network: &Network, file: &str) -> Result<(), ReadError> {
        let asked = Arc::clone(&self.asked);
        let study_file = self.file.clone();
        let elevation = asked.inputs.elevation.as_ref();
        let model = elevation.map(|entry| entry.path.as_str());
        let mut door = self.door(file);
        asked
            .walk
            .check_heights(network, (&study_file, model), &mut door)
    }

    /// The streets with the fixed links of the study, if it has any.
    pub(super) fn linked(
        &mut self,
        network: Network,
        barriers: &[[Position; 2]],
        clock: Option<&mut Clock>,
    ) -> Result<Network, ReadError> {
        let asked = Arc::clone(&self.asked);
        let Some(entry) = &asked.inputs.links else {
            return Ok(network);
        };
        let placed = self.placed("links", entry)?;
        let at = clock.as_ref().and_then(|clock| clock.rule().at());
        let mut reader = LinkReader {
            streets: StreetIndex::new(&network, barriers, asked.walk.min_component)
                .with_islands(asked.walk.islands()),
            clock,
            at,
        };
        let file = placed.table.file.clone();
        let links = links(placed.table, placed.crs, &mut reader, &mut self.door(&file))?;
        self.enough_left()?;
        let linked = network.with_links(&links);
        linked.map_err(|wrong| bad_links(&file, wrong.text()).into())
    }

    /// Notes how much of each trait the streets have that somebody minds.
    pub(super) fn street_notes(&mut self, network: &Network, groups: &[Group], zones: &Zones) {
        let walk = self.asked.walk.walk();
        let mut rules = walk.profile().rules;
        let file = file_name(Path::new(&self.asked.inputs.streets.path));
        let of_groups = groups.iter().filter_map(|group| group.by);
        let of_zones = zones.iter().map(|(_, zone)| zone.mode);
        let modes: Vec<Mode> = of_groups.chain(of_zones).chain([walk.by]).collect();
        // What any group or zone minds is told, and not only what people in general do.
        rules.wheelchair |= modes.contains(&Mode::Wheelchair);
        if modes.iter().any(|mode| mode.rides()) {
            rules.pushes_at = Some(walk.foot_speed());
        }
        walk::notes(network, &rules, groups, &mut self.door(&file));
    }
}

fn bad_links(file: &str, expected: Text) -> BadInput {
    BadInput {
        code: "bad-links",
        file: file.to_owned(),
        expected,
        remedy: text!(CheckCoordinates),
        ..BadInput::default()
    }
}

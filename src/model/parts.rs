//! What a study is made of, before it is one.

use super::boundary::Boundary;
use super::catalogue::Catalogue;
use super::cells::Cells;
use super::change::Change;
use super::csv_form::CsvForm;
use super::delegation::Delegation;
use super::departments::Departments;
use super::finding::Findings;
use super::group::Group;
use super::indicator::Indicator;
use super::joint::Joint;
use super::kinds::Kinds;
use super::mark_rule::MarkRule;
use super::memory::Memory;
use super::network::Network;
use super::phase::Phase;
use super::sites::Sites;
use super::source::{Language, Source};
use super::target::Target;
use super::time_rule::TimeRule;
use super::units::Units;
use super::walk::Walk;
use super::zone::Zones;
use crate::plane::Position;

/// What a study is made of: fill it in, and hand it to [`Study::new`](super::Study::new).
///
/// All of it but streets, sites and cells may be left as it is.
///
/// ```
/// use walkshed::model::{Study, StudyParts, Target};
/// // The streets, sites and cells of a drawn town, under a name and a limit of one's own.
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s").into_parts();
/// let parts = StudyParts {
///     name: "湖口".to_owned(),
///     target: Target::minutes(10),
///     ..StudyParts::new(town.network, town.sites, town.cells)
/// };
/// assert_eq!(Study::new(parts)?.target().to_string(), "1 item within 10 min 00 s");
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct StudyParts {
    /// The study's name.
    pub name: String,
    /// The language of its reports.
    pub language: Language,
    /// How its tables are written as CSV.
    pub csv: CsvForm,
    /// How people walk.
    pub walk: Walk,
    /// What is asked.
    pub target: Target,
    /// The streets.
    pub network: Network,
    /// The sites.
    pub sites: Sites,
    /// The cells.
    pub cells: Cells,
    /// The administrative units.
    pub units: Units,
    /// The items and who handles them. Only sites that offer something count, so a site that is
    /// added to a study needs its offers too.
    pub catalogue: Catalogue,
    /// What the study says of kinds of sites: what they can take, whether people serve themselves.
    pub kinds: Kinds,
    /// The entrustment papers. They decide nothing: who handles what stands in the catalogue.
    pub delegations: Vec<Delegation>,
    /// Lines that no point may be snapped across, as pairs of neighbouring vertices.
    pub barriers: Vec<[Position; 2]>,
    /// The groups of people, the last one all others; empty when the study names none.
    pub groups: Vec<Group>,
    /// Cells with their own minutes or speed.
    pub zones: Zones,
    /// The reference week, when time of day is asked about; none when every site counts as open.
    pub time: Option<TimeRule>,
    /// Up to where streets and sites are known; none when the study does not say.
    pub boundary: Option<Boundary>,
    /// The indicators of the plan.
    pub indicators: Vec<Indicator>,
    /// What is known of departments; empty when the study has no table of them.
    pub departments: Departments,
    /// What the one mark of units and departments is made of; none when the study states none.
    pub mark: Option<MarkRule>,
    /// What-if changes, not applied yet.
    pub changes: Vec<Change>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<Phase>,
    /// Where streets should hang together, and do not. They decide nothing.
    pub joints: Vec<Joint>,
    /// What is doubtful about the data.
    pub findings: Findings,
    /// How much memory a search may take for what it finds.
    pub memory: Memory,
    /// The files it was read from.
    pub sources: Vec<Source>,
}

impl StudyParts {
    /// One service, which every one of these sites handles, within 15 minutes of every cell on foot.
    #[must_use]
    pub fn new(network: Network, sites: Sites, cells: Cells) -> Self {
        Self {
            catalogue: Catalogue::implicit(sites.len()),
            network,
            sites,
            cells,
            ..Self::default()
        }
    }
}

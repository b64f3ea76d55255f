//! A study: everything one analysis rests on.

use std::fmt;
use std::sync::Arc;

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
use super::parts::StudyParts;
use super::phase::Phase;
use super::population::Population;
use super::sites::{Site, Sites};
use super::source::{Language, Source};
use super::street::Profile;
use super::study_check::check;
use super::study_error::StudyError;
use super::target::Target;
use super::time_rule::TimeRule;
use super::units::Units;
use super::version::Version;
use super::walk::Walk;
use super::zone::Zones;
use crate::ids::{GroupId, SiteId};
use crate::plane::Position;

/// Everything one analysis rests on: streets, sites, cells, units, items, and what is asked.
///
/// Made by `read::study`, or from [`StudyParts`] in a program; frozen once made, and nothing in it
/// can be wrong. Copies share all that they hold: a copy is O(1), and results keep one.
///
/// ```
/// use walkshed::model::{StudyError, Target};
/// let town = walkshed::draw::town("A-s-a-B", 100.0, "s");
/// let quick = town.clone().with(|parts| parts.target = Target::minutes(5)).unwrap();
/// assert_eq!(quick.to_string(), "a drawn town: 1 item within 5 min 00 s, 1 site, 1 cell");
/// let nothing = town.with(|parts| parts.target.items.clear());
/// assert_eq!(nothing.err(), Some(StudyError::NothingAsked));
/// ```
#[doc(alias = "分析项目")]
#[derive(Debug, Clone)]
pub struct Study {
    walk: Walk,
    target: Arc<Target>,
    network: Arc<Network>,
    services: Arc<Services>,
    changes: Arc<Vec<Change>>,
    /// All else; what stands above is empty there.
    ground: Arc<StudyParts>,
    version: Version,
}

/// What a change to sites touches: who there is, who handles what, and who can use it.
#[derive(Debug, Clone)]
pub(super) struct Services {
    pub sites: Sites,
    pub catalogue: Catalogue,
    pub groups: Vec<Group>,
    pub delegations: Vec<Delegation>,
}

impl Study {
    /// A study from its parts. O(cells + sites + offers), and O(cells) for each group and count.
    ///
    /// # Errors
    /// When two things have one id, something names what does not exist, a list does not go with the
    /// cells, a limit lies beyond what is searched, or nothing is asked: see [`StudyError`].
    pub fn new(mut parts: StudyParts) -> Result<Self, StudyError> {
        check(&parts)?;
        // What changes often stands apart from what copies share.
        let services = Services {
            sites: std::mem::take(&mut parts.sites),
            catalogue: std::mem::take(&mut parts.catalogue),
            groups: std::mem::take(&mut parts.groups),
            delegations: std::mem::take(&mut parts.delegations),
        };
        Ok(Self {
            walk: parts.walk,
            target: Arc::new(std::mem::take(&mut parts.target)),
            network: Arc::new(std::mem::take(&mut parts.network)),
            services: Arc::new(services),
            changes: Arc::new(std::mem::take(&mut parts.changes)),
            ground: Arc::new(parts),
            version: Version::default(),
        })
    }

    /// The same study with something about it otherwise.
    ///
    /// Takes what [`Study::new`] takes, and a copy of the streets and cells while another study
    /// shares them.
    ///
    /// # Errors
    /// As [`Study::new`].
    pub fn with(self, change: impl FnOnce(&mut StudyParts)) -> Result<Self, StudyError> {
        let mut parts = self.into_parts();
        change(&mut parts);
        Self::new(parts)
    }

    /// The same study with other services, whose units and items it has.
    pub(super) fn with_services(&self, services: Services) -> Self {
        Self {
            services: Arc::new(services),
            version: Version::default(),
            ..self.clone()
        }
    }

    /// The same study with these of its sites alone, in this order, and without groups: to ask who
    /// gets to them, not what is done there. Streets and cells stay shared.
    pub(crate) fn with_sites_alone(&self, sites: &[SiteId]) -> Self {
        let list: Vec<Site> = sites
            .iter()
            .map(|&site| self.sites()[site].clone())
            .collect();
        self.with_services(Services {
            catalogue: Catalogue::implicit(list.len()),
            sites: Sites::new(list),
            groups: Vec::new(),
            delegations: Vec::new(),
        })
    }

    /// The same streets, people and rules with other sites, which everybody can use: to walk from them.
    pub(crate) fn with_places(&self, sites: Sites) -> Self {
        let mut groups = self.services.groups.clone();
        for group in &mut groups {
            // Numbers of the study's own sites, which are not there.
            group.usable = None;
        }
        self.with_services(Services {
            catalogue: Catalogue::implicit(sites.len()),
            delegations: Vec::new(),
            sites,
            groups,
        })
    }

    /// The same study on other streets.
    pub(super) fn with_network(&self, network: Network) -> Self {
        Self {
            network: Arc::new(network),
            version: Version::default(),
            ..self.clone()
        }
    }

    /// The same study with one more finding, if there is one.
    pub(super) fn with_findings(self, findings: Findings) -> Self {
        let ground = StudyParts {
            findings,
            ..Arc::unwrap_or_clone(self.ground)
        };
        Self {
            ground: Arc::new(ground),
            ..self
        }
    }

    pub(super) fn services(&self) -> &Services {
        &self.services
    }

    /// The streets, to be kept longer than the study.
    pub(crate) fn shared_network(&self) -> Arc<Network> {
        Arc::clone(&self.network)
    }

    /// Which study this is: the same for all copies.
    pub(crate) const fn version(&self) -> &Version {
        &self.version
    }

    /// The same study with other what-if changes, none of them applied.
    #[must_use]
    pub fn with_changes(mut self, changes: Vec<Change>) -> Self {
        self.changes = Arc::new(changes);
        self
    }

    /// Its parts again, to make another study from; [`Study::with`] is the shorter way.
    #[must_use]
    pub fn into_parts(self) -> StudyParts {
        let services = Arc::unwrap_or_clone(self.services);
        StudyParts {
            walk: self.walk,
            target: Arc::unwrap_or_clone(self.target),
            network: Arc::unwrap_or_clone(self.network),
            sites: services.sites,
            catalogue: services.catalogue,
            groups: services.groups,
            delegations: services.delegations,
            changes: Arc::unwrap_or_clone(self.changes),
            ..Arc::unwrap_or_clone(self.ground)
        }
    }

    /// How people walk.
    #[must_use]
    pub const fn walk(&self) -> &Walk {
        &self.walk
    }

    /// What is asked.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The study's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.ground.name
    }

    /// The language of its reports.
    #[must_use]
    pub fn language(&self) -> Language {
        self.ground.language
    }

    /// How its tables are written as CSV.
    #[must_use]
    pub fn csv(&self) -> CsvForm {
        self.ground.csv
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The sites.
    #[must_use]
    pub fn sites(&self) -> &Sites {
        &self.services.sites
    }

    /// The cells.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.ground.cells
    }

    /// What it says of kinds of sites.
    #[must_use]
    pub fn kinds(&self) -> &Kinds {
        &self.ground.kinds
    }

    /// The administrative units.
    #[must_use]
    pub fn units(&self) -> &Units {
        &self.ground.units
    }

    /// The items and who handles them.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.services.catalogue
    }

    /// The entrustment papers, in the order of the offers table: which site handles what for
    /// somebody else, and until when.
    #[must_use]
    pub fn delegations(&self) -> &[Delegation] {
        &self.services.delegations
    }

    /// Lines that no point may be snapped across.
    #[must_use]
    pub fn barriers(&self) -> &[[Position; 2]] {
        &self.ground.barriers
    }

    /// The groups of people with their ids, the last one all others; none when the study names none.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        self.services
            .groups
            .iter()
            .enumerate()
            .map(|(place, group)| (GroupId::new(place), group))
    }

    /// One group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &Group {
        &self.services.groups[id.index()]
    }

    /// How a group walks (or all people alike): first where no zone is, then in each zone. Never empty.
    ///
    /// A group's own way of moving and speed hold everywhere; else the zone's, else the study's.
    #[must_use]
    pub fn profiles(&self, group: Option<GroupId>) -> Vec<Profile> {
        let group = group.map(|id| self.group(id));
        let zones = self.zones().iter().map(|(_, zone)| Some(zone));
        let everywhere = std::iter::once(None).chain(zones);
        everywhere
            .map(|zone| self.walk.profile_of(group, zone))
            .collect()
    }

    /// Cells with their own minutes or speed.
    #[must_use]
    pub fn zones(&self) -> &Zones {
        &self.ground.zones
    }

    /// The reference week, when time of day is asked about; none when every site counts as open.
    #[must_use]
    pub fn time(&self) -> Option<&TimeRule> {
        self.ground.time.as_ref()
    }

    /// Up to where streets and sites are known; none when the study does not say.
    #[must_use]
    pub fn boundary(&self) -> Option<&Boundary> {
        self.ground.boundary.as_ref()
    }

    /// The indicators of the plan, in the order of the study file.
    #[must_use]
    pub fn indicators(&self) -> &[Indicator] {
        &self.ground.indicators
    }

    /// What is known of departments; empty when the study has no table of them.
    #[must_use]
    pub fn departments(&self) -> &Departments {
        &self.ground.departments
    }

    /// What the one mark of units and departments is made of; none when the study states none.
    #[must_use]
    pub fn mark(&self) -> Option<&MarkRule> {
        self.ground.mark.as_ref()
    }

    /// All that an indicator may count, on the target's day.
    pub(crate) fn population(&self) -> Population<'_> {
        Population {
            sites: self.sites(),
            units: self.units(),
            catalogue: self.catalogue(),
            departments: self.departments(),
            day: self.target.date,
        }
    }

    /// The what-if changes, in the order of the study file; [`changed`](super::changed) applies them.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The phases of the plan, in the order of their dates.
    #[must_use]
    pub fn phases(&self) -> &[Phase] {
        &self.ground.phases
    }

    /// Where streets should hang together, and do not, as the study was read.
    #[must_use]
    pub fn joints(&self) -> &[Joint] {
        &self.ground.joints
    }

    /// What is doubtful about the data.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.ground.findings
    }

    /// How much memory a search may take for what it finds.
    #[must_use]
    pub fn memory(&self) -> Memory {
        self.ground.memory
    }

    /// The files it was read from.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.ground.sources
    }
}

/// Shown as `Hukou: 12 items within 15 min 00 s, 57 sites, 1203 cells`.
impl fmt::Display for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sites = counted(self.sites().len(), "site");
        let cells = counted(self.cells().len(), "cell");
        // A study made in a program need not have a name.
        if !self.name().is_empty() {
            write!(f, "{}: ", self.name())?;
        }
        write!(f, "{}, {sites}, {cells}", self.target)
    }
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

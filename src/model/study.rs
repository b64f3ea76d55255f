//! A study: everything one analysis rests on.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Boundary, Catalogue, Cells, Change, Findings, Group, Indicator, Memory, Network, Phase,
    Profile, Sites, StreetRules, TimeRule, Units, Zones,
};
use crate::ids::{CellId, GroupId, ItemId};
use crate::plane::Position;
use crate::units::{People, Speed, TravelTime};
pub use crate::words::Language;

/// How people walk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// The walking speed, on the street and off it.
    pub speed: Speed,
    /// Farther than this from a street in a straight line, in metres: stranded.
    pub max_snap_m: f64,
    /// Streets in components with fewer vertices are not snapped to; 0 keeps all.
    pub min_component: u32,
    /// Which traits of streets count: none by default.
    pub rules: StreetRules,
}

impl Walk {
    /// The speed and the rules of this walking: what one search walks by.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        Profile {
            speed: self.speed,
            rules: self.rules,
        }
    }
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            speed: Speed::DEFAULT,
            max_snap_m: 500.0,
            min_component: 0,
            rules: StreetRules::default(),
        }
    }
}

/// What is asked: which items, within which time.
#[doc(alias = "15分钟")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The limit. Inclusive: 15 min 00.0000 s is within 15 minutes.
    pub limit: TravelTime,
    /// How far to look beyond the limit, so that "too far" can say by how much.
    pub search: TravelTime,
    /// The items that every cell should get done, in the order of their ids.
    pub items: Vec<ItemId>,
    /// The day it is asked for: sites that do not exist then, and offers that do not hold then, do
    /// not count. None: all of them do.
    pub date: Option<NaiveDate>,
}

/// One input file: what it was for, and what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `study`, `streets`, `sites`, …
    pub role: &'static str,
    /// The path as the study file names it.
    pub path: String,
    /// The coordinate system it was read in; empty where it has no coordinates.
    pub crs: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Everything one analysis rests on: streets, sites, cells, units, items, and what is asked.
///
/// Made by `read::study`, or from [`StudyParts`] in a program. `walk` and `target` are
/// yours to change; the rest is frozen. Copies share the streets and the cells: a copy takes
/// O(sites + offers), and the people of groups.
#[doc(alias = "分析项目")]
#[derive(Debug, Clone)]
pub struct Study {
    /// How people walk.
    pub walk: Walk,
    /// What is asked.
    pub target: Target,
    network: Arc<Network>,
    services: Services,
    changes: Vec<Change>,
    /// All else; its network, services and changes are empty.
    ground: Arc<StudyParts>,
}

/// What a change to sites touches: who there is, who handles what, and who can use it.
#[derive(Debug, Clone)]
pub(super) struct Services {
    pub sites: Sites,
    pub catalogue: Catalogue,
    pub groups: Vec<Group>,
}

/// What a study is made of.
#[derive(Debug, Clone, Default)]
pub struct StudyParts {
    /// The study's name.
    pub name: String,
    /// The language of its reports.
    pub language: Language,
    /// The streets.
    pub network: Network,
    /// The sites.
    pub sites: Sites,
    /// The cells.
    pub cells: Cells,
    /// The administrative units.
    pub units: Units,
    /// The items and who handles them.
    pub catalogue: Catalogue,
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
    /// What-if changes, not applied yet.
    pub changes: Vec<Change>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<Phase>,
    /// What is doubtful about the data.
    pub findings: Findings,
    /// How much memory a search may take for what it finds.
    pub memory: Memory,
    /// The files it was read from.
    pub sources: Vec<Source>,
}

impl Study {
    /// A study from its parts.
    ///
    /// # Panics
    /// When a site, a cell, or a phase names a unit that does not exist, or the target or a phase an
    /// item that does not exist: an error in the calling program.
    #[must_use]
    pub fn new(parts: StudyParts, walk: Walk, target: Target) -> Self {
        let unit_exists =
            |unit: Option<crate::ids::UnitId>| unit.is_none_or(|u| u.index() < parts.units.len());
        assert!(
            parts.sites.iter().all(|(_, site)| unit_exists(site.unit)),
            "every site's unit exists"
        );
        assert!(
            parts.cells.iter().all(|(_, cell)| unit_exists(cell.unit)),
            "every cell's unit exists"
        );
        assert!(
            target
                .items
                .iter()
                .all(|item| item.index() < parts.catalogue.len()),
            "every asked item exists"
        );
        let items = parts.phases.iter().flat_map(|phase| &phase.items);
        assert!(
            items
                .into_iter()
                .all(|item| item.index() < parts.catalogue.len()),
            "every phase's items exist"
        );
        let units = parts.phases.iter().flat_map(|phase| &phase.units);
        assert!(
            units
                .into_iter()
                .all(|unit| unit.index() < parts.units.len()),
            "every phase's units exist"
        );
        Self::of(parts, walk, target)
    }

    fn of(mut parts: StudyParts, walk: Walk, target: Target) -> Self {
        let network = Arc::new(std::mem::take(&mut parts.network));
        let (sites, catalogue) = (
            std::mem::take(&mut parts.sites),
            std::mem::take(&mut parts.catalogue),
        );
        let services = Services {
            sites,
            catalogue,
            groups: std::mem::take(&mut parts.groups),
        };
        let changes = std::mem::take(&mut parts.changes);
        Self {
            walk,
            target,
            network,
            services,
            changes,
            ground: Arc::new(parts),
        }
    }

    /// The same study with other services, whose units and items it has. O(1).
    pub(super) fn with_services(self, change: impl FnOnce(Services) -> Services) -> Self {
        Self {
            services: change(self.services),
            ..self
        }
    }

    /// The same study on other streets.
    pub(super) fn with_network(self, change: impl FnOnce(Network) -> Network) -> Self {
        Self {
            network: Arc::new(change(Arc::unwrap_or_clone(self.network))),
            ..self
        }
    }

    /// The streets, to be kept longer than the study.
    pub(crate) fn shared_network(&self) -> Arc<Network> {
        Arc::clone(&self.network)
    }

    /// The same study with other what-if changes, none of them applied.
    #[must_use]
    pub fn with_changes(mut self, changes: Vec<Change>) -> Self {
        self.changes = changes;
        self
    }

    /// Its parts again, to make a changed study from.
    #[must_use]
    pub fn into_parts(self) -> StudyParts {
        let Services {
            sites,
            catalogue,
            groups,
        } = self.services;
        let (network, changes) = (Arc::unwrap_or_clone(self.network), self.changes);
        StudyParts {
            network,
            sites,
            catalogue,
            groups,
            changes,
            ..Arc::unwrap_or_clone(self.ground)
        }
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

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The sites.
    #[must_use]
    pub const fn sites(&self) -> &Sites {
        &self.services.sites
    }

    /// The cells.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.ground.cells
    }

    /// The administrative units.
    #[must_use]
    pub fn units(&self) -> &Units {
        &self.ground.units
    }

    /// The items and who handles them.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.services.catalogue
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

    /// How many people of a group live in a cell; everybody when no group is named.
    #[must_use]
    pub fn people(&self, cell: CellId, group: Option<GroupId>) -> People {
        group.map_or_else(
            || self.ground.cells[cell].people,
            |group| self.group(group).in_cell(cell),
        )
    }

    /// How a group walks (or all people alike): first where no zone is, then in each zone. Never empty.
    ///
    /// A group's own speed holds everywhere; else the zone's, else the study's.
    #[must_use]
    pub fn profiles(&self, group: Option<GroupId>) -> Vec<Profile> {
        let group = group.map(|group| self.group(group));
        let mut profile = self.walk.profile();
        if let Some(group) = group {
            profile.rules.stairs_closed |= group.no_stairs;
            profile.rules.wheelchair |= group.wheelchair;
        }
        let own = group.and_then(|group| group.speed);
        let zones = self.zones().iter().map(|(_, zone)| zone.speed);
        std::iter::once(None)
            .chain(zones)
            .map(|zone| Profile {
                speed: own.or(zone).unwrap_or(profile.speed),
                ..profile
            })
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

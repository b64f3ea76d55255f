//! `plan.geojson`: the sites that open, the places considered, and the cells that are covered then,
//! or no longer.

use geojson::Geometry;

use super::sheet::place_of;
use crate::ids::CellId;
use crate::model::Change;
use crate::plane::Position;
use crate::proposal::Proposal;
use crate::report::column::{Columns, Value};
use crate::report::geojson::Map;
use crate::report::number::Number;
use crate::score::Coverage;
use crate::units::People;
use crate::words::{Text, text};

/// What a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Considered,
    Chosen,
    NewlyCovered,
    LeftOut,
    Unserved,
}

impl Role {
    pub(super) const ALL: [Self; 5] = [
        Self::Considered,
        Self::Chosen,
        Self::NewlyCovered,
        Self::LeftOut,
        Self::Unserved,
    ];

    /// What a legend calls it.
    pub(super) fn name(self) -> Text {
        match self {
            Self::Considered => text!(PlanRoleConsidered),
            Self::Chosen => text!(PlanRoleChosen),
            Self::NewlyCovered => text!(PageNewlyCovered),
            Self::LeftOut => text!(PageNoLongerCovered),
            Self::Unserved => text!(PlanRoleUnserved),
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Considered => "considered",
            Self::Chosen => "chosen",
            Self::NewlyCovered => "newly-covered",
            Self::LeftOut => "left-out",
            Self::Unserved => "unserved",
        }
    }

    /// As viewers know it (simplestyle).
    const fn colour(self) -> &'static str {
        match self {
            Self::Considered => "#bdbdbd",
            Self::Chosen => "#d7301f",
            Self::NewlyCovered => "#41ab5d",
            Self::LeftOut => "#fdae61",
            Self::Unserved => "#54278f",
        }
    }
}

/// One feature.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feature<'p> {
    role: Role,
    id: &'p str,
    at: Option<Position>,
    /// The whole of what is no point: a street.
    line: &'p [Position],
    step: Option<usize>,
    gain: Option<Number>,
}

/// All features: what was considered first, so that viewers draw the others on top.
pub(super) struct PlanMap<'p> {
    columns: Columns<Feature<'p>>,
    features: Vec<Feature<'p>>,
}

impl<'p> PlanMap<'p> {
    pub(super) fn of(proposal: &'p Proposal) -> Self {
        let cells = proposal.before.study().cells();
        let feature = |role, id, at| Feature {
            role,
            id,
            at,
            line: &[],
            step: None,
            gain: None,
        };
        let opened = |id: &str| proposal.steps.iter().any(|step| step.site == id);
        let mut features: Vec<Feature<'p>> = proposal
            .considered
            .iter()
            .filter(|place| !opened(&place.id))
            .map(|place| feature(Role::Considered, &place.id, Some(place.at)))
            .collect();
        for (cell, people) in newly_covered(&proposal.before, &proposal.after) {
            features.push(Feature {
                gain: Some(Number::people(people)),
                ..feature(Role::NewlyCovered, &cells[cell].id, cells[cell].at)
            });
        }
        for (cell, people) in newly_covered(&proposal.after, &proposal.before) {
            features.push(Feature {
                gain: Some(Number::of(-people.as_f64())),
                ..feature(Role::LeftOut, &cells[cell].id, cells[cell].at)
            });
        }
        for &cell in &proposal.unserved {
            features.push(feature(Role::Unserved, &cells[cell].id, cells[cell].at));
        }
        for (place, step) in proposal.steps.iter().enumerate() {
            features.push(Feature {
                line: match &step.change {
                    Change::AddStreet { line } => line,
                    _ => &[],
                },
                step: Some(place + 1),
                gain: Some(Number::of(step.gain.as_f64() - step.loss.as_f64())),
                ..feature(Role::Chosen, &step.site, place_of(proposal, step))
            });
        }
        Self {
            columns: columns(),
            features,
        }
    }
}

/// Whether somebody is covered after a plan who was not before, by cell.
fn newly_covered(before: &Coverage, after: &Coverage) -> Vec<(CellId, People)> {
    let cells = before.study().cells().iter();
    cells
        .filter_map(|(cell, _)| {
            let [was, is] = [before, after].map(|coverage| coverage.cell(cell).covered);
            (is > was).then(|| (cell, is - was))
        })
        .collect()
}

/// The properties of `plan.geojson`.
fn columns<'p>() -> Columns<Feature<'p>> {
    Columns::<Feature<'p>>::new()
        .with("role", "角色", |row| Value::Word(row.role.word().into()))
        .with("id", "编号", |row| Value::text(row.id))
        .with("step", "步骤", |row| {
            row.step.map_or(Value::Empty, Value::count)
        })
        .with("gain", "新增覆盖", |row| Value::maybe(row.gain))
        .with("marker-color", "颜色", |row| {
            Value::Word(row.role.colour().into())
        })
}

impl<'p> Map for PlanMap<'p> {
    type Row = Feature<'p>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.features.len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let Feature { at, line, .. } = self.features[place];
        if !line.is_empty() {
            let points = line.iter().map(|at| [at.lon(), at.lat()]);
            return Some(Geometry::new_line_string(points));
        }
        let at = at?;
        Some(Geometry::new_point([at.lon(), at.lat()]))
    }

    fn row(&self, place: usize) -> Self::Row {
        self.features[place]
    }
}

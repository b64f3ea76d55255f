//! Where to open by a matrix of costs alone, without streets.

use super::answer::{Answer, FairPoint, ProposalError};
use super::frontier::frontier;
use super::siting::FRONTIER;
use super::solved::solved;
use super::wanted::Wanted;
use crate::model::Study;
use crate::plan::{Limits, Matrix, Plan, PlanError, Problem, Room, Sides, Terms, steps};
use crate::plane::Position;
use crate::progress::{Progress, Stage};
use crate::units::{People, Share};

/// What the costs of a matrix are.
///
/// ```
/// use walkshed::proposal::CostUnit;
/// assert_eq!((CostUnit::Metres.whole(12.5), CostUnit::Minutes.whole(-1.0)), (Some(12_500), None));
/// assert_eq!([CostUnit::Minutes, CostUnit::Metres].map(CostUnit::word), ["minutes", "metres"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostUnit {
    /// Minutes, kept to a tenth of a millisecond.
    Minutes,
    /// Metres, kept to a millimetre.
    Metres,
}

impl CostUnit {
    /// What files call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Metres => "metres",
        }
    }

    /// How many parts of a matrix make one.
    #[must_use]
    pub const fn parts(self) -> f64 {
        match self {
            Self::Minutes => 600_000.0,
            Self::Metres => 1000.0,
        }
    }

    /// A cost as a matrix holds it, to the nearest part; none when negative or too much.
    #[must_use]
    pub fn whole(self, cost: f64) -> Option<u32> {
        let parts = (cost * self.parts()).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie in range"
        )]
        (0.0..=f64::from(u32::MAX))
            .contains(&parts)
            .then_some(parts as u32)
    }
}

/// What may be done with a candidate.
///
/// ```
/// use walkshed::proposal::SiteStatus;
/// assert_eq!(SiteStatus::ALL.map(|status| status.words()[1]), ["candidate", "existing", "must", "never"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteStatus {
    /// It may open.
    Candidate,
    /// It is there, and stays.
    Kept,
    /// It must open.
    Forced,
    /// It must not open.
    Forbidden,
}

impl SiteStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Candidate, Self::Kept, Self::Forced, Self::Forbidden];

    /// The words that tables use.
    #[must_use]
    pub const fn words(self) -> [&'static str; 3] {
        match self {
            Self::Candidate => ["", "candidate", "备选"],
            Self::Kept => ["kept", "existing", "保留"],
            Self::Forced => ["forced", "must", "必建"],
            Self::Forbidden => ["forbidden", "never", "禁建"],
        }
    }
}

/// A candidate of a matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixSite {
    /// Its id.
    pub id: String,
    /// What opening it costs.
    pub cost: u64,
    /// What may be done with it.
    pub status: SiteStatus,
    /// Where it stands, where that is told.
    pub at: Option<Position>,
    /// How many people it serves at most; none where that is not told.
    pub capacity: Option<People>,
}

/// A matrix with the names of its clients and candidates.
#[derive(Debug, Clone)]
pub struct MatrixCase {
    /// A study without streets whose cells are the clients.
    pub study: Study,
    /// The costs.
    pub matrix: Matrix,
    /// The candidates, in the order of the matrix.
    pub sites: Vec<MatrixSite>,
    /// What the costs are.
    pub unit: CostUnit,
    /// The names of the units, and by client the place of its unit among them; none where it says none.
    pub units: (Vec<String>, Vec<Option<u32>>),
    /// The weights of the matrix are in so many millionths of a person.
    pub weight_unit: u64,
}

/// What is asked of a matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatrixRequest {
    /// Which sites are the best.
    pub wanted: Wanted,
    /// How many may open.
    pub room: Room,
    /// Within how much a client is covered, as the matrix holds it; the *p*-median counts whoever gets to none
    /// as this.
    pub limit: u32,
    /// The share of its people, from 0 to 1, to six digits, that each unit must have covered.
    pub min_share: Option<f64>,
    /// Somebody is covered by so many sites within the limit; 1 is usual.
    pub times: u32,
}

/// A plan on a matrix.
#[derive(Debug, Clone)]
pub struct MatrixPlan {
    /// What it was made on.
    pub case: MatrixCase,
    /// What was asked.
    pub request: MatrixRequest,
    /// What it comes to.
    pub answer: Answer,
    /// What is done, in the order of doing it.
    pub steps: Vec<MatrixStep>,
    /// The best of fewer sites.
    pub frontier: Vec<(u64, Answer)>,
    /// From most covered to most fair, where the fairest plan was asked for.
    pub fairness: Vec<FairPoint>,
    /// The clients that are left out because nothing serves them, by their place.
    pub unserved: Vec<u32>,
}

/// One site that opens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatrixStep {
    /// The candidate, by its place.
    pub candidate: u32,
    /// So many more are within the limit (*p*-center: within the plan's dearest way).
    pub gain: People,
    /// So many are, from then on.
    pub total: People,
    /// What all so far cost.
    pub cost: u64,
}

impl MatrixCase {
    /// The largest cost of all.
    #[must_use]
    pub fn largest_cost(&self) -> u32 {
        let clients = (0_u32..).take(self.matrix.clients());
        let dearest = clients.filter_map(|client| self.matrix.of(client).last());
        dearest.map(|way| way.cost).max().unwrap_or(0)
    }

    /// Who is what, and what is asked besides.
    fn terms(&self, request: &MatrixRequest) -> Terms {
        let of = |status| {
            let numbered = (0..).zip(&self.sites);
            let those = numbered.filter(move |(_, site)| site.status == status);
            those.map(|(number, _)| number).collect()
        };
        Terms {
            kept: of(SiteStatus::Kept),
            forced: of(SiteStatus::Forced),
            forbidden: of(SiteStatus::Forbidden),
            costs: self.sites.iter().map(|site| site.cost).collect(),
            sides: self.sides(request),
            ..Terms::new(request.room)
        }
    }

    fn sides(&self, request: &MatrixRequest) -> Sides {
        let lived = self
            .units
            .1
            .iter()
            .map(|unit| unit.iter().copied().collect());
        let share = request.min_share.filter(|_| request.wanted != Wanted::Fair);
        let limited = self.sites.iter().any(|site| site.capacity.is_some());
        let covers = matches!(request.wanted, Wanted::Lscp | Wanted::Mclp | Wanted::Fair);
        let capacities = self.sites.iter().map(|site| {
            let people = site.capacity.map(People::millionths);
            people.map_or(UNLIMITED, |people| {
                (people / self.weight_unit).min(UNLIMITED)
            })
        });
        Sides {
            times: request.times,
            units: lived.collect(),
            needs: share.map(|share| self.needs(share)).unwrap_or_default(),
            capacities: capacities.filter(|_| limited && covers).collect(),
            groups: Vec::new(),
        }
    }

    /// What each unit needs for a share, as weights.
    fn needs(&self, share: f64) -> Vec<u64> {
        let mut people = vec![0_u128; self.units.0.len()];
        for (client, unit) in (0_u32..).zip(&self.units.1) {
            if let Some(unit) = unit {
                people[*unit as usize] += u128::from(self.matrix.weight(client));
            }
        }
        let unit = u128::from(self.weight_unit);
        let needs = people.iter().map(|&people| {
            let part = Share::least_part(people * unit, share).div_ceil(unit);
            u64::try_from(part).unwrap_or(u64::MAX)
        });
        needs.collect()
    }
}

/// What a site without a stated capacity serves.
const UNLIMITED: u64 = 1 << 56;

/// The best sites of a matrix.
///
/// ```
/// use walkshed::model::{Cell, Network, Sites, Study, StudyParts};
/// use walkshed::plan::{Limits, Matrix, Room};
/// use walkshed::plane::Position;
/// use walkshed::proposal::{
///     CostUnit, MatrixCase, MatrixRequest, MatrixSite, SiteStatus, Wanted, matrix_siting,
/// };
/// use walkshed::{People, Silent};
///
/// // Two villages of 300 and 200 people, and a matrix of metres that somebody else measured.
/// let at = Position::new(116.24, 29.73).unwrap();
/// let cells = [300, 200].map(|people| Cell::at(at, People::whole(people))).into_iter().collect();
/// let metres = |metres| CostUnit::Metres.whole(metres).unwrap();
/// let site = |id: &str| MatrixSite {
///     id: id.to_owned(),
///     cost: 1,
///     status: SiteStatus::Candidate,
///     at: None,
///     capacity: None,
/// };
/// let case = MatrixCase {
///     study: Study::new(StudyParts::new(Network::default(), Sites::default(), cells))?,
///     matrix: Matrix::new(vec![300, 200], 2, &[(0, 0, metres(400.0)), (1, 1, metres(900.0))])
///         .unwrap(),
///     sites: ["north", "south"].map(site).into(),
///     unit: CostUnit::Metres,
///     units: (Vec::new(), vec![None, None]),
///     weight_unit: 1_000_000,
/// };
/// let request = MatrixRequest {
///     wanted: Wanted::Mclp,
///     room: Room::Sites(1),
///     limit: metres(1000.0),
///     min_share: None,
///     times: 1,
/// };
/// let plan = matrix_siting(case, request, &Limits::NONE, &Silent).unwrap();
/// assert_eq!(
///     (plan.case.sites[plan.steps[0].candidate as usize].id.as_str(), plan.answer.objective),
///     ("north", 300.0)
/// );
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
///
/// # Errors
/// As [`solve`](crate::plan::solve); and when not even all candidates bring a unit its share.
pub fn matrix_siting(
    case: MatrixCase,
    request: MatrixRequest,
    limits: &Limits<'_>,
    progress: &dyn Progress,
) -> Result<MatrixPlan, ProposalError> {
    progress.start(Stage::Solve, 0);
    let limit = request.limit;
    let problem = match request.wanted {
        Wanted::Lscp => Problem::Lscp { limit },
        Wanted::PMedian => Problem::PMedian { beyond: limit },
        Wanted::PCenter => Problem::PCenter,
        _ => Problem::Mclp { limit },
    };
    let terms = case.terms(&request);
    if request.min_share.is_some() && case.units.0.is_empty() {
        return Err(PlanError::NoUnits.into());
    }
    let units = (case.weight_unit, case.unit.parts());
    let solved = solved(
        &case.matrix,
        (problem, request.wanted),
        (&terms, units),
        limits,
    )
    .map_err(|error| named(error, &case))?;
    let plan = solved.plan;
    let points = if terms.sides.is_none() && request.wanted != Wanted::Fair {
        points(&case, (problem, &request), (&plan, &terms), limits)
    } else {
        Vec::new()
    };
    // What is covered is told of every plan, whatever it was best at.
    let told = match request.wanted {
        Wanted::PMedian => Problem::Mclp { limit },
        _ => problem,
    };
    let in_order = steps(&case.matrix, told, &terms, &plan);
    let unit = case.weight_unit;
    let people = |weight: u64| People::from_millionths(weight * unit);
    Ok(MatrixPlan {
        answer: solved.answer,
        fairness: solved.fairness,
        steps: in_order
            .iter()
            .map(|step| MatrixStep {
                candidate: step.candidate,
                gain: people(step.gain),
                total: people(step.total),
                cost: step.cost,
            })
            .collect(),
        unserved: plan.unserved,
        frontier: points,
        request,
        case,
    })
}

/// The best plans of fewer sites.
fn points(
    case: &MatrixCase,
    (problem, request): (Problem, &MatrixRequest),
    (plan, terms): (&Plan, &Terms),
    limits: &Limits<'_>,
) -> Vec<(u64, Answer)> {
    let limit = request.limit;
    let (shown, wanted) = if request.wanted == Wanted::Lscp {
        (Problem::Mclp { limit }, Wanted::Mclp)
    } else {
        (problem, request.wanted)
    };
    let is_last = request.wanted == wanted && matches!(request.room, Room::Sites(_));
    let found = frontier(
        &case.matrix,
        (shown, terms),
        (plan, is_last),
        (FRONTIER, limits),
    );
    let units = (case.weight_unit, case.unit.parts());
    let point = |(sites, plan): (u64, Plan)| (sites, Answer::of(&plan, wanted, units));
    found.into_iter().map(point).collect()
}

/// Which unit cannot have its share, by its name.
fn named(error: PlanError, case: &MatrixCase) -> ProposalError {
    let PlanError::NeedOutOfReach { unit, most, .. } = error else {
        return error.into();
    };
    let clients = (0_u32..).zip(&case.units.1);
    let place = u32::try_from(unit).ok();
    let lived = clients.filter(|(_, of)| **of == place);
    let people: u128 = lived
        .map(|(client, _)| u128::from(case.matrix.weight(client)))
        .sum();
    ProposalError::ShareOutOfReach {
        unit: case.units.0.get(unit).cloned().unwrap_or_default(),
        most: Share::of(u128::from(most), people).to_string(),
    }
}

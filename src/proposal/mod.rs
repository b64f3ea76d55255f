//! What to do next in a study: where to open, with the promise that a run afterwards keeps.
//!
//! ```text
//!   places ── opening ── instance ──▶ plan::solve ──▶ steps ── before, after
//!   where      what opens  who would     which         each made, and
//!   it could               be served     are best      judged as a run does
//! ```
//!
//! The plan is made on a matrix ([`crate::plan`]) that knows only who would be served from where. What the
//! proposal promises is not taken from it: every step is made in the study, and the coverage is counted as
//! [`run`](fn@crate::run) counts it.
//!
//! ```
//! use walkshed::plan::{Limits, Room};
//! use walkshed::proposal::{Opens, SitingRequest, Wanted, at_cells, siting};
//! use walkshed::{People, Silent, draw};
//!
//! // a has the site s; where should the next open, so that most people have one within 15 minutes?
//! let town = draw::town("A-s-a---------------b----------c-B", 100.0, "s");
//! let request = SitingRequest {
//!     wanted: Wanted::Mclp,
//!     room: Room::Sites(1),
//!     places: at_cells(&town),
//!     opens: Opens::Like(town.sites().find("s").unwrap()),
//!     phase: None,
//!     min_share: None,
//!     frontier: false,
//! };
//! let plan = siting(&town, &request, &Limits::NONE, &Silent).unwrap();
//! assert_eq!((plan.had, plan.steps[0].total, plan.answer.proved()), (People::whole(1), People::whole(5), true));
//! ```

mod answer;
mod asked;
mod budget;
mod closing;
mod course;
mod delegating;
mod frontier;
mod instance;
mod instance_error;
mod linking;
mod matrix_case;
mod measure;
mod merging;
mod opening;
mod phasing;
mod place;
mod pushes;
mod shares;
mod siting;
mod solved;
mod wanted;

pub use answer::{Answer, FairPoint, FrontierPoint, PhaseOutcome, Proposal, ProposalError, Step};
pub use budget::{Budget, MeasureCosts};
pub use closing::{ClosingRequest, closing};
pub use delegating::{DelegationBy, DelegationRequest, delegate};
pub use linking::{LinkingRequest, linking};
pub use matrix_case::{
    CostUnit, MatrixCase, MatrixPlan, MatrixRequest, MatrixSite, MatrixStep, SiteStatus,
    matrix_siting,
};
pub use merging::{MergingRequest, merging};
pub use opening::Opens;
pub use phasing::{PhasingRequest, phasing};
pub use place::{Place, PlaceStatus, at_cells, at_junctions, new_id, unit_at};
pub use siting::{SitingRequest, siting};
pub use wanted::Wanted;

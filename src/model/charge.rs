//! Who answers for a task of the plan.

/// Who answers for a task of the plan: the lead unit, and those who are responsible with it.
///
/// ```
/// use walkshed::model::{Charge, Indicator};
/// let charge = Charge { lead: "行政审批局".to_owned(), responsible: vec!["公安局".to_owned()] };
/// let indicator = Indicator { charge, ..Indicator::default() };
/// assert_eq!(indicator.charge.lead, "行政审批局");
/// ```
#[doc(alias = "责任单位")]
#[doc(alias = "牵头单位")]
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Charge {
    /// The lead unit (牵头单位); empty when the study names none.
    pub lead: String,
    /// The responsible units (责任单位), in the order of the study file.
    pub responsible: Vec<String>,
}

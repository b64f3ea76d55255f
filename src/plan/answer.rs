//! A plan, and how good it is at least.

/// The sites that a plan opens, what that comes to, and what no plan can better.
///
/// ```
/// use walkshed::plan::Plan;
/// let plan = Plan { open: vec![1, 4], objective: 800, bound: 1000, unserved: Vec::new(), nodes: 0, work: 0 };
/// // A plan of these sites could cover 200 more, and no more than that.
/// assert!(!plan.proved());
/// assert_eq!(plan.gap(), 0.25);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The candidates that open, forced ones included and kept sites not, in their order.
    pub open: Vec<u32>,
    /// LSCP: the cost of what opens. MCLP: the weight within the limit. *p*-median: weight × cost of all
    /// ways. *p*-center: the dearest way.
    pub objective: u64,
    /// No plan is better than this.
    pub bound: u64,
    /// Clients with a weight that the problem leaves out, since nothing that may be open serves them:
    /// LSCP: too few within the limit, or with capacities no room for all of it; *p*-center: nobody at all.
    pub unserved: Vec<u32>,
    /// Parts of all plans that were bounded one by one (*branch and bound*); 0 where the first bound told.
    pub nodes: u64,
    /// Pairs of client and candidate looked at: the work done.
    pub work: u64,
}

impl Plan {
    /// Whether the plan is the best there is: its bound is met.
    #[must_use]
    pub const fn proved(&self) -> bool {
        self.objective == self.bound
    }

    /// How far from its bound the objective is at most, as a share of the objective; 0 when proved.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let apart = self.objective.abs_diff(self.bound);
        if apart == 0 {
            return 0.0;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a share needs no more than 15 digits"
        )]
        let gap = apart as f64 / self.objective.max(1) as f64;
        gap
    }
}

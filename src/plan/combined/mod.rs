//! Plans in which a client may need several candidates at once.
//!
//! A push down to a closed site helps nobody until the site opens longer, and longer hours help nobody where
//! the site does not do the item: only both together do. So a client has *conditions*, all of which must hold,
//! each by any one of its *options*, and an option is a few candidates that must all be open:
//!
//! ```text
//!   served  =  ⋀ conditions  ⋁ options  ⋀ candidates
//! ```
//!
//! Where each client has one condition and each option one candidate, this is the MCLP. Else the MCLP that
//! asks of each client one of its conditions only, and of each option one of its candidates only, gives a bound:
//! whoever is served has these at least (`relaxed`). Where the plan that it finds serves as many in truth, it
//! is the best. Where not, a candidate that it left out though clients rest on it is taken for open in one part
//! of the plans and for shut in the other, and each part is bounded by itself (branch and bound).

mod case;
mod order;
mod part;
mod relaxed;
mod search;

#[cfg(test)]
mod tests;

pub(crate) use case::{Choice, Client, Combined};
pub(crate) use search::{FoundTogether, together};

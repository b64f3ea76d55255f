//! English words of plans: where to open, and what to push down.

/// Adds these words to those before, and hands all of them to the keys.
macro_rules! plans {
    ($($before:tt)*) => {
        keys! {
            $($before)*
            // Why there is no plan.
            PlanNoSuchClient: "a pair names client {client}, counted from 0, which is not there – give every client a weight",
            PlanNoSuchCandidate: "candidate {candidate}, counted from 0, is not there – name one of the matrix",
            PlanTwoRoles: "candidate {candidate}, counted from 0, is named twice as different things: kept, forced or forbidden – keep one of them",
            PlanWrongCosts: "{costs} {costs#cost|costs} for {candidates} {candidates#candidate|candidates} – give one each, or none at all",
            PlanForcedExceedRoom: "what must open takes {forced}, and there is room for {room} – allow more, or force fewer",
            PlanTooFew: "with {room} not everybody gets to a site, however far: it takes {least} at least – allow more sites, or a longer search",
            PlanStopped: "the search was stopped before it had a plan – allow it more time",
            PlanTooLarge: "the numbers are too large to be summed exactly – give weights or costs in a larger unit",
            ProposalIdTaken: "the id {id} of a place is that of a site, or of another place – give it an id of its own",
        }
    };
}

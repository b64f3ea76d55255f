//! English words of plans: where to open, and what to push down.

/// Adds these words to those before, and hands all of them to the keys.
macro_rules! plans {
    ($($before:tt)*) => {
        page! {
            $($before)*
            // Why there is no plan.
            PlanNoSuchClient: "a pair names client {client}, counted from 0, which is not there – give every client a weight",
            PlanNoSuchCandidate: "candidate {candidate}, counted from 0, is not there – name one of the matrix",
            PlanTwoRoles: "candidate {candidate}, counted from 0, is named twice as different things: kept, forced or forbidden – keep one of them",
            PlanWrongCosts: "{costs} {costs#cost|costs} for {candidates} {candidates#candidate|candidates} – give one each, or none at all",
            PlanForcedExceedRoom: "what must open takes {forced}, and there is room for {room} – allow more, or force fewer",
            PlanTooFew: "with {room} not everybody gets to a site, however far: it takes {least} at least – allow more sites, or a longer search",
            PlanNeedOutOfReach: "unit {unit}, counted from 0, needs {need} covered, and all candidates together cover {most} – ask for less, or name more candidates",
            PlanNeedsExceedRoom: "no plan of {room} meets what every unit needs: this is proved – allow more, or ask for less",
            PlanNeedsExceedGroups: "the limits of groups leave no plan that meets what is needed: this is proved – raise a limit, or ask for less",
            PlanSidesOnlyCover: "shares, backup, capacities and groups are conditions of covering – ask lscp or mclp",
            PlanBackupWithCapacity: "who is allocated to one site cannot be covered twice – ask for backup or for capacities",
            PlanNestedUnitsWithCapacity: "shares of units within units are not allocated to sites that serve only so many – ask for the shares of one level of units",
            PlanWrongCapacities: "{capacities} {capacities#capacity|capacities} for {candidates} {candidates#candidate|candidates} – give one each, or none at all",
            PlanWrongUnits: "{units} {units#unit|units} for {clients} {clients#client|clients} – give one each, or none at all",
            PlanOtherCandidates: "the phases have different numbers of candidates – give all of them the same",
            PlanMixedRooms: "some phases are limited in sites and others in costs – limit all of them alike",
            PlanNoUnits: "no unit has anybody whom a candidate could cover – give clients units, or more candidates",
            PlanStopped: "the search was stopped before it had a plan – allow it more time",
            PlanTooLarge: "the numbers are too large to be summed exactly – give weights or costs in a larger unit",
            ProposalShareOutOfReach: "sites at all places together cover {most} of the people of {unit}, less than the share that is asked: no plan of these places has it – name more places, or ask for less",
            ProposalNoPhases: "the study has no phase of people – add [[phase]] tables to its file",
            ProposalIdTaken: "the id {id} of a place is that of a site, or of another place – give it an id of its own",
            // Places and matrices.
            WholeCost: "a whole number from 0 to 1,000,000,000,000",
            WriteWholeCost: "write the cost in a unit in which it is whole, or leave it empty for 1",
            NoColumnThere: "there is no column for {column}; the columns are: {columns}",
            NameThatColumn: "name one of them {column}",
            StatusWords: "candidate, kept, forced or forbidden, or nothing",
            PlaceStatusWords: "candidate, forced or forbidden, or nothing: a site that is there stands among the sites of the study",
            WriteStatus: "write one of these words",
            CostInRange: "a number from 0 to 7,158 minutes, or 4,294,967 metres",
            CorrectCost: "correct it, or leave the row out where nobody gets there",
            IdOfOtherTable: "an id of the other table",
            AddOrCorrectId: "add a row with this id there, or correct it here",
            // What plans say.
            PlanTomlHead: "The plan of {study}, one change a step. Append these tables to its study file, in place of any [[change]] of its own, and run coverage --changed",
            PlanLscp: "everybody who can be covered is: at a cost of {cost}",
            PlanMclp: "{people} of {of} people are covered then",
            PlanShares: "every unit has the share that is asked: at a cost of {cost}",
            PlanFair: "the worst-off unit has {share} covered; {people} of {of} people are covered in all",
            PlanPhases: "in all phases together {sum} times somebody is covered",
            PlanPhase: "{name}: {after} of {people} people covered, {before} before; {price} fewer than by a free choice",
            PlanClosing: "{sites} {sites#site closes|sites close}: {people} of {of} people are covered then, {before} before",
            PlanPivots: "{count} {count#site is|sites are} needed: who is left without when one closes alone stands in pivotal.csv; most without {site}, {people} people",
            PlanClosingGap: "not proved: after so many closings no more than {bound} can be covered, which is {gap} % off – the bound looks at each site alone",
            PlanLinks: "{links} {links#link|links}: {people} of {of} people are covered then, {before} before",
            PlanLinksGap: "not proved: only the most promising links were tried, and no bound is known but that all are covered",
            PlanPMedian: "all ways together come to {sum}, each person's once",
            PlanPCenter: "the farthest are {most} away",
            PlanPushes: "{pushes} {pushes#push|pushes}: {done} times somebody gets an item done then, {before} times before",
            PlanProved: "proved: no choice among these places is better",
            PlanGap: "not proved: no choice among these places is better than {bound}, which is {gap} % off – allow more time (--seconds) to close in",
            PlanUnserved: "{count} cannot be served from any of these places: {names}",
            PlanHeadSite: "site",
            PlanHeadGain: "gain",
            PlanHeadTotal: "total",
            PlanHeadCost: "cost",
            PlanMore: "  … and {more} more, in plan.csv",
        }
    };
}

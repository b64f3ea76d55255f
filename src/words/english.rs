//! All English words, by key.

/// Names the keys of the words, and gives their English.
macro_rules! keys {
    ($($key:ident: $words:literal,)*) => {
        /// What is said.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Key {
            $($key,)*
        }

        impl Key {
            /// All keys.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$key,)*];
        }

        pub(super) const fn words(key: Key) -> &'static str {
            match key {
                $(Key::$key => $words,)*
            }
        }
    };
}

keys! {
    // General.
    Nothing: "",
    Verbatim: "{text}",
    ListSeparator: ", ",
    ClauseSeparator: "; ",

    // Verdicts, and what to do about each.
    VerdictCovered: "covered",
    VerdictTooFar: "too far",
    VerdictNotOffered: "not offered",
    VerdictOutOfReach: "out of reach",
    VerdictStranded: "stranded",
    VerdictUnknown: "unknown",
    CureCovered: "nothing to do",
    CureTooFar: "build or move a site",
    CureNotOffered: "push the items down to the sites nearby",
    CureOutOfReach: "build a site",
    CureStranded: "mend the data: add the missing streets",
    CureUnknown: "mend the data: correct the rejected rows",

    // Remedies of what is lacking.
    RemedyBuildSite: "build a site",
    RemedyHandDown: "push items down",
    RemedyCrossArea: "a cross-area window",
    RemedyHelper: "a helper",
    RemedyLongerHours: "longer hours",
    RemedyMendData: "mend the data",

    // The steps of an item.
    StepAccept: "accept",
    StepFirstReview: "first-review",
    StepReview: "review",
    StepDecide: "decide",
    StepIssue: "issue",
    StepSeparator: "+",

    // The days of the week.
    Monday: "Mo",
    Tuesday: "Tu",
    Wednesday: "We",
    Thursday: "Th",
    Friday: "Fr",
    Saturday: "Sa",
    Sunday: "Su",
    WeekMoment: "{day} {time}",

    // Channels and what coverage is counted by.
    ChannelAtSites: "at sites alone",
    ChannelWithOnline: "at sites and online",
    ChannelNotOnline: "those not online",
    CountedByPeople: "people",
    CountedByHouseholds: "households",
    CountedByBuildings: "buildings",
    CountedByArea: "residential area, m²",
    CountedByFirms: "firms",

    // Measures.
    Metres: "{metres} m",
    MinutesSeconds: "{minutes} min {seconds} s",
    Place: "{longitude} {east} {latitude} {north}",
    East: "E",
    West: "W",
    North: "N",
    South: "S",

    // Reading: the study file and the rules of the plan.

    // Summary: what was asked.
    SummaryWalk: "on foot at {kmh} km/h, walk rule {rule}; covered within {limit} {limit#minute|minutes} (inclusive), searched up to {search} {search#minute|minutes}; stranded beyond {snap} m off the streets{items}",
    SummaryItemsAsked: "; items asked: {count}",
    SummaryDate: "on the day {date}",
    SummaryLeaving: "leaving home {leaving} in the week of {week}; a site must be open on arrival",
    SummaryWeek: "coverage counts every site as open; hour by hour it is told for the week of {week}",
    SummaryStreets: "streets: {rules}",
    StreetsNoStairs: "no stairs",
    StreetsWheelchair: "by wheelchair",
    StreetsOneWay: "one-way passages",
    StreetsSlope: "slopes",
    StreetsCrossing: "each crossing {seconds} s",
    StreetsStairs: "each flight of stairs {seconds} s",
    SummaryZone: "zone {name}: {minutes} {minutes#minute|minutes} at {kmh} km/h ({by}), {people} people",
    ZoneOnFoot: "walk",

    // Summary: coverage.
    SummaryDoubts: "look at this first:",
    MoreDoubts: "  and {more} more (see findings.csv)",
    SummaryPeople: "{all} people in {cells} {cells#cell|cells}: {covered} covered, share {share}, score {score}",
    SummaryReason: "commonest reason: {verdict} ({people} people) – {cure}",
    SummaryBounds: "whatever lies beyond the boundary: between {lower} and {upper} ({people} people live near it)",
    SummaryGroups: "by group (at sites):",
    GroupsInAll: "all groups",
    GroupApart: "{name} (counted apart)",
    GroupWithOnline: "  with online {share}",
    SummaryChannels: "by channel:",
    SummaryCountedBy: "counted by:",
    SummaryThemes: "by theme (item by item):",
    ThemeOneStop: "at one stop {share}",
    SummaryHours: "of the {hours} hours of the week with any site open (those always open aside): worst {worst} ({low}), best {best} ({high})",
    NoHour: "none",
    SummaryWorstUnits: "units with the lowest share (first level below the top):",
    UnitLeftOut: "{left_out} of {all} people left out",
    SummaryWorstItems: "items that the fewest people get done:",
    SummarySnapping: "off the streets: sites {sites}; cells {cells}",
    OffsetsSome: "median {median} m, 95 % within {p95} m{stranded}",
    OffsetsNone: "none on a street{stranded}",
    OffsetsStranded: ", {count} stranded",
    SummaryFindings: "findings: {rejected} rejected, {repaired} repaired, {suspicious} suspicious, {notes} {notes#note|notes} (see findings.csv)",

    // Results: the output folder, findings of results, errors of a program.

    // Summary: assessment.
    SummaryPhases: "phases:",
    SummaryIndicators: "indicators:",
    SummaryLeading: "leading units:",
    SummaryTrailing: "trailing units:",
    SummaryDepartments: "departments, by people × items not done:",
    SummaryRedCells: "gravest cells:",
    SummaryRedItems: "gravest items:",
    SummaryChange: "with the what-if changes:",
    SummaryTrend: "since the earlier run:",
    TargetMet: "met",
    TargetMissed: "missed",
    NobodyLives: "nobody lives there",
    NoTarget: "no target",
    PhaseLine: "  {name} ({date}): {met}, {share}{score}{short}; units: {yes} met it, {no} missed",
    PhaseShare: "share {share}",
    PhaseShareAsked: "share {share} of {asked} asked",
    PhaseScoreAsked: ", score {score} of {asked} asked",
    PhaseShort: ", short by {people} {people#person|people}",
    LackHandDown: "push {steps} of “{item}”{more} down to {site}: {people} {people#person|people}",
    LackCrossArea: "open a cross-area window for “{item}”{more} at {site}: {people} {people#person|people}",
    LackHelper: "a helper at {site}: {people} {people#person|people}",
    LackLongerHours: "longer hours at {site}: {people} {people#person|people}",
    LackMendData: "mend the data: {people} {people#person|people}",
    LackBuildSite: "build a site: {people} {people#person|people}",
    LackMoreItems: " and {more} more",
    IndicatorTarget: ", asked {share}{by}",
    IndicatorShort: ", short by {count}",
    UnitRank: "score {score}  {rank} of {ranked}",
    NoDepartment: "(no department)",
    DepartmentDone: "{items} {items#item|items}, {share} done",
    RedCellUndone: "{people} {people#person|people}, {items} {items#item|items} not done, {verdict} → {cure}",
    RedItemLeftOut: "people left out",
    DifferenceLine: "{head} share {before} → {after}, {gained} people newly covered, {lost} no longer, {cells} {cells#cell|cells} changed",
    DifferenceOnlyOnce: "  {before} {before#cell|cells} only before, {after} only now: they count as neither",
    DifferenceNotAlike: "  not alike, so not comparable: {what}",

    // Reading: streets, extracts and heights.

    // Explanation: the verdict, and whom and what it is about.
    ExplainWhy: "why: {cell} × {item}",
    ExplainVerdict: "verdict: {verdict}, {more}",
    ExplainCell: "cell: {parts}",
    ExplainItem: "item: {parts}",
    ExplainAsked: "asked: {parts}",
    ExplainNotAsked: "note: this item is not among those asked of these people",
    VerdictBy: "by {site} after {time}",
    VerdictFar: "{site} does it after {time}, {over} too much",
    VerdictMissing: "nobody within the limit does {steps} for these people; nearest remedy at {site}",
    VerdictOnline: "without a visit",
    NobodyInSearch: "nobody within the search does it for these people",
    VerdictNoStreet: "no street is near",
    VerdictRowRejected: "the cell's row was rejected",
    People: "{people} {people#person|people}",
    PeopleByGroup: "{people} {people#person|people} ({groups})",
    OffStreet: "{metres} m off its street",
    OffNearestStreet: "{metres} m off the nearest street",
    ForPersons: "for persons",
    ForFirms: "for firms",
    ForBoth: "for persons and firms",
    ItemTheme: "theme {name}",
    ItemDepartment: "department {name}",
    OnlineNone: "not online",
    OnlinePart: "in part online",
    OnlineWhole: "wholly online: who goes online need not come",
    NoVisit: "no step needs a visit",
    VisitSteps: "steps that need a visit: {steps}",
    ReachOwnUnit: "handled by one's own unit or one above it",
    ReachAnywhere: "handled anywhere",
    Everybody: "everybody",
    WhoWithOnline: "{who} (online counts)",
    WithinLimit: "within {limit}, inclusive",
    InZone: "zone {name} ({by})",
    SpeedKmh: "{kmh} km/h",
    OnTheDay: "on the day {date}",
    LeavingAt: "leaving {moment}",
    OneWayFootways: "one-way footways one way",
    SlopesCount: "slopes count",
    CrossingAdds: "each crossing adds {time}",
    StairsAdd: "each flight of stairs adds {time}",

    // Explanation: the sites.
    ExplainSites: "sites: {all} in all, {near} within the search of {budget}, {within} within the limit of {limit}",
    MoreSites: "  … and {more} more",
    SiteDecision: "{site}: {decision}",
    CountsFor: "counts for {steps}",
    BeyondLimitDoes: "does {steps}, but beyond the limit",
    DoesNotCount: "does not count: {reasons}",
    DoesNoStep: "it does no step of it",
    DoesOnOtherDays: "it does {steps} from {from} to {until}",
    OpensOn: "it opens on {day}",
    ClosedSince: "it is closed since {day}",
    ServesOnly: "it serves only {unit}",
    KindBarred: "of a kind that the group may not use",
    HasNoHelper: "it has no helper",
    NotOpenThatDay: "not open that day",
    ClosedOnArrival: "closed on arrival at {moment} ({hours})",

    // Explanation: step by step, and the walks.
    ExplainSteps: "step by step:",
    StepNobody: "  {steps}: {nobody}",
    StepDoneAt: "  {steps}: {site} after {time}, {limit}{next}",
    StepNext: "; next {site} after {time}",
    WithinTheLimit: "within the limit",
    BeyondTheLimit: "beyond the limit",
    WalkDeciding: "the walk to the site that decides, {site}: {measures}",
    WalkNearest: "the walk to the nearest site of any kind, {site}: {measures}",
    WalkMeasures: "{metres}, {time}; {crow} in a straight line, detour ratio {detour}",
    WalkPart: "  {name} {metres}, {time}",
    WalkToStreet: "to the street",
    WalkToSite: "to the site",
    MoreStreets: "  … and {more} more",
    UnnamedStreet: "unnamed street",
    StairsOf: "{name} (stairs)",
    CrossingOf: "{name} (crossing)",

    // Explanation: cures and alternatives.
    ExplainCure: "what would cure it: {cure}",
    ExplainOtherwise: "otherwise: {alternative}",
    ExplainFarther: "farther off: {elsewhere}",
    CureNearer: "build or move a site that does it to within {within} of walking",
    CureNearerBy: "build or move a site that does it to within {within} of walking; it is {over}, {metres}, too far",
    CureHandDown: "hand {steps} down to {site}",
    CureAtSite: "at {site}, for {steps}",
    CureLifting: "{place}: {lifted}",
    CureStreet: "{mend}: the nearest street is {near} off, at most {most} are walked",
    Unmeasured: "–",
    LiftHours: "longer hours{arrival}",
    LiftArrival: " ({moment})",
    LiftKind: "open it to the group",
    LiftHelper: "a helper",
    LiftOwnUnit: "a cross-area window",
    LiftDates: "an earlier day",
    WithoutNobody: "if {closed} closed, nobody within the search would do it",
    WithoutThen: "if {closed} closed, {site} after {time}, {limit}",
    LiftingThen: "if {rule}, {site} after {time}, {limit}",
    AtSiteThen: "at a site: {site} after {time}, {limit}",
    IfHours: "every site were open",
    IfGroup: "the group could use every site",
    IfOwnUnit: "it were handled anywhere",
    IfDates: "every site and offer held on the day",
    ElsewhereWalk: "{site} does {steps}, a walk of {metres}, {time} ({crow} in a straight line)",
    ElsewhereNoWay: "{site} does {steps}, {crow} in a straight line, no way leads there",

    // What is wrong with an input, and where.
    WrongAtPlace: "{file}, {place}: {message}",
    WrongInFile: "{file}: {message}",
    WrongIs: "{subject}{what}{remedy}",
    ThenDo: " – {remedy}",
    PlaceRow: "row {number}",
    PlaceFeature: "feature {number}",
    PlaceLine: "line {number}",
    NounKey: "key",
    NounProperty: "property",
    NounColumn: "column",
    ValueOfColumn: "{noun} \"{column}\" is \"{found}\", expected ",
    OfColumn: "{noun} \"{column}\": ",
    OfValue: "\"{found}\": ",
    OrSkip: "{remedy}, or run with --on-bad skip to leave such rows out",
    OrSkipAfterQuestion: "{remedy} Or run with --on-bad skip to leave such rows out",
    OrSkipInstead: "{remedy}, or run with --on-bad skip: then {instead}",
    Instead: "{message}; {instead}",
    InBlob: "blob {number} at byte {offset}: {what}",

    // Reading: formats and tables.
}

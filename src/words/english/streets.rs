//! English words of who may walk which street, and of what a file of streets says beside that.

/// Adds these words to those before, and hands all of them on.
macro_rules! streets {
    ($($before:tt)*) => {
        plans! {
            $($before)*
            // Squares.
            SquaresWord: "how squares are walked: outline or across",
            SquaresOfW2: "walk rule W2 knows the outlines of squares alone",
            SquaresNeedW3: "leave squares out, or write rule = \"W3\"",
            SquaresCrossed: "{count} {count#square is|squares are} crossed by {lines} straight {lines#way|ways} from entrance to entrance, wherever nothing lies between",
            SquaresNotCrossed: "{count} {count#square is|squares are} walked along {count#its outline|their outlines} only: the outline does not close, or has too many entrances, or the squares before took too long",
            SquaresOutlined: "{count} {count#square or other area is|squares and other areas are} walked along {count#its outline|their outlines} only; squares = \"across\" in [walk] crosses them in straight lines too",
            // Compounds.
            CompoundsOfNobody: "somebody who walks the streets of the compounds in inputs.compounds",
            CompoundsNeedResidents: "write private = \"residents\", or leave inputs.compounds out",
            CompoundsWithoutStreets: "no street has a vertex within {count} of the {all} {all#area|areas} of compounds: whoever lives behind {count#its wall|their walls} is cut off – add the streets of the compounds, or leave those without streets out of inputs.compounds",
            // What is not understood.
            UnknownStreetClasses: "{count} {count#line has|lines have} a class of street that no list knows – {list} – and {count#is|are} closed: say what such a class is with {setting}",
            UnknownPermissions: "{count} {count#permission is|permissions are} not understood – {list} – and {count#opens|open} nothing: say what such a value is with {setting}",
            UnknownBarriers: "{count} {count#node has|nodes have} a barrier that no list knows – {list} – and {count#is|are} closed to everybody: write foot=yes at those that can be walked through",
            OtherLines: "{count} {count#line says|lines say} that {count#it is|they are} something else than a street – {list}: not walked – leave them out, or give highway to those that are streets",
            ConditionalPermissions: "{count} {count#permission holds|permissions hold} for some hours only – {list} – and {count#is|are} not applied: the other tags decide",
            UnreadAttributes: "{count} {count#line has|lines have} tags that are not written as \"key\"=>\"value\" – {list}: not read – export the tags as columns of their own",
            NodesOffTheStreets: "{count} {count#barrier or crossing stands|barriers and crossings stand} on no vertex of a street – {list} – and {count#changes|change} nothing: put the street's vertex there",
            StreetClassesUnread: "{count} {count#line has|lines have} what looks like a class of street in a column that is not read – {list}: all of them are walked – if it is one, write {setting}",
            GeofabrikClasses: "the classes of {count} {count#line|lines} are read from fclass, as Geofabrik writes them",
            OddThing: "{what}: {count} ({places}{more})",
            OthersOfThem: "{count} more",

            InNode: "node {id}: {what}",
            InRelation: "relation {id}: {what}",

            // The columns of streets.
            NoStreetAttribute: "a known attribute of streets",
            KnownAttributes: "known ones: {names}",
            NoStreetColumn: "a column of the file, for {known}",
            NoSuchStreetWord: "a class of street (highway) or a permission (access) in OpenStreetMap's words, for {theirs}",
            WriteStreetWord: "write one of theirs, such as residential, motorway, private or no",
            ValuesUnused: "{count} of the study's values {count#stands|stand} nowhere in the columns that are read: {list}",
            ColumnsOfAMap: "columns are of tables; an OpenStreetMap file has tags, which have one meaning",
            LeaveColumnsOut: "leave columns out",
            WalkRuleWord: "a walk rule: W3 or W2",

            ElevatorOf: "{name} (lift)",
        }
    };
}

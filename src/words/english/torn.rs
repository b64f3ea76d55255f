//! English words of streets that should hang together: islands, and joints that are missing.

/// Adds these words to those before, and hands all of them on.
macro_rules! torn {
    ($($before:tt)*) => {
        hours! {
            $($before)*
            // The study file.
            IslandsWord: "what is done about islands: avoid or keep",
            // Heights.
            HeightsImpossible: "{count} {count#pixel|pixels} of the model under the streets {count#holds|hold} what is no height, such as {value}: taken for none – name the void value (nodata) of the file, or fill the voids",
            HeightsZero: "{count} {count#pixel|pixels} of the model under the streets {count#is|are} 0 with land of 20 m and more all around: taken for none – fill the voids if it matters",
            SteepStreets: "{count} pieces of street rise more than 35 %, the steepest {most} %: nobody walks so – are these heights in metres, or a measure along the line (M) in their place?",
            // Joints.
            JointTee: "a vertex on a street that has none there",
            JointNearMiss: "two vertices that just miss each other",
            JointCrossing: "a crossing without a vertex in common",
            // Torn streets.
            TornTees: "{count} {count#vertex lies|vertices lie} on a street that has no vertex there, or within {metres} m of it: nobody can turn there – write join_m = {metres} under [walk] to join them; the places are in joints.geojson",
            TornMisses: "{count} {count#pair|pairs} of vertices just miss each other, by {metres} m or less: nobody can turn there – write join_m = {metres} under [walk] to join them; the places are in joints.geojson",
            TornCrossings: "streets cross without a vertex in common at {count} {count#place|places}, with no bridge or tunnel among them: nobody can turn there – split the lines where they cross, or tag those that lead over or under (bridge=yes, tunnel=yes); the places are in joints.geojson",
            StreetsJoined: "{count} {count#place|places} where streets missed each other by {metres} m or less: joined, as join_m asks",
            JointRow: "{what}, {metres} m apart{cut}",
            JointCuts: ": it cuts off {people} people in {cells} {cells#cell|cells}, and {sites} {sites#site|sites}",
            IslandsBeside: "{sites} {sites#site|sites} and {cells} {cells#cell|cells} with {people} people have an island for their nearest street, a part of fewer than 50 vertices that no way leads away from: {parts}{names} – mend the streets there; the places are in islands.geojson",
            IslandsLeft: "{count} of them hang on a larger part instead, as islands = \"avoid\" says",
            IslandsStay: "{count} hang on it, and reach or serve nobody else",
            IslandsSites: " (sites: {names})",
            IslandRow: "an island of {vertices} {vertices#vertex|vertices} and {metres}: {sites} {sites#site|sites} and {cells} {cells#cell|cells} with {people} people stand beside it, {left} of them {left#hangs|hang} on a larger part instead{apart}",
            IslandRowApart: "; it comes nearest to a larger part here, {metres} off",
            SiteOnIsland: "it hangs on an island of {vertices} {vertices#vertex|vertices}: it serves nobody who does not hang there, too",
            SiteLeftIsland: "its nearest street is on an island of {vertices} {vertices#vertex|vertices}: it hangs on a larger part, {gap} m off",
            CellOnIsland: "it hangs on an island of {vertices} {vertices#vertex|vertices}: its people reach nothing that does not hang there, too",
            CellLeftIsland: "its nearest street is on an island of {vertices} {vertices#vertex|vertices}: it hangs on a larger part, {gap} m off",
            ExplainIslandLeft: "note: its nearest street is on an island of {vertices} {vertices#vertex|vertices} and {metres}, which no way leads away from: it hangs on a larger part instead",
            BoundsNeedAll: "min_component = {least} leaves streets aside: the bounds at the border rest on min_component = 0",
        }
    };
}

//! English words of walks in tiles, and of shares of a run.

/// Adds these words to those before, and hands all of them on.
macro_rules! tiles {
    ($($before:tt)*) => {
        tables! {
            $($before)*
            // What is wrong with a tile or its rows.
            TileNone: "this is no tile, nor what one came to – give the bytes that were made",
            TileOtherVersion: "it is of format {found}, and this walkshed reads {expected} – make it anew with the same version everywhere",
            TileDamaged: "its checksum is wrong: it was cut short or changed on the way – make or copy it anew",
            TileMalformed: "its checksum is right, but a number in it leads nowhere – make it anew",
            TileTooManyPairs: "more than {most} pairs of cell and site lie within the search of each other, and more the study's memory does not hold – ask for fewer search_minutes under [target], or raise memory_mb under [limits]",
            // Why tiles do not make up a study.
            MergeTile: "rows {place}: {error}",
            MergeOtherPlan: "rows {place} are of other streets, sites, cells or ways of walking, or of another number of tiles – score the tiles of this study, all of them",
            MergeTwice: "tile {tile} was scored twice with different results – score it anew",
            MergeMissing: "these tiles are missing: {tiles} – score them first",
        }
    };
}

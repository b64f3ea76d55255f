//! English words of a first study file, made of a folder.

/// Adds these words to those before, and hands all of them on.
macro_rules! first {
    ($($before:tt)*) => {
        tiles! {
            $($before)*
            // What a file is used as.
            FirstStreets: "streets",
            FirstSites: "service sites",
            FirstCells: "where people live",
            FirstUnits: "administrative units",
            FirstItems: "service items",
            FirstOffers: "what is handled where",
            FirstDepartments: "departments",
            FirstLinks: "fixed links",
            FirstBarriers: "barriers",
            FirstBoundary: "the boundary of the study area",
            FirstElevation: "an elevation model",
            // What a file is.
            FirstMap: "a map of OpenStreetMap",
            FirstRaster: "a raster",
            FirstRows: "{count} {count#row|rows}",
            FirstLines: "{count} {count#line|lines}",
            FirstAreas: "{count} {count#area|areas}",
            FirstPoints: "{count} {count#point|points}",
            // By what it is known.
            FirstByMap: "known by its format",
            FirstByLines: "lines that nothing says are anything else",
            FirstByNamesInTheWay: "most lines are named like water or walls",
            FirstByOneArea: "one area alone",
            FirstByTicks: "ticks below heads of its own",
            FirstByHeads: "known by the heads {heads}",
            FirstByName: "by the name of the file alone",
            FirstAndByName: "{why}, and by the name of the file",
            FirstByPixels: "by the name of the file and by its values",
            FirstByPixelsAlone: "by the name of the file or by its values alone, so not sure: look at it",
            // The study file.
            FirstHead: "Written by init from the files of this folder. Beside each file stands by what it was recognised (the more points, the surer). Look it over before you rely on it",
            FirstTaken: "{role}: {what}; {why} ({score} points)",
            FirstColumn: "{head} is taken for {column}",
            FirstBuildings: "its areas are buildings: the people of the units are spread over them",
            FirstCrs: "read as {crs} it fits the streets, as WGS84 it does not: ask whoever delivered the file",
            FirstDoubled: "several columns mean {column}, so the file cannot be read yet: write one of these lines instead",
            FirstLookalike: "some heads look like columns that are needed; if they are, write this line instead:",
            FirstUndecided: "{role}: it cannot be told which of these is meant; take the # away before its line",
            FirstPossible: "possible: {what}; {why} ({score} points)",
            FirstPossibleUnknown: "possible: {what}, of which nothing says what they are",
            FirstRival: "less likely: {what}; {why} ({score} points)",
            FirstNotFound: "{role}: none of the files was recognised as that",
            FirstDefaultCrs: "The coordinate system of files that name none. Places picked on Amap or Tencent maps are \"GCJ-02\", on Baidu maps \"BD-09\"",
            FirstSpeed: "How fast people walk on the flat, in km/h",
            FirstSlope: "Heights change nothing by themselves; with this line uphill and steep downhill are slower:",
            FirstMinutes: "How long the walk may take, in minutes",
            FirstHighFrequency: "Of all items; with this line of those that are asked for often:",
            FirstNotUsed: "Not used:",
            FirstNotUsedFile: "{file}: {why}",
            // Why a file is not used.
            FirstNothingKnown: "{what}, of which nothing is known",
            FirstTied: "{what}, which could as well be {roles}",
            FirstMapWithoutStreets: "a map of OpenStreetMap without streets",
            FirstEmptyFile: "it is empty",
            FirstTooLarge: "it has {mb} MB, and no more than {most} MB are looked at",
            FirstUnreadable: "it cannot be read ({error})",
            FirstOddName: "its name is not Unicode, so no study file can name it: rename it",
            FirstOurs: "a result of an earlier run",
            FirstStudyFile: "a study file",
            FirstTooMany: "no more than {most} files are looked at",
            // On the screen.
            FirstSaidTaken: "{role}: {file}",
            FirstSaidUnsure: "{role}: {file} – {why}",
            FirstSaidCrs: "{file} fits the streets as {crs}, not as WGS84: ask whoever delivered it",
            FirstSaidUndecided: "{role}: it cannot be told which file is meant; the candidates stand in comments in study.toml",
            FirstSaidUnused: "not used: {file}: {why}",
            FirstMissing: "not found: {roles}; these files were looked at: {files}",
            FirstMissingNoFiles: "not found: {roles}; the folder holds no file to look at",
            FirstSound: "nothing has to be mended: the study can be run",
            FirstMend: "{count} {count#thing has|things have} to be mended: check tells which",
        }
    };
}

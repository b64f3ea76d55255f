//! English words of what a map holds beside streets, and of points of interest.

/// Adds these words to those before, and hands all of them on.
macro_rules! maps {
    ($($before:tt)*) => {
        streets! {
            $($before)*
            // Sites of a map.
            TagsOrKinds: "tags in a list, {example}, or each with its kind",
            AMap: "a map of OpenStreetMap: .osm, .osm.pbf, or JSON of Overpass",
            NameAMap: "name such a file (--map), or other candidates",
            ATagOfAMap: "a tag of OpenStreetMap: a key and a value",
            WriteTag: "write it as \"amenity=bank\"",
            MapSites: "{count} {count#site|sites} taken from the map: {kinds}; {entrances} stand at a mapped entrance, {nameless} have no name",
            MapSitesTwice: "{count} {count#site|sites} of the map stand within one of the same kind, such as {one} in {other}: perhaps mapped twice – remove one of them in OpenStreetMap",
            MapSitesClosed: "{count} {count#site|sites} of the map are disused, or not for the public (access): left out",
            MapSitesCut: "{count} {count#site lies|sites lie} in part beyond the map, such as {id}: left out – take a larger extract",
            MapSitesOpen: "{count} {count#site is an area|sites are areas} whose outline does not close, such as {id}: left out – correct {count#it|them} in OpenStreetMap",
            MapSitesOutlines: "{count} {count#way is|ways are} the outline of an area of the same kind: the area counts alone",
            MapSitesAllLost: "no object with one of the tags {tags} can be used: {cut} lie in part beyond the map, {closed} are disused or not for the public, the outlines of {open} do not close",
            MapWithoutSites: "no object of the map has one of the tags {tags}",
            NameOtherTags: "name other tags, or another map",
            MapHoursUnknown: "the hours of {count} {count#site|sites} of the map are not understood, such as \"{first}\": left out, as if not stated – correct them in OpenStreetMap",
            // Points of interest.
            PoiKinds: "{count} {count#row has|rows have} a category in \"{head}\" that is a kind of sites: {kinds}",
            PoiUnknown: "{count} {count#row is|rows are} of {categories} {categories#category that is no kind|categories that are no kinds} of sites, the most frequent {list}: left out – list all categories that are to count in inputs.sites.tags if one of these is",
            PoiNothing: "none of its categories is a kind of sites; the most frequent are {list}",
            NameCategories: "list those that are to count in inputs.sites.tags",
            PoiDatum: "the coordinates of {publisher} are {crs}, and are read as WGS84 here, some hundred metres off – write crs = \"{crs}\" for the sites, unless they were converted",
            PublisherAmap: "Amap",
            PublisherBaidu: "Baidu",
            TagsOfNoMap: "tags are of maps of OpenStreetMap, and of tables with the categories of Amap or Baidu",
        }
    };
}

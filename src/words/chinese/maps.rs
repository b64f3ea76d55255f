//! Chinese words of what a map holds beside streets, and of points of interest.

/// Adds these words to those before, and hands all of them on.
macro_rules! maps {
    ($($before:tt)*) => {
        streets! {
            $($before)*
            // 地图中的服务点
            TagsOrKinds: "标签列表 {example}，或每个标签对应的服务点类型",
            AMap: "应为 OpenStreetMap 地图：.osm、.osm.pbf，或 Overpass 的 JSON",
            NameAMap: "请给出这样的文件（--map），或改用其他备选点",
            ATagOfAMap: "OpenStreetMap 标签：键和值",
            WriteTag: "请写成 \"amenity=bank\"",
            MapSites: "从地图中取得 {count} 个服务点：{kinds}；其中 {entrances} 个位于地图标出的入口，{nameless} 个没有名称",
            MapSitesTwice: "地图中有 {count} 个服务点位于同类服务点之内（如 {one} 在 {other} 之内）：可能重复。请在 OpenStreetMap 中删去其一",
            MapSitesClosed: "地图中有 {count} 个服务点已停用或不对公众开放（access）：已略去",
            MapSitesCut: "有 {count} 个服务点（如 {id}）部分在地图范围之外：已略去。请取更大范围的地图",
            MapSitesOpen: "有 {count} 个服务点（如 {id}）的边线不闭合：已略去。请在 OpenStreetMap 中更正",
            MapSitesOutlines: "有 {count} 条线是同类面状服务点的边线：只计该面",
            MapSitesAllLost: "带下列标签的对象均不可用：{tags}。其中 {cut} 个部分在地图范围之外，{closed} 个已停用或不对公众开放，{open} 个边线不闭合",
            MapWithoutSites: "地图中没有带下列标签的对象：{tags}",
            NameOtherTags: "请指定其他标签或其他地图",
            MapHoursUnknown: "地图中 {count} 个服务点的开放时间无法理解（如“{first}”）：按未说明处理。请在 OpenStreetMap 中更正",
            // 兴趣点
            PoiKinds: "{count} 行在“{head}”列中的分类属于服务点类型：{kinds}",
            PoiUnknown: "{count} 行属于 {categories} 种不是服务点的分类，最多的是 {list}：已略去。如其中有应计入的，请在 inputs.sites.tags 中列出全部应计入的分类",
            PoiNothing: "其中没有属于服务点的分类，最多的是 {list}",
            NameCategories: "请在 inputs.sites.tags 中列出应计入的分类",
            PoiDatum: "{publisher}的坐标是 {crs}，此处按 WGS84 读取，会偏差数百米。请为服务点写明 crs = \"{crs}\"（已转换过的除外）",
            PublisherAmap: "高德",
            PublisherBaidu: "百度",
            TagsOfNoMap: "tags 只用于 OpenStreetMap 地图，以及带高德或百度分类的表格",
        }
    };
}

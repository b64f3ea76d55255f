//! Chinese words of streets that should hang together: islands, and joints that are missing.

/// Adds these words to those before, and hands all of them to the match.
macro_rules! torn {
    ($($before:tt)*) => {
        hours! {
            $($before)*
            // 项目文件
            IslandsWord: "如何处理孤立路网：avoid（避开）或 keep（保留）",
            // 高程
            HeightsImpossible: "高程模型在道路下有 {count} 个像元的值不可能是高程，例如 {value}：按无高程处理——请在文件中写明无效值（nodata），或填补空洞",
            HeightsZero: "高程模型在道路下有 {count} 个像元为 0，而四周地面都在 20 米以上：按无高程处理——如有影响，请填补空洞",
            SteepStreets: "有 {count} 段道路坡度超过 35 %，最陡的为 {most} %：没有人这样走路——这些真的是以米计的高程，还是沿线量度值（M）？",
            // 接头
            JointTee: "端点落在另一条路上，而那条路在此没有节点",
            JointNearMiss: "两个节点相近而未相接",
            JointCrossing: "两路相交而没有共用节点",
            // 断开的道路
            TornTees: "有 {count} 个节点落在一条路上，或离它不到 {metres} 米，而那条路在此没有节点：行人无法在此转弯——在 [walk] 下写 join_m = {metres} 即可接上；位置见 joints.geojson",
            TornMisses: "有 {count} 对节点相距不到 {metres} 米而未相接：行人无法在此通过——在 [walk] 下写 join_m = {metres} 即可接上；位置见 joints.geojson",
            TornCrossings: "有 {count} 处道路相交而没有共用节点，其中没有桥梁或隧道：行人无法在此转弯——请在相交处打断道路，或给上跨、下穿的道路标注（bridge=yes、tunnel=yes）；位置见 joints.geojson",
            StreetsJoined: "有 {count} 处道路相距不到 {metres} 米：已按 join_m 接上",
            JointRow: "{what}，相距 {metres} 米{cut}",
            JointCuts: "：隔断 {cells} 个居民点的 {people} 人和 {sites} 个服务点",
            IslandsBeside: "有 {sites} 个服务点和 {cells} 个居民点（{people} 人）的最近道路在孤立路网上，即不足 50 个节点、与外界不通的一片：{parts}{names}——请修补那里的道路；位置见 islands.geojson",
            IslandsLeft: "按 islands = \"avoid\"，其中 {count} 个改接较大的路网",
            IslandsStay: "{count} 个接在孤立路网上，不能到达或服务其他任何人",
            IslandsSites: "（服务点：{names}）",
            IslandRow: "孤立路网：{vertices} 个节点，{metres}；旁边有 {sites} 个服务点和 {cells} 个居民点（{people} 人），其中 {left} 个改接较大的路网{apart}",
            IslandRowApart: "；此处离较大的路网最近，相距 {metres}",
            SiteOnIsland: "接在 {vertices} 个节点的孤立路网上：只能服务同一片上的人",
            SiteLeftIsland: "最近道路在 {vertices} 个节点的孤立路网上：改接 {gap} 米外较大的路网",
            CellOnIsland: "接在 {vertices} 个节点的孤立路网上：居民只能到达同一片上的服务点",
            CellLeftIsland: "最近道路在 {vertices} 个节点的孤立路网上：改接 {gap} 米外较大的路网",
            ExplainIslandLeft: "注意：最近道路在孤立的一片上，{vertices} 个节点，{metres}，与外界不通：改接较大的路网",
            BoundsNeedAll: "min_component = {least} 忽略了一部分道路：边界上下限须以 min_component = 0 为前提",
        }
    };
}

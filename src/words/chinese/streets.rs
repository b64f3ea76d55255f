//! Chinese words of who may walk which street, and of what a file of streets says beside that.

/// Adds these words to those before, and hands all of them on.
macro_rules! streets {
    ($($before:tt)*) => {
        plans! {
            $($before)*
            // Squares.
            SquaresWord: "如何穿过广场：outline（沿边线）或 across（直线穿过）",
            SquaresOfW2: "步行规则 W2 只认广场边线",
            SquaresNeedW3: "删去 squares，或写 rule = \"W3\"",
            SquaresCrossed: "{count} 处广场可直线穿过：出入口之间无遮挡的直线共 {lines} 条",
            SquaresNotCrossed: "{count} 处广场只沿边线步行：边线不闭合、出入口过多，或之前的广场计算量已达上限",
            SquaresOutlined: "{count} 处广场等面状区域只沿边线步行；在 [walk] 中写 squares = \"across\" 也可直线穿过",
            // 小区。
            CompoundsOfNobody: "inputs.compounds 中小区的道路须有人可走",
            CompoundsNeedResidents: "请写 private = \"residents\"，或删去 inputs.compounds",
            CompoundsWithoutStreets: "{all} 个小区面中有 {count} 个内部没有道路顶点：住在其围墙内的人都被隔断——请补上小区内部道路，或从 inputs.compounds 中去掉没有道路的小区",
            // What is not understood.
            UnknownStreetClasses: "{count} 条线的道路等级不在任何列表中（{list}），按不可通行处理：请用 {setting} 说明其含义",
            UnknownPermissions: "{count} 处通行许可无法理解（{list}），按不可通行处理：请用 {setting} 说明其含义",
            UnknownBarriers: "{count} 个节点的障碍类型不在任何列表中（{list}），按任何人不可通过处理：可以走过的请写 foot=yes",
            OtherLines: "{count} 条线写明不是道路（{list}），不步行：请删去，是道路的请补写 highway",
            ConditionalPermissions: "{count} 处通行许可只在部分时段有效（{list}），未采用：以其他标签为准",
            UnreadAttributes: "{count} 条线的标签不是 \"键\"=>\"值\" 的写法（{list}），未读取：请把标签导出为单独的列",
            NodesOffTheStreets: "{count} 处障碍或过街点不在道路顶点上（{list}），不起作用：请在该处给道路加顶点",
            StreetClassesUnread: "{count} 条线有一列像是道路等级但未读取（{list}），全部按可步行处理：如确是道路等级，请写 {setting}",
            GeofabrikClasses: "{count} 条线的道路等级取自 fclass 列（Geofabrik 的写法）",
            OddThing: "{what}：{count} 处（{places}{more}）",
            OthersOfThem: "另有 {count} 处",

            InNode: "节点（node）{id}：{what}",
            InRelation: "关系（relation）{id}：{what}",

            // The columns of streets.
            NoStreetAttribute: "已知的道路属性",
            KnownAttributes: "可用的有：{names}",
            NoStreetColumn: "文件中的列，用作 {known}",
            NoSuchStreetWord: "OpenStreetMap 的道路等级（highway）或通行许可（access），用于 {theirs}",
            WriteStreetWord: "请写其中之一，如 residential、motorway、private、no",
            ValuesUnused: "项目所列的值有 {count} 个未在所读的列中出现：{list}",
            ColumnsOfAMap: "columns 用于表格；OpenStreetMap 文件的标签含义固定",
            LeaveColumnsOut: "请删去 columns",
            WalkRuleWord: "步行规则：W3 或 W2",

            ElevatorOf: "{name}（电梯）",
        }
    };
}

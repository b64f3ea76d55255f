//! Chinese words of a first study file, made of a folder.

/// Adds these words to those before, and hands all of them on.
macro_rules! first {
    ($($before:tt)*) => {
        tiles! {
            $($before)*
            // What a file is used as.
            FirstStreets: "道路",
            FirstSites: "服务点",
            FirstCells: "居民点",
            FirstUnits: "行政单位",
            FirstItems: "事项目录",
            FirstOffers: "各处可办事项",
            FirstDepartments: "部门",
            FirstLinks: "固定线路",
            FirstBarriers: "屏障",
            FirstBoundary: "分析范围的边界",
            FirstElevation: "高程模型",
            // What a file is.
            FirstMap: "OpenStreetMap 地图",
            FirstRaster: "栅格",
            FirstRows: "{count} 行",
            FirstLines: "{count} 条线",
            FirstAreas: "{count} 个面",
            FirstPoints: "{count} 个点",
            // By what it is known.
            FirstByMap: "由文件格式认出",
            FirstByLines: "都是线，没有别的特征",
            FirstByNamesInTheWay: "多数线的名称像是水体或围墙",
            FirstByOneArea: "只有一个面",
            FirstByTicks: "各列中有√",
            FirstByHeads: "由列名认出：{heads}",
            FirstByName: "仅由文件名认出",
            FirstAndByName: "{why}；文件名也相符",
            FirstByPixels: "由文件名和数值认出",
            FirstByPixelsAlone: "仅由文件名或仅由数值认出，不能确定，请核对",
            // The study file.
            FirstHead: "本文件由 init 根据本文件夹中的文件写成。每个文件旁注明认出的依据，分数越高越可靠。请核对后再使用",
            FirstTaken: "{role}：{what}；{why}（{score} 分）",
            FirstColumn: "{head}列当作 {column}",
            FirstBuildings: "其中的面是建筑：各单位的人口分摊到这些建筑",
            FirstCrs: "按 {crs} 读与道路相符，按 WGS84 则不符：请向提供文件的单位核实",
            FirstDoubled: "有几列都表示 {column}，因此还读不了：请改用下列各行之一",
            FirstLookalike: "有的列名像是需要的列；如果确实是，请改用这一行：",
            FirstUndecided: "{role}：无法判断是下列哪一个；请删去所用那一行开头的 #",
            FirstPossible: "可能是：{what}；{why}（{score} 分）",
            FirstPossibleUnknown: "可能是：{what}，但看不出是什么",
            FirstRival: "可能性较小：{what}；{why}（{score} 分）",
            FirstNotFound: "{role}：没有认出这样的文件",
            FirstDefaultCrs: "文件未注明坐标系时采用。高德、腾讯地图上取的点是 \"GCJ-02\"，百度地图是 \"BD-09\"",
            FirstSpeed: "平地步行速度，公里/小时",
            FirstSlope: "高程本身不影响结果；用下面这一行则上坡和陡下坡走得慢：",
            FirstMinutes: "步行时限，分钟",
            FirstHighFrequency: "默认看全部事项；用下面这一行则只看高频事项：",
            FirstNotUsed: "未用的文件：",
            FirstNotUsedFile: "{file}：{why}",
            // Why a file is not used.
            FirstNothingKnown: "{what}，看不出是什么",
            FirstTied: "{what}，这几种都有可能：{roles}",
            FirstMapWithoutStreets: "OpenStreetMap 地图，其中没有道路",
            FirstEmptyFile: "文件是空的",
            FirstTooLarge: "文件有 {mb} MB，超过 {most} MB 的不看",
            FirstUnreadable: "无法读取（{error}）",
            FirstOddName: "文件名不是 Unicode，项目文件中无法写出：请改名",
            FirstOurs: "以前运行的结果",
            FirstStudyFile: "项目文件",
            FirstTooMany: "最多只看 {most} 个文件",
            // On the screen.
            FirstSaidTaken: "{role}：{file}",
            FirstSaidUnsure: "{role}：{file}——{why}",
            FirstSaidCrs: "{file} 按 {crs} 读与道路相符，按 WGS84 则不符：请向提供文件的单位核实",
            FirstSaidUndecided: "{role}：无法判断是哪个文件，候选文件写在 study.toml 的注释中",
            FirstSaidUnused: "未用：{file}：{why}",
            FirstMissing: "未找到：{roles}；看过的文件：{files}",
            FirstMissingNoFiles: "未找到：{roles}；文件夹中没有可看的文件",
            FirstSound: "没有须改正的，可以运行",
            FirstMend: "有 {count} 处须改正：可用 check 列出",
        }
    };
}

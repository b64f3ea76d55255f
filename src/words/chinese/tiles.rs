//! 分块步行与分份运行的中文文字。

/// Adds these words to those before, and hands all of them on.
macro_rules! tiles {
    ($($before:tt)*) => {
        tables! {
            $($before)*
            TileNone: "这不是分块，也不是分块的结果——请提供原样生成的字节",
            TileOtherVersion: "其格式为第 {found} 版，而本程序读取第 {expected} 版——请在各处用同一版本重新生成",
            TileDamaged: "校验和不符：传输中被截断或改动——请重新生成或复制",
            TileMalformed: "校验和相符，但其中有数字无所指——请重新生成",
            TileTooManyPairs: "在查找范围内的居民点与服务点组合超过 {most} 个，项目的内存容纳不下——在 [target] 中调小 search_minutes，或在 [limits] 中调大 memory_mb",
            MergeTile: "第 {place} 份结果：{error}",
            MergeOtherPlan: "第 {place} 份结果出自不同的道路、服务点、居民点或步行方式，或不同的分块数——请计算本项目的全部分块",
            MergeTwice: "分块 {tile} 计算了两次且结果不同——请重新计算",
            MergeMissing: "缺少分块：{tiles}——请先计算",
        }
    };
}

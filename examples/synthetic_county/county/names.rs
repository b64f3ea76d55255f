//! Invented names of villages, communities, banks and malls.

const HEADS: [&str; 40] = [
    "枫林", "石桥", "大屋", "桂花", "柘港", "鹤山", "荷塘", "沙港", "松岭", "竹园", "槐树", "梅坂",
    "稻香", "柳溪", "樟树", "茶岭", "新垦", "杨柳", "东坂", "西湾", "红星", "光明", "前进", "胜利",
    "双桥", "龙潭", "凤形", "青山", "白石", "黄土", "月塘", "芦花", "棠梨", "枣林", "河口", "古塘",
    "石塘", "高桥", "平畈", "云峰",
];
const TAILS: [&str; 12] = [
    "", "上", "下", "新", "东", "西", "南", "北", "畈", "冲", "湾", "岭",
];
const QUARTERS: [&str; 24] = [
    "石钟",
    "江桥",
    "台山",
    "三里",
    "洋港",
    "月亮山",
    "湖滨",
    "文昌",
    "渡口",
    "朝阳",
    "迎宾",
    "学府",
    "金砂",
    "望江",
    "春桥",
    "老街",
    "新区",
    "柳德",
    "集市",
    "向阳",
    "和平",
    "安康",
    "繁荣",
    "阳光",
];
/// Invented banks.
pub const BANKS: [&str; 4] = ["赣北农商行", "江湖银行", "钟山村镇银行", "鄱湖银行"];
/// Invented malls.
pub const MALLS: [&str; 6] = ["滨江", "万家", "钟山", "金湖", "百联", "新天地"];

/// Hands out names; the first 480 villages and 24 communities have different ones.
#[derive(Default)]
pub struct Villages {
    villages: usize,
    communities: usize,
}

impl Villages {
    /// The next village.
    pub fn village(&mut self) -> String {
        let k = self.villages;
        self.villages += 1;
        let tail = (k / HEADS.len() + k * 5) % TAILS.len();
        format!("{}{}村", HEADS[k % HEADS.len()], TAILS[tail])
    }

    /// The next community.
    pub fn community(&mut self) -> String {
        let k = self.communities;
        self.communities += 1;
        let round = if k < QUARTERS.len() {
            String::new()
        } else {
            format!("第{}", k / QUARTERS.len() + 1)
        };
        format!("{}{round}社区", QUARTERS[k % QUARTERS.len()])
    }
}

/// A township's name without its rank.
pub fn short(name: &str) -> &str {
    name.strip_suffix(['镇', '乡']).unwrap_or(name)
}

//! The catalogue of a large county's service items, and which kind of site handles which.

use super::sites::Site;

/// One item: name, audience, theme, department, invented yearly volume, high frequency, kinds of site.
///
/// Kinds by letter: T township centre, V village station, B bank terminal, M mall kiosk, S kiosk at a station,
/// P post office, L telecom outlet, Z zone centre, D digital town. The county hall handles everything.
pub struct Item(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
    bool,
    &'static str,
);

/// Kinds of site, each with its letter in [`Item`].
pub const KINDS: [(char, &str); 10] = [
    ('C', "county-centre"),
    ('T', "township-centre"),
    ('V', "village-station"),
    ('B', "bank-terminal"),
    ('M', "mall-kiosk"),
    ('S', "station-kiosk"),
    ('P', "post-office"),
    ('L', "telecom-outlet"),
    ('Z', "park-centre"),
    ('D', "digital-town"),
];

const ITEMS: [Item; 40] = [
    Item(
        "社保参保信息查询",
        "个人",
        "社会保障",
        "人社局",
        38_600,
        true,
        "TVBMSPLZ",
    ),
    Item(
        "城乡居民医保参保登记",
        "个人",
        "医疗保障",
        "医保局",
        31_200,
        true,
        "TVZ",
    ),
    Item(
        "医保缴费记录查询",
        "个人",
        "医疗保障",
        "医保局",
        27_500,
        true,
        "TVBMSZ",
    ),
    Item(
        "城乡居民养老保险参保登记",
        "个人",
        "社会保障",
        "人社局",
        14_800,
        true,
        "TVZ",
    ),
    Item(
        "养老待遇领取资格认证",
        "个人",
        "社会保障",
        "人社局",
        29_300,
        true,
        "TVBPZ",
    ),
    Item(
        "社会保障卡申领与补换",
        "个人",
        "社会保障",
        "人社局",
        12_400,
        true,
        "TBZ",
    ),
    Item(
        "异地就医备案",
        "个人",
        "医疗保障",
        "医保局",
        9_700,
        true,
        "TVMZ",
    ),
    Item(
        "户籍证明开具",
        "个人",
        "户籍办理",
        "公安局",
        13_100,
        true,
        "TMSZ",
    ),
    Item(
        "居民身份证补换领",
        "个人",
        "证件办理",
        "公安局",
        16_900,
        true,
        "TMSZ",
    ),
    Item(
        "居住证办理",
        "个人",
        "证件办理",
        "公安局",
        4_600,
        true,
        "TPZ",
    ),
    Item(
        "住房公积金查询与提取",
        "个人",
        "住房保障",
        "公积金中心",
        11_800,
        true,
        "TBMSZ",
    ),
    Item(
        "不动产登记信息查询",
        "个人",
        "住房保障",
        "自然资源局",
        15_300,
        true,
        "TBMSZ",
    ),
    Item(
        "老年优待证办理",
        "个人",
        "养老服务",
        "卫健委",
        6_200,
        true,
        "TVZ",
    ),
    Item(
        "残疾人两项补贴申请",
        "个人",
        "社会救助",
        "民政局",
        3_900,
        true,
        "TVZ",
    ),
    Item(
        "最低生活保障申请",
        "个人",
        "社会救助",
        "民政局",
        4_300,
        true,
        "TVZ",
    ),
    Item("生育登记", "个人", "生育收养", "卫健委", 3_700, true, "TVZ"),
    Item(
        "个体工商户登记",
        "企业",
        "设立变更",
        "市场监管局",
        8_800,
        true,
        "TMZ",
    ),
    Item(
        "个人所得税完税证明",
        "个人",
        "税务办理",
        "税务局",
        7_400,
        true,
        "TBMSZ",
    ),
    Item(
        "水电气费缴纳",
        "个人",
        "公用事业",
        "公用事业单位",
        42_000,
        true,
        "TVBMSPLZ",
    ),
    Item(
        "高龄津贴申领",
        "个人",
        "养老服务",
        "民政局",
        5_100,
        true,
        "TVZ",
    ),
    Item(
        "就业失业登记",
        "个人",
        "就业创业",
        "人社局",
        2_900,
        false,
        "TV",
    ),
    Item(
        "农村宅基地审批",
        "个人",
        "农业农村",
        "农业农村局",
        1_400,
        false,
        "TV",
    ),
    Item(
        "失业保险金申领",
        "个人",
        "就业创业",
        "人社局",
        1_800,
        false,
        "T",
    ),
    Item(
        "残疾人证办理",
        "个人",
        "社会救助",
        "残联",
        1_100,
        false,
        "T",
    ),
    Item(
        "林木采伐许可",
        "个人",
        "农业农村",
        "林业局",
        700,
        false,
        "T",
    ),
    Item(
        "法律援助申请",
        "个人",
        "司法公证",
        "司法局",
        600,
        false,
        "T",
    ),
    Item(
        "机动车驾驶证换领",
        "个人",
        "交通出行",
        "公安局",
        3_600,
        false,
        "M",
    ),
    Item(
        "机动车临时号牌",
        "个人",
        "交通出行",
        "公安局",
        1_900,
        false,
        "MP",
    ),
    Item(
        "税务代开发票",
        "企业",
        "税务办理",
        "税务局",
        3_300,
        false,
        "BPZ",
    ),
    Item(
        "单位银行结算账户预约",
        "企业",
        "设立变更",
        "人民银行",
        1_300,
        false,
        "BZ",
    ),
    Item(
        "企业数字证书办理",
        "企业",
        "设立变更",
        "行政审批局",
        900,
        false,
        "LZ",
    ),
    Item(
        "企业开办",
        "企业",
        "设立变更",
        "行政审批局",
        2_400,
        false,
        "Z",
    ),
    Item(
        "企业社会保险登记",
        "企业",
        "社会保障",
        "人社局",
        1_700,
        false,
        "Z",
    ),
    Item(
        "食品经营许可",
        "企业",
        "准营准办",
        "市场监管局",
        1_500,
        false,
        "Z",
    ),
    Item(
        "建筑工程施工许可",
        "企业",
        "工程建设",
        "住建局",
        210,
        false,
        "Z",
    ),
    Item(
        "建设工程规划许可",
        "企业",
        "工程建设",
        "自然资源局",
        240,
        false,
        "Z",
    ),
    Item(
        "建设项目环境影响评价审批",
        "企业",
        "工程建设",
        "生态环境局",
        160,
        false,
        "Z",
    ),
    Item(
        "不动产转移登记",
        "个人",
        "住房保障",
        "自然资源局",
        5_600,
        false,
        "",
    ),
    Item("婚姻登记", "个人", "婚姻服务", "民政局", 2_700, false, ""),
    Item(
        "普通护照签发",
        "个人",
        "证件办理",
        "公安局",
        1_200,
        false,
        "",
    ),
];

/// The id of the item at this place.
pub fn id(index: usize) -> String {
    format!("I{:02}", index + 1)
}

/// The header of `items.csv`.
pub const HEADER: &str = "id,name,audience,theme,department,weight,high_frequency";
/// How many different items there are.
pub const COUNT: usize = ITEMS.len();

/// The first so many items; past the last it begins again with the first.
pub fn first(count: usize) -> impl Iterator<Item = (usize, &'static Item)> {
    ITEMS.iter().cycle().take(count).enumerate()
}

/// The rows of `items.csv`, with its header.
pub fn rows(count: usize) -> Vec<String> {
    std::iter::once(HEADER.to_owned())
        .chain(first(count).map(|(i, item)| item.row(i)))
        .collect()
}

impl Item {
    /// Its row as the item of this place.
    pub fn row(&self, place: usize) -> String {
        let Self(name, audience, theme, department, weight, often, _) = self;
        let round = if place < COUNT {
            String::new()
        } else {
            format!("({})", place / COUNT + 1)
        };
        let often = if *often { "yes" } else { "no" };
        format!(
            "{},{name}{round},{audience},{theme},{department},{weight},{often}",
            id(place)
        )
    }

    /// Whether it is a high-frequency item that a full station adds to what every station handles.
    pub fn added_by_full(&self) -> bool {
        self.5 && !self.6.contains('V')
    }

    /// Whether a kind of site with this letter handles it.
    pub fn handled(&self, letter: char) -> bool {
        letter == 'C' || self.6.contains(letter)
    }
}

/// The rows of `offers.csv`, with its header: what each kind there is handles, then what full stations add to theirs.
pub fn offers(count: usize, sites: &[Site]) -> Vec<String> {
    let mut rows = vec!["site,kind,item,depth".to_owned()];
    for (letter, kind) in kinds(sites) {
        let handled = first(count).filter(|(_, item)| item.handled(letter));
        rows.extend(handled.map(|(i, _)| format!(",{kind},{},whole", id(i))));
    }
    let added: Vec<usize> = first(count)
        .filter(|(_, item)| item.added_by_full())
        .map(|(i, _)| i)
        .collect();
    for site in sites.iter().filter(|s| s.full) {
        rows.extend(
            added
                .iter()
                .map(|&i| format!("{},,{},whole", site.id, id(i))),
        );
    }
    rows
}

/// The kinds that some site has.
pub fn kinds(sites: &[Site]) -> impl Iterator<Item = (char, &'static str)> {
    KINDS
        .into_iter()
        .filter(|(_, kind)| sites.iter().any(|s| s.kind == *kind))
}

//! The catalogue of the fixture: what persons and firms ask for, and which kind of site handles it since when.

use super::more;

/// One item. The last two fields are lists of words:
///
/// * `traits`: `hf` high-frequency · `net` done wholly online, `part` in part · `own` only by one's own unit ·
///   `cert` an electronic certificate · `free` one of the "four exemptions" · `accept` needs no second visit ·
///   `three` needs three visits; what only a few items have stands in [`more`];
/// * `at`: kinds of site by letter ([`super::super::items::KINDS`]), then when (0 always, 1, 2, 3: from the end of 2022,
///   2023, 2024), then how deep (nothing: wholly; `a` acceptance; `i` issue; `p` acceptance, first review and
///   issue; `u` wholly, but only until the next phase). The county hall handles everything.
pub struct Item {
    /// Name.
    pub name: &'static str,
    /// Theme, or stage of a firm's life.
    pub theme: &'static str,
    /// Department.
    pub department: &'static str,
    /// Invented yearly volume.
    pub weight: u32,
    /// Words about it.
    pub traits: &'static str,
    /// Where it is handled.
    pub at: &'static str,
}

type Row = (
    &'static str,
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static str,
);

/// Items of persons.
const PERSON: [Row; 30] = [
    (
        "社保参保信息查询",
        "社会保障",
        "人社局",
        38_600,
        "hf net cert free accept",
        "T0 V1 B1 M1 S2 P1u L2 Z0 D0",
    ),
    (
        "城乡居民医保参保登记",
        "医疗保障",
        "医保局、税务局",
        31_200,
        "hf part cert",
        "T0 V1 Z0",
    ),
    (
        "医保缴费记录查询",
        "医疗保障",
        "医保局",
        27_500,
        "hf net cert free accept",
        "T0 V1 B1 M1 S2 L2 Z0 D0",
    ),
    (
        "城乡居民养老保险参保登记",
        "社会保障",
        "人社局",
        14_800,
        "hf part own cert",
        "T0 V2 Z0",
    ),
    (
        "养老待遇领取资格认证",
        "社会保障",
        "人社局",
        29_300,
        "hf net free accept",
        "T0 V1 B1 P2 Z0",
    ),
    (
        "社会保障卡申领与补换",
        "社会保障",
        "人社局",
        12_400,
        "hf cert",
        "T0 V2a B1 Z0",
    ),
    (
        "异地就医备案",
        "医疗保障",
        "医保局",
        9_700,
        "hf net free accept",
        "T0 V2 M2 Z0",
    ),
    (
        "户籍证明开具",
        "户籍办理",
        "公安局",
        13_100,
        "hf part own free",
        "T0 M1 S2 V2a Z0",
    ),
    (
        "居民身份证补换领",
        "证件办理",
        "公安局",
        16_900,
        "hf part",
        "T0 M1 S2 V3i Z0",
    ),
    (
        "居住证办理",
        "证件办理",
        "公安局",
        4_600,
        "hf part own cert",
        "T0 V2 P1u Z0",
    ),
    (
        "住房公积金查询与提取",
        "住房保障",
        "公积金中心",
        11_800,
        "hf part cert free",
        "T0 B1 M2 S2 Z0 D0",
    ),
    (
        "不动产登记信息查询",
        "住房保障",
        "自然资源局",
        15_300,
        "hf net cert free accept",
        "T0 B1 M1 S2 Z0 D0",
    ),
    (
        "老年优待证办理",
        "养老服务",
        "卫健委",
        6_200,
        "hf part cert free",
        "T0 V1 Z0",
    ),
    (
        "残疾人两项补贴申请",
        "社会救助",
        "民政局、残联",
        3_900,
        "hf part cert accept",
        "T0 V2 Z0",
    ),
    (
        "最低生活保障申请",
        "社会救助",
        "民政局",
        4_300,
        "hf own",
        "T0 V2 Z0",
    ),
    (
        "生育登记",
        "生育收养",
        "卫健委",
        3_700,
        "hf net cert free accept",
        "T0 V1 Z0",
    ),
    (
        "个人所得税完税证明",
        "税务办理",
        "税务局",
        7_400,
        "hf net cert free accept",
        "T0 B1 M1 S2 Z0 D0",
    ),
    (
        "水电气费缴纳",
        "公用事业",
        "公用事业单位",
        42_000,
        "hf net accept",
        "T0 V1 B1 M1 S2 P2 L2 Z0 D0",
    ),
    (
        "高龄津贴申领",
        "养老服务",
        "民政局",
        5_100,
        "hf part own accept",
        "T0 V1 Z0",
    ),
    (
        "就业失业登记",
        "就业创业",
        "人社局",
        2_900,
        "part own cert",
        "T0 V2",
    ),
    (
        "农村宅基地审批",
        "农业农村",
        "农业农村局",
        1_400,
        "own three",
        "T0 V2a",
    ),
    (
        "失业保险金申领",
        "就业创业",
        "人社局",
        1_800,
        "net cert free accept",
        "T0",
    ),
    ("残疾人证办理", "社会救助", "残联", 1_100, "own", "T0"),
    (
        "林木采伐许可",
        "农业农村",
        "林业局",
        700,
        "part own cert",
        "T0 V3a",
    ),
    (
        "法律援助申请",
        "司法公证",
        "司法局",
        600,
        "part free",
        "T0 V2a",
    ),
    (
        "机动车驾驶证换领",
        "交通出行",
        "公安局",
        3_600,
        "part cert free",
        "M1 P2",
    ),
    (
        "机动车临时号牌",
        "交通出行",
        "公安局",
        1_900,
        "net cert",
        "M1 P2",
    ),
    (
        "不动产转移登记",
        "住房保障",
        "自然资源局",
        5_600,
        "part cert three",
        "",
    ),
    ("婚姻登记", "婚姻服务", "民政局", 2_700, "own", ""),
    ("普通护照签发", "证件办理", "公安局", 1_200, "", ""),
];

/// Items of firms, by the stage of a firm's life.
const FIRM: [Row; 18] = [
    (
        "个体工商户登记",
        "开办",
        "市场监管局",
        8_800,
        "hf net cert free both",
        "T0 M2 Z0 D0 V3a",
    ),
    (
        "企业开办",
        "开办",
        "行政审批局、税务局",
        2_400,
        "hf net cert",
        "T2p Z0 D0",
    ),
    (
        "税务代开发票",
        "生产",
        "税务局",
        3_300,
        "hf part cert accept",
        "T1 B1 P2 Z0 D0",
    ),
    (
        "招商项目落户登记",
        "落户",
        "行政审批局",
        320,
        "part",
        "Z0 D0",
    ),
    ("工业用地出让申请", "落户", "自然资源局", 90, "three", "Z1p"),
    (
        "企业社会保险登记",
        "开办",
        "人社局",
        1_700,
        "net cert accept",
        "T2 Z0 D0",
    ),
    (
        "单位银行结算账户预约",
        "开办",
        "人民银行",
        1_300,
        "net accept",
        "B1 Z0 D0",
    ),
    (
        "企业数字证书办理",
        "开办",
        "行政审批局",
        900,
        "part cert",
        "L1u Z1 D0",
    ),
    (
        "建设工程规划许可",
        "建设",
        "自然资源局",
        240,
        "part cert three",
        "Z1p",
    ),
    (
        "建筑工程施工许可",
        "建设",
        "住建局",
        210,
        "part cert",
        "Z1p",
    ),
    (
        "建设项目环境影响评价审批",
        "建设",
        "生态环境局",
        160,
        "part cert",
        "Z2p",
    ),
    (
        "食品经营许可",
        "生产",
        "市场监管局",
        1_500,
        "part cert",
        "T3p Z0 D1p",
    ),
    ("排污许可", "生产", "生态环境局", 140, "net cert", "Z2p"),
    (
        "对外贸易经营者备案",
        "贸易",
        "商务局",
        190,
        "net cert",
        "Z1 D1",
    ),
    ("出口退税申报", "贸易", "税务局", 520, "net accept", "Z2 D1"),
    (
        "动产抵押登记",
        "金融",
        "市场监管局",
        260,
        "part cert",
        "Z1p D2",
    ),
    (
        "稳岗返还申领",
        "补贴",
        "人社局",
        640,
        "net free accept",
        "T3 Z1 D1",
    ),
    ("惠企资金兑付", "补贴", "工信局", 480, "part", "Z1a D2"),
];

/// All items, those of persons first.
pub fn all() -> impl Iterator<Item = Item> {
    let item = |&(name, theme, department, weight, traits, at): &Row| Item {
        name,
        theme,
        department,
        weight,
        traits,
        at,
    };
    PERSON.iter().chain(&FIRM).map(item)
}

/// The id of the item at this place of the list.
pub fn id(index: usize) -> String {
    format!("I{:02}", index + 1)
}

impl Item {
    /// Whether this word stands in its traits.
    pub fn is(&self, word: &str) -> bool {
        self.traits.split(' ').any(|t| t == word)
    }

    fn row(&self, index: usize) -> String {
        let first = |words: &[(&str, &'static str)], otherwise| {
            words
                .iter()
                .find(|(word, _)| self.is(word))
                .map_or(otherwise, |(_, value)| *value)
        };
        let yes = |word| first(&[(word, "yes")], "no");
        let audience = if self.is("both") {
            "个人和企业"
        } else if index < PERSON.len() {
            "个人"
        } else {
            "企业"
        };
        let online = first(&[("net", "whole"), ("part", "part")], "none");
        let steps = first(
            &[("accept", "accept"), ("three", "accept;review;issue")],
            "",
        );
        let reach = first(&[("own", "own-unit")], "anywhere");
        format!(
            "{},{},{audience},{},{},{},{},{online},{steps},{reach},{},{},{}",
            id(index),
            self.name,
            self.theme,
            self.department,
            self.weight,
            yes("hf"),
            yes("cert"),
            yes("free"),
            more::columns(self)
        )
    }
}

/// The rows of `items.csv`, with its header.
pub fn rows() -> Vec<String> {
    let header = "id,name,audience,theme,department,weight,high_frequency,online,steps,reach,e_certificate,four_exemptions";
    std::iter::once(format!("{header},{}", more::COLUMNS))
        .chain(all().enumerate().map(|(i, item)| item.row(i)))
        .collect()
}

//! What only a few of the fixture's items have: steps done online, by phone or by post, where an item may go, and
//! how many steps, papers and days it took and takes.

use super::items::Item;

/// Its columns.
pub const COLUMNS: &str = "online_steps,mobile,delivery,may_go_to,steps_before,steps_now,papers_before,papers_now,days_before,days_now";

/// Name, steps saved online, on a phone, by post, where it may go; steps, papers and days, each before and now.
type Row = (&'static str, [&'static str; 4], Option<[u32; 6]>);

const ROWS: [Row; 16] = [
    ("社保参保信息查询", ["", "whole", "", ""], None),
    ("医保缴费记录查询", ["", "whole", "", ""], None),
    ("养老待遇领取资格认证", ["", "whole", "", ""], None),
    ("水电气费缴纳", ["", "whole", "", ""], None),
    // Begun online and handed out at the village.
    (
        "居民身份证补换领",
        ["accept", "", "", "乡镇、村"],
        Some([4, 2, 3, 2, 20, 10]),
    ),
    (
        "户籍证明开具",
        ["accept", "", "", "乡镇、村"],
        Some([3, 2, 3, 1, 3, 1]),
    ),
    // Begun online and sent by post.
    (
        "居住证办理",
        ["accept", "part", "yes", "乡镇、村"],
        Some([4, 3, 4, 2, 15, 5]),
    ),
    (
        "城乡居民医保参保登记",
        ["", "", "", "乡镇、村"],
        Some([3, 2, 4, 2, 10, 3]),
    ),
    (
        "社会保障卡申领与补换",
        ["", "", "", "乡镇、村"],
        Some([4, 2, 3, 1, 15, 5]),
    ),
    (
        "残疾人两项补贴申请",
        ["", "", "", "乡镇、村"],
        Some([5, 4, 6, 4, 30, 20]),
    ),
    (
        "最低生活保障申请",
        ["", "", "", "乡镇、村"],
        Some([6, 5, 8, 5, 45, 30]),
    ),
    (
        "不动产转移登记",
        ["", "", "", "县"],
        Some([6, 3, 9, 5, 30, 5]),
    ),
    ("普通护照签发", ["", "", "", "不下沉"], None),
    (
        "个体工商户登记",
        ["", "", "", ""],
        Some([3, 1, 4, 2, 15, 1]),
    ),
    (
        "企业开办",
        ["", "", "", "县、乡镇、园区、digital-town"],
        Some([7, 2, 12, 5, 20, 2]),
    ),
    (
        "食品经营许可",
        ["", "", "", "县、乡镇、园区、digital-town"],
        Some([5, 3, 8, 5, 20, 8]),
    ),
];

/// What stands in these columns for an item.
pub fn columns(item: &Item) -> String {
    let row = ROWS.iter().find(|(name, ..)| *name == item.name);
    let words = row.map_or([""; 4], |row| row.1);
    let numbers = row.and_then(|row| row.2).unwrap_or_else(|| usual(item));
    let numbers = numbers.map(|number| number.to_string());
    format!("{},{}", words.join(","), numbers.join(","))
}

/// Steps, papers and days of an item of its sort: looked up, done wholly online, with three visits, begun online.
fn usual(item: &Item) -> [u32; 6] {
    let sorts = [
        ("three", [6, 5, 8, 6, 45, 20]),
        ("net", [2, 1, 2, 1, 3, 1]),
        ("part", [4, 3, 4, 3, 15, 7]),
    ];
    let sort = sorts.iter().find(|(word, _)| item.is(word));
    sort.map_or([4, 3, 5, 4, 20, 10], |(_, numbers)| *numbers)
}

//! What the categories of points of interest mean: those of Amap (高德) by name and by code, and those of
//! Baidu (百度) by name.
//!
//! Only what may serve people is here. Every other category is told with its count, and never taken as
//! something.

/// Whose categories they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Publisher {
    Amap,
    Baidu,
}

/// The first words of all categories of Amap: 政府机构及社会团体;政府机关;…
const AMAP: [&str; 23] = [
    "汽车服务",
    "汽车销售",
    "汽车维修",
    "摩托车服务",
    "餐饮服务",
    "购物服务",
    "生活服务",
    "体育休闲服务",
    "医疗保健服务",
    "住宿服务",
    "风景名胜",
    "商务住宅",
    "政府机构及社会团体",
    "科教文化服务",
    "交通设施服务",
    "金融保险服务",
    "公司企业",
    "道路附属设施",
    "地名地址信息",
    "公共设施",
    "事件活动",
    "室内设施",
    "通行设施",
];

/// Those of Baidu, where Amap has none that is the same.
const BAIDU: [&str; 19] = [
    "美食",
    "酒店",
    "购物",
    "丽人",
    "旅游景点",
    "休闲娱乐",
    "运动健身",
    "教育培训",
    "文化传媒",
    "医疗",
    "交通设施",
    "金融",
    "房地产",
    "政府机构",
    "出入口",
    "自然地物",
    "行政地标",
    "门址",
    "道路",
];

/// Whose category this is, by its first word; none where nobody's.
pub(super) fn publisher(category: &str) -> Option<Publisher> {
    let first = parts(category).next()?;
    // Both have 生活服务 and 公司企业, under which they sort alike.
    if BAIDU.contains(&first) {
        Some(Publisher::Baidu)
    } else if AMAP.contains(&first) {
        Some(Publisher::Amap)
    } else {
        None
    }
}

/// Categories by their words from the first on, and the kinds they mean: the longest that fits counts.
const BY_NAME: [(&[&str], &str); 36] = [
    (&["政府机构及社会团体", "政府机关"], "government"),
    (
        &["政府机构及社会团体", "政府机关", "乡镇级政府及事业单位"],
        "townhall",
    ),
    (
        &["政府机构及社会团体", "政府机关", "乡镇以下级政府及事业单位"],
        "community_centre",
    ),
    (&["政府机构及社会团体", "公检法机关", "公安警察"], "police"),
    (&["政府机构及社会团体", "工商税务机构"], "government"),
    (&["商务住宅", "住宅区", "社区中心"], "community_centre"),
    (&["金融保险服务", "银行"], "bank"),
    (&["金融保险服务", "自动提款机"], "atm"),
    (&["生活服务", "邮局"], "post_office"),
    (&["生活服务", "电讯营业厅"], "telecom"),
    (&["医疗保健服务", "综合医院"], "hospital"),
    (&["医疗保健服务", "综合医院", "卫生院"], "clinic"),
    (&["医疗保健服务", "诊所"], "clinic"),
    (&["购物服务", "综合市场"], "marketplace"),
    (&["交通设施服务", "火车站"], "station"),
    (&["交通设施服务", "长途汽车站"], "station"),
    (&["科教文化服务", "图书馆"], "library"),
    (&["政府机构", "各级政府"], "government"),
    (&["政府机构", "行政单位"], "government"),
    (&["政府机构", "居民委员会"], "community_centre"),
    (&["金融", "银行"], "bank"),
    (&["金融", "信用社"], "bank"),
    (&["金融", "ATM"], "atm"),
    (&["生活服务", "通讯营业厅"], "telecom"),
    (&["医疗", "综合医院"], "hospital"),
    (&["医疗", "诊所"], "clinic"),
    (&["购物", "市场"], "marketplace"),
    (&["购物", "集市"], "marketplace"),
    (&["交通设施", "火车站"], "station"),
    (&["交通设施", "长途汽车站"], "station"),
    (&["教育培训", "图书馆"], "library"),
    // Parts of what has a kind, and none themselves.
    (&["交通设施服务", "火车站", "出站口"], ""),
    (&["交通设施服务", "火车站", "进站口/检票口"], ""),
    (&["交通设施服务", "火车站", "站台"], ""),
    (&["交通设施服务", "火车站", "售票"], ""),
    (&["政府机构及社会团体", "政府机关", "外地政府办"], ""),
];

/// Codes of Amap by their first digits; the longest that fits counts.
const BY_CODE: [(&str, &str); 19] = [
    ("1301", "government"),
    ("130105", "townhall"),
    ("130106", "community_centre"),
    ("130107", ""),
    ("130501", "police"),
    ("1307", "government"),
    ("120304", "community_centre"),
    ("1601", "bank"),
    ("1603", "atm"),
    ("0704", "post_office"),
    ("0706", "telecom"),
    ("0901", "hospital"),
    ("090102", "clinic"),
    ("0903", "clinic"),
    ("0607", "marketplace"),
    ("150200", "station"),
    ("150201", "station"),
    ("1504", "station"),
    ("140500", "library"),
];

/// The words of a category, the widest first.
fn parts(category: &str) -> impl Iterator<Item = &str> {
    let parts = category.split([';', '；']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// The several categories that one point may have: 政府机构…|公司企业…
pub(super) fn each(categories: &str) -> impl Iterator<Item = &str> {
    let each = categories.split(['|', '｜']).map(str::trim);
    each.filter(|category| !category.is_empty())
}

/// The kind that a category means by its words; none where it means none.
pub(super) fn kind_by_name(category: &str) -> Option<&'static str> {
    let words: Vec<&str> = parts(category).collect();
    let fitting = BY_NAME.iter().filter(|(known, _)| words.starts_with(known));
    let best = fitting.max_by_key(|(known, _)| known.len());
    best.map(|&(_, kind)| kind).filter(|kind| !kind.is_empty())
}

/// The kind that a code of Amap means; none where it means none.
pub(super) fn kind_by_code(code: &str) -> Option<&'static str> {
    let fitting = BY_CODE.iter().filter(|(known, _)| code.starts_with(known));
    let best = fitting.max_by_key(|(known, _)| known.len());
    best.map(|&(_, kind)| kind).filter(|kind| !kind.is_empty())
}

/// A code of six digits, of which a spreadsheet may have lost the first zero.
pub(super) fn code(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches(".0");
    let is_code =
        matches!(written.len(), 5 | 6) && written.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| format!("{written:0>6}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_that_fit_count() {
        for (category, kind) in [
            ("金融保险服务;银行;中国工商银行", Some("bank")),
            ("金融保险服务；自动提款机；中国银行ATM", Some("atm")),
            (
                "政府机构及社会团体;政府机关;乡镇以下级政府及事业单位",
                Some("community_centre"),
            ),
            (
                "政府机构及社会团体;政府机关;区县级政府及事业单位",
                Some("government"),
            ),
            ("政府机构及社会团体;公检法机关;法院", None),
            ("交通设施服务;火车站;出站口", None),
            ("医疗保健服务;综合医院;卫生院", Some("clinic")),
            ("餐饮服务;中餐厅;中餐厅", None),
            ("银行", None),
            ("", None),
        ] {
            assert_eq!(kind_by_name(category), kind, "{category}");
        }
        assert_eq!(publisher("金融;银行"), Some(Publisher::Baidu));
        assert_eq!(publisher("金融保险服务;银行"), Some(Publisher::Amap));
        assert_eq!(publisher("银行"), None);
    }

    #[test]
    fn codes_say_the_same_as_names() {
        for (written, kind) in [
            ("160105", Some("bank")),
            ("130106", Some("community_centre")),
            ("130105", Some("townhall")),
            ("130104", Some("government")),
            ("70601", Some("telecom")),
            ("090102", Some("clinic")),
            ("050100", None),
        ] {
            let code = code(written).expect("a code");
            assert_eq!(kind_by_code(&code), kind, "{written}");
        }
        assert_eq!(code("1601"), None);
        assert_eq!(code("bank"), None);
    }

    #[test]
    fn every_category_with_a_kind_is_one_that_is_recognised() {
        for (words, _) in BY_NAME {
            assert!(publisher(&words.join(";")).is_some(), "{words:?}");
        }
    }
}

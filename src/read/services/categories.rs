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

/// A category of Amap: its words from the first on, the first digits of its code, and the kind it
/// means; an empty kind where it is part of something with a kind, and none itself.
type AmapCategory = (&'static [&'static str], &'static str, &'static str);

/// The categories of Amap with a kind. Both look-ups use it, so that names and codes say the same; the
/// longest that fits counts.
const AMAP_KINDS: [AmapCategory; 27] = [
    (&[GOVERNMENT, "政府机关"], "1301", "government"),
    (
        &[GOVERNMENT, "政府机关", "乡镇级政府及事业单位"],
        "130105",
        "townhall",
    ),
    (
        &[GOVERNMENT, "政府机关", "乡镇以下级政府及事业单位"],
        "130106",
        "community_centre",
    ),
    (&[GOVERNMENT, "政府机关", "外地政府办"], "130107", ""),
    // The middle class ends in 机构; 公检法机关 is its first small one.
    (&[GOVERNMENT, "公检法机构", "公安警察"], "130501", "police"),
    (&[GOVERNMENT, "工商税务机构"], "1307", "government"),
    (
        &["商务住宅", "住宅区", "社区中心"],
        "120304",
        "community_centre",
    ),
    (&["金融保险服务", "银行"], "1601", "bank"),
    (&["金融保险服务", "自动提款机"], "1603", "atm"),
    (&["生活服务", "邮局"], "0704", "post_office"),
    (&["生活服务", "电讯营业厅"], "0706", "telecom"),
    (&["医疗保健服务", "综合医院"], "0901", "hospital"),
    (&["医疗保健服务", "综合医院", "卫生院"], "090102", "clinic"),
    (&["医疗保健服务", "诊所"], "0903", "clinic"),
    (&["购物服务", "综合市场"], "0607", "marketplace"),
    (&[TRANSPORT, "长途汽车站"], "1504", "station"),
    (&["科教文化服务", "图书馆"], "1405", "library"),
    (&[TRANSPORT, "火车站"], "1502", "station"),
    (&[TRANSPORT, "火车站", "进站口/检票口"], "150202", ""),
    (&[TRANSPORT, "火车站", "出站口"], "150203", ""),
    (&[TRANSPORT, "火车站", "站台"], "150204", ""),
    (&[TRANSPORT, "火车站", "售票"], "150205", ""),
    (&[TRANSPORT, "火车站", "退票"], "150206", ""),
    (&[TRANSPORT, "火车站", "改签"], "150207", ""),
    (&[TRANSPORT, "火车站", "公安制证"], "150208", ""),
    (&[TRANSPORT, "火车站", "票务相关"], "150209", ""),
    (&[TRANSPORT, "火车站", "货运火车站"], "150210", ""),
];

const GOVERNMENT: &str = "政府机构及社会团体";
const TRANSPORT: &str = "交通设施服务";

/// The categories of Baidu, which has no codes.
const BAIDU_KINDS: [(&[&str], &str); 14] = [
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
    let of_amap = AMAP_KINDS.iter().map(|&(known, _, kind)| (known, kind));
    let all = of_amap.chain(BAIDU_KINDS);
    let fitting = all.filter(|(known, _)| words.starts_with(known));
    let best = fitting.max_by_key(|(known, _)| known.len());
    best.map(|(_, kind)| kind).filter(|kind| !kind.is_empty())
}

/// The kind that a code of Amap means; none where it means none.
pub(super) fn kind_by_code(code: &str) -> Option<&'static str> {
    let fitting = AMAP_KINDS.iter();
    let fitting = fitting.filter(|(_, known, _)| code.starts_with(known));
    let best = fitting.max_by_key(|(_, known, _)| known.len());
    best.map(|&(_, _, kind)| kind)
        .filter(|kind| !kind.is_empty())
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
            ("政府机构及社会团体;公检法机构;法院", None),
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
    fn the_names_that_amap_publishes_mean_what_their_codes_do() {
        for (category, code, kind) in [
            (
                "政府机构及社会团体;公检法机构;公安警察",
                "130501",
                Some("police"),
            ),
            ("政府机构及社会团体;公检法机构;公检法机关", "130500", None),
            ("政府机构及社会团体;公检法机构;法院", "130503", None),
            ("交通设施服务;火车站;火车站", "150200", Some("station")),
            ("交通设施服务;火车站;候车室", "150201", Some("station")),
            ("交通设施服务;火车站;退票", "150206", None),
            ("交通设施服务;火车站;改签", "150207", None),
            ("交通设施服务;火车站;公安制证", "150208", None),
            ("交通设施服务;火车站;票务相关", "150209", None),
            ("交通设施服务;火车站;货运火车站", "150210", None),
            ("科教文化服务;图书馆;图书馆", "140500", Some("library")),
        ] {
            assert_eq!(kind_by_name(category), kind, "{category}");
            assert_eq!(kind_by_code(code), kind, "{code}");
        }
    }

    #[test]
    fn name_and_code_of_every_row_mean_its_kind() {
        for (words, digits, kind) in AMAP_KINDS {
            let kind = Some(kind).filter(|kind| !kind.is_empty());
            assert_eq!(kind_by_name(&words.join(";")), kind, "{words:?}");
            assert_eq!(kind_by_code(&format!("{digits:0<6}")), kind, "{digits}");
            assert_eq!(digits.len(), 2 * words.len(), "{words:?}");
        }
    }

    #[test]
    fn every_category_with_a_kind_is_one_that_is_recognised() {
        let of_amap = AMAP_KINDS.iter().map(|&(words, _, _)| words);
        for words in of_amap.chain(BAIDU_KINDS.map(|(words, _)| words)) {
            assert!(publisher(&words.join(";")).is_some(), "{words:?}");
        }
    }
}

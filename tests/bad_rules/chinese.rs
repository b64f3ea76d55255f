//! What a planner in a Chinese office reads: the whole message, for a mistake of each kind.

use walkshed::model::Language;
use walkshed::read::ReadError;

use crate::read_with;

/// The message in Chinese about wrong lines of study.toml.
fn said(lines: &str) -> String {
    match read_with("", "", lines) {
        Err(ReadError::Bad(bad)) => bad.in_language(Language::Chinese),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("accepted: {lines}"),
    }
}

#[test]
fn keys_and_types_are_told_in_chinese() {
    let cases = [
        (
            "[walk]\nspeed = 4",
            "study.toml：“speed”：[walk] 中没有这个键——是不是 speed_kmh？",
        ),
        (
            "[limits]\nquux = 4",
            "study.toml：“quux”：[limits] 中没有这个键——可用的键：memory_mb",
        ),
        (
            "[group]\nid = 'g'",
            "study.toml：键“group”：可以有多个，每个都要写在 [[group]] 之下——请用双层方括号写成 [[group]]",
        ),
        (
            "[[group]]\nname = 'g'",
            "study.toml：键“group[1]”：缺少键 id——请参见手册中的键一览",
        ),
        (
            "[walk]\nslope = 'yes'",
            "study.toml：键“walk.slope”：类型不对：这里是文字 \"yes\"，应为true 或 false——请参见手册中的键一览",
        ),
        (
            "[target]\nminutes = 'x'",
            "study.toml：键“target.minutes”：类型不对：这里是文字 \"x\"，应为数字——请参见手册中的键一览",
        ),
        (
            "[target]\nitems = 3",
            "study.toml：键“target.items”：整数 不能用来选择事项，应为 \"all\"、\"high-frequency\" 或事项编号的列表——请参见手册中的键一览",
        ),
        (
            "[target]\nitems = [3]",
            "study.toml：键“target.items”：整数不是事项编号，应为带引号的文字——请参见手册中的键一览",
        ),
        (
            "[target]\ndate = 2024",
            "study.toml：键“target.date”：应为日期，而不是 TOML 的整数，请写成 \"2024-12-31\"——请参见手册中的键一览",
        ),
        (
            "[[change]]\ndo = 'offer'\ndepth = 3",
            "study.toml：键“change[1].depth”：应为 \"whole\" 或环节的列表——请参见手册中的键一览",
        ),
        (
            "[[indicator]]\nname = 'n'\nof = 'site'\nproperty = 'p'",
            "study.toml：键“indicator[1].of”的值是“site”，应为 以下之一：sites、items、departments、units——是不是 sites？",
        ),
        (
            "[target]\nminutes = 0",
            "study.toml：键“target.minutes”的值是“0”，应为 0.01 到 1440 之间的数——请改成此范围内的数",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(said(lines), expected, "{lines}");
    }
}

#[test]
fn rules_are_told_in_chinese() {
    let cases = [
        (
            "[mark]\ncoverage = 0",
            "study.toml：键“mark.coverage”：大于 0 的权重——请写权重，例如 coverage = 50、indicators = 30、trend = 20",
        ),
        (
            "[mark]\ntrend = -2",
            "study.toml：键“mark.trend”的值是“-2”，应为 0 到 1000000 之间的数——请改成此范围内的数",
        ),
        (
            "[[indicator]]\nname = 'n'\nof = 'departments'\nproperty = 'e_seal'",
            "study.toml：键“indicator[1].of”的值是“departments”，应为 部门表——请在 [inputs] 中写 departments = \"departments.csv\"",
        ),
        (
            "[[indicator]]\nname = 'n'\nof = 'sites'\nproperty = 'days'\nmeasure = 'mean'\ntarget = 3.0",
            "study.toml：键“indicator[1].target”：measure = \"mean\" 时没有 target——请写 at_least 或 at_most，即应达到的数",
        ),
        (
            "[[indicator]]\nname = 'n'\nof = 'sites'\nproperty = 'days'\nmeasure = 'sum'",
            "study.toml：键“indicator[1].property”的值是“days”，应为 数字列——请在表中增加这一列",
        ),
        (
            "[target]\nitems = ['pas']",
            "study.toml：键“target.items”的值是“pas”，应为 本项目的事项——是不是 pass？",
        ),
        (
            "[target]\nitems = 'high-frequency'",
            "study.toml：键“target.items”：没有考核任何事项——请写 items = \"all\"，或列出事项，或在事项表中把事项标为 high_frequency = yes",
        ),
        (
            "[[group]]\nid = 'old'\nshare = 20",
            "study.toml：键“group[1].share”的值是“20”，应为 0 到 1 之间的数——20% 请写成 0.2",
        ),
        (
            "[[group]]\nid = 'old'",
            "study.toml：键“group[1].count”：应写 count 或 share 之一——请写 count = \"居民点表的列名\"，或 share = 0.2（即人口的 20%）",
        ),
        (
            "[[group]]\nid = 'old'\nshare = 0.2\nmay_not_use = ['kiosk']",
            "study.toml：键“group[1].may_not_use”的值是“kiosk”，应为 已有服务点的类型——现有：centre、terminal",
        ),
        (
            "[[zone]]\nname = 'z'\nunits = ['湖滨']\nminutes = 5",
            "study.toml：键“zone[1].units”的值是“湖滨”，应为 单位表中的单位——请在单位表中增加该单位",
        ),
        (
            "[[phase]]\nname = 'p'\nshare = 0.9",
            "study.toml：键“phase[1].date”：应写明本阶段的判定日期——请写 date = 2024-12-31",
        ),
        (
            "[time]\nweek = '2024-03-04'\nat = '2024-03-12T10:00'",
            "study.toml：键“time.week”的值是“2024-03-04”，应为 time.at 所在的一周（2024-03-12 那一周）中的日子——请删去 week：at 已说明是哪一周",
        ),
        (
            "[time]\nweek = '2024-03-04'\nunstated_hours = '周一至周五 9:00-5:00'",
            "study.toml：键“time.unstated_hours”的值是“周一至周五 9:00-5:00”，应为 能确定上午还是下午的时间：9:00-5:00 可能是上午，也可能是下午——如果是下午，请把 9:00-5:00 写成 09:00-17:00",
        ),
        (
            "[[change]]\ndo = 'close-site'\nsite = 's1'\nlon = 1",
            "study.toml：键“change[1].lon”：close-site 没有这个键——请删去；close-site 可用的键：site",
        ),
        (
            "[[change]]\ndo = 'cut-street'\nat = [116.2, 29.8]",
            "study.toml：键“change[1].at”的值是“116.2, 29.8”，应为 离道路 25 米以内的位置（最近的在 11084.8 米外）——请移到所指的道路上",
        ),
        (
            "[[change]]\ndo = 'offer'\nsite = 's9'\nitems = ['cert']",
            "study.toml：键“change[1].site”的值是“s9”，应为 届时存在的服务点——现有：s1、s2",
        ),
        (
            "[[change]]\ndo = 'merge-sites'\nsites = ['s1', 's2']\nsite = 's9'",
            "study.toml：键“change[1].site”的值是“s9”，应为 要合并的服务点之一——请写保留的服务点，或写 lon 和 lat，或写 at = \"best\"",
        ),
        (
            "[[change]]\ndo = 'merge-sites'\nsites = ['s1', 's2']\nat = 'worst'",
            "study.toml：键“change[1].at”：应为 \"best\" 或一个位置，如 at = [116.24, 29.73]——请参见手册中的键一览",
        ),
        (
            "[[change]]\ndo = 'renew'\nkind = 'centre'\nitems = ['cert']",
            "study.toml：键“change[1].items”：这些服务点办理这些事项都没有期限——续期不起作用：请改写 offer，或删去此项",
        ),
        (
            "[[change]]\ndo = 'reach'\nkind = 'centre'\nitems = ['cert']\nreach = '全国'",
            "study.toml：键“change[1].reach”的值是“全国”，应为 以下之一：anywhere、own-unit——现有：anywhere、own-unit",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(said(lines), expected, "{lines}");
    }
}

#[test]
fn findings_read_in_chinese() {
    let rules = "[[change]]\ndo = 'open-site'\nsite = 'n'\nlon = 116.2\nlat = 29.8\n";
    let study = read_with("", "", rules).expect("a study with doubts");
    let said: Vec<String> = study
        .findings()
        .iter()
        .filter(|finding| finding.subject.starts_with("change"))
        .map(|finding| finding.message.in_language(Language::Chinese))
        .collect();
    assert_eq!(
        said,
        [
            "服务点 n 开设后没有可办事项：类型“”没有进驻事项——请写 items，或有进驻事项的类型，或用 like 指明参照的服务点",
            "服务点 n 离最近的道路 11084.8 米，超过 500 米，不能为任何人服务——请移到入口处，或补上缺少的道路",
        ]
    );
}

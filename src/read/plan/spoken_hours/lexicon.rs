//! The words of opening hours. Everything that is not here is not understood.

use super::meaning::DaySet;

/// A half or a part of the day, as it stands before a time on the 12-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// 凌晨: the small hours.
    Small,
    /// 早, 早上.
    Early,
    /// 上午: before noon.
    Morning,
    /// 中午: about noon.
    Noon,
    /// 下午: after noon.
    Afternoon,
    /// 晚, 晚上.
    Evening,
}

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A day of the week, Monday being 0.
    Weekday(u8),
    /// Several days at once.
    Days(DaySet),
    /// 工作日: Monday to Friday, not on holidays.
    WorkingDays,
    Half(Half),
    /// A whole number, and with how many digits it is written.
    Number(u16, u8),
    Colon,
    /// 点, 时: the number before it is an hour.
    Hour,
    /// 分: the number before it is minutes.
    Minute,
    /// 半, 一刻, 三刻: so many minutes past the hour.
    Past(u16),
    Month,
    DayOfMonth,
    /// 每年, 次年: what dates of a season are of.
    Year,
    Dash,
    /// 、和及: joins what is of one kind.
    And,
    Comma,
    /// ；。 and the end of a line.
    Stop,
    Open,
    Close,
    /// 休息: closed on the days before it.
    Off,
    /// 除: closed on the days after it, up to 外.
    Except,
    Outside,
    /// 照常: as on other days.
    AsUsual,
    /// 全年无休.
    NeverClosed,
    /// 24小时.
    DayAndNight,
    /// 全天: round the clock, or a whole day's work.
    WholeDay,
    /// 夏季, 冬令时.
    Season,
    /// 自助: may be open when the windows are not.
    SelfService,
    /// 营业时间, 对外: says nothing of when.
    Filler,
}

use Half::{Afternoon, Early, Evening, Morning, Noon, Small};
use Sense::{
    And, AsUsual, Close, Colon, Comma, Dash, DayAndNight, DayOfMonth, Days, Except, Filler, Hour,
    Minute, Month, NeverClosed, Off, Open, Outside, Past, Season, SelfService, Stop, Weekday,
    WholeDay, WorkingDays, Year,
};

/// The words that open a day of the week; one of [`WEEKDAYS`] follows.
pub(super) const WEEK_PREFIXES: [&str; 14] = [
    "每个星期",
    "每逢星期",
    "每星期",
    "逢星期",
    "星期",
    "每个礼拜",
    "每礼拜",
    "礼拜",
    "每逢周",
    "每个周",
    "每周",
    "逢周",
    "周",
    "週",
];

/// The days of the week after such a word.
pub(super) const WEEKDAYS: [(char, u8); 8] = [
    ('一', 0),
    ('二', 1),
    ('三', 2),
    ('四', 3),
    ('五', 4),
    ('六', 5),
    ('日', 6),
    ('天', 6),
];

/// Lists words of one sense.
macro_rules! lexicon {
    ($($sense:expr => $($word:literal)+;)+) => {
        /// All words with their sense. The longest that fits is taken.
        pub(super) const WORDS: &[(&str, Sense)] = &[$($(($word, $sense),)+)+];
    };
}

lexicon! {
    Weekday(0) => "Mo";
    Weekday(1) => "Tu";
    Weekday(2) => "We";
    Weekday(3) => "Th";
    Weekday(4) => "Fr";
    Weekday(5) => "Sa";
    Weekday(6) => "Su";
    Days(DaySet::WEEK) => "每天" "每日" "天天" "一周七天" "每周七天";
    Days(DaySet::WEEKEND) => "周末" "双休日" "公休日" "周六日" "每周末" "週末" "周末双休";
    Days(DaySet::HOLIDAYS) => "法定节假日" "国家法定节假日" "国家法定假日" "国家规定节假日" "法定假日" "法定假期" "法定节日"
        "节假日" "公众假期" "公共假日" "PH";
    WorkingDays => "工作日" "法定工作日" "国家法定工作日";
    Sense::Half(Small) => "凌晨";
    Sense::Half(Early) => "早上" "早晨" "清晨" "早";
    Sense::Half(Morning) => "上午";
    Sense::Half(Noon) => "中午";
    Sense::Half(Afternoon) => "下午" "午后";
    Sense::Half(Evening) => "晚上" "傍晚" "晚间" "晚";
    Colon => ":" "∶" "︰";
    Hour => "点钟" "点整" "点" "時" "时";
    Minute => "分";
    Past(30) => "半";
    Past(15) => "一刻";
    Past(45) => "三刻";
    Month => "月" "月份";
    DayOfMonth => "日" "号";
    Year => "每年" "当年" "次年" "翌年" "第二年" "来年";
    Dash => "-" "‐" "‑" "–" "—" "―" "−" "─" "~" "〜" "∼" "至" "到";
    And => "、" "和" "及" "与" "以及" "/" "､";
    Comma => ",";
    Stop => ";" "。" "｡" "|" "\n";
    Open => "(" "[" "【" "〔";
    Close => ")" "]" "】" "〕";
    Off => "休息" "休" "除外" "不上班" "不开放" "不开门" "不营业" "不办公" "不办理" "不对外" "不对外办公" "不服务"
        "闭馆" "闭门" "关门" "关闭" "放假" "公休" "停止办公" "停止服务" "不受理" "不办理业务" "off" "closed";
    Except => "除";
    Outside => "外" "之外" "以外";
    AsUsual => "照常" "不休" "不休息" "正常" "照常营业" "照常开放" "照常上班" "正常上班" "正常营业" "正常开放" "正常办公"
        "照常办公";
    NeverClosed => "全年无休" "全年不休" "节假日无休" "节假日不休" "节假日不休息";
    DayAndNight => "24小时" "24小時" "24h" "24H" "24 h" "24 小时" "全天24小时" "全天候" "7*24小时" "7×24小时"
        "7x24小时" "24小时全天" "全天候24小时" "24/7" "二十四小时";
    WholeDay => "全天" "全日" "整天";
    Season => "夏季" "夏令时" "夏令" "夏令时间" "夏季时间" "夏时制" "夏季作息" "夏季作息时间" "夏天"
        "冬季" "冬令时" "冬令" "冬令时间" "冬季时间" "冬时制" "冬季作息" "冬季作息时间" "冬天" "春季" "秋季"
        "春夏季" "秋冬季" "冬春季" "夏秋季";
    SelfService => "自助" "自助服务" "自助办理" "自助服务区";
    Filler => "办公时间" "营业时间" "服务时间" "开放时间" "工作时间" "受理时间" "办理时间" "上班时间" "办事时间" "时间"
        "对外" "办公" "营业" "开放" "上班" "服务" "受理" "办理" "为" "开门" "办理业务" "对外服务" "." ;
}

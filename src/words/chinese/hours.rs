//! Chinese words of opening hours.

/// Adds these words to those before, and hands all of them on.
macro_rules! hours {
    ($($before:tt)*) => {
        people! {
            $($before)*
            // 开放时间
            HoursAssumed: "{sites} 个服务点中有 {count} 个没有写开放时间：按 {hours} 开放计（time.unstated_hours）",
            HoursConditional: "{sites} 个服务点中有 {count} 个的开放时间不明或带有说明：这些时段不计为开放；可以直接前往的，请删去说明",
            NeverOpen: "{sites} 个服务点中有 {count} 个在这一周完全不开放",
            NoHolidayRule: "这一周有节假日（{holidays}），{sites} 个服务点中有 {count} 个没有写节假日的安排：按平日开放计；节假日关门的，请加上 \"; PH off\"",
            FestivalsAlone: "中国日历只含各节日当天：请把全年的放假日列入 time.days_off，调休上班日列入 time.workdays",
            HoursTooLong: "不超过 1,000 字节的开放时间",
            HoursShut: "已不对外服务的请写 \"off\"，或者在 closed 列写停用日期",
            HoursExamples: "请写成 \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\" 或 \"24/7\" 的样子",
            ClockTimes: "起止都是钟点的开放时间",
            WriteBothTimes: "请写明起止钟点，如 09:00-17:00",
            OsmHours: "OSM 格式的开放时间",
            OsmHoursUntil: "OSM 格式的开放时间（从第 {place} 个字符起无法读取）",
            OsmHoursBut: "OSM 格式的开放时间（{error}）",
            HoursUnderstood: "“{written}”理解为 {hours}",
            HoursUnderstoodOf: "“{written}”理解为 {hours}：{sites} 个服务点中有 {count} 个",
            DaysWithoutTimes: "{sites} 个服务点中有 {count} 个只写了日子、没有写钟点，如 {hours}：按 OSM 的规定，这些日子全天开放；请写上钟点，如 Mo-Fr 09:00-17:00",
            TimesLost: "{sites} 个服务点中有 {count} 个的开放时间里，“;”之后的部分取代了同一天的其他钟点，如 {hours}：按 OSM 的规定，那些钟点不开放；如果两者都开放，请把该“;”改成“,”",
            HolidaysLost: "{sites} 个服务点中有 {count} 个把“PH off”写在其他时间之前，如 {hours}：后写的取代先写的，节假日仍开放；请把“; PH off”写在最后",
            LongNight: "{sites} 个服务点中有 {count} 个从上午开到次日凌晨，如 {hours}；如果是开到下午，结束时间请写成 17:00 而不是 05:00",
            HoursUnknownWords: "用能理解的词写的开放时间（不理解：{words}）",
            HoursHalfOfDay: "能确定上午还是下午的时间：{time} 可能是上午，也可能是下午",
            WriteAfternoon: "如果是下午，请把 {written} 写成 {instead}",
            HoursWithinDay: "在同一天内开始和结束的时间段：{time} 不是",
            HoursSeason: "{word}的起止日期",
            WriteSeason: "请在括号中写明，如 夏季（5月1日-9月30日）8:00-12:00，冬季（10月1日-4月30日）8:30-12:00",
            HoursNoTimes: "日子之外还有钟点",
            HoursOrder: "能确定哪些日子对应哪些钟点的写法",
            WriteDaysFirst: "请一律先写日子、后写钟点，如 周一至周五 9:00-17:00，周六 9:00-12:00",
            HoursClash: "每一天的时间只说一次",
        }
    };
}

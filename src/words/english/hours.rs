//! English words of opening hours.

/// Adds these words to those before, and hands all of them on.
macro_rules! hours {
    ($($before:tt)*) => {
        people! {
            $($before)*
            // Opening hours.
            HoursAssumed: "{count} of {sites} sites state no hours: taken as open {hours} (time.unstated_hours)",
            HoursConditional: "{count} of {sites} sites have hours that are unknown or carry a comment: not counted as open then; leave the comment out where one may simply walk in",
            NeverOpen: "{count} of {sites} sites are not open in the week at all",
            NoHolidayRule: "the week has holidays ({holidays}), and {count} of {sites} sites say nothing of holidays: taken as open as on other days; add \"; PH off\" where they close",
            FestivalsAlone: "the calendar of China knows single festival days only: list the year's days off in time.days_off, and the weekend days worked instead in time.workdays",
            HoursTooLong: "hours of at most 1,000 bytes",
            HoursShut: "write \"off\" where nobody is served there any more, or the day in the column closed",
            HoursExamples: "write it as \"Mo-Fr 09:00-12:00,13:30-17:00; PH off\", or \"24/7\"",
            ClockTimes: "hours with a clock time at both ends",
            WriteBothTimes: "write both times, such as 09:00-17:00",
            OsmHours: "opening hours in OSM syntax",
            OsmHoursUntil: "opening hours in OSM syntax (not read from character {place} on)",
            OsmHoursBut: "opening hours in OSM syntax ({error})",
            HoursUnderstood: "\"{written}\" is understood as {hours}",
            HoursUnderstoodOf: "\"{written}\" is understood as {hours}: {count} of {sites} sites",
            DaysWithoutTimes: "{count} of {sites} sites name days without times, such as {hours}: open on them day and night, as OSM has it; add the times, such as Mo-Fr 09:00-17:00",
            TimesLost: "{count} of {sites} sites have hours of which a part after \";\" takes the place of other times on the same days, such as {hours}: closed at those times, as OSM has it; write \",\" in place of that \";\" where both hold",
            HolidaysLost: "{count} of {sites} sites have \"PH off\" before other hours, such as {hours}: open on holidays, for what stands later takes its place; write \"; PH off\" at the end",
            LongNight: "{count} of {sites} sites open in the morning and close in the small hours of the next day, such as {hours}: write such an end as 17:00, not 05:00, where the afternoon is meant",
            HoursUnknownWords: "hours in words that are known (not understood: {words})",
            HoursHalfOfDay: "hours of which the half of the day is certain: {time} may be in the morning or after noon",
            WriteAfternoon: "write {instead} in place of {written} if the afternoon is meant",
            HoursWithinDay: "times that begin and end on one day: {time} is none",
            HoursSeason: "the first and the last day of {word}",
            WriteSeason: "write them in brackets, such as 夏季（5月1日-9月30日）8:00-12:00，冬季（10月1日-4月30日）8:30-12:00",
            HoursNoTimes: "times beside the days",
            HoursOrder: "days and times of which it is certain what goes with what",
            WriteDaysFirst: "write the days before their times throughout, such as 周一至周五 9:00-17:00，周六 9:00-12:00",
            HoursClash: "one statement of the times of each day",
        }
    };
}

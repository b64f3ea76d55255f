//! Times on the 12-hour clock: which half of the day is meant, where that is certain.

use super::lexicon::Half;
use super::meaning::Span;
use super::refusal::Refusal;

const NOON: u16 = 720;
const MIDNIGHT: u16 = 1440;

/// A time as it is written, with the part of the day that holds for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) hour: u16,
    pub(super) minute: u16,
    pub(super) half: Option<Half>,
    /// Whether the part of the day stands right before it; else it is carried on from before.
    pub(super) half_is_own: bool,
    /// Whether it is written with two digits, as the 24-hour clock has it.
    pub(super) is_padded: bool,
}

impl Written {
    /// Minutes since midnight as the numbers stand.
    const fn bare(self) -> u16 {
        self.hour * 60 + self.minute
    }

    /// Minutes since midnight; `None` where hour and part of the day do not go together.
    pub(super) fn minutes(self) -> Option<u16> {
        let in_range = self.minute < 60 && self.bare() <= MIDNIGHT;
        let shift = match self.half {
            None => Some(0),
            // 上午…-17:30 and 下午14:00 are on the 24-hour clock.
            Some(_) if self.hour > 12 && !self.half_is_own => Some(0),
            // 凌晨5:00-9:00 ends in the morning.
            Some(Half::Small) if !self.half_is_own => Some(0),
            Some(half) => shift(half, self.hour, self.minute),
        };
        let minutes = self.bare() + shift.filter(|_| in_range)?;
        (minutes <= MIDNIGHT).then_some(minutes)
    }
}

/// The minutes that a part of the day adds to an hour that is written after it.
fn shift(half: Half, hour: u16, minute: u16) -> Option<u16> {
    match (half, hour) {
        (Half::Small, 0..=5)
        | (Half::Early, 4..=12)
        | (Half::Morning, 5..=12)
        | (Half::Noon, 11..=14)
        | (Half::Afternoon, 12..=24)
        | (Half::Evening, 17..=24) => Some(0),
        (Half::Noon, 1..=3) | (Half::Afternoon, 1..=11) | (Half::Evening, 5..=11) => Some(NOON),
        // 晚上12点 is midnight.
        (Half::Evening, 12) if minute == 0 => Some(NOON),
        _ => None,
    }
}

/// The range from one time to another, after one that ends at `last` on the same days.
///
/// # Errors
/// [`Refusal::Clock`] where the afternoon may be meant, [`Refusal::Range`] where the range is none
/// of one day: a range that runs backwards is never taken for a night.
pub(super) fn span(
    [start, end]: [Written; 2],
    last: Option<u16>,
    written: &str,
) -> Result<Span, Refusal> {
    let not_certain = || likely([start, end], last, written);
    let from = start.minutes().ok_or_else(not_certain)?;
    let until = end.minutes().ok_or_else(not_certain)?;
    // 8:00-0:00 ends at midnight.
    let until = if until == 0 && !end.half_is_own {
        MIDNIGHT
    } else {
        until
    };
    if until <= from || last.is_some_and(|last| from < last) {
        return Err(not_certain());
    }
    if is_vague(start, end) || is_carried_too_far(start) {
        return Err(not_certain());
    }
    Ok(Span { from, until })
}

/// Whether a range without a part of the day may as well be one of the afternoon or the evening.
fn is_vague(start: Written, end: Written) -> bool {
    // 5:30 in the morning is seldom, but 05:30 can be nothing else.
    let hours = if start.is_padded { 1..5 } else { 1..6 };
    // Up to 17:30 02:00 is of the small hours as it is written, and 2:00 may be 14:00.
    let may_be_later = end.bare() <= NOON || !start.is_padded;
    start.half.is_none() && hours.contains(&start.hour) && may_be_later
}

/// Whether a part of the day is carried on to a time that may lie before it: in
/// `下午2:00-5:00、8:00-11:00` eight is in the evening, or in the morning.
fn is_carried_too_far(start: Written) -> bool {
    let late = matches!(start.half, Some(Half::Afternoon | Half::Evening));
    late && !start.half_is_own && (7..12).contains(&start.hour)
}

/// The refusal of a range, with the same on the 24-hour clock if the afternoon makes it one.
fn likely([start, end]: [Written; 2], last: Option<u16>, written: &str) -> Refusal {
    let until = end.bare() + NOON;
    let fits =
        |from: &u16| *from < until && until <= MIDNIGHT && last.is_none_or(|last| last <= *from);
    // 2:00-5:30 is never of the small hours; 9:00-5:00 is 09:00-17:00.
    let is_small = start.half.is_none() && (1..6).contains(&start.hour);
    let as_said = start.minutes().filter(|_| !is_small);
    let is_free = !start.half_is_own && (1..7).contains(&start.hour);
    let late = is_free.then_some(start.bare() + NOON);
    let mut starts = [as_said, late].into_iter().flatten();
    // A part of the day that is said leaves nothing to propose.
    match starts.find(fits) {
        Some(from) if !end.half_is_own && (1..=12).contains(&end.hour) => Refusal::Clock {
            written: written.to_owned(),
            instead: format!("{}-{}", shown(from), shown(until)),
        },
        // Forwards, and before the times before it.
        _ if start.minutes() < end.minutes() && last.is_some() => Refusal::Clash,
        _ => Refusal::Range(written.to_owned()),
    }
}

/// Minutes since midnight as `09:00`.
pub(super) fn shown(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(half: Option<Half>, half_is_own: bool, (hour, minute): (u16, u16)) -> Written {
        Written {
            hour,
            minute,
            half,
            half_is_own,
            is_padded: false,
        }
    }

    #[test]
    fn each_part_of_the_day_has_its_hours() {
        let cases = [
            (Half::Small, 3, Some(180)),
            (Half::Small, 9, None),
            (Half::Early, 8, Some(480)),
            (Half::Morning, 12, Some(720)),
            (Half::Morning, 2, None),
            (Half::Noon, 12, Some(720)),
            (Half::Noon, 1, Some(780)),
            (Half::Noon, 8, None),
            (Half::Afternoon, 2, Some(840)),
            (Half::Afternoon, 12, Some(720)),
            (Half::Afternoon, 14, Some(840)),
            (Half::Afternoon, 0, None),
            (Half::Evening, 8, Some(1200)),
            (Half::Evening, 12, Some(1440)),
            (Half::Evening, 2, None),
        ];
        for (half, hour, minutes) in cases {
            assert_eq!(
                written(Some(half), true, (hour, 0)).minutes(),
                minutes,
                "{half:?} {hour}"
            );
        }
        // 上午13:00 is nonsense; 上午9:00-13:00 is not.
        assert_eq!(written(Some(Half::Morning), true, (13, 0)).minutes(), None);
        assert_eq!(
            written(Some(Half::Morning), false, (13, 0)).minutes(),
            Some(780)
        );
        assert_eq!(written(None, false, (24, 30)).minutes(), None);
        assert_eq!(written(None, false, (9, 60)).minutes(), None);
    }

    #[test]
    fn no_range_runs_backwards() {
        // Every pair of whole hours, with every part of the day: taken forwards, or refused.
        let halves = [
            None,
            Some(Half::Small),
            Some(Half::Early),
            Some(Half::Morning),
            Some(Half::Noon),
            Some(Half::Afternoon),
            Some(Half::Evening),
        ];
        for half in halves {
            for (from, until) in (0..=24).flat_map(|from| (0..=24).map(move |until| (from, until)))
            {
                let pair = [
                    written(half, half.is_some(), (from, 0)),
                    written(half, false, (until, 0)),
                ];
                if let Ok(span) = span(pair, None, "") {
                    assert!(span.from < span.until && span.until <= MIDNIGHT);
                    let is_night = span.from < 300 && span.from > 0;
                    let is_early = matches!(half, Some(Half::Small | Half::Early));
                    assert!(!is_night || is_early || until > 12);
                }
            }
        }
    }

    #[test]
    fn the_likely_time_is_proposed() {
        let plain = |time| written(None, false, time);
        let cases = [
            ([(9, 0), (5, 0)], None, Some("09:00-17:00")),
            ([(2, 0), (5, 30)], Some(720), Some("14:00-17:30")),
            ([(2, 0), (5, 30)], None, Some("14:00-17:30")),
            ([(14, 0), (5, 30)], None, Some("14:00-17:30")),
            ([(22, 0), (2, 0)], None, None),
            ([(25, 0), (26, 0)], None, None),
        ];
        for (times, last, instead) in cases {
            let refused = span(times.map(plain), last, "x").expect_err("not certain");
            let proposed = match refused {
                Refusal::Clock { instead, .. } => Some(instead),
                _ => None,
            };
            assert_eq!(proposed.as_deref(), instead, "{times:?}");
        }
    }
}

//! What the rooms below name, in words: verdicts, remedies, steps, channels, hours, times, lengths.

use crate::model::{Mode, Severity, Step, Steps, Study, WeekMinute, Who};
use crate::plane::Position;
use crate::score::{Channel, Way};
use crate::text::plain;
use crate::units::TravelTime;
use crate::words::{Key, Part, Text, text};

/// Steps, joined by `+`.
pub(super) fn steps(steps: Steps) -> Part {
    Part::Joined(steps.iter().map(step).collect(), Key::StepSeparator)
}

pub(super) fn step(step: Step) -> Text {
    match step {
        Step::Accept => text!(StepAccept),
        Step::FirstReview => text!(StepFirstReview),
        Step::Review => text!(StepReview),
        Step::Decide => text!(StepDecide),
        Step::Issue => text!(StepIssue),
    }
}

/// How somebody goes.
pub(super) fn way_of_moving(mode: Mode) -> Text {
    match mode {
        Mode::Walk => text!(MovesOnFoot),
        Mode::Bicycle => text!(MovesByBicycle),
        Mode::EBike => text!(MovesByEBike),
        Mode::Wheelchair => text!(MovesByWheelchair),
    }
}

/// How the people of a zone go. A plan's own word stays as it is; ours reads in every language.
pub(super) fn zone_by(by: &str) -> Text {
    let ours = Mode::ALL.into_iter().find(|mode| mode.word() == by);
    match ours {
        Some(Mode::Walk) => text!(ZoneOnFoot),
        Some(Mode::Bicycle) => text!(ZoneByBicycle),
        Some(Mode::EBike) => text!(ZoneByEBike),
        Some(Mode::Wheelchair) => text!(ZoneByWheelchair),
        None => text!(Verbatim, text = plain(by)),
    }
}

/// What a group is called. Those in no group have a word of ours, unless the plan names them.
pub(super) fn group(id: &str, name: &str) -> Text {
    if id == "others" && name == id {
        return text!(PageOtherPeople);
    }
    text!(Verbatim, text = plain(name))
}

/// What a party is called.
pub(super) fn party(study: &Study, who: Who) -> Text {
    match who {
        Who::People => text!(PageHeadPeople),
        Who::Firms => text!(PageHeadFirms),
        Who::Group(id) => {
            let known = study.group(id);
            group(&known.id, &known.name)
        }
    }
}

/// Over which channels it is counted.
pub(super) fn channel(channel: Channel) -> Text {
    match channel {
        Channel::Alone(way) => by_way(way),
        Channel::AtSites => text!(ChannelAtSites),
        Channel::WithOnline => text!(ChannelWithOnline),
        Channel::Any => text!(ChannelAny),
        Channel::NotOnline => text!(ChannelNotOnline),
    }
}

/// By which one way it is done.
fn by_way(way: Way) -> Text {
    match way {
        Way::NearWindow => text!(WayNearWindow),
        Way::SelfService => text!(WaySelfService),
        Way::SelfServiceAllWeek => text!(WaySelfServiceAllWeek),
        Way::Helper => text!(WayHelper),
        Way::AtHome => text!(WayAtHome),
        Way::Online => text!(WayOnline),
        Way::Mobile => text!(WayMobile),
    }
}

/// A minute of the week, such as `Mo 10:00`.
pub(super) fn moment(minute: WeekMinute) -> Text {
    let minutes = minute.get() % 1440;
    let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    text!(WeekMoment, day = day(minute), time = time)
}

/// The day of a minute of the week.
pub(super) fn day(minute: WeekMinute) -> Text {
    match minute.get() / 1440 {
        0 => text!(Monday),
        1 => text!(Tuesday),
        2 => text!(Wednesday),
        3 => text!(Thursday),
        4 => text!(Friday),
        5 => text!(Saturday),
        _ => text!(Sunday),
    }
}

/// A time, rounded up to whole seconds.
pub(super) fn time(time: TravelTime) -> Part {
    time.into()
}

/// Whole metres.
pub(super) fn metres(metres: f64) -> Text {
    text!(Metres, metres = format!("{metres:.0}"))
}

/// A place by its degrees, each with the side of the globe that it lies on.
pub(super) fn place(at: Position) -> Text {
    let east = if at.lon() < 0.0 {
        text!(West)
    } else {
        text!(East)
    };
    let north = if at.lat() < 0.0 {
        text!(South)
    } else {
        text!(North)
    };
    text!(
        Place,
        longitude = format!("{:.6}", at.lon().abs()),
        east = east,
        latitude = format!("{:.6}", at.lat().abs()),
        north = north,
    )
}

pub(super) fn spoken_channel(word: &str) -> Option<Text> {
    let several = [
        Channel::AtSites,
        Channel::WithOnline,
        Channel::Any,
        Channel::NotOnline,
    ];
    let alone = Way::ALL.into_iter().map(Channel::Alone);
    let mut channels = alone.chain(several);
    channels.find(|one| one.word() == word).map(channel)
}

/// How grave a finding is, by what was done about it.
pub(super) fn severity(severity: Severity) -> Text {
    match severity {
        Severity::Note => text!(PageNote),
        Severity::Suspicious => text!(PageSuspicious),
        Severity::Repaired => text!(PageRepaired),
        Severity::Rejected => text!(PageRejected),
    }
}

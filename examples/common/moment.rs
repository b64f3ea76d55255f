//! Moments of a study's reference week, as the command line names them.

use chrono::NaiveDateTime;
use walkshed::model::{Study, WeekMinute};

use super::failure::Failure;
use super::said::Said;

/// A day and a time.
pub(crate) fn read(text: &str) -> Result<NaiveDateTime, String> {
    let known = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    let read = known
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.ok_or_else(|| "expected a day and a time like 2024-03-04T10:00".to_owned())
}

/// The minute of the study's week that a flag names.
///
/// # Errors
/// When the study asks for no time of day, or for another week.
pub(crate) fn in_week(
    flag: &str,
    moment: NaiveDateTime,
    study: &Study,
) -> Result<WeekMinute, Failure> {
    let Some(time) = study.time() else {
        return Err(Failure::Usage(Said::new(
            format!(
                "{flag}: the study asks for no time of day – \
                 add [time] with week = 2024-03-04 to the study, or leave {flag} out"
            ),
            format!(
                "{flag}：本项目不按时段评价——请在项目文件中加上 [time] 和 week = 2024-03-04，或去掉 {flag}"
            ),
        )));
    };
    let day = (moment.date() - time.week_start()).num_days();
    if !(0..7).contains(&day) {
        let monday = time.week_start();
        return Err(Failure::Usage(Said::new(
            format!("{flag}: expected a moment of the study's week, which begins on {monday}"),
            format!("{flag}：应为本项目所用一周内的时刻，这一周从 {monday} 开始"),
        )));
    }
    Ok(WeekMinute::of(moment))
}

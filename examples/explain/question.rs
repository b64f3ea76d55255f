//! What the command line asks, in the terms of the study.

use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{Study, WeekMinute, Who};
use walkshed::score::Setting;

use crate::args::Args;
use crate::common::failure::Failure;
use crate::common::said::Said;
use crate::find;

/// The cell and the item, or the site, that are asked about, as far as they are named, and how they are
/// judged.
pub(crate) struct Question {
    pub(crate) cell: Option<CellId>,
    pub(crate) item: Option<ItemId>,
    pub(crate) site: Option<SiteId>,
    pub(crate) setting: Setting,
}

impl Question {
    /// # Errors
    /// When the study has nothing of a name, or no such moment.
    pub(crate) fn of(args: &Args, study: &Study) -> Result<Self, Failure> {
        if study.catalogue().is_empty() {
            return Err(Failure::Usage(Said::new(
                "the study has no item",
                "本项目没有事项",
            )));
        }
        let cell = args.cell.as_ref().map(|named| find::cell(study, named));
        let item = args.item.as_ref().map(|named| find::item(study, named));
        let site = args.site.as_ref().map(|named| find::site(study, named));
        Ok(Self {
            setting: setting(args, study)?,
            cell: cell.transpose()?,
            item: item.transpose()?,
            site: site.transpose()?,
        })
    }
}

/// Whose verdict, by which channels, and when.
fn setting(args: &Args, study: &Study) -> Result<Setting, Failure> {
    let mut setting = Setting {
        online: args.online,
        ..Setting::of(study)
    };
    if let Some(named) = &args.group {
        setting.who = Who::Group(find::group(study, named)?);
    }
    if let Some(moment) = args.at {
        let Some(time) = study.time() else {
            return Err(Failure::Usage(Said::new(
                "--at: the study asks for no time of day – \
                 add [time] with week = 2024-03-04 to the study, or leave --at out",
                "--at：本项目不按时段评价——请在项目文件中加上 [time] 和 week = 2024-03-04，或去掉 --at",
            )));
        };
        let day = (moment.date() - time.week_start()).num_days();
        if !(0..7).contains(&day) {
            let monday = time.week_start();
            return Err(Failure::Usage(Said::new(
                format!("--at: expected a moment of the study's week, which begins on {monday}"),
                format!("--at：应为本项目所用一周内的时刻，这一周从 {monday} 开始"),
            )));
        }
        setting.leaving = Some(WeekMinute::of(moment));
    }
    Ok(setting)
}

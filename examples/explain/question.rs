//! What the command line asks, in the terms of the study.

use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{Study, Who};
use walkshed::score::Setting;

use crate::args::Args;
use crate::common::failure::Failure;
use crate::common::said::Said;
use crate::common::{find, moment};

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
        setting.leaving = Some(moment::in_week("--at", moment, study)?);
    }
    Ok(setting)
}

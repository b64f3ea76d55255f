//! Findings that only the linkage shows: who is stranded, what nobody handles.

use crate::model::{Finding, Severity, Study};
use crate::score::Coverage;
use crate::snap::Snap;

/// What is doubtful once the points hang on the streets, sites before cells before items.
pub(super) fn findings(study: &Study, now: &Coverage<'_>) -> Vec<Finding> {
    let links = now.times().links();
    let file = |role: &str| {
        let path = study.sources().iter().find(|source| source.role == role).map(|source| source.path.clone());
        path.map(|path| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    let (sites_file, cells_file, items_file) = (file("sites"), file("cells"), file("items"));
    let finding = |code, file: &str, subject: &str, message: String| Finding {
        severity: Severity::Suspicious,
        code,
        file: file.to_owned(),
        place: String::new(),
        subject: subject.to_owned(),
        message,
    };
    let mut findings = Vec::new();
    for (id, site) in study.sites().iter() {
        if let Snap::Stranded { nearest } = links.site(id) {
            findings.push(finding("stranded-site", &sites_file, &site.id, stranded(study, nearest)));
        }
    }
    for (id, cell) in study.cells().iter() {
        if let Some(Snap::Stranded { nearest }) = links.cell(id) {
            findings.push(finding("stranded-cell", &cells_file, &cell.id, stranded(study, nearest)));
        }
    }
    for (id, item) in study.catalogue().iter() {
        if study.catalogue().handler_sets()[study.catalogue().handler_set(id)].is_empty() {
            let message = "no site handles this item – add offers for it".to_owned();
            findings.push(finding("item-nowhere", &items_file, &item.id, message));
        }
    }
    findings
}

fn stranded(study: &Study, nearest: Option<f64>) -> String {
    let most = study.walk.max_snap_m;
    match nearest {
        Some(gap) if gap <= most => {
            format!("the nearest street is {gap:.0} m away, but behind a barrier – check the barrier and the place")
        }
        Some(gap) => format!(
            "the nearest street is {gap:.0} m away, more than {most} m – add the missing street or mend the place"
        ),
        None if study.walk.min_component > 0 => format!(
            "no part of the streets that hangs together has {} vertices – lower walk.min_component",
            study.walk.min_component
        ),
        None => "there are no streets".to_owned(),
    }
}

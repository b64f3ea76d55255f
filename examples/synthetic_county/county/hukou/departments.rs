//! Which departments have an electronic seal (invented).

use super::items::all;

/// Those that have none yet: three of twenty, so that the plan's 90 % are missed.
const WITHOUT: [&str; 3] = ["残联", "林业局", "公用事业单位"];

/// The rows of `departments.csv`, with its header, in the order in which items name them.
pub fn rows() -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for item in all() {
        let new = item
            .department
            .split('、')
            .filter(|name| !names.contains(name));
        let new: Vec<&str> = new.collect();
        names.extend(new);
    }
    let row = |name: &&str| {
        format!(
            "{name},{}",
            if WITHOUT.contains(name) { "no" } else { "yes" }
        )
    };
    std::iter::once("name,e_seal".to_owned())
        .chain(names.iter().map(row))
        .collect()
}

//! The manifest: what was run, on which inputs, with which version, and what came out.

use serde_json::{Value, json};

use super::atomic::Pending;
use super::summary::parameters;
use crate::model::Study;
use crate::score::Coverage;

pub(super) fn json(study: &Study, now: &Coverage<'_>, outputs: &[Pending], with_items: bool) -> Value {
    let inputs: Vec<Value> = study
        .sources()
        .iter()
        .map(|s| json!({ "role": s.role, "path": s.path, "crs": s.crs, "bytes": s.bytes, "sha256": s.sha256 }))
        .collect();
    let outputs: Vec<Value> =
        outputs.iter().map(|f| json!({ "file": f.name, "bytes": f.bytes, "sha256": f.sha256 })).collect();
    let mut manifest = json!({
        "walkshed": env!("CARGO_PKG_VERSION"),
        "study": study.name(),
        "parameters": parameters(study, now),
        "inputs": inputs,
        "outputs": outputs,
    });
    if !with_items {
        manifest["left_out"] = json!(["item_times.csv.gz: more than 5,000,000 rows; run with --items to write it"]);
    }
    manifest
}

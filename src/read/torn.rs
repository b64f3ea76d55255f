//! Do the streets hang together where they meet? What joins them, and what is told.

use super::error::{BadInput, ReadError};
use super::row_policy::Door;
use crate::model::{Joint, JointKind, Network, Seam, Severity};
use crate::read::error::Place;
use crate::snap::{Sought, StreetIndex, loose_joints};
use crate::words::text;

/// Streets that miss each other by no more than this are told of, in metres.
const TOLD_M: f64 = 1.0;
/// Not where one walks around in so many metres: nobody misses the joint.
const AROUND_M: f64 = 30.0;
/// Streets are joined unless they hang together within so many times the distance: neighbours along a
/// line drawn finely.
const AROUND_TIMES: f64 = 5.0;

/// The streets joined where they miss each other by at most so many metres; `everywhere`, or where they
/// end and on islands alone.
///
/// # Errors
/// When there are too many vertices.
pub(crate) fn joined(
    network: Network,
    (join_m, everywhere): (f64, bool),
    door: &mut Door<'_>,
) -> Result<Network, ReadError> {
    let sought = Sought {
        within_m: join_m,
        around_m: AROUND_TIMES * join_m,
        everywhere,
    };
    let loose = loose_joints(&StreetIndex::new(&network, &[], 0), sought);
    // Lines that cross without a vertex are told and not joined: one may be a bridge.
    let seams: Vec<Seam> = loose.iter().filter_map(|loose| loose.seam).collect();
    if seams.is_empty() {
        return Ok(network);
    }
    let message = text!(StreetsJoined, count = seams.len(), metres = join_m);
    door.say(
        Severity::Repaired,
        "joined-streets",
        Place::File,
        "",
        message,
    );
    let joined = network.sewn(&seams);
    joined.map_err(|wrong| {
        let bad = BadInput {
            code: "bad-network",
            file: door.file.clone(),
            expected: wrong.text(),
            remedy: text!(SplitStreet),
            ..BadInput::default()
        };
        bad.into()
    })
}

/// Where streets miss each other, each kind told with its count. As [`loose_joints`].
pub(crate) fn told(streets: &StreetIndex<'_>, everywhere: bool, door: &mut Door<'_>) -> Vec<Joint> {
    let sought = Sought {
        within_m: TOLD_M,
        around_m: AROUND_M,
        everywhere,
    };
    let loose = loose_joints(streets, sought);
    let joints: Vec<Joint> = loose.into_iter().map(|loose| loose.joint).collect();
    for kind in JointKind::ALL {
        let count = joints.iter().filter(|joint| joint.kind == kind).count();
        if count == 0 {
            continue;
        }
        let message = match kind {
            JointKind::Tee => text!(TornTees, count = count, metres = TOLD_M),
            JointKind::NearMiss => text!(TornMisses, count = count, metres = TOLD_M),
            JointKind::Crossing => text!(TornCrossings, count = count),
        };
        door.doubt("torn-streets", message);
    }
    joints
}

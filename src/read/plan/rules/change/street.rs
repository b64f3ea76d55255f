//! Changes to streets, as the study file writes them.

use super::{At, ChangeTable, Scene};
use crate::model::{Change, STREET_REACH_M, Traits, near_street};
use crate::plane::Position;
use crate::read::error::ReadError;
use crate::words::{Text, text};

/// The longest piece of street between two vertices, in metres.
const LONGEST_M: f64 = 1e6;

impl Scene<'_, '_> {
    pub(super) fn add_street(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let mut line = Vec::new();
        for &at in table.line.iter().flatten() {
            line.push(self.place("line", at)?);
        }
        // The same vertex twice would be a piece without length.
        line.dedup();
        self.check_line(&line)?;
        self.note_free_end(text!(FirstEnd), line.first());
        self.note_free_end(text!(LastEnd), line.last());
        Ok(Change::AddStreet { line })
    }

    fn check_line(&self, line: &[Position]) -> Result<(), ReadError> {
        if line.len() < 2 {
            let expected = text!(TwoVertices);
            return Err(self.wrong.key("line", expected, text!(WriteLine)));
        }
        // Such a piece would lead the long way round the globe.
        let pieces = line.windows(2).map(|ends| [ends[0], ends[1]]);
        if pieces.clone().any(|[from, to]| from.is_across_180(to)) {
            let expected = text!(OneSideOf180);
            return Err(self.wrong.key("line", expected, text!(EndAt180)));
        }
        let metres = pieces
            .map(|[from, to]| from.distance(to))
            .fold(0.0, f64::max);
        // Longitude and latitude were exchanged, or are in metres.
        if metres > LONGEST_M {
            let found = format!("{:.0} km", metres / 1000.0);
            let remedy = text!(CheckCoordinates);
            return Err(self
                .wrong
                .value(("line", &found), text!(PiecesUpTo1000Km), remedy));
        }
        Ok(())
    }

    /// Says when an end of a new street joins none.
    fn note_free_end(&mut self, which: Text, end: Option<&Position>) {
        let near = end.and_then(|&end| near_street(self.study.network(), end));
        let far = match near {
            Some(near) if near.metres <= STREET_REACH_M => return,
            Some(near) => text!(NearestAway, metres = metres(near.metres)),
            None => text!(ThereIsNoStreet),
        };
        let message = text!(
            StreetHangsFree,
            end = which,
            reach = STREET_REACH_M,
            far = far
        );
        self.doubt("street-hangs-free", "line", message);
    }

    /// A place that is near enough to a street to mean it.
    pub(super) fn street(&self, table: &ChangeTable) -> Result<Position, ReadError> {
        let [x, y] = match table.at {
            Some(At::Place(at)) => at,
            // Only several sites have a best one among them.
            Some(At::Best) => {
                let expected = text!(PlaceNotBest);
                return Err(self
                    .wrong
                    .value(("at", "best"), expected, text!(WritePlace)));
            }
            None => [f64::NAN; 2],
        };
        let at = self.place("at", [x, y])?;
        let far = match near_street(self.study.network(), at) {
            // Near enough that no other street can be meant.
            Some(near) if near.metres <= STREET_REACH_M => return Ok(at),
            Some(near) => text!(NearestAway, metres = metres(near.metres)),
            None => text!(ThereIsNone),
        };
        let expected = text!(PlaceNearStreet, reach = STREET_REACH_M, far = far);
        let found = format!("{x}, {y}");
        Err(self
            .wrong
            .value(("at", &found), expected, text!(MoveOntoStreet)))
    }

    pub(super) fn slow_street(&self, table: &ChangeTable) -> Result<Change, ReadError> {
        let times = table.times.unwrap_or(f64::NAN);
        let times = self.wrong.between("times", times, [1.0, Traits::SLOWEST])?;
        Ok(Change::SlowStreet {
            at: self.street(table)?,
            times,
        })
    }
}

/// Metres with one decimal.
fn metres(metres: f64) -> String {
    format!("{metres:.1}")
}

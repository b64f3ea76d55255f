//! Changes to streets, as the study file writes them.

use super::{ChangeTable, Scene};
use crate::model::{Change, STREET_REACH_M, Severity, Traits, near_street};
use crate::plane::Position;
use crate::read::error::{Place, ReadError};

/// The longest piece of street between two vertices, in metres.
const LONGEST_M: f64 = 1e6;

impl Scene<'_, '_> {
    pub(super) fn add_street(&mut self, table: &ChangeTable) -> Result<Change, ReadError> {
        let written = table.line.as_deref().unwrap_or_default();
        let mut line = Vec::with_capacity(written.len());
        for &at in written {
            line.push(self.place("line", at)?);
        }
        line.dedup();
        if line.len() < 2 {
            let remedy = "write line = [[lon, lat], [lon, lat]]";
            return Err(self.wrong.key(
                "line",
                "",
                "two vertices or more, at different places",
                remedy,
            ));
        }
        if line.windows(2).any(|ends| ends[0].is_across_180(ends[1])) {
            let expected = "a street on one side of the 180° meridian";
            let remedy = "end it at 180°";
            return Err(self.wrong.key("line", "", expected, remedy));
        }
        let metres = line
            .windows(2)
            .map(|ends| ends[0].distance(ends[1]))
            .fold(0.0, f64::max);
        if metres > LONGEST_M {
            let expected = "pieces of at most 1,000 km between two vertices";
            return Err(self.wrong.key(
                "line",
                &format!("{:.0} km", metres / 1000.0),
                expected,
                "check the coordinates",
            ));
        }
        self.note_free_ends(&line);
        Ok(Change::AddStreet { line })
    }

    fn note_free_ends(&mut self, line: &[Position]) {
        for (name, end) in [("first", line.first()), ("last", line.last())] {
            let metres = end
                .and_then(|&end| near_street(self.study.network(), end))
                .map(|near| near.metres);
            if metres.is_some_and(|metres| metres <= STREET_REACH_M) {
                continue;
            }
            let far = metres.map_or_else(
                || "there is no street".to_owned(),
                |m| format!("the nearest is {m:.1} m away"),
            );
            let message = format!(
                "the {name} end of the new street hangs free: no street lies within {STREET_REACH_M} m ({far}) – end it at a street if it should join one"
            );
            let subject = format!("{}.line", self.wrong.table);
            self.door.say(
                Severity::Suspicious,
                "street-hangs-free",
                Place::File,
                &subject,
                message,
            );
        }
    }

    /// A place that is near enough to a street to mean it.
    pub(super) fn street(&self, table: &ChangeTable) -> Result<Position, ReadError> {
        let [x, y] = table.at.unwrap_or([f64::NAN; 2]);
        let at = self.place("at", [x, y])?;
        let far = match near_street(self.study.network(), at) {
            Some(near) if near.metres <= STREET_REACH_M => return Ok(at),
            Some(near) => format!("the nearest is {:.1} m away", near.metres),
            None => "there is none".to_owned(),
        };
        let expected = format!("a place within {STREET_REACH_M} m of a street ({far})");
        Err(self.wrong.key(
            "at",
            &format!("{x}, {y}"),
            &expected,
            "move it onto the street that is meant",
        ))
    }

    pub(super) fn slow_street(&self, table: &ChangeTable) -> Result<Change, ReadError> {
        let times = self.wrong.between(
            "times",
            table.times.unwrap_or(f64::NAN),
            1.0,
            Traits::SLOWEST,
        )?;
        Ok(Change::SlowStreet {
            at: self.street(table)?,
            times,
        })
    }
}

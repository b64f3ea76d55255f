//! Shapes as the crate `geozero` tells them, coordinate by coordinate, to those of GeoJSON.

use geozero::error::{GeozeroError, Result};
use geozero::{CoordDimensions, GeomProcessor};

use super::json_coordinates::Coordinates;
use super::json_parts::Part;
use super::nesting::position;
use super::values::Problem;
use crate::words::text;

/// Collections nest no deeper: the crate calls itself for each.
const DEEPEST: usize = 32;

/// The shape that a reader of the crate tells.
///
/// # Errors
/// A curve or a solid, or a shape that is damaged.
pub(super) fn part(
    tell: impl FnOnce(&mut Builder) -> Result<()>,
) -> std::result::Result<Part, Problem> {
    let mut builder = Builder::default();
    let told = tell(&mut builder);
    // A curve breaks the telling off by an error of ours: that it is a curve says more.
    let (expected, remedy) = match (told, builder.is_curved) {
        (_, true) => (text!(CurvedShape), text!(ExportStraight)),
        (Ok(()), false) => return Ok(builder.done),
        (Err(error), false) => {
            let what = text!(BrokenShape, error = error.to_string());
            (what, text!(MendFeature))
        }
    };
    Err(Problem {
        code: "bad-geometry",
        expected,
        remedy,
        ..Problem::default()
    })
}

/// A shape half told.
#[derive(Default)]
pub(super) struct Builder {
    /// The lists of positions, or of lists, that are open; the innermost last.
    lists: Vec<Vec<Coordinates>>,
    /// The collections that are open.
    collections: Vec<Vec<Part>>,
    done: Part,
    is_curved: bool,
}

impl Builder {
    fn begin(&mut self) {
        self.lists.push(Vec::new());
    }

    /// The innermost list has ended, and is part of the one around it.
    fn end_inner(&mut self) -> Result<()> {
        let list = self.lists.pop().ok_or(GeozeroError::GeometryFormat)?;
        let around = self.lists.last_mut().ok_or(GeozeroError::GeometryFormat)?;
        around.push(Coordinates::List(list));
        Ok(())
    }

    /// The innermost list has ended, and is all of a shape.
    fn end(&mut self, kind: &str) -> Result<()> {
        let list = self.lists.pop().ok_or(GeozeroError::GeometryFormat)?;
        self.finish(Part::geometry(kind, Coordinates::List(list)));
        Ok(())
    }

    fn finish(&mut self, part: Part) {
        match self.collections.last_mut() {
            Some(collection) => collection.push(part),
            None => self.done = part,
        }
    }

    fn curved(&mut self) -> Result<()> {
        self.is_curved = true;
        Err(GeozeroError::GeometryFormat)
    }
}

impl GeomProcessor for Builder {
    fn dimensions(&self) -> CoordDimensions {
        CoordDimensions::xyz()
    }

    fn xy(&mut self, x: f64, y: f64, _: usize) -> Result<()> {
        let list = self.lists.last_mut().ok_or(GeozeroError::GeometryFormat)?;
        list.push(position([x, y], f32::NAN));
        Ok(())
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are good to a millimetre"
    )]
    fn coordinate(
        &mut self,
        x: f64,
        y: f64,
        z: Option<f64>,
        _: Option<f64>,
        _: Option<f64>,
        _: Option<u64>,
        _: usize,
    ) -> Result<()> {
        let list = self.lists.last_mut().ok_or(GeozeroError::GeometryFormat)?;
        list.push(position([x, y], z.map_or(f32::NAN, |z| z as f32)));
        Ok(())
    }

    fn empty_point(&mut self, _: usize) -> Result<()> {
        self.finish(Part::Null);
        Ok(())
    }

    fn point_begin(&mut self, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn point_end(&mut self, _: usize) -> Result<()> {
        let list = self.lists.pop().ok_or(GeozeroError::GeometryFormat)?;
        let only = list
            .into_iter()
            .next()
            .ok_or(GeozeroError::GeometryFormat)?;
        self.finish(Part::geometry("Point", only));
        Ok(())
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn multipoint_end(&mut self, _: usize) -> Result<()> {
        self.end("MultiPoint")
    }

    fn linestring_begin(&mut self, _: bool, _: usize, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn linestring_end(&mut self, is_whole: bool, _: usize) -> Result<()> {
        if is_whole {
            self.end("LineString")
        } else {
            self.end_inner()
        }
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn multilinestring_end(&mut self, _: usize) -> Result<()> {
        self.end("MultiLineString")
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn polygon_end(&mut self, is_whole: bool, _: usize) -> Result<()> {
        if is_whole {
            self.end("Polygon")
        } else {
            self.end_inner()
        }
    }

    fn multipolygon_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.begin();
        Ok(())
    }

    fn multipolygon_end(&mut self, _: usize) -> Result<()> {
        self.end("MultiPolygon")
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> Result<()> {
        if self.collections.len() >= DEEPEST {
            return Err(GeozeroError::GeometryFormat);
        }
        self.collections.push(Vec::new());
        Ok(())
    }

    fn geometrycollection_end(&mut self, _: usize) -> Result<()> {
        let members = self.collections.pop().ok_or(GeozeroError::GeometryFormat)?;
        self.finish(Part::geometries(members));
        Ok(())
    }

    fn circularstring_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn compoundcurve_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn curvepolygon_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn multicurve_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn multisurface_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn triangle_begin(&mut self, _: bool, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn polyhedralsurface_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }

    fn tin_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.curved()
    }
}

//! Zones: units or cells with their own minutes, and their own way of getting about.
//!
//! A plan may ask for 15 minutes on foot in the town and allow the villages an e-bike at a stated
//! speed. The first zone that names a cell, or a unit that the cell lies in, holds for it; where none does, the
//! study's own limit, way of moving and speed hold.

use super::mode::Mode;
use crate::ids::{CellId, ZoneId};
use crate::units::{Speed, TravelTime};

/// Cells with their own minutes or speed.
///
/// ```
/// use walkshed::model::{Mode, Walk, Zone};
/// use walkshed::{Speed, TravelTime};
/// // In the villages 20 minutes by e-bike, as fast as e-bikes go.
/// let villages = Zone {
///     name: "villages".to_owned(),
///     limit: Some(TravelTime::from_minutes(20)),
///     speed: None,
///     by: "电动车".to_owned(),
///     mode: Mode::EBike,
/// };
/// assert_eq!(Walk::default().speed_in(&villages).kmh(), 15.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Its name.
    pub name: String,
    /// Its own limit; none for the target's.
    pub limit: Option<TravelTime>,
    /// Its own speed; none for the usual one of its way of moving.
    pub speed: Option<Speed>,
    /// How its people go, as the plan says it: `walk`, `电动车`, `bus`, …
    pub by: String,
    /// How they go: [`Mode::Walk`], at the zone's speed, where the plan's word means none.
    pub mode: Mode,
}

/// All zones, and which one holds for each cell.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::ids::{CellId, ZoneId};
/// use walkshed::model::{Mode, Zone, Zones};
/// let [fifteen, twenty] = [15, 20].map(TravelTime::from_minutes);
/// let villages = Zone {
///     name: "villages".to_owned(),
///     limit: Some(twenty),
///     speed: None,
///     by: String::new(),
///     mode: Mode::Walk,
/// };
/// // The first of two cells lies in the zone.
/// let zones = Zones::new(vec![villages], vec![Some(ZoneId::new(0)), None]);
/// assert_eq!([0, 1].map(|cell| zones.limit(CellId::new(cell), fifteen)), [twenty, fifteen]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Zones {
    list: Vec<Zone>,
    of_cell: Vec<Option<ZoneId>>,
}

impl Zones {
    /// These zones, and the zone of each cell, as [`Study::new`](super::Study::new) will ask.
    #[must_use]
    pub const fn new(list: Vec<Zone>, of_cell: Vec<Option<ZoneId>>) -> Self {
        Self { list, of_cell }
    }

    /// The zone that holds for a cell.
    #[must_use]
    pub fn of(&self, cell: CellId) -> Option<(ZoneId, &Zone)> {
        let zone = self.of_cell.get(cell.index()).copied().flatten()?;
        Some((zone, self.list.get(zone.index())?))
    }

    /// The zone of each cell.
    pub(super) fn of_cells(&self) -> &[Option<ZoneId>] {
        &self.of_cell
    }

    /// The limit of a cell.
    #[must_use]
    pub fn limit(&self, cell: CellId, otherwise: TravelTime) -> TravelTime {
        self.of(cell)
            .and_then(|(_, zone)| zone.limit)
            .unwrap_or(otherwise)
    }

    /// All zones.
    pub fn iter(&self) -> impl Iterator<Item = (ZoneId, &Zone)> {
        self.list
            .iter()
            .enumerate()
            .map(|(place, zone)| (ZoneId::new(place), zone))
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

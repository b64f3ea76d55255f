//! Index types: a place in one of the study's tables. They cannot be mixed up.
//!
//! ```
//! use walkshed::ids::{CellId, ItemId, SiteId};
//! use walkshed::draw;
//!
//! let study = draw::town("A-a--s--b-B", 100.0, "s");
//! // What has a written id is found by it; an index then gets the thing itself.
//! let site: SiteId = study.sites().find("s").unwrap();
//! let item: ItemId = study.catalogue().find("service").unwrap();
//! assert_eq!((site.index(), item.index()), (0, 0));
//! assert_eq!(study.cells()[CellId::new(1)].id, "b");
//! ```

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the thing that stands at this place in its table.
            ///
            /// ```
            #[doc = concat!("use walkshed::ids::", stringify!($name), ";")]
            #[doc = concat!("let [first, second] = [0, 1].map(", stringify!($name), "::new);")]
            /// assert!(first < second);
            /// ```
            ///
            /// # Panics
            /// When the place is 4,294,967,295 or beyond; the doors refuse tables that long.
            #[must_use]
            pub fn new(place: usize) -> Self {
                Self(u32::try_from(place).expect("tables are shorter than 2^32, checked where they are built"))
            }

            /// The place in the table.
            ///
            /// ```
            #[doc = concat!("use walkshed::ids::", stringify!($name), ";")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(7).index(), 7);")]
            /// ```
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

index! {
    /// A vertex of the walking network.
    ///
    /// ```
    /// let town = walkshed::draw::town("A----B----C", 100.0, "");
    /// let second = town.network().edges()[1];
    /// let [from, to] = [second.from, second.to].map(|node| town.network().node(node).lon());
    /// assert!(from < to);
    /// ```
    NodeId
}
index! {
    /// A walkable piece of street between two neighbouring vertices.
    ///
    /// ```
    /// use walkshed::ids::EdgeId;
    /// let town = walkshed::draw::town("A----B----C", 100.0, "");
    /// assert_eq!(town.network().edge(EdgeId::new(1)).metres, 500.0);
    /// ```
    EdgeId
}
index! {
    /// A site, numbered in the order given; `read` gives sites in the order of their written ids,
    /// whatever order the rows had.
    ///
    /// ```
    /// let town = walkshed::draw::town("A-s-a-t-B", 100.0, "st");
    /// let t = town.sites().find("t").unwrap();
    /// assert_eq!((t.index(), town.sites()[t].id.as_str()), (1, "t"));
    /// ```
    SiteId
}
index! {
    /// A cell, numbered in the order of the input.
    ///
    /// ```
    /// use walkshed::ids::CellId;
    /// let town = walkshed::draw::town("A-a-s-b-B", 100.0, "s");
    /// assert_eq!(town.cells()[CellId::new(1)].id, "b");
    /// ```
    CellId
}
index! {
    /// A service item, numbered in the order given; `read` gives items in the order of their
    /// written ids.
    ///
    /// ```
    /// let town = walkshed::draw::town("A-a-s-B", 100.0, "s");
    /// let service = town.catalogue().find("service").unwrap();
    /// assert_eq!(town.catalogue()[service].name, "any service");
    /// ```
    ItemId
}
index! {
    /// An administrative unit, numbered in the order of the written ids.
    ///
    /// ```
    /// use walkshed::model::{UnitRow, Units};
    /// let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
    /// let units = Units::new(["b", "a"].map(row).into())?;
    /// assert_eq!(units.find("b").map(|unit| unit.index()), Some(1));
    /// # Ok::<(), walkshed::model::UnitError>(())
    /// ```
    UnitId
}
index! {
    /// A group of people, numbered in the order of the study file.
    ///
    /// ```
    /// use walkshed::{draw, model::Group, People};
    /// let town = draw::town("A-a-s-B", 100.0, "s");
    /// let groups = ["elderly", "others"].map(|id| Group::plain(id, vec![People::ZERO]));
    /// let study = town.with(|parts| parts.groups = groups.into())?;
    /// let ids: Vec<_> = study.groups().map(|(id, group)| (id.index(), group.id.as_str())).collect();
    /// assert_eq!(ids, [(0, "elderly"), (1, "others")]);
    /// # Ok::<(), walkshed::model::StudyError>(())
    /// ```
    GroupId
}
index! {
    /// A zone, numbered in the order of the study file.
    ///
    /// ```
    /// use walkshed::ids::{CellId, ZoneId};
    /// use walkshed::model::{Mode, Zone, Zones};
    /// let town = Zone { name: "town".to_owned(), limit: None, speed: None, by: String::new(), mode: Mode::Walk };
    /// let zones = Zones::new(vec![town], vec![None, Some(ZoneId::new(0))]);
    /// assert_eq!(zones.of(CellId::new(1)).map(|(zone, _)| zone), Some(ZoneId::new(0)));
    /// ```
    ZoneId
}

//! Index types: a place in one of the study's tables. They cannot be mixed up.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the thing that stands at this place in its table.
            ///
            /// # Panics
            /// When the place is 4,294,967,295 or beyond; the doors refuse tables that long.
            #[must_use]
            pub fn new(place: usize) -> Self {
                Self(u32::try_from(place).expect("tables are shorter than 2^32, checked where they are built"))
            }

            /// The place in the table.
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
    NodeId
}
index! {
    /// A walkable piece of street between two neighbouring vertices.
    EdgeId
}
index! {
    /// A site, numbered in the order given; `read` gives sites in the order of their written ids,
    /// whatever order the rows had.
    SiteId
}
index! {
    /// A cell, numbered in the order of the input.
    CellId
}
index! {
    /// A service item, numbered in the order given; `read` gives items in the order of their
    /// written ids.
    ItemId
}
index! {
    /// An administrative unit, numbered in the order of the written ids.
    UnitId
}
index! {
    /// A group of people, numbered in the order of the study file.
    GroupId
}
index! {
    /// A zone, numbered in the order of the study file.
    ZoneId
}

//! An enum written as a table: one row a variant, and in it all that is said of the variant.

/// Writes an enum, the list of all its variants, and the row of each. A variant without a row, or a
/// row without one of the columns, does not compile.
///
/// The columns are the fields of the struct named after the colon. Variants order as their rows do.
macro_rules! table {
    (
        $(#[$about:meta])*
        pub enum $name:ident: $row:ident {
            $($(#[$meaning:meta])* $variant:ident { $($column:ident: $value:expr),+ $(,)? }),+ $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$meaning])* $variant),+
        }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];

            /// What the table says of this one.
            const fn row(self) -> $row {
                match self {
                    $(Self::$variant => $row { $($column: $value),+ }),+
                }
            }
        }
    };
}

pub(crate) use table;

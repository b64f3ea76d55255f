//! All English words, by key.

#[macro_use]
mod data;
#[macro_use]
mod first;
#[macro_use]
mod formats;
#[macro_use]
mod hours;
#[macro_use]
mod maps;
#[macro_use]
mod page;
#[macro_use]
mod people;
#[macro_use]
mod results;
#[macro_use]
mod tables;
#[macro_use]
mod tiles;
#[macro_use]
mod torn;
#[macro_use]
mod plans;
#[macro_use]
mod streets;

/// Names the keys of the words, and gives their English.
macro_rules! keys {
    ($($key:ident: $words:literal,)*) => {
        /// What is said.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Key {
            $($key,)*
        }

        impl Key {
            /// All keys.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$key,)*];
        }

        pub(super) const fn words(key: Key) -> &'static str {
            match key {
                $(Key::$key => $words,)*
            }
        }
    };
}

results!(formats, data, first);

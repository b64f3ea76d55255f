//! All Chinese words, by key; a key that is missing here does not compile.

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

use super::Key;

/// Gives the Chinese of every key.
macro_rules! words {
    ($($key:ident: $words:literal,)*) => {
        pub(super) const fn words(key: Key) -> &'static str {
            match key {
                $(Key::$key => $words,)*
            }
        }
    };
}

results!(formats, data, first);

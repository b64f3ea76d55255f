//! What TOML calls the types of values.

use crate::words::{Text, text};

/// The name of a value's type.
pub(crate) fn type_name(value: &toml::Value) -> Text {
    match value {
        toml::Value::String(_) => text!(TypeString),
        toml::Value::Integer(_) => text!(TypeInteger),
        toml::Value::Float(_) => text!(TypeFloat),
        toml::Value::Boolean(_) => text!(TypeBoolean),
        toml::Value::Datetime(_) => text!(TypeDatetime),
        toml::Value::Array(_) => text!(TypeArray),
        toml::Value::Table(_) => text!(TypeTable),
    }
}

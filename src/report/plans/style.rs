//! `plan.qml`: how QGIS draws `plan.geojson`.
//!
//! Each role has a shape and a colour of its own, so that colour-blind eyes tell them apart. Streets of a plan
//! are lines, which a style of points does not draw: QGIS gives them its own.

use std::io;

use super::map::Role;
use crate::model::Language;
use crate::report::out::Out;
use crate::report::qgis::{self, Category, Drawn, Layer, Symbol};

/// Writes a class a role.
pub(super) fn write(language: Language, out: &mut dyn Out) -> io::Result<()> {
    let category = |role: Role| Category {
        value: role.word().to_owned(),
        label: role.name().in_language(language),
        symbol: symbol(role),
    };
    let layer = Layer {
        property: "role",
        drawn: Drawn::Points,
        opacity: None,
    };
    qgis::write(&layer, &Role::ALL.map(category), out)
}

fn symbol(role: Role) -> Symbol {
    let (shape, fill, size) = match role {
        Role::Considered => ("circle", "#bdbdbd", "1.6"),
        Role::Chosen => ("star", "#d55e00", "5"),
        Role::NewlyCovered => ("square", "#0072b2", "2"),
        Role::LeftOut => ("cross_fill", "#000000", "2.6"),
        Role::Unserved => ("triangle", "#e69f00", "2.4"),
    };
    Symbol {
        drawn: Drawn::Points,
        fill,
        outline: "#ffffff",
        shape,
        size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_roles_share_a_shape_or_a_colour() {
        for of in [|role| symbol(role).shape, |role| symbol(role).fill] {
            let looks: std::collections::BTreeSet<_> = Role::ALL.map(of).into();
            assert_eq!(looks.len(), Role::ALL.len());
        }
    }
}

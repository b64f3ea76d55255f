//! The values of `access` and `foot`, and whom each lets walk, under rule W3.

use super::ways::Access;

/// What a value of `access` or `foot` says; what is stricter is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Permission {
    /// Everybody, or everybody who has business there.
    Open,
    /// Those who live there or go there.
    Local,
    /// Those to whom it belongs.
    Private,
    /// No walker, or a trade only.
    Closed,
    /// No list has the value.
    Unknown,
}

/// What one value says.
pub(crate) fn permission(value: &str) -> Permission {
    match value {
        "yes" | "designated" | "permissive" | "official" | "public" | "customers"
        | "discouraged" => Permission::Open,
        "destination" | "residents" | "resident" => Permission::Local,
        "private" => Permission::Private,
        "no" | "use_sidepath" | "military" | "permit" | "forestry" | "agricultural"
        | "delivery" | "emergency" | "employees" | "staff" | "psv" | "bus" | "dismount" => {
            Permission::Closed
        }
        _ => Permission::Unknown,
    }
}

/// Who walks by `foot`, which is said of walkers alone: one who goes there is let in.
pub(crate) fn by_foot(foot: Permission) -> Access {
    match foot {
        Permission::Open | Permission::Local => Access::Public,
        Permission::Private => Access::Residents,
        // What is not understood opens nothing.
        Permission::Closed | Permission::Unknown => Access::Closed,
    }
}

/// Who walks by `access` where nothing is said of walkers.
pub(crate) fn by_access(access: Permission) -> Access {
    match access {
        Permission::Open => Access::Public,
        Permission::Local | Permission::Private => Access::Residents,
        Permission::Closed | Permission::Unknown => Access::Closed,
    }
}

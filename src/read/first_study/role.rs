//! What a study may use a file as, and by what such a file is known.

/// What a study uses a file as, in the order of the study file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Streets,
    Sites,
    Cells,
    Units,
    Items,
    Offers,
    Departments,
    Links,
    Barriers,
    Boundary,
    Elevation,
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Lines,
    /// Lines or areas.
    Shapes,
    /// One area alone.
    Area,
    /// Points or areas, or a table with coordinates.
    Placed,
    /// A table without coordinates.
    Table,
    /// Any rows.
    Any,
    /// No rows: pixels.
    Pixels,
}

/// By what a file of a role is known.
pub(super) struct Signs {
    pub role: Role,
    pub form: Form,
    /// Columns without which it is none; of each list, one.
    pub needs: &'static [&'static [&'static str]],
    /// Columns that speak for it, and how much.
    pub marks: &'static [(&'static str, u32)],
    /// Words in the names of such files.
    pub names: &'static [&'static str],
}

impl Role {
    /// Without these there is no study.
    pub(super) const NEEDED: [Self; 3] = [Self::Streets, Self::Sites, Self::Cells];

    pub(super) const ALL: [Self; 11] = [
        Self::Streets,
        Self::Sites,
        Self::Cells,
        Self::Units,
        Self::Items,
        Self::Offers,
        Self::Departments,
        Self::Links,
        Self::Barriers,
        Self::Boundary,
        Self::Elevation,
    ];

    /// Its key under `[inputs]`.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Streets => "streets",
            Self::Sites => "sites",
            Self::Cells => "cells",
            Self::Units => "units",
            Self::Items => "items",
            Self::Offers => "offers",
            Self::Departments => "departments",
            Self::Links => "links",
            Self::Barriers => "barriers",
            Self::Boundary => "boundary",
            Self::Elevation => "elevation",
        }
    }

    /// Whether a file in this role is asked for a column.
    pub(super) fn reads(self, column: &str) -> bool {
        let of_all = ["id", "name", "unit", "lon", "lat"];
        // What names an item elsewhere is its id or its name in the table of items.
        if self == Self::Items && column == "item" {
            return false;
        }
        let marks = self.signs().map_or(&[][..], |signs| signs.marks);
        of_all.contains(&column) || marks.iter().any(|(name, _)| *name == column)
    }

    /// The signs of its files.
    pub(super) fn signs(self) -> Option<&'static Signs> {
        SIGNS.iter().find(|signs| signs.role == self)
    }
}

/// The signs of each role. A head that one role alone has weighs most; a word in a file's name weighs
/// [`BY_NAME`].
pub(super) const SIGNS: [Signs; 11] = [
    Signs {
        role: Role::Streets,
        form: Form::Lines,
        needs: &[],
        marks: &[
            ("highway", 4),
            ("fclass", 4),
            ("道路等级", 4),
            ("道路类型", 4),
        ],
        names: &["street", "road", "osm", "highway", "路网", "道路"],
    },
    Signs {
        role: Role::Sites,
        form: Form::Placed,
        needs: &[],
        marks: &[
            ("kind", 2),
            ("opening_hours", 3),
            ("items", 3),
            ("windows", 3),
            ("opened", 2),
            ("closed", 2),
            ("self_service", 3),
            ("helps_at_home", 3),
            ("helps_days", 2),
            ("helpers", 3),
            ("bad_reviews", 2),
            ("settled", 2),
            ("e_seal", 1),
            ("amenity", 3),
            ("office", 2),
            ("healthcare", 3),
        ],
        names: &[
            "site",
            "service",
            "facilit",
            "poi",
            "destination",
            "station",
            "interest",
            "clinic",
            "服务",
            "网点",
            "站点",
            "大厅",
            "中心",
        ],
    },
    Signs {
        role: Role::Cells,
        form: Form::Placed,
        needs: &[],
        marks: &[
            ("population", 4),
            ("elderly", 3),
            ("households", 3),
            ("buildings", 2),
            ("building", 4),
            ("enterprises", 3),
            ("area", 1),
        ],
        names: &[
            "cell",
            "population",
            "pop",
            "worldpop",
            "ghspop",
            "landscan",
            "people",
            "resident",
            "home",
            "origin",
            "demand",
            "居民",
            "人口",
            "小区",
            "网格",
            "村组",
            "住宅",
        ],
    },
    Signs {
        role: Role::Units,
        form: Form::Any,
        needs: &[&["id", "name"]],
        marks: &[("parent", 6), ("population", 1), ("households", 1)],
        names: &[
            "unit", "district", "township", "admin", "单位", "区划", "乡镇",
        ],
    },
    Signs {
        role: Role::Items,
        form: Form::Table,
        needs: &[&["id", "name", "item"]],
        marks: &[
            ("weight", 1),
            ("high_frequency", 2),
            ("audience", 2),
            ("theme", 1),
            ("department", 1),
            ("online", 1),
            ("steps", 1),
            ("online_steps", 1),
            ("mobile", 1),
            ("mobile_steps", 1),
            ("delivery", 1),
            ("may_go_to", 2),
            ("steps_before", 1),
            ("steps_now", 1),
            ("papers_before", 1),
            ("papers_now", 1),
            ("days_before", 1),
            ("days_now", 1),
            ("item", 2),
        ],
        names: &["item", "catalog", "事项", "清单", "目录"],
    },
    Signs {
        role: Role::Offers,
        form: Form::Table,
        needs: &[&["item"], &["site", "kind"]],
        marks: &[
            ("item", 2),
            ("site", 4),
            ("kind", 1),
            ("depth", 2),
            ("from", 1),
            ("until", 1),
            ("paper", 2),
        ],
        names: &["offer", "进驻", "可办", "下沉", "委托"],
    },
    Signs {
        role: Role::Departments,
        form: Form::Table,
        needs: &[&["name", "department"]],
        marks: &[("e_seal", 2)],
        names: &["department", "部门"],
    },
    Signs {
        role: Role::Links,
        form: Form::Any,
        needs: &[&["from_lon"], &["from_lat"], &["to_lon"], &["to_lat"]],
        marks: &[("from_lon", 8), ("minutes", 2), ("wait", 2)],
        names: &["link", "bus", "班车", "公交", "摆渡"],
    },
    Signs {
        role: Role::Barriers,
        form: Form::Shapes,
        needs: &[],
        marks: &[("waterway", 4), ("barrier", 4)],
        names: &[
            "barrier", "river", "wall", "fence", "water", "河", "水系", "围墙", "屏障", "岸线",
        ],
    },
    Signs {
        role: Role::Boundary,
        form: Form::Area,
        needs: &[],
        marks: &[],
        names: &["boundary", "border", "边界", "县界", "范围"],
    },
    Signs {
        role: Role::Elevation,
        form: Form::Pixels,
        needs: &[],
        marks: &[],
        names: &["dem", "dtm", "srtm", "elevation", "height", "高程", "地形"],
    },
];

/// What a word in a file's name weighs.
pub(super) const BY_NAME: u32 = 2;

/// Whether a file's name holds one of these words. Short Latin words must stand alone: `unit` is not in
/// `community`.
pub(super) fn is_named(name: &str, words: &[&str]) -> bool {
    const LONG: usize = 5;
    let name = name.to_lowercase();
    let latin: Vec<&str> = name
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|token| !token.is_empty())
        .collect();
    words.iter().any(|word| {
        if !word.is_ascii() {
            return name.contains(word);
        }
        latin.iter().any(|token| {
            let is_word = token.strip_suffix('s').unwrap_or(token) == *word;
            is_word || token == word || (word.len() >= LONG && token.starts_with(word))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_alone_in_names_of_files() {
        let named = |name: &str, role: Role| {
            let signs = role.signs().expect("each role has signs");
            is_named(name, signs.names)
        };
        assert!(named("units_2024", Role::Units));
        assert!(!named("community", Role::Units));
        assert!(!named("points", Role::Sites));
        assert!(named("Hukou-Sites", Role::Sites));
        assert!(named("facilities", Role::Sites));
        assert!(named("2024年居民点", Role::Cells));
        assert!(named("population2020", Role::Cells));
        assert!(!named("", Role::Cells));
    }

    #[test]
    fn every_role_has_signs_in_its_order() {
        let roles: Vec<Role> = SIGNS.iter().map(|signs| signs.role).collect();
        assert_eq!(roles, Role::ALL);
    }
}

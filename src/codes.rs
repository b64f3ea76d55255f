//! [codes_zh]: crate::codes_zh
#![doc = ""]
#![doc = include_str!("codes.md")]

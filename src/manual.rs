//! [guide]: crate::guide
//! [codes]: crate::codes
//! [manual_zh]: crate::manual_zh
#![doc = ""]
#![doc = include_str!("manual.md")]

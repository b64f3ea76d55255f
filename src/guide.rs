//! [guide_zh]: crate::guide_zh
//! [manual]: crate::manual
#![doc = ""]
#![doc = include_str!("guide.md")]

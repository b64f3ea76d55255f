//! [guide]: crate::guide
//! [manual_zh]: crate::manual_zh
#![doc = ""]
#![doc = include_str!("guide.zh-CN.md")]

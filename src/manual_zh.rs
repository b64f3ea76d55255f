//! [guide]: crate::guide
//! [manual]: crate::manual
#![doc = ""]
#![doc = include_str!("manual.zh-CN.md")]

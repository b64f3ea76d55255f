//! [guide_zh]: crate::guide_zh
//! [codes_zh]: crate::codes_zh
//! [manual]: crate::manual
#![doc = ""]
#![doc = include_str!("manual.zh-CN.md")]

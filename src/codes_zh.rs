//! [codes]: crate::codes
#![doc = ""]
#![doc = include_str!("codes.zh-CN.md")]

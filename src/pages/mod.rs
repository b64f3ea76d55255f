//! Pages for whoever begins, and for whoever asks why. They hold no code.
//!
//! * [`tutorial`]: your county in ten minutes, from a folder of files to a plan
//! * [`gallery`]: what each command and program answers, with pictures
//! * [`others`]: coming from pandana, r5r, spopt, access or ArcGIS
//! * [`why`]: why things are as they are, a paragraph a decision
//! * [`glossary`]: words, in English and Chinese
//!
//! In Chinese: [`tutorial_zh`], [`gallery_zh`], [`others_zh`], [`why_zh`]; the glossary is in both.

/// A module for a page; the first definition of a link holds, which in the docs is the module's.
macro_rules! page {
    ($name:ident, $file:literal, $($link:literal)*) => {
        $(#[doc = $link])*
        #[doc = ""]
        #[doc = include_str!($file)]
        pub mod $name {}
    };
}

page!(tutorial, "tutorial.md",
    "[tutorial_zh]: crate::pages::tutorial_zh"
    "[manual]: crate::manual"
    "[guide]: crate::guide"
    "[gallery]: crate::pages::gallery"
    "[readme]: crate"
);
page!(tutorial_zh, "tutorial.zh-CN.md",
    "[tutorial]: crate::pages::tutorial"
    "[manual_zh]: crate::manual_zh"
    "[guide_zh]: crate::guide_zh"
    "[gallery_zh]: crate::pages::gallery_zh"
    "[readme_zh]: crate"
);

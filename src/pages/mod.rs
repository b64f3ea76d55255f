//! Pages for whoever begins, and for whoever asks why. They hold no code.
//!
//! | page | 中文 | what it is |
//! |---|---|---|
//! | [`tutorial`] | [`tutorial_zh`] | your county in ten minutes, from a folder of files to a plan |
//! | [`gallery`] | [`gallery_zh`] | each command and program, and what it answers |
//! | [`others`] | [`others_zh`] | coming from pandana, r5r, spopt, access or ArcGIS |
//! | [`why`] | [`why_zh`] | why things are as they are, a paragraph a decision |
//! | [`glossary`] | [`glossary`] | the words, in English and Chinese |
//!
//! Pictures stand beside the pages in the repository; in the docs their titles stand in their places.

/// A module for a page. Of several definitions of a link the first one holds, which in the docs is the module's.
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
page!(gallery, "gallery.md",
    "[tutorial]: crate::pages::tutorial"
    "[gallery_zh]: crate::pages::gallery_zh"
    "[manual]: crate::manual"
);
page!(gallery_zh, "gallery.zh-CN.md",
    "[gallery]: crate::pages::gallery"
    "[tutorial_zh]: crate::pages::tutorial_zh"
    "[manual_zh]: crate::manual_zh"
);
page!(others, "others.md",
    "[others_zh]: crate::pages::others_zh"
    "[manual]: crate::manual"
    "[why]: crate::pages::why"
);
page!(others_zh, "others.zh-CN.md",
    "[others]: crate::pages::others"
    "[manual_zh]: crate::manual_zh"
    "[why_zh]: crate::pages::why_zh"
);
page!(why, "why.md",
    "[why_zh]: crate::pages::why_zh"
    "[manual]: crate::manual"
);
page!(why_zh, "why.zh-CN.md",
    "[why]: crate::pages::why"
    "[manual_zh]: crate::manual_zh"
);
page!(glossary, "glossary.md",);

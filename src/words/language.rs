/// The language of reports, messages and summaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// English.
    #[default]
    English,
}

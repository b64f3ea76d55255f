/// The language of reports, messages and summaries.
///
/// ```
/// use walkshed::model::StudyParts;
/// use walkshed::words::Language;
/// // The language of a study's reports; English unless it says otherwise.
/// assert_eq!(StudyParts::default().language, Language::English);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// English.
    #[default]
    English,
}

//! The page of every diagnostic, as `docs/diagnostics` has it.

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../docs/diagnostics/", $code, ".md")))),*]
    };
}

/// Code and page of every diagnostic, in order. Kept by hand so that no build script is needed; a test
/// holds it against the folder and the codes.
pub static PAGES: &[(&str, &str)] = pages![
    "R0001", "R0002", "R0003", "R0004", "R0005", "R0006", "R0007", "R0008", "R0010", "R0011", "R0012", "R0013",
    "R0014", "R0015", "R0016", "R0017", "R0018", "R0019", "R0020", "R0021", "R0022", "R0023", "R0024", "R0025",
    "R0026", "R0027", "R0028", "R0029", "R0030", "R0031", "R0032", "R0033", "R0034", "R0035", "R0036", "R0037",
    "R0038", "R0039", "R0040", "R0041", "R0042", "R0043", "R0044", "R0045", "R0046", "R0047", "R0048", "R0049",
    "R0050", "R0051", "R0052", "R0053", "R0054", "R0055", "R0056", "R0057", "R0058", "R0059", "R0060", "R0061",
    "R0062", "R0063", "R0064", "R0065", "R0066", "R0067", "R0068", "R0069", "R0070", "R0071", "R0072", "R0073",
    "R0074", "R0075", "R0076", "R0077", "R0078", "R0079", "R0080", "R0081", "R0082", "R0083", "R0084", "R0085",
    "R0086", "R0087", "R0088", "R0089", "R0090", "R0091", "R0092", "R0093", "R0094", "R0095", "R0096", "R0097",
    "R0098",
];

/// The page of a code, in any case.
#[must_use]
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, text)| *text)
}

//! What control words of RTF mean: where the text of their group goes, and the characters that they stand for.

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    #[default]
    Text,
    Nowhere,
    Fonts,
    Styles,
    /// A property of the document.
    Title,
    Author,
    Keywords,
}

/// The destination that a control word opens.
pub(super) fn destination(name: &str) -> Option<Destination> {
    Some(match name {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "title" => Destination::Title,
        "author" => Destination::Author,
        "keywords" => Destination::Keywords,
        "colortbl" | "info" | "pict" | "object" | "objdata" | "header" | "headerl" | "headerr"
        | "headerf" | "footer" | "footerl" | "footerr" | "footerf" | "fldinst" | "bkmkstart"
        | "bkmkend" | "listtext" | "pntext" | "nonshppict" | "listtable" | "revtbl" | "filetbl"
        | "template" | "xe" | "tc" | "deleted" | "nonesttables" => Destination::Nowhere,
        _ => return None,
    })
}

/// The text that a control word stands for.
pub(super) fn text_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

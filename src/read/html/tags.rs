//! The elements and attributes of HTML that the readers of a page distinguish.

/// Defines the kinds of nodes: one for each element that is treated in its own way.
macro_rules! tags {
    ($($tag:ident $name:literal),* $(,)?) => {
        /// The kind of a node.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            /// Characters.
            Text,
            /// Any other element.
            Other,
            $(#[doc = $name] $tag),*
        }

        impl Tag {
            /// The number of kinds.
            pub(super) const COUNT: usize = [$($name),*].len() + 2;

            /// The element of that name, in lower case.
            pub(super) fn named(name: &[u8]) -> Self {
                match name {
                    $(name if name == $name.as_bytes() => Self::$tag,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    A "a", P "p", Div "div", Span "span", Li "li", Meta "meta", Link "link", Script "script", Br "br", Img "img",
    Strong "strong", Em "em", B "b", I "i", Ul "ul", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6",
    Section "section", Article "article", Aside "aside", Header "header", Footer "footer", Nav "nav", Main "main",
    Figure "figure", Figcaption "figcaption", Blockquote "blockquote", Time "time", Title "title", Html "html",
    Head "head", Body "body", Form "form", Button "button", Input "input", Select "select", Option "option",
    Label "label", Textarea "textarea", Fieldset "fieldset", Table "table", Caption "caption", Thead "thead",
    Tbody "tbody", Tfoot "tfoot", Tr "tr", Td "td", Th "th", Ol "ol", Dl "dl", Dt "dt", Dd "dd", Pre "pre",
    Address "address", Center "center", Details "details", Summary "summary", Dialog "dialog", Hgroup "hgroup",
    Hr "hr", Style "style", Noscript "noscript", Template "template", Iframe "iframe", Svg "svg", Math "math",
    Video "video", Audio "audio", Object "object", Canvas "canvas", Source "source", Wbr "wbr", Area "area",
    Base "base", Col "col", Embed "embed", Param "param", Track "track", Small "small", Sup "sup", Sub "sub",
    Abbr "abbr", Picture "picture", Menu "menu", Search "search",
}

impl Tag {
    /// Whether the element has no end tag.
    pub(super) fn is_void(self) -> bool {
        use Tag::{
            Area, Base, Br, Col, Embed, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr,
        };
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Whether the element is laid out as a block.
    pub(super) fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Caption, Center, Dd, Details, Dialog, Div,
            Dl, Dt, Fieldset, Figcaption, Figure, Footer, Form, Head, Header, Hgroup, Hr, Html, Li,
            Main, Menu, Nav, Ol, Option, P, Pre, Search, Section, Summary, Table, Tbody, Td, Tfoot,
            Th, Thead, Tr, Ul,
        };
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Body
                    | Caption
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Head
                    | Header
                    | Hgroup
                    | Hr
                    | Html
                    | Li
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | Option
                    | P
                    | Pre
                    | Search
                    | Section
                    | Summary
                    | Table
                    | Tbody
                    | Td
                    | Tfoot
                    | Th
                    | Thead
                    | Tr
                    | Ul
            )
    }

    /// Whether the element is `h1` to `h6`.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }
}

/// The attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Class,
    Id,
    Href,
    Rel,
    Content,
    Name,
    Property,
    HttpEquiv,
    Itemprop,
    Itemtype,
    Typeof,
    Datetime,
    Lang,
    Type,
    Title,
    Style,
    Hidden,
    AriaHidden,
    Role,
    /// `data-author`, the name of the writer.
    Author,
    /// `data-testid` and similar attributes, which describe an element where class names are obfuscated.
    TestId,
}

impl Attribute {
    /// The attribute of that name, in lower case, if it is kept.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"class" => Self::Class,
            b"id" => Self::Id,
            b"href" => Self::Href,
            b"rel" => Self::Rel,
            b"content" => Self::Content,
            b"name" => Self::Name,
            b"property" => Self::Property,
            b"http-equiv" => Self::HttpEquiv,
            b"itemprop" => Self::Itemprop,
            b"itemtype" => Self::Itemtype,
            b"typeof" => Self::Typeof,
            b"datetime" | b"data-datetime" | b"data-timestamp" | b"data-time" | b"data-date" => {
                Self::Datetime
            }
            b"lang" | b"xml:lang" => Self::Lang,
            b"type" => Self::Type,
            b"title" => Self::Title,
            b"style" => Self::Style,
            b"hidden" => Self::Hidden,
            b"aria-hidden" => Self::AriaHidden,
            b"role" => Self::Role,
            b"data-author" | b"data-author-name" | b"data-byline" => Self::Author,
            b"data-testid"
            | b"data-component"
            | b"data-component-name"
            | b"data-qa"
            | b"data-block"
            | b"data-module"
            | b"data-test" => Self::TestId,
            _ => return None,
        })
    }
}

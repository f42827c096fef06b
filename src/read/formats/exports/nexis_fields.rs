//! The names of the fields of Nexis in the languages of its faces, and the lines that divide an article of Nexis Uni.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Byline,
    Dateline,
    Section,
    /// How many words the text has: every article has this field.
    Length,
    /// A summary above the text.
    Highlight,
    Body,
    /// When the database received it.
    LoadDate,
    Language,
    Keywords,
    Url,
    Id,
    Other,
}

use Field::{
    Body, Byline, Dateline, Highlight, Id, Keywords, Language, Length, LoadDate, Other, Section,
    Title, Url,
};

/// The fields by their names in capitals: English, French, German, Dutch, Italian, Spanish, Portuguese.
const NAMES: &[(&str, Field)] = &[
    ("HEADLINE", Title),
    ("TITLE", Title),
    ("TITRE", Title),
    ("TITEL", Title),
    ("KOP", Title),
    ("ÜBERSCHRIFT", Title),
    ("SCHLAGZEILE", Title),
    ("TITOLO", Title),
    ("TÍTULO", Title),
    ("TITULO", Title),
    ("TITULAR", Title),
    ("BYLINE", Byline),
    ("AUTHOR", Byline),
    ("AUTEUR", Byline),
    ("AUTOR", Byline),
    ("AUTORE", Byline),
    ("AUTEURS", Byline),
    ("AUTORI", Byline),
    ("AUTOREN", Byline),
    ("AUTORES", Byline),
    ("NAAMREGEL", Byline),
    ("SIGNATURE", Byline),
    ("VERFASSER", Byline),
    ("FIRMA DEL AUTOR", Byline),
    ("DATELINE", Dateline),
    ("SECTION", Section),
    ("RUBRIQUE", Section),
    ("RUBRIK", Section),
    ("RUBRIEK", Section),
    ("SECTIE", Section),
    ("SEZIONE", Section),
    ("SECCIÓN", Section),
    ("SECCION", Section),
    ("SEÇÃO", Section),
    ("RESSORT", Section),
    ("LENGTH", Length),
    ("LONGUEUR", Length),
    ("LÄNGE", Length),
    ("LENGTE", Length),
    ("LUNGHEZZA", Length),
    ("LONGITUD", Length),
    ("EXTENSIÓN", Length),
    ("EXTENSÃO", Length),
    ("HIGHLIGHT", Highlight),
    ("HIGHLIGHTS", Highlight),
    ("ENCART", Highlight),
    ("SAMENVATTING", Highlight),
    ("ZUSAMMENFASSUNG", Highlight),
    ("BODY", Body),
    ("TEXT", Body),
    ("TEXTE", Body),
    ("TESTO", Body),
    ("TEKST", Body),
    ("LOAD-DATE", LoadDate),
    ("DATE-CHARGEMENT", LoadDate),
    ("DATE DE CHARGEMENT", LoadDate),
    ("LADEDATUM", LoadDate),
    ("UPDATE", LoadDate),
    ("LAADDATUM", LoadDate),
    ("DATA DI CARICAMENTO", LoadDate),
    ("FECHA DE CARGA", LoadDate),
    ("DATA DE CARREGAMENTO", LoadDate),
    ("LANGUAGE", Language),
    ("LANGUE", Language),
    ("SPRACHE", Language),
    ("TAAL", Language),
    ("LINGUA", Language),
    ("IDIOMA", Language),
    ("LENGUA", Language),
    ("SUBJECT", Keywords),
    ("PERSON", Keywords),
    ("COMPANY", Keywords),
    ("SUJET", Keywords),
    ("PERSONNE", Keywords),
    ("SOCIETE", Keywords),
    ("SOCIÉTÉ", Keywords),
    ("SCHLAGWÖRTER", Keywords),
    ("ONDERWERP", Keywords),
    ("URL", Url),
    ("ACC-NO", Id),
    ("GRAPHIC", Other),
    ("PUBLICATION-TYPE", Other),
    ("PUBLICATION TYPE", Other),
    ("TYPE DE PUBLICATION", Other),
    ("CORRECTION-DATE", Other),
    ("CORRECTION", Other),
    ("ORGANIZATION", Other),
    ("TICKER", Other),
    ("INDUSTRY", Other),
    ("CITY", Other),
    ("STATE", Other),
    ("COUNTRY", Other),
    ("GEOGRAPHIC", Other),
    ("NOTES", Other),
    ("TYPE", Other),
    ("SERIES", Other),
    ("JOURNAL-CODE", Other),
    ("JOURNAL CODE", Other),
    ("DOCUMENT-TYPE", Other),
    ("COLUMN", Other),
    ("DISTRIBUTION", Other),
    ("TYPE-PUBLICATION", Other),
    ("ORGANISATION", Other),
    ("SYMBOLE-BOURSIER", Other),
    ("SECTEUR-ACTIVITE", Other),
    ("SECTEUR-ACTIVITÉ", Other),
    ("LOCALISATION-GEO", Other),
    ("ILLUSTRATION", Other),
    ("SOURCE", Other),
    ("FIRMA", Other),
    ("BRANCHE", Other),
    ("REGION", Other),
    ("GRAFIEK", Other),
    ("GRAFIK", Other),
    ("GRAFICO", Other),
    ("GRÁFICO", Other),
    ("TYPE PUBLICATIE", Other),
    ("PUBLICATIONTYPE", Other),
    ("PUBLIKATIONSART", Other),
    ("TIPO DI PUBBLICAZIONE", Other),
    ("TIPO DE PUBLICACIÓN", Other),
];

/// The name as it is written, the field and the value of a line such as `BYLINE: Jane Doe`.
pub(super) fn in_capitals(line: &str) -> Option<(&str, Field, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let (_, field) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some((name, *field, value.trim()))
}

/// [`in_capitals`] for names in any case, as Nexis Uni writes them: `Byline: Jane Doe`. Only for lines where fields stand: many
/// a paragraph begins so.
pub(super) fn in_any_case(line: &str) -> Option<(&str, Field, &str)> {
    const LONGEST: usize = 24;
    let (name, value) = line.split_once(':')?;
    // Converters to Markdown keep names in bold letters.
    let name = name.trim().trim_start_matches('*');
    let value = value.trim_start_matches('*');
    if name.len() > LONGEST {
        return None;
    }
    let upper = name.to_uppercase();
    let (_, field) = NAMES.iter().find(|(known, _)| *known == upper)?;
    Some((name, *field, value.trim()))
}

/// Whether a line stands alone above the text in Nexis Uni.
pub(super) fn opens_body(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "Body",
        "Text",
        "Texte",
        "Volltext",
        "Hauptteil",
        "Corps",
        "Corps de l'article",
        "Testo",
        "Corpo",
        "Cuerpo",
        "Texto",
        "Tekst",
        "Hoofdtekst",
    ];
    WORDS.contains(&line.trim().trim_matches('*'))
}

/// Whether a line stands alone below the text in Nexis Uni: what follows is not part of it.
pub(super) fn closes_body(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "Classification",
        "Graphic",
        "Notes",
        "Correction",
        "Correction-Date",
        "Klassifikation",
        "Klassifizierung",
        "Classificatie",
        "Classificazione",
        "Clasificación",
        "Grafik",
        "Grafiek",
        "Graphique",
        "Grafica",
        "Gráfico",
        "Link to Image",
        "Link to PDF",
    ];
    WORDS.contains(&line.trim().trim_matches('*'))
}

/// Whether a line ends an article of Nexis Uni.
pub(super) fn ends_document(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "end of document",
        "fin du document",
        "ende des dokuments",
        "einde van document",
        "einde van het document",
        "fine del documento",
        "fin del documento",
        "fim do documento",
    ];
    let line = line.trim().trim_matches('*');
    line.len() < 40 && WORDS.contains(&line.to_lowercase().as_str())
}

//! Whether an item of a credit is a name: what is nobody's, and what has the form of a personal name.

use super::person::is_personal_name;
use super::words::{Kinds, kinds, words};
use crate::calendar::month_names;
use crate::tables::{agencies, countries};

/// Most bytes of a name, and most words.
const MAX_NAME: usize = 80;
const MAX_WORDS: usize = 9;

/// Whether the item is that of a template that was not filled in: `[[author]]`, `{{author.name}}`, `%author%`.
pub(super) fn is_template(value: &str) -> bool {
    const MARKS: &[&str] =
        &["{{", "}}", "[[", "]]", "<%", "%>", "${", "{%", "#{", "@@", "<?", "__"];
    let value = value.trim();
    let is_between =
        |mark: char| value.len() > 2 && value.starts_with(mark) && value.ends_with(mark);
    MARKS.iter().any(|mark| value.contains(mark))
        || is_between('%')
        || is_between('$')
        || value.starts_with('{') && value.ends_with('}')
        || value.starts_with('$') && !value.contains(' ')
}

/// Whether `name` names nobody: a placeholder, a role alone, words of a page, a number, a degree.
pub(super) fn is_nobody(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let has_ideograph = name.chars().any(super::parts::is_east_asian);
    letters < if has_ideograph { 1 } else { 2 }
        || name.len() > MAX_NAME
        || words(name).count() > MAX_WORDS
        || name.starts_with(|c: char| c.is_ascii_digit())
        || name.contains([':', '：'])
        || kinds(name).any(Kinds::NOBODY | Kinds::GENERATION | Kinds::BEFORE | Kinds::BEHIND)
        || is_administrator(name)
        || is_degree(name)
        || is_role(before_place(name))
        || is_of_page(name)
        || month_names::is_name(name) && !may_be_given_name(name)
        || name.chars().filter(char::is_ascii_digit).count() > 4
}

/// Months that are given names too: `April`, `June`, `August`. In another language than English, or with a day, none is.
fn may_be_given_name(name: &str) -> bool {
    matches!(
        name,
        "April"
            | "May"
            | "June"
            | "Mai"
            | "August"
            | "Jan"
            | "Avril"
            | "Julio"
            | "Mar"
            | "Augusto"
            | "Juli"
            | "Juni"
            | "Sol"
            | "Domingo"
            | "Set"
            | "Sat"
            | "Sun"
    )
}

/// Whether the word is the name of a site: `lakeland.example`. Initials and names of users are none: `C.Doe`, `jane.doe`.
pub(super) fn is_host(word: &str) -> bool {
    const DOMAINS: &[&str] = &["com", "net", "org", "info", "news", "online", "media", "example"];
    let Some((name, domain)) = word.trim_end_matches(['.', ',', ')']).rsplit_once('.') else {
        return false;
    };
    name.len() > 2
        && !word.contains(char::is_whitespace)
        && !name.contains(char::is_uppercase)
        && (domain.len() == 2 && domain.bytes().all(|byte| byte.is_ascii_lowercase())
            || DOMAINS.contains(&domain))
}

/// Whether the value is a sentence: it has capitals, but more words in small letters that mean nothing in credits.
pub(super) fn is_sentence(value: &str) -> bool {
    let is_plain = |word: &str| kinds(word) == Kinds::default();
    if value.split(',').next().is_some_and(is_personal_name) {
        return false;
    }
    let (mut capitals, mut small) = (0, 0);
    for (_, word) in words(value) {
        if kinds(word).any(Kinds::IS) {
            return false;
        }
        capitals += usize::from(word.starts_with(char::is_uppercase));
        small += usize::from(word.starts_with(char::is_lowercase) && is_plain(word));
    }
    capitals > 0 && small > 2 && small > capitals
}

/// Whether it is the account of whoever runs a site: `admin2`, `wp-admin`.
fn is_administrator(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphanumeric());
    lower.starts_with("admin") || parts.any(|part| part == "admin")
}

fn is_degree(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    capitals > 1 && words(name).all(|(_, word)| kinds(word).any(Kinds::DEGREE | Kinds::GENERATION))
}

/// Whether all words are those of roles and newsrooms: `Staff Writer`, `Our Correspondent`, `Web Desk`.
pub(super) fn is_role(name: &str) -> bool {
    words(name).all(|(_, word)| may_be_of_role(word))
        && words(name).any(|(_, word)| kinds(word).any(Kinds::ROLE | Kinds::UNIT))
}

/// The words before a place or an outlet: `Our Correspondent in Paris`.
fn before_place(name: &str) -> &str {
    let is_small = |word: &str| !word.contains(char::is_uppercase);
    let place =
        words(name).find(|(_, word)| is_small(word) && kinds(word).any(Kinds::IN | Kinds::FOR));
    place.map_or(name, |(at, _)| &name[..at])
}

fn may_be_of_role(word: &str) -> bool {
    let of_role = Kinds::ROLE | Kinds::UNIT | Kinds::MODIFIER | Kinds::GENRE;
    kinds(word).any(of_role | Kinds::AND | Kinds::ARTICLE | Kinds::WITH)
}

/// Whether all words are those of a page around the credit: `View profile`, `8 min read`, `ca. 5 Min.`.
fn is_of_page(name: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let of_page = Kinds::BUTTON | Kinds::INTERFACE;
    let may_be = of_page
        | Kinds::LABEL
        | Kinds::GENRE
        | Kinds::BY
        | Kinds::AND
        | Kinds::ARTICLE
        | Kinds::WHEN;
    let all = words(name).all(|(_, word)| kinds(word).any(may_be) || is_number(word));
    let is_sure = words(name).any(|(_, word)| kinds(word).any(Kinds::BUTTON))
        || words(name).any(|(_, word)| is_number(word))
            && words(name).any(|(_, word)| kinds(word).any(of_page));
    all && (is_sure
        || words(name).count() > 1 && words(name).all(|(_, word)| kinds(word).any(of_page)))
}

/// Whether the name is that of an agency, its staff (`AP Sports Desk`), a site or an editorial office, which counts where no person is named.
pub(super) fn is_organisation(name: &str) -> bool {
    let may_be = Kinds::NEWSROOM
        | Kinds::ROLE
        | Kinds::MODIFIER
        | Kinds::ARTICLE
        | Kinds::LABEL
        | Kinds::AND;
    let is_newsroom = words(name).any(|(_, word)| kinds(word).any(Kinds::NEWSROOM))
        && words(name).all(|(_, word)| kinds(word).any(may_be));
    let is_known = |word: &str| agencies::find(word, None).is_some();
    let is_of_agency = words(name).any(|(_, word)| is_known(word))
        && words(name).all(|(_, word)| may_be_of_role(word) || is_known(word));
    is_newsroom || is_agency(name) || is_host(name) || is_of_agency
}

pub(super) fn is_agency(name: &str) -> bool {
    agencies::find(name, None).is_some() || agencies::is_agency_name(name)
}

/// Whether an item behind a person's name is a role, an outlet or a country rather than another person.
/// `is_listed`: it stands in a list with *and*, where two words are a person (`Ann Doe and Emily Post`).
pub(super) fn is_of_other_kind(item: &str, is_listed: bool) -> bool {
    let may_be_outlet = !is_listed || words(item).nth(2).is_some();
    may_be_outlet && words(item).any(|(_, word)| kinds(word).any(Kinds::OUTLET))
        || words(item).next().is_some_and(|(_, word)| {
            !word.contains(char::is_uppercase)
                && kinds(word).any(Kinds::ROLE | Kinds::IN | Kinds::FOR)
        })
        || words(item)
            .next_back()
            .is_some_and(|(_, word)| kinds(word).any(Kinds::ROLE | Kinds::UNIT))
        || item.starts_with("The ")
        || item.starts_with("the ")
        || countries::country_code(item).is_some()
}

/// Whether the name is desk initials: `EE/PA`, `rau`.
pub(super) fn is_initials(name: &str) -> bool {
    let is_group = |group: &str| {
        (1..=4).contains(&group.len())
            && (group.bytes().all(|byte| byte.is_ascii_uppercase())
                || group.bytes().all(|byte| byte.is_ascii_lowercase()))
    };
    let is_long = |name: &str| name.len() > 3 && !name.contains('/');
    !is_long(name) && name.split('/').all(is_group)
}

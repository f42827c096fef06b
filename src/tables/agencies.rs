//! The table of agencies: from a printed form (`MNA`, `Mehr News`, `Agence France Presse`) to the agency's usual name today.
//! Where in a text a form counts is decided by the callers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::CountryCode;

/// A wire service or news agency.
#[derive(Debug)]
pub struct Agency {
    /// Its usual name.
    pub name: &'static str,
    /// Where it has its seat.
    pub country: Option<CountryCode>,
}

struct AgencyTable {
    agencies: Vec<Agency>,
    /// Short forms as printed; several agencies may share one.
    short: FxHashMap<&'static str, Vec<u16>>,
    /// All forms in lower case.
    long: FxHashMap<String, u16>,
}

static TABLE: LazyLock<AgencyTable> = LazyLock::new(|| {
    let mut table = AgencyTable {
        agencies: Vec::new(),
        short: FxHashMap::default(),
        long: FxHashMap::default(),
    };
    for line in include_str!("agencies.tsv").lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(name), Some(country)) = (columns.next(), columns.next()) else { continue };
        let number = table.agencies.len() as u16;
        table.agencies.push(Agency { name, country: CountryCode::parse(country) });
        table.add_long(name, number);
        for form in forms(columns.next()) {
            table.short.entry(form).or_default().push(number);
        }
        for form in forms(columns.next()) {
            table.add_long(form, number);
        }
    }
    table
});

impl AgencyTable {
    fn add_long(&mut self, form: &str, number: u16) {
        let lower = form.to_lowercase();
        self.long.entry(lower).or_insert(number);
    }
}

fn forms(column: Option<&'static str>) -> impl Iterator<Item = &'static str> {
    column.unwrap_or_default().split(';').filter(|form| !form.is_empty())
}

/// One byte more than the longest form of the table.
const LONGEST: usize = 64;

/// The agency of a form: a short one in its own capitals, a name in any case. Of agencies with one short form, that of
/// `country`, else the first of the table.
pub fn find(form: &str, country: Option<CountryCode>) -> Option<&'static Agency> {
    if form.len() < 2 || form.len() >= LONGEST {
        return None;
    }
    let table = &*TABLE;
    if let Some(numbers) = table.short.get(form) {
        let agencies = || numbers.iter().map(|&n| &table.agencies[n as usize]);
        let at_home = country.and_then(|c| agencies().find(|a| a.country == Some(c)));
        return at_home.or_else(|| agencies().next());
    }
    let mut lower = [0; LONGEST];
    let number = if form.is_ascii() {
        let lower = &mut lower[..form.len()];
        lower.copy_from_slice(form.as_bytes());
        lower.make_ascii_lowercase();
        table.long.get(std::str::from_utf8(lower).ok()?)
    } else {
        table.long.get(form.to_lowercase().as_str())
    };
    Some(&table.agencies[*number? as usize])
}

/// All agencies that are called so: by a short form, in any case unless one is written just so, or by any of their names.
pub fn called(name: &str) -> Vec<&'static Agency> {
    let table = &*TABLE;
    let lower = name.trim().to_lowercase();
    let in_any_case = || table.short.iter().filter(|(form, _)| form.to_lowercase() == lower);
    let codes = match table.short.get(name.trim()) {
        Some(numbers) => numbers.clone(),
        None => in_any_case().flat_map(|(_, numbers)| numbers.iter().copied()).collect(),
    };
    let mut numbers: Vec<_> = codes.into_iter().chain(table.long.get(&lower).copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| &table.agencies[number as usize]).collect()
}

/// All agencies that `phrase` names: one, or several with strokes, commas, dashes or *and* between them
/// (`River Bulletin/ANN`, `Agencia EFE - EFE`, `AFP, dpa`). Others are left out.
pub fn find_all(phrase: &str, country: Option<CountryCode>) -> Vec<&'static Agency> {
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(one) = find(phrase, country).or_else(|| find_lower_case(phrase, country)) {
        return vec![one];
    }
    let mut found: Vec<&Agency> = Vec::new();
    for part in parts(phrase) {
        if let Some(agency) = find(part, country)
            && !found.iter().any(|known| known.name == agency.name)
        {
            found.push(agency);
        }
    }
    found
}

/// The agency of a short form in lower case, as some papers print it in brackets: `(sda)`, `(afp)`.
fn find_lower_case(form: &str, country: Option<CountryCode>) -> Option<&'static Agency> {
    let small = (2..=5).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_lowercase());
    small.then(|| find(&form.to_ascii_uppercase(), country))?
}

/// Whether `phrase` names one agency or more.
pub fn names_any(phrase: &str) -> bool {
    let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
    find(phrase, None).or_else(|| find_lower_case(phrase, None)).is_some()
        || parts(phrase).any(|part| find(part, None).is_some())
}

/// Whether `name`, which the table may lack, has the form of an agency's: `Lakeland News Agency`, `Agence du Lac`.
pub fn is_agency_name(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        " News Agency",
        " Press Agency",
        " Information Agency",
        " Telegraph Agency",
        " News Service",
        " Press Service",
        " Wire Service",
        " Features Service",
        " Wire",
        " Newswire",
        " News Wire",
        " Press Association",
        " News Network",
        " News Cooperative",
        " Press Cooperative",
        " News Exchange",
        " Press Exchange",
        " News Alliance",
        " Press Alliance",
        " Wire Alliance",
        " Press Trust",
        " Nachrichtenagentur",
        " Presseagentur",
        " Nachrichtendienst",
        " Pressedienst",
        " Nyhetsbyrå",
        " Ajansı",
    ];
    const OPENINGS: &[&str] = &[
        "Agence ",
        "Agencia ",
        "Agência ",
        "Agència ",
        "Agenzia ",
        "Agentur ",
        "Agjencia ",
        "Agenția ",
        "Agencja ",
        "Kantor Berita ",
    ];
    let name = name.strip_prefix("The ").unwrap_or(name);
    let words = name.split(' ').count();
    (2..=8).contains(&words)
        && name.starts_with(char::is_uppercase)
        && !name.starts_with("Copyright")
        && name
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '&' | '\'' | '’'))
        && (ENDINGS.iter().any(|ending| name.ends_with(ending))
            || OPENINGS.iter().any(|opening| name.starts_with(opening)))
}

/// The parts of `AFP/Reuters`, `AP, Reuters and dpa`, `PRNewswire-AsiaNet`.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    phrase
        .split(['/', ',', '&', '-', '–', '—', '|', '+', ';', ':'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" via "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, country: Option<&str>, expected: &[&str]) {
        let found = find_all(form, country.and_then(CountryCode::parse));
        let names: Vec<_> = found.iter().map(|known| known.name).collect();
        assert_eq!(names, expected, "{form}");
    }

    #[test]
    fn forms_lead_to_one_name() {
        check("AFP", None, &["Agence France-Presse"]);
        check("REUTERS", None, &["Reuters"]);
        check("the associated press", None, &["Associated Press"]);
        check("Xinhua News Agency", None, &["Xinhua"]);
        check("AFP/dpa", None, &["Agence France-Presse", "Deutsche Presse-Agentur"]);
        check("Agencia EFE - EFE", None, &["Agencia EFE"]);
        check("River Bulletin/ANN", None, &["Asia News Network"]);
        check("sda", None, &["Keystone-ATS"]);
        check("Daily Planet", None, &[]);
    }

    #[test]
    fn the_country_decides_between_agencies_of_one_short_form() {
        check("MNA", None, &["Mehr News Agency"]);
        check("MNA", Some("MM"), &["Myanmar News Agency"]);
        check("APS", Some("SN"), &["Agence de Presse Sénégalaise"]);
        check("APS", Some("DZ"), &["Algérie Presse Service"]);
    }

    #[test]
    fn agencies_are_called_by_code_or_name() {
        let check = |name, expected: &[&str]| {
            let names: Vec<_> = called(name).iter().map(|agency| agency.name).collect();
            assert_eq!(names, expected, "{name}");
        };
        check("AP", &["Associated Press"]);
        check("afp", &["Agence France-Presse"]);
        check("DPA", &["Deutsche Presse-Agentur"]);
        check("mna", &["Mehr News Agency", "Myanmar News Agency"]);
        check("reuter", &["Reuters"]);
        check("lind", &[]);
    }

    #[test]
    fn the_table_is_well_formed() {
        assert!(TABLE.agencies.len() >= 150);
        assert!(TABLE.agencies.iter().all(|known| known.country.is_some()));
        assert!(TABLE.long.keys().all(|form| form.len() < LONGEST));
    }
}

//! The countries, regions and places that a name may refer to, given the evidence that it names a place at all.

use super::context_words::local_news_factor;
use crate::article::CountryCode;
use crate::extract::gazetteer::{Entry, Form, Key, NOWHERE, PlaceKind, nation, places, region};
use crate::text::byte_classes;

/// Fewest people of a city that needs no other evidence than its name.
const MIN_POPULATION: f32 = 100_000.0;
/// Fewest people of a place whose name is an English word.
const MIN_POPULATION_OF_WORD: f32 = 15_000.0;
/// Population assumed for a country or a people.
const NATION_POPULATION: f32 = 5e6;
/// Population assumed for a region of the regions table.
const REGION_POPULATION: f32 = 1e6;
/// Share of its population that a state or county of the place table counts as.
const AREA_SHARE: f32 = 0.1;
/// News names a town of twice the population less than twice as often: the exponent that did best on development texts.
const POPULATION_EXPONENT: f32 = 0.7;

/// A place or people that a name may refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The country that it lies in.
    pub(super) country: CountryCode,
    /// Its first-level division, if any: the code as a [`byte_classes::number`].
    pub(super) admin: Option<u64>,
    /// How often news refers to it regardless of context: its population to the power of [`POPULATION_EXPONENT`].
    pub(super) prior: f32,
    /// The place, if it is one of the place table.
    pub(super) entry: Option<Entry>,
    /// Its share of the name's vote, 0 to 1; set by [`super::disambiguate::choose`].
    pub(super) share: f32,
}

/// What the context shows of whether a name is a place's, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Evidence {
    /// It is part of a person's name, or in a line of capitals.
    Against,
    /// It is part of another name: countries and well-known towns of local news count.
    InsideName,
    None,
    /// The name tagger, a qualifier or the dateline marks it as a place.
    Certain,
}

/// The state or province printed after a place name: its country, and its code as a first-level division.
pub(super) type Qualifier = (CountryCode, Option<&'static str>);

impl Candidate {
    fn new(country: CountryCode, admin: Option<u64>, population: f32) -> Self {
        let prior = population.powf(POPULATION_EXPONENT);
        Self { country, admin, prior, entry: None, share: 0.0 }
    }

    pub(super) fn of_region((country, admin): Qualifier) -> Self {
        Self::new(country, admin.map(admin_number), REGION_POPULATION)
    }

    fn of_place(entry: Entry) -> Self {
        let share = match entry.kind() {
            PlaceKind::City => 1.0,
            PlaceKind::Region | PlaceKind::County => AREA_SHARE,
        };
        let population = (entry.population() + 500.0) * share;
        let admin = Some(entry.admin_number());
        Self { entry: Some(entry), ..Self::new(entry.country(), admin, population) }
    }

    /// Whether the candidate lies in the state or province.
    pub(super) fn is_in(&self, (country, admin): Qualifier) -> bool {
        self.country == country && admin.is_none_or(|admin| self.admin == Some(admin_number(admin)))
    }
}

/// The code of a first-level division, which has at most eight bytes, as a number.
fn admin_number(admin: &str) -> u64 {
    byte_classes::number(admin.as_bytes()).unwrap_or(u64::MAX)
}

/// All countries, regions and places that a name may refer to, given the evidence.
pub(super) fn candidates(key: Key, evidence: Evidence) -> impl Iterator<Item = Candidate> {
    let nation = nation(key).filter(|_| evidence > Evidence::Against);
    let region = region(key).filter(|_| evidence > Evidence::Against);
    let is_demonym =
        nation.map(|(_, form)| form).or(region.map(|(_, form)| form)) == Some(Form::Demonym);
    let is_area = nation.is_some() || region.is_some();
    let is_of_no_country = region.is_some_and(|(region, _)| region.country == NOWHERE);
    let nation = nation.map(|(country, _)| Candidate::new(country, None, NATION_POPULATION));
    let region = region
        .filter(|_| !is_of_no_country)
        .map(|(region, _)| Candidate::of_region((region.country, region.admin)));
    let places = places(key).filter(move |&entry| {
        !is_demonym
            && !is_of_no_country
            && if is_area { !entry.flags.alternate } else { is_credible(entry, evidence) }
    });
    nation.into_iter().chain(region).chain(places.map(Candidate::of_place))
}

/// Whether the evidence suffices for the name to refer to this place.
fn is_credible(entry: Entry, evidence: Evidence) -> bool {
    if entry.flags.alternate {
        return false;
    }
    // Flags come with the key; the population costs a read of the place's record, so it is tested last.
    let is_unambiguous =
        || !entry.flags.word && !entry.flags.person && entry.population() >= MIN_POPULATION;
    match evidence {
        Evidence::Against => false,
        Evidence::InsideName => is_unambiguous() && local_news_factor(entry.country()).is_some(),
        Evidence::None => is_unambiguous(),
        Evidence::Certain if entry.name().len() <= 3 => entry.population() >= 3.0 * MIN_POPULATION,
        Evidence::Certain if entry.flags.word || entry.flags.person => {
            let local = local_news_factor(entry.country()).is_some();
            let fewest = if local { MIN_POPULATION_OF_WORD } else { MIN_POPULATION };
            entry.kind() == PlaceKind::City
                && entry.population() >= if entry.flags.word { fewest } else { fewest / 3.0 }
        }
        Evidence::Certain => true,
    }
}

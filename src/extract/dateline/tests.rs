//! Datelines in the house styles of agencies and papers, with invented stories; look-alikes; and properties of any text.

use proptest::prelude::*;

use super::*;
use crate::extract::language;

fn article(body: &str) -> Article {
    let title_span = body.split_once('\n').map(|(title, _)| Span::new(0, title.len()));
    let mut article = Article { body: body.to_owned(), title_span, ..Article::default() };
    let text = Text::new(body);
    language::find(&text, &mut article);
    find(&text, &mut article);
    article
}

/// Checks the places, the date and the agency found in `opening` before a story.
fn check(opening: &str, expected: &str) {
    let body = format!(
        "River news\n\n{opening} The river rose by a metre on Monday after two days of rain, the mayor said.\n"
    );
    let article = article(&body);
    let found = article.dateline.map_or(String::new(), |dateline| {
        let names: Vec<_> = dateline.places.iter().map(|place| place.name.as_str()).collect();
        let date = dateline.date.map_or(String::new(), |date| format!(" {date}"));
        let agency = dateline.agency.map_or(String::new(), |span| format!(" [{}]", span.of(&body)));
        format!("{}{date}{agency}", names.join("+"))
    });
    assert_eq!(found, expected, "{opening}");
}

#[test]
fn datelines_of_agencies_in_english() {
    for (opening, expected) in [
        ("PARIS (AP) —", "Paris [AP]"),
        ("LONDON, March 3 (Reuters) -", "London --03-03 [Reuters]"),
        ("BEIJING, Jan. 1 (Xinhua) --", "Beijing --01-01 [Xinhua]"),
        ("TEHRAN, Jan. 05 (MNA) –", "Tehran --01-05 [MNA]"),
        ("MOSCOW, February 6. /TASS/.", "Moscow --02-06 [TASS]"),
        ("(ANSA) - Rome, May 3 -", "Rome --05-03 [ANSA]"),
        ("BUENOS AIRES, Argentina (AP) _", "Buenos Aires [AP]"),
        ("CONCORD, Mass. (AP) _", "Concord [AP]"),
        ("Jan 30 (Reuters) -", " --01-30 [Reuters]"),
        ("WASHINGTON/BEIJING, Jan 30 (Reuters) -", "Washington+Beijing --01-30 [Reuters]"),
        ("Frankfurt/Main (dpa) -", "Frankfurt/Main [dpa]"),
        ("GENEVA, 12 June 2019 (AFP) -", "Geneva 2019-06-12 [AFP]"),
        ("AMMAN, June 12 (Petra) --", "Amman --06-12 [Petra]"),
        ("ANKARA, 12 June, AA -", "Ankara --06-12 [AA]"),
        ("SEOUL, June 12 (Yonhap) --", "Seoul --06-12 [Yonhap]"),
        ("TOKYO, June 12, Kyodo -", "Tokyo --06-12 [Kyodo]"),
        ("New Delhi, Jun 12 (PTI)", "New Delhi --06-12 [PTI]"),
        ("WASHINGTON, June 12, 2014 /PRNewswire/ --", "Washington 2014-06-12 [PRNewswire]"),
        ("DAMASCUS, (SANA) -", "Damascus [SANA]"),
        ("ST. LOUIS (UPI) --", "St. Louis [UPI]"),
        ("KYIV, June 12 /Ukrinform/.", "Kyiv --06-12 [Ukrinform]"),
        ("LAGOS, Nigeria (AP) —", "Lagos [AP]"),
        ("TEHRAN – IRNA –", "Tehran [IRNA]"),
        ("SYDNEY, AAP -", "Sydney [AAP]"),
        ("WASHINGTON (AP) The mayor —", "Washington [AP]"),
        ("UNITED NATIONS, June 12 (AFP) -", "United Nations --06-12 [AFP]"),
        (
            "TORONTO, ONTARIO--(Marketwired - Jan. 5, 2015) -",
            "Toronto 2015-01-05 [Marketwired - Jan. 5, 2015]",
        ),
        ("NEW YORK--(BUSINESS WIRE)--", "New York [BUSINESS WIRE]"),
        ("SAN DIEGO, CA / ACCESSWIRE / May 3, 2020 /", "San Diego 2020-05-03 [ACCESSWIRE]"),
        ("Bern (sda) -", "Bern [sda]"),
        ("HAVANA, Jun 12 (Prensa Latina)", "Havana --06-12 [Prensa Latina]"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn datelines_of_papers() {
    for (opening, expected) in [
        ("NEW DELHI:", "New Delhi"),
        ("TEHRAN -", "Tehran"),
        ("TEHRAN_", "Tehran"),
        ("TEHRAN--", "Tehran"),
        ("TUNIS – 4 March 2019:", "Tunis 2019-03-04"),
        ("Lahore:", "Lahore"),
        ("Cape Town -", "Cape Town"),
        ("LONDON and PARIS —", "London+Paris"),
        ("NEW YORK, LONDON and TOKYO, June 12 -", "New York+London+Tokyo --06-12"),
        ("RIYADH (June 12, 2021) —", "Riyadh 2021-06-12"),
        ("LONDON, Tuesday -", "London"),
        ("DECATUR, Ill —", "Decatur"),
        ("EAU CLAIRE, Wisc —", "Eau Claire"),
        ("Vienna, Va., June 12 -", "Vienna --06-12"),
        ("oslo, june 12 -", "Oslo --06-12"),
        ("BOSTON-The mayor spoke.", "Boston"),
        ("(Boston, MA) –", "Boston"),
        ("MANILA, Philippines —", "Manila"),
        ("Dover, Jan. 9.—", "Dover --01-09"),
        ("NEW YORK, Jan. 8.", "New York --01-08"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn datelines_in_other_languages() {
    for (opening, expected) in [
        ("Paris, 21 janv. 2019 (AFP) -", "Paris 2019-01-21 [AFP]"),
        ("MADRID, 3 de mayo (EFE).-", "Madrid --05-03 [EFE]"),
        ("Madrid, 3 may (EFE).-", "Madrid --05-03 [EFE]"),
        ("Lisboa, 3 mai (Lusa) -", "Lisboa --05-03 [Lusa]"),
        ("(ANSA) - ROMA, 3 MAG -", "Roma --05-03 [ANSA]"),
        ("Berlin, 3. März (Reuters) -", "Berlin --03-03 [Reuters]"),
        ("МОСКВА, 6 фев - РИА Новости.", "Москва --02-06 [РИА Новости]"),
        ("МОСКВА, 6 февраля. /ТАСС/.", "Москва --02-06 [ТАСС]"),
        ("ANKARA (AA) -", "Ankara [AA]"),
        ("Ankara, 3 Mart (AA) -", "Ankara --03-03 [AA]"),
        ("القاهرة 3 مارس (أ ش أ) -", "القاهرة --03-03 [أ ش أ]"),
        ("واشنطن (رويترز) -", "واشنطن [رويترز]"),
        ("Praha 3. ledna (ČTK) -", "Praha --01-03 [ČTK]"),
        ("Stockholm (TT) -", "Stockholm [TT]"),
        ("Bruxelles, 3 mai 2020 (Belga) -", "Bruxelles 2020-05-03 [Belga]"),
        ("São Paulo, 3/5/2006 (Agência Brasil) -", "São Paulo 2006-05-03 [Agência Brasil]"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn lookalikes_are_no_datelines() {
    for opening in [
        "HARBOUR DISPUTE:",
        "IMF:",
        "ANALYSIS —",
        "BREAKING NEWS -",
        "EXCLUSIVE:",
        "River News:",
        "By JANE DOE -",
        "Photo:",
        "MAYOR:",
        "The mayor, Jane Doe, said:",
        "Jane Doe, 45, —",
        "Harbour Foundation –",
        "In May —",
        "Editor's note:",
        "1.",
        "Q:",
    ] {
        check(opening, "");
    }
}

#[test]
fn a_headline_is_no_dateline_and_the_line_below_it_may_be_one() {
    let body = "Paris: a city in transition\n\nOSLO, May 3 (AFP) - The river rose on Monday, the mayor said.";
    let dateline = article(body).dateline.expect("a dateline");
    assert_eq!(dateline.places[0].name, "Oslo");
    assert_eq!(dateline.span.of(body), "OSLO, May 3 (AFP)");
    assert_eq!(dateline.places[0].span.map(|span| span.of(body)), Some("OSLO"));
    assert!(
        article("Paris: a city in transition\n\nThe river rose on Monday after rain.")
            .dateline
            .is_none()
    );
}

#[test]
fn agencies_behind_the_date_need_no_bracket() {
    for (opening, expected) in [
        ("SYDNEY, Nov 26 AAP -", "Sydney --11-26 [AAP]"),
        ("BERLIN, Nov 26 dpa -", "Berlin --11-26 [dpa]"),
        ("NAGOYA, Japan, Dec. 9 Kyodo -", "Nagoya --12-09 [Kyodo]"),
        ("BRISBANE AAP -", "Brisbane [AAP]"),
        ("DUBAI, Nov 26 Reuters -", "Dubai --11-26 [Reuters]"),
        ("WIEN APA -", "Wien [APA]"),
        ("Bern (sda reu)", "Bern [sda reu]"),
        ("Zürich (ats afp) -", "Zürich [ats afp]"),
        ("KABUL (AP/Reuters) —", "Kabul [AP/Reuters]"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn datelines_of_old_papers() {
    for (opening, expected) in [
        ("Londres, 12. — (Havas) —", "Londres [Havas]"),
        ("Genève, 30. (AFP). —", "Genève [AFP]"),
        ("Berlin, 3. März. (W. T. B.)", "Berlin --03-03 [W. T. B.]"),
        ("Berlin, 7. August. (Wolff.)", "Berlin --08-07 [Wolff]"),
        ("Haag, 18. Jan. ( Reuter )", "Haag --01-18 [Reuter]"),
        ("LONDON, Tuesday, Aug. 9.", "London --08-09"),
        ("New York, March 3.—(A. P.)—", "New York --03-03 [A. P.]"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn words_between_the_parts_of_a_dateline() {
    for (opening, expected) in [
        ("PARIS, le 4 mars 2025 (AFP) -", "Paris 2025-03-04 [AFP]"),
        ("Berlin, den 4. Mai 2020 (dpa) -", "Berlin 2020-05-04 [dpa]"),
        ("Madrid, a 3 de mayo de 2020 (EFE).-", "Madrid 2020-05-03 [EFE]"),
        ("DUBAI, the United Arab Emirates —", "Dubai"),
        ("MAASTRICHT, the Netherlands, May 3 -", "Maastricht --05-03"),
        ("BRISBANE, April -", "Brisbane"),
        ("BRISBANE, Sept -", "Brisbane"),
        ("DAL NOSTRO CORRISPONDENTE MADRID -", "Madrid"),
        ("DALLA NOSTRA INVIATA\nNAPOLI -", "Napoli"),
        ("DE NOTRE CORRESPONDANT ROME —", "Rome"),
        ("SAN`A, Yemen (AP) _", "San`A [AP]"),
        ("LEBANON, PA –", "Lebanon"),
        ("CENTRAL VIRGINIA (AP) -", "Central Virginia [AP]"),
    ] {
        check(opening, expected);
    }
}

#[test]
fn rows_of_tables_are_no_datelines() {
    for body in [
        "HARBOUR TEA STORES - MAY 4\n\n    CERTIFICATES - None issued, total this year 11.\n",
        "HARBOUR GRAIN - MAY 4\n\n    BARLEY - Feed, June 131.50 up 2.00, July 126.50 up 1.50.\n",
        "HARBOUR METALS CLOSE\n\n    TIN - Standard 4,210 down 5, high grade 4,260.\n",
        "HARBOUR METALS CLOSE\n\n    READING - Nil offered today, as in all of last week.\n",
        "WEATHER SUMMARY\n\nNORTH - Rain at first, then dry from the west.\nSOUTH - Sunny.\n",
        "RESULTS\n\nBATH - Two goals in the first half made it safe.\nCORK - None.\n",
        "MARKET DIGEST\n\nSTOCKS - The main index rose 1.2 percent.\nBONDS - Yields fell.\n",
        "HARBOUR FUEL\n\n Mar       ---    ---    ---\n Apr    151.00 151.00 151.25\n",
        "HARBOUR FUEL\n\nSHARES: 1,200 - 1,300\n",
        "Bridge funds\n\nSenator Ida Vorm (R-PA) today announced 3 million dollars for the bridge.\n",
        "Races\n\nCoach Lars Prandt (TT) won the race on the Isle of Lake.\n",
    ] {
        let places = article(body).dateline.map(|dateline| dateline.places).unwrap_or_default();
        assert!(places.is_empty(), "{body}: {places:?}");
    }
}

#[test]
fn qualifiers_determine_the_country() {
    for (opening, country) in [
        ("ATHENS, Ga. (AP) —", "US"),
        ("ATHENS (AP) —", "GR"),
        ("CORDOBA, Spain (AP) —", "ES"),
        ("LEBANON, PA –", "US"),
        ("DUBAI, the United Arab Emirates —", "AE"),
        ("TORSHAVN, the Faroe Islands —", "FO"),
        ("Central Virginia —", "US"),
        ("VANCOUVER, May 3 -", "CA"),
        ("DUNEDIN, May 3 -", "NZ"),
        ("ST. JOHN'S, May 3 -", "CA"),
        ("VALENCIA, May 3 -", "ES"),
        ("BETHLEHEM, May 3 -", "PS"),
        ("BETHLEHEM, Pa., May 3 -", "US"),
        ("LONDON, Ontario, May 3 -", "CA"),
        ("LONDON, May 3 -", "GB"),
        ("BIRMINGHAM, May 3 -", "GB"),
        ("HAMILTON – Ontario Premier Jane Doe opened it.", "CA"),
        ("MANCHESTER – Today, U.S. Senator Jane Doe (D-NH) opened it.", "US"),
        ("SANTA FE – Gov. Jane Doe and the Congressional delegation opened it.", "US"),
        ("PERTH – Scottish ministers opened it.", "GB"),
        ("PERTH – Ministers opened it.", "AU"),
        ("LONDON – Ontario Premier Jane Doe opened a house for students.", "GB"),
        ("PARIS – Texas firms opened a house for students.", "FR"),
        ("NORTHERN ISRAEL, May 3 (Reuters) -", "IL"),
    ] {
        let body = format!("News\n\n{opening} The river rose on Monday, the mayor said.");
        let dateline = article(&body).dateline.expect(opening);
        assert_eq!(
            dateline.places[0].country.map(|code| code.to_string()).as_deref(),
            Some(country)
        );
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_body(body in "([A-Z]{1,6}|[a-z]{1,4}|[(/,.:\\-–—&\n ]|AFP|Jan|3|2020|ü|東京| ){0,60}") {
        let first = article(&body).dateline;
        prop_assert_eq!(&first, &article(&body).dateline);
        if let Some(dateline) = first {
            prop_assert!(body.get(dateline.span.start as usize..dateline.span.end as usize).is_some());
            for place in &dateline.places {
                let span = place.span.expect("printed");
                prop_assert!(body.get(span.start as usize..span.end as usize).is_some());
                prop_assert!(!place.name.is_empty());
            }
        }
    }

    #[test]
    fn no_text_panics(body in "\\PC{0,200}") {
        article(&body);
    }
}

//! Sentences about terms as papers and agencies print them, with invented names, and look-alikes.

use proptest::prelude::*;

use super::*;

const STORY: &str = "River rises by a metre\n\nThe river rose by a metre on Monday after two days of rain, the mayor said.\n\n\
                     Cellars in the old town were flooded. The bridge stays closed until Friday.\n\n\
                     The fire brigade pumped out forty houses. Schools will open again on Tuesday.";

/// Identifiers that grant nothing.
const LIMITS: &[&str] = &[terms::RESERVED, terms::RESTRICTED, terms::COPYRIGHT];

fn license(body: &str) -> Option<License> {
    license_in(&Text::new(body))
}

/// Checks the license of a story with `line` below it, and of one with `line` above it.
fn check(line: &str, expected: Option<&str>) {
    let (title, text) = STORY.split_once("\n\n").expect("two paragraphs");
    for body in [format!("{STORY}\n\n{line}\n"), format!("{title}\n\n{line}\n\n{text}\n")] {
        let found = license(&body);
        assert_eq!(found.map(|license| license.spdx).as_deref(), expected, "{body}");
    }
}

#[test]
fn creative_commons_in_sentences() {
    for (line, expected) in [
        (
            "This work is licensed under a Creative Commons Attribution 4.0 International License.",
            "CC-BY-4.0",
        ),
        ("This article is licensed under CC BY-NC-SA 4.0.", "CC-BY-NC-SA-4.0"),
        ("Licensed under CC BY 3.0.", "CC-BY-3.0"),
        ("Republished under a Creative Commons licence.", "LicenseRef-CC"),
        (
            "This story is republished from Harbour Gazette under a Creative Commons license.",
            "LicenseRef-CC",
        ),
        (
            "You may republish this article under a Creative Commons BY-ND 4.0 licence.",
            "CC-BY-ND-4.0",
        ),
        (
            "All our stories are published under a Creative Commons Attribution-NoDerivatives 4.0 licence.",
            "CC-BY-ND-4.0",
        ),
        (
            "Unless otherwise noted, content on this site is licensed under CC BY-SA 4.0.",
            "CC-BY-SA-4.0",
        ),
        (
            "Except where otherwise noted, content on this site is licensed under a Creative Commons Attribution 4.0 International licence.",
            "CC-BY-4.0",
        ),
        (
            "Text available under the Creative Commons Attribution-ShareAlike License 3.0.",
            "CC-BY-SA-3.0",
        ),
        (
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International",
            "CC-BY-NC-ND-4.0",
        ),
        ("Text: Jane Doe, CC BY 4.0", "CC-BY-4.0"),
        (
            "Harbour Gazette is published under a Creative Commons Attribution 2.5 licence.",
            "CC-BY-2.5",
        ),
        (
            "All content by Harbour News Agency is licensed under a Creative Commons Attribution 4.0 International License.",
            "CC-BY-4.0",
        ),
        ("https://creativecommons.org/licenses/by-nd/4.0/", "CC-BY-ND-4.0"),
        (
            "This article is licensed under http://creativecommons.org/licenses/by-sa/3.0/us/.",
            "LicenseRef-CC-BY-SA-3.0-US",
        ),
        ("(CC BY 4.0)", "CC-BY-4.0"),
        ("Some rights reserved: Creative Commons BY-NC 3.0", "CC-BY-NC-3.0"),
        ("This article is dedicated to the public domain under CC0 1.0.", "CC0-1.0"),
    ] {
        check(line, Some(expected));
    }
}

#[test]
fn creative_commons_in_other_languages() {
    for (line, expected) in [
        ("Dieser Artikel steht unter der Lizenz CC BY-SA 4.0.", "CC-BY-SA-4.0"),
        (
            "Dieses Werk ist lizenziert unter einer Creative Commons Namensnennung 4.0 International Lizenz.",
            "CC-BY-4.0",
        ),
        (
            "Cet article est mis à disposition selon les termes de la licence Creative Commons Attribution 4.0 International.",
            "CC-BY-4.0",
        ),
        (
            "Este artículo está bajo una licencia Creative Commons Reconocimiento-NoComercial 4.0 Internacional.",
            "CC-BY-NC-4.0",
        ),
        (
            "Esta obra está licenciada con una licencia de Creative Commons Atribución-CompartirIgual 3.0.",
            "CC-BY-SA-3.0",
        ),
        (
            "Este artigo está licenciado sob uma licença Creative Commons Atribuição 4.0 Internacional.",
            "CC-BY-4.0",
        ),
        (
            "Quest'opera è distribuita con licenza Creative Commons Attribuzione 4.0 Internazionale.",
            "CC-BY-4.0",
        ),
        (
            "Dit artikel is gepubliceerd onder een Creative Commons Naamsvermelding 4.0 licentie.",
            "CC-BY-4.0",
        ),
        ("Эта статья опубликована по лицензии Creative Commons Attribution 4.0.", "CC-BY-4.0"),
        (
            "Весь контент доступен по лицензии Creative Commons Attribution 4.0 International.",
            "CC-BY-4.0",
        ),
        ("Bu makale Creative Commons BY 4.0 lisansı ile yayımlanmıştır.", "CC-BY-4.0"),
        (
            "Dieser Text ist unter der Creative Commons Lizenz \"CC BY-NC-ND 3.0 DE\" veröffentlicht.",
            "CC-BY-NC-ND-3.0-DE",
        ),
        ("This text is licensed under “CC BY-SA 4.0”.", "CC-BY-SA-4.0"),
        ("Contenu sous licence CC BY-NC-SA 4.0.", "CC-BY-NC-SA-4.0"),
        ("Article publié sous licence Creative Commons BY 4.0", "CC-BY-4.0"),
        (
            "This article is licensed under CC BY-NC 4.0; commercial use is not allowed.",
            "CC-BY-NC-4.0",
        ),
        (
            "You may republish this article under CC BY 4.0; you will be asked to name the author.",
            "CC-BY-4.0",
        ),
        ("© 2020 Jane Doe. This article is licensed under CC BY 4.0.", "CC-BY-4.0"),
        (
            "This is an open access article distributed under the terms of the Creative Commons Attribution License (CC BY 4.0).",
            "CC-BY-4.0",
        ),
    ] {
        check(line, Some(expected));
    }
}

#[test]
fn other_open_terms() {
    for (line, expected) in [
        ("This article is in the public domain.", "LicenseRef-Public-Domain"),
        ("Public domain.", "LicenseRef-Public-Domain"),
        ("Dieser Text ist gemeinfrei.", "LicenseRef-Public-Domain"),
        ("Ce texte est dans le domaine public.", "LicenseRef-Public-Domain"),
        ("Este texto es de dominio público.", "LicenseRef-Public-Domain"),
        ("All text produced by Harbour Radio is in the public domain.", "LicenseRef-Public-Domain"),
        (
            "Contains public sector information licensed under the Open Government Licence v3.0.",
            "OGL-UK-3.0",
        ),
        (
            "All content is available under the Open Government Licence v3.0, except where otherwise stated.",
            "OGL-UK-3.0",
        ),
        (
            "This text is available under the GNU Free Documentation License, Version 1.2 or any later version.",
            "GFDL-1.2-or-later",
        ),
        ("© Crown copyright 2015", "LicenseRef-Crown-Copyright"),
    ] {
        check(line, Some(expected));
    }
}

#[test]
fn restrictions() {
    for (line, expected) in [
        ("All rights reserved.", terms::RESERVED),
        (
            "Copyright 2019 Harbour Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
            terms::RESERVED,
        ),
        ("© 2021 Harbour Gazette. All rights reserved.", terms::RESERVED),
        ("Tous droits de reproduction et de représentation réservés.", terms::RESERVED),
        ("© 2019 Harbour. Todos los derechos reservados.", terms::RESERVED),
        ("Todos os direitos reservados.", terms::RESERVED),
        ("© RIPRODUZIONE RISERVATA", terms::RESERVED),
        ("Alle Rechte vorbehalten.", terms::RESERVED),
        ("Все права защищены.", terms::RESERVED),
        ("Tüm hakları saklıdır.", terms::RESERVED),
        (
            "No part of this publication may be reproduced in any form without permission of Harbour Press.",
            terms::RESTRICTED,
        ),
        (
            "This article may not be reproduced without the permission of Harbour Press.",
            terms::RESTRICTED,
        ),
        ("Reproduction without written permission is prohibited.", terms::RESTRICTED),
        ("Unauthorized reproduction is prohibited.", terms::RESTRICTED),
        ("Nachdruck nur mit Genehmigung der Redaktion.", terms::RESTRICTED),
        ("Reproduction interdite sans autorisation.", terms::RESTRICTED),
        ("Prohibida la reproducción total o parcial.", terms::RESTRICTED),
        ("© 2017 Harbour Nachrichten GmbH", terms::COPYRIGHT),
        ("(c) Harbour News 2019", terms::COPYRIGHT),
        ("Copyright 2011 Harbour News", terms::COPYRIGHT),
    ] {
        check(line, Some(expected));
    }
}

#[test]
fn terms_of_other_things_are_not_the_articles() {
    for line in [
        "Photo: Jane Doe, CC BY 2.0, via Wikimedia Commons",
        "Photo by Jane Doe (CC BY-SA 4.0)",
        "Image: Jane Doe/Flickr, CC BY 2.0",
        "Credit: Jane Doe/Harbour (CC BY-NC-ND 2.0)",
        "Jane Doe / CC BY-SA 4.0",
        "The bridge in winter (Jane Doe, CC BY 2.0)",
        "Foto: Jane Doe, Lizenz: CC BY 4.0",
        "Bild: Jane Doe (CC BY-SA 3.0)",
        "Crédit photo : Jane Doe, CC BY 2.0",
        "Foto de Jane Doe, licencia CC BY 2.0",
        "All photos are licensed under CC BY 4.0.",
        "The images in this gallery are under a Creative Commons licence (BY-NC 3.0).",
        "Photos © 2020 Jane Doe. All rights reserved.",
        "Jane Doe/Copyright 2020 Harbour Press. All rights reserved.",
        "(Photo by Jane Doe/Harbour Images. All rights reserved.)",
        "Map data © OpenStreetMap contributors",
        "Map: © Jane Doe, Open Government Licence v3.0",
        "Video: Jane Doe, CC BY 3.0",
        "Music: River Song by Jane Doe, licensed under CC BY 4.0",
        "Data: World Rivers Institute, CC BY 4.0",
        "The software is released under the GNU General Public License.",
        "The university published its lectures under a Creative Commons licence.",
        "The museum has put a thousand pictures into the public domain.",
        "The novel has been in the public domain since 1990.",
        "The mayor said that the report is in the public domain.",
        "“This work is licensed under CC BY 4.0,” the label on the bench says.",
        "\"All rights reserved\" stood on the back of the map.",
        "All works of the painter are in the public domain.",
        "This painting, like all works of its time, is in the public domain.",
        "Texts by dead poets are in the public domain.",
        "This article will be published under a Creative Commons licence.",
        "The court heard that all rights reserved by the singer were sold.",
        "The council renewed the licence of the pub.",
        "The paper was sued for copyright infringement in 2019.",
        "Copyright law was changed in 1998.",
        "Creative Commons was founded in 2001.",
        "The word public domain means that anybody may use a work.",
        "No part of the country was spared.",
        "Smoking is strictly prohibited on the bridge.",
        "This article was originally published by Harbour Gazette.",
        "This article is not licensed under a Creative Commons licence.",
        "The law has three parts: (a) rivers, (b) lakes and (c) canals.",
    ] {
        check(line, None);
    }
}

/// `tests/notices.tsv`.
#[test]
fn notices_of_agencies_and_lookalikes() {
    let mut failures = Vec::new();
    for line in include_str!("notices.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (expected, rest) = line.split_once('\t').expect(line);
        let (holder, sentence) = rest.split_once('\t').expect(line);
        let (title, text) = STORY.split_once("\n\n").expect("two paragraphs");
        for (place, body) in [
            ("below", format!("{STORY}\n\n{sentence}\n")),
            ("above", format!("{title}\n\n{sentence}\n\n{text}\n")),
        ] {
            let found = license(&body);
            let spdx = found.as_ref().map_or("none", |license| license.spdx.as_str());
            let is_right = match expected {
                "limit" => LIMITS.contains(&spdx),
                _ => spdx == expected,
            };
            let named = found.as_ref().and_then(|license| license.holder.as_deref());
            if !is_right || (!holder.is_empty() && named != Some(holder)) {
                failures.push(format!("{place}: {spdx} of {named:?} for {expected}: {sentence}"));
            }
            if let Some(License { origin: Origin::Text(span), .. }) = found
                && !sentence.contains(span.of(&body))
            {
                failures.push(format!("{place}: {:?} is more than {sentence}", span.of(&body)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_sentence_is_the_evidence() {
    let body = format!("{STORY}\n\n© 2021 Harbour Gazette. All rights reserved. Write to us.");
    let license = license(&body).expect("a license");
    let evidence = "© 2021 Harbour Gazette. All rights reserved.";
    let start = body.find(evidence).expect("it stands there");
    assert_eq!(license.origin, Origin::Text(Span::new(start, start + evidence.len())));
    assert_eq!(license.holder.as_deref(), Some("Harbour Gazette"));
}

#[test]
fn desk_initials_before_it_are_not_part_of_it() {
    let evidence = "All content by Harbour Wire is licensed under CC BY 4.0.";
    for initials in ["EE/PA\n", "rau\n", "KRG\n", "HW/5890\n", "EE/PA ", "JD/AB/CD\n"] {
        let body = format!("{STORY}\n{initials}{evidence}");
        let license = license(&body).expect(initials);
        let start = body.find(evidence).expect("it stands there");
        assert_eq!(license.origin, Origin::Text(Span::new(start, start + evidence.len())));
        assert_eq!(license.holder.as_deref(), Some("Harbour Wire"));
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_body(body in "(©|\\(c\\)|copyright|cc by|CC BY-SA 4\\.0|license|This article|photo|All rights reserved|\\.|\n| |ß|İ|é|2020|/|under|creative commons){0,40}") {
        let first = license(&body);
        prop_assert_eq!(&first, &license(&body));
        if let Some(License { origin: Origin::Text(span), .. }) = first {
            prop_assert!(body.get(span.start as usize..span.end as usize).is_some());
        }
    }

    #[test]
    fn no_text_panics(body in "\\PC{0,200}") {
        let _ = license(&body);
    }
}

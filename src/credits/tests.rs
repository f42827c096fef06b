//! Values of credits in many languages and the names in them; what names nobody; what differs on pages and in text.

use proptest::prelude::*;

use super::*;

/// The rows of the table of values.
fn values() -> impl Iterator<Item = (String, Vec<&'static str>)> {
    let lines = include_str!("values.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (value, names) = line.split_once('\t').unwrap_or((line, ""));
        (value.replace("\\n", "\n"), names.split('|').filter(|name| !name.is_empty()).collect())
    })
}

#[test]
fn fields_name_writers() {
    for (value, expected) in values() {
        assert_eq!(in_field(&value), expected, "{value}");
    }
}

#[test]
fn pages_name_the_same_writers_and_organisations_where_there_is_no_person() {
    for (value, expected) in values().filter(|(_, expected)| !expected.is_empty()) {
        assert_eq!(split(&value), expected, "{value}");
    }
    for (value, expected) in [
        ("Reuters", &["Reuters"][..]),
        ("By The Associated Press", &["The Associated Press"]),
        ("Redaktion", &["Redaktion"]),
        ("Von der Redaktion", &["Redaktion"]),
        ("Ana Brell, Reuters", &["Ana Brell"]),
        ("Redaktion, Ana Brell", &["Ana Brell"]),
        ("Harbour Mail staff reporter", &["Harbour Mail staff reporter"]),
        ("LAKE RADIO/ab", &["LAKE RADIO/ab"]),
        ("Staff", &[]),
        ("[[author]]", &[]),
    ] {
        assert_eq!(split(value), expected, "{value}");
    }
}

#[test]
fn lines_name_persons_alone() {
    for (line, expected) in [
        ("By JANE DOE and John Roe in Oslo, Staff Writers", &["JANE DOE", "John Roe"][..]),
        ("By Jane Doe, Harbour Gazette", &["Jane Doe"]),
        ("by Jane Doe, Reuters", &["Jane Doe"]),
        ("Written by: Jane Doe", &["Jane Doe"]),
        ("Text und Fotos: Lena Muster", &["Lena Muster"]),
        ("Tekst: Ida Holm", &["Ida Holm"]),
        ("Par Jeanne Dupré avec AFP", &["Jeanne Dupré"]),
        ("Von unserem Redakteur Max Muster", &["Max Muster"]),
        ("Автор: Ирина Лосева", &["Ирина Лосева"]),
        ("Γράφει ο Νίκος Παππάς", &["Νίκος Παππάς"]),
        ("بقلم ليلى حسن", &["ليلى حسن"]),
        ("作者：王芳、李雷", &["王芳", "李雷"]),
        ("By Jane Doe - Lake Velm", &["Jane Doe"]),
        ("By Jane Doe | Harbour Gazette", &["Jane Doe"]),
        ("By Marlis", &[]),
        ("By Our Correspondent", &[]),
        ("By popular demand", &[]),
        ("By The Associated Press", &[]),
    ] {
        assert_eq!(after_label(line).map(in_line).unwrap_or_default(), expected, "{line}");
    }
    // Words that also open sentences need a colon where a script has no capitals.
    assert_eq!(after_label("كتب الرئيس رسالة"), None);
    assert_eq!(after_label("by the Lakeland District Court"), None);
    assert_eq!(after_label("About Lake Velm"), None);
    assert_eq!(after_label("by Lakeland Lumber Co <LKL>").map(in_line), Some(Vec::new()));
    for line in ["Fotos: Lena Muster", "Interview: Lena Muster", "River rises", "Byron Doe", ""] {
        assert_eq!(after_label(line), None, "{line}");
    }
}

#[test]
fn names_are_kept_once() {
    let names = ["Jane Doe", "JANE DOE", "José Roe", "Jose Roe", "…"].map(str::to_owned);
    assert_eq!(unique(names.to_vec()), ["Jane Doe", "José Roe"]);
    let values = ["By Jane Doe", "Jane Doe; John Roe"].map(str::to_owned);
    assert_eq!(names_of(&values), ["Jane Doe", "John Roe"]);
}

fn names_of(values: &[String]) -> Vec<String> {
    super::names(values)
}

proptest! {
    #[test]
    fn any_value_is_split(value in "\\PC{0,60}|([A-Za-z]{1,5}|By|und|von|Text|[:(){}@/,.;|·—\\-\n 0-9]|AFP|记者|ü|İ| ){0,40}") {
        for name in split(&value).iter().chain(&in_field(&value)) {
            prop_assert!(name.len() <= value.len() + 1);
        }
        in_line(after_label(&value).unwrap_or(&value));
    }
}

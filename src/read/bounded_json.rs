//! JSON as values in memory, up to a limit: `[[],[],…` takes ten times its bytes as values, `[{"a":1},…` eighty times.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, de};
use serde_json::{Map, Number, Value};

/// Most values of a record, of about 60 bytes each.
const MAX_VALUES: usize = 1 << 20;

/// An object with a field takes a node of a tree with room for eleven.
const OBJECT: usize = 11;

/// A value of JSON, without what is beyond the limit, and whether something is.
pub(super) struct Bounded {
    pub(super) value: Value,
    pub(super) is_cut: bool,
}

/// The value of `text`. Items and fields beyond a million values are left out.
pub(super) fn parse(text: &str) -> serde_json::Result<Bounded> {
    let left = Cell::new(MAX_VALUES);
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Limited { left: &left }.deserialize(&mut json)?;
    json.end()?;
    Ok(Bounded { value, is_cut: left.get() == 0 })
}

/// Builds a value as long as some are left.
#[derive(Clone, Copy)]
struct Limited<'l> {
    left: &'l Cell<usize>,
}

impl Limited<'_> {
    fn take(self, count: usize) {
        self.left.set(self.left.get().saturating_sub(count));
    }

    fn is_spent(self) -> bool {
        self.left.get() == 0
    }
}

impl<'de> DeserializeSeed<'de> for Limited<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.take(1);
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Limited<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while !self.is_spent() {
            let Some(item) = items.next_element_seed(self)? else { return Ok(Value::Array(kept)) };
            kept.push(item);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while !self.is_spent() {
            let Some(name) = fields.next_key::<String>()? else { return Ok(Value::Object(kept)) };
            if kept.is_empty() {
                self.take(OBJECT);
            }
            kept.insert(name, fields.next_value_seed(self)?);
        }
        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Object(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_usual_parser() {
        let text = r#" {"a": [1, -2, 3.5, null, true, "é\n", []], "b": {"c": {}}, "a": 18446744073709551615} "#;
        let bounded = parse(text).unwrap();
        assert_eq!(bounded.value, serde_json::from_str::<Value>(text).unwrap());
        assert!(!bounded.is_cut);
        for broken in ["", "{", "[1,]", "{\"a\": 1} x", &"[".repeat(200)] {
            assert!(parse(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn what_is_beyond_the_limit_is_left_out() {
        let text =
            format!("{{\"body\": \"The river rose.\", \"x\": [{}1]}}", "1,".repeat(MAX_VALUES));
        let bounded = parse(&text).unwrap();
        assert!(bounded.is_cut);
        assert_eq!(bounded.value["body"], "The river rose.");
        assert!(bounded.value["x"].as_array().unwrap().len() < MAX_VALUES);
        let objects = format!("[{}1]", "{\"a\":1},".repeat(MAX_VALUES / 2));
        assert!(parse(&objects).unwrap().value.as_array().unwrap().len() < MAX_VALUES / 10);
    }
}

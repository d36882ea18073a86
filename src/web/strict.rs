//! JSON as commands may send it, stricter than JSON: no key twice, no NUL, at most 32 levels deep, whole numbers only.
//!
//! What is no JSON at all is told apart from JSON that does not fit: the first is refused as a whole, the second with
//! the JSON pointer of the place. A body is read to its end even when something in it does not fit, so that all
//! findings are told at once.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::domain::Finding;

/// How deep a body may nest.
pub const DEPTH: usize = 32;

/// The largest whole number a record can hold.
const LARGEST: i64 = 9_007_199_254_740_991;

/// Why a text is not a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotABody {
    /// It is not JSON, or not a JSON object, or ambiguous: a key twice, too deep.
    Malformed {
        /// Where, as a JSON pointer, as far as it is known.
        pointer: String,
        /// What is wrong.
        message: String,
    },
    /// It is JSON, but holds what no field takes.
    Unfit(Vec<Finding>),
}

/// Reads a JSON object.
///
/// # Errors
/// [`NotABody`] says what does not fit and where.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, NotABody> {
    let read = Read::default();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Level { read: &read, depth: 0 }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| NotABody::Malformed { pointer: read.pointer(), message: words(&error) })?;
    let findings = read.findings.into_inner();
    if !findings.is_empty() {
        return Err(NotABody::Unfit(findings));
    }
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(NotABody::Malformed {
            pointer: String::new(),
            message: "the body must be a JSON object with the command's fields".to_owned(),
        }),
    }
}

/// serde's own words, without the doubled place.
fn words(error: &serde_json::Error) -> String {
    if error.is_data() {
        let text = error.to_string();
        return text.split(" at line ").next().unwrap_or(&text).to_owned();
    }
    format!("the body is not JSON: {error}")
}

/// Where the reader is, and what it found.
#[derive(Default)]
struct Read {
    path: RefCell<Vec<String>>,
    findings: RefCell<Vec<Finding>>,
}

impl Read {
    fn pointer(&self) -> String {
        self.path.borrow().iter().map(|segment| format!("/{}", segment.replace('~', "~0").replace('/', "~1"))).collect()
    }

    fn found(&self, message: &str) {
        self.findings.borrow_mut().push(Finding::new(self.pointer(), message));
    }
}

/// One value at one depth.
#[derive(Clone, Copy)]
struct Level<'a> {
    read: &'a Read,
    depth: usize,
}

impl Level<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH {
            return Err(E::custom(format!("nests deeper than {DEPTH} levels")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn text(self, text: &str) {
        if text.contains('\0') {
            self.read.found("must not hold the NUL character");
        }
    }

    fn whole(self, number: i64) -> Value {
        if !(-LARGEST..=LARGEST).contains(&number) {
            self.read.found("must be a whole number between -9007199254740991 and 9007199254740991");
        }
        Value::Number(Number::from(number))
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(self.whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(self.whole(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        self.read.found("must be a whole number; send decimals as text, such as \"12.5\"");
        Ok(Value::Null)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        self.text(value);
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        self.text(&value);
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        loop {
            self.read.path.borrow_mut().push(items.len().to_string());
            let Some(item) = sequence.next_element_seed(inner)? else { break };
            items.push(item);
            self.read.path.borrow_mut().pop();
        }
        self.read.path.borrow_mut().pop();
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            self.text(&key);
            self.read.path.borrow_mut().push(key.clone());
            if fields.contains_key(&key) {
                return Err(A::Error::custom("stands twice in the same object"));
            }
            let value = map.next_value_seed(inner)?;
            fields.insert(key, value);
            self.read.path.borrow_mut().pop();
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn malformed(text: &str) -> (String, String) {
        match object(text.as_bytes()) {
            Err(NotABody::Malformed { pointer, message }) => (pointer, message),
            other => panic!("{text} gave {other:?}"),
        }
    }

    fn unfit(text: &str) -> Vec<String> {
        match object(text.as_bytes()) {
            Err(NotABody::Unfit(findings)) => findings.into_iter().map(|finding| finding.pointer).collect(),
            other => panic!("{text} gave {other:?}"),
        }
    }

    #[test]
    fn a_plain_object_is_read_as_it_stands() {
        let fields = object(br#"{"a":1,"b":["x",{"c":null}],"d":true}"#).unwrap();
        assert_eq!(Value::Object(fields), serde_json::json!({"a":1,"b":["x",{"c":null}],"d":true}));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_where_it_stands() {
        assert_eq!(malformed(r#"{"a":{"b":1,"b":2}}"#), ("/a/b".into(), "stands twice in the same object".into()));
        assert_eq!(malformed(r#"{"a":1,"\u0061":2}"#).0, "/a");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in
            ["", "{", "{\"a\":}", "{\"a\":1} x", "{\"a\":\"\\ud800\"}", "{\"a\":01}", "{\"a\":NaN}", "\u{feff}{}"]
        {
            malformed(text);
        }
        assert!(matches!(object(b"{\"a\":\"\xff\"}"), Err(NotABody::Malformed { .. })));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["[]", "1", "\"a\"", "null"] {
            assert_eq!(malformed(text).1, "the body must be a JSON object with the command's fields");
        }
    }

    #[test]
    fn deep_nesting_is_refused_before_it_can_hurt() {
        let nested = |levels: usize| format!("{{\"a\":{}1{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(object(nested(DEPTH - 1).as_bytes()).is_ok());
        let (pointer, message) = malformed(&nested(DEPTH));
        assert!(pointer.starts_with("/a/0/0") && message.contains("32"), "{pointer} {message}");
        malformed(&nested(100_000));
    }

    #[test]
    fn everything_that_fits_no_field_is_told_at_once() {
        assert_eq!(
            unfit(r#"{"a":1.5,"b":["x\u0000"],"c":9007199254740992,"d":1e3,"e/f":{"\u0000":1}}"#),
            ["/a", "/b/0", "/c", "/d", "/e~1f"]
        );
    }
}

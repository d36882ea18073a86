//! Canonical JSON (RFC 8785, narrowed to ASCII keys and whole numbers): keys sorted, nothing between tokens.
//!
//! Written by our own hand, so that no feature of a library that orders maps otherwise can change a recorded byte.

mod check;

use serde_json::Value;

/// Whether the bytes are the canonical form of the value they hold.
///
/// # Errors
/// When they are no JSON.
pub fn is_canonical(bytes: &[u8]) -> Result<bool, serde_json::Error> {
    if check::is_surely_canonical(bytes) {
        return Ok(true);
    }
    let value: Value = serde_json::from_slice(bytes)?;
    Ok(canonical(&value).as_bytes() == bytes)
}

/// The canonical text of a value.
pub fn canonical(value: &Value) -> String {
    let mut out = String::with_capacity(256);
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_unstable();
            out.push('{');
            for (at, name) in names.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                text(name, out);
                out.push(':');
                write(&fields[name], out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::String(value) => text(value, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
    }
}

/// JSON text as RFC 8785 §3.2.2.2 wants it: the two-letter escapes, lowercase `\u00xx` for other controls, nothing else.
fn text(value: &str, out: &mut String) {
    out.push('"');
    for letter in value.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_looked_at_once_is_what_is_written_again() {
        let sound = [
            r#"{"a":[1,-2,0,{"b":null}],"c":"é\n\u0001\"","d":true,"e":{},"f":[],"g":9007199254740991}"#,
            "[]",
            "\"\u{2028}\"",
            "false",
            "12",
        ];
        for text in sound {
            assert!(check::is_surely_canonical(text.as_bytes()), "{text}");
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(canonical(&value), text, "the slow way says the same");
        }
    }

    #[test]
    fn what_is_not_canonical_is_never_taken() {
        let wrong = [
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"a": 1}"#,
            " 1",
            "1 ",
            "01",
            "-0",
            "1e3",
            "-",
            "",
            r#""\u0041""#,
            r#""\u001F""#,
            r#""\u000a""#,
            r#""\/""#,
            "\"\n\"",
            "[1,]",
            "{\"a\"}",
            "[1",
            "nul",
            r#"{"a":1}{"#,
            "\"\\",
            "\"\\u00",
        ];
        for text in wrong {
            assert!(!check::is_surely_canonical(text.as_bytes()), "{text}");
            assert!(!is_canonical(text.as_bytes()).unwrap_or(false), "{text}");
        }
        assert!(!check::is_surely_canonical(&[b'"', 0xff, b'"']), "bytes that are no UTF-8");
        assert!(!check::is_surely_canonical("[".repeat(1_000).as_bytes()), "what lies too deep is left alone");
    }

    #[test]
    fn keys_are_sorted_at_every_depth_and_nothing_stands_between() {
        let value = json!({ "b": [1, { "z": null, "a": true }], "a": "x" });
        assert_eq!(canonical(&value), r#"{"a":"x","b":[1,{"a":true,"z":null}]}"#);
    }

    #[test]
    fn text_is_escaped_as_the_standard_says() {
        let value = json!("\u{20ac}$\u{f}\u{a}A'\u{42}\u{22}\u{5c}\\\"/\u{7f}\u{2028}");
        assert_eq!(canonical(&value), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7f}\u{2028}\"");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(text in ".*", number in -9_007_199_254_740_991_i64..=9_007_199_254_740_991) {
            let value = json!({ "text": text, "number": number });
            let written = canonical(&value);
            proptest::prop_assert!(check::is_surely_canonical(written.as_bytes()), "{}", written);
            proptest::prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
        }
    }
}

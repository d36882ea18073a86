//! Sealed values in rows: found wherever they stand, and opened for who may know them.

use serde_json::Value;

/// Whether a row has something sealed in it, or may have.
pub(super) fn names_people(row: &[u8]) -> bool {
    const SEALED: &[u8] = b"\"sealed\"";
    row.windows(SEALED.len()).any(|part| part == SEALED)
}

/// Puts what `open` says in the place of every sealed value.
pub(super) fn unseal(value: &mut Value, open: &dyn Fn(&str) -> Value) {
    match value {
        Value::Object(fields) => {
            if fields.len() == 1
                && let Some(Value::String(commitment)) = fields.get("sealed")
            {
                *value = open(commitment);
            } else {
                fields.values_mut().for_each(|value| unseal(value, open));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| unseal(value, open)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commitments;
    use serde_json::json;

    #[test]
    fn seals_are_found_and_opened_wherever_they_stand() {
        let mut row =
            json!({ "name": { "sealed": "A" }, "list": [{ "email": { "sealed": "B" } }], "other": { "sealed": 1 } });
        let mut found = Vec::new();
        commitments(&row, &mut found);
        assert_eq!(found, ["A", "B"]);
        unseal(&mut row, &|commitment| if commitment == "A" { json!("Thandi") } else { Value::Null });
        assert_eq!(row, json!({ "name": "Thandi", "list": [{ "email": null }], "other": { "sealed": 1 } }));
    }
}

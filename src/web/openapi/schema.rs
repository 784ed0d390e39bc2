//! Shapes of values (JSON Schema 2020-12).

use serde_json::{Value, json};

/// A schema.
pub type Schema = Value;

/// An object with exactly these fields; those whose name ends in `?` can be absent.
pub fn object<const N: usize>(fields: [(&str, Schema); N]) -> Schema {
    let required: Vec<&str> = fields.iter().filter(|(name, _)| !name.ends_with('?')).map(|(name, _)| *name).collect();
    let named = fields.into_iter().map(|(name, schema)| (name.trim_end_matches('?').to_owned(), schema));
    let properties: serde_json::Map<String, Value> = named.collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// Text of some kind: `uuid`, `uri`, `email`; empty for any.
pub fn text(format: &str) -> Schema {
    if format.is_empty() { json!({ "type": "string" }) } else { json!({ "type": "string", "format": format }) }
}

/// One of these words.
pub fn word<'w>(words: impl IntoIterator<Item = &'w str>) -> Schema {
    json!({ "type": "string", "enum": words.into_iter().collect::<Vec<_>>() })
}

/// That, or null.
pub fn nullable(schema: Schema) -> Schema {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

/// A schema that the document names.
pub fn reference(name: &str) -> Schema {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A page of a list.
pub fn list_of(name: &str) -> Schema {
    object([
        ("count", json!({ "type": "integer", "minimum": 0 })),
        ("next", nullable(text("uri"))),
        ("previous", nullable(text("uri"))),
        ("results", json!({ "type": "array", "items": reference(name) })),
    ])
}

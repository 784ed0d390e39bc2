//! A JSON Schema in a line per field, as a person would note it: `name: string`, with `?` for what may be absent.

use serde_json::Value;

/// The schema, its inner lines set in by `depth`.
pub fn brief(schema: &Value, depth: usize) -> String {
    if let Some(name) = name_of(schema) {
        return name.to_owned();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    for several in ["enum", "anyOf", "oneOf"] {
        if let Some(all) = schema.get(several).and_then(Value::as_array) {
            let each = |one: &Value| if several == "enum" { one.to_string() } else { brief(one, depth) };
            return all.iter().map(each).collect::<Vec<_>>().join(" | ");
        }
    }
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        Some(Value::String(kind)) => match (kind.as_str(), schema.get("items")) {
            ("object", _) => object(schema, depth),
            ("array", Some(items)) => format!("[{}]", brief(items, depth)),
            (kind, _) => match schema.get("format").and_then(Value::as_str) {
                Some(format) => format!("{kind} ({format})"),
                None => kind.to_owned(),
            },
        },
        _ => "any".to_owned(),
    }
}

/// The name of a shape that is told elsewhere.
pub fn name_of(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.rsplit('/').next()
}

fn object(schema: &Value, depth: usize) -> String {
    let Some(fields) = schema.get("properties").and_then(Value::as_object).filter(|fields| !fields.is_empty()) else {
        return "object".to_owned();
    };
    let needed = |name: &str| {
        schema.get("required").and_then(Value::as_array).is_some_and(|all| all.iter().any(|each| each == name))
    };
    let margin = "  ".repeat(depth + 1);
    let lines = fields.iter().map(|(name, field)| {
        let mark = if needed(name) { "" } else { "?" };
        format!("{margin}{name}{mark}: {}\n", brief(field, depth + 1))
    });
    format!("{{\n{}{}}}", lines.collect::<String>(), "  ".repeat(depth))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_is_a_line() {
        let schema = json!({
            "type": "object",
            "required": ["id", "role"],
            "properties": {
                "id": { "type": "string", "format": "uuid" },
                "role": { "enum": ["member", "owner"] },
                "user": { "anyOf": [{ "$ref": "#/components/schemas/User" }, { "type": "null" }] },
                "livekit": { "type": "object", "properties": { "urls": { "type": "array", "items": { "type": "string" } } } },
            },
        });
        let told = brief(&schema, 0);
        for line in [
            "\n  id: string (uuid)\n",
            "\n  role: \"member\" | \"owner\"\n",
            "\n  user?: User | null\n",
            "\n  livekit?: {\n    urls?: [string]\n  }\n",
        ] {
            assert!(told.contains(line), "{line:?} in {told}");
        }
        assert_eq!(brief(&json!({}), 0), "any");
    }
}

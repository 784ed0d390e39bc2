//! Accounts as lines, or as JSON for scripts.

use serde_json::{Value, json};
use visavis::users::model::User;

/// All of them.
pub fn all(users: &[User], as_json: bool) -> String {
    if as_json {
        return pretty(&users.iter().map(body).collect());
    }
    users.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One of them.
pub fn one(user: &User, as_json: bool) -> String {
    let body = body(user);
    if as_json {
        return pretty(&body);
    }
    let fields = body.as_object().into_iter().flatten();
    let shown = fields.map(|(name, value)| match value {
        Value::String(text) => format!("{name:<18}{text}"),
        Value::Null => format!("{name:<18}-"),
        other => format!("{name:<18}{other}"),
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn line(user: &User) -> String {
    let mut words = vec![user.email.as_deref().unwrap_or("-").to_owned()];
    words.extend(user.full_name.clone());
    if user.is_admin {
        words.push("[administrator]".to_owned());
    }
    if !user.is_active {
        words.push("[closed]".to_owned());
    }
    words.join("  ")
}

fn body(user: &User) -> Value {
    json!({
        "id": user.id,
        "email": user.email,
        "email_verified_at": user.email_verified_at,
        "name": user.full_name,
        "language": user.language,
        "timezone": user.timezone,
        "has_password": user.password_hash.is_some(),
        "is_admin": user.is_admin,
        "is_active": user.is_active,
        "created_at": user.created_at,
    })
}

/// JSON with its fields in lines of their own.
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

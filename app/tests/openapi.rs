//! The document of the API says what is there, and nothing else.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use visavis::http::openapi::{document, operations};

use crate::{matrix, support::TestApp, visitor};

/// Set to write what is told to be stale.
const WRITE: &str = "VISAVIS_WRITE";

#[test]
fn the_copy_among_the_docs_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let now = format!("{}\n", serde_json::to_string_pretty(&document()).expect("JSON"));
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &now).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(now == kept, "docs/openapi.json is stale: {WRITE}=1 cargo test -p visavis-app --test app openapi");
}

/// The table of who may ask what has every route and method (its own test): so must the document, and no more.
#[test]
fn every_route_of_the_api_is_told_and_no_other() {
    let told: BTreeSet<_> =
        operations().iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect();
    let there: BTreeSet<_> = matrix::routes()
        .filter(|(_, route)| route.starts_with("/api/v1.0/"))
        .map(|(method, route)| format!("{} {route}", method.to_lowercase()))
        .collect();
    assert_eq!(told, there);
    assert_eq!(told.len(), operations().len(), "an operation is told once");
}

#[test]
fn every_name_leads_somewhere() {
    fn references<'v>(value: &'v Value, into: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                if name == "$ref" {
                    into.insert(value.as_str().unwrap_or_default());
                }
                references(value, into);
            }),
            Value::Array(items) => items.iter().for_each(|item| references(item, into)),
            _ => {}
        }
    }
    let document = document();
    let mut named = BTreeSet::new();
    references(&document, &mut named);
    for name in &named {
        assert!(document.pointer(name.trim_start_matches('#')).is_some(), "{name}");
    }
    for name in document["components"]["schemas"].as_object().expect("there").keys() {
        assert!(named.contains(format!("#/components/schemas/{name}").as_str()), "{name} is used by nobody");
    }
}

#[tokio::test]
async fn it_is_served_for_programs_and_for_people() {
    let app = TestApp::sqlite().await;
    let served = visitor(&app).get("/api/v1.0/openapi.json").await;
    assert_eq!((served.status.as_u16(), served.json()), (200, document()));
    let page = visitor(&app).get("/api/docs").await;
    assert_eq!(page.status, 200);
    for operation in operations() {
        assert!(page.text.contains(operation.path) && page.text.contains(operation.summary), "{}", operation.path);
    }
}

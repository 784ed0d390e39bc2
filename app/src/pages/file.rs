//! Answers that are a file.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// A spreadsheet to download. `name`: of letters, digits and hyphens, as slugs are.
pub fn csv(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, text).into_response()
}

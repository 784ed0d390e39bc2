//! The list of accounts (contract §1.2): empty, unless the operator lets everybody who is signed in read everybody's address.

use serde_json::Value;

use super::{store, types::UserBody};
use crate::{
    error::Result,
    state::AppState,
    web::{extract::Params, paging::Paging},
};

/// Longest part of an address that is looked for, in characters.
const LONGEST: usize = 254;

/// A page, newest first; `?q=` keeps those whose address holds it.
pub async fn page(state: &AppState, params: &Params, address: &str) -> Result<Value> {
    let paging = Paging::of(params, false);
    if !state.settings.api.user_listing {
        return Ok(paging.answer(paging.among(0)?, address, Vec::new()));
    }
    let wanted: String = params.get("q").unwrap_or_default().to_lowercase().chars().take(LONGEST).collect();
    let part = like(&wanted);
    let mut lent = state.db.lend().await?;
    let page = paging.among(store::count(&mut lent.conn(), &part).await?)?;
    let users = store::page(&mut lent.conn(), &part, page.limit, page.offset).await?;
    let shown = users.into_iter().map(|user| serde_json::to_value(UserBody::from(user)));
    Ok(paging.answer(page, address, shown.collect::<Result<_, _>>().map_err(anyhow::Error::from)?))
}

/// A pattern for `LIKE … ESCAPE '\\'` of what holds `text`. Control characters stand in no address, and PostgreSQL takes no NUL.
fn like(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_lose_it() {
        assert_eq!(like("").as_deref(), None);
        assert_eq!(like("a_b%\\c\0").as_deref(), Some("%a\\_b\\%\\\\c%"));
    }
}

//! Pages of a list (contract §0.7).

use serde_json::{Value, json};
use url::form_urlencoded;

use super::extract::Params;
use crate::error::{Error, Result};

/// Usual and largest number of rows on a page.
const USUAL: i64 = 20;
const MOST: i64 = 100;

/// Which page was asked for.
#[derive(Clone, Debug)]
pub struct Paging<'p> {
    params: &'p Params,
    /// Rows on a page.
    pub size: i64,
}

/// A page that exists.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    number: i64,
    last: i64,
    count: i64,
    /// Rows on it, at most.
    pub limit: i64,
    /// Rows before it.
    pub offset: i64,
}

impl<'p> Paging<'p> {
    /// `sizes`: whether clients may choose the size.
    pub fn of(params: &'p Params, sizes: bool) -> Self {
        let wanted = params.get("page_size").filter(|_| sizes).and_then(|n| n.parse().ok()).filter(|n: &i64| *n > 0);
        Self { params, size: wanted.map_or(USUAL, |n| n.min(MOST)) }
    }

    /// The page among `count` rows; the first exists even when it is empty. Errors: `NotFound`.
    pub fn among(&self, count: i64) -> Result<Page> {
        let last = ((count + self.size - 1) / self.size).max(1);
        let number = match self.params.get("page") {
            None => 1,
            Some("last") => last,
            Some(text) => text.parse().ok().filter(|n| (1..=last).contains(n)).ok_or(Error::NotFound)?,
        };
        Ok(Page { number, last, count, limit: self.size, offset: (number - 1) * self.size })
    }

    /// The answer. `address`: the list's absolute address without a query; what else stood in the query stays.
    pub fn answer(&self, page: Page, address: &str, results: Vec<Value>) -> Value {
        let link = |number: i64| {
            (1..=page.last).contains(&number).then(|| {
                let mut query = form_urlencoded::Serializer::new(String::new());
                query.extend_pairs(self.params.iter().filter(|(name, _)| *name != "page"));
                if number > 1 {
                    query.append_pair("page", &number.to_string());
                }
                let query = query.finish();
                if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
            })
        };
        json!({ "count": page.count, "next": link(page.number + 1), "previous": link(page.number - 1), "results": results })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_on_one_page_and_links_lead_to_the_neighbours() {
        let params = Params::of("page=2&page_size=2&username=%C3%A9+x");
        let paging = Paging::of(&params, true);
        let page = paging.among(5).expect("there");
        assert_eq!((page.limit, page.offset), (2, 2));
        let answer = paging.answer(page, "http://x/rooms/", vec![]);
        assert_eq!(answer["previous"], "http://x/rooms/?page_size=2&username=%C3%A9+x");
        assert_eq!(answer["next"], "http://x/rooms/?page_size=2&username=%C3%A9+x&page=3");
        let only = Params::of("");
        let page = Paging::of(&only, true).among(0).expect("the first page is always there");
        let answer = Paging::of(&only, true).answer(page, "http://x/rooms/", vec![]);
        assert_eq!((&answer["next"], &answer["previous"]), (&Value::Null, &Value::Null));
    }

    #[test]
    fn pages_that_are_not_there_and_sizes_that_are_none() {
        for query in ["page=0", "page=4", "page=-1", "page=x", "page=", "page=99999999999999999999"] {
            assert!(Paging::of(&Params::of(query), false).among(41).is_err(), "{query}");
        }
        let last = Paging::of(&Params::of("page=last"), false).among(41).expect("there");
        assert_eq!(last.offset, 40);
        for (query, sizes, size) in [
            ("page_size=7", true, 7),
            ("page_size=7", false, 20),
            ("page_size=999", true, 100),
            ("page_size=0", true, 20),
            ("page_size=-3", true, 20),
            ("page_size=x", true, 20),
        ] {
            assert_eq!(Paging::of(&Params::of(query), sizes).size, size, "{query}");
        }
    }
}

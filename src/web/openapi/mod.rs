//! What a route of the REST API takes and answers, told beside the code that does it. `http/openapi` makes one document
//! (OpenAPI 3.1) of all of it; tests hold it to the routes, and requests made up from it to the answers.

mod schema;

use serde_json::{Map, Value, json};

pub use schema::{Schema, list_of, nullable, object, reference, text, word};

/// One method of one route.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Lower case, as the document has it.
    pub method: &'static str,
    /// As the router has it, with its slash.
    pub path: &'static str,
    /// What it is for, in a few words.
    pub summary: &'static str,
    /// Whether somebody must be signed in.
    pub account: bool,
    /// Whether somebody must show the participant token of a call.
    pub participant: bool,
    /// Name, meaning and schema of what may follow the question mark.
    pub query: Vec<(&'static str, &'static str, Schema)>,
    /// Whether it is never told to come back later.
    pub unlimited: bool,
    /// What the body is.
    pub body: Option<Schema>,
    /// Status, meaning and body of each answer that is not common to all.
    pub answers: Vec<(u16, &'static str, Option<Schema>)>,
}

impl Operation {
    /// Open to everybody.
    pub fn open(method: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self {
            method,
            path,
            summary,
            account: false,
            participant: false,
            unlimited: false,
            query: Vec::new(),
            body: None,
            answers: Vec::new(),
        }
    }

    /// For somebody signed in.
    pub fn account(method: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self { account: true, ..Self::open(method, path, summary) }
    }

    /// For somebody in a call, who shows their participant token.
    pub fn participant(method: &'static str, path: &'static str, summary: &'static str) -> Self {
        Self { participant: true, ..Self::open(method, path, summary) }
    }

    /// Never told to come back later.
    pub fn unlimited(mut self) -> Self {
        self.unlimited = true;
        self
    }

    /// With a value after the question mark.
    pub fn query(mut self, name: &'static str, meaning: &'static str, schema: Schema) -> Self {
        self.query.push((name, meaning, schema));
        self
    }

    /// With the pages of a list.
    pub fn paged(self) -> Self {
        let (page, size) = (json!({ "type": "string" }), json!({ "type": "integer" }));
        self.query("page", "Which page, from 1 on, or `last`.", page).query(
            "page_size",
            "Rows on a page, 1 to 100.",
            size,
        )
    }

    /// With a JSON body.
    pub fn takes(mut self, body: Schema) -> Self {
        self.body = Some(body);
        self
    }

    /// Answers with a body.
    pub fn answers(mut self, status: u16, meaning: &'static str, body: Schema) -> Self {
        self.answers.push((status, meaning, Some(body)));
        self
    }

    /// Answers without one.
    pub fn answers_nothing(mut self, status: u16, meaning: &'static str) -> Self {
        self.answers.push((status, meaning, None));
        self
    }

    /// Whether it changes anything.
    pub fn is_unsafe(&self) -> bool {
        self.method != "get"
    }

    /// The names in the path.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// Every answer: its own, and those that follow from what it is.
    pub fn all_answers(&self) -> Vec<(u16, &'static str, Option<Schema>)> {
        let problem = || Some(reference("Problem"));
        let mut all = self.answers.clone();
        let mut common = Vec::new();
        if !self.unlimited {
            common.push((429, "Too many requests; `Retry-After` says when to come back.", problem()));
        }
        if self.account {
            common.push((401, "Nobody is signed in.", problem()));
        }
        if self.account && self.is_unsafe() {
            common.push((403, "Not theirs to do, or the request does not come from a page of ours.", problem()));
        }
        if self.participant {
            common.push((403, "No participant token, or not one of this room that still holds.", problem()));
        }
        if self.keys().next().is_some() || self.query.iter().any(|(name, ..)| *name == "page") {
            common.push((404, "There is no such thing.", problem()));
        }
        if self.body.is_some() {
            common.push((
                400,
                "Fields are wrong, each with its sentences; or the body is no JSON.",
                Some(reference("Wrong")),
            ));
            common.push((413, "The body is too large.", problem()));
            common.push((415, "The body is not JSON.", problem()));
        }
        for answer in common {
            if !all.iter().any(|(status, ..)| *status == answer.0) {
                all.push(answer);
            }
        }
        all.sort_by_key(|(status, ..)| *status);
        all
    }

    /// As the document has it.
    pub fn to_value(&self) -> Value {
        let keys = self.keys().map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } })
        });
        let query = self.query.iter().map(|(name, meaning, schema)| {
            json!({ "name": name, "in": "query", "required": false, "description": meaning, "schema": schema })
        });
        let parameters: Vec<Value> = keys.chain(query).collect();
        let answers = self.all_answers().into_iter().map(|(status, meaning, body)| {
            let mut answer = json!({ "description": meaning });
            if let Some(schema) = body {
                answer["content"] = json!({ "application/json": { "schema": schema } });
            }
            (status.to_string(), answer)
        });
        let answers: Map<String, Value> = answers.collect();
        let security = if self.participant {
            json!([{ "livekit": [] }])
        } else if self.account && self.is_unsafe() {
            json!([{ "session": [], "csrf": [] }])
        } else if self.account {
            json!([{ "session": [] }])
        } else {
            json!([])
        };
        let mut value =
            json!({ "summary": self.summary, "parameters": parameters, "responses": answers, "security": security });
        if let Some(schema) = &self.body {
            value["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        value
    }
}

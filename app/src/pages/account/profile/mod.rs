//! `/account/profile`: what people decide about themselves.

mod view;

use axum::{Router, response::Response, routing::get};
use serde::Deserialize;
use visavis::{
    error::Error,
    i18n::{Lang, account},
    state::AppState,
    users::profile::{Profile, save},
};

use crate::pages::{context::Context, form::Form, preferences};
use view::{ProfileForm, ProfileFormProps};

const PATH: &str = "/account/profile";

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/account/profile", get(show).post(change))
}

async fn show(context: Context) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let (lang, mut form) = (context.lang(), context.form().await);
    let language = user.lang().map(|lang| lang.code().to_owned());
    let kept =
        [("name", user.full_name), ("language", language), ("timezone", Some(user.timezone)), ("theme", user.theme)];
    for (field, value) in kept {
        form.values.entry(field.to_owned()).or_insert(value.unwrap_or_default());
    }
    context.show(account::profile_title(lang), move || ProfileForm(ProfileFormProps { lang, form }))
}

/// What was typed and chosen.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    language: String,
    timezone: String,
    theme: String,
}

/// Saves it, and lets this browser speak and look like it at once.
async fn change(context: Context, Form(typed): Form<Typed>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let saved = async {
        let profile = Profile::parse(&typed.name, &typed.language, &typed.timezone, &typed.theme)?;
        save(&context.state, &user, &profile).await?;
        Ok(profile)
    };
    match saved.await {
        Ok(profile) => {
            let mut response = context.done(PATH, Some("profile_saved")).await;
            preferences::set_language(&context.state, &mut response, profile.language.map(Lang::code));
            preferences::set_theme(&context.state, &mut response, profile.theme);
            response
        }
        Err(error) => {
            let Typed { name, language, timezone, theme } = &typed;
            let typed = [("name", name), ("language", language), ("timezone", timezone), ("theme", theme)];
            context.failed(error, &typed.map(|(field, value)| (field, value.as_str())), PATH).await
        }
    }
}

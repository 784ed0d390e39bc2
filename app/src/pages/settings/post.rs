//! Saves one part of the settings.

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use visavis::{
    chat::switch,
    error::{Error, Result as Outcome},
    moderation::{self, removed},
    presence::attendance,
    rooms::{
        accesses::{people, service as accesses},
        change,
        door::{self, DoorSettings},
        links,
        model::{Role, Room},
        request::Changes,
        rights::Rights,
    },
    users::model::User,
};

use crate::pages::{context::Context, form::Form, new_room::beside_the_name, slug::Slug};

/// What was pressed, and what it is about.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// `rename`, `level`, `door`, `rights`, `attendance`, `chat`, `add`, `make-owner`, `make-administrator`, `make-member`, `remove`, `let-back`, `give-up`.
    r#do: String,
    name: String,
    access_level: String,
    // A switch that is off sends nothing.
    microphone: Option<String>,
    camera: Option<String>,
    share: Option<String>,
    mute: Option<String>,
    attendance: Option<String>,
    hosts_required: Option<String>,
    verified_only: Option<String>,
    max_participants: String,
    chat: Option<String>,
    history: Option<String>,
    email: String,
    role: String,
    /// Whose role, by its key.
    access: String,
    /// Who is let back, by the key of that.
    removal: String,
    /// Which former link is given up, by its slug.
    link: String,
}

/// Where to go then, and what is said there.
type Done = (String, &'static str);

/// Does it; what was wrong is said beside it.
pub async fn save(context: Context, Slug(slug): Slug, Form(typed): Form<Typed>) -> Response {
    let Some(user) = context.viewer.user.clone() else { return context.problem(&Error::Unauthorized) };
    let room = match change::editable(&context.state, &user, &slug).await {
        Ok(room) => room,
        Err(error) => return context.problem(&error),
    };
    match perform(&context, &user, &room, &typed).await {
        Ok((to, notice)) => context.done(&to, Some(notice)).await,
        Err(error) => {
            let part = match typed.r#do.as_str() {
                "add" => "#people",
                "door" => "#door",
                "give-up" => "#links",
                _ => "",
            };
            let kept = match typed.r#do.as_str() {
                "rename" => vec![("name", typed.name.as_str())],
                "door" => vec![
                    ("max_participants", typed.max_participants.as_str()),
                    ("hosts_required", typed.hosts_required.as_deref().unwrap_or_default()),
                    ("verified_only", typed.verified_only.as_deref().unwrap_or_default()),
                ],
                "add" => vec![("email", typed.email.as_str()), ("role", typed.role.as_str())],
                _ => Vec::new(),
            };
            context.failed(said_here(error), &kept, &format!("/{}/settings{part}", room.slug)).await
        }
    }
}

async fn perform(context: &Context, user: &User, room: &Room, typed: &Typed) -> Outcome<Done> {
    let (state, here) = (&context.state, format!("/{}/settings", room.slug));
    match typed.r#do.as_str() {
        "rename" => rename(context, user, room, &typed.name).await,
        "level" => {
            let level = typed.access_level.parse().map_err(|_| Error::field("access_level", "access_level_invalid"))?;
            let changes = Changes { access_level: Some(level), ..Changes::default() };
            change::update(state, user, room.id, changes).await?;
            Ok((here, "door_saved"))
        }
        "door" => {
            let (hosts, verified) = (typed.hosts_required.is_some(), typed.verified_only.is_some());
            let wanted = DoorSettings::parse(&typed.max_participants, hosts, verified)?;
            let room = door::set(state, user, room.id, wanted).await?;
            Ok((here, if room.meeting_limit.is_some() { "door_saved_later" } else { "door_saved" }))
        }
        "rights" => {
            let rights = Rights {
                microphone: typed.microphone.is_some(),
                camera: typed.camera.is_some(),
                share: typed.share.is_some(),
                mute: typed.mute.is_some(),
            };
            let configuration = Some(rights.applied(&room.configuration));
            change::update(state, user, room.id, Changes { configuration, ..Changes::default() }).await?;
            Ok((here, "rights_saved"))
        }
        "attendance" => {
            attendance::set(state, user, room.id, typed.attendance.is_some()).await?;
            Ok((here, "door_saved"))
        }
        "chat" => {
            switch::set(state, user, room.id, typed.chat.is_some(), typed.history.is_some()).await?;
            Ok((here, "door_saved"))
        }
        "add" => {
            let role = typed.role.parse().map_err(|_| Error::field("role", "role_invalid"))?;
            people::add_by_email(state, user, room.id, &typed.email, role).await?;
            Ok((format!("{here}#people"), "role_given"))
        }
        "make-owner" => become_(context, user, room, typed, Role::Owner).await,
        "make-administrator" => become_(context, user, room, typed, Role::Administrator).await,
        "make-member" => become_(context, user, room, typed, Role::Member).await,
        "remove" => remove(context, user, room, typed).await,
        "give-up" => {
            links::give_up(state, user, room.id, &typed.link).await?;
            Ok((format!("{here}#links"), "link_given_up"))
        }
        "let-back" => let_back(context, user, room, &typed.removal).await,
        _ => Err(Error::NotFound),
    }
}

/// The name is looked at as the REST API looks at it.
async fn rename(context: &Context, user: &User, room: &Room, name: &str) -> Outcome<Done> {
    let changes = Changes::parse(&json!({ "name": name }), room, true).map_err(beside_the_name)?;
    let after = change::update(&context.state, user, room.id, changes).await.map_err(beside_the_name)?;
    let notice = if after.slug == room.slug { "door_saved" } else { "room_renamed" };
    Ok((format!("/{}/settings", after.slug), notice))
}

/// Who makes themselves a member no longer sees this page.
async fn become_(context: &Context, user: &User, room: &Room, typed: &Typed, role: Role) -> Outcome<Done> {
    let held = accesses::find_in(&context.state, user, room.id, &typed.access).await?;
    accesses::change(&context.state, user, held.id, role).await?;
    Ok((after(room, held.user_id != user.id || role.is_host()), "role_changed"))
}

async fn remove(context: &Context, user: &User, room: &Room, typed: &Typed) -> Outcome<Done> {
    let held = accesses::find_in(&context.state, user, room.id, &typed.access).await?;
    accesses::remove(&context.state, user, &held.id.to_string()).await?;
    Ok((after(room, held.user_id != user.id), "role_taken"))
}

/// Who was let back meanwhile is as good as let back now.
async fn let_back(context: &Context, user: &User, room: &Room, key: &str) -> Outcome<Done> {
    let key = key.parse().map_err(|_| Error::NotFound)?;
    let moderated = moderation::of(&context.state, user, &room.id.to_string()).await?;
    match removed::let_back(&context.state, &moderated, key).await {
        Ok(()) | Err(Error::NotFound) => Ok((format!("/{}/settings#removed", room.slug), "let_back")),
        Err(error) => Err(error),
    }
}

/// The page goes on to be theirs, or home.
fn after(room: &Room, theirs: bool) -> String {
    if theirs { format!("/{}/settings", room.slug) } else { "/".to_owned() }
}

/// What the permission says of roles is an answer to the form, not the end of the page.
fn said_here(error: Error) -> Error {
    match error {
        Error::Refused(code) => Error::Conflict(code),
        other => other,
    }
}

//! Everything below the pages, through its own doors: stores on both databases, the API through the real router, jobs, settings.

mod architecture;
mod backup;
mod cache;
mod config;
mod doctor;
mod door;
mod faults;
mod jobs;
mod livekit;
mod locales;
mod routes;
mod store;
mod support;

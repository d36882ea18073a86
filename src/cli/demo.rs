//! `koinon demo`: fills an empty log with the sample programme, by real commands under a simulated clock, and serves it.
//!
//! Every step of the story carries an idempotency key of its own, so that a demo that was stopped half-way goes on at the
//! moment it had come to, and gives nothing twice. A database that holds anything else is refused.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use koinon_events::value::Day;
use koinon_events::{CityId, PersonId};
use tokio::sync::Mutex;

use super::serve;
use crate::app::{Caller, Failure, Koinon, Order};
use crate::clock::Clock;
use crate::config::Config;
use crate::sample::{self, Step};
use crate::web::{Demo, NextDay, SamplePerson};

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    if !config.listen.ip().is_loopback() {
        bail!("the demo has one-click sign-ins, so it listens on loopback only: use --listen 127.0.0.1:8080");
    }
    let listener = serve::listen(config)?;
    let story = sample::story();
    let begins = story.first().context("the sample has no story")?.at;
    let koinon = Koinon::open(&config.start(), Clock::simulated(begins)).await?;
    let head = koinon.head().await?;
    let first = PersonId(sample::person_id("administrator")).subject();
    if head.position > 1 && koinon.scope(first).await?.is_none() {
        bail!(
            "the database {} holds something else than the sample; name an empty one with --database",
            config.database
        );
    }
    koinon.clock().advance_to(head.time);
    eprintln!("Telling the sample programme …");
    let untold: Vec<Step> = sample::before().into_iter().filter(|step| step.at >= head.time).collect();
    tell(&koinon, &untold).await?;
    koinon.clock().advance_to(sample::stops_at());
    koinon.clock().run();
    let head = koinon.head().await?.position;
    koinon.views().wait_for(head, std::time::Duration::from_secs(120)).await?;
    for paper in sample::papers() {
        koinon.shelf().put(paper.document, paper.content).await?;
    }
    let demo = demo(&koinon).await?;
    let site = serve::site(&koinon, config, listener.local_addr()?, Some(demo))?;
    serve::serve(listener, site, &koinon, config).await
}

/// Gives every step's command at its time.
async fn tell(koinon: &Koinon, steps: &[Step]) -> anyhow::Result<()> {
    for step in steps {
        koinon.clock().advance_to(step.at);
        give(koinon, step).await.with_context(|| format!("{} of {} at {}", step.command, step.as_whom, step.at))?;
    }
    Ok(())
}

async fn give(koinon: &Koinon, step: &Step) -> anyhow::Result<u64> {
    let caller = caller(koinon, step.as_whom).await?;
    let body = step.body.as_object().cloned().unwrap_or_default();
    let order = Order { name: step.command.to_owned(), body, idempotency_key: Some(step.key()), ..Order::default() };
    Ok(koinon.execute(&caller, order).await.map_err(super::explained)?.events.len() as u64)
}

/// The sample person who gives a step's command, in the roles held by then; the system before anybody can act.
async fn caller(koinon: &Koinon, key: &'static str) -> anyhow::Result<Caller> {
    if key == sample::SET_UP {
        return Ok(Caller::system(key)?);
    }
    let person = PersonId(sample::person_id(key));
    koinon.person(person).await?.with_context(|| format!("{key} does not take part"))
}

/// What the pages of the demo offer beside those of any service.
async fn demo(koinon: &Koinon) -> anyhow::Result<Demo> {
    let mut people = Vec::new();
    let mut offered: Vec<&sample::SamplePerson> = sample::PEOPLE.iter().collect();
    offered.sort_by_key(|person| person.kind != "coordinator");
    for person in offered {
        let id = PersonId(sample::person_id(person.key));
        if koinon.person(id).await?.is_none() {
            continue;
        }
        let place = match person.city {
            Some(city) => {
                koinon.views().title(CityId(sample::city_id(city)).subject(), crate::views::Moment::Live).await?
            }
            None => None,
        };
        people.push(SamplePerson {
            name: person.name.to_owned(),
            role: person.kind.to_owned(),
            place: place.map(|city| city.title).unwrap_or_default(),
            token: koinon.admit(id),
        });
    }
    let auditor = koinon.admit(PersonId(sample::person_id("auditor")));
    let (koinon, turn) = (koinon.clone(), Arc::new(Mutex::new(())));
    let next_day: Arc<dyn Fn() -> futures::future::BoxFuture<'static, Result<NextDay, Failure>> + Send + Sync> =
        Arc::new(move || {
            let (koinon, turn) = (koinon.clone(), turn.clone());
            Box::pin(async move {
                let _one_at_a_time = turn.lock().await;
                play(&koinon).await
            })
        });
    Ok(Demo { people, auditor, next_day })
}

/// Issues what history has next, as real commands.
async fn play(koinon: &Koinon) -> Result<NextDay, Failure> {
    let steps = sample::next_day(koinon.clock().today());
    let mut events = 0;
    for step in &steps {
        koinon.clock().advance_to(step.at);
        events += give(koinon, step).await.map_err(|error| Failure::Internal(format!("{error:#}")))?;
    }
    let day: Option<Day> = steps.first().map(|step: &Step| step.at.day());
    Ok(NextDay { day, events, position: koinon.head().await?.position })
}

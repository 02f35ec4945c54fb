//! Answering requests, one after the other: each one transaction.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use super::change::Change;
use super::claims::Claims;
use super::{Shared, calls, import, lock};
use crate::records::annotation::Annotation;
use crate::records::store::{Assessed, AssessmentKey, Failure, Outcome, Reply, Request, Ticket};
use crate::records::text::Text;
use crate::standards::Names;

/// Answers until the store is dropped and everything submitted is done.
pub(super) async fn serve(shared: Arc<Mutex<Shared>>, wake: impl Fn()) {
    let mut claims = Claims::new();
    while let Some((ticket, request)) = next(&shared).await {
        let answer = answer(&mut claims, request).await;
        let asking = {
            let mut shared = lock(&shared);
            shared.answers.push((ticket, answer));
            shared.asking.take()
        };
        if let Some(asking) = asking {
            asking.wake();
        }
        wake();
    }
}

async fn next(shared: &Mutex<Shared>) -> Option<(Ticket, Request)> {
    poll_fn(|context| {
        let mut shared = lock(shared);
        match shared.requests.pop_front() {
            Some(request) => Poll::Ready(Some(request)),
            None if shared.over => Poll::Ready(None),
            None => {
                shared.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    })
    .await
}

async fn answer(claims: &mut Claims, request: Request) -> Result<Reply, Failure> {
    request.check()?;
    let mut tries = 0;
    loop {
        let answer = transact(claims, request.clone()).await;
        tries += 1;
        if matches!(answer, Err(Failure::InUse { .. })) && tries < 4 && claims.may_try_again().await {
            continue;
        }
        return answer;
    }
}

/// All of a request or nothing.
async fn transact(claims: &mut Claims, request: Request) -> Result<Reply, Failure> {
    let change = Change::begin(!request.only_reads())?;
    if let Request::Unfinished = request {
        let mut found = calls::list(&change, true).await?;
        let elsewhere = claims.of_others(&change).await?;
        change.done().await?;
        let elsewhere = elsewhere.there().await;
        for call in &mut found {
            call.elsewhere = elsewhere.contains(&call.head.id);
        }
        return Ok(Reply::Calls(found));
    }
    let reply = within(claims, &change, request).await?;
    change.done().await?;
    Ok(reply)
}

async fn within(claims: &mut Claims, change: &Change, request: Request) -> Result<Reply, Failure> {
    Ok(match request {
        Request::Begin { head, texts } => calls::begin(change, claims, *head, &texts).await?,
        Request::Act { id, sequence, action, events } => {
            calls::act(change, claims, &id, sequence, &action, &events).await?
        }
        Request::ClockMark { id, at } => calls::clock_mark(change, claims, &id, at).await?,
        Request::Finish { id, clock, events } => calls::finish(change, claims, &id, clock, events).await?,
        Request::Resume(id) => calls::resume(change, claims, &id).await?,
        Request::Abandon(id) => calls::abandon(change, claims, &id).await?,
        Request::Wipe { by } => calls::wipe(change, claims, by.as_deref()).await?,
        Request::List | Request::Unfinished => Reply::Calls(calls::list(change, false).await?),
        Request::Load(id) => match calls::load(change, &id).await? {
            Some(kept) => Reply::Record(Box::new(kept)),
            None => return Err(Failure::NoCall { id }),
        },
        Request::Texts(hash) => Reply::Texts(texts(change, &hash).await?),
        Request::Annotate(annotation) => annotate(change, &annotation).await?,
        Request::Annotations { of } => Reply::Annotations(annotations(change, of.as_deref()).await?),
        Request::Import { items, only_check } => {
            let mut outcomes = Vec::with_capacity(items.len());
            for item in items {
                outcomes.push(import::import(change, item, only_check).await?);
            }
            Reply::Imported(outcomes)
        }
        Request::PutAssessment(assessed) => put_assessment(change, &assessed).await?,
        Request::PutAssessments(all) => {
            for assessed in &all {
                match put_assessment(change, assessed).await {
                    Ok(_) | Err(Failure::NoCall { .. }) => {}
                    Err(failure) => return Err(failure),
                }
            }
            Reply::Saved
        }
        Request::PutSetting { name, value } => {
            match value {
                Some(value) => change.put_text("settings", &name, &value)?,
                None => change.remove("settings", &name)?,
            }
            Reply::Saved
        }
        Request::Settings => Reply::Settings(change.all_texts("settings", "").await?.into_iter().collect()),
        Request::Assessment(key) => Reply::Assessments(assessment(change, key).await?),
        Request::Assessments { rules } => Reply::Assessments(assessments(change, rules).await?),
    })
}

pub(super) async fn text(change: &Change, hash: &str) -> Result<Option<Text>, Failure> {
    let found: Option<(String, String)> = change.get("texts", hash).await?;
    Ok(found.map(|(name, text)| Text { hash: hash.to_owned(), name, text }))
}

/// Whether it was new.
pub(super) async fn keep_text(change: &Change, new: &Text) -> Result<bool, Failure> {
    let is_new = change.text("texts", &new.hash).await?.is_none();
    if is_new {
        change.put("texts", &new.hash, &(&new.name, &new.text))?;
    }
    Ok(is_new)
}

async fn texts(change: &Change, hash: &str) -> Result<Vec<Text>, Failure> {
    let first = text(change, hash).await?.ok_or_else(|| Failure::NoText { hash: hash.to_owned() })?;
    let mut found = Vec::new();
    for (_, hash) in first.listed() {
        found.extend(text(change, hash).await?);
    }
    found.insert(0, first);
    Ok(found)
}

/// What would become of an annotation.
pub(super) async fn outcome_of(change: &Change, new: &Annotation) -> Result<Outcome, Failure> {
    if let Some(here) = change.get::<Annotation>("notes", &new.id).await? {
        return Ok(if here == *new { Outcome::AlreadyHere } else { Outcome::Differs });
    }
    let Some(record) = new.record() else { return Ok(Outcome::New) };
    let found = change.text("calls", record).await?.is_some();
    Ok(if found { Outcome::New } else { Outcome::Stray })
}

pub(super) fn keep_annotation(change: &Change, new: &Annotation) -> Result<(), Failure> {
    if let Some(record) = new.record() {
        change.put_text("noted", &format!("{record}/{}", new.id), &new.id)?;
    }
    change.put("notes", &new.id, new)
}

async fn annotate(change: &Change, new: &Annotation) -> Result<Reply, Failure> {
    outcome_of(change, new).await?.must_be_new(new)?;
    keep_annotation(change, new)?;
    Ok(Reply::Saved)
}

async fn annotations(change: &Change, of: Option<&str>) -> Result<Vec<Annotation>, Failure> {
    let mut found: Vec<Annotation> = match of {
        None => change.all("notes", "").await?,
        Some(record) => {
            let mut found = Vec::new();
            for (_, id) in change.all_texts("noted", record).await? {
                found.extend(change.get::<Annotation>("notes", &id).await?);
            }
            found
        }
    };
    found.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
    Ok(found)
}

fn mark_key(key: &AssessmentKey) -> String {
    format!("{:010}/{}/{}/{}", key.rules, key.record, key.scenario, key.standards)
}

fn full_key(key: &AssessmentKey) -> String {
    format!("{}/{}/{}/{:010}", key.record, key.scenario, key.standards, key.rules)
}

async fn put_assessment(change: &Change, assessed: &Assessed) -> Result<Reply, Failure> {
    let Assessed { key, summary, full } = assessed;
    if change.text("calls", &key.record).await?.is_none() {
        return Err(Failure::NoCall { id: key.record.clone() });
    }
    change.put_text("marks", &mark_key(key), summary)?;
    change.put_text("full", &full_key(key), full)?;
    Ok(Reply::Saved)
}

async fn assessment(change: &Change, key: AssessmentKey) -> Result<Vec<Assessed>, Failure> {
    let summary = change.text("marks", &mark_key(&key)).await?;
    let full = change.text("full", &full_key(&key)).await?;
    Ok(summary.zip(full).map(|(summary, full)| Assessed { key, summary, full }).into_iter().collect())
}

async fn assessments(change: &Change, rules: u32) -> Result<Vec<Assessed>, Failure> {
    let found = change.all_texts("marks", &format!("{rules:010}")).await?;
    let mut names = Names::default();
    let assessed = found.into_iter().filter_map(|(key, summary)| {
        let mut parts = key.split('/').skip(1);
        let record = parts.next()?.to_owned();
        let (scenario, standards) = (names.id(parts.next()?), names.id(parts.next()?));
        let key = AssessmentKey { record, scenario, standards, rules };
        Some(Assessed { key, summary, full: String::new() })
    });
    Ok(assessed.collect())
}

/// Throws the marks of a record away.
pub(super) async fn forget_marks(change: &Change, record: &str) -> Result<(), Failure> {
    for (key, _) in change.all_texts("full", record).await? {
        let mut parts = key.split('/').skip(1);
        let (scenario, standards, rules) = (parts.next(), parts.next(), parts.next());
        if let (Some(scenario), Some(standards), Some(rules)) = (scenario, standards, rules) {
            change.remove("marks", &format!("{rules}/{record}/{scenario}/{standards}"))?;
        }
    }
    change.remove_below("full", record)
}

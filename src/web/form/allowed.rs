//! Whether the reader may give a command at one subject, so that nothing is offered that would be refused for who asks.

use koinon_events::Subject;
use serde_json::{Value, json};

use crate::access;
use crate::domain::{Scope, command_shape, example_body, parse};
use crate::web::asked::Asked;

/// Whether the reader may give the command at a subject of that scope. Signed in, and at present, or not at all.
pub fn may_at(asked: &Asked, command: &str, subject: Subject, scope: &Scope) -> bool {
    let Some(shape) = command_shape(command).filter(|_| asked.is_now() && asked.reader.session.is_some()) else {
        return false;
    };
    let mut body = example_body(shape);
    body.insert(shape.subject_field.to_owned(), json!(subject.id));
    let Ok(command) = parse(shape, &Value::Object(body)) else { return false };
    let caller = &asked.reader.caller;
    access::may(&command, scope, &caller.grants, &caller.actor, asked.view.today).is_ok()
}

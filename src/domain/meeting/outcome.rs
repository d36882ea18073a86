//! What a meeting brings: attendance, presentations, decisions, minutes, a recording.

use koinon_events::meeting::{
    DecisionRecorded, MeetingHeld, MeetingKind, MinutesPublished, PresentationAdded, RecordingPublished,
    RecordingReplaced,
};

use super::{
    AddPresentation, HoldMeeting, Meeting, MeetingRule, PublishMinutes, PublishRecording, RecordDecision,
    ReplaceRecording,
};
use crate::domain::belonging::{COUNT_LIMIT, LIST_LIMIT, check_list, check_range};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// A recording is at most a day long, in minutes.
const RECORDING_LIMIT: u32 = 24 * 60;

/// Not more people than this from one country.
const COUNTRY_LIMIT: u32 = 10 * COUNT_LIMIT;

pub(super) fn hold(meeting: &Meeting, command: &HoldMeeting, context: &Context<'_>) -> Decision {
    if meeting.is_over() {
        return Err(MeetingRule::MeetingAlreadyHeld.into());
    }
    context.persons_known_in("/present", &command.present, meeting.programme)?;
    if command.cities.len() > LIST_LIMIT {
        return Err(Rejection::unfit("/cities", format!("must have at most {LIST_LIMIT} entries")));
    }
    for (city, count) in &command.cities {
        let pointer = format!("/cities/{city}");
        context.city_in(&pointer, *city, meeting.programme)?;
        check_range(&pointer, *count, 0, COUNT_LIMIT)?;
    }
    for (country, count) in &command.countries {
        check_range(&format!("/countries/{country}"), *count, 0, COUNTRY_LIMIT)?;
    }
    context.evidence_if_any("/document", command.document, meeting.programme)?;
    fact(MeetingHeld {
        date: command.date,
        present: command.present.clone(),
        cities: command.cities.clone(),
        countries: command.countries.clone(),
        document: command.document,
    })
}

pub(super) fn add_presentation(meeting: &Meeting, command: &AddPresentation, context: &Context<'_>) -> Decision {
    if let Some(speaker) = command.speaker {
        context.person_known_in("/speaker", speaker, meeting.programme)?;
    }
    if let Some(city) = command.city {
        context.city_in("/city", city, meeting.programme)?;
    }
    context.evidence_if_any("/document", command.document, meeting.programme)?;
    let added = PresentationAdded {
        title: command.title.clone(),
        speaker: command.speaker,
        city: command.city,
        document: command.document,
    };
    if meeting.presentations.contains(&added) {
        return Err(MeetingRule::PresentationAlreadyAdded.into());
    }
    fact(added)
}

pub(super) fn record_decision(meeting: &Meeting, command: &RecordDecision, context: &Context<'_>) -> Decision {
    if !meeting.is_over() {
        return Err(MeetingRule::MeetingNotHeld.into());
    }
    if let Some(responsible) = command.responsible {
        context.person_in("/responsible", responsible, meeting.programme)?;
    }
    if meeting.decisions.contains(&command.text) {
        return Err(MeetingRule::DecisionAlreadyRecorded.into());
    }
    fact(DecisionRecorded { text: command.text.clone(), responsible: command.responsible })
}

pub(super) fn publish_minutes(meeting: &Meeting, command: &PublishMinutes, context: &Context<'_>) -> Decision {
    if !meeting.is_over() {
        return Err(MeetingRule::MeetingNotHeld.into());
    }
    if meeting.has_minutes {
        return Err(MeetingRule::MinutesAlreadyPublished.into());
    }
    if command.document.is_none() && command.text.is_none() {
        return Err(Rejection::unfit("/document", "give the minutes as a document or in words"));
    }
    context.evidence_if_any("/document", command.document, meeting.programme)?;
    fact(MinutesPublished { document: command.document, text: command.text.clone() })
}

pub(super) fn publish_recording(meeting: &Meeting, command: &PublishRecording, context: &Context<'_>) -> Decision {
    if meeting.kind != MeetingKind::Webinar {
        return Err(MeetingRule::NotAWebinar.into());
    }
    if !meeting.is_over() {
        return Err(MeetingRule::MeetingNotHeld.into());
    }
    let only_announced = matches!(meeting.recording, Some(None)) && command.url.is_some();
    if meeting.recording.is_some() && !only_announced {
        return Err(MeetingRule::RecordingAlreadyPublished.into());
    }
    if let Some(duration) = command.duration {
        check_range("/duration", duration, 1, RECORDING_LIMIT)?;
    }
    check_list("/captions", &command.captions)?;
    context.evidence_if_any("/transcript", command.transcript, meeting.programme)?;
    fact(RecordingPublished {
        url: command.url.clone(),
        host: command.host.clone(),
        duration: command.duration,
        captions: command.captions.clone(),
        transcript: command.transcript,
    })
}

pub(super) fn replace_recording(meeting: &Meeting, command: &ReplaceRecording) -> Decision {
    let Some(recording) = &meeting.recording else {
        return Err(MeetingRule::RecordingNotPublished.into());
    };
    if *recording == command.url {
        return Err(MeetingRule::RecordingAlreadyThere.into());
    }
    fact(RecordingReplaced { url: command.url.clone(), was_url: recording.clone(), reason: command.reason.clone() })
}

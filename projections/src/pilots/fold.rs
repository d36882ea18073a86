//! How a pilot's row moves on with what happens.

use koinon_events::PilotId;
use koinon_events::pilot::*;
use koinon_events::value::{Code, Prose};

use super::{Approval, Indicator, Measurement, Milestone, PilotRow, PilotStatus, Risk};
use crate::entry::Entry;
use crate::mark::{Mark, add};

impl PilotRow {
    pub(super) fn proposed(id: PilotId, entry: &Entry, event: &PilotProposed) -> Self {
        Self {
            id,
            programme: event.programme,
            partnership: event.partnership,
            status: PilotStatus::Proposed,
            title: event.title.clone(),
            cities: event.cities.clone(),
            from_learnings: event.from_learnings.clone(),
            project: event.project,
            plan: event.plan.clone(),
            problem: event.problem.clone(),
            solution: event.solution.clone(),
            beneficiaries: event.beneficiaries.clone(),
            language: event.language.clone(),
            at_meeting: None,
            start: None,
            end: None,
            milestones: Vec::new(),
            indicators: Vec::new(),
            budget: None,
            budget_source: None,
            owner: None,
            risks: Vec::new(),
            approvals: Vec::new(),
            launched_on: None,
            reason: None,
            results: None,
            lessons: None,
            take_up_note: None,
            take_up_document: None,
            scope: None,
            scale_up_document: None,
            actions: Vec::new(),
            discussions: Vec::new(),
            evidence: Vec::new(),
            begun: Mark::from(entry),
            planned: None,
            launched: None,
            completed: None,
            decided: None,
            version: 0,
            position: 0,
            updated: entry.time.day(),
        }
    }

    pub(super) fn moved_on(&mut self, entry: &Entry, event: &PilotEvent) {
        match event {
            PilotEvent::PilotProposed(_) => {}
            PilotEvent::PilotPlanned(event) => self.plan_made(entry, event),
            PilotEvent::PilotApproved(event) => {
                self.approvals.retain(|approval| approval.city != event.city);
                self.approvals.push(Approval { city: event.city, mark: Mark::from(entry) });
            }
            PilotEvent::PilotPlanApproved(_) => self.status = PilotStatus::Approved,
            PilotEvent::PilotLaunched(event) => {
                self.status = PilotStatus::Launched;
                self.launched_on = Some(event.date);
                self.launched = Some(Mark::from(entry));
            }
            PilotEvent::PilotPaused(event) => {
                self.status = PilotStatus::Paused;
                self.reason = Some(event.reason.clone());
            }
            PilotEvent::PilotResumed(event) => {
                self.status = PilotStatus::Launched;
                self.reason.clone_from(&event.reason);
            }
            PilotEvent::PilotCompleted(event) => {
                self.status = PilotStatus::Completed;
                self.results = Some(event.results.clone());
                self.lessons.clone_from(&event.lessons);
                self.take_up_note.clone_from(&event.take_up_note);
                self.take_up_document = event.take_up_document;
                event.evidence.iter().for_each(|document| add(&mut self.evidence, *document));
                self.completed = Some(Mark::from(entry));
            }
            PilotEvent::ScaleUpDecided(event) => {
                self.scope = Some(event.scope.clone());
                self.scale_up_document = event.document;
                self.ended(entry, PilotStatus::ScaledUp, None);
            }
            PilotEvent::NotToContinueDecided(event) => {
                self.ended(entry, PilotStatus::NotContinued, Some(&event.reason));
            }
            PilotEvent::PilotStopped(event) => self.ended(entry, PilotStatus::Stopped, Some(&event.reason)),
            event => self.went_on(entry, event),
        }
    }

    fn ended(&mut self, entry: &Entry, status: PilotStatus, reason: Option<&Prose>) {
        self.status = status;
        self.decided = Some(Mark::from(entry));
        self.reason = reason.cloned();
    }

    fn plan_made(&mut self, entry: &Entry, event: &PilotPlanned) {
        if self.status == PilotStatus::Proposed || self.status == PilotStatus::Approved {
            self.status = PilotStatus::Planned;
        }
        self.at_meeting = event.at_meeting;
        self.start = Some(event.start);
        self.end = Some(event.end);
        self.budget.clone_from(&event.budget);
        self.budget_source.clone_from(&event.budget_source);
        self.owner = Some(event.owner.clone());
        self.reason.clone_from(&event.reason);
        self.planned = Some(Mark::from(entry));
        self.approvals.clear();
        let milestone = |planned: &PilotMilestone| Milestone {
            id: planned.id.clone(),
            title: planned.title.clone(),
            due: planned.due,
            reached_on: None,
            evidence: Vec::new(),
            note: None,
            reason: None,
        };
        self.milestones = event.milestones.iter().map(milestone).collect();
        let indicator = |planned: &PilotIndicator| Indicator {
            code: planned.code.clone(),
            name: planned.name.clone(),
            unit: planned.unit.clone(),
            baseline: planned.baseline.clone(),
            target: planned.target.clone(),
            measurements: Vec::new(),
        };
        self.indicators = event.indicators.iter().map(indicator).collect();
        self.risks = event
            .risks
            .iter()
            .map(|risk| risk_of(&risk.id, &risk.text, risk.likelihood, risk.impact, risk.response.as_ref()))
            .collect();
    }

    fn milestone(&mut self, code: &Code, change: impl FnOnce(&mut Milestone)) {
        if let Some(milestone) = self.milestones.iter_mut().find(|milestone| milestone.id == *code) {
            change(milestone);
        }
    }

    fn risk(&mut self, code: &Code, change: impl FnOnce(&mut Risk)) {
        if let Some(risk) = self.risks.iter_mut().find(|risk| risk.id == *code) {
            change(risk);
        }
    }

    fn indicator(&mut self, code: &Code, change: impl FnOnce(&mut Indicator)) {
        if let Some(indicator) = self.indicators.iter_mut().find(|indicator| indicator.code == *code) {
            change(indicator);
        }
    }

    fn went_on(&mut self, entry: &Entry, event: &PilotEvent) {
        match event {
            PilotEvent::MilestoneReached(event) => self.milestone(&event.milestone, |milestone| {
                milestone.reached_on = Some(event.date.unwrap_or(entry.time.day()));
                milestone.evidence.clone_from(&event.evidence);
                milestone.note.clone_from(&event.note);
            }),
            PilotEvent::MilestoneSlipped(event) => self.milestone(&event.milestone, |milestone| {
                milestone.due = event.due;
                milestone.reason = Some(event.reason.clone());
            }),
            PilotEvent::MeasurementRecorded(event) => self.indicator(&event.indicator, |indicator| {
                indicator.measurements.push(Measurement {
                    value: event.value.clone(),
                    period: event.period,
                    evidence: event.evidence.clone(),
                    note: event.note.clone(),
                    reason: None,
                    mark: Mark::from(entry),
                });
                indicator.measurements.sort_by_key(|measurement| measurement.period);
            }),
            PilotEvent::MeasurementCorrected(event) => self.indicator(&event.indicator, |indicator| {
                let mut measurements = indicator.measurements.iter_mut();
                if let Some(measurement) = measurements.find(|measurement| measurement.period == event.period) {
                    measurement.value = event.value.clone();
                    measurement.reason = Some(event.reason.clone());
                    if !event.evidence.is_empty() {
                        measurement.evidence.clone_from(&event.evidence);
                    }
                    measurement.mark = Mark::from(entry);
                }
            }),
            PilotEvent::RiskRaised(event) => self.risks.push(risk_of(
                &event.risk,
                &event.text,
                event.likelihood,
                event.impact,
                event.response.as_ref(),
            )),
            PilotEvent::RiskChanged(event) => self.risk(&event.risk, |risk| {
                if let Some(text) = &event.text {
                    risk.text.clone_from(text);
                }
                risk.likelihood = event.likelihood.unwrap_or(risk.likelihood);
                risk.impact = event.impact.unwrap_or(risk.impact);
                if event.response.is_some() {
                    risk.response.clone_from(&event.response);
                }
                risk.reason.clone_from(&event.reason);
            }),
            PilotEvent::RiskClosed(event) => self.risk(&event.risk, |risk| {
                risk.closed = true;
                risk.reason.clone_from(&event.reason);
            }),
            _ => {}
        }
    }
}

fn risk_of(id: &Code, text: &Prose, likelihood: u32, impact: u32, response: Option<&Prose>) -> Risk {
    Risk {
        id: id.clone(),
        text: text.clone(),
        likelihood,
        impact,
        response: response.cloned(),
        closed: false,
        reason: None,
    }
}

//! One state per noun, and the dispatch to the noun's room. A new noun is a line in `nouns!`.

use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, Event, FollowingId, LearningId, MeetingId, PartnershipId, PersonId,
    PilotId, ProgrammeId, ProjectId, ReportId, Subject, TokenId, VisitId, WebhookId,
};

use super::context::{Context, World};
use super::{
    CommandShape, Decision, action, city, discussion, document, following, learning, meeting, partnership, person,
    pilot, programme, project, report, token, visit, webhook,
};

/// What a subject belongs to: the ground for access rules and for the envelope's programme and partnership.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Its programme.
    pub programme: Option<ProgrammeId>,
    /// Its partnerships.
    pub partnerships: Vec<PartnershipId>,
    /// The visit it is, or came from.
    pub visit: Option<VisitId>,
    /// The cities it concerns.
    pub cities: Vec<CityId>,
    /// Cities whose people look on without acting: those that came to a meeting, those that use a learning.
    pub onlookers: Vec<CityId>,
    /// The persons it concerns: assigned experts, owners, the person itself.
    pub persons: Vec<PersonId>,
    /// Whether it is published, so that everybody in its programme may see it.
    pub is_published: bool,
}

impl Scope {
    /// Its partnership, when it belongs to exactly one.
    pub fn partnership(&self) -> Option<PartnershipId> {
        match self.partnerships.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Adds persons that are not in it yet.
    pub(super) fn with_persons(mut self, persons: impl IntoIterator<Item = PersonId>) -> Self {
        for person in persons {
            if !self.persons.contains(&person) {
                self.persons.push(person);
            }
        }
        self
    }
}

macro_rules! states {
    ($($variant:ident($module:ident::$state:ident, $id:ident)),+ $(,)?) => {
        /// The state of one subject, of whatever noun.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum State {
            $(#[doc = concat!("A ", stringify!($module), ".")] $variant($module::$state),)+
        }

        impl State {
            /// What the subject belongs to.
            pub fn scope(&self) -> Scope {
                match self { $(Self::$variant(state) => state.scope(),)+ }
            }
        }

        impl World {
            $(
                #[doc = concat!("The ", stringify!($module), " of that id, if there is one.")]
                pub fn $module(&self, id: $id) -> Option<&$module::$state> {
                    match self.state(id.subject()) {
                        Some(State::$variant(state)) => Some(state),
                        _ => None,
                    }
                }
            )+
        }
    };
}

macro_rules! nouns {
    ($($variant:ident($module:ident: $command:ident)),+ $(,)?) => {
        /// Everything that can be asked. One variant per noun.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum Command {
            $(#[doc = concat!("A command on a ", stringify!($module), ".")] $variant($module::$command),)+
        }

        impl Command {
            pub(super) const FAMILIES: &'static [&'static [CommandShape]] = &[$($module::$command::SHAPES),+];

            /// The command's name: `ScheduleVisit`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(command) => command.name(),)+ }
            }

            /// The subject it is about.
            pub fn subject(&self) -> Subject {
                match self { $(Self::$variant(command) => command.subject(),)+ }
            }
        }

        impl State {
            /// The state after one more event. Facts are facts: this cannot fail, and an event of another family
            /// changes nothing.
            pub fn evolve(state: Option<Self>, subject: Subject, event: &Event) -> Option<Self> {
                match (state, event) {
                    $((None, Event::$variant(event)) => $module::evolve(None, subject, event).map(Self::$variant),
                    (Some(Self::$variant(state)), Event::$variant(event)) => {
                        $module::evolve(Some(state), subject, event).map(Self::$variant)
                    })+
                    (state, _) => state,
                }
            }
        }

        /// The other subjects whose states the decision needs, as far as the world so far tells. Asked again until it
        /// names none that the world does not know.
        pub fn relies_on(command: &Command, world: &World) -> Vec<Subject> {
            match command { $(Command::$variant(command) => $module::relies_on(command, world),)+ }
        }

        /// Decides a command on the state of its subject.
        ///
        /// # Errors
        /// The [`super::Rejection`] that forbids it.
        pub fn decide(state: Option<&State>, command: &Command, context: &Context<'_>) -> Decision {
            match (command, state) {
                $((Command::$variant(command), None) => $module::decide(None, command, context),
                (Command::$variant(command), Some(State::$variant(state))) => {
                    $module::decide(Some(state), command, context)
                })+
                #[allow(unreachable_patterns)]
                (_, Some(_)) => Err(super::Rejection::Absent),
            }
        }
    };
}

states! {
    Programme(programme::Programme, ProgrammeId),
    City(city::City, CityId),
    Partnership(partnership::Partnership, PartnershipId),
    Person(person::Person, PersonId),
    Visit(visit::Visit, VisitId),
    Project(project::Project, ProjectId),
    Pilot(pilot::Pilot, PilotId),
    Action(action::Action, ActionId),
    Report(report::Report, ReportId),
    Webhook(webhook::Webhook, WebhookId),
    Token(token::Token, TokenId),
    Following(following::Following, FollowingId),
    Meeting(meeting::Meeting, MeetingId),
    Learning(learning::Learning, LearningId),
    Document(document::Document, DocumentId),
    Discussion(discussion::Discussion, DiscussionId),
}

nouns! {
    Programme(programme: ProgrammeCommand),
    City(city: CityCommand),
    Partnership(partnership: PartnershipCommand),
    Person(person: PersonCommand),
    Visit(visit: VisitCommand),
    Project(project: ProjectCommand),
    Pilot(pilot: PilotCommand),
    Action(action: ActionCommand),
    Report(report: ReportCommand),
    Webhook(webhook: WebhookCommand),
    Token(token: TokenCommand),
    Following(following: FollowingCommand),
    Meeting(meeting: MeetingCommand),
    Learning(learning: LearningCommand),
    Document(document: DocumentCommand),
    Discussion(discussion: DiscussionCommand),
}

//! Why a command is refused: fields that do not fit the world, or a rule that forbids it, as data and in words.

/// One field that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// JSON pointer (RFC 6901) into the command's body; empty for the body as a whole.
    pub pointer: String,
    /// What would be accepted.
    pub message: String,
}

impl Finding {
    /// A finding at a pointer.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into() }
    }
}

/// A rule that forbids the command as the world stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable name, the last part of the problem type: `visit-already-cancelled`.
    pub code: &'static str,
    /// The rule in words.
    pub sentence: String,
}

impl Rule {
    /// Whether the refusal says that the thing is done already, so that the command may be a late repeat of the one
    /// that did it.
    pub fn may_be_a_repeat(&self) -> bool {
        self.code.contains("already")
    }
}

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// Fields do not fit: an unknown city, an end before its beginning.
    Unfit(Vec<Finding>),
    /// The subject does not exist.
    Absent,
    /// A rule forbids it.
    Rule(Rule),
}

impl Rejection {
    /// One field does not fit.
    pub fn unfit(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Unfit(vec![Finding::new(pointer, message)])
    }
}

/// Makes an enum of a noun's rules into [`Rejection`]s: the variant's name in kebab-case is the code, its message the
/// sentence.
macro_rules! rejections {
    ($name:ident) => {
        impl From<$name> for $crate::domain::Rejection {
            fn from(rule: $name) -> Self {
                let sentence = rule.to_string();
                Self::Rule($crate::domain::Rule { code: rule.into(), sentence })
            }
        }
    };
}
pub(crate) use rejections;

//! The contact record: what is typed, and whether it is true.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::directory::date_of_birth;
use super::engine::Call;
use super::event::Event;
use super::refusal::Refusal;
use super::state::Field;
use crate::scenario::{Relation, Scenario};
use crate::standards::{FieldName, Role};

/// All fields, in the order in which a call needs them.
pub const FIELDS: [FieldName; 7] = [
    FieldName::Location,
    FieldName::CallBack,
    FieldName::CallerName,
    FieldName::Relation,
    FieldName::PatientName,
    FieldName::DateOfBirth,
    FieldName::GpPractice,
];

/// What a field may hold, in characters.
pub const FIELD_TEXT: usize = 200;

/// What a field should say.
#[must_use]
pub fn truth(scenario: &Scenario, field: FieldName) -> String {
    let patient = &scenario.patient;
    match field {
        FieldName::Location => patient.at.to_string(),
        FieldName::CallBack => patient.call_back.to_string(),
        FieldName::CallerName => scenario.caller.name.to_string(),
        FieldName::Relation => match scenario.caller.relation {
            Relation::Patient => "Patient".into(),
            Relation::Parent => "Parent".into(),
            Relation::Spouse => "Spouse or partner".into(),
            Relation::AdultChild => "Son or daughter".into(),
            Relation::Carer => "Carer".into(),
            Relation::Relative => "Relative".into(),
            Relation::Friend => "Friend".into(),
            Relation::Bystander => "Bystander".into(),
            Relation::Professional => "Professional".into(),
        },
        FieldName::PatientName => patient.name.to_string(),
        FieldName::DateOfBirth => date_of_birth(&patient.born)
            .map_or_else(|| patient.born.clone(), |d| format!("{:02}/{:02}/{}", d.day(), d.month(), d.year())),
        FieldName::GpPractice => patient.gp.to_string(),
    }
}

/// Whether what was typed says what is so: how it is written does not matter.
#[must_use]
pub fn says_the_truth(scenario: &Scenario, field: FieldName, typed: &str) -> bool {
    let truth = truth(scenario, field);
    match field {
        FieldName::CallBack => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let typed = digits(typed);
            let typed = typed.strip_prefix("44").map_or(typed.clone(), |rest| format!("0{rest}"));
            !typed.is_empty() && typed == digits(&truth)
        }
        FieldName::DateOfBirth => date_of_birth(typed).is_some_and(|date| Some(date) == date_of_birth(&truth)),
        // The first part of an address is what somebody drives to.
        FieldName::Location => holds_words(typed, truth.split(',').next().unwrap_or(&truth), &[]),
        FieldName::GpPractice => {
            holds_words(typed, &truth, &["surgery", "practice", "medical", "centre", "health", "the", "group"])
        }
        FieldName::Relation => {
            relation_words(scenario.caller.relation).iter().any(|word| words(typed).iter().any(|typed| typed == word))
        }
        FieldName::CallerName | FieldName::PatientName => {
            holds_words(typed, &truth, &["mr", "mrs", "ms", "miss", "dr"])
        }
    }
}

fn relation_words(relation: Relation) -> &'static [&'static str] {
    match relation {
        Relation::Patient => &["patient", "self", "herself", "himself", "themselves", "themself", "same"],
        Relation::Parent => &["parent", "mother", "father", "mum", "dad", "guardian"],
        Relation::Spouse => &["spouse", "partner", "wife", "husband"],
        Relation::AdultChild => &["son", "daughter", "child"],
        Relation::Carer => &["carer", "support"],
        Relation::Relative => {
            &["relative", "sister", "brother", "aunt", "uncle", "cousin", "grandchild", "niece", "nephew"]
        }
        Relation::Friend => &["friend", "neighbour", "colleague", "housemate"],
        Relation::Bystander => &["bystander", "stranger", "passer"],
        Relation::Professional => &["professional", "nurse", "gp", "paramedic", "lab", "pharmacist", "teacher"],
    }
}

/// Letters without their accents: how a keyboard without them writes a name.
#[must_use]
pub fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

fn words(text: &str) -> Vec<String> {
    without_accents(&text.to_lowercase())
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|word| word.replace(['\'', '’'], ""))
        .filter(|word| !word.is_empty())
        .collect()
}

/// All words of the truth, but for those that do not matter, are among those typed.
fn holds_words(typed: &str, truth: &str, but: &[&str]) -> bool {
    let typed = words(typed);
    let wanted: Vec<String> = words(truth).into_iter().filter(|word| !but.contains(&word.as_str())).collect();
    !wanted.is_empty() && wanted.iter().all(|word| typed.contains(word))
}

impl Call {
    /// What is typed in a field; absent while it is empty.
    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<Arc<str>> {
        self.state.fields.iter().find(|f| f.name == name).map(|f| f.text.clone())
    }

    pub(super) fn set_field(&mut self, name: FieldName, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        if text.chars().count() > FIELD_TEXT {
            return Err(Refusal::TooLong(FIELD_TEXT));
        }
        let text: Arc<str> = text.into();
        self.state.fields.retain(|f| f.name != name);
        if !text.is_empty() {
            self.state.fields.push(Field { name, text: text.clone(), confirmed: false });
        }
        self.emit(self.state.now, Event::Field { name, text });
        Ok(())
    }

    pub(super) fn confirm_field(&mut self, name: FieldName) -> Result<(), Refusal> {
        let field = self.state.fields.iter_mut().find(|f| f.name == name).ok_or(Refusal::EmptyField)?;
        field.confirmed = true;
        self.emit(self.state.now, Event::FieldConfirmed(name));
        Ok(())
    }

    /// A clinician who rings back has the contact record that was handed over.
    pub(super) fn fields_from_handover(&mut self) {
        let role: &Role = self.role();
        let fields = match &self.script.scenario.handover {
            Some(handover) if handover.roles.contains(&role.id) => handover.fields.clone(),
            _ => return,
        };
        for name in fields {
            let text: Arc<str> = truth(&self.script.scenario, name).into();
            self.state.fields.push(Field { name, text: text.clone(), confirmed: false });
            self.emit(0, Event::Field { name, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_right_without_its_accents_and_not_without_its_letters() {
        assert_eq!(without_accents("tamper café, Zoë"), "tamper cafe, Zoe");
        assert!(holds_words("19 Canal St, Tamper Cafe", "Tamper Café", &[]));
        assert!(holds_words("Zoe OBrien", "Zoë O’Brien", &[]));
        assert!(!holds_words("Tamper Caf", "Tamper Café", &[]));
    }
}

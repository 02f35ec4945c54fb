//! Who is practising on this machine: pseudonyms, each with a role and, if wished, a PIN.
//!
//! A PIN keeps colleagues out of each other's reflections on a shared machine. It is no encryption of
//! the disk, and the application says so.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::egui::Wake;
use super::store::{Answered, Purpose, Shelf};
use crate::records::{Reply, Request};
use crate::standards::Id;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Who>();
    app.add_systems(Update, (hear, keep).chain());
}

/// Name under which profiles are kept.
const SETTING: &str = "profiles";

/// One person on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Pseudonym: what stands in records as `by`.
    pub name: String,
    /// Id of the role in which they usually take calls.
    pub role: Option<Id>,
    /// Where they work, in their words; may be empty.
    pub site: String,
    /// Argon2 hash of the PIN.
    pub pin: Option<String>,
    /// Whether the guided first call has been taken or passed over.
    pub guided: bool,
}

/// What is kept of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    profiles: Vec<Profile>,
    /// Argon2 hash of the trainer's PIN.
    trainer_pin: Option<String>,
}

/// Which half of the house is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Workspace {
    /// Desk, calls, standards.
    #[default]
    Trainee,
    /// Besides, what gives calls away: model answers.
    Trainer,
}

/// Who is practising, and who else has a profile here.
#[derive(Resource, Debug, Default)]
pub struct Who {
    kept: Kept,
    saved: Option<Kept>,
    current: Option<usize>,
    pub workspace: Workspace,
    /// The store has said who there is, or cannot.
    pub known: bool,
}

impl Who {
    /// Whoever is practising.
    pub fn profile(&self) -> Option<&Profile> {
        self.kept.profiles.get(self.current?)
    }

    /// The same, to be changed; what changes is kept.
    pub fn profile_mut(&mut self) -> Option<&mut Profile> {
        self.kept.profiles.get_mut(self.current?)
    }

    /// Pseudonym of whoever is practising; empty when nobody has said.
    pub fn name(&self) -> &str {
        self.profile().map_or("", |profile| &profile.name)
    }

    pub fn profiles(&self) -> &[Profile] {
        &self.kept.profiles
    }

    /// Takes up a new profile and goes on as it.
    ///
    /// # Errors
    /// A sentence.
    pub fn add(&mut self, profile: Profile) -> Result<(), String> {
        let name = profile.name.trim();
        if name.is_empty() {
            return Err("Choose a name. It need not be your own.".into());
        }
        if name.chars().count() > 40 {
            return Err("Choose a name of 40 letters at most.".into());
        }
        if self.kept.profiles.iter().any(|other| other.name.trim().eq_ignore_ascii_case(name)) {
            return Err(format!("Somebody here is called {name} already."));
        }
        let name = name.to_owned();
        self.kept.profiles.push(Profile { name, ..profile });
        self.current = Some(self.kept.profiles.len() - 1);
        Ok(())
    }

    /// Goes on as the profile at this place, if the PIN is right or there is none.
    ///
    /// # Errors
    /// A sentence.
    pub fn sign_in(&mut self, place: usize, pin: &str) -> Result<(), String> {
        let profile = self.kept.profiles.get(place).ok_or("This profile is not here any more.")?;
        if !fits(profile.pin.as_deref(), pin) {
            return Err("That is not the PIN of this profile.".into());
        }
        self.current = Some(place);
        self.workspace = Workspace::Trainee;
        Ok(())
    }

    /// Nobody is practising.
    pub fn sign_out(&mut self) {
        self.current = None;
        self.workspace = Workspace::Trainee;
    }

    /// Takes the profile of whoever is practising away, as at the end of a shift.
    pub fn remove(&mut self) {
        if let Some(place) = self.current.take().filter(|place| *place < self.kept.profiles.len()) {
            self.kept.profiles.remove(place);
        }
        self.workspace = Workspace::Trainee;
    }

    pub fn has_trainer_pin(&self) -> bool {
        self.kept.trainer_pin.is_some()
    }

    /// Opens the trainer's workspace. The first PIN given is the PIN from then on.
    ///
    /// # Errors
    /// A sentence.
    pub fn open_trainer(&mut self, pin: &str) -> Result<(), String> {
        if self.kept.trainer_pin.is_none() {
            self.kept.trainer_pin = hash(pin)?;
            if self.kept.trainer_pin.is_none() {
                return Err("Choose a PIN of four signs or more.".into());
            }
        } else if !fits(self.kept.trainer_pin.as_deref(), pin) {
            return Err("That is not the trainer's PIN.".into());
        }
        self.workspace = Workspace::Trainer;
        Ok(())
    }
}

/// The hash of a PIN; nothing for an empty one.
///
/// # Errors
/// A sentence: too short, or the system gives no random numbers.
pub fn hash(pin: &str) -> Result<Option<String>, String> {
    if pin.is_empty() {
        return Ok(None);
    }
    if pin.chars().count() < 4 {
        return Err("A PIN has four signs or more.".into());
    }
    let hashed = Argon2::default().hash_password(pin.as_bytes()).map_err(|problem| problem.to_string())?;
    Ok(Some(hashed.to_string()))
}

fn fits(hash: Option<&str>, pin: &str) -> bool {
    let Some(hash) = hash else { return true };
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

fn hear(mut answers: MessageReader<Answered>, mut who: ResMut<Who>, mut wake: ResMut<Wake>) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Settings) {
        if let Ok(Reply::Settings(all)) = &answer.result {
            let kept: Kept = all.get(SETTING).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
            who.saved = Some(kept.clone());
            who.kept = kept;
        }
        who.known = true;
        wake.now();
    }
}

/// What has changed is kept.
fn keep(mut who: ResMut<Who>, mut shelf: ResMut<Shelf>) {
    if !who.known || who.saved.as_ref() == Some(&who.kept) || shelf.trouble.is_some() {
        return;
    }
    if let Ok(json) = serde_json::to_string(&who.kept) {
        shelf.ask(Purpose::Keep, Request::PutSetting { name: SETTING.into(), value: Some(json) });
    }
    who.saved = Some(who.kept.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Profile {
        Profile { name: name.into(), ..Profile::default() }
    }

    #[test]
    fn a_pin_lets_in_whoever_knows_it() {
        let mut who = Who::default();
        who.add(Profile { pin: hash("2580").unwrap(), ..named("Wren") }).unwrap();
        who.add(named("Robin")).unwrap();
        assert_eq!(who.name(), "Robin");
        assert!(who.sign_in(0, "").is_err());
        assert!(who.sign_in(0, "2581").is_err());
        assert_eq!(who.name(), "Robin");
        assert!(who.sign_in(0, "2580").is_ok());
        assert_eq!(who.name(), "Wren");
        assert!(who.sign_in(1, "anything").is_ok());
    }

    #[test]
    fn names_are_given_once_and_not_empty() {
        let mut who = Who::default();
        assert!(who.add(named("  ")).is_err());
        who.add(named("Wren")).unwrap();
        assert!(who.add(named("wren ")).is_err());
        assert!(hash("12").is_err());
    }

    #[test]
    fn the_first_trainer_sets_the_pin() {
        let mut who = Who::default();
        assert!(who.open_trainer("12").is_err());
        who.open_trainer("long enough").unwrap();
        who.sign_out();
        assert_eq!(who.workspace, Workspace::Trainee);
        assert!(who.open_trainer("other").is_err());
        assert!(who.open_trainer("long enough").is_ok());
    }
}

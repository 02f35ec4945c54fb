//! Who is practising on this machine: pseudonyms, each with a role and, if wished, a PIN.
//!
//! A PIN keeps colleagues out of each other's reflections on a shared machine. It is no encryption of
//! the disk, and the application says so.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::egui::Wake;
use super::past::Past;
use super::store::{Answered, Purpose, Shelf};
use crate::records::{Reply, Request};
use crate::standards::Id;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Who>();
    app.add_systems(Update, (hear, merge, keep).chain());
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

impl Kept {
    /// What is there, with what has changed here since `saved`. Whoever has changed here keeps their place, and so does
    /// `current`, whatever another window says.
    fn put_into(&self, saved: &Self, there: Self, current: &str) -> Self {
        let find = |list: &[Profile], name: &str| list.iter().find(|one| one.name == name).cloned();
        let as_it_is_now = |own: &Profile| {
            let has_changed = find(&saved.profiles, &own.name).as_ref() != Some(own);
            if has_changed { Some(own.clone()) } else { find(&there.profiles, &own.name) }
        };
        let of_here = |own: &Profile| as_it_is_now(own).or_else(|| (own.name == current).then(|| own.clone()));
        let mut profiles: Vec<Profile> = self.profiles.iter().filter_map(of_here).collect();
        let is_new =
            |one: &&Profile| find(&saved.profiles, &one.name).is_none() && find(&profiles, &one.name).is_none();
        let new: Vec<Profile> = there.profiles.iter().filter(is_new).cloned().collect();
        profiles.extend(new);
        let same_pin = self.trainer_pin == saved.trainer_pin;
        let trainer_pin = if same_pin { there.trainer_pin } else { self.trainer_pin.clone() };
        Self { profiles, trainer_pin }
    }
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
    /// It is being asked what another window has kept.
    merging: bool,
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

    /// Another window has kept this; what has changed here since we looked is put into it.
    fn merge(&mut self, there: Kept) {
        let name = self.name().to_owned();
        let merged = self.kept.put_into(&self.saved.take().unwrap_or_default(), there, &name);
        self.current = self.current.and(merged.profiles.iter().position(|profile| profile.name == name));
        self.saved = Some(merged.clone());
        self.kept = merged;
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

/// What has changed is kept: put into what another window may have kept meanwhile.
fn keep(mut who: ResMut<Who>, mut shelf: ResMut<Shelf>) {
    if !who.known || who.merging || who.saved.as_ref() == Some(&who.kept) || shelf.trouble.is_some() {
        return;
    }
    who.merging = true;
    shelf.ask(Purpose::Profiles, Request::Settings);
}

fn merge(mut answers: MessageReader<Answered>, mut who: ResMut<Who>, mut past: ResMut<Past>, mut shelf: ResMut<Shelf>) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Profiles) {
        who.merging = false;
        match &answer.result {
            Ok(Reply::Settings(all)) => {
                let there = all.get(SETTING).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
                who.merge(there);
                if let Ok(json) = serde_json::to_string(&who.kept) {
                    shelf.ask(Purpose::Keep, Request::PutSetting { name: SETTING.into(), value: Some(json) });
                }
            }
            Ok(_) => {}
            Err(failure) => {
                past.trouble = Some(format!("Profiles and PINs cannot be kept: {failure}"));
                // Said once, and tried again with the next change.
                who.saved = Some(who.kept.clone());
            }
        }
    }
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
    fn two_windows_do_not_write_over_each_others_people() {
        let mut one = Who::default();
        one.add(named("Wren")).unwrap();
        one.add(named("Robin")).unwrap();
        one.saved = Some(one.kept.clone());
        let mut two = Who { kept: one.kept.clone(), saved: one.saved.clone(), ..Who::default() };
        // In the other window Robin gets a PIN, Kite comes, Wren goes, and there is a trainer's PIN.
        two.kept.profiles.remove(0);
        two.kept.profiles[0].pin = Some("a hash".into());
        two.kept.profiles.push(named("Kite"));
        two.kept.trainer_pin = Some("another".into());
        // Here Robin is practising, and Dove comes.
        one.add(named("Dove")).unwrap();
        one.merge(two.kept.clone());
        let names: Vec<(&str, bool)> = one.profiles().iter().map(|p| (&*p.name, p.pin.is_some())).collect();
        assert_eq!(names, [("Robin", true), ("Dove", false), ("Kite", false)]);
        assert_eq!((one.name(), one.has_trainer_pin()), ("Dove", true));
        assert_eq!(one.saved.as_ref(), Some(&one.kept));
        // Whoever is practising stays, although the other window has forgotten them.
        one.merge(Kept::default());
        assert_eq!((one.name(), one.profiles().len()), ("Dove", 1));
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
